//! Replies in four languages, own texts labelled by hand: what kinds they are, whether they address the core, and that a denial is no offer.
//!
//! `second.txt`, `third.txt` and `fourth.txt` were measured at first sight (labels F1 0.59 for wordings that avoid every set phrase, 0.95 for those that companies use,
//! 0.73 for long and polite letters);
//! `first.txt` (0.73), `fifth.txt` (0.61 and 0.86, as the set says) and `sixth.txt` (0.68) too; all have since been learnt from. What is held there is
//! that nothing of it is lost again. `kept.txt` and `kept_mixed.txt` never train: the floors under them are what a text that nobody saw can expect, less some.

use std::collections::BTreeSet;

use letters::reply::{Label, Letter, read};

/// The sets.
const SETS: [&str; 6] = [
    include_str!("replies/first.txt"),
    include_str!("replies/second.txt"),
    include_str!("replies/third.txt"),
    include_str!("replies/fourth.txt"),
    include_str!("replies/fifth.txt"),
    include_str!("replies/sixth.txt"),
];
/// Sets that the weights never see: facts told bare, and mixed registers.
const KEPT: [&str; 2] = [include_str!("replies/kept.txt"), include_str!("replies/kept_mixed.txt")];

/// Reads the letters of a line: `g` for generic, `o` for an offer and so on, in the order of [`Label::ALL`].
fn labels(letters: &str) -> BTreeSet<Label> {
    let of = |letter| "gsofairt".find(letter).map(|at| Label::ALL[at]);
    letters.chars().map(|letter| of(letter).unwrap_or_else(|| panic!("{letter}"))).collect()
}

/// Returns the F1 of the labels of some sets, and the share of replies whose core was told right.
fn figures(sets: &[&str]) -> (f64, f64) {
    let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
    let (mut core, mut of) = (0_u32, 0_u32);
    for line in sets.iter().flat_map(|set| set.lines()).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let [kinds, addresses, lang, complaint, text] =
            line.splitn(5, '|').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("{line}"));
        let letter = Letter { text, complaint: Some(complaint), lang: Some(lang), ..Letter::default() };
        let reading = read(&letter).unwrap_or_else(|error| panic!("{error}: {line}"));
        let (want, got) = (labels(kinds), reading.labels.iter().copied().collect::<BTreeSet<_>>());
        right += want.intersection(&got).map(|_| 1_u32).sum::<u32>();
        wrong += got.difference(&want).map(|_| 1_u32).sum::<u32>();
        missed += want.difference(&got).map(|_| 1_u32).sum::<u32>();
        of += 1;
        core += u32::from(reading.addresses_core == Some(addresses == "y"));
    }
    (f64::from(2 * right) / f64::from(2 * right + wrong + missed), f64::from(core) / f64::from(of))
}

#[test]
fn replies_of_many_trades_are_told_apart_in_four_languages() {
    let (f1, core) = figures(&SETS);
    assert!(f1 >= 0.9 && core >= 0.88, "labels F1 {f1:.3}, core {core:.3}");
}

#[test]
fn replies_that_no_weight_has_seen_are_told_apart() {
    for (kept, least, least_core) in [(KEPT[0], 0.8, 0.85), (KEPT[1], 0.8, 0.82)] {
        let (f1, core) = figures(&[kept]);
        assert!(f1 >= least && core >= least_core, "labels F1 {f1:.3}, core {core:.3}");
    }
}

#[test]
fn a_denied_remedy_is_no_offer_and_what_only_looks_denied_is_one() {
    for (lang, text, offers) in [
        ("en", "We are unable to offer you a refund of £30 for the missed visit.", false),
        ("en", "No compensation is due for the delay, and a voucher will not be sent.", false),
        ("en", "A full refund is not something that we can give on a sale item.", false),
        ("en", "No problem, we will refund the £30 in full and send a replacement.", true),
        ("en", "Not only will we refund the £30, we will also send a replacement.", true),
        ("en", "We cannot but refund the £30 in full, and a replacement is on its way.", true),
        ("de", "Eine Erstattung der 30 Euro ist leider ausgeschlossen.", false),
        ("de", "Wir können Ihnen keine Entschädigung und auch keinen Gutschein anbieten.", false),
        ("de", "Kein Problem, wir erstatten Ihnen die 30 Euro und schicken kostenlos Ersatz.", true),
        ("de", "Nicht nur erstatten wir die 30 Euro, Sie erhalten auch kostenlos Ersatz.", true),
        ("fr", "Nous ne pouvons pas vous rembourser les 30 euros.", false),
        ("fr", "Aucun remboursement ni geste commercial ne sera accordé.", false),
        ("fr", "Pas de souci, nous vous remboursons les 30 euros et remplaçons l'appareil sans frais.", true),
        ("es", "No podemos reembolsar los 30 euros ni sustituir el aparato.", false),
        ("es", "El reembolso no procede y no corresponde ninguna compensación.", false),
        ("es", "No se preocupe, le reembolsamos los 30 euros y le enviamos otro nuevo sin coste.", true),
    ] {
        let letter = Letter { text, lang: Some(lang), ..Letter::default() };
        let labels = read(&letter).unwrap().labels;
        assert_eq!(labels.contains(&Label::ResolutionOffer), offers, "{lang}: {text}: {labels:?}");
        assert_eq!(labels.contains(&Label::Refusal), !offers, "{lang}: {text}: {labels:?}");
    }
}

