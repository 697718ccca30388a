//! Channels and the values that they take: what one dials, writes to or opens.
//!
//! A value is parsed once, into a type that cannot be wrong; a [`Reach`] joins it to a channel that fits it.
//! Whether a number is *assigned* is not decided here: that needs numbering plans, which `reading` has.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// How a contact point is reached.
#[derive(
    Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A telephone number.
    Phone,
    /// A number for relay or TTY.
    Textphone,
    /// A fax number.
    Fax,
    /// A mailbox.
    Email,
    /// A postal address.
    Postal,
    /// A page with a form, or a form to download.
    Form,
    /// A page or widget with live chat.
    Chat,
    /// `WhatsApp`, SMS, Messenger and the like.
    Messaging,
    /// A profile on a social network.
    Social,
    /// An application to install.
    App,
    /// A site named as a place to go.
    Web,
    /// A counter or branch to visit.
    InPerson,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 12] = [
        Self::Phone,
        Self::Textphone,
        Self::Fax,
        Self::Email,
        Self::Postal,
        Self::Form,
        Self::Chat,
        Self::Messaging,
        Self::Social,
        Self::App,
        Self::Web,
        Self::InPerson,
    ];

    /// Returns the identifier that is stored and exported.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Textphone => "textphone",
            Self::Fax => "fax",
            Self::Email => "email",
            Self::Postal => "postal",
            Self::Form => "form",
            Self::Chat => "chat",
            Self::Messaging => "messaging",
            Self::Social => "social",
            Self::App => "app",
            Self::Web => "web",
            Self::InPerson => "in_person",
        }
    }

    /// Returns the channel of an identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.id() == id)
    }
}

/// Why a value was refused.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ValueError {
    /// Not `+` and 4 to 15 digits.
    #[error("`{0}` is not a number in international form (`+` and 4 to 15 digits)")]
    Number(String),
    /// Not one mailbox at one domain.
    #[error("`{0}` is not an e-mail address")]
    Email(String),
    /// Not an absolute http or https address.
    #[error("`{0}` is not an absolute http(s) address")]
    Link(String),
    /// Nothing but white space.
    #[error("a postal address or printed number is empty")]
    Empty,
    /// The channel does not take such a value.
    #[error("`{value}` does not fit the channel `{}`", channel.id())]
    Misfit {
        /// The channel asked for.
        channel: Channel,
        /// The value that does not fit it.
        value: String,
    },
}

/// A number in international form: `+` and 4 to 15 digits (ITU-T E.164; shorter than 7 for short codes behind a country code).
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct E164(String);

impl E164 {
    /// Parses `+` and 4 to 15 digits; spaces, dots, hyphens and brackets are dropped.
    ///
    /// # Errors
    ///
    /// [`ValueError::Number`] where anything else stands in it, or the count of digits is off.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let refuse = || ValueError::Number(text.to_owned());
        let rest = text.trim().strip_prefix('+').ok_or_else(refuse)?;
        let mut number = String::with_capacity(16);
        number.push('+');
        for c in rest.chars() {
            match c {
                '0'..='9' => number.push(c),
                ' ' | '.' | '-' | '(' | ')' | '\u{a0}' => {}
                _ => return Err(refuse()),
            }
        }
        if (5..=16).contains(&number.len()) { Ok(Self(number)) } else { Err(refuse()) }
    }

    /// Returns the number, `+` first.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A mailbox: lower case, without display name or parameters.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Email(String);

