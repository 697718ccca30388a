//! Mail providers for everyone: a mailbox there tells nothing of whose it is.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// The providers, by registrable domain or by name.
static PROVIDERS: LazyLock<HashSet<&str, RandomState>> = LazyLock::new(|| {
    include_str!("providers.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.strip_suffix('*').unwrap_or(line))
        .collect()
});

/// Returns whether a host is one at which anyone may have a mailbox, whoever it belongs to.
#[must_use]
pub fn is_for_everyone(host: &str) -> bool {
    let Some(domain) = ladder::host::registrable(host) else {
        return false;
    };
    PROVIDERS.contains(domain.as_str())
        || domain.find('.').is_some_and(|dot| PROVIDERS.contains(&domain[..=dot]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_providers_domain_is_told_and_a_companys_host_of_that_name_is_not() {
        for host in ["gmail.com", "yahoo.co.uk", "mx.hotmail.fr", "WEB.DE", "orange.fr"] {
            assert!(is_for_everyone(host), "{host}");
        }
        for host in [
            "mail.acme.example",
            "web.acme.example",
            "live.acme.example",
            "free.acme.example",
            "orange.com",
            "localhost",
        ] {
            assert!(!is_for_everyone(host), "{host}");
        }
    }
}
