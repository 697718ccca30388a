// Where the user's own Upstairs is, and how it is asked. Nothing is ever sent anywhere else.
"use strict";

/** Returns a text in the language of the browser. */
const t = (key, value) => chrome.i18n.getMessage(key, value === undefined ? [] : [String(value)]);

/** Fills in the texts of a page. */
function speak() {
  document.documentElement.lang = chrome.i18n.getUILanguage();
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = t(place.dataset.t);
}

/** Reads a pairing code: the port on this computer and the token, as in `7425:abc…`. Returns null where it is none. */
function pairing(code) {
  const parts = /^\s*(\d{2,5}):([A-Za-z0-9]{32,128})\s*$/.exec(code);
  const port = parts ? Number(parts[1]) : 0;
  return parts && port > 0 && port < 65536 ? { port, token: parts[2] } : null;
}

/** Returns what was paired, or null. */
const paired = async () => (await chrome.storage.local.get("paired")).paired || null;

/** Why Upstairs could not be asked, as the key of a text and what it said itself. */
class Refused extends Error {
  constructor(key, words) {
    super(words || key);
    this.key = key;
    this.words = words;
  }
}

/** Asks the user's own Upstairs. */
async function ask(home, path, body) {
  let answer;
  try {
    answer = await fetch(`http://127.0.0.1:${home.port}/api/v1${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${home.token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
  } catch {
    throw new Refused("not_running");
  }
  if (answer.status === 401) throw new Refused("not_paired");
  const said = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused("refused", said && said.detail);
  return said;
}
