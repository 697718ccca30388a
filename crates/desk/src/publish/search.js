// Searches the index of this site in the browser: the list of pieces first, then the pieces that the words need.
"use strict";
(() => {
  const root = document.documentElement.dataset.root;
  const box = document.getElementById("q"), list = document.getElementById("hits"), told = document.getElementById("told");
  if (!box || !list) return;
  document.getElementById("search").hidden = false;
  let pieces = null, turn = 0;
  const held = new Map();
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss").replace(/&/g, " and ")
    .replace(/['’.]/g, (c, at, all) => c === "." && /\w/.test(all[at + 1] || "") && /\w\w/.test(all.slice(Math.max(0, at - 2), at)) ? " " : "")
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const load = async path => {
    const answer = await fetch(root + "search/" + path);
    if (!answer.ok) throw new Error(path + ": " + answer.status);
    return answer.json();
  };
  const piece = file => {
    if (!held.has(file)) held.set(file, load(file));
    return held.get(file);
  };
  const rows = async word => {
    const names = Object.keys(pieces).filter(key => { const k = key.split(" ")[0]; return word.startsWith(k) || k.startsWith(word); });
    // The longest beginnings are the most telling; a short word would need too many.
    names.sort((a, b) => b.length - a.length);
    const parts = await Promise.all(names.slice(0, 8).map(name => piece(pieces[name])));
    return parts.flat().filter(row => row[0].startsWith(word));
  };
  const search = async () => {
    const mine = ++turn, words = fold(box.value).split(" ").filter(Boolean);
    if (!words.length) { list.replaceChildren(); told.textContent = ""; return; }
    try {
      pieces = pieces || await load("pieces.json");
      const found = await Promise.all(words.map(rows));
      if (mine !== turn) return;
      let score = new Map();
      found.forEach((rows, at) => {
        const next = new Map();
        for (const [word, name, domain, path] of rows) {
          const before = at ? score.get(path) : { points: 0 };
          if (!before) continue;
          const points = before.points + (word === words[at] ? 2 : 1);
          const known = next.get(path);
          if (!known || known.points < points) next.set(path, { points, name, domain, path });
        }
        score = next;
      });
      const hits = [...score.values()].sort((a, b) => b.points - a.points || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
      list.replaceChildren(...hits.slice(0, 25).map(hit => {
        const item = document.createElement("li"), link = document.createElement("a");
        link.href = root + hit.path;
        link.textContent = hit.name;
        item.append(link);
        if (hit.domain) item.append(" " + hit.domain);
        return item;
      }));
      told.textContent = hits.length === 0 ? "No company is called so." : hits.length === 1 ? "1 company" : hits.length + " companies";
    } catch (error) {
      told.textContent = "The search index could not be loaded: " + error.message + ". The lists below work without it.";
    }
  };
  let wait;
  box.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 150); });
  document.getElementById("search").addEventListener("submit", event => { event.preventDefault(); search(); });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked; search(); }
})();
