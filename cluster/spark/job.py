#!/usr/bin/env python3
"""Extracts web archives on a Spark cluster and merges what they say, by the rules of `upstairs archive merge`.

  spark-submit cluster/spark/job.py --archives LIST --to FOLDER [--base URL] [--binary upstairs] [--country GB]

LIST names an archive a line: a path that every executor can read, or an https:// or s3:// address; lines that are no
address are joined to --base, as in `warc.paths.gz` of a crawl. Each task reads one archive with the released binary, which
must be on every executor (--binary names it; `spark-submit --files upstairs` brings it along, and then it is `./upstairs`).
FOLDER (any file system that Spark writes to) gets `records` and `companies`, both Parquet with the columns of
`upstairs schema archive`. `upstairs archive merge FOLDER/companies/*.parquet --to directory` makes a directory of the second.

A task that dies is run again on another executor, and only whole tasks are committed: the result is that of one machine, row
for row. An archive that cannot be read fails the job by name, unless --skip-bad is given; then it is named at the end.
"""
import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = """record site url seen kind archive title lang name named_by legal_name register_number channel value rung party label
person role hours cost cost_note extension access place""".split()
LISTS = ["languages", "topics", "notes"]
LONG = ["because", "quote", "policy"]
NUMBERS = ["offset", "stages", "bodies"]
COLUMNS = TEXTS + LISTS + LONG + NUMBERS


def schema():
    """The columns as Spark names their types."""
    kind = {**{name: "string" for name in TEXTS + LONG}, **{name: "array<string>" for name in LISTS}, **{name: "bigint" for name in NUMBERS}}
    return ", ".join(f"`{name}` {kind[name]}" for name in COLUMNS)


def extractor(binary, country, skip_bad, bad):
    """Returns what an executor does with its archives: batches of names in, batches of records out."""

    def extract(batches):
        import pyarrow
        import pyarrow.parquet

        def shaped(batch):
            wanted = {name: pyarrow.list_(pyarrow.string()) if name in LISTS else pyarrow.int64() if name in NUMBERS else pyarrow.string() for name in COLUMNS}
            arrays = [batch.column(batch.schema.get_field_index(name)).cast(kind) for name, kind in wanted.items()]
            return pyarrow.RecordBatch.from_arrays(arrays, names=list(wanted))

        for batch in batches:
            for archive in batch.column(0).to_pylist():
                with tempfile.TemporaryDirectory() as folder:
                    to = os.path.join(folder, "records.parquet")
                    command = [binary, "archive", "extract", archive, "--to", to, "--threads", "1", "--json"]
                    done = subprocess.run(command + (["--country", country] if country else []), capture_output=True, text=True)
                    if not os.path.exists(to):
                        if not skip_bad:
                            raise RuntimeError(f"{archive}: {done.stderr.strip() or done.returncode}")
                        bad.add(1)
                        print(f"{archive}: {done.stderr.strip()}", file=sys.stderr)
                        continue
                    for records in pyarrow.parquet.ParquetFile(to).iter_batches(8192):
                        yield shaped(records)

    return extract


def archives(path, base):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        named = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return [base.rstrip("/") + "/" + name if base and "://" not in name else name for name in named]


def run(spark, named, to, binary="upstairs", country=None, skip_bad=False):
    """Runs the job; returns how many archives could not be read."""
    bad = spark.sparkContext.accumulator(0)
    # Packed with zstd, as the program itself does: it reads no other compression.
    # A task an archive: what is lost with an executor is one archive at most for each of its cores.
    names = spark.createDataFrame([(name,) for name in named], "archive string").repartition(len(named))
    names.mapInArrow(extractor(binary, country, skip_bad, bad), schema()).write.mode("overwrite").option("compression", "zstd").parquet(f"{to}/records")
    spark.read.schema(schema()).parquet(f"{to}/records").createOrReplaceTempView("records")
    with open(os.path.join(HERE, "merge.sql")) as sql:
        merged = spark.sql(sql.read())
    # Whole companies in order: a range of sites a file.
    merged.repartitionByRange("site").sortWithinPartitions("site", "part", "line").select(*COLUMNS).write.mode("overwrite").option("compression", "zstd").parquet(f"{to}/companies")
    return bad.value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archives", required=True)
    parser.add_argument("--to", required=True)
    parser.add_argument("--base")
    parser.add_argument("--binary", default="upstairs")
    parser.add_argument("--country")
    parser.add_argument("--skip-bad", action="store_true")
    args = parser.parse_args()
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("upstairs archive").getOrCreate()
    named = archives(args.archives, args.base)
    bad = run(spark, named, args.to, args.binary, args.country, args.skip_bad)
    companies = spark.read.parquet(f"{args.to}/companies").where("record = 'company'").count()
    print(json.dumps({"archives": len(named), "bad": bad, "companies": companies, "to": args.to}))
    spark.stop()


if __name__ == "__main__":
    main()
