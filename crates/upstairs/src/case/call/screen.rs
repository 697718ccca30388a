//! The companion on a terminal: the guide above, the notes below them, a line to type in, a clock that runs.
//!
//! What is typed stands in the line and does nothing before Enter: whoever begins to type a note at once loses no word of it, and no letter
//! of it is taken for a command.

use std::io::{self, Write};
use std::time::Duration;

use desk::case::{self, Call, CallGuide, CallView, Mark, Place};
use jiff::Zoned;

use super::keys::{Key, Keys};
use super::{KEYS, Said, noted, read};
use crate::case::{Failure, wait};
use crate::draw::{BOLD, DIM, clean};

/// What is on the screen.
enum Mode {
    /// The guide, the notes, and the line with what was typed so far.
    Guide(String),
    /// What is read back before hanging up.
    ReadBack,
}

/// Goes through a call until it ends.
pub(super) fn run(place: &Place, id: &str, guide: &CallGuide, call: &mut Call) -> Result<(), Failure> {
    let keys = Keys::begin()?;
    let (mut mode, mut step) = (Mode::Guide(String::new()), 0);
    let mut view = wait(case::call_show(place, id, call))??;
    loop {
        draw(guide, &view, &mode, step)?;
        let Some(key) = keys.next(Duration::from_millis(500)) else { continue };
        if key == Key::Break {
            // What was half typed is kept, too.
            if let Mode::Guide(words) = &mode
                && let Said::Note(mark, words) = read(words)
            {
                call.note(&Zoned::now(), mark, words)?;
            }
            break;
        }
        mode = match mode {
            Mode::ReadBack => match key {
                Key::Letter('y') | Key::Enter => break,
                _ => Mode::Guide(String::new()),
            },
            Mode::Guide(mut words) => match key {
                Key::Enter => {
                    let noted = match read(&words) {
                        Said::Nothing => None,
                        // Of nothing, nothing is read back.
                        Said::End if call.is_empty() => break,
                        Said::End => {
                            mode = Mode::ReadBack;
                            continue;
                        }
                        Said::Hold if view.holding_since.is_some() => Some((Mark::HoldEnded, "")),
                        Said::Hold => Some((Mark::HoldBegan, "")),
                        Said::Note(mark, words) => Some((mark, words)),
                        // The line says what it waits for.
                        Said::Wordless(key) => {
                            mode = Mode::Guide(format!("{key} "));
                            continue;
                        }
                    };
                    if let Some((mark, words)) = noted {
                        call.note(&Zoned::now(), mark, words)?;
                        view = wait(case::call_show(place, id, call))??;
                    }
                    Mode::Guide(String::new())
                }
                Key::Escape => Mode::Guide(String::new()),
                Key::Backspace => {
                    words.pop();
                    Mode::Guide(words)
                }
                Key::Letter(c) => {
                    words.push(c);
                    Mode::Guide(words)
                }
                Key::Pasted(text) => {
                    words.push_str(&text);
                    Mode::Guide(words)
                }
                Key::On | Key::Back => {
                    let last = guide.steps.len().saturating_sub(1);
                    step = if key == Key::On { (step + 1).min(last) } else { step.saturating_sub(1) };
                    Mode::Guide(words)
                }
                Key::Break => Mode::Guide(words),
            },
        };
    }
    drop(keys);
    Ok(())
}

/// What a line is, and its words: `p refund by Friday` is a promise.
fn labelled(line: &str) -> (&'static str, &str) {
    let key = KEYS.iter().find(|(key, ..)| line.strip_prefix(*key).is_some_and(|rest| rest.starts_with(' ')));
    match key {
        Some((_, mark, what)) if !matches!(mark, Mark::HoldBegan | Mark::Unanswered) => {
            (what, line[1..].trim_start())
        }
        _ => ("note", line),
    }
}

/// Writes seconds as a clock does.
fn clock(seconds: i64) -> String {
    let (minutes, seconds) = (seconds.max(0) / 60, seconds.max(0) % 60);
    format!("{minutes:02}:{seconds:02}")
}

/// How a line of the screen is set.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Set {
    Plain,
    Bold,
    Quiet,
    Reversed,
}

/// A line of the screen.
struct Line(Set, String);

