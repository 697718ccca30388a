//! The state of a page: whether it is the page that was asked for, or a door before it.
//!
//! A page that is not there is often served with status 200, a check for robots looks like a page, and an application
//! shows nothing before its script has run. Each has words of its own: some tell it wherever they stand in the title or
//! the first heading, others only on a page that says little else.

use crate::outline::{BlockKind, Outline};

/// Pages with more visible text than this, in characters, are never taken for a door.
const A_DOOR_SAYS_LITTLE: usize = 1500;

/// Pages with less than this show next to nothing.
const NEXT_TO_NOTHING: usize = 200;

/// Words that tell, in a title or first heading, that a page is not there.
const NOT_THERE: &[&str] = &[
    "page not found",
    "page cannot be found",
    "page could not be found",
    "page can't be found",
    "page couldn't be found",
    "can't find that page",
    "can't find the page",
    "couldn't find that page",
    "couldn't find the page",
    "page doesn't exist",
    "page does not exist",
    "page no longer exists",
    "page is no longer available",
    "page isn't available",
    "page is missing",
    "seite nicht gefunden",
    "seite wurde nicht gefunden",
    "seite existiert nicht",
    "seite konnte nicht gefunden",
    "seite nicht verfügbar",
    "page introuvable",
    "page non trouvée",
    "page n'existe pas",
    "page n'existe plus",
    "page demandée est introuvable",
    "página no encontrada",
    "página no existe",
    "no se encuentra la página",
    "no se ha encontrado la página",
    "pagina non trovata",
    "pagina non esiste",
    "pagina inesistente",
    "pagina niet gevonden",
    "pagina bestaat niet",
    "pagina is niet gevonden",
    "página não encontrada",
    "pàgina no trobada",
    "sidan hittades inte",
    "siden blev ikke fundet",
];

/// Words that tell the same only on a page that says little else.
const NOT_THERE_BRIEFLY: &[&str] = &[
    "not found",
    "no longer exists",
    "no longer available",
    "nothing was found at this location",
    "nicht gefunden",
    "introuvable",
    "n'existe pas",
    "n'existe plus",
    "no encontrado",
    "no encontrada",
    "no existe",
    "non trovato",
    "non trovata",
    "non esiste",
    "niet gevonden",
    "bestaat niet",
];

/// Titles by which a page asks to prove that one is no robot, or turns robots away.
const PROVE_IT: &[&str] = &[
    "just a moment",
    "attention required! | cloudflare",
    "one moment, please",
    "access denied",
    "access to this page has been denied",
    "are you a robot",
    "are you human",
    "robot or human",
    "robot check",
    "bot verification",
    "human verification",
    "checking your browser",
    "pardon our interruption",
    "ddos-guard",
    "security check",
    "client challenge",
    "nur einen moment",
    "un instant",
    "un momento",
    "even geduld",
];

/// Words of such pages where they say little else.
const PROVE_IT_BRIEFLY: &[&str] = &[
    "verify you are human",
    "verifying you are human",
    "verify that you are human",
    "verify that you're not a robot",
    "confirm you are human",
    "press & hold to confirm",
    "checking your browser before",
    "checking if the site connection is secure",
    "enable javascript and cookies to continue",
    "needs to review the security of your connection",
    "unusual traffic from your",
    "request unsuccessful. incapsula",
    "you don't have permission to access",
    "pardon our interruption",
    "ddos protection by",
    "automated access to",
    "your request has been blocked",
    "complete the security check to access",
    "bestätigen sie, dass sie ein mensch sind",
    "vérifiez que vous êtes humain",
    "vérifier que vous n'êtes pas un robot",
    "verifica di essere un essere umano",
    "verifique que es un ser humano",
    "controleer of u een mens bent",
];

/// Pieces of scripts and frames that only such pages have: Cloudflare, Incapsula, `PerimeterX`, `DataDome`, Akamai, AWS,
/// Kasada, Sucuri, `SiteGround`.
const CHALLENGES: &[&str] = &[
    "_cf_chl_opt",
    "/challenge-platform/h/",
    "_incapsula_resource",
    "px-captcha",
    "captcha-delivery.com",
    "/_sec/cp_challenge",
    "awswafintegration",
    "kpsdk",
    "sucuri_cloudproxy_js",
    ".well-known/sgcaptcha",
];

