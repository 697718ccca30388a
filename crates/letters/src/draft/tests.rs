//! What drafts promise, over a made-up case.

use jiff::civil::date;

use super::*;

fn steps() -> Vec<Step> {
    vec![
        Step {
            on: date(2026, 1, 25),
            channel: "phone".into(),
            rung: Some("front_line".into()),
            who: Some("Sam".into()),
            summary: "gave the actual reading".into(),
            reference: None,
            unanswered: false,
            complaint: false,
            asked_supervisor: false,
            promised: None,
        },
        Step {
            on: date(2026, 2, 2),
            channel: "email".into(),
            rung: Some("complaints".into()),
            who: None,
            summary: "formal complaint with photos of the meter".into(),
            reference: Some("C-7".into()),
            unanswered: false,
            complaint: true,
            asked_supervisor: false,
            promised: None,
        },
    ]
}

pub(super) fn facts() -> Facts {
    Facts {
        me: Person {
            name: Some("Robin Ashworth".into()),
            address: vec!["4 Mill Lane".into(), "Testford".into(), "TE5 7ST".into()],
            email: Some("robin@customer.example".into()),
            phone: Some("+447700900123".into()),
        },
        company: "Brightwell Energy".into(),
        to: Recipient {
            title: Some("Customer Complaints".into()),
            address: vec!["4 Mill Lane".into(), "Leeds LS1 4AB".into()],
            ..Recipient::default()
        },
        problem: Problem {
            what: Some("the bill charges 900 units a month and the meter counted 310".into()),
            since: Some(date(2026, 1, 20)),
            ongoing: true,
            impact: Some("£412 was taken from my account and my rent was late".into()),
            amount: Some(casework::Money::parse("412", casework::Currency::parse("GBP").unwrap()).unwrap()),
            paid_amount: Some(
                casework::Money::parse("137", casework::Currency::parse("GBP").unwrap()).unwrap(),
            ),
            paid: Some(date(2026, 1, 20)),
            paid_by: Some("direct_debit".into()),
            ..Problem::default()
        },
        references: vec![Reference { label: None, value: "BW-40417".into() }],
        steps: steps(),
        broken_promises: vec![Promise {
            on: date(2026, 1, 25),
            who: Some("Sam".into()),
            words: "the system will correct it within five days".into(),
            quoted: true,
            price: false,
            due: Some(date(2026, 1, 30)),
        }],
        answers: vec![Answer {
            on: date(2026, 2, 10),
            channel: "email".into(),
            who: Some("Jo Lamb".into()),
            words: "the reading was estimated and will not be changed".into(),
            quoted: true,
        }],
        wanted: Some(Wish {
            kind: "refund".into(),
            words: None,
            amount: Some(casework::Money::parse("412", casework::Currency::parse("GBP").unwrap()).unwrap()),
        }),
        offer: Some(Offer {
            on: date(2026, 2, 10),
            words: "a credit of £50".into(),
            quoted: false,
            amount: None,
            gap: Some("it covers less than a quarter of what was taken".into()),
        }),
        last_reply: Some(Reply {
            on: date(2026, 2, 10),
            words: Some("We take all feedback seriously".into()),
            quoted: true,
            is_final: false,
            gap: Some("it does not mention the meter reading".into()),
            question: Some("Which reading did you use for the January bill?".into()),
        }),
        last_word: Some(Reply {
            on: date(2026, 2, 10),
            words: Some("We take all feedback seriously".into()),
            quoted: true,
            is_final: false,
            gap: None,
            question: None,
        }),
        sent: Some(Sent { on: date(2026, 2, 2), due: Some(date(2026, 2, 9)), who: None }),
        agreed_now: Some("a new bill by 20 March 2026".into()),
        complained: Some(date(2026, 2, 2)),
        by: Some(date(2026, 3, 20)),
        next: Some(Next { name: "the Energy Ombudsman".into(), from: Some(date(2026, 3, 30)), one_of: None }),
        court: Some("County Court".into()),
        rights: vec![Right {
            name: "repeat performance".into(),
            law: Some("Consumer Rights Act 2015".into()),
        }],
        enclosures: vec![
            Enclosure { number: 1, title: "photos of the meter".into() },
            Enclosure { number: 2, title: "bills, November to January".into() },
        ],
        representative: Some("Alex Reed, 9 Mill Lane, Testford".into()),
        ..Facts::default()
    }
}

