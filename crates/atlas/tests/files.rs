//! A user's own files: what is refused, with which words, and that the rest goes on.

use atlas::Atlas;
use ladder::Country;

/// The head of a sound file.
const HEAD: &str = "schema = 1\ncountry = \"GB\"\nname = \"Test\"\nas_of = 2026-11-22\n";
/// A sound body.
const BODY: &str = "[[body]]\nid = \"my-scheme\"\nname = \"Widget Arbitration Board\"\nkind = \"adr\"\nsectors = [\"retail\"]\nconfidence = \"low\"\n";

/// Returns what is refused of a file, a line each.
fn refused(text: &str) -> String {
    let (_, problems) = Atlas::with_files([("mine.toml", text)]);
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_mistake_names_file_line_entry_and_field_and_a_way_to_mend_it() {
    let head = |text: &str| refused(text);
    let body = |more: &str| refused(&format!("{HEAD}{BODY}{more}"));
    let right = |more: &str| {
        refused(&format!(
            "{HEAD}[[right]]\nid = \"my-right\"\nname = \"R\"\nsectors = [\"retail\"]\nbasis = \"statute\"\nlaw = \"Act\"\nconfidence = \"low\"\n{more}"
        ))
    };
    let calendar = |holiday: &str| {
        refused(&format!(
            "{HEAD}[[calendar]]\nid = \"my-days\"\nname = \"C\"\nlaw = \"Act\"\nconfidence = \"low\"\nholidays = [{holiday}]\n"
        ))
    };
    let table = [
        ("not TOML", head("schema = = 1")),
        ("no head", head("schema = 1\n")),
        ("other version", head(&HEAD.replace("schema = 1", "schema = 2"))),
        ("misspelled field", body("wiat = []")),
        ("misspelled word", refused(&format!("{HEAD}{}", BODY.replace("retail", "retial")))),
        ("unit", body("wait = [{ n = 8, unit = \"week\", from = \"first_complaint\" }]")),
        ("half a clock", body("wait = [{ n = 8, unit = \"weeks\" }]")),
        ("span and join", body("wait = [{ n = 8, unit = \"weeks\", from = \"event\", all_of = [] }]")),
        ("ends before it begins", body("since = 2026-02-01\nuntil = 2026-01-01")),
        ("phone", body("contacts = [{ channel = \"phone\", value = \"020 7946 0000\" }]")),
        ("e-mail", body("contacts = [{ channel = \"email\", value = \"help at body.example\" }]")),
        ("no value", body("contacts = [{ channel = \"phone\" }]")),
        ("link", body("web = \"body.example\"")),
        ("site", body("domains = [\"https://body.example\"]")),
        ("day in quotes", body("since = \"2026-02-01\"")),
        ("no list", body("aliases = \"WAB\"")),
        ("blank", body("cost = \" \"")),
        ("sure without source", refused(&format!("{HEAD}{}", BODY.replace("\"low\"", "\"high\"")))),
        ("superseded by nobody", body("status = \"superseded\"")),
        ("id in use", refused(&format!("{HEAD}{}", BODY.replace("my-scheme", "gb-cisas")))),
        ("amount", right("money = [{ kind = \"fee\", amount = -1, currency = \"GBP\" }]")),
        ("currency", right("money = [{ kind = \"fee\", amount = 1, currency = \"£\" }]")),
        ("holiday twice", calendar("{ name = \"H\", on = \"12-25\", easter = 1 }")),
        ("no such day", calendar("{ name = \"H\", on = \"02-30\" }")),
        ("weekday of no month", calendar("{ name = \"H\", nth = 1, weekday = \"monday\" }")),
    ];
    let told: Vec<String> = table.iter().map(|(case, told)| format!("{case}: {told}")).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    not TOML: mine.toml:1: not TOML: extra `=`, expected nothing
    no head: mine.toml:1: field `country`: is missing: the country (ISO 3166-1), `EU` for Union-wide, `INT` for card schemes and treaties.
    mine.toml:1: field `name`: is missing: the name of country or region.
    mine.toml:1: field `as_of`: is missing: the day up to which the file knows.
    other version: mine.toml:1: field `schema`: 2 is not within 1 to 1
    misspelled field: mine.toml:11: body `my-scheme`: field `wiat`: a body has no such field; did you mean `wait`?
    misspelled word: mine.toml:9: body `my-scheme`: field `sectors[0]`: `retial` is not a word of its list; did you mean `retail`?
    unit: mine.toml:11: body `my-scheme`: field `wait[0].unit`: `week` is not a word of its list (one of minutes, hours, days, working_days, weeks, months, years); did you mean `weeks`?
    half a clock: mine.toml:11: body `my-scheme`: field `wait[0].from`: is missing: a clock needs `n`, `unit` and `from`; add `from`
    span and join: mine.toml:11: body `my-scheme`: field `wait[0].n`: a clock is either `n`, `unit` and `from`, or one of `all_of`, `earlier_of`, `later_of`
    ends before it begins: mine.toml:12: body `my-scheme`: field `until`: `2026-01-01` lies before `since`, `2026-02-01`; swap them or mend one
    phone: mine.toml:11: body `my-scheme`: field `contacts[0].value`: `020 7946 0000` does not fit the channel `phone`: wanted is `+`, country code and number, digits only
    e-mail: mine.toml:11: body `my-scheme`: field `contacts[0].value`: `help at body.example` does not fit the channel `email`: wanted is one mailbox, such as `help@body.example`
    no value: mine.toml:11: body `my-scheme`: field `contacts[0].value`: is missing: add it, or a `short_code`
    link: mine.toml:11: body `my-scheme`: field `web`: `body.example` is not a web address that begins with `https://`
    site: mine.toml:11: body `my-scheme`: field `domains[0]`: `https://body.example` is not a host, or host and path, in small letters and without `https://`
    day in quotes: mine.toml:11: body `my-scheme`: field `since`: string where a day without quotes, such as 2026-04-08 is wanted
    no list: mine.toml:11: body `my-scheme`: field `aliases`: takes a list: write it in square brackets
    blank: mine.toml:11: body `my-scheme`: field `cost`: is blank: leave the field out instead
    sure without source: mine.toml:10: body `my-scheme`: field `confidence`: without `sources` it is `low`: name a source, or write `low`
    superseded by nobody: mine.toml:5: body `my-scheme`: field `superseded_by`: is missing: a superseded body names the one that took its place
    id in use: mine.toml:5: body `gb-cisas`: field `id`: is in use already: choose another, such as one that begins with `my-`
    amount: mine.toml:12: right `my-right`: field `money[0].amount`: -1 is not within 0 to 1000000000
    currency: mine.toml:12: right `my-right`: field `money[0].currency`: `£` is not a code of 3 capital letters
    holiday twice: mine.toml:10: calendar `my-days`: field `holidays[0].on`: a holiday is given by exactly one of `on`, `easter`, `nth`, `from`, `before`, `dates`
    no such day: mine.toml:10: calendar `my-days`: field `holidays[0].on`: `02-30` is not month and day in quotes, such as "12-25"
    weekday of no month: mine.toml:10: calendar `my-days`: field `holidays[0].nth`: needs `weekday` and `month` beside it
    "#);
}

#[test]
fn a_broken_entry_is_left_out_and_everything_else_goes_on() {
    let text = format!("{HEAD}{BODY}\n[[body]]\nid = \"my-other\"\nkind = \"adr\"\n");
    let (atlas, problems) = Atlas::with_files([("mine.toml", text.as_str()), ("broken.toml", "][")]);
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert_eq!(atlas.body("my-scheme").unwrap().name, "Widget Arbitration Board");
    assert!(atlas.body("my-other").is_none());
    assert!(atlas.body("gb-cisas").is_some());
    let mentions = atlas.mentions("Ask the Widget Arbitration Board or CISAS.", Country::parse("GB").ok());
    let ids: Vec<&str> = mentions.iter().map(|mention| mention.head.id.as_ref()).collect();
    assert_eq!(ids, ["my-scheme", "gb-cisas"]);
}

#[test]
fn a_file_of_a_user_is_bounded() {
    let deep = format!(
        "{HEAD}{BODY}wait = [{}{{ n = 1, unit = \"days\", from = \"event\" }}{}]",
        "{ all_of = [".repeat(20),
        "] }".repeat(20)
    );
    assert!(refused(&deep).contains("nested too deep"), "{}", refused(&deep));
    let long = format!("{HEAD}{BODY}note = \"{}\"", "x".repeat(3_000));
    assert!(refused(&long).contains("longer than 2000 characters"));
    assert!(refused(&"#".repeat(5 << 20)).contains("at most"));
}

#[test]
fn every_clock_that_the_customer_must_keep_says_what_kind_of_act_it_wants() {
    // What hangs on the way of paying goes to the payer's bank; these two want nothing by their end.
    let none = ["gb-letter-before-claim", "us-dot-24-hour"];
    let unsaid: Vec<&str> = Atlas::builtin()
        .rights()
        .filter(|right| right.pays.is_empty() && !none.contains(&right.id.as_str()))
        .filter(|right| {
            let of_customer = |rule: &&atlas::record::Rule| rule.binds == Some(atlas::words::Binds::Consumer);
            right.clocks.iter().filter(of_customer).any(|rule| rule.act.is_none())
        })
        .map(|right| right.id.as_str())
        .collect();
    assert_eq!(unsaid, [""; 0], "`act` is missing: a case would not tell of its last day");
}
