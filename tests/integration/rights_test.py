#!/usr/bin/env python3
"""rights_test.py QINGQU-PROVISION MOSQUITTO MOSQUITTO_PUB MOSQUITTO_SUB CATALOG: every party against every topic, over the broker and
the rights that qingqu-provision writes (protocol.md 2 and 9). Who may what stands here once more, written by hand from the
specification."""
import pathlib, shutil, signal, socket, subprocess, sys, tempfile, time

provision, mosquitto, publish, subscribe, catalog = sys.argv[1:6]
COUNTY = "231282"
PARTIES = ["hub-intake", "hub-dispatch", "t01", "t02", "t03"]
TOPICS = [f"qq/1/{COUNTY}/{kind}/{who}" for kind in ("up", "down", "state") for who in ("t01", "t02", "t03")]
TOPICS += [f"qq/1/{COUNTY}/hub/hub-intake", f"qq/1/{COUNTY}/hub/hub-dispatch", "qq/1/999999/up/t01", "qq/2/other", "other"]


def topic(kind, who):
    return f"qq/1/{COUNTY}/{kind}/{who}"


def may_write(party, to):
    if party == "hub-dispatch":
        return "/down/" in to or to == topic("hub", party)
    if party == "hub-intake":
        return to == topic("hub", party)
    return to in (topic("up", party), topic("state", party))


def may_read(party, of):
    if party == "hub-intake":
        return of.startswith((f"qq/1/{COUNTY}/up/", f"qq/1/{COUNTY}/state/"))
    return party != "hub-dispatch" and (of == topic("down", party) or of.startswith(f"qq/1/{COUNTY}/hub/"))


def run(*words):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class County:
    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.secret = folder / "passphrase"
        self.secret.write_text("correct horse battery\n")
        self.do("init", "--county", COUNTY, "--name", "测试县", "--broker-host", "127.0.0.1")
        for site in ("t01", "t02", "t03"):
            self.do("site", "add", site, "--name", site)
        self.do("site", "bundle", "--all", "--catalog", catalog)
        self.do("hub", "bundle", "--catalog", catalog)
        self.write_broker()
        self.broker = subprocess.Popen([mosquitto, "-c", folder / "broker" / "mosquitto.conf"], stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        sys.exit("the broker does not listen")

    def do(self, *words):
        run(provision, *words, "--dir", self.folder / "county", "--passphrase-file", self.secret)

    def write_broker(self):
        self.do("broker", "--port", self.port, "--out", self.folder / "broker")

    def client(self, program, party):
        hub = {"hub-intake": "intake", "hub-dispatch": "dispatch"}
        own = self.folder / "county" / ("hub" if party in hub else "bundles") / hub.get(party, party)
        return [program, "-h", "127.0.0.1", "-p", str(self.port), "-V", "5", "-q", "1", "--cafile", str(self.folder / "broker" / "ca.crt"),
                "--cert", str(own / "tls.crt"), "--key", str(own / "tls.key")]


def listen(county, log):
    """One listener a party, to everything there is."""
    return [subprocess.Popen(county.client(subscribe, p) + ["-i", f"{p}-ear", "-t", "#", "-F", "%t %p"], stdout=open(log / p, "w"),
                             stderr=subprocess.DEVNULL) for p in PARTIES]


def heard(log, party):
    return set((log / party).read_text().split("\n")) - {""}


def try_all(county, log, revoked=()):
    """Everybody says everything; returns what each heard that it should not, and did not hear that it should."""
    ears = listen(county, log)
    deadline = time.time() + 20
    while time.time() < deadline: # all listen when each hears what it surely may
        for p in ("t01", "t02"):
            subprocess.run(county.client(publish, "hub-dispatch") + ["-t", topic("down", p), "-m", "ready"], capture_output=True)
        subprocess.run(county.client(publish, "t01") + ["-t", topic("up", "t01"), "-m", "ready"], capture_output=True)
        if all(any(line.endswith(" ready") for line in heard(log, p)) for p in ("t01", "t02", "hub-intake")):
            break
    time.sleep(0.5)
    said = [(p, to) for p in PARTIES for to in TOPICS]
    for p, to in said:
        subprocess.run(county.client(publish, p) + ["-t", to, "-m", f"by-{p}"], capture_output=True)
    wanted = {r: {f"{to} by-{p}" for p, to in said if may_write(p, to) and may_read(r, to) and p not in revoked and r not in revoked}
              for r in PARTIES}
    while time.time() < deadline and any(wanted[r] - heard(log, r) for r in PARTIES):
        time.sleep(0.05)
    time.sleep(0.5)
    for ear in ears:
        ear.terminate()
        ear.wait()
    faults = []
    for r in PARTIES:
        got = {line for line in heard(log, r) if not line.endswith(" ready")}
        faults += [f"{r} heard and may not: {line}" for line in sorted(got - wanted[r])]
        faults += [f"{r} may and did not hear: {line}" for line in sorted(wanted[r] - got)]
    if not all(wanted[r] for r in PARTIES if r not in revoked and r != "hub-dispatch"):
        faults.append("the test asked for nothing")
    return faults


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="qingqu-rights-"))
    county = None
    try:
        county = County(folder)
        (folder / "before").mkdir()
        (folder / "after").mkdir()
        faults = try_all(county, folder / "before")
        county.do("site", "revoke", "t03")
        county.write_broker()
        county.broker.send_signal(signal.SIGHUP)
        time.sleep(1)
        faults += ["revoked: " + f for f in try_all(county, folder / "after", revoked=("t03",))]
    finally:
        if county:
            county.broker.kill()
            county.broker.wait()
        shutil.rmtree(folder)
    print("\n".join(faults) or f"{len(PARTIES)} parties, {len(TOPICS)} topics: each hears what it may and nothing else")
    return 1 if faults else 0


sys.exit(main())
