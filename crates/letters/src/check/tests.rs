//! What the check marks, and what it leaves alone.

use super::*;

#[test]
fn every_table_of_flags_has_a_finding_and_every_finding_an_example_that_it_marks() {
    for code in words::languages() {
        for cue in &words::of(code).unwrap().flags {
            assert!(findings().iter().any(|f| f.name == cue.name), "{code}: {}", cue.name);
        }
    }
    for finding in findings() {
        let text = match finding.name.as_str() {
            "over_long" => "The order did not come. ".repeat(80),
            _ => finding.before.clone(),
        };
        let report = check(&text, Some("en")).unwrap();
        let marked = report.flags.iter().chain(&report.private).any(|f| f.kind == finding.kind);
        assert!(marked, "{} does not mark {text:?}: {:?}", finding.code, report.flags);
    }
}

#[test]
fn what_is_said_better_is_left_alone() {
    for finding in findings() {
        let report = check(&finding.after, Some("en")).unwrap();
        assert!(
            !report.flags.iter().any(|f| f.kind == finding.kind),
            "{}: {:?} {:?}",
            finding.code,
            finding.after,
            report.flags
        );
    }
}

#[test]
fn the_page_of_codes_is_the_table() {
    let page = include_str!("../../../../docs/check.md");
    assert_eq!(page, findings::page(), "run `cargo run -p letters --example codes > docs/check.md`");
}

#[test]
fn a_number_behind_its_word_is_one_that_they_can_find_it_under() {
    for (lang, text) in [
        ("en", "The bill is wrong.\nAccount: AC-99177, SB-44120\nPlease correct it."),
        ("en", "The bill is wrong. Order: 55120. Please correct it."),
        ("en", "The bill is wrong. My references: BW-40417. Please correct it."),
        ("de", "Die Rechnung ist falsch. Kundennummer: 204 18 777. Bitte berichtigen Sie sie."),
        ("de", "Die Rechnung ist falsch. Mein Zeichen bei Ihnen: BW-40417. Bitte berichtigen Sie sie."),
        ("fr", "La facture est fausse. Référence : BW-40417. Merci de la corriger."),
        ("es", "La factura está mal. Mi referencia: BW-40417. Corríjanla, por favor."),
    ] {
        assert!(check(text, Some(lang)).unwrap().has.reference, "{text}");
    }
    let none = "The bill is wrong. Account: which one? Please correct the bill of 3 May.";
    assert!(!check(none, Some("en")).unwrap().has.reference);
}

#[test]
fn a_place_is_a_line_and_a_column_of_characters() {
    let report = check("Größe falsch.\nI ordered it on 3 May. Your staff are idiots.", Some("en")).unwrap();
    let flag = report.flags.iter().find(|f| f.kind == Kind::Abuse).unwrap();
    assert_eq!((flag.place.line, flag.place.col, flag.quote.as_str()), (2, 39, "idiots"));
}

#[test]
fn shouting_is_mended_and_names_are_kept() {
    for (text, fixed) in [
        ("I have had NO reply, this is ENOUGH!!!", "I have had NO reply, this is enough!"),
        ("WHERE IS MY ORDER???", "Where is my order?"),
        ("My flight BA0257 by IBERIA from LGW was late.", "My flight BA0257 by IBERIA from LGW was late."),
        ("They said \"DO NOT CALL AGAIN\" to me.", "They said \"DO NOT CALL AGAIN\" to me."),
    ] {
        assert_eq!(fix(text, Some("en")).0, fixed);
    }
}

#[test]
fn a_good_letter_is_complete_and_clean() {
    let text = "Order 55120 was due on 3 June. It has not come. I rang on 5 June and was told it would arrive by the 8th; it did not. I had to buy \
                another one for £64. Please refund the £64 by 30 June.";
    let report = check(text, None).unwrap();
    assert_eq!(report.lang, Some("en"));
    assert!(report.flags.is_empty(), "{:?}", report.flags);
    assert_eq!(report.has.missing(), Vec::new());
}

