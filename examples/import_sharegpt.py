#!/usr/bin/env python3
"""Loads a ShareGPT file into Confab through its HTTP API, then reads everything back and compares.

Each conversation and each message is sent with an Idempotency-Key made from the file, so this program may be stopped, the
server killed, and both started again: stored conversations are recognised, and none is stored twice.

    python3 examples/import_sharegpt.py sharegpt.json
    python3 examples/import_sharegpt.py sharegpt.json --verify-only

Exit code: 0 when the server holds exactly the file's conversations; 1 when it does not, or refused something; 2 when the file
or the server cannot be used; 130 when it was stopped.
"""

import argparse
import collections
import dataclasses
import datetime
import email.utils
import hashlib
import http.client
import json
import random
import re
import signal
import sys
import threading
import time
import urllib.parse

ROLES = {"human": "user", "user": "user", "gpt": "assistant", "chatgpt": "assistant", "bing": "assistant",
         "bard": "assistant", "assistant": "assistant", "system": "system", "tool": "tool", "function": "tool"}


class Unusable(Exception):
    """The file or the server cannot be used at all."""


class Refused(Exception):
    """The server said no, and will say it again."""


class Stopped(Exception):
    """Somebody wants this program to end."""


# ---- the file -------------------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class Conversation:
    key: str  # the same whenever this file is read, and no other conversation's
    title: str
    messages: list  # of (role, text)


