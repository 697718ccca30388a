//! `scam-check` held to messages of our own: calls as they are told, texts and e-mails, half of them frauds, in four languages.
//! Fictional companies on reserved domains, numbers kept for fiction; labelled before they were first checked.

use desk::Country;
use desk::scam_check::scam_check;
use serde_json::Value;

#[test]
fn calls_texts_and_mails_are_told_from_frauds() {
    let (mut hit, mut wrong, mut missed) = (0, 0, Vec::new());
    let mut off = Vec::new();
    for line in include_str!("messages.jsonl").lines() {
        let gold: Value = serde_json::from_str(line).unwrap();
        let text = gold["text"].as_str().unwrap();
        let answer = scam_check(text, None, Country::parse(gold["country"].as_str().unwrap()).ok());
        match (gold["fraud"].as_bool().unwrap(), answer.verdict != "no_signs") {
            (true, true) => hit += 1,
            (true, false) => missed.push(text.to_owned()),
            (false, true) => {
                wrong += 1;
                off.push(format!("{text}: {:?}", answer.signs));
            }
            (false, false) => {}
        }
    }
    assert!(wrong == 0, "honest and called a fraud:\n{}", off.join("\n"));
    assert!(missed.len() * 12 <= hit, "{hit} told, missed:\n{}", missed.join("\n"));
}
