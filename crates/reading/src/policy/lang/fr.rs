//! French.

use super::Language;

pub(super) static FR: Language = Language {
    code: "fr", name: "French", numbers: &[], ordinals: &[], one: &[], next: &[], within: &[], units: &[], working: &[], filler: &[],
    to: &[], stage: &[], step: &[], clause: &[], columns: &[], cues: &[], small: &[], common: &[],
};
