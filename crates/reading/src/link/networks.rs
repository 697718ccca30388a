//! The social networks, as records, and the reading of a profile's address.
//!
//! A [`Network`] holds its hosts, the shapes its profile addresses have, and what on these hosts is no profile. To teach a
//! new network, add its record.

use url::Url;

/// A social network.
pub(super) struct Network {
    /// Its name, as links spell it.
    pub(super) name: &'static str,
    /// Its hosts, without `www.`, `m.` or a country before them; one that ends with a full stop takes any country's domain.
    pub(super) hosts: &'static [&'static str],
    /// Shapes of a profile's path: `*` is the handle, `@*` one with its sign, `?id=*` one in the query.
    shapes: &'static [&'static str],
    /// First parts of a path that are no handle.
    never: &'static str,
}

/// Parts of a path after the handle that make it one post and no profile.
const POSTS: &str = "status statuses posts post photos photo video p reel reels media permalink permalink.php pulse \
    activity notes albums sets live pin events lists";

/// First parts of a path that no network gives to a profile.
const NEVER: &str = "share sharer sharer.php share.php intent login login.php signin signup register search hashtag \
    hashtags explore about help legal privacy privacypolicy policy policies terms tos settings home \
    home.php i oauth widgets widgets.js plugins dialog tr embed embed.js api download developers \
    developer ads business careers jobs press blog accounts direct stories feed events groups watch tag \
    tags cookies security support directory discover trending topics static assets rsrc.php l.php \
    index.php en de fr";

pub(super) const NETWORKS: &[Network] = &[
    Network {
        name: "facebook",
        hosts: &["facebook.com", "fb.com", "fb.me"],
        shapes: &[
            "pages/*/*",
            "pages/category/*/*",
            "pages/*/*/*",
            "people/*/*",
            "pg/*",
            "p/*",
            "profile.php?id=*",
            "*",
        ],
        never: "story.php photo.php video.php photos videos notes media marketplace gaming hashtag \
                permalink.php event.php sharer full_data_use_policy 2008 ajax reg recover msg messages \
                pages people pg p profile.php v2.0 connect messenger docs adpreferences recommendations",
    },
    Network {
        name: "twitter",
        hosts: &["twitter.com", "x.com"],
        shapes: &["#!/*", "@*", "*"],
        never: "goodies logo compose following followers javascripts who_to_follow account rules",
    },
    Network {
        name: "linkedin",
        hosts: &["linkedin.com"],
        shapes: &[
            "company/*",
            "school/*",
            "showcase/*",
            "companies/*",
            "company-beta/*",
            "organization-guest/company/*",
            "in/*",
        ],
        never: "",
    },
    Network {
        name: "instagram",
        hosts: &["instagram.com", "instagr.am"],
        shapes: &["*"],
        never: "p reel reels tv web challenge",
    },
    Network {
        name: "youtube",
        hosts: &["youtube.com"],
        shapes: &["@*", "channel/*", "c/*", "user/*", "*"],
        never: "playlist results shorts live yt t howyoutubeworks premium redirect attribution_link v e \
                iframe_api player_api subscription_center gaming music movies channel user c post clip \
                account creators kids",
    },
    Network { name: "tiktok", hosts: &["tiktok.com"], shapes: &["@*"], never: "" },
    Network {
        name: "pinterest",
        hosts: &["pinterest."],
        shapes: &["*"],
        never: "pin ideas categories today js _",
    },
    Network { name: "bluesky", hosts: &["bsky.app"], shapes: &["profile/*"], never: "" },
    Network { name: "threads", hosts: &["threads.net", "threads.com"], shapes: &["@*"], never: "" },
    Network {
        name: "xing",
        hosts: &["xing.com"],
        shapes: &["companies/*", "pages/*", "company/*", "profile/*", "xbp/pages/*"],
        never: "",
    },
    Network {
        name: "vimeo",
        hosts: &["vimeo.com"],
        shapes: &["*"],
        never: "channels groups album video upload ondemand showcase features manage upgrade",
    },
    Network {
        name: "flickr",
        hosts: &["flickr.com"],
        shapes: &["photos/*", "people/*", "groups/*"],
        never: "",
    },
    Network { name: "tumblr", hosts: &["tumblr.com"], shapes: &["*"], never: "dashboard tagged reblog" },
    Network {
        name: "google",
        hosts: &["plus.google.com"],
        shapes: &["u/0/b/*", "u/0/+*", "u/0/*", "b/*", "+*", "*"],
        never: "communities collection up _ hangouts u b",
    },
    Network { name: "snapchat", hosts: &["snapchat.com"], shapes: &["add/*", "@*"], never: "" },
    Network { name: "twitch", hosts: &["twitch.tv"], shapes: &["*"], never: "videos p downloads directory" },
    Network { name: "vk", hosts: &["vk.com"], shapes: &["*"], never: "share.php wall video photo js" },
    Network { name: "weibo", hosts: &["weibo.com"], shapes: &["u/*", "*"], never: "u" },
];

