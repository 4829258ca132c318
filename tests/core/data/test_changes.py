"""What changed between two states of the data: added, corrected field by field, withdrawn, come back."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.core.data import dataset as datasets
from dashboard.core.data.changes import TRACKS, Correction, Flight, compare
from dashboard.core.data.releases import Contents, read_contents
from dashboard.core.geo.borders import Borders
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.incidents.publishers import Publisher, Publishers
from dashboard.core.query.filter import Filter
from tests.conftest import csv_text
from tests.releases import track, write_tracks
from tests.settled_data import DATA

WITH_REASONS = (*COLUMNS, WITHDRAWN)


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
    poland = changes.passing(Filter(countries=("PL",)), Publishers(), {})
    assert (list(poland.corrected), poland.added, poland.withdrawn) == (["LT-1"], (), {})
    debris = changes.passing(Filter(categories=("debris",)), Publishers(), {})
    assert (debris.added, debris.count) == (("LT-4",), 1)
    assert changes.passing(Filter(), Publishers(), {}).count == changes.count == 4


def test_filter_by_evidence_and_publisher_holds_for_changes(contents: Callable[..., Any]) -> None:
    army = Publishers({"army.example": Publisher("Kariuomenė", "government", "LT")})
    later = contents({"sources": "https://army.example/1"}, {"id": "LT-2", "sources": "https://other.example/2"})
    changes = compare(contents({"id": "LT-9"}), later)
    for filter_ in (Filter(evidence=("official",)), Filter(text="kariuomene")):
        assert changes.passing(filter_, army, {}).added == ("LT-1",)
    assert changes.passing(Filter(evidence=("other",)), army, {}).added == ("LT-2",)
