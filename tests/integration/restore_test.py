#!/usr/bin/env python3
"""restore_test.py BUILD: protocol.md 5 with real processes over a real broker. A site and then the hub come back from a backup, and a site
is revoked; each is noticed, shown where the specification says, mended by the command it names, and no row is lost or counted twice."""
import pathlib, shutil, sys, tempfile, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "demo"))
from console import Console  # noqa: E402
from rig import Failed, Rig, run, wait_until  # noqa: E402

SECONDS = 60


class Test:
    def __init__(self, build, folder):
        self.rig = Rig(build, folder, sites=8, scale=0.05)

    def start(self):
        self.rig.generate()
        self.rig.provision()
        for site in self.rig.sites:
            with open(self.rig.bundles / site / "agent.ini", "a") as settings:
                settings.write("\nheartbeat_seconds = 1\n")
        self.rig.start_broker()
        self.rig.start_hub()
        self.rig.start_agents()
        self.rig.add_user()
        self.console = Console(self.rig)
        self.console.log_in()
        self.files = {s: sorted((self.rig.source / s).iterdir()) for s in self.rig.sites}

    def expect(self, condition, what):
        if not wait_until(condition, SECONDS, check=self.rig.check_alive):
            raise Failed(f"not within {SECONDS} s: {what}")
        print("ok", what)

    def sync(self, site):
        return self.rig.agent_get(site, "/api/v1/status")["sync"]

    def site(self, site):
        return self.console.get(f"sites/{site}")

    def trouble(self, site):
        return self.site(site)["stream"]["trouble"]

    def is_quiet(self, site):
        """Everything of the site is on the hub, and everything for it has come."""
        s, stream = self.sync(site), self.site(site)["stream"]
        return s["acked_rows"] > 0 and s["waiting_items"] == 0 and stream["down"]["waiting"] == 0

    def drop(self, site):
        """The next of its files; waits until it is read and acknowledged."""
        path = self.files[site].pop(0)
        self.rig.drop(site, [path])
        self.expect(lambda: not (self.rig.bundles / site / "drop" / path.name).exists() and self.is_quiet(site), f"{site} sent a file")

    def merged(self):
        status = self.rig.hub_json("status")
        return status["merged"], status["duplicate"], status["quarantined"]

    def agent_stopped(self, site, work):
        process = self.rig.agents[site]
        process.terminate()
        process.reap(time.time() + 20)
        work()
        self.rig.start_agent(site)
        self.rig.wait_port(self.rig.page_ports[site], process)

    def hub_stopped(self, work):
        self.rig.hub.terminate()
        self.rig.hub.reap(time.time() + 20)
        work()
        self.rig.start_hub()
        self.console.log_in()

    def new_epoch(self, site):
        run(self.rig.program("qingqu-agent"), "new-epoch", "--config", self.rig.bundles / site / "agent.ini")


def copy_database(source, target):
    for ending in ("-wal", "-shm"):
        pathlib.Path(str(target) + ending).unlink(missing_ok=True)
        if pathlib.Path(str(source) + ending).exists():
            shutil.copy(str(source) + ending, str(target) + ending)
    shutil.copy(source, target)


def a_restored_site(t, site, with_anchor):
    data = t.rig.bundles / site / "data"
    backup = t.rig.folder / f"{site}.backup"
    t.agent_stopped(site, lambda: copy_database(data / "agent.db", backup))
    t.drop(site)
    before = t.merged()

    def restore():
        copy_database(backup, data / "agent.db")
        if not with_anchor:
            (data / "anchor").unlink()

    t.agent_stopped(site, restore)
    t.expect(lambda: t.sync(site)["diverged"], "the restored site stops and says so on its page")
    word = "halted" if with_anchor else "refused"
    t.expect(lambda: t.trouble(site) in (word, "halted", "refused"), "and the hub shows it")
    if not with_anchor and "refused" not in t.site(site)["stream"]:
        raise Failed("the refused chain is not shown")
    t.new_epoch(site)  # beside the running agent
    t.expect(lambda: not t.sync(site)["diverged"] and t.is_quiet(site), "after new-epoch it goes on")
    t.expect(lambda: t.trouble(site) == "", "and the hub shows nothing more")
    if t.merged()[0] != before[0]:
        raise Failed(f"rows merged before {before}, after {t.merged()}")
    t.drop(site)


def a_restored_hub(t, sites):
    database = pathlib.Path(t.rig.hub_ini).parent / "data" / "hub.db"
    backup = t.rig.folder / "hub.backup"
    t.hub_stopped(lambda: copy_database(database, backup))
    for site in sites:
        t.drop(site)
    before = t.merged()
    t.hub_stopped(lambda: copy_database(backup, database))
    t.expect(lambda: t.merged()[0] == before[0], "a restored hub gets back from the sites what it lost")
    for site in sites:
        t.expect(lambda: t.trouble(site) == "stopped", f"and shows that the stream to {site} has stopped")
        run(*t.rig.hub_args("new-epoch", site))
        t.expect(lambda: t.trouble(site) == "" and t.is_quiet(site), "until it begins a new epoch")
    if t.merged()[0] != before[0]:
        raise Failed(f"rows merged before {before}, after {t.merged()}")


def a_revoked_site(t, site):
    forged, before = t.site(site)["stream"]["forged"], t.merged()
    with_key = ["--dir", t.rig.folder / "authority", "--passphrase-file", t.rig.folder / "passphrase"]
    run(t.rig.program("qingqu-provision"), "site", "revoke", site, *with_key)
    run(t.rig.program("qingqu-provision"), "hub", "bundle", *with_key, "--catalog", pathlib.Path(__file__).parents[2] / "common" / "catalog")
    time.sleep(2)  # the hub looks at its register each second
    t.rig.drop(site, [t.files[site].pop(0)])
    t.expect(lambda: t.site(site)["stream"]["forged"] > forged, "a revoked site is refused without a restart")
    if t.merged() != before:
        raise Failed("rows of a revoked site were merged")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="qingqu-restore-"))
    t = None
    try:
        t = Test(sys.argv[1], folder)
        t.start()
        many = sorted(t.files, key=lambda s: -len(t.files[s]))
        for site in many[:3]:
            t.drop(site)
        a_restored_site(t, many[0], with_anchor=True)
        a_restored_site(t, many[1], with_anchor=False)
        a_restored_hub(t, [many[2], many[3]])
        a_revoked_site(t, many[2])
    except Failed as fault:
        print(f"FAILED {fault}")
        if t and t.rig.hub:
            print(t.rig.hub.tail(20))
            print("\n".join(f"{s}: {a.tail(3)}" for s, a in t.rig.agents.items()))
        return 1
    finally:
        if t:
            t.rig.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


sys.exit(main())