/// Hosts of Mastodon and its kin; others are told by `rel=me` or their name.
const FEDIVERSE: &str = "mastodon.social mastodon.online mas.to mstdn.social mstdn.ca fosstodon.org chaos.social hachyderm.io \
    infosec.exchange techhub.social social.bund.de social.network.europa.eu ec.social-network.europa.eu \
    toot.community norden.social bonn.social troet.cafe social.tchncs.de mastodon.nl toot.wales \
    mastodon.ie mastodon.scot mastodon.green universeodon.com aus.social mastodon.au piaille.fr mamot.fr \
    masto.es mastodon.uno ioc.exchange newsie.social det.social muenchen.social ruhr.social";

/// Handles that the networks and the makers of sites hold themselves: the default of a theme, not the owner's.
pub(super) const MAKERS: &str = "wordpress wordpressdotcom wix wixcom squarespace shopify jimdo jimdo_de weebly godaddy facebook \
    facebookapp meta twitter x youtube google instagram linkedin tiktok pinterest zendesk hubspot \
    elegantthemes themeforest envato joomla drupal typo3 prestashop magento username yourusername \
    yourpage yourname yourcompany yourprofile user profile company example youraccount name page # \
    page-name your-page templatemonster colorlib bootstrap twbootstrap";

/// A profile's address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Profile {
    /// The network's name.
    pub(super) network: &'static str,
    /// The handle in lower case: the identity of the profile.
    pub(super) handle: String,
    /// The address, without what only tracks.
    pub(super) url: Url,
    /// Whether the address leads to the profile itself and not to a page of it (`/about`).
    pub(super) bare: bool,
}

/// Returns whether a host may be of a network.
pub(super) fn is_network(host: &str) -> bool {
    let host = plain_host(host);
    network(&host).is_some() || is_fediverse(&host)
}

/// Returns a host in lower case without `www.`, `m.` and the like.
fn plain_host(host: &str) -> String {
    let mut host = host.to_ascii_lowercase();
    for prefix in ["www.", "m.", "mobile.", "web.", "touch.", "mbasic."] {
        if let Some(rest) = host.strip_prefix(prefix) {
            host = rest.to_owned();
        }
    }
    host
}

/// Returns the network of a plain host.
fn network(host: &str) -> Option<&'static Network> {
    NETWORKS.iter().find(|network| {
        network.hosts.iter().any(|known| {
            let stem = known.strip_suffix('.');
            if let Some(stem) = stem {
                // `pinterest.de`, `pinterest.co.uk`, `uk.pinterest.com`
                let mut labels = host.split('.');
                return labels.any(|label| label == stem);
            }
            // `facebook.com`, `de-de.facebook.com`, `uk.linkedin.com`, `acme.tumblr.com`
            host == *known
                || host.strip_suffix(known).is_some_and(|before| {
                    let before = before.strip_suffix('.').unwrap_or("");
                    let short = before.len() == 2 || before.len() == 5 && before.as_bytes()[2] == b'-';
                    !before.is_empty() && !before.contains('.') && (short || network.name == "tumblr")
                })
        })
    })
}

/// Returns whether a plain host is of Mastodon or its kin.
fn is_fediverse(host: &str) -> bool {
    listed(FEDIVERSE, host) || host.starts_with("mastodon.") || host.starts_with("mstdn.")
}

