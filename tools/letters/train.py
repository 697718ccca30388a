#!/usr/bin/env python3
"""Trains the weights of letters::reply and letters::check: one sparse linear model for each answer, over named cues.

  train.py CORPUS [--write]     CORPUS: folder with replies.jsonl and drafts.jsonl (not part of this repository)

Prints figures out of fold (items that share a text or a complaint stay together), for real texts apart. With --write, trains on everything
and writes crates/letters/data/weights/{reply,draft}.txt. Needs Python 3.11 and scikit-learn, and cargo: features come from the code that uses
the weights (crates/letters/examples/features.rs). The data card is README.md beside this file.
"""
import collections, json, pathlib, subprocess, sys
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent.parent / "crates/letters/data"
LABELS = "generic specific resolution_offer final_response acknowledgement information_request refusal transfer".split()
HAS = "what_happened when reference steps_taken impact resolution_sought".split()
C = float(__import__("os").environ.get("C", "0.8"))
# What is compared with the complaint rests on few features: they may weigh more.
C_OF = {"addresses_core": 1.4}
# Own texts are many and alike: each weighs less than a real one.
OWN = 0.7
# Terms (words and pairs of words) are many: each counts for half of a cue, and only where at least three own texts have it, so that none is
# of the corpus alone.
TERM = 0.5
LEAST = 3
# Own replies that are learnt from; `kept.txt` never is.
OWN_SETS = ["letters", "chats", "pairs", "mixed"]
# They are by one hand and harder than what is mostly sent: each weighs less still.
OWN_SET = 0.3
OWN_REPLIES = [f"{name}_replies.jsonl" for name in OWN_SETS] + ["replies.txt", "bare.txt", "told.txt", "wishes.txt", "posts.txt", "plain.txt", "answers.txt", "threads.txt"] + [f"../../crates/letters/tests/replies/{name}.txt" for name in ("first", "second", "third", "fourth", "fifth", "sixth")]
THRESHOLD = {"addresses_core": 0.5, "generic": 0.45, "specific": 0.42, "what_happened": 0.5, "when": 0.5, "vague": 0.35}


def threshold(name):
    return THRESHOLD.get(name, 0.42 if name in LABELS else 0.45)


def lines(path):
    return [json.loads(line) for line in open(path) if line.strip()] if path.exists() else []


def own(name, shape):
    """Own texts: `labels|...|text` a line, or a `.jsonl` in the shape of the reference."""
    if name.endswith(".jsonl"):
        return [row | {"real": False, "weight": OWN_SET} for row in lines(HERE / name)]
    rows = []
    for n, line in enumerate(open(HERE / name)):
        if line.strip() and not line.startswith("#"):
            rows.append(shape(f"own-{n}", line.rstrip("\n").split("|")))
    return rows


def features(rows, draft):
    """The features of each row, as the code that uses the weights sees them."""
    asked = "".join(json.dumps({"text": r["text"], "complaint": r.get("complaint"), "lang": r.get("lang", "en"), "draft": draft}) + "\n" for r in rows)
    built = __import__("os").environ.get("FEATURES")
    command = [built] if built else ["cargo", "run", "--quiet", "--package", "letters", "--example", "features"]
    done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True, cwd=HERE.parent.parent)
    return [{name: 1.0 for name in json.loads(line)} for line in done.stdout.splitlines()]


CODE = dict(g="generic", s="specific", o="resolution_offer", f="final_response", a="acknowledgement", i="information_request", r="refusal", t="transfer")
KINDS = dict(e="emotional", a="accusatory", t="threat", b="abuse", s="sarcasm", c="shouting", v="vague", l="over_long")


def own_reply(id, part):
    labels, core, *lang, complaint, text = part
    return dict(id=id, real=False, lang=lang[0] if lang else "en", complaint=complaint or None, text=text, labels=[CODE[x] for x in labels],
                addresses_core={"y": True, "n": False, "-": None}[core])


def own_draft(id, part):
    flags, has, *lang, text = part
    order = dict(zip("wdrsiq", HAS))
    return dict(id=id, real=False, lang=lang[0] if lang else "en", text=text, flags=[{"kind": KINDS[x], "quote": ""} for x in flags], has={v: k in has for k, v in order.items()})


