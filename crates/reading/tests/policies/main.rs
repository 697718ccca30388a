//! Procedures in styles of many countries and trades, written for this test: their stages, clocks and outside bodies.
//!
//! Companies, people, sites and numbers in the texts are made up; outside bodies and their times are named as they are. The
//! folders `second` to `twelfth` came later, each labelled before the program had seen it; what was reached at
//! first sight is in BENCHMARKS.md. All but `seventh/third`, `ninth`, `tenth` and `eleventh` are fitted on since, so their floors guard
//! against falling back, no more; those of these four say how texts are read that no weight has seen. `tenth` and `eleventh` were
//! written after rules of the same kind were mended on published pages, so they say that these hold elsewhere, not what is missing.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic, and shows what differs")]

mod unseen;

use std::path::{Path, PathBuf};

use ladder::{Country, Policy, StatedClock};
use reading::outline;
use reading::page::Context;
use serde_json::{Value, json};

/// Hits, answers given and answers wanted.
#[derive(Default)]
struct Tally(usize, usize, usize);

impl Tally {
    /// The harmonic mean of precision and recall, in per cent.
    fn f1(&self) -> usize {
        200 * self.0 / (self.1 + self.2).max(1)
    }
}

/// Rung and clocks of each stage.
type Stages = Vec<(String, [Value; 3])>;

fn found(policy: &Policy) -> Stages {
    let clock = |stated: &Option<StatedClock>| {
        stated.as_ref().map_or(Value::Null, |stated| json!({"n": stated.clock.n, "unit": stated.clock.unit}))
    };
    let clocks =
        |stage: &ladder::Stage| [&stage.acknowledge, &stage.respond, &stage.customer_window].map(clock);
    policy.stages.iter().map(|stage| (stage.rung.id().to_owned(), clocks(stage))).collect()
}

fn wanted(gold: &Value) -> Stages {
    let fields = ["acknowledge", "respond", "customer_window"];
    let stage =
        |item: &Value| (item["rung"].as_str().unwrap().to_owned(), fields.map(|field| item[field].clone()));
    gold["stages"].as_array().unwrap().iter().map(stage).collect()
}

/// Pairs stages of one rung in order: the longest common subsequence.
fn pairs(a: &Stages, b: &Stages) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let both = if a[i].0 == b[j].0 { best[i + 1][j + 1] + 1 } else { 0 };
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i].0 == b[j].0 && best[i][j] == best[i + 1][j + 1] + 1 {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(texts(&path));
        } else if path.extension().is_some_and(|ending| ending == "json") {
            all.push(path);
        }
    }
    all
}

fn read(path: &Path, gold: &Value) -> Policy {
    let file = path.with_file_name(gold["text"].as_str().unwrap());
    let text = std::fs::read_to_string(&file).unwrap();
    let page = file.extension().is_some_and(|ending| ending == "html");
    let outline = if page { outline::from_html(&text) } else { outline::from_text(&text) };
    let context = Context {
        country: gold["country"].as_str().map(|code| Country::parse(code).unwrap()),
        lang: gold["lang"].as_str(),
        ..Context::default()
    };
    reading::policy::read(&outline, &context)
}

/// What came of reading texts.
#[derive(Default)]
struct Measured {
    /// Stages of the right rung in the right order.
    stages: Tally,
    /// Clocks on the right stage.
    clocks: Tally,
    /// Texts.
    seen: usize,
    /// Texts without a procedure in which stages were read.
    misread: Vec<std::ffi::OsString>,
}

