//! The server of an advice centre: the names it answers to, who may come in, and how often one may try.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use desk::accounts::Reception;
use desk::case::Connections;

/// How many attempts from one address may fail in a while: an office goes out by one address.
const MOST_FAILURES: u32 = 30;
const WHILE: Duration = Duration::from_mins(10);
/// The most addresses that are remembered.
const MOST_ADDRESSES: usize = 10_000;

/// How the server of an advice centre listens.
#[derive(Clone, Debug)]
pub struct Listen {
    /// The address.
    pub at: SocketAddr,
    /// The names by which it is asked for, beside the address itself: `advice.example`, or with a port.
    pub hosts: Vec<String>,
    /// The files of the certificate and of its key, in PEM.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Whether a proxy stands before it that speaks TLS and says from where it was asked.
    pub proxied: bool,
}

/// Why a server does not listen.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Beyond this machine everything goes encrypted.
    #[error(
        "to listen beyond this machine it needs a certificate (--tls-cert, --tls-key) or a proxy that has one (--behind-proxy)"
    )]
    Plain,
    /// An address of every network has no name of its own.
    #[error("by which name will it be asked for? Give it with --host: another name is refused")]
    Nameless,
    /// Nobody could come in.
    #[error(
        "nobody could log in: make the first account with `upstairs account add NAME --organisation ORGANISATION --role supervisor`"
    )]
    Nobody,
}

impl Listen {
    /// Returns whether browsers speak TLS with it.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.tls.is_some() || self.proxied
    }

    /// Refuses to listen where it would not be safe.
    ///
    /// # Errors
    ///
    /// [`Refusal`] by cause.
    pub fn check(&self) -> Result<(), Refusal> {
        if !self.at.ip().to_canonical().is_loopback() && !self.is_secure() {
            return Err(Refusal::Plain);
        }
        if self.at.ip().is_unspecified() && self.hosts.is_empty() {
            return Err(Refusal::Nameless);
        }
        Ok(())
    }

    /// Returns every `Host` it answers to, to the letter, once it has its port.
    pub(crate) fn answers_to(&self, port: u16) -> Vec<String> {
        let usual = if self.is_secure() { 443 } else { 80 };
        let with_port = |name: &str| {
            let bare = Some(name.to_owned()).filter(|_| port == usual);
            bare.into_iter().chain([format!("{name}:{port}")])
        };
        let mut all = Vec::new();
        let ip = self.at.ip();
        if ip.is_loopback() {
            all.extend(with_port("localhost"));
        }
        if !ip.is_unspecified() {
            all.extend(with_port(SocketAddr::new(ip, 0).to_string().trim_end_matches(":0")));
        }
        for host in &self.hosts {
            let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
            // A proxy is asked at its own port, which stands in the name where it is not the usual one.
            if self.proxied || host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
                all.push(host);
            } else {
                all.extend(with_port(&host));
            }
        }
        all
    }
}

/// What the guard needs of the server of an advice centre.
#[derive(Debug)]
pub(crate) struct Hall {
    pub(crate) reception: Reception,
    pub(crate) hosts: Vec<String>,
    pub(crate) secure: bool,
    pub(crate) proxied: bool,
    pub(crate) rates: Rates,
    /// Connections to the database, for all who ask.
    pub(crate) connections: Connections,
}

/// From where a request came: the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl Hall {
    /// Returns the scheme that browsers see.
    pub(crate) const fn scheme(&self) -> &'static str {
        if self.secure { "https" } else { "http" }
    }

    /// Returns the name of a cookie. The prefix makes browsers refuse one that another name or plain HTTP set.
    pub(crate) fn cookie(&self, what: &str, port: u16) -> String {
        if self.secure { format!("__Host-upstairs-{what}") } else { format!("upstairs-{what}-{port}") }
    }

    /// Returns a header line that sets a cookie, or takes it back where `value` is empty.
    pub(crate) fn set_cookie(&self, what: &str, port: u16, value: &str) -> String {
        let name = self.cookie(what, port);
        let secure = if self.secure { "; Secure" } else { "" };
        let end = if value.is_empty() { "; Max-Age=0" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{end}")
    }

    /// Returns from where a request came: behind a proxy what the proxy says last, for what stands before that anybody
    /// can send.
    pub(crate) fn address(&self, headers: &HeaderMap, peer: Option<Peer>) -> Option<IpAddr> {
        let said = || {
            let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
        };
        let peer = peer.map(|peer| peer.0);
        let from = if self.proxied { said().or(peer) } else { peer };
        from.map(|ip| ip.to_canonical())
    }
}

