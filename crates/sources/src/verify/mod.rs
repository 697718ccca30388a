//! Live checks of a contact, on request alone: does its domain take mail, does its page answer, how old is the domain?
//!
//! What cannot be found out is `unknown` and no verdict: a name server that fails says nothing about a mailbox. Whether
//! the mailbox itself exists is never asked: that would be a message to somebody. Pages are asked for through the polite
//! fetcher, with its guard, its pace and robots.txt.

mod age;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::RData;
use url::Url;

use crate::web::{FetchError, Web};

pub use age::{Age, RDAP, registered};

/// How long one question to the name server may take.
const WAIT: Duration = Duration::from_secs(4);
/// How many redirects of a page are followed.
const MOST_HOPS: usize = 5;

/// What a check found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// It works as far as can be told without using it.
    Works(String),
    /// It cannot work.
    Dead(String),
    /// It works, and something is to be known of it.
    Doubtful(String),
    /// It could not be found out.
    Unknown(String),
}

impl Verdict {
    /// Returns the stable id: `works`, `dead`, `doubtful` or `unknown`.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Works(_) => "works",
            Self::Dead(_) => "dead",
            Self::Doubtful(_) => "doubtful",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Returns why, in plain words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Works(words) | Self::Dead(words) | Self::Doubtful(words) | Self::Unknown(words) => words,
        }
    }
}

/// Why no check can be made.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The name servers of this machine cannot be used.
    #[error("the name servers of this machine cannot be asked: {0}")]
    NameServers(String),
}

/// Asks name servers.
#[derive(Clone)]
pub struct Names {
    resolver: TokioResolver,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names")
    }
}

impl Names {
    /// Asks the name servers that this machine is set up with.
    ///
    /// # Errors
    ///
    /// [`VerifyError::NameServers`] where the system names none that can be used.
    pub fn of_system() -> Result<Self, VerifyError> {
        let refuse = |error: NetError| VerifyError::NameServers(error.to_string());
        let mut builder = TokioResolver::builder_tokio().map_err(refuse)?;
        builder.options_mut().timeout = WAIT;
        builder.options_mut().attempts = 1;
        Ok(Self { resolver: builder.build().map_err(refuse)? })
    }

    /// Asks one name server.
    ///
    /// # Errors
    ///
    /// [`VerifyError::NameServers`] where it cannot be set up.
    pub fn of_server(server: SocketAddr) -> Result<Self, VerifyError> {
        let mut config = NameServerConfig::udp(server.ip());
        let mut connection = ConnectionConfig::udp();
        connection.port = server.port();
        config.connections = vec![connection];
        let config = ResolverConfig::from_name_servers(vec![config]);
        let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        builder.options_mut().timeout = WAIT;
        builder.options_mut().attempts = 1;
        let resolver = builder.build().map_err(|error| VerifyError::NameServers(error.to_string()))?;
        Ok(Self { resolver })
    }

    /// Tells whether a domain takes mail (RFC 5321, section 5.1; null MX: RFC 7505).
    pub async fn takes_mail(&self, domain: &str) -> Verdict {
        let name = format!("{}.", domain.trim_end_matches('.'));
        match self.resolver.mx_lookup(name.as_str()).await {
            Ok(found) => {
                let hosts: Vec<String> = found
                    .answers()
                    .iter()
                    .filter_map(|record| match &record.data {
                        RData::MX(mx) => Some(mx.exchange.to_string()),
                        _ => None,
                    })
                    .collect();
                if hosts.iter().any(|host| host == ".") {
                    Verdict::Dead(format!("`{domain}` says that it takes no mail (null MX)"))
                } else if hosts.is_empty() {
                    self.by_address(domain, &name).await
                } else {
                    Verdict::Works(format!("`{domain}` takes mail, at {}", hosts[0].trim_end_matches('.')))
                }
            }
            Err(NetError::Dns(DnsError::NoRecordsFound(none)))
                if none.response_code == ResponseCode::NXDomain =>
            {
                Verdict::Dead(format!("there is no domain `{domain}`"))
            }
            // Without an MX record a host takes mail itself.
            Err(NetError::Dns(DnsError::NoRecordsFound(_))) => self.by_address(domain, &name).await,
            Err(error) => Verdict::Unknown(format!("the name server did not answer for `{domain}`: {error}")),
        }
    }

    /// Tells whether a host has an address: a machine without a connection finds no host, and so proves nothing.
    pub async fn has_address(&self, host: &str) -> Verdict {
        match self.resolver.lookup_ip(format!("{}.", host.trim_end_matches('.'))).await {
            Ok(_) => Verdict::Works(format!("`{host}` has an address")),
            Err(NetError::Dns(DnsError::NoRecordsFound(_))) => {
                Verdict::Dead(format!("there is no host `{host}`"))
            }
            Err(error) => Verdict::Unknown(format!("the name server did not answer for `{host}`: {error}")),
        }
    }

    async fn by_address(&self, domain: &str, name: &str) -> Verdict {
        match self.resolver.lookup_ip(name).await {
            Ok(_) => {
                Verdict::Doubtful(format!("`{domain}` names no mail server; mail may reach the host itself"))
            }
            Err(NetError::Dns(DnsError::NoRecordsFound(_))) => {
                Verdict::Dead(format!("`{domain}` has neither a mail server nor an address"))
            }
            Err(error) => Verdict::Unknown(format!("the name server did not answer for `{domain}`: {error}")),
        }
    }
}

/// Tells whether a page or form answers. Redirects are followed; one to another domain is told.
///
/// A host that is not found is dead only where a name server says that there is none.
pub async fn answers(web: &impl Web, names: Option<&Names>, url: &Url) -> Verdict {
    let mut at = url.clone();
    for _ in 0..=MOST_HOPS {
        let response = match web.get(&at).await {
            Ok(response) => response,
            Err(error @ FetchError::Tls { .. }) => return Verdict::Dead(error.to_string()),
            Err(error @ FetchError::UnknownHost(_)) => {
                let (Some(names), Some(host)) = (names, at.host_str()) else {
                    return Verdict::Unknown(error.to_string());
                };
                return match names.has_address(host).await {
                    dead @ Verdict::Dead(_) => dead,
                    _ => Verdict::Unknown(error.to_string()),
                };
            }
            Err(error) => return Verdict::Unknown(error.to_string()),
        };
        match response.status {
            200..=299 => {
                let (from, to) = (site(url), site(&at));
                return if from == to {
                    Verdict::Works(format!("it answers ({})", response.status))
                } else {
                    Verdict::Doubtful(format!("it leads on to another site, `{to}`"))
                };
            }
            300..=399 => {
                let next = response.header("location").and_then(|location| at.join(location).ok());
                let Some(next) = next else {
                    return Verdict::Unknown(format!(
                        "it answers {} and names no place to go on to",
                        response.status
                    ));
                };
                at = next;
            }
            404 | 410 => return Verdict::Dead(format!("the page is gone ({})", response.status)),
            401 | 403 | 429 => {
                return Verdict::Unknown(format!(
                    "the site refuses programs ({}): open it yourself",
                    response.status
                ));
            }
            status => return Verdict::Unknown(format!("it answers {status}")),
        }
    }
    Verdict::Unknown(format!("it leads on more than {MOST_HOPS} times"))
}

/// Returns the registrable domain of an address, else its host.
fn site(url: &Url) -> String {
    ladder::host::site_of(url.host_str().unwrap_or_default())
}
