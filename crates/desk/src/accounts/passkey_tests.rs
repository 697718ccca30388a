//! Passkeys, held by a device of these tests that signs as a real one does.

use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp};
use passki::Passki;
use serde_json::{Value, json};

use super::passkey::{Browser, Site};
use super::*;

const WORDS: &str = "harbour violin muddy tuesday";
const ORIGIN: &str = "https://advice.example";

fn start() -> Timestamp {
    "2026-04-20T08:00:00Z".parse().unwrap()
}

fn site() -> Site {
    Site::of(ORIGIN).unwrap()
}

/// A device that keeps one key.
struct Device {
    key: SigningKey,
    id: &'static [u8],
    handle: Vec<u8>,
    counter: u32,
}

fn decoded(text: &Value) -> Vec<u8> {
    Passki::base64_decode(text.as_str().unwrap()).unwrap()
}

impl Device {
    fn new(seed: u8, id: &'static [u8]) -> Self {
        Self { key: SigningKey::from_bytes(&[seed; 32]), id, handle: Vec::new(), counter: 0 }
    }

    /// What stands at the head of what a device signs: the site, that somebody was there and proved who they are, a counter.
    fn head(&self, flags: u8) -> Vec<u8> {
        let mut head = Sha256::digest("advice.example").to_vec();
        head.push(flags);
        head.extend(self.counter.to_be_bytes());
        head
    }

    fn said(kind: &str, question: &Value, origin: &str) -> Vec<u8> {
        json!({"type": kind, "challenge": question["challenge"], "origin": origin}).to_string().into_bytes()
    }

    /// Makes its key known.
    fn makes(&mut self, question: &str) -> String {
        let question: Value = serde_json::from_str(question).unwrap();
        self.handle = decoded(&question["user"]["id"]);
        let mut head = self.head(0x45);
        head.extend([0; 16]);
        head.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        head.extend(self.id);
        // The public key as COSE: an octet key pair (1: 1), EdDSA (3: -8), Ed25519 (-1: 6), its 32 bytes (-2).
        head.extend([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]);
        head.extend(self.key.verifying_key().to_bytes());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(head.len()).unwrap());
        object.extend(head);
        let said = Self::said("webauthn.create", &question, ORIGIN);
        json!({"rawId": Passki::base64_encode(self.id), "response": {
            "clientDataJSON": Passki::base64_encode(&said),
            "attestationObject": Passki::base64_encode(&object), "transports": ["internal"],
        }})
        .to_string()
    }

    /// Answers at the door, as asked from an origin and with flags.
    fn answers_as(&mut self, question: &str, origin: &str, flags: u8) -> String {
        let question: Value = serde_json::from_str(question).unwrap();
        self.counter += 1;
        let (head, said) = (self.head(flags), Self::said("webauthn.get", &question, origin));
        let signed = [head.clone(), Sha256::digest(&said).to_vec()].concat();
        json!({"rawId": Passki::base64_encode(self.id), "response": {
            "clientDataJSON": Passki::base64_encode(&said), "authenticatorData": Passki::base64_encode(&head),
            "signature": Passki::base64_encode(&self.key.sign(&signed).to_bytes()),
            "userHandle": Passki::base64_encode(&self.handle),
        }})
        .to_string()
    }

    fn answers(&mut self, question: &str) -> String {
        self.answers_as(question, ORIGIN, 0x05)
    }
}

/// A reception with Ada and Ben, who are in.
async fn reception(folder: &Path) -> (Reception, Actor, Actor) {
    let reception = Reception::open(folder, None).await.unwrap();
    let mut actors = Vec::new();
    for name in ["ada", "ben"] {
        let (name, organisation, password) = (name.to_owned(), "north".to_owned(), WORDS.to_owned());
        let new = NewAccount {
            name: name.clone(),
            organisation,
            role: Role::Adviser,
            password,
            provisional: false,
        };
        reception.add(new, start()).await.unwrap();
        actors.push(reception.enter(&name, WORDS, None, start()).await.unwrap().unwrap().actor);
    }
    let ben = actors.pop().unwrap();
    (reception, actors.pop().unwrap(), ben)
}

fn browser(shows: &str) -> Browser<'_> {
    Browser { shows, source: "192.0.2.7" }
}

impl Reception {
    async fn asks_to_make(&self, actor: &Actor, shows: &str) -> String {
        self.ask_to_make_passkey(actor, &site(), WORDS, browser(shows), None, start()).await.unwrap()
    }

    async fn takes(&self, actor: &Actor, label: &str, answer: &str, shows: &str) -> Result<(), AccountError> {
        self.keep_passkey(actor, &site(), label, answer, shows, start()).await
    }

