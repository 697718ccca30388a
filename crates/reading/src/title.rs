//! Titles: the part of a page's title that is the name of the company.

/// Returns the part of a title that shares most with a domain: "Contact us | Acme" is Acme on acme.example.
#[must_use]
pub fn name_in(title: &str, domain: &str) -> Option<String> {
    let stem = squeezed(domain.split('.').next().unwrap_or_default());
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

/// Returns the name that the titles of a site's pages tell, the start page's first: where that tells none, a part of a later
/// title that is the domain's own name. "Welcome", then "Contact us | Acme", is Acme on acme.example.
#[must_use]
pub fn name_among<'a>(titles: impl IntoIterator<Item = &'a str>, domain: &str) -> Option<String> {
    let mut titles = titles.into_iter().filter(|title| !title.is_empty());
    let of_start = titles.next().and_then(|title| name_in(title, domain));
    let label = squeezed(domain.split('.').next().unwrap_or_default());
    of_start
        .or_else(|| titles.filter_map(|title| name_in(title, domain)).find(|name| squeezed(name) == label))
}

/// Returns the letters and digits of a text in lower case.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_start_page_tells_no_name_a_later_title_does_that_is_the_domain_itself() {
        for (titles, name) in [
            (["Welcome", "Contact us | Lampen Light"].as_slice(), Some("Lampen Light")),
            (&["", "Home - Lampen", "Contact us | Lampen Light"], Some("Lampen")),
            (&["Welcome", "Complaints about Lampen Light", "Press"], None),
            (&["", ""], None),
        ] {
            assert_eq!(
                name_among(titles.iter().copied(), "lampenlight.example").as_deref(),
                name,
                "{titles:?}"
            );
        }
    }

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
