//! Dutch.

use super::Language;

pub(super) static NL: Language = Language {
    code: "nl", name: "Dutch", numbers: &[], ordinals: &[], one: &[], next: &[], within: &[], units: &[], working: &[], filler: &[],
    to: &[], stage: &[], step: &[], clause: &[], columns: &[], cues: &[], small: &[], common: &[],
};
