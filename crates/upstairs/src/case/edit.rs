//! `upstairs case edit`: correct what a case knows, or add what was not known when it was opened.

use std::io::Write;

use clap::Args;
use desk::case::{self, EditRequest};

use super::{Failure, Where, print, wait};
use crate::settings::Settings;

/// `case edit`.
#[derive(Args, Debug)]
pub(crate) struct Edit {
    /// The case
    case: String,
    /// The company
    #[arg(long)]
    company: Option<String>,
    /// The country whose law counts: its name or two letters
    #[arg(long)]
    country: Option<String>,
    /// State, province or nation
    #[arg(long)]
    region: Option<String>,
    /// Its trade
    #[arg(long)]
    sector: Option<String>,
    /// Who you complain as: consumer, micro-business, small-business, charity
    #[arg(long = "as", value_name = "WHO")]
    acting_as: Option<String>,
    /// What went wrong
    #[arg(long)]
    what: Option<String>,
    /// What kind of problem it is
    #[arg(long)]
    topic: Option<String>,
    /// What was agreed or promised
    #[arg(long)]
    agreed: Option<String>,
    /// The day it began
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// The day from which legal time runs: delivery, flight, statement, payment
    #[arg(long, value_name = "DAY")]
    event: Option<String>,
    /// Whether it is still going on
    #[arg(long, value_name = "YES|NO")]
    ongoing: Option<String>,
    /// The money in dispute, as in "129.90 GBP"
    #[arg(long, value_name = "SUM")]
    amount: Option<String>,
    /// How you paid
    #[arg(long, value_name = "HOW")]
    paid_by: Option<String>,
    /// Why it is urgent
    #[arg(long, value_name = "WHY")]
    urgent: Option<String>,
    /// What you want
    #[arg(long)]
    wanted: Option<String>,
    /// The least you would accept
    #[arg(long, value_name = "SUM")]
    least: Option<String>,
    /// What you would accept instead
    #[arg(long)]
    fallback: Option<String>,
    /// The day by which it matters to you
    #[arg(long, value_name = "DAY")]
    by: Option<String>,
    /// How they should contact you: phone, email, postal …
    #[arg(long, value_name = "CHANNEL")]
    reach_by: Option<String>,
    /// How it affects you
    #[arg(long)]
    impact: Option<String>,
    /// How many others have the same problem
    #[arg(long, value_name = "NUMBER")]
    others_affected: Option<String>,
    /// Add a reference number; you can give this more than once
    #[arg(long, value_name = "NUMBER")]
    reference: Vec<String>,
    /// Why you change it, for anyone who reads the log later
    #[arg(long, value_name = "WHY")]
    because: Option<String>,
    #[command(flatten)]
    at: Where,
}

impl Edit {
    /// Returns what was given, by the names of the facts.
    fn request(&self) -> EditRequest {
        let given = [
            ("company", &self.company),
            ("country", &self.country),
            ("region", &self.region),
            ("sector", &self.sector),
            ("as", &self.acting_as),
            ("what", &self.what),
            ("topic", &self.topic),
            ("agreed", &self.agreed),
            ("since", &self.since),
            ("event", &self.event),
            ("ongoing", &self.ongoing),
            ("amount", &self.amount),
            ("paid_by", &self.paid_by),
            ("urgent", &self.urgent),
            ("wanted", &self.wanted),
            ("least", &self.least),
            ("fallback", &self.fallback),
            ("by", &self.by),
            ("reach_by", &self.reach_by),
            ("impact", &self.impact),
            ("others_affected", &self.others_affected),
        ];
        let facts = given.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.clone()?)));
        EditRequest {
            facts: facts.collect(),
            references: self.reference.clone(),
            because: self.because.clone(),
        }
    }
}

/// Runs the command: without a fact it shows those that are known.
pub(super) fn run(options: &Edit, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let request = options.request();
    let mut out = anstream::stdout().lock();
    if request.facts.is_empty() && request.references.is_empty() {
        let mut lines = crate::wrap::Lines::new(&mut out);
        for (name, text) in wait(case::facts(&place, &options.case))?? {
            let option = name.replace('_', "-");
            writeln!(lines, "  --{option:<16} {}", if text.is_empty() { "–" } else { text.as_str() })?;
        }
        writeln!(
            lines,
            "to change a fact, give its option with the new words; empty words (\"\") remove it"
        )?;
        return Ok(true);
    }
    let events = wait(case::edit(&place, &options.case, &request))??;
    if events.is_empty() {
        writeln!(out, "nothing changed: all of this was known already")?;
        return Ok(true);
    }
    writeln!(out, "written down: {}; the previous words stay in the log\n", events.join(", "))?;
    let view = wait(case::show(&place, &options.case))??;
    print::case(&mut out, &view)?;
    Ok(true)
}
