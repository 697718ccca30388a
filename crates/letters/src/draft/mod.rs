//! Drafts: the words of every letter, filled from the facts of a case alone.
//!
//! A draft is short, calm and complete: one request, one deadline, the next rung named as a fact. What the case lacks is
//! a visible blank with a question in square brackets, told apart in [`Draft::blanks`]; nothing is invented. A text that
//! would be too long leaves out the oldest steps and says how many. Templates are files; a user's own ones take the place
//! of the built-in ones, and a broken one is refused with its line.

mod built_in;
mod engine;
mod facts;
mod kind;
mod language;
mod last_day;
mod length;
mod named;
mod notes;
mod page;
mod render;
mod submission;
mod template;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod told_tests;

use jiff::civil::Date;
use ladder::Country;
use serde::{Deserialize, Serialize};

pub(crate) use engine::{sentence, short};
pub use facts::{
    Answer, Enclosure, Facts, Next, Offer, Person, Problem, Promise, Recipient, Reference, Reply, Right,
    Sent, Step, Wish,
};
pub use kind::{Form, KINDS, Kind, Limit};
pub(crate) use language::{Convention, Named};
pub use language::{Language, UnknownLanguage};
pub use last_day::last_day;
pub use notes::{as_sentences, tellable};
pub use page::templates_page;
pub use submission::{OwnForm, SUBMISSIONS, Submission};
pub use template::{OwnTemplate, TemplateError};

/// How firm a draft is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// A first contact: asks for help.
    First,
    /// A complaint.
    #[default]
    Firm,
    /// A final demand.
    Final,
}

/// How a draft is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The language.
    pub language: Language,
    /// The country whose conventions of dates and greetings are kept.
    pub country: Option<Country>,
    /// How firm.
    pub tone: Tone,
    /// The day on which it is written.
    pub today: Date,
    /// How many words are enough, where the writer says so: what can be left out is, until it fits.
    pub words: Option<usize>,
    /// The user's own templates.
    pub own: &'a [OwnTemplate],
    /// Whether the built-in words are taken where the user's own are broken; the letter is refused where not.
    pub built_in_instead: bool,
    /// Names of templates that go before the letter's own where they are there, the best first: the form of the body that it
    /// goes to, a user's own words for the company.
    pub prefer: &'a [String],
}

/// A draft, ready to be looked over.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Draft {
    /// The name of the letter, as in `email`.
    pub kind: &'static str,
    /// What it is, in its language: the head of a sheet that has no subject.
    #[serde(skip)]
    pub title: String,
    /// How it goes out.
    pub form: Form,
    /// Its language.
    pub language: Language,
    /// The subject, where the letter has one.
    pub subject: Option<String>,
    /// For a letter on paper: sender, recipient and date, a line each; blank lines part the blocks.
    pub head: Option<String>,
    /// The same for a sheet to print, whatever the form: sender, recipient, date.
    pub sheet: SheetHead,
    /// The text.
    pub body: String,
    /// Questions for what the case lacks, in the order of the text.
    pub blanks: Vec<String>,
    /// Words of the text.
    pub words: usize,
    /// What the writer should know before it goes out: too long, what was left out for that, personal data in public.
    pub warnings: Vec<String>,
    /// The form of the body that it follows, where its own is known.
    pub own_form: Option<OwnForm>,
}

/// Who writes to whom, and when: what stands above a letter on paper.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SheetHead {
    /// The sender: name, address, e-mail, telephone, a line each.
    pub from: Vec<String>,
    /// The recipient, a line each.
    pub to: Vec<String>,
    /// The day in words.
    pub date: String,
    /// The contact point that the case names for it: an address, a number or a link.
    pub contact: Option<String>,
}

impl Draft {
    /// Returns the whole as plain text: head, subject, text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        if let Some(head) = &self.head {
            text.push_str(head);
            text.push_str("\n\n");
        }
        if let Some(subject) = &self.subject {
            text.push_str(self.language.convention().subject.as_str());
            text.push_str(": ");
            text.push_str(subject);
            text.push_str("\n\n");
        }
        text.push_str(&self.body);
        text.push('\n');
        text
    }
}

impl Draft {
    /// Takes the text as the user changed it: as [`Draft::text`] writes it, or the words alone.
    ///
    /// What stands above the words goes back to its own place (the subject; on paper both addresses and the day), so that a sheet does not
    /// bear it twice. The blanks are those that the text still shows.
    pub fn retake(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        let label = format!("{}: ", self.language.convention().subject);
        let blocks: Vec<&str> = text.split("\n\n").map(|block| block.trim_matches('\n')).collect();
        let is_subject = |block: &&str| block.starts_with(&label) && !block.contains('\n');
        // Sender, recipient and day come before it at most.
        let at = blocks.iter().take(4).position(|block| self.subject.is_some() && is_subject(block));
        let body = match at {
            Some(at) => {
                self.subject = Some(blocks[at][label.len()..].trim().to_owned());
                let mut body = &blocks[..at];
                if let ([from, to, date], true) = (body, self.head.is_some()) {
                    let head = body.join("\n\n");
                    if self.head.as_ref() != Some(&head) {
                        self.sheet.from = from.lines().map(str::to_owned).collect();
                        self.sheet.to = to.lines().map(str::to_owned).collect();
                        (*date).clone_into(&mut self.sheet.date);
                        self.head = Some(head);
                    }
                    body = &[];
                }
                [body, &blocks[at + 1..]].concat().join("\n\n")
            }
            None => text.to_owned(),
        };
        self.body = body;
        self.words = self.body.split_whitespace().count();
        let shown = self.text();
        self.blanks.retain(|blank| shown.contains(&format!("[{blank}]")));
    }
}

/// Returns the label before the subject of a message, in a language.
#[must_use]
pub fn subject_label(language: Language) -> &'static str {
    &language.convention().subject
}

/// Returns a text that begins with a capital, as a title does.
#[must_use]
pub fn sentence_of(text: &str) -> String {
    sentence(text).trim_end_matches('.').to_owned()
}

/// Says that it is not known which of some bodies the company belongs to.
#[must_use]
pub fn which_scheme(names: &str) -> String {
    format!(
        "the company belongs to one of these, but it is not known to which: {names}; the letter names none of them: find out before you send it"
    )
}

/// Writes a draft.
///
/// # Errors
///
/// [`TemplateError`] where a template that the letter needs (in practice one of the user's own) is broken, with file and line.
pub fn write(kind: &'static Kind, facts: &Facts, options: &Options<'_>) -> Result<Draft, TemplateError> {
    render::Writer::new(options)?.write(kind, facts)
}

/// Checks the user's own templates without writing anything.
///
/// # Errors
///
/// The first [`TemplateError`] of each broken file.
pub fn check_templates(own: &[OwnTemplate]) -> Result<(), Vec<TemplateError>> {
    let errors: Vec<TemplateError> =
        own.iter().filter_map(|template| render::check(template).err()).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
