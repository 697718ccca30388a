//! Which hosts may be asked.
//!
//! A page must not be able to send this program into the network that it runs in: to the router, to a service on this
//! machine, to the metadata address of a cloud. So only public addresses are asked. Names are checked when they are
//! resolved, and the addresses that passed are the ones connected to, so a name cannot change its mind in between.
//! Addresses written out, in any of the spellings that URLs allow, never reach a resolver and are checked before each
//! request. The user may open a host by name or address ([`AllowedHost`]): that very host and no other.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::web::FetchError;

/// A host that the user opened, perhaps at one port only.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AllowedHost {
    host: Host<String>,
    port: Option<u16>,
}

/// The text is not a host.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{0}` is not a host; write a name or an address, with `:PORT` for one port only")]
pub struct NotAHost(String);

impl FromStr for AllowedHost {
    type Err = NotAHost;

    fn from_str(text: &str) -> Result<Self, NotAHost> {
        let not = || NotAHost(text.to_owned());
        let trimmed = text.trim();
        // An IPv6 address without brackets is taken for what it is.
        if let Ok(address) = trimmed.parse::<Ipv6Addr>() {
            return Ok(Self { host: Host::Ipv6(address), port: None });
        }
        if trimmed.is_empty() || trimmed.contains(['/', '?', '#', '@', '\\', ' ']) {
            return Err(not());
        }
        let url = Url::parse(&format!("http://{trimmed}/")).map_err(|_| not())?;
        let host = url.host().ok_or_else(not)?.to_owned();
        // `Url` drops the default port, which was said all the same.
        let port = url.port().or_else(|| trimmed.ends_with(":80").then_some(80));
        Ok(Self { host, port })
    }
}

impl fmt::Display for AllowedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// By which way a host may be asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Door {
    /// At public addresses only.
    Public,
    /// At any address, because the user opened it.
    Opened,
}

/// Decides which hosts may be asked.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Vec<AllowedHost>,
}

impl Guard {
    /// Makes a guard that lets through public addresses and the hosts that the user opened.
    #[must_use]
    pub fn new(allowed: Vec<AllowedHost>) -> Self {
        Self { allowed }
    }

    /// Checks an address as far as it can be checked before its host is resolved.
    pub(crate) fn check(&self, url: &Url) -> Result<Door, FetchError> {
        let failed = |reason: &str| FetchError::Failed { url: url.clone(), reason: reason.to_owned() };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(failed("only http and https addresses are read"));
        }
        let host = url.host().ok_or_else(|| failed("it names no host"))?;
        let opened = self.allowed.iter().any(|allowed| {
            same_host(&allowed.host, &host)
                && allowed.port.is_none_or(|port| Some(port) == url.port_or_known_default())
        });
        if opened {
            return Ok(Door::Opened);
        }
        let public = match host {
            // The dot of a full name must not hide it from the resolver's own rules.
            Host::Domain(name) => !name.trim_end_matches('.').is_empty(),
            Host::Ipv4(address) => is_public(IpAddr::V4(address)),
            Host::Ipv6(address) => is_public(IpAddr::V6(address)),
        };
        if public { Ok(Door::Public) } else { Err(FetchError::Refused(host.to_string())) }
    }
}

fn same_host(allowed: &Host<String>, asked: &Host<&str>) -> bool {
    match (allowed, asked) {
        (Host::Domain(a), Host::Domain(b)) => a.trim_end_matches('.') == b.trim_end_matches('.'),
        (Host::Ipv4(a), Host::Ipv4(b)) => a == b,
        (Host::Ipv6(a), Host::Ipv6(b)) => a == b,
        _ => false,
    }
}

/// Whether an address belongs to the public internet.
///
/// Left out are this machine, private and shared networks, link-local addresses (the metadata services of clouds among
/// them), multicast, addresses for documentation and tests, and those that carry one of these inside them.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// The networks of IPv4 that are not public: first address and number of leading bits that they share.
const NOT_PUBLIC: [([u8; 4], u32); 16] = [
    // This machine and its network.
    ([0, 0, 0, 0], 8),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    // Private networks, and those that providers share among customers.
    ([10, 0, 0, 0], 8),
    ([172, 16, 0, 0], 12),
    ([192, 168, 0, 0], 16),
    ([100, 64, 0, 0], 10),
    // Protocol assignments, and the former relay of 6to4.
    ([192, 0, 0, 0], 24),
    ([192, 88, 99, 0], 24),
    // Documentation and tests.
    ([192, 0, 2, 0], 24),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    // Multicast, and what is reserved.
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
    // A public number by which a cloud reaches into its machines.
    ([168, 63, 129, 16], 32),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let shares = |network: [u8; 4], bits: u32| {
        (u32::from(address) ^ u32::from_be_bytes(network)).checked_shr(32 - bits).unwrap_or(0) == 0
    };
    !NOT_PUBLIC.iter().any(|&(network, bits)| shares(network, bits))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let inner = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // IPv4 in IPv6 clothes: mapped, and translated by the network (NAT64).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        // Protocol assignments with Teredo among them, documentation, 6to4.
        [0x2001, second, ..] => second >= 0x200 && second != 0xdb8,
        [0x2002, ..] => false,
        [0x3fff, second, ..] => second >= 0x1000,
        // All other public addresses are in one block.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Why a name gave no address to connect to. It travels inside the client's own error.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Lookup {
    /// Nobody knows the name.
    #[error("no such host")]
    Unknown,
    /// All of its addresses are private.
    #[error("a private address")]
    Private,
    /// The name service did not answer.
    #[error("{0}")]
    Unavailable(String),
}

