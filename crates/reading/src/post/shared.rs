//! Desks that a value shares with another beside it: two in one breath, or one that takes the place of the other.

use regex::Regex;

use super::company::Owner;
use super::mention::Mention;
use super::{Scene, rungs, same};

/// Returns the desk of the value before, where the two stand in one breath: `a@x or 020 …`.
pub(super) fn shared_desk(scene: &Scene<'_>, mention: &Mention) -> Option<rungs::Named> {
    let before = scene
        .mentions
        .iter()
        .filter(|m| m.span.end <= mention.span.start && !same(&m.reach, &mention.reach))
        .max_by_key(|m| m.span.end)?;
    if before.message != mention.message {
        return None;
    }
    let gap = &scene.plain.text[before.span.end..mention.span.start];
    let short = gap.len() <= 24 && !gap.contains('\n') && !gap.contains(". ");
    let cc = gap.to_lowercase().contains("cc");
    (short && !cc).then(|| {
        rungs::name(
            &scene.plain.text,
            before,
            &scene.mentions,
            &scene.messages,
            &scene.company,
            scene.country,
        )
    })
}

/// Returns the desk of the mailbox that stands in one breath with a value before it: `0161 … or complaints@x`.
fn desk_of_next_mailbox(scene: &Scene<'_>, mention: &Mention) -> Option<rungs::Named> {
    let next = scene
        .mentions
        .iter()
        .filter(|m| m.span.start >= mention.span.end && m.message == mention.message)
        .min_by_key(|m| m.span.start)?;
    let gap = &scene.plain.text[mention.span.end..next.span.start];
    let short = gap.len() <= 12 && !gap.contains(['\n', '.', ';']);
    (short && next.owner == Some(Owner::Own) && next.reach.as_email().is_some()).then(|| {
        rungs::name(&scene.plain.text, next, &scene.mentions, &scene.messages, &scene.company, scene.country)
    })
}

/// Returns the desk of the value that this one takes the place of: `it moved, it is now …`.
fn replaced(scene: &Scene<'_>, mention: &Mention) -> Option<rungs::Named> {
    static MOVED: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
        super::rx(
            r"(?i)\b(?:it|that|they|this)(?:['’]s|\s+is|\s+has|\s+have)?\s+(?:now|moved|changed|been replaced)|new (?:one|address|number|mailbox|line) is|replaced (?:by|with)|jetzt|inzwischen|désormais|maintenant|ahora es|adesso è|nu is het|tegenwoordig",
        )
    });
    static THERE: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
        super::rx(
            r"(?i)\b(?:there|same (?:people|team|office|desk|department)|they (?:also|even)|(?:also|too) (?:has|have)|has (?:also )?a (?:number|phone|line)|dort|ebenda|dieselbe\w*|là[- ]bas|(?:a|ont) aussi|même (?:service|équipe)|allí|también tiene|lì|ha anche|daar|heeft ook)\b",
        )
    });
    let before = &scene.plain.text[mention.sentence.start.min(mention.span.start)..mention.span.start];
    if !MOVED.is_match(before) && !THERE.is_match(before) {
        return None;
    }
    let old = scene
        .mentions
        .iter()
        .filter(|m| m.span.end <= mention.span.start && m.reach != mention.reach)
        .max_by_key(|m| m.span.end)?;
    let mut named =
        rungs::name(&scene.plain.text, old, &scene.mentions, &scene.messages, &scene.company, scene.country);
    named.weight += 3.0;
    Some(named)
}

/// Returns the desk of the mailbox beside a value that is named by little, or of the value that it takes the place of.
pub(super) fn beside_or_replaced(scene: &Scene<'_>, mention: &Mention, weight: f32) -> Option<rungs::Named> {
    let beside = if weight < 1.0 { desk_of_next_mailbox(scene, mention) } else { None };
    beside.or_else(|| if weight < 2.0 { replaced(scene, mention) } else { None })
}
