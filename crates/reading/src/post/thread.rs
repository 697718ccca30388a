//! Threads: a post parted into messages, each with its author and the part that the author plays.
//!
//! Boards print an author in a few ways: `u/name ▲ 40:`, `Name @handle · Dec 3`, `Name (Employee) 07-02-2025`,
//! `Reply from Acme`, `Name wrote:`. A line that opens in such a way begins a message; what follows belongs to it.
//! Where none is found the whole is one message.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::company::{Company, Owner, imitates};
use super::lists;

/// The most messages of one thread.
const MOST_MESSAGES: usize = 4_000;

/// The part that an author plays.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who began the thread.
    Asker,
    /// Any other writer.
    Stranger,
    /// A volunteer who keeps order.
    Moderator,
    /// Staff of the company, marked so by the board.
    Employee,
    /// The company itself: its reply to a review, its own account.
    Company,
    /// The site's own entry on the company: nobody there answers for what it says.
    Listing,
    /// Somebody who gives himself out to be the company without being marked so.
    SaysCompany,
}

impl Role {
    /// Returns whether the board itself marks the author as the company or its staff.
    #[must_use]
    pub const fn is_official(self) -> bool {
        matches!(self, Self::Employee | Self::Company)
    }
}

/// One message.
#[derive(Clone, Debug)]
pub struct Message {
    /// The author as printed; empty where none is.
    pub author: String,
    /// What the board says beside the author: badge, votes, age of the account.
    pub note: String,
    /// The part that the author plays.
    pub role: Role,
    /// Whether the site itself marks that part; a bare name can be typed by anybody.
    pub marked: bool,
    /// Where its header and text stand.
    pub whole: Range<usize>,
    /// Where its text stands.
    pub body: Range<usize>,
    /// When it was written, as ISO 8601, where printed or told by the site.
    pub date: Option<String>,
}

struct Header {
    pattern: &'static LazyLock<Regex>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// The company answers.
    Reply,
    /// Somebody comments.
    Person,
    /// The same author goes on.
    Edit,
}