/// Reads the profile of an address, or nothing where it is none.
pub(super) fn read(url: &Url, me: bool) -> Option<Profile> {
    let host = plain_host(url.host_str()?);
    let segments: Vec<&str> = url.path_segments()?.filter(|s| !s.is_empty()).collect();
    let mut clean = url.clone();
    clean.set_query(None);
    let Some(network) = network(&host) else {
        // Mastodon: `/@name`, on a known host or one that the page marks as its own.
        let [handle] = segments[..] else { return None };
        let handle = handle.strip_prefix('@').filter(|h| !h.is_empty())?;
        clean.set_fragment(None);
        let handle = format!("{}@{host}", handle.to_lowercase());
        return (me || is_fediverse(&host)).then_some(Profile {
            network: "mastodon",
            handle,
            url: clean,
            bare: true,
        });
    };
    if network.name == "tumblr" && host != "tumblr.com" {
        let handle = host.strip_suffix(".tumblr.com")?.to_owned();
        return segments.is_empty().then_some(Profile { network: "tumblr", handle, url: clean, bare: true });
    }
    let (shape, mut handle, rest) =
        network.shapes.iter().find_map(|shape| fits(shape, url, &segments, network))?;
    if shape.contains("?id=") {
        clean.set_query(Some(&format!("id={handle}")));
    }
    if !shape.starts_with("#!") {
        clean.set_fragment(None);
    }
    if network.name == "linkedin" && !shape.starts_with("in/") {
        handle.insert(0, '+');
    }
    let tabs = rest.iter().all(|tab| {
        matches!(
            *tab,
            "videos" | "featured" | "posts" | "timeline" | "wall" | "home" | "mycompany" | "playlists"
        )
    });
    let post =
        rest.iter().any(|part| listed(POSTS, part)) && !(network.name == "google" && rest == ["posts"]);
    (!post).then(|| Profile { network: network.name, handle: handle.to_lowercase(), url: clean, bare: tabs })
}

/// Returns the handle where a path fits a shape, and what stands behind it.
fn fits<'a>(
    shape: &'static str,
    url: &Url,
    segments: &[&'a str],
    network: &Network,
) -> Option<(&'static str, String, Vec<&'a str>)> {
    if let Some(rest) = shape.strip_prefix("#!/") {
        debug_assert_eq!(rest, "*");
        let fragment = url.fragment()?;
        let handle = fragment.strip_prefix("!/").or_else(|| fragment.strip_prefix("%21/"))?;
        let handle = handle.trim_start_matches('@').split(['/', '?']).next().unwrap_or_default();
        return plausible(handle).then(|| (shape, handle.to_owned(), Vec::new()));
    }
    if let Some((path, key)) = shape.split_once('?') {
        let key = key.trim_end_matches("=*");
        let [first] = segments else { return None };
        let (_, value) = url.query_pairs().find(|(k, _)| k == key)?;
        let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
        return (*first == path && digits).then(|| (shape, value.into_owned(), Vec::new()));
    }
    let parts: Vec<&str> = shape.split('/').collect();
    if segments.len() < parts.len() {
        return None;
    }
    let mut handle = "";
    for (part, segment) in parts.iter().zip(segments) {
        match part.strip_suffix('*') {
            Some("") => handle = segment,
            Some(sign) => handle = segment.strip_prefix(sign)?,
            None if part.eq_ignore_ascii_case(segment) => {}
            None => return None,
        }
    }
    let lone = parts.len() == 1;
    let lower = handle.to_ascii_lowercase();
    if lone && (listed(NEVER, &lower) || listed(network.never, &lower)) {
        return None;
    }
    let numeric = parts.len() > 1 || handle.bytes().any(|b| !b.is_ascii_digit());
    // A bare number is a profile on Facebook, and a video or post elsewhere.
    let known = numeric || matches!(network.name, "facebook" | "google" | "weibo");
    let rest: Vec<&str> = segments[parts.len()..].to_vec();
    let trimmed = handle.trim_start_matches('@');
    (known && plausible(trimmed)).then(|| (shape, trimmed.to_owned(), rest))
}

/// Returns whether a text could be a handle.
fn plausible(handle: &str) -> bool {
    let file = [".php", ".html", ".htm", ".aspx", ".js", ".css", ".png", ".svg", ".ico", ".xml"];
    let lower = handle.to_ascii_lowercase();
    (1..=120).contains(&handle.len())
        && !file.iter().any(|end| lower.ends_with(end))
        && !handle.contains(['{', '}', '<', '>', '[', '$', ' ', '"', '='])
        && handle != "_"
}