/// What the state of a page is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct State {
    /// Characters of visible text.
    pub(super) visible: usize,
    /// See [`super::Page::needs_script`].
    pub(super) needs_script: bool,
    /// See [`super::Page::soft_404`].
    pub(super) soft_404: bool,
    /// See [`super::Page::bot_check`].
    pub(super) bot_check: bool,
}

/// Tells the state of a page.
pub(super) fn of(outline: &Outline) -> State {
    let visible = visible(&outline.text);
    let is_brief = visible < A_DOOR_SAYS_LITTLE;
    let title = plain(&outline.title);
    let heading = outline
        .blocks
        .iter()
        .position(|block| matches!(block.kind, BlockKind::Heading(1 | 2)))
        .map(|id| plain(outline.block_text(id)))
        .unwrap_or_default();
    let text = if is_brief { plain(&outline.text) } else { String::new() };
    let says = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
    let bot_check = is_brief
        && (says(PROVE_IT, &title)
            || (visible < NEXT_TO_NOTHING * 4 && (says(PROVE_IT_BRIEFLY, &text) || is_challenge(outline))));
    let soft_404 = !bot_check
        && (says(NOT_THERE, &title)
            || says(NOT_THERE, &heading)
            || names_404(&title)
            || (is_brief
                && (names_404(&heading)
                    || says(NOT_THERE_BRIEFLY, &title)
                    || says(NOT_THERE_BRIEFLY, &heading)))
            || (visible < NEXT_TO_NOTHING * 2 && says(NOT_THERE, &text)));
    State { visible, needs_script: !bot_check && needs_script(outline, visible), soft_404, bot_check }
}

/// Counts the characters that are no white space.
fn visible(text: &str) -> usize {
    // Characters are counted by their first bytes; white space in an outline is plain.
    let shows = |&b: &u8| u8::from(!b.is_ascii_whitespace()) & u8::from(b & 0xc0 != 0x80);
    // So few at a time that a byte holds their sum: that is how a processor takes many at once.
    text.as_bytes().chunks(128).map(|some| usize::from(some.iter().map(shows).sum::<u8>())).sum()
}

/// Lower case, with a plain apostrophe.
fn plain(text: &str) -> String {
    text.to_lowercase().replace(['\u{2019}', '\u{2018}'], "'")
}

/// Whether a title or heading names the status 404: alone at its edge or beside "error", and not as part of a number.
fn names_404(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || "|:–—!,.()".contains(c))
        .filter(|w| !w.is_empty())
        .collect();
    words.iter().position(|&word| matches!(word, "404" | "404-error" | "error-404" | "http404")).is_some_and(
        |at| {
            let beside = [at.checked_sub(1), at.checked_add(1)];
            let beside = beside.into_iter().flatten().filter_map(|i| words.get(i));
            words.len() == 1
                || beside.clone().any(|word| {
                    ["error", "page", "not", "fehler", "erreur", "errore", "fout", "http", "-"].contains(word)
                })
        },
    )
}

/// Whether a script or frame of a robot check stands on the page.
fn is_challenge(outline: &Outline) -> bool {
    let holds = |text: &str| {
        let head: String = text.chars().take(20_000).collect::<String>().to_ascii_lowercase();
        CHALLENGES.iter().any(|mark| head.contains(mark))
    };
    outline
        .scripts
        .iter()
        .take(20)
        .any(|script| script.src.as_deref().is_some_and(holds) || holds(&script.text))
        || outline.links.iter().take(20).any(|link| holds(&link.href))
}

/// Whether a page shows next to nothing although it has scripts that would.
fn needs_script(outline: &Outline, visible: usize) -> bool {
    if visible >= NEXT_TO_NOTHING * 3 {
        return false;
    }
    let asks = |text: &str| {
        let text = plain(text);
        text.contains("javascript")
            && ["enable", "need", "require", "turn on", "aktivier", "activ", "habilit", "attiv", "schakel"]
                .iter()
                .any(|word| text.contains(word))
    };
    let has_script = outline.scripts.iter().any(|script| script.src.is_some() || script.text.len() > 500);
    let asked = outline.unseen.iter().any(|text| text.len() < 1000 && asks(text)) || asks(&outline.text);
    has_script && (visible < NEXT_TO_NOTHING || asked)
}

