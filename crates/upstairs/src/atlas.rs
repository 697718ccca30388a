//! `upstairs bodies` and `upstairs rights`: who stands outside a company, and which clocks run.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anstyle::Style;
use clap::Args;
use desk::atlas::{
    self, ActingAs, AtlasRequest, BodiesAnswer, BodyAnswer, CompanyType, DayAnswer, GroundsAnswer, List,
    PaidBy, RightView, RightsAnswer, Sector, Topic,
};
use jiff::civil::Date;

use crate::draw::{BOLD, DIM, FAIR, GOOD, POOR, clean, paragraph};
use crate::settings::Settings;

/// A complaint, as far as it is known.
#[derive(Args, Debug)]
pub(crate) struct Atlas {
    /// The country, by its two-letter code or its name: GB, Germany
    #[arg(long, value_parser = desk::find::parse_country)]
    country: desk::Country,
    /// State, province or part of the country, by its letters or its name: CA, NSW, Scotland
    #[arg(long, value_parser = desk::directory::parse_region)]
    region: Option<String>,
    /// The trade: telecom, energy, bank, insurance, air, retail, …
    #[arg(long, value_parser = desk::case::words::sector)]
    sector: Option<Sector>,
    /// The kind of company, if that matters: credit-union, national-bank, letting-agent, …
    #[arg(long, value_parser = |text: &str| atlas::parse_word(text, CompanyType::from_id, List::CompanyType))]
    company_type: Option<CompanyType>,
    /// Who you complain as: consumer, micro-business, small-business, charity
    #[arg(long = "as", default_value = "consumer", value_parser = |text: &str| atlas::parse_word(text, ActingAs::from_id, List::ActingAs))]
    acting_as: ActingAs,
    /// What the problem is: billing-error, not-delivered, faulty-goods, …
    #[arg(long, value_parser = desk::case::words::topic_of_law)]
    topic: Option<Topic>,
    /// How it was paid: credit-card, debit-card, transfer, direct-debit, cash, paypal
    #[arg(long, value_parser = |text: &str| atlas::parse_word(text, PaidBy::from_id, List::PaidBy))]
    paid_by: Option<PaidBy>,
    /// It cannot wait
    #[arg(long)]
    urgent: bool,
    /// How much is in dispute, such as "250 GBP"
    #[arg(long, value_parser = atlas::parse_amount)]
    amount: Option<(u64, String)>,
    /// The day it happened: delivery, flight, statement, payment (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = crate::days::either)]
    event: Option<Date>,
    /// The day you found out, if later
    #[arg(long, value_name = "DATE", value_parser = crate::days::been)]
    known: Option<Date>,
    /// The day of your first complaint to the company
    #[arg(long, value_name = "DATE", value_parser = crate::days::been)]
    complained: Option<Date>,
    /// The day of the company's final response
    #[arg(long = "final", value_name = "DATE", value_parser = crate::days::been)]
    final_response: Option<Date>,
    /// Another day from which a time counts, such as notice=2026-11-02; also: delivery, purchase, request, statement, dispute
    #[arg(long = "day", value_name = "NAME=DATE", value_parser = named_day)]
    days: Vec<(atlas::Anchor, Date)>,
    /// Answer for this day instead of today
    #[arg(long, value_name = "DATE", value_parser = crate::days::either)]
    on: Option<Date>,
    /// Also read your own atlas files from this folder
    #[arg(long = "atlas", value_name = "DIR")]
    own_files: Option<std::path::PathBuf>,
    /// Show every body in full
    #[arg(long)]
    all: bool,
    /// Print JSON (its schema: `upstairs schema bodies`, `upstairs schema rights`)
    #[arg(long)]
    json: bool,
}

impl Atlas {
    fn request(&self) -> AtlasRequest {
        AtlasRequest {
            country: self.country,
            region: self.region.clone(),
            sector: self.sector,
            company_type: self.company_type,
            acting_as: self.acting_as,
            topic: self.topic,
            paid_by: self.paid_by,
            urgent: self.urgent,
            amount: self.amount.clone(),
            event: self.event,
            known: self.known,
            complained: self.complained,
            final_response: self.final_response,
            days: self.days.clone(),
        }
    }

