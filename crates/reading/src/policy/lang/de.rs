//! German.

use super::Language;

pub(super) static DE: Language = Language {
    code: "de", name: "German", numbers: &[], ordinals: &[], one: &[], next: &[], within: &[], units: &[], working: &[], filler: &[],
    to: &[], stage: &[], step: &[], clause: &[], columns: &[], cues: &[], small: &[], common: &[],
};
