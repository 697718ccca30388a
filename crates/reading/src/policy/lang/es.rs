//! Spanish.

use super::Language;

pub(super) static ES: Language = Language {
    code: "es", name: "Spanish", numbers: &[], ordinals: &[], one: &[], next: &[], within: &[], units: &[], working: &[], filler: &[],
    to: &[], stage: &[], step: &[], clause: &[], columns: &[], cues: &[], small: &[], common: &[],
};