pub(super) fn options(language: Language, country: &str) -> Options<'static> {
    Options {
        language,
        country: Some(Country::parse(country).unwrap()),
        tone: Tone::Firm,
        today: date(2026, 3, 6),
        words: None,
        own: &[],
        built_in_instead: false,
        prefer: &[],
    }
}

pub(super) fn country_of(language: Language) -> &'static str {
    match language {
        Language::En => "GB",
        Language::De => "DE",
        Language::Fr => "FR",
        Language::Es => "ES",
    }
}

#[test]
fn an_email_is_short_complete_and_asks_for_one_thing() {
    let draft = write(Kind::named("email").unwrap(), &facts(), &options(Language::En, "GB")).unwrap();
    assert!(draft.words <= 250 && draft.blanks.is_empty(), "{} words, {:?}", draft.words, draft.blanks);
    insta::assert_snapshot!(draft.text());
}

#[test]
fn a_day_that_the_words_name_is_not_said_twice_and_an_office_has_its_article() {
    let mut facts = facts();
    facts.problem.what = Some("The flight on 20 January was cancelled".into());
    facts.problem.ongoing = false;
    facts.broken_promises[0].words = "an engineer comes by 30 January".into();
    facts.next = Some(Next { name: "Office of Air Travel".into(), from: None, one_of: None });
    let text = write(Kind::named("email").unwrap(), &facts, &options(Language::En, "GB")).unwrap().body;
    assert!(!text.contains("happened on 20 January") && !text.contains("that is by"), "{text}");
    assert!(text.contains("I can take it to the Office of Air Travel."), "{text}");
    facts.next = Some(Next { name: "CISAS".into(), from: None, one_of: None });
    facts.problem.what = Some("The flight was cancelled".into());
    let text = write(Kind::named("email").unwrap(), &facts, &options(Language::En, "GB")).unwrap().body;
    assert!(
        text.contains("This happened on 20 January 2026.") && text.contains("take it to CISAS."),
        "{text}"
    );
}

#[test]
fn a_letter_bears_both_addresses_and_the_date_by_the_country() {
    let draft = write(Kind::named("formal").unwrap(), &facts(), &options(Language::En, "US")).unwrap();
    insta::assert_snapshot!(draft.text());
}

#[test]
fn a_german_letter_before_action_reads_well() {
    let draft = write(Kind::named("before-action").unwrap(), &facts(), &options(Language::De, "DE")).unwrap();
    insta::assert_snapshot!(draft.text());
}

#[test]
fn a_letter_before_court_is_a_demand_letter_where_american_conventions_hold() {
    let kind = Kind::named("before-action").unwrap();
    let text = |country, court: Option<&str>| {
        let facts = Facts { court: court.map(str::to_owned), ..facts() };
        write(kind, &facts, &options(Language::En, country)).unwrap().text()
    };
    let american = text("US", Some("California Superior Court, small claims court"));
    assert!(american.contains("Subject: Demand letter: "), "{american}");
    assert!(
        american.contains(
            "file a claim in the California Superior Court, small claims court without further notice"
        ),
        "{american}"
    );
    assert!(!american.contains("Letter before action") && !american.contains("proceedings"), "{american}");
    assert!(text("US", None).contains("file a claim in small claims court without"));
    assert!(text("GB", None).contains("Subject: Letter before action: "));
}

#[test]
fn a_french_chaser_and_a_spanish_challenge_read_well() {
    let chaser = write(Kind::named("chaser").unwrap(), &facts(), &options(Language::Fr, "FR")).unwrap();
    let challenge = write(Kind::named("challenge").unwrap(), &facts(), &options(Language::Es, "ES")).unwrap();
    insta::assert_snapshot!(format!("{}\n-----\n\n{}", chaser.text(), challenge.text()));
}

