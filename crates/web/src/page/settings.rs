//! Settings: who one is, language and theme, what is asked of whom, copies, and the end of everything.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::case::{self, Me};
use desk::erase::{self, Folders, Made};
use desk::me::{self, Preferences};
use desk::sources::SourceView;
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::extension;
use crate::fault::Fault;
use crate::here::Here;
use crate::launch;
use crate::layout::{self, Field, area, choice, icon, token};
use crate::page::{options, seal};
use crate::post::{Fields, Posted, Upload};
use crate::secret;
use crate::texts::Lang;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/settings", get(show))
        .route("/settings/me", post(who))
        .route("/settings/pages", post(pages))
        .route("/settings/source", post(source))
        .route("/settings/extension.zip", get(extension_file))
        .route("/settings/backup", post(backup))
        .route("/settings/restore", post(restore))
        .route("/settings/erase", post(erase_all))
}

async fn show(context: Context, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let known = me::load(&context.app.place().data)?;
    let keeper = context.app.is_keeper();
    let said = fields.word("done").map(|what| context.word("done", what));
    let seal = if keeper { Some(seal::card(&context).await?) } else { None };
    let main = html! {
        h1 { (context.t("settings.title")) }
        @if let Some(said) = &said { (layout::done(said)) }
        (pages_card(&context))
        (me_card(&context, &known))
        (sources_card(&context))
        @if keeper {
            (extension_card(&context))
            @if let Some(seal) = &seal { (seal) }
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
    let live = context.app.live();
    let listed = desk::sources::list(&live.sources, &live, Some(&context.app.config.data));
    html! {
        section.card #sources { h2 { (icon("web")) (context.t("settings.sources")) }
            div.scroll tabindex="0" role="region" aria-label=(context.t("settings.sources")) { table {
                thead { tr { th { (context.t("settings.source")) } th { (context.t("settings.sent")) } th { (context.t("settings.when")) } } }
                tbody { @for name in ["directory", "atlas", "site"] { tr {
                    td { (context.word("asks", name)) } td { (context.word("asks_sent", name)) } td { (context.word("asks_when", name)) }
                } } }
            } }
            details #outside open[context.path.ends_with("/settings") && listed.sources.iter().any(|source| source.on)] { summary { (context.t("settings.outside_sources")) }
                p { (context.t("settings.outside_words")) }
                @for warning in &listed.warnings { p.notice { (icon("warning")) (context.said(warning)) } }
                ul.source-list { @for source in &listed.sources { (one_source(context, source)) } }
            }
            p.hint { (context.with("settings.agent", &context.app.config.live.user_agent)) }
            @if context.app.is_keeper() { p.hint { (context.with("settings.folder", context.app.config.data.display())) } }
        }
    }
}

/// One outside source: what it gives and is sent, and the switch.
fn one_source(context: &Context, source: &SourceView) -> Markup {
    let wants = source.needs.as_deref().filter(|_| !source.ready);
    let field = format!("given-{}", source.id);
    html! {
        li #{ "source-" (source.id) } {
            form action="/settings/source" method="post" { (token(context))
                input type="hidden" name="name" value=(source.id);
                div.spread {
                    span { strong { (context.says(source.name)) } " " span.tag.good[source.on] { (context.word("source_state", if source.on { "on" } else { "off" })) } }
                    @if !context.app.is_keeper() {}
                    @else if source.on { button.button.small.quiet type="submit" name="on" value="no" aria-label={ (context.t("settings.switch_off")) ": " (context.says(source.name)) } { (context.t("settings.switch_off")) } }
                    @else { button.button.small.quiet type="submit" name="on" value="yes" aria-label={ (context.t("settings.switch_on")) ": " (context.says(source.name)) } { (context.t("settings.switch_on")) } }
                }
                p { (context.said(source.gives)) }
                p.hint { (context.t("settings.is_sent")) " " (context.said(source.sends)) " – " (context.says(&source.at)) }
                @if let Some(needs) = wants.filter(|_| context.app.is_keeper()) {
                    div.field { label for=(field) { (context.t("settings.needs")) " " (context.said(needs)) } input id=(field) name="given" type="password" autocomplete="off" maxlength="400"; }
                }
            }
        }
    }
}