/// Returns whether a word is one of a table's.
pub(super) fn listed(table: &str, word: &str) -> bool {
    table.split_ascii_whitespace().any(|entry| entry == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(address: &str) -> Option<String> {
        let profile = read(&Url::parse(address).unwrap(), false)?;
        Some(format!("{} {}", profile.network, profile.handle))
    }

    #[test]
    fn every_spelling_of_a_profile_has_one_identity() {
        for (address, expected) in [
            ("https://www.facebook.com/AcmeUK/?ref=hl", "facebook acmeuk"),
            ("http://de-de.facebook.com/acmeuk", "facebook acmeuk"),
            ("https://m.facebook.com/acmeuk/about", "facebook acmeuk"),
            ("http://www.facebook.com/pages/Acme-Ltd/270744279623", "facebook 270744279623"),
            ("https://www.facebook.com/profile.php?id=1000012345&sk=about", "facebook 1000012345"),
            ("https://www.facebook.com/people/Acme/61550000000000/", "facebook 61550000000000"),
            ("https://twitter.com/#!/acme", "twitter acme"),
            ("https://x.com/Acme?lang=en", "twitter acme"),
            ("https://twitter.com/@acme", "twitter acme"),
            ("https://uk.linkedin.com/company/acme-ltd/about", "linkedin +acme-ltd"),
            ("https://www.linkedin.com/in/jane-doe", "linkedin jane-doe"),
            ("https://www.instagram.com/acme.official/?hl=en", "instagram acme.official"),
            ("https://www.youtube.com/@Acme/featured", "youtube acme"),
            ("https://youtube.com/user/acme/videos", "youtube acme"),
            ("https://www.youtube.com/Acme", "youtube acme"),
            ("https://www.tiktok.com/@acme?lang=en", "tiktok acme"),
            ("https://www.pinterest.co.uk/acme/", "pinterest acme"),
            ("https://de.pinterest.com/acme", "pinterest acme"),
            ("https://mastodon.social/@acme", "mastodon acme@mastodon.social"),
            ("https://bsky.app/profile/acme.example", "bluesky acme.example"),
            ("https://www.threads.net/@acme", "threads acme"),
            ("https://www.xing.com/companies/acmegmbh", "xing acmegmbh"),
            ("https://acme.tumblr.com/", "tumblr acme"),
            ("https://plus.google.com/+Acme/posts", "google acme"),
            ("https://plus.google.com/u/0/113736988477161371/", "google 113736988477161371"),
            ("https://vimeo.com/acme", "vimeo acme"),
            ("https://www.flickr.com/photos/acme", "flickr acme"),
        ] {
            assert_eq!(profile(address).as_deref(), Some(expected), "{address}");
        }
    }

    #[test]
    fn posts_shares_and_front_pages_are_no_profiles() {
        for address in [
            "https://facebook.com",
            "https://www.facebook.com/sharer/sharer.php?u=https://acme.example",
            "https://www.facebook.com/tr?id=1",
            "https://www.facebook.com/plugins/like.php?href=x",
            "https://www.facebook.com/privacy/policy",
            "https://www.facebook.com/acme/posts/123",
            "https://www.facebook.com/acme/photos/a.1/2",
            "https://twitter.com/intent/tweet?text=x",
            "https://twitter.com/share?url=x",
            "https://twitter.com/acme/status/123",
            "https://twitter.com/hashtag/acme",
            "https://www.linkedin.com/shareArticle?url=x",
            "https://www.linkedin.com/pulse/acme",
            "https://www.instagram.com/p/abc/",
            "https://www.instagram.com/acme/p/abc/",
            "https://www.youtube.com/watch?v=abc",
            "https://www.youtube.com/embed/abc",
            "https://www.tiktok.com/@acme/video/123",
            "https://www.pinterest.com/pin/create/button/?url=x",
            "https://bsky.app/profile/acme.example/post/3k",
            "https://vimeo.com/123456",
            "https://www.xing.com/spi/shares/new?url=x",
            "https://connect.facebook.net/en_GB/all.js",
            "https://acme.example/@jane",
        ] {
            assert_eq!(profile(address), None, "{address}");
        }
    }
}