def read_file(path):
    try:
        with open(path, encoding="utf-8") as file:
            entries = json.load(file)
    except OSError as error:
        raise Unusable(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unusable(f"{path} is not UTF-8: byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise Unusable(f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    if not isinstance(entries, list):
        raise Unusable(f"{path} is not a ShareGPT file: it should hold a list of conversations")
    seen = collections.Counter()
    return [read_conversation(entry, f"{path}: conversation {index}", seen)
            for index, entry in enumerate(entries, start=1)]


def read_conversation(entry, where, seen):
    if not isinstance(entry, dict) or not isinstance(turns := first_of(entry, "conversations", "items", "messages"), list):
        raise Unusable(f"{where} has no list \"conversations\"")
    name = str(entry.get("id", "unnamed"))
    # An id may stand in the file more than once: the second one with this id is another conversation.
    seen[name] += 1
    messages = [read_message(turn, f"{where}, message {number}") for number, turn in enumerate(turns, start=1)]
    question = next((text for role, text in messages if role == "user" and text.strip()), name)
    return Conversation(key(name, seen[name]), " ".join(question.split())[:80], messages)


def read_message(turn, where):
    sender = first_of(turn, "from", "role") if isinstance(turn, dict) else None
    text = first_of(turn, "value", "content", "text") if isinstance(turn, dict) else None
    if not isinstance(text, str):
        raise Unusable(f"{where} has no text \"value\"")
    if sender not in ROLES:
        raise Unusable(f"{where} is from {json.dumps(sender)}, who must be one of {', '.join(ROLES)}")
    return ROLES[sender], text


def first_of(mapping, *names):
    return next((mapping[name] for name in names if name in mapping), None)


def key(name, occurrence):
    """At most 255 characters that fit a header, and readable where the file's id is."""
    readable = re.fullmatch(r"[A-Za-z0-9._-]{1,150}", name)
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"sharegpt:{name if readable else 'sha256-' + digest}:{occurrence}"


# ---- the server -----------------------------------------------------------------------------------------------------

class Client:
    """One kept-alive connection. Repeats each request until it is answered, which the keys make safe."""

    def __init__(self, url, patience, stop):
        self.base = urllib.parse.urlsplit(url)
        self.patience = patience
        self.stop = stop
        self.connection = None

    def call(self, method, path, body=None, idempotency_key=None):
        """The answer's JSON. Waits out a server that is gone or busy, for as long as there is patience."""
        data = None if body is None else json.dumps(body).encode("utf-8")
        headers = {"Accept": "application/json"}
        if data is not None:
            headers["Content-Type"] = "application/json"
        if idempotency_key is not None:
            headers["Idempotency-Key"] = idempotency_key
        deadline = time.monotonic() + self.patience
        attempt = 0
        while True:
            if self.stop.is_set():
                raise Stopped()
            wait = min(2.0, 0.05 * 2 ** min(attempt, 10)) * random.uniform(0.5, 1)
            try:
                status, reply, answer = self.send(method, path, data, headers)
                if status in (200, 201):
                    return parsed(method, path, answer), status
                problem = f"{method} {path}: {status} {detail(answer)}"
                if status not in (429, 502, 503, 504):
                    raise Refused(problem)
                wait = max(wait, retry_after(reply))
            except (OSError, http.client.HTTPException) as error:
                self.close()
                problem = f"no answer from {self.base.geturl()}: {error or type(error).__name__}"
            if time.monotonic() + wait > deadline:
                raise Unusable(f"{problem} (tried for {self.patience:g} s)")
            attempt += 1
            self.stop.wait(wait)

    def send(self, method, path, data, headers):
        if self.connection is None:
            kind = http.client.HTTPSConnection if self.base.scheme == "https" else http.client.HTTPConnection
            self.connection = kind(self.base.hostname, self.base.port, timeout=min(30, max(1, self.patience)))
        self.connection.request(method, self.base.path.rstrip("/") + "/api/v1" + path, data, headers)
        reply = self.connection.getresponse()
        return reply.status, reply, reply.read()

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def parsed(method, path, answer):
    try:
        return json.loads(answer)
    except ValueError as error:
        raise Refused(f"{method} {path}: the answer is not JSON; is this a Confab server?") from error


def detail(answer):
    try:
        problem = json.loads(answer)
        return f"{problem.get('code', '')} {problem.get('detail', '')}".strip()
    except (ValueError, AttributeError):
        return answer[:200].decode("utf-8", "replace")


def retry_after(reply):
    """Seconds; the header is a number of them or a date (RFC 9110, 10.2.3)."""
    value = reply.getheader("Retry-After", "0").strip()
    if value.isdigit():
        return float(value)
    try:
        until = email.utils.parsedate_to_datetime(value)
        return max(0.0, (until - datetime.datetime.now(datetime.timezone.utc)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


# ---- the work -------------------------------------------------------------------------------------------------------

class Tally:
    """Counts of results, by many threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts = collections.Counter()
        self.faults = []

    def add(self, what):
        with self.lock:
            self.counts[what] += 1

    def fault(self, text):
        with self.lock:
            self.faults.append(text)


def load(client, conversation, tally):
    made, status = client.call("POST", "/conversations", {"title": conversation.title or None,
                               "metadata": {"source": "sharegpt", "key": conversation.key}}, conversation.key)
    tally.add("conversations made" if status == 201 else "conversations known")
    path = f"/conversations/{made['id']}/messages"
    for number, (role, text) in enumerate(conversation.messages, start=1):
        _, status = client.call("POST", path, {"role": role, "text": text}, f"{conversation.key}:{number}")
        tally.add("messages made" if status == 201 else "messages known")


def verify(client, conversation, ids, tally):
    found = ids.get(conversation.key, [])
    if len(found) != 1:
        tally.fault(f"{conversation.key}: is stored {len(found)} times")
        return
    stored = list(pages(client, f"/conversations/{found[0]}/messages", limit=1000, order="asc"))
    wanted = [(position, role, text) for position, (role, text) in enumerate(conversation.messages, start=1)]
    actual = [(message["position"], message["role"], message["text"]) for message in stored]
    if actual != wanted:
        at = next((i for i, (one, other) in enumerate(zip(actual, wanted)) if one != other), min(len(actual), len(wanted)))
        tally.fault(f"{conversation.key}: {len(actual)} messages where {len(wanted)} are expected; they differ from position {at + 1}")
        return
    tally.add("conversations verified")
    for _ in stored:
        tally.add("messages verified")


def ids_by_key(client):
    ids = collections.defaultdict(list)
    for conversation in pages(client, "/conversations", limit=100, sort="created"):
        ids[conversation["metadata"].get("key")].append(conversation["id"])
    return ids


def pages(client, path, **query):
    cursor = {}
    while cursor is not None:
        page, _ = client.call("GET", f"{path}?{urllib.parse.urlencode({**query, **cursor})}")
        yield from page["items"]
        cursor = {"cursor": page["nextCursor"]} if page["nextCursor"] is not None else None


def in_threads(name, options, conversations, tally, stop, work):
    """Does the work for every conversation; one that the server refuses is a fault, and the others go on."""
    left = collections.deque(conversations)
    fatal = []

    def run():
        client = Client(options.url, options.patience, stop)
        try:
            while True:
                conversation = left.popleft()
                try:
                    work(client, conversation)
                except Refused as refused:
                    tally.fault(f"{conversation.key}: {refused}")
        except (IndexError, Stopped):
            pass  # nothing is left, or nothing more is wanted
        except Exception as error:  # whatever it is, the others must not go on without this thread
            fatal.append(error)
            stop.set()
        finally:
            client.close()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(options.threads)]
    for thread in threads:
        thread.start()
    show = Progress(name, tally, len(conversations))
    while any(thread.is_alive() for thread in threads):
        for thread in threads:
            thread.join(0.2 / len(threads))
        show(len(left))
    show(len(left), last=True)
    if fatal:
        raise fatal[0]
    if stop.is_set():
        raise Stopped()


class Progress:
    """On standard error: one line that changes on a terminal, else a line every two seconds."""

    def __init__(self, name, tally, total):
        self.name, self.tally, self.total = name, tally, total
        self.start = self.shown = time.monotonic()

    def __call__(self, left, last=False):
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if not last and not terminal and now - self.shown < 2:
            return
        self.shown = now
        messages = sum(count for what, count in self.tally.counts.items()
                       if what.startswith("messages") and what.endswith("verified") == (self.name == "verifying"))
        print(f"{self.name}: {self.total - left}/{self.total} conversations, {messages} messages, {now - self.start:.1f} s",
              end="\r" if terminal and not last else "\n", file=sys.stderr, flush=True)


# ---- the command ----------------------------------------------------------------------------------------------------

def positive(kind):
    def parse(text):
        value = kind(text)
        if value <= 0:
            raise argparse.ArgumentTypeError("must be greater than 0")
        return value
    return parse


def options_from(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="a ShareGPT file (JSON)")
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="where Confab is (default: %(default)s)")
    parser.add_argument("--threads", type=positive(int), default=16, help="how many send at once (default: %(default)s)")
    parser.add_argument("--patience", type=positive(float), default=60,
                        help="seconds to wait for a server that is gone or busy (default: %(default)s)")
    parser.add_argument("--verify-only", action="store_true", help="only read back and compare; writes nothing")
    options = parser.parse_args(arguments)
    if urllib.parse.urlsplit(options.url).scheme not in ("http", "https"):
        parser.error(f"--url must begin with http:// or https://, not {options.url}")
    return options


def run(options, stop):
    conversations = read_file(options.file)
    messages = sum(len(conversation.messages) for conversation in conversations)
    try:
        # Before the first write there is little to be patient for.
        Client(options.url, min(options.patience, 2), stop).call("GET", "/conversations?limit=1")
    except Unusable as error:
        raise Unusable(f"{error}; is Confab running there?") from error
    tally = Tally()
    start = time.monotonic()
    if not options.verify_only:
        in_threads("loading", options, conversations, tally, stop, lambda client, one: load(client, one, tally))
        seconds = time.monotonic() - start
        count = tally.counts
        print(f"loaded:   {count['conversations made']} conversations and {count['messages made']} messages are new, "
              f"{count['conversations known']} and {count['messages known']} were there; {seconds:.1f} s, "
              f"{(count['messages made'] + count['messages known']) / seconds:.0f} messages/s")
    ids = ids_by_key(Client(options.url, options.patience, stop))
    in_threads("verifying", options, conversations, tally, stop, lambda client, one: verify(client, one, ids, tally))
    print(f"verified: {tally.counts['conversations verified']} of {len(conversations)} conversations, "
          f"{tally.counts['messages verified']} of {messages} messages, {len(tally.faults)} faults")
    for fault in tally.faults[:20]:
        print(f"fault:    {fault}", file=sys.stderr)
    if len(tally.faults) > 20:
        print(f"fault:    and {len(tally.faults) - 20} more", file=sys.stderr)
    return 1 if tally.faults else 0


def main(arguments=None):
    options = options_from(arguments)
    stop = threading.Event()

    def on_signal(number, _):
        stop.set()
        signal.signal(number, signal.SIG_DFL)  # the second time at once

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    try:
        return run(options, stop)
    except Stopped:
        print("stopped; start again with the same file to go on", file=sys.stderr)
        return 130
    except (Unusable, Refused) as error:
        print(f"{sys.argv[0]}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