#[test]
fn every_letter_is_there_in_every_language_and_a_full_case_leaves_no_blank() {
    for language in Language::ALL {
        for kind in KINDS {
            let draft = write(kind, &facts(), &options(language, country_of(language))).unwrap();
            let text = draft.text();
            assert!(
                text.chars().all(|c| !('\u{e000}'..='\u{e00f}').contains(&c)),
                "{language:?} {}",
                kind.name
            );
            let allowed = usize::from(kind.name == "authority");
            assert_eq!(draft.blanks.len(), allowed, "{language:?} {}: {:?}", kind.name, draft.blanks);
            assert!(draft.warnings.is_empty(), "{language:?} {}: {:?}", kind.name, draft.warnings);
            assert!(!text.contains("\n\n\n"), "{language:?} {}:\n{text}", kind.name);
        }
    }
}

#[test]
fn an_empty_case_gives_blanks_with_questions_and_invents_nothing() {
    for language in Language::ALL {
        for kind in KINDS {
            let draft = write(kind, &Facts::default(), &options(language, country_of(language))).unwrap();
            assert!(!draft.blanks.is_empty(), "{language:?} {}", kind.name);
            for question in &draft.blanks {
                assert!(
                    draft.text().contains(&format!("[{question}]")),
                    "{language:?} {}: {question}",
                    kind.name
                );
            }
        }
    }
}

#[test]
fn a_public_post_keeps_its_length_and_names_no_reference_or_person() {
    let mut facts = facts();
    facts.problem.what = Some("the engineer did not come although it was promised three times ".repeat(9));
    for language in Language::ALL {
        let draft =
            write(Kind::named("post").unwrap(), &facts, &options(language, country_of(language))).unwrap();
        assert!(draft.body.chars().count() <= 280, "{language:?}: {}", draft.body);
        for private in ["BW-40417", "Robin", "Mill Lane", "customer.example"] {
            assert!(!draft.body.contains(private), "{language:?}: {}", draft.body);
        }
    }
}

#[test]
fn a_call_that_nobody_answered_is_told_as_one_and_no_line_ends_in_nothing() {
    for (language, says) in [
        (Language::En, "nobody answered."),
        (Language::De, "Niemand hat geantwortet."),
        (Language::Fr, "personne n’a répondu."),
        (Language::Es, "Nadie respondió."),
    ] {
        let mut facts = facts();
        let step = facts.steps[0].clone();
        facts.steps = vec![
            Step { summary: String::new(), unanswered: true, who: None, ..step.clone() },
            Step { summary: String::new(), reference: Some("C-9".into()), ..step.clone() },
            Step { summary: "said it again".into(), ..step },
        ];
        let draft = write(Kind::named("letter").unwrap(), &facts, &options(language, "GB")).unwrap();
        let steps: Vec<&str> = draft.body.lines().filter(|line| line.starts_with("- ")).collect();
        assert!(steps[0].ends_with(says), "{steps:?}");
        assert!(
            steps[1].contains("Sam") && steps[1].contains("C-9") && !steps[1].contains(": ("),
            "{steps:?}"
        );
        assert!(steps.iter().all(|line| !line.trim_end().ends_with(':')), "{steps:?}");
    }
}

#[test]
fn a_long_history_leaves_out_the_oldest_steps_but_the_complaint_and_says_how_many() {
    let mut facts = facts();
    let step = facts.steps[1].clone();
    facts.steps = (1..=28)
        .map(|day| Step {
            on: date(2026, 2, day),
            summary: format!("call number {day} about the bills"),
            complaint: day == 2,
            ..step.clone()
        })
        .collect();
    let draft = write(Kind::named("email").unwrap(), &facts, &options(Language::En, "GB")).unwrap();
    assert!(draft.words <= 250, "{}", draft.words);
    assert!(draft.body.contains("other contacts"), "{}", draft.body);
    let has = |number: u32| draft.body.contains(&format!("Call number {number} about"));
    assert!(draft.body.contains("We take all feedback seriously"), "the last word: {}", draft.body);
    assert!(has(28) && has(2) && !has(1) && !has(3), "{}", draft.body);
}

