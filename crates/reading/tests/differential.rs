//! The outline against a real tree: html5ever builds the DOM of the same page, and both must tell the same story.
//!
//! Pages are made by a small grammar that nests, misnests and forgets to close as people do. Visible text, links and
//! headings must agree to the letter. Where a corpus of real pages lies beside the checkout, they must agree on it too.

#![expect(clippy::print_stderr, reason = "a test that skips says so")]

use std::path::Path;

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use reading::outline::{self, BlockKind, LinkKind, Outline};
use scraper::{ElementRef, Html, HtmlTreeSink, Node};

/// What a page shows.
#[derive(Debug, Default, Eq, PartialEq)]
struct Shown {
    /// Visible text without white space.
    text: String,
    /// Addresses of anchors, in order. A tree repeats an anchor that was left open, so a repetition counts once.
    links: Vec<String>,
    /// Texts of headings without white space, in order.
    headings: Vec<String>,
}

fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
        .collect()
}

/// Keeps the first of each.
fn once(links: &mut Vec<String>) {
    let mut seen = std::collections::HashSet::new();
    links.retain(|link| seen.insert(link.clone()));
}

/// Reads a page by its tree.
fn by_tree(html: &str) -> Shown {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let page = driver::parse_document(HtmlTreeSink::new(Html::new_document()), opts).one(html);
    let mut shown = Shown::default();
    visit(page.root_element(), &mut shown, false, false);
    shown.headings.retain(|heading| !heading.is_empty());
    once(&mut shown.links);
    shown
}

/// Elements whose text no reader sees, or sees only as the state of a control.
const UNSEEN: [&str; 12] = [
    "script", "style", "template", "iframe", "textarea", "noframes", "noembed", "select", "option", "title",
    "desc", "head",
];

fn visit(parent: ElementRef<'_>, shown: &mut Shown, seen: bool, in_heading: bool) {
    for child in parent.children() {
        match child.value() {
            Node::Text(text) if seen => {
                shown.text.push_str(&squeeze(text));
                if in_heading && let Some(heading) = shown.headings.last_mut() {
                    heading.push_str(&squeeze(text));
                }
            }
            Node::Element(element) => {
                let name = element.name();
                let hidden = element
                    .attr("style")
                    .is_some_and(|style| style.replace(' ', "").contains("display:none"));
                let icon = element.attr("class").is_some_and(|class| class.contains("material-icons"));
                let inline = matches!(
                    name,
                    "a" | "span" | "b" | "i" | "em" | "strong" | "label" | "button" | "small" | "font"
                );
                let dropped = UNSEEN.contains(&name)
                    || (inline && (hidden || icon || element.attr("hidden").is_some()));
                let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") && seen && !dropped;
                if name == "a"
                    && let Some(href) =
                        element.attrs().find(|(name, _)| *name == "href").map(|(_, href)| href)
                    && !href.trim().is_empty()
                {
                    shown.links.push(href.trim().to_owned());
                }
                if heading {
                    shown.headings.push(String::new());
                }
                let Some(child) = ElementRef::wrap(child) else { continue };
                visit(child, shown, (seen || name == "body") && !dropped, in_heading || heading);
            }
            _ => {}
        }
    }
}

/// Reads a page by its outline.
fn by_outline(outline: &Outline) -> Shown {
    let heading = |id: &usize| matches!(outline.blocks[*id].kind, BlockKind::Heading(1..=6));
    let mut shown = Shown {
        text: squeeze(&outline.text),
        links: outline
            .links
            .iter()
            .filter(|link| link.kind == LinkKind::Anchor)
            .map(|link| link.href.clone())
            .collect(),
        headings: (0..outline.blocks.len())
            .filter(heading)
            .map(|id| squeeze(outline.block_text(id)))
            .collect(),
    };
    once(&mut shown.links);
    shown
}

/// A small generator of numbers (xorshift), so that a failing page can be made again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or_default()
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }
}

const WORDS: [&str; 20] = [
    "Call",
    "020 7946 0000",
    "caf\u{e9}",
    "&amp;",
    "&eacute;",
    "&#8364;",
    "a&nbsp;b",
    "x < y",
    "AT&T",
    "&notit;",
    "info@acme.example",
    "\u{2019}s",
    "&lt;b&gt;",
    "1&frac12;",
    "zero\u{200b}width",
    "&copy",
    "line\nbreak",
    "tab\there",
    "\u{4e2d}\u{6587}",
    "<",
];

