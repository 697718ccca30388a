//! The page of a failure: what is wrong, and what to do.

use axum::response::Response;
use maud::html;

use crate::context::Context;
use crate::fault::Fault;
use crate::layout;

/// Shows a failure.
pub(crate) fn show(context: &Context, fault: &Fault) -> Response {
    let main = html! {
        section.narrow.card.fault {
            p.eyebrow { (fault.status.as_u16()) }
            h1 { (context.t(fault.key)) }
            @if let Some(words) = &fault.words { p { (words) } }
            p.hint { (context.t(&format!("{}_do", fault.key))) }
            p { a.button href="/" { (context.t("fault.home")) } }
        }
    };
    layout::with_status(fault.status, layout::page(context, context.t("fault.title"), main))
}