impl Email {
    /// Parses one bare address and lower-cases it.
    ///
    /// It takes what companies publish and not all that RFC 5322 allows: no quoted local parts, no address literals.
    ///
    /// # Errors
    ///
    /// [`ValueError::Email`] where local part or domain is not of that form.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let refuse = || ValueError::Email(text.to_owned());
        let lower = text.trim().to_lowercase();
        let (local, domain) = lower.split_once('@').ok_or_else(refuse)?;
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
        let label_ok = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        };
        let last = domain.rsplit('.').next().unwrap_or_default();
        let domain_ok = domain.len() <= 253
            && domain.contains('.')
            && domain.split('.').all(label_ok)
            && last.chars().count() >= 2
            && last.chars().any(char::is_alphabetic);
        if local_ok && domain_ok { Ok(Self(lower)) } else { Err(refuse()) }
    }

    /// Returns the whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns what stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// Returns what stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

/// An absolute http or https address, as published (path case and query kept).
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Link(Url);

impl Link {
    /// Parses an absolute address.
    ///
    /// # Errors
    ///
    /// [`ValueError::Link`] for a relative address, another scheme or no host.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Url::parse(text.trim()).ok().and_then(Self::from_url).ok_or_else(|| ValueError::Link(text.to_owned()))
    }

    /// Takes a parsed address; `None` for another scheme or no host.
    #[must_use]
    pub fn from_url(url: Url) -> Option<Self> {
        (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(Self(url))
    }

    /// Returns the address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the parsed address.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.0
    }

    /// Returns the form in which two spellings of one address are alike: no scheme, `www.`, trailing slash or fragment,
    /// lower case, `twitter.com` for `x.com`, and of the query what names a page, sorted: not campaigns, sessions and languages.
    #[must_use]
    pub fn key(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        let host = ["www.", "m.", "mobile."].iter().find_map(|p| host.strip_prefix(p)).unwrap_or(host);
        let host = match host {
            "x.com" => "twitter.com",
            "fb.com" => "facebook.com",
            other => other,
        };
        let mut key = format!("{host}{}", self.0.path().trim_end_matches('/')).to_lowercase();
        let mut query: Vec<(String, String)> = self
            .0
            .query_pairs()
            .take(MOST_PARAMETERS)
            .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
            .filter(|(name, value)| !value.is_empty() && !is_passing(name))
            .collect();
        query.sort();
        query.dedup();
        for (i, (name, value)) in query.iter().enumerate() {
            key.extend([if i == 0 { "?" } else { "&" }, name.as_str(), "=", value.as_str()]);
        }
        key
    }
}

/// Parameters of one address that are looked at.
const MOST_PARAMETERS: usize = 40;

/// Parameters that tell how one came or in which language one reads, and name no page.
const PASSING: [&str; 23] = [
    "_ga", "_gl", "cmp", "cmpid", "dclid", "fbclid", "gclid", "hl", "icid", "igsh", "igshid", "lang",
    "language", "locale", "mc_cid", "mc_eid", "mibextid", "msclkid", "ref", "ref_src", "refsrc", "si", "trk",
];

/// Returns whether a parameter names a campaign, a session or a language.
fn is_passing(name: &str) -> bool {
    name.starts_with("utm_") || PASSING.contains(&name)
}

/// A postal address on one line, its parts joined by `, `, the addressee first where one was printed.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PostalLine(String);

impl PostalLine {
    /// Joins the parts of an address; white space inside a part becomes single spaces, empty parts are dropped.
    ///
    /// # Errors
    ///
    /// [`ValueError::Empty`] where no part is left.
    pub fn from_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> Result<Self, ValueError> {
        let parts: Vec<String> = parts
            .into_iter()
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
            .map(|part| part.trim_matches([',', ';', ' ']).to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() { Err(ValueError::Empty) } else { Ok(Self(parts.join(", "))) }
    }

    /// Returns the address on one line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a channel is reached by.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
enum Value {
    Number(E164),
    /// A number that has no international form: relay prefixes, short codes.
    Printed(String),
    Mailbox(Email),
    Link(Link),
    Postal(PostalLine),
}

/// One channel and one normalised value that fits it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Reach {
    channel: Channel,
    value: Value,
}

impl Reach {
    /// Reaches by a number: `phone`, `textphone`, `fax` or `messaging`.
    ///
    /// # Errors
    ///
    /// [`ValueError::Misfit`] for any other channel.
    pub fn number(channel: Channel, number: E164) -> Result<Self, ValueError> {
        match channel {
            Channel::Phone | Channel::Textphone | Channel::Fax | Channel::Messaging => {
                Ok(Self { channel, value: Value::Number(number) })
            }
            _ => Err(ValueError::Misfit { channel, value: number.0 }),
        }
    }

