//! How one name stands in running text: the fold under which its spellings are alike, and what leads to a body.
//!
//! The build script compiles this file as well, so that names are folded when the program is built and the text when it
//! is read. People write capitals or not, accents or none, `&` or `and`, a hyphen or a space, straight or curly
//! apostrophes: folded, these are the same.

use crate::check::Node;

/// Returns the folded form of a character; `None` for one that folds away, a space for anything that parts words.
pub(crate) fn fold(c: char) -> Option<char> {
    Some(match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'a'..='z' | '0'..='9' => c,
        '\u{ad}' | '\u{200b}' | '\u{300}'..='\u{36f}' => return None,
        '\'' | '\u{2018}' | '\u{2019}' | '`' | '\u{b4}' => '\'',
        '-' | '\u{2010}'..='\u{2015}' => ' ',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => 'u',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    })
}

/// Returns a text folded: one space between words, `&` spelled out.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (c, fold(c)) {
            ('&', _) => out.push_str("and"),
            (_, Some(' ')) if out.is_empty() || out.ends_with(' ') => {}
            (_, Some(c)) => out.push(c),
            (_, None) => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Returns whether a folded character belongs to a word.
pub(crate) fn in_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Returns the key by which names are sorted, so that those with one first word stand together.
pub(crate) fn sort_key(folded: &str) -> (&str, &str) {
    folded.split_at(folded.find(|c| !in_word(c)).unwrap_or(folded.len()))
}

/// Returns whether a name is a coined short form (`FOS`, `BaFin`, `ComReg`), which counts only when its capitals stand as
/// they should; an ordinary name counts in any letter case.
pub(crate) fn is_cased(name: &str) -> bool {
    !name.contains(' ')
        && name.chars().count() <= 12
        && name.starts_with(|c: char| !c.is_lowercase())
        && name.chars().skip(1).any(char::is_uppercase)
}

/// Returns the text with German umlauts as two letters, where it has some.
fn umlauts_spelled_out(text: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 7] =
        [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss")];
    let out = PAIRS.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    (out != text).then_some(out)
}

/// A name that leads to a body.
pub(crate) struct Row {
    /// The name as it is spelled in the data.
    pub(crate) text: String,
    /// The name folded.
    pub(crate) folded: String,
    /// It counts only in a document of the body's country.
    pub(crate) local: bool,
    /// It is a name of the past.
    pub(crate) dead: bool,
}

/// Returns the names that lead to a body.
pub(crate) fn rows(body: &Node) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |name: &str, local: bool, dead: bool| {
        for text in umlauts_spelled_out(name).into_iter().chain([name.to_owned()]) {
            let folded = folded(&text);
            if rows.iter().all(|row| row.folded != folded) {
                rows.push(Row { text, folded, local, dead });
            }
        }
    };
    if let Some(name) = body.text("name") {
        add(name.strip_prefix("The ").unwrap_or(name), false, false);
    }
    body.texts("aliases").for_each(|name| add(name, false, false));
    body.texts("local_names").for_each(|name| add(name, true, false));
    for dead in body.list("dead_names") {
        let local = matches!(dead.get("local"), Some(Node::Flag(true)));
        if let Some(name) = dead.text("name") {
            add(name, local, true);
        }
    }
    rows
}

/// Returns the key of a web address: lower case, without scheme, `www.`, query, fragment and last slash.
pub(crate) fn link_key(address: &str) -> String {
    let address = address.trim().to_lowercase();
    let address = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let address = address.split(['?', '#']).next().unwrap_or_default();
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/').to_owned()
}

/// Returns the keys of the sites that lead to a body.
pub(crate) fn sites(body: &Node) -> Vec<String> {
    let mut sites: Vec<String> =
        body.text("web").into_iter().chain(body.texts("domains")).map(link_key).collect();
    sites.sort();
    sites.dedup();
    sites
}

/// Returns the numbers and mailboxes that lead to a body.
pub(crate) fn values(body: &Node) -> Vec<String> {
    let contacts = body.list("contacts").iter();
    let mut values: Vec<String> = contacts
        .filter(|contact| matches!(contact.text("channel"), Some("phone" | "textphone" | "fax" | "email")))
        .filter_map(|contact| contact.text("value").map(str::to_lowercase))
        .collect();
    values.sort();
    values.dedup();
    values
}
