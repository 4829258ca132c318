"""Data in a single file: read, recorded and edited as those of a folder are, with the shipped borders."""

import hashlib
import json
from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.data.releases import read_contents
from dashboard.core.incidents.publishers import read_publishers
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.errors import MissingFileError, UnreadableFileError
from tests.conftest import ROW, csv_text
from tests.settled_data import DATA, SHIPPED


def written(tmp_path: Path, ending: str) -> Path:
    """Three incidents, the second of which has no place that could be read; beside them files that are not theirs."""
    file = tmp_path / f"mine.{ending}"
    rows = [{"id": "LT-1"}, {"id": "LT-2", "latitude": "x"}, {"id": "LT-3"}]
    if ending == "csv":
        file.write_text(csv_text(*rows))
    else:
        point = {"type": "Point", "coordinates": [float(ROW["longitude"]), float(ROW["latitude"])]}
        features = [{"type": "Feature", "properties": ROW | row, "geometry": point} for row in rows]
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (tmp_path / "tracks.geojson").write_text("nothing of it")
    (tmp_path / "about.toml").write_text("cutoff = ")
    return file


@pytest.mark.parametrize("ending", ["csv", "geojson", "JSON"])
def test_single_file_is_all_the_data(tmp_path: Path, ending: str, shipped: Dataset) -> None:
    file = written(tmp_path, ending)
    data = RecordedData(Record(f"sqlite:///{tmp_path / 'record.sqlite'}"), file)
    now = data.take_in(read_folder(file))
    line = 3 if ending == "csv" else 2
    assert [*now.incidents["id"]] == ["LT-1", "LT-3"]
    assert (len(now.tracks), now.events, now.releases, now.about.completeness) == (0, {}, (), "")
    assert now.fingerprint == hashlib.sha256(file.read_bytes()).hexdigest()
    assert now.publishers == read_publishers(SHIPPED / "publishers.csv")[0]
    assert now.borders.airspace.equals(shipped.borders.airspace)
    assert [(problem.file, problem.line, problem.column) for problem in now.problems if problem.severe] == [
        (file, line, "latitude")
    ]
    with data.record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", draft.state(INCIDENT)["LT-1"] | {"place": "Elsewhere"})
    now = data.now()
    assert [*now.incidents["place"]][:1] == ["Elsewhere"]
    assert [(problem.file, problem.line) for problem in now.problems if problem.severe] == [(file, line)]
    assert [*data.at(f"{data.record.change(1).at:%Y-%m-%d}").incidents["id"]] == ["LT-1", "LT-3"]


def test_problem_of_the_file_itself_names_it_after_an_edit(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(csv_text({"id": "LT-1", "place": "Šumskas"}).encode("cp1257"))
    data = RecordedData(Record(f"sqlite:///{tmp_path / 'record.sqlite'}"), file)
    before = data.take_in(read_folder(file))
    with data.record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-9", draft.state(INCIDENT)["LT-1"] | {"id": "LT-9"})
    assert {problem.file for problem in before.problems} == {problem.file for problem in data.now().problems} == {file}


def test_file_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingFileError, match=r"There is no file /nowhere/mine\.csv"):
        read_folder(Path("/nowhere/mine.csv"))


def test_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.geojson"
    file.write_text("{")
    with pytest.raises(UnreadableFileError, match=r"mine\.geojson"):
        read_folder(file)


def test_folder_with_the_name_of_a_file_is_a_folder(tmp_path: Path, shipped: Dataset) -> None:
    (tmp_path / "data.csv").symlink_to(DATA)
    assert read_contents(tmp_path / "data.csv", shipped.borders).rows == shipped.rows
