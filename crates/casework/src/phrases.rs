//! Cues: words in the log that tell what its kind alone does not, in the languages of the atlas.
//!
//! A cue decides only what nothing else tells: whether an offer was taken, whether a firm says that it closed the matter,
//! whether an agent lacks the power. The words are data (`data/phrases.toml`); a kind in the log always goes before a cue.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use atlas::words::Topic;
use serde::Deserialize;

use crate::words::Urgency;

/// The words of a cue, by language.
type Words = BTreeMap<String, Vec<String>>;

/// The cues, by what they tell.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    accepts: Words,
    accepts_not: Words,
    denies: Words,
    content: Words,
    closes: Words,
    harm: Words,
    gone: Words,
    reminds: Words,
    about_offer: Words,
    formal: Words,
    complains: Words,
    says_complaint: Words,
    says_complaint_not: Words,
    lacks_power: Words,
    no_scheme: Words,
    cannot_take: Words,
    against: Words,
    too_early: Words,
    filed: Words,
    attempted: Words,
    to_accept_by: Words,
    filed_not: Words,
    insolvent: Words,
    asks_for_data: Words,
    asks_for_access: Words,
    data: Words,
    not_paid: Words,
    not_paid_not: Words,
    in_kind: Words,
    in_kind_not: Words,
    tells_of_tries: Words,
    vague: Words,
    wishes: Words,
    told_no_scheme: Words,
    many_affected: Words,
    dangerous: Words,
    tells_of_harm: Words,
    tells_of_money: Words,
    trade: Words,
    /// Names of countries and of their people, by the code of the country.
    europe: BTreeMap<String, Vec<String>>,
    /// Endings of the names of firms, with the countries where they are used.
    forms: BTreeMap<String, Vec<String>>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    // A test reads the file, so an empty table cannot slip through.
    toml::from_str(include_str!("../data/phrases.toml")).unwrap_or_default()
});

/// The most words of a text that only tells of anger.
const FEW: usize = 9;

/// Returns whether a text holds one of the cues, at the beginning of a word and in any letter case.
fn holds(text: &str, cues: &Words) -> bool {
    let lower = text.to_lowercase();
    cues.values().flatten().any(|cue| begins_a_word(&lower, cue))
}

