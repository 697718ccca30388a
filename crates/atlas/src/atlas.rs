//! The atlas itself: the built-in data and a user's own files, decoded when first asked for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{LazyLock, OnceLock};

use jiff::civil::Date;
use ladder::Country;
use serde::Deserialize;

use crate::calendar::{Calendar, WorkingDays};
use crate::check::{self, Problem};
use crate::lookup::{Head, Index, Mention, NameRow};
use crate::names;
use crate::place::covers;
use crate::record::{Body, Right};
use crate::words::{Kind, Status};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// A data file embedded by the build script.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Embedded {
    #[cfg_attr(not(test), expect(dead_code, reason = "names the file where a test fails"))]
    file: &'static str,
    country: &'static str,
    region: &'static str,
    json: &'static str,
}

/// The decoded entries of one file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Records {
    head: FileHead,
    #[serde(rename = "body")]
    bodies: Vec<Body>,
    #[serde(rename = "right")]
    rights: Vec<Right>,
    #[serde(rename = "calendar")]
    calendars: Vec<Calendar>,
}

/// The head of a data file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FileHead {
    country: String,
    region: Option<String>,
    review_by: Option<Date>,
}

impl Records {
    fn decode(json: &str) -> Result<Self, serde_json::Error> {
        let mut records: Self = serde_json::from_str(json)?;
        let FileHead { country, region, review_by, .. } = &records.head;
        for body in &mut records.bodies {
            body.country.clone_from(country);
            if body.regions.is_empty() {
                body.regions.extend(region.clone());
            }
            body.grounds.review_by_default(*review_by);
        }
        for right in &mut records.rights {
            right.country.clone_from(country);
            if right.regions.is_empty() {
                right.regions.extend(region.clone());
            }
            right.grounds.review_by_default(*review_by);
        }
        Ok(records)
    }
}

/// One file of the atlas.
#[derive(Debug)]
struct Segment {
    country: Cow<'static, str>,
    region: Cow<'static, str>,
    json: Cow<'static, str>,
    records: OnceLock<Records>,
}

impl Segment {
    fn records(&self) -> &Records {
        self.records.get_or_init(|| {
            // A test decodes every embedded file, and a user's files are decoded when they are added.
            Records::decode(&self.json).unwrap_or_default()
        })
    }
}

/// Everything known of who stands outside a company.
#[derive(Debug)]
pub struct Atlas {
    segments: Vec<Segment>,
    heads: Cow<'static, [Head]>,
    names: Cow<'static, [NameRow]>,
    by_id: OnceLock<HashMap<String, usize>>,
    index: OnceLock<Index>,
    /// Sites (`true`) and values of a user's own bodies.
    own: Vec<(String, u32, bool)>,
}

static BUILTIN: LazyLock<Atlas> = LazyLock::new(|| {
    let segments = SEGMENTS.iter().map(|embedded| Segment {
        country: Cow::Borrowed(embedded.country),
        region: Cow::Borrowed(embedded.region),
        json: Cow::Borrowed(embedded.json),
        records: OnceLock::new(),
    });
    Atlas {
        segments: segments.collect(),
        heads: Cow::Borrowed(HEADS),
        names: Cow::Borrowed(NAMES),
        by_id: OnceLock::new(),
        index: OnceLock::new(),
        own: Vec::new(),
    }
});

