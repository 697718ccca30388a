#!/usr/bin/env python3
"""Fits the weights by which complaints procedures are read, and measures them on texts that were not fitted on.

  fit.py DIR… --observe PATH --out DIR [--folds 5] [--again] [--only cross] [--c 0.3]

DIR holds texts with answers (`ID.txt` beside `ID.json`, the policies schema of the scorer); PATH is the built
`examples/observe` of the crate `reading`. With folds, each fold is read by weights fitted on the others, and the answers go
to `OUT/cross.json` (weights: `OUT/fold-N`; `--again` reads by those that are there); then all texts are fitted on and the tables written to OUT. Needs numpy and scikit-learn.
"""
import argparse, collections, json, os, pathlib, re, subprocess, sys, tempfile, zlib

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

CLOCKS = ["other", "acknowledge", "respond", "window"]
FIELDS = {"acknowledge": "acknowledge", "respond": "respond", "customer_window": "window"}
RUNGS = ["front_line", "supervisor", "complaints", "specialist", "management", "executive", "legal"]
FIRST_DESK = float(os.environ.get("FIRST_DESK", "1.0"))  # how much a first desk of an invented ladder counts where the rung is told
ROUNDS, LEAN = 3, 1.0  # of telling which draft begins a stage, and how much weights fitted before count in it
THIN = {"the", "of", "and", "for", "a", "an", "our", "your", "mr", "ms", "mrs", "to", "in", "or", "who", "not", "is", "de", "la", "der", "die", "das", "le"}


def words(text):
    return [w for w in re.findall(r"\w+", text.lower()) if w not in THIN]