fn measure(paths: impl Iterator<Item = PathBuf>) -> Measured {
    let mut out = Measured::default();
    for path in paths {
        out.seen += 1;
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let policy = read(&path, &gold);
        let (found, wanted) = (found(&policy), wanted(&gold));
        if wanted.is_empty() && !found.is_empty() {
            out.misread.push(path.file_stem().unwrap().to_owned());
        }
        if found != wanted {
            println!("{}\n  found  {found:?}\n  wanted {wanted:?}", path.display());
        }
        let count = |stages: &Stages| {
            stages.iter().flat_map(|stage| &stage.1).filter(|clock| !clock.is_null()).count()
        };
        let pairs = pairs(&wanted, &found);
        let agree = |&(i, j): &(usize, usize)| {
            (0..3).filter(|&k| !wanted[i].1[k].is_null() && wanted[i].1[k] == found[j].1[k]).count()
        };
        out.stages.0 += pairs.len();
        out.stages.1 += found.len();
        out.stages.2 += wanted.len();
        out.clocks.0 += pairs.iter().map(agree).sum::<usize>();
        out.clocks.1 += count(&found);
        out.clocks.2 += count(&wanted);
    }
    println!("stages {} clocks {} misread {:?}", out.stages.f1(), out.clocks.f1(), out.misread);
    out
}

/// Whether a text is of the folders that no weight was fitted on.
fn is_unseen(path: &Path) -> bool {
    let kept = ["seventh/third", "ninth", "tenth", "eleventh"];
    path.parent().is_some_and(|folder| kept.iter().any(|name| folder.ends_with(name)))
}

#[test]
fn written_procedures_are_read_as_well_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
    let read = measure(texts(&folder).into_iter().filter(|path| !is_unseen(path)));
    assert!(read.seen >= 100, "only {} texts", read.seen);
    assert!(read.stages.f1() >= 95, "stages {}", read.stages.f1());
    assert!(read.clocks.f1() >= 90, "clocks {}", read.clocks.f1());
    // News, claims pages and vacancies come nearest to a procedure.
    assert!(read.misread.len() <= 4, "{:?}", read.misread);
}

#[test]
fn procedures_that_no_weight_has_seen_are_read_as_well_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies/seventh/third");
    let read = measure(texts(&folder).into_iter());
    assert!(read.seen >= 14, "only {} texts", read.seen);
    assert!(read.stages.f1() >= 90, "stages {}", read.stages.f1());
    assert!(read.clocks.f1() >= 82, "clocks {}", read.clocks.f1());
    assert!(read.misread.is_empty(), "{:?}", read.misread);
}

#[test]
fn the_hardest_procedures_that_no_weight_has_seen_are_read_as_well_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies/ninth");
    let read = measure(texts(&folder).into_iter());
    assert!(read.seen >= 20, "only {} texts", read.seen);
    assert!(read.stages.f1() >= 87, "stages {}", read.stages.f1());
    assert!(read.clocks.f1() >= 79, "clocks {}", read.clocks.f1());
    assert!(read.misread.len() <= 2, "{:?}", read.misread);
}

#[test]
fn what_was_mended_on_published_pages_holds_in_texts_of_our_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies/tenth");
    let read = measure(texts(&folder).into_iter());
    assert!(read.seen >= 8, "only {} texts", read.seen);
    assert!(read.stages.f1() >= 92, "stages {}", read.stages.f1());
    assert!(read.clocks.f1() >= 80, "clocks {}", read.clocks.f1());
    assert!(read.misread.is_empty(), "{:?}", read.misread);
}

#[test]
fn what_was_mended_on_further_published_pages_holds_in_texts_of_our_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies/eleventh");
    let read = measure(texts(&folder).into_iter());
    assert!(read.seen >= 8, "only {} texts", read.seen);
    assert!(read.stages.f1() >= 88, "stages {}", read.stages.f1());
    assert!(read.clocks.f1() >= 75, "clocks {}", read.clocks.f1());
    assert!(read.misread.is_empty(), "{:?}", read.misread);
}

#[test]
fn a_second_look_under_a_label_stands_whoever_takes_it() {
    let text = "Complaints\n\nStage 1 - Looking into it\n\nTell the service concerned. We answer within 10 working days.\n\nStage 2 - \
                Review of the complaint\n\nIf you are not satisfied, ask us to look at it again. A colleague who had no part in stage 1 \
                writes to you within 20 working days.\n\nOmbudsman\n\nAfter stage 2 you may go to the Housing Ombudsman.";
    assert_eq!(told(text, "en").iter().map(|s| s.2).collect::<Vec<_>>(), [Some(10), Some(20)]);
}

