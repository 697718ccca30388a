//! Plain text put in order: what a PDF or a text file breaks up is joined again before an outline is made of it.
//!
//! Two columns side by side become one after the other, headers and page numbers go, and lines that were folded at a width
//! become paragraphs, their hyphens taken out. A text whose lines are paragraphs already comes back as it was.

/// Lines longer than this were not folded.
const WIDEST: usize = 120;

/// Narrowest gap between two columns.
const GAP: usize = 3;

/// Returns the text with its lines joined to paragraphs.
#[must_use]
pub fn tidy(text: &str) -> String {
    let lines: Vec<String> = text.split(['\n', '\u{c}']).map(|line| line.trim_end().to_owned()).collect();
    let lines = without_furniture(side_by_side(lines));
    joined(&lines)
}

/// Puts two columns one after the other, page by page.
fn side_by_side(lines: Vec<String>) -> Vec<String> {
    let Some(gutter) = gutter(&lines) else { return lines };
    let (mut out, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    let turn = |out: &mut Vec<String>, left: &mut Vec<String>, right: &mut Vec<String>| {
        // A paragraph may go on at the head of the second column.
        while left.last().is_some_and(String::is_empty)
            && right.first().is_some_and(|line| line.starts_with(|c: char| c.is_lowercase() || c == '('))
        {
            left.pop();
        }
        out.append(left);
        out.append(right);
    };
    for line in lines {
        let letters: Vec<char> = line.chars().collect();
        let parted = letters.len() > gutter && letters[gutter - 2..gutter].iter().all(|c| *c == ' ');
        if is_page_number(&line) || !parted && letters.len() > gutter {
            turn(&mut out, &mut left, &mut right);
            out.push(line);
            continue;
        }
        let cut = gutter.min(letters.len());
        left.push(letters[..cut].iter().collect::<String>().trim_end().to_owned());
        right.push(letters[cut..].iter().collect::<String>().trim().to_owned());
    }
    turn(&mut out, &mut left, &mut right);
    out
}

/// Where the second column begins, if there are two.
fn gutter(lines: &[String]) -> Option<usize> {
    let mut starts = std::collections::BTreeMap::<usize, usize>::new();
    // Rows of a table go over both columns.
    let lines = || lines.iter().filter(|line| !is_row(line));
    for line in lines() {
        let mut spaces = 0;
        let mut inside = false;
        for (at, letter) in line.chars().enumerate().take(WIDEST) {
            if letter == ' ' {
                spaces += 1;
                continue;
            }
            if inside && spaces >= GAP && at > 20 {
                *starts.entry(at).or_default() += 1;
            }
            (spaces, inside) = (0, true);
        }
    }
    let (&at, &count) = starts.iter().max_by_key(|&(_, count)| *count)?;
    let long = lines().filter(|line| line.chars().count() > at).count();
    (count >= 3 && count * 10 >= long * 7).then_some(at)
}

/// Whether a line is the number of a page.
fn is_page_number(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    if line.is_empty() || line.len() > 80 {
        return false;
    }
    let bare = line.trim_matches(|c: char| matches!(c, '-' | '–' | '|' | ' '));
    let number = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    if number(bare) {
        return true;
    }
    let mut words = bare.split([' ', '/', '|', ',']).filter(|word| !word.is_empty()).rev();
    let Some(last) = words.next() else { return false };
    let before = words.next().unwrap_or("");
    let named = |word: &str| matches!(word, "page" | "seite" | "pagina" | "página" | "p." | "p");
    number(last)
        && (named(before)
            || matches!(before, "of" | "von" | "sur" | "de" | "van" | "di")
                && words.next().is_some_and(number)
                && words.next().is_some_and(named))
}

/// Leaves out the numbers of pages and the lines beside them that every page repeats.
fn without_furniture(lines: Vec<String>) -> Vec<String> {
    let spelled = |line: &str| line.trim().chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let numbers: Vec<bool> = lines.iter().map(|line| is_page_number(line)).collect();
    let named = |at: usize| lines[at].trim().len() > 3;
    if numbers.iter().filter(|number| **number).count() < 2
        && !(0..lines.len()).any(|at| numbers[at] && named(at))
    {
        return lines;
    }
    let mut beside = std::collections::HashMap::<String, usize>::new();
    for at in (0..lines.len()).filter(|&at| numbers[at]) {
        for near in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
            if let Some(line) = lines.get(near).filter(|line| !line.trim().is_empty()) {
                *beside.entry(spelled(line)).or_default() += 1;
            }
        }
    }
    let mut out: Vec<String> = Vec::new();
    let mut broken = false;
    for (at, line) in lines.into_iter().enumerate() {
        if numbers[at] || !line.trim().is_empty() && beside.get(&spelled(&line)).is_some_and(|&n| n > 1) {
            broken = true;
            continue;
        }
        if broken {
            if line.trim().is_empty() {
                continue;
            }
            // A sentence that goes on over the page is not parted.
            let goes_on = line.trim_start().starts_with(char::is_lowercase);
            while goes_on && out.last().is_some_and(|last| last.trim().is_empty()) {
                out.pop();
            }
            if !goes_on && out.last().is_some_and(|last| !last.trim().is_empty()) {
                out.push(String::new());
            }
            broken = false;
        }
        out.push(line);
    }
    out
}