#[test]
fn own_templates_take_the_place_of_built_in_ones_and_broken_ones_are_named_with_their_line() {
    let own = |text: &str| {
        vec![OwnTemplate {
            file: "my/email.txt".into(),
            language: Language::En,
            name: "email".into(),
            text: text.into(),
            unread: None,
        }]
    };
    let good = own("+++\ntitle = \"mine\"\nsubject = \"About {{ company }}\"\n+++\nHello {{ company }}");
    let mut options = options(Language::En, "GB");
    options.own = &good;
    let draft = write(Kind::named("email").unwrap(), &facts(), &options).unwrap();
    assert_eq!(
        (draft.subject.as_deref(), draft.body.as_str()),
        (Some("About Brightwell Energy"), "Hello Brightwell Energy")
    );
    for (text, line) in [
        ("+++\ntitle = \"x\"\n+++\n\n{% if %}", 5),
        ("one\n{{ company|nofilter }}", 2),
        ("one\ntwo\n{{ nothing.of.that }}", 3),
    ] {
        let errors = check_templates(&own(text)).unwrap_err();
        let said = errors[0].to_string();
        assert!(said.starts_with(&format!("`my/email.txt` line {line}: ")), "{text:?}: {said}");
    }
    let endless = own("{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}");
    assert!(check_templates(&endless).unwrap_err()[0].to_string().contains("does not end"));
}

#[test]
fn a_body_gets_its_own_form_in_its_order_and_what_is_unknown_is_a_question() {
    let prefer = ["gb-financial-ombudsman".to_owned()];
    let options = Options { prefer: &prefer, ..options(Language::En, "GB") };
    let to = Recipient { party: Some("Financial Ombudsman Service".into()), ..Recipient::default() };
    let facts = Facts { to, ..facts() };
    let draft = write(Kind::named("adr").unwrap(), &facts, &options).unwrap();
    insta::assert_snapshot!(draft.text());
    let form = draft.own_form.unwrap();
    assert!(form.body == "gb-financial-ombudsman" && form.papers.len() == 3, "{form:?}");
    // A form in another language is none: the general one is written.
    let german = Options { language: Language::De, ..options };
    let draft = write(Kind::named("adr").unwrap(), &facts, &german).unwrap();
    assert!(draft.own_form.is_none() && draft.body.contains("3. Sachverhalt"), "{}", draft.body);
}

#[test]
fn every_form_of_a_body_passes_the_check_of_tone_and_keeps_what_the_case_knows() {
    for form in SUBMISSIONS {
        let language = form.language().unwrap();
        let prefer = [form.body.to_owned()];
        let options = Options { prefer: &prefer, ..options(language, country_of(language)) };
        let kind = form.kind().unwrap();
        let draft = write(kind, &facts(), &options).unwrap();
        assert_eq!(draft.own_form.as_ref().map(|own| own.body.as_str()), Some(form.body));
        for known in
            ["Robin Ashworth", "Brightwell Energy", "BW-40417", "meter counted 310", "photos of the meter"]
        {
            assert!(draft.body.contains(known), "{}: `{known}` is not in it\n{}", form.body, draft.body);
        }
        assert!(
            !draft.text().contains("\n\n\n") && draft.warnings.is_empty(),
            "{}: {:?}\n{}",
            form.body,
            draft.warnings,
            draft.body
        );
        let mut marks = crate::check::check(&draft.body, Some(language.code())).unwrap().flags;
        // What the case does not know is a blank, which is marked as one.
        marks.retain(|flag| flag.kind != crate::check::Kind::Unfilled || draft.blanks.is_empty());
        assert!(marks.is_empty(), "{}: {marks:#?}\n{}", form.body, draft.body);
        let empty = write(kind, &Facts::default(), &options).unwrap();
        assert!(empty.blanks.len() > draft.blanks.len(), "{}: {:?}", form.body, empty.blanks);
    }
}