static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r#"(?xi)^\W{0,4}"?(?:
          (?:reply|response|answer)\s+(?:from|by|of)\s+(?:the\s+)?(?P<a>(?-i:[\p{Lu}"“]|owner|business|company|seller|manufacturer|developer)[^:\n(]{0,60})
        | (?:antwort|rückmeldung|stellungnahme|kommentar)\s+(?:von|des|der|vom)\s+(?P<b>[^:\n(]{2,60})
        | (?:réponse|reponse|commentaire)\s+(?:de|du|d['’])\s*(?P<c>[^:\n(]{2,60})
        | (?:respuesta|contestación|comentario)\s+(?:de|del)\s+(?P<d>[^:\n(]{2,60})
        | (?:risposta|replica|commento)\s+(?:di|del|da|della|dell['’])\s*(?P<e>[^:\n(]{2,60})
        | (?:reactie|antwoord|bericht)\s+(?:van|door)\s+(?P<f>[^:\n(]{2,60})
        | (?P<g>business\s+(?:response|owner(?:\s+info)?|reply|answer|answered)|owner(?:'s)?\s+(?:response|reply|answer)|company\s+(?:response|reply|answer)|developer\s+response|seller\s+response|official\s+(?:reply|response|answer)|(?:the\s+)?(?:business|company)\s+(?:replied|answered|wrote)|merchant\s+reply)
        )"?\s*(?P<note>\([^)\n]{0,120}\)|✅|✔|[\d/.,\s-]{6,24}|[·•|,–—-][^:\n]{0,80})?\s*(?::|\n|$)"#,
    )
});

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r#"(?xi)^[\s>↳*•–—-]{0,6}(?:\d{1,3}[.)]\s+)?(?:
          (?:comment|reply|answer|post|posted|written|submitted|by|note)\s+by\s+(?P<a>(?:u/)?[^\s:@,;(\[·•|!?<>](?:[^:@,;(\[·•|!?<>\n]{0,39}?))\s*(?P<n1>[(·|,▲+↑-][^:\n]{0,80})?\s*(?::|\n|$)
        | by\s+(?P<by>\p{Lu}[^:@,;(\[·•|!?<>\n]{1,40}?)\s*(?P<n9>[(,·][^:\n]{0,80})?\s*:
        | u/(?P<b>[A-Za-z0-9_-]{2,30})\s*(?P<n2>[^:\n—]{0,60}?)\s*(?::|\n|—|$)
        | (?P<c>[^@\n:]{0,40}?)\s*@(?P<h>[A-Za-z0-9_]{2,30})\s*(?P<n3>[(·•|,][^\n:]{0,60}?)?\s*(?::|\n|$)
        | (?P<d>[\p{L}\d][^\s:@,;(\[·•|!?"“<>]{0,30}(?:\ [\p{L}\d&][^\s:@,;(\[·•|!?"“<>]{0,20}){0,3})\s+(?:wrote|writes|said|schrieb|schreibt|a\s+écrit|escribió|ha\s+scritto|schreef)\s*(?P<n4>[^:\n]{0,40})\s*:
        | (?P<e>[\p{L}\d][^\s:@,;(\[·•|!?"“<>]{0,30}(?:\ [\p{L}\d&][^\s:@,;(\[·•|!?"“<>]{0,20}){0,3})\s*(?P<n5>[(\[][^)\]\n]{1,90}[)\]](?:\s*[^:\n]{0,40}?)?)\s*(?::|\n|$)
        | (?P<f>[\p{L}\d][^\s:@,;(\[·•|!?"“<>]{0,30}(?:\ [\p{L}\d&][^\s:@,;(\[·•|!?"“<>]{0,20}){0,3})\s*(?P<n6>[,·•|]\s*(?:level|forumite|member|mitglied|membre|miembro|socio|membro|lid|newbie|senior|junior|part\ of|contributor|employee|staff|expert|\d{1,2}[\ ./-]|joined|registriert|beigetreten|local\ guide|top|verified|inscrit)[^:\n]{0,90}?(?:\d{1,2}:\d\d\ ?[ap]?m?[^:\n]{0,20})?)\s*(?::|\n|$)
        | (?P<g>[\p{L}\d][^\s:@,;(\[·•|!?"“<>]{0,30}(?:\ [\p{L}\d&][^\s:@,;(\[·•|!?"“<>]{0,20}){0,3})\s?:\s
        | (?P<k>[a-z\d][\w.-]{2,24})\s*(?P<n7>(?:▲|\+|↑|👍)\s?[\d.,k]+)\s*(?::|\n|$)
        )"#,
    )
});

static EDIT: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(r"(?i)^\W{0,3}(?:edit|update|nachtrag|édit|edición|modifica|bewerkt)\s*\d*\s*:")
});

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)^\W{0,3}(?:post|reply|comment|answer|antwort|réponse|respuesta|risposta|antwoord|reactie|note by user|note|customer answer|rebuttal|customer response|anonymous|op|mod|admin)\s*#?\d*\s*(?:\([^)\n]{0,40}\))?\s*(?:[\d/.-]{6,12})?\s*(?::|\n)",
    )
});

/// The words that stand beside writers.
const AUTHOR_WORDS: &str = include_str!("data/authors.txt");

/// Words before a colon that name no author.
static LABELS: LazyLock<Regex> = LazyLock::new(|| lists::section(AUTHOR_WORDS, "label"));

static NEW_ACCOUNT: LazyLock<Regex> = LazyLock::new(|| lists::section(AUTHOR_WORDS, "new account"));

static OFFICIAL: LazyLock<Regex> = LazyLock::new(|| lists::section(AUTHOR_WORDS, "official"));

static UNOFFICIAL: LazyLock<Regex> = LazyLock::new(|| lists::section(AUTHOR_WORDS, "unofficial"));

static MODERATOR: LazyLock<Regex> = LazyLock::new(|| lists::section(AUTHOR_WORDS, "moderator"));

/// Words that make a name that of a desk of a company.
static DESK: LazyLock<Regex> = LazyLock::new(|| lists::section(AUTHOR_WORDS, "desk"));

/// Returns whether what stands beside an author says that the account is new or has no company.
pub(super) fn is_new_account(note: &str) -> bool {
    NEW_ACCOUNT.is_match(note)
}

/// Returns whether a name is that of a desk.
pub(super) fn is_desk(name: &str) -> bool {
    DESK.is_match(name)
}

/// Parts a thread into its messages.
#[must_use]
pub fn split(text: &str, company: &Company) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    let mut at = 0;
    let rows = rows(text);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        if rows.contains(&index) {
            continue;
        }
        if messages.len() >= MOST_MESSAGES {
            break;
        }
        if let Some(mut message) = header(line, start, company) {
            if let Some(last) = messages.last_mut() {
                last.whole.end = start;
                last.body.end = start;
                if message.author.is_empty() {
                    message.author.clone_from(&last.author);
                    message.role = last.role;
                    message.marked = last.marked;
                    message.note.clone_from(&last.note);
                }
            } else if start > 0 && !text[..start].trim().is_empty() {
                messages.push(Message {
                    author: String::new(),
                    note: String::new(),
                    role: Role::Asker,
                    marked: false,
                    whole: 0..start,
                    body: 0..start,
                    date: None,
                });
            }
            messages.push(message);
        }
    }
    if messages.is_empty() {
        messages.push(Message {
            author: String::new(),
            note: String::new(),
            role: Role::Asker,
            marked: false,
            whole: 0..text.len(),
            body: 0..text.len(),
            date: None,
        });
    }
    if let Some(last) = messages.last_mut() {
        last.whole.end = text.len();
        last.body.end = text.len();
    }
    let marked: Vec<String> =
        messages.iter().filter(|m| m.marked && !m.author.is_empty()).map(|m| bare(&m.author)).collect();
    for message in messages.iter_mut().filter(|m| m.role.is_official()) {
        message.marked |= marked.contains(&bare(&message.author));
    }
    // Where the site calls the asker OP, or a text of some length without an author opens the thread, the first who signs
    // is somebody who answers.
    let called_op =
        messages.iter().any(|m| m.author.eq_ignore_ascii_case("op") || m.author.eq_ignore_ascii_case("u/op"));
    let opened = messages.first().is_some_and(|m| m.author.is_empty() && tells(&text[m.whole.clone()]));
    let asker = messages
        .iter()
        .find(|m| !m.author.is_empty())
        .filter(|_| !called_op && !opened)
        .map(|m| m.author.to_lowercase());
    for message in &mut messages {
        let lower = message.author.to_lowercase();
        if message.role == Role::Stranger && (asker.as_deref() == Some(lower.as_str()) || lower == "op") {
            message.role = Role::Asker;
        }
    }
    messages
}

/// Returns whether a text without an author is more than a title: of some length, or of somebody's own.
fn tells(text: &str) -> bool {
    static SELF: LazyLock<Regex> = LazyLock::new(|| {
        crate::post::rx(
            r"(?i)\b(?:i|i['’]m|i['’]ve|my|me|we|our|ich|mein\w*|je|mon|ma|mi|mis|io|mio|ik|mijn)\b",
        )
    });
    let text = text.trim();
    let lines = text.lines().filter(|l| !l.trim().is_empty()).count();
    text.len() > 160 || lines >= 2 && SELF.is_match(text) && text.len() > 60
}

/// Takes the messages as a site parts them.
#[must_use]
pub fn given(written: &[super::Written], plain: &super::plain::Plain, company: &Company) -> Vec<Message> {
    let mut messages: Vec<Message> = written
        .iter()
        .take(MOST_MESSAGES)
        .map(|w| {
            let range = plain.place_of(w.range.start)..plain.place_of(w.range.end);
            let handle = w.author.strip_prefix('@');
            let said = format!("{} {}", w.author, w.note);
            let role = w.role.unwrap_or_else(|| role(Kind::Person, &w.author, handle, &said, company));
            Message {
                author: w.author.clone(),
                note: w.note.clone(),
                role,
                marked: w.role.is_some() || handle.is_some(),
                whole: range.clone(),
                body: range,
                date: w.date.clone(),
            }
        })
        .collect();
    // No gap between two: what stands there belongs to the one before.
    for at in 0..messages.len() {
        let next = messages.get(at + 1).map_or(plain.text.len(), |m| m.whole.start);
        messages[at].whole.end = next;
        messages[at].body.end = next;
    }
    if let Some(first) = messages.first_mut() {
        first.whole.start = 0;
        first.body.start = 0;
        let asker = first.author.clone();
        for m in messages.iter_mut().filter(|m| m.role == Role::Stranger && m.author == asker) {
            m.role = Role::Asker;
        }
    }
    messages
}

static ROW: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"^\W{0,4}\p{Lu}[^:@\n]{1,50}?(?::|\.{3,}|\s[–—-]\s|\t)[\s.]*(?:\S+@\S+\.\S+|\+?[(\d][\d\s().-]{6,})",
    )
});

/// Names of lines that are no desk's own.
static ANY_LINE: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)^(?:everyday|general|main|other|new|leaks?|faults?|outages?|emergenc(?:y|ies)|maintenance|lost|stolen|official|after hours|local|abroad|from abroad|options?|allgemein|störung\w*|général|urgences?|averías|guasti|storing\w*)(?:\s+[\w/]{1,12}){0,2}$",
    )
});

