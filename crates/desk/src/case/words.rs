//! The words that a face parses for a case: channels, rungs, days, sums. Each refusal says what is wanted.

pub use casework::event::Hours;
pub use casework::{By, LogKind, Money, Outcome, Urgency, Wish};
pub use ladder::{Channel, Rung};

pub use super::day::{Sense, day};

use casework::Currency;
use jiff::civil::Time;

use super::CaseDeskError;

/// Makes the error of something that a user gave wrongly.
#[must_use]
pub const fn wrong(why: String) -> CaseDeskError {
    CaseDeskError::Wrong(why)
}

/// Reads a channel.
///
/// # Errors
///
/// A text that lists the channels.
pub fn channel(text: &str) -> Result<Channel, String> {
    one_of(text, &Channel::ALL.map(Channel::id))
        .and_then(|id| Channel::ALL.into_iter().find(|channel| channel.id() == id).ok_or_else(String::new))
}

/// Reads a rung.
///
/// # Errors
///
/// A text that lists the rungs.
pub fn rung(text: &str) -> Result<Rung, String> {
    one_of(text, &Rung::ALL.map(Rung::id))
        .and_then(|id| Rung::ALL.into_iter().find(|rung| rung.id() == id).ok_or_else(String::new))
}

/// Reads a rung as people call it, or by its id.
///
/// # Errors
///
/// A text that lists the rungs.
pub fn rung_said(text: &str) -> Result<Rung, String> {
    const CALLED: &[(&str, Rung)] = &[
        ("supervisor", Rung::Supervisor),
        ("team leader", Rung::Supervisor),
        ("complaint", Rung::Complaints),
        ("grievance", Rung::Complaints),
        ("beschwerde", Rung::Complaints),
        ("ombudsm", Rung::Adr),
        ("adjudicat", Rung::Adr),
        ("regulator", Rung::Regulator),
        ("ceo", Rung::Executive),
        ("chief exec", Rung::Executive),
        ("executive", Rung::Executive),
        ("director", Rung::Executive),
        ("legal", Rung::Legal),
        ("solicitor", Rung::Legal),
        ("head office", Rung::Legal),
        ("manager", Rung::Management),
        ("management", Rung::Management),
        ("fraud", Rung::Specialist),
        ("billing", Rung::Specialist),
        ("specialist", Rung::Specialist),
        ("customer service", Rung::FrontLine),
        ("customer care", Rung::FrontLine),
        ("agent", Rung::FrontLine),
        ("shop", Rung::FrontLine),
        ("helpline", Rung::FrontLine),
        ("kundendienst", Rung::FrontLine),
    ];
    let lower = text.trim().to_lowercase();
    rung(text).or_else(|why| {
        CALLED.iter().find(|(called, _)| lower.contains(called)).map(|(_, rung)| *rung).ok_or(why)
    })
}

/// Reads whose act something is, as people say it, or by its id.
///
/// # Errors
///
/// A text that lists who can act.
pub fn by(text: &str) -> Result<By, String> {
    match text.trim().to_lowercase().as_str() {
        "me" | "mine" | "i" | "you" | "yours" | "we" => Ok(By::Customer),
        "they" | "them" | "the company" => Ok(By::Company),
        "ombudsman" | "a body" | "a body outside" => Ok(By::Body),
        _ => one_of(text, By::IDS)
            .and_then(|id| By::from_id(id).ok_or_else(String::new))
            .map_err(|why| format!("{why}; use you, the company or an outside body")),
    }
}

/// Reads what an entry of the log is, as people call it, or by its id. What is denied (`not delivered`, `unpaid`) is nothing that
/// happened, and is asked again.
///
/// # Errors
///
/// A text that lists what it can be.
pub fn kind(text: &str) -> Result<LogKind, String> {
    const CALLED: &[(&str, LogKind)] = &[
        ("final response", LogKind::FinalResponse),
        ("final answer", LogKind::FinalResponse),
        ("final decision", LogKind::FinalResponse),
        ("deadlock", LogKind::FinalResponse),
        ("standard", LogKind::GenericReply),
        ("generic", LogKind::GenericReply),
        ("supervisor", LogKind::AskedSupervisor),
        ("refus", LogKind::Refusal),
        ("promis", LogKind::Promise),
        ("offer", LogKind::Offer),
        ("acknowledg", LogKind::Acknowledgement),
        ("complain", LogKind::Complaint),
        ("question", LogKind::Question),
        ("refund", LogKind::Payment),
        ("paid", LogKind::Payment),
        ("deliver", LogKind::Delivery),
        ("passed on", LogKind::Transfer),
        ("answer", LogKind::Reply),
        ("call", LogKind::Call),
    ];
    // Words that say by a denial what it was.
    const SILENT: &[&str] = &[" no answer ", " no reply ", " nobody ", " no one answered ", " unanswered "];
    let lower = text.trim().to_lowercase().replace('’', "'");
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let spaced = format!(" {} ", words.join(" "));
    let by_id = one_of(text, LogKind::IDS).and_then(|id| LogKind::from_id(id).ok_or_else(String::new));
    by_id.or_else(|why| {
        if SILENT.iter().any(|silent| spaced.contains(silent)) {
            return Ok(LogKind::NoAnswer);
        }
        let begins = |called: &str| spaced.contains(&format!(" {called}"));
        let undone = |word: &str| {
            word.strip_prefix("un")
                .is_some_and(|rest| CALLED.iter().any(|(called, _)| rest.starts_with(called)))
        };
        if words.iter().any(|word| denies(word) || undone(word)) {
            return Err(format!("`{}` says what did not happen: {why}", text.trim()));
        }
        CALLED.iter().find(|(called, _)| begins(called)).map(|(_, kind)| *kind).ok_or(why)
    })
}

