#!/usr/bin/env python3
"""./dev bench: the first figures of the benchmarks, one table and one JSON file; each figure beside what it is measured against."""
import argparse
import json
import os
import shutil
import statistics
import subprocess
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


def gzip_bytes(path):
    """Through the very program, so that a file of any length takes no memory."""
    with subprocess.Popen(["gzip", "-9", "-c", str(path)], stdout=subprocess.PIPE) as zipped:
        size = sum(len(block) for block in iter(lambda: zipped.stdout.read(1 << 20), b""))
    if zipped.returncode:
        raise Failed("gzip failed")
    return size


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
        ending = "xlsx" if encoding == "xlsx" else "csv"
        path = self.folder / f"pay-{count}-{encoding}.{ending}"
        if not path.exists():
            if not self.rows_of_county:
                self.header, self.rows_of_county = payments.collect(self.county(1), DECLARATION)
            write = payments.write_workbook if encoding == "xlsx" else payments.write
            write(path, self.header, self.rows_of_county, count or len(self.rows_of_county), encoding)
        return path

    rows_of_county = None

    def edge(self, source):
        folder = self.fresh("edge")
        copy = folder / f"in{source.suffix}"
        shutil.copy(source, copy)
        return json.loads(run(self.program("edge"), folder, copy))

    def plain(self, source):
        return json.loads(run(self.program("plain_sqlite"), self.fresh("plain"), source))

    def import_both_ways(self, source, plain_source):
        """The runs, one beside the other, so that both see the same machine."""
        pairs = [(self.edge(source), self.plain(plain_source)) for _ in range(self.runs)]
        edges = [edge for edge, _ in pairs]
        return edges, [e["rows"] * 1e6 / e["import_us"] for e in edges], [p["rows"] * 1e6 / p["insert_us"] for _, p in pairs]

    def b1_b2(self):
        for encoding in ("utf-8", "gb18030"):
            self.b2(f"B2 {encoding}", self.file_of(0, encoding), self.b1(encoding, self.file_of(0, encoding)))
        self.b1("xlsx", self.file_of(0, "xlsx"), self.file_of(0, "utf-8"))
        if not self.is_quick:
            source = self.file_of(10 * len(self.rows_of_county), "utf-8")
            self.b2("B2 scale 10", source, [self.edge(source)])
        self.b1_memory("utf-8", (10_000,) if self.is_quick else (10_000, 1_000_000))
        self.b1_memory("xlsx", (10_000,))

    def b1(self, encoding, source, plain_source=None):
        edges, rates, plains = self.import_both_ways(source, plain_source or source)
        ours, plain, ratio = spread(rates, 0), spread(plains, 0), spread([a / b for a, b in zip(rates, plains)])
        self.put(f"B1 {encoding}", {"rows": edges[0]["rows"], "accepted": edges[0]["accepted"], "rows_per_second": ours,
                                    "plain_rows_per_second": plain, "ratio": ratio,
                                    "peak_kib": spread([e["peak_kib"] for e in edges], 0)},
                 f"edge import, {edges[0]['rows']:,} rows", f"{ours['median']:,.0f} rows/s",
                 f"plain insert {plain['median']:,.0f} rows/s", ratio, "≥ 0.5")
        return edges

    def b2(self, name, source, edges):
        zipped = gzip_bytes(source) / edges[0]["rows"]
        wire = [e["envelope_bytes"] / e["accepted"] for e in edges]
        ratio = spread([w / zipped for w in wire])
        self.put(name, {"rows": edges[0]["rows"], "bytes_per_record": spread(wire, 2), "gzip_bytes_per_row": round(zipped, 2),
                        "envelopes": edges[0]["envelopes"], "ratio": ratio},
                 f"bytes a record, whole envelopes, {edges[0]['rows']:,} rows", f"{statistics.median(wire):.2f} B",
                 f"gzip -9 {zipped:.2f} B", ratio, "≤ 0.75")

    def b1_memory(self, encoding, counts):
        base = self.figures[f"B1 {encoding}"]
        peaks = {base["rows"]: base["peak_kib"]["median"]}
        for count in counts:
            peaks[count] = self.edge(self.file_of(count, encoding))["peak_kib"]
        ratios = [peak / peaks[base["rows"]] for peak in peaks.values()]
        self.put(f"B1 memory {encoding}", {"peak_kib": peaks, "ratio": spread(ratios)}, "edge import, peak resident memory",
                 f"{peaks[base['rows']] / 1024:.1f} MiB",
                 ", ".join(f"{peak / 1024:.1f} MiB at {count:,} rows" for count, peak in sorted(peaks.items())), spread(ratios),
                 "≤ 24 MB, flat")

    # --- B3 -------------------------------------------------------------------------------------------------------------

    def b3(self):
        self.hub_intake("B3", 223_206, self.runs)
        if not self.is_quick:
            self.hub_intake("B3 scale 10", 2_232_060, min(self.runs, 3))

    def hub_intake(self, name, rows, times):
        runs = [json.loads(run(self.program("hub_intake"), self.fresh("hub"), rows)) for _ in range(times)]
        rates, plains = (spread([r[key] for r in runs], 0) for key in ("intake_rows_per_second", "plain_rows_per_second"))
        ratio = spread([r["ratio"] for r in runs])
        self.put(name, {"rows": runs[0]["rows"], "rows_per_second": rates, "plain_rows_per_second": plains, "ratio": ratio},
                 f"hub intake, {runs[0]['rows']:,} rows", f"{rates['median']:,.0f} rows/s",
                 f"plain upsert {plains['median']:,.0f} rows/s", ratio, "≥ 0.3")

    # --- B7 -------------------------------------------------------------------------------------------------------------

    def evaluate(self, scale, turns):
        folder = self.fresh("evaluate")
        shutil.copytree(self.county(scale) / "sites", folder / "sites")
        result = json.loads(run(self.program("evaluate"), folder, folder / "sites", turns))
        shutil.rmtree(folder)
        return result

    def at_scale(self, scale):
        r = self.evaluate(scale, max(self.runs, 3))
        took = [t["evaluate_us"] / 1000 for t in r["turns"]]
        one = self.figures.get("B7 scale 1", {}).get("evaluate_ms", {}).get("median") or statistics.median(took)
        ratio = spread([t / one for t in took])
        figure = {"rows": r["accepted"], "evaluate_ms": spread(took, 1), "ratio": ratio, "full_ms": r["full_ms"],
                  "merge_ms": spread([t["merge_us"] / 1000 for t in r["turns"]], 1), "first_full_ms": r["first_full_ms"]}
        self.put(f"B7 scale {scale}", figure, f"500 rows evaluated, {r['accepted']:,} rows held",
                 f"{statistics.median(took):.0f} ms", f"scale 1 {one:.0f} ms; a full one here {r['full_ms']} ms", ratio, "≤ 1.5")

    def b7(self):
        for scale in [1] if self.is_quick else [1, 10, 100] if self.is_long else [1, 10]:
            if f"B7 scale {scale}" not in self.figures:
                self.at_scale(scale)

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
        for name, part in (("B1 utf-8", self.b1_b2), ("B3", self.b3), ("B7 scale 1", lambda: self.at_scale(1))):
            if name not in self.figures:
                part()
        runs = [self.first_load() for _ in range(1 if self.is_quick else self.runs)]
        rows = runs[0]["rows"]
        edge = self.figures["B1 utf-8"]["rows_per_second"]["median"]
        hub = self.figures["B3"]["rows_per_second"]["median"]
        full_s = self.figures["B7 scale 1"]["full_ms"] / 1000
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
    parts = {"B1": bench.b1_b2, "B3": bench.b3, "B5": bench.b5, "B4": bench.b4, "B7": bench.b7}
    if a.runs < 1 or a.days < 1 or any(name not in parts for name in only):
        print(f"./dev bench: --only takes {', '.join(parts)}; --runs and --days at least 1", file=sys.stderr)
        return 2
    about = machine()
    try:
        for name, part in parts.items():
            if (not only or name in only) and (name == "B7" or not any(f.startswith(name) for f in bench.figures)):
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
