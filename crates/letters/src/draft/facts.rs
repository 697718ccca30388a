//! What a draft is filled from.
//!
//! Plain data, taken from a case and from nothing else. An absent value is absent: the template then shows a visible
//! blank with a question, and nothing is invented for it.

use casework::Money;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that a template may say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Facts {
    /// The customer.
    pub me: Person,
    /// For whom the writer acts, where that is someone else.
    pub on_behalf: Option<String>,
    /// Whether the authority to act for somebody else is among the documents that go with it.
    pub authority_enclosed: bool,
    /// Who is to act for the customer, with address.
    pub representative: Option<String>,
    /// The company's name.
    pub company: String,
    /// To whom the draft goes.
    pub to: Recipient,
    /// The problem.
    pub problem: Problem,
    /// Numbers by which the company finds the case.
    pub references: Vec<Reference>,
    /// What was tried, oldest first.
    pub steps: Vec<Step>,
    /// What the company answered, oldest first: whoever decides between the two wants both sides.
    pub answers: Vec<Answer>,
    /// Promises whose day has passed without the thing done.
    pub broken_promises: Vec<Promise>,
    /// What is wanted.
    pub wanted: Option<Wish>,
    /// What would do instead.
    pub fallback: Option<Wish>,
    /// The company's open offer.
    pub offer: Option<Offer>,
    /// The company's last reply.
    pub last_reply: Option<Reply>,
    /// The company's last word on the matter: its final response, refusal, answer or offer. A receipt and a question are none.
    pub last_word: Option<Reply>,
    /// The customer's last message, or the conversation that is confirmed.
    pub sent: Option<Sent>,
    /// What was agreed in the last conversation.
    pub agreed_now: Option<String>,
    /// The day of the first contact with the company.
    #[schemars(with = "Option<Day>")]
    pub first_contact: Option<Date>,
    /// The day of the first complaint.
    #[schemars(with = "Option<Day>")]
    pub complained: Option<Date>,
    /// The day of the final response.
    #[schemars(with = "Option<Day>")]
    pub final_response: Option<Date>,
    /// The day by which an answer is asked for.
    #[schemars(with = "Option<Day>")]
    pub by: Option<Date>,
    /// The day by which it matters to the customer; the same as `by` where that was set for it.
    #[schemars(with = "Option<Day>")]
    pub needed_by: Option<Date>,
    /// How the customer prefers to be reached: the id of a channel, such as `email`.
    pub reach_by: Option<String>,
    /// Who comes next if it is not settled.
    pub next: Option<Next>,
    /// The court that would hear it, where one is known.
    pub court: Option<String>,
    /// Rights that the customer relies on.
    pub rights: Vec<Right>,
    /// Documents that go with it, numbered as in the dossier.
    pub enclosures: Vec<Enclosure>,
}

/// The customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Person {
    /// Full name.
    pub name: Option<String>,
    /// Postal address, a line each.
    pub address: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// To whom a draft goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Recipient {
    /// A person, where one is published in that role.
    pub person: Option<String>,
    /// Team or title.
    pub title: Option<String>,
    /// The company or the outside body.
    pub party: Option<String>,
    /// Postal address, a line each.
    pub address: Vec<String>,
    /// E-mail address, number or web address: the contact point's value.
    pub value: Option<String>,
    /// The rung that it is meant for, by its id, where the address is that of another team, which is asked to pass it on.
    pub pass_on: Option<String>,
}

/// The problem.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Problem {
    /// What happened, in the customer's words.
    pub what: Option<String>,
    /// Since when, or on which day.
    #[schemars(with = "Option<Day>")]
    pub since: Option<Date>,
    /// Whether it goes on.
    pub ongoing: bool,
    /// What it means for the customer.
    pub impact: Option<String>,
    /// What contract, price, delivery or policy promised.
    pub agreed: Option<String>,
    /// The sum in dispute.
    #[schemars(with = "Option<Sum>")]
    pub amount: Option<Money>,
    /// The sum of the payment itself, which may be another than the one in dispute.
    #[schemars(with = "Option<Sum>")]
    pub paid_amount: Option<Money>,
    /// The day of the payment.
    #[schemars(with = "Option<Day>")]
    pub paid: Option<Date>,
    /// How it was paid: `credit_card`, `debit_card`, `transfer`, `direct_debit`, `cash`, `paypal`.
    pub paid_by: Option<String>,
}

/// A number by which the company finds the case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Reference {
    /// What it is: account, order, ticket.
    pub label: Option<String>,
    /// The number.
    pub value: String,
}