def run(observe, weights, what, golds):
    lines = "".join(json.dumps({"id": g["id"], "file": g["file"], "country": g.get("country"), "lang": g.get("lang")}) + "\n" for g in golds)
    done = subprocess.run([observe, str(weights), what], input=lines.encode(), stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit("observe failed")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def clock(stated):
    return (stated["n"], stated["unit"]) if stated else None


def fits(stage, draft, times):
    """How well a draft fits a stage of the answer."""
    handler = words(stage.get("handler") or "")
    here, first = set(words(draft["handler"])), set(draft.get("near") or words(draft["words"])[:45])
    score = 0.0
    if handler:
        score += 1.2 * sum(w in here for w in handler) / len(handler)
        score += 2.0 * sum(w in first for w in handler) / len(handler)
    strip = lambda v: re.sub(r"\W", "", v.lower())
    contacts = {strip(c) for c in draft["contacts"]}
    known = [clock(stage.get(f)) for f in FIELDS if stage.get(f)]
    weight = 0.4 if handler else 1.0
    score += weight * min(2, sum(strip(str(c["value"])) in contacts for c in stage.get("contacts") or []))
    score += weight * sum(k in times for k in known)
    return score + 0.8 * ("labelled" in draft["features"]) + 1.2 * ("weak" not in draft["features"])


def align(stages, drafts, times, lean=None):
    """For each draft, the stage that begins with it: the best way to pair both in order. `lean` tells what weights fitted
    before think of each draft; of two that fit alike the likelier begins the stage."""
    n, m = len(stages), len(drafts)
    for at, draft in enumerate(drafts):
        # A draft that stands out is known by what the weak ones after it tell, too.
        draft["near"] = words(draft["words"])[:45]
        if "weak" not in draft["features"]:
            for later in drafts[at + 1:at + 4]:
                if "weak" not in later["features"]:
                    break
                draft["near"] += words(later["words"])[:30]
    best = np.zeros((n + 1, m + 1))
    gain = [[fits(stages[i], drafts[j], times[j]) - 0.01 * j + (lean[j] if lean else 0.0) for j in range(m)] for i in range(n)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            pair = best[i + 1][j + 1] + gain[i][j] if gain[i][j] >= 1.6 else -1
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    out, i, j = [None] * m, 0, 0
    while i < n and j < m:
        if gain[i][j] >= 1.6 and best[i][j] == best[i + 1][j + 1] + gain[i][j]:
            out[j] = i
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return out


def marked(path, folder):
    """Reads invented texts in which the answers stand inline: `<<rung:who>>` and `[[time:what]]`."""
    golds = []
    for number, part in enumerate(re.split(r"^=== ", path.read_text(), flags=re.M)[1:]):
        head, _, body = part.partition("\n")
        country, lang, *kind = head.split()
        gold = {"id": f"{path.stem}-{number}", "country": country, "lang": lang, "stages": [], "external": [], "marks": {}, "kind": kind}
        plain = ""
        for piece in re.split(r"(<<.*?>>|\[\[.*?\]\])", body):
            if piece.startswith("<<"):
                rung, _, who = piece[2:-2].partition(":")
                gold["stages"].append({"rung": rung, "handler": who, "contacts": []})
                plain += who
            elif piece.startswith("[["):
                time, _, what = piece[2:-2].rpartition(":")
                begin = len(re.sub(r"\s", "", plain))
                gold["marks"][begin, begin + len(re.sub(r"\s", "", time))] = {"ack": "acknowledge"}.get(what, what)
                plain += time
            else:
                plain += piece
        file = folder / (gold["id"] + ".txt")
        file.write_text(plain)
        gold["file"] = str(file)
        golds.append(gold)
    return golds


def answers(gold, seen, lean=None):
    """What each duration and draft of a text should be: (set of classes that may be right) and the stage."""
    times = [{(d["n"], d["unit"]) for d in seen["durations"] if d["draft"] == at} for at in range(len(seen["drafts"]))]
    pairs = align(gold["stages"], seen["drafts"], times, lean)
    home, now = [], next((p for p in pairs if p is not None), None)
    for pair in pairs:
        now = pair if pair is not None else now
        home.append(now)
    outside = {clock(b.get(f)) for b in gold["external"] for f in ("after", "within") if b.get(f)}
    labels = []
    for d in seen["durations"]:
        value = (d["n"], d["unit"])
        if "marks" in gold:
            labels.append({next((what for (a, b), what in gold["marks"].items() if a <= d["at"] < b), "other")})
            continue
        all_places = [(i, FIELDS[f]) for i, s in enumerate(gold["stages"]) for f in FIELDS if clock(s.get(f)) == value]
        fields = {f for _, f in all_places}
        if d["draft"] is not None:
            own = {f for i, f in all_places if i == home[d["draft"]]}
            labels.append(own if own else fields | {"other"} if fields else {"other"})
        elif d["body"] is not None and value in outside:
            labels.append({"other"})
        else:
            labels.append(fields | {"other"} if fields else {"other"})
    return labels, pairs


def table(classes, names, weights, bias):
    lines = ["# Fitted by bench/policy/fit.py; do not edit by hand.", "classes " + " ".join(classes),
             "bias " + " ".join(f"{b:.3f}" for b in bias)]
    for name, row in sorted(zip(names, weights)):
        if max(abs(w) for w in row) >= 0.005:
            lines.append(name + " " + " ".join(f"{w:.3f}" for w in row))
    return "\n".join(lines) + "\n"


def logistic(rows, labels, classes, c, least=2, weights=None):
    """Fits one-of-many weights; returns the table."""
    count = collections.Counter(f for row in rows for f in set(row))
    dicts = [{f: 1.0 for f in row if count[f] >= least} for row in rows]
    vectors = DictVectorizer()
    x = vectors.fit_transform(dicts)
    model = LogisticRegression(C=c, max_iter=3000)
    model.fit(x, labels, sample_weight=weights)
    full = np.zeros((len(classes), x.shape[1]))
    bias = np.full(len(classes), -8.0)
    if len(model.classes_) == 2:
        for sign, name in ((-0.5, model.classes_[0]), (0.5, model.classes_[1])):
            full[classes.index(name)] = sign * model.coef_[0]
            bias[classes.index(name)] = sign * model.intercept_[0]
    else:
        for row, b, name in zip(model.coef_, model.intercept_, model.classes_):
            full[classes.index(name)], bias[classes.index(name)] = row, b
    return table(classes, vectors.get_feature_names_out(), full.T, bias), lambda row: score(vectors, full, bias, row)


def score(vectors, full, bias, row):
    known = vectors.vocabulary_
    return bias + sum((full[:, known[f]] for f in row if f in known), np.zeros(len(bias)))


def fit(golds, observe, folder, c):
    seen = run(observe, folder, "observe", golds)
    stand = None
    # Which draft begins a stage is told by the answers only roughly: what was fitted so far helps to tell it.
    for _ in range(ROUNDS):
        rows, allowed, drafts, stands, heavy, heavy_drafts = [], [], [], [], [], []
        for gold, text in zip(golds, seen):
            lean = [LEAN * float(np.clip(s[0] - s[1], -2, 2)) for s in map(stand, (d["features"] for d in text["drafts"]))] if stand else None
            labels, pairs = answers(gold, text, lean)
            rows += [d["features"] for d in text["durations"]]
            allowed += labels
            heavy += [gold.get("weight", 1.0)] * len(labels)
            if gold["stages"]:
                heavy_drafts += [gold.get("weight", 1.0)] * len(pairs)
                drafts += [d["features"] for d in text["drafts"]]
                stands += ["part" if p is None else "stage" for p in pairs]
        standing, stand = logistic(drafts, stands, ["stage", "part"], c[1], weights=heavy_drafts)
    sure = [i for i, a in enumerate(allowed) if len(a) == 1]
    labels = {i: next(iter(allowed[i])) for i in sure}
    for _ in range(3):
        index = sorted(labels)
        text, judge = logistic([rows[i] for i in index], [labels[i] for i in index], CLOCKS, c[0], weights=[heavy[i] for i in index])
        for i, a in enumerate(allowed):
            if len(a) > 1:
                scores = judge(rows[i])
                labels[i] = max(a, key=lambda name: scores[CLOCKS.index(name)])
    (folder / "clock.txt").write_text(text)
    (folder / "stage.txt").write_text(standing)
    kinds = ["procedure" if g["stages"] or g["external"] else "other" for g in golds]
    # A procedure made up does more harm than one overlooked.
    text, _ = logistic([t["whole"] for t in seen], kinds, ["procedure", "other"], c[3], weights=[1.0 if k == "procedure" else 1.5 for k in kinds])
    (folder / "whole.txt").write_text(text)
    rows, rungs, heavy = [], [], []
    for gold, text in zip(golds, run(observe, folder, "observe", golds)):
        if not gold["stages"]:
            continue
        merged = [{**text["drafts"][s["lead"]], "words": " ".join(text["drafts"][d]["words"] for d in s["drafts"]),
                   "contacts": [c for d in s["drafts"] for c in text["drafts"][d]["contacts"]]} for s in text["stages"]]
        times = [{(d["n"], d["unit"]) for d in text["durations"] if d["draft"] in s["drafts"]} for s in text["stages"]]
        before = "start"
        for stage, pair in zip(text["stages"], align(gold["stages"], merged, times)):
            if pair is None:
                continue
            role = next((f[5:] for f in stage["features"] if f.startswith("role.")), "nobody")
            rows.append(stage["features"] + [f"after.{before}", f"after.{before}.{role}"])
            before = gold["stages"][pair]["rung"]
            # Invented ladders begin at a first desk far more often than published ones.
            heavy.append(gold.get("weight", 1.0) * (FIRST_DESK if len(rows[-1]) and "after.start" in rows[-1] and before == "front_line" and not gold.get("real") else 1.0))
            rungs.append(before)
    text, _ = logistic(rows, rungs, RUNGS, c[2], weights=heavy)
    (folder / "rung.txt").write_text(text)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folders", nargs="+")
    options.add_argument("--observe", required=True)
    options.add_argument("--out", required=True)
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--c", default="0.3,0.3,0.3,0.1")
    options.add_argument("--only", default="")
    options.add_argument("--heavy", type=float, default=2.0, help="how much a text of the first folder counts")
    options.add_argument("--again", action="store_true", help="reads by the weights of folds fitted before")
    args = options.parse_args()
    c = [float(part) for part in args.c.split(",")]
    golds = []
    for folder in args.folders:
        for path in sorted(pathlib.Path(folder).resolve().glob("*.json")):
            gold = json.loads(path.read_text())
            gold["file"] = str(path.with_name(gold["text"]))
            gold["weight"] = args.heavy if folder == args.folders[0] else 1.0
            golds.append(gold)
    made = pathlib.Path(tempfile.mkdtemp())
    extra = [g for path in sorted(pathlib.Path(__file__).with_name("texts").glob("*.txt")) for g in marked(path, made)]
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    start = lambda folder: [(folder / n).write_text(t) for n, t in (
        ("whole.txt", "classes procedure other\nbias 1 0"), ("clock.txt", "classes " + " ".join(CLOCKS)), ("stage.txt", "classes stage part\nbias 1 0"), ("rung.txt", "classes " + " ".join(RUNGS)))]
    if args.folds:
        found = {}
        for fold in range(args.folds):
            inside = lambda g: zlib.crc32(g["id"].encode()) % args.folds == fold
            folder = out / f"fold-{fold}"
            folder.mkdir(exist_ok=True)
            if not args.again:
                start(folder)
                fit([g for g in golds if not inside(g)] + extra, args.observe, folder, c)
            for answer in run(args.observe, folder, "read", [g for g in golds if inside(g)]):
                found[answer["id"]] = answer
        (out / "cross.json").write_text("\n".join(json.dumps(found[g["id"]], ensure_ascii=False) for g in golds) + "\n")
    if args.only != "cross":
        start(out)
        fit(golds + extra, args.observe, out, c)


if __name__ == "__main__":
    main()