#[test]
fn words_of_ones_own_for_a_company_go_before_those_for_all() {
    let own: Vec<OwnTemplate> = [("email", "For all"), ("email@brightwell-energy", "For them")]
        .map(|(name, text)| OwnTemplate {
            file: format!("en/{name}.txt"),
            language: Language::En,
            name: name.into(),
            text: text.into(),
            unread: None,
        })
        .to_vec();
    let prefer = ["email@brightwell-energy".to_owned()];
    let mut options = Options { own: &own, prefer: &prefer, ..options(Language::En, "GB") };
    let email = Kind::named("email").unwrap();
    assert_eq!(write(email, &facts(), &options).unwrap().body, "For them");
    let other = ["email@acme".to_owned()];
    options.prefer = &other;
    assert_eq!(write(email, &facts(), &options).unwrap().body, "For all");
    let mut broken = own[1].clone();
    broken.text = "{% if %}".into();
    assert!(
        check_templates(&[broken]).unwrap_err()[0]
            .to_string()
            .starts_with("`en/email@brightwell-energy.txt` line 1")
    );
}

#[test]
fn facts_are_text_and_never_template() {
    let mut facts = facts();
    facts.problem.what = Some("{{ me.address }} {% raw %} \u{e000}x\u{e001} [really]".into());
    let draft = write(Kind::named("email").unwrap(), &facts, &options(Language::En, "GB")).unwrap();
    assert!(draft.body.contains("{{ me.address }} {% raw %} x [really]"), "{}", draft.body);
}

#[test]
fn every_draft_passes_the_check_of_tone_without_a_mark() {
    for language in Language::ALL {
        for kind in KINDS {
            let draft = write(kind, &facts(), &options(language, country_of(language))).unwrap();
            let mut report = crate::check::check(&draft.body, Some(language.code())).unwrap();
            report.flags.retain(|flag| flag.kind != crate::check::Kind::Unfilled || draft.blanks.is_empty());
            let marks: Vec<String> = report.flags.iter().map(|flag| format!("{flag:?}")).collect();
            assert!(marks.is_empty(), "{language:?} {}: {marks:#?}\n{}", kind.name, draft.body);
        }
    }
}

#[test]
fn a_draft_in_fewer_words_keeps_facts_sums_days_and_what_is_asked_for() {
    let kind = Kind::named("email").unwrap();
    let mut facts = facts();
    facts.problem.impact = Some("It costs me my sleep and a good deal of patience".into());
    let step = |on: Date, summary: &str, reference: Option<&str>| Step {
        on,
        channel: "phone".into(),
        rung: None,
        who: None,
        summary: summary.into(),
        reference: reference.map(str::to_owned),
        unanswered: false,
        complaint: false,
        asked_supervisor: false,
        promised: None,
    };
    facts.steps = vec![
        step(date(2026, 1, 5), "They asked me to be patient and to call again another time", None),
        step(date(2026, 1, 9), "They owe me 42.50, said the agent after a long while", None),
        step(date(2026, 1, 16), "They were kind and promised nothing at all to me", Some("T-77")),
        step(date(2026, 2, 2), "They read the same answer to me once more from a sheet", None),
    ];
    let options = options(Language::En, "GB");
    let whole = write(kind, &facts, &options).unwrap();
    assert!(whole.body.contains("my sleep") && whole.warnings.is_empty(), "{}", whole.body);
    let said: Vec<String> =
        whole.body.lines().filter(|line| !line.starts_with("- ")).map(str::to_owned).collect();
    let asked: Vec<&String> =
        said.iter().filter(|line| line.contains("ask for") || line.contains("answer in")).collect();
    assert!(!asked.is_empty());
    for most in [whole.words - 5, whole.words - 20, whole.words - 45, 20] {
        let draft = write(kind, &facts, &Options { words: Some(most), ..options }).unwrap();
        let left = !draft.warnings.is_empty() && draft.warnings[0].starts_with("left out for its length");
        assert!(left && (draft.words <= most || most == 20), "{most}: {:?}\n{}", draft.warnings, draft.body);
        for fact in ["42.50", "T-77", "9 January 2026", "16 January 2026", "2 February 2026"] {
            assert!(draft.body.contains(fact), "{most}: {fact}\n{}", draft.body);
        }
        for line in &asked {
            assert!(draft.body.contains(line.as_str()), "{most}: {line}\n{}", draft.body);
        }
        assert_eq!(draft.blanks, whole.blanks, "nothing becomes a question");
    }
    let least = write(kind, &facts, &Options { words: Some(20), ..options }).unwrap();
    assert!(least.warnings.last().unwrap().contains("what is left are facts"), "{:?}", least.warnings);
    assert!(
        least.body.contains("1 other contact, listed") && !least.body.contains("my sleep"),
        "{}",
        least.body
    );
    let enough = write(kind, &facts, &Options { words: Some(whole.words), ..options }).unwrap();
    assert_eq!(enough, whole, "what fits is left alone");
}

