#!/usr/bin/env python3
"""Times `upstairs read page` against the Python peers, in one run over the same pages.

  bench/peers.py PAGES_DIR RUN_PEERS.py [--bin target/release/upstairs] [--repeat 5]

The peers' seconds are extraction alone (no interpreter start, no reading of files); ours are the whole process, from start to the
last line of JSON, pinned to one core. Prints a table and the ratios.
"""
import argparse, glob, json, os, subprocess, sys, time

PEERS = ["best-python", "best-python-fast"]


def ours(binary, pages, repeat):
    lines = "".join(json.dumps({"id": f"{n}-{p}", "file": p}) + "\n" for n in range(repeat) for p in pages).encode()
    command = [binary, "read", "page", "--jsonl"]
    if os.path.exists("/usr/bin/taskset"):
        command = ["taskset", "-c", "0", *command]
    began = time.perf_counter()
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True)
    took = time.perf_counter() - began
    if done.stdout.count(b"\n") != len(pages) * repeat:
        sys.exit("upstairs did not answer every page")
    return took


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("run_peers")
    parser.add_argument("--bin", default="target/release/upstairs")
    parser.add_argument("--repeat", type=int, default=5)
    args = parser.parse_args()
    pages = sorted(glob.glob(os.path.join(os.path.abspath(args.pages), "*.html")))
    size = sum(os.path.getsize(p) for p in pages) / 1e6
    took = min(ours(args.bin, pages, args.repeat) for _ in range(3)) / args.repeat
    print(f"{'upstairs':18} {took:8.3f} s a pass {size / took:9.2f} MB/s")
    for peer in PEERS:
        repeat = 1 if peer == "best-python" else args.repeat
        done = subprocess.run([sys.executable, args.run_peers, args.pages, "--peers", peer, "--summary", "--repeat", str(repeat)],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        row = next((json.loads(l) for l in done.stdout.splitlines() if l.strip().startswith(b"{")), {})
        if "seconds" not in row:
            print(f"{peer:18} not installed: {row.get('failed', 'no answer')}")
            continue
        theirs = row["seconds"] / repeat
        print(f"{peer:18} {theirs:8.3f} s a pass {size / theirs:9.2f} MB/s   upstairs is {theirs / took:.1f} times as fast")


if __name__ == "__main__":
    main()
