//! What drafts tell of the company's words, of days and sums, and of templates of one's own.

use jiff::civil::date;

use super::tests::{country_of, facts, options};
use super::*;

#[test]
fn the_day_that_a_text_sets_is_found_as_letters_write_it() {
    let today = date(2026, 3, 6);
    for (text, day) in [
        ("Please answer by 20 March 2026. From 30 March 2026 I can go on.", Some(date(2026, 3, 20))),
        ("Please answer by March 20, 2026", Some(date(2026, 3, 20))),
        ("Bitte antworten Sie bis zum 20. März 2026", Some(date(2026, 3, 20))),
        ("au plus tard le 1er avril 2026", Some(date(2026, 4, 1))),
        ("a más tardar el 20 de marzo de 2026", Some(date(2026, 3, 20))),
        ("I wrote on 2 March 2026 and on 6 March 2026", None),
        ("by 21 March 2026", Some(date(2026, 3, 21))),
    ] {
        assert_eq!(last_day(text, today), day, "{text}");
    }
}

#[test]
fn what_the_company_said_is_quoted_only_where_it_is_in_its_own_words() {
    let quotes = [("\"", "\""), ("„", "“"), ("« ", " »"), ("«", "»")];
    for (language, (open, close)) in Language::ALL.into_iter().zip(quotes) {
        let mut facts = facts();
        let options = options(language, country_of(language));
        let text =
            |facts: &Facts, name: &str| write(Kind::named(name).unwrap(), facts, &options).unwrap().body;
        let said = format!("{open}We take all feedback seriously{close}");
        for name in ["email", "formal", "executive", "challenge"] {
            assert!(text(&facts, name).contains(&said), "{language:?} {name}: {}", text(&facts, name));
        }
        for reply in [&mut facts.last_reply, &mut facts.last_word].into_iter().flatten() {
            reply.quoted = false;
        }
        facts.broken_promises.clear();
        for name in ["email", "formal", "executive", "challenge"] {
            let text = text(&facts, name);
            assert!(
                !text.contains(open.trim()) && text.contains("We take all feedback"),
                "{language:?} {name}: {text}"
            );
        }
        facts.offer.as_mut().unwrap().quoted = true;
        for name in ["accept", "counter", "decline"] {
            assert!(
                text(&facts, name).contains(&format!("{open}A credit of £50.{close}")),
                "{}",
                text(&facts, name)
            );
        }
    }
}

#[test]
fn a_note_of_a_promise_stands_in_marks_as_a_note() {
    for (language, says) in [
        (
            Language::En,
            "On 25 January 2026, Sam (billing) promised me, in my note of that day: \"said it 'will be' fixed\" (due 30 January 2026). \
             That did not happen.",
        ),
        (
            Language::De,
            "Am 25. Januar 2026 wurde mir von Sam (billing) etwas zugesagt; meine Notiz von diesem Tag: „said it 'will be' fixed“ (fällig \
             am 30. Januar 2026). Das ist nicht geschehen.",
        ),
        (
            Language::Fr,
            "Le 25 janvier 2026, Sam (billing) m'a fait une promesse ; ma note de ce jour : « said it 'will be' fixed » (pour le 30 janvier \
             2026). Cela n'a pas été fait.",
        ),
        (
            Language::Es,
            "El 25 de enero de 2026, Sam (billing) me hizo una promesa; mi nota de ese día: «said it 'will be' fixed» (para el 30 de enero \
             de 2026). No se ha hecho.",
        ),
    ] {
        let mut facts = facts();
        let promise = &mut facts.broken_promises[0];
        (promise.who, promise.quoted) = (Some("Sam, billing".into()), false);
        promise.words = "said it \"will be\" fixed.".into();
        let options = options(language, country_of(language));
        let body = write(Kind::named("email").unwrap(), &facts, &options).unwrap().body;
        assert!(body.contains(says), "{body}");
    }
}

#[test]
fn a_scheme_that_is_not_known_is_not_named_and_another_team_is_asked_to_pass_it_on() {
    let mut facts = facts();
    facts.next = Some(Next { name: "CISAS".into(), from: None, one_of: Some("CISAS or the other".into()) });
    facts.to.pass_on = Some("complaints".into());
    for (language, scheme, pass_on) in [
        (Language::En, "the ombudsman scheme that you belong to.", "pass this on to your complaints team."),
        (Language::De, "die Schlichtungsstelle, der Sie angehören.", "bitte weiter an: Beschwerdestelle."),
        (Language::Fr, "le médiateur dont vous relevez.", "ce message à : service des réclamations."),
        (Language::Es, "al que pertenecen.", "trasladen este escrito a: servicio de reclamaciones."),
    ] {
        let options = options(language, country_of(language));
        for name in ["email", "executive", "counter"] {
            let draft = write(Kind::named(name).unwrap(), &facts, &options).unwrap();
            assert!(draft.body.contains(scheme) && draft.body.contains(pass_on), "{}", draft.body);
            assert!(!draft.body.contains("CISAS"), "{}", draft.body);
            assert!(draft.warnings[0].contains("CISAS or the other"), "{:?}", draft.warnings);
        }
    }
}