fn draw(guide: &CallGuide, view: &CallView, mode: &Mode, step: usize) -> io::Result<()> {
    let size = terminal_size::terminal_size();
    let (width, height) =
        size.map_or((80, 24), |(width, height)| (usize::from(width.0), usize::from(height.0)));
    let (width, height) = (width.max(20), height.max(8));
    let now = Zoned::now();
    let since = |from: &Zoned| (now.timestamp() - from.timestamp()).get_seconds();
    let mut above: Vec<Line> = Vec::new();
    let number = guide.number.as_deref().map_or_else(String::new, |number| format!("  {number}"));
    let held = view.held_seconds + view.holding_since.as_ref().map_or(0, &since);
    let hold = match (&view.holding_since, held) {
        (Some(from), _) => format!("  ON HOLD {} (in all {})", clock(since(from)), clock(held)),
        (None, 0) => String::new(),
        (None, held) => format!("  held {}", clock(held)),
    };
    let set = if view.holding_since.is_some() { Set::Reversed } else { Set::Bold };
    let top = format!("{}{number}  {}{hold}", guide.company, clock(since(&view.began)));
    wrapped_as(&mut above, set, &top, width, "");
    above.push(Line(Set::Plain, String::new()));
    if matches!(mode, Mode::ReadBack) {
        above.push(Line(Set::Bold, "Read back, before you hang up".to_owned()));
        wrapped(&mut above, &view.read_back, width);
        for promise in view.promises.iter().filter(|promise| promise.due.is_none()) {
            above.push(Line(Set::Plain, String::new()));
            wrapped(&mut above, &format!("By which day? \"{}\"", promise.text), width);
        }
    } else if let Some(shown) = guide.steps.get(step) {
        let title = format!("{}  ({} of {})", shown.title, step + 1, guide.steps.len());
        wrapped_as(&mut above, Set::Bold, &title, width, "");
        for line in &shown.lines {
            wrapped(&mut above, line, width);
        }
    }
    let notes: Vec<String> = view.notes.iter().filter_map(noted).collect();
    // A narrow screen breaks a note and the keys rather than cuts them.
    let broken = |text: &str, indent: &str| -> Vec<String> {
        let options = textwrap::Options::new(width).subsequent_indent(indent);
        textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
    };
    let notes: Vec<String> = notes.iter().flat_map(|note| broken(&clean(note), "         ")).collect();
    let (typing, keys) = match mode {
        Mode::Guide(line) => {
            let (what, words) = labelled(line);
            (Some(typed(what, words, width)), if line.is_empty() { KEYS_SHOWN } else { KEYS_TYPING })
        }
        Mode::ReadBack => {
            (None, "y\u{a0}right,\u{a0}end\u{a0}the\u{a0}call   any\u{a0}other\u{a0}key\u{a0}back")
        }
    };
    let mut below: Vec<String> = typing.into_iter().collect();
    below.extend(broken(keys, "").into_iter().map(|line| line.replace('\u{a0}', " ")));
    // The last notes keep a place; what is cut of the guide is shown to be.
    let kept = notes.len().min(3);
    let most = height.saturating_sub(below.len() + 1 + kept).max(1);
    if above.len() > most {
        above.truncate(most);
        above[most - 1] = Line(Set::Quiet, "  …".to_owned());
    }
    let room = height.saturating_sub(above.len() + below.len() + 1);
    let mut screen = String::from("\x1b[H");
    let mut put = |set: Set, text: &str| {
        let shown: String = clean(text).chars().take(width).collect();
        let line = match set {
            Set::Plain => shown,
            Set::Bold => format!("{BOLD}{shown}{BOLD:#}"),
            Set::Quiet => format!("{DIM}{shown}{DIM:#}"),
            Set::Reversed => format!("\x1b[7m{shown}\x1b[0m"),
        };
        // Each line is cleared behind its words, so that nothing flickers.
        screen.extend([line.as_str(), "\x1b[K\r\n"]);
    };
    for Line(set, text) in &above {
        put(*set, text);
    }
    put(Set::Quiet, &"─".repeat(width));
    for at in 0..room {
        let skip = notes.len().saturating_sub(room);
        put(Set::Plain, notes.get(skip + at).map_or("", String::as_str));
    }
    for (at, text) in below.iter().enumerate() {
        put(if at == 0 && matches!(mode, Mode::Guide(_)) { Set::Bold } else { Set::Quiet }, text);
    }
    let screen = screen.trim_end_matches("\r\n");
    let mut out = io::stdout().lock();
    write!(out, "{screen}\x1b[J")?;
    out.flush()
}

/// What can be typed; what belongs together does not part at the end of a line.
const KEYS_SHOWN: &str = "Type\u{a0}what\u{a0}is\u{a0}said,\u{a0}Enter\u{a0}keeps\u{a0}it.  Begin\u{a0}with  w\u{a0}who  r\u{a0}reference  p\u{a0}promise  x\u{a0}refused  s\u{a0}supervisor   or\u{a0}alone  h\u{a0}hold  n\u{a0}nobody\u{a0}answered  q\u{a0}read\u{a0}back\u{a0}and\u{a0}end   \u{2192}/\u{2190}\u{a0}guide";
/// The keys while something is typed.
const KEYS_TYPING: &str = "Enter\u{a0}keeps\u{a0}it   Esc\u{a0}clears\u{a0}it";

/// Shows the line that is typed: its end, where it is longer than the screen is wide.
fn typed(what: &str, words: &str, width: usize) -> String {
    let room = width.saturating_sub(what.chars().count() + 3).max(8);
    let words = clean(words);
    let long = words.chars().count();
    let shown: String = if long > room {
        std::iter::once('…').chain(words.chars().skip(long - room + 1)).collect()
    } else {
        words.clone()
    };
    format!("{what}: {shown}▏")
}

fn wrapped(lines: &mut Vec<Line>, text: &str, width: usize) {
    wrapped_as(lines, Set::Plain, text, width, "  ");
}

fn wrapped_as(lines: &mut Vec<Line>, set: Set, text: &str, width: usize, indent: &str) {
    let options =
        textwrap::Options::new(width.saturating_sub(1)).initial_indent(indent).subsequent_indent(indent);
    lines.extend(textwrap::wrap(&clean(text), options).into_iter().map(|line| Line(set, line.into_owned())));
}
