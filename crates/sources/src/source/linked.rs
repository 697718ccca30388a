//! Sites whose terms forbid to be fetched by programs: Upstairs makes the link, and reads what the user hands over.
//!
//! A page that was saved from the browser, pasted text or the platform's own export is fully read by
//! `upstairs read post`; nothing here asks the network for anything.

use url::form_urlencoded::byte_serialize;

/// A site that is linked and never fetched.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Linked {
    /// Its stable id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The address of its search; `{}` is the company.
    pub search: &'static str,
    /// What one finds there.
    pub gives: &'static str,
    /// Whether its link is worth a line of its own beside a ladder.
    pub worth: bool,
    /// The countries of the customers for whom it is; empty for all.
    pub countries: &'static [&'static str],
    /// The registrable domains that are never fetched.
    pub domains: &'static [&'static str],
}

/// Every such site.
pub const LINKED: [Linked; 10] = [
    Linked {
        id: "trustpilot-pages",
        name: "Trustpilot",
        search: "https://www.trustpilot.com/search?query={}",
        gives: "replies of the company, and the mailbox in its profile",
        worth: true,
        countries: &[],
        domains: &["trustpilot.com"],
    },
    Linked {
        id: "bbb",
        name: "Better Business Bureau",
        search: "https://www.bbb.org/search?find_text={}",
        gives: "business management and customer contact, in the US and Canada",
        worth: true,
        countries: &["US", "CA"],
        domains: &["bbb.org"],
    },
    Linked {
        id: "elliott",
        name: "Elliott Advocacy",
        search: "https://www.elliott.org/?s={}",
        gives: "hand-kept ladders with executives, mostly US",
        worth: true,
        countries: &["US", "CA"],
        domains: &["elliott.org"],
    },
    Linked {
        id: "yelp-pages",
        name: "Yelp",
        search: "https://www.yelp.com/search?find_desc={}",
        gives: "branches, and replies of their owners",
        worth: false,
        countries: &[],
        domains: &["yelp.com"],
    },
    Linked {
        id: "quora",
        name: "Quora",
        search: "https://www.quora.com/search?q={}",
        gives: "hearsay; fake support numbers are common there",
        worth: false,
        countries: &[],
        domains: &["quora.com"],
    },
    Linked {
        id: "facebook",
        name: "Facebook",
        search: "https://www.facebook.com/search/pages?q={}",
        gives: "the company's page: check that its own site links to it",
        worth: false,
        countries: &[],
        domains: &["facebook.com", "fb.com"],
    },
    Linked {
        id: "instagram",
        name: "Instagram",
        search: "https://www.instagram.com/explore/search/keyword/?q={}",
        gives: "the company's profile: check that its own site links to it",
        worth: false,
        countries: &[],
        domains: &["instagram.com"],
    },
    Linked {
        id: "linkedin",
        name: "LinkedIn",
        search: "https://www.linkedin.com/search/results/people/?keywords={}%20customer%20service%20manager",
        gives: "names and titles of managers of customer service",
        worth: true,
        countries: &[],
        domains: &["linkedin.com"],
    },
    Linked {
        id: "x",
        name: "X",
        search: "https://x.com/search?q={}%20support&f=user",
        gives: "the support account; fake ones reply to complaints",
        worth: true,
        countries: &[],
        domains: &["x.com", "twitter.com"],
    },
    Linked {
        id: "youtube",
        name: "YouTube",
        search: "https://www.youtube.com/results?search_query={}",
        gives: "the company's channel; rarely worth it",
        worth: false,
        countries: &[],
        domains: &["youtube.com"],
    },
];

impl Linked {
    /// Returns the link for a company.
    #[must_use]
    pub fn link(&self, company: &str) -> String {
        let words: String = byte_serialize(company.as_bytes()).collect();
        self.search.replace("{}", &words)
    }
}

/// Returns whether a registrable domain is one that is never fetched.
#[must_use]
pub fn is_linked_only(domain: &str) -> bool {
    LINKED.iter().any(|site| site.domains.contains(&domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_carry_the_name_escaped() {
        assert_eq!(LINKED[1].link("Acme & Sons"), "https://www.bbb.org/search?find_text=Acme+%26+Sons");
        assert!(is_linked_only("x.com") && !is_linked_only("acme.example"));
    }
}
