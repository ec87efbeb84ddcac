#!/usr/bin/env python3
"""recount.py HUB CATALOG [SEEDS]: random small markets, counted by the hub's SELECTs and by this second program, which was written from the
table of the specification (indicators.md 3.1) and shares nothing with them. Every flag and every number must agree."""
import json, math, pathlib, random, subprocess, sys, tempfile
from collections import defaultdict
from datetime import datetime, timedelta, timezone

CLOCK = timezone(timedelta(hours=8))
FLAGS = ("R003", "R018", "R024", "R025", "R028", "R030", "R035", "R036", "R038", "R044", "R048", "R058")


def maybe(rnd, chance, value):
    return value if rnd.random() < chance else None


def market(rnd):
    """Processes with every way of being left out, from few firms and prices, so that ties and repeats happen."""
    firms = [f"F{i}" for i in range(rnd.randint(3, 12))]
    end = datetime(2026, 3, 31, 9, 30, tzinfo=CLOCK)
    for number in range(rnd.choice([rnd.randint(1, 60), 240])):
        start = end - timedelta(seconds=rnd.choice([rnd.randint(0, 40 * 86400), 15 * 86400, 15 * 86400 - 1]))
        bids = []
        for _ in range(rnd.randint(0, 5)):
            bids.append({"status": rnd.choice(["valid", "valid", "valid", "disqualified", "disqualified", "withdrawn", "invited", "pending", None, 3]),
                         "date": (end + timedelta(seconds=rnd.choice([-3600, -1, 0, 1, 3600]))).isoformat(),
                         "value": maybe(rnd, .95, {"amount": rnd.choice([100, 100.0, 101, 102.5, 110, 120, 150, rnd.randint(90, 200)]),
                                                   "currency": rnd.choice(["CNY"] * 9 + ["USD"])}),
                         "tenderers": [{"id": f} for f in rnd.sample(firms, rnd.choice([1, 1, 1, 1, 2]))]})
        awards = [{"status": rnd.choice(["active"] * 8 + ["cancelled", "unsuccessful", "pending", None]),
                   "suppliers": [{"id": f} for f in rnd.sample(firms, rnd.choice([1, 1, 1, 1, 2, 0]))],
                   "items": [{"classification": {"id": str(rnd.randint(1000, 9999))}} for _ in range(rnd.randint(0, 2))]}
                  for _ in range(rnd.choice([0, 1, 1, 1, 1, 2]))]
        valid = [b for b in bids if b["status"] == "valid" and b["value"]]
        if awards and valid and rnd.random() < .7:
            awards[0]["suppliers"] = min(valid, key=lambda b: b["value"]["amount"])["tenderers"]
        yield {"ocid": f"o{number}", "buyer": maybe(rnd, .9, {"id": f"B{rnd.randint(1, 6)}"}),
               "tender": {"status": rnd.choice(["complete"] * 9 + ["cancelled", None]), "procurementMethod": rnd.choice(["open", "selective", "limited"]),
                          "numberOfTenderers": rnd.choice([0, 1, 2, None]), "procuringEntity": maybe(rnd, .9, {"id": f"E{rnd.randint(1, 4)}"}),
                          "tenderPeriod": {"startDate": start.isoformat(), "endDate": end.isoformat()}},
               "bids": {"details": bids}, "awards": awards,
               "parties": [{"id": f, "roles": [rnd.choice(["tenderer", "supplier"])], "contactPoint": {"telephone": str(rnd.randint(1, 40))}}
                           for f in rnd.sample(firms, 2)]}


def quantile(values, p):
    values = sorted(values)
    n = len(values)
    h = (n + 1 / 3) * p + 1 / 3
    i = math.floor(h)
    return values[0] if i < 1 else values[-1] if i >= n else values[i - 1] + (h - i) * (values[i] - values[i - 1])


def fence(values, side):
    """None when there are no values."""
    if not values:
        return None
    low, high = quantile(values, .25), quantile(values, .75)
    return high + 1.5 * (high - low) if side > 0 else low - 1.5 * (high - low)