    /// Refuses a region that is not known, and what cannot have been yet.
    fn check(&self) -> Result<(), String> {
        if let Some(region) = &self.region {
            atlas::check_region(self.country, region)?;
        }
        let today = self.today();
        for (option, day) in
            [("known", self.known), ("complained", self.complained), ("final", self.final_response)]
        {
            if let Some(day) = day.filter(|day| *day > today) {
                return Err(format!("--{option}: {day} lies ahead of {today}: give the day on which it was"));
            }
        }
        match (self.complained, self.final_response) {
            (Some(complained), Some(answered)) if answered < complained => Err(format!(
                "--final: {answered} comes before the complaint of {complained}: their final response answers it"
            )),
            _ => Ok(()),
        }
    }

    /// Returns the folder of the user's own files; an error where what was asked for cannot be used.
    fn own<'a>(&'a self, settings: &'a Settings) -> Result<Option<&'a Path>, String> {
        self.check()?;
        match &self.own_files {
            Some(folder) if !folder.is_dir() => {
                Err(format!("`{}` is not a folder: give one with your own files (*.toml)", folder.display()))
            }
            Some(folder) => Ok(Some(folder)),
            None => Ok(settings.atlas.as_deref()),
        }
    }

    fn today(&self) -> Date {
        self.on.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}

/// Runs `upstairs bodies`.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn bodies(options: &Atlas, settings: &Settings) -> io::Result<ExitCode> {
    let own = match options.own(settings) {
        Ok(own) => own,
        Err(refused) => return usage(&refused),
    };
    let answer = atlas::bodies(&options.request(), options.today(), own);
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        out.write_all(draw_bodies(&answer, width(), options).as_bytes())?;
    }
    out.flush()?;
    done(answer.bodies.is_empty(), &answer.refused)
}

/// Runs `upstairs rights`.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn rights(options: &Atlas, settings: &Settings) -> io::Result<ExitCode> {
    let own = match options.own(settings) {
        Ok(own) => own,
        Err(refused) => return usage(&refused),
    };
    let answer = atlas::rights(&options.request(), options.today(), own);
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        out.write_all(draw_rights(&answer, width(), options).as_bytes())?;
    }
    out.flush()?;
    done(answer.rights.is_empty(), &answer.refused)
}

/// Reads a named day.
fn named_day(text: &str) -> Result<(atlas::Anchor, Date), String> {
    let (anchor, day) = atlas::parse_named_day(text)?;
    Ok((anchor, crate::days::either(day)?))
}

/// Says what is wrong with the words of the command.
fn usage(refused: &str) -> io::Result<ExitCode> {
    writeln!(anstream::stderr(), "upstairs: {}", clean(refused))?;
    Ok(ExitCode::from(2))
}