/// Attempts that failed, by address.
#[derive(Debug, Default)]
pub(crate) struct Rates(Mutex<HashMap<IpAddr, (u32, Instant)>>);

impl Rates {
    /// Returns whether an address may try once more.
    pub(crate) fn may_try(&self, from: Option<IpAddr>) -> bool {
        let Some(from) = from.map(network) else { return true };
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&from).is_none_or(|(failures, since)| *failures < MOST_FAILURES || since.elapsed() >= WHILE)
    }

    /// Counts a failure.
    pub(crate) fn failed(&self, from: Option<IpAddr>) {
        let Some(from) = from.map(network) else { return };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_ADDRESSES {
            all.retain(|_, (_, since)| since.elapsed() < WHILE);
            if all.len() >= MOST_ADDRESSES {
                all.clear();
            }
        }
        let one = all.entry(from).or_insert((0, Instant::now()));
        if one.1.elapsed() >= WHILE {
            *one = (0, Instant::now());
        }
        one.0 += 1;
    }
}

/// Returns what counts as one address: whoever has one of the new kind has a whole network of them.
pub(crate) fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(at: &str, hosts: &[&str], tls: bool, proxied: bool) -> Listen {
        let tls = tls.then(|| ("cert.pem".into(), "key.pem".into()));
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        Listen { at: at.parse().unwrap(), hosts, tls, proxied }
    }

    #[test]
    fn beyond_this_machine_it_listens_with_tls_and_a_name_only() {
        for (at, hosts, tls, proxied, want) in [
            ("127.0.0.1:8080", &[][..], false, false, Ok(())),
            ("[::1]:8080", &[], false, false, Ok(())),
            ("192.0.2.7:8080", &[], false, false, Err(Refusal::Plain)),
            ("0.0.0.0:8080", &["advice.example"], false, false, Err(Refusal::Plain)),
            ("[::]:8080", &["advice.example"], false, false, Err(Refusal::Plain)),
            ("[::ffff:192.0.2.7]:8080", &[], false, false, Err(Refusal::Plain)),
            ("0.0.0.0:443", &[], true, false, Err(Refusal::Nameless)),
            ("0.0.0.0:443", &["advice.example"], true, false, Ok(())),
            ("192.0.2.7:443", &[], true, false, Ok(())),
            ("192.0.2.7:8080", &["advice.example"], false, true, Ok(())),
        ] {
            assert_eq!(listen(at, hosts, tls, proxied).check(), want, "{at} {tls} {proxied}");
        }
    }

    #[test]
    fn it_answers_to_its_names_and_to_nothing_else() {
        let names = |one: Listen, port| one.answers_to(port);
        assert_eq!(names(listen("127.0.0.1:0", &[], false, false), 9), ["localhost:9", "127.0.0.1:9"]);
        assert_eq!(
            names(listen("0.0.0.0:443", &["Advice.example."], true, false), 443),
            ["advice.example", "advice.example:443"]
        );
        assert_eq!(
            names(listen("0.0.0.0:8443", &["advice.example"], true, false), 8443),
            ["advice.example:8443"]
        );
        assert_eq!(names(listen("0.0.0.0:80", &["a.example:8443"], false, true), 80), ["a.example:8443"]);
        assert_eq!(
            names(listen("[2001:db8::7]:443", &[], true, false), 443),
            ["[2001:db8::7]", "[2001:db8::7]:443"]
        );
    }

    #[test]
    fn an_address_that_fails_too_often_has_to_wait_and_the_others_do_not() {
        let rates = Rates::default();
        let ip = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        for _ in 0..MOST_FAILURES {
            assert!(rates.may_try(ip("2001:db8::1")));
            rates.failed(ip("2001:db8::1"));
        }
        assert!(!rates.may_try(ip("2001:db8::1")));
        assert!(!rates.may_try(ip("2001:db8::ffff:1")), "the same network");
        assert!(rates.may_try(ip("2001:db8:1::1")) && rates.may_try(ip("192.0.2.1")));
    }
}
