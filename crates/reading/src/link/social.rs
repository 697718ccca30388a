//! Profiles on social networks: the owner's own, in whatever spelling the page links or prints them.
//!
//! A [`Network`] is a record: its hosts, the shapes its profile addresses have, and what on these hosts is no profile. An
//! address that fits is somebody's profile; whose it is, is weighed from its name, its place and the words on it.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use ladder::{Channel, Place, Reach};
use url::Url;

use crate::hit::Hit;
use crate::link::own::{self, Own};
use crate::outline::{Link, LinkKind, Outline};

/// A social network.
struct Network {
    /// Its name, as links spell it.
    name: &'static str,
    /// Its hosts, without `www.`, `m.` or a country before them; one that ends with a full stop takes any country's domain.
    hosts: &'static [&'static str],
    /// Shapes of a profile's path: `*` is the handle, `@*` one with its sign, `?id=*` one in the query.
    shapes: &'static [&'static str],
    /// First parts of a path that are no handle.
    never: &'static [&'static str],
}

/// Parts of a path after the handle that make it one post and no profile.
const POSTS: &[&str] = &[
    "status",
    "statuses",
    "posts",
    "post",
    "photos",
    "photo",
    "video",
    "p",
    "reel",
    "reels",
    "media",
    "permalink",
    "permalink.php",
    "pulse",
    "activity",
    "notes",
    "albums",
    "sets",
    "live",
    "pin",
    "events",
    "lists",
];

/// First parts of a path that no network gives to a profile.
const NEVER: &[&str] = &[
    "share",
    "sharer",
    "sharer.php",
    "share.php",
    "intent",
    "login",
    "login.php",
    "signin",
    "signup",
    "register",
    "search",
    "hashtag",
    "hashtags",
    "explore",
    "about",
    "help",
    "legal",
    "privacy",
    "privacypolicy",
    "policy",
    "policies",
    "terms",
    "tos",
    "settings",
    "home",
    "home.php",
    "i",
    "oauth",
    "widgets",
    "widgets.js",
    "plugins",
    "dialog",
    "tr",
    "embed",
    "embed.js",
    "api",
    "download",
    "developers",
    "developer",
    "ads",
    "business",
    "careers",
    "jobs",
    "press",
    "blog",
    "accounts",
    "direct",
    "stories",
    "feed",
    "events",
    "groups",
    "watch",
    "tag",
    "tags",
    "cookies",
    "security",
    "support",
    "directory",
    "discover",
    "trending",
    "topics",
    "static",
    "assets",
    "rsrc.php",
    "l.php",
    "index.php",
    "en",
    "de",
    "fr",
];