def ids(holder, key):
    return {x["id"] for x in holder.get(key) or []}


class Count:
    def __init__(self):
        self.out = defaultdict(dict)
        self.gaps, self.loses, self.wide = {}, defaultdict(lambda: [0, 0]), defaultdict(lambda: [set(), set()])
        self.thrown = {g: defaultdict(lambda: [0, 0]) for g in ("Buyer", "ProcuringEntity", "Tenderer")}

    def flag(self, group, key, code, value):
        self.out[(group, key)][code] = float(value)

    def process(self, p, currency):
        tender, ocid = p["tender"], p["ocid"]
        start, end = (datetime.fromisoformat(tender["tenderPeriod"][k]) for k in ("startDate", "endDate"))
        if (end - start) // timedelta(days=1) < 15:
            self.flag("OCID", ocid, "R003", 1)
        if tender["numberOfTenderers"] == 1 and tender["procurementMethod"] in ("open", "selective"):
            self.flag("OCID", ocid, "R018", 1)
        sent = [b for b in p["bids"]["details"] if isinstance(b["status"], str) and b["status"] not in ("invited", "withdrawn")]
        valid = [b for b in sent if b["status"] == "valid"]
        final = all(a["status"] in ("active", "cancelled", "unsuccessful", None) for a in p["awards"])
        active = [a for a in p["awards"] if a["status"] == "active"] if final else []
        suppliers = set().union(*[ids(a, "suppliers") for a in active]) if active else set()
        priced = [b for b in sent if b["value"] and b["value"]["currency"] == currency]
        self.gap(ocid, active, [b for b in priced if b["status"] == "valid" and len(b["tenderers"]) == 1])
        self.same(ocid, [b for b in sent if b["value"]])
        for b in valid:
            won = ids(b, "tenderers") & suppliers
            if won and b["date"] > tender["tenderPeriod"]["endDate"]:
                self.flag("OCID", ocid, "R030", 1)
                for w in won:
                    self.flag("Tenderer", w, "R030", 1)
        bidders = set().union(*[ids(b, "tenderers") for b in valid]) if valid else set()
        out = [b for b in sent if b["status"] == "disqualified"]
        others = (set().union(*[ids(b, "tenderers") for b in out]) if out else set()) - bidders
        if len(bidders) == 1 and bidders == suppliers and others:
            self.flag("OCID", ocid, "R035", len(others))
            self.flag("Tenderer", *bidders, "R035", 0)
        if active and any(b["status"] == "valid" for b in priced):
            least = min(b["value"]["amount"] for b in priced)
            if all(b["status"] == "disqualified" for b in priced if b["value"]["amount"] == least):
                self.flag("OCID", ocid, "R036", 1)
        for w in bidders if active else ():
            self.loses[w][0] += w in suppliers
            self.loses[w][1] += 1
        for group, key in (("Buyer", p["buyer"]), ("ProcuringEntity", tender["procuringEntity"])):
            if key:
                self.thrown[group][key["id"]][0] += len(out)
                self.thrown[group][key["id"]][1] += len(sent)
        for b in sent:
            for t in ids(b, "tenderers"):
                self.thrown["Tenderer"][t][0] += b["status"] == "disqualified"
                self.thrown["Tenderer"][t][1] += 1
        for a in active:
            if len(a["suppliers"]) == 1:
                seen = self.wide[a["suppliers"][0]["id"]]
                seen[0].add(ocid)
                seen[1].update(i["classification"]["id"][:2] for i in a["items"])
        tenderers = {t for b in sent for t in ids(b, "tenderers")} | {x["id"] for x in p["parties"] if "tenderer" in x["roles"]}
        phones = defaultdict(set)
        for x in p["parties"]:
            if x["id"] in tenderers:
                phones[x["contactPoint"]["telephone"]].add(x["id"])
        for group in phones.values():
            if len(group) > 1:
                self.flag("OCID", ocid, "R044", 1)
                for t in group:
                    self.flag("Tenderer", t, "R044", 1)

    def gap(self, ocid, active, bids):
        if len(active) != 1 or len(active[0]["suppliers"]) != 1:
            return
        winner = active[0]["suppliers"][0]["id"]
        own = [b["value"]["amount"] for b in bids if winner in ids(b, "tenderers")]
        other = [b for b in bids if winner not in ids(b, "tenderers")]
        if own and other and min(own) <= min(b["value"]["amount"] for b in other):
            second = min(b["value"]["amount"] for b in other)
            seconds = {t for b in other if b["value"]["amount"] == second for t in ids(b, "tenderers")}
            self.gaps[ocid] = ((second - min(own)) / min(own), winner, seconds)

    def same(self, ocid, bids):
        for b in bids:
            for c in bids:
                if b["value"] == c["value"] and ids(b, "tenderers") != ids(c, "tenderers"):
                    self.flag("OCID", ocid, "R028", 1)
                    for t in ids(b, "tenderers"):
                        self.flag("Tenderer", t, "R028", 1)

    def finish(self):
        values = [d for d, _, _ in self.gaps.values()]
        low, high = fence(values, -1), fence(values, 1)
        for ocid, (d, winner, seconds) in self.gaps.items():
            if quantile(values, .25) > 0 and low > 0 and d <= low:
                self.flag("OCID", ocid, "R024", d)
                for t in {winner} | seconds:
                    self.flag("Tenderer", t, "R024", 0)
            if high > 0 and d >= high:
                self.flag("OCID", ocid, "R058", d)
                self.flag("Tenderer", winner, "R058", 0)
        shares = {t: won / n for t, (won, n) in self.loses.items()}
        low = fence(list(shares.values()), -1)
        for t, share in shares.items():
            often = self.loses[t][1] >= quantile([n for _, n in self.loses.values()], .75)
            if often and quantile(list(shares.values()), .25) > 0 and low > 0 and share <= low:
                self.flag("Tenderer", t, "R025", share)
        for group, held in self.thrown.items():
            shares = {k: out / n for k, (out, n) in held.items() if n >= 2}
            high = fence(list(shares.values()), 1)
            for k, share in shares.items():
                if high > 0 and share >= high:
                    self.flag(group, k, "R038", share)
        wide = {s: len(classes) for s, (processes, classes) in self.wide.items() if len(processes) >= 20 and classes}
        for s, n in wide.items():
            if n >= fence(list(wide.values()), 1):
                self.flag("Tenderer", s, "R048", n)


