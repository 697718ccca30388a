//! What is asked of the atlas: a complaint, reduced to what decides where it can go and by when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ladder::Country;

use crate::record::{Limit, Rule, When};
use crate::words::{ActingAs, Anchor, CompanyType, PaidBy, Sector, Topic};

/// The days that are known of a complaint.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Days(BTreeMap<Anchor, Date>);

impl Days {
    /// Sets a day.
    #[must_use]
    pub fn with(mut self, anchor: Anchor, day: Option<Date>) -> Self {
        if let Some(day) = day {
            self.0.insert(anchor, day);
        }
        self
    }

    /// Returns a day, and the anchor that it was given as.
    ///
    /// Where a day is not known, a near one may stand for it: what happened for the delivery, the purchase, the statement
    /// or the day the customer knew; the first complaint for a notice or a dispute. A final response stands for nothing
    /// else, and nothing for it.
    #[must_use]
    pub fn get(&self, anchor: Anchor) -> Option<(Date, Anchor)> {
        let stand_in = match anchor {
            Anchor::Delivery | Anchor::Purchase | Anchor::Statement | Anchor::Knowledge => {
                Some(Anchor::Event)
            }
            Anchor::Notice | Anchor::Dispute => Some(Anchor::FirstComplaint),
            _ => None,
        };
        [Some(anchor), stand_in]
            .into_iter()
            .flatten()
            .find_map(|anchor| Some((*self.0.get(&anchor)?, anchor)))
    }

    /// Returns a day that was given as such.
    #[must_use]
    pub fn exact(&self, anchor: Anchor) -> Option<Date> {
        self.0.get(&anchor).copied()
    }
}

/// A complaint, as far as the atlas needs to know it.
#[derive(Clone, Debug)]
pub struct Question {
    /// The country.
    pub country: Country,
    /// The state, province or part of the country (ISO 3166-2, second part).
    pub region: Option<String>,
    /// The trade; `None` for any.
    pub sector: Option<Sector>,
    /// What kind of company it is.
    pub company_type: Option<CompanyType>,
    /// As whom the customer complains.
    pub acting_as: ActingAs,
    /// What the problem is.
    pub topic: Option<Topic>,
    /// How it was paid.
    pub paid_by: Option<PaidBy>,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// How much is in dispute, in whole units, and the currency.
    pub amount: Option<(u64, String)>,
    /// The days that are known.
    pub days: Days,
    /// Today.
    pub now: Date,
}

impl Question {
    /// Asks for a country, as a consumer, with nothing else known.
    #[must_use]
    pub fn new(country: Country, now: Date) -> Self {
        Self {
            country,
            region: None,
            sector: None,
            company_type: None,
            acting_as: ActingAs::Consumer,
            topic: None,
            paid_by: None,
            urgent: false,
            amount: None,
            days: Days::default(),
            now,
        }
    }

    /// Returns the first rule that holds for this complaint.
    #[must_use]
    pub fn choose<'a>(&self, rules: &'a [Rule]) -> Option<&'a Rule> {
        rules.iter().find(|rule| self.fits(rule))
    }

    /// Returns whether a rule holds for this complaint. A condition that the question leaves open does not hold.
    #[must_use]
    pub fn fits(&self, rule: &Rule) -> bool {
        let When { sectors, company_types, acting_as, topics, pays, regions, urgent, .. } = &rule.when;
        let within =
            |list: &[String], of: Option<&String>| list.is_empty() || of.is_some_and(|of| list.contains(of));
        holds(sectors, self.sector)
            && holds(company_types, self.company_type)
            && holds(acting_as, Some(self.acting_as))
            && holds(topics, self.topic)
            && holds(pays, self.paid_by)
            && within(regions, self.region.as_ref())
            && urgent.is_none_or(|urgent| urgent == self.urgent)
            && self.is_valid(rule)
    }

    /// Returns whether the day that decides lies within the validity of a rule; today decides where that day is not known.
    fn is_valid(&self, rule: &Rule) -> bool {
        let own = if let Limit::Span(span) = &rule.limit { Some(span.from) } else { None };
        let day = rule.when.dated_by.or(own).and_then(|anchor| self.days.get(anchor));
        lies_within(day.map_or(self.now, |(day, _)| day), rule.when.since, rule.when.until)
    }
}

/// Returns whether an open list, or a list with this word, holds.
fn holds<T: PartialEq>(list: &[T], word: Option<T>) -> bool {
    list.is_empty() || word.is_some_and(|word| list.contains(&word))
}

/// Returns whether a day lies within a validity.
pub(crate) fn lies_within(day: Date, since: Option<Date>, until: Option<Date>) -> bool {
    since.is_none_or(|first| day >= first) && until.is_none_or(|last| day <= last)
}
