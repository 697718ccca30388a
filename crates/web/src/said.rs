//! What the desk says in English, in the language of the pages: whole sentences with gaps, a data file a language.
//!
//! The desk answers every face alike and in English, and names the commands of the terminal where it tells what to do. The
//! English pages and the API have a file each for what they say in the place of those. A page that speaks another language looks a sentence up here; one
//! that is not written stays as it is, and is marked as English for whoever has it read aloud.

use serde::Deserialize;

use crate::texts::Lang;

/// How deep the words of a gap are looked up themselves.
const DEPTH: usize = 2;
/// What is shorter than this around its gaps says little.
const SHORT: usize = 14;
/// The longest text that is looked up.
const LONGEST: usize = 2000;

/// The sentences of a language.
#[derive(Debug, Default)]
pub(crate) struct Sayings(Vec<Saying>);

/// A sentence: the English pieces around its gaps, and what it is in the language.
#[derive(Debug)]
struct Saying {
    pieces: Vec<String>,
    to: String,
}

#[derive(Debug, Deserialize)]
struct File {
    said: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    en: String,
    #[serde(alias = "de")]
    to: String,
}

/// A piece of what was said.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Piece {
    /// In the language of the page.
    Ours(String),
    /// In English.
    English(String),
}

impl Sayings {
    /// Reads the files of a language: what the desk says, and what the atlas does. A test holds that they can be read.
    pub(crate) fn of(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::read(&[include_str!("../texts/said/en-pages.toml")]),
            Lang::De => Self::read(&[
                include_str!("../texts/said/de.toml"),
                include_str!("../texts/said/de-atlas.toml"),
                include_str!("../texts/said/de-playbooks.toml"),
            ]),
        }
    }

    /// Reads what the API says in the place of the desk: a program has no command line.
    pub(crate) fn of_api() -> Self {
        Self::read(&[include_str!("../texts/said/en-api.toml")])
    }

    fn read(texts: &[&str]) -> Self {
        let read = texts.iter().map(|text| toml::from_str::<File>(text).map(|file| file.said));
        let pairs: Vec<Pair> = read.flat_map(Result::unwrap_or_default).collect();
        let sayings = pairs
            .into_iter()
            .map(|pair| Saying { pieces: pair.en.split("{}").map(str::to_owned).collect(), to: pair.to });
        let mut sayings: Vec<Saying> = sayings.collect();
        // What says more in its own words is narrower, and is looked at first.
        sayings.sort_by_key(|saying| std::cmp::Reverse(saying.pieces.iter().map(String::len).sum::<usize>()));
        Self(sayings)
    }

    /// Returns a text as it is said here; as it is where nothing else is written for it.
    pub(crate) fn text(&self, english: &str) -> String {
        let pieces = self.pieces(english).into_iter().map(|piece| match piece {
            Piece::Ours(words) | Piece::English(words) => words,
        });
        pieces.collect::<Vec<_>>().join("; ")
    }

    /// Returns a text in the language, piece by piece as a semicolon parts it.
    pub(crate) fn pieces(&self, english: &str) -> Vec<Piece> {
        if let Some(whole) = self.whole(english, 0) {
            return vec![Piece::Ours(whole)];
        }
        let part = |part: &str| match self.whole(part, 0) {
            Some(ours) => Piece::Ours(ours),
            None => Piece::English(part.to_owned()),
        };
        english.split("; ").map(part).collect()
    }

    fn whole(&self, english: &str, depth: usize) -> Option<String> {
        let english = english.trim();
        if english.len() > LONGEST {
            return None;
        }
        let (saying, gaps) =
            self.0.iter().find_map(|saying| Some((saying, gaps(&saying.pieces, english)?)))?;
        let gaps = gaps.into_iter().map(|gap| {
            let known = (depth < DEPTH).then(|| self.whole(gap, depth + 1)).flatten();
            known.unwrap_or_else(|| gap.to_owned())
        });
        Some(filled(&saying.to, &gaps.collect::<Vec<_>>()))
    }
}

