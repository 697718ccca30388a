//! Hosts: the part of a name that somebody registered, by which it is known whose a site or a mailbox is.

use std::net::IpAddr;

/// Returns the registrable domain of a host: its public suffix and one label more, in lower case. `None` for an address in
/// numbers, and for a name that is itself a public suffix or has none.
///
/// # Examples
///
/// ```
/// use ladder::host::registrable;
///
/// assert_eq!(registrable("Help.Acme.co.uk.").as_deref(), Some("acme.co.uk"));
/// assert_eq!(registrable("127.0.0.1"), None);
/// ```
#[must_use]
pub fn registrable(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let in_numbers = host.starts_with('[') || host.parse::<IpAddr>().is_ok();
    if in_numbers { None } else { psl::domain_str(&host).map(str::to_owned) }
}

/// Returns the registrable domain of a host, or the host itself, in lower case, where it has none.
#[must_use]
pub fn site_of(host: &str) -> String {
    registrable(host).unwrap_or_else(|| host.trim_end_matches('.').to_ascii_lowercase())
}

/// Returns whether a name ends as hosts do: in a public suffix that is listed, or in one that is kept for examples and tests
/// (RFC 2606). `procedure.html` is a file.
#[must_use]
pub fn has_suffix(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let listed = psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known());
    listed || name.rsplit_once('.').is_some_and(|(_, last)| matches!(last, "example" | "test" | "invalid"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_site_are_one_and_numbers_are_no_domain() {
        for host in ["acme.co.uk", "www.ACME.co.uk", "a.b.acme.co.uk."] {
            assert_eq!(site_of(host), "acme.co.uk", "{host}");
        }
        for host in ["127.0.0.1", "10.9.0.1", "[::1]", "localhost", "co.uk"] {
            assert_eq!(site_of(host), host);
        }
    }

    #[test]
    fn hosts_are_told_from_files_by_their_end() {
        for (name, is_one) in [
            ("acme.co.uk", true),
            ("ACME.example", true),
            ("a.test", true),
            ("procedure.html", false),
            ("example", false),
        ] {
            assert_eq!(has_suffix(name), is_one, "{name}");
        }
    }
}
