//! How a company answers those who write of it: how many of them, and after how many days.
//!
//! Counted from what the saved page holds, which is a part of what the site has; what the site itself counts stands beside
//! it in the profile. Only messages that the site marks as the company's are answers.

use jiff::civil::Date;

use super::Document;
use crate::post::thread::Role;

/// How a company answers on one saved page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Responses {
    /// Messages of customers that the page holds.
    pub written: usize,
    /// How many of them the company answered there.
    pub answered: usize,
    /// Among those rated with one or two stars: how many there are.
    pub low: usize,
    /// Among those rated with one or two stars: how many it answered.
    pub low_answered: usize,
    /// Days until each answer whose days are both known, shortest first.
    pub days: Vec<u32>,
    /// The day of the last answer, as ISO 8601.
    pub last: Option<String>,
}

impl Responses {
    /// Returns the days until an answer in the middle of all, rounded down.
    #[must_use]
    pub fn median_days(&self) -> Option<u32> {
        self.days.get(self.days.len().checked_sub(1)? / 2).copied()
    }
}

/// Counts the answers of a document; `None` where it holds no customer that could be answered, or does not tell answers.
pub(super) fn of(document: &Document) -> Option<Responses> {
    let customers =
        |at: usize| document.written.get(at).filter(|w| matches!(w.role, Some(Role::Stranger | Role::Asker)));
    // A site that never says what answers what is no site of reviews.
    let tells = document.written.iter().any(|w| w.answers.is_some() || w.stars.is_some());
    if !tells {
        return None;
    }
    let day = |date: &Option<String>| date.as_deref()?.parse::<Date>().ok();
    let mut responses = Responses::default();
    let mut days = Vec::new();
    for at in 0..document.written.len() {
        // A customer who answers the company's answer is the same customer.
        let Some(customer) = customers(at).filter(|w| w.answers.is_none()) else { continue };
        let low = customer.stars.is_some_and(|stars| stars <= 2);
        responses.written += 1;
        responses.low += usize::from(low);
        let answer =
            document.written.iter().find(|w| w.answers == Some(at) && w.role.is_some_and(Role::is_official));
        let Some(answer) = answer else { continue };
        responses.answered += 1;
        responses.low_answered += usize::from(low);
        responses.last = responses.last.take().max(answer.date.clone());
        if let (Some(asked), Some(answered)) = (day(&customer.date), day(&answer.date)) {
            let between = asked.until(answered).map_or(-1, |span| span.get_days());
            days.extend(u32::try_from(between).ok());
        }
    }
    days.sort_unstable();
    responses.days = days;
    (responses.written > 0).then_some(responses)
}

#[cfg(test)]
mod tests {
    use super::super::Saying;
    use super::*;

    #[test]
    fn answers_are_counted_with_their_days_and_a_rebuttal_is_no_second_customer() {
        let mut document = Document::default();
        let review = |stars, date| Saying { stars, date, text: "late again", ..Saying::default() };
        let reply = |date| Some(Saying { date, text: "sorry", ..Saying::default() });
        document.review(review(Some(1), Some("2026-02-27")), reply(Some("2026-03-02")));
        document.review(review(Some(5), Some("2026-03-01")), None);
        document.review(review(Some(2), Some("2026-03-04")), reply(Some("2026-03-04")));
        document.review(review(Some(1), Some("2026-03")), reply(Some("2026-03-09")));
        document.add(Saying {
            role: Some(Role::Stranger),
            answers: Some(1),
            text: "still late",
            ..Saying::default()
        });
        let responses = document.responses().unwrap();
        let wanted = Responses {
            written: 4,
            answered: 3,
            low: 3,
            low_answered: 3,
            days: vec![0, 3],
            last: Some("2026-03-09".into()),
        };
        assert_eq!(responses, wanted);
        assert_eq!(responses.median_days(), Some(0));
    }

    #[test]
    fn a_thread_without_stars_or_answers_tells_nothing_of_them() {
        let mut document = Document::default();
        document.say("a", Some(Role::Stranger), "", None, "anyone?");
        assert_eq!(document.responses(), None);
    }
}