#[test]
fn what_our_own_letters_say_of_references_and_steps_is_seen_in_every_language() {
    for (lang, text) in [
        (
            "de",
            "Mein Zeichen bei Ihnen: BW-40417\n\nDie Lieferung vom 3. Juni 2026 ist nicht angekommen.\n\nWas ich bisher getan habe:\n\
             - 5. Juni 2026, Telefon, Kundendienst\n\nBitte erstatten Sie mir den Betrag bis zum 30. Juni 2026.",
        ),
        (
            "fr",
            "Ma référence : BW-40417\n\nLa livraison du 3 juin 2026 n'est pas arrivée.\n\nMes démarches jusqu'ici :\n\
             - 5 juin 2026, téléphone, service client\n\nVeuillez me rembourser avant le 30 juin 2026.",
        ),
        (
            "es",
            "Mi referencia: BW-40417\n\nEl envío del 3 de junio de 2026 no llegó.\n\nLo que he hecho hasta ahora:\n\
             - 5 de junio de 2026, teléfono, atención al cliente\n\nLe pido que me reembolse antes del 30 de junio de 2026.",
        ),
    ] {
        let has = check(text, Some(lang)).unwrap().has;
        assert!(has.reference && has.steps_taken, "{lang}: {has:?}");
    }
}

#[test]
fn private_data_is_marked_by_its_check_digits() {
    let text = "Card 4111 1111 1111 1111, order 4111 1111 1111 1112, IBAN DE89 3704 0044 0532 0130 00. Call me on 07700 900123.";
    let report = check(text, Some("en")).unwrap();
    let found: Vec<(&str, &str)> = report.private.iter().map(|f| (f.code, f.quote.as_str())).collect();
    assert_eq!(
        found,
        [
            ("UP901", "4111 1111 1111 1111"),
            ("UP902", "DE89 3704 0044 0532 0130 00"),
            ("UP905", "07700 900123")
        ]
    );
}