/// Returns whether a word denies what stands beside it.
fn denies(word: &str) -> bool {
    const DENYING: &[&str] =
        &["not", "no", "never", "none", "nothing", "without", "cannot", "nicht", "nie", "ohne"];
    DENYING.contains(&word) || word.ends_with("n't") || word.starts_with("kein")
}

/// Finds a word among those that are known, in any letter case, with spaces or hyphens for underscores.
fn one_of(text: &str, known: &[&'static str]) -> Result<&'static str, String> {
    let wanted = text.trim().to_lowercase().replace([' ', '-'], "_");
    known.iter().copied().find(|id| *id == wanted).ok_or_else(|| format!("known are {}", known.join(", ")))
}

/// Reads what is wanted, by its id or in words that people use for it.
///
/// # Errors
///
/// A text that lists what can be wanted.
pub fn wish(text: &str) -> Result<&'static str, String> {
    const WORDS: &[(&str, &str)] = &[
        ("money", "refund"),
        ("refund", "refund"),
        ("replac", "replacement"),
        ("new one", "replacement"),
        ("repair", "repair"),
        ("fix", "repair"),
        ("apolog", "apology"),
        ("sorry", "apology"),
        ("correct", "correction"),
        ("cancel", "cancellation"),
        ("compensat", "compensation"),
        ("service", "service"),
        ("deliver", "service"),
    ];
    let lower = text.to_lowercase();
    WORDS
        .iter()
        .find(|(word, _)| lower.contains(word))
        .map(|(_, id)| *id)
        .ok_or_else(|| format!("use one of these: {}", casework::Wish::IDS.join(", ")))
}

/// Reads a trade.
///
/// # Errors
///
/// A text that names the one that was perhaps meant, and what is known.
pub fn sector(text: &str) -> Result<atlas::Sector, String> {
    // What people call a trade, beside the words of the atlas and those of the lists of companies.
    const CALLED: &[(&str, atlas::Sector)] = &[
        ("gas", atlas::Sector::Energy),
        ("electricity", atlas::Sector::Energy),
        ("power", atlas::Sector::Energy),
        ("broadband", atlas::Sector::Telecom),
        ("internet", atlas::Sector::Telecom),
        ("phone", atlas::Sector::Telecom),
        ("mobile", atlas::Sector::Telecom),
        ("shop", atlas::Sector::Retail),
        ("online_shop", atlas::Sector::Ecommerce),
        ("banking", atlas::Sector::Bank),
        ("train", atlas::Sector::Rail),
        ("railway", atlas::Sector::Rail),
    ];
    let word = text.trim().to_lowercase().replace(['-', ' '], "_");
    let called = CALLED.iter().find(|(known, _)| *known == word).map(|(_, sector)| *sector);
    called.or_else(|| crate::directory::trade(&word)).map_or_else(
        || crate::atlas::parse_word(text, atlas::Sector::from_id, crate::atlas::List::Sector),
        Ok,
    )
}

/// Reads a country by its code or its name; a nation within one is told beside it.
///
/// # Errors
///
/// A text that says what is wanted.
pub fn country(text: &str) -> Result<(ladder::Country, Option<String>), String> {
    let country = crate::find::parse_country(text)?;
    Ok((country, crate::directory::nation(text).map(str::to_owned)))
}

/// Reads a state or province of a country.
///
/// # Errors
///
/// A text that says which are known.
pub fn region(country: &str, text: &str) -> Result<String, String> {
    let region = crate::directory::parse_region(text)?;
    let country = ladder::Country::parse(country).map_err(|error| error.to_string())?;
    crate::atlas::check_region(country, &region)?;
    Ok(region)
}

/// A topic as a case has it, and the matter within it, where the words of `find --about` were used.
pub type TopicAndMatter = (String, Option<String>);

/// Reads a topic in the words of `find --about`, beside what went wrong in the customer's words.
///
/// # Errors
///
/// A text that names near topics and lists them all.
pub fn topic(text: &str, what: Option<&str>) -> Result<TopicAndMatter, String> {
    let mut case = serde_json::json!({"problem": {"topic": text, "what": what}});
    super::topic::settle(&mut case)
        .map_err(|error| error.to_string().trim_start_matches("problem.topic: ").to_owned())?;
    let word = |name: &str| case["problem"][name].as_str().map(str::to_owned);
    Ok((word("topic").unwrap_or_default(), word("matter")))
}

/// Reads a topic of the atlas, in its words or in those of `find --about`.
///
/// # Errors
///
/// A text that names near topics and lists them all.
pub fn topic_of_law(text: &str) -> Result<atlas::words::Topic, String> {
    let (word, _) = topic(text, None)?;
    crate::atlas::parse_word(&word, atlas::words::Topic::from_id, crate::atlas::List::Topic)
}

/// Reads how something was paid, by its id or in words that people use for it.
///
/// # Errors
///
/// A text that lists the ways.
pub fn paid_by(text: &str) -> Result<&'static str, String> {
    const WORDS: &[(&str, &str)] = &[
        ("credit", "credit_card"),
        ("debit_card", "debit_card"),
        ("direct_debit", "direct_debit"),
        ("debit", "debit_card"),
        ("transfer", "transfer"),
        ("wire", "transfer"),
        ("cash", "cash"),
        ("paypal", "paypal"),
    ];
    one_of(text, atlas::words::PaidBy::IDS).or_else(|known| {
        let lower = text.trim().to_lowercase().replace([' ', '-'], "_");
        WORDS.iter().find(|(word, _)| lower.contains(word)).map(|(_, id)| *id).ok_or(known)
    })
}

