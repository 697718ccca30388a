//! The frame of every page: head, navigation, main part; and the small pieces that pages are made of.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use desk::accounts::Actor;

use crate::asset;
use crate::context::Context;

/// The places of the navigation: path, key of the name, icon.
const PLACES: [(&str, &str, &str); 6] = [
    ("/", "nav.find", "find"),
    ("/cases", "nav.cases", "cases"),
    ("/directory", "nav.directory", "directory"),
    ("/atlas", "nav.atlas", "atlas"),
    ("/check-message", "nav.check", "shield"),
    ("/settings", "nav.settings", "settings"),
];

/// A page.
pub(crate) struct Page<'a> {
    pub(crate) title: &'a str,
    /// What else stands in the head.
    pub(crate) head: Markup,
    pub(crate) main: Markup,
    /// Whether the main part may use the whole width.
    pub(crate) wide: bool,
}

/// Makes a page of a title and a main part.
pub(crate) fn page(context: &Context, title: &str, main: Markup) -> Response {
    whole(context, &Page { title, head: html! {}, main, wide: false }).into_response()
}

/// Makes a wide page.
pub(crate) fn wide(context: &Context, title: &str, main: Markup) -> Response {
    whole(context, &Page { title, head: html! {}, main, wide: true }).into_response()
}

/// Makes a page with a status of its own.
pub(crate) fn with_status(status: StatusCode, response: Response) -> Response {
    (status, response).into_response()
}

/// Makes the whole document.
pub(crate) fn whole(context: &Context, page: &Page<'_>) -> Html<String> {
    let theme = context.preferences.theme.as_deref();
    let here = |path: &str| match path {
        "/" => context.path == "/" || context.path.starts_with("/find"),
        "/cases" => context.path.starts_with("/cases") || context.path.starts_with("/start"),
        path => context.path.starts_with(path),
    };
    // Before the door of a server there is nowhere to go.
    let inside = context.app.hall.is_none() || context.app.actor().is_some();
    let reads_only = context.app.actor().is_some_and(|actor| !actor.may_write());
    let markup = html! {
        (DOCTYPE)
        html lang=(context.lang.code()) data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (page.title) " · Upstairs" }
                link rel="icon" href=(asset::url("icon.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(asset::url("style.css"));
                script src=(asset::url("upstairs.js")) defer {}
                (page.head)
            }
            body {
                a.skip href="#main" { (context.t("nav.skip")) }
                header.top {
                    div.bar {
                        a.brand href="/" aria-label=(context.t("nav.home")) { (logo()) span { "Upstairs" } }
                        @if inside { nav.places aria-label=(context.t("nav.label")) {
                            @for (path, name, sign) in PLACES {
                                a href=(path) aria-current=[here(path).then_some("page")] {
                                    (icon(sign)) span { (context.t(name)) }
                                }
                            }
                        } }
                        @if let Some(actor) = context.app.actor() { (who(context, actor)) }
                    }
                }
                main #main .wide[page.wide] .reads-only[reads_only] tabindex="-1" {
                    @if reads_only { p.notice { (icon("shield")) span { (context.t("account.reads_only")) } } }
                    (page.main)
                }
                footer.foot {
                    p { @if context.app.hall.is_some() { (context.t("foot.server")) } @else { (context.t("foot.local")) } " " (context.t("foot.law")) }
                    @if inside { p { a href="/docs" { (context.t("foot.api")) } } }
                }
            }
        }
    };
    Html(markup.into_string())
}

/// Who is in, and the way out.
fn who(context: &Context, actor: &Actor) -> Markup {
    html! {
        div.who {
            a href="/account" aria-current=[context.path.starts_with("/account").then_some("page")] aria-label={ (context.t("account.title")) ": " (actor.name()) } { (actor.name()) }
            form action="/logout" method="post" { (token(context)) button.button.small.quiet type="submit" { (context.t("account.leave")) } }
        }
    }
}

/// The sign of the program: stairs that lead up.
fn logo() -> Markup {
    html! {
        svg.logo viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" {
            path d="M3 28h8v-7h7v-7h7V5" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round" {}
            path d="M20.500 9.200 25 4.600l4.500 4.600" fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round" {}
        }
    }
}

