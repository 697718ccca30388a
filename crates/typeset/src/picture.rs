//! The ladder as a picture to send to somebody: the rungs from the lowest up, each with its best contacts.
//!
//! Drawn as SVG, whose texts are set in the embedded fonts, and made into PNG, which every messenger shows.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use crate::SetError;

/// The width, in pixels.
const WIDTH: u32 = 1080;
/// Where the words of a rung begin.
const LEFT: u32 = 170;
/// The most characters of a line of each size, at that width.
const MOST_NAME: usize = 44;
const MOST_LINE: usize = 52;
/// The most rungs, and lines of one.
const MOST_RUNGS: usize = 12;
const MOST_LINES: usize = 3;

/// What the picture shows.
#[derive(Clone, Debug, Default)]
pub struct LadderPicture {
    /// The company.
    pub title: String,
    /// A line below it.
    pub subtitle: String,
    /// The rungs, the lowest first.
    pub rungs: Vec<PictureRung>,
    /// A line at the foot.
    pub foot: String,
}

/// A rung of it.
#[derive(Clone, Debug, Default)]
pub struct PictureRung {
    /// Its name.
    pub name: String,
    /// When it opens, where a clock says so.
    pub opens: Option<String>,
    /// Its best contacts, a line each.
    pub lines: Vec<String>,
}

/// Draws the picture as PNG.
///
/// # Errors
///
/// [`SetError::Typesetter`] where it cannot be drawn.
pub fn ladder_picture(ladder: &LadderPicture) -> Result<Vec<u8>, SetError> {
    let failed = |error: &dyn std::fmt::Display| SetError::Typesetter(error.to_string());
    let (svg, height) = svg(ladder);
    let options = usvg::Options { fontdb: fonts(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(&svg, &options).map_err(|error| failed(&error))?;
    let mut picture = Pixmap::new(WIDTH, height).ok_or_else(|| failed(&"the picture has no size"))?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| failed(&error))
}

/// Returns the embedded fonts, read once.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let made = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for font in crate::world::FONTS {
            fonts.load_font_data(font.to_vec());
        }
        fonts.set_serif_family("Libertinus Serif");
        fonts.set_monospace_family("DejaVu Sans Mono");
        Arc::new(fonts)
    });
    Arc::clone(made)
}

/// Draws the picture as SVG, and returns its height.
fn svg(ladder: &LadderPicture) -> (String, u32) {
    let mut body = String::new();
    let mut text = |x: u32, y: u32, size: u32, kind: &str, words: &str, most: usize| {
        let words = escaped(&shortened(words, most));
        let _ = write!(body, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" {kind}>{words}</text>");
    };
    let (strong, soft, amber) =
        ("font-weight=\"700\" fill=\"#18211f\"", "fill=\"#505b57\"", "fill=\"#7d4a00\"");
    text(60, 96, 54, strong, &ladder.title, 38);
    text(60, 142, 28, soft, &ladder.subtitle, 76);
    let first = 200;
    let mut at = first;
    let mut steps = String::new();
    for (number, rung) in (1..).zip(ladder.rungs.iter().take(MOST_RUNGS)) {
        let _ = write!(
            steps,
            "<rect x=\"58\" y=\"{}\" width=\"84\" height=\"54\" rx=\"12\" fill=\"#0d5c52\"/><text x=\"100\" y=\"{}\" font-size=\"32\" font-weight=\"700\" fill=\"#fff\" text-anchor=\"middle\">{number}</text>",
            at - 6,
            at + 32
        );
        text(LEFT, at + 30, 36, strong, &rung.name, MOST_NAME);
        at += 44;
        if let Some(opens) = &rung.opens {
            text(LEFT, at + 26, 26, amber, opens, MOST_LINE);
            at += 36;
        }
        for line in rung.lines.iter().take(MOST_LINES) {
            text(LEFT, at + 28, 25, "font-family=\"DejaVu Sans Mono\" fill=\"#18211f\"", line, MOST_LINE);
            at += 38;
        }
        at += 34;
    }
    text(60, at + 34, 24, soft, &ladder.foot, 90);
    let height = at + 70;
    let rails = format!(
        "<rect x=\"66\" y=\"{0}\" width=\"10\" height=\"{1}\" rx=\"5\" fill=\"#c9a86a\"/><rect x=\"124\" y=\"{0}\" width=\"10\" height=\"{1}\" rx=\"5\" fill=\"#c9a86a\"/>",
        first - 24,
        at - first
    );
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"Libertinus Serif\"><rect width=\"100%\" height=\"100%\" fill=\"#f4f5f1\"/>{rails}{steps}{body}</svg>"
    );
    (svg, height)
}

/// Cuts a text to so many characters, and says so.
fn shortened(words: &str, most: usize) -> String {
    let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.chars().count() <= most {
        return plain;
    }
    let cut: String = plain.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(rungs: usize) -> LadderPicture {
        let rung = PictureRung {
            name: "Complaints <team> & co".into(),
            opens: Some("after 10 working days".into()),
            lines: vec!["020 7946 0123".into(), "x".repeat(500)],
        };
        LadderPicture {
            title: "Brightwell Energy </text><script>".into(),
            subtitle: "energy".into(),
            rungs: vec![rung; rungs],
            foot: "made on one computer".into(),
        }
    }

    #[test]
    fn a_ladder_of_any_size_becomes_a_picture_of_its_own_height() {
        let height = |png: &[u8]| u32::from_be_bytes(png[20..24].try_into().unwrap());
        let (none, two) = (ladder_picture(&ladder(0)).unwrap(), ladder_picture(&ladder(2)).unwrap());
        assert!(two.starts_with(b"\x89PNG") && height(&two) > height(&none));
        assert_eq!(
            height(&ladder_picture(&ladder(MOST_RUNGS)).unwrap()),
            height(&ladder_picture(&ladder(500)).unwrap())
        );
    }

    #[test]
    fn words_are_drawn_and_stay_words() {
        let (drawn, _) = svg(&ladder(1));
        assert!(drawn.contains("&lt;/text&gt;&lt;script&gt;") && !drawn.contains("<script>"));
        let blank =
            ladder_picture(&LadderPicture { rungs: vec![PictureRung::default()], ..ladder(0) }).unwrap();
        assert_ne!(blank, ladder_picture(&ladder(1)).unwrap());
    }
}
