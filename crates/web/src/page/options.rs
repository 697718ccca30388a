//! Lists to choose from: countries, topics, trades, in the words of the language.

use desk::atlas::{List, words_of};

use crate::context::Context;

/// Countries that the forms offer, those of the atlas first in order of their names.
const COUNTRIES: &[&str] = &[
    "AU", "AT", "BE", "CA", "DK", "FI", "FR", "DE", "IE", "IN", "IT", "NL", "NZ", "NO", "PL", "PT", "SG",
    "ZA", "ES", "SE", "CH", "GB", "US",
];

/// Languages that letters and the dossier are written in.
pub(crate) const LETTER_LANGUAGES: [&str; 4] = ["en", "de", "fr", "es"];

/// The ways by which one speaks and writes with a company, as forms offer them.
pub(crate) const WAYS: [&str; 7] = ["phone", "email", "form", "chat", "postal", "social", "in_person"];

fn sorted(mut options: Vec<(String, String)>) -> Vec<(String, String)> {
    options.sort_by_key(|option| option.1.to_lowercase());
    options
}

/// Returns the countries.
pub(crate) fn countries(context: &Context) -> Vec<(String, String)> {
    sorted(COUNTRIES.iter().map(|code| ((*code).to_owned(), context.word("country", code))).collect())
}

/// Returns the topics by which a ladder is narrowed.
pub(crate) fn topics(context: &Context) -> Vec<(String, String)> {
    sorted(desk::find::topics().map(|id| (id.to_owned(), context.word("topic", id))).collect())
}

/// Returns the words of a list of the atlas.
pub(crate) fn of_list(context: &Context, list: List, group: &str) -> Vec<(String, String)> {
    sorted(words_of(list).iter().map(|id| ((*id).to_owned(), context.word(group, id))).collect())
}

/// Returns words of the house by their ids, in their own order.
pub(crate) fn ids(context: &Context, group: &str, ids: &[&str]) -> Vec<(String, String)> {
    ids.iter().map(|id| ((*id).to_owned(), context.word(group, id))).collect()
}
