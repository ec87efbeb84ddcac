#!/usr/bin/env python3
"""ocds_test.py BUILD: the standard's sample process through a real hub: its six releases imported one by one, out of order and twice, and
exported again lose nothing that the standard's merge keeps; a Chinese process becomes rows of library 2, and rows of an exchange a process;
bombs are refused in time."""
import json, pathlib, shutil, sqlite3, subprocess, sys, tempfile, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "demo"))
from rig import ROOT, Failed, Rig, run  # noqa: E402

SAMPLE = ROOT / "tests" / "data" / "ocds"
STEPS = ["01-planning", "03-tenderAmendment", "02-tender", "06-implementation", "04-award", "05-contract", "04-award"]
BUYER, SUPPLIER, LOSER = "11231282MB00000197", "91350100M000100Y43", "91231282MA18AAAA3W"


class Test:
    def __init__(self, build, folder):
        self.rig = Rig(build, folder, sites=8, scale=0.02)
        self.folder = folder

    def start(self):
        self.rig.generate()
        self.rig.provision()

    def imported(self, path, source="exchange"):
        """Per dataset: accepted and refused rows."""
        out = run(*self.rig.hub_args("import", path, source))
        return {r["dataset"]: (r["accepted"], r["rejected"]) for r in map(json.loads, out.splitlines())}

    def exported(self, *ocid):
        return json.loads(run(*self.rig.hub_args("export", "ocds", *ocid)))["records"]

    def rows(self, sql):
        with sqlite3.connect(f"file:{pathlib.Path(self.rig.hub_ini).parent / 'data' / 'hub.db'}?mode=ro", uri=True) as hub:
            return hub.execute(sql).fetchall()


def the_sample_goes_round(t):
    wanted = json.loads((SAMPLE / "1.1-record-ocds-213czf-000-00001.json").read_text())["records"][0]["compiledRelease"]
    for step in STEPS:
        t.imported(SAMPLE / f"1.1-ocds-213czf-000-00001-{step}.json")
    (record,) = t.exported()
    if len(record["releases"]) != 6:
        raise Failed(f"{len(record['releases'])} releases came back")
    originals = {}
    for path in SAMPLE.glob("1.1-ocds-*-0*.json"):
        for release in json.loads(path.read_text())["releases"]:
            originals[release["id"]] = release
    if {r["id"]: r for r in record["releases"]} != originals:
        raise Failed("a release is not what its publisher wrote")
    if record["compiledRelease"] != wanted:
        raise Failed("what is known of the process is not what its publisher compiled")
    print("ok the sample process comes back whole, whatever the order")


def process(ocid, title, price):
    return {"ocid": ocid, "id": f"{ocid}-{price}", "date": f"2026-0{price}-01T00:00:00+08:00", "tag": ["contract"],
            "buyer": {"id": "b", "name": "肇东市教育局"},
            "parties": [{"id": "b", "identifier": {"scheme": "CN-USCC", "id": BUYER}},
                        {"id": "s", "identifier": {"scheme": "CN-USCC", "id": SUPPLIER}},
                        {"id": "l", "identifier": {"scheme": "CN-USCC", "id": LOSER}}],
            "tender": {"title": title, "procurementMethod": "open", "mainProcurementCategory": "works", "status": "complete",
                       "value": {"amount": 1000000, "currency": "CNY"},
                       "tenderPeriod": {"startDate": "2026-03-01T08:00:00+08:00", "endDate": "2026-03-31T09:30:00+08:00"}},
            "bids": {"details": [{"id": "1", "status": "valid", "date": "2026-03-30T17:00:00Z", "value": {"amount": 900000.5, "currency": "CNY"},
                                  "tenderers": [{"id": "s", "name": "甲公司"}]},
                                 {"id": "2", "status": "disqualified", "statusDetails": "资格不符", "value": {"amount": 950000, "currency": "CNY"},
                                  "tenderers": [{"id": "l", "name": "乙公司"}]}]},
            "awards": [{"id": "a", "date": "2026-04-05T00:00:00+08:00", "value": {"amount": 900000.5, "currency": "CNY"},
                        "suppliers": [{"id": "s", "name": "甲公司"}]}],
            "contracts": [{"id": f"HT-{ocid}", "awardID": "a", "dateSigned": "2026-04-10T00:00:00+08:00",
                           "value": {"amount": 900000.5, "currency": "CNY"},
                           "implementation": {"transactions": [{"id": "P1", "date": "2026-05-01T00:00:00+08:00", "payee": {"name": "甲公司"},
                                                                "value": {"amount": 270000, "currency": "CNY"}}]}}]}


