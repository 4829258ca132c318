"""Files of data in parts: written some rows at a time, and holding some rows of a view alone."""

import io
import json
from typing import Any

import pyarrow.parquet as pq
import pytest

from dashboard.render.export import export_parts, make_export, records
from dashboard.render.export.records import part_of
from dashboard.render.text.handout import Handout
from tests.exports import csv_records


@pytest.mark.parametrize("kind", ["csv", "json", "parquet"])
def test_file_in_parts_has_every_row_once(whole: Handout, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = rows_of(make_export(whole, kind), kind)
    monkeypatch.setattr(records, "PART", 7)
    parts = list(export_parts(whole, kind))
    assert len(parts) > len(whole.incidents) // 7
    assert rows_of(b"".join(parts), kind) == at_once
    assert len(at_once) == len(whole.objects)


def rows_of(content: bytes, kind: str) -> list[dict[str, Any]]:
    if kind == "json":
        return [*json.loads(content)["incidents"]]
    return [*csv_records(content)] if kind == "csv" else pq.read_table(io.BytesIO(content)).to_pylist()


@pytest.mark.parametrize("kind", ["geojson", "kml"])
def test_map_in_parts_is_the_same_file(whole: Handout, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = make_export(whole, kind)
    monkeypatch.setattr(records, "PART", 7)
    parts = list(export_parts(whole, kind))
    assert len(parts) > len(whole.incidents) // 7
    assert b"".join(parts) == at_once


def test_part_of_a_file_keeps_numbers_and_counts_of_the_whole(whole: Handout) -> None:
    every = json.loads(make_export(whole, "json"))
    some = json.loads(make_export(part_of(whole, range(3, 5)), "json"))
    assert some["incidents"] == every["incidents"][3:5]
    assert [row["view_number"] for row in some["incidents"]] == [4, 5]
    rows = len(every["incidents"])
    assert some["about"].pop("This part") == f"2 of {rows} rows, after the first 3; figures and counts are those of all"
    assert {name: some["about"][name] for name in ("Filter", "Counts", "Sheet")} == {
        name: every["about"][name] for name in ("Filter", "Counts", "Sheet")
    }
    flown = whole.tracks["incident_id"].iloc[0]
    place = list(whole.objects["id"]).index(flown)
    features = json.loads(make_export(part_of(whole, range(place, place + 1)), "geojson"))["features"]
    assert [feature["geometry"]["type"] for feature in features] == ["Point", "LineString"]


def test_last_part_has_the_own_side_and_one_after_the_end_nothing(whole: Handout) -> None:
    rows = len(whole.incidents) + len(whole.friendly)
    last = csv_records(make_export(part_of(whole, range(rows - 2, rows + 50)), "csv"))
    assert [row["id"] for row in last] == [whole.incidents["id"].iloc[-1], *whole.friendly["id"]][-2:]
    assert last[-1]["side"] == "friendly"
    after = part_of(whole, range(rows, rows + 10))
    assert csv_records(make_export(after, "csv")) == []
    assert json.loads(make_export(after, "geojson"))["features"] == []
    assert b"<Placemark>" not in make_export(after, "kml")
