"""Two instances of bootstrap/target/confab.jar over one PostgreSQL, behind nginx with TLS, as docs/deployment.md says.

First with API keys: who may call, and both instances restarted one after the other under 32 clients and two event streams. Then with JSON
Web Tokens of a key pair that is made here. Needs nginx and openssl, and PostgreSQL at TEST_DATABASE (a JDBC URL with user and password)
or a Docker engine with the image postgres:15.

With OLD_CONFAB_JAR, the jar of an earlier version, only a rolling upgrade is tried: both instances run the old jar and are restarted with the
new one.
"""

import base64
import contextlib
import http.client
import http.server
import json
import os
import pathlib
import signal
import ssl
import subprocess
import tempfile
import threading
import time
import uuid

from common import JAR, ROOT, free_port, java

CLIENTS = 32
PAUSE_SECONDS = 0.05  # between two appends of a client, so that an instance can start beside 32 of them on two cores
APPENDS_AFTER_THE_RESTARTS = 5
PATIENCE_SECONDS = 300
JAVA = java()


def within(condition, what):
    """Waits until the condition holds; `what` says what did not happen, or is a function that says it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {PATIENCE_SECONDS} s: {what() if callable(what) else what}"
        time.sleep(0.05)
    return found


class Database:
    """A PostgreSQL of its own in a container, or the one that the environment names."""

    def __init__(self):
        self.container = None
        self.url = os.environ.get("TEST_DATABASE")

    def __enter__(self):
        if self.url is None:
            port = free_port()
            self.container = subprocess.run(
                ["docker", "run", "-d", "--rm", "-p", f"127.0.0.1:{port}:5432", "-e", "POSTGRES_USER=confab",
                 "-e", "POSTGRES_PASSWORD=confab", "-e", "POSTGRES_DB=confab", "postgres:15"],
                check=True, capture_output=True, text=True).stdout.strip()
            self.url = f"jdbc:postgresql://127.0.0.1:{port}/confab?user=confab&password=confab"
            within(self.answers, "PostgreSQL answers in its container")
        return self

    def answers(self):
        # Over TCP, since the image first starts a server for its own preparations, which listens on a Unix socket only.
        return subprocess.run(["docker", "exec", self.container, "pg_isready", "-h", "127.0.0.1"], capture_output=True).returncode == 0

    def __exit__(self, *_):
        if self.container:
            subprocess.run(["docker", "kill", self.container], check=False, capture_output=True)

    def settings(self):
        return ["--confab.persistence=jpa", f"--spring.datasource.url={self.url}"]


class Instance:
    """One process; the same address after a restart. With an old jar, that one runs until then, with the settings that it knows."""

    def __init__(self, name, scratch, settings, old_jar=None):
        self.port = free_port()
        self.log = scratch / f"{name}.log"
        self.command = self.java(JAR, "--confab.server.trusted-proxies=127.0.0.1", "--confab.server.drain-time=2s",
                                 "--confab.jpa.start-timeout=2m", *settings)
        self.first_command = self.java(old_jar, *settings) if old_jar else self.command
        self.process = None

    def java(self, jar, *settings):
        return [JAVA, "-Xmx512m", "-jar", str(jar), f"--server.port={self.port}", "--server.address=127.0.0.1", *settings]

    def start(self):
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(self.command if self.process else self.first_command, stdout=log, stderr=log)

    def await_ready(self):
        within(self.is_ready, lambda: f"ready; the log ends:\n{self.end_of_log()}")

    def end_of_log(self):
        return self.log.read_text(encoding="utf-8")[-3000:]

    def is_ready(self):
        assert self.process.poll() is None, f"the instance has ended; its log ends:\n{self.end_of_log()}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/actuator/health/readiness")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def restart(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=PATIENCE_SECONDS) == 143, "the instance did not end by SIGTERM alone"
        self.start()
        self.await_ready()

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class Proxy:
    """Debian's nginx with deploy/nginx.conf; only addresses and paths are changed."""

    def __init__(self, scratch, instances):
        self.port = free_port()
        certificates = scratch / "certificates"
        certificates.mkdir()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost", "-keyout", certificates / "confab.key",
                        "-out", certificates / "confab.crt"], check=True, capture_output=True)
        self.tls = ssl.create_default_context(cafile=certificates / "confab.crt")
        text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
        for name, instance in zip(("confab-1:8080", "confab-2:8080"), instances, strict=True):
            assert name in text
            text = text.replace(name, f"127.0.0.1:{instance.port}")
        text = text.replace("listen 8443", f"listen 127.0.0.1:{self.port}").replace("certificates/", f"{certificates}/")
        configuration = scratch / "nginx.conf"
        configuration.write_text(f"daemon off; pid {scratch}/nginx.pid; error_log {scratch}/nginx.log;\n{text}", encoding="utf-8")
        self.process = subprocess.Popen(["nginx", "-p", scratch, "-c", configuration])
        within(self.is_listening, "nginx listens")

    def is_listening(self):
        assert self.process.poll() is None, "nginx ended"
        with contextlib.suppress(OSError):
            self.connect().connect()
            return True
        return False

    def connect(self):
        return http.client.HTTPSConnection("localhost", self.port, context=self.tls, timeout=60)

    def call(self, method, path, token=None, body=None, headers=None):
        with contextlib.closing(self.connect()) as connection:
            return call(connection, method, path, token, body, headers)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def authorization(token):
    return {"Authorization": f"Bearer {token}"} if token else {}