def a_process_becomes_rows(t):
    path = t.folder / "two.jsonl"
    path.write_text("\n".join(json.dumps(process(f"ocds-zd-{n}", f"校舍 {n}", 4), ensure_ascii=False) for n in (1, 2)), encoding="utf-8")
    counts = t.imported(path)
    if counts != {"ocds_release": (2, 0), "tender": (2, 0), "bid": (4, 0), "award": (2, 0), "contract": (2, 0), "tr_payment": (2, 0)}:
        raise Failed(f"imported {counts}")
    if t.rows("SELECT price, state, submitted_at FROM bid WHERE lot_no = 'ocds-zd-1' AND bidder_uscc = '" + SUPPLIER + "'") != [
            (90000050, "valid", 20260331010000)]:
        raise Failed("a bid is stored otherwise")
    later = process("ocds-zd-1", "校舍 1 改", 5)
    del later["bids"], later["contracts"], later["awards"]
    (t.folder / "later.json").write_text(json.dumps({"releases": [later]}, ensure_ascii=False), encoding="utf-8")
    t.imported(t.folder / "later.json")
    if t.rows("SELECT title FROM tender WHERE lot_no = 'ocds-zd-1'") != [("校舍 1 改",)]:
        raise Failed("a later release did not change the tender")
    if t.rows("SELECT count(*) FROM bid WHERE lot_no = 'ocds-zd-1'") != [(2,)]:
        raise Failed("what a later release does not speak of is gone")
    (record,) = t.exported("ocds-zd-1")
    if record["compiledRelease"]["tender"]["title"] != "校舍 1 改" or len(record["compiledRelease"]["bids"]["details"]) != 2:
        raise Failed("the export is otherwise")
    print("ok processes become rows, and a later release a later version")


def tables_of_our_own_become_a_package(t):
    """What an exchange drops as tables goes out as open data, and that comes in again without a refusal."""
    counts = {}
    for word in ("招标", "投标", "中标", "合同台账", "合同实施节点", "合同资金"):
        for path in sorted(t.rig.source.glob(f"*/*{word}*.csv")):
            for dataset, (accepted, _) in t.imported(path, "offices").items():
                counts[dataset] = counts.get(dataset, 0) + accepted
    own = [r for r in t.exported() if not r["releases"]]
    known = [r["compiledRelease"] for r in own]
    out = {"tender": sum("tender" in c for c in known), "bid": sum(len(c.get("bids", {}).get("details", [])) for c in known),
           "contract": sum(len(c.get("contracts", [])) for c in known)}
    if any(counts.get(k, 0) != n for k, n in out.items()) or not out["bid"]:
        raise Failed(f"the tables have {counts}, the package {out}")
    priced = next(c for c in known if c.get("bids"))
    tenderer = priced["bids"]["details"][0]["tenderers"][0]
    if not any(p["id"] == tenderer["id"] and p["name"] == tenderer["name"] and "tenderer" in p["roles"] for p in priced["parties"]):
        raise Failed("a tenderer is not among the parties")
    (t.folder / "own.json").write_text(json.dumps({"version": "1.1", "records": own}, ensure_ascii=False), encoding="utf-8")
    again = t.imported(t.folder / "own.json", "again")
    if any(refused for _, refused in again.values()) or again["bid"][0] != out["bid"]:
        raise Failed(f"imported again: {again}")
    print("ok tables of our own go out as open data, and come in again whole")


