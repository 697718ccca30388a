//! The schema of the data files: each record, each field, what it takes and what it is for.
//!
//! The build script compiles this file as well, so that a broken file fails the build, and the page for contributors is
//! generated from it, so that the page cannot lag behind. It says what one record may hold; what must hold between
//! records stands in `check`.

use crate::check::Node;
use crate::words::{
    Access, Act, ActingAs, Anchor, Basis, Binds, CompanyType, Confidence, Count, Delivery, Early,
    Field as Part, How, Kind as Body, MoneyKind, Moves, Need, Office, PaidBy, Remedy, Sector, Status,
    SuitEnds, Topic, Weekday,
};

/// What a field takes.
#[derive(Debug)]
pub enum Takes {
    /// Words, not blank.
    Text,
    /// A stable key: lower-case letters, digits and hyphens.
    Id,
    /// `true` or `false`.
    Flag,
    /// A whole number within these bounds.
    Whole(i64, i64),
    /// A day, as `2026-04-08` without quotes.
    Day,
    /// A year, month or day, in quotes: `"2025"`, `"2025-07"`, `"2025-07-01"`.
    When,
    /// Month and day, in quotes: `"12-25"`.
    MonthDay,
    /// One word of a list.
    Word(&'static [&'static str]),
    /// An absolute web address.
    Link,
    /// A host, or a host and a path, without scheme.
    Site,
    /// Capital letters and digits: a country, region or currency code.
    Code(usize, usize),
    /// Any number of these.
    List(&'static Takes),
    /// A record.
    Record(&'static Record),
}

/// One field of a record.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// Whether an entry without it is refused.
    pub required: bool,
    /// What it takes.
    pub takes: Takes,
    /// What it is for, as the page for contributors says it.
    pub about: &'static str,
}

