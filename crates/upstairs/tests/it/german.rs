//! English that was left on the German pages: every page that links lead to is walked in German and read.
//!
//! How it tells: a piece of text is English where two different words of it are among those that an English sentence can
//! hardly do without and that German does not have (`the`, `with`, `which` …), or one of three words at most. Left out are
//! what is marked as another language, quotes, code, addresses, and what the user wrote. What the desk says in English and
//! nobody has written in German yet is marked as English by the pages; on the pages that everybody meets none of that is left.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::pages::{Answer, Inside, Pages};

/// Words that an English sentence can hardly do without and that no German one has.
const ENGLISH: &str = " the and of is are with your you this that from has have had which where when what who whom been be \
    they their there these those would could should into about how why if then than only each every other first after \
    before until because does did not yes but or at by its our we my can cannot may must shall any some all year years day \
    days week weeks company complaint answers ";
/// Elements that end at once.
const VOID: [&str; 12] =
    ["meta", "link", "input", "br", "hr", "img", "path", "source", "circle", "rect", "line", "wbr"];
/// What is no text of the pages.
const APART: [&str; 8] = ["script", "style", "code", "textarea", "q", "blockquote", "pre", "text"];

/// The texts of a page: in the language of the page, and marked as English; and where its links lead.
#[derive(Default)]
struct Read {
    ours: Vec<String>,
    english: Vec<String>,
    links: BTreeSet<String>,
}

/// Returns an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

fn plain(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads a page as a browser would: our own markup, which is well formed.
fn read(html: &str) -> Read {
    let mut read = Read::default();
    // What is open, and whether it is apart or in another language.
    let mut open: Vec<(&str, Option<bool>)> = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            while open.pop().is_some_and(|(name, _)| name != closed) {}
        } else if !name.starts_with('!') && !VOID.contains(&name) {
            let other = attribute(tag, "lang").filter(|lang| name != "html" && *lang != "de");
            // Names are the same in every language.
            let apart = (APART.contains(&name) || attribute(tag, "translate") == Some("no")).then_some(false);
            open.push((name, apart.or(other.map(|lang| lang == "en"))));
        }
        if let Some(link) = attribute(tag, "href").filter(|_| name == "a") {
            read.links.insert(plain(link));
        }
        let state = open.iter().rev().find_map(|(_, state)| *state);
        let mut keep = |text: String| {
            if !text.is_empty() {
                match state {
                    None => read.ours.push(text),
                    Some(true) => read.english.push(text),
                    Some(false) => {}
                }
            }
        };
        for attribute in ["aria-label", "title", "alt", "placeholder"].map(|name| attribute(tag, name)) {
            keep(attribute.map(plain).unwrap_or_default());
        }
        keep(plain(text));
    }
    read
}

/// Returns whether a text is English.
fn is_english(text: &str) -> bool {
    // What stands in quotation marks are words of others: of a page, or to be searched for.
    let bare = text.split('"').next().unwrap_or_default().split_whitespace().filter(|word| {
        !word.contains("://")
            && !word.contains('@')
            && !word.contains('.')
            && !word.starts_with(['"', '„', '“'])
    });
    let words: Vec<String> = bare
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let found: BTreeSet<&String> =
        words.iter().filter(|word| ENGLISH.contains(&format!(" {word} "))).collect();
    found.len() >= 2 || (found.len() == 1 && words.len() <= 3)
}

/// Returns whether a day stands in a text as machines write it.
fn has_bare_day(text: &str) -> bool {
    // An address is no text.
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.flat_map(|word| word.split(|c: char| !(c.is_ascii_digit() || c == '-'))).any(|word| {
        let parts: Vec<usize> = word.split('-').map(str::len).collect();
        parts == [4, 2, 2]
    })
}

#[test]
fn what_is_english_is_told() {
    assert!(has_bare_day("bis 2026-03-04, und") && !has_bare_day("am 4. März 2026, 12-2026 und 0800-12-345"));
    for text in ["Nothing of it is kept with the case", "Your name?", "what it is"] {
        assert!(is_english(text), "{text}");
    }
    for text in [
        "Was ist geschehen?",
        "Die Firma war am Zug, also warten Sie an dem Tag",
        "https://the.example/what-you-have",
        "Brightwell Energy",
        "Name und Website der Firma",
    ] {
        assert!(!is_english(text), "{text}");
    }
    let page = read(
        "<html lang=\"de\"><body><p>Eins <q>the words</q> zwei</p><span lang=\"en\">of the desk</span><a href=\"/x\">d</a>",
    );
    assert_eq!(page.ours, ["Eins", "zwei", "d"]);
    assert_eq!((page.english, page.links.len()), (vec!["of the desk".to_owned()], 1));
}

