//! What a page knows of whoever asks: the language, the theme, and the token of the forms.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use desk::me::{self, Preferences};
use maud::{Markup, html};
use url::{Position, Url};

use crate::app::App;
use crate::days::{self, Way};
use crate::here::Here;
use crate::said::Piece;
use crate::texts::Lang;

/// The context of a page.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) app: Here,
    pub(crate) lang: Lang,
    pub(crate) preferences: Preferences,
    /// The path of the page, for the mark in the navigation.
    pub(crate) path: String,
    /// The page of ours that the request came from, where it says so and it is another.
    pub(crate) came_from: Option<String>,
}

impl Context {
    /// Reads the context of a request.
    pub(crate) fn of(app: &Arc<App>, parts: &Parts) -> Self {
        let app = Here::of(app, &parts.extensions);
        let preferences = me::preferences(&app.own_folder());
        let wanted = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let lang = preferences
            .language
            .as_deref()
            .and_then(Lang::named)
            .or_else(|| wanted.map(Lang::accepted))
            .unwrap_or(Lang::En);
        let path = parts.uri.path().to_owned();
        let came_from = came_from(parts).filter(|from| *from != path);
        Self { app, lang, preferences, path, came_from }
    }

    /// Returns a text of the pages.
    pub(crate) fn t(&self, key: &str) -> &str {
        self.app.texts.get(self.lang, key)
    }

    /// Draws a text of the pages; what stands in the marks of a terminal is code.
    pub(crate) fn plain(&self, key: &str) -> Markup {
        html! { @for (at, part) in self.t(key).split('`').enumerate() { @if at % 2 == 1 { code { (part) } } @else { (part) } } }
    }

    /// Returns a text with `{}` filled in.
    pub(crate) fn with(&self, key: &str, value: impl std::fmt::Display) -> String {
        self.t(key).replace("{}", &self.days(&value.to_string()))
    }

    /// Returns a text of ours, or a day, with each day as the language of the page writes it.
    pub(crate) fn days(&self, text: &str) -> String {
        days::written(text, Way { months: self.t("day.months"), form: self.t("day.form") })
    }

    /// Returns a month, short enough for a picture.
    pub(crate) fn month(&self, day: jiff::civil::Date) -> String {
        let at = usize::try_from(day.month() - 1).unwrap_or_default();
        let name = self.t("day.months").split(' ').nth(at).unwrap_or_default();
        format!("{} {}", name.chars().take(3).collect::<String>(), day.year())
    }

    /// Returns a sum with its currency, as the language of the page writes it.
    pub(crate) fn money(&self, amount: &str, currency: &str) -> String {
        let (whole, rest) = amount.split_once('.').map_or((amount, ""), |(whole, rest)| (whole, rest));
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push_str(self.t("number.group"));
            }
            grouped.push(digit);
        }
        if !rest.is_empty() {
            grouped.push_str(if self.t("number.group") == "." { "," } else { "." });
            grouped.push_str(rest);
        }
        self.t("number.money").replace("{amount}", &grouped).replace("{currency}", currency)
    }

    /// Returns a sum of the desk, such as `EUR 49.90`, as the language of the page writes it; anything else as it is.
    pub(crate) fn sum(&self, text: &str) -> String {
        let parts = text.split_once(' ').filter(|(currency, amount)| {
            currency.len() == 3
                && currency.bytes().all(|byte| byte.is_ascii_uppercase())
                && amount.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        });
        parts.map_or_else(|| text.to_owned(), |(currency, amount)| self.money(amount, currency))
    }

    /// Draws what the desk says, in the language of the page where that is written, else marked as English.
    pub(crate) fn said(&self, english: &str) -> Markup {
        let pieces = match self.app.texts.sayings(self.lang) {
            Some(sayings) if self.lang == Lang::En => vec![Piece::Ours(sayings.text(english))],
            Some(sayings) => sayings.pieces(english),
            None => vec![Piece::Ours(english.to_owned())],
        };
        html! {
            @for (at, piece) in pieces.iter().enumerate() {
                @if at > 0 { "; " }
                @match piece { Piece::Ours(words) => { (self.days(&quoted(words))) }, Piece::English(words) => { span lang="en" { (quoted(words)) } } }
            }
        }
    }

    /// Returns what the desk says as [`Self::said`] draws it, without marks.
    pub(crate) fn says(&self, english: &str) -> String {
        let said = self.app.texts.sayings(self.lang).map(|sayings| sayings.text(english));
        self.days(&quoted(said.as_deref().unwrap_or(english)))
    }

    /// Returns the text for a word of the house, such as `rung.front_line`; the word itself where none is written.
    pub(crate) fn word(&self, group: &str, id: &str) -> String {
        let known = self.app.texts.find(self.lang, &format!("{group}.{id}"));
        known.map_or_else(|| id.replace('_', " "), str::to_owned)
    }
}

/// Puts quotation marks where the desk has the marks of a terminal.
fn quoted(words: &str) -> String {
    let mut parts = words.split('`');
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut open = true;
    for part in parts {
        text.push(if open { '“' } else { '”' });
        text.push_str(part);
        open = !open;
    }
    text
}

/// Returns the page of ours that a request came from: its path alone, so that no link leads elsewhere.
fn came_from(parts: &Parts) -> Option<String> {
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let url = Url::parse(text("referer")?).ok()?;
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let ours = text("host").is_some_and(|own| own == host);
    (ours && !url.path().starts_with("//"))
        .then(|| url[Position::BeforePath..Position::AfterQuery].to_owned())
}

impl FromRequestParts<Arc<App>> for Context {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of(app, parts))
    }
}
