"""Makes the test data of EarlierDataTest: what this version stores, and what it answers about it.

Before you change what the stores write, build the jar of the version that is released, run this script, and commit its result:

    mvn -DskipTests package && python3 bootstrap/src/test/earlier/make.py 0.1.0

It writes bootstrap/src/test/resources/earlier/<version>/: `files/`, a data directory whose server was killed; `postgresql.sql`, the rows of a
database whose server was killed; and for each the answers, `files.json` and `postgresql.json`. Needs a Docker engine with the image
postgres:15, for its pg_dump.
"""

import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2].parent / ".ci"))
from common import JAR, free_port, java  # noqa: E402


def id_of(kind, number):
    return f"0198c2f0-{kind:04x}-7000-8000-{number:012x}"


class Server:
    """A server process, with API keys, that has no more rights than the test's own."""

    def __init__(self, settings, token):
        self.port, self.token = free_port(), token
        self.process = subprocess.Popen(
            [java(), "-jar", JAR, "serve", f"--server.port={self.port}", "--confab.security=api-keys", *settings],
            stdout=subprocess.DEVNULL, env={**os.environ, "TZ": "UTC"})
        while True:
            try:
                if self.get("/api/v1/info"):
                    return
            except OSError:
                assert self.process.poll() is None, "the server has ended"
                time.sleep(0.1)

    def call(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, None if body is None else json.dumps(body),
                           {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}", **dict(headers)})
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status < 300, f"{method} {path}: {answer.status} {text}"
        return json.loads(text) if text else None

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body):
        return self.call("POST", path, body)

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait()


def create_key(settings):
    created = subprocess.run([java(), "-jar", JAR, "keys", "create", "--owner=alice", "--name=Earlier", "--scope=read,write,admin", *settings],
                             check=True, capture_output=True, text=True)
    return created.stdout.strip()


def first_half(server):
    """Conversations with every kind of event; they are in heads and messages files after an orderly shutdown."""
    one = id_of(1, 1)
    server.post("/api/v1/conversations", {"id": one, "title": "Trip to Bonn", "metadata": {"project": "travel", "n": "1"}})
    messages = f"/api/v1/conversations/{one}/messages"
    server.post(messages, {"id": id_of(2, 1), "role": "system", "text": "You plan journeys."})
    server.post(messages, {"id": id_of(2, 2), "role": "user", "text": "Where should we go? Straße, naïve café, 旅行, 東京タワー, ไปเที่ยว"})
    server.post(messages + "/batch", {"messages": [
        {"id": id_of(2, 3), "role": "assistant", "text": "To the Rhine—surely.", "data": {"mood": "good", "n": [1, 2.50]}, "metadata": {"model": "echo"}},
        {"id": id_of(2, 4), "role": "tool", "text": "", "data": {"trains": 3}},
        {"id": id_of(2, 5), "role": "user", "text": "A message that is removed"}]})
    server.call("PATCH", f"{messages}/{id_of(2, 3)}", {"text": "To the Rhine, surely; getUserName() says so."})
    server.post(f"/api/v1/conversations/{one}/fork", {"id": id_of(1, 2), "messageId": id_of(2, 3), "title": "Another way"})
    server.post(f"/api/v1/conversations/{one}/truncate", {"afterMessageId": id_of(2, 4)})
    server.call("PATCH", f"/api/v1/conversations/{one}", {"title": "Trip to Köln", "metadata": {"n": "2"}})

    server.post("/api/v1/conversations", {"id": id_of(1, 3), "title": "Thrown away"})
    server.post(f"/api/v1/conversations/{id_of(1, 3)}/messages", {"id": id_of(2, 6), "role": "user", "text": "in the bin"})
    server.call("DELETE", f"/api/v1/conversations/{id_of(1, 3)}")
    server.call("POST", "/api/v1/conversations/import", server.get(f"/api/v1/conversations/{id_of(1, 2)}/export"))

    server.post("/api/v1/sessions", {"id": id_of(3, 1), "conversationId": id_of(1, 2), "name": "desk", "instructions": "be brief",
                                     "context": {"city": "Bonn"}})
    turn(server, id_of(4, 1), "/echo Hello", "completed")
    turn(server, id_of(4, 2), "/fail out of order", "failed")
    server.call("POST", "/api/v1/webhooks", {"url": "https://example.com/hook"}, {"Idempotency-Key": "hook"})
    hook = server.get("/api/v1/webhooks")["items"][0]["id"]
    server.call("PATCH", f"/api/v1/webhooks/{hook}", {"enabled": False})


