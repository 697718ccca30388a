//! The state of a page: whether it is the page that was asked for, or a door before it.
//!
//! A page that is not there is often served with status 200, a check for robots looks like a page, and an application
//! shows nothing before its script has run. Each is told by the little that such pages say; a page with much text is none
//! of them.

use crate::outline::Outline;

/// Pages with more visible text than this, in characters, are never taken for a door.
const A_DOOR_SAYS_LITTLE: usize = 1500;

/// Pages with less than this show next to nothing.
const NEXT_TO_NOTHING: usize = 200;

/// Words in the title or first lines of a page that is not there.
const NOT_THERE: &[&str] = &[
    "404",
    "page not found",
    "not found",
    "page cannot be found",
    "page can't be found",
    "page can’t be found",
    "page doesn't exist",
    "page doesn’t exist",
    "page does not exist",
    "no longer exists",
    "no longer available",
    "seite nicht gefunden",
    "seite wurde nicht gefunden",
    "seite existiert nicht",
    "nicht gefunden",
    "page introuvable",
    "page non trouvée",
    "n'existe pas",
    "n’existe pas",
    "n'existe plus",
    "página no encontrada",
    "no se ha encontrado",
    "no existe",
    "pagina non trovata",
    "pagina niet gevonden",
    "bestaat niet",
    "página não encontrada",
];

/// Words by which a page asks to prove that one is no robot.
const PROVE_IT: &[&str] = &[
    "verify you are human",
    "verifying you are human",
    "are you a robot",
    "not a robot",
    "checking your browser",
    "enable javascript and cookies to continue",
    "just a moment",
    "attention required",
    "access denied",
    "unusual traffic",
    "request unsuccessful",
    "pardon our interruption",
    "ddos protection by",
    "captcha",
    "security check",
    "sind sie ein mensch",
    "vérification de sécurité",
    "verifica di sicurezza",
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
    let visible = outline.text.chars().filter(|c| !c.is_whitespace()).count();
    let scripts = outline.scripts.iter().any(|s| s.src.is_some() || s.text.len() > 500);
    let mut state = State { visible, needs_script: visible < NEXT_TO_NOTHING && scripts, ..State::default() };
    if visible < A_DOOR_SAYS_LITTLE {
        let text = outline.text.to_lowercase();
        let title = outline.title.to_lowercase();
        let heading = outline
            .blocks
            .iter()
            .position(|b| matches!(b.kind, crate::outline::BlockKind::Heading(1 | 2)))
            .map(|id| outline.block_text(id).to_lowercase())
            .unwrap_or_default();
        let says = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
        state.bot_check = says(PROVE_IT, &title) || (visible < NEXT_TO_NOTHING * 3 && says(PROVE_IT, &text));
        state.soft_404 = !state.bot_check
            && (says(NOT_THERE, &title)
                || says(NOT_THERE, &heading)
                || (visible < NEXT_TO_NOTHING * 2 && says(&NOT_THERE[1..], &text)));
    }
    state
}

/// Hashes the visible text, white space and digits left out (a counter or a date makes no new page), by FNV-1a.
pub(super) fn text_hash(outline: &Outline) -> u64 {
    outline
        .text
        .bytes()
        .filter(|b| !b.is_ascii_whitespace() && !b.is_ascii_digit())
        .fold(0xcbf2_9ce4_8422_2325, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