#[test]
fn a_long_and_polite_refusal_is_one() {
    for (lang, text) in [
        (
            "en",
            "Thank you for your patience. I have read the file twice and listened to the call of 4 May. The fee was explained in it, and you agreed. I know that this will disappoint you, but we are unable, on this occasion, to uphold your complaint.",
        ),
        (
            "en",
            "We are grateful for your letter and for the photographs, which our team has looked at with care. After due consideration we have decided not to make an exception. On this occasion we will not be refunding the deposit.",
        ),
        (
            "en",
            "I've now heard back from the garage and read the mechanic's sheet. The clutch is what they call a wear part. Wear parts sit outside the plan that came with the car, which I know isn't what anyone wants to read on a Monday. So it's a no from us this time, I'm sorry.",
        ),
        (
            "en",
            "We have completed our enquiries. The parcel was signed for at your address at 11.42 and the signature matches the one on your account. In the absence of anything to the contrary, we regret that we cannot entertain a claim for loss.",
        ),
        (
            "fr",
            "Monsieur, votre demande a retenu toute notre attention. L'expertise du 4 avril conclut à un défaut d'entretien. Dans ces conditions, la garantie ne saurait être mise en jeu et nous ne pouvons intervenir financièrement.",
        ),
        (
            "de",
            "Vielen Dank für Ihre Geduld. Wir haben den Vorgang und Ihre Unterlagen noch einmal eingehend geprüft. Wir verstehen Ihren Unmut und bitten um Nachsicht, dass wir Ihrem Wunsch nach einer Gutschrift in diesem Fall nicht entsprechen können.",
        ),
        (
            "fr",
            "Nous vous remercions de votre patience et avons relu votre dossier avec attention. Nous comprenons votre déception. Après examen, nous ne sommes malheureusement pas en mesure de répondre favorablement à votre demande.",
        ),
        (
            "es",
            "Le agradecemos su paciencia y la documentación que nos ha enviado. Hemos revisado el expediente con detenimiento. Comprendemos su malestar, pero lamentamos comunicarle que no nos es posible acceder a su petición.",
        ),
    ] {
        let letter = Letter { text, lang: Some(lang), ..Letter::default() };
        let labels = read(&letter).unwrap().labels;
        assert!(labels.contains(&Label::Refusal), "{lang}: {text}: {labels:?}");
        assert!(!labels.contains(&Label::ResolutionOffer), "{lang}: {text}: {labels:?}");
    }
}

