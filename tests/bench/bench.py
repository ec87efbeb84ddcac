#!/usr/bin/env python3
"""./dev bench: the first figures of the benchmarks, one table and one JSON file; each figure beside what it is measured against."""
import argparse
import gzip
import json
import os
import shutil
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "demo"))
import ordinary_day  # noqa: E402
import payments  # noqa: E402
from rig import ROOT, Failed, Rig, run, wait_until  # noqa: E402

DECLARATION = ROOT / "common" / "catalog" / "datasets" / "benefit_pay.decl"
TODAY = "2026-11-24"


def spread(values, digits=3):
    """Median, least and most of the runs."""
    return {"median": round(statistics.median(values), digits), "min": round(min(values), digits),
            "max": round(max(values), digits), "runs": len(values)}


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), "unknown")
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gib": round(pages * page / 2**30, 1), "kernel": os.uname().release,
            "load_before": os.getloadavg()[0]}


class Bench:
    def __init__(self, a):
        self.build, self.folder = Path(a.build).resolve(), ROOT / a.folder
        self.runs, self.days, self.is_quick, self.is_long = a.runs, a.days, a.quick, a.long
        self.figures, self.rows = {}, []
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def say(self, text):
        print(text, file=sys.stderr, flush=True)

    def put(self, name, figure, what, absolute, against, ratio, reach):
        """One line of the table; `ratio` is a spread or None."""
        self.figures[name] = figure
        shown = f"{ratio['median']:g} ({ratio['min']:g} … {ratio['max']:g})" if ratio else "—"
        self.rows.append((name, what, absolute, against, shown, reach))
        self.say(f"{name}: {absolute}; against {against}: {shown}, to reach {reach}")

    def program(self, name):
        path = self.build / "tests" / "bench" / f"bench_{name}"
        if not path.exists():
            raise Failed(f"{path} is missing; run ./dev build release")
        return path

    def fresh(self, name):
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def county(self, scale):
        out = self.folder / f"county-{scale:g}"
        if not out.exists():
            run(self.build / "tests" / "county" / "county", "--seed", 1, "--scale", scale, "--sites", 90, "--today", TODAY,
                "--out", out)
        return out

    # --- B1, B2 ---------------------------------------------------------------------------------------------------------

    def file_of(self, count, encoding):
        """The payments of the county as one file; longer ones repeat them."""
        path = self.folder / f"pay-{count}-{encoding}.csv"
        if not path.exists():
            if not self.rows_of_county:
                self.header, self.rows_of_county = payments.collect(self.county(1), DECLARATION)
            payments.write(path, self.header, self.rows_of_county, count or len(self.rows_of_county), encoding)
        return path

    rows_of_county = None

    def edge(self, source):
        folder = self.fresh("edge")
        shutil.copy(source, folder / "in.csv")
        return json.loads(run(self.program("edge"), folder, folder / "in.csv"))

    def plain(self, source):
        return json.loads(run(self.program("plain_sqlite"), self.fresh("plain"), source))

    def b1_b2(self):
        figure = {"encodings": {}, "peak_kib": {}}
        for encoding in ("utf-8", "gb18030"):
            source = self.file_of(0, encoding)
            edges, rates, plains, ratios = [], [], [], []
            for _ in range(self.runs):  # one beside the other, so that both see the same machine
                plain, edge = self.plain(source), self.edge(source)
                edges.append(edge)
                rates.append(edge["rows"] * 1e6 / edge["import_us"])
                plains.append(plain["rows"] * 1e6 / plain["insert_us"])
                ratios.append(rates[-1] / plains[-1])
            zipped = len(gzip.compress(source.read_bytes(), 9))
            a, b = spread(rates, 0), spread(plains, 0)
            figure["encodings"][encoding] = {"rows": edges[0]["rows"], "rows_per_second": a, "plain_rows_per_second": b,
                                             "ratio": spread(ratios),
                                             "peak_kib": spread([e["peak_kib"] for e in edges], 0)}
            self.put(f"B1 {encoding}", figure, f"edge import, {edges[0]['rows']:,} rows", f"{a['median']:,.0f} rows/s",
                     f"plain insert {b['median']:,.0f} rows/s", spread(ratios), "≥ 0.5")
            wire = [e["envelope_bytes"] / e["accepted"] for e in edges]
            each = zipped / edges[0]["rows"]
            self.put(f"B2 {encoding}", {"bytes_per_record": spread(wire, 2), "gzip_bytes_per_row": round(each, 2),
                                        "envelopes": edges[0]["envelopes"], "ratio": spread([w / each for w in wire])},
                     "bytes a record, whole envelopes", f"{statistics.median(wire):.2f} B", f"gzip -9 {each:.2f} B",
                     spread([w / each for w in wire]), "≤ 0.75")
        counts = (10_000, 1_000_000) if not self.is_quick else (10_000,)
        for count in counts:
            figure["peak_kib"][str(count)] = self.edge(self.file_of(count, "utf-8"))["peak_kib"]
        base = figure["encodings"]["utf-8"]["peak_kib"]["median"]
        peaks = ", ".join(f"{k / 1024:.1f} MiB at {int(n):,}" for n, k in figure["peak_kib"].items())
        self.put("B1 memory", figure, "edge import, peak resident memory", f"{base / 1024:.1f} MiB", peaks, None, "≤ 24 MB, flat")

    # --- B3 -------------------------------------------------------------------------------------------------------------

    def b3(self):
        runs = [json.loads(run(self.program("hub_intake"), self.fresh("hub"))) for _ in range(self.runs)]
        rates, plains = (spread([r[key] for r in runs], 0) for key in ("intake_rows_per_second", "plain_rows_per_second"))
        ratio = spread([r["ratio"] for r in runs])
        self.put("B3", {"rows": runs[0]["rows"], "rows_per_second": rates, "plain_rows_per_second": plains, "ratio": ratio},
                 f"hub intake, {runs[0]['rows']:,} rows", f"{rates['median']:,.0f} rows/s",
                 f"plain upsert {plains['median']:,.0f} rows/s", ratio, "≥ 0.3")

    # --- B7 -------------------------------------------------------------------------------------------------------------

    def evaluate(self, scale, turns):
        folder = self.fresh("evaluate")
        shutil.copytree(self.county(scale) / "sites", folder / "sites")
        result = json.loads(run(self.program("evaluate"), folder, folder / "sites", turns))
        shutil.rmtree(folder)
        return result

    def b7(self):
        scales = [1] if self.is_quick else [1, 10, 100] if self.is_long else [1, 10]
        figure, base = {}, None
        for scale in scales:
            r = self.evaluate(scale, max(self.runs, 3))
            took = [t["evaluate_us"] / 1000 for t in r["turns"]]
            base = base or statistics.median(took)
            ratio = spread([t / base for t in took])
            figure[f"scale {scale}"] = {"rows": r["accepted"], "evaluate_ms": spread(took, 1),
                                        "merge_ms": spread([t["merge_us"] / 1000 for t in r["turns"]], 1), "ratio": ratio,
                                        "full_ms": r["full_ms"], "first_full_ms": r["first_full_ms"]}
            self.put(f"B7 scale {scale}", figure, f"500 rows evaluated, {r['accepted']:,} rows held",
                     f"{statistics.median(took):.0f} ms", f"scale 1 {base:.0f} ms; full {r['full_ms']} ms", ratio, "≤ 1.5")
        self.figures["B7"] = figure

    # --- B4 -------------------------------------------------------------------------------------------------------------

    def first_load(self):
        """Seconds from the first file dropped to the last row on the hub and to the last finding stored."""
        rig = Rig(self.build, self.fresh("load"), 90, 1.0, 1, TODAY)
        try:
            rig.generate()
            rig.provision()
            rig.start_broker()
            rig.start_hub()
            rig.start_agents()
            good = sum(t["good"] for t in rig.expected["totals"].values())
            begun = time.monotonic()
            for site in rig.sites:
                rig.drop(site)
            last = {"rows": None, "state": None, "at": begun}

            def is_quiet():
                s = rig.hub_json("status")
                now = time.monotonic()
                arrived = s["merged"] + s["duplicate"] + s["quarantined"] >= good
                if arrived and last["rows"] is None:
                    last["rows"] = now
                state = (s["merged"], s["dirty"], [(r["rule"], r["flagged"]) for r in s["rules"]])
                if state != last["state"]:
                    last["state"], last["at"] = state, now
                return arrived and s["dirty"] == 0 and now - last["at"] > 3

            if not wait_until(is_quiet, 1500, every=0.5, check=rig.check_alive):
                raise Failed(f"the load did not come to rest; logs are in {rig.folder / 'logs'}")
            return {"rows": good, "rows_s": last["rows"] - begun, "findings_s": last["at"] - begun}
        finally:
            rig.stop()

    def b4(self):
        for name, part in (("B1 utf-8", self.b1_b2), ("B3", self.b3), ("B7 scale 1", self.b7)):
            if name not in self.figures:
                part()
        runs = [self.first_load() for _ in range(1 if self.is_quick else self.runs)]
        rows = runs[0]["rows"]
        edge = self.figures["B1 utf-8"]["encodings"]["utf-8"]["rows_per_second"]["median"]
        hub = self.figures["B3"]["rows_per_second"]["median"]
        full_s = self.figures["B7"]["scale 1"]["full_ms"] / 1000
        bound = rows / edge + rows / hub + full_s
        took = [r["findings_s"] for r in runs]
        ratio = spread([t / bound for t in took])
        self.put("B4", {"rows": rows, "findings_s": spread(took, 1), "rows_s": spread([r["rows_s"] for r in runs], 1),
                        "bound_s": round(bound, 2), "bound_parts_s": [round(rows / edge, 2), round(rows / hub, 2), full_s],
                        "ratio": ratio},
                 f"first load, 90 sites, {rows:,} rows", f"{statistics.median(took):.1f} s", f"bound B1+B3+full {bound:.1f} s",
                 ratio, "≤ 1.5")

    # --- B5 -------------------------------------------------------------------------------------------------------------

    def b5(self):
        rig = Rig(self.build, self.fresh("day"), 8, 0.05, 1, TODAY)
        try:
            figure = ordinary_day.measure(rig, 20 if self.is_quick else self.days, self.say)
        finally:
            rig.stop()
        ratio = {"median": round(figure["p50_ms"] / figure["round_trip_p50_ms"]), "min": round(figure["min_ms"] /
                 figure["round_trip_p50_ms"]), "max": round(figure["p99_ms"] / figure["round_trip_p50_ms"])}
        self.put("B5", figure, f"500 rows dropped → finding seen, {figure['files']} files",
                 f"p50 {figure['p50_ms']:.0f} ms, p99 {figure['p99_ms']:.0f} ms (settle_ms {figure['settle_ms']} in it)",
                 f"MQTT QoS 1 round trip of {figure['message_bytes']:,} B: p50 {figure['round_trip_p50_ms']:.2f} ms", ratio,
                 "p99 ≤ 3 s")

    # --- the end --------------------------------------------------------------------------------------------------------

    def print_table(self):
        heads = ("", "work", "figure", "measured against", "ratio (min … max)", "reach")
        print("| " + " | ".join(heads) + " |")
        print("|" + " --- |" * len(heads))
        for row in self.rows:
            print("| " + " | ".join(row) + " |")