const NETWORKS: &[Network] = &[
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
        never: &[
            "story.php",
            "photo.php",
            "video.php",
            "photos",
            "videos",
            "notes",
            "media",
            "marketplace",
            "gaming",
            "hashtag",
            "permalink.php",
            "event.php",
            "sharer",
            "full_data_use_policy",
            "2008",
            "ajax",
            "reg",
            "recover",
            "msg",
            "messages",
            "pages",
            "people",
            "pg",
            "p",
            "profile.php",
            "v2.0",
            "connect",
            "messenger",
            "docs",
            "adpreferences",
            "recommendations",
        ],
    },
    Network {
        name: "twitter",
        hosts: &["twitter.com", "x.com"],
        shapes: &["#!/*", "@*", "*"],
        never: &[
            "goodies",
            "logo",
            "compose",
            "following",
            "followers",
            "javascripts",
            "who_to_follow",
            "account",
            "rules",
        ],
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
        never: &[],
    },
    Network {
        name: "instagram",
        hosts: &["instagram.com", "instagr.am"],
        shapes: &["*"],
        never: &["p", "reel", "reels", "tv", "web", "challenge"],
    },
    Network {
        name: "youtube",
        hosts: &["youtube.com"],
        shapes: &["@*", "channel/*", "c/*", "user/*", "*"],
        never: &[
            "playlist",
            "results",
            "shorts",
            "live",
            "yt",
            "t",
            "howyoutubeworks",
            "premium",
            "redirect",
            "attribution_link",
            "v",
            "e",
            "iframe_api",
            "player_api",
            "subscription_center",
            "gaming",
            "music",
            "movies",
            "channel",
            "user",
            "c",
            "post",
            "clip",
            "account",
            "creators",
            "kids",
        ],
    },
    Network { name: "tiktok", hosts: &["tiktok.com"], shapes: &["@*"], never: &[] },
    Network {
        name: "pinterest",
        hosts: &["pinterest."],
        shapes: &["*"],
        never: &["pin", "ideas", "categories", "today", "js", "_"],
    },
    Network { name: "bluesky", hosts: &["bsky.app"], shapes: &["profile/*"], never: &[] },
    Network { name: "threads", hosts: &["threads.net", "threads.com"], shapes: &["@*"], never: &[] },
    Network {
        name: "xing",
        hosts: &["xing.com"],
        shapes: &["companies/*", "pages/*", "company/*", "profile/*", "xbp/pages/*"],
        never: &[],
    },
    Network {
        name: "vimeo",
        hosts: &["vimeo.com"],
        shapes: &["*"],
        never: &[
            "channels", "groups", "album", "video", "upload", "ondemand", "showcase", "features", "manage",
            "upgrade",
        ],
    },
    Network {
        name: "flickr",
        hosts: &["flickr.com"],
        shapes: &["photos/*", "people/*", "groups/*"],
        never: &[],
    },
    Network {
        name: "tumblr",
        hosts: &["tumblr.com"],
        shapes: &["*"],
        never: &["dashboard", "tagged", "reblog"],
    },
    Network {
        name: "google",
        hosts: &["plus.google.com"],
        shapes: &["u/0/b/*", "u/0/+*", "u/0/*", "b/*", "+*", "*"],
        never: &["communities", "collection", "up", "_", "hangouts", "u", "b"],
    },
    Network { name: "snapchat", hosts: &["snapchat.com"], shapes: &["add/*", "@*"], never: &[] },
    Network {
        name: "twitch",
        hosts: &["twitch.tv"],
        shapes: &["*"],
        never: &["videos", "p", "downloads", "directory"],
    },
    Network {
        name: "vk",
        hosts: &["vk.com"],
        shapes: &["*"],
        never: &["share.php", "wall", "video", "photo", "js"],
    },
    Network { name: "weibo", hosts: &["weibo.com"], shapes: &["u/*", "*"], never: &["u"] },
];

/// Hosts of Mastodon and its kin; others are told by `rel=me` or their name.
const FEDIVERSE: &[&str] = &[
    "mastodon.social",
    "mastodon.online",
    "mas.to",
    "mstdn.social",
    "mstdn.ca",
    "fosstodon.org",
    "chaos.social",
    "hachyderm.io",
    "infosec.exchange",
    "techhub.social",
    "social.bund.de",
    "social.network.europa.eu",
    "ec.social-network.europa.eu",
    "toot.community",
    "norden.social",
    "bonn.social",
    "troet.cafe",
    "social.tchncs.de",
    "mastodon.nl",
    "toot.wales",
    "mastodon.ie",
    "mastodon.scot",
    "mastodon.green",
    "universeodon.com",
    "aus.social",
    "mastodon.au",
    "piaille.fr",
    "mamot.fr",
    "masto.es",
    "mastodon.uno",
    "ioc.exchange",
    "newsie.social",
    "det.social",
    "muenchen.social",
    "ruhr.social",
];

