//! The report of a batch: of how many companies a way up was found, on which rungs, through which channels, how surely.
//!
//! One page of HTML without a script or anything from elsewhere; the plots are drawn as SVG, and each has its figures as a
//! table beside it.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use ladder::{Channel, Rung};
use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

use super::Kept;

/// The most companies that the table names.
const MOST_LINES: usize = 5_000;

/// What is shown of one company.
struct Line {
    asked: String,
    name: Option<String>,
    status: &'static str,
    why: String,
    contacts: usize,
    highest: Option<Rung>,
}

/// What was found, counted.
#[derive(Default)]
pub(super) struct Report {
    companies: usize,
    status: BTreeMap<&'static str, usize>,
    /// Companies with a contact on a rung.
    rungs: BTreeMap<&'static str, usize>,
    /// Companies with a channel above the front line.
    channels: BTreeMap<&'static str, usize>,
    /// Companies by the confidence of their surest contact above the front line, in tenths.
    sureness: [usize; 10],
    policies: usize,
    lines: Vec<Line>,
}

/// The states of a company, the best first.
const STATES: [(&str, &str); 4] = [
    ("way up", "a contact above the front line"),
    ("front line only", "the front line only"),
    ("nothing", "no contact found"),
    ("failed", "could not be asked"),
];

impl Report {
    /// Counts an answer.
    pub(super) fn add(&mut self, kept: &Kept) {
        self.companies += 1;
        let status = match (&kept.error, kept.contacts()) {
            (Some(_), _) => "failed",
            (None, []) => "nothing",
            (None, _) if kept.leads_up() => "way up",
            (None, _) => "front line only",
        };
        *self.status.entry(status).or_default() += 1;
        let rung_of = |contact: &Value| contact["rung"].as_str().and_then(Rung::from_id);
        let mut rungs: Vec<Rung> = Vec::new();
        let mut channels: Vec<&str> = Vec::new();
        let mut surest: Option<f64> = None;
        for contact in kept.contacts() {
            let Some(rung) = rung_of(contact) else { continue };
            if !rungs.contains(&rung) {
                rungs.push(rung);
            }
            if rung.is_escalation() {
                let channel = contact["channel"].as_str().and_then(Channel::from_id).map_or("", Channel::id);
                if !channels.contains(&channel) {
                    channels.push(channel);
                }
                let sure = contact["confidence"].as_f64().unwrap_or(0.0);
                surest = Some(surest.map_or(sure, |best| best.max(sure)));
            }
        }
        for rung in &rungs {
            *self.rungs.entry(rung.id()).or_default() += 1;
        }
        for channel in Channel::ALL.map(Channel::id) {
            if channels.contains(&channel) {
                *self.channels.entry(channel).or_default() += 1;
            }
        }
        if let Some(surest) = surest {
            let tenth = (0..10).rev().find(|tenth| surest >= f64::from(*tenth) / 10.0).unwrap_or(0);
            self.sureness[usize::try_from(tenth).unwrap_or(0)] += 1;
        }
        let has_policy = kept.answer.as_ref().is_some_and(|answer| !answer["policy"].is_null());
        self.policies += usize::from(has_policy);
        if self.lines.len() < MOST_LINES {
            let answer = kept.answer.as_ref();
            self.lines.push(Line {
                asked: kept.asked.company.clone(),
                name: answer.and_then(|answer| answer["company"]["name"].as_str().map(str::to_owned)),
                status,
                why: kept.error.clone().unwrap_or_else(|| {
                    answer.map_or_else(String::new, |answer| {
                        answer["stopped"].as_str().unwrap_or_default().to_owned()
                    })
                }),
                contacts: kept.contacts().len(),
                highest: Rung::ALL.into_iter().rev().find(|rung| !rung.is_outside() && rungs.contains(rung)),
            });
        }
    }

