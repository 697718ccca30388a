//! Rendering: a template, the facts and the conventions of a language become a draft.
//!
//! A missing fact renders as a question between two marks that no text contains; afterwards each becomes a visible blank
//! and is told apart. Rendering is bounded in work, so that a user's own template cannot hang.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, Value, context};

use super::engine::{environment, sentence};
use super::facts::{Facts, Person, Recipient, Step};
use super::kind::{Form, KINDS, Kind, Limit};
use super::language::{Convention, Language, Named};
use super::length::Cuts;
use super::named::{names_the_same, told, with_team};
use super::submission::{OwnForm, SUBMISSIONS, Submission};
use super::template::{OwnTemplate, TemplateError, built_in, included, part};
use super::{Draft, Options, SheetHead};

/// Marks of a blank: private-use characters, taken out of every fact.
pub(super) const OPEN: char = '\u{e000}';
pub(super) const CLOSE: char = '\u{e001}';
/// How long the form of a body may be.
const FORM_LIMIT: Limit = Limit::Words(800);

/// Values that templates have beside the facts.
pub(super) const VALUES: [(&str, &str); 7] = [
    ("greeting", "the greeting by the conventions of the language, to the person or team that it goes to"),
    ("closing", "the words at the end, with the name"),
    ("others", "how many contacts are left out, for its length"),
    ("tone", "how firm it is: `first`, `firm` or `final`"),
    ("american", "whether American conventions hold"),
    ("headed", "whether a heading above `_story` says what it is"),
    ("day_told", "whether the story names its day itself"),
];

/// Renders the templates of one language.
pub(super) struct Writer<'a> {
    environment: Environment<'static>,
    titles: BTreeMap<String, String>,
    subjects: BTreeMap<String, String>,
    forms: BTreeMap<String, OwnForm>,
    files: BTreeMap<String, (String, usize)>,
    /// What is wrong with templates of the user's own, by their names.
    broken: BTreeMap<String, TemplateError>,
    options: Options<'a>,
    american: bool,
}

impl<'a> Writer<'a> {
    /// Reads the templates of a language, the user's own ones over the built-in ones. A broken one of the user's stops the letters that need
    /// it, and no other.
    pub(super) fn new(options: &Options<'a>) -> Result<Self, TemplateError> {
        let (mut good, mut broken) = (Vec::new(), BTreeMap::new());
        for own in options.own.iter().filter(|own| own.language == options.language) {
            match check(own) {
                Ok(()) => good.push(own),
                Err(error) => {
                    broken.insert(own.name.clone(), error);
                }
            }
        }
        Ok(Self { broken, ..Self::with(options, &good)? })
    }

    /// Reads the templates of a language with some of the user's own.
    fn with(options: &Options<'a>, own: &[&OwnTemplate]) -> Result<Self, TemplateError> {
        let american = options.language == Language::En
            && options.country.is_some_and(|country| country.writes_as_in_north_america());
        let mut writer = Self {
            environment: environment(options.language, american),
            titles: BTreeMap::new(),
            subjects: BTreeMap::new(),
            forms: BTreeMap::new(),
            files: BTreeMap::new(),
            broken: BTreeMap::new(),
            options: *options,
            american,
        };
        for (name, text) in built_in(options.language) {
            writer.add(&format!("{}/{name}.txt", options.language.code()), name, text)?;
        }
        for form in SUBMISSIONS.iter().filter(|form| options.prefer.iter().any(|name| name == form.body)) {
            if form.language() == Some(options.language) {
                writer.add(&format!("bodies/{}.txt", form.body), form.body, form.text)?;
            }
        }
        for own in own {
            writer.add(&own.file, &own.name, &own.text)?;
        }
        Ok(writer)
    }

    /// Returns what is wrong with a template or a part of it, where one of the user's own is broken.
    fn fault(&self, name: &str) -> Option<&TemplateError> {
        let (mut open, mut seen) = (vec![name.to_owned()], Vec::new());
        while let Some(name) = open.pop() {
            if let Some(error) = self.broken.get(&name) {
                return Some(error);
            }
            if let Ok(template) = self.environment.get_template(&name) {
                open.extend(
                    included(template.source()).map(str::to_owned).filter(|part| !seen.contains(part)),
                );
            }
            seen.push(name);
        }
        None
    }

