//! Lists of wordings: a text of sections, each the alternatives of one pattern.
//!
//! `[name]` opens a section, a line that is neither empty nor begins with `#` is one wording. `[name, whole words]` takes them as whole words only;
//! a wording without a letter (a sign) counts wherever it stands.

use regex::Regex;

/// Makes the pattern of one section.
///
/// # Panics
/// Where the section is not there or holds no pattern: lists are part of the program, and a test reads each.
pub(super) fn section(text: &str, name: &str) -> Regex {
    sections(text).find(|(found, _)| *found == name).expect("the section is part of the program").1
}

/// Makes the patterns of all sections, in their order.
pub(super) fn sections(text: &str) -> impl Iterator<Item = (&str, Regex)> {
    // What stands before the first `[` explains the list.
    text.split("\n[").skip(1).map(|section| {
        let (head, words) = section.split_once("]\n").expect("a section has a name");
        let lines = words.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        match head.strip_suffix(", whole words") {
            Some(name) => (name, whole(lines)),
            None => (head, pattern(&lines.collect::<Vec<_>>().join("|"))),
        }
    })
}

/// Takes wordings as whole words, and signs as they are.
fn whole<'a>(lines: impl Iterator<Item = &'a str>) -> Regex {
    let (words, signs): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.contains(char::is_alphabetic));
    let words = format!(r"\b(?:{})\b", words.join("|"));
    pattern(&std::iter::once(words.as_str()).chain(signs).collect::<Vec<_>>().join("|"))
}

fn pattern(alternatives: &str) -> Regex {
    super::rx(&format!("(?i){alternatives}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str =
        "# What it is.\n\n[desk]\n# English\nhelp ?desk\n\nhilfe\\w*\n\n[mark, whole words]\nstaff\n✔\n";

    #[test]
    fn a_section_is_the_alternatives_of_its_lines() {
        let desk = section(LIST, "desk");
        assert!(desk.is_match("the Helpdesk") && desk.is_match("Hilfestelle"));
        assert!(!desk.is_match("English"), "what explains is no wording");
    }

    #[test]
    fn whole_words_count_as_such_and_signs_anywhere() {
        let mark = section(LIST, "mark");
        assert!(mark.is_match("staff") && mark.is_match("Mia✔"));
        assert!(!mark.is_match("staffing"));
    }

    #[test]
    fn sections_come_in_their_order() {
        assert_eq!(sections(LIST).map(|(name, _)| name).collect::<Vec<_>>(), ["desk", "mark"]);
    }
}
