"""The app's server for the tests: one that all processes of a run share, and those with settings of a test's own."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.settled_data import DATA

FOLDER = "SHARED_SERVER"  # the variable of the environment that names the shared server's folder
LOG = "log.txt"  # in the folder of a server
# Runs in the shared server before anything else: writes down every place outside of this machine that it turns to.
WATCH = """
import os, sys

def watch(event, args):
    if event in ("socket.connect", "socket.sendto"):
        place = args[1]
        if isinstance(place, tuple) and place[0] not in ("127.0.0.1", "::1"):
            note(place)
    elif event == "socket.getaddrinfo" and args[0] not in ("127.0.0.1", "::1", "localhost", None):
        note(args[:2])

def note(place):
    with open(os.environ["WATCHED"], "a") as file:
        print(place, file=file)

sys.addaudithook(watch)
"""
_STARTED: list[subprocess.Popen[bytes]] = []  # kept, for a process that nobody holds is complained of


@dataclass(frozen=True)
class Shared:
    """The server of all: its address, process and log, the file in which it notes whom it calls, and its metrics."""

    address: str
    pid: int
    watched: str
    log: str
    metrics: str


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def start_app(
    port: int,
    settings: dict[str, str],
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
    *,
    answers: int = 200,
) -> subprocess.Popen[bytes]:
    """Start the app with settings, and wait until it answers at a port of this machine; its log is in the folder."""
    folder = folder or Path(tempfile.mkdtemp())
    own = {"data": str(DATA), "database": f"sqlite:///{folder / 'record.sqlite'}", "views": str(folder / "views.yaml")}
    own |= {"sheets": str(folder / "sheets")} | settings
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    named = {f"DASHBOARD_{name.upper()}": value for name, value in own.items()}
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port)]
    log = folder / LOG
    with log.open("wb") as file:
        server = subprocess.Popen(
            command, env=inherited | named | (environment or {}), stdout=subprocess.DEVNULL, stderr=file
        )
    try:
        _wait_for(server, f"http://127.0.0.1:{port}/_stcore/health", log, answers)
    except BaseException:
        end(server)
        raise
    return server


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path, answers: int) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"The app ended: {log.read_text('utf-8', 'replace')}")
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except urllib.error.HTTPError as refused:
            if refused.code == answers:
                return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.1)
    raise RuntimeError("The app did not start within a minute.")


def end(server: subprocess.Popen[bytes]) -> None:
    """End a server that was started, at once."""
    server.kill()
    server.wait()


@contextmanager
def running_app(**settings: str) -> Iterator[str]:
    """Start the app with settings of the environment; gives its address."""
    port = free_port()
    server = start_app(port, settings)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def shared_app(views: str) -> Shared:
    """The server that all processes of a run share; the first that asks for it starts it, with these saved views."""
    folder = Path(os.environ[FOLDER])
    told = folder / "server.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(json.dumps(_start_shared(folder, views)))
    return Shared(**json.loads(told.read_text()))


def _start_shared(folder: Path, views: str) -> dict[str, str | int]:
    (folder / "sitecustomize.py").write_text(WATCH)
    watched = folder / "calls.txt"
    watched.touch()
    (folder / "views.yaml").write_text(views, "utf-8")
    shutil.copytree(DATA, folder / "data", symlinks=True)  # DATA goes with the process that starts the server
    path = f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}".rstrip(os.pathsep)
    metrics = free_port()
    settings = {
        "data": str(folder / "data"),
        "views": str(folder / "views.yaml"),
        "access": "open",
        "editing": "true",
        "hosts": "map.example",
        "origins": "https://elsewhere.example",
        "import_mb": "2",
        "metrics_port": str(metrics),
        "log": "json",
    }
    port = free_port()
    server = start_app(port, settings, {"PYTHONPATH": path, "WATCHED": str(watched)}, folder)
    _STARTED.append(server)
    return {
        "address": f"http://127.0.0.1:{port}",
        "pid": server.pid,
        "watched": str(watched),
        "log": str(folder / LOG),
        "metrics": f"http://127.0.0.1:{metrics}/metrics",
    }


def offer_shared() -> None:
    """Make the folder of the shared server known to all processes of a run."""
    os.environ[FOLDER] = tempfile.mkdtemp()


def end_shared() -> None:
    """End the shared server, if anyone has asked for it."""
    folder = Path(os.environ.pop(FOLDER))
    if (folder / "server.json").exists():
        with suppress(ProcessLookupError):
            os.kill(json.loads((folder / "server.json").read_text())["pid"], signal.SIGTERM)
    shutil.rmtree(folder)