/// Whether a text opens with a number or a mailbox.
fn opens_with_value(text: &str) -> bool {
    let text = text.trim_start();
    let word = text.split_whitespace().next().unwrap_or_default();
    text.starts_with(['+', '('])
        || word.contains('@')
        || word.len() > 2 && word.starts_with(|c: char| c.is_ascii_digit())
}

/// Finds the lines of lists: three in a row that are a name and a contact each are rows, not messages.
fn rows(text: &str) -> std::collections::BTreeSet<usize> {
    let mut found = std::collections::BTreeSet::new();
    let mut run: Vec<usize> = Vec::new();
    for (index, line) in text.lines().enumerate().chain(std::iter::once((usize::MAX, ""))) {
        if ROW.is_match(line) {
            run.push(index);
        } else {
            if run.len() >= 3 {
                found.extend(run.iter().copied());
            }
            run.clear();
        }
    }
    found
}

/// Returns an author's name without signs, as boards print one in several ways.
fn bare(author: &str) -> String {
    author.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads a line as the opening of a message.
fn header(line: &str, start: usize, company: &Company) -> Option<Message> {
    let table: [Header; 4] = [
        Header { pattern: &EDIT, kind: Kind::Edit },
        Header { pattern: &REPLY, kind: Kind::Reply },
        Header { pattern: &NUMBERED, kind: Kind::Person },
        Header { pattern: &SAID, kind: Kind::Person },
    ];
    for Header { pattern, kind } in table {
        let Some(found) = pattern.captures(line) else { continue };
        let whole = found.get(0)?;
        let name = ["a", "b", "c", "d", "e", "f", "g", "h", "k", "by"]
            .iter()
            .filter_map(|n| found.name(n))
            .map(|m| m.as_str().trim())
            .filter(|n| !n.is_empty())
            .collect::<Vec<_>>();
        let handle = found.name("h").map(|m| m.as_str());
        let note: String = ["note", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n9"]
            .iter()
            .filter_map(|n| found.name(n))
            .map(|m| m.as_str())
            .collect();
        let mut author = name
            .first()
            .copied()
            .unwrap_or_default()
            .trim_matches(['"', '“', '”', '*', ' ', '.', '–', '-', '—'])
            .to_owned();
        if kind == Kind::Person && pattern.as_str() == SAID.as_str() && handle.is_none() {
            let bare_colon = found.name("g").is_some();
            let words = author.split_whitespace().count();
            if (bare_colon || found.name("e").is_some())
                && LABELS.is_match(&author)
                && !is_company_desk(&author, company)
            {
                continue;
            }
            // `Bereavement: 020 …`: a desk and its value, a row of a list.
            if bare_colon
                && opens_with_value(&line[whole.end()..])
                && (super::rungs::names_a_desk(&author) || ANY_LINE.is_match(&author))
            {
                continue;
            }
            // A bare `Name:` must look like a name: capitals in each word, or one word as handles are.
            let named = author
                .split_whitespace()
                .all(|w| w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || c == '&'));
            if bare_colon && !(named && words <= 4 || words == 1) {
                continue;
            }
            if found.name("e").is_some()
                && !(named || words == 1 || note.len() > 3 && NEW_ACCOUNT.is_match(&note))
            {
                continue;
            }
            // A title that begins with the company's name is no author.
            let unmarked = found.name("g").is_some()
                || found.name("e").is_some() && !OFFICIAL.is_match(&note) && !NEW_ACCOUNT.is_match(&note);
            // One word with an underscore or a digit is the handle of an account.
            let is_handle =
                !author.contains(' ') && author.contains(|c: char| c == '_' || c.is_ascii_digit());
            if unmarked
                && !is_handle
                && company.is_named_in(&author)
                && (start == 0
                    || !company.is_only_named_in(&author, is_desk)
                        && !speaks_as_desk(&author, &line[whole.end()..]))
            {
                continue;
            }
            if author.chars().all(char::is_numeric) {
                continue;
            }
        }
        if pattern.as_str() == NUMBERED.as_str() {
            whole.as_str().trim().trim_end_matches(':').clone_into(&mut author);
        }
        if kind == Kind::Edit {
            author = String::new();
        }
        let display = match handle {
            Some(handle) => format!("{author} @{handle}").trim().to_owned(),
            None => author.clone(),
        };
        let said = format!("{display} {note}");
        let role = role(kind, &display, handle, &said, company);
        let marked = kind == Kind::Reply || handle.is_some() || OFFICIAL.is_match(&note);
        let author = if let Some(handle) = handle { format!("@{handle}") } else { author };
        let body = start + whole.end();
        return Some(Message {
            author,
            note,
            role,
            marked,
            whole: start..body,
            body: body..body,
            date: super::dates::first(line),
        });
    }
    None
}

/// Returns whether a name of two to four words ends as desks are called and is followed by a sentence, not by a value.
fn speaks_as_desk(author: &str, rest: &str) -> bool {
    let words = author.split_whitespace().count();
    let rest = rest.trim();
    (2..=4).contains(&words)
        && author.split_whitespace().next_back().is_some_and(is_desk)
        && rest.len() >= 40
        && rest.starts_with(|c: char| c.is_alphabetic())
        && rest
            .split_whitespace()
            .take(3)
            .all(|w| !w.contains('@') && !w.contains(|c: char| c.is_ascii_digit()))
}

/// Returns whether a name is the company's, or that of a desk that gives itself out to be the company's.
fn is_company_desk(author: &str, company: &Company) -> bool {
    company.is_known() && (company.is_named_in(author) || imitates(company, author))
}

/// Names the part that an author plays.
fn role(kind: Kind, author: &str, handle: Option<&str>, said: &str, company: &Company) -> Role {
    let unofficial = UNOFFICIAL.is_match(said);
    let fresh = NEW_ACCOUNT.is_match(said);
    if MODERATOR.is_match(said) && !company.is_named_in(author) {
        return Role::Moderator;
    }
    if kind == Kind::Reply {
        let plain = author.is_empty()
            || ["owner", "business", "company", "seller", "manufacturer", "developer"]
                .iter()
                .any(|w| author.to_lowercase().starts_with(w));
        return match () {
            () if unofficial || fresh || imitates(company, author) => Role::SaysCompany,
            () if plain || company.is_named_in(author) || !company.is_known() && author != "OP" => {
                Role::Company
            }
            () => Role::Stranger,
        };
    }
    if unofficial {
        return if is_company_desk(author, company) && !said.to_lowercase().contains("not an employee") {
            Role::SaysCompany
        } else {
            Role::Stranger
        };
    }
    if let Some(handle) = handle {
        return match company.owner_of_handle(handle) {
            Owner::Own if !fresh => Role::Company,
            Owner::Own | Owner::LookAlike => Role::SaysCompany,
            Owner::Other
                if imitates(company, author)
                    // `Post Sprint Care` for Postsprint, too.
                    || (company.is_named_in(author) || company.is_named_in(&author.replace(' ', "")))
                        && is_desk(author) =>
            {
                Role::SaysCompany
            }
            Owner::Other => Role::Stranger,
        };
    }
    if imitates(company, author) {
        return Role::SaysCompany;
    }
    if OFFICIAL.is_match(said.strip_prefix(author).unwrap_or(said)) && !fresh {
        return Role::Employee;
    }
    if company.is_named_in(author) {
        // The name alone, as the company's own account bears it; a desk or title beside it is anybody's to write.
        let bare = company.is_only_named_in(author, |word| word.eq_ignore_ascii_case("official"));
        return if bare && !fresh { Role::Company } else { Role::SaysCompany };
    }
    Role::Stranger
}
