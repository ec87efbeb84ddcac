#!/usr/bin/env python3
"""dataset_test.py BUILD: a dataset that nobody has thought of is one file and no C. It is written here, while a county runs; then its
rows are validated, synced, stored, listed and documented, their persons known, and its sheet can be filled in."""
import pathlib, shutil, sqlite3, sys, tempfile, time, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "demo"))
from console import Console  # noqa: E402
from rig import Failed, Rig, run, wait_until  # noqa: E402

SECONDS = 60
DECLARATION = """
vocab tree_kind "树种" en "Kind of tree" {
    version 1
    code poplar "杨树" en "Poplar" alias "杨"
    code pine   "松树" en "Pine"
}
dataset tree_planting "义务植树登记" en "Tree planting" {
    version 1
    library 1
    key plot_no, citizen_id
    period planted_on

    field plot_no    text required max 20                       "地块" en "Plot"
    field citizen_id citizen required secret person name        "身份证号" en "Identity number"
    field name       text required max 60 secret                "姓名" en "Name"
    field kind       code tree_kind required                    "树种" en "Kind"
    field planted_on date required                              "植树日期" en "Planted on"
    field trees      int required between 1 and 1000            "株数" en "Trees"
    field paid       money between 0 and 10_000                 "补助(元)" en "Paid (yuan)"

    check trees < 500 or paid is not empty "五百株以上必须填补助" en "500 trees and more need a payment"
}
"""
FILE = """2026年义务植树登记,,,,,,
地块,身份证号,姓名,树种,植树日期,株数,补助(元)
P1,11010519491231002X,王芳,杨,2026-04-12,30,
P1,440524188001010014,李明,松树,2026.4.12,20,"1,200.50"
P2,11010519491231002X,王芳,银杏,2026-04-13,30,
P3,11010519491231002X,王芳,松树,2026-04-13,700,
合计,,,,,780,
"""


class Test:
    def __init__(self, build, folder):
        self.rig, self.site = Rig(build, folder, sites=8, scale=0.05), None

    def start(self):
        rig = self.rig
        rig.generate()
        rig.provision()
        rig.start_broker()
        rig.start_hub()
        self.site = rig.sites[-1]
        self.start_agent()
        rig.add_user()
        self.console = Console(rig)
        self.console.log_in()

    def start_agent(self):
        self.rig.start_agent(self.site)
        self.rig.wait_port(self.rig.page_ports[self.site], self.rig.agents[self.site])

    def expect(self, condition, what):
        if not wait_until(condition, SECONDS, check=self.rig.check_alive):
            raise Failed(f"not within {SECONDS} s: {what}")
        print("ok", what)

    def entry(self, name):
        """What the agent says of the newest import of that name."""
        items = self.rig.agent_get(self.site, "/api/v1/imports")["items"]
        return next((i for i in items if i["name"] == name and i["state"] in ("archived", "refused")), None)

    def drop(self, name):
        path = self.rig.folder / name
        path.write_text(FILE, encoding="gb18030")
        self.rig.drop(self.site, [path])

    def declare(self):
        """The one file, at the site and at the hub; both are started again and nothing is built."""
        for process in (self.rig.agents[self.site], self.rig.hub):
            process.terminate()
            process.reap(time.time() + 20)
        for folder in (self.rig.bundles / self.site, pathlib.Path(self.rig.hub_ini).parent):
            (folder / "catalog" / "datasets" / "tree_planting.decl").write_text(DECLARATION, encoding="utf-8")
        self.rig.start_hub()
        self.start_agent()
        self.console.log_in()

    def stored(self, sql):
        database = pathlib.Path(self.rig.hub_ini).parent / "data" / "hub.db"
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as hub:
            return hub.execute(sql).fetchall()


def it_is_not_known_before(t):
    t.drop("植树一.csv")
    t.expect(lambda: t.entry("植树一.csv"), "a file of it is looked at before it is declared")
    if t.entry("植树一.csv")["state"] != "refused":
        raise Failed("it was taken as something else")


def its_rows_are_validated(t):
    t.drop("植树二.csv")
    t.expect(lambda: t.entry("植树二.csv"), "and read when it is")
    e = t.entry("植树二.csv")
    if (e["dataset"], e["accepted"], e["rejected"]) != ("tree_planting", 2, 2):
        raise Failed(f"read as {e['dataset']}: {e['accepted']} accepted, {e['rejected']} refused")
    reasons = {(r["row"], r["header"]): r["zh"] for r in t.rig.agent_get(t.site, f"/api/v1/imports/{e['id']}/rejects")["items"]}
    if "“树种”中没有这一项" not in reasons.get((5, "树种"), "") or reasons.get((6, "")) != "五百株以上必须填补助":
        raise Failed(f"the reasons are {reasons}")
    print("ok a wrong code and a broken check are said with row and column")


def its_rows_are_synced_and_stored(t):
    t.expect(lambda: (t.entry("植树二.csv").get("hub") or {}).get("merged") == 2, "the hub has both rows and says so to the site")
    rows = t.stored("SELECT plot_no, kind, planted_on, trees, paid, citizen_id_tier FROM tree_planting ORDER BY trees")
    if rows != [("P1", "pine", 20260412, 20, 120050, 1), ("P1", "poplar", 20260412, 30, None, 1)]:
        raise Failed(f"stored are {rows}")
    if t.stored("SELECT count(*) FROM person WHERE id18 IN ('11010519491231002X', '440524188001010014')") != [(2,)]:
        raise Failed("its persons are not known")
    print("ok they stand in a table of their own, their persons resolved")


def it_is_listed_and_documented(t):
    listed = next((d for d in t.console.get("datasets")["items"] if d["id"] == "tree_planting"), None)
    if not listed or (listed["zh"], listed["merged"], listed["rejected"], listed["sites"]) != ("义务植树登记", 2, 2, 1):
        raise Failed(f"the console lists {listed}")
    one = t.console.get("datasets/tree_planting")
    if [f["id"] for f in one["fields"]][:2] != ["plot_no", "citizen_id"]:
        raise Failed("the console does not show its fields")
    if "tree_planting" not in [d["id"] for d in t.console.get(f"sites/{t.site}")["datasets"]]:
        raise Failed("the site's page does not show it")
    pages = t.rig.folder / "pages"
    run(*t.rig.hub_args("catalog", "describe"), "--out", pages)
    page = (pages / "dataset-tree_planting.md").read_text(encoding="utf-8")
    if "义务植树登记" not in page or "五百株以上必须填补助" not in page:
        raise Failed("the reference page does not say it")
    with urllib.request.urlopen(f"http://127.0.0.1:{t.rig.page_ports[t.site]}/api/v1/templates/tree_planting", timeout=20) as reply:
        if reply.read(2) != b"PK":
            raise Failed("its sheet is no workbook")
    print("ok listed in the console, documented, and with a sheet to fill in")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="qingqu-dataset-"))
    t = None
    try:
        t = Test(sys.argv[1], folder)
        t.start()
        it_is_not_known_before(t)
        t.declare()
        its_rows_are_validated(t)
        its_rows_are_synced_and_stored(t)
        it_is_listed_and_documented(t)
    except Failed as fault:
        print(f"FAILED {fault}")
        if t and t.rig.hub:
            print(t.rig.hub.tail(20))
            print("\n".join(f"{s}: {a.tail(10)}" for s, a in t.rig.agents.items()))
        return 1
    finally:
        if t:
            t.rig.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


sys.exit(main())