    fn asks(&self, shows: &str) -> String {
        self.ask_for_passkey(&site(), browser(shows), start()).unwrap()
    }

    async fn lets_in(&self, answer: &str, shows: &str) -> Option<String> {
        let entered =
            self.enter_by_passkey(&site(), answer, shows, Some("192.0.2.7"), start()).await.unwrap();
        entered.map(|entered| entered.actor.name)
    }
}

#[tokio::test]
async fn a_passkey_lets_its_account_in_without_a_name_and_each_answer_does_so_once() {
    let dir = tempfile::tempdir().unwrap();
    let (reception, ada, _) = reception(dir.path()).await;
    let (mut phone, mut key) = (Device::new(1, b"the phone"), Device::new(2, b"the key"));
    for (device, label) in [(&mut phone, "Phone"), (&mut key, " Key\u{7} ")] {
        let made = device.makes(&reception.asks_to_make(&ada, "s").await);
        reception.takes(&ada, label, &made, "s").await.unwrap();
        assert!(matches!(reception.takes(&ada, label, &made, "s").await.unwrap_err(), AccountError::Passkey));
    }
    assert_eq!(phone.handle, key.handle, "a browser knows one account, not two");
    let again: Value = serde_json::from_str(&reception.asks_to_make(&ada, "s").await).unwrap();
    assert_eq!(again["excludeCredentials"].as_array().unwrap().len(), 2, "no device makes a second one");
    assert_eq!(again["authenticatorSelection"]["userVerification"], "required");
    let shown = reception.passkeys(&ada).await.unwrap();
    let labels: Vec<&str> = shown.iter().map(|one| one.label.as_str()).collect();
    assert!(labels.contains(&"Phone") && labels.contains(&"Key"), "{labels:?}");
    let question = reception.asks("d");
    assert!(!question.contains("ada"), "the question names nobody: {question}");
    let answer = phone.answers(&question);
    assert_eq!(reception.lets_in(&answer, "d").await.as_deref(), Some("ada"));
    assert_eq!(reception.lets_in(&answer, "d").await, None, "an answer opens once");
    reception.asks("d");
    assert_eq!(reception.lets_in(&answer, "d").await, None, "and no other question");
    let answer = key.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "d").await.as_deref(), Some("ada"));
    assert!(
        reception.passkeys(&ada).await.unwrap().iter().all(|one| one.used.as_deref() == Some("2026-04-20"))
    );
    let deeds = reception.all_deeds(3).await.unwrap();
    let told: Vec<_> = deeds.iter().map(|row| (&*row.deed.who, &*row.deed.did, &*row.deed.outcome)).collect();
    assert_eq!(told[0], ("ada", "enter by passkey", "in"));
    assert_eq!(told[1], ("ada", "enter by passkey", "refused"));
}

#[tokio::test]
async fn what_is_not_of_this_browser_site_time_and_key_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (reception, ada, ben) = reception(dir.path()).await;
    let mut phone = Device::new(1, b"the phone");
    let made = phone.makes(&reception.asks_to_make(&ada, "s").await);
    // Another browser's answer, another account's, one of nonsense: and the question is gone each time.
    for (actor, answer, shows) in [(&ada, made.as_str(), "t"), (&ben, &made, "s"), (&ada, "{}", "s")] {
        let refused = reception.takes(actor, "Phone", answer, shows).await.unwrap_err();
        assert!(matches!(refused, AccountError::Passkey), "{shows}");
        if shows == "s" {
            reception.asks_to_make(&ada, "s").await;
        }
    }
    for label in ["", "  ", &"x".repeat(61)] {
        assert!(matches!(
            reception.takes(&ada, label, &made, "s").await.unwrap_err(),
            AccountError::Wrong(_)
        ));
    }
    let made = phone.makes(&reception.asks_to_make(&ada, "s").await);
    reception.takes(&ada, "Phone", &made, "s").await.unwrap();
    // Somebody else's account takes no key that is known already.
    let made = phone.makes(&reception.asks_to_make(&ben, "b").await);
    assert!(reception.takes(&ben, "Mine", &made, "b").await.is_err());
    phone.handle = b"somebody else entirely, not ada!".to_vec();
    let answer = phone.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "d").await, None, "the account that the device means is another");
    let question = reception.asks_to_make(&ada, "s").await;
    phone.handle = decoded(&serde_json::from_str::<Value>(&question).unwrap()["user"]["id"]);
    for (flags, origin, why) in [
        (0x01, ORIGIN, "nobody proved who they are"),
        (0x04, ORIGIN, "nobody was there"),
        (0x05, "https://advice.example.evil.example", "another site"),
        (0x05, "http://advice.example", "without TLS"),
    ] {
        let answer = phone.answers_as(&reception.asks("d"), origin, flags);
        assert_eq!(reception.lets_in(&answer, "d").await, None, "{why}");
    }
    let answer = phone.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "e").await, None, "another browser");
    for nonsense in ["", "{}", "null", &"[".repeat(70_000), "{\"rawId\":\"dGhlIHBob25l\",\"response\":{}}"] {
        reception.asks("d");
        assert_eq!(reception.lets_in(nonsense, "d").await, None);
    }
    let mut forged = Device::new(9, b"the phone");
    (forged.handle, forged.counter) = (phone.handle.clone(), 50);
    let answer = forged.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "d").await, None, "another key");
    phone.counter = 7;
    let answer = phone.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "d").await.as_deref(), Some("ada"), "and the key itself does");
    phone.counter = 7;
    let answer = phone.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "d").await, None, "a copy of it counts anew");
    let (site, late) = (site(), start() + SignedDuration::from_mins(6));
    let answer = phone.answers(&reception.asks("d"));
    assert!(reception.enter_by_passkey(&site, &answer, "d", None, late).await.unwrap().is_none(), "too late");
}

