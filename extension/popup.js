// One click: the page as it is shown goes to the user's own Upstairs, and what is known of its contacts comes back.
"use strict";

const $ = (id) => document.getElementById(id);
const show = (node, on) => { node.hidden = !on; };

/** Runs within the page: its document after its scripts, and no more. What was typed into fields is no part of it. */
function seen() {
  const page = document.documentElement.cloneNode(true);
  // Some pages write what is typed into the markup itself.
  for (const field of page.querySelectorAll("input")) field.removeAttribute("value");
  for (const field of page.querySelectorAll("textarea, [contenteditable]")) field.textContent = "";
  return { url: location.href, title: document.title, html: page.outerHTML };
}

/** Returns the page of the tab that the user looks at. */
async function page() {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  if (!tab) throw new Refused("no_page");
  try {
    const [result] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: seen });
    // The region of the browser tells to which country a number without one belongs.
    const country = new Intl.Locale(navigator.language).region;
    return country && country.length === 2 ? { ...result.result, country } : result.result;
  } catch {
    // The browser's own pages, its shop and some others are closed to every extension.
    throw new Refused("no_page");
  }
}

function line(contact) {
  const item = document.createElement("li");
  item.className = "contact";
  item.dataset.standing = contact.standing;
  const add = (kind, words, name) => {
    if (!words) return;
    const part = document.createElement(kind);
    part.textContent = words;
    if (name) part.className = name;
    item.append(part);
  };
  add("span", t("standing_" + contact.standing), "standing");
  add("span", contact.shown, "value");
  add("span", [contact.company, contact.label].filter(Boolean).join(" · "), "whose");
  add("span", contact.why, "why");
  return item;
}

function draw(answer) {
  $("title").textContent = answer.title || answer.url;
  $("whose").textContent = answer.company ? t("of_company", answer.company) : answer.site ? t("of_strangers") : t("of_nobody");
  show($("alarm"), answer.scam);
  $("signs").replaceChildren(...answer.signs.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  $("contacts").replaceChildren(...answer.contacts.map(line));
  show($("none"), answer.contacts.length === 0);
  $("warnings").replaceChildren(...answer.warnings.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  show($("answer"), true);
}

/** Offers to keep the page as evidence, where there are cases. */
async function offer(home, sent) {
  const { items } = await ask(home, "/cases?limit=50");
  if (!items.length) return;
  $("case").replaceChildren(...items.map((one) => Object.assign(document.createElement("option"), { value: one.id, textContent: `${one.company}: ${one.title}` })));
  show($("keep"), true);
  $("keep").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { kept } = await ask(home, "/pages", { ...sent, case: $("case").value });
      $("kept").textContent = t("is_kept", kept);
    } catch (error) {
      $("kept").textContent = words(error);
    }
  });
}

const words = (error) => t(error.key || "refused") + (error.words ? " " + error.words : "");

async function run() {
  speak();
  $("pair").addEventListener("click", () => chrome.runtime.openOptionsPage());
  try {
    const home = await paired();
    if (!home) throw new Refused("not_paired");
    const sent = await page();
    const answer = await ask(home, "/pages", sent);
    draw(answer);
    $("state").textContent = t("sent");
    await offer(home, sent);
  } catch (error) {
    $("state").textContent = words(error);
    $("state").className = "bad";
    show($("pair"), error.key === "not_paired" || error.key === "not_running");
  }
  document.body.dataset.ready = "1";
}
run();
