//! What a draft can do without where the writer asks for fewer words: never a fact that the matter hangs on.
//!
//! First what was said in earlier contacts, then what it means for the writer, then earlier contacts themselves, which are
//! told by their number; each from the oldest on, and last of all what was said in the last one. Whatever bears a figure, a
//! sum, a month or a reference stays, and so do the last contact itself, the story, the promises, what is asked for and by when.

use super::facts::Facts;

/// Words that name sums without a figure, in small letters and without their endings.
const MONEY: [&str; 8] = ["euro", "pound", "dollar", "pfund", "franken", "franc", "libra", "livre"];

/// Something that is left out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Cut {
    /// What was said in a step.
    Said(usize),
    /// What the matter means for the writer.
    Impact,
    /// A step as a whole.
    Step(usize),
}

/// What of the facts can be left out, in the order in which it is.
#[derive(Debug)]
pub(super) struct Cuts<'a> {
    facts: &'a Facts,
    cuts: Vec<Cut>,
}

impl<'a> Cuts<'a> {
    /// Looks through facts; `months` are the names of the months in the language of the draft.
    pub(super) fn of(facts: &'a Facts, months: &[String]) -> Self {
        let weighs = |text: &str| is_weighty(text, months);
        let earlier = facts.steps.len().saturating_sub(1);
        let before_last = || facts.steps.iter().take(earlier).enumerate();
        let said = facts.steps.iter().enumerate().filter(|(_, step)| !step.summary.trim().is_empty());
        let said = said.filter(|(_, step)| !weighs(&step.summary)).map(|(at, _)| Cut::Said(at));
        let (said, last): (Vec<Cut>, Vec<Cut>) = said.partition(|cut| *cut != Cut::Said(earlier));
        let impact = facts.problem.impact.as_deref().filter(|text| !weighs(text)).map(|_| Cut::Impact);
        let steps = before_last()
            .filter(|(_, step)| !step.complaint && step.reference.is_none() && !weighs(&step.summary));
        let steps = steps.map(|(at, _)| Cut::Step(at));
        Self { facts, cuts: said.into_iter().chain(impact).chain(steps).chain(last).collect() }
    }

    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.cuts.len()
    }

    /// Returns the facts without the first `count` of what can be left out, and how many steps that leaves out.
    pub(super) fn made(&self, count: usize) -> (Facts, usize) {
        let mut facts = self.facts.clone();
        let mut gone = vec![false; facts.steps.len()];
        for cut in self.cuts.iter().take(count) {
            match *cut {
                Cut::Said(at) => facts.steps[at].summary.clear(),
                Cut::Impact => facts.problem.impact = None,
                Cut::Step(at) => gone[at] = true,
            }
        }
        let earlier = gone.iter().filter(|gone| **gone).count();
        let mut gone = gone.into_iter();
        facts.steps.retain(|_| !gone.next().unwrap_or_default());
        (facts, earlier)
    }

    /// Says what the first `count` leave out.
    pub(super) fn told(&self, count: usize) -> Vec<String> {
        let cuts = &self.cuts[..count.min(self.cuts.len())];
        let steps = cuts.iter().filter(|cut| matches!(cut, Cut::Step(_))).count();
        let gone = |at: usize| cuts.contains(&Cut::Step(at));
        let said = cuts.iter().filter(|cut| matches!(cut, Cut::Said(at) if !gone(*at))).count();
        let contacts =
            |count: usize| if count == 1 { "1 contact".to_owned() } else { format!("{count} contacts") };
        let mut told = Vec::new();
        if said > 0 {
            told.push(format!("left out for its length: what was said in {}", contacts(said)));
        }
        if cuts.contains(&Cut::Impact) {
            told.push("left out for its length: what it means for you".to_owned());
        }
        if steps > 0 {
            told.push(format!("left out for its length: {}, told by their number only", contacts(steps)));
        }
        told
    }
}

/// Returns whether a text bears something that the matter may hang on.
fn is_weighty(text: &str, months: &[String]) -> bool {
    let lower = text.to_lowercase();
    text.chars().any(|c| c.is_numeric() || "£€$¥".contains(c))
        || MONEY.iter().any(|word| lower.contains(word))
        || lower
            .split(|c: char| !c.is_alphabetic())
            .any(|word| months.iter().any(|month| month.to_lowercase() == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_sums_and_months_weigh_and_plain_words_do_not() {
        let months = ["May".to_owned(), "March".to_owned()];
        for text in
            ["they owe me £20", "two hundred pounds", "promised it in March", "ticket AB-12", "by May"]
        {
            assert!(is_weighty(text, &months), "{text}");
        }
        for text in ["they said to wait", "he was kind", "maybe tomorrow", "a marching band"] {
            assert!(!is_weighty(text, &months), "{text}");
        }
    }
}
