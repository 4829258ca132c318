"""Releases and what changed between them: making, comparing, and withdrawn rows."""

import csv
import hashlib
import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.data import dataset as datasets
from dashboard.core.data.changes import TRACKS, Correction, Flight, compare
from dashboard.core.data.dataset import MAP_FILES, read_dataset
from dashboard.core.data.make_release import make_release
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.data.releases import Contents, find_release, read_contents
from dashboard.core.geo.borders import Borders
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.errors import ConflictError, QueryError, UnreadableFileError
from tests.conftest import csv_text
from tests.settled_data import DATA

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
WITH_REASONS = (*COLUMNS, WITHDRAWN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of its own, with the shipped borders and three incidents."""
    place = tmp_path / "data"
    place.mkdir()
    for name in MAP_FILES:
        (place / name).symlink_to(DATA / name)
    write(place, {}, {"id": "LT-2"}, {"id": "LT-3"})
    return place


@pytest.fixture
def recorded(folder: Path, tmp_path: Path) -> Callable[..., Any]:
    """Take in what the folder says now; gives its data and their earlier states."""

    def take_in() -> RecordedData:
        data = RecordedData(Record(f"sqlite:///{tmp_path / 'record.sqlite'}"), folder)
        data.take_in(read_folder(folder))
        return data

    return take_in


def write(folder: Path, *changes: dict[str, str], columns: tuple[str, ...] = WITH_REASONS) -> None:
    (folder / "incidents.csv").write_text(csv_text(*changes, columns=columns), "utf-8")


def track(incident: str, *points: tuple[float, float], **properties: object) -> dict[str, object]:
    told: dict[str, object] = {
        "incident_id": incident,
        "basis": "A report.",
        "accuracy_km": 20,
        "sources": ["https://example.org/t"],
    }
    line = {"type": "LineString", "coordinates": list(points or ((24.0, 55.0), (24.5, 55.1)))}
    return {"type": "Feature", "properties": told | properties, "geometry": line}


def write_tracks(folder: Path, *tracks: dict[str, object]) -> None:
    (folder / "tracks.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": tracks}), "utf-8")


@pytest.fixture
def contents(tmp_path: Path, shipped_borders: Borders) -> Callable[..., Any]:
    """What a file of incidents holds: from changes to ROW, or from a text."""
    count = iter(range(1000))

    def read(*changes: dict[str, str], text: str = "", tracks: Sequence[dict[str, object]] = ()) -> Contents:
        place = tmp_path / str(next(count))
        place.mkdir()
        (place / "incidents.csv").write_bytes((text or csv_text(*changes, columns=WITH_REASONS)).encode())
        if tracks:
            write_tracks(place, *tracks)
        return read_contents(place, shipped_borders)

    return read


# Rows that were withdrawn.


def test_withdrawn_row_is_kept_with_its_reason_and_is_no_incident(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(
        incidents_file({}, {"id": "LT-2", "withdrawn": " The same as LT-1. "}, columns=WITH_REASONS)
    )
    assert list(reading.incidents["id"]) == ["LT-1"]
    assert reading.withdrawn[["id", "line", WITHDRAWN]].to_numpy().tolist() == [["LT-2", 3, "The same as LT-1."]]
    assert (reading.problems, reading.rows, reading.set_aside) == ((), 2, 0)
    assert list(reading.incidents) == ["line", *COLUMNS, "geometry"]


def test_withdrawn_row_is_checked_as_any_other(incidents_file: Callable[..., Any]) -> None:
    reading = read_incidents(
        incidents_file(
            {},
            {"id": "LT-2", "withdrawn": "Wrong.", "date": "x"},
            {"id": "LT-1", "withdrawn": "Twice."},
            {"id": "LT-3", "withdrawn": "x" * 5001},
            {"id": "LT-4", "withdrawn": "<b>no</b>"},
            columns=WITH_REASONS,
        )
    )
    assert [(problem.line, problem.column, problem.severe) for problem in reading.problems] == [
        (3, "date", True),
        (4, "id", True),
        (5, "withdrawn", True),
        (6, "withdrawn", False),
    ]
    assert (len(reading.incidents), list(reading.withdrawn["id"]), reading.set_aside) == (1, ["LT-4"], 3)
    assert reading.unusable == {"LT-2", "LT-3"}  # LT-1 is there, in the row above


def test_rows_are_incidents_withdrawn_and_set_aside(folder: Path) -> None:
    write(folder, {}, {"id": "LT-2", "withdrawn": "A bird."}, {"id": "LT-3", "latitude": "24", "longitude": "55"})
    data = read_dataset(folder)
    assert (data.rows, len(data.incidents), len(data.withdrawn), data.set_aside, data.not_located) == (3, 1, 1, 1, 1)
    assert data.unusable == {"LT-3"}


def test_column_may_be_missing(folder: Path) -> None:
    write(folder, {}, columns=COLUMNS)
    assert read_dataset(folder).withdrawn.empty


def test_withdrawn_feature_of_a_geofile(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": dict(csv.DictReader(io.StringIO(csv_text({"id": id_}))).__next__()) | more,
            "geometry": {"type": "Point", "coordinates": [24.37, 55.05]},
        }
        for id_, more in (("LT-1", {}), ("LT-2", {"withdrawn": "A double."}), ("LT-3", {"withdrawn": None}))
    ]
    path = tmp_path / "incidents.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    reading = read_incidents(path)
    assert list(reading.incidents["id"]) == ["LT-1", "LT-3"]
    assert dict(zip(reading.withdrawn["id"], reading.withdrawn[WITHDRAWN], strict=True)) == {"LT-2": "A double."}


def test_track_of_a_withdrawn_row_goes_with_it_and_is_no_fault(folder: Path) -> None:
    write(folder, {}, {"id": "LT-2", "withdrawn": "A bird."})
    write_tracks(folder, track("LT-1"), track("LT-2"))
    data = read_dataset(folder)
    assert (list(data.tracks["incident_id"]), data.problems) == (["LT-1"], ())


# Making and listing.


def test_release_names_the_data_as_they_are(folder: Path, recorded: Callable[..., Any]) -> None:
    write(folder, {}, {"id": "LT-2", "withdrawn": "A bird."}, {"id": "LT-3", "date": "x"})
    write_tracks(folder, track("LT-1"))
    data = recorded()
    made = make_release(data, NOON, 'First "state",\n\tby Ona \\ Ž')
    content = (folder / "incidents.csv").read_bytes() + (folder / "tracks.geojson").read_bytes()
    assert made.fingerprint == hashlib.sha256(content).hexdigest()
    assert made.name == f"2026-10-03-{made.fingerprint[:8]}"
    assert (made.rows, made.incidents, made.withdrawn, made.set_aside) == (3, 1, 1, 1)
    assert (made.created, made.cutoff) == (NOON, datetime(2025, 7, 28, 23, 59, tzinfo=UTC))
    assert made.note == 'First "state", by Ona \\ Ž'
    assert (data.now().releases, data.now().release) == ((made,), made)
    assert not (folder / "releases").exists()
    assert recorded().now().releases == (made,)


def test_same_data_are_a_release_once(recorded: Callable[..., Any]) -> None:
    data = recorded()
    made = make_release(data, NOON)
    with pytest.raises(QueryError, match=f"a release already: {made.name}"):
        make_release(data, NOON)
    assert data.now().releases == (made,)


def test_data_without_an_incident_are_no_release(folder: Path, recorded: Callable[..., Any]) -> None:
    (folder / "incidents.csv").write_text("id\nx\n")
    with pytest.raises(UnreadableFileError, match="no incident that could be used"):
        make_release(recorded(), NOON)


def test_long_note_is_refused(recorded: Callable[..., Any]) -> None:
    with pytest.raises(QueryError, match="201 characters, more than 200"):
        make_release(recorded(), NOON, "x" * 201)


def test_data_that_somebody_edits_meanwhile_are_no_release(
    recorded: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = recorded()
    then = data.now()
    with data.record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-3", None)
    monkeypatch.setattr(data, "now", lambda: then)
    with pytest.raises(ConflictError, match="changed in the meantime"):
        make_release(data, NOON)
    monkeypatch.undo()
    assert data.now().releases == ()


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "2026-10-03-00000000", "", "/", "x" * 999])
def test_unknown_release_is_told(recorded: Callable[..., Any], name: str) -> None:
    made = make_release(recorded(), NOON)
    with pytest.raises(QueryError, match=r"There is no release '.{0,60}'\."):
        find_release((made,), name)


# Comparing.


def test_added_corrected_and_withdrawn(contents: Callable[..., Any]) -> None:
    earlier = contents({}, {"id": "LT-2", "damage": "a roof"}, {"id": "LT-3"}, {"id": "LT-4"}, {"id": "LT-5"})
    later = contents(
        {"id": "LT-6"},
        {"id": "LT-2", "latitude": "55.5", "damage": "", "end_date": "2025-07-29", "started_at": "2025-07-28T04:40Z"},
        {"id": "LT-3", "withdrawn": "A bird."},
        {"id": "LT-5", "date": "x"},
        {},
    )
    changes = compare(earlier, later)
    assert changes.added == ("LT-6",)
    assert changes.corrected == {
        "LT-2": (
            Correction("end_date", None, date(2025, 7, 29)),
            Correction("started_at", None, datetime(2025, 7, 28, 4, 40, tzinfo=UTC)),
            Correction("latitude", 55.05, 55.5),
            Correction("damage", "a roof", ""),
        )
    }
    assert changes.withdrawn == {"LT-3": "A bird.", "LT-4": ""}
    assert changes.unusable == ("LT-5",)
    assert changes.reinstated == ()
    assert (changes.count, changes.nameless) == (5, 0)
    assert list(changes.before["id"]) == ["LT-2", "LT-3", "LT-4", "LT-5"]
    assert list(changes.after["id"]) == ["LT-6", "LT-2"]


def test_row_that_cannot_be_read_is_not_taken_for_removed(contents: Callable[..., Any]) -> None:
    broken = csv_text({}, columns=WITH_REASONS) + 'LT-2,"broken\n'
    changes = compare(contents({}, {"id": "LT-2"}), contents(text=broken))
    assert (changes.withdrawn, changes.nameless) == ({"LT-2": ""}, 1)


def test_incident_that_was_withdrawn_can_come_back(contents: Callable[..., Any]) -> None:
    changes = compare(contents({}, {"id": "LT-2", "withdrawn": "A bird."}), contents({}, {"id": "LT-2"}))
    assert (changes.reinstated, changes.added, changes.count) == (("LT-2",), (), 1)


def test_row_that_came_and_was_withdrawn_in_between_is_no_change_of_incidents(contents: Callable[..., Any]) -> None:
    assert compare(contents({}), contents({}, {"id": "LT-2", "withdrawn": "A bird."})).count == 0


def test_form_of_the_file_is_no_change(contents: Callable[..., Any]) -> None:
    rows = [{}, {"id": "LT-2", "damage": 'a "roof"', "end_date": "2025-07-29", "latitude": "55.10"}]
    plain = csv_text(*rows)
    table = list(csv.DictReader(io.StringIO(plain)))
    columns = ["analyst", *reversed(COLUMNS), WITHDRAWN]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, quoting=csv.QUOTE_ALL, lineterminator="\r\n", delimiter=";", restval="")
    writer.writeheader()
    for row in reversed(table):
        writer.writerow({name: f" {value} " for name, value in row.items()} | {"latitude": f"{row['latitude']}0"})
    assert compare(contents(text=plain), contents(text="\ufeff" + text.getvalue())).count == 0


def test_optional_column_that_was_left_out_is_no_change(contents: Callable[..., Any]) -> None:
    left_out = ("damage", "payload", "side", "end_date", "started_at")
    fewer = tuple(name for name in COLUMNS if name not in left_out)
    both = contents(text=csv_text({"payload": "", "side": ""})), contents(text=csv_text({}, columns=fewer))
    assert compare(*both).count == 0
    assert compare(*reversed(both)).count == 0


def test_changed_track_is_a_correction_of_its_incident(contents: Callable[..., Any]) -> None:
    rows = [{"id": f"LT-{number}"} for number in range(1, 7)]
    same = track("LT-1"), track("LT-2", (24, 55), (25, 55)), track("LT-2", (24, 55), (25, 56))
    earlier = contents(*rows, tracks=(*same, track("LT-3"), track("LT-4"), track("LT-5")))
    later = contents(
        *rows,
        tracks=(*reversed(same), track("LT-3", (24, 55), (24, 56)), track("LT-5", accuracy_km=5), track("LT-6")),
    )
    changes = compare(earlier, later)
    assert list(changes.corrected) == ["LT-3", "LT-4", "LT-5", "LT-6"]
    assert all([field.column for field in fields] == [TRACKS] for fields in changes.corrected.values())
    (field,) = changes.corrected["LT-5"]
    for flights, accuracy_km in ((field.before, 20), (field.after, 5)):
        assert isinstance(flights, tuple)
        (flight,) = flights
        assert isinstance(flight, Flight)
        assert flight.accuracy_km == accuracy_km
    assert changes.corrected["LT-4"][0].after == changes.corrected["LT-6"][0].before == ()


def test_nothing_changed_against_itself(shipped: datasets.Dataset) -> None:
    assert compare(shipped, shipped).count == 0
    assert compare(shipped, read_contents(DATA, shipped.borders)).count == 0


def test_no_incidents_on_either_side(contents: Callable[..., Any]) -> None:
    none, one = contents({"id": "x", "date": "x"}), contents({})
    assert compare(none, one).added == ("LT-1",)
    assert compare(one, none).withdrawn == {"LT-1": ""}
    assert compare(none, none).count == 0


EDITS: dict[str, Callable[[random.Random], str]] = {
    "place": lambda dice: f"Place {dice.random()}",
    "latitude": lambda dice: f"{dice.uniform(54, 56):.4f}",
    "date": lambda dice: f"2025-0{dice.randint(1, 9)}-{dice.randint(10, 28)}",
    "category": lambda dice: dice.choice(["crash", "debris", "incursion"]),
    "sources": lambda dice: f"https://example.org/{dice.random()}",
    "damage": lambda dice: dice.choice(["", "a roof"]),
}


@pytest.mark.parametrize("seed", range(8))
def test_comparison_is_the_difference_of_the_rows(contents: Callable[..., Any], seed: int) -> None:
    """Against a difference of plain dicts, for random edits of the shipped file."""
    dice = random.Random(seed)
    with (DATA / "incidents.csv").open(encoding="utf-8", newline="") as file:
        before = {row["id"]: row | {WITHDRAWN: ""} for row in csv.DictReader(file)}
    after = {id_: dict(row) for id_, row in before.items() if dice.random() > 0.05}
    for row in after.values():
        if dice.random() < 0.1:
            for column in dice.sample(sorted(EDITS), dice.randint(1, 3)):
                row[column] = EDITS[column](dice)
        if dice.random() < 0.03:
            row[WITHDRAWN] = "Said so."
    after |= {f"NEW-{n}": {**next(iter(before.values())), "id": f"NEW-{n}"} for n in range(dice.randint(0, 5))}
    order = dice.sample(sorted(after), len(after))

    def text(rows: list[dict[str, str]]) -> str:
        out = io.StringIO()
        writer = csv.DictWriter(out, [*before[next(iter(before))]])
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()

    earlier, later = contents(text=text(list(before.values()))), contents(text=text([after[id_] for id_ in order]))
    # An edited latitude can lie so that the row is set aside; what is compared are the rows that are left.
    live = {id_: row for id_, row in after.items() if not row[WITHDRAWN] and id_ not in later.unusable}
    changes = compare(earlier, later)
    assert set(changes.added) == set(live) - set(before)
    assert set(changes.withdrawn) == set(before) - set(live) - later.unusable
    assert {id_ for id_, reason in changes.withdrawn.items() if reason} == {
        id_ for id_, row in after.items() if row[WITHDRAWN] and id_ not in later.unusable
    }
    differing = {
        id_: {name for name in row if row[name] != before[id_][name]} for id_, row in live.items() if id_ in before
    }
    found = {id_: {field.column for field in fields} for id_, fields in changes.corrected.items()}
    # A number that is written otherwise, such as 54.60, would be no change.
    assert found == {id_: names for id_, names in differing.items() if names}
    assert len(later.objects) == len(earlier.objects) + len(changes.added) - len(changes.withdrawn) - len(
        changes.unusable
    )


def test_filter_keeps_what_it_lets_pass_before_or_after(contents: Callable[..., Any]) -> None:
    earlier = contents({"country": "PL", "latitude": "52", "longitude": "21"}, {"id": "LT-2"}, {"id": "LT-3"})
    later = contents({}, {"id": "LT-2", "damage": "a roof"}, {"id": "LT-4", "category": "debris"})
    changes = compare(earlier, later)
    poland = changes.passing(Filter(countries=("PL",)))
    assert (list(poland.corrected), poland.added, poland.withdrawn) == (["LT-1"], (), {})
    debris = changes.passing(Filter(categories=("debris",)))
    assert (debris.added, debris.count) == (("LT-4",), 1)
    assert changes.passing(Filter()).count == changes.count == 4


# The data and their releases.


def test_data_know_their_release(folder: Path, recorded: Callable[..., Any]) -> None:
    data = recorded()
    assert data.now().release is None
    made = make_release(data, NOON)
    assert data.now().release == made
    write(folder, {})
    data.take_in(read_folder(folder))
    assert (data.now().release, data.now().releases) == (None, (made,))


def test_view_since_a_release_shows_what_was_added_or_corrected(folder: Path, recorded: Callable[..., Any]) -> None:
    made = make_release(recorded(), NOON)
    write(folder, {}, {"id": "LT-2", "damage": "a roof"}, {"id": "LT-3", "withdrawn": "x"}, {"id": "LT-4"})
    data = recorded().now()
    assert list(data.select(View(since=made.name))["id"]) == ["LT-2", "LT-4"]
    assert list(data.select(View(Filter(text="roof"), since=made.name))["id"]) == ["LT-2"]
    assert data.sentence(View(since=made.name), 2) == (
        f"All states, 28 July 2025, changed since the release of 3 October 2026 ({made.fingerprint[:8]}): "
        "2 of 3 incidents"
    )
    with pytest.raises(QueryError, match="There is no release '2020-01-01-00000000'"):
        data.select(View(since="2020-01-01-00000000"))


def test_any_two_releases_are_compared_and_each_pair_once(
    folder: Path, recorded: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_release(recorded(), NOON).name
    write(folder, {})
    states = recorded()
    second = make_release(states, NOON).name
    data = states.now()
    assert (data.changes(first, second).withdrawn, data.changes(second, first).added) == (
        {"LT-2": "", "LT-3": ""},
        ("LT-2", "LT-3"),
    )
    assert data.changes(second).count == 0
    monkeypatch.setattr(datasets, "compare", None)
    assert data.changes(first, second).count == 2


def test_another_dataset_does_not_remember_the_comparisons_of_the_first(recorded: Callable[..., Any]) -> None:
    states = recorded()
    made = make_release(states, NOON)
    data = states.now()
    assert data.changes(made.name).count == 0
    assert replace(data, incidents=data.incidents.iloc[:1]).changes(made.name).count == 2