    /// Adds a template, in place of one of the same name.
    fn add(&mut self, file: &str, name: &str, whole: &str) -> Result<(), TemplateError> {
        let parted = part(file, whole)?;
        self.files.insert(name.to_owned(), (file.to_owned(), parted.lines_before));
        self.environment
            .add_template_owned(name.to_owned(), without_tag_lines(parted.text))
            .map_err(|error| text_error(&error, file, parted.lines_before))?;
        self.titles.insert(name.to_owned(), parted.head.title.clone());
        match parted.head.form_of(name) {
            Some(form) => self.forms.insert(name.to_owned(), form),
            None => self.forms.remove(name),
        };
        match parted.head.subject {
            Some(subject) => self.subjects.insert(name.to_owned(), subject),
            None => self.subjects.remove(name),
        };
        Ok(())
    }

    /// Writes a draft, with as many of the steps as its length allows.
    pub(super) fn write(&self, kind: &'static Kind, facts: &Facts) -> Result<Draft, TemplateError> {
        let mut facts = clean(facts);
        let convention = self.options.language.convention();
        for promise in &mut facts.broken_promises {
            promise.due = promise.due.filter(|day| !told(Some(&promise.words), *day, convention));
            if !promise.quoted && !promise.price {
                promise.who = promise.who.as_deref().map(with_team);
                // The note stands in marks itself.
                promise.words = promise.words.replace(['"', '“', '”', '„', '«', '»'], "'");
            }
        }
        if let Some(next) = facts.next.as_mut().filter(|next| next.one_of.is_some()) {
            convention.their_scheme().clone_into(&mut next.name);
        }
        let known = |name: &&String| self.files.contains_key(*name) || self.broken.contains_key(*name);
        let name = self.options.prefer.iter().find(known).map_or(kind.name, String::as_str);
        let fault = self.fault(name);
        if let Some(error) = fault.filter(|_| !self.options.built_in_instead) {
            return Err(error.clone());
        }
        // A broken one that has no built-in beside it leaves the letter's own.
        let name = if self.files.contains_key(name) { name } else { kind.name };
        let instead = fault.map(|error| format!("the built-in words were taken: {error}"));
        // A form is as long as its questions.
        let limit = if self.forms.contains_key(name) { FORM_LIMIT } else { kind.limit };
        if let Some(most) = self.options.words {
            let whole = self.with_steps(kind, name, &facts, 0)?;
            if whole.words > most {
                return Ok(warned(self.within(kind, name, &facts, most)?, instead));
            }
            // As long as was asked for, it may be longer than such a text mostly is.
            if matches!(limit, Limit::Words(_)) {
                return Ok(warned(whole, instead));
            }
        }
        let order = leaving(&facts.steps);
        let mut draft = self.with_steps(kind, name, &facts, 0)?;
        for gone in 1..=order.len() {
            if fits(&draft, limit) {
                break;
            }
            let mut left = facts.clone();
            let mut at = 0..;
            left.steps.retain(|_| at.next().is_some_and(|at| !order[..gone].contains(&at)));
            draft = self.with_steps(kind, name, &left, gone)?;
        }
        if !fits(&draft, limit) {
            let (length, most, unit) = match limit {
                Limit::Words(most) => (draft.words, most, "words"),
                Limit::Characters(most) => (draft.body.chars().count(), most, "characters"),
            };
            draft.warnings.push(format!("it has {length} {unit}, {most} are enough: shorten what happened"));
        }
        Ok(warned(draft, instead))
    }

    /// Writes a draft in so many words, or in as few as its facts allow.
    fn within(
        &self,
        kind: &'static Kind,
        name: &str,
        facts: &Facts,
        most: usize,
    ) -> Result<Draft, TemplateError> {
        let cuts = Cuts::of(facts, self.options.language.convention().months());
        let made = |count: usize| {
            let (left, others) = cuts.made(count);
            self.with_steps(kind, name, &left, others)
        };
        // The fewest cuts that are enough: each makes it shorter.
        let (mut few, mut many) = (0, cuts.len());
        while few < many {
            let middle = usize::midpoint(few, many);
            if made(middle)?.words <= most { many = middle } else { few = middle + 1 }
        }
        let mut draft = made(few)?;
        draft.warnings.extend(cuts.told(few));
        if draft.words > most {
            draft.warnings.push(format!(
                "it has {} words, {most} were asked for: what is left are facts, sums, days and what you ask for",
                draft.words
            ));
        }
        if let Limit::Characters(limit) = kind.limit
            && draft.body.chars().count() > limit
        {
            let length = draft.body.chars().count();
            draft
                .warnings
                .push(format!("it has {length} characters, {limit} are enough: shorten what happened"));
        }
        Ok(draft)
    }