/// A kind of record.
#[derive(Debug)]
pub struct Record {
    /// What it is called in messages.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// What must hold between its fields: the field to name and what is wrong.
    pub rule: fn(&Node) -> Option<(&'static str, String)>,
}

const fn need(name: &'static str, takes: Takes, about: &'static str) -> Field {
    Field { name, required: true, takes, about }
}

const fn may(name: &'static str, takes: Takes, about: &'static str) -> Field {
    Field { name, required: false, takes, about }
}

const fn no_rule(_: &Node) -> Option<(&'static str, String)> {
    None
}

const TEXTS: Takes = Takes::List(&Takes::Text);
const SECTORS: Takes = Takes::List(&Takes::Word(Sector::IDS));
const REGIONS: Takes = Takes::List(&Takes::Code(2, 3));
const UNIT: Takes = Takes::Word(UNITS);
const NUMBER: Takes = Takes::Whole(0, 10_000);
const LINKS: Takes = Takes::List(&Takes::Link);

/// The units of clocks, as the ladder spells them.
pub const UNITS: &[&str] = &["minutes", "hours", "days", "working_days", "weeks", "months", "years"];
/// The channels, as the ladder spells them.
pub const CHANNELS: &[&str] = &[
    "phone",
    "textphone",
    "fax",
    "email",
    "postal",
    "form",
    "chat",
    "messaging",
    "social",
    "app",
    "web",
    "in_person",
];

/// A whole file.
pub static FILE: Record = Record {
    name: "file",
    fields: &[
        need("schema", Takes::Whole(1, 1), "The version of this format."),
        need(
            "country",
            Takes::Code(2, 3),
            "The country (ISO 3166-1), `EU` for Union-wide, `INT` for card schemes and treaties.",
        ),
        may(
            "region",
            Takes::Code(2, 3),
            "The state or province of which alone the file speaks (ISO 3166-2, second part).",
        ),
        need("name", Takes::Text, "The name of country or region."),
        need("as_of", Takes::Day, "The day up to which the file knows."),
        may(
            "review_by",
            Takes::Day,
            "The day after which each fact is past its review, where the entry names no day of its own.",
        ),
        may("credit", Takes::Text, "What the licence of a source asks to be said."),
    ],
    rule: no_rule,
};

static DEAD_NAME: Record = Record {
    name: "dead name",
    fields: &[
        need("name", Takes::Text, "The name as it was."),
        may("until", Takes::When, "When it went out of use."),
        may("local", Takes::Flag, "It counts only in a document of this country."),
    ],
    rule: no_rule,
};

/// A clock: a waiting time, a deadline, or a step of a right.
pub static RULE: Record = Record {
    name: "clock",
    fields: &[
        may("n", NUMBER, "How many."),
        may(
            "unit",
            UNIT,
            "Of what. A month ends on the same day number, or on the last day of a shorter month.",
        ),
        may("from", Takes::Word(Anchor::IDS), "The day it counts from."),
        may(
            "all_of",
            Takes::List(&Takes::Record(&RULE)),
            "In place of the three: each of these must be kept.",
        ),
        may("earlier_of", Takes::List(&Takes::Record(&RULE)), "In place of the three: whichever ends first."),
        may("later_of", Takes::List(&Takes::Record(&RULE)), "In place of the three: whichever ends last."),
        may("count", Takes::Word(Count::IDS), "How the first day counts. Left out: the next day is day one."),
        may("delivery", Takes::Word(Delivery::IDS), "Whether sending or arrival must fall within the time."),
        may("calendar", Takes::Id, "Whose working days, where not those of the region."),
        may("binds", Takes::Word(Binds::IDS), "Whom it binds."),
        may("does", Takes::Text, "What the bound one must do, as a verb."),
        may(
            "act",
            Takes::Word(Act::IDS),
            "What kind of act it is, where it binds the customer. Left out: none that a case waits for.",
        ),
        may("missed", Takes::Text, "What follows when it is missed."),
        may("longest", Takes::Record(&LENGTH), "The time with every extension that the rule allows."),
        may("sectors", SECTORS, "Only for these sectors."),
        may("company_types", Takes::List(&Takes::Word(CompanyType::IDS)), "Only for these kinds of company."),
        may("acting_as", Takes::List(&Takes::Word(ActingAs::IDS)), "Only for these customers."),
        may("topics", Takes::List(&Takes::Word(Topic::IDS)), "Only for these problems."),
        may("pays", Takes::List(&Takes::Word(PaidBy::IDS)), "Only where it was paid in this way."),
        may("regions", REGIONS, "Only in these regions."),
        may("urgent", Takes::Flag, "Only for urgent complaints, or only for others."),
        may("since", Takes::Day, "The first day of its validity."),
        may("until", Takes::Day, "The last day of its validity."),
        may(
            "dated_by",
            Takes::Word(Anchor::IDS),
            "The day that must lie within the validity. Left out: the day it counts from.",
        ),
        may("confidence", Takes::Word(Confidence::IDS), "How sure, where it differs from the entry."),
        may("note", Takes::Text, "What else a reader must know."),
    ],
    rule: rule_of_clock,
};

static LENGTH: Record = Record {
    name: "length",
    fields: &[need("n", NUMBER, "How many."), need("unit", UNIT, "Of what.")],
    rule: no_rule,
};

static MONEY: Record = Record {
    name: "amount",
    fields: &[
        need("kind", Takes::Word(MoneyKind::IDS), "What it is."),
        need("amount", Takes::Whole(0, 1_000_000_000), "How much, in whole units."),
        need("currency", Takes::Code(3, 3), "Of what (ISO 4217)."),
        may("since", Takes::Day, "The first day of its validity."),
        may("until", Takes::Day, "The last day of its validity."),
        may("next_change", Takes::Day, "The day it is due to be raised."),
        may("confidence", Takes::Word(Confidence::IDS), "How sure, where it differs from the entry."),
        may("note", Takes::Text, "For which claims."),
    ],
    rule: no_rule,
};

static ELIGIBILITY: Record = Record {
    name: "eligibility",
    fields: &[
        may("who", Takes::List(&Takes::Word(ActingAs::IDS)), "Who may go there."),
        may("company_types", Takes::List(&Takes::Word(CompanyType::IDS)), "Against which kinds of company."),
        may("residence", Takes::Text, "Where the customer must live."),
        may("excludes", TEXTS, "What is not taken."),
        may("note", Takes::Text, "What else decides."),
    ],
    rule: no_rule,
};

static DURATION: Record = Record {
    name: "duration",
    fields: &[
        need("n", NUMBER, "How many."),
        need("unit", UNIT, "Of what."),
        need("what", Takes::Text, "What happens within it."),
        may(
            "binds",
            Takes::Word(Binds::IDS),
            "Whom it binds, where it is the time for an answer to the body.",
        ),
    ],
    rule: no_rule,
};

static EDGE: Record = Record {
    name: "link",
    fields: &[
        need("to", Takes::Id, "The id of the other entry."),
        need("how", Takes::Word(How::IDS), "How this one stands to it."),
        may("note", Takes::Text, "What else a reader must know."),
    ],
    rule: no_rule,
};

static COURT: Record = Record {
    name: "court",
    fields: &[
        may("stops_limitation", Takes::Flag, "Whether the time for going to court stands still meanwhile."),
        may("ends_right_to_sue", Takes::Word(SuitEnds::IDS), "Whether the right to sue ends."),
        may("note", Takes::Text, "What else a reader must know."),
    ],
    rule: no_rule,
};

static CONTACT: Record = Record {
    name: "contact",
    fields: &[
        need("channel", Takes::Word(CHANNELS), "How it is reached."),
        may(
            "value",
            Takes::Text,
            "Number in international form, mailbox, web address or one-line postal address.",
        ),
        may("short_code", Takes::Text, "A number that works only inside of the country."),
        may("label", Takes::Text, "What the source calls it."),
        may("hours", Takes::Text, "When it is open, as printed."),
        may("languages", TEXTS, "Languages served (ISO 639-1)."),
        may("abroad", Takes::Flag, "Whether it can be reached from abroad."),
        may("access", Takes::Word(Access::IDS), "Who gets through."),
        may("topics", TEXTS, "For which matters."),
        may("source", Takes::Link, "Where it was read."),
        may("checked", Takes::Day, "When it was read there."),
    ],
    rule: rule_of_contact,
};

static EVIDENCE: Record = Record {
    name: "evidence",
    fields: &[
        need("of", Takes::List(&Takes::Word(Part::IDS)), "The fields that rest on it."),
        need("confidence", Takes::Word(Confidence::IDS), "How sure."),
        may("sources", LINKS, "Where it was read."),
        may("seen", Takes::When, "How old the newest of them is."),
        may("checked", Takes::Day, "When somebody last looked."),
        may("review_by", Takes::Day, "When somebody should look again."),
    ],
    rule: no_rule,
};

/// A body outside of the company.
pub static BODY: Record = Record {
    name: "body",
    fields: &[
        need("id", Takes::Id, "The stable key, the country first."),
        need("name", Takes::Text, "The name in use, as it spells it."),
        may("aliases", TEXTS, "Other names in use: short forms, other languages."),
        may(
            "local_names",
            TEXTS,
            "Names that count only in a document of this country, being too common elsewhere.",
        ),
        may(
            "dead_names",
            Takes::List(&Takes::Record(&DEAD_NAME)),
            "Names of the past that old pages still use.",
        ),
        may("domains", Takes::List(&Takes::Site), "Its sites, past ones included."),
        need("kind", Takes::Word(Body::IDS), "What kind of body it is."),
        may("office", Takes::Word(Office::IDS), "Which office of a state it is."),
        need("sectors", SECTORS, "The trades it deals with; `general` for any."),
        may("regions", REGIONS, "The regions it serves, where not the whole country."),
        may("status", Takes::Word(Status::IDS), "Whether it can be used. Left out: it can."),
        may("since", Takes::Day, "Its first day."),
        may("until", Takes::Day, "Its last day."),
        may("superseded_by", Takes::Id, "The body that took its place."),
        may("single_cases", Takes::Flag, "Whether it deals with the single case, or takes reports only."),
        may("binds", Takes::Flag, "Whether its decision binds the company."),
        may("cost", Takes::Text, "What it costs the customer."),
        may("first", Takes::Text, "What must be done first."),
        may("needs", Takes::List(&Takes::Word(Need::IDS)), "The same for programs."),
        may(
            "wait",
            Takes::List(&Takes::Record(&RULE)),
            "After which time one may go without a final response. The first that fits counts: special ones before general ones.",
        ),
        may("early", Takes::Word(Early::IDS), "What becomes of a case that comes too early."),
        may(
            "deadline",
            Takes::List(&Takes::Record(&RULE)),
            "The last time to go. The first that fits counts.",
        ),
        may("money", Takes::List(&Takes::Record(&MONEY)), "Caps, floors and fees."),
        may("limit", Takes::Text, "The limit in words, where the amounts do not say all."),
        may("eligibility", Takes::Record(&ELIGIBILITY), "Who may go there."),
        may("remedies", Takes::List(&Takes::Word(Remedy::IDS)), "What it can bring about."),
        may("duration", Takes::List(&Takes::Record(&DURATION)), "How long it takes."),
        may("languages", TEXTS, "Languages it works in (ISO 639-1)."),
        may("links", Takes::List(&Takes::Record(&EDGE)), "How it stands to others."),
        may("court", Takes::Record(&COURT), "What going there does to a claim in court."),
        may("register", Takes::Link, "Where one can check whether the company belongs to it."),
        may("web", Takes::Link, "Its own site."),
        may("contacts", Takes::List(&Takes::Record(&CONTACT)), "How it is reached."),
        need("confidence", Takes::Word(Confidence::IDS), "How sure the entry is as a whole."),
        may("seen", Takes::When, "How old the newest source is."),
        may("checked", Takes::Day, "When somebody last looked."),
        may("sources", LINKS, "Where it was read. None: no source is recorded, and that is shown."),
        may("review_by", Takes::Day, "When somebody should look again."),
        may("memory", Takes::List(&Takes::Word(Part::IDS)), "Fields that no source backs, though others do."),
        may(
            "evidence",
            Takes::List(&Takes::Record(&EVIDENCE)),
            "Fields that rest on other sources than the entry.",
        ),
        may("note", Takes::Text, "Exceptions, conflicts, changes under way."),
    ],
    rule: rule_of_body,
};

/// A right: a clock or a claim that law, a scheme or a contract gives.
pub static RIGHT: Record = Record {
    name: "right",
    fields: &[
        need("id", Takes::Id, "The stable key."),
        need("name", Takes::Text, "What it is called."),
        need("sectors", SECTORS, "The trades it is about; `general` for any."),
        may("regions", REGIONS, "The regions where it holds, where not the whole country."),
        need("basis", Takes::Word(Basis::IDS), "On what it rests."),
        may("status", Takes::Word(Status::IDS), "Whether it can be used. Left out: it can."),
        may("since", Takes::Day, "Its first day."),
        may("until", Takes::Day, "Its last day."),
        may("revised", Takes::Day, "The first day of its present wording."),
        need("law", Takes::Text, "The statute or rule."),
        may("consumer", Takes::Text, "What the customer may or must do."),
        may("company", Takes::Text, "What the company must do."),
        may("pays", Takes::List(&Takes::Word(PaidBy::IDS)), "Only where it was paid in this way."),
        may("topics", Takes::List(&Takes::Word(Topic::IDS)), "Only for these problems."),
        may(
            "clocks",
            Takes::List(&Takes::Record(&RULE)),
            "Its clocks. Of those that bid the same one do the same thing, the first that fits counts.",
        ),
        may("money", Takes::List(&Takes::Record(&MONEY)), "Floors, caps and fixed sums."),
        may("limit", Takes::Text, "Where it ends, in words."),
        may("links", Takes::List(&Takes::Record(&EDGE)), "How it runs with other rights and bodies."),
        need("confidence", Takes::Word(Confidence::IDS), "How sure the entry is as a whole."),
        may("seen", Takes::When, "How old the newest source is."),
        may("checked", Takes::Day, "When somebody last looked."),
        may("sources", LINKS, "Where it was read. None: no source is recorded, and that is shown."),
        may("review_by", Takes::Day, "When somebody should look again."),
        may("memory", Takes::List(&Takes::Word(Part::IDS)), "Fields that no source backs, though others do."),
        may(
            "evidence",
            Takes::List(&Takes::Record(&EVIDENCE)),
            "Fields that rest on other sources than the entry.",
        ),
        may("note", Takes::Text, "Exceptions, conflicts, changes under way."),
    ],
    rule: no_rule,
};

static HOLIDAY: Record = Record {
    name: "holiday",
    fields: &[
        need("name", Takes::Text, "What it is called."),
        may("on", Takes::MonthDay, "The same day each year."),
        may("easter", Takes::Whole(-60, 60), "So many days after Easter Sunday."),
        may("nth", Takes::Whole(-1, 5), "The so-manieth weekday of a month; -1 is the last."),
        may(
            "weekday",
            Takes::Word(Weekday::IDS),
            "Which weekday: with `nth` and `month`, or with `from` or `before`.",
        ),
        may("month", Takes::Whole(1, 12), "Of which month."),
        may("from", Takes::MonthDay, "The first such weekday on or after this day."),
        may("before", Takes::MonthDay, "The last such weekday before this day."),
        may("dates", Takes::List(&Takes::Day), "These days and no others, where no rule gives them."),
        may("moves", Takes::Word(Moves::IDS), "Where it goes when it falls on a weekend. Left out: nowhere."),
        may("since", Takes::Whole(1900, 2200), "Its first year."),
        may("until", Takes::Whole(1900, 2200), "Its last year."),
        may("not_in", Takes::List(&Takes::Whole(1900, 2200)), "Years in which it was moved or left out."),
    ],
    rule: rule_of_holiday,
};

/// A calendar: weekend and holidays of a country or region.
pub static CALENDAR: Record = Record {
    name: "calendar",
    fields: &[
        need("id", Takes::Id, "The stable key."),
        need("name", Takes::Text, "Whose working days these are."),
        may("regions", REGIONS, "The regions it is for. Left out: the country, where no other fits."),
        may(
            "default",
            Takes::Flag,
            "It also serves where the region is not known, though it is that of one region.",
        ),
        may("with", Takes::Id, "Another calendar whose holidays count here as well."),
        may("weekend", Takes::List(&Takes::Word(Weekday::IDS)), "Left out: Saturday and Sunday."),
        need("holidays", Takes::List(&Takes::Record(&HOLIDAY)), "The holidays."),
        need("law", Takes::Text, "The law or notice that sets them."),
        need("confidence", Takes::Word(Confidence::IDS), "How sure."),
        may("sources", LINKS, "Where it was read. None: no source is recorded, and that is shown."),
        may(
            "known_until",
            Takes::Whole(1900, 2200),
            "The last year for which days that follow no rule are listed.",
        ),
        may("note", Takes::Text, "What is left out."),
    ],
    rule: no_rule,
};

/// The sections of a file and the record that each holds.
pub static SECTIONS: [(&str, &Record); 3] = [("body", &BODY), ("right", &RIGHT), ("calendar", &CALENDAR)];

/// A clock is a span or a join of clocks, and its validity does not end before it begins.
fn rule_of_clock(clock: &Node) -> Option<(&'static str, String)> {
    let span = ["n", "unit", "from"].map(|key| clock.get(key).is_some());
    let joins = ["all_of", "earlier_of", "later_of"].iter().filter(|key| clock.get(key).is_some()).count();
    if joins > 1 || (joins == 1 && span.contains(&true)) {
        return Some((
            "n",
            "a clock is either `n`, `unit` and `from`, or one of `all_of`, `earlier_of`, `later_of`".into(),
        ));
    }
    if joins == 0 && span.contains(&false) {
        let missing =
            ["n", "unit", "from"].into_iter().zip(span).find(|(_, there)| !there).map_or("n", |(key, _)| key);
        return Some((missing, format!("is missing: a clock needs `n`, `unit` and `from`; add `{missing}`")));
    }
    ends_before_it_begins(clock)
}

/// A validity does not end before it begins.
fn ends_before_it_begins(node: &Node) -> Option<(&'static str, String)> {
    let (since, until) = (node.text("since")?, node.text("until")?);
    (until < since)
        .then(|| ("until", format!("`{until}` lies before `since`, `{since}`; swap them or mend one")))
}

/// A contact has a value that fits its channel, or a short code.
fn rule_of_contact(contact: &Node) -> Option<(&'static str, String)> {
    let Some(value) = contact.text("value") else {
        return contact
            .get("short_code")
            .is_none()
            .then(|| ("value", "is missing: add it, or a `short_code`".to_owned()));
    };
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let fits = match contact.text("channel").unwrap_or_default() {
        "phone" | "textphone" | "fax" => {
            value.starts_with('+') && digits == value.len() - 1 && (4..=15).contains(&digits)
        }
        "email" => value.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && host.contains('.') && !value.contains([' ', '<', '>'])
        }),
        "postal" | "in_person" => true,
        _ => value.starts_with("https://") || value.starts_with("http://") || value.starts_with('+'),
    };
    let channel = contact.text("channel").unwrap_or_default();
    (!fits).then(|| {
        let wanted = match channel {
            "phone" | "textphone" | "fax" => "`+`, country code and number, digits only",
            "email" => "one mailbox, such as `help@body.example`",
            _ => "an address that begins with `https://`",
        };
        ("value", format!("`{value}` does not fit the channel `{channel}`: wanted is {wanted}"))
    })
}