def our_own_export_is_flagged(t):
    """Three lots that an exchange drops as tables: equal prices, the lowest and only other thrown out, a late winner."""
    tables = {"招标.csv": "项目编号,标段(包)编号,采购人,招标方式,采购类别,招标公告日期,递交截止时间,招标状态\n" + "".join(
                  f"XM-F,BD-F{n},肇东市教育局,open,works,2026-03-01,2026-03-31 09:30,complete\n" for n in (1, 2, 3)),
              "投标.csv": "标段(包)编号,投标人统一社会信用代码,投标人,报价,投标文件递交时间,投标状态,否决理由\n"
                        f"BD-F1,{SUPPLIER},甲公司,100,2026-03-30 09:00,valid,\nBD-F1,{LOSER},乙公司,100.00,2026-03-30 09:00,valid,\n"
                        f"BD-F2,{SUPPLIER},甲公司,100,2026-03-30 09:00,valid,\nBD-F2,{LOSER},乙公司,99.99,2026-03-30 09:00,disqualified,资格不符\n"
                        f"BD-F3,{SUPPLIER},甲公司,100,2026-03-31 09:31,valid,\nBD-F3,{LOSER},乙公司,100,2026-03-31 09:00,unsubmitted,\n",
              "中标.csv": "标段(包)编号,中标人统一社会信用代码,中标人,中标金额\n" + "".join(f"BD-F{n},{SUPPLIER},甲公司,100\n" for n in (1, 2, 3))}
    for name, text in tables.items():
        (t.folder / name).write_text(text, encoding="utf-8")
        counts = t.imported(t.folder / name, "flags")
        if any(refused for _, refused in counts.values()) or not counts:
            raise Failed(f"{name}: imported {counts}")
    package = t.folder / "flags.json"
    run(*t.rig.hub_args("export", "ocds", "--out", package))
    out = json.loads(run(*t.rig.hub_args("indicators", "--ocds", package)))
    found = {ocid[-2:]: set(flags) & {"R028", "R030", "R035", "R036"} for ocid, flags in out["OCID"].items() if "XM-F" in ocid}
    if found != {"F1": {"R028"}, "F2": {"R035", "R036"}, "F3": {"R030"}}:
        raise Failed(f"flags are {found}")
    print("ok our own tables go out as open data and are flagged")


def bombs_are_refused(t):
    bombs = {"deep.json": '{"ocid":"o","releases":' + '[' * 100000 + ']' * 100000 + '}',
             "twice.json": '{"ocid":"o","ocid":"p","tag":[]}',
             "latin.json": b'{"ocid":"o","tag":["\xff\xfe"]}',
             "surrogate.json": '{"ocid":"o","tag":["\\ud800"]}',
             "cut.json": '{"ocid":"o","tag":["a"',
             "keys.json": '{"ocid":"o","tag":["a"],"tender":{' + ",".join(f'"k{i}":{i}' for i in range(1000000)) + "}}",
             "long.json": '{"ocid":"o","id":"1","date":"2026-01-01T00:00:00Z","tag":["a"],"language":"' + "x" * 30000000 + '"}'}
    for name, text in bombs.items():
        path = t.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        begun = time.time()
        done = subprocess.run([str(a) for a in t.rig.hub_args("import", path, "bombs")], capture_output=True, text=True, timeout=120)
        if done.returncode < 0 or time.time() - begun > 60:
            raise Failed(f"{name}: exit {done.returncode} after {time.time() - begun:.0f} s")
        if name in ("deep.json", "twice.json", "latin.json", "surrogate.json", "cut.json") and done.returncode == 0:
            raise Failed(f"{name} was taken: {done.stdout[-300:]}")
    print("ok bombs are refused or taken, in time")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="qingqu-ocds-"))
    try:
        t = Test(sys.argv[1], folder)
        t.start()
        the_sample_goes_round(t)
        a_process_becomes_rows(t)
        tables_of_our_own_become_a_package(t)
        our_own_export_is_flagged(t)
        bombs_are_refused(t)
    except Failed as fault:
        print(f"FAILED {fault}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


sys.exit(main())
