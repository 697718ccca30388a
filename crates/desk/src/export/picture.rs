//! The ladder as a picture (PNG) to send to somebody. What is suspect or only told by strangers is not on it.

use typeset::{LadderPicture, PictureRung, SetError};

use crate::answer::FindAnswer;

/// The most contacts of one rung.
const MOST: usize = 2;

/// The words of a face, in its language.
pub struct Words<'a> {
    /// The name of a rung, by its id.
    pub rung: &'a dyn Fn(&str) -> String,
    /// When a rung opens, of a clock in words.
    pub opens: &'a dyn Fn(&str) -> String,
    /// The line at the foot.
    pub foot: String,
}

/// Draws an answer.
///
/// # Errors
///
/// [`SetError`] where it cannot be drawn.
pub fn of(answer: &FindAnswer, words: &Words<'_>) -> Result<Vec<u8>, SetError> {
    let company = &answer.company;
    let rungs = answer.steps.iter().map(|step| {
        let contacts = step.contacts.iter().filter_map(|at| answer.contacts.get(*at));
        let usable = contacts.filter(|contact| !contact.is_suspect()).take(MOST);
        PictureRung {
            name: (words.rung)(step.rung.id()),
            opens: step
                .opens_after
                .as_ref()
                .map(|clock| (words.opens)(&crate::words::clock(clock.n, clock.unit))),
            lines: usable.map(|contact| contact.shown.clone()).collect(),
        }
    });
    typeset::ladder_picture(&LadderPicture {
        title: company.name.clone().unwrap_or_else(|| answer.asked.company.clone()),
        subtitle: company.domain.clone().unwrap_or_default(),
        rungs: rungs.collect(),
        foot: words.foot.clone(),
    })
}
