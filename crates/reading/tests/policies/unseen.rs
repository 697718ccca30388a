//! Patterns mended since the twelfth folder, each in words of its own: what holds for one page has to hold for the next.

use ladder::{Country, Policy, StatedClock};
use reading::outline;
use reading::page::Context;

/// Reads a text of a country.
fn read(text: &str, lang: &str, country: &str) -> Policy {
    let context = Context { lang: Some(lang), country: Country::parse(country).ok(), ..Context::default() };
    reading::policy::read(&outline::from_text(text), &context)
}

/// The number of a time.
fn n(stated: Option<&StatedClock>) -> Option<u32> {
    stated.map(|stated| stated.clock.n)
}

/// Acknowledgement, answer and customer's time of each stage.
fn clocks(policy: &Policy) -> Vec<[Option<u32>; 3]> {
    policy
        .stages
        .iter()
        .map(|s| [n(s.acknowledge.as_ref()), n(s.respond.as_ref()), n(s.customer_window.as_ref())])
        .collect()
}

/// Channel and value of each contact of a stage.
fn contacts(policy: &Policy, stage: usize) -> Vec<String> {
    policy.stages[stage]
        .contacts
        .iter()
        .map(|reach| format!("{} {}", reach.channel().id(), reach.value()))
        .collect()
}

#[test]
fn pages_of_the_company_that_the_text_names_are_its_forms_and_chats() {
    let text = "Complaints\n\nStage 1\nTalk to Customer Care by live chat at marram.example/talk.\n\nStage 2\nIf you are not \
                satisfied, write to the Complaints Manager through marram.example/put-it-right or download \
                marram.example/leaflet.pdf. We answer within 10 working days.";
    let policy = read(text, "en", "GB");
    assert_eq!(contacts(&policy, 0), ["chat https://marram.example/talk"]);
    assert_eq!(contacts(&policy, 1), ["form https://marram.example/put-it-right"]);
}

#[test]
fn addresses_relays_and_unions_in_a_list_of_ways_are_no_bodies() {
    let text = "How to complain\nIf something is not settled, you can complain in any of these ways:\n- complaints@dune.example\n\
                - Private Bag 4410, Hobart TAS 7001\n- Text Relay Service on 133 677\n- through the Student Guild office\n\
                Our Complaints Team answers within 15 working days.";
    assert!(read(text, "en", "AU").external.is_empty());
}

#[test]
fn capitals_that_a_number_follows_are_an_address() {
    let text = "Réclamations\n\nÉtape 1 – Le service clients\nAppelez le service clients.\n\nÉtape 2 – Le service réclamations\n\
                Écrivez au service réclamations par courrier : TSA 40012, 69001 Lyon Cedex 1. Nous accusons réception sous 8 \
                jours et répondons sous 45 jours.";
    let policy = read(text, "fr", "FR");
    assert!(policy.external.is_empty(), "{:?}", policy.external);
    assert_eq!(clocks(&policy)[1], [Some(8), Some(45), None]);
}

#[test]
fn a_floor_in_an_address_is_no_level() {
    let text = "Complaints\n\nWrite to us for a formal investigation:\n\nComplaints Department\nLevel 3, Wharf House\n12 Quay \
                Street\nLeeds LS1 4AB\n\nWe answer within 20 working days.";
    assert_eq!(read(text, "en", "GB").stages.len(), 1);
}

#[test]
fn the_mere_noun_of_whom_the_paragraph_named_is_nobody_new() {
    let text = "Complaints\n\nYou can write to our Complaints Manager, who answers within 10 working days.\n\nIf you are still not \
                satisfied, ask our Independent Appeals Committee to look again. The Committee decides within 30 working days.";
    assert_eq!(
        clocks(&read(text, "en", "GB")).iter().map(|c| c[1]).collect::<Vec<_>>(),
        [Some(10), Some(30)]
    );
}

#[test]
fn a_level_between_two_others_is_a_row_of_its_own() {
    let text = "Grievance matrix\n\n| Level | Designation | Email | Resolution |\n| 1 | Branch Help Desk | a@sal.example | 3 \
                working days |\n| 1B | Floor Supervisor | b@sal.example | 24 hours |\n| 2 | Grievance Officer | c@sal.example | 8 \
                working days |\n| 3 | Nodal Officer | d@sal.example | 12 working days |";
    let policy = read(text, "en", "IN");
    assert_eq!(
        clocks(&policy).iter().map(|c| c[1]).collect::<Vec<_>>(),
        [Some(3), Some(24), Some(8), Some(12)]
    );
}