def second_half(server):
    """What only the journal has when the server is killed."""
    server.post("/api/v1/conversations", {"id": id_of(1, 4), "title": "Only in the journal"})
    server.post(f"/api/v1/conversations/{id_of(1, 4)}/messages", {"id": id_of(2, 7), "role": "user", "text": "one more"})
    server.call("PATCH", f"/api/v1/conversations/{id_of(1, 4)}/messages/{id_of(2, 7)}", {"text": "one more, edited"})
    server.call("PATCH", f"/api/v1/conversations/{id_of(1, 1)}", {"metadata": {"later": "yes"}})
    server.post("/api/v1/sessions", {"id": id_of(3, 2), "conversationId": id_of(1, 4)})
    server.post(f"/api/v1/sessions/{id_of(3, 2)}/turns", {"id": id_of(4, 3), "text": "/slow 20000 never ends"})
    server.post(f"/api/v1/turns/{id_of(4, 3)}/cancel", None)
    turn(server, id_of(4, 4), "/search one", "awaiting-approval", session=id_of(3, 2))


def turn(server, turn_id, text, state, session=id_of(3, 1)):
    server.post(f"/api/v1/sessions/{session}/turns", {"id": turn_id, "text": text})
    while server.get(f"/api/v1/turns/{turn_id}")["state"] != state:
        time.sleep(0.05)


def answers(server):
    conversations = [id_of(1, n) for n in (1, 2, 4)]
    paths = ["/api/v1/conversations", "/api/v1/conversations?deleted=true", "/api/v1/sessions", "/api/v1/sessions/current", "/api/v1/webhooks",
             "/api/v1/usage"]
    for conversation in conversations:
        paths += [f"/api/v1/conversations/{conversation}{rest}" for rest in ("", "/messages", "/turns", "/changes?since=0", "/export")]
    paths += [f"/api/v1/turns/{id_of(4, n)}" for n in (1, 2, 3, 4)]
    paths += [f"/api/v1/search?q={word}" for word in ("rhine", "surely", "bonn", "edited", "way")]
    found = {path: server.get(path) for path in paths}
    del found["/api/v1/usage"]["limits"]  # they come from the settings and the heap
    return found


def make(target, name, settings):
    token = create_key(settings)
    server = Server(settings, token)
    first_half(server)
    server.end(signal.SIGTERM)
    server = Server(settings, token)
    second_half(server)
    found = {"token": token, "answers": answers(server)}
    server.end(signal.SIGKILL)
    (target / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def make_files(target):
    directory = target / "files"
    make(target, "files", [f"--confab.file.directory={directory}"])
    shutil.rmtree(directory / "index")
    (directory / "confab.lock").unlink()
    for segment in (directory / "journal").iterdir():  # the room for the next lines
        segment.write_bytes(segment.read_bytes().rstrip(b"\n") + b"\n")


def make_postgresql(target):
    port = free_port()
    container = subprocess.run(
        ["docker", "run", "-d", "--rm", "-p", f"127.0.0.1:{port}:5432", "-e", "POSTGRES_USER=confab", "-e", "POSTGRES_PASSWORD=confab",
         "-e", "POSTGRES_DB=confab", "postgres:15"], check=True, capture_output=True, text=True).stdout.strip()
    try:
        settings = ["--confab.persistence=jpa", "--spring.datasource.username=confab", "--spring.datasource.password=confab",
                    f"--spring.datasource.url=jdbc:postgresql://127.0.0.1:{port}/confab"]
        while subprocess.run(["docker", "exec", "-e", "PGPASSWORD=confab", container, "/usr/lib/postgresql/15/bin/psql", "-h", "127.0.0.1", "-U",
                              "confab", "-c", "select 1"], check=False, capture_output=True).returncode:
            time.sleep(0.2)
        make(target, "postgresql", settings)
        dump = subprocess.run(
            ["docker", "exec", "-e", "PGPASSWORD=confab", container, "/usr/lib/postgresql/15/bin/pg_dump", "-h", "127.0.0.1", "-U", "confab",
             "--data-only", "--column-inserts", "--exclude-table=flyway_schema_history"], check=True, capture_output=True, text=True).stdout
        rows = [line for line in dump.splitlines() if line.startswith(("INSERT", "SELECT pg_catalog.setval"))]
        (target / "postgresql.sql").write_text("\n".join(["DELETE FROM public.secret;", *rows, "UPDATE public.conversation SET changed_in = DEFAULT;"]) + "\n")
    finally:
        subprocess.run(["docker", "kill", container], check=False, capture_output=True)


def main():
    version = sys.argv[1]
    target = HERE.parent / "resources/earlier" / version
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    make_files(target)
    make_postgresql(target)


main()