def recount(processes):
    counted = [p for p in processes if p["tender"]["status"] != "cancelled"]
    first = [b["value"]["currency"] for p in counted for b in p["bids"]["details"]
             if b["value"] and isinstance(b["status"], str) and b["status"] not in ("invited", "withdrawn")]
    c = Count()
    for p in counted:
        c.process(p, first[0] if first else None)
    c.finish()
    return {k: v for k, v in c.out.items() if v}


def main():
    hub, catalog, seeds = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 30
    hits = defaultdict(int)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "market.jsonl"
        for seed in range(seeds):
            processes = list(market(random.Random(seed)))
            path.write_text("".join(json.dumps(p) + "\n" for p in processes), encoding="utf-8")
            done = subprocess.run([hub, "indicators", "--catalog", catalog, "--ocds", path], capture_output=True, text=True, check=True)
            found = {(g, k): flags for g, keys in json.loads(done.stdout).items() for k, flags in keys.items()}
            wanted = recount(processes)
            for key in found.keys() | wanted.keys():
                a, b = found.get(key, {}), wanted.get(key, {})
                if a.keys() != b.keys() or any(abs(a[c] - b[c]) > 1e-12 for c in a):
                    print(f"FAILED seed {seed}, {key}: the hub says {a}, the second program {b}")
                    return 1
                for code in a:
                    hits[code] += 1
    missing = [f for f in FLAGS if not hits[f]]
    print(f"ok {seeds} markets agree; hits " + " ".join(f"{f} {hits[f]}" for f in FLAGS))
    if missing and seeds >= 30:
        print("FAILED never hit: " + " ".join(missing))
        return 1
    return 0


sys.exit(main())