#[test]
fn an_acknowledgement_below_a_matrix_is_of_its_first_row() {
    let text = "Escalation matrix\n\n| Level | Designation | Email | Resolution |\n| 1 | Help Desk | a@sal.example | 3 working days \
                |\n| 2 | Grievance Officer | c@sal.example | 8 working days |\n\n* We acknowledge every complaint within 24 hours.";
    assert_eq!(clocks(&read(text, "en", "IN")), [[Some(24), Some(3), None], [None, Some(8), None]]);
}

#[test]
fn headers_may_be_questions_and_levels_may_have_titles() {
    let text = "Appeals\n\n| | Level 1 complaint or appeal | Level 2 review |\n| When must I ask? | 90 days from the event | 45 days \
                from the Level 1 letter |\n| Who decides? | Appeals Department | Review Panel |\n| When will you tell me that you \
                got it? | 5 days | 5 days |\n| When is the decision? | 20 days | 25 days |\n| In a hurry? | 48 hours | 48 hours |";
    assert_eq!(clocks(&read(text, "en", "US")), [[Some(5), Some(20), None], [Some(5), Some(25), Some(45)]]);
}

#[test]
fn white_space_parts_a_table_of_contacts_from_one_of_stages() {
    let text = "Complaints\n\n| Email | help@birch.example |\n| Phone | 01632 960 310 |\n\n| | Who deals with it | We acknowledge | \
                We answer |\n| Stage 1 | Complaints Officer | 3 working days | 10 working days |\n| Stage 2 | Head of Customer \
                Services | 4 working days | 20 working days |";
    let all = clocks(&read(text, "en", "GB"));
    assert_eq!(
        all.iter().map(|c| [c[0], c[1]]).collect::<Vec<_>>(),
        [[Some(3), Some(10)], [Some(4), Some(20)]]
    );
}

#[test]
fn a_timeline_may_count_its_days_before_what_happens() {
    let text = "Complaints\n\nPlease write to the Complaints Team.\n\nTimeline\nDay 2 (working days): we acknowledge your \
                complaint\nDay 30: we send you our reply";
    let policy = read(text, "en", "GB");
    assert_eq!(clocks(&policy), [[Some(2), Some(30), None]]);
    let units: Vec<_> = policy.stages[0].respond.iter().map(|stated| stated.clock.unit.id()).collect();
    assert_eq!(units, ["working_days"]);
}

#[test]
fn opening_hours_and_telephone_numbers_bind_nobody() {
    let text = "Complaints\nCall our Complaints Team on 01632 960 045, days or evenings (7 am - 9 pm, 7 days). We answer within 10 \
                working days.";
    assert_eq!(clocks(&read(text, "en", "GB")), [[None, Some(10), None]]);
}

#[test]
fn headings_may_speak_with_the_voice_of_the_customer() {
    let text = "Complaints\n\nWho can help me at once?\nCall our support crew on 01632 960 711.\n\nI want to make a formal \
                complaint.\nSend it to complaints@heron.example. Our Complaints Team answers within 12 working days.";
    let policy = read(text, "en", "GB");
    assert_eq!(policy.stages.len(), 2);
    assert_eq!(contacts(&policy, 1), ["email complaints@heron.example"]);
}

#[test]
fn what_happened_before_a_time_is_no_wait_and_a_year_after_the_decision_is_a_limit() {
    let text = "Complaints\nWrite to the Complaints Team, who answer within 10 working days.\n\nThe Housing Ombudsman\nIf you are not \
                satisfied you can go to the Housing Ombudsman within 12 months of our answer. Things that happened more than 6 \
                months before are not looked at.";
    let policy = read(text, "en", "GB");
    assert_eq!(
        (n(policy.external[0].after.as_ref()), n(policy.external[0].within.as_ref())),
        (None, Some(12))
    );
    let text = "Klachten\nStuur uw klacht naar de klachtencoördinator. U krijgt antwoord binnen 4 weken.\n\nNiet tevreden?\nGa naar de \
                Nationale ombudsman. Dat kan binnen een jaar nadat u ons antwoord ontving.";
    assert_eq!(n(read(text, "nl", "NL").external[0].within.as_ref()), Some(12));
}