#[test]
fn a_refusal_told_as_a_story_is_one_and_a_delay_or_a_thank_you_is_none() {
    for (refuses, lang, text) in [
        (
            true,
            "en",
            "We were sorry to learn of the burglary and have asked our assessor to look at the door a second time. She finds no sign of force on lock or frame. Theft without forced entry does not fall under section 4 of your policy. While we feel for you, the claim must remain closed.",
        ),
        (
            true,
            "en",
            "Hi Sunil, long one, sorry! I went through the order with our buyer. The price you saw belonged to the 32 inch and was up for about six minutes. We're allowed to cancel where a price is plainly wrong, and that's what happened here, so I can't honour it. I did ask twice.",
        ),
        (
            true,
            "en",
            "The university has reviewed its position in the light of your solicitor's letter and sees no basis on which the tuition fees might be remitted.",
        ),
        (
            true,
            "en",
            "Although the board has every sympathy with parents who find the school bus full, it will not be making any further places available this term.",
        ),
        (
            true,
            "en",
            "I am afraid I have to disappoint you. The stain was noted when the suit was handed in, and the ticket that you signed says so. There is nothing more that I can offer.",
        ),
        (
            true,
            "de",
            "Lieber Herr Osei, danke für Ihre offenen Worte. Ich habe mit der Werkstatt gesprochen. Die Bremsen sind ein Verschleißteil und damit von der Garantie ausgenommen. Ich weiß, dass Sie sich etwas anderes erhofft haben, es muss aber bei der Rechnung bleiben.",
        ),
        (
            true,
            "de",
            "Nach eingehender Prüfung Ihres Widerspruchs halten wir an unserer Entscheidung fest. Eine Rückzahlung der Kursgebühr kommt nicht in Betracht.",
        ),
        (
            true,
            "fr",
            "Chère cliente, votre lettre nous a touchés. Nous avons interrogé le conducteur et relu le règlement : un billet non composté n'est pas valable, quelle qu'en soit la raison. Le procès-verbal est donc maintenu.",
        ),
        (
            true,
            "es",
            "Querida Marta: gracias por contarnos lo ocurrido. La reserva se hizo con la tarifa sin cambios, como figura en el correo de confirmación. Sentimos mucho la situación familiar, pero no vamos a poder modificar la fecha.",
        ),
        (
            false,
            "en",
            "Thank you for letting us know about the broken step. A joiner has been booked and will call on you before the weekend. Until then, please use the side door.",
        ),
        (
            false,
            "en",
            "We cannot thank you enough for your patience. The replacement blind left us on Tuesday and should be with you by Friday.",
        ),
        (
            false,
            "en",
            "I have not yet been able to reach the driver. As soon as I have spoken to him I will write to you again.",
        ),
        (
            false,
            "de",
            "Ihre Unterlagen liegen uns vor. Wir können den Eingang bestätigen und melden uns, sobald der Sachverständige den Schaden besichtigt hat.",
        ),
        (
            false,
            "fr",
            "Nous avons bien reçu votre dossier. Il ne manque plus que la facture d'achat, que vous pouvez nous adresser par courriel.",
        ),
        (
            false,
            "es",
            "Su solicitud no ha llegado todavía al departamento técnico; la hemos reenviado hoy y le avisaremos.",
        ),
    ] {
        let labels = read(&Letter { text, lang: Some(lang), ..Letter::default() }).unwrap().labels;
        assert_eq!(labels.contains(&Label::Refusal), refuses, "{lang}: {text}: {labels:?}");
    }
}

#[test]
fn a_letter_that_gives_one_thing_and_declines_another_is_both() {
    for (kinds, lang, text) in [
        (
            "ro",
            "en",
            "Thank you for your letter of 21 September. Our line tests show drops on eleven evenings. We offer £60 in full and final settlement of your complaint. We are unable, on this occasion, to release you from the contract without a charge.",
        ),
        (
            "ro",
            "en",
            "I have looked at both points that you raise. The reconnection fee of £35 was charged in error and has been refunded today. The price rise, though, is in line with the contract, so we cannot reverse it.",
        ),
        (
            "ro",
            "en",
            "We will replace the lamp free of charge. However, the electrician's invoice is not covered by the guarantee and we will not be paying it.",
        ),
        (
            "ro",
            "en",
            "Your seats were double booked by us, and for that a voucher of $75 is on its way. A refund of the fare is not possible since you travelled.",
        ),
        (
            "ro",
            "de",
            "Die Mahngebühr von 12 Euro haben wir storniert. Eine Entschädigung für Ihren Zeitaufwand können wir Ihnen jedoch nicht gewähren.",
        ),
        (
            "ro",
            "fr",
            "Nous vous remboursons les frais de livraison, soit 12 euros. En revanche, nous ne sommes pas en mesure d'annuler la commande.",
        ),
        (
            "ro",
            "es",
            "Le abonamos los 20 euros de la visita. No obstante, no nos es posible cambiar el aparato.",
        ),
        (
            "o",
            "en",
            "We could not find your parcel and the carrier cannot explain it. We have therefore refunded the £42 in full, and you will not have to pay for the new one.",
        ),
        (
            "o",
            "en",
            "There is nothing we cannot put right here. A new door will be fitted on Monday at no cost, and we will not charge you for the visit.",
        ),
        (
            "r",
            "en",
            "You ask whether we will refund the deposit. We have considered this carefully. The deposit secures the date, which could not be sold again, and we are unable to return it.",
        ),
        (
            "r",
            "en",
            "A refund would be due if the flight had been cancelled. It was not, and we are not able to offer compensation.",
        ),
        (
            "r",
            "de",
            "Eine Erstattung wäre fällig, wenn der Flug ausgefallen wäre. Das war nicht der Fall, und wir können Ihnen keine Entschädigung anbieten.",
        ),
    ] {
        let letter = Letter { text, lang: Some(lang), ..Letter::default() };
        let reading = read(&letter).unwrap();
        for label in [Label::ResolutionOffer, Label::Refusal] {
            let told = reading.labels.contains(&label);
            assert_eq!(told, labels(kinds).contains(&label), "{lang}: {text}: {:?}", reading.labels);
        }
        assert!(reading.evidence.iter().all(|evidence| !evidence.words.is_empty()), "{:?}", reading.evidence);
    }
}

