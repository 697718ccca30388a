//! Live chat: links and buttons that say they open one, and addresses of chat rooms that only agents answer.
//!
//! A script that may or may not draw a button is no contact; what a reader can press is.

use std::sync::LazyLock;

use ladder::{Channel, Reach};
use url::Url;

use crate::hit::Hit;
use crate::link::own::{self, Own, Seen};
use crate::needles::Needles;
use crate::outline::{Link, LinkKind, Outline};

/// Words on a link that opens a chat, whole.
const EXACT: &[&str] = &[
    "chat",
    "live chat",
    "livechat",
    "live-chat",
    "web chat",
    "webchat",
    "online chat",
    "chat now",
    "chat online",
    "chat live",
    "chatten",
    "zum chat",
    "chat starten",
    "live-chat starten",
    "tchat",
    "chatter",
    "chat en ligne",
    "chat en vivo",
    "chat online",
    "chat en línea",
    "chatear",
    "chatta",
    "chat dal vivo",
    "chat openen",
    "start chat",
    "open chat",
    "chatbot",
    "chat support",
    "support chat",
    "service-chat",
    "kundenchat",
    "text chat",
];

/// Words within a link's text that speak for a chat.
const PHRASES: &[&str] = &[
    "live chat",
    "livechat",
    "live-chat",
    "web chat",
    "webchat",
    "chat with",
    "chat to ",
    "chat now",
    "start a chat",
    "start chat",
    "start chatting",
    "chat online",
    "open a chat",
    "chat us",
    "chat live",
    "message us online",
    "chatten sie",
    "chatten met",
    "chat mit",
    "im chat",
    "chat starten",
    "zum chat",
    "chattez",
    "chatter avec",
    "discuter en ligne",
    "tchatter",
    "tchatez",
    "chat avec",
    "chatea",
    "chat con",
    "chatta con",
    "avvia la chat",
    "inicia el chat",
    "iniciar chat",
    "chat in diretta",
    "start een chat",
    "chat met",
    "chat openen",
    "virtual agent",
    "virtual assistant",
];

/// Words that make a chat something to read or hear.
const OTHER: &[&str] = &[
    "cinema chat",
    "fireside",
    "podcast",
    "blog",
    "event",
    "chat show",
    "chat room",
    "chatroom",
    "chatham",
    "chateau",
    "château",
    "transcript",
    "community",
    "snapchat",
    "wechat",
    "whatsapp",
    "forum",
    "policy",
    "terms",
    "episode",
    "chatgpt",
    "history",
    "category",
    "download",
    "video",
    "dating",
];

/// Addresses at which only a chat opens.
const ROOMS: &[&str] = &[
    "tawk.to/chat/",
    "go.crisp.chat/chat",
    "livechatinc.com/licence",
    "direct.lc.chat/",
    "secure.livechatinc.com",
    "lc.chat/now",
    "chat.zoho.",
    "livezilla.php",
    "livezilla/chat",
    "chat.livechatinc",
    "providesupport.com/",
    "purechat.me/",
    "snapengage.com/chat",
    "vue.comm100.com/",
    "chatserver.comm100",
    "livechat.boldchat.com",
    "userlike.com/",
    "chat.userlike",
    "jivo.chat",
    "chatra.io/",
    "home-c31.incontact",
    "icxchat",
    "salesforceliveagent.com",
    "chat.kayako",
];

