#!/usr/bin/env python3
"""Times `upstairs read page` beside a bare tokenizer pass and the Python peers: one run, one core, the same pages.

  bench/throughput.py PAGES_DIR RUN_PEERS.py [--bin target/release/upstairs] [--floor BENCH_BINARY] [--rounds 5] [--repeat 20]

RUN_PEERS.py is the script that holds the peers; its header says how to set them up. BENCH_BINARY is what
`cargo bench -p reading --bench pages --no-run` built (the newest one below target/release/deps is taken).

Each round times all sides one after another, and the best round of each side counts: what else the machine does only makes a
side slower. Ours are two figures: the whole process over PAGES_DIR read `--repeat` times (start, reading of files and writing of
JSON counted in, shared out over the passes), and the start of a process that reads one page. The peers' seconds are extraction
alone, without the start of their interpreter and without reading files.
"""
import argparse, glob, json, os, subprocess, sys, time

PEERS = {"best-python-fast": 4, "best-python": 60}
MOST_FLOORS = 3
CORE = str(sorted(os.sched_getaffinity(0))[-1])


def pinned(command, **kw):
    return subprocess.run(["taskset", "-c", CORE, *command], stdout=subprocess.PIPE, check=True, **kw)


def ours(binary, pages, repeat):
    lines = "".join(json.dumps({"id": f"{n}-{p}", "file": p}) + "\n" for n in range(repeat) for p in pages).encode()
    began = time.perf_counter()
    done = pinned([binary, "read", "page", "--jsonl"], input=lines)
    took = time.perf_counter() - began
    if done.stdout.count(b"\n") != len(pages) * repeat or b'"error"' in done.stdout:
        sys.exit("upstairs did not answer every page")
    return took


def floor(binary, folder, what, repeat):
    return float(pinned([binary, folder, "--only", what, "--repeat", str(repeat)]).stdout)


def peer(script, folder, name):
    repeat = 1 if name == "best-python" else 5
    done = pinned([sys.executable, script, folder, "--peers", name, "--summary", "--repeat", str(repeat)], stderr=subprocess.DEVNULL)
    row = next((json.loads(l) for l in done.stdout.splitlines() if l.strip().startswith(b"{")), {})
    if not row.get("seconds") or row.get("failed"):
        return None
    return row["seconds"] / repeat


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("run_peers")
    parser.add_argument("--bin", default="target/release/upstairs")
    parser.add_argument("--floor")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=20)
    args = parser.parse_args()
    folder = os.path.abspath(args.pages)
    pages = sorted(glob.glob(os.path.join(folder, "*.html")))
    built = [p for p in glob.glob("target/release/deps/pages-*") if os.access(p, os.X_OK) and not p.endswith(".d")]
    bare = args.floor or max(built, key=os.path.getmtime, default=None)
    if not pages or not bare:
        sys.exit("no pages, or no bench binary: cargo bench -p reading --bench pages --no-run")
    size = sum(os.path.getsize(p) for p in pages) / 1e6
    sides = {
        "bare tokenizer pass": lambda: floor(bare, folder, "floor", args.repeat),
        "reading, in the process": lambda: floor(bare, folder, "read", args.repeat),
        "read page, whole process": lambda: ours(args.bin, pages, args.repeat) / args.repeat,
        "read page, pages once": lambda: ours(args.bin, pages, 1),
        "read page, one page": lambda: ours(args.bin, pages[:1], 1),
        **{name: (lambda name=name: peer(args.run_peers, folder, name)) for name in PEERS},
    }
    best = {}
    for number in range(args.rounds):
        for name, time_it in sides.items():
            if name == "best-python" and number >= 2:  # minutes a round
                continue
            took = time_it()
            if took:
                best[name] = min(best.get(name, took), took)
    print(f"{len(pages)} pages, {size:.2f} MB, core {CORE}, best of {args.rounds} rounds")
    for name, took in best.items():
        print(f"{name:26} {took * 1e3:10.2f} ms" + ("" if name == "read page, one page" else f" {size / took:9.2f} MB/s"))
    mine = best["read page, whole process"]
    print(f"upstairs takes {mine / best['bare tokenizer pass']:.2f} times the bare pass (asked: at most {MOST_FLOORS})")
    for name, least in PEERS.items():
        if name in best:
            print(f"upstairs is {best[name] / mine:.1f} times as fast as {name} (asked: at least {least})")
        else:
            print(f"{name} is not set up: {args.run_peers} --setup")


if __name__ == "__main__":
    main()