/// The extension: where to get it, how to put it into the browser, and what pairs it.
fn extension_card(context: &Context) -> Markup {
    let code = extension::pairing_code(context.app.port, &context.app.api);
    html! {
        section.card #extension { h2 { (icon("open")) (context.t("settings.extension")) }
            p { (context.t("settings.extension_words")) }
            p { a.button.quiet href="/settings/extension.zip" download { (icon("file")) (context.t("settings.extension_get")) } }
            details { summary { (context.t("settings.extension_how")) }
                h3 { "Chromium, Chrome, Edge, Brave" } p { (context.t("settings.extension_chromium")) }
                h3 { "Firefox" } p { (context.t("settings.extension_firefox")) }
            }
            div.field { label for="pairing" { (context.t("settings.pairing")) } p.hint #pairing-hint { (context.t("settings.pairing_words")) }
                div.row.code-row { input id="pairing" type="password" readonly value=(code) aria-describedby="pairing-hint" autocomplete="off";
                    button.button.quiet.script-only type="button" data-copy=(code) data-copied=(context.t("contact.copied")) { (icon("copy")) span { (context.t("contact.copy")) } }
                }
                details.no-script { summary { (context.t("settings.pairing_show")) } code { (code) } }
            }
        }
    }
}

fn copies_card(context: &Context) -> Markup {
    let secret = |id: &str, label: &str, complete: &str| seal::secret(id, "secret", label, complete);
    html! {
        section.card #copies { h2 { (icon("copy")) (context.t("settings.copies")) }
            p { (context.t("settings.copies_words")) }
            form action="/settings/backup" method="post" { (token(context))
                div.pair {
                    (secret("secret-new", context.t("settings.secret"), "new-password"))
                    (seal::secret("secret-again", "again", context.t("seal.again"), "new-password"))
                }
                (seal::strength(context, "secret-new"))
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
    if secret.trim().chars().count() < seal::LEAST {
        return Err(Fault::wrong(format!("a passphrase needs at least {} characters", seal::LEAST)));
    }
    Ok(secret.to_owned())
}

/// Gives the extension as one file.
async fn extension_file() -> Result<Response, Fault> {
    let headers = [
        (CONTENT_TYPE, "application/zip"),
        (CONTENT_DISPOSITION, "attachment; filename=\"upstairs-extension.zip\""),
    ];
    Ok((headers, extension::packed().map_err(Fault::inner)?).into_response())
}

/// Switches an outside source.
async fn source(context: Context, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let name = fields.word("name").unwrap_or_default();
    let (on, live) = (fields.word("on") == Some("yes"), context.app.live());
    let settings = desk::sources::switch(&live, name, on, fields.word("given"))
        .map_err(|error| Fault::wrong(error.to_string()))?;
    context.app.use_sources(settings);
    Ok(Redirect::to(&format!("/settings?done=source#source-{name}")))
}

/// How the names of copies on their way begin and end.
const COPY: (&str, &str) = ("copy-", ".age.part");

/// Returns a name for a copy on its way.
fn copy_name() -> Result<String, Fault> {
    Ok(format!("{}{}{}", COPY.0, secret::random().map_err(Fault::inner)?, COPY.1))
}

/// Gives every case as one sealed file.
async fn backup(app: Here, Posted(fields): Posted) -> Result<Response, Fault> {
    let secret = passphrase(&fields)?;
    // A slip in the only passphrase of the only copy would be found out when it is too late.
    if fields.get("again") != Some(secret.as_str()) {
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "fault.differ"));
    }
    let place = app.place();
    let day = place.now.date();
    let file = app.config.data.join(copy_name()?);
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
    let file = app.config.data.join(copy_name()?);
    tokio::fs::write(&file, &copy.bytes).await.map_err(Fault::inner)?;
    let done = case::restore_sealed(&app.place(), &file, secret).await;
    let _ = tokio::fs::remove_file(&file).await;
    done?;
    Ok(Redirect::to("/settings?done=restored"))
}

/// Deletes everything, where the word was typed.
async fn erase_all(context: Context, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let word = context.t("settings.erase_word");
    if !fields.word("sure").is_some_and(|sure| sure.eq_ignore_ascii_case(word)) {
        return Err(Fault::wrong(context.with("settings.erase_type", word)));
    }
    let (config, settings) = (&context.app.config, context.app.live().sources);
    let folders =
        Folders { data: &config.data, cache: config.live.cache.as_deref(), config: settings.folder() };
    let made = [Made::Named(launch::RUNNING), Made::Named(launch::TOKEN), Made::Between(COPY.0, COPY.1)];
    erase::everything(folders, &made)
        .map_err(|(path, error)| Fault::inner(format!("`{}`: {error}", path.display())))?;
    context.app.use_sources(settings.forgotten());
    Ok(Redirect::to("/settings?done=erased"))
}