#[test]
fn no_english_is_left_on_the_german_pages() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    inside.post("/settings/pages", &[("language", "de")]);
    let id = inside.case("Nordlicht Strom", "Die Rechnung ist dreimal so hoch wie der Zähler");
    for fields in [
        &[("kind", "call"), ("by", "customer"), ("text", "Zählerstand durchgegeben"), ("channel", "phone")][..],
        &[
            ("kind", "complaint"),
            ("by", "customer"),
            ("text", "Beschwerde geschrieben"),
            ("channel", "email"),
        ],
        &[("kind", "promise"), ("by", "company"), ("text", "Rückruf zugesagt")],
    ] {
        let logged = inside.post(&format!("/cases/{id}/log"), fields);
        assert_eq!(logged.status, 303, "{}", logged.body);
    }
    let mut texts: BTreeMap<String, Read> = BTreeMap::new();
    let mut keep = |at: &str, answer: &Answer| {
        let read = read(&answer.body);
        let links: Vec<String> = read.links.iter().cloned().collect();
        texts.insert(at.to_owned(), read);
        links
    };
    let message = "Ihr Konto ist gesperrt. Schicken Sie binnen 24 Stunden den Code einer Gutscheinkarte an http://bit.ly/x";
    for (path, fields) in [
        ("/check-message", &[("message", message), ("company", "Nordlicht Strom"), ("country", "DE")][..]),
        ("/check", &[("text", "Sie sind Betrüger!!! Ich will sofort mein Geld, sonst gibt es Ärger.")]),
        ("/directory", &[("number", "hilfe@nordlicht.example"), ("company", "Nordlicht Strom")]),
        ("/find", &[("company", "")]),
        ("/cases/nirgends/note", &[("note", "x")]),
    ] {
        keep(&format!("POST {path}"), &inside.post(path, fields));
    }
    let reply = "Sehr geehrte Frau Fuchs, Ihre Beschwerde zur Rechnung ist eingegangen. Wir prüfen den Zähler und schreiben Ihnen bis zum \
        20. Dezember. Bitte senden Sie uns ein Foto. Rufnummer 030 23125 000, Vorgang AB-4471.";
    let told = inside.upload(&format!("/cases/{id}/reply"), "antwort.txt", reply.as_bytes());
    assert_eq!(told.status, 200, "{}", told.body);
    keep("POST /cases/reply", &told);
    let found = inside.post("/find", &[("company", "Deutsche Bahn"), ("country", "DE"), ("about", "refund")]);
    let mut todo: VecDeque<String> =
        ["/", "/start", "/directory?q=Bahn", "/atlas?country=DE&sector=energy", "/nirgends"]
            .map(str::to_owned)
            .into();
    todo.extend(found.header("location").map(str::to_owned));
    let begun = inside.post("/start", &[]).header("location").unwrap().to_owned();
    let base = begun.split("/q/").next().unwrap();
    let questions = [
        "company",
        "country",
        "what",
        "when",
        "wanted",
        "amount",
        "tried",
        "references",
        "impact",
        "evidence",
    ];
    todo.extend(questions.map(|question| format!("{base}/q/{question}")));
    todo.push_back(format!("{base}/review"));
    todo.push_back(format!("/cases/{id}/write?as=email&words=60&lang=de"));
    todo.push_back(format!("/cases/{id}/contacts"));
    // What the atlas knows of a country is said in German, whichever it is.
    for country in ["AT", "AU", "CA", "CH", "FR", "GB", "IN", "US"] {
        let path = format!("/atlas?country={country}");
        keep(&path, &inside.get(&path));
    }
    let mut seen = BTreeSet::new();
    while let Some(path) = todo.pop_front() {
        let path = path.split('#').next().unwrap_or_default().to_owned();
        let kind = path.split('?').next().unwrap_or_default().to_owned();
        let is_file = ["/as/", "/calendar", "/json", "/dossier", "/picture", ".zip", "/assets/"]
            .iter()
            .any(|part| path.contains(part));
        // One page of a kind is enough: the atlas has one for each country.
        if !path.starts_with('/') || is_file || seen.len() > 80 || !seen.insert(kind) {
            continue;
        }
        let answer = inside.get(&path);
        if let Some(next) = answer.header("location") {
            todo.push_back(next.to_owned());
        } else if answer.head.contains("text/html") {
            todo.extend(keep(&path, &answer));
        }
    }
    assert!(texts.len() >= 20, "{:?}", texts.keys());
    let mut left = Vec::new();
    for (path, read) in &texts {
        left.extend(read.ours.iter().filter(|text| is_english(text)).map(|text| format!("{path}: {text}")));
        left.extend(
            read.ours.iter().filter(|text| has_bare_day(text)).map(|text| format!("{path}, a day: {text}")),
        );
        // The description for programs is English, and letters and what to say on the phone are in the language of their
        // readers; all of that is marked.
        let bare = path.split('?').next().unwrap_or_default();
        if bare != "/docs" && !bare.ends_with("/call") && !bare.ends_with("/write") {
            left.extend(read.english.iter().map(|text| format!("{path}, marked: {text}")));
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}
