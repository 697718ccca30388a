//! The story of a case as spans and marks on a line of days, ready to be drawn: who had the move when, what was promised
//! and whether it was kept, and the days that are still to come.

use atlas::Atlas;
use casework::view::View;
use casework::view::promise::Kept;
use casework::{State, deadline, holder};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseDeskError, Place};

/// The story of a case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PictureView {
    /// The first day that is drawn (year-month-day).
    pub from: String,
    /// The last.
    pub to: String,
    /// Today.
    pub today: String,
    /// Who had the move, one span after the other.
    pub spans: Vec<SpanView>,
    /// What happened and what was promised or is due.
    pub marks: Vec<MarkView>,
}

/// A time in which one had the move.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct SpanView {
    /// `customer`, `company` or `body`.
    pub who: String,
    /// Its first day.
    pub from: String,
    /// The day on which the move passed on; today for the last.
    pub to: String,
}

/// A point on the line.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct MarkView {
    /// The day.
    pub day: String,
    /// `customer`, `company`, `body` for what happened; `kept`, `broken`, `promised` for promises; `deadline`.
    pub kind: &'static str,
    /// What it is, in words.
    pub words: String,
}

/// How far ahead days are still drawn: a limitation of six years would press the story into a dot.
const AHEAD: i32 = 400;

/// Draws the story of a case.
///
/// # Errors
///
/// [`CaseDeskError`] where the case is not there or cannot be read.
pub async fn picture(place: &Place, id: &str) -> Result<PictureView, CaseDeskError> {
    let state = place.state(id).await?;
    Ok(of(&state, Atlas::builtin(), place.now.date()))
}

fn of(state: &State, atlas: &Atlas, today: Date) -> PictureView {
    let spans = spans(state, today);
    let mut marks: Vec<(Date, &'static str, String)> = Vec::new();
    for line in &state.log {
        marks.push((line.entry.on, line.entry.by.id(), line.entry.text.clone()));
    }
    for promise in &View::new(state, atlas, today).promises {
        let kind = match promise.kept {
            Kept::Yes => "kept",
            Kept::Broken => "broken",
            Kept::Open | Kept::NoDay => "promised",
            // Another day counts in its place.
            Kept::Replaced => continue,
        };
        if let Some(due) = promise.due {
            marks.push((due, kind, promise.text.clone()));
        }
    }
    for deadline in deadline::deadlines(state, atlas, today) {
        let away = (deadline.day - today).get_days();
        if (0..=AHEAD).contains(&away) {
            marks.push((deadline.day, "deadline", deadline.what));
        }
    }
    marks.retain(|mark| (mark.0 - today).get_days() <= AHEAD);
    marks.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let first = marks.iter().map(|mark| mark.0).chain([state.opened_on, today]).min().unwrap_or(today);
    let last = marks.iter().map(|mark| mark.0).chain([today]).max().unwrap_or(today);
    PictureView {
        from: first.to_string(),
        to: last.to_string(),
        today: today.to_string(),
        spans,
        marks: marks
            .into_iter()
            .map(|(day, kind, words)| MarkView { day: day.to_string(), kind, words })
            .collect(),
    }
}

/// Returns who had the move when: the holder after each line of the log, joined where it stays the same.
fn spans(state: &State, today: Date) -> Vec<SpanView> {
    let mut so_far = State { log: Vec::new(), closed: None, ..state.clone() };
    let mut spans: Vec<SpanView> = Vec::new();
    for line in &state.log {
        so_far.log.push(line.clone());
        let Some((who, _)) = holder::holder(&so_far) else { continue };
        let on = line.entry.on.to_string();
        match spans.last_mut() {
            Some(last) if last.who == who.id() => {}
            other => {
                if let Some(last) = other {
                    last.to.clone_from(&on);
                }
                spans.push(SpanView { who: who.id().to_owned(), from: on, to: today.to_string() });
            }
        }
    }
    if let (Some(last), Some(closing)) = (spans.last_mut(), &state.closed) {
        last.to = closing.on.to_string();
    }
    // A move that was passed on the same day it came takes no room.
    spans.retain(|span| span.from < span.to);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_move_passes_between_customer_and_company_and_promises_stand_on_their_day() {
        let now = jiff::civil::date(2026, 3, 20);
        let line = |by: &str, kind: &str, at: &str| json!({"at": at, "by": by, "kind": kind, "text": kind});
        let mut promise = line("company", "promise", "2026-03-03");
        promise["due"] = json!("2026-03-10");
        let log =
            [line("customer", "complaint", "2026-03-01"), promise, line("company", "reply", "2026-03-12")];
        let case = json!({"case": {"company": "Acme", "country": "GB", "log": log}});
        let case = casework::situation::read(&case, now).unwrap();
        let picture = of(&State::of(&case).unwrap(), Atlas::builtin(), now);
        let spans: Vec<_> =
            picture.spans.iter().map(|s| (s.who.as_str(), s.from.as_str(), s.to.as_str())).collect();
        assert_eq!(
            spans,
            [("company", "2026-03-01", "2026-03-12"), ("customer", "2026-03-12", "2026-03-20")]
        );
        assert!(
            picture.marks.iter().any(|m| m.day == "2026-03-10" && matches!(m.kind, "broken" | "promised"))
        );
        assert_eq!(picture.from, "2026-03-01");
    }
}
