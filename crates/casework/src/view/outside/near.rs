//! How near a body outside is to the matter, looked at by itself: its trade, its country, what it takes.

use atlas::Question;
use atlas::record::Body;
use atlas::words::{Kind, MoneyKind, Need, Remedy, Sector, Topic};

use super::look::Look;

impl Look<'_, '_> {
    /// Returns whether a court is the one for claims of this size and place.
    pub(super) fn is_this_court(&self, body: &Body) -> bool {
        let across = body.country == "EU";
        let elsewhere = self.question.region.is_none() && !body.regions.is_empty();
        !elsewhere && (!across || self.abroad) && !self.is_above_its_limits(body)
    }

    /// Returns whether the amount in dispute is beyond every cap, or below the floor, for claims to a body.
    pub(super) fn is_above_its_limits(&self, body: &Body) -> bool {
        let Some((amount, currency)) = &self.question.amount else { return false };
        let now = self.question.now;
        let in_force = body.money.iter().filter(|money| {
            money.currency == *currency
                && money.since.is_none_or(|first| first <= now)
                && money.until.is_none_or(|last| now <= last)
        });
        let cap = in_force
            .clone()
            .filter(|money| money.kind == MoneyKind::ClaimCap)
            .map(|money| money.amount)
            .max();
        let floor =
            in_force.filter(|money| money.kind == MoneyKind::ClaimFloor).map(|money| money.amount).max();
        cap.is_some_and(|cap| *amount > cap) || floor.is_some_and(|floor| *amount < floor)
    }

    /// Returns how near a body is to the matter; `None` where it is none for this case.
    pub(super) fn tier(&self, body: &Body) -> Option<u8> {
        let sector = self.question.sector;
        let of_trade =
            sector.is_some_and(|sector| sector != Sector::General && body.sectors.contains(&sector));
        let told = self.is_told(body);
        if self.question.topic == Some(Topic::DataBreach) {
            if body.sectors.contains(&Sector::Privacy)
                && body.single_cases != Some(false)
                && body.country != "US"
            {
                // Where two authorities part the trades between them, one of them is meant.
                if self.is_of_other_kind(body) && !told {
                    return Some(7);
                }
                return Some(if matches!(body.kind, Kind::Regulator) { 0 } else { 3 });
            }
        } else if body.sectors.contains(&Sector::Privacy) && !of_trade {
            return None;
        }
        if !body.regions.is_empty() && self.question.region.is_none() {
            return None;
        }
        let across = body.id.ends_with("-ecc") || body.id == "eu-ecc-net";
        if across {
            let home = self.question.country.code();
            let has_own = self.atlas.head(&format!("{}-ecc", home.to_lowercase())).is_some();
            return (self.abroad && (body.country == home || !has_own)).then_some(0);
        }
        if body.country == "EU" && !told {
            return None;
        }
        if body.kind == Kind::SelfRegulator && !(of_trade && body.sectors.contains(&Sector::Air)) {
            return Some(6);
        }
        // A scheme for one kind of company is none for another; where the kind is not known, others go before.
        let unlike = self.is_unlike(body) && !told;
        let voluntary = body.needs.iter().flatten().any(|need| *need == Need::Membership)
            && !crate::aims::is_compulsory(sector, self.question.country)
            && !told;
        // Where the company itself sends the customer to one body, its word goes before what the words of the case suggest.
        let unmeant = self.is_of_other_kind(body) && !(told && self.tells_of_no_other(body));
        if voluntary || unmeant || self.leaves_this_out(body) {
            return Some(7);
        }
        let tier = match body.kind {
            Kind::Adr | Kind::Ombudsman | Kind::SelfRegulator if of_trade => 1,
            Kind::Regulator if of_trade => 2,
            Kind::ConsumerAgency
                if of_trade && body.single_cases == Some(true) && does_more_than_advise(body) =>
            {
                3
            }
            Kind::Adr | Kind::Ombudsman if told => 1,
            Kind::Adr | Kind::Ombudsman => 4,
            _ if told => 3,
            _ => 5,
        };
        let tier = if crate::aims::is_late(&body.id) { 3 } else { tier };
        let tier = if crate::aims::is_made_for(&body.id, self.question.topic) { 0 } else { tier };
        // The one scheme of the trade that the company names goes before those that are only made for such a matter.
        let named = told && of_trade && !crate::aims::is_late(&body.id) && self.tells_of_no_other(body);
        let tier = if named { 0 } else { tier };
        Some(if unlike { tier.max(4) } else { tier })
    }