    /// Writes a draft with the steps of `facts`, and says that `others` are left out.
    fn with_steps(
        &self,
        kind: &'static Kind,
        name: &str,
        facts: &Facts,
        others: usize,
    ) -> Result<Draft, TemplateError> {
        let convention = self.options.language.convention();
        let mut greeting = greeting(convention, facts);
        let mut me = facts.me.name.clone().unwrap_or_else(|| blank(convention.ask_name()));
        if let Some(client) = &facts.on_behalf {
            me = format!("{me}\n{}", convention.for_client(client));
            // The letter to a body says it where it tells who complains.
            if !matches!(kind.name, "adr") {
                greeting = format!("{greeting}\n\n{}", convention.behalf(client, facts.authority_enclosed));
            }
        }
        let closing = format!("{}\n{me}", convention.closing(self.american));
        let closing = match &facts.to.pass_on {
            Some(rung) => format!("{}\n\n{closing}", convention.pass_on(rung)),
            None => closing,
        };
        let values = context! {
            others => others,
            // Whether a heading above the story says what it is.
            headed => false,
            tone => Serde(self.options.tone),
            american => self.american,
            // Whether the story names its day itself.
            day_told => facts.problem.since.is_some_and(|day| told(facts.problem.what.as_deref(), day, convention)),
            greeting => greeting.as_str(),
            closing => closing,
            ..Value::from(Serde(facts))
        };
        let (file, lines_before) = self.files.get(name).cloned().unwrap_or_default();
        let rendered = self
            .environment
            .get_template(name)
            .and_then(|template| template.render(&values))
            .map_err(|error| self.located(&error, &file, lines_before))?;
        let rendered = if facts.on_behalf.is_some() { begun_anew(&rendered, &greeting) } else { rendered };
        let subject = match self.subjects.get(name) {
            None => None,
            Some(subject) => {
                let line = self
                    .environment
                    .render_str(subject, &values)
                    .map_err(|error| self.located(&error, &file, 0))?;
                Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
            }
        };
        let mut blanks = Vec::new();
        let subject = subject.map(|line| show_blanks(&line, &mut blanks));
        let on_paper = kind.form == Form::Letter;
        let sheet = self.head(kind, facts, on_paper);
        // A blank of the head is a question only where the head is part of the text.
        let mut unasked = Vec::new();
        let mut shown = |lines: &[String]| -> Vec<String> {
            let asked = if on_paper { &mut blanks } else { &mut unasked };
            lines.iter().map(|line| show_blanks(line, asked)).collect()
        };
        let sheet = SheetHead {
            from: shown(&sheet.from),
            to: shown(&sheet.to),
            date: sheet.date,
            contact: sheet.contact,
        };
        let head = on_paper.then(|| {
            let lines = sheet.from.iter().filter(|line| facts.me.phone.as_ref() != Some(line));
            let from: Vec<&str> = lines.map(String::as_str).collect();
            [from.join("\n"), sheet.to.join("\n"), sheet.date.clone()].join("\n\n")
        });
        let body = show_blanks(&tidy(&rendered), &mut blanks);
        let words = body.split_whitespace().count();
        let unsure = facts.next.as_ref().filter(|next| body.contains(&next.name));
        let unsure = unsure.and_then(|next| next.one_of.as_ref()).map(|names| super::which_scheme(names));
        Ok(Draft {
            kind: kind.name,
            title: self.titles.get(name).cloned().unwrap_or_default(),
            form: kind.form,
            language: self.options.language,
            subject,
            head,
            sheet,
            body,
            blanks,
            words,
            warnings: unsure.into_iter().collect(),
            own_form: self.forms.get(name).cloned(),
        })
    }