def call(connection, method, path, token=None, body=None, headers=None):
    headers = {**(headers or {}), **authorization(token)}
    if body is not None:
        headers["Content-Type"] = "application/json"
    connection.request(method, "/api/v1" + path, None if body is None else json.dumps(body), headers)
    response = connection.getresponse()
    return response.status, response.headers, json.loads(response.read() or b"null")


def assert_unauthorized(proxy, what, token):
    status, headers, problem = proxy.call("GET", "/conversations", token)
    assert status == 401, f"{what}: {status} {problem}"
    assert headers["Content-Type"] == "application/problem+json" and headers["WWW-Authenticate"].startswith("Bearer"), what
    assert problem["code"] == "unauthenticated" and problem["status"] == 401, f"{what}: {problem}"


class Client(threading.Thread):
    """Appends to one conversation until the event is set; an append without acknowledgement is repeated with the same id."""

    def __init__(self, proxy, token, conversation, stop):
        super().__init__(daemon=True)
        self.proxy, self.token, self.conversation, self.stop_asked = proxy, token, conversation, stop
        self.acknowledged, self.retries, self.failure = {}, {}, None

    def run(self):
        try:
            remaining = APPENDS_AFTER_THE_RESTARTS
            connection = self.proxy.connect()
            while remaining > 0:
                remaining -= self.stop_asked.is_set()
                message = str(uuid.uuid4())
                while not self.append(connection, message):
                    pass
                time.sleep(PAUSE_SECONDS)
            connection.close()
        except Exception as failure:  # noqa: BLE001  shown by the main thread
            self.failure = failure

    def append(self, connection, message):
        status, headers, answer = call(connection, "POST", f"/conversations/{self.conversation}/messages", self.token,
                                       {"id": message, "role": "user", "text": f"of {self.name}"})
        if status in (200, 201):
            self.acknowledged[message] = answer["position"]
            return True
        assert status == 503 and headers["Retry-After"], f"{status} {dict(headers)} {answer}"
        self.retries[answer["code"]] = self.retries.get(answer["code"], 0) + 1
        time.sleep(min(int(headers["Retry-After"]), 1))
        return False


class Follower(threading.Thread):
    """Follows a conversation's event stream; when it ends, resumes after the last event that came."""

    def __init__(self, proxy, token, conversation):
        super().__init__(daemon=True)
        self.proxy, self.token, self.conversation = proxy, token, conversation
        self.version, self.messages, self.streams, self.failure = 0, {}, 0, None

    def run(self):
        try:
            while True:
                with contextlib.closing(self.proxy.connect()) as connection:
                    self.follow(connection)
        except Exception as failure:  # noqa: BLE001  shown by the main thread
            self.failure = failure

    def follow(self, connection):
        connection.request("GET", f"/api/v1/conversations/{self.conversation}/events", headers={
            **authorization(self.token), "Last-Event-ID": str(self.version)})
        response = connection.getresponse()
        if response.status == 503:
            assert response.headers["Retry-After"]
            time.sleep(1)
            return
        assert response.status == 200, f"{response.status} {response.read()}"
        self.streams += 1
        version = None
        with contextlib.suppress(OSError, http.client.HTTPException):
            for line in response:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "id":
                    version = int(value)
                elif name == "data":
                    self.take(version, json.loads(value))

    def take(self, version, changes):
        assert version > self.version, f"version {version} came after {self.version}"
        for message in changes["messages"]:
            assert message["id"] not in self.messages, "a message came twice"
            self.messages[message["id"]] = message["position"]
        self.version = version


