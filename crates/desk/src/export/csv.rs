//! The contact points as CSV, one a line, for a spreadsheet.

use crate::answer::FindAnswer;

/// Characters that make a spreadsheet take a cell for a formula when they stand first.
const FORMULA: [char; 5] = ['=', '+', '-', '@', '\t'];

/// Writes the contact points as CSV with a header line; a cell that a spreadsheet would run as a formula is quoted with `'`,
/// except for telephone numbers in international form.
///
/// # Errors
///
/// The error of the CSV writer; writing to memory does not fail.
pub fn of(answer: &FindAnswer) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "rung",
        "channel",
        "value",
        "party",
        "label",
        "person",
        "title",
        "hours",
        "cost_note",
        "confidence",
        "other_matter",
        "url",
        "quote",
        "seen",
    ])?;
    for contact in &answer.contacts {
        let witness = contact.witnesses.first();
        let text = |value: &Option<String>| plain(value.as_deref().unwrap_or_default());
        writer.write_record([
            contact.rung.clone(),
            contact.channel.id().to_owned(),
            if ladder::E164::parse(&contact.value).is_ok() {
                contact.value.clone()
            } else {
                plain(&contact.value)
            },
            plain(&contact.party),
            text(&contact.label),
            text(&contact.person),
            text(&contact.title),
            text(&contact.hours),
            text(&contact.cost_note),
            format!("{:.2}", contact.confidence),
            contact.other_matter.to_string(),
            plain(witness.map_or("", |w| &w.url)),
            plain(witness.map_or("", |w| &w.quote)),
            witness.map_or_else(String::new, |w| w.seen.clone()),
        ])?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns a cell that no spreadsheet runs.
fn plain(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_from_a_page_never_becomes_a_formula() {
        assert_eq!(plain("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(plain("Call us"), "Call us");
    }
}
