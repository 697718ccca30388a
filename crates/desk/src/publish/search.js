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
  // The rows of words that begin so, and whether there are more than were loaded.
  const rows = async word => {
    const keys = Object.keys(pieces).map(key => [key.split(" ")[0], key]);
    // Of the pieces above a word the deepest hold it; those below it are its continuations, in their order.
    const above = keys.filter(([start]) => word.startsWith(start)).sort((a, b) => b[0].length - a[0].length);
    const below = keys.filter(([start]) => start.startsWith(word) && start !== word).sort((a, b) => (a[0] < b[0] ? -1 : 1));
    const chosen = [...above.slice(0, 3), ...below.slice(0, 6)];
    const parts = await Promise.all(chosen.map(([, key]) => piece(pieces[key])));
    const found = parts.flat().filter(row => row[0].startsWith(word));
    return { word, found, more: below.length > 6 || found.length >= 4000 };
  };
  const named = (row, word) => fold(row[1] + " " + row[2].replaceAll(".", " ")).split(" ").some(one => one.startsWith(word));
  const search = async () => {
    const mine = ++turn, words = [...new Set(fold(box.value).split(" ").filter(Boolean))].slice(0, 12);
    if (!words.length) { list.replaceChildren(); told.textContent = ""; return; }
    try {
      pieces = pieces || await load("pieces.json");
      const all = (await Promise.all(words.map(rows))).sort((a, b) => a.found.length - b.found.length);
      if (mine !== turn) return;
      // The rarest word leads; another one counts where its pieces say so, or where the name itself holds it.
      const hits = new Map();
      const points = (row, word) => (row[0] === word ? 2 : 1);
      for (const row of all[0].found) {
        const best = Math.max(points(row, all[0].word), hits.get(row[3])?.points ?? 0);
        hits.set(row[3], { points: best, row });
      }
      for (const { word, found } of all.slice(1)) {
        const worth = new Map();
        for (const row of found) worth.set(row[3], Math.max(points(row, word), worth.get(row[3]) ?? 0));
        for (const [path, hit] of hits) {
          const more = worth.get(path) ?? (named(hit.row, word) ? 1 : 0);
          if (more) hit.points += more; else hits.delete(path);
        }
      }
      const name = hit => hit.row[1], whole = words.join(" ");
      const exact = hit => (fold(name(hit)) === whole || hit.row[2] === box.value.trim().toLowerCase() ? 1 : 0);
      const order = [...hits.values()].sort((a, b) =>
        exact(b) - exact(a) || b.points - a.points || name(a).length - name(b).length || (name(a) < name(b) ? -1 : 1));
      list.replaceChildren(...order.slice(0, 25).map(hit => {
        const item = document.createElement("li"), link = document.createElement("a");
        link.href = root + hit.row[3];
        link.textContent = name(hit);
        item.append(link);
        if (hit.row[2]) item.append(" " + hit.row[2]);
        return item;
      }));
      const count = order.length === 0 ? "No company is called so." : order.length === 1 ? "1 company" : order.length + " companies";
      const rest = order.length > 25 ? ", the nearest 25 are shown" : "";
      told.textContent = count + (all.some(one => one.more) && order.length ? " and more" : "") + rest;
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