def rolling_restart(proxy, instances, token):
    conversations = [proxy.call("POST", "/conversations", token, {"title": f"Restart {n}"})[2]["id"] for n in range(2)]
    stop = threading.Event()
    followers = [Follower(proxy, token, conversation) for conversation in conversations]
    clients = [Client(proxy, token, conversations[n % 2], stop) for n in range(CLIENTS)]
    for thread in followers + clients:
        thread.start()
    within(lambda: all(client.acknowledged for client in clients) or any(client.failure for client in clients), "every client was served")
    for instance in instances:
        instance.restart()
    stop.set()
    for client in clients:
        client.join(PATIENCE_SECONDS)
        assert not client.failure and not client.is_alive(), f"a client saw {client.failure!r}"
    for conversation, follower in zip(conversations, followers, strict=True):
        acknowledged = {}
        for client in clients:
            if client.conversation == conversation:
                acknowledged |= client.acknowledged
        stored = all_messages(proxy, token, conversation)
        assert stored == acknowledged, "the stored messages differ from the acknowledged ones"
        assert sorted(stored.values()) == list(range(1, len(stored) + 1)), "positions have gaps"
        within(lambda f=follower, s=stored: f.failure or f.messages == s, "the event stream has all messages")
        assert not follower.failure, f"an event stream saw {follower.failure!r}"
    retries = {}
    for client in clients:
        for code, count in client.retries.items():
            retries[code] = retries.get(code, 0) + count
    print(f"rolling restart: {sum(len(client.acknowledged) for client in clients)} acknowledged messages are stored once, "
          f"repeated after 503: {retries or 'nothing'}, streams opened: {[f.streams for f in followers]}", flush=True)


def all_messages(proxy, token, conversation):
    found, cursor = {}, ""
    while cursor is not None:
        page = proxy.call("GET", f"/conversations/{conversation}/messages?limit=1000{cursor}", token)[2]
        found |= {message["id"]: message["position"] for message in page["items"]}
        cursor = page["nextCursor"] and f"&cursor={page['nextCursor']}"
    return found


def make_key(database, *arguments):
    done = subprocess.run([JAVA, "-jar", str(JAR), "keys", "create", *arguments, *database.settings()], capture_output=True, text=True)
    assert done.returncode == 0, f"keys create ended with {done.returncode}:\n{done.stderr}"
    return done.stdout.strip()


