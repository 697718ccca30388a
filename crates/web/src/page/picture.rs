//! The story of a case as a picture: a lane for each who can have the move, promises as diamonds, days to keep as flags.
//!
//! Only attributes and classes are used: the policy of the pages forbids styles in the text. Everything in the picture
//! stands in the list below it as words.

use desk::case::{PictureMark, PictureView};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::context::Context;

/// The picture in its own units.
const WIDTH: f64 = 960.0;
const LEFT: f64 = 110.0;
const RIGHT: f64 = 24.0;
const LANE: f64 = 40.0;
const TOP: f64 = 42.0;

/// Draws the picture.
pub(crate) fn draw(context: &Context, picture: &PictureView) -> Markup {
    let (Some(from), Some(to)) = (day(&picture.from), day(&picture.to)) else { return html! {} };
    let days = f64::from((to - from).get_days().max(1));
    let x = |text: &str| {
        let at = day(text).map_or(0, |day| (day - from).get_days());
        LEFT + (f64::from(at) / days).clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT)
    };
    let who: Vec<&str> = ["customer", "company", "body"]
        .into_iter()
        .filter(|who| {
            picture.spans.iter().any(|span| span.who == **who)
                || *who != "body"
                || picture.marks.iter().any(|mark| mark.kind == "body")
        })
        .collect();
    let lane = |of: &str| who.iter().position(|who| *who == of).unwrap_or(0);
    let y = |at: usize| TOP + LANE * f64::from(u32::try_from(at).unwrap_or(0));
    let bottom = y(who.len());
    let height = bottom + 34.0;
    html! {
        // It opens at its newest end; the names of the lanes stay in sight.
        div.scroll.from-end tabindex="0" role="region" aria-label=(context.t("picture.label")) {
            svg.story-names viewBox={ "0 0 " (n(LEFT)) " " (n(height)) } aria-hidden="true" {
                @for (at, name) in who.iter().enumerate() { text.lane-name x="0" y=(n(y(at) + 21.0)) { (context.word("by", name)) } }
            }
            svg.story viewBox={ "0 0 " (n(WIDTH)) " " (n(height)) } role="img" aria-label=(context.t("picture.label")) {
                @for at in 0..who.len() {
                    rect.lane x=(n(LEFT)) y=(n(y(at) + 4.0)) width=(n(WIDTH - LEFT - RIGHT)) height=(n(LANE - 14.0)) rx="6" {}
                }
                @for span in &picture.spans {
                    @let (start, end) = (x(&span.from), x(&span.to));
                    rect.span data-who=(span.who) x=(n(start)) y=(n(y(lane(&span.who)) + 4.0)) width=(n(px(end - start))) height=(n(LANE - 14.0)) rx="6" { title { (context.word("by", &span.who)) ": " (context.days(&span.from)) " – " (context.days(&span.to)) } }
                }
                @for month in months(from, to) {
                    @let at = x(&month.to_string());
                    line.tick x1=(n(at)) x2=(n(at)) y1=(n(TOP)) y2=(n(bottom)) {}
                    text.month x=(n(at + 3.0)) y=(n(bottom + 18.0)) { (context.month(month)) }
                }
                @for mark in &picture.marks { (self::mark(context, mark, x(&mark.day), y(lane(mark.kind)), bottom)) }
                line.today x1=(n(x(&picture.today))) x2=(n(x(&picture.today))) y1="8" y2=(n(bottom)) {}
                text.today-name x=(n(x(&picture.today) - 4.0)) y="16" text-anchor="end" { (context.t("picture.today")) }
            }
        }
        ul.legend aria-hidden="true" {
            @for name in ["kept", "broken", "promised", "deadline"] { li { span.swatch data-kind=(name) {} (context.word("picture", name)) } }
        }
    }
}

/// A number as attributes have it: one digit after the point is finer than the eye.
fn n(number: f64) -> String {
    format!("{number:.1}")
}

/// At least a line's width, so that a short turn is seen.
fn px(width: f64) -> f64 {
    width.max(3.0)
}

fn mark(context: &Context, mark: &PictureMark, x: f64, y: f64, bottom: f64) -> Markup {
    // Of a day to keep the desk speaks, of all else the log.
    let said = if mark.kind == "deadline" { context.says(&mark.words) } else { mark.words.clone() };
    let words: String = said.chars().take(200).collect();
    let title =
        html! { title { (context.days(&mark.day)) " · " (context.word("picture", mark.kind)) ": " (words) } };
    match mark.kind {
        "kept" | "broken" | "promised" => html! {
            path.promise data-kind=(mark.kind) d={ "M" (n(x)) " " (n(TOP - 20.0)) "l8 8-8 8-8-8z" } { (title) }
        },
        "deadline" => html! {
            g { line.flag-pole x1=(n(x)) x2=(n(x)) y1=(n(TOP - 22.0)) y2=(n(bottom)) {} path.flag d={ "M" (n(x)) " " (n(TOP - 22.0)) "h13l-4 5 4 5h-13z" } { (title) } }
        },
        _ => html! { circle.event cx=(n(x)) cy=(n(y + 17.0)) r="6" data-who=(mark.kind) { (title) } },
    }
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// Returns the first days of months to write below the picture: at most about eight.
fn months(from: Date, to: Date) -> Vec<Date> {
    let count = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month());
    let step = (count / 8).max(1);
    let first = from.first_of_month();
    (1..=count)
        .step_by(usize::try_from(step).unwrap_or(1))
        .filter_map(|n| first.checked_add(jiff::Span::new().months(n)).ok())
        .filter(|day| *day <= to)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_are_not_crowded() {
        assert_eq!(months(date(2026, 1, 20), date(2026, 4, 2)).len(), 3);
        assert!(months(date(2020, 1, 1), date(2030, 1, 1)).len() <= 9);
        assert!(months(date(2026, 1, 1), date(2026, 1, 20)).is_empty());
    }
}