    /// Writes the head of a letter on paper: sender, recipient, date.
    fn head(&self, kind: &Kind, facts: &Facts, on_paper: bool) -> SheetHead {
        let convention = self.options.language.convention();
        let Person { name, address, email, phone } = &facts.me;
        let mut from = vec![name.clone().unwrap_or_else(|| blank(convention.ask_name()))];
        if address.is_empty() {
            from.push(blank(convention.ask_address()));
        }
        from.extend(address.iter().cloned());
        from.extend(email.clone());
        from.extend(phone.clone());
        let Recipient { person, title, party, address, .. } = &facts.to;
        // Where nobody is named, it is the role that reads it.
        let role =
            matches!(kind.name, "supervisor" | "executive").then(|| convention.named(Named::Rung, kind.name));
        let role = role
            .filter(|_| person.is_none() && title.is_none())
            .map(|role| sentence(&role).trim_end_matches('.').to_owned());
        let mut to: Vec<String> = Vec::new();
        let company = Some(facts.company.clone());
        for line in [party.clone().or(company), person.clone(), title.clone(), role].into_iter().flatten() {
            // "Aster Air, Inc." says "Aster Air" already.
            let doubled = address.iter().any(|known| names_the_same(known, &line));
            if !line.is_empty() && !doubled {
                to.push(line);
            }
        }
        to.extend(address.iter().cloned());
        if on_paper && address.is_empty() {
            to.push(blank(convention.ask_their_address()));
        }
        let date = convention.date(self.options.today, self.american);
        SheetHead { from, to, date, contact: facts.to.value.clone() }
    }

    /// Names file and line of what went wrong while rendering.
    fn located(&self, error: &minijinja::Error, file: &str, lines_before: usize) -> TemplateError {
        // An included part has a file of its own, and its error lies beneath that of what includes it.
        let mut deepest = error;
        while let Some(beneath) = std::error::Error::source(deepest).and_then(|cause| cause.downcast_ref()) {
            deepest = beneath;
        }
        match deepest.name().and_then(|name| self.files.get(name)) {
            Some((file, lines_before)) => text_error(deepest, file, *lines_before),
            None => text_error(deepest, file, lines_before),
        }
    }
}

/// Adds a warning to a draft, where there is one.
fn warned(mut draft: Draft, warning: Option<String>) -> Draft {
    draft.warnings.extend(warning);
    draft
}

/// Checks one template of the user's own: that it is a text, its name, its head, and that it renders for a case that lacks everything; a part,
/// in each letter that includes it.
pub(super) fn check(own: &OwnTemplate) -> Result<(), TemplateError> {
    let file = || own.file.clone();
    if let Some(reason) = &own.unread {
        return Err(TemplateError::Unread { file: file(), reason: reason.clone() });
    }
    if part(&own.file, &own.text)?.text.trim().is_empty() {
        return Err(TemplateError::Empty { file: file() });
    }
    let options = Options {
        language: own.language,
        country: None,
        tone: super::Tone::Firm,
        today: Date::constant(2026, 1, 2),
        words: None,
        own: &[],
        built_in_instead: false,
        prefer: std::slice::from_ref(&own.name),
    };
    let writer = Writer::with(&options, &[own])?;
    let of = own.name.split_once('@').map_or(own.name.as_str(), |(kind, _)| kind);
    let kind = Kind::named(of).or_else(|| Submission::of(of).and_then(Submission::kind));
    if let Some(kind) = kind {
        return writer.write(kind, &Facts::default()).map(|_| ());
    }
    if !of.starts_with('_') {
        let known = KINDS.iter().map(|kind| kind.name).chain(SUBMISSIONS.iter().map(|form| form.body));
        let near = known.min_by_key(|known| strsim::damerau_levenshtein(known, of));
        let near = near.filter(|near| strsim::damerau_levenshtein(near, of) < 4).map(str::to_owned);
        return Err(TemplateError::Unknown { file: file(), name: of.to_owned(), near });
    }
    let plain = Writer { options: Options { prefer: &[], ..options }, ..writer };
    for kind in KINDS {
        let template = plain.environment.get_template(kind.name);
        if template.is_ok_and(|template| included(template.source()).any(|part| part == own.name)) {
            plain.write(kind, &Facts::default())?;
        }
    }
    Ok(())
}

