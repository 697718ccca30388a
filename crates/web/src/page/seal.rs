//! Sealing the cases with a passphrase, taking the seal off, and opening what is sealed: what the keeper of the machine does.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::post;
use desk::case::{self, Passphrase, Place};
use maud::{Markup, html};

use crate::apart::apart;
use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::here::Here;
use crate::layout::{icon, token};
use crate::page::login::onward;
use crate::post::{Fields, Posted};

/// The fewest characters of a passphrase.
pub(crate) const LEAST: usize = 8;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/settings/seal", post(seal))
        .route("/settings/unseal", post(unseal))
        .route("/unlock", post(unlock))
}

/// A field for a passphrase.
pub(crate) fn secret(id: &str, name: &str, label: &str, complete: &str) -> Markup {
    html! {
        div.field { label for=(id) { (label) } input id=(id) name=(name) type="password" minlength=(LEAST) required autocomplete=(complete); }
    }
}

/// Says beside a field how hard its passphrase is to guess, while it is typed; without a script nothing is said.
pub(crate) fn strength(context: &Context, of: &str) -> Markup {
    let words = ["settings.strength_weak", "settings.strength_fair", "settings.strength_good"];
    let [weak, fair, good] = words.map(|key| context.t(key));
    html! { p.hint.strength.script-only data-strength=(of) data-weak=(weak) data-fair=(fair) data-good=(good) role="status" {} }
}

/// Whether the cases are sealed, and the ways to change that.
pub(crate) async fn card(context: &Context) -> Result<Markup, Fault> {
    let place = context.app.place();
    let sealed = case::is_sealed(&place).await?;
    let t = |key: &str| context.t(key).to_owned();
    Ok(html! {
        section.card #seal { h2 { (icon("shield")) (t("seal.title")) " " span.tag.good[sealed] { (context.word("seal_state", if sealed { "on" } else { "off" })) } }
            p { (t(if sealed { "seal.on_words" } else { "seal.off_words" })) }
            p.hint { (t("seal.not_words")) }
            form action="/settings/seal" method="post" { (token(context))
                @if sealed { h3 { (t("seal.change")) } (secret("seal-now", "now", &t("seal.now"), "current-password")) }
                div.pair {
                    (secret("seal-new", "secret", &t(if sealed { "seal.new" } else { "settings.secret" }), "new-password"))
                    (secret("seal-again", "again", &t("seal.again"), "new-password"))
                }
                (strength(context, "seal-new"))
                p.notice { (icon("warning")) span { (t("seal.no_way_back")) } }
                button.button.quiet[sealed] type="submit" { (t(if sealed { "seal.change_do" } else { "seal.do" })) }
            }
            @if sealed {
                h3 { (t("seal.off")) }
                form action="/settings/unseal" method="post" { (token(context))
                    (secret("unseal-now", "now", &t("seal.now"), "current-password"))
                    button.button.quiet type="submit" { (t("seal.off_do")) }
                }
            }
        }
    })
}

/// Returns the place as it opens with the passphrase that was typed, where that is the one.
async fn proven(app: &Here, fields: &Fields) -> Result<(Place, Passphrase), Fault> {
    let passphrase = Passphrase::of(fields.get("now").or(fields.get("secret")).unwrap_or_default());
    let place = app.place().opened_with(passphrase.clone());
    let trying = place.clone();
    match apart(async move { case::unlock(&trying).await }).await? {
        Ok(()) => Ok((place, passphrase)),
        Err(error) if error.is_sealed() => Err(Fault::new(StatusCode::FORBIDDEN, "fault.passphrase")),
        Err(error) => Err(error.into()),
    }
}

fn keeper(app: &Here) -> Result<(), Fault> {
    if app.is_keeper() { Ok(()) } else { Err(Fault::new(StatusCode::FORBIDDEN, "fault.keeper")) }
}

async fn seal(app: Here, Posted(fields): Posted) -> Result<Redirect, Fault> {
    keeper(&app)?;
    let words = fields.get("secret").unwrap_or_default().to_owned();
    if fields.get("again") != Some(words.as_str()) {
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "fault.differ"));
    }
    let sealed = case::is_sealed(&app.place()).await?;
    let place = if sealed { proven(&app, &fields).await?.0 } else { app.place() };
    let new = words.clone();
    apart(async move { case::seal(&place, &new).await }).await??;
    app.opens_with(Passphrase::of(&words));
    Ok(Redirect::to(if sealed { "/settings?done=seal_changed" } else { "/settings?done=sealed" }))
}

async fn unseal(app: Here, Posted(fields): Posted) -> Result<Redirect, Fault> {
    keeper(&app)?;
    let (place, _) = proven(&app, &fields).await?;
    apart(async move { case::unseal(&place).await }).await??;
    app.opens_with(Passphrase::default());
    Ok(Redirect::to("/settings?done=unsealed"))
}

