"""The data of the tests: those of one stored release, so that their answers stay known by hand when the data change."""

import atexit
import shutil
import tomllib
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from tests import PROJECT

SHIPPED = PROJECT / "data"
RELEASE = "2026-11-27-5787def0"


def _folder() -> Path:
    """A data folder with the files of the release, older releases, and what the shipped folder has beside them."""
    folder = Path(mkdtemp(prefix="settled-data-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    release = SHIPPED / "releases" / RELEASE
    for place in SHIPPED.iterdir():
        if place.name != "releases":
            kept = release / place.name  # what a release does not have is of the world
            (folder / place.name).symlink_to(kept if kept.exists() else place)
    (folder / "releases").mkdir()
    for place in (SHIPPED / "releases").iterdir():
        if _created(place) <= _created(release):
            (folder / "releases" / place.name).symlink_to(place)
    return folder


def _created(release: Path) -> datetime:
    created: datetime = tomllib.loads((release / "release.toml").read_text("utf-8"))["created"]
    return created


DATA = _folder()
