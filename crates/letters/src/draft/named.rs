//! What is named already: a company in its address, a day in the words that tell of it; and an office as a sentence names it.

use jiff::civil::Date;

use super::language::{Convention, Language};

/// Returns whether a line of an address is a name, alone or with the form of the company behind it.
pub(super) fn names_the_same(line: &str, name: &str) -> bool {
    let (line, name) = (line.to_lowercase(), name.to_lowercase());
    let rest = line.strip_prefix(&name);
    rest.is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()) && rest.len() < 20)
}

/// Returns whether words name a day themselves: its number beside its month, in the language of the draft or in English, or in figures.
pub(super) fn told(words: Option<&str>, day: Date, convention: &Convention) -> bool {
    let words = words.unwrap_or_default().to_lowercase();
    let (number, month) = (day.day().to_string(), usize::from(day.month().unsigned_abs()) - 1);
    let tokens: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect();
    let is_number = |token: &str| {
        let digits = token.trim_end_matches(|c: char| c.is_alphabetic());
        digits.trim_start_matches('0') == number && token.len() - digits.len() <= 2
    };
    let months = [convention.months(), Language::En.convention().months()];
    let names: Vec<String> =
        months.into_iter().filter_map(|names| Some(names.get(month)?.to_lowercase())).collect();
    let is_month =
        |token: &str| names.iter().any(|name| name == token || token.len() == 3 && name.starts_with(token));
    let beside = tokens.iter().enumerate().filter(|(_, token)| is_number(token)).any(|(at, _)| {
        // "4 March", "4th of March", "March 4"
        let near = at.saturating_sub(2)..(at + 3).min(tokens.len());
        tokens[near].iter().any(|token| is_month(token))
    });
    let figures = [day.to_string(), day.strftime("%d.%m.").to_string(), day.strftime("%-d.%-m.").to_string()];
    beside || figures.iter().any(|figure| words.contains(figure.as_str()))
}

/// Puts the article before the name of a body that takes one in a sentence: an office, service or authority.
pub(super) fn with_article(name: &str) -> String {
    const TAKE_IT: [&str; 21] = [
        "act",
        "agency",
        "authority",
        "board",
        "bureau",
        "centre",
        "center",
        "commission",
        "commissioner",
        "council",
        "court",
        "department",
        "code",
        "directive",
        "office",
        "regulations",
        "ombudsman",
        "scheme",
        "service",
        "services",
        "tribunal",
    ];
    let head = name.split([',', '(']).next().unwrap_or_default();
    let mut words = head.split_whitespace();
    let first = words.next().unwrap_or_default();
    let takes = |word: &str| TAKE_IT.contains(&word.to_lowercase().as_str());
    // "Department of Transportation" is named by what stands before its "of".
    let named = head.split(" of ").next().and_then(|part| part.split_whitespace().last());
    let last = words.last().unwrap_or(first);
    if !first.eq_ignore_ascii_case("the") && (takes(last) || named.is_some_and(takes)) {
        format!("the {name}")
    } else {
        name.to_owned()
    }
}

/// Puts the team of somebody into brackets, as a sentence names them: `Sam, billing` is `Sam (billing)`.
pub(super) fn with_team(who: &str) -> String {
    match who.split_once(", ") {
        Some((name, team)) if !team.contains([',', '(']) => format!("{name} ({})", team.trim()),
        _ => who.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_stands_in_brackets_behind_its_name() {
        for (who, said) in [("Sam, billing", "Sam (billing)"), ("Sam", "Sam"), ("A, B, C", "A, B, C")] {
            assert_eq!(with_team(who), said);
        }
    }

    #[test]
    fn a_day_is_told_by_its_number_and_month_or_in_figures() {
        let (day, english) = (jiff::civil::date(2026, 3, 4), Language::En.convention());
        for text in ["on 4 March", "March 4th", "the 4th of Mar", "am 4.3. und", "2026-03-04"] {
            assert!(told(Some(text), day, english), "{text}");
        }
        for text in ["in March", "on 14 March", "4 boxes", "on 4 May, a march"] {
            assert!(!told(Some(text), day, english), "{text}");
        }
    }

    #[test]
    fn an_office_takes_an_article_and_a_name_does_not() {
        for (name, said) in [
            ("Communications Ombudsman", "the Communications Ombudsman"),
            (
                "US Department of Transportation, Office of Aviation",
                "the US Department of Transportation, Office of Aviation",
            ),
            ("The Pensions Ombudsman", "The Pensions Ombudsman"),
            ("CISAS", "CISAS"),
            ("Citizens Advice", "Citizens Advice"),
        ] {
            assert_eq!(with_article(name), said);
        }
    }

    #[test]
    fn a_company_with_its_form_is_the_company() {
        assert!(names_the_same("Aster Air, Inc.", "Aster Air") && names_the_same("ASTER AIR", "Aster Air"));
        assert!(
            !names_the_same("Aster Airport Hotel", "Aster Air")
                && !names_the_same("1 Dock Road", "Aster Air")
        );
    }
}
