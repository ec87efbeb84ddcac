"""The hub's console as a browser would ask it."""
import json
import urllib.request


class Console:
    def __init__(self, rig):
        self.rig, self.cookie = rig, None

    def address(self, path):
        return f"http://127.0.0.1:{self.rig.console_port}/api/v1/{path}"

    def log_in(self):
        body = json.dumps({"user": "analyst", "password": self.rig.password}).encode()
        request = urllib.request.Request(self.address("session"), body, {"Content-Type": "application/json"}, method="POST")
        with urllib.request.urlopen(request, timeout=20) as reply:
            self.cookie = reply.headers["Set-Cookie"].split(";")[0]

    def get(self, path):
        with urllib.request.urlopen(urllib.request.Request(self.address(path), headers={"Cookie": self.cookie}), timeout=20) as reply:
            return json.load(reply)