/// Handles that the networks and the makers of sites hold themselves: the default of a theme, not the owner's.
const MAKERS: &[&str] = &[
    "wordpress",
    "wordpressdotcom",
    "wix",
    "wixcom",
    "squarespace",
    "shopify",
    "jimdo",
    "jimdo_de",
    "weebly",
    "godaddy",
    "facebook",
    "facebookapp",
    "meta",
    "twitter",
    "x",
    "youtube",
    "google",
    "instagram",
    "linkedin",
    "tiktok",
    "pinterest",
    "zendesk",
    "hubspot",
    "elegantthemes",
    "themeforest",
    "envato",
    "joomla",
    "drupal",
    "typo3",
    "prestashop",
    "magento",
    "username",
    "yourusername",
    "yourpage",
    "yourname",
    "yourcompany",
    "yourprofile",
    "user",
    "profile",
    "company",
    "example",
    "youraccount",
    "name",
    "page",
    "#",
    "page-name",
    "your-page",
    "templatemonster",
    "colorlib",
    "bootstrap",
    "twbootstrap",
];

static PRINTED: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let hosts: Vec<&str> =
        NETWORKS.iter().flat_map(|n| n.hosts).copied().filter(|h| !h.ends_with('.')).collect();
    AhoCorasick::builder().ascii_case_insensitive(true).build(hosts).expect("the hosts are fixed")
});

/// A profile's address.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Profile {
    network: &'static str,
    /// The handle in lower case: the identity of the profile.
    handle: String,
    /// The address, without what only tracks.
    url: Url,
    /// Whether the address leads to the profile itself and not to a page of it (`/about`).
    bare: bool,
}

/// A profile with the link that leads to it.
struct Candidate {
    profile: Profile,
    /// The link's index, or none for one that is printed only.
    link: Option<usize>,
    /// Where it is printed.
    at: usize,
    score: i32,
    named: bool,
}

/// Finds the owner's profiles.
pub(super) fn find(outline: &Outline, own: &Own) -> Vec<Hit> {
    let mut candidates: Vec<Candidate> = Vec::new();
    // Most links of a page lead to few hosts: each is judged once in a row.
    let mut judged = ("", false);
    for (index, link) in outline.links.iter().enumerate().take(20_000) {
        let Some(host) = own::host(&link.href) else { continue };
        if host != judged.0 {
            judged = (host, !own.is_own(host) && is_network(host));
        }
        let me = is_me(link);
        if !judged.1 && (!me || own.is_own(host)) {
            continue;
        }
        let of_reader = matches!(link.kind, LinkKind::Anchor | LinkKind::Button);
        if !of_reader && !me {
            continue;
        }
        let Some(profile) = own.resolve(&link.href).and_then(|url| read(&url, me)) else { continue };
        if MAKERS.contains(&profile.handle.as_str()) && !own.is_called(&profile.handle) {
            continue;
        }
        let at = link.text.start;
        candidates.push(Candidate { profile, link: Some(index), at, score: 0, named: false });
    }
    printed(outline, own, &mut candidates);
    for i in 0..candidates.len() {
        let (score, named) = weigh(outline, own, &candidates, i);
        (candidates[i].score, candidates[i].named) = (score, named);
    }
    // One entry for each profile: by the link that speaks best for it.
    let mut best: HashMap<(&str, &str), usize> = HashMap::new();
    let mut order: Vec<(&str, &str)> = Vec::new();
    for (i, candidate) in candidates.iter().enumerate() {
        let key = (candidate.profile.network, candidate.profile.handle.as_str());
        let rank = |c: &Candidate| (c.link.is_some(), c.profile.bare, c.score);
        match best.get_mut(&key) {
            Some(kept) if rank(&candidates[*kept]) < rank(candidate) => *kept = i,
            Some(_) => {}
            None => {
                best.insert(key, i);
                order.push(key);
            }
        }
    }
    let top = |key: &(&str, &str)| {
        candidates
            .iter()
            .filter(|c| (c.profile.network, c.profile.handle.as_str()) == *key)
            .map(|c| c.score)
            .max()
            .unwrap_or(0)
    };
    order.truncate(120);
    order.iter().filter(|key| top(key) >= 2).filter_map(|key| hit(outline, &candidates[best[key]])).collect()
}