def is_term(name):
    return name.startswith("w:")


def value(name):
    return TERM if is_term(name) else 1.0


class Table:
    """Rows of features as a matrix. Terms only as far as enough of the rows from `own` on have them."""

    def __init__(self, features, own=0):
        count = collections.Counter(k for f in features[own:] for k in f)
        self.names = sorted({k for f in features for k in f if not is_term(k) or count[k] >= LEAST})
        at = {k: i for i, k in enumerate(self.names)}
        self.x = np.zeros((len(features), len(at)))
        for row, f in zip(self.x, features):
            for k in f:
                if k in at:
                    row[at[k]] = value(k)


def fit(x, y, w, c=None):
    return LogisticRegression(C=c or C, max_iter=4000).fit(x, y, sample_weight=w)


def groups_of(rows, key2):
    parent = {}

    def find(a):
        while parent.setdefault(a, a) != a:
            a = parent[a]
        return a

    for r in rows:
        parent[find("t:" + r["text"].strip("'")[:80])] = find("c:" + str(r.get(key2) or r["id"]))
    names = [find("t:" + r["text"].strip("'")[:80]) for r in rows]
    number = {n: i for i, n in enumerate(dict.fromkeys(names))}
    return np.array([number[n] for n in names])


def out_of_fold(table, y, w, groups, n, c=None):
    p = np.zeros(n)
    for train, test in GroupKFold(8).split(table.x[:n], groups=groups):
        index = np.concatenate([train, np.arange(n, len(y))]).astype(int)
        index = index[y[index] >= 0]
        p[test] = fit(table.x[index], y[index], w[index], c).predict_proba(table.x[test])[:, 1]
    return p


def write(name, head, table, targets, w):
    out = [f"# {head}", "# Trained by tools/letters/train.py: answer, feature, weight. Do not edit by hand."]
    for answer, y in targets.items():
        index = np.where(y >= 0)[0]
        model = fit(table.x[index], y[index], w[index], C_OF.get(answer))
        t = threshold(answer)
        out.append(f"{answer} bias {model.intercept_[0] - np.log(t / (1 - t)):.3f}")
        for feature, weight in sorted(zip(table.names, model.coef_[0]), key=lambda p: p[0]):
            if abs(weight * value(feature)) >= 0.05:
                out.append(f"{answer} {feature} {weight * value(feature):.2f}")
    (DATA / "weights").mkdir(exist_ok=True)
    (DATA / "weights" / f"{name}.txt").write_text("\n".join(out) + "\n")


def f1(tp, fp, fn):
    return round(2 * tp / max(1, 2 * tp + fp + fn), 3)