/// Resolves names for the client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolver(pub(crate) Door);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let door = self.0;
        Box::pin(async move {
            let found =
                tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|error| lookup_error(&error))?;
            let found: Vec<SocketAddr> = found.collect();
            if found.is_empty() {
                return Err(Lookup::Unknown.into());
            }
            let open = found.into_iter().filter(|found| door == Door::Opened || is_public(found.ip()));
            let open: Vec<SocketAddr> = open.collect();
            if open.is_empty() {
                return Err(Lookup::Private.into());
            }
            Ok(Box::new(open.into_iter()) as Addrs)
        })
    }
}

/// Tells a name that does not exist from a name service that cannot be reached, which the system tells in words only.
fn lookup_error(error: &std::io::Error) -> Lookup {
    let text = error.to_string();
    let unknown = ["not known", "No address associated", "nodename nor servname", "No such host"];
    if unknown.iter().any(|words| text.contains(words)) {
        return Lookup::Unknown;
    }
    let reason = text.rsplit_once(": ").map_or(text.as_str(), |(_, reason)| reason);
    Lookup::Unavailable(format!("the name of the host could not be looked up ({reason})"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(guard: &Guard, url: &str) -> Result<Door, String> {
        guard.check(&Url::parse(url).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn private_addresses_are_refused_in_every_spelling() {
        let guard = Guard::default();
        for host in [
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "127.1",
            "127.0.0.1.",
            "[::1]",
            "[::]",
            "0",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "10.1.2.3",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.100.100.200",
            "[fe80::1]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "[2002:7f00:1::]",
            "[2001:0:4136:e378::]",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.1",
            "[2001:db8::1]",
            "168.63.129.16",
            "\u{ff11}27.0.0.1",
        ] {
            let url = format!("http://{host}/");
            assert!(matches!(check(&guard, &url), Err(e) if e.contains("private address")), "host: {host}");
        }
    }

    #[test]
    fn public_addresses_and_names_pass() {
        let guard = Guard::default();
        for host in
            ["lampen.example", "93.184.215.14", "[2606:2800:21f::1]", "172.32.0.1", "[64:ff9b::8.8.8.8]"]
        {
            assert_eq!(check(&guard, &format!("https://{host}/")), Ok(Door::Public), "host: {host}");
        }
        assert!(check(&guard, "ftp://lampen.example/").is_err());
        assert!(check(&guard, "file:///etc/passwd").is_err());
    }

    #[test]
    fn an_opened_host_is_open_and_no_other() {
        let guard =
            Guard::new(["127.0.0.1:8080", "intern.example", "::1"].map(|h| h.parse().unwrap()).to_vec());
        for (url, open) in [
            ("http://127.0.0.1:8080/", true),
            ("http://2130706433:8080/", true),
            ("http://127.0.0.1/", false),
            ("http://127.0.0.1:8081/", false),
            ("http://127.0.0.2:8080/", false),
            ("http://INTERN.example:99/", true),
            ("http://a.intern.example/", false),
            ("http://[::1]:1234/", true),
        ] {
            assert_eq!(check(&guard, url) == Ok(Door::Opened), open, "url: {url}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused_by_name() {
        for text in ["", "http://x/", "a b", "x/y", "user@x", "x:y"] {
            assert_eq!(text.parse::<AllowedHost>(), Err(NotAHost(text.to_owned())), "text: {text}");
        }
        assert_eq!("Lampen.Example:80".parse::<AllowedHost>().unwrap().to_string(), "lampen.example:80");
    }

    proptest! {
        #[test]
        fn the_spelling_of_an_address_changes_nothing(number: u32) {
            let address = Ipv4Addr::from(number);
            let [a, b, c, d] = address.octets();
            let low = u32::from(c) << 8 | u32::from(d);
            let guard = Guard::default();
            let expected = check(&guard, &format!("http://{address}/"));
            prop_assert_eq!(expected.is_ok(), is_public(address.into()));
            for host in [
                number.to_string(),
                format!("{number:#x}"),
                format!("0{a:o}.{b:#x}.{low}"),
                format!("[::ffff:{address}]"),
                format!("[64:ff9b::{address}]"),
            ] {
                let found = check(&guard, &format!("http://{host}/"));
                prop_assert_eq!(found.is_ok(), expected.is_ok(), "host: {}", host);
            }
        }

        #[test]
        fn what_the_standard_library_calls_private_is_never_public(number: u32, wide: u128, narrow in 0_u128..1 << 40) {
            let v4 = Ipv4Addr::from(number);
            if v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast()
                || v4.is_documentation() || v4.is_broadcast() || v4.is_unspecified()
            {
                prop_assert!(!is_public(v4.into()));
            }
            for v6 in [Ipv6Addr::from(wide), Ipv6Addr::from(narrow)] {
                if v6.is_loopback() || v6.is_unspecified() || v6.is_multicast() || v6.is_unique_local()
                    || v6.is_unicast_link_local()
                {
                    prop_assert!(!is_public(v6.into()));
                }
                if let Some(inner) = v6.to_ipv4_mapped() {
                    prop_assert_eq!(is_public(v6.into()), is_public(inner.into()));
                }
            }
        }
    }
}
