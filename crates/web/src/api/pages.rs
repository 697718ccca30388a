//! Pages that the user's own browser sends: looked over at once, and kept as evidence where a case is named.

use std::sync::Arc;

use axum::Json;
use desk::case;
use desk::shown::{self, ShownAnswer, ShownError, ShownPage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Body1;
use crate::fault::Fault;
use crate::here::Here;

/// A page as a browser shows it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PageAsked {
    /// Its address.
    url: String,
    /// Its title.
    #[serde(default)]
    title: String,
    /// Its document after its scripts ran, as HTML.
    html: String,
    /// The country that national numbers belong to (ISO 3166-1, two letters), where the settings name none.
    #[serde(default)]
    country: Option<String>,
    /// The case of which it becomes evidence; it is not kept where none is named.
    #[serde(default)]
    case: Option<String>,
}

/// What a page says, and where it was kept.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PageAnswer {
    /// What it says.
    #[serde(flatten)]
    said: ShownAnswer,
    /// The name under which it is evidence now, where it was kept.
    kept: Option<String>,
}

/// Looks a page over that the browser sends: whose are its contacts?
#[utoipa::path(post, path = "/pages", request_body(content = ref("#/components/schemas/PageAsked")),
    responses((status = 200, description = "its contacts, and what is known of each", body = ref("#/components/schemas/PageAnswer"))))]
pub(super) async fn look(app: Here, Body1(asked, _): Body1<PageAsked>) -> Result<Json<PageAnswer>, Fault> {
    let place = app.place();
    if let Some(case) = &asked.case {
        app.is_about(case);
    }
    let page = Arc::new(ShownPage {
        url: asked.url,
        title: asked.title,
        html: asked.html,
        country: desk::me::preferences(&place.data).country.or(asked.country),
    });
    let said = shown::look(Arc::clone(&page), Some(&app.config.data), place.now.timestamp()).await.map_err(
        |error| match error {
            ShownError::Store(error) => Fault::inner(desk::directory::store_words(&error)),
            other => Fault::wrong(other.to_string()),
        },
    )?;
    let kept = match &asked.case {
        None => None,
        Some(case) => {
            let name = file_name(&page, &place.now);
            case::attach_bytes(&place, case, std::iter::once((name.as_str(), page.html.as_bytes()))).await?;
            Some(name)
        }
    };
    Ok(Json(PageAnswer { said, kept }))
}

/// Names the evidence: what the page is called, where it was and when it was seen.
fn file_name(page: &ShownPage, now: &jiff::Zoned) -> String {
    let host = url::Url::parse(&page.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let title: String = page.title.chars().take(60).collect();
    let name = format!("{title} - {} {}.html", host.unwrap_or_default(), now.strftime("%Y-%m-%d %H.%M"));
    desk::plain_name(&name.replace(['/', '\\'], " "))
}