impl Atlas {
    /// Returns the built-in atlas.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Returns the built-in atlas with a user's own files (name and text) added, and what was refused of them.
    ///
    /// An entry with something wrong is left out and named; everything else goes on. An entry whose id is in use already
    /// is refused: the built-in facts are not overwritten in silence.
    #[must_use]
    pub fn with_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<Problem>) {
        let mut atlas = Self {
            segments: SEGMENTS
                .iter()
                .map(|embedded| Segment {
                    country: Cow::Borrowed(embedded.country),
                    region: Cow::Borrowed(embedded.region),
                    json: Cow::Borrowed(embedded.json),
                    records: OnceLock::new(),
                })
                .collect(),
            heads: Cow::Borrowed(HEADS),
            names: Cow::Borrowed(NAMES),
            by_id: OnceLock::new(),
            index: OnceLock::new(),
            own: Vec::new(),
        };
        let mut problems = Vec::new();
        for (file, text) in files {
            atlas.add(file, text, &mut problems);
        }
        (atlas, problems)
    }

    /// Adds one file of a user.
    fn add(&mut self, file: &str, text: &str, problems: &mut Vec<Problem>) {
        let checked = check::check_file(file, text);
        problems.extend(checked.problems);
        let Some(head) = checked.head else { return };
        let (country, region) =
            (head.text("country").unwrap_or_default(), head.text("region").unwrap_or_default());
        let segment = u32::try_from(self.segments.len()).unwrap_or(u32::MAX);
        let mut json = String::from("{\"head\":");
        head.write_json(&mut json);
        let mut index = 0;
        for section in ["body", "right", "calendar"] {
            let _ = write!(json, ",\"{section}\":[");
            let mut first = true;
            for entry in checked.entries.iter().filter(|entry| entry.section == section) {
                let taken = self.is_taken(section, &entry.id);
                if taken {
                    problems.push(Problem {
                        file: file.to_owned(),
                        line: entry.line,
                        entry: Some(format!("{section} `{}`", entry.id)),
                        field: Some("id".into()),
                        reason: "is in use already: choose another, such as one that begins with `my-`"
                            .into(),
                    });
                    continue;
                }
                if !std::mem::take(&mut first) {
                    json.push(',');
                }
                entry.node.write_json(&mut json);
                if section == "body" {
                    self.add_head(entry, country, region, segment, index);
                    index += 1;
                }
            }
            json.push(']');
        }
        json.push('}');
        self.by_id = OnceLock::new();
        self.segments.push(Segment {
            country: Cow::Owned(country.to_owned()),
            region: Cow::Owned(region.to_owned()),
            json: Cow::Owned(json),
            records: OnceLock::new(),
        });
    }

    fn is_taken(&self, section: &str, id: &str) -> bool {
        match section {
            "body" => self.heads.iter().any(|head| head.id == id),
            "right" => self.rights().any(|right| right.id == id),
            _ => self.calendars().any(|calendar| calendar.id == id),
        }
    }

    fn add_head(&mut self, entry: &check::Entry, country: &str, region: &str, segment: u32, index: u32) {
        let node = &entry.node;
        let text = |key| node.text(key).unwrap_or_default().to_owned();
        let at = u32::try_from(self.heads.len()).unwrap_or(u32::MAX);
        self.heads.to_mut().push(Head {
            id: Cow::Owned(text("id")),
            name: Cow::Owned(text("name")),
            country: Cow::Owned(country.to_owned()),
            region: Cow::Owned(region.to_owned()),
            kind: Kind::from_id(&text("kind")).unwrap_or(Kind::Adr),
            status: Status::from_id(&text("status")).unwrap_or(Status::InForce),
            segment,
            index,
        });
        let rows = names::rows(node).into_iter().map(|row| NameRow {
            cased: Cow::Owned(if names::is_cased(&row.text) { row.text } else { String::new() }),
            folded: Cow::Owned(row.folded),
            head: at,
            local: row.local,
            dead: row.dead,
        });
        self.names.to_mut().extend(rows);
        self.own.extend(names::sites(node).into_iter().map(|site| (site, at, true)));
        self.own.extend(names::values(node).into_iter().map(|value| (value, at, false)));
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let own = |sites: bool| {
                let mut map: HashMap<String, Vec<u32>> = HashMap::new();
                for (key, head, _) in self.own.iter().filter(|(_, _, is_site)| *is_site == sites) {
                    map.entry(key.clone()).or_default().push(*head);
                }
                map
            };
            let mut rows = self.names.clone();
            if let Cow::Owned(rows) = &mut rows {
                rows.sort_by(|a, b| names::sort_key(&a.folded).cmp(&names::sort_key(&b.folded)));
            }
            Index::new(self.heads.clone(), rows, (SITES, own(true)), (VALUES, own(false)))
        })
    }

    /// Finds the bodies named in running text, in its order; `country` is that of the document, where it is known.
    ///
    /// Names count at word bounds and in any letter case, short forms such as `FOS` only in theirs. Names that are too
    /// common to say which body is meant (`Small Claims Court`, `CAA`) count only where the country is given.
    #[must_use]
    pub fn mentions(&self, text: &str, country: Option<Country>) -> Vec<Mention<'_>> {
        self.index().mentions(text, country)
    }

    /// Finds the bodies to whose site a web address or host belongs.
    #[must_use]
    pub fn by_link(&self, address: &str) -> Vec<&Head> {
        self.index().by_link(address)
    }

    /// Finds the bodies that a number in international form or a mailbox belongs to; an unknown mailbox goes by its host.
    #[must_use]
    pub fn by_value(&self, value: &str) -> Vec<&Head> {
        self.index().by_value(value)
    }

    /// Returns the heads of all bodies.
    #[must_use]
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// Returns the head of a body.
    #[must_use]
    pub fn head(&self, id: &str) -> Option<&Head> {
        let by_id = self.by_id.get_or_init(|| {
            self.heads.iter().enumerate().map(|(at, head)| (head.id.to_string(), at)).collect()
        });
        self.heads.get(*by_id.get(id)?)
    }

    /// Returns a body.
    #[must_use]
    pub fn body(&self, id: &str) -> Option<&Body> {
        let head = self.head(id)?;
        self.segments.get(head.segment as usize)?.records().bodies.get(head.index as usize)
    }

    /// Returns a right.
    #[must_use]
    pub fn right(&self, id: &str) -> Option<&Right> {
        self.rights().find(|right| right.id == id)
    }

    /// Returns every body. Decodes everything: ask [`Atlas::bodies_in`] where the country is known.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.segments.iter().flat_map(|segment| &segment.records().bodies)
    }

    /// Returns every right.
    pub fn rights(&self) -> impl Iterator<Item = &Right> {
        self.segments.iter().flat_map(|segment| &segment.records().rights)
    }

    /// Returns every calendar.
    pub fn calendars(&self) -> impl Iterator<Item = &Calendar> {
        self.segments.iter().flat_map(|segment| &segment.records().calendars)
    }

    /// Returns the calendar of a key.
    #[must_use]
    pub fn calendar(&self, id: &str) -> Option<WorkingDays<'_>> {
        let all: Vec<&Calendar> = self.calendars().collect();
        all.iter().find(|calendar| calendar.id == id).map(|calendar| joined(&all, Some(calendar)))
    }

    /// Returns the working days of a country and region. Where the region has no calendar of its own, that of the country
    /// serves; where the country has none, weekends alone are left out.
    #[must_use]
    pub fn working_days(&self, country: Country, region: Option<&str>) -> WorkingDays<'_> {
        let segments = self.segments.iter().filter(|segment| {
            segment.country == country.code()
                && (segment.region.is_empty() || region.is_some_and(|region| region == segment.region))
        });
        let calendars: Vec<&Calendar> = segments.flat_map(|segment| &segment.records().calendars).collect();
        let of_region = region
            .and_then(|region| calendars.iter().find(|c| c.regions.iter().any(|served| served == region)));
        let of_country = || {
            calendars.iter().find(|c| c.default).or_else(|| calendars.iter().find(|c| c.regions.is_empty()))
        };
        joined(&calendars, of_region.or_else(of_country).copied())
    }

    /// Returns the regions of a country of which something is known, in order.
    #[must_use]
    pub fn regions_of(&self, country: Country) -> Vec<String> {
        self.regions_where(|of| of == country.code())
    }

    /// Returns whether something is known of a region so called, of whatever country.
    #[must_use]
    pub fn is_region(&self, region: &str) -> bool {
        self.regions_where(|_| true).iter().any(|of| of == region)
    }

    fn regions_where(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut regions: Vec<String> = Vec::new();
        for segment in self.segments.iter().filter(|segment| wanted(&segment.country)) {
            let records = segment.records();
            regions.extend((!segment.region.is_empty()).then(|| segment.region.to_string()));
            regions.extend(records.bodies.iter().flat_map(|body| body.regions.iter().cloned()));
            regions.extend(records.calendars.iter().flat_map(|calendar| calendar.regions.iter().cloned()));
        }
        regions.sort_unstable();
        regions.dedup();
        regions
    }

    /// Returns the bodies of a country, Union-wide and international ones included; those of regions only for the region
    /// given.
    pub fn bodies_in<'a, 'r>(
        &'a self,
        country: Country,
        region: Option<&'r str>,
    ) -> impl Iterator<Item = &'a Body> + use<'a, 'r> {
        self.segments_in(country, region)
            .flat_map(|segment| &segment.records().bodies)
            .filter(move |body| serves(&body.regions, region))
    }

    /// Returns the rights of a country, Union-wide and international ones included; those of regions only for the region
    /// given.
    pub fn rights_in<'a, 'r>(
        &'a self,
        country: Country,
        region: Option<&'r str>,
    ) -> impl Iterator<Item = &'a Right> + use<'a, 'r> {
        self.segments_in(country, region)
            .flat_map(|segment| &segment.records().rights)
            .filter(move |right| serves(&right.regions, region))
    }

    fn segments_in<'a, 'r>(
        &'a self,
        country: Country,
        region: Option<&'r str>,
    ) -> impl Iterator<Item = &'a Segment> + use<'a, 'r> {
        self.segments.iter().filter(move |segment| {
            covers(&segment.country, country)
                && (segment.region.is_empty() || region.is_some_and(|region| region == segment.region))
        })
    }
}

/// Joins a calendar with the one that it builds on.
fn joined<'a>(all: &[&'a Calendar], calendar: Option<&'a Calendar>) -> WorkingDays<'a> {
    let base = calendar.and_then(|calendar| calendar.base.as_deref());
    WorkingDays::new(calendar, base.and_then(|id| all.iter().find(|calendar| calendar.id == id).copied()))
}

/// Returns whether something that serves these regions (none: all) serves a region; where the region is not known, all do.
fn serves(regions: &[String], region: Option<&str>) -> bool {
    regions.is_empty() || region.is_none_or(|region| regions.iter().any(|served| served == region))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_decodes() {
        for segment in SEGMENTS {
            if let Err(error) = Records::decode(segment.json) {
                panic!("{}: {error}", segment.file);
            }
        }
        assert_eq!(Atlas::builtin().bodies().count(), HEADS.len());
        assert!(
            Atlas::builtin()
                .heads()
                .iter()
                .all(|head| Atlas::builtin().body(&head.id).unwrap().id == head.id)
        );
    }
}
