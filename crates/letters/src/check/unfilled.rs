//! Blanks that nobody filled in: a question or a name of something between square brackets, as drafts and forms leave them.

use super::Mark;
use super::findings::named;
use crate::words;

/// The most characters of a blank.
const MOST: usize = 200;

/// Returns the marks of blanks.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|found| at + found) {
        at = open + 1;
        let Some(close) = text[at..].find([']', '[']).map(|found| at + found) else { break };
        // A bracket within brackets begins anew; words behind which an address stands are a link.
        if text[close..].starts_with(']') && !text[close + 1..].starts_with('(') && is_blank(&text[at..close])
        {
            marks.push(Mark { finding: named("unfilled"), start: open, end: close + 1, weight: 1 });
        }
        at = if text[close..].starts_with(']') { close + 1 } else { close };
    }
    marks
}

/// Returns whether words between brackets ask for something or stand for it.
fn is_blank(inside: &str) -> bool {
    let inside = inside.trim();
    if inside.chars().count() > MOST || inside.contains('\n') || !inside.chars().any(char::is_alphabetic) {
        return false;
    }
    let lower = inside.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    inside.contains('?') || words::stands_for_a_blank(first) && !inside.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_and_a_name_in_brackets_are_blanks_and_other_brackets_are_not() {
        for (text, quotes) in [
            ("Since [On which day did it begin?] it is broken", &["[On which day did it begin?]"][..]),
            ("by [By which day? Two weeks are usual].", &["[By which day? Two weeks are usual]"]),
            ("[Your name] and [DATE]", &["[Your name]", "[DATE]"]),
            ("[[¿Su nombre completo?]", &["[¿Su nombre completo?]"]),
            ("They wrote [sic] \"[...] we [the shop] are [1] sorry\" [EXTERNAL]", &[]),
            ("See [our page?](https://acme.example) and [order 55120]", &[]),
            ("an open [ bracket, and ] one", &[]),
            ("[", &[]),
        ] {
            let found: Vec<&str> = marks(text).iter().map(|mark| &text[mark.start..mark.end]).collect();
            assert_eq!(found, quotes, "{text}");
        }
    }
}
