//! A company's own profile on a site: who it is, how it is reached, who answers for it, how it says that it answers.
//!
//! A profile that the company has claimed is its own word at second hand. One that nobody has claimed is the site's entry,
//! which anybody may have filled. Readers fill a [`Profile`]; [`Document::present`] makes lines of it that are read as any
//! message, by the role that its claim gives them.

use super::super::thread::Role;
use super::{Document, Saying};

/// A company's own profile on a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// The name it goes by.
    pub name: String,
    /// Its own site.
    pub website: Option<String>,
    /// Whether the company has claimed it; `None` where the page does not tell.
    pub claimed: Option<bool>,
    /// Telephone numbers as printed, each with what it is called, if anything.
    pub phones: Vec<(String, String)>,
    /// Mailboxes as printed.
    pub emails: Vec<String>,
    /// Where it sits, on one line.
    pub address: Option<String>,
    /// Those who answer for it, as the profile names them.
    pub management: Vec<Manager>,
    /// What the site itself counts of its answers.
    pub stated: Option<Stated>,
}

/// Somebody who answers for a company, as its profile names them in that role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manager {
    /// The name; absent where the profile gives the title alone.
    pub name: Option<String>,
    /// The title.
    pub title: String,
    /// Whether the profile names them as who is to be asked by customers.
    pub for_customers: bool,
}

/// What a site counts of a company's answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stated {
    /// The share of low ratings that were answered, in percent.
    pub percent: Option<f64>,
    /// How many low ratings that is reckoned from.
    pub of: Option<u64>,
    /// Days until an answer, on average.
    pub days: Option<f64>,
    /// The day of the last answer to a low rating, as ISO 8601.
    pub last: Option<String>,
}

impl Profile {
    /// Adds a telephone number that is not held yet.
    pub(super) fn phone(&mut self, label: &str, number: &str) {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let number = number.trim();
        let new = digits(number);
        // One number in national and in international form is one.
        let same = |held: &str| {
            let held = digits(held);
            held == new
                || new.len() > 8 && held.len() > 8 && (held.ends_with(&new[1..]) || new.ends_with(&held[1..]))
        };
        if new.len() >= 5 && !self.phones.iter().any(|(_, held)| same(held)) {
            self.phones.push((label.trim().to_owned(), number.to_owned()));
        }
    }

    /// Adds a mailbox that is not held yet.
    pub(super) fn email(&mut self, mailbox: &str) {
        let mailbox = mailbox.trim();
        if mailbox.contains('@') && !self.emails.iter().any(|held| held.eq_ignore_ascii_case(mailbox)) {
            self.emails.push(mailbox.to_owned());
        }
    }

    /// Takes an address of its parts, where there are enough of them to send a letter to.
    pub(super) fn address_of(&mut self, parts: &[&str]) {
        let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && self.address.is_none() {
            self.address = Some(parts.join(", "));
        }
    }

    /// Adds somebody of a line such as `Ms. Ann Other, President`; a line without a title names nobody's role.
    pub(super) fn manager(&mut self, line: &str, for_customers: bool) {
        let Some((name, title)) = line.split_once(',') else { return };
        let (name, title) = (name.trim(), title.trim());
        if title.is_empty() || title.chars().count() > 80 || name.chars().count() > 60 {
            return;
        }
        let manager = Manager {
            name: (!name.is_empty()).then(|| name.to_owned()),
            title: title.to_owned(),
            for_customers,
        };
        match self.management.iter_mut().find(|held| held.name == manager.name && held.title == manager.title)
        {
            Some(held) => held.for_customers |= for_customers,
            None => self.management.push(manager),
        }
    }

    /// Adds what another part of the page says of the same company.
    pub(super) fn join(&mut self, other: Self) {
        if self.name.is_empty() {
            self.name = other.name;
        }
        self.website = self.website.take().or(other.website);
        self.claimed = self.claimed.or(other.claimed);
        self.address = self.address.take().or(other.address);
        self.stated = self.stated.take().or(other.stated);
        for (label, number) in &other.phones {
            self.phone(label, number);
        }
        for mailbox in &other.emails {
            self.email(mailbox);
        }
        self.management.extend(other.management);
    }

    /// Returns whose word its facts are.
    pub(super) fn role(&self) -> Role {
        if self.claimed == Some(true) { Role::Company } else { Role::Listing }
    }

    /// Returns its facts, one a line.
    fn lines(&self) -> String {
        let phones = self.phones.iter().map(|(label, number)| {
            let label = if label.is_empty() { "Phone" } else { label.as_str() };
            format!("{label}: {number}")
        });
        let emails = self.emails.iter().map(|mailbox| format!("E-mail: {mailbox}"));
        let address = self.address.iter().map(|address| format!("{}, {address}", self.name));
        phones.chain(emails).chain(address).collect::<Vec<_>>().join("\n")
    }
}

impl Document {
    /// Adds a profile: its facts as a message of the company that claimed it, or else as the site's entry.
    pub(super) fn present(&mut self, profile: Profile) {
        let (role, unclaimed) = (profile.role(), profile.claimed == Some(false));
        let note = if unclaimed { "unclaimed profile" } else { "profile" };
        if unclaimed {
            self.warnings.push(format!(
                "the profile of {} is not claimed: anybody may have written its contacts",
                profile.name
            ));
        }
        self.add(Saying { role: Some(role), note, text: &profile.lines(), ..Saying::default() });
        if self.profile.is_none() {
            self.profile = Some(profile);
        }
    }
}