#[test]
fn what_someone_inside_does_by_a_time_is_no_time_of_the_customer() {
    let text = "Complaints\nPlease write to our Complaints Partner. She may invite you to a meeting. She will do this within 10 days of \
                her findings. You will have our full reply within 21 days.\nIf you are still not satisfied, another partner will \
                review our decision and reply within 14 days.";
    let context = Context { lang: Some("en"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_text(text), &context);
    assert!(policy.stages.iter().all(|stage| stage.customer_window.is_none()), "{:?}", policy.stages);
}

#[test]
fn of_two_ladders_on_a_page_the_first_is_read() {
    let text = "Complaints procedures of Amberley Homes\n\nSales\n\nStage 1\nWrite to the branch manager, who answers within 10 \
                working days.\n\nStage 2\nIf you are not satisfied, write to the sales director, who answers within 20 working \
                days.\n\nLettings\n\nStage 1\nWrite to the property manager, who answers within 5 working days.\n\nStage 2\nIf \
                you are not satisfied, write to the lettings director, who answers within 15 working days.";
    assert_eq!(told(text, "en").iter().map(|s| s.2).collect::<Vec<_>>(), [Some(10), Some(20)]);
}

#[test]
fn times_told_once_more_below_begin_no_second_ladder() {
    let text = "Complaints procedure\n\nStage 1\nWrite to the branch manager.\n\nStage 2\nIf you are not satisfied, write to the \
                sales director.\n\nHow long it takes\n\nStage 1\nWe answer within 10 working days.\n\nStage 2\nWe answer within \
                20 working days.";
    assert_eq!(told(text, "en").iter().map(|s| s.2).collect::<Vec<_>>(), [Some(10), Some(20)]);
}

#[test]
fn a_first_desk_may_stand_in_the_condition_of_the_next_stage() {
    let text = "Complaints\nIf, after speaking with our reception staff, you are not satisfied, you may make a formal complaint in \
                writing to the Practice Manager. The Practice Manager will acknowledge it within 3 working days and reply within 20 \
                working days.";
    assert_eq!(rungs(text, "en"), ["front_line", "complaints"]);
}

#[test]
fn one_sentence_may_tell_two_stages() {
    let text = "Complaints\nPlease put your complaint in writing to our customer service team, who answer within ten days.\nIf you \
                are not satisfied, you may appeal to the Operations Manager and then to the Managing Director.";
    assert_eq!(rungs(text, "en").len(), 3);
}

#[test]
fn a_label_in_brackets_behind_its_title_opens_a_stage() {
    let text = "Grievance redressal\n\nBranch (Level 1)\nComplaints are lodged at the branch, which answers within 10 days.\n\n\
                Head Office Cell (Level 2)\nIf not satisfied, the customer may escalate to the Nodal Officer, who answers within 15 \
                days.\n\nOffice of the Chief Executive (Level 3)\nIf it is still unresolved the customer can appeal to the Chief \
                Executive, who answers within 20 days.";
    assert_eq!(told(text, "en").iter().map(|s| s.2).collect::<Vec<_>>(), [Some(10), Some(15), Some(20)]);
}

#[test]
fn the_writer_in_the_address_of_a_desk_is_no_body() {
    let text = "Complaints\nStage 1: tell the team that you deal with. We answer within 10 working days.\nStage 2: if you are not \
                satisfied, write to the Complaints Manager, Westmere County Council, 1 High Street, Westmere. We answer within 20 \
                working days.";
    let context = Context { lang: Some("en"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_text(text), &context);
    assert_eq!(policy.stages.len(), 2);
    assert!(policy.external.is_empty(), "{:?}", policy.external);
}

#[test]
fn a_time_below_words_that_tell_nothing_is_no_answer_and_the_customers_own_is_of_the_next_stage() {
    let page = "<h1>Complaints procedure</h1><table><tr><th>Stage</th><th>Who deals with it</th><th>We answer within</th>\
                <th>Ring-fenced</th><th>If not happy, go on within</th></tr>\
                <tr><td>1</td><td>Customer Care</td><td>5 working days</td><td>90 days</td><td>20 working days</td></tr>\
                <tr><td>2</td><td>Complaints Manager</td><td>10 working days</td><td>90 days</td><td></td></tr></table>";
    let context = Context { lang: Some("en"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_html(page), &context);
    let said = |stated: &Option<StatedClock>| stated.as_ref().map(|stated| stated.clock.n);
    let clocks: Vec<_> =
        policy.stages.iter().map(|stage| (said(&stage.respond), said(&stage.customer_window))).collect();
    assert_eq!(clocks, [(Some(5), None), (Some(10), Some(20))]);
}

#[test]
fn escalate_when_no_reply_is_a_time_to_wait() {
    let page = "<h1>Grievance matrix</h1><table><tr><th>Level</th><th>Contact</th><th>Acknowledged in</th><th>Resolved in</th>\
                <th>Escalate when no reply after</th></tr>\
                <tr><td>L1 Help desk</td><td>help@acme.example</td><td>4 hours</td><td>48 hours</td><td>3 days</td></tr>\
                <tr><td>L2 Nodal Officer</td><td>nodal@acme.example</td><td>1 working day</td><td>7 days</td><td></td></tr></table>";
    let context = Context { lang: Some("en"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_html(page), &context);
    let answers: Vec<_> =
        policy.stages.iter().map(|stage| stage.respond.as_ref().map(|stated| stated.clock.n)).collect();
    assert_eq!(answers, [Some(48), Some(7)]);
    assert!(policy.stages.iter().all(|stage| stage.customer_window.is_none()));
}

#[test]
fn a_text_of_nothing_but_labels_and_times_is_read_to_its_end_or_bound() {
    let text = "Stage 1 within 5 days ".repeat(10_000);
    let policy = reading::policy::read(&outline::from_text(&text), &Context::default());
    assert!(policy.stages.len() <= 48);
    let lines = "Stage 1 complaint: we reply within 5 days.\n".repeat(4_000);
    let policy = reading::policy::read(&outline::from_text(&lines), &Context::default());
    assert!(policy.stages.len() <= 48);
}

/// Who handles each stage, and how long acknowledging and answering take there, in numbers of whatever unit is told.
fn told(text: &str, lang: &str) -> Vec<(String, Option<u32>, Option<u32>)> {
    let context = Context { lang: Some(lang), ..Context::default() };
    let n = |stated: &Option<StatedClock>| stated.as_ref().map(|stated| stated.clock.n);
    let policy = reading::policy::read(&outline::from_text(text), &context);
    policy.stages.iter().map(|s| (s.handler.clone(), n(&s.acknowledge), n(&s.respond))).collect()
}

/// The rung of each stage.
fn rungs(text: &str, lang: &str) -> Vec<&'static str> {
    let context = Context { lang: Some(lang), ..Context::default() };
    let policy = reading::policy::read(&outline::from_text(text), &context);
    policy.stages.iter().map(|stage| stage.rung.id()).collect()
}

#[test]
fn what_is_promised_before_anyone_is_named_is_the_first_stages() {
    let text = "We will acknowledge your complaint within 1 business day.\nWe will complete our investigation and advise you of \
                the outcome within 10 business days of receipt.\nPlease send your complaint to the Complaints Manager.";
    let found = told(text, "en");
    assert_eq!(found.iter().map(|s| (s.1, s.2)).collect::<Vec<_>>(), [(Some(1), Some(10))]);
}

#[test]
fn a_body_named_in_brackets_does_not_take_what_follows() {
    let text = "Complaints procedure\nPlease put your complaint in writing to our office (if we have not answered within eight \
                weeks, you may refer it to the Property Ombudsman).\n- We will write to acknowledge it within three working \
                days.\n- We will then investigate your complaint. A formal written outcome is sent to you within 15 working \
                days of the acknowledgement.\n- If you are still not satisfied, contact us again and a director will review \
                our decision. We will write to you within 20 working days of your request.";
    let found = told(text, "en");
    assert_eq!(found.iter().map(|s| (s.1, s.2)).collect::<Vec<_>>(), [(Some(3), Some(15)), (None, Some(20))]);
}

#[test]
fn a_guide_to_complaining_about_others_is_no_procedure() {
    let texts = [
        (
            "en",
            "Complaining about your insurer\nStep 1: write to your insurer's complaints team. Insurers must acknowledge a complaint \
                within 5 days and answer it within 30.\nStep 2: if the insurer refuses, ask for a review by a manager. Most companies \
                answer within 10 days.\nStep 3: go to the insurance commissioner of your state.",
        ),
        (
            "de",
            "Streit mit dem Anbieter\nBeschweren Sie sich zuerst beim Kundenservice Ihres Anbieters. Der Anbieter muss innerhalb von \
                vier Wochen antworten. Hilft Ihr Anbieter nicht ab, wenden Sie sich an die Schlichtungsstelle.",
        ),
        (
            "es",
            "Qué hacer si su banco no responde\nReclame por escrito al servicio de atención al cliente de la entidad. La entidad tiene \
                un mes para responder. Las entidades deben facilitar los datos de su defensor del cliente.",
        ),
    ];
    for (lang, text) in texts {
        assert_eq!(told(text, lang), [], "{lang}");
    }
}

#[test]
fn whoever_greets_above_is_not_who_answers_complaints() {
    let page = "<h1>Lamps</h1><p>A message from our Chief Executive: we love lamps, and have made them for forty years.</p>\
                <p>We acknowledge each complaint within 3 days and answer it within 28 days.</p>";
    let context = Context { lang: Some("en"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_html(page), &context);
    assert!(policy.stages.iter().all(|stage| !stage.handler.contains("Chief")), "{:?}", policy.stages);
}

#[test]
fn a_firm_that_speaks_of_itself_by_its_kind_keeps_its_procedure() {
    let text = "Beschwerden\nStufe 1: Der Kundenservice nimmt Ihre Beschwerde an. Das Unternehmen bestätigt den Eingang innerhalb von 5 \
                Werktagen und beantwortet die Beschwerde innerhalb von 4 Wochen.\nStufe 2: Sind Sie nicht zufrieden, prüft die Leitung des \
                Kundenservice die Beschwerde und antwortet innerhalb von 2 Wochen.";
    assert_eq!(told(text, "de").len(), 2);
    let text = "Complaints procedure\nStage 1: the housing officer. The landlord must acknowledge your complaint within 5 working days and \
                answer it within 10 working days.\nStage 2: the Head of Housing. The landlord must answer within 20 working days.";
    assert_eq!(told(text, "en").len(), 2);
}

#[test]
fn links_in_a_row_are_no_procedure() {
    for (lang, text) in [
        ("en", "Contact us Complaints About"),
        ("en", "Home\nContact us\nComplaints"),
        ("de", "Kontakt Beschwerde Impressum"),
    ] {
        assert_eq!(told(text, lang), [], "{text}");
    }
}

#[test]
fn labels_at_the_end_of_titles_part_the_stages() {
    let text = "Complaints\n\nComplaint escalation – Step 1\nWrite to the service desk. You get an acknowledgement within one working \
                day and an answer within 10 working days.\n\nComplaint escalation – Step 2\nWrite to the head of service. You get an \
                acknowledgement within one working day and an answer within 15 working days.";
    let clocks: Vec<_> = told(text, "en").into_iter().map(|s| (s.1, s.2)).collect();
    assert_eq!(clocks, [(Some(1), Some(10)), (Some(1), Some(15))]);
}

#[test]
fn a_time_of_two_stages_together_is_neithers_own() {
    let text = "Complaints\nStage One: the claims manager reviews your complaint and answers in writing within 15 business days.\nStage \
                Two: if you are not satisfied, the head of claims reviews it and answers within 15 business days.\nStage One and Stage \
                Two will be completed within 45 calendar days.";
    assert_eq!(told(text, "en").into_iter().map(|s| s.2).collect::<Vec<_>>(), [Some(15), Some(15)]);
}

#[test]
fn a_range_with_spaces_takes_the_unit_behind_it() {
    let text = "Complaints\nYour complaint goes to the Registered Manager. It is acknowledged in writing within 48 hours, and we answer \
                it in full within 7 – 28 days.";
    assert_eq!(told(text, "en").into_iter().map(|s| (s.1, s.2)).collect::<Vec<_>>(), [(Some(48), Some(28))]);
}

#[test]
fn what_the_same_officer_does_next_is_no_further_stage() {
    let text = "What happens next\n1. Every complaint form is passed to the Complaints Manager.\n2. The Complaints Manager acknowledges it \
                within five working days.\n3. If necessary, the Complaints Manager will meet the staff concerned. In any case we send a \
                response within eight weeks.";
    assert_eq!(told(text, "en"), [("Complaints Manager".to_owned(), Some(5), Some(8))]);
}

#[test]
fn a_number_said_again_in_words_takes_its_own_unit() {
    let text = "Réclamations\nLe service réclamations accuse réception de votre réclamation dans les 10 (dix) jours ouvrables et \
                y répond au plus tard dans les 2 (deux) mois.";
    assert_eq!(told(text, "fr").iter().map(|s| (s.1, s.2)).collect::<Vec<_>>(), [(Some(10), Some(2))]);
}

#[test]
fn a_name_is_told_whole_and_no_more_than_the_name() {
    let text = "Paso 1. Diríjase por escrito al servicio de atención al cliente, que responderá a su reclamación en un mes.";
    assert_eq!(told(text, "es")[0].0, "servicio de atención al cliente");
    let text = "Stage 1: write to the branch manager, who answers within 10 days.\nStage 2: if you are still unhappy, send your \
                complaint to the Chief Compliance Officer, who answers within 20 days.";
    assert_eq!(told(text, "en")[1].0, "Chief Compliance Officer");
}

#[test]
fn the_time_that_a_body_takes_binds_no_customer() {
    let text = "Réclamations\nÉcrivez au service réclamations, qui répond sous deux mois. Si cette réponse ne vous satisfait pas, \
                vous pouvez saisir le médiateur de l'assurance.\nLe médiateur dispose de trois mois pour rendre son avis.";
    let context = Context { lang: Some("fr"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_text(text), &context);
    assert_eq!(policy.external.len(), 1);
    assert!(policy.external[0].within.is_none(), "{:?}", policy.external[0].within);
}

#[test]
fn an_unknown_language_is_told_and_nothing_is_made_up() {
    let text = "Жалобы принимает отдел по работе с клиентами. Ответ дается в течение десяти дней. Если вы не согласны, \
                напишите директору.";
    let context = Context { lang: Some("ru"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_text(text), &context);
    assert!(policy.stages.is_empty() && policy.external.is_empty());
    assert!(policy.warnings.iter().any(|warning| warning.contains("`ru`")), "{:?}", policy.warnings);
}

#[test]
fn an_unknown_language_is_told_though_nobody_named_it() {
    let text = "Jos olet tyytymätön palveluumme, ota ensin yhteyttä asiakaspalveluun. Vastaamme valitukseen kymmenen päivän \
                kuluessa. Ellei vastaus tyydytä, voit kirjoittaa johtajalle. "
        .repeat(6);
    let policy = reading::policy::read(&outline::from_text(&text), &Context::default());
    assert!(policy.stages.is_empty());
    assert!(
        policy.warnings.iter().any(|warning| warning.contains("not recognised")),
        "{:?}",
        policy.warnings
    );
}

#[test]
fn two_times_for_one_stage_are_told_with_both_their_words_and_the_stage_is_kept() {
    let text = "Complaints procedure\n\nOur two-stage procedure is free.\n\nStage 1: Customer Service\nWrite to Customer Service, \
                help@acme.example. We acknowledge complaints within 3 working days. We will reply within 10 working days.\n\n\
                Stage 2: Complaints Manager\nIf you are not satisfied, write to the Complaints Manager. The Complaints Manager \
                will reply within 15 working days. You will have a full response within 20 working days.\n\n\
                Stage 3: Managing Director\nIf you are still not satisfied, write to the Managing Director. She will reply within \
                20 working days.\n";
    let context =
        Context { country: Some(Country::parse("GB").unwrap()), lang: Some("en"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_text(text), &context);
    assert_eq!(policy.stages.len(), 3);
    let told = policy.warnings.join("\n");
    assert!(told.contains("15 working days") && told.contains("20 working days"), "{told}");
    assert!(told.contains("speaks of 2 stages"), "{told}");
}

#[test]
fn a_procedure_that_agrees_with_itself_has_no_warning() {
    let text = "Complaints procedure\n\nStage 1\nWrite to our Complaints Team. We usually reply within 10 working days, or in \
                complex cases within 20 working days at the latest.\n\nStage 2\nIf you are not satisfied, ask the Head of \
                Service for a review within 28 days. We will reply within 15 working days.\n";
    let context = Context { lang: Some("en"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_text(text), &context);
    assert_eq!(policy.stages.len(), 2);
    assert_eq!(policy.warnings, Vec::<String>::new());
}

#[test]
fn a_body_whose_name_ends_with_a_full_stop_is_found() {
    let text = "Beschwerden richten Sie bitte an unsere Beschwerdestelle, beschwerde@strom.example. Sie antwortet binnen vier \
                Wochen.\n\nDanach können Sie die Schlichtungsstelle Energie e.V. anrufen.\n";
    let context =
        Context { country: Some(Country::parse("DE").unwrap()), lang: Some("de"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_text(text), &context);
    assert_eq!(policy.external.len(), 1, "{:?}", policy.external);
}

#[test]
fn a_label_on_a_line_of_its_own_and_the_words_below_it_are_one_stage() {
    let page = "<h1>Complaints procedure</h1><div>Stage 1<br>Write to our Complaints Team. We reply to complaints within 10 working \
                days.</div><div>Stage 2<br>If you are not satisfied with our answer, ask the Head of Service for a review. We reply \
                within 20 working days.</div>";
    let context = Context { lang: Some("en"), ..Context::default() };
    let policy = reading::policy::read(&outline::from_html(page), &context);
    let rungs: Vec<_> = policy.stages.iter().map(|stage| stage.rung.id()).collect();
    assert_eq!(rungs, ["complaints", "management"]);
    let second = &policy.stages[1];
    assert!(second.handler.contains("Head of Service"), "{second:?}");
    assert_eq!(second.respond.as_ref().map(|stated| stated.clock.n), Some(20));
}

#[test]
fn a_body_of_the_users_own_atlas_files_is_found_by_its_name() {
    let file = "schema = 1\ncountry = \"GB\"\nname = \"Test\"\nas_of = 2026-11-22\n[[body]]\nid = \"my-scheme\"\n\
                name = \"Widget Circle\"\nkind = \"adr\"\nsectors = [\"retail\"]\nconfidence = \"low\"\n";
    let (own, problems) = atlas::Atlas::with_files([("mine.toml", file)]);
    assert!(problems.is_empty(), "{problems:?}");
    let text = "Complaints procedure\n\nWrite to our Complaints Team. We reply to your complaint within 10 working days.\n\nIf you are \
                not satisfied with our final answer you can take your complaint to the Widget Circle within six months.\n";
    let read = |atlas| {
        let country = Country::parse("GB").ok();
        let context = Context { country, lang: Some("en"), atlas, ..Context::default() };
        let policy = reading::policy::read(&outline::from_text(text), &context);
        policy.external.into_iter().map(|body| body.body).collect::<Vec<_>>()
    };
    assert_eq!(read(None), Vec::<String>::new());
    assert_eq!(read(Some(&own)), ["Widget Circle"]);
}