    /// Reaches by a telephone number.
    #[must_use]
    pub const fn phone(number: E164) -> Self {
        Self { channel: Channel::Phone, value: Value::Number(number) }
    }

    /// Reaches a textphone by a number that only has a printed form, such as a relay prefix and a short code.
    ///
    /// # Errors
    ///
    /// [`ValueError::Empty`] for white space only.
    pub fn printed_textphone(printed: &str) -> Result<Self, ValueError> {
        let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        if printed.is_empty() {
            return Err(ValueError::Empty);
        }
        Ok(Self { channel: Channel::Textphone, value: Value::Printed(printed) })
    }

    /// Reaches by what has only a printed form: a short code to call or text, the way to a chat inside an application.
    ///
    /// [`Reach::parse`] refuses such values, for in a page they are mostly something else; this is for sources that
    /// say which channel they mean.
    ///
    /// # Errors
    ///
    /// [`ValueError::Empty`] for white space only, [`ValueError::Misfit`] for a mailbox, a profile or a form, and for a
    /// number to call or text without digits or with more than letters, digits and `*#`.
    pub fn printed(channel: Channel, text: &str) -> Result<Self, ValueError> {
        let printed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if printed.is_empty() {
            return Err(ValueError::Empty);
        }
        let code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '#' | ' ' | '-' | '(' | ')');
        let digits = printed.chars().filter(char::is_ascii_digit).count();
        match channel {
            Channel::Phone | Channel::Fax | Channel::Messaging
                if digits >= 2 && printed.chars().all(code) =>
            {
                Ok(Self { channel, value: Value::Printed(printed) })
            }
            Channel::Textphone | Channel::App | Channel::Chat => {
                Ok(Self { channel, value: Value::Printed(printed) })
            }
            _ => Err(ValueError::Misfit { channel, value: printed }),
        }
    }

    /// Reaches by a mailbox.
    #[must_use]
    pub const fn email(email: Email) -> Self {
        Self { channel: Channel::Email, value: Value::Mailbox(email) }
    }

    /// Reaches by post.
    #[must_use]
    pub const fn postal(line: PostalLine) -> Self {
        Self { channel: Channel::Postal, value: Value::Postal(line) }
    }

    /// Reaches by an address on the web: `form`, `chat`, `messaging`, `social`, `app` or `web`.
    ///
    /// # Errors
    ///
    /// [`ValueError::Misfit`] for any other channel.
    pub fn link(channel: Channel, link: Link) -> Result<Self, ValueError> {
        match channel {
            Channel::Form
            | Channel::Chat
            | Channel::Messaging
            | Channel::Social
            | Channel::App
            | Channel::Web => Ok(Self { channel, value: Value::Link(link) }),
            _ => Err(ValueError::Misfit { channel, value: link.0.into() }),
        }
    }

    /// Parses a channel and the text form of a value, as [`Reach::value`] gives it.
    ///
    /// # Errors
    ///
    /// The [`ValueError`] of the value, or [`ValueError::Misfit`].
    pub fn parse(channel: Channel, text: &str) -> Result<Self, ValueError> {
        match channel {
            Channel::Email => Email::parse(text).map(Self::email),
            Channel::Postal | Channel::InPerson => {
                Ok(Self { channel, value: Value::Postal(PostalLine::from_parts(text.split(','))?) })
            }
            Channel::Textphone if !text.trim_start().starts_with('+') => Self::printed_textphone(text),
            Channel::Messaging if text.trim_start().starts_with('+') => {
                Self::number(channel, E164::parse(text)?)
            }
            Channel::Phone | Channel::Textphone | Channel::Fax => Self::number(channel, E164::parse(text)?),
            _ => Self::link(channel, Link::parse(text)?),
        }
    }