/// Returns what stands in the gaps, where a text is a sentence with these pieces.
fn gaps<'a>(pieces: &[String], text: &'a str) -> Option<Vec<&'a str>> {
    let (first, rest) = pieces.split_first()?;
    let Some((last, between)) = rest.split_last() else { return (text == first).then(Vec::new) };
    let mut text = text.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
    let mut gaps = Vec::new();
    for piece in between {
        let (gap, after) = text.split_once(piece.as_str())?;
        gaps.push(gap);
        text = after;
    }
    gaps.push(text);
    // A few letters at the end, as in `{} days`, are a sentence only with a single word before them.
    let short = first.is_empty() && pieces.iter().map(String::len).sum::<usize>() < SHORT;
    // What begins with a gap does not swallow the sentence before it.
    let swallows = first.is_empty() && gaps.first().is_some_and(|gap| gap.contains("; "));
    (!swallows && gaps.iter().all(|gap| !(gap.is_empty() || short && gap.contains(' ')))).then_some(gaps)
}

/// Fills the gaps of a sentence: `{}` the next one, `{2}` the second.
fn filled(to: &str, gaps: &[String]) -> String {
    let (mut text, mut rest, mut next) = (String::new(), to, 0);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((number, after)) = after.split_once('}') else { break };
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        text.push_str(before);
        text.push_str(gaps.get(at).map_or("", String::as_str));
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german(english: &str) -> Vec<Piece> {
        Sayings::of(Lang::De).pieces(english)
    }

    fn ours(text: &str) -> Piece {
        Piece::Ours(text.to_owned())
    }

    #[test]
    fn sentences_keep_what_stands_in_their_gaps_and_what_is_not_written_stays_english() {
        assert_eq!(german("the company had until 2026-03-04"), [ours("die Firma hatte Zeit bis 2026-03-04")]);
        assert_eq!(
            german("Acme has not answered: overdue since 2026-03-04"),
            [ours("Acme hat nicht geantwortet: überfällig seit 2026-03-04")]
        );
        assert_eq!(
            german("the company's own procedure: 8 weeks from 2026-03-04, ends on 2026-04-29"),
            [ours("das eigene Verfahren der Firma: 8 Wochen ab 2026-03-04, endet am 2026-04-29")]
        );
        assert_eq!(
            german("if that fails: a letter before action, then County Court"),
            [ours("wenn das nicht hilft: ein Brief vor der Klage, dann County Court")]
        );
        assert_eq!(
            german("no date was set, so answer now; something new"),
            [ours("es wurde kein Tag gesetzt: Antworten Sie jetzt"), Piece::English("something new".into())]
        );
        assert_eq!(
            german("the last day for a claim in County Court"),
            [ours("der letzte Tag für eine Klage (Gericht: County Court)")]
        );
        assert_eq!(
            german("the last day for a claim in Amtsgericht"),
            [ours("der letzte Tag für eine Klage beim Amtsgericht")]
        );
        assert_eq!(german("8 weeks"), [ours("8 Wochen")]);
        let whole = "it answers within eight weeks";
        assert_eq!(german(whole), [Piece::English(whole.into())]);
        assert!(matches!(german(&"x".repeat(5000))[..], [Piece::English(_)]));
    }

    #[test]
    fn every_sentence_is_written_once_and_each_gap_has_its_place() {
        let files = [
            include_str!("../texts/said/de.toml"),
            include_str!("../texts/said/de-atlas.toml"),
            include_str!("../texts/said/de-playbooks.toml"),
        ];
        let pairs = files.map(|text| toml::from_str::<File>(text).unwrap().said);
        let mut seen = std::collections::BTreeSet::new();
        for pair in pairs.iter().flatten() {
            assert!(seen.insert(&pair.en), "twice: {}", pair.en);
            let gaps = pair.en.matches("{}").count();
            // What stands in a command is of no use where there is none.
            let of_command = pair.en.contains("`upstairs ") || pair.en.contains("--");
            assert!(pair.to.matches('{').count() == gaps || of_command, "{}", pair.en);
            let numbered =
                (1..=gaps).all(|n| pair.to.contains(&format!("{{{n}}}")) || pair.to.contains("{}"));
            assert!(numbered || of_command, "{}", pair.to);
        }
    }

    #[test]
    fn what_the_desk_always_says_is_written() {
        let fixed = [desk::advise::NOT_LEGAL_ADVICE].into_iter().chain(desk::scam_check::NEVER_ASKED);
        for text in fixed {
            assert!(matches!(german(text)[..], [Piece::Ours(_)]), "{text}");
        }
    }

    /// Where the desk names commands of the terminal for its other faces: these modules serve the terminal alone.
    const OF_THE_TERMINAL: &[&str] = &[
        "archive.rs",
        "assistants",
        "batch",
        "directory",
        "gathered.rs",
        "publish",
        "read.rs",
        "database.rs",
        "starter.rs",
        "pack",
        "browser",
        "archive",
        "tests.rs",
        "rescue.rs",
    ];

    /// Returns every text of the code below a folder that names a command or a flag, with its gaps as `{}`.
    fn commands(folder: &std::path::Path) -> Vec<String> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if OF_THE_TERMINAL.contains(&name.as_str()) || name.ends_with("tests.rs") {
                continue;
            }
            if path.is_dir() {
                found.extend(commands(&path));
                continue;
            }
            let code = std::fs::read_to_string(&path).unwrap();
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = lines.collect::<Vec<_>>().join("\n").replace("\\\"", "\u{1}");
            for text in code.split('"').skip(1).step_by(2) {
                let flag =
                    text.split("--").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
                if !text.starts_with("--") && flag
                    || ["`upstairs ", "`case ", "(`-o "].iter().any(|command| text.contains(command))
                    || text.starts_with("--") && text.contains(' ')
                {
                    let mut gaps = String::new();
                    for (at, piece) in text.split('{').enumerate() {
                        let (gap, rest) =
                            if at == 0 { ("", piece) } else { piece.split_once('}').unwrap_or_default() };
                        let _ = gap;
                        gaps.push_str(if at == 0 { "" } else { "{}" });
                        gaps.push_str(rest);
                    }
                    found.push(gaps);
                }
            }
        }
        found
    }

    #[test]
    fn no_command_of_the_terminal_is_named_on_a_page_or_by_the_api() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut all: Vec<String> = ["desk/src", "store/src", "letters/src/draft"]
            .iter()
            .flat_map(|folder| commands(&root.join(folder)))
            .collect();
        // Comments of files, pieces of a command that a page never shows, and the end of a sentence that is held as a whole.
        all.retain(|text| !text.starts_with(['#', ';', '{']) && text != "-- ");
        all.push("there is no case `{}`; `upstairs case list` shows all".to_owned());
        all.push("`{}` is a private address; `--allow-host` allows one by name".to_owned());
        assert!(all.len() > 25, "{all:#?}");
        for (face, sayings) in
            [("pages", Sayings::of(Lang::En)), ("de", Sayings::of(Lang::De)), ("api", Sayings::of_api())]
        {
            let unsaid: Vec<&String> = all
                .iter()
                .filter(|text| {
                    let said = sayings.text(&text.replace("{}", "Acme"));
                    ["`upstairs ", "`case ", "`-o ", "--"].iter().any(|command| said.contains(command))
                })
                .collect();
            assert!(unsaid.is_empty(), "{face}: {unsaid:#?}");
        }
    }

    /// Gathers the texts below some keys of a data file.
    fn texts(value: &toml::Value, keys: &[&str], under: bool, found: &mut Vec<String>) {
        match value {
            toml::Value::String(text) if under => found.push(text.clone()),
            toml::Value::Array(all) => all.iter().for_each(|one| texts(one, keys, under, found)),
            toml::Value::Table(table) => {
                for (key, one) in table {
                    texts(one, keys, keys.contains(&key.as_str()), found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn what_the_atlas_and_the_playbooks_say_is_written_in_german() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let said = Sayings::of(Lang::De);
        let atlas =
            ["note", "first", "limit", "cost", "what", "excludes", "does", "missed", "company", "consumer"];
        let playbooks = ["title", "steps", "evidence"];
        let mut files = vec![(root.join("casework/data/playbooks.toml"), &playbooks[..])];
        for folder in ["atlas/data", "atlas/data/us"] {
            let entries = std::fs::read_dir(root.join(folder)).unwrap().flatten().map(|entry| entry.path());
            let data = entries.filter(|path| path.extension().is_some_and(|end| end == "toml"));
            files.extend(data.map(|path| (path, &atlas[..])));
        }
        let mut all = Vec::new();
        for (path, keys) in files {
            let mut table: toml::Value = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            // Calendars are no part of what the pages say.
            if let Some(table) = table.as_table_mut() {
                table.remove("calendar");
            }
            texts(&table, keys, false, &mut all);
        }
        all.sort();
        all.dedup();
        let unsaid: Vec<&String> = all
            .iter()
            .filter(|text| said.pieces(text).iter().any(|piece| matches!(piece, Piece::English(_))))
            .collect();
        // A new note may come before its translation: a few of them break nothing, and are marked as English.
        assert!(
            all.len() > 500 && unsaid.len() * 50 < all.len(),
            "{} of {}: {unsaid:#?}",
            unsaid.len(),
            all.len()
        );
    }
}
