//! The trade of a company as its name alone tells it: a guess, to be shown for a yes. What its pages tell is in `sector`.

use crate::words::Sector;

/// Words of names, in small letters, and the trade that they tell. A word of at least five letters counts where it begins or ends a
/// longer one, as in Stadtsparkasse.
const TOLD: [(&str, Sector); 48] = [
    ("airline", Sector::Air),
    ("airlines", Sector::Air),
    ("airways", Sector::Air),
    ("assurance", Sector::Insurance),
    ("assurances", Sector::Insurance),
    ("aviation", Sector::Air),
    ("bahn", Sector::Rail),
    ("banco", Sector::Bank),
    ("bank", Sector::Bank),
    ("banque", Sector::Bank),
    ("breitband", Sector::Telecom),
    ("broadband", Sector::Telecom),
    ("casino", Sector::Gambling),
    ("college", Sector::Education),
    ("courier", Sector::Parcel),
    ("electricity", Sector::Energy),
    ("energia", Sector::Energy),
    ("energie", Sector::Energy),
    ("energy", Sector::Energy),
    ("energía", Sector::Energy),
    ("fernwärme", Sector::Energy),
    ("fibre", Sector::Telecom),
    ("flug", Sector::Air),
    ("inkasso", Sector::Debt),
    ("insurance", Sector::Insurance),
    ("mobile", Sector::Telecom),
    ("mobilfunk", Sector::Telecom),
    ("mortgage", Sector::Mortgage),
    ("mortgages", Sector::Mortgage),
    ("parcel", Sector::Parcel),
    ("parcels", Sector::Parcel),
    ("pensions", Sector::Pension),
    ("rail", Sector::Rail),
    ("railway", Sector::Rail),
    ("railways", Sector::Rail),
    ("reisen", Sector::Travel),
    ("seguros", Sector::Insurance),
    ("sparkasse", Sector::Bank),
    ("stadtwerke", Sector::Energy),
    ("strom", Sector::Energy),
    ("telecom", Sector::Telecom),
    ("telekom", Sector::Telecom),
    ("trains", Sector::Rail),
    ("university", Sector::Education),
    ("versicherung", Sector::Insurance),
    ("versicherungen", Sector::Insurance),
    ("water", Sector::Water),
    ("wireless", Sector::Telecom),
];

/// Returns the trade that a name tells; none where it tells none, or two.
#[must_use]
pub fn sector_of_name(name: &str) -> Option<Sector> {
    let name = name.to_lowercase();
    let mut all: Vec<Sector> = Vec::new();
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let of = TOLD.iter().find(|(told, _)| {
            word == *told || told.len() >= 5 && (word.ends_with(told) || word.starts_with(told))
        });
        all.extend(of.map(|(_, sector)| *sector));
    }
    all.dedup();
    match all[..] {
        [only] => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_a_trade_or_none() {
        for (name, sector) in [
            ("Sky Broadband", Some(Sector::Telecom)),
            ("Stadtsparkasse Musterstadt", Some(Sector::Bank)),
            ("Thames Water", Some(Sector::Water)),
            ("E.ON Energie", Some(Sector::Energy)),
            ("Bankside Books", None),
            ("Tesco Mobile Insurance", None),
            ("Möbelblitz", None),
            ("", None),
        ] {
            assert_eq!(sector_of_name(name), sector, "{name}");
        }
    }
}
