//! The age of a domain, from its registry by RDAP (RFC 9083).
//!
//! Asked of `https://rdap.org`, which forwards to the registry, as sources of facts about a domain go: the registrant is
//! mostly left out, the day of registration is not. Many country domains answer nothing: then the age is unknown.

use jiff::civil::Date;
use serde_json::Value;
use url::Url;

use crate::source::rdap;
use crate::web::Web;

/// Where RDAP is asked when nothing else is said.
pub const RDAP: &str = rdap::BASE;
/// The most redirects on the way to the registry.
const MOST_HOPS: usize = 4;

/// How old a domain is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Age {
    /// Registered on this day.
    Since(Date),
    /// No registry knows it.
    NotRegistered,
    /// It could not be found out; why.
    Unknown(String),
}

impl Age {
    /// Returns whether the domain is so young that a company known for years will not write from it.
    #[must_use]
    pub fn is_young(&self, today: Date) -> bool {
        match self {
            Self::Since(day) => rdap::is_young(*day, today),
            Self::NotRegistered | Self::Unknown(_) => false,
        }
    }

    /// Returns it in plain words; `None` where it is not known.
    #[must_use]
    pub fn words(&self, domain: &str, today: Date) -> Option<String> {
        match self {
            Self::Since(day) if self.is_young(today) => Some(format!(
                "`{domain}` was registered on {day}, only {} days ago",
                (today - *day).get_days()
            )),
            Self::Since(day) => Some(format!("`{domain}` was registered on {day}")),
            Self::NotRegistered => Some(format!("no registry knows `{domain}`")),
            Self::Unknown(_) => None,
        }
    }
}

/// Asks when a domain was registered. `base` is where RDAP is asked, [`RDAP`] but in tests.
pub async fn registered(web: &impl Web, base: &Url, domain: &str) -> Age {
    let domain = ladder::host::site_of(domain);
    let Ok(mut at) = base.join(&format!("domain/{domain}")) else {
        return Age::Unknown(format!("`{domain}` is no domain"));
    };
    for _ in 0..=MOST_HOPS {
        match web.get(&at).await {
            Err(error) => return Age::Unknown(error.to_string()),
            Ok(response) => match response.status {
                200 => return of_answer(&response.body),
                404 => return Age::NotRegistered,
                300..=399 => match response.header("location").and_then(|next| at.join(next).ok()) {
                    Some(next) => at = next,
                    None => return Age::Unknown("the answer leads nowhere".to_owned()),
                },
                status => return Age::Unknown(format!("the registry answers {status}")),
            },
        }
    }
    Age::Unknown("the answer leads on too often".to_owned())
}

/// Reads the day of registration of an RDAP answer.
fn of_answer(body: &[u8]) -> Age {
    let Ok(answer) = serde_json::from_slice::<Value>(body) else {
        return Age::Unknown("the registry's answer is no JSON".to_owned());
    };
    rdap::registered(&answer).map_or_else(
        || Age::Unknown("the registry does not say when it was registered".to_owned()),
        Age::Since,
    )
}
