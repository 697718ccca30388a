//! The page of a failure: what is wrong, and what to do.

use axum::response::Response;
use maud::{Markup, html};

use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, token};

/// The form that opens sealed cases.
fn unlock(context: &Context) -> Markup {
    html! {
        form action="/unlock" method="post" { (token(context))
            input type="hidden" name="next" value=(context.path);
            div.field { label for="secret" { (context.t("settings.secret")) } input id="secret" name="secret" type="password" required autofocus autocomplete="current-password"; }
            button.button type="submit" { (context.t("fault.unlock")) }
        }
    }
}

/// Shows a failure.
pub(crate) fn show(context: &Context, fault: &Fault) -> Response {
    let main = html! {
        section.narrow.card.fault {
            p.eyebrow { (fault.status.as_u16()) }
            h1 { (context.t(fault.key)) }
            @if let Some(words) = &fault.words { p { (context.said(words)) } }
            p.hint { (context.plain(&format!("{}_do", fault.key))) }
            @if fault.key == "fault.no_address" { p { a.button href="/settings#me" { (context.t("fault.to_settings")) } } }
            @if fault.key == "fault.sealed" { (unlock(context)) }
            @else {
                p.actions {
                    @if let Some(back) = &context.came_from { a.button href=(back) { (context.t("fault.back")) } }
                    a.button.quiet[context.came_from.is_some()] href="/" { (context.t("fault.home")) }
                }
            }
        }
    };
    layout::with_status(fault.status, layout::page(context, context.t("fault.title"), main))
}
