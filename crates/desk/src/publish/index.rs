//! The search index of a published site: small files by the beginning of words.
//!
//! Every word of a company's names leads to a piece that holds all words with one beginning; a piece that grows too large
//! is parted by one more letter. The browser loads the list of pieces, then the one or few that the words typed need, so a
//! search costs a few kilobytes whatever the size of the directory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use store::names;
use store::sort::Sorter;

use super::Listed;

/// The most companies of one piece, unless all their words are the same.
const PIECE: usize = 800;
/// The longest beginning by which pieces are parted, in letters.
const DEEPEST: usize = 12;
/// The most words of one company that lead to it.
const MOST_WORDS: usize = 24;
/// The most companies that are listed for one and the same word.
const MOST_OF_WORD: usize = 4_000;

/// An index being built.
pub(super) struct Index {
    words: Sorter,
}

/// A line of a piece: the word, and the company it leads to.
#[derive(Clone, Deserialize, Serialize)]
struct Line {
    word: String,
    name: String,
    domain: String,
    path: String,
}

impl Index {
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        Ok(Self { words: Sorter::new(folder)? })
    }

    /// Adds the words of a company.
    pub(super) fn add(&mut self, listed: &Listed) -> io::Result<()> {
        let words: BTreeSet<String> = listed
            .words
            .iter()
            .flat_map(|name| names::fold(name).split(' ').map(str::to_owned).collect::<Vec<_>>())
            .filter(|word| !word.is_empty())
            .take(MOST_WORDS)
            .collect();
        for word in words {
            let line = Line {
                word: word.clone(),
                name: listed.name.clone(),
                domain: listed.domain.clone().unwrap_or_default(),
                path: listed.path.clone(),
            };
            self.words.push(word.into_bytes(), serde_json::to_vec(&line)?)?;
        }
        Ok(())
    }

    /// Writes the pieces and the list of them; returns how many there are.
    pub(super) fn finish(self, folder: &Path) -> io::Result<u64> {
        let mut pieces: BTreeMap<String, String> = BTreeMap::new();
        let mut group: Vec<Line> = Vec::new();
        for pair in self.words.sorted()? {
            let (_, body) = pair?;
            let line: Line = serde_json::from_slice(&body)?;
            if group.first().is_some_and(|first| beginning(&first.word, 1) != beginning(&line.word, 1)) {
                part(std::mem::take(&mut group), 1, folder, &mut pieces)?;
            }
            group.push(line);
        }
        part(group, 1, folder, &mut pieces)?;
        fs::write(folder.join("pieces.json"), serde_json::to_vec(&pieces)?)?;
        Ok(pieces.len() as u64)
    }
}

/// Returns the first letters of a word.
fn beginning(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(at, _)| &word[..at])
}

/// Writes the lines of one beginning, parted where they are too many.
fn part(
    lines: Vec<Line>,
    letters: usize,
    folder: &Path,
    pieces: &mut BTreeMap<String, String>,
) -> io::Result<()> {
    let Some(first) = lines.first() else { return Ok(()) };
    if lines.len() > PIECE && letters < DEEPEST {
        let mut groups: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        for line in lines {
            groups.entry(beginning(&line.word, letters + 1).to_owned()).or_default().push(line);
        }
        if groups.len() > 1 || groups.keys().any(|start| start.chars().count() > letters) {
            for group in groups.into_values() {
                // A word that is no longer than the beginning is parted no further.
                let deeper = if beginning(&group[0].word, letters + 1).chars().count() > letters {
                    letters + 1
                } else {
                    DEEPEST
                };
                part(group, deeper, folder, pieces)?;
            }
            return Ok(());
        }
        return write(groups.into_values().flatten().collect(), folder, pieces);
    }
    let _ = first;
    write(lines, folder, pieces)
}

/// Writes a piece under the beginning that all its words share.
fn write(mut lines: Vec<Line>, folder: &Path, pieces: &mut BTreeMap<String, String>) -> io::Result<()> {
    let Some(first) = lines.first().map(|line| line.word.clone()) else { return Ok(()) };
    let shared = lines.iter().fold(first.as_str(), |shared, line| {
        let same = shared.char_indices().zip(line.word.chars()).take_while(|((_, a), b)| a == b).count();
        beginning(shared, same)
    });
    let shared = shared.to_owned();
    lines.sort_by(|a, b| {
        (&a.word, a.name.len(), &a.name, &a.path).cmp(&(&b.word, b.name.len(), &b.name, &b.path))
    });
    lines.truncate(MOST_OF_WORD);
    let rows: Vec<[&str; 4]> =
        lines.iter().map(|line| [line.word.as_str(), &line.name, &line.domain, &line.path]).collect();
    let file = format!("{}.json", pieces.len());
    fs::write(folder.join(&file), serde_json::to_vec(&rows)?)?;
    // Two pieces may share a beginning where one of them is the bare word: the list tells them apart by a mark.
    let key = if pieces.contains_key(&shared) { format!("{shared} {}", pieces.len()) } else { shared };
    pieces.insert(key, file);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_a_piece_whose_beginning_it_bears() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::new(folder.path()).unwrap();
        for n in 0..3_000 {
            let name = format!("{} lamps {}", ["alpha", "alp", "beta", "b"][n % 4], n);
            let listed = Listed {
                words: vec![name.clone()],
                name,
                domain: None,
                path: format!("c/{n}.html"),
                contacts: 1,
            };
            index.add(&listed).unwrap();
        }
        let to = folder.path().join("search");
        fs::create_dir(&to).unwrap();
        let count = index.finish(&to).unwrap();
        let pieces: BTreeMap<String, String> =
            serde_json::from_slice(&fs::read(to.join("pieces.json")).unwrap()).unwrap();
        assert_eq!(pieces.len() as u64, count);
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for (beginning, file) in &pieces {
            let rows: Vec<[String; 4]> = serde_json::from_slice(&fs::read(to.join(file)).unwrap()).unwrap();
            let beginning = beginning.split(' ').next().unwrap();
            for [word, ..] in rows {
                assert!(word.starts_with(beginning), "{word} in {beginning}");
                *found.entry(word).or_default() += 1;
            }
        }
        assert_eq!(found["lamps"], 3_000, "one word of all is in one piece");
        assert_eq!((found["alp"], found["alpha"], found["2999"]), (750, 750, 1));
    }
}
