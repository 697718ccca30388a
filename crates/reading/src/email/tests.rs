//! Whole pages: which addresses are found, and which are not.

use proptest::prelude::*;

use super::*;
use crate::outline::from_html;
use crate::page::Context;

fn in_page(html: &str) -> String {
    find(&from_html(html), &Context::default())
        .iter()
        .map(|h| h.reach.value().to_owned())
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn pages_join_text_links_payloads_and_scripts() {
    for html in [
        "<p>Write to info@acme.example.</p>",
        "<p><a href='mailto:info@acme.example?subject=x'>info@acme.example</a></p>",
        "<p><a href='mailto:info@acme.example'>Write</a></p>",
        "<p>info<span>@</span>acme<wbr>.example</p>",
        "<p>&#105;nfo&#64;acme.example</p>",
        "<p>info [at] acme [dot] example</p>",
        "<script>document.write('info'+'@'+'acme.example')</script>",
        "<p><a href='#' data-user='info' data-domain='acme.example'>Write</a></p>",
        "<p><span style='unicode-bidi:bidi-override'>elpmaxe.emca@ofni</span></p>",
        "<p><a href='info@acme.example'>Write</a></p>",
    ] {
        assert_eq!(in_page(html), "info@acme.example", "{html}");
    }
    let both = "<p><a href='mailto:b@acme.example'>a@acme.example</a></p>";
    assert_eq!(in_page(both), "a@acme.example, b@acme.example");
}

#[test]
fn what_only_has_the_sign_is_no_contact() {
    for html in [
        "<img src='logo@2x.png' alt=''><p>npm i react@18.2.0, follow @acme</p>",
        "<input placeholder='you@example.com'><p>e.g. name@domain.com</p>",
        "<script>Sentry.init({dsn:'https://0a1b2c3d4e5f60718293a4b5c6d7e8f9@o1.ingest.sentry.io/1'})</script>",
        "<p>git clone git@github.com:acme/x.git</p>",
        "<p><a href='mailto:?subject=Look'>Share</a></p>",
        "<!-- old@acme.example -->",
    ] {
        assert_eq!(in_page(html), "", "{html}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_breaks_the_scan(text in "[-a-z@.\\[\\]() <>ä'\"+=;]{0,120}|\\PC{0,60}") {
        for found in scan(&text) {
            prop_assert!(text.get(found.span.clone()).is_some());
            prop_assert_eq!(ladder::Email::parse(found.email.as_str()).ok(), Some(found.email));
        }
        script::find(&text);
        link::recipients(&text);
        cloak::any(&text);
    }
}
