#!/usr/bin/env python3
"""Measures how far the confidence of `find` is a probability, against hand-made gold.

  bench/calibration.py CORPUS SCORE.py [--bin target/debug/upstairs] [--fit]

CORPUS holds the reference documents, SCORE.py is the scorer beside them (its rules say when a value is the one of the gold).
Every page of CORPUS/pages is searched as a site of one page and every archive of CORPUS/sites as a whole. A contact point counts as
right where the gold names its value on the same rung. Prints a table of ten bins, the expected calibration error (the mean distance
between confidence and share of right ones, bins weighted by size), the Brier score and that of always saying the base rate.

--fit fits the weights of `ladder::confidence` again: a logistic model over the same features, pulled towards nought (ridge), and
says how it does on pages that it was not fitted on (leave one document out).
"""
import argparse, collections, glob, importlib.util, json, math, os, re, subprocess

BINS = 10


def load(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def search(binary, site, source, country):
    command = [binary, "find", site, "--from", source, "--json"] + (["--country", country] if country else [])
    done = subprocess.run(command, capture_output=True, text=True)
    if done.stdout.strip():
        return json.loads(done.stdout)
    held = re.search(r"it holds `([^`]+)`", done.stderr)  # a saved page that tells another address
    return search(binary, held.group(1), source, country) if held and held.group(1) != site else {"contacts": []}


def features(contact):
    """The features of `ladder::confidence`, by the words that the answer gives for each; counts as numbers."""
    told = {}
    for share in contact["confidence_from"]:
        number = re.match(r"(\d+) |stands on (\d+) ", share["words"])
        count = int(number.group(1) or number.group(2)) - 1 if number else 1
        words = re.sub(r"\d+", "N", share["words"])
        told[words] = min(count, 3)
    return told


def cases(args, score):
    rows = []
    for kind in ("pages", "sites"):
        for path in sorted(glob.glob(os.path.join(args.corpus, kind, "*.json"))):
            gold = json.load(open(path))
            if kind == "pages":
                site, source = gold.get("url") or f"https://{gold['id']}.example/", os.path.join(args.corpus, kind, gold["html"])
            else:
                site, source = gold["site"], path[: -len("json")] + "warc.gz"
            found = search(args.bin, site, source, gold.get("country"))["contacts"]
            found = [c for c in found if c["channel"] not in score.UNSCORED]
            pairs, _, wrong = score.pair_up(gold["contacts"], found, score.same_contact)
            for truth, contact in pairs:
                rows.append((kind, gold["id"], contact, truth["rung"] == contact["rung"]))
            rows += [(kind, gold["id"], contact, False) for contact in wrong]
    return rows


def figures(chances, truths):
    n = len(truths)
    base = sum(truths) / n
    brier = sum((p - t) ** 2 for p, t in zip(chances, truths)) / n
    bins = collections.defaultdict(list)
    for p, t in zip(chances, truths):
        bins[min(int(p * BINS), BINS - 1)].append((p, t))
    error = sum(abs(sum(p for p, _ in b) - sum(t for _, t in b)) for b in bins.values()) / n
    return bins, error, brier, base * (1 - base)


def report(name, rows, chances=None):
    truths = [right for *_, right in rows]
    chances = chances or [c["confidence"] for _, _, c, _ in rows]
    bins, error, brier, constant = figures(chances, truths)
    print(f"\n{name}: {len(rows)} contact points, {sum(truths)} right")
    print("  said         n   mean said   right")
    for b in sorted(bins):
        n = len(bins[b])
        print(f"  {b / BINS:.1f}-{(b + 1) / BINS:.1f}  {n:6}   {sum(p for p, _ in bins[b]) / n:9.3f}   {sum(t for _, t in bins[b]) / n:5.3f}")
    print(f"  expected calibration error {error:.3f}, Brier score {brier:.4f} (always the base rate: {constant:.4f})")


def fit(rows, ridge, names, rounds=3000, rate=0.5):
    """Logistic regression with a ridge on all weights but the first, by gradient descent."""
    weights = {name: 0.0 for name in names}
    bias, n = 0.0, len(rows)
    data = [([k for k in f if k in weights], f, t) for f, t in rows]
    for _ in range(rounds):
        slope, lean = {name: ridge * w / n for name, w in weights.items()}, 0.0
        for keys, f, t in data:
            p = 1 / (1 + math.exp(-(bias + sum(weights[k] * f[k] for k in keys))))
            lean += (p - t) / n
            for k in keys:
                slope[k] += (p - t) * f[k] / n
        bias -= rate * lean
        for k in weights:
            weights[k] -= rate * slope[k]
    return bias, weights


def chance(model, f):
    bias, weights = model
    return 1 / (1 + math.exp(-(bias + sum(weights.get(k, 0.0) * v for k, v in f.items()))))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("score")
    parser.add_argument("--bin", default="target/debug/upstairs")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--ridge", type=float, default=4.0)
    args = parser.parse_args()
    rows = cases(args, load(args.score))
    for kind in ("pages", "sites"):
        report(kind, [row for row in rows if row[0] == kind])
    if not args.fit:
        return
    data = [(d, features(c), t) for _, d, c, t in rows]
    count = collections.Counter(k for _, f, _ in data for k in f)
    names = [k for k, n in count.items() if n >= 8 and n < len(data) - 8]
    held_out = []
    for left in sorted({d for d, _, _ in data}):
        model = fit([(f, t) for d, f, t in data if d != left], args.ridge, names, rounds=400)
        held_out += [(chance(model, f), t) for d, f, t in data if d == left]
    report("fitted, each document by a model that never saw it", [(0, 0, 0, t) for _, t in held_out], [p for p, _ in held_out])
    bias, weights = fit([(f, t) for _, f, t in data], args.ridge, names)
    print(f"\nweights of all documents: bias {bias:+.2f}")
    for name in sorted(weights, key=lambda k: -count[k]):
        print(f"  {weights[name]:+.2f}  {name} ({count[name]})")


if __name__ == "__main__":
    main()
