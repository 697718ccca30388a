//! Titles: the part of a page's title that is the name of the company.

/// Returns the part of a title that shares most with a domain: "Contact us | Acme" is Acme on acme.example.
#[must_use]
pub fn name_in(title: &str, domain: &str) -> Option<String> {
    let label: String = domain.split('.').next().unwrap_or_default().to_lowercase();
    let squeezed = |part: &str| -> String {
        part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let stem: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    title
        .split(['|', '–', '—', '·', '•', '»'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(": "))
        .map(str::trim)
        .filter(|part| (2..=60).contains(&part.chars().count()))
        .filter(|part| {
            let part = squeezed(part);
            !stem.is_empty() && part.len() >= 2 && (part.contains(&stem) || stem.contains(&part))
        })
        .min_by_key(|part| part.len().abs_diff(stem.len()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_a_title_that_is_like_the_domain_is_the_name() {
        for (title, domain, name) in [
            ("Contact us | Acme", "acme.example", Some("Acme")),
            ("Lampen Light - Complaints", "lampenlight.example", Some("Lampen Light")),
            ("Complaints", "acme.example", None),
            ("", "acme.example", None),
        ] {
            assert_eq!(name_in(title, domain).as_deref(), name, "{title}");
        }
    }
}