/// Says what was refused; nothing found and a broken file are failures.
fn done(nothing: bool, refused: &[String]) -> io::Result<ExitCode> {
    for told in refused {
        writeln!(anstream::stderr(), "upstairs: {}", clean(told))?;
    }
    Ok(if nothing || !refused.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn width() -> usize {
    crate::wrap::width()
}

/// Bodies drawn in full before the others are drawn in a line each.
const IN_FULL: usize = 5;

/// Draws the bodies, the one to go to first at the head.
fn draw_bodies(answer: &BodiesAnswer, width: usize, options: &Atlas) -> String {
    let mut out = String::new();
    // Without a trade the first five of all are no answer: the list is.
    let full = match (options.all, options.sector) {
        (true, _) => usize::MAX,
        (false, Some(_)) => IN_FULL,
        (false, None) => 0,
    };
    for (at, body) in answer.bodies.iter().take(full).enumerate() {
        let _ = write!(out, "{BOLD}{}.{BOLD:#} ", at + 1);
        draw_body(&mut out, body, width);
    }
    for (at, body) in answer.bodies.iter().enumerate().skip(full) {
        let trades = body.sectors.join(", ").replace('_', " ");
        let state = match body.standing {
            "reports_only" => "; takes reports only",
            "closed" | "superseded" | "planned" | "lapsed" => "; cannot take cases now",
            _ => "",
        };
        let words = format!("{}. {} ({trades}{state})", at + 1, body.name);
        say(&mut out, &words, "", "    ", width, Style::new());
    }
    if answer.bodies.len() > full {
        let trade = if options.sector.is_none() { "--sector gives the trade; " } else { "" };
        let region = if options.region.is_none() {
            "--region adds the agencies of a state or part of the country; "
        } else {
            ""
        };
        say(&mut out, &format!("{trade}{region}--all shows each in full"), "", "", width, DIM);
        out.push('\n');
    }
    if answer.bodies.is_empty() {
        out.push_str("No outside body is known for this.\n\n");
    }
    say(&mut out, answer.caveat, "", "", width, DIM);
    out
}

fn draw_body(out: &mut String, body: &BodyAnswer, width: usize) {
    let _ = writeln!(
        out,
        "{BOLD}{}{BOLD:#} {DIM}{} · {}{DIM:#}",
        body.name,
        body.kind.replace('_', " "),
        body.id
    );
    let opens = body.opens.as_ref().and_then(|opens| opens.day.as_deref());
    let closes = body.closes.as_ref().and_then(|closes| closes.day.as_deref());
    let first = body.first.join(", ").replace('_', " ");
    let (words, style): (String, Style) = match body.standing {
        "open" => ("open".to_owned(), GOOD),
        "not_yet" => (format!("not yet: takes cases from {}", opens.unwrap_or("an unknown day")), FAIR),
        "first" => (format!("something comes first: {first}"), FAIR),
        "lapsed" => (format!("too late: its last day was {}", closes.unwrap_or("not known")), POOR),
        "reports_only" => ("takes reports but does not settle individual cases".to_owned(), DIM),
        other => (format!("{}: cannot take cases", other.replace('_', " ")), POOR),
    };
    say(out, &words, "  ", "    ", width, style);
    if let Some(before) = &body.before {
        say(out, before, "  first   ", "          ", width, Style::new());
    }
    day(out, body.opens.as_ref(), "  from    ", width);
    day(out, body.closes.as_ref(), "  until   ", width);
    let binds = body.binds.map(|binds| if binds { "binds the company" } else { "does not bind the company" });
    let terms: Vec<&str> = body.cost.as_deref().into_iter().chain(binds).collect();
    if !terms.is_empty() {
        say(out, &terms.join("; "), "  terms   ", "          ", width, Style::new());
    }
    for condition in &body.conditions {
        say(out, condition, "  if      ", "          ", width, Style::new());
    }
    let web = body.web.as_deref().map(|web| ("web", web));
    let contacts = body.contacts.iter().map(|contact| (contact.channel, contact.value.as_str()));
    for (channel, value) in web.into_iter().chain(contacts).take(6) {
        let value = desk::words::value(channel, value);
        say(out, &format!("{channel}: {value}"), "  how     ", "          ", width, Style::new());
    }
    if let Some(note) = &body.note {
        say(out, note, "  note    ", "          ", width, Style::new());
    }
    grounds(out, &body.grounds, width);
    out.push('\n');
}

/// Draws the rights, those of the trade first.
fn draw_rights(answer: &RightsAnswer, width: usize, options: &Atlas) -> String {
    let mut out = String::new();
    // Without a trade those of one trade alone are no answer: the list of them is.
    let whole = options.all || options.sector.is_some();
    let (full, of_trades): (Vec<&RightView>, Vec<&RightView>) =
        answer.rights.iter().partition(|right| whole || right.sectors.is_empty());
    for right in full {
        draw_right(&mut out, right, width);
    }
    if !of_trades.is_empty() {
        let _ = writeln!(out, "{BOLD}Only in one trade{BOLD:#}");
        for right in of_trades {
            let trades = right.sectors.join(", ").replace('_', " ");
            say(&mut out, &format!("{} ({trades})", right.name), "  ", "    ", width, Style::new());
        }
        say(&mut out, "--sector gives the trade; --all shows each in full", "", "", width, DIM);
        out.push('\n');
    }
    if answer.rights.is_empty() {
        out.push_str("No right is known for this.\n\n");
    }
    let waits = |right: &RightView| right.clocks.iter().any(|clock| clock.running == "not_started");
    if answer.rights.iter().any(waits) {
        let how = "a time that has not started needs its day: --event, --complained, --final, or --day, such as --day notice=2026-11-02";
        say(&mut out, how, "", "", width, DIM);
        out.push('\n');
    }
    say(&mut out, answer.caveat, "", "", width, DIM);
    out
}

fn draw_right(out: &mut String, right: &RightView, width: usize) {
    let _ = writeln!(
        out,
        "{BOLD}{}{BOLD:#} {DIM}{} · {}{DIM:#}",
        right.name,
        right.basis.replace('_', " "),
        right.id
    );
    if right.status != "in_force" {
        say(out, &format!("{}: not to be relied on", right.status), "  ", "    ", width, POOR);
    }
    for (who, what) in [("  you     ", &right.consumer), ("  company ", &right.company)] {
        if let Some(what) = what {
            say(out, what, who, "          ", width, Style::new());
        }
    }
    for clock in &right.clocks {
        let who = clock.binds.unwrap_or("clock");
        let ends = match (clock.running, clock.ends.day.as_deref()) {
            ("over", Some(day)) => format!("over since {day}"),
            (_, Some(day)) if clock.ends.guessed => format!("until {day}, a guess"),
            (_, Some(day)) => format!("until {day}"),
            (_, None) => "not started".to_owned(),
        };
        let style = match clock.running {
            "running" => GOOD,
            "over" => POOR,
            _ => DIM,
        };
        let does = clock.does.as_deref().unwrap_or("act");
        say(out, &format!("{who}: {does} ({ends})"), "  clock   ", "          ", width, style);
        for words in &clock.ends.calculation {
            say(out, words, "            ", "            ", width, DIM);
        }
        if let Some(missed) = &clock.missed {
            say(out, &format!("missed: {missed}"), "            ", "            ", width, DIM);
        }
    }
    for (head, lines) in [("  if      ", &right.conditions), ("  with    ", &right.interplay)] {
        for line in lines {
            say(out, line, head, "          ", width, Style::new());
        }
    }
    if let Some(limit) = &right.limit {
        say(out, limit, "  limit   ", "          ", width, Style::new());
    }
    say(out, &right.law, "  law     ", "          ", width, DIM);
    grounds(out, &right.grounds, width);
    out.push('\n');
}

fn day(out: &mut String, day: Option<&DayAnswer>, head: &str, width: usize) {
    let Some(day) = day else { return };
    let mut head = head;
    for words in &day.calculation {
        say(out, words, head, "          ", width, Style::new());
        head = "          ";
    }
    if day.may_be_earlier || day.may_be_later {
        let words = if day.may_be_earlier {
            "this is the latest it can be; it may be earlier"
        } else {
            "it may be later"
        };
        say(out, words, head, "          ", width, FAIR);
    }
}

/// Wraps words that may come from a user's own files.
fn say(out: &mut String, words: &str, first: &str, rest: &str, width: usize, style: Style) {
    paragraph(out, &clean(words), first, rest, width, style);
}

/// Draws what a fact rests on and what to mind.
fn grounds(out: &mut String, grounds: &GroundsAnswer, width: usize) {
    for caution in &grounds.cautions {
        say(out, caution, "  mind    ", "          ", width, FAIR);
    }
    let seen = grounds.seen.as_ref().map_or(String::new(), |seen| format!(", newest of {seen}"));
    let words = match grounds.sources.as_slice() {
        [] => "no source".to_owned(),
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    };
    say(
        out,
        &format!("{words} ({} confidence{seen})", grounds.confidence),
        "  source  ",
        "          ",
        width,
        DIM,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        atlas: Atlas,
    }

    fn ask(line: &str) -> Atlas {
        Line::try_parse_from(format!("upstairs {line}").split(' ')).unwrap().atlas
    }

    #[test]
    fn a_complaint_that_lies_ahead_is_refused_as_of_the_day_that_is_asked_for() {
        let told = |line: &str| ask(line).check();
        let asked = |on: &str| format!("--country GB --complained 2026-02-20 --on {on}");
        assert_eq!(told(&asked("2026-02-20")), Ok(()));
        assert_eq!(
            told(&asked("2026-02-19")).unwrap_err(),
            "--complained: 2026-02-20 lies ahead of 2026-02-19: give the day on which it was"
        );
        assert_eq!(
            told("--country GB --complained 2026-02-20 --final 2026-02-19 --on 2026-03-20").unwrap_err(),
            "--final: 2026-02-19 comes before the complaint of 2026-02-20: their final response answers it"
        );
    }

    #[test]
    fn a_body_is_drawn_with_its_days_and_what_they_rest_on() {
        let options = ask("--country GB --region ENG --sector rail --complained 2026-02-20 --on 2026-04-20");
        let answer = atlas::bodies(&options.request(), options.today(), None);
        let mut out = String::new();
        draw_body(&mut out, answer.bodies.first().unwrap(), 100);
        insta::assert_snapshot!(anstream::adapter::strip_str(&out).to_string(), @"
        Rail Ombudsman ombudsman · gb-rail-ombudsman
          not yet: takes cases from 2026-04-21
          first   Complain to the company and get its final reply (deadlock), or let the waiting time run
                  out.
          from    40 working days from the first complaint (2026-02-20), working days: England and Wales,
                  leaving out Good Friday 2026-04-03, Easter Monday 2026-04-06: ends on 2026-04-21
          until   12 months from the final response: that day is not given
          terms   free; binds the company
          if      not taken: Transport for London
          if      not taken: penalty fares
          how     web: https://www.railombudsman.org
          how     form: https://www.railombudsman.org/making-a-complaint/
          how     phone: +44 330 094 0362
          how     email: info@railombudsman.org
          how     postal: FREEPOST - RAIL OMBUDSMAN
          note    Not TfL, not penalty fares.
          source  https://www.railombudsman.org/making-a-complaint/ and 2 more (high confidence, newest of
                  2024)
        ");
    }

    #[test]
    fn a_right_is_drawn_with_its_clocks() {
        let options = ask(
            "--country US --sector ecommerce --paid-by credit-card --topic wrong-charge --event 2025-12-31 --on 2026-02-20",
        );
        let answer = atlas::rights(&options.request(), options.today(), None);
        let mut out = String::new();
        draw_right(&mut out, answer.rights.first().unwrap(), 100);
        insta::assert_snapshot!(anstream::adapter::strip_str(&out).to_string(), @"
        Billing error on a credit card statute · us-fcba-60
          you     written notice to the billing-inquiry address within 60 days of the first statement sent
                  with the error.
          company acknowledge in 30 days, settle in two billing cycles, at most 90 days; no collection
                  meanwhile.
          clock   consumer: send written notice to the billing-inquiry address, counted from the first
                  statement with the error; it must arrive in time (until 2026-03-01, a guess)
                    60 days from the statement (2025-12-31), a guess: the day it happened stands for it:
                    ends on 2026-03-01
                    missed: the statutory right is lost; the card scheme's own time may still run
          clock   issuer: acknowledge (not started)
                    30 days from the notice: that day is not given
          clock   issuer: settle in two billing cycles, at most; no collection meanwhile (not started)
                    90 days from the notice: that day is not given
          with    runs beside Visa dispute (chargeback): using the one does not stop the time of the other
          with    runs beside Mastercard dispute (chargeback): using the one does not stop the time of the
                  other
          with    next, if it leads nowhere: Consumer Financial Protection Bureau
          limit   Unauthorised use: USD 50 at most
          law     Fair Credit Billing Act, 15 USC 1666; Regulation Z 12 CFR 1026.13
          source  https://legalclarity.org/fair-credit-billing-act-how-many-days-to-dispute-a-charge and 2
                  more (high confidence)
        ");
    }
}