/// Reads a time of day.
///
/// # Errors
///
/// A text that says what is wanted.
pub fn time(text: &str) -> Result<Time, String> {
    text.trim().parse().map_err(|_| "give a time of day such as 14:30".to_owned())
}

/// Reads the hours of an appointment: `10:00` or `10:00-12:00`.
///
/// # Errors
///
/// A text that says what is wanted.
pub fn hours(text: &str) -> Result<Hours, String> {
    let (from, to) = match text.split_once(['-', '–']) {
        Some((from, to)) => (time(from)?, Some(time(to)?)),
        None => (time(text)?, None),
    };
    if to.is_some_and(|to| to <= from) {
        return Err("it ends before it begins".to_owned());
    }
    Ok(Hours { from, to, zone: None })
}

/// Reads a sum with its currency, in either order.
///
/// # Errors
///
/// A text that says what is wrong with either.
pub fn money(text: &str) -> Result<Money, String> {
    money_in(text, None)
}

/// Reads a sum as [`money`] does; one without a currency is in that of `home`, where it is known, and so is a bare `$`, where
/// that country pays in dollars.
///
/// # Errors
///
/// A text that says what is wrong with either.
pub fn money_in(text: &str, home: Option<&str>) -> Result<Money, String> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'') || c.is_whitespace();
    let text = text.trim();
    if text.starts_with('-') || text.contains(" -") {
        return Err(format!("`{text}`: an amount cannot be negative"));
    }
    let code = text.trim_matches(is_number);
    // The currency stands before the number or behind it: what has numbers on both sides is left whole and refused.
    let beside = text.split_once(code).filter(|(before, after)| before.is_empty() || after.is_empty());
    let number = match beside {
        Some((before, after)) if !code.is_empty() => format!("{before}{after}"),
        _ => text.to_owned(),
    };
    let home = home.and_then(|home| Currency::parse(home).ok());
    let currency = match code {
        "" => home.ok_or_else(|| "give an amount with its currency, such as `25.50 GBP`".to_owned())?,
        code => Currency::written(code, home)
            .map_or_else(|| Currency::parse(code), Ok)
            .map_err(|error| error.to_string())?,
    };
    Money::parse(&plain_number(&number), currency).map_err(|error| error.to_string())
}

/// A sum as it was written: whose currency it is may be left to the case that it belongs to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sum(String);

impl Sum {
    /// Returns the sum; one without a currency is in that of `home`.
    ///
    /// # Errors
    ///
    /// A text that says what is wrong.
    pub fn money(&self, home: Option<&str>) -> Result<Money, String> {
        money_in(&self.0, home)
    }
}