/// Returns an icon of ours by its name: strokes in the colour of the text.
pub(crate) fn icon(name: &str) -> Markup {
    let path = match name {
        "find" => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
        "cases" => "M4 7h16v12H4zM9 7V5h6v2M4 12h16",
        "directory" => "M5 4h13a1 1 0 0 1 1 1v15H6a2 2 0 0 1-2-2V5a1 1 0 0 1 1-1zM8 8h7M8 12h5",
        "atlas" => "M12 4 4 8v2h16V8zM6 10v7M10 10v7M14 10v7M18 10v7M4 19h16",
        "shield" => "M12 3.500 5 6v5c0 5 3 8 7 9.500 4-1.500 7-4.500 7-9.500V6zM9 12l2 2 4-4",
        "settings" => "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
        "phone" => {
            "M6 4h3l1.500 5-2 1.500a11 11 0 0 0 5 5l1.500-2 5 1.500v3a2 2 0 0 1-2 2A15 15 0 0 1 4 6a2 2 0 0 1 2-2z"
        }
        "email" => "M4 6h16v12H4zM4 7l8 6 8-6",
        "postal" => {
            "M12 21s-6-5.500-6-11a6 6 0 0 1 12 0c0 5.500-6 11-6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"
        }
        "form" => "M6 4h12v16H6zM9 8h6M9 12h6M9 16h3",
        "chat" => "M4 5h16v11H10l-4 4v-4H4z",
        "web" => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM4 12h16M12 4c3 3 3 13 0 16M12 4c-3 3-3 13 0 16",
        "clock" => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2",
        "warning" => "M12 4 3 19h18zM12 10v4M12 16.500v.5",
        "copy" => "M9 9h10v11H9zM15 9V4H5v11h4",
        "open" => "M9 5H5v14h14v-4M13 5h6v6M19 5l-8 8",
        "plus" => "M12 5v14M5 12h14",
        "pen" => "M5 19l1-4L16 5l3 3L9 18z",
        "file" => "M7 3h7l4 4v14H7zM14 3v4h4",
        "check" => "M5 12.500 10 17l9-10",
        _ => "M12 12h.01",
    };
    PreEscaped(format!(
        "<svg class=\"icon\" viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" aria-hidden=\"true\"><path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>"
    ))
}

/// The hidden field that every form has.
pub(crate) fn token(context: &Context) -> Markup {
    html! { input type="hidden" name="token" value=(context.app.form); }
}

/// A message above a form: what could not be taken.
pub(crate) fn problem(context: &Context, words: &str) -> Markup {
    html! {
        div.notice.bad role="alert" { (icon("warning")) div { strong { (context.t("form.problem")) } " " (context.says(words)) } }
    }
}

/// A message that a field of a form holds what cannot be taken: which, and why.
pub(crate) fn problem_in(context: &Context, field: &str, why: &str) -> Markup {
    let head = context.with("form.problem_in", context.word("field", field));
    html! {
        div.notice.bad role="alert" { (icon("warning")) div { strong { (head) } " " (context.says(why)) } }
    }
}

/// A message that something was done.
pub(crate) fn done(words: &str) -> Markup {
    html! { div.notice.good role="status" { (icon("check")) div { (words) } } }
}

/// A field of one line.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    pub(crate) hint: Option<&'a str>,
    pub(crate) value: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) complete: Option<&'a str>,
}

impl<'a> Field<'a> {
    /// A field of text.
    pub(crate) const fn text(name: &'a str, label: &'a str, value: &'a str) -> Self {
        Self { name, label, hint: None, value, kind: "text", complete: None }
    }

    /// A field of another kind, such as `date`.
    pub(crate) const fn of(kind: &'a str, name: &'a str, label: &'a str, value: &'a str) -> Self {
        Self { name, label, hint: None, value, kind, complete: None }
    }

    /// With a hint below its label.
    pub(crate) const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Draws it.
    pub(crate) fn draw(&self) -> Markup {
        let hint = format!("{}-hint", self.name);
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                @if let Some(text) = self.hint { p.hint id=(hint) { (text) } }
                input id=(self.name) name=(self.name) type=(self.kind) value=(self.value) autocomplete=(self.complete.unwrap_or("off"))
                    aria-describedby=[self.hint.map(|_| hint.as_str())] maxlength="400";
            }
        }
    }
}

/// A field of several lines.
pub(crate) fn area(name: &str, label: &str, hint: Option<&str>, value: &str, rows: usize) -> Markup {
    let described = format!("{name}-hint");
    html! {
        div.field {
            label for=(name) { (label) }
            @if let Some(text) = hint { p.hint id=(described) { (text) } }
            textarea id=(name) name=(name) rows=(rows) aria-describedby=[hint.map(|_| described.as_str())] { (value) }
        }
    }
}

/// A choice of one among words; the first is no choice where `none` names it.
pub(crate) fn choice(
    name: &str,
    label: &str,
    none: Option<&str>,
    options: &[(String, String)],
    chosen: &str,
) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                @if let Some(none) = none { option value="" { (none) } }
                @for (value, words) in options {
                    option value=(value) selected[value == chosen] { (words) }
                }
            }
        }
    }
}
