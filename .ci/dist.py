"""Starts both packages of `mvn -Pdist package` as a person without Java would: the .tar.gz, and the .deb where dpkg can install it."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

from common import ROOT, free_port

DIST = ROOT / "bootstrap/target/dist"
PATIENCE_SECONDS = 180


def only(pattern):
    found = list(DIST.glob(pattern))
    assert len(found) == 1, f"{DIST}/{pattern}: {found}"
    return found[0]


def call(url, body=None):
    request = urllib.request.Request(url, headers={"Content-Type": "application/json"},
                                     data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def try_out(launcher, directory):
    """Starts the server without a Java on the path, stores something, stops it, and finds it again."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/api/v1/conversations"
    without_java = {"PATH": "/nowhere", "HOME": os.environ.get("HOME", "/")}
    for stored in (0, 1):
        process = subprocess.Popen([launcher, f"--server.port={port}", f"--confab.file.directory={directory}"], env=without_java)
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            found = None
            while found is None:
                assert process.poll() is None and time.monotonic() < deadline, f"{launcher} does not serve"
                with contextlib.suppress(OSError):
                    found = call(url)
                time.sleep(0.1)
            assert len(found["items"]) == stored, found
            call(url, {"title": "Packed"})
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_SECONDS) == 143
        finally:
            process.kill()
    help_text = subprocess.run([launcher, "keys", "--help"], env=without_java, check=True, capture_output=True, text=True).stdout
    assert "create" in help_text
    print(f"{launcher}: well", flush=True)


with tempfile.TemporaryDirectory() as temporary:
    scratch = pathlib.Path(temporary)
    subprocess.run(["tar", "-xzf", only("*.tar.gz"), "-C", scratch], check=True)
    try_out(scratch / "confab/bin/confab", scratch / "data")
    if shutil.which("dpkg") and os.geteuid() == 0:
        subprocess.run(["dpkg", "--install", only("*.deb")], check=True, stdout=subprocess.DEVNULL)
        try:
            try_out(pathlib.Path("/opt/confab/bin/confab"), scratch / "data of the package")
        finally:
            subprocess.run(["dpkg", "--purge", "confab"], check=False, stdout=subprocess.DEVNULL)