#[test]
fn how_one_wants_to_be_reached_and_by_when_it_matters_is_said() {
    let mut facts = facts();
    facts.needed_by = Some(date(2026, 4, 7));
    for (reach_by, says) in [
        ("email", "by 20 March 2026, by e-mail to robin@customer.example."),
        ("phone", "by 20 March 2026; to talk about it, I am best reached on +447700900123."),
        ("postal", "by 20 March 2026, by letter."),
    ] {
        facts.reach_by = Some(reach_by.into());
        let body = write(Kind::named("email").unwrap(), &facts, &options(Language::En, "GB")).unwrap().body;
        assert!(body.contains(says) && body.contains("a refund of £412, by 7 April 2026."), "{body}");
    }
    facts.needed_by = facts.by;
    for language in Language::ALL {
        let options = options(language, country_of(language));
        let body = write(Kind::named("email").unwrap(), &facts, &options).unwrap().body;
        let day = language.convention().date(date(2026, 3, 20), false);
        assert_eq!(body.matches(&day).count(), 1, "one day at a time: {body}");
        assert!(body.contains(language.convention().named(Named::Channel, "postal").as_str()), "{body}");
    }
}

#[test]
fn a_bank_is_told_what_was_paid_and_not_what_is_claimed() {
    for language in Language::ALL {
        let options = options(language, country_of(language));
        let body = write(Kind::named("chargeback").unwrap(), &facts(), &options).unwrap().body;
        let line = body.lines().find(|line| line.contains("137")).unwrap_or_else(|| panic!("{body}"));
        assert!(!line.contains("412"), "{line}");
    }
}

#[test]
fn only_the_letters_that_need_a_broken_template_are_refused_and_empty_ones_are_broken() {
    let own = |name: &str, text: &str| OwnTemplate {
        file: format!("my/{name}.txt"),
        language: Language::En,
        name: name.into(),
        text: text.into(),
        unread: None,
    };
    let plain = options(Language::En, "GB");
    let try_it = |own: &[OwnTemplate], name: &str, built_in_instead: bool| {
        write(Kind::named(name).unwrap(), &facts(), &Options { own, built_in_instead, ..plain })
    };
    for (name, text, needs, free, says) in [
        ("email", "Hello\n{{ company|shout }}", "email", "letter", "`my/email.txt` line 2: "),
        ("email", "  \n", "email", "letter", "`my/email.txt` line 1: it is empty"),
        ("_steps", "{% for s in steps %}", "letter", "thanks", "`my/_steps.txt` line 1: "),
        ("_deadline", "{{ when.that }}", "chaser", "post", "`my/_deadline.txt` line 1: "),
    ] {
        let own = [own(name, text)];
        let error = try_it(&own, needs, false).unwrap_err().to_string();
        assert!(error.starts_with(says), "{name}: {error}");
        assert!(try_it(&own, free, false).is_ok(), "{name} stops {free}");
        let instead = try_it(&own, needs, true).unwrap();
        assert!(
            instead.warnings.iter().any(|told| told.contains(&format!("my/{name}.txt"))),
            "{:?}",
            instead.warnings
        );
        assert_eq!(instead.body, try_it(&[], needs, false).unwrap().body);
    }
    let errors = check_templates(&[own("emial", "Hello"), own("_mine", "A part of my own")]).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].to_string().contains("did you mean `email`?"), "{}", errors[0]);
}

#[test]
fn a_locator_is_no_number_of_a_baggage_file() {
    let prefer = ["us-dot-aviation".to_owned()];
    let options = Options { prefer: &prefer, ..options(Language::En, "US") };
    let mut facts = facts();
    let reference = |value: &str| Reference { label: None, value: value.into() };
    facts.references = vec![reference("SFOUA48213"), reference("ABX4TQ"), reference("0162345678901")];
    let body = write(Kind::named("regulator").unwrap(), &facts, &options).unwrap().body;
    assert!(body.contains("Record locator or ticket: ABX4TQ, 0162345678901\n"), "{body}");
    assert!(body.contains("for this complaint: SFOUA48213\n"), "{body}");
    facts.references.truncate(1);
    let draft = write(Kind::named("regulator").unwrap(), &facts, &options).unwrap();
    assert!(draft.blanks.iter().any(|blank| blank.contains("record locator")), "{:?}", draft.blanks);
}