/// Something that was tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The day.
    #[schemars(with = "Day")]
    pub on: Date,
    /// By which channel: an id such as `phone`.
    pub channel: String,
    /// Which rung: an id such as `complaints`.
    #[serde(default)]
    pub rung: Option<String>,
    /// With whom.
    #[serde(default)]
    pub who: Option<String>,
    /// What was said; empty where nothing was written down.
    pub summary: String,
    /// The reference given.
    #[serde(default)]
    pub reference: Option<String>,
    /// Whether nobody answered.
    #[serde(default)]
    pub unanswered: bool,
    /// Whether it was a complaint in writing: the last to be left out where a letter grows too long.
    #[serde(default)]
    pub complaint: bool,
    /// Whether a supervisor was asked for.
    #[serde(default)]
    pub asked_supervisor: bool,
    /// What the company promised in it, where that is told nowhere else.
    #[serde(default)]
    pub promised: Option<String>,
}

/// An answer of the company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// When it came.
    #[schemars(with = "Day")]
    pub on: Date,
    /// By which channel: an id such as `email`; empty where that is not known.
    #[serde(default)]
    pub channel: String,
    /// From whom.
    #[serde(default)]
    pub who: Option<String>,
    /// What it says, in short.
    pub words: String,
    /// Whether the words are the company's own, and not what the customer noted of them.
    #[serde(default)]
    pub quoted: bool,
}

/// A promise that was not kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Promise {
    /// When it was made.
    #[schemars(with = "Day")]
    pub on: Date,
    /// By whom.
    #[serde(default)]
    pub who: Option<String>,
    /// The words.
    pub words: String,
    /// Whether the words are the company's own, and not what the customer noted of them.
    #[serde(default)]
    pub quoted: bool,
    /// Whether it is the price of a contract, and no note of what was said.
    #[serde(default)]
    pub price: bool,
    /// For when.
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    pub due: Option<Date>,
}

/// Something that the customer wants.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Wish {
    /// `refund`, `replacement`, `repair`, `apology`, `correction`, `cancellation`, `compensation`, `service`; empty where only words say it.
    pub kind: String,
    /// In the customer's own words, where given: they win over the kind.
    pub words: Option<String>,
    /// The sum.
    #[schemars(with = "Option<Sum>")]
    pub amount: Option<Money>,
}

/// The company's offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Offer {
    /// When it was made.
    #[schemars(with = "Day")]
    pub on: Date,
    /// Its words.
    pub words: String,
    /// Whether the words are the company's own, and not what the customer noted of them.
    #[serde(default)]
    pub quoted: bool,
    /// The sum offered.
    #[serde(default)]
    #[schemars(with = "Option<Sum>")]
    pub amount: Option<Money>,
    /// What it leaves out, as a clause after "because".
    #[serde(default)]
    pub gap: Option<String>,
}

/// The company's reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reply {
    /// When it came.
    #[schemars(with = "Day")]
    pub on: Date,
    /// Its words, in short.
    #[serde(default)]
    pub words: Option<String>,
    /// Whether the words are the company's own, and not what the customer noted of them.
    #[serde(default)]
    pub quoted: bool,
    /// Whether it is the company's final response.
    #[serde(default)]
    pub is_final: bool,
    /// Why it does not settle the matter, as a clause after "because".
    #[serde(default)]
    pub gap: Option<String>,
    /// The question that it leaves open.
    #[serde(default)]
    pub question: Option<String>,
}

/// A message of the customer, or a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sent {
    /// When.
    #[schemars(with = "Day")]
    pub on: Date,
    /// When an answer was due.
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    pub due: Option<Date>,
    /// With whom.
    #[serde(default)]
    pub who: Option<String>,
}

/// Who comes next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Next {
    /// The rung or body, as one names it in a letter.
    pub name: String,
    /// The first day on which it may be asked, where that is still ahead.
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    pub from: Option<Date>,
    /// The bodies of which it is one, where it is not known to which of them the company belongs: none is named then.
    #[serde(default)]
    pub one_of: Option<String>,
}

/// A right that the customer relies on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Right {
    /// Its name.
    pub name: String,
    /// The law or rule.
    #[serde(default)]
    pub law: Option<String>,
}

/// A document that goes with a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Enclosure {
    /// Its number in the dossier.
    pub number: u32,
    /// What it is.
    pub title: String,
}

/// A sum of money, as templates see it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is shown, on the page of variables")]
struct Sum {
    /// The number.
    amount: String,
    /// The currency, by its code.
    currency: String,
}

/// A day, as templates see it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is shown, on the page of variables")]
struct Day(String);