/// Reads a sum with or without its currency.
///
/// # Errors
///
/// A text that says what is wrong.
pub fn sum(text: &str) -> Result<Sum, String> {
    // Any currency would do: what is wrong with the number or with a currency that is named shows with each.
    money_in(text, Some("GBP")).map(|_| Sum(text.trim().to_owned()))
}

/// Writes a number as machines do: without the marks between thousands, with a point before the places. What is no such
/// number is left as it is.
fn plain_number(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let marks: Vec<(usize, u8)> =
        text.bytes().enumerate().filter(|(_, b)| matches!(b, b'.' | b',')).collect();
    let Some((last, mark)) = marks.last().copied() else { return text };
    // One comma before three digits parts thousands; one point does not, for machines write 1.005 so.
    let only = marks.iter().filter(|(_, other)| *other == mark).count() == 1;
    let point = (only && (mark == b'.' || marks.len() > 1 || text.len() - last != 4)).then_some(last);
    let (whole, places) = point.map_or((text.as_str(), ""), |at| (&text[..at], &text[at + 1..]));
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let same = marks.iter().filter(|(at, _)| Some(*at) != point).all(|(_, other)| *other == marks[0].1);
    let whole = match groups.as_slice() {
        [_] => whole.to_owned(),
        [first, rest @ ..] if same && first.len() <= 3 && rest.iter().all(|group| group.len() == 3) => {
            groups.concat()
        }
        _ => return text,
    };
    if places.is_empty() { whole } else { format!("{whole}.{places}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_denied_is_no_remedy_and_only_whole_words_count() {
        for text in [
            "not delivered",
            "They didn’t deliver",
            "unpaid",
            "no refund",
            "never paid",
            "nicht bezahlt, refund",
            "kein refund",
            "undelivered parcel",
        ] {
            assert!(kind(text).unwrap_err().contains("did not happen"), "{text}");
        }
        for (text, want) in [
            ("call about the final bill", LogKind::Call),
            ("Their final response", LogKind::FinalResponse),
            ("deadlock letter", LogKind::FinalResponse),
            ("refund", LogKind::Payment),
            ("they paid", LogKind::Payment),
            ("delivered until Monday", LogKind::Delivery),
            ("refused a refund", LogKind::Refusal),
            ("No answer", LogKind::NoAnswer),
            ("nobody picked up", LogKind::NoAnswer),
            ("final_response", LogKind::FinalResponse),
        ] {
            assert_eq!(kind(text), Ok(want), "{text}");
        }
        assert!(kind("a recall notice").is_err(), "a call within another word");
    }

    #[test]
    fn sums_channels_and_rungs_are_read_as_people_write_them() {
        for text in ["25.50 GBP", "gbp 25.50"] {
            assert_eq!(money(text).unwrap().to_string(), "GBP 25.50", "{text}");
        }
        for (text, home, want) in [
            ("$340.5", Some("USD"), "USD 340.50"),
            ("$ 340", Some("AUD"), "AUD 340"),
            ("£12", None, "GBP 12"),
            ("1,299.90", Some("GBP"), "GBP 1299.90"),
            ("1.299,90 €", None, "EUR 1299.90"),
            ("12,5 EUR", None, "EUR 12.50"),
            ("1'250 CHF", None, "CHF 1250"),
            ("2,000 USD", None, "USD 2000"),
        ] {
            assert_eq!(money_in(text, home).unwrap().to_string(), want, "{text}");
        }
        for text in [
            "$340.5",
            "twelve GBP",
            "1.005 EUR",
            "-5 GBP",
            "12 GBP 30",
            "1,2,3.4.5 GBP",
            "1,23,456 GBP",
            "",
            "GBP",
        ] {
            assert!(money(text).is_err(), "{text}");
        }
        assert!(money("-5 GBP").unwrap_err().contains("cannot be negative"));
        assert_eq!(
            [sector("Gas"), sector("airline"), sector("Online shop")],
            [Ok(atlas::Sector::Energy), Ok(atlas::Sector::Air), Ok(atlas::Sector::Ecommerce)]
        );
        for (text, want) in
            [("bank_transfer", "transfer"), ("Credit card", "credit_card"), ("Direct-Debit", "direct_debit")]
        {
            assert_eq!(paid_by(text), Ok(want));
        }
        assert!(paid_by("shells").unwrap_err().contains("credit_card"));
        assert!(money("25.50").is_err() && money("25.50 GPB").unwrap_err().contains("did you mean `GBP`"));
        assert_eq!(rung("Front line").unwrap(), Rung::FrontLine);
        assert_eq!(channel("in-person").unwrap(), Channel::InPerson);
        assert!(channel("pigeon").unwrap_err().contains("phone"));
    }
}