    /// Returns the report as a page.
    pub(super) fn html(&self, list: &Path, now: Timestamp) -> String {
        let day = now.strftime("%Y-%m-%d").to_string();
        let title = format!("Coverage of {}", list.file_name().unwrap_or_default().to_string_lossy());
        let states: Vec<(String, usize)> = STATES
            .iter()
            .map(|(id, words)| ((*words).to_owned(), self.status.get(id).copied().unwrap_or(0)))
            .collect();
        let rungs: Vec<(String, usize)> = Rung::ALL
            .iter()
            .map(|rung| (rung.id().replace('_', " "), self.rungs.get(rung.id()).copied().unwrap_or(0)))
            .collect();
        let channels: Vec<(String, usize)> =
            self.channels.iter().map(|(channel, count)| (channel.replace('_', " "), *count)).collect();
        let sureness: Vec<(String, usize)> = self
            .sureness
            .iter()
            .enumerate()
            .map(|(tenth, count)| (format!("{} to {} %", tenth * 10, tenth * 10 + 10), *count))
            .collect();
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) }
                    style { (maud::PreEscaped(include_str!("report.css"))) }
                }
                body {
                    main {
                        h1 { (title) }
                        p {
                            (self.companies) " companies asked for on " (day) "; " (self.policies)
                            " publish a complaints procedure that could be read."
                        }
                        (plot("What was found", "Of each company the best that was found", &states, self.companies))
                        (plot("Rungs", "Companies with at least one contact on the rung", &rungs, self.companies))
                        (plot("Channels of the way up", "Companies that can be reached so above the front line", &channels, self.companies))
                        (plot("How sure", "Companies by the confidence of their surest contact above the front line", &sureness, self.companies))
                        h2 { "Company by company" }
                        @if self.companies > self.lines.len() { p { "The first " (self.lines.len()) " of " (self.companies) "." } }
                        table {
                            thead { tr { th scope="col" { "Asked" } th scope="col" { "Name" } th scope="col" { "Found" } th scope="col" { "Contacts" } th scope="col" { "Highest rung" } th scope="col" { "Why it ended" } } }
                            tbody {
                                @for line in &self.lines {
                                    tr {
                                        th scope="row" { (line.asked) }
                                        td { (line.name.as_deref().unwrap_or("")) }
                                        td { (line.status) }
                                        td class="number" { (line.contacts) }
                                        td { @if let Some(rung) = line.highest { (rung.id().replace('_', " ")) } }
                                        td { (line.why) }
                                    }
                                }
                            }
                        }
                        p class="quiet" { "Made by " code { "upstairs batch" } ". A company without a contact here may still publish one where the program did not look." }
                    }
                }
            }
        }
        .into_string()
    }
}

/// Draws bars, and says the same as a table.
fn plot(title: &str, about: &str, bars: &[(String, usize)], all: usize) -> Markup {
    let most = bars.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let height = bars.len() * 26 + 6;
    let percent = |count: usize| count * 100 / all.max(1);
    html! {
        section {
            h2 { (title) }
            p class="quiet" { (about) "." }
            @if bars.is_empty() { p { "None." } } @else {
                svg viewBox=(format!("0 0 640 {height}")) role="img" aria-label=(format!("{title}: bars; the figures are in the table below")) {
                    @for (at, (label, count)) in bars.iter().enumerate() {
                        @let top = at * 26 + 4;
                        text x="208" y=(top + 15) text-anchor="end" { (label) }
                        rect x="216" y=(top) width=((count * 340 / most).max(1)) height="20" rx="3" {}
                        text x=(224 + (count * 340 / most).max(1)) y=(top + 15) { (count) " (" (percent(*count)) " %)" }
                    }
                }
                details {
                    summary { "The figures" }
                    table {
                        thead { tr { th scope="col" { (title) } th scope="col" { "Companies" } th scope="col" { "Share" } } }
                        tbody { @for (label, count) in bars { tr { th scope="row" { (label) } td class="number" { (count) } td class="number" { (percent(*count)) " %" } } } }
                    }
                }
            }
        }
    }
}