/// Hashes the visible text, white space and digits left out (a counter or a date makes no new page), eight bytes at a time.
pub(super) fn text_hash(outline: &Outline) -> u64 {
    const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let (mut word, mut count) = (0_u64, 0);
    for byte in outline.text.bytes().filter(|b| !b.is_ascii_whitespace() && !b.is_ascii_digit()) {
        word = word << 8 | u64::from(byte);
        count += 1;
        if count % 8 == 0 {
            hash = (hash ^ word).wrapping_mul(PRIME).rotate_left(29);
            word = 0;
        }
    }
    (hash ^ word ^ count).wrapping_mul(PRIME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::from_html;

    fn state(html: &str) -> State {
        of(&from_html(html))
    }

    #[test]
    fn a_page_that_is_not_there_says_so_in_its_own_words() {
        let long = "We make kettles that last, and mend those that do not. ".repeat(60);
        let table = [
            (true, "<title>Page not found | Acme</title><h1>Oops</h1>", "title"),
            (true, "<title>Acme</title><h1>Seite nicht gefunden</h1><p>LONG", "heading on a long page"),
            (true, "<title>404 Not Found</title>", "server"),
            (true, "<title>Acme</title><h1>404</h1><p>Sorry.", "number alone"),
            (true, "<title>Acme</title><h1>Cette page n’existe pas</h1>", "curly apostrophe"),
            (true, "<title>Acme</title><p>La página no existe", "no heading at all"),
            (false, "<title>Model 404 kettle</title><h1>Model 404</h1><p>LONG", "a product"),
            (false, "<title>Contact</title><h1>Contact</h1><p>Call 404-555-0100", "a number"),
            (false, "<title>Lost property</title><h1>Items not found</h1><p>LONG", "words in passing"),
        ];
        for (expected, html, case) in table {
            assert_eq!(state(&html.replace("LONG", &long)).soft_404, expected, "{case}");
        }
    }

    #[test]
    fn a_check_for_robots_is_told_from_a_form_with_a_captcha() {
        let table = [
            (
                true,
                "<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>",
            ),
            (
                true,
                "<title>acme.example</title><p>Please verify you are human by completing the action below.",
            ),
            (
                true,
                "<title></title><iframe src=\"/_Incapsula_Resource?SWUDNSAI=31\">Request unsuccessful</iframe>",
            ),
            (
                true,
                "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this server.",
            ),
            (true, "<title>acme.example</title><script>window._cf_chl_opt={cvId:'3'};</script>"),
            (
                false,
                "<title>Contact</title><h1>Contact</h1><form>Your message<textarea></textarea>Captcha <input></form>",
            ),
            (false, "<title>Checks at our shops</title><p>Show your bag at the door."),
        ];
        for (expected, html) in table {
            assert_eq!(state(html).bot_check, expected, "{html}");
        }
    }

    #[test]
    fn an_application_that_has_not_run_shows_next_to_nothing() {
        assert!(state("<title>Acme</title><div id=root></div><script src=/app.js></script>").needs_script);
        assert!(
            state("<title>Acme</title><noscript>You need to enable JavaScript to run this app.</noscript><script src=a></script>")
                .needs_script
        );
        assert!(
            !state("<title>Acme</title><h1>Contact</h1><p>Call 020 7946 0000").needs_script,
            "short, but whole"
        );
    }

    #[test]
    fn a_counter_makes_no_new_page() {
        let hash = |html| text_hash(&from_html(html));
        assert_eq!(hash("<p>Visitors: 12 today"), hash("<p>Visitors: 3407 today"));
        assert_ne!(hash("<p>Visitors today"), hash("<p>Visitors toda"));
        assert_ne!(hash("<p>abcdefgh ijklmnop"), hash("<p>ijklmnop abcdefgh"));
    }
}