#[test]
fn a_trade_behind_a_comma_makes_nobody_an_adviser() {
    let text = "Reclamaciones\n\nServicio de Atención al Cliente\nPresente su reclamación en sac@mutua.example. Responderá en un \
                mes.\n\nDefensor del Asegurado\nContra la resolución puede acudir al Defensor del Asegurado, D. Luis Prado, abogado, \
                en defensor@mutua.example. Resolverá en dos meses.";
    let policy = read(text, "es", "ES");
    assert_eq!(clocks(&policy).iter().map(|c| c[1]).collect::<Vec<_>>(), [Some(1), Some(2)]);
}

#[test]
fn lines_below_a_desk_that_a_colon_follows_are_its_own() {
    let text = "Beschwerden\n\nWenn Sie sich förmlich beschweren möchten, steht Ihnen das Beschwerdemanagement zur Verfügung:\n\n\
                Volksbank Altmark\nBeschwerdemanagement\nBreite Straße 8\n39576 Stendal\nbeschwerde@vb-altmark.example\n\nWir \
                antworten binnen 15 Bankarbeitstagen.";
    let policy = read(text, "de", "DE");
    assert!(policy.external.is_empty(), "{:?}", policy.external);
    assert!(contacts(&policy, 0).contains(&"email beschwerde@vb-altmark.example".to_owned()));
}

#[test]
fn what_a_heading_tells_of_two_levels_stands_on_the_first() {
    let text = "Complaints\n\nLevel 1\nThe Service Manager answers within 10 days.\n\nLevel 2\nIf you are not satisfied the Director \
                reviews it within 20 days.\n\nHow to ask for Level 1 or Level 2\nWrite to care@alder.example and say what \
                went wrong, when it was and what you would like us to do about it now.";
    let policy = read(text, "en", "GB");
    assert_eq!(contacts(&policy, 0), ["email care@alder.example"]);
}

#[test]
fn how_often_one_hears_is_no_acknowledgement() {
    let text = "Complaints\nPlease write to our Complaints Team. We acknowledge your complaint within 4 working days, and every 15 \
                working days after that you will get an update. We answer inside 30 working days.";
    assert_eq!(clocks(&read(text, "en", "IE")), [[Some(4), Some(30), None]]);
}

#[test]
fn a_bank_that_speaks_of_your_branch_and_of_the_bank_speaks_of_itself() {
    let text = "Réclamations\n\nNiveau 1 : votre agence\nVotre conseiller ou votre agence vous répond sous 4 jours ouvrés.\n\n\
                Niveau 2 : le service clientèle\nSi la réponse ne vous convient pas, écrivez au service clientèle. La banque accuse \
                réception sous 10 jours ouvrables et vous répond dans un délai de deux mois.";
    assert_eq!(clocks(&read(text, "fr", "FR")), [[None, Some(4), None], [Some(10), Some(2), None]]);
}

#[test]
fn a_month_from_the_answer_is_a_time() {
    let text = "Reclamaciones\n\nPaso 1. Escriba al Servicio de Atención al Cliente, que contesta en 12 días.\n\nPaso 2. Si no está \
                conforme, puede pedir que la revise el Comité de Clientes. Tiene para ello un mes desde que reciba nuestra \
                respuesta. El Comité contestará en dos meses.";
    assert_eq!(clocks(&read(text, "es", "ES")), [[None, Some(12), None], [None, Some(2), Some(1)]]);
}

#[test]
fn a_known_body_before_which_the_company_takes_part_is_there_to_be_asked() {
    let text = "Beschwerden\nSchreiben Sie an unsere Beschwerdestelle. Sie erhalten binnen drei Wochen eine Antwort.\n\nWir nehmen an \
                einem Verfahren vor der Universalschlichtungsstelle des Bundes teil: Straßburger Straße 8, 77694 Kehl.";
    assert_eq!(read(text, "de", "DE").external.len(), 1);
}