/// Opens sealed cases for as long as the program runs.
async fn unlock(app: Here, Posted(fields): Posted) -> Result<Redirect, Fault> {
    keeper(&app)?;
    let (_, passphrase) = proven(&app, &fields).await?;
    app.opens_with(passphrase);
    Ok(Redirect::to(onward(fields.word("next"))))
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use desk::case::NewCase;
    use desk::find::Live;
    use serde_json::json;
    use tower::ServiceExt as _;

    use super::*;
    use crate::{Config, routes};

    const WORDS: &str = "violet harbour tuesday";

    /// The program of a single user, as it is started on a folder.
    struct Started(Arc<App>, Router);

    impl Started {
        fn on(data: &std::path::Path) -> Self {
            let config = Config {
                data: data.to_owned(),
                server: None,
                passphrase: Passphrase::default(),
                atlas: None,
                templates: None,
                live: Live::default(),
                port: 0,
            };
            let app = App::new(config, 7425, "t".repeat(64), None).unwrap();
            let router = routes::all(Arc::clone(&app));
            Self(app, router)
        }

        async fn ask(
            &self,
            request: axum::http::request::Builder,
            body: Body,
        ) -> (StatusCode, String, String) {
            let cookie = format!("{}={}", self.0.cookie_name(), self.0.session);
            let request =
                request.header("host", "127.0.0.1:7425").header("cookie", cookie).body(body).unwrap();
            let (head, body) = self.1.clone().oneshot(request).await.unwrap().into_parts();
            let place =
                head.headers.get("location").and_then(|place| place.to_str().ok()).unwrap_or_default();
            let body = to_bytes(body, 1 << 20).await.unwrap();
            (head.status, place.to_owned(), String::from_utf8_lossy(&body).into_owned())
        }

        async fn get(&self, path: &str) -> (StatusCode, String) {
            let (status, _, body) = self.ask(Request::get(path), Body::empty()).await;
            (status, body)
        }

        async fn send(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
            let token = [("token", self.0.launch_form.as_str())];
            let form = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(token.iter().chain(fields))
                .finish();
            let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
            let (status, place, _) = self.ask(request, form.into()).await;
            (status, place)
        }
    }

    #[tokio::test]
    async fn cases_are_sealed_opened_and_unsealed_in_the_browser_by_their_passphrase_alone() {
        let dir = tempfile::tempdir().unwrap();
        let app = Started::on(dir.path());
        #[expect(clippy::disallowed_methods, reason = "the test is the single user")]
        let place = Place::own(dir.path().to_owned(), None, jiff::Zoned::now());
        let case = json!({"company": "Teasel Stores", "country": "GB", "problem": {"what": "The violet teapot broke"}});
        case::new(&place, &NewCase { case, found: None }).await.unwrap();
        let shown = |page: &(StatusCode, String)| page.1.contains("Teasel Stores");
        assert!(shown(&app.get("/cases").await));
        let seal = async |fields: &[(&str, &str)]| app.send("/settings/seal", fields).await;
        assert_eq!(
            seal(&[("secret", WORDS), ("again", "another")]).await.0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            seal(&[("secret", "short"), ("again", "short")]).await.0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert!(app.get("/settings").await.1.contains("Seal my cases"));
        let done = seal(&[("secret", WORDS), ("again", WORDS)]).await;
        assert_eq!(done, (StatusCode::SEE_OTHER, "/settings?done=sealed".to_owned()));
        // It goes on open; another start asks.
        assert!(shown(&app.get("/cases").await));
        let again = Started::on(dir.path());
        for path in ["/", "/cases", "/settings"] {
            let (status, page) = again.get(path).await;
            assert_eq!(status, StatusCode::LOCKED, "{path}");
            assert!(page.contains("action=\"/unlock\"") && !page.contains("Teasel"), "{path}");
        }
        assert_eq!(
            again.send("/unlock", &[("secret", "another one entirely")]).await.0,
            StatusCode::FORBIDDEN
        );
        assert_eq!(again.get("/cases").await.0, StatusCode::LOCKED);
        let opened = again.send("/unlock", &[("secret", WORDS), ("next", "/cases")]).await;
        assert_eq!(opened, (StatusCode::SEE_OTHER, "/cases".to_owned()));
        assert!(shown(&again.get("/cases").await));
        // Another passphrase, and none: both take the one of now, though the cases are open.
        let new = "seven plain brown teapots";
        let change = async |now: &str| {
            again.send("/settings/seal", &[("now", now), ("secret", new), ("again", new)]).await
        };
        assert_eq!(change("another one entirely").await.0, StatusCode::FORBIDDEN);
        assert_eq!(change(WORDS).await.1, "/settings?done=seal_changed");
        assert_eq!(again.send("/settings/unseal", &[("now", WORDS)]).await.0, StatusCode::FORBIDDEN);
        assert_eq!(again.send("/settings/unseal", &[("now", new)]).await.1, "/settings?done=unsealed");
        assert!(shown(&Started::on(dir.path()).get("/cases").await));
    }
}
