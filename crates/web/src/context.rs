//! What a page knows of whoever asks: the language, the theme, and the token of the forms.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use desk::me::{self, Preferences};

use crate::app::App;
use crate::here::Here;
use crate::texts::Lang;

/// The context of a page.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) app: Here,
    pub(crate) lang: Lang,
    pub(crate) preferences: Preferences,
    /// The path of the page, for the mark in the navigation.
    pub(crate) path: String,
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
        Self { app, lang, preferences, path: parts.uri.path().to_owned() }
    }

    /// Returns a text of the pages.
    pub(crate) fn t(&self, key: &str) -> &str {
        self.app.texts.get(self.lang, key)
    }

    /// Returns a text with `{}` filled in.
    pub(crate) fn with(&self, key: &str, value: impl std::fmt::Display) -> String {
        self.t(key).replace("{}", &value.to_string())
    }

    /// Returns the text for a word of the house, such as `rung.front_line`; the word itself where none is written.
    pub(crate) fn word(&self, group: &str, id: &str) -> String {
        let known = self.app.texts.find(self.lang, &format!("{group}.{id}"));
        known.map_or_else(|| id.replace('_', " "), str::to_owned)
    }
}

impl FromRequestParts<Arc<App>> for Context {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of(app, parts))
    }
}