/// Bits of classes and names by which the makers of widgets mark their buttons.
const WIDGETS: &[(&str, &str)] = &[
    ("intercom-launcher", "Intercom"),
    ("intercom_launcher", "Intercom"),
    ("zopim", "Zendesk Chat"),
    ("zendesk-chat", "Zendesk Chat"),
    ("livechat_button", "LiveChat"),
    ("lc-button", "LiveChat"),
    ("livechat-button", "live chat"),
    ("live-chat", "live chat"),
    ("livechat", "live chat"),
    ("tawk-button", "tawk.to"),
    ("tawk_", "tawk.to"),
    ("crisp-client", "Crisp"),
    ("drift-open-chat", "Drift"),
    ("drift-widget", "Drift"),
    ("fc_frame", "Freshchat"),
    ("freshchat", "Freshchat"),
    ("genesys", "Genesys"),
    ("lpbutton", "LivePerson"),
    ("lp-chat", "LivePerson"),
    ("lpmcontainer", "LivePerson"),
    ("embeddedservicehelpbutton", "Salesforce"),
    ("helpbuttonenabled", "Salesforce"),
    ("liveagent", "live chat"),
    ("hs-chat", "HubSpot"),
    ("tidio", "Tidio"),
    ("olark", "Olark"),
    ("userlike", "Userlike"),
    ("open-chat", "live chat"),
    ("openchat", "live chat"),
    ("chat-button", "live chat"),
    ("chat-launcher", "live chat"),
    ("start-chat", "live chat"),
    ("startchat", "live chat"),
    ("webchat", "live chat"),
    ("web-chat", "live chat"),
];

/// The addresses of rooms, and the words without which no link speaks of a chat: looked for in every link of a page.
static FINDERS: LazyLock<(Needles, Needles)> =
    LazyLock::new(|| (Needles::exact(ROOMS), Needles::of(["chat", "virtual a", "discuter"])));

/// Finds the chats that a reader can open.
pub(super) fn find(outline: &Outline, own: &Own) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut seen = Seen::default();
    for (index, link) in own::followed(outline).take(20_000) {
        let Some(name) = opens_chat(outline, link) else { continue };
        let Some(url) = address(link, own) else { continue };
        let Some(value) = own::value(&url) else { continue };
        if hits.len() >= 20 || !seen.add(value.key()) {
            continue;
        }
        let Ok(reach) = Reach::link(Channel::Chat, value) else { continue };
        let mut hit = Hit::on_link(outline, reach, index);
        hit.label = Some(name);
        hits.push(hit);
    }
    hits
}

/// Returns the name of the chat that a link opens.
fn opens_chat(outline: &Outline, link: &Link) -> Option<String> {
    let href = link.href.as_str();
    let words = own::words(outline, link);
    if words.len() > 160 {
        return None;
    }
    let (rooms, said) = &*FINDERS;
    let room = rooms.is_match(href);
    if room {
        return Some(if words.is_empty() { "live chat" } else { words }.to_owned());
    }
    if said.is_match(words) {
        let lower = words.to_lowercase();
        let plain = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let said = EXACT.contains(&plain)
            || PHRASES.iter().any(|p| lower.contains(p)) && lower.split_whitespace().count() <= 9;
        let other =
            OTHER.iter().any(|w| lower.contains(w)) || OTHER.iter().any(|w| href.to_lowercase().contains(w));
        return (said && !other).then(|| words.to_owned());
    }
    // An icon: the class of the button says what it is.
    if words.is_empty() {
        let class = link.class.as_deref()?.to_ascii_lowercase();
        return WIDGETS.iter().find(|(mark, _)| class.contains(mark)).map(|(_, name)| (*name).to_owned());
    }
    None
}

/// Returns the address at which a chat opens: the link's, or the page's own for a button.
fn address(link: &Link, own: &Own) -> Option<Url> {
    let href = link.href.trim();
    let lower = href.to_ascii_lowercase();
    let here = href.is_empty() || href.starts_with('#') || lower.starts_with("javascript:");
    if here {
        return own.page().cloned();
    }
    let url = own.resolve(href)?;
    let share = ["/intent/", "/sharer", "share?", "facebook.com", "twitter.com", "x.com/"];
    let file = [".mp3", ".mp4", ".jpg", ".png", ".ics"];
    let lower = url.as_str().to_ascii_lowercase();
    let fits = link.kind != LinkKind::Head
        && !share.iter().any(|s| lower.contains(s))
        && !file.iter().any(|f| lower.ends_with(f));
    fits.then_some(url)
}
