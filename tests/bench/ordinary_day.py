"""B5: an office drops 500 payments, one of them to somebody dead; until the finding is seen through the console."""
import json
import os
import pwd
import shutil
import socket
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

from rig import Failed, free_port, wait_until

ROWS = 500
GROUPS = 20  # payees take turns, so that nobody has more payments than a few years make
DIED = "2009-01-10"
MESSAGE_BYTES = 8192  # of an envelope with 500 payments, rounded up


def number_of(n):
    """An identity number with a right check character: nobody's, made here."""
    first = f"231282{1930 + n % 60:04d}{1 + n // 60 % 12:02d}{1 + n // 720 % 28:02d}{n // 20160 % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(c) * w for c, w in zip(first, weights)) % 11]


def name_of(n):
    return "王李张刘陈杨赵黄"[n % 8] + "芳明伟洋静柱丽强"[n // 8 % 8]


def deaths(days):
    lines = ["证件号码,姓名,死亡日期,来源,登记日期"]
    lines += [f"{number_of(n)},{name_of(n)},{DIED},民政,2009-02-01" for n in range(days)]
    return "\n".join(lines) + "\n"


def pay_day(day, days):
    """A month of its own for each file, so that nobody is paid twice for one month."""
    month = f"{2010 + day // 12:04d}{1 + day % 12:02d}"
    payees = [day] + [days + day % GROUPS * ROWS + i for i in range(ROWS - 1)]
    lines = ["发放批次,项目编码,证件号码,所属月份,姓名,金额(元),账号,乡镇编码"]
    lines += [f"BENCH-{month},高龄,{number_of(n)},{month},{name_of(n)},100.00,62284800{n:011d},231282100" for n in payees]
    return "\n".join(lines) + "\n"


class Console:
    def __init__(self, rig):
        self.base = f"http://127.0.0.1:{rig.console_port}/api/v1"
        body = json.dumps({"user": "analyst", "password": rig.password}).encode()
        request = urllib.request.Request(self.base + "/session", body, {"Content-Type": "application/json", "X-Qingqu": "1"})
        with urllib.request.urlopen(request, timeout=20) as reply:
            self.cookie = reply.headers["Set-Cookie"].split(";")[0]

    def findings(self):
        request = urllib.request.Request(self.base + "/findings?rule=H01&limit=1", headers={"Cookie": self.cookie})
        with urllib.request.urlopen(request, timeout=20) as reply:
            return json.load(reply)["total"]


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def is_open(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def round_trips(rig, count):
    """Milliseconds from a line given to mosquitto_pub to the line out of mosquitto_sub, both connected before, QoS 1, mutual TLS."""
    port, folder = free_port(), rig.folder / "bare"
    folder.mkdir()
    broker, site = rig.folder / "broker", rig.bundles / rig.sites[0]
    (folder / "bare.conf").write_text(
        f"user {pwd.getpwuid(os.geteuid()).pw_name}\nlistener {port} 127.0.0.1\ncafile {broker}/ca.crt\ncertfile {broker}/server.crt\nkeyfile {broker}/server.key\n"
        "require_certificate true\nuse_identity_as_username true\nlog_type error\n")
    tls = ["-h", "127.0.0.1", "-p", str(port), "--cafile", str(site / "ca.crt"), "--cert", str(site / "tls.crt"),
           "--key", str(site / "tls.key"), "-q", "1", "-t", "bench"]
    children = [subprocess.Popen([shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", str(folder / "bare.conf")],
                                 stderr=subprocess.DEVNULL)]
    try:
        if not wait_until(lambda: is_open(port), 20, every=0.05):
            raise Failed("the bare broker did not start")
        sub = subprocess.Popen(["mosquitto_sub", "-i", "bench-sub", *tls], stdout=subprocess.PIPE, bufsize=0)
        pub = subprocess.Popen(["mosquitto_pub", "-i", "bench-pub", "-l", *tls], stdin=subprocess.PIPE, bufsize=0)
        children += [sub, pub]
        time.sleep(1.0)
        line, took = b"x" * (MESSAGE_BYTES - 1) + b"\n", []
        reader = os.fdopen(sub.stdout.fileno(), "rb", buffering=1 << 16, closefd=False)
        for _ in range(count):
            begun = time.monotonic()
            pub.stdin.write(line)
            if len(reader.readline()) != MESSAGE_BYTES:
                raise Failed("the bare round trip did not come back")
            took.append((time.monotonic() - begun) * 1000)
            time.sleep(0.01)
        return took
    finally:
        for child in children:
            child.terminate()
            child.wait()


def measure(rig, days, say):
    rig.generate()
    rig.provision()
    bare = round_trips(rig, 200)
    rig.start_broker()
    rig.start_hub()
    rig.add_user()
    rig.start_agents()
    console = Console(rig)
    for site in rig.sites:
        rig.drop(site)
    civil, township = rig.sites[0], next(s for s in rig.sites if s.startswith("t"))
    (rig.bundles / civil / "drop" / "死亡登记_bench.csv").write_text(deaths(days), encoding="utf-8")
    good = sum(t["good"] for t in rig.expected["totals"].values()) + days

    def is_loaded():
        s = rig.hub_json("status")
        return s["dirty"] == 0 and s["merged"] + s["duplicate"] + s["quarantined"] >= good

    if not wait_until(is_loaded, 300, every=1, check=rig.check_alive):
        raise Failed(f"the county of the ordinary day did not load; logs are in {rig.folder / 'logs'}")
    time.sleep(5)  # the prompts of the first load are put, delivered and noted
    took, seen = [], console.findings()
    for day in range(days):
        path = Path(rig.folder, f"pay-{day}.csv")
        path.write_text(pay_day(day, days), encoding="utf-8")
        begun = time.monotonic()
        rig.drop(township, [path])
        if not wait_until(lambda: console.findings() > seen, 60, every=0.01):
            raise Failed(f"the finding of file {day} did not appear within a minute; logs are in {rig.folder / 'logs'}")
        took.append((time.monotonic() - begun) * 1000)
        seen += 1
        if console.findings() != seen:
            raise Failed("more than one finding came of one file")
        if (day + 1) % 50 == 0:
            say(f"  B5: {day + 1} of {days} files")
    return {"files": days, "p50_ms": round(statistics.median(took), 1), "p99_ms": round(percentile(took, 0.99), 1),
            "min_ms": round(min(took), 1), "settle_ms": 300, "message_bytes": MESSAGE_BYTES,
            "round_trip_p50_ms": round(statistics.median(bare), 3), "round_trip_p99_ms": round(percentile(bare, 0.99), 3)}