fn begins_a_word(lower: &str, cue: &str) -> bool {
    lower
        .match_indices(cue)
        .any(|(at, _)| !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// The customer takes an offer.
pub(crate) fn accepts(text: &str) -> bool {
    !holds(text, &CUES.accepts_not) && holds(&format!("{text} "), &CUES.accepts)
}

/// The customer says that it is not right, or asks.
pub(crate) fn denies(text: &str) -> bool {
    text.contains('?') || holds(&format!("{text} "), &CUES.denies)
}

/// The customer is content.
pub(crate) fn content(text: &str) -> bool {
    !denies(text) && holds(text, &CUES.content)
}

/// Tells from the customer's words why a matter cannot take its time: somebody may come to harm, or what one cannot live without is
/// gone.
#[must_use]
pub fn urgency(text: &str, topic: Option<Topic>) -> Option<Urgency> {
    if holds(text, &CUES.harm) {
        Some(Urgency::HealthSafety)
    } else if topic == Some(Topic::Disconnection) || holds(text, &CUES.gone) {
        Some(Urgency::ServiceEssential)
    } else {
        None
    }
}

/// The customer's words only remind.
pub(crate) fn reminds(text: &str) -> bool {
    !holds(text, &CUES.about_offer) && holds(text, &CUES.reminds)
}

/// The matter is before a court already.
pub(crate) fn filed(text: &str) -> bool {
    !holds(text, &CUES.filed_not) && holds(text, &CUES.filed)
}

/// An offer names the day until which one may say yes.
pub(crate) fn to_accept_by(text: &str) -> bool {
    holds(text, &CUES.to_accept_by)
}

/// A conciliator or mediator was turned to.
pub(crate) fn attempted(text: &str) -> bool {
    holds(text, &CUES.attempted)
}

/// Anger is told, and not what happened: in few words, or in more that tell nothing but earlier tries and a wish.
pub(crate) fn vague(text: &str) -> bool {
    if !holds(text, &CUES.vague) {
        return false;
    }
    let says_nothing = |part: &str| {
        holds(part, &CUES.vague) || holds(part, &CUES.tells_of_tries) || holds(part, &CUES.wishes)
    };
    let mut parts = text.split([',', '.', ';', '!']).map(str::trim).filter(|part| !part.is_empty());
    text.split_whitespace().count() <= FEW || parts.all(says_nothing)
}

/// The company says that the matter is closed.
pub(crate) fn closes(text: &str) -> bool {
    holds(text, &CUES.closes)
}

/// The customer calls it a formal complaint.
pub(crate) fn formal(text: &str) -> bool {
    holds(text, &CUES.formal)
}

/// The customer's words name a complaint.
#[must_use]
pub fn complains(text: &str) -> bool {
    holds(text, &CUES.complains)
}

/// The customer says to have complained; that somebody spoke of complaining is not enough.
pub(crate) fn says_complaint(text: &str) -> bool {
    let text = text.replace('’', "'");
    !holds(&text, &CUES.says_complaint_not) && holds(&text, &CUES.says_complaint)
}

/// The agent says that the power is lacking.
pub(crate) fn lacks_power(text: &str) -> bool {
    holds(text, &CUES.lacks_power)
}

/// The firm takes no part in dispute resolution, or belongs to no scheme.
pub(crate) fn no_scheme(text: &str) -> bool {
    holds(text, &CUES.no_scheme)
}

/// A body says that it may not take the case, or is done with it without a result.
pub(crate) fn cannot_take(text: &str) -> bool {
    holds(text, &CUES.cannot_take)
}

/// A body decided against the customer.
pub(crate) fn against(text: &str) -> bool {
    holds(text, &CUES.against)
}

/// A body says that it is too early, rather than never.
pub(crate) fn too_early(text: &str) -> bool {
    holds(text, &CUES.too_early)
}

/// The seller cannot pay or cannot be reached.
pub(crate) fn insolvent(text: &str) -> bool {
    holds(text, &CUES.insolvent)
}

/// The customer asks for the data that the company holds. Access alone may be to a gate, so a word for data stands with it.
pub(crate) fn asks_for_data(text: &str) -> bool {
    holds(text, &CUES.asks_for_data) || holds(text, &CUES.asks_for_access) && holds(text, &CUES.data)
}

/// The customer says that money is asked for, and was not paid.
pub(crate) fn not_paid(text: &str) -> bool {
    !holds(text, &CUES.not_paid_not) && holds(text, &CUES.not_paid)
}

/// An offer is not in money, and cannot be had in money either.
pub(crate) fn in_kind(text: &str) -> bool {
    !holds(text, &CUES.in_kind_not) && holds(text, &CUES.in_kind)
}

/// Earlier tries are told, whatever the log holds.
pub(crate) fn tells_of_tries(text: &str) -> bool {
    holds(text, &CUES.tells_of_tries)
}

/// The customer tells that the firm belongs to no scheme.
pub(crate) fn told_no_scheme(text: &str) -> bool {
    holds(text, &CUES.told_no_scheme)
}

/// Others have the same problem.
pub(crate) fn many_affected(text: &str) -> bool {
    holds(text, &CUES.many_affected)
}

/// Somebody could be hurt by the goods themselves.
pub(crate) fn dangerous(text: &str) -> bool {
    holds(text, &CUES.dangerous)
}

/// Money that was paid, kept or asked for is told of.
pub(crate) fn tells_of_money(text: &str) -> bool {
    text.contains(['£', '$', '€']) || holds(text, &CUES.tells_of_money)
}

/// What a person suffered is told.
pub(crate) fn tells_of_harm(text: &str) -> bool {
    holds(text, &CUES.tells_of_harm)
}

/// The words tell that the seller sits in another country of the Union.
pub(crate) fn abroad(text: &str, home: &str) -> bool {
    let lower = text.to_lowercase();
    let others = CUES.europe.iter().filter(|(code, _)| *code != home);
    others.flat_map(|(_, names)| names).any(|name| {
        CUES.trade.values().flatten().any(|trade| {
            let near = [
                format!("{name} {trade}"),
                format!("{name} online {trade}"),
                format!("{name} web {trade}"),
                format!("{trade} in {name}"),
                format!("{trade} from {name}"),
                format!("{trade} based in {name}"),
            ];
            near.iter().any(|words| begins_a_word(&lower, words))
        })
    })
}

/// The name of a firm tells that it sits in another country of the Union.
pub(crate) fn foreign_firm(name: &str, home: &str) -> bool {
    let lower = format!(" {} ", name.to_lowercase());
    let ends = |form: &str| lower.contains(&format!(" {form} "));
    let sits = |code: &String, names: &[String]| {
        // The last name is that of the country: a people is a style as well, as in a German bakery.
        let place = |country: &String| {
            let name = lower.trim_end_matches([' ', ')', '.']);
            name.strip_suffix(country.as_str())
                .is_some_and(|before| before.ends_with(", ") || before.ends_with('('))
        };
        code != home && names.last().is_some_and(place)
    };
    CUES.forms.iter().any(|(form, homes)| ends(form) && !homes.iter().any(|of| of == home))
        || CUES.europe.iter().any(|(code, names)| sits(code, names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anger_tries_and_wishes_tell_nothing_of_what_happened() {
        assert!(vague("Terrible service"));
        assert!(vague(
            "The shop cheated me, I have been there three times, I want compensation for my stress"
        ));
        assert!(!vague(
            "The shop cheated me, the lamp was used and the box open, I want my money back at once"
        ));
        assert!(!vague("The lamp was used and the box was open"));
    }

    #[test]
    fn the_cues_are_read_and_none_is_written_in_capitals() {
        assert!(CUES.forms.len() > 5 && CUES.europe.len() > 10);
        for words in [
            &CUES.accepts,
            &CUES.closes,
            &CUES.complains,
            &CUES.says_complaint,
            &CUES.says_complaint_not,
            &CUES.trade,
        ] {
            assert!(!words.is_empty());
            for cue in words.values().flatten() {
                assert_eq!(*cue, cue.to_lowercase());
            }
        }
    }

    #[test]
    fn a_request_for_access_is_one_for_data_where_it_says_so() {
        assert!(asks_for_data("Subject access request") && asks_for_data("An access request under the GDPR"));
        assert!(asks_for_data("Ejerzo mi derecho de acceso a mis datos"));
        assert!(asks_for_data("J'exerce mon droit d'accès à mes données"));
        assert!(!asks_for_data("The access request under my contract for gate access was refused"));
        assert!(
            !asks_for_data("Tengo derecho de acceso al gimnasio")
                && !asks_for_data("Mon droit d'accès à la piscine")
        );
    }

    #[test]
    fn cues_are_found_at_the_beginning_of_words_and_a_denial_goes_before() {
        assert!(accepts("I accept the 180 pounds") && accepts("Ich bin einverstanden"));
        // A wish is no acceptance, a reminder no answer to an offer, and a formal complaint says so itself.
        assert!(
            !accepts("If that cannot be done, I would accept a voucher")
                && !accepts("wäre ich einverstanden mit")
        );
        assert!(reminds("Reminder: still no reply") && !reminds("A reminder that I reject the offer"));
        assert!(formal("Formal complaint about the bill") && !formal("a formal letter"));
        assert_eq!(urgency("The heater caught fire", None), Some(Urgency::HealthSafety));
        assert_eq!(urgency("", Some(Topic::Disconnection)), Some(Urgency::ServiceEssential));
        assert_eq!(urgency("The bill is too high", Some(Topic::BillingError)), None);
        assert!(!accepts("I cannot accept that") && !accepts("We do not accept 100"));
        assert!(content("They fit, thank you, all good") && !content("Not satisfied, still not working"));
        assert!(
            no_scheme("An Schlichtung nehmen wir nicht teil.") && !no_scheme("We are members of the scheme")
        );
        assert!(abroad("Bicycle from a German shop", "IE") && !abroad("Bicycle from a German shop", "DE"));
        assert!(!abroad("Hotel in Spain was dirty, the operator refuses", "IE"));
        assert!(foreign_firm("Casa Alvor, Portugal", "IE") && !foreign_firm("Casa Alvor, Portugal", "PT"));
        assert!(!foreign_firm("The German Bakery", "IE"));
        assert!(foreign_firm("Alpenrad Versand GmbH", "IE") && !foreign_firm("Alpenrad Versand GmbH", "AT"));
        assert!(
            !content("Thank you, but you did not answer my question") && content("Merci, tout est réglé")
        );
        assert!(
            filed("Claim issued online")
                && !filed("Pay by 10 August or I start proceedings; a claim will be filed")
        );
    }
}