/// Lets a line that holds only tags leave no line in the text: its end goes into a comment, so that lines still count.
fn without_tag_lines(text: &str) -> String {
    text.lines()
        .map(|line| {
            let (mut rest, mut tags) = (line.trim(), false);
            while let Some((_, after)) = rest.strip_prefix("{%").and_then(|inner| inner.split_once("%}")) {
                (rest, tags) = (after.trim_start(), true);
            }
            if tags && rest.is_empty() && !line.contains("include") {
                format!("{line}{{#\n#}}")
            } else {
                format!("{line}\n")
            }
        })
        .collect()
}

/// Returns the places of steps in the order in which they are left out of a text that grows too long: contacts from the oldest on, then
/// complaints in writing but the first, then the last contact. The first complaint stays: the clocks run from it.
fn leaving(steps: &[Step]) -> Vec<usize> {
    let first = steps.iter().position(|step| step.complaint);
    let last = steps.len().saturating_sub(1);
    let of = |complaint: bool| {
        let some = steps.iter().enumerate().filter(move |(_, step)| step.complaint == complaint);
        some.map(|(at, _)| at).filter(move |at| *at != last && Some(*at) != first)
    };
    of(false).chain(of(true)).chain((!steps.is_empty() && first != Some(last)).then_some(last)).collect()
}

/// Writes the greeting: the person where one is published, else the team, else the company.
fn greeting(convention: &Convention, facts: &Facts) -> String {
    let team =
        facts.to.party.as_deref().or(Some(facts.company.as_str())).filter(|name| !name.trim().is_empty());
    convention.greeting(facts.to.person.as_deref(), team)
}

/// Makes a blank that asks a question.
pub(super) fn blank(question: &str) -> String {
    format!("{OPEN}{question}{CLOSE}")
}

/// Shows each blank in square brackets, and keeps its question once.
fn show_blanks(text: &str, blanks: &mut Vec<String>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        shown.push_str(before);
        let (question, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        let question = question.trim_end_matches('.');
        let _ = write!(shown, "[{question}]");
        if !blanks.iter().any(|known| known == question) {
            blanks.push(question.to_owned());
        }
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// Takes out what rendering leaves: spaces at ends of lines, blank lines in a row or between list items, blank ends.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        let doubled = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if !doubled {
            lines.push(line);
        }
    }
    let mut kept: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let between = line.is_empty()
            && kept.last().is_some_and(|last| last.starts_with("- "))
            && lines.get(at + 1).is_some_and(|next| next.starts_with("- "));
        if !between {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

/// Takes the marks of blanks and control characters out of every fact.
fn clean(facts: &Facts) -> Facts {
    fn scrub(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) => {
                text.retain(|c| c != OPEN && c != CLOSE && (!c.is_control() || c == '\n' || c == '\t'));
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(scrub),
            serde_json::Value::Object(fields) => fields.values_mut().for_each(scrub),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(facts).expect("facts are plain data");
    scrub(&mut value);
    serde_json::from_value(value).expect("scrubbed facts are facts")
}

/// Returns whether a draft keeps its length.
fn fits(draft: &Draft, limit: Limit) -> bool {
    match limit {
        Limit::Words(most) => draft.words <= most,
        Limit::Characters(most) => draft.body.chars().count() <= most,
    }
}

/// Says what is wrong with a template, and where.
fn text_error(error: &minijinja::Error, file: &str, lines_before: usize) -> TemplateError {
    if error.kind() == ErrorKind::OutOfFuel {
        return TemplateError::Endless { file: file.to_owned() };
    }
    let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    TemplateError::Text { file: file.to_owned(), line: lines_before + error.line().unwrap_or(1), reason }
}

/// Returns a letter in which the sentence after the greeting begins with a capital: a sentence stands before it that German
/// begins small, as its letters go on after the comma of the greeting.
fn begun_anew(letter: &str, greeting: &str) -> String {
    let Some((before, after)) = letter.split_once(greeting) else { return letter.to_owned() };
    let gap = after.len() - after.trim_start().len();
    let mut rest = after[gap..].chars();
    let first: String = rest.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{before}{greeting}{}{first}{}", &after[..gap], rest.as_str())
}