    /// Returns whether a body of the trade deals with one kind of company only, and it is not known of what kind this one is.
    pub(super) fn is_unlike(&self, body: &Body) -> bool {
        let of_trade = self.question.sector.is_some_and(|sector| body.sectors.contains(&sector));
        of_trade && !body.eligibility.company_types.is_empty() && self.question.company_type.is_none()
    }

    /// Returns whether the words of the case tell that this is the body of another kind of the trade.
    fn is_of_other_kind(&self, body: &Body) -> bool {
        let words = self.words.iter().copied().chain([self.state.facts.company.as_str()]);
        let (sector, region) = (self.question.sector, self.question.region.as_deref());
        !crate::aims::fits(&body.id, sector, self.question.topic, &words)
            || !crate::aims::is_for_region(&body.id, sector, region)
    }

    /// Returns whether a body says of itself that it does not take what the problem is about.
    fn leaves_this_out(&self, body: &Body) -> bool {
        self.state.facts.what.as_deref().is_some_and(|what| leaves_out(body, what))
    }

    /// Returns whether the company, or a body, names this one and no other that settles cases of the trade.
    fn tells_of_no_other(&self, body: &Body) -> bool {
        let settles = |other: &&Body| matches!(other.kind, Kind::Adr | Kind::Ombudsman);
        let of_trade =
            |other: &&Body| self.question.sector.is_none_or(|sector| other.sectors.contains(&sector));
        let others = self.atlas.bodies_in(self.question.country, self.question.region.as_deref());
        settles(&body)
            && !others
                .into_iter()
                .filter(settles)
                .filter(of_trade)
                .any(|other| other.id != body.id && self.is_told(other))
    }

    /// Returns whether a body is there for such a company, or such a matter, before others of its trade.
    pub(super) fn is_made_for(&self, body: &Body) -> bool {
        let of_kind =
            self.question.company_type.is_some_and(|kind| body.eligibility.company_types.contains(&kind));
        let meant = !self.is_of_other_kind(body) && !self.leaves_this_out(body);
        of_kind || crate::aims::asks_for_words(&body.id) && meant
    }
}

/// Returns whether a body deals with whatever trade: nobody is sent to the water ombudsman while the trade is not known.
pub(super) fn is_for_any_trade(body: &Body, question: &Question) -> bool {
    body.kind == Kind::Court
        || body.sectors.is_empty()
        || body.sectors.contains(&Sector::General)
        || question.topic == Some(Topic::DataBreach) && body.sectors.contains(&Sector::Privacy)
}

/// Returns whether an agency takes a case up, rather than giving advice or passing a note on.
pub(super) fn does_more_than_advise(body: &Body) -> bool {
    body.remedies.is_empty()
        || body.remedies.iter().any(|remedy| !matches!(remedy, Remedy::Advice | Remedy::Answer))
}

/// Returns whether a body says that it does not take what a problem is about: `penalty fares` where a penalty fare is told of.
/// Single words, such as `debts`, may stand for much else.
fn leaves_out(body: &Body, what: &str) -> bool {
    let what = what.to_lowercase();
    body.eligibility.excludes.iter().any(|excluded| {
        let excluded = excluded.split([':', '(']).next().unwrap_or_default().trim().to_lowercase();
        excluded.contains(' ') && what.contains(excluded.trim_end_matches('s'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_body_leaves_out_is_not_its_matter() {
        let rail = atlas::Atlas::builtin().body("gb-rail-ombudsman").unwrap();
        assert!(leaves_out(rail, "A penalty fare though the machine was broken"));
        assert!(!leaves_out(rail, "Delay claim refused"));
        // One word says too little.
        let court = atlas::Atlas::builtin().body("ie-small-claims").unwrap();
        assert!(!leaves_out(court, "They owe me money, and speak of debts of mine"));
    }
}
