//! The floor: a bare pass of the tokenizer's own callback emitter, whose callback does next to nothing.
//!
//! It switches states for scripts and other raw text as a reader must, and counts tokens so that nothing is optimised away.

use std::convert::Infallible;
use std::hint::black_box;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Passes over a page once.
pub(crate) fn pass(bytes: &[u8]) {
    let mut tokens = 0_usize;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        black_box(&event);
        tokens += 1;
        None
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(bytes, emitter).finish();
    black_box(tokens);
}

/// Passes over a page once, taking each token as the tokenizer gives it by default, with its own copy of the text.
pub(crate) fn tokens(bytes: &[u8]) {
    let mut emitter = html5gum::DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(bytes, emitter).flatten() {
        black_box(token);
    }
}
