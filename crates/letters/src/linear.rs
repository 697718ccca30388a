//! Weighted cues: what each cue says for or against an answer.
//!
//! The weights are a table in plain text (`data/weights`), trained offline by `tools/letters/train.py`; a line is an answer, a feature and a
//! weight. The sum of an answer's weights over the features of a text, above its threshold, says yes. Nothing else is learnt, so that
//! every answer can be explained by the words it rests on.

use std::collections::BTreeMap;

/// A table of weights.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// For each answer, its bias and the weight of each feature.
    answers: BTreeMap<String, (f32, BTreeMap<String, f32>)>,
}

impl Weights {
    /// Reads a table. A line that is not an answer, a feature and a number is left out; a test holds that none is.
    pub(crate) fn parse(table: &str) -> Self {
        let mut weights = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (Some(answer), Some(feature), Some(Ok(weight))) =
                (words.next(), words.next(), words.next().map(str::parse::<f32>))
            else {
                continue;
            };
            let entry = weights.answers.entry(answer.to_owned()).or_default();
            if feature == "bias" {
                entry.0 = weight;
            } else {
                entry.1.insert(feature.to_owned(), weight);
            }
        }
        weights
    }

    /// Returns the sum for an answer: above zero is yes.
    pub(crate) fn score<'f>(&self, answer: &str, features: impl IntoIterator<Item = &'f str>) -> f32 {
        let Some((bias, weights)) = self.answers.get(answer) else { return f32::MIN };
        bias + features.into_iter().filter_map(|feature| weights.get(feature)).sum::<f32>()
    }

    /// Returns the weight of a feature for an answer, zero where there is none.
    pub(crate) fn weight(&self, answer: &str, feature: &str) -> f32 {
        self.answers.get(answer).and_then(|(_, weights)| weights.get(feature)).copied().unwrap_or_default()
    }

    /// Returns the answers in the table.
    #[cfg(test)]
    pub(crate) fn answers(&self) -> impl Iterator<Item = &str> {
        self.answers.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_over_the_features_above_the_bias_says_yes() {
        let weights = Weights::parse("# made up\nyes bias -1\nyes thanks 0.5\nyes sorry 0.75\n");
        assert!(weights.score("yes", ["thanks", "sorry"]) > 0.0);
        assert!(weights.score("yes", ["thanks", "unknown"]) < 0.0);
        assert!(weights.score("no", ["thanks"]) < 0.0);
    }
}