/// Joins lines that were folded at a width: those after which the next word would not have fitted.
fn joined(lines: &[String]) -> String {
    let text = || lines.iter().filter(|line| !is_row(line));
    let width = text().map(|line| line.chars().count()).max().unwrap_or(0);
    let long = text().filter(|line| line.chars().count() * 4 > width * 3).count();
    let full = text().filter(|line| !line.trim().is_empty()).count();
    if !(30..=WIDEST).contains(&width) || long * 4 < full {
        return lines.join("\n");
    }
    let folds = |length: usize, word: &str| length + 1 + word.chars().count() > width;
    let mut out = String::new();
    let mut glued = false;
    for (at, line) in lines.iter().enumerate() {
        out.push_str(if glued { line.trim_start() } else { line });
        let Some(next) = lines.get(at + 1) else { break };
        let length = line.chars().count();
        let word = next.split_whitespace().next().unwrap_or("");
        let parted =
            line.trim().is_empty() || word.is_empty() || begins(next) || is_row(line) || is_row(next);
        let hyphen = line.strip_suffix('-').is_some_and(|rest| rest.ends_with(char::is_lowercase))
            && next.trim_start().starts_with(char::is_lowercase);
        if !parted && hyphen && length * 4 > width * 3 {
            out.pop();
            glued = true;
            continue;
        }
        // An address that fills its line is broken without a mark.
        let address =
            !line.contains(' ') && (line.contains('@') || line.contains("://") || line.starts_with("www."));
        if !parted && address && length == width && next.starts_with(|c: char| c.is_lowercase() || c == '/') {
            glued = true;
            continue;
        }
        glued = !parted && (folds(length, word) || length * 2 > width && goes_on(line, next));
        out.push(if glued { ' ' } else { '\n' });
    }
    out
}

/// Whether a line plainly goes on with the one before, which no stop ends: by a small letter or a bracket.
fn goes_on(line: &str, next: &str) -> bool {
    !line.ends_with(['.', ':', ';', '!', '?', '|'])
        && next.trim_start().starts_with(|c: char| c.is_lowercase() || c == '(')
}

/// Whether a line is a row of a table.
fn is_row(line: &str) -> bool {
    line.contains(" | ") || line.trim_end().contains('\t')
}

/// Whether a line begins something of its own: an item, a number.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=2).contains(&digits) && line[digits..].starts_with(['.', ')']);
    // `Artikel 4.`, `Stage 2:`
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
    let labelled = word.starts_with(char::is_uppercase)
        && word.chars().all(char::is_alphabetic)
        && (1..=2).contains(&figures)
        && rest[figures..].starts_with(['.', ':', ')']);
    numbered || labelled || line.starts_with(['-', '•', '*', '–', '▪', '●', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_that_are_lines_stay_as_they_are() {
        let text = "Complaints\n\nStage 1\nWrite to us. We answer within ten working days of the day on which your letter reaches us at \
                    our office, and you will be told who looks into it.\n- one\n- two\n";
        assert_eq!(tidy(text), text);
    }

    #[test]
    fn folded_lines_are_joined_and_hyphens_and_page_numbers_go() {
        let folded = "You may ask us for a second look at the answer within twenty work-\ning days of our letter, and \
                      somebody who was not involved will\nlook at it.\n\nAcme  |  Version 2\nPage 1\n\nAcme  |  Version 2\nPage 2\n";
        assert!(tidy(folded).starts_with(
            "You may ask us for a second look at the answer within twenty working days of our letter, and somebody who was not \
             involved will look at it."
        ));
        assert!(!tidy(folded).contains("Page"));
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let left = [
            "We want to put things right for",
            "you. Tell us what has gone wrong",
            "and we will look into it quickly",
            "and fairly. Our staff have been",
            "trained to listen to you and to",
            "act on what you say to them all.",
        ];
        let right = [
            "If our answer does not satisfy",
            "you, ask for a review. Another",
            "manager will look at your case",
            "and write to you with a final",
            "answer within twenty working",
            "days of the day on which you asked.",
        ];
        let page: Vec<String> = left.iter().zip(right).map(|(a, b)| format!("{a:40}{b}")).collect();
        let tidied = tidy(&page.join("\n"));
        let place = |part: &str| tidied.find(part).unwrap_or_else(|| panic!("{part} in {tidied}"));
        assert!(place("act on what you say") < place("If our answer"));
    }

    #[test]
    fn nothing_makes_it_panic() {
        for text in ["", "\n\n", "é".repeat(90).as_str(), "1\n2\n3", "a  b\n".repeat(9).as_str()] {
            let _ = tidy(text);
        }
    }
}