/// Makes a hit of a candidate.
fn hit(outline: &Outline, candidate: &Candidate) -> Option<Hit> {
    let reach = Reach::link(Channel::Social, own::value(&candidate.profile.url)?).ok()?;
    let mut hit = if let Some(link) = candidate.link {
        Hit::on_link(outline, reach, link)
    } else {
        let block = outline.block_at(candidate.at)?;
        let end = outline.blocks[block].range.end;
        let text = &outline.text[candidate.at..end];
        let length = text.find(char::is_whitespace).unwrap_or(text.len());
        Hit::in_text(outline, reach, block, candidate.at..candidate.at + length)
    };
    hit.label = candidate
        .link
        .map(|link| own::words(outline, &outline.links[link]))
        .filter(|words| !words.is_empty() && words.len() <= 80)
        .map(str::to_owned);
    Some(hit)
}

/// Returns whether a link is marked as the owner's own (`rel=me`, `rel=publisher`).
fn is_me(link: &Link) -> bool {
    link.rel
        .as_deref()
        .is_some_and(|rel| rel.split_ascii_whitespace().any(|r| matches!(r, "me" | "publisher")))
}

/// Returns whether a host may be of a network.
fn is_network(host: &str) -> bool {
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
    FEDIVERSE.contains(&host) || host.starts_with("mastodon.") || host.starts_with("mstdn.")
}

/// Reads the profile of an address, or nothing where it is none.
fn read(url: &Url, me: bool) -> Option<Profile> {
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
        rest.iter().any(|part| POSTS.contains(part)) && !(network.name == "google" && rest == ["posts"]);
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
        return plausible(handle, network).then(|| (shape, handle.to_owned(), Vec::new()));
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
    if lone && (NEVER.contains(&lower.as_str()) || network.never.contains(&lower.as_str())) {
        return None;
    }
    let numeric = parts.len() > 1 || handle.bytes().any(|b| !b.is_ascii_digit());
    // A bare number is a profile on Facebook, and a video or post elsewhere.
    let known = numeric || matches!(network.name, "facebook" | "google" | "weibo");
    let rest: Vec<&str> = segments[parts.len()..].to_vec();
    let trimmed = handle.trim_start_matches('@');
    (known && plausible(trimmed, network)).then(|| (shape, trimmed.to_owned(), rest))
}

/// Returns whether a text could be a handle.
fn plausible(handle: &str, network: &Network) -> bool {
    let file = [".php", ".html", ".htm", ".aspx", ".js", ".css", ".png", ".svg", ".ico", ".xml"];
    let lower = handle.to_ascii_lowercase();
    (1..=120).contains(&handle.len())
        && !file.iter().any(|end| lower.ends_with(end))
        && !handle.contains(['{', '}', '<', '>', '[', '$', ' ', '"', '='])
        && (network.shapes != ["*"] || handle != "_")
}

/// Finds addresses of profiles that are printed and not linked.
fn printed(outline: &Outline, own: &Own, candidates: &mut Vec<Candidate>) {
    let text = &outline.text;
    for found in PRINTED.find_iter(text).take(2_000) {
        let rest = &text[found.end()..];
        if !rest.starts_with('/') {
            continue;
        }
        let start = text[..found.start()]
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ':')))
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | '"' | '>' | '|'));
        let end = found.end() + end.unwrap_or(rest.len());
        let address = text[start..end].trim_end_matches(['.', ':', '!', '?', '\'']);
        if found.start() - start > 24 || address.len() > 200 {
            continue;
        }
        let linked = candidates.iter().any(|c| {
            c.link.is_some_and(|l| {
                outline.links[l].text.start <= found.start() && found.start() < outline.links[l].text.end
            })
        });
        let absolute = match address.find("//") {
            Some(at) => format!("https:{}", &address[at..]),
            None => format!("https://{address}"),
        };
        if linked {
            continue;
        }
        let Some(profile) = Url::parse(&absolute).ok().and_then(|url| read(&url, false)) else { continue };
        if MAKERS.contains(&profile.handle.as_str()) && !own.is_called(&profile.handle) {
            continue;
        }
        candidates.push(Candidate { profile, link: None, at: start, score: 0, named: false });
    }
}

