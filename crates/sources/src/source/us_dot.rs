//! The list of the US Department of Transportation: where to write to an airline.
//!
//! A page for people, read as one: robots.txt is asked, and the part of the page that belongs to the airline is what stands
//! between its name and the next airline's. What the airlines filed there is their word.
//!
//! Never seen live: the page moves and was not at hand; it is read as a table or as headings with paragraphs.

use ladder::{Country, Finding, Rung, SourceKind};
use reading::outline::{self, BlockKind, Outline};
use reading::page::{self, Context};

use super::about::{About, Kind, Level};
use super::answer::{Answer, Record, Told, Trouble};
use super::asking::Asking;
use super::same;
use super::subject::Subject;
use super::{Replied, Source};

/// Asks the department's page.
pub(super) struct UsDot;

const ABOUT: About = About {
    id: "us-dot",
    name: "US DOT list of airline contacts",
    kind: Kind::Register,
    base: "https://www.transportation.gov/airconsumer/airline-customer-service-contacts",
    sends: "nothing of you: the page is fetched whole",
    gives: "where to complain to an airline that flies in the US",
    level: Level::A,
    terms: "public page",
    keep_days: 30,
    ..About::USUAL
};

impl Source for UsDot {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ask<'a>(&'a self, asking: &'a Asking<'a>, subject: &'a Subject) -> Replied<'a> {
        Box::pin(ask(asking, subject))
    }
}

async fn ask(asking: &Asking<'_>, subject: &Subject) -> Result<Answer, Trouble> {
    let mut answer = Answer::default();
    let url = asking.url(&[], &[])?;
    let Some(response) = asking.page(&url).await? else {
        return Err(Trouble::Failed("the page has moved".to_owned()));
    };
    let html = String::from_utf8_lossy(&response.body);
    let outline = outline::from_html(&html);
    let Some((name, part)) = part_of(&outline, subject) else { return Ok(answer) };
    let context = Context { country: Country::parse("US").ok(), ..Context::default() };
    let page = page::read_outline(&outline::from_html(&part), &context);
    let mut contacts = page.finding.contacts;
    for sighting in &mut contacts {
        // Whatever its words, the list is there for complaints.
        if matches!(sighting.rung, None | Some(Rung::FrontLine | Rung::Legal)) {
            sighting.rung = Some(Rung::Complaints);
        }
        sighting.signals = vec![ladder::Signal {
            id: "us-dot",
            rung: sighting.rung,
            words: "listed by the US DOT for complaints of passengers".to_owned(),
        }];
        sighting.party = ladder::Party::Company;
    }
    let record = Record { name, page: url.to_string(), ..Record::default() };
    let source = asking.source(url.as_str(), SourceKind::Register, &response.fetched, None);
    let found = (!contacts.is_empty()).then(|| (source, Finding { contacts, ..Finding::default() }));
    answer.told.push(Told { record, found: found.into_iter().collect() });
    Ok(answer)
}

/// Returns the airline's name on the page and the part that is about it, as markup of paragraphs.
fn part_of(outline: &Outline, subject: &Subject) -> Option<(String, String)> {
    let blocks = &outline.blocks;
    let text = |at: usize| outline.text.get(blocks[at].range.clone()).unwrap_or_default().trim();
    let start = (0..blocks.len()).find(|&at| subject.names().any(|name| same::alike(name, text(at))))?;
    let rest = start + 1..blocks.len();
    let part: Vec<usize> = match blocks[start].kind {
        BlockKind::Cell { table: ours, row: mine, .. } => rest
            .filter(|&at| matches!(blocks[at].kind, BlockKind::Cell { table, row, .. } if (table, row) == (ours, mine)))
            .collect(),
        BlockKind::Heading(level) => {
            let over = |at: &usize| matches!(blocks[*at].kind, BlockKind::Heading(other) if other <= level);
            rest.take_while(|at| !over(at)).collect()
        }
        _ => rest.take_while(|&at| !is_airline(text(at))).collect(),
    };
    let mut html = String::new();
    for &at in &part {
        html.push_str("<p>");
        escape(&mut html, text(at));
        html.push_str("</p>");
    }
    for link in outline.links.iter().filter(|link| link.block.is_some_and(|block| part.contains(&block))) {
        if link.href.starts_with("http") || link.href.starts_with("mailto:") {
            html.push_str("<p><a href=\"");
            escape(&mut html, &link.href);
            html.push_str("\">Complaint form</a></p>");
        }
    }
    Some((text(start).to_owned(), html))
}

/// Whether a block is no more than the name of an airline.
fn is_airline(text: &str) -> bool {
    let named = ["airlines", "airways", "air", "airline", "jet"];
    same::fold(text).split(' ').any(|word| named.contains(&word))
        && text.len() <= 60
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | ':' | '/'))
}

/// Writes text as markup, its lines as lines.
fn escape(html: &mut String, text: &str) {
    html.push_str(&reading::harmless::escape(text).replace('\n', "<br>"));
}