#[test]
fn a_text_that_was_changed_goes_back_to_its_places() {
    let draft = |name: &str, language: Language| {
        write(Kind::named(name).unwrap(), &facts(), &options(language, country_of(language))).unwrap()
    };
    for name in ["email", "letter", "call"] {
        let draft = draft(name, Language::En);
        let mut same = draft.clone();
        same.retake(&draft.text());
        assert_eq!(same, draft, "{name}");
    }
    let mut letter = draft("letter", Language::De);
    let changed = letter.text().replace("4 Mill Lane", "5 Mill Lane").replace("Betreff: ", "Betreff: Neu: ");
    letter.retake(&changed);
    assert!(letter.sheet.to.contains(&"5 Mill Lane".to_owned()), "{:?}", letter.sheet);
    assert!(letter.subject.as_deref().is_some_and(|subject| subject.starts_with("Neu: ")));
    assert!(!letter.body.contains("Mill Lane") && !letter.body.contains("Betreff"), "{}", letter.body);
    assert_eq!(letter.text(), changed);
    letter.retake("Only these words.");
    assert_eq!(letter.body, "Only these words.");
}

#[test]
fn a_submission_tells_what_the_company_answered_and_when() {
    let days = ["10 February 2026", "10. Februar 2026", "10 février 2026", "10 de febrero de 2026"];
    for (language, day) in Language::ALL.into_iter().zip(days) {
        for name in ["adr", "regulator"] {
            let options = options(language, country_of(language));
            let text = write(Kind::named(name).unwrap(), &facts(), &options).unwrap().body;
            let answer = text.lines().find(|line| line.contains("the reading was estimated"));
            let answer =
                answer.or_else(|| text.lines().find(|line| line.contains("The reading was estimated")));
            let answer = answer.unwrap_or_else(|| panic!("{name} {language:?}: {text}"));
            assert!(answer.contains(day) && answer.contains("Jo Lamb"), "{answer}");
        }
    }
    for body in SUBMISSIONS {
        let language = body.language().unwrap();
        let prefer = [body.body.to_owned()];
        let options = Options { prefer: &prefer, ..options(language, country_of(language)) };
        let text = write(body.kind().unwrap(), &facts(), &options).unwrap().body;
        assert!(text.contains("reading was estimated"), "{}: {text}", body.body);
    }
}

#[test]
fn a_letter_on_paper_without_an_address_asks_for_one() {
    let facts = Facts { to: Recipient::default(), ..facts() };
    let letter = write(Kind::named("letter").unwrap(), &facts, &options(Language::En, "GB")).unwrap();
    assert!(letter.blanks.contains(&"The postal address of the company?".to_owned()), "{:?}", letter.blanks);
    let email = write(Kind::named("email").unwrap(), &facts, &options(Language::En, "GB")).unwrap();
    assert!(!email.blanks.contains(&"The postal address of the company?".to_owned()));
}

#[test]
fn dates_and_titles_are_of_the_language() {
    let facts = Facts { by: Some(date(2026, 4, 1)), ..facts() };
    for (language, day, guide) in [
        (Language::En, "1 April 2026", "guide for a phone call"),
        (Language::De, "1. April 2026", "Leitfaden für ein Telefonat"),
        (Language::Fr, "1er avril 2026", "guide pour un appel téléphonique"),
        (Language::Es, "1 de abril de 2026", "guía para una llamada"),
    ] {
        let draft = |name| {
            write(Kind::named(name).unwrap(), &facts, &options(language, country_of(language))).unwrap()
        };
        assert!(draft("email").body.contains(day), "{}", draft("email").body);
        assert_eq!(draft("call").title, guide);
    }
}
