"""The data as the record has them: those of the folder, edited ones, and earlier ones."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.make_release import make_release
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.data.releases import find_release, read_contents
from dashboard.core.query.view import View
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.core.record.undo import undo
from dashboard.errors import QueryError
from tests.conftest import csv_text
from tests.settled_data import DATA

GAIZIUNAI = "LT-2025-07-28-gaiziunai"


def ids(rows: gpd.GeoDataFrame) -> list[str]:
    return list(rows["id"])


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> RecordedData:
    """The shipped data in a record of their own, which only this module edits."""
    file = tmp_path_factory.mktemp("record") / "record.sqlite"
    data = RecordedData(Record(f"sqlite:///{file}"), DATA)
    data.take_in(read_folder(DATA))
    return data


def edited(recorded: RecordedData, key: str, **cells: str) -> int:
    with recorded.record.edit(EDITED) as draft:
        draft.put(INCIDENT, key, draft.state(INCIDENT)[key] | cells)
    assert draft.number
    return draft.number


def test_shipped_data_are_the_newest_state_after_their_releases(recorded: RecordedData, shipped: Dataset) -> None:
    now = recorded.now()
    later = [] if shipped.release else [""]  # what has been changed in the folder since the last release
    assert now.moment == len(shipped.releases) + len(later)
    assert (now.fingerprint, ids(now.incidents)) == (shipped.fingerprint, ids(shipped.incidents))
    names = [change.name for change in recorded.record.changes()][::-1]
    assert names == [*(release.name for release in shipped.releases), *later]


def test_state_as_of_a_day_is_that_of_the_last_release_of_the_day(recorded: RecordedData, shipped: Dataset) -> None:
    for day, name in (("2026-11-25", "2026-11-25-35b32cd2"), ("2026-11-26", "2026-11-26-fab93a71")):
        then = recorded.now().at(View(as_of=day))
        release = find_release(shipped.releases, name)
        assert (then.as_of, then.fingerprint, then.release) == (day, release.fingerprint, release)
        assert then.releases[-1] == release  # of the later ones nothing was known
        stored = read_contents(DATA / "releases" / name, shipped.borders)
        assert ids(then.incidents) == ids(stored.incidents)
        assert then.about.cutoff == release.cutoff
        assert then.at(View()).fingerprint == shipped.fingerprint  # and back to now


def test_before_the_record_nothing_is_known(recorded: RecordedData) -> None:
    with pytest.raises(QueryError, match="begins on 25 November 2026: nothing is known of the data on 1 November 2026"):
        recorded.now().at(View(as_of="2026-11-01"))


def test_what_is_edited_shows_until_it_is_undone(recorded: RecordedData, shipped: Dataset) -> None:
    change = edited(recorded, GAIZIUNAI, place="Elsewhere")
    now = recorded.now()
    assert list(now.object(GAIZIUNAI)["place"]) == ["Elsewhere"]
    assert now.fingerprint != shipped.fingerprint
    assert now.releases == shipped.releases
    undo(recorded.record, change)
    assert recorded.now().fingerprint == shipped.fingerprint


def test_problems_of_edited_data_name_the_lines_of_the_folders_file(data_folder: Path) -> None:
    rows = [{"id": "LT-2"}, {"id": "LT-3", "latitude": "x"}, {"id": "LT-1", "summary": "Two\nlines."}]
    (data_folder / "incidents.csv").write_text(csv_text(*rows, {"id": "LT-0", "date": "x"}) + 'LT-9,"broken\n', "utf-8")
    recorded = RecordedData(Record(f"sqlite:///{data_folder / 'record.sqlite'}"), data_folder)
    plain = recorded.take_in(read_folder(data_folder))
    edited(recorded, "LT-2", place="Vilnius")
    now = recorded.now()
    told = [(problem.file, problem.line, problem.column) for problem in now.problems]
    assert sorted(told) == sorted((problem.file, problem.line, problem.column) for problem in plain.problems)
    assert (now.rows, now.set_aside, now.not_located) == (plain.rows, plain.set_aside, plain.not_located)


def test_data_without_a_record_have_no_earlier_moment(shipped: Dataset) -> None:
    assert shipped.at(View()) is shipped
    with pytest.raises(QueryError, match="Without a record"):
        replace(shipped, states=None).at(View(as_of="2026-11-25"))


def test_state_as_of_a_release_has_its_name(recorded: RecordedData, shipped: Dataset) -> None:
    release = shipped.releases[0]
    then = recorded.now().at(View(as_of=release.name))
    assert (then.release, then.releases) == (release, (release,))
    with pytest.raises(QueryError, match="There is no release '2026-11-25-00000000'"):
        recorded.now().at(View(as_of="2026-11-25-00000000"))


def test_changes_since_a_day_are_those_of_the_day_and_later_ones(recorded: RecordedData, shipped: Dataset) -> None:
    """One incident became one's own side on 26 November; what changed on 25 November was only in the record's first."""
    now = recorded.now()
    evening = "2026-11-25-35b32cd2"
    assert ids(now.changes_since("2026-11-26").after) == ids(now.changes(evening).after)
    assert ids(now.changes_since("2026-11-25").after) == ids(now.changes(shipped.releases[0].name).after)
    assert ids(now.changes_since("2026-11-26T18:00Z").after) == ids(now.changes("2026-11-26-440e1202").after)
    with pytest.raises(QueryError, match="nothing is known of the data on 23 November 2026"):
        now.changes_since("2026-11-24")
    assert now.changes_since("2026-11-30").count == 0


def test_release_that_is_made_changes_no_moment_of_the_data(recorded: RecordedData) -> None:
    change = edited(recorded, GAIZIUNAI, place="Elsewhere")
    made = make_release(recorded, datetime(2026, 12, 1, tzinfo=UTC), "After the edit.")
    assert recorded.now().moment == change < made.number
    undo(recorded.record, change)
    then = recorded.now().at(View(as_of=made.name))
    assert (list(then.object(GAIZIUNAI)["place"]), then.release) == (["Elsewhere"], made)
    assert list(recorded.now().changes(made.name).corrected) == [GAIZIUNAI]
    assert recorded.files(made.name).fingerprint == made.fingerprint


def test_day_since_which_there_was_a_change_is_a_filter_and_said_so(recorded: RecordedData) -> None:
    with recorded.record.edit(EDITED, at=datetime(2100, 1, 2, 12, tzinfo=UTC)) as draft:
        draft.put(INCIDENT, GAIZIUNAI, draft.state(INCIDENT)[GAIZIUNAI] | {"damage": "a roof"})
    now = recorded.now()
    for since in ("2100-01-02", "2100-01-02T11:59Z"):
        view = View(since=since)
        assert ids(now.select(view).rows) == [GAIZIUNAI]
    assert "changed since 2 January 2100, 11:59 UTC: 1 of " in now.sentence(view, 1)
    assert ids(now.select(View(since="2100-01-03")).rows) == ids(now.select(View(since="2100-01-02T13:00Z")).rows) == []


def test_an_edit_while_another_reader_is_still_at_the_state_before_it_is_not_lost(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data_folder / "incidents.csv").write_text(csv_text({}), "utf-8")
    data = RecordedData(Record(f"sqlite:///{tmp_path / 'two.sqlite'}"), data_folder)
    data.take_in(read_folder(data_folder))
    key = data.now().incidents["id"].iloc[0]
    reading, found, first_may_end, second_may_end = (threading.Event() for _event in range(4))
    read_now, instant = data._read_now, data.record.instant

    def read(*state: Any) -> Dataset:
        dataset = read_now(*state)
        if not reading.is_set():
            reading.set()
            assert first_may_end.wait(20)
        return dataset

    def told(number: int) -> datetime | None:
        if number == newest:
            found.set()
            assert second_may_end.wait(20)
        return instant(number)

    monkeypatch.setattr(data, "_read_now", read)
    monkeypatch.setattr(data.record, "instant", told)
    newest = -1
    edited(data, key, place="Kaunas")
    first = threading.Thread(target=data.now)
    first.start()
    assert reading.wait(20)
    newest = edited(data, key, place="Klaipėda")
    second = threading.Thread(target=data.now)
    second.start()
    found.wait(1)  # where one reads at a time, it does not come so far
    first_may_end.set()
    first.join(20)
    second_may_end.set()
    second.join(20)
    assert [*data.now().incidents["place"]] == ["Klaipėda"]
