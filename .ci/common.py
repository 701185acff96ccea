"""Functions that the scripts of this directory share: paths, a Java of at least 25, a free port."""

import contextlib
import glob
import os
import pathlib
import re
import socket
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
JAR = ROOT / "bootstrap/target/confab.jar"


def java():
    """A Java of at least 25: Maven's own may be older."""
    homes = [os.environ.get("JAVA_HOME", "")] + sorted(glob.glob("/usr/lib/jvm/*"), reverse=True)
    for command in [f"{home}/bin/java" for home in homes if home] + ["java"]:
        with contextlib.suppress(OSError):
            output = subprocess.run([command, "-version"], capture_output=True, text=True, check=False).stderr
            version = re.search(r'version "(\d+)', output)
            if version and int(version.group(1)) >= 25:
                return command
    sys.exit("no Java 25 found")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
