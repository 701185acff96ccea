"""Runs bootstrap/target/confab.jar as a user would: on real input, killed in the middle, started again."""

import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from common import JAR, ROOT, free_port, java

CLIENT = ROOT / "examples/import_sharegpt.py"
REAL_INPUT = ROOT.parent / "shared/data/sharegpt-vicuna.json"


class Confab:
    def __init__(self, directory, port):
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen([JAVA, "-jar", str(JAR), f"--server.port={port}",
                                         f"--confab.file.directory={directory}"])
        deadline = time.monotonic() + 60
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                sys.exit("Confab did not start")
            time.sleep(0.1)

    def is_ready(self):
        try:
            return self.call("GET", "/actuator/health/readiness")["status"] == "UP"
        except OSError:
            return False

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method, headers={"Content-Type": "application/json"},
                                         data=None if body is None else json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or "null")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


def generated(path):
    entries = [{"id": f"generated-{c}", "conversations": [
        {"from": ("human", "gpt")[m % 2], "value": f"message {m} of {c}: ünï 🎉 שלום"} for m in range(20)]}
        for c in range(60)]
    path.write_text(json.dumps(entries), encoding="utf-8")


def count(confab):
    conversations, messages, cursor = 0, 0, ""
    while cursor is not None:
        page = confab.call("GET", f"/api/v1/conversations?limit=100{cursor}")
        conversations += len(page["items"])
        messages += sum(c["messageCount"] for c in page["items"])
        cursor = page["nextCursor"] and f"&cursor={page['nextCursor']}"
    return conversations, messages


def few_calls(confab):
    made = confab.call("POST", "/api/v1/conversations", {"title": "Smoke", "messages": [
        {"role": "user", "text": "one unmistakable word"}]})
    path = f"/api/v1/conversations/{made['id']}"
    second = confab.call("POST", f"{path}/messages", {"role": "assistant", "text": "two"})
    assert [m["position"] for m in confab.call("GET", f"{path}/messages")["items"]] == [1, 2]
    assert confab.call("GET", "/api/v1/search?q=unmistakable")["items"][0]["conversationId"] == made["id"]
    fork = confab.call("POST", f"{path}/fork", {"messageId": second["id"]})
    assert fork["messageCount"] == 2
    assert confab.call("GET", f"{path}/export")["end"] == {"messages": 2}
    print("a few calls: well", flush=True)


def await_state(confab, turn, state):
    deadline = time.monotonic() + 20
    while (found := confab.call("GET", f"/api/v1/turns/{turn}"))["state"] != state:
        assert time.monotonic() < deadline, f"the turn is not {state}: {found}"
        time.sleep(0.05)
    return found


def a_turn_that_waits(directory):
    """A turn that waits for a person is there after a kill, and goes on."""
    port = free_port()
    confab = Confab(directory, port)
    try:
        session = confab.call("POST", "/api/v1/sessions", {"name": "Smoke"})
        turns = f"/api/v1/sessions/{session['id']}/turns"
        messages = f"/api/v1/conversations/{session['conversationId']}/messages"
        said = confab.call("POST", turns, {"text": "/echo some unmistakable word"})
        await_state(confab, said["id"], "completed")
        waiting = confab.call("POST", turns, {"text": "/search unmistakable"})
        call = await_state(confab, waiting["id"], "awaiting-approval")["calls"][0]
        confab.kill()
        confab = Confab(directory, port)
        assert confab.call("GET", "/api/v1/sessions/current")["id"] == session["id"]
        confab.call("POST", f"/api/v1/turns/{waiting['id']}/approvals", {"callId": call["id"], "approved": True})
        reply = await_state(confab, waiting["id"], "completed")["replyMessageId"]
        assert "unmistakable word" in confab.call("GET", f"{messages}/{reply}")["text"]
        roles = [m["role"] for m in confab.call("GET", messages)["items"]]
        assert roles == ["user", "assistant", "user", "assistant", "tool", "assistant"], roles  # the call and its result, too
        with urllib.request.urlopen(f"{confab.url}/api/v1/turns/{waiting['id']}/events", timeout=10) as events:
            assert events.read().decode().rstrip().splitlines()[-2] == "event: turn.completed"
        print("a turn that waited through a kill: well", flush=True)
    finally:
        confab.kill()


def load(directory, source):
    """Loads the file, killing the server in the middle, and reads it back."""
    entries = json.loads(source.read_text(encoding="utf-8"))
    port = free_port()
    confab = Confab(directory, port)
    client = [sys.executable, str(CLIENT), str(source), "--url", confab.url]
    loading = subprocess.Popen(client, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while count(confab)[0] < len(entries) // 4 and loading.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        acknowledged = count(confab)
        confab.kill()
        loading.kill()
        loading.wait()
        confab = Confab(directory, port)
        after = count(confab)
        print(f"killed at {acknowledged} conversations and messages, {after} after the restart", flush=True)
        assert after >= acknowledged, "something acknowledged is missing"
        subprocess.run(client, check=True, timeout=120)
        print(f"{source.name}: {count(confab)} conversations and messages", flush=True)
    finally:
        loading.kill()
        confab.kill()


JAVA = java()
with tempfile.TemporaryDirectory() as scratch:
    scratch = pathlib.Path(scratch)
    one = Confab(scratch / "calls", free_port())
    try:
        few_calls(one)
        one.stop()
    finally:
        one.kill()
    a_turn_that_waits(scratch / "turns")
    generated(scratch / "generated.json")
    load(scratch / "generated", scratch / "generated.json")
    if REAL_INPUT.exists():
        load(scratch / "real", REAL_INPUT)
print("smoke test: well", flush=True)