/// Writes a run of words and inline elements.
fn inline(dice: &mut Dice, depth: usize, page: &mut String) {
    for _ in 0..=dice.roll(3) {
        match dice.roll(if depth > 4 { 4 } else { 13 }) {
            0..=3 => {
                page.push_str(dice.pick(&WORDS));
                page.push_str(dice.pick(&["", " ", "\n", "<br>", "<wbr>", "<!-- note -->"]));
            }
            4 => {
                // Each address once, so that none hides behind another.
                let n = page.len();
                page.extend([match dice.roll(4) {
                    0 => format!("<a href=/{n}>"),
                    1 => format!("<a href='/{n}?a=1&amp;b=2' title=t>"),
                    2 => format!("<A HREF = {n}>"),
                    _ => "<a name=n>".to_owned(),
                }]);
                inline(dice, depth + 1, page);
                page.push_str(dice.pick(&["</a>", "</A >", ""]));
            }
            5..=7 => {
                let name = dice.pick(&["b", "i", "span", "strong", "em", "font", "small", "u", "x-card"]);
                page.extend([format!(
                    "<{name}{}>",
                    dice.pick(&["", " class=p-4", " class='a' class='b'", " data-x"])
                )]);
                inline(dice, depth + 1, page);
                // Now and then closed by another's name, or not at all.
                match dice.roll(8) {
                    0 => {}
                    1 => page.push_str("</em>"),
                    _ => page.extend([format!("</{name}>")]),
                }
            }
            8 => page.push_str(dice.pick(&[
                "<script>if (a<b) document.write('<p>no</p>')</script>",
                "<style>p{content:'<b>'}</style>",
                "<svg viewBox='0 0 1 1'><title>No</title><path d=M0/></svg>",
                "<svg><style>x</style><a xlink:href=/s>drawn</a></svg>",
                "<template><p>no</p></template>",
                "<textarea><p>no</textarea>",
                "<iframe src=/f><p>no</p></iframe>",
                "<select><option>one<option selected>two</select>",
                "<img src=a alt=b>",
                "<input value=no>",
                "<span style='display: none'>no</span>",
                "<noscript>maybe</noscript>",
                "<math><mi>x</mi><mo>=</mo></math>",
            ])),
            9 => {
                page.push_str("<button>");
                inline(dice, depth + 1, page);
                page.push_str("</button>");
            }
            10 => page.push_str(dice.pick(&["</span>", "</b>", "</p>", "</i>", "</div>", "</li>", "</h2>"])),
            11 => page.push_str(dice.pick(&["<p>", "<hr>", "<br/>", "</br>"])),
            _ => {
                page.push_str("<label>");
                inline(dice, depth + 1, page);
                page.push_str("</label>");
            }
        }
    }
}