def replies(corpus, save):
    rows = lines(corpus / "replies.jsonl")
    n = len(rows)
    rows += [row for name in OWN_REPLIES for row in own(name, own_reply)]
    seen_as = features(rows, draft=False)
    table = Table(seen_as, n)
    count = collections.Counter(r["text"] for r in rows)
    w = np.array([(1 if i < n else r.get("weight", OWN)) / count[r["text"]] ** 0.5 for i, r in enumerate(rows)])
    targets = {label: np.array([int(label in r["labels"]) for r in rows]) for label in LABELS}
    core = lambda r: {True: 1, False: 0}.get(r.get("addresses_core"), -1)
    targets["addresses_core"] = np.array([core(r) for r in rows])
    if n:
        groups = groups_of(rows[:n], "complaint")
        p = {a: out_of_fold(table, y, w, groups, n, C_OF.get(a)) for a, y in targets.items()}
        yes = {a: p[a] >= threshold(a) for a in p}
        margin = {a: np.log(p[a] / (1 - p[a])) - np.log(threshold(a) / (1 - threshold(a))) for a in p}
        for i in range(n):
            if yes["generic"][i] and yes["specific"][i]:
                yes["specific" if margin["generic"][i] > margin["specific"][i] else "generic"][i] = False
            if not any(yes[l][i] for l in LABELS):
                yes[max(LABELS, key=lambda l: margin[l][i])][i] = True
        real = np.array([bool(r["real"]) for r in rows[:n]])
        once = np.array([i == next(j for j in range(n) if rows[j]["text"] == rows[i]["text"]) for i in range(n)])
        for name, sel in (("all", np.ones(n, bool)), ("real", real), ("written", ~real), ("each text once", once)):
            tp = sum(int((yes[l] & (targets[l][:n] == 1) & sel).sum()) for l in LABELS)
            fp = sum(int((yes[l] & (targets[l][:n] == 0) & sel).sum()) for l in LABELS)
            fn = sum(int((~yes[l] & (targets[l][:n] == 1) & sel).sum()) for l in LABELS)
            known = sel & (targets["addresses_core"][:n] >= 0)
            core = np.mean(yes["addresses_core"][known] == (targets["addresses_core"][:n][known] == 1))
            print(f"replies {name}: labels F1 {f1(tp, fp, fn)}, core {core:.3f} of {known.sum()}")
        print("  ", {l: f1(int((yes[l] & (targets[l][:n] == 1)).sum()), int((yes[l] & (targets[l][:n] == 0)).sum()), int((~yes[l] & (targets[l][:n] == 1)).sum())) for l in LABELS})
        if "--errors" in sys.argv:
            seen = set()
            for i, r in enumerate(rows[:n]):
                got, want = {l for l in LABELS if yes[l][i]}, set(r["labels"])
                core = r["addresses_core"] is not None and bool(yes["addresses_core"][i]) != r["addresses_core"]
                if (got ^ want or core) and r["text"] not in seen:
                    seen.add(r["text"])
                    print(r["id"], "missed", sorted(want - got), "wrong", sorted(got - want), "core wrong" if core else "", "\n    C", (r["complaint"] or "")[:130].replace("\n", " "), "\n    T", r["text"][:230].replace("\n", " "))
                    print("     ", " ".join(seen_as[i]))
    if save:
        write("reply", "What each cue says for or against a label of a reply.", table, targets, w)


def drafts(corpus, save):
    rows = lines(corpus / "drafts.jsonl")
    n = len(rows)
    rows += own("drafts.txt", own_draft) + own("short_drafts.txt", own_draft)
    rows += [row for name in OWN_SETS for row in own(f"{name}_drafts.jsonl", own_draft)]
    seen_as = features(rows, draft=True)
    both = [(f, {name[2:] for name in f if name.startswith("f_")}) for f in seen_as]
    table = Table(seen_as, n)
    w = np.ones(len(rows))
    targets = {h: np.array([int(r["has"][h]) for r in rows]) for h in HAS}
    targets["vague"] = np.array([int(any(f["kind"] == "vague" for f in r["flags"])) for r in rows])
    for name, sel in (("corpus", range(n)), ("own", range(n, len(rows)))):
        if len(sel):
            print(f"drafts {name}, lexicon by kind (tp, fp, fn):", {k: (sum(k in both[i][1] and any(f["kind"] == k for f in rows[i]["flags"]) for i in sel), sum(k in both[i][1] and not any(f["kind"] == k for f in rows[i]["flags"]) for i in sel), sum(k not in both[i][1] and any(f["kind"] == k for f in rows[i]["flags"]) for i in sel)) for k in ("emotional", "accusatory", "threat", "abuse", "sarcasm")})
    if n:
        groups = groups_of(rows[:n], "none")
        hits = 0
        for answer, y in targets.items():
            p = out_of_fold(table, y, w, groups, n) >= threshold(answer)
            gold = y[:n] == 1
            print(f"  {answer}: accuracy {np.mean(p == gold):.3f}, F1 {f1(int((p & gold).sum()), int((p & ~gold).sum()), int((~p & gold).sum()))}")
            hits += int((p == gold).sum()) if answer != "vague" else 0
            if "--errors" in sys.argv:
                for i in range(n):
                    if p[i] != gold[i]:
                        print("      ", rows[i]["id"], "gold", gold[i], rows[i]["text"][:160].replace("\n", " "))
        print(f"  has accuracy {hits / (n * len(HAS)):.3f}")
    if save:
        write("draft", "What each cue says for or against what a draft contains.", table, targets, w)


def main():
    corpus = pathlib.Path(sys.argv[1])
    replies(corpus, "--write" in sys.argv)
    drafts(corpus, "--write" in sys.argv)


if __name__ == "__main__":
    main()
