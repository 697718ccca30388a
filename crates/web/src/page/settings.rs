//! Settings: who one is, language and theme, what is asked of whom, copies, and the end of everything.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::case::{self, Me};
use desk::me::{self, Preferences};
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::here::Here;
use crate::layout::{self, Field, area, choice, icon, token};
use crate::page::options;
use crate::post::{Fields, Posted, Upload};
use crate::secret;
use crate::texts::Lang;

/// The fewest characters of a passphrase.
const LEAST_SECRET: usize = 8;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/settings", get(show))
        .route("/settings/me", post(who))
        .route("/settings/pages", post(pages))
        .route("/settings/backup", post(backup))
        .route("/settings/restore", post(restore))
        .route("/settings/erase", post(erase))
}

async fn show(context: Context, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let known = me::load(&context.app.place().data)?;
    let keeper = context.app.is_keeper();
    let said = fields.word("done").map(|what| context.word("done", what));
    let main = html! {
        h1 { (context.t("settings.title")) }
        @if let Some(said) = &said { (layout::done(said)) }
        (pages_card(&context))
        (me_card(&context, &known))
        (sources_card(&context))
        @if keeper {
            (copies_card(&context))
            (erase_card(&context))
        }
    };
    Ok(layout::page(&context, context.t("settings.title"), main))
}

fn pages_card(context: &Context) -> Markup {
    let languages: Vec<(String, String)> =
        Lang::ALL.iter().map(|lang| (lang.code().to_owned(), lang.name().to_owned())).collect();
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    html! {
        section.card #pages { h2 { (icon("settings")) (context.t("settings.pages")) }
            form action="/settings/pages" method="post" { (token(context))
                div.pair {
                    (choice("language", context.t("settings.language"), Some(context.t("settings.as_browser")), &languages, &of(&context.preferences.language)))
                    (choice("theme", context.t("settings.theme"), Some(context.t("settings.as_system")), &options::ids(context, "theme", &["light", "dark"]), &of(&context.preferences.theme)))
                    (choice("country", context.t("find.country"), Some(context.t("find.any_country")), &options::countries(context), &of(&context.preferences.country)))
                }
                button.button type="submit" { (context.t("settings.save")) }
            }
        }
    }
}

fn me_card(context: &Context, known: &Me) -> Markup {
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    html! {
        section.card #me { h2 { (icon("pen")) (context.t("settings.me")) }
            p { (context.t("settings.me_words")) }
            form action="/settings/me" method="post" { (token(context))
                (Field { complete: Some("name"), ..Field::text("name", context.t("settings.name"), &of(&known.name)) }.draw())
                (area("address", context.t("settings.address"), None, &known.address.join("\n"), 3))
                div.pair {
                    (Field { complete: Some("email"), ..Field::of("email", "email", &context.word("channel", "email"), &of(&known.email)) }.draw())
                    (Field { complete: Some("tel"), ..Field::of("tel", "phone", &context.word("channel", "phone"), &of(&known.phone)) }.draw())
                }
                button.button type="submit" { (context.t("settings.save")) }
            }
        }
    }
}

/// What is asked of whom: plain words, for this is a promise.
fn sources_card(context: &Context) -> Markup {
    let live = &context.app.config.live;
    let listed = desk::sources::list(&live.sources, live, Some(&context.app.config.data));
    html! {
        section.card #sources { h2 { (icon("web")) (context.t("settings.sources")) }
            div.scroll tabindex="0" role="region" aria-label=(context.t("settings.sources")) { table {
                thead { tr { th { (context.t("settings.source")) } th { (context.t("settings.sent")) } th { (context.t("settings.when")) } } }
                tbody { @for name in ["directory", "atlas", "site"] { tr {
                    td { (context.word("asks", name)) } td { (context.word("asks_sent", name)) } td { (context.word("asks_when", name)) }
                } } }
            } }
            details { summary { (context.t("settings.outside_sources")) }
                p { (context.t("settings.outside_words")) }
                ul.facts lang="en" { @for source in &listed.sources { li {
                    span { span.tag.good[source.on] lang=(context.lang.code()) { (context.word("source_state", if source.on { "on" } else { "off" })) } " " strong { (source.name) } ": " (source.gives) p.hint { (source.sends) " – " (source.at) } }
                } } }
            }
            p.hint { (context.with("settings.agent", &context.app.config.live.user_agent)) }
            @if context.app.is_keeper() { p.hint { (context.with("settings.folder", context.app.config.data.display())) } }
        }
    }
}

