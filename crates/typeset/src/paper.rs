//! Paper, and where an address must stand on it so that the window of an envelope shows it.
//!
//! Sources of the places: DIN 5008 form B (field 85 by 45 mm, 20 mm from the left edge and 45 mm from the top); BS 4264 and the
//! common British DL window (90 by 35 mm, 20 mm from the left and 18 mm from the bottom of the envelope); NF Z 11-001 and the
//! common French DL windows (100 by 35 and 100 by 45 mm, 20 mm from the right and 20 mm from the bottom); the US No. 10 envelope with one
//! left window (4½ by 1⅛ inches, ⅞ inch from the left and ½ inch from the bottom). A folded sheet slips in its envelope: a
//! place holds for every position of the sheet.

use serde::Serialize;

/// The size of a sheet.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub enum Paper {
    /// 210 by 297 mm.
    #[serde(rename = "a4")]
    A4,
    /// 8½ by 11 inches.
    #[serde(rename = "us-letter")]
    UsLetter,
}

impl Paper {
    /// Returns the paper that is usual in a country (ISO 3166-1).
    #[must_use]
    pub fn of_country(code: &str) -> Self {
        match code {
            "US" | "CA" | "MX" | "CL" | "CO" | "PH" | "PR" => Self::UsLetter,
            _ => Self::A4,
        }
    }

    /// Returns the paper of a name as people write it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.to_lowercase().as_str() {
            "a4" => Some(Self::A4),
            "letter" | "us-letter" | "us letter" => Some(Self::UsLetter),
            _ => None,
        }
    }
}

/// The convention by which sender, address and date are placed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// DIN 5008 form B: window on the left, with the return address in it, and fold marks.
    Din,
    /// British: window on the left.
    British,
    /// French, Spanish, Swiss: window on the right.
    Right,
    /// American: No. 10 envelope, window on the left.
    American,
}

impl Window {
    /// Returns the convention of a country (ISO 3166-1) on a paper.
    #[must_use]
    pub fn of_country(code: &str, paper: Paper) -> Self {
        match (paper, code) {
            (Paper::UsLetter, _) => Self::American,
            (_, "DE" | "AT" | "LU" | "NL") => Self::Din,
            (_, "FR" | "MC" | "BE" | "ES" | "PT" | "IT" | "CH" | "LI") => Self::Right,
            _ => Self::British,
        }
    }

    /// Returns where the address may stand: left, top, width and height from the corner of the sheet, in millimetres.
    #[must_use]
    pub const fn address(self) -> [f64; 4] {
        match self {
            // The 45 mm field less the return line and the zone for postal marks.
            Self::Din => [25.0, 62.7, 75.0, 27.3],
            Self::British => [25.0, 56.5, 72.0, 24.5],
            Self::Right => [110.0, 55.0, 78.0, 24.0],
            Self::American => [25.4, 63.5, 84.6, 17.0],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window in the coordinates of the sheet, for the least and the most that the sheet slips: left, top, right, bottom.
    fn shown(envelope: [f64; 2], window: [f64; 4], fold: f64, sheet: f64) -> Vec<[f64; 4]> {
        let (across, down) = (envelope[0] - sheet, envelope[1] - fold);
        let mut places = Vec::new();
        for dx in [0.0, across] {
            for dy in [0.0, down] {
                let [x, y, w, h] = window;
                places.push([x - dx, y - dy, x + w - dx, y + h - dy]);
            }
        }
        places
    }

    #[test]
    fn the_address_shows_in_the_window_wherever_the_sheet_slips_to() {
        let dl = [220.0, 110.0];
        for (window, frames) in [
            // 18 mm from the bottom: from 57 to 92 mm.
            (Window::British, shown(dl, [20.0, 57.0, 90.0, 35.0], 99.0, 210.0)),
            // 20 mm from the right and the bottom.
            (Window::Right, shown(dl, [100.0, 45.0, 100.0, 45.0], 99.0, 210.0)),
            (Window::Right, shown(dl, [100.0, 55.0, 100.0, 35.0], 99.0, 210.0)),
            // 105 mm to the first fold; the German window is 90 by 45 mm, 20 mm from the left and 15 mm from the bottom.
            (Window::Din, shown(dl, [20.0, 50.0, 90.0, 45.0], 105.0, 210.0)),
            (Window::American, shown([241.3, 104.8], [22.2, 63.5, 114.3, 28.6], 93.1, 215.9)),
        ] {
            let [x, y, w, h] = window.address();
            for [left, top, right, bottom] in frames {
                // Half a millimetre of play is nobody's loss.
                assert!(
                    x >= left - 0.5 && y >= top - 0.5 && x + w <= right + 0.5 && y + h <= bottom + 0.5,
                    "{window:?} {:?} outside of {:?}",
                    window.address(),
                    [left, top, right, bottom]
                );
            }
        }
    }

    #[test]
    fn a_country_has_its_paper_and_its_window() {
        for (code, paper, window) in [
            ("GB", Paper::A4, Window::British),
            ("DE", Paper::A4, Window::Din),
            ("FR", Paper::A4, Window::Right),
            ("ES", Paper::A4, Window::Right),
            ("US", Paper::UsLetter, Window::American),
        ] {
            assert_eq!((Paper::of_country(code), Window::of_country(code, paper)), (paper, window), "{code}");
        }
        assert_eq!(Paper::named("Letter"), Some(Paper::UsLetter));
        assert_eq!(Paper::named("A5"), None);
    }
}
