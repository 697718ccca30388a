//! What the rules of a refusal share that is no last word.

use crate::rules::must;
use crate::view::{Answer, View};

/// Returns a refusal that is no last word, where the company has no further stage that is known.
pub(super) fn without_last_word(view: &View<'_>) -> Result<Answer, &'static str> {
    let answer = view.thread.answer.filter(|answer| !answer.last_word);
    let answer = answer.ok_or("there is no refusal, or it was the final answer")?;
    must(!view.thread.stages_left, "the company has a next stage that is known")?;
    Ok(answer)
}