def with_api_keys(scratch, database):
    admin = make_key(database, "--owner=ops", "--name=administrator", "--scope=admin")
    instances = [Instance(f"keys-{n}", scratch, ["--confab.security=api-keys", *database.settings()]) for n in (1, 2)]
    with running(scratch / "keys", instances) as proxy:
        def key(**more):
            body = {"owner": "alice", "name": "test", "scopes": ["read", "write"], **more}
            status, _, answer = proxy.call("POST", "/admin/keys", admin, body)
            assert status == 201, answer
            return answer

        # All clients are one owner, who would be stopped by the default rate.
        good, revoked = key(limits={"requestsPerSecond": 100_000}), key()
        assert proxy.call("GET", "/conversations", revoked["token"])[0] == 200
        assert proxy.call("DELETE", f"/admin/keys/{revoked['key']['id']}", admin)[0] in (200, 204)
        soon = time.time() + 5
        expired = key(expiresAt=time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(soon)))
        time.sleep(max(0.0, soon + 1 - time.time()))
        unknown = good["token"][:-4] + "AAAA"
        for what, token in {"no credential": None, "revoked": revoked["token"], "expired": expired["token"], "unknown": unknown,
                            "malformed": "x"}.items():
            assert_unauthorized(proxy, what, token)
        read_only = key(scopes=["read"])["token"]
        status, _, problem = proxy.call("POST", "/conversations", read_only, {})
        assert (status, problem["code"]) == (403, "insufficient-scope")
        assert proxy.call("GET", "/conversations", good["token"], headers={"Confab-Owner": "bob"})[0] == 403
        print("API keys: well", flush=True)
        rolling_restart(proxy, instances, good["token"])


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """Publishes the public half of a key pair, and signs tokens with the other."""

    def __init__(self, scratch):
        self.key = scratch / "issuer.pem"
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True, capture_output=True)
        modulus = subprocess.run(["openssl", "rsa", "-in", self.key, "-noout", "-modulus"], check=True, capture_output=True, text=True)
        keys = {"keys": [{"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "e": "AQAB",
                          "n": base64url(bytes.fromhex(modulus.stdout.strip().partition("=")[2]))}]}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(keys).encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def token(self, header=None, **claims):
        now = int(time.time())
        header = {"alg": "RS256", "kid": "one", **(header or {})}
        claims = {"iss": self.url, "aud": "confab", "sub": "carol", "scope": "read write", "exp": now + 600, **claims}
        signed = f"{base64url(json.dumps(header).encode())}.{base64url(json.dumps(claims).encode())}"
        if header["alg"] == "none":
            return signed + "."
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=signed.encode(), check=True,
                                   capture_output=True).stdout
        return f"{signed}.{base64url(signature)}"


def with_jwts(scratch, database):
    issuer = Issuer(scratch)
    instances = [Instance(f"jwt-{n}", scratch, [
        "--confab.security=jwt", f"--confab.jwt.issuer={issuer.url}", "--confab.jwt.audience=confab",
        f"--confab.jwt.jwk-set-uri={issuer.url}/keys", *database.settings()]) for n in (1, 2)]
    with running(scratch / "jwt", instances) as proxy:
        good = issuer.token()
        assert proxy.call("POST", "/conversations", good, {"title": "By JWT"})[0] == 201
        now = int(time.time())
        signed, _, signature = good.rpartition(".")
        wrong = {"no credential": None, "expired": issuer.token(exp=now - 300), "not yet valid": issuer.token(nbf=now + 300),
                 "alg:none": issuer.token({"alg": "none"}), "wrong issuer": issuer.token(iss="https://elsewhere.example"),
                 "wrong audience": issuer.token(aud="others"), "wrongly signed": f"{signed}.{signature[:20]}{signature[40:60]}{signature[40:]}",
                 "changed after signing": f"{signed[:-2]}AA.{signature}"}
        for what, token in wrong.items():
            assert_unauthorized(proxy, what, token)
        assert proxy.call("POST", "/conversations", issuer.token(scope="read"), {})[0] == 403
        assert len(proxy.call("GET", "/conversations", good)[2]["items"]) == 1
        assert proxy.call("GET", "/conversations", issuer.token(sub="dave"))[2]["items"] == []
        print("JSON Web Tokens: well", flush=True)


def upgrade(scratch, database, old_jar):
    """Both instances are replaced by the new code while clients write and follow. The old code knows no log-in and does not drain."""
    instances = [Instance(f"upgrade-{n}", scratch, database.settings(), old_jar) for n in (1, 2)]
    with running(scratch / "upgrade", instances) as proxy:
        rolling_restart(proxy, instances, None)


@contextlib.contextmanager
def running(scratch, instances):
    scratch.mkdir()
    proxy = None
    try:
        for instance in instances:
            instance.start()
        for instance in instances:
            instance.await_ready()
        proxy = Proxy(scratch, instances)
        yield proxy
    finally:
        if proxy:
            proxy.stop()
        for instance in instances:
            instance.kill()


with tempfile.TemporaryDirectory() as temporary, Database() as postgres:
    if "OLD_CONFAB_JAR" in os.environ:
        upgrade(pathlib.Path(temporary), postgres, os.environ["OLD_CONFAB_JAR"])
    else:
        with_api_keys(pathlib.Path(temporary), postgres)
        with_jwts(pathlib.Path(temporary), postgres)
print("two instances behind a proxy: well", flush=True)
