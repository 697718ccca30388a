//! Weights: what speaks for each answer, as a table that one can read, and the sum that decides.
//!
//! A row is a feature (`near_before.ack`, `unit.working_days`) and one weight a class. The sum of the rows that hold, class
//! by class, is the score; the highest wins. The tables are made by `bench/policy/fit.py` from procedures with known
//! answers; where they come from and what they reach is told in `bench/policy/README.md`.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

/// What was observed of one thing, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Features(pub(super) Vec<String>);

impl Features {
    /// Adds what holds.
    pub(super) fn add(&mut self, name: impl Into<String>) {
        self.0.push(name.into());
    }

    /// Adds what holds if it does.
    pub(super) fn when(&mut self, holds: bool, name: &str) {
        if holds {
            self.0.push(name.to_owned());
        }
    }
}

/// A table of weights.
#[derive(Debug, Default)]
pub(super) struct Model {
    classes: Vec<String>,
    rows: HashMap<String, Vec<f32>, FixedState>,
}

impl Model {
    /// Reads a table: a first line `classes A B …`, then a feature and its weights a line. Lines with `#` are remarks.
    pub(super) fn parse(table: &str) -> Self {
        let mut model = Self::default();
        for line in table.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let mut parts = line.split_whitespace();
            let Some(name) = parts.next() else { continue };
            if name == "classes" {
                model.classes = parts.map(str::to_owned).collect();
            } else {
                model.rows.insert(name.to_owned(), parts.filter_map(|weight| weight.parse().ok()).collect());
            }
        }
        model
    }

    /// Returns the score of each class, in the order of the table.
    pub(super) fn scores(&self, features: &Features) -> Vec<f32> {
        let mut sums = vec![0.0; self.classes.len()];
        let bias = self.rows.get("bias").into_iter();
        for row in bias.chain(features.0.iter().filter_map(|name| self.rows.get(name.as_str()))) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += weight;
            }
        }
        sums
    }

    /// Returns the class with the highest score.
    pub(super) fn best(&self, features: &Features) -> &str {
        let scores = self.scores(features);
        let mut best = 0;
        for (at, &score) in scores.iter().enumerate() {
            if score > scores[best] {
                best = at;
            }
        }
        self.classes.get(best).map_or("other", String::as_str)
    }

    /// Returns how much more speaks for one class than for another; nothing where a class is not known.
    pub(super) fn margin(&self, features: &Features, one: &str, other: &str) -> f32 {
        let scores = self.scores(features);
        let place = |name: &str| self.classes.iter().position(|class| class == name);
        match (place(one), place(other)) {
            (Some(one), Some(other)) => scores[one] - scores[other],
            _ => f32::INFINITY,
        }
    }

    /// Returns the names of the classes.
    pub(super) fn classes(&self) -> &[String] {
        &self.classes
    }
}

/// The four tables by which a procedure is read.
#[derive(Debug)]
pub struct Weights {
    /// Whether a text is a procedure.
    pub(super) whole: Model,
    /// What a duration binds.
    pub(super) clock: Model,
    /// Whether a draft stands as a stage.
    pub(super) stage: Model,
    /// On which rung a stage stands.
    pub(super) rung: Model,
}

impl Weights {
    /// Reads tables: which texts are procedures, what durations bind, which drafts are stages, on which rungs these stand.
    /// For fitting; everybody else reads by [`Self::builtin`].
    #[must_use]
    pub fn parse([whole, clock, stage, rung]: [&str; 4]) -> Self {
        let [whole, clock, stage, rung] = [whole, clock, stage, rung].map(Model::parse);
        Self { whole, clock, stage, rung }
    }

    /// Returns the tables of the house.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Weights> = LazyLock::new(|| {
            Weights::parse([
                include_str!("weights/whole.txt"),
                include_str!("weights/clock.txt"),
                include_str!("weights/stage.txt"),
                include_str!("weights/rung.txt"),
            ])
        });
        &BUILTIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_that_hold_decide_and_unknown_ones_do_not_count() {
        let model = Model::parse("# a remark\nclasses yes no\nbias 0.0 0.5\nred 1.0 -1.0\n");
        let mut features = Features::default();
        features.add("blue");
        assert_eq!(model.best(&features), "no");
        features.when(true, "red");
        features.when(false, "bias");
        assert_eq!(model.best(&features), "yes");
        assert_eq!(model.classes(), ["yes", "no"]);
    }

    #[test]
    fn each_table_in_the_house_has_one_weight_a_class() {
        let Weights { whole, clock, stage, rung } = Weights::builtin();
        for model in [whole, clock, stage, rung] {
            assert!(model.classes.len() > 1);
            assert!(model.rows.values().all(|row| row.len() == model.classes.len()));
        }
    }
}