    /// Returns the channel.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        self.channel
    }

    /// Returns the value in its stable text form.
    #[must_use]
    pub fn value(&self) -> &str {
        match &self.value {
            Value::Number(number) => number.as_str(),
            Value::Printed(printed) => printed,
            Value::Mailbox(email) => email.as_str(),
            Value::Link(link) => link.as_str(),
            Value::Postal(line) => line.as_str(),
        }
    }

    /// Returns the mailbox, where this is one.
    #[must_use]
    pub const fn as_email(&self) -> Option<&Email> {
        if let Value::Mailbox(email) = &self.value { Some(email) } else { None }
    }

    /// Returns the web address, where this is one.
    #[must_use]
    pub const fn as_link(&self) -> Option<&Link> {
        if let Value::Link(link) = &self.value { Some(link) } else { None }
    }

    /// Returns the international number, where this is one.
    #[must_use]
    pub const fn as_number(&self) -> Option<&E164> {
        if let Value::Number(number) = &self.value { Some(number) } else { None }
    }
}

/// The stored and exported form of a [`Reach`].
#[derive(Serialize, Deserialize)]
struct ReachForm {
    channel: Channel,
    value: String,
}

impl Serialize for Reach {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ReachForm { channel: self.channel, value: self.value().to_owned() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Reach {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ReachForm { channel, value } = ReachForm::deserialize(deserializer)?;
        Self::parse(channel, &value)
            .or_else(|error| Self::printed(channel, &value).map_err(|_| error))
            .map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.channel.id(), self.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_normalised_or_refused() {
        assert_eq!(E164::parse("+44 (20) 7946-0000").unwrap().as_str(), "+442079460000");
        for bad in ["020 7946 0000", "+44", "+44 20 7946 0000 0000 00", "+44 x20"] {
            assert!(E164::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Email::parse(" Complaints@Acme.Example ").unwrap().as_str(), "complaints@acme.example");
        for bad in
            ["acme.example", "a@b", "a@@acme.example", ".a@acme.example", "a@acme.1", "a b@acme.example"]
        {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert!(Link::parse("/complaints").is_err());
        assert!(Link::parse("javascript:alert(1)").is_err());
        assert_eq!(
            PostalLine::from_parts(["Acme  Ltd,", "", " 1 High St ", "Town"]).unwrap().as_str(),
            "Acme Ltd, 1 High St, Town"
        );
    }

    #[test]
    fn two_spellings_of_one_address_have_one_key() {
        let key = |text| Link::parse(text).unwrap().key();
        assert_eq!(key("https://www.x.com/Acme/"), key("http://twitter.com/acme?lang=en"));
        assert_eq!(
            key("https://acme.example/form?b=2&a=1#top"),
            key("https://acme.example/form/?a=1&utm_source=x&b=2")
        );
    }

    #[test]
    fn what_names_the_page_in_the_query_is_kept() {
        let key = |text| Link::parse(text).unwrap().key();
        assert_ne!(
            key("https://facebook.com/profile.php?id=100001"),
            key("https://facebook.com/profile.php?id=100002")
        );
        assert_ne!(
            key("https://help.acme.example/new?form=360"),
            key("https://help.acme.example/new?form=361")
        );
    }

    #[test]
    fn a_channel_takes_only_what_fits_it() {
        assert!(Reach::parse(Channel::Form, "complaints@acme.example").is_err());
        assert!(Reach::number(Channel::Email, E164::parse("+442079460000").unwrap()).is_err());
        assert_eq!(Reach::parse(Channel::Textphone, "18001 0800 001").unwrap().value(), "18001 0800 001");
    }
}