/// A body's status agrees with its other fields.
fn rule_of_body(body: &Node) -> Option<(&'static str, String)> {
    let status = body.text("status").unwrap_or("in_force");
    if status == "superseded" && body.get("superseded_by").is_none() {
        return Some((
            "superseded_by",
            "is missing: a superseded body names the one that took its place".into(),
        ));
    }
    if body.get("sources").is_none() && body.text("confidence") != Some("low") {
        return Some(("confidence", "without `sources` it is `low`: name a source, or write `low`".into()));
    }
    ends_before_it_begins(body)
}

/// A holiday is given in exactly one way.
fn rule_of_holiday(holiday: &Node) -> Option<(&'static str, String)> {
    let ways = ["on", "easter", "nth", "from", "before", "dates"]
        .iter()
        .filter(|key| holiday.get(key).is_some())
        .count();
    if ways != 1 {
        return Some((
            "on",
            "a holiday is given by exactly one of `on`, `easter`, `nth`, `from`, `before`, `dates`".into(),
        ));
    }
    let weekday = holiday.get("weekday").is_some();
    if holiday.get("nth").is_some() && !(weekday && holiday.get("month").is_some()) {
        return Some(("nth", "needs `weekday` and `month` beside it".into()));
    }
    if (holiday.get("from").is_some() || holiday.get("before").is_some()) && !weekday {
        return Some(("weekday", "is missing: `from` and `before` need it".into()));
    }
    None
}
