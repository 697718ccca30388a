//! The company that sources are asked about, as far as it is known when they are asked.

use ladder::{Country, Topic};

use super::answer::{Ids, Record};

/// The company that sources are asked about.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// The name that it is asked for by.
    pub name: String,
    /// What else it is called: legal name, brands, older names.
    pub aliases: Vec<String>,
    /// The registrable domains it is known by, the chief one first.
    pub domains: Vec<String>,
    /// Where its site starts, where a source tells.
    pub website: Option<String>,
    /// The country of the company, where known.
    pub country: Option<Country>,
    /// The country of the customer, where given.
    pub customer: Option<Country>,
    /// The state or province of the customer, where given.
    pub region: Option<String>,
    /// Its numbers in registers.
    pub ids: Ids,
    /// Its number in a register of which no more is known, as its own pages print it.
    pub register_number: Option<String>,
    /// Profiles that its pages or a register call its own, as web addresses.
    pub profiles: Vec<String>,
    /// The companies above it.
    pub parents: Vec<String>,
    /// The matter asked about.
    pub about: Option<&'static Topic>,
}

impl Subject {
    /// Makes a subject of which nothing but the name is known.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.trim().to_owned(), ..Self::default() }
    }

    /// Returns the chief domain.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        self.domains.first().map(String::as_str)
    }

    /// Returns the country in which to look: the company's, else the customer's.
    #[must_use]
    pub fn place(&self) -> Option<Country> {
        self.country.or(self.customer)
    }

    /// Returns every name, the chief one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Returns whether a host is the company's or lies under it.
    #[must_use]
    pub fn owns(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.domains.iter().any(|domain| {
            host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }

    /// Takes over what a record of the same company tells.
    ///
    /// Domains decide whose word a page is, so they are taken only where `sites` says that the source may tell them (an open
    /// map may not), and only where none is known yet or the record is tied to the company by a number or a domain: a name
    /// under another ending, `acme.support` beside `acme.com`, makes no page the company's own.
    pub fn learn(&mut self, record: &Record, sites: bool) {
        let add = |list: &mut Vec<String>, item: &str| {
            if !item.is_empty() && !list.iter().any(|known| known == item) {
                list.push(item.to_owned());
            }
        };
        let tied = self.domains.is_empty()
            || self.ids.meets(&record.ids)
            || record.domains.iter().any(|domain| self.owns(domain));
        if sites && tied {
            for domain in &record.domains {
                add(&mut self.domains, domain);
            }
            self.website = self.website.take().or_else(|| record.website.clone());
        }
        for name in record.legal_name.iter().chain([&record.name]).chain(&record.aliases) {
            if *name != self.name {
                add(&mut self.aliases, name);
            }
        }
        for profile in &record.profiles {
            add(&mut self.profiles, profile);
        }
        for parent in &record.parents {
            add(&mut self.parents, parent);
        }
        self.country = self.country.or(record.country);
        self.ids.join(&record.ids);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_under_another_ending_makes_no_domain_the_companys_own() {
        let record = |domain: &str, lei: Option<&str>| {
            let mut record =
                Record { name: "Acme".into(), domains: vec![domain.into()], ..Record::default() };
            record.ids.lei = lei.map(str::to_owned);
            record
        };
        let mut subject = Subject::named("Acme");
        subject.learn(&record("acme.test", None), false);
        assert_eq!(subject.domain(), None, "an open map tells no domain");
        subject.learn(&record("acme.example", Some("L1")), true);
        subject.learn(&record("acme.support", None), true);
        assert_eq!(subject.domains, ["acme.example"]);
        subject.learn(&record("acme-shop.example", Some("L1")), true);
        assert_eq!(subject.domains, ["acme.example", "acme-shop.example"]);
    }
}