fn copies_card(context: &Context) -> Markup {
    let secret = |id: &str, label: &str, complete: &str| {
        html! {
            div.field { label for=(id) { (label) } input id=(id) name="secret" type="password" minlength=(LEAST_SECRET) required autocomplete=(complete); }
        }
    };
    html! {
        section.card #copies { h2 { (icon("copy")) (context.t("settings.copies")) }
            p { (context.t("settings.copies_words")) }
            form action="/settings/backup" method="post" { (token(context))
                (secret("secret-new", context.t("settings.secret"), "new-password"))
                button.button type="submit" { (context.t("settings.backup")) }
            }
            h3 { (context.t("settings.restore")) }
            form action="/settings/restore" method="post" enctype="multipart/form-data" { (token(context))
                div.field { label for="copy" { (context.t("settings.copy_file")) } input id="copy" name="copy" type="file" accept=".age" required; }
                (secret("secret-old", context.t("settings.secret"), "current-password"))
                button.button.quiet type="submit" { (context.t("settings.restore_do")) }
            }
        }
    }
}

fn erase_card(context: &Context) -> Markup {
    html! {
        section.card #erase { h2 { (icon("warning")) (context.t("settings.erase")) }
            p { (context.t("settings.erase_words")) }
            form action="/settings/erase" method="post" { (token(context))
                div.field { label for="sure" { (context.with("settings.erase_type", context.t("settings.erase_word"))) } input id="sure" name="sure" required autocomplete="off"; }
                button.button.danger type="submit" { (context.t("settings.erase_do")) }
            }
        }
    }
}

async fn who(context: Context, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let text = |name: &str| fields.word(name).map(str::to_owned);
    let lines = fields.get("address").unwrap_or_default().lines();
    let address = lines.map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let known = Me { name: text("name"), address, email: text("email"), phone: text("phone") };
    me::save(&context.app.place().data, &known)?;
    Ok(Redirect::to("/settings?done=saved"))
}

async fn pages(context: Context, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let known =
        |name: &str, words: &[&str]| fields.word(name).filter(|word| words.contains(word)).map(str::to_owned);
    let country = fields.word("country").and_then(|code| desk::find::parse_country(code).ok());
    let preferences = Preferences {
        language: known("language", &Lang::ALL.map(Lang::code)),
        theme: known("theme", &["light", "dark"]),
        country: country.map(|country| country.code().to_owned()),
    };
    me::prefer(&context.app.own_folder(), &preferences)?;
    Ok(Redirect::to("/settings?done=saved"))
}

fn passphrase(fields: &Fields) -> Result<String, Fault> {
    let secret = fields.get("secret").unwrap_or_default();
    if secret.trim().chars().count() < LEAST_SECRET {
        return Err(Fault::wrong(format!("a passphrase has at least {LEAST_SECRET} characters")));
    }
    Ok(secret.to_owned())
}

/// Gives every case as one sealed file.
async fn backup(app: Here, Posted(fields): Posted) -> Result<Response, Fault> {
    let secret = passphrase(&fields)?;
    let place = app.place();
    let day = place.now.date();
    let file = app.config.data.join(format!("copy-{}.age.part", secret::random().map_err(Fault::inner)?));
    let made = case::export_sealed(&place, &[], &file, secret).await;
    let bytes = tokio::fs::read(&file).await;
    let _ = tokio::fs::remove_file(&file).await;
    made?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"upstairs-{day}.age\"")),
    ];
    Ok((headers, bytes.map_err(Fault::inner)?).into_response())
}

/// Takes a sealed file in.
async fn restore(app: Here, upload: Upload) -> Result<Redirect, Fault> {
    let secret = passphrase(&upload.fields)?;
    let copy = upload.files.first().ok_or_else(|| Fault::wrong("choose the file of the copy"))?;
    let file = app.config.data.join(format!("copy-{}.age.part", secret::random().map_err(Fault::inner)?));
    tokio::fs::write(&file, &copy.bytes).await.map_err(Fault::inner)?;
    let done = case::restore_sealed(&app.place(), &file, secret).await;
    let _ = tokio::fs::remove_file(&file).await;
    done?;
    Ok(Redirect::to("/settings?done=restored"))
}

/// Deletes everything, where the word was typed.
async fn erase(context: Context, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let word = context.t("settings.erase_word");
    if !fields.word("sure").is_some_and(|sure| sure.eq_ignore_ascii_case(word)) {
        return Err(Fault::wrong(context.with("settings.erase_type", word)));
    }
    let config = &context.app.config;
    desk::erase::everything(&config.data, config.live.cache.as_deref())
        .map_err(|(path, error)| Fault::inner(format!("`{}`: {error}", path.display())))?;
    Ok(Redirect::to("/settings?done=erased"))
}