/// Reads an address that is said to be a profile of the owner's.
pub(super) fn reach(url: &Url) -> Option<Reach> {
    let profile = read(url, false).filter(|profile| !MAKERS.contains(&profile.handle.as_str()))?;
    Reach::link(Channel::Social, own::value(&profile.url)?).ok()
}

/// Weighs whether a profile is the owner's; also tells whether it bears the owner's name.
fn weigh(outline: &Outline, own: &Own, candidates: &[Candidate], index: usize) -> (i32, bool) {
    let candidate = &candidates[index];
    let profile = &candidate.profile;
    let named = own.is_called(profile.handle.split('@').next().unwrap_or_default());
    let mut score = if named { 3 } else { 0 };
    let (place, block, before, words) = if let Some(link) = candidate.link {
        let link = &outline.links[link];
        score += if is_me(link) { 3 } else { 0 };
        (link.place, link.block, own::around(outline, link, 80).0, own::words(outline, link))
    } else {
        let block = outline.block_at(candidate.at);
        let start = block.map_or(candidate.at, |b| outline.blocks[b].range.start);
        let place = block.map_or(Place::Main, |b| outline.blocks[b].place);
        (place, block, own::last(&outline.text[start..candidate.at.max(start)], 80), "")
    };
    if place != Place::Main {
        score += 2;
    }
    let lower = words.to_lowercase();
    let network = names_network(&lower, profile.network);
    if candidate.link.is_some() && (words.is_empty() || network && lower.len() <= 48) {
        score += 2;
    }
    if lower.contains("://")
        || lower.starts_with("www.")
        || lower.starts_with('@')
        || candidate.link.is_none()
    {
        score += 1;
    }
    let context = format!("{} {lower}", before.to_lowercase());
    if FOLLOW.iter().any(|word| context.contains(word)) {
        score += 2;
    }
    // Networks side by side: a row of icons.
    let others = candidates.iter().skip(index.saturating_sub(8)).take(17).filter(|other| {
        other.profile.network != profile.network
            && match (candidate.link, other.link) {
                (Some(a), Some(b)) => a.abs_diff(b) <= 4,
                _ => false,
            }
    });
    if others.count() >= 1 {
        score += 2;
    }
    let long = block.is_some_and(|b| outline.blocks[b].range.len() > 220);
    if long && !named && place == Place::Main {
        score -= 3;
    }
    // A person's profile is the owner's only where it bears the owner's name, or nothing else does.
    let person = profile.network == "linkedin" && !profile.handle.starts_with('+');
    if person && !named && place == Place::Main {
        score -= 3;
    }
    if SHARE.iter().any(|word| lower.contains(word)) {
        score -= 6;
    }
    if own.is_nameless() && place == Place::Main && score > 0 {
        score += 1;
    }
    (score, named)
}

/// Words that ask to follow.
const FOLLOW: &[&str] = &[
    "follow",
    "like us",
    "find us",
    "join us",
    "connect with us",
    "social",
    "we post",
    "our ",
    "us on",
    "visit us",
    "folge",
    "folgen",
    "besuche",
    "suivez",
    "rejoignez",
    "retrouvez",
    "síguenos",
    "siguenos",
    "seguici",
    "seguiteci",
    "volg",
    "via ",
    "unser",
    "notre",
    "nuestr",
    "nostr",
    "onze",
    "tweet us",
    "message us",
    "dm us",
];

/// Words that share the page instead.
const SHARE: &[&str] = &[
    "share",
    "teilen",
    "partager",
    "compartir",
    "condividi",
    "delen",
    "tweet this",
    "pin it",
    "empfehlen",
    "recommend",
];

/// Returns whether the words on a link name the network.
fn names_network(lower: &str, network: &str) -> bool {
    let alias = match network {
        "twitter" => Some("x"),
        "google" => Some("g+"),
        "youtube" => Some("you tube"),
        _ => None,
    };
    lower.contains(network)
        || alias.is_some_and(|a| {
            lower.split(|c: char| !c.is_alphanumeric() && c != '+').any(|w| w == a)
                || a.len() > 2 && lower.contains(a)
        })
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
