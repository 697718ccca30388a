//! The letters that Upstairs can draft: one row each, its words in one file a language under `templates/`.
//!
//! A new letter is a row here and a file `templates/LANG/NAME.txt`; a test holds that every row has its file in every
//! language.

use casework::{LogKind, Step};
use ladder::Rung;

/// In which form a draft goes out.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A message with a subject: e-mail or web form.
    Message,
    /// A letter on paper, with both addresses and the date.
    Letter,
    /// Words for all to read: no personal data.
    Public,
    /// Short words in a private chat.
    Chat,
    /// A guide to speak from.
    Guide,
}

/// How long a draft may be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Limit {
    /// Words of the text.
    Words(usize),
    /// Characters of the text.
    Characters(usize),
}

/// A letter that can be drafted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Kind {
    /// Its name for `--as`, and of its files.
    pub name: &'static str,
    /// What it is, for `draft --list`.
    pub title: &'static str,
    /// How it goes out.
    pub form: Form,
    /// How long it may be; the story shortens by leaving out early steps.
    pub limit: Limit,
    /// Steps of the advice (`casework`) that it serves.
    pub serves: &'static [Step],
    /// As what it is written down once it is sent.
    pub logged: LogKind,
    /// The rung that it goes to, where it goes to one.
    pub rung: Option<Rung>,
    /// Whether it goes on with the conversation that the company's last message belongs to.
    pub answers: bool,
}

const fn kind(
    name: &'static str,
    title: &'static str,
    form: Form,
    limit: Limit,
    serves: &'static [Step],
    (logged, rung): (LogKind, Option<Rung>),
) -> Kind {
    Kind { name, title, form, limit, serves, logged, rung, answers: false }
}

impl Kind {
    const fn answering(self) -> Self {
        Self { answers: true, ..self }
    }
}

use Form::{Chat, Guide, Letter, Message, Public};
use Limit::{Characters, Words};

/// Every letter.
pub const KINDS: &[Kind] = &[
    kind(
        "email",
        "e-mail that states the problem and asks for one thing",
        Message,
        Words(250),
        &[Step::ContactFrontLine, Step::Complain],
        (LogKind::Complaint, Some(Rung::Complaints)),
    ),
    kind(
        "letter",
        "letter by post that states the problem and asks for one thing",
        Letter,
        Words(300),
        &[Step::Complain],
        (LogKind::Complaint, Some(Rung::Complaints)),
    ),
    kind(
        "formal",
        "formal complaint to head office or the legal department",
        Letter,
        Words(350),
        &[Step::LegalNotice],
        (LogKind::Complaint, Some(Rung::Legal)),
    ),
    kind(
        "supervisor",
        "message that asks for a supervisor",
        Message,
        Words(200),
        &[Step::AskSupervisor],
        (LogKind::AskedSupervisor, Some(Rung::Supervisor)),
    )
    .answering(),
    kind(
        "executive",
        "one page to the executive office",
        Message,
        Words(300),
        &[Step::Executive, Step::NextStage],
        (LogKind::Complaint, Some(Rung::Executive)),
    ),
    kind(
        "post",
        "public post, without personal data",
        Public,
        Characters(280),
        &[],
        (LogKind::Complaint, Some(Rung::Complaints)),
    ),
    kind(
        "message",
        "direct message to a company's profile",
        Chat,
        Characters(1000),
        &[],
        (LogKind::Complaint, Some(Rung::Complaints)),
    ),
    kind(
        "chat",
        "opening words for a chat",
        Chat,
        Characters(600),
        &[],
        (LogKind::Complaint, Some(Rung::Complaints)),
    ),
    kind("call", "guide for a phone call", Guide, Words(400), &[], (LogKind::Call, None)),
    kind(
        "chaser",
        "reminder where an answer is overdue",
        Message,
        Words(200),
        &[Step::Chase, Step::Reopen],
        (LogKind::Complaint, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "challenge",
        "answer to a generic reply that does not address the point",
        Message,
        Words(200),
        &[Step::ChallengeGeneric],
        (LogKind::Complaint, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "accept",
        "acceptance of an offer, in writing",
        Message,
        Words(150),
        &[Step::Accept],
        (LogKind::Reply, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "counter",
        "counter-offer",
        Message,
        Words(200),
        &[Step::Negotiate],
        (LogKind::Offer, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "decline",
        "refusal of an offer",
        Message,
        Words(200),
        &[],
        (LogKind::Reply, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "deadlock",
        "request for a final response or deadlock letter",
        Message,
        Words(150),
        &[],
        (LogKind::Complaint, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "adr",
        "submission to an ombudsman or dispute resolution body",
        Message,
        Words(600),
        &[Step::GoAdr],
        (LogKind::Complaint, Some(Rung::Adr)),
    ),
    kind(
        "regulator",
        "report to a regulator or consumer agency",
        Message,
        Words(350),
        &[Step::TellRegulator],
        (LogKind::Complaint, Some(Rung::Regulator)),
    ),
    kind(
        "chargeback",
        "request to the card issuer or bank to take a payment back",
        Message,
        Words(300),
        &[Step::ClaimPaymentRight],
        (LogKind::Question, None),
    ),
    kind(
        "access-request",
        "request for a copy of one's personal data",
        Message,
        Words(200),
        &[],
        (LogKind::Question, Some(Rung::Complaints)),
    ),
    kind(
        "before-action",
        "letter before court action",
        Letter,
        Words(400),
        &[Step::Court],
        (LogKind::Complaint, Some(Rung::Legal)),
    ),
    kind(
        "thanks",
        "thank-you and confirmation of what was agreed",
        Message,
        Words(120),
        &[Step::Close],
        (LogKind::Reply, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "confirmation",
        "confirmation in writing of what was said on the phone",
        Message,
        Words(150),
        &[],
        (LogKind::Reply, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "question",
        "a clarifying question",
        Message,
        Words(120),
        &[Step::Answer],
        (LogKind::Question, Some(Rung::Complaints)),
    )
    .answering(),
    kind(
        "next-contact",
        "who handles this next, and how do I reach them?",
        Message,
        Words(150),
        &[],
        (LogKind::Question, Some(Rung::Complaints)),
    ),
    kind(
        "authority",
        "authority for someone else to act",
        Letter,
        Words(150),
        &[],
        (LogKind::Question, Some(Rung::Complaints)),
    ),
];

impl Kind {
    /// Returns the letter of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// Returns the letter that serves a step of the advice best, such as `chaser` for `chase`.
    #[must_use]
    pub fn serving(step: Step) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.serves.contains(&step))
    }
}
