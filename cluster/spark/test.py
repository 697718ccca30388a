#!/usr/bin/env python3
"""Runs the job on a real cluster of two executors on this machine, kills one half-way, and compares with one machine.

  cluster/spark/test.py BINARY

Makes 12 archives of fictional companies, reads and merges them with BINARY alone, then with Spark (`local-cluster[2,1,1024]`:
two executors with a process of their own each). As soon as three archives are done one executor is killed with SIGKILL; Spark
starts another. The companies must be the same, row for row and column for column. Exit code 0: equal. 77: pyspark, pyarrow or
java is not here, which is said. Takes about a minute; it gives up after eight.
"""
import gzip
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ARCHIVES = 12


def record(url, day, body):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-{day:02}T12:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1)


def make(folder):
    """Writes archives in which companies come again: on other days, with other names, with one number on many pages."""
    rng = random.Random(1)
    for number in range(ARCHIVES):
        day = 1 + number % 9
        with open(os.path.join(folder, f"{number:02}.warc.gz"), "wb") as out:
            for page in range(120):
                company = rng.randrange(60)
                host = f"www.lampen{company}.example" if company % 3 else f"lampen{company}.co.uk"
                path = rng.choice(["", "contact", "complaints", "about", f"shop/{rng.randrange(400)}", "terms/legal"])
                name = rng.choice([f"Lampen {company}", f"Lampen {company} Ltd", f"The Lampen{company} shop"])
                data = f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"Organization","name":"{name}","legalName":"{name} Limited"}}</script>' if rng.random() < 0.3 else ""
                body = f"<html lang=en><title>{path or 'Home'} | {name}</title>{data}<main><h1>{path or 'Welcome'}</h1>"
                if path == "complaints":
                    body += (f"<h2>How to complain</h2><p>Stage 1: write to complaints{day}@lampen{company}.example. We answer within {rng.choice([5, 8, 10])} working days.</p>"
                             f"<p>Stage 2: if you are not happy, write to our chief executive at ceo@lampen{company}.example. We answer within 20 working days.</p>"
                             f"<p>If we have not put it right within eight weeks you can go to the ombudsman.</p>")
                elif path == "contact":
                    body += f"<p>Customer service: call 020 7946 {company:04}, open 9 to 5</p><p>Press office: press@lampen{company}.example</p>"
                elif path.startswith("terms"):
                    body += f"<p>Legal notices to our legal department, legal@lampen{company}.example</p>"
                body += f"</main><footer>Call 020 7946 {company:04} &middot; help@lampen{company}.example</footer></html>"
                out.write(record(f"https://{host}/{path}", day, body))


def rows(paths):
    import pyarrow.parquet

    found = []
    for path in paths:
        for row in pyarrow.parquet.read_table(path).to_pylist():
            found.append({name: value for name, value in row.items() if value is not None})
    return found


def parquet(folder):
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".parquet"))


def executor_of(pid):
    """The executor, a child of a child of this process, in which a process runs; None where there is none any more."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout.splitlines()[1:]
    tree = {int(pid): (int(parent), args) for pid, parent, args in (line.split(None, 2) for line in listed)}
    found = None
    while pid in tree and pid != os.getpid():
        parent, args = tree[pid]
        if "CoarseGrainedExecutorBackend" in args and "java" in args.split()[0]:
            found = pid
        pid = parent
    return found if pid == os.getpid() else None


def main():
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as missing:
        print(f"skipped: {missing}; tools/prepare.sh installs it, or: pip install pyspark==4.3.0 pyarrow 'pandas<3'")
        return 77
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        print("skipped: java is not here")
        return 77
    binary = os.path.abspath(sys.argv[1])
    signal.alarm(480)
    sys.path.insert(0, HERE)
    import job
    from pyspark.sql import SparkSession

    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        make(folder)
        named = [at(f"{number:02}.warc.gz") for number in range(ARCHIVES)]
        for words in (["extract", *named, "--country", "GB", "--to", at("one.parquet")], ["merge", at("one.parquet"), "--to", at("merged.parquet")]):
            subprocess.run([binary, "archive", *words], check=True, stdout=subprocess.DEVNULL)
        # Each archive leaves a mark when it is begun, so that the kill falls in the middle.
        os.mkdir(at("begun"))
        wrapper = at("binary")
        with open(wrapper, "w") as script:
            script.write(f"#!/bin/sh\n: > {at('begun')}/$$\nsleep 1\nexec {binary} \"$@\"\n")
        os.chmod(wrapper, 0o755)
        # Short-lived machines: what starts fast is done before what runs fast has started.
        quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1",
                          PYSPARK_SUBMIT_ARGS=f'--driver-java-options "{quick}" pyspark-shell')
        spark = (SparkSession.builder.master("local-cluster[2,1,1024]").appName("upstairs test")
                 .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
                 .config("spark.ui.enabled", "false").config("spark.executor.extraJavaOptions", quick)
                 .config("spark.log.level", "ERROR").config("spark.ui.showConsoleProgress", "false").config("spark.sql.shuffle.partitions", "4")
                 .config("spark.task.maxFailures", "8").getOrCreate())
        spark.sparkContext.setLogLevel("ERROR")
        killed = []

        def kill():
            while len(os.listdir(at("begun"))) < 4:
                time.sleep(0.1)
            # The one in the middle of an archive: what it was at is lost, and must be done again.
            newest = max(os.scandir(at("begun")), key=lambda mark: mark.stat().st_mtime_ns)
            executor = executor_of(int(newest.name))
            if executor:
                os.kill(executor, signal.SIGKILL)
                killed.append(executor)

        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        job.run(spark, named, at("spark"), wrapper, "GB")
        thread.join(1)
        begun = len(os.listdir(at("begun")))
        spark.stop()
        ours, theirs = rows([at("merged.parquet")]), rows(parquet(at("spark/companies")))
        print(f"{len(named)} archives, {begun} runs of the binary, executor killed: {killed}; {len(ours)} rows on one machine, {len(theirs)} on the cluster")
        if not killed or begun <= ARCHIVES:
            print("no executor was killed in the middle of an archive: nothing is shown")
            return 1
        for number, (one, other) in enumerate(zip(ours, theirs)):
            if one != other:
                print(f"row {number} differs:\n  {one}\n  {other}")
                return 1
        if len(ours) != len(theirs):
            print("the number of rows differs")
            return 1
        # What Spark wrote becomes a directory as what one machine wrote does.
        subprocess.run([binary, "archive", "merge", at("spark/companies/*.parquet"), "--to", at("directory")], check=True)
        print("equal, row for row")
        return 0


if __name__ == "__main__":
    sys.exit(main())
