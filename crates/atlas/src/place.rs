//! Places: which countries share Union law, whether a file speaks of a place, and what people call a state or province.

use ladder::Country;

/// The member states of the European Union.
const UNION: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// Returns whether a country is a member state of the European Union.
#[must_use]
pub fn in_union(country: Country) -> bool {
    UNION.split(' ').any(|code| code == country.code())
}

/// Returns whether what a file says of `country` (ISO 3166-1, `EU` or `INT`) holds in this country.
#[must_use]
pub fn covers(country: &str, place: Country) -> bool {
    country == "INT" || country == place.code() || (country == "EU" && in_union(place))
}

/// What people call the states, provinces and nations with bodies of their own, by country: the code, then the name.
const NAMES: &[(&str, &str)] = &[
    ("GB", "ENG=england NIR=northern_ireland NIR=ni SCT=scotland WLS=wales WLS=wal WLS=cym"),
    (
        "US",
        "AL=alabama AK=alaska AZ=arizona AR=arkansas CA=california CO=colorado CT=connecticut \
             DC=district_of_columbia DC=washington_dc DE=delaware FL=florida GA=georgia HI=hawaii ID=idaho \
             IL=illinois IN=indiana IA=iowa KS=kansas KY=kentucky LA=louisiana ME=maine MD=maryland \
             MA=massachusetts MI=michigan MN=minnesota MS=mississippi MO=missouri MT=montana NE=nebraska \
             NV=nevada NH=new_hampshire NJ=new_jersey NM=new_mexico NY=new_york NC=north_carolina ND=north_dakota \
             OH=ohio OK=oklahoma OR=oregon PA=pennsylvania RI=rhode_island SC=south_carolina SD=south_dakota \
             TN=tennessee TX=texas UT=utah VT=vermont VA=virginia WA=washington WV=west_virginia WI=wisconsin \
             WY=wyoming",
    ),
    (
        "CA",
        "AB=alberta BC=british_columbia MB=manitoba NB=new_brunswick NL=newfoundland_and_labrador \
             NL=newfoundland NS=nova_scotia NT=northwest_territories NU=nunavut ON=ontario \
             PE=prince_edward_island QC=quebec QC=québec SK=saskatchewan YT=yukon",
    ),
    (
        "AU",
        "ACT=australian_capital_territory NSW=new_south_wales NT=northern_territory QLD=queensland \
             SA=south_australia TAS=tasmania VIC=victoria WA=western_australia",
    ),
];

/// Returns the code of a region (the part after the country in ISO 3166-2) by its code, with or without the country, or by its
/// name. What is not known comes back in capitals: the atlas then has nothing of that region alone.
#[must_use]
pub fn region(country: Country, text: &str) -> String {
    let text = text.trim();
    let name = folded(text);
    let names = NAMES.iter().find(|(code, _)| *code == country.code()).map_or("", |(_, names)| names);
    let known =
        names.split_whitespace().filter_map(|pair| pair.split_once('=')).find(|(_, called)| *called == name);
    if let Some((code, _)) = known {
        return code.to_owned();
    }
    let upper = text.to_uppercase();
    upper.strip_prefix(&format!("{}-", country.code())).unwrap_or(&upper).to_owned()
}

/// Returns the code of the region that is called so, of whatever country: no two have a name in common.
#[must_use]
pub fn code(text: &str) -> Option<&'static str> {
    let name = folded(text);
    let pairs = NAMES.iter().flat_map(|(_, names)| names.split_whitespace());
    pairs.filter_map(|pair| pair.split_once('=')).find(|(_, called)| *called == name).map(|(code, _)| code)
}

/// Returns every name of a region that is known, in small letters, with `_` between words.
pub fn names() -> impl Iterator<Item = &'static str> {
    let pairs = NAMES.iter().flat_map(|(_, names)| names.split_whitespace());
    pairs.filter_map(|pair| pair.split_once('=')).map(|(_, name)| name)
}

/// Writes a name as the table has it.
fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_").replace('.', "")
}

/// Returns what people call a region: the first name of its code, with capitals; `None` where none is known here.
#[must_use]
pub fn name(country: Country, code: &str) -> Option<String> {
    let names = NAMES.iter().find(|(of, _)| *of == country.code()).map(|(_, names)| names)?;
    let called =
        names.split_whitespace().filter_map(|pair| pair.split_once('=')).find(|(of, _)| *of == code)?.1;
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    Some(
        called
            .split('_')
            .map(word)
            .collect::<Vec<_>>()
            .join(" ")
            .replace(" And ", " and ")
            .replace(" Of ", " of "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_known_by_its_code_and_by_its_name() {
        let region = |country, text| region(Country::parse(country).unwrap(), text);
        assert_eq!(region("US", "California"), "CA");
        assert_eq!(region("US", "us-ny"), "NY");
        assert_eq!(region("US", "New York"), "NY");
        assert_eq!(region("GB", "Scotland"), "SCT");
        assert_eq!(region("GB", "WAL"), "WLS");
        assert_eq!(region("AU", "nsw"), "NSW");
        assert_eq!(region("CA", "Québec"), "QC");
        assert_eq!(region("IN", "Kerala"), "KERALA");
        assert_eq!(
            (code(" new york "), code("Western Australia"), code("Kerala")),
            (Some("NY"), Some("WA"), None)
        );
        let mut names: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.split_whitespace()).collect();
        let all = names.len();
        names.sort_unstable_by_key(|pair| pair.split_once('=').map(|(_, called)| called));
        names.dedup_by_key(|pair| pair.split_once('=').map(|(_, called)| called));
        assert_eq!(names.len(), all, "no two regions have a name in common");
        let name = |country, code| name(Country::parse(country).unwrap(), code);
        assert_eq!(name("GB", "NIR").as_deref(), Some("Northern Ireland"));
        assert_eq!(name("AU", "ACT").as_deref(), Some("Australian Capital Territory"));
        assert_eq!(name("IN", "KL"), None);
    }
}
