//! Italian.

use super::Language;

pub(super) static IT: Language = Language {
    code: "it", name: "Italian", numbers: &[], ordinals: &[], one: &[], next: &[], within: &[], units: &[], working: &[], filler: &[],
    to: &[], stage: &[], step: &[], clause: &[], columns: &[], cues: &[], small: &[], common: &[],
};
