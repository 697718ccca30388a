//! The list of companies: CSV with a line of names for its columns, or just a company a line.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ladder::Country;
use serde::{Deserialize, Serialize};

use super::BatchError;

/// The most bytes of a list.
const MOST_BYTES: u64 = 64 << 20;
/// The most companies of a list.
const MOST: usize = 200_000;
/// What the column of the company may be called, the most telling first.
const COMPANY: [&str; 6] = ["domain", "website", "url", "company", "name", "organisation"];

/// A line of the list.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct Asked {
    /// The company, its domain or address.
    pub(super) company: String,
    /// What the list calls it, where it also gives a domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// The country, where the list gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<String>,
}

impl Asked {
    /// Returns the country.
    pub(super) fn country(&self) -> Option<Country> {
        self.country.as_deref().and_then(|code| Country::parse(code).ok())
    }

    /// Returns what two lines of one site have in common.
    pub(super) fn site(&self) -> String {
        match crate::find::start_address(&self.company) {
            Ok(url) => {
                let host = url.host_str().unwrap_or_default();
                format!("{}:{}", host.strip_prefix("www.").unwrap_or(host), url.port().unwrap_or_default())
            }
            Err(_) => store::names::slug(&self.company),
        }
    }
}

/// Reads a list.
pub(super) fn read(path: &Path) -> Result<Vec<Asked>, BatchError> {
    let failed = |why: String| BatchError::List { path: path.to_owned(), why };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| failed(error.to_string()))?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(failed("it is larger than 64 MiB".to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|_| failed("it is not UTF-8 text".to_owned()))?;
    parse(&text).map_err(failed)
}

/// Takes a text for a list.
fn parse(text: &str) -> Result<Vec<Asked>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut asked = Vec::new();
    let mut columns: Option<(usize, Option<usize>, Option<usize>)> = None;
    for (number, row) in rows.records().enumerate() {
        let row = row.map_err(|error| error.to_string())?;
        if number == 0 {
            let at = |name: &str| row.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
            if let Some(company) = COMPANY.iter().find_map(|name| at(name)) {
                columns = Some((company, at("name").or_else(|| at("company")), at("country")));
                continue;
            }
        }
        let (company, name, country) = columns.unwrap_or((0, None, None));
        let cell = |at: usize| row.get(at).map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned);
        let name = name.and_then(cell);
        // A line without a domain is asked for by its name.
        let Some(company) = cell(company).or_else(|| name.clone()) else { continue };
        let country = country.and_then(cell);
        if let Some(code) = &country {
            Country::parse(code).map_err(|error| format!("line {}: {error}", number + 1))?;
        }
        let name = name.filter(|name| *name != company);
        asked.push(Asked { company, name, country });
        if asked.len() > MOST {
            return Err(format!("it names more than {MOST} companies"));
        }
    }
    if asked.is_empty() { Err("it names no company".to_owned()) } else { Ok(asked) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Vec<String> {
        let line = |one: Asked| format!("{} {:?} {:?}", one.company, one.name, one.country);
        parse(text).unwrap().into_iter().map(line).collect()
    }

    #[test]
    fn lists_of_several_forms_name_the_same_companies() {
        let expected = ["acme.example Some(\"Acme\") Some(\"GB\")", "Lampen None Some(\"DE\")"];
        assert_eq!(drawn("name,country,domain\nAcme,GB,acme.example\nLampen,DE,\n"), expected);
        assert_eq!(drawn("\u{feff}Domain;Name;Country\nacme.example;Acme;GB\n;Lampen;DE\n"), expected);
        assert_eq!(drawn("acme.example\n\nLampen\n"), ["acme.example None None", "Lampen None None"]);
    }

    #[test]
    fn a_wrong_list_is_told_by_its_line() {
        assert!(parse("domain,country\nacme.example,Britain\n").unwrap_err().contains("line 2"));
        assert!(parse("domain\n").is_err());
    }

    #[test]
    fn lines_of_one_site_wait_for_each_other() {
        let site = |company: &str| Asked { company: company.into(), name: None, country: None }.site();
        assert_eq!(site("https://www.acme.example/help"), site("acme.example"));
        assert_ne!(site("http://127.0.0.1:1/"), site("http://127.0.0.1:2/"));
    }
}