#[test]
fn a_full_and_final_settlement_is_an_offer_with_its_last_day_and_no_last_word() {
    let sent = "2026-05-10".parse().ok();
    for (lang, text, day) in [
        (
            "en",
            "We offer £120 in full and final settlement of your complaint. This offer is open until 14 June.",
            "2026-06-14",
        ),
        (
            "en",
            "We propose to pay £80 in full and final settlement. If you wish to accept, please sign and return the slip by 14 June.",
            "2026-06-14",
        ),
        (
            "en",
            "We can offer £80 as a full and final settlement; the offer is open for 28 days.",
            "2026-06-07",
        ),
        (
            "en",
            "We will hold our offer of £80, made in full and final settlement, open until 14 June.",
            "2026-06-14",
        ),
        (
            "de",
            "Wir bieten Ihnen 80 Euro zur endgültigen Abgeltung aller Ansprüche an. Unser Angebot gilt bis zum 14. Juni.",
            "2026-06-14",
        ),
        (
            "fr",
            "Nous vous proposons 80 euros pour solde de tout compte. Cette offre est valable jusqu'au 14 juin.",
            "2026-06-14",
        ),
        (
            "es",
            "Le ofrecemos 80 euros con carácter total y definitivo. Esta oferta estará vigente hasta el 14 de junio.",
            "2026-06-14",
        ),
    ] {
        let letter = Letter { text, sent, lang: Some(lang), ..Letter::default() };
        let reading = read(&letter).unwrap();
        assert!(reading.labels.contains(&Label::ResolutionOffer), "{lang}: {text}: {:?}", reading.labels);
        assert!(!reading.labels.contains(&Label::FinalResponse), "{lang}: {text}: {:?}", reading.labels);
        let [end] = reading.customer_duties.as_slice() else {
            panic!("{text}: {:?}", reading.customer_duties)
        };
        assert!(end.ends_offer && end.day == day.parse().ok(), "{lang}: {text}: {end:?}");
        assert!(
            reading.promises.iter().all(|promise| promise.day.is_none()),
            "{text}: {:?}",
            reading.promises
        );
    }
    // A last word stays one beside a settlement, and the way outside is no end of the offer.
    let text = "This is our final response. We offer £80 in full and final settlement. You may go to the ombudsman within six months.";
    let reading = read(&Letter { text, sent, ..Letter::default() }).unwrap();
    assert!(reading.labels.contains(&Label::FinalResponse), "{:?}", reading.labels);
    assert!(reading.customer_duties.iter().all(|duty| !duty.ends_offer), "{:?}", reading.customer_duties);
}

#[test]
fn what_is_denied_is_no_promise() {
    for (lang, text, promises) in [
        ("en", "We will not send an engineer before Friday.", 0),
        ("en", "We will send an engineer by Friday.", 1),
        ("de", "Wir werden Ihnen den Betrag bis Freitag nicht überweisen.", 0),
        ("de", "Wir werden Ihnen den Betrag bis Freitag überweisen.", 1),
        ("fr", "Nous ne vous rembourserons pas avant vendredi.", 0),
        ("fr", "Nous vous rembourserons avant vendredi.", 1),
        ("es", "No le devolveremos el importe antes del viernes.", 0),
        ("es", "Le devolveremos el importe antes del viernes.", 1),
    ] {
        let letter = Letter { text, lang: Some(lang), ..Letter::default() };
        assert_eq!(read(&letter).unwrap().promises.len(), promises, "{lang}: {text}");
    }
}
