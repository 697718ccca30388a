//! The reading of posts held to its figures on posts of our own: fictional companies, numbers kept for fiction, labelled
//! by the rules of the house before they were first read. `posts.jsonl` and `second.jsonl` to `twenty-seventh.jsonl` are twenty-seven sets of them; what each gave at first sight is in `BENCHMARKS.md`.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod learn;

use ladder::{Channel, Country, Reach, rung};
use reading::post::{self, Post};
use serde_json::Value;

/// True and false findings.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    hit: u32,
    wrong: u32,
    missed: u32,
}

impl Tally {
    fn precision(self) -> f64 {
        share(self.hit, self.hit + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.hit, self.hit + self.missed)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        2.0 * p * r / (p + r)
    }
}

fn share(a: u32, of: u32) -> f64 {
    if of == 0 { 1.0 } else { f64::from(a) / f64::from(of) }
}

#[derive(Debug, Default)]
struct Figures {
    contacts: Tally,
    rungs: (u32, u32),
    scam: Tally,
    suspects: Tally,
    off: Vec<String>,
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// Whether a gold contact and one found are the same.
fn same(gold: &Value, reach: &Reach) -> bool {
    let channel = Channel::from_id(text(gold, "channel")).unwrap();
    let value = text(gold, "value");
    match (reach.as_number(), reach.as_link(), reach.channel()) {
        (Some(number), _, _) => number.as_str() == value,
        (_, Some(link), _) => ladder::Link::parse(value).is_ok_and(|gold| gold.key() == link.key()),
        (_, _, Channel::Postal) => {
            let bare = |t: &str| {
                t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
            };
            let (gold, found) = (bare(value), bare(reach.value()));
            channel == Channel::Postal && (gold.contains(&found) || found.contains(&gold))
        }
        _ => reach.channel() == channel && reach.value() == value,
    }
}

fn figures(lines: &str) -> Figures {
    let mut figures = Figures::default();
    for line in lines.lines().filter(|l| !l.trim().is_empty()) {
        let gold: Value = serde_json::from_str(line).unwrap();
        let reading = post::read(&Post {
            text: text(&gold, "text"),
            url: Some(text(&gold, "url")),
            company: Some(text(&gold, "company")),
            country: Country::parse(text(&gold, "country")).ok(),
            ..Post::default()
        });
        let id = text(&gold, "id");
        let is_scam = gold["scam"].as_bool().unwrap();
        match (is_scam, reading.scam) {
            (true, true) => figures.scam.hit += 1,
            (true, false) => figures.scam.missed += 1,
            (false, true) => figures.scam.wrong += 1,
            (false, false) => {}
        }
        if is_scam != reading.scam {
            figures.off.push(format!("{id}: scam {} ({:.2})", reading.scam, reading.likelihood));
        }
        let mut taken = vec![false; reading.contacts.len()];
        for contact in gold["contacts"].as_array().unwrap() {
            let at = (0..taken.len()).find(|&i| !taken[i] && same(contact, &reading.contacts[i].reach));
            let suspect = at.is_some_and(|i| reading.contacts[i].suspect);
            if is_scam {
                if suspect { figures.suspects.hit += 1 } else { figures.suspects.missed += 1 }
            }
            let Some(at) = at else {
                if !is_scam {
                    figures.contacts.missed += 1;
                }
                figures.off.push(format!("{id}: missed {}", text(contact, "value")));
                continue;
            };
            taken[at] = true;
            if is_scam {
                continue;
            }
            figures.contacts.hit += 1;
            figures.suspects.wrong += u32::from(suspect);
            figures.rungs.1 += 1;
            let named = rung::spelled(reading.contacts[at].rung);
            if named == text(contact, "rung") {
                figures.rungs.0 += 1;
            } else {
                figures.off.push(format!("{id}: {} is {named}", text(contact, "value")));
            }
        }
        if !is_scam {
            for (i, _) in taken.iter().enumerate().filter(|(_, t)| !**t) {
                figures.contacts.wrong += 1;
                figures.off.push(format!("{id}: not a contact {}", reading.contacts[i].reach));
            }
        }
    }
    figures
}

fn hold(name: &str, lines: &str) {
    let f = figures(lines);
    let all = f.off.join("\n");
    assert!(f.contacts.f1() >= 0.93, "{name} contacts F1 {:.3}\n{all}", f.contacts.f1());
    assert!(share(f.rungs.0, f.rungs.1) >= 0.88, "{name} rungs {:?}\n{all}", f.rungs);
    assert!(f.scam.precision() >= 0.95 && f.scam.recall() >= 0.95, "{name} scam {:?}\n{all}", f.scam);
    assert!(
        f.suspects.precision() >= 0.95 && f.suspects.recall() >= 0.97,
        "{name} suspects {:?}\n{all}",
        f.suspects
    );
}

#[test]
fn the_first_set_of_posts_is_read_as_labelled() {
    hold("first", include_str!("posts.jsonl"));
}

#[test]
fn the_second_set_of_posts_is_read_as_labelled() {
    hold("second", include_str!("second.jsonl"));
}

#[test]
fn the_third_set_of_posts_is_read_as_labelled() {
    hold("third", include_str!("third.jsonl"));
}

/// The later sets hold what no sign should be bent for: subtle pushes without any demand, and desks named by halves.
fn hold_later(name: &str, lines: &str) {
    let f = figures(lines);
    let all = f.off.join("\n");
    assert!(f.contacts.f1() >= 0.93, "{name} contacts F1 {:.3}\n{all}", f.contacts.f1());
    assert!(share(f.rungs.0, f.rungs.1) >= 0.84, "{name} rungs {:?}\n{all}", f.rungs);
    assert!(f.scam.precision() >= 0.95 && f.scam.recall() >= 0.80, "{name} scam {:?}\n{all}", f.scam);
    assert!(
        f.suspects.precision() >= 0.95 && f.suspects.recall() >= 0.80,
        "{name} suspects {:?}\n{all}",
        f.suspects
    );
}

#[test]
fn the_later_sets_of_posts_are_read_as_far_as_they_are() {
    hold_later("fourth", include_str!("fourth.jsonl"));
    hold_later("fifth", include_str!("fifth.jsonl"));
    hold_later("sixth", include_str!("sixth.jsonl"));
    hold_later("seventh", include_str!("seventh.jsonl"));
    hold_later("eighth", include_str!("eighth.jsonl"));
    hold_later("ninth", include_str!("ninth.jsonl"));
    hold_later("tenth", include_str!("tenth.jsonl"));
    hold_later("eleventh", include_str!("eleventh.jsonl"));
}

/// Sets of forty, half of them frauds: reviews of apps, comments under films, texts, chats and letters beside the boards,
/// ten of each in German, French or Spanish.
#[test]
fn the_sets_of_forty_are_read_as_labelled() {
    for (name, lines) in [
        ("thirteenth", include_str!("thirteenth.jsonl")),
        ("fourteenth", include_str!("fourteenth.jsonl")),
        ("fifteenth", include_str!("fifteenth.jsonl")),
        ("sixteenth", include_str!("sixteenth.jsonl")),
        ("seventeenth", include_str!("seventeenth.jsonl")),
        ("eighteenth", include_str!("eighteenth.jsonl")),
        ("nineteenth", include_str!("nineteenth.jsonl")),
    ] {
        let f = figures(lines);
        let all = f.off.join("\n");
        assert_eq!(lines.lines().count(), 40, "{name}");
        assert!(f.contacts.f1() >= 0.95, "{name} contacts F1 {:.3}\n{all}", f.contacts.f1());
        assert!(share(f.rungs.0, f.rungs.1) >= 0.86, "{name} rungs {:?}\n{all}", f.rungs);
        assert!(f.scam.precision() >= 0.97 && f.scam.recall() >= 0.95, "{name} scam {:?}\n{all}", f.scam);
        assert!(
            f.suspects.precision() >= 0.97 && f.suspects.recall() >= 0.90,
            "{name} suspects {:?}\n{all}",
            f.suspects
        );
    }
}

/// Posts of the kinds that the sets before lacked; what they gave at first sight is in `BENCHMARKS.md`.
#[test]
fn the_last_sets_are_read_as_well() {
    for (name, lines) in [
        ("twentieth", include_str!("twentieth.jsonl")),
        ("twenty-first", include_str!("twenty-first.jsonl")),
        ("twenty-second", include_str!("twenty-second.jsonl")),
        ("twenty-third", include_str!("twenty-third.jsonl")),
        ("twenty-fourth", include_str!("twenty-fourth.jsonl")),
        ("twenty-fifth", include_str!("twenty-fifth.jsonl")),
        ("twenty-sixth", include_str!("twenty-sixth.jsonl")),
        ("twenty-seventh", include_str!("twenty-seventh.jsonl")),
    ] {
        let f = figures(lines);
        let all = f.off.join("\n");
        assert!(f.contacts.f1() >= 0.95, "{name} contacts F1 {:.3}\n{all}", f.contacts.f1());
        assert!(share(f.rungs.0, f.rungs.1) >= 0.75, "{name} rungs {:?}\n{all}", f.rungs);
        assert!(f.scam.precision() >= 0.97 && f.scam.recall() >= 0.80, "{name} scam {:?}\n{all}", f.scam);
    }
}

#[test]
fn wrappings_of_a_push_are_seen_through() {
    let read = |text: &str| {
        post::read(&Post {
            text,
            url: Some("https://board.example/t/1"),
            company: Some("Castora Bank"),
            country: Country::parse("US").ok(),
            ..Post::default()
        })
    };
    // Words of warning, and the number in each of them.
    let wrapped = "How do I reach Castora Bank? Castora Bank does not make unsolicited calls 1 (844) 555-0101. If you get a \
        call that claims to be from Castora Bank 1 (844) 555-0101, it may be a scam. Castora Bank support is available 24/7 at \
        1 (844) 555-0101. Its team is glad to help 1 (844) 555-0101.";
    assert!(read(wrapped).scam);
    let warning = "If somebody calls from 1 (844) 555-0101 and claims to be Castora Bank, it is a scam. Do not call 1 (844) 555-0101.";
    let warned = read(warning);
    assert!(!warned.scam && warned.contacts.is_empty());
    // A caller's words, written down.
    let call = "Caller: Hello, this is Mark of Castora Bank. I have opened a safe account for you, please move your savings to \
        it. If you want to check, ring (844) 555-0102.";
    assert!(read(call).scam);
    // An account that bears the name and sends to a site that only looks like the company's.
    let account = "@CastoraBankHelp: Dear customer, kindly fill https://castorabank-refund.test/kyc and install QuickDesk.";
    assert!(read(account).scam);
    // A list that marks what is not theirs.
    let list = "Numbers of Castora Bank\n✅ Fraud: (800) 555-0103\n✅ Cards: (800) 555-0104\n❌ (900) 555-0105, somebody else's";
    let listed: Vec<String> = read(list).contacts.iter().map(|c| c.reach.value().to_owned()).collect();
    assert_eq!(listed, ["+18005550103", "+18005550104"]);
}

/// Reads a text on a company of a country, and gives its verdict and values.
fn values(company: &str, country: &str, text: &str) -> (bool, Vec<String>) {
    let reading = post::read(&Post {
        text,
        url: Some("https://board.example/t/2"),
        company: Some(company),
        country: Country::parse(country).ok(),
        ..Post::default()
    });
    (reading.scam, reading.contacts.iter().map(|c| c.reach.value().to_owned()).collect())
}

#[test]
fn an_account_that_asks_for_a_code_is_not_the_company_and_one_that_does_not_may_be() {
    let asks = "Review: nobody answers\nReply from Castora Bank Care: Hello, please call our officer 888-555-0107 and \
        provide the card number and the one-time code that drops.";
    assert!(values("Castora Bank", "US", asks).0);
    let never = "Review: nobody answers\nReply from Castora Bank: Hello, please call 888-555-0107. We never ask you to share \
        your PIN or a one-time code.";
    assert_eq!(values("Castora Bank", "US", never), (false, vec!["+18885550107".to_owned()]));
    let sends = "Review: nobody answers\nReply from Castora Bank Care: Hello, we will text you a one-time code to log in. Or \
        call 888-555-0107.";
    assert_eq!(values("Castora Bank", "US", sends), (false, vec!["+18885550107".to_owned()]));
}

#[test]
fn rows_of_desks_are_no_writers_and_a_warning_of_one_thing_is_none_of_another() {
    let rows = "Castora Bank\nEveryday: 888-555-0107\nBereavement: 888-555-0108 (kind people)\n\
        NB somebody kept adding an 0909 number. It's premium rate and not theirs.";
    assert_eq!(
        values("Castora Bank", "US", rows),
        (false, vec!["+18885550107".into(), "+18885550108".into()])
    );
    let later = "I rang their dispatch 888-555-0109 and it was put right. Someone claiming to be from \"claims relief\" \
        texted me afterwards.";
    assert_eq!(values("Castora Vans", "US", later), (false, vec!["+18885550109".into()]));
    let moved = "The form spins for ever, so I wrote: Castora Ferries, Guest Care, 4 Pier Road, Penzance TR18 4ZZ.\n\
        pip: the local line on the ticket is out of service";
    assert_eq!(values("Castora Ferries", "GB", moved).1.len(), 1);
}

#[test]
fn a_story_that_bids_nothing_pushes_nobody() {
    let story = "The cashier saw that my uncle was paying with gift cards on the phone and walked him home. He was furious.";
    assert!(!values("Castora Bank", "US", story).0);
    let offer = "banned again\nu/lifter: I can lift it, 50 in steam cards and your login, dm me";
    assert!(values("Castora Games", "US", offer).0);
}

#[test]
fn numbers_of_india_names_on_telegram_and_mail_codes_are_read() {
    let india =
        "Principal nodal officer: 022 0000 0377, or the desk 55555 01947. Ticket no. 9876501234 is closed.";
    assert_eq!(values("Castora Bank", "IN", india).1, ["+912200000377", "+915555501947"]);
    let telegram = "Hiring! Fee 900 by wallet. Message on Telegram: CastoraCrew_Desk";
    assert_eq!(values("Castora Lines", "US", telegram).1, ["https://t.me/CastoraCrew_Desk"]);
    let coded = "Write to Castora Health, Appeals, P.O. Box 411, Mail Stop 7B, Boise, ID 83711.";
    let (_, found) = values("Castora Health", "US", coded);
    assert!(
        found.len() == 1 && found[0].contains("Castora Health") && found[0].contains("83711"),
        "{found:?}"
    );
}

#[test]
fn no_cut_or_mixture_of_a_post_breaks_the_reading() {
    let texts: Vec<String> = [include_str!("posts.jsonl"), include_str!("second.jsonl")]
        .iter()
        .flat_map(|lines| lines.lines())
        .map(|line| text(&serde_json::from_str::<Value>(line).unwrap(), "text").to_owned())
        .collect();
    for (index, one) in texts.iter().enumerate().step_by(5) {
        let other = &texts[(index * 7 + 3) % texts.len()];
        let cut = one.floor_char_boundary(one.len() * 2 / 3);
        let mixed = format!(
            "{}☎️{}\u{200b}{}",
            &one[..cut],
            &other[other.ceil_char_boundary(other.len() / 3)..],
            "é8✶4✶4✶5✶5✶5✶0✶1✶6✶3"
        );
        let reading = post::read(&Post { text: &mixed, company: Some("Pineline Mobile"), ..Post::default() });
        assert!(reading.messages >= 1);
    }
}

#[test]
fn a_story_that_warns_of_sellers_of_recovery_is_no_fraud_and_theirs_is() {
    let judged = |text: &str| {
        let post = Post { text, ..Post::default() };
        reading::post::read(&post).scam
    };
    assert!(!judged(
        "My cousin lost a lot of money to a fake trader. Then a \"recovery expert\" wrote to him and promised all of it back for a small \
         upfront fee. That is the second scam: whoever asks for a fee first is a fraud. Report it at ic3.gov."
    ));
    assert!(judged(
        "I lost a lot of money to a scam and thought it was gone. Then a recovery expert got all of it back for a small upfront fee. \
         Write to castora.recovery@freemail.test, he is the best!"
    ));
}

#[test]
fn a_writer_is_told_by_part_and_never_by_name() {
    let reading = post::read(&Post {
        text: "Fennwick CEO?\n\ndave_o wrote: who is it?\n\nMr Quibble wrote: the office is ceo@fennwick.example",
        company: Some("Fennwick"),
        ..Post::default()
    });
    assert_eq!(reading.contacts.len(), 1);
    assert!(reading.contacts[0].voices.iter().all(|v| !v.quote.contains("Quibble")), "{reading:?}");
}
