#!/usr/bin/env python3
"""How fast the pages are: from the start of the program to the first page, the weight of pages, and how long a page takes
with many cases in the folder and a steady stream of requests.

    python3 bench/pages.py target/release/upstairs [--cases 10000] [--rate 50] [--seconds 20]

Everything happens on loopback, in a folder of its own that is deleted at the end. A page is asked for on a connection that
stays open, as a browser does; how long it takes is counted from the moment at which it was due, so a queue counts, too.
As a floor the same stream asks for `/alive`, which answers a word: what is beyond it is the work of the pages.
"""
import argparse
import gzip
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time


class Server:
    def __init__(self, program, home):
        env = {"HOME": home, "UPSTAIRS_DATA": home + "/data", "UPSTAIRS_CACHE": home + "/cache", "PATH": os.environ["PATH"]}
        began = time.perf_counter()
        self.child = subprocess.Popen([program, "open", "--no-browser", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True)
        self.url = next(re.search(r"http://\S+", line)[0] for line in self.child.stdout if "http://" in line)
        self.port = int(re.search(r":(\d+)/", self.url)[1])
        self.line = http.client.HTTPConnection("127.0.0.1", self.port)
        answer, _ = self.ask("GET", self.url.split(str(self.port), 1)[1])
        self.cookie = answer.getheader("set-cookie").split(";")[0]
        answer, page = self.get("/")
        assert answer.status == 200 and "Upstairs" in plain(page)
        self.first_page = time.perf_counter() - began
        self.token = open(home + "/data/api-token").read().strip()

    def ask(self, method, path, body=None, headers=None, line=None):
        line = line or self.line
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer, answer.read()

    def get(self, path, line=None):
        return self.ask("GET", path, None, {"cookie": self.cookie, "accept-encoding": "gzip"}, line)

    def open_case(self, number):
        case = {
            "company": f"Company {number % 997} {number}",
            "country": "GB",
            "problem": {"what": f"The bill of month {number % 12 + 1} is wrong", "topic": "billing_error", "since": "2026-01-05"},
            "references": [f"REF-{number:06d}"],
            "log": [{"at": "2026-02-01", "by": "customer", "channel": "phone", "kind": "call", "text": "Was told to wait"}],
        }
        headers = {"authorization": "Bearer " + self.token, "content-type": "application/json"}
        answer, body = self.ask("POST", "/api/v1/cases", json.dumps({"case": case}), headers)
        assert answer.status == 201, body
        return json.loads(body)["id"]

    def end(self):
        self.child.terminate()
        self.child.wait()


def stream(server, paths, rate, seconds):
    """Asks for paths in turn at a steady rate, and returns how long each took from when it was due, in milliseconds."""
    times, lock, start = [], threading.Lock(), time.perf_counter() + 0.2
    count = rate * seconds
    turn = iter(range(count))

    def work():
        line = http.client.HTTPConnection("127.0.0.1", server.port)
        while True:
            with lock:
                number = next(turn, None)
            if number is None:
                return
            due = start + number / rate
            time.sleep(max(0, due - time.perf_counter()))
            answer, _ = server.get(paths[number % len(paths)], line)
            took = (time.perf_counter() - due) * 1000
            assert answer.status == 200, (paths[number % len(paths)], answer.status)
            with lock:
                times.append((took, paths[number % len(paths)]))

    workers = [threading.Thread(target=work) for _ in range(8)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    return times


def told(name, times):
    took = sorted(one for one, _ in times)
    at = lambda share: took[min(len(took) - 1, int(len(took) * share))]
    print(f"{name:<28} n={len(took):<6} median {statistics.median(took):6.1f} ms   p99 {at(0.99):6.1f} ms   most {took[-1]:6.1f} ms")


def plain(page):
    return (gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page).decode()


def weight(server, path):
    """Returns the bytes that a browser takes for a page: the page and its assets, compressed as they come."""
    _, page = server.get(path)
    assets = re.findall(r'(?:href|src)="(/assets/[^"]+)"', plain(page))
    return len(page) + sum(len(server.get(asset)[1]) for asset in set(assets))


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("program")
    words.add_argument("--cases", type=int, default=10000)
    words.add_argument("--rate", type=int, default=50)
    words.add_argument("--seconds", type=int, default=20)
    given = words.parse_args()
    home = tempfile.mkdtemp(prefix="upstairs-bench-")
    server = None
    try:
        starts = []
        for _ in range(5):
            server = Server(given.program, home)
            starts.append(server.first_page * 1000)
            server.end()
        print(f"start to first page          median {statistics.median(starts):.0f} ms of 5")
        server = Server(given.program, home)
        began = time.perf_counter()
        ids = [server.open_case(number) for number in range(given.cases)]
        print(f"{given.cases} cases opened over the API in {time.perf_counter() - began:.0f} s")
        began = time.perf_counter()
        while "are being looked at" in plain(server.get("/")[1]):
            time.sleep(0.2)
        print(f"days to keep of all cases folded behind the first page in {time.perf_counter() - began:.1f} s")
        for path in ["/", "/cases", f"/cases/{ids[0]}", f"/cases/{ids[0]}/write", "/settings"]:
            print(f"weight of {re.sub(r'[0-9a-z-]{6,}', 'ID', path):<22} {weight(server, path) / 1000:6.1f} kB")
        told("floor: /alive", stream(server, ["/alive"], given.rate, given.seconds))
        told("front page alone", stream(server, ["/"], given.rate, given.seconds))
        some = [f"/cases/{ids[at]}" for at in range(0, len(ids), max(1, len(ids) // 40))]
        mixed = [path for one in some for path in ("/", "/cases", one, "/cases?q=REF-00" + one[-3:].strip("/"), "/cases?page=3")]
        times = stream(server, mixed, given.rate, given.seconds)
        told("pages, mixed", times)
        for name, of in [("  /", lambda p: p == "/"), ("  /cases", lambda p: p == "/cases"), ("  /cases/ID", lambda p: p.startswith("/cases/")), ("  /cases?q=", lambda p: "?q=" in p), ("  /cases?page=", lambda p: "?page=" in p)]:
            told(name, [one for one in times if of(one[1])])
    finally:
        if server:
            server.end()
        shutil.rmtree(home, ignore_errors=True)


main()