def arguments():
    p = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    p.add_argument("--build", default="build/release", help=argparse.SUPPRESS)
    p.add_argument("--folder", default="build/bench", help="working folder; made anew (build/bench)")
    p.add_argument("--json", default="build/bench.json", metavar="FILE", help="the figures (build/bench.json)")
    p.add_argument("--only", default="", metavar="B1,…", help="B1 (with B2), B3, B4, B5, B7; all by default")
    p.add_argument("--runs", type=int, default=5, help="of each figure (5)")
    p.add_argument("--days", type=int, default=200, help="files of B5 (200)")
    p.add_argument("--quick", action="store_true", help="no million rows, scale 1 alone, one first load, 20 files")
    p.add_argument("--long", action="store_true", help="B7 at scale 100 as well")
    return p.parse_args()


def main():
    a = arguments()
    only = [name.strip().upper().replace("B2", "B1") for name in a.only.split(",") if name.strip()]
    bench = Bench(a)
    parts = {"B1": bench.b1_b2, "B3": bench.b3, "B7": bench.b7, "B5": bench.b5, "B4": bench.b4}
    if a.runs < 1 or a.days < 1 or any(name not in parts for name in only):
        print(f"./dev bench: --only takes {', '.join(parts)}; --runs and --days at least 1", file=sys.stderr)
        return 2
    about = machine()
    try:
        for name, part in parts.items():
            if not only or name in only:
                if not any(done.split()[0] == name for done in bench.figures):
                    part()
    except Failed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    bench.print_table()
    out = ROOT / a.json
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"machine": about, "figures": bench.figures}, ensure_ascii=False, indent=1))
    print(f"\n{about['cores']} cores of {about['cpu']}, {about['memory_gib']} GiB; JSON in {a.json}")
    return 0


sys.exit(main())