#[test]
fn a_password_that_is_told_is_marked_and_talk_of_one_is_not() {
    let told = |text: &str| {
        let report = check(text, Some("en")).unwrap();
        report.private.iter().map(|flag| (flag.code, flag.quote.clone())).collect::<Vec<_>>()
    };
    for (text, quote) in [
        ("My password is hunter2 and nothing works.", "password is hunter2"),
        ("PIN: 4711, as I told your agent.", "PIN: 4711"),
        ("I log in with the passcode \"swordfish\" each day.", "passcode \"swordfish"),
        ("Mein Kennwort lautet Sommer24, und es geht nicht.", "Kennwort lautet Sommer24"),
    ] {
        assert_eq!(told(text), [("UP906", quote.to_owned())], "{text}");
    }
    for text in [
        "My password is not accepted since 3 May.",
        "The PIN was sent to the wrong address.",
        "You reset my password twice: it did not help.",
        "You reset my password: that did not help.",
        "My PIN was 4 days late.",
        "The security code is 6 digits long.",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
}

#[test]
fn each_place_of_a_kind_says_what_it_is_itself() {
    let text = "I will sue you and see you in court. I will tell everyone on Twitter.";
    let report = check(text, Some("en")).unwrap();
    let flag = &report.flags[0];
    assert_eq!((flag.code, flag.title), ("UP303", "threatens with publicity"));
    let also: Vec<(&str, &str)> = flag.also.iter().map(|other| (other.code, other.title)).collect();
    assert_eq!(also, [("UP306", "threatens with a lawsuit"); 2]);
}

#[test]
fn another_script_is_told_and_only_what_can_be_is_looked_at() {
    let report = check("لم يصل طلبي!!!", None).unwrap();
    assert_eq!(report.lang, None);
    assert!(report.notes[0].contains("not read yet"));
    assert_eq!(report.flags[0].kind, Kind::Shouting);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic_and_every_quote_is_in_the_text(text in "(\\PC|worst|THE END|\\?|!| |\n){0,60}") {
        if let Ok(report) = check(&text, None) {
            for flag in &report.flags {
                proptest::prop_assert!(text.contains(&flag.quote));
                proptest::prop_assert_eq!(&text[flag.place.start..flag.place.end], flag.quote.as_str());
            }
        }
        let _ = fix(&text, None);
    }
}

/// Returns the kinds that are marked in a text.
fn kinds(lang: &str, text: &str) -> Vec<Kind> {
    check(text, Some(lang)).unwrap().flags.iter().map(|flag| flag.kind).collect()
}

#[test]
fn violence_is_told_by_who_does_what_to_whom_and_what_was_done_to_the_writer_is_none() {
    for (lang, text) in [
        ("en", "I will smash your windows."),
        ("en", "My brothers are going to torch that shop."),
        ("de", "Ich komme vorbei und schlage euch die Scheiben ein."),
        ("de", "Wir zünden euch morgen die Bude an."),
        ("fr", "Je viendrai tout casser chez vous."),
        ("fr", "On va vous brûler le magasin."),
        ("es", "Voy a romperles los cristales de la oficina."),
        ("es", "Vamos a quemar la tienda."),
    ] {
        assert!(kinds(lang, text).contains(&Kind::Threat), "{text}: {:?}", kinds(lang, text));
    }
    for (lang, text) in [
        ("en", "Your driver smashed the window of my car on Monday."),
        ("en", "I broke the seal on the door as your fitter told me to."),
        ("de", "Ich trete vom Vertrag zurück und lege Ihnen die Rechnung bei."),
        ("de", "Ihr Monteur hat die Scheibe der Haustür eingeschlagen."),
        ("de", "Ich schlage Ihnen einen Termin vor, rufen Sie mich bitte an."),
        ("fr", "Votre livreur a cassé la vitre de ma porte."),
        ("fr", "Je vous appelle car la porte est cassée."),
        ("es", "El técnico rompió la puerta de mi casa."),
        ("es", "Voy a devolver el televisor porque la caja llegó rota."),
    ] {
        assert!(!kinds(lang, text).contains(&Kind::Threat), "{text}");
    }
}

#[test]
fn who_was_cheated_by_a_stranger_accuses_nobody_and_who_calls_the_company_a_cheat_does() {
    for (lang, text) in [
        (
            "en",
            "A man who said he was from your bank called me on 2 March. He lied about the account. I lost £400.",
        ),
        (
            "de",
            "Ein Betrüger gab sich als Ihr Mitarbeiter aus und hat mich belogen. Ich habe 900 Euro überwiesen.",
        ),
        ("fr", "Un faux conseiller m'a trompé au téléphone le 3 mai et j'ai perdu 200 euros."),
        ("es", "Un desconocido me engañó haciéndose pasar por su banco y perdí 300 euros."),
    ] {
        assert!(!kinds(lang, text).contains(&Kind::Accusatory), "{text}");
    }
    for (lang, text) in [
        ("en", "A man who said he was from your bank called me. You are thieves, all of you."),
        ("de", "Ihr Mitarbeiter hat mich belogen."),
        ("fr", "Vous m'avez menti."),
        ("es", "Su comercial me mintió en la cara."),
    ] {
        assert!(kinds(lang, text).contains(&Kind::Accusatory), "{text}");
    }
    assert!(kinds("de", "Euer Mitarbeiter ist ein Vollidiot.").contains(&Kind::Abuse));
}

#[test]
fn a_bare_threat_tells_no_event_and_a_consequence_in_plain_words_is_told() {
    for (lang, text, event, impact) in [
        ("en", "Pay me or I will ruin you.", false, false),
        ("en", "If nobody rings me by Monday your name goes on every forum.", false, false),
        ("en", "You blocked my card and I stood at the till with no means of paying.", true, true),
        ("en", "My order came without the lid.", true, false),
        ("de", "Wenn Sie nicht zahlen, gehe ich zur Presse.", false, false),
        ("de", "Der Monteur kam nicht, dafür hatte ich mir Urlaub genommen.", true, true),
        ("de", "Der Kühlschrank ist kaputt, alle Lebensmittel sind verdorben.", true, true),
        ("de", "Auf der Rechnung vom 3. Mai steht ein Anruf, den ich nicht geführt habe.", true, false),
        ("fr", "Si rien ne bouge, toute la ville le saura.", false, false),
        ("fr", "Le train du 5 mai a été supprimé et j'ai manqué mon entretien.", true, true),
        ("fr", "Il manquait le couvercle.", true, false),
        ("es", "Si no pagan, nos veremos en los tribunales.", false, false),
        ("es", "Bloquearon mi tarjeta y no pude pagar en la caja.", true, true),
        ("es", "El martes el autobús pasó de largo.", true, false),
    ] {
        let has = check(text, Some(lang)).unwrap().has;
        assert_eq!((has.what_happened, has.impact), (event, impact), "{lang}: {text}");
    }
}
