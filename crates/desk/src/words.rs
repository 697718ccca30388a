//! Words for values, as every face shows them.

use ladder::guard::theirs::Whose;
use ladder::{Access, Clock, Cost, Unit};
use reading::post::stance::Said;
use reading::post::thread::Role;

/// Returns a duration in words, such as `8 weeks`.
#[must_use]
pub fn clock(n: u32, unit: Unit) -> String {
    Clock::new(n, unit).to_string()
}

/// Returns a telephone number as people write it: parted, with its country code.
#[must_use]
pub fn number(e164: &str) -> String {
    reading::phone::shown(e164)
}

/// Returns what a channel is reached by as people read it: telephone numbers parted, all else as it is.
#[must_use]
pub fn value(channel: &str, value: &str) -> String {
    if matches!(channel, "phone" | "textphone" | "fax") { number(value) } else { value.to_owned() }
}

/// Returns what a call costs, in words.
#[must_use]
pub const fn cost(cost: Cost) -> &'static str {
    match cost {
        Cost::TollFree => "free call",
        Cost::Standard => "normal rate",
        Cost::Mobile => "mobile rate",
        Cost::Shared => "shared cost: may cost more than a normal call",
        Cost::Premium => "premium rate: costs more than a normal call",
    }
}

/// Returns the part that a writer plays in a thread, in words.
#[must_use]
pub const fn of_role(role: Role) -> &'static str {
    match role {
        Role::Asker => "who asked",
        Role::Stranger => "another writer",
        Role::Moderator => "a moderator",
        Role::Employee => "staff, as the site marks them",
        Role::Company => "the company, as the site marks it",
        Role::Listing => "the site's own entry, which anybody may have written",
        Role::SaysCompany => "somebody who claims to be the company",
    }
}

/// Returns what a writer says of a contact, in words.
#[must_use]
pub const fn of_said(said: Said) -> &'static str {
    match said {
        Said::Named => "named as a way to reach the company",
        Said::Confirmed => "somebody says that it works",
        Said::Dead => "somebody says that it does not work or is not read",
        Said::Warned => "the writers warn about it: do not use it",
        Said::Refuted => "advertised there and warned against at once: do not use it",
        Said::Own => "somebody else's, not the company's",
        Said::Guessed => "a guess, or a fax",
    }
}

/// Returns whose a value is, in words.
#[must_use]
pub fn of_whose(whose: Whose, company: &str) -> String {
    match whose {
        Whose::Official => format!("it belongs to {company}, as far as is known"),
        Whose::Lead => format!("only other people name it for {company}: a lead, not confirmed"),
        Whose::Unknown => "unknown, which does not mean safe".to_owned(),
        Whose::AnotherCompany => format!("it belongs to somebody else, not to {company}"),
        Whose::LookAlike => format!("a look-alike, made to be mistaken for one of {company}"),
        Whose::Suspect => "suspect: it shows signs of a fraud".to_owned(),
    }
}

/// Returns what must be done first to get in, where a reader needs to know.
#[must_use]
pub const fn access(access: Access) -> Option<&'static str> {
    access.in_words()
}
