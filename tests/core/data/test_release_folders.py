"""Releases as folders: those that are shipped, damaged ones, and the states of the record against them."""

from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.core.data.changes import Changes, compare
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.data.release_folders import RECORD, shipped_releases, write_folder
from dashboard.core.data.releases import Contents, Release, read_contents
from dashboard.core.record.record import Record
from dashboard.errors import QueryError, StorageError
from tests.settled_data import DATA

SHIPPED = shipped_releases(DATA)[0]
NAMES = [release.name for _folder, release in SHIPPED]


def said(changes: Changes) -> tuple[object, ...]:
    """All that a comparison tells, as plain values."""
    parts = (changes.added, changes.reinstated, changes.corrected, changes.withdrawn, changes.unusable)
    return (*parts, changes.nameless, list(changes.before["id"]), list(changes.after["id"]))


def test_releases_differ_as_their_folders_do(shipped: Dataset) -> None:
    """Each and the next, and each and the data as they are now; that its files are the same is tested below."""
    folders: dict[str, Contents] = {
        release.name: read_contents(folder, shipped.borders) for folder, release in SHIPPED
    } | {"": read_contents(DATA, shipped.borders)}
    assert len(folders) > 2
    for earlier, later in [*((name, "") for name in NAMES), *pairwise(NAMES)]:
        assert said(shipped.changes(earlier, later)) == said(compare(folders[earlier], folders[later]))
    assert any(shipped.changes(name).count for name in NAMES)


def test_releases_of_the_record_are_those_of_the_folders(shipped: Dataset) -> None:
    assert [release.name for release in shipped.releases] == NAMES
    for known, (_folder, release) in zip(shipped.releases, SHIPPED, strict=True):
        assert known.facts == release.facts
        assert known.note == release.note


@pytest.mark.parametrize("number", range(len(SHIPPED)), ids=NAMES)
def test_release_is_written_as_it_was_shipped(shipped: Dataset, tmp_path: Path, number: int) -> None:
    folder, release = SHIPPED[number]
    place = tmp_path / release.name
    assert isinstance(shipped.states, RecordedData)
    write_folder(place, shipped.states.files(release.name).contents, shipped.releases[number])
    was = {file.name: file.read_bytes() for file in folder.iterdir()}
    now = {file.name: file.read_bytes() for file in place.iterdir()}
    del was[RECORD]
    if "about.toml" not in was:  # the first releases state nothing; the record has them with the cut-off of their day
        del now["about.toml"]
    assert now.pop(RECORD).startswith(b"created = ")
    assert now == was
    (read,) = shipped_releases_in(tmp_path, place)
    assert read.facts == release.facts


def shipped_releases_in(tmp_path: Path, place: Path) -> list[Release]:
    (tmp_path / "data").mkdir()
    place.rename(tmp_path / "data" / place.name)
    (tmp_path / "data").rename(tmp_path / "releases")
    found, problems = shipped_releases(tmp_path)
    assert problems == []
    return [release for _place, release in found]


def test_folder_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "new", {"incidents.csv": b"id\n"})
    with pytest.raises(QueryError, match="is there already"):
        write_folder(tmp_path / "new", {"incidents.csv": b"other\n"})
    assert (tmp_path / "new" / "incidents.csv").read_bytes() == b"id\n"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(StorageError, match="cannot be written: No space left on device"):
        write_folder(tmp_path / "other", {"incidents.csv": b"id\n"})
    assert [place.name for place in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (None, "No such file"),
        ("no toml", "Expected '='"),
        ("rows = -1", "rows must be a count"),
        ("rows = true", "rows must be a count"),
        ("created = 2026-10-03", "created must be an instant"),
        ("created = 2026-10-04T12:00:00Z", "do not make the name"),
        ("created = 0001-01-01T00:00:00+01:00", "created must be an instant"),
        ("cutoff = 9999-12-31T23:59:59-01:00", "cutoff must be an instant"),
        ("rows = 999999999999999999999999999999", "rows must be a count of at most 1,000,000,000"),
        ("rows = 0", "more incidents and withdrawn rows than rows"),
        (f"note = {'[' * 100_000}", "too deep to be read"),
        (f"rows = {'9' * 5000}", "limit"),
        ("note = 7", "note must be text"),
        (f'note = "{"x" * 201}"', "not one line of at most 200 characters"),
        ('fingerprint = "../../../etc"', "do not make the name"),
    ],
)
def test_damaged_release_is_left_out_and_told(tmp_path: Path, line: str | None, told: str) -> None:
    whole, damaged = (tmp_path / "releases" / name for name in NAMES[:2])
    for place, (folder, _release) in zip((whole, damaged), SHIPPED, strict=False):
        place.mkdir(parents=True)
        for file in folder.iterdir():
            (place / file.name).write_bytes(file.read_bytes())
    record = damaged / RECORD
    if line is None:
        record.unlink()
    else:
        name = line.partition(" ")[0]
        kept = [old for old in record.read_text().splitlines() if not old.startswith(f"{name} ")]
        record.write_text("\n".join([*kept, line]))
    releases, (problem,) = shipped_releases(tmp_path)
    assert [release.name for _folder, release in releases] == [whole.name]
    assert told in problem.message
    assert not problem.severe


def test_release_that_was_changed_afterwards_is_left_out_of_the_record(data_folder: Path) -> None:
    (data_folder / "incidents.csv").write_bytes((DATA / "incidents.csv").read_bytes())
    folder, release = SHIPPED[0]
    place = data_folder / "releases" / release.name
    place.mkdir(parents=True)
    for file in folder.iterdir():
        (place / file.name).write_bytes(file.read_bytes())
    file = place / "incidents.csv"
    file.write_bytes(file.read_bytes().replace(b"crash", b"debris", 1))
    now = RecordedData(Record(f"sqlite:///{data_folder / 'record.sqlite'}"), data_folder).take_in(
        read_folder(data_folder)
    )
    assert now.releases == ()
    assert any("was changed after it was made" in problem.message for problem in now.problems)


def test_other_folders_are_no_releases(tmp_path: Path) -> None:
    (tmp_path / "releases" / ".new-x1").mkdir(parents=True)
    (tmp_path / "releases" / "2026-99-03-ab12cd34").mkdir()
    (tmp_path / "releases" / "README.md").write_text("x")
    assert shipped_releases(tmp_path) == ([], [])
