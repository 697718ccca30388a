//! What a harmless page may hold: elements and attributes, one row each. What is not here is left out, its text kept.

/// An element that is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// What it is written as.
    pub(super) to: &'static str,
    /// Whether a line of text begins and ends with it.
    pub(super) line: bool,
    /// Whether it has no end.
    pub(super) void: bool,
}

/// An attribute that is kept.
pub(super) struct Attribute {
    pub(super) name: &'static str,
    /// The elements on which it is kept; all where there are none.
    pub(super) on: &'static [&'static str],
    pub(super) allows: fn(&str) -> bool,
}

/// Elements that are left out with all that they hold.
pub(super) const DROPPED: &[&[u8]] = &[
    b"applet",
    b"audio",
    b"canvas",
    b"iframe",
    b"math",
    b"noembed",
    b"noframes",
    b"object",
    b"script",
    b"style",
    b"svg",
    b"template",
    b"video",
];

/// Elements that are kept as they are called: in a line, and as lines of their own.
const IN_LINE: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var",
];
const LINES: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements without an end.
const VOID: &[&str] = &["br", "hr", "wbr"];
/// Elements that are written as another: what leads away, is filled in or pressed is no more than its words.
const AS_OTHERS: &[(&str, &str)] = &[
    ("a", "span"),
    ("button", "span"),
    ("center", "div"),
    ("dialog", "div"),
    ("fieldset", "div"),
    ("font", "span"),
    ("form", "div"),
    ("label", "span"),
    ("legend", "p"),
    ("mark", "span"),
    ("option", "div"),
    ("select", "div"),
    ("textarea", "div"),
];

/// Attributes that are kept: none that holds an address, a style, a name or what is done.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: "colspan", on: &["td", "th"], allows: is_small },
    Attribute { name: "rowspan", on: &["td", "th"], allows: is_small },
    Attribute { name: "dir", on: &[], allows: |value| matches!(value, "ltr" | "rtl" | "auto") },
    Attribute { name: "lang", on: &[], allows: is_language },
];

/// Returns how an element is kept, where it is.
pub(super) fn element(name: &[u8]) -> Option<Element> {
    let name = std::str::from_utf8(name).ok()?;
    let one_of = |names: &[&'static str]| names.iter().copied().find(|one| *one == name);
    if let Some(to) = one_of(LINES) {
        return Some(Element { to, line: true, void: false });
    }
    if let Some(to) = one_of(IN_LINE) {
        return Some(Element { to, line: false, void: false });
    }
    if let Some(to) = one_of(VOID) {
        return Some(Element { to, line: to != "wbr", void: true });
    }
    let (_, to) = AS_OTHERS.iter().find(|(one, _)| *one == name)?;
    Some(Element { to, line: *to != "span", void: false })
}

fn is_small(value: &str) -> bool {
    value.len() <= 2 && value.parse::<u8>().is_ok_and(|number| number > 0)
}

fn is_language(value: &str) -> bool {
    (2..=20).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Returns whether an address holds a picture itself, of a kind that is no more than a picture.
pub(super) fn is_own_picture(address: &str) -> bool {
    let kinds = ["png", "jpeg", "jpg", "gif", "webp"];
    let data = kinds.iter().find_map(|kind| address.strip_prefix(&format!("data:image/{kind};base64,")));
    data.is_some_and(|data| {
        !data.is_empty() && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
    })
}
