"""A county on loopback: provisioned with qingqu-provision, a real broker, a real hub, one agent process a site.

Shared by the demo, the kill campaign and the benchmarks. Starts processes in their own sessions, remembers their pids, and stops
those and no others. Nothing here knows what is in the files: the county's generator makes them, the hub judges them.
"""
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """Something that the rig needs did not work; the text says what and where to look."""


def free_port(taken=set()):
    """Below the range from which the kernel gives ports to outgoing connections, so that none of ours is taken meanwhile."""
    for port in random.sample(range(15000, 32000), 2000):
        with socket.socket() as s:
            if port not in taken and s.connect_ex(("127.0.0.1", port)) != 0:
                taken.add(port)
                return port
    raise Failed("no free port between 15000 and 32000")


def run(*args, **more):
    done = subprocess.run([str(a) for a in args], capture_output=True, text=True, **more)
    if done.returncode not in (0,):
        raise Failed(f"{Path(str(args[0])).name} {args[1] if len(args) > 1 else ''} exited {done.returncode}: "
                     f"{(done.stderr or done.stdout).strip()[-800:]}")
    return done.stdout


class Process:
    """One child with its log file; restartable after a kill."""

    def __init__(self, name, args, log, cwd=None):
        self.name, self.args, self.log, self.cwd, self.child = name, [str(a) for a in args], log, cwd, None

    def start(self):
        with open(self.log, "ab") as out:
            self.child = subprocess.Popen(self.args, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=self.cwd,
                                          start_new_session=True)

    def is_alive(self):
        return self.child is not None and self.child.poll() is None

    def kill(self, pid=None):
        """SIGKILL, as a power cut would; the whole of it, or one of its children by pid."""
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            return
        if self.is_alive():
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def terminate(self):
        if self.is_alive():
            self.child.terminate()

    def reap(self, deadline):
        if self.child is None:
            return
        try:
            self.child.wait(timeout=max(0.1, deadline - time.time()))
        except subprocess.TimeoutExpired:
            self.kill()

    def tail(self, lines=8):
        try:
            return "\n".join(Path(self.log).read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""


class Rig:
    def __init__(self, build, folder, sites=90, scale=1.0, seed=1, today="2026-11-24", say=lambda text: None):
        self.build, self.folder = Path(build).resolve(), Path(folder).resolve()
        self.sites_wanted, self.scale, self.seed, self.today, self.say = sites, scale, seed, today, say
        self.agents, self.page_ports = {}, {}
        self.broker = self.hub = None
        self.password = None
        self.plant = []  # rules; empty: every live one

    def program(self, name):
        folder = {"qingqu-agent": "edge-agent", "qingqu-hub": "central", "qingqu-provision": "provisioning",
                  "county": "tests/county"}[name]
        path = self.build / folder / name
        if not path.exists():
            raise Failed(f"{path} is missing; run ./dev build")
        return path

    # --- making the county ---------------------------------------------------------------------------------------------

    def generate(self):
        out = self.folder / "county"
        run(self.program("county"), "--seed", self.seed, "--scale", self.scale, "--sites", self.sites_wanted,
            "--today", self.today, "--out", out)
        run(sys.executable, ROOT / "tests" / "county" / "plant" / "plant.py", ROOT / "common" / "catalog",
            ROOT / "tests" / "golden" / "rules", out, *self.plant)
        self.expected = json.loads((out / "expected.json").read_text())
        self.sites = sorted(p.name for p in (out / "sites").iterdir())
        self.source = out / "sites"
        return self.expected

    def provision(self):
        authority, provision = self.folder / "authority", self.program("qingqu-provision")
        secret = self.folder / "passphrase"
        secret.write_text(os.urandom(16).hex())
        secret.chmod(0o600)
        self.broker_port, self.console_port = free_port(), free_port()
        catalog = ROOT / "common" / "catalog"
        with_key = ["--dir", authority, "--passphrase-file", secret]
        run(provision, "init", *with_key, "--county", "231282", "--name", "肇东市", "--broker-host", "127.0.0.1",
            "--broker-url", f"ssl://127.0.0.1:{self.broker_port}")
        run(provision, "sites", "import", *with_key, self.folder / "county" / "sites.csv")
        run(provision, "site", "bundle", *with_key, "--all", "--catalog", catalog)
        run(provision, "hub", "bundle", *with_key, "--catalog", catalog)
        run(provision, "broker", *with_key, "--port", self.broker_port, "--out", self.folder / "broker")
        self.bundles = authority / "bundles"
        self.hub_ini = authority / "hub" / "hub.ini"

    # --- running it ----------------------------------------------------------------------------------------------------

    def start_broker(self):
        logs = self.folder / "logs"
        logs.mkdir(exist_ok=True)
        if self.broker is None:
            mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
            self.broker = Process("broker", [mosquitto, "-c", self.folder / "broker" / "mosquitto.conf"], logs / "broker.log",
                                  cwd=self.folder / "broker")
        self.broker.start()
        self.wait_port(self.broker_port, self.broker)

    def hub_args(self, *command):
        return [self.program("qingqu-hub"), *command, "--config", self.hub_ini]

    def start_hub(self):
        if self.hub is None:
            self.hub = Process("hub", self.hub_args("run") + ["--set", f"console_port={self.console_port}", "--set",
                               f"today={self.today}"], self.folder / "logs" / "hub.log")
        self.hub.start()
        self.wait_port(self.console_port, self.hub)

    def add_user(self, name="analyst", role="analyst"):
        """Of the analyst `password` is kept; everybody's is returned."""
        password = os.urandom(9).hex()
        secret = self.folder / f"password-{name}"
        secret.write_text(password)
        secret.chmod(0o600)
        run(*self.hub_args("user", "add", name), "--role", role, "--password-file", secret)
        if name == "analyst":
            self.password = password
        return password

    def start_agent(self, site):
        if site not in self.agents:
            self.page_ports[site] = free_port()
            self.agents[site] = Process(site, [self.program("qingqu-agent"), "run", "--config", self.bundles / site / "agent.ini",
                                               "--set", f"page_port={self.page_ports[site]}", "--set", "settle_ms=300"],
                                        self.folder / "logs" / f"agent-{site}.log")
        self.agents[site].start()

    def start_agents(self):
        for site in self.sites:
            self.start_agent(site)
        for site in self.sites:
            self.wait_port(self.page_ports[site], self.agents[site])

    def wait_port(self, port, process, seconds=60):
        deadline = time.time() + seconds
        while time.time() < deadline:
            if not process.is_alive():
                raise Failed(f"{process.name} ended at once; its log ({process.log}) ends with:\n{process.tail()}")
            with socket.socket() as s:
                s.settimeout(0.5)
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise Failed(f"{process.name} did not listen on port {port} within {seconds} s; see {process.log}")

    def drop(self, site, files=None):
        """Puts files into the site's drop folder as an office does: copied, slowly visible, under their own names."""
        target = self.bundles / site / "drop"
        target.mkdir(exist_ok=True)
        count = 0
        for path in sorted(files if files is not None else (self.source / site).iterdir()):
            shutil.copyfile(path, target / path.name)  # contents only: a short file may be read and gone before its mode is set
            count += 1
        return count

    def stop(self):
        everything = [*self.agents.values(), *(p for p in (self.hub, self.broker) if p)]
        for process in everything:
            if process is not self.broker:
                process.terminate()
        deadline = time.time() + 15
        for process in everything:
            if process is self.broker:
                process.terminate()
            process.reap(deadline)

    # --- asking it -----------------------------------------------------------------------------------------------------

    def agent_get(self, site, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.page_ports[site]}{path}", timeout=20) as reply:
            return json.load(reply)

    def agent_post(self, site, path, body):
        request = urllib.request.Request(f"http://127.0.0.1:{self.page_ports[site]}{path}", json.dumps(body).encode(),
                                         {"Content-Type": "application/json", "X-Qingqu": "1"}, method="POST")
        with urllib.request.urlopen(request, timeout=20) as reply:
            return json.load(reply)

    def hub_json(self, *command):
        return json.loads(run(*self.hub_args(*command), "--set", "json=true", "--set", f"today={self.today}"))

    def ledger(self):
        """The hub's rows against the agents' own databases, import by import: two sides that were written by different programs."""
        edges = [self.bundles / site / "data" / "agent.db" for site in self.sites]
        args = self.hub_args("ledger", *edges, "--set", "json=true", "--set", f"today={self.today}")
        done = subprocess.run([str(a) for a in args], capture_output=True, text=True)
        if not done.stdout:
            raise Failed(f"qingqu-hub ledger: {done.stderr.strip()[-400:]}")
        ledger = json.loads(done.stdout)  # exit 1 says that it is not equal; so does is_equal
        ledger["edge_accepted"] = sum(e["accepted"] for e in ledger["edges"])
        ledger["edge_here"] = sum(e["here"] for e in ledger["edges"])
        ledger["is_equal"] = ledger["is_equal"] and len(ledger["edges"]) == len(self.sites)
        return ledger

    def check_alive(self):
        for process in [self.broker, self.hub, *self.agents.values()]:
            if process and not process.is_alive():
                raise Failed(f"{process.name} is gone; its log ({process.log}) ends with:\n{process.tail()}")


def wait_until(condition, seconds, every=0.3, check=None):
    deadline = time.time() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.time() > deadline:
            return None
        if check:
            check()
        time.sleep(every)


def read_truth(path):
    """What must be found, what must not, and what neither counts for nor against (its `why` says so)."""
    truth = {"planted": [], "near_miss": [], "aside": []}
    for line in Path(path).read_text().splitlines():
        if line.strip():
            row = json.loads(line)
            truth[row["kind"]].append(row)
    return truth["planted"], truth["near_miss"], truth["aside"]


def false_alarms(found, planted, near, aside):
    """Findings, as (rule, subject), of rules that have a truth, which it neither awaits nor leaves aside."""
    judged = {t["rule"] for t in planted + near}
    return {f for f in found if f[0] in judged} - {(t["rule"], t["subject"]) for t in planted + aside}


def fail_usage(text):
    print(text, file=sys.stderr)
    sys.exit(2)
