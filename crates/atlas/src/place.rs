//! Places: which countries share Union law, and whether a file speaks of a place.

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