/// Writes blocks.
fn blocks(dice: &mut Dice, depth: usize, page: &mut String) {
    for _ in 0..=dice.roll(4) {
        match dice.roll(if depth > 4 { 4 } else { 11 }) {
            0 | 1 => {
                page.push_str("<p>");
                inline(dice, depth, page);
                page.push_str(dice.pick(&["</p>", "", "\n"]));
            }
            2 => {
                let name = dice.pick(&["h1", "h2", "h3", "h4"]);
                page.extend([format!(
                    "<{name}>{}{}",
                    dice.pick(&WORDS),
                    dice.pick(&["<b>x</b>", "<a href=/h>y</a>", ""])
                )]);
                page.extend([format!("</{}>", dice.pick(&[name, name, "h2"]))]);
            }
            3 => inline(dice, depth, page),
            4 | 5 => {
                let name = dice.pick(&[
                    "div",
                    "section",
                    "article",
                    "header",
                    "footer",
                    "nav",
                    "main",
                    "aside",
                    "address",
                    "form",
                    "blockquote",
                ]);
                page.extend([format!(
                    "<{name}{}>",
                    dice.pick(&["", " id=main", " class=footer", " hidden"])
                )]);
                blocks(dice, depth + 1, page);
                match dice.roll(9) {
                    0 => {}
                    1 => page.push_str("</div>"),
                    _ => page.extend([format!("</{name}>")]),
                }
            }
            6 | 7 => {
                let name = dice.pick(&["ul", "ol"]);
                page.extend([format!("<{name}>")]);
                for _ in 0..=dice.roll(3) {
                    page.push_str("<li>");
                    if dice.roll(3) == 0 {
                        blocks(dice, depth + 1, page);
                    } else {
                        inline(dice, depth, page);
                    }
                    page.push_str(dice.pick(&["</li>", "", "\n"]));
                }
                page.extend([format!("</{name}>")]);
            }
            8 => {
                page.push_str("<dl>");
                for _ in 0..=dice.roll(2) {
                    page.push_str(dice.pick(&["<dt>", "<dd>"]));
                    inline(dice, depth, page);
                }
                page.push_str("</dl>");
            }
            9 => {
                page.push_str(dice.pick(&["<table>", "<table><tbody>", "<table><caption>c</caption>"]));
                for _ in 0..=dice.roll(2) {
                    page.push_str("<tr>");
                    for _ in 0..=dice.roll(2) {
                        page.push_str(dice.pick(&["<td>", "<th>", "<td colspan=2>"]));
                        if dice.roll(4) == 0 {
                            blocks(dice, depth + 1, page);
                        } else {
                            // Kept whole: what is left open in a cell may be taken out of the table by the standard.
                            page.push_str(dice.pick(&WORDS[..12]));
                        }
                        page.push_str(dice.pick(&["</td>", "", "</td></tr><tr>"]));
                    }
                }
                page.push_str("</table>");
            }
            _ => page.push_str(dice.pick(&[
                "<center>x</center>",
                "<pre>a\n b</pre>",
                "<hr>",
                "<details><summary>s</summary>d</details>",
            ])),
        }
    }
}

#[test]
fn made_up_pages_show_the_same_as_their_tree() {
    let mut differ = Vec::new();
    for seed in 1..=3000_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut page = String::from(
            "<!doctype html><html lang=en><head><title>T &amp; t</title><meta charset=utf-8></head><body>",
        );
        blocks(&mut dice, 0, &mut page);
        let (tree, ours) = (by_tree(&page), by_outline(&outline::from_html(&page)));
        if tree != ours {
            differ.push((page.len(), page, tree, ours));
        }
    }
    differ.sort_by_key(|(len, ..)| *len);
    let first =
        differ.first().map(|(_, page, tree, ours)| format!("\n{page}\n tree {tree:?}\n ours {ours:?}"));
    assert!(differ.is_empty(), "{} pages differ, the shortest:{}", differ.len(), first.unwrap_or_default());
}

#[test]
fn real_pages_show_the_same_as_their_tree() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder =
        checkout.ancestors().map(|above| above.join("shared/corpus/pages")).find(|folder| folder.is_dir());
    let Some(files) = folder.and_then(|folder| std::fs::read_dir(folder).ok()) else {
        eprintln!("skipped: no corpus beside the checkout");
        return;
    };
    let (mut characters, mut links, mut headings) = ((0, 0), (0, 0), (0, 0));
    let mut report = String::new();
    for path in
        files.flatten().map(|file| file.path()).filter(|path| path.extension().is_some_and(|e| e == "html"))
    {
        let bytes = std::fs::read(&path).expect("a listed file can be read");
        let html = reading::charset::decode(&bytes, None).text;
        let (tree, ours) = (by_tree(&html), by_outline(&outline::from_html(&html)));
        if tree != ours {
            report.extend([format!(
                "{}: text {} {}, links {} {}, headings {} {}\n",
                path.display(),
                tree.text.len(),
                ours.text.len(),
                tree.links.len(),
                ours.links.len(),
                tree.headings.len(),
                ours.headings.len()
            )]);
        }
        characters =
            (characters.0 + tree.text.len(), characters.1 + tree.text.len().abs_diff(ours.text.len()));
        links = (links.0 + tree.links.len(), links.1 + tree.links.len().abs_diff(ours.links.len()));
        headings = (
            headings.0 + tree.headings.len(),
            headings.1 + tree.headings.len().abs_diff(ours.headings.len()),
        );
    }
    for (what, (all, off)) in [("characters", characters), ("links", links), ("headings", headings)] {
        assert!(off * 200 <= all, "{off} of {all} {what} differ\n{report}");
    }
}