#[tokio::test]
async fn passkeys_are_made_with_the_password_and_managed_by_their_account_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (reception, ada, ben) = reception(dir.path()).await;
    let wrong = reception
        .ask_to_make_passkey(&ada, &site(), "wrong words in a row", browser("s"), None, start())
        .await;
    assert!(matches!(wrong.unwrap_err(), AccountError::Password));
    let mut phone = Device::new(1, b"the phone");
    let made = phone.makes(&reception.asks_to_make(&ada, "s").await);
    reception.takes(&ada, "Phone", &made, "s").await.unwrap();
    let id = reception.passkeys(&ada).await.unwrap().remove(0).id;
    assert!(!reception.rename_passkey(&ben, &id, "Mine").await.unwrap());
    assert!(!reception.remove_passkey(&ben, &id).await.unwrap());
    assert!(reception.rename_passkey(&ada, &id, "Old phone").await.unwrap());
    assert!(reception.rename_passkey(&ada, &id, " ").await.is_err());
    // Whoever fails to guess the password keeps nobody out who has a passkey.
    for _ in 0..6 {
        assert!(reception.enter("ada", "wrong words in a row", None, start()).await.unwrap().is_none());
    }
    assert!(reception.enter("ada", WORDS, None, start()).await.unwrap().is_none());
    let answer = phone.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "d").await.as_deref(), Some("ada"));
    reception.set_disabled("ada", true, start()).await.unwrap();
    reception.set_disabled("ada", false, start()).await.unwrap();
    let answer = phone.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "d").await, None, "it does not come back with the account");
    assert!(reception.passkeys(&ada).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_passkey_that_is_taken_back_ends_the_sessions_that_came_in_by_it_and_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let (reception, ada, _) = reception(dir.path()).await;
    let (mut phone, mut key) = (Device::new(1, b"the phone"), Device::new(2, b"the key"));
    let mut sessions = Vec::new();
    for (device, label) in [(&mut phone, "Phone"), (&mut key, "Key")] {
        let made = device.makes(&reception.asks_to_make(&ada, "s").await);
        reception.takes(&ada, label, &made, "s").await.unwrap();
        let answer = device.answers(&reception.asks("d"));
        let entered = reception.enter_by_passkey(&site(), &answer, "d", None, start()).await.unwrap();
        sessions.push(entered.unwrap().session);
    }
    sessions.push(reception.enter("ada", WORDS, None, start()).await.unwrap().unwrap().session);
    let lost = reception.passkeys(&ada).await.unwrap().into_iter().find(|one| one.label == "Phone").unwrap();
    let inside = async || {
        let mut inside = Vec::new();
        for session in &sessions {
            inside.push(reception.inside(session, start()).await.unwrap().is_some());
        }
        inside
    };
    assert_eq!(inside().await, [true, true, true]);
    assert!(reception.remove_passkey(&ada, &lost.id).await.unwrap());
    assert_eq!(inside().await, [false, true, true], "who came in by the phone is out, and nobody else");
    let answer = phone.answers(&reception.asks("d"));
    assert_eq!(reception.lets_in(&answer, "d").await, None);
}

#[test]
fn a_site_has_a_name_and_tls_but_on_this_machine() {
    for (origin, offered) in [
        ("https://advice.example", true),
        ("https://advice.example:8443", true),
        ("http://localhost:7425", true),
        ("http://advice.example", false),
        ("https://192.0.2.7", false),
        ("https://[2001:db8::7]", false),
        ("http://127.0.0.1:7425", false),
        ("nonsense", false),
    ] {
        assert_eq!(Site::of(origin).is_some(), offered, "{origin}");
    }
}
