"""What is taken away says of which release it was made and what was withdrawn; and the command that stores releases."""

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pypdf import PdfReader

from dashboard.__main__ import main
from dashboard.core.data.dataset import MAP_FILES, Dataset, read_dataset
from dashboard.core.data.releases import Release, name_of
from dashboard.core.data.sheet_ids import Entry, what_changed
from dashboard.core.incidents.columns import COLUMNS
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.deck import make_deck
from dashboard.render.export import make_export, make_notes
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.text.brief import make_brief
from dashboard.render.text.handout import make_handout, metadata
from dashboard.render.text.left_out import counts_in_words
from dashboard.render.web.webpage import make_webpage
from dashboard.settings import settings
from tests.conftest import csv_text
from tests.releases import released
from tests.render.sheet.test_map import boxes_of, meet
from tests.settled_data import DATA
from tests.sheets import LT_JULY

pytestmark = pytest.mark.slow

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
PRODUCED = datetime(2026, 10, 31, 12, 0, tzinfo=UTC)
WITH_REASONS = (*COLUMNS, "withdrawn")


def stored(data: Dataset, fingerprint: str = "") -> Release:
    """A release of the data, or of others."""
    fingerprint = fingerprint or data.fingerprint
    name = name_of(NOON, fingerprint)
    return Release(name, NOON, fingerprint, data.rows, len(data.incidents), 0, data.about.cutoff)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, which the commands read."""
    place = tmp_path / "data"
    place.mkdir()
    for name in MAP_FILES:
        (place / name).symlink_to(DATA / name)
    write(place, {}, {"id": "LT-2", "damage": "a roof"}, {"id": "LT-3", "withdrawn": "A bird."}, {"date": "x"})
    monkeypatch.setenv("DASHBOARD_DATA", str(place))
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{tmp_path / 'record.sqlite'}")
    settings.cache_clear()
    return place


def write(folder: Path, *changes: dict[str, str]) -> None:
    (folder / "incidents.csv").write_text(csv_text(*changes, columns=WITH_REASONS), "utf-8")


def words_of(file: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages))


# The release.


@pytest.mark.parametrize("same", [True, False])
def test_everything_tells_its_release(shipped: Dataset, same: bool) -> None:
    release = stored(shipped, "" if same else "ab12cd34" * 8)
    told = f"Release {release.name}" if same else f"After release {release.name}"
    view = parse_query_string("country=LT&from=2025-07-01&to=2025-07-31")[0]
    handout = make_handout(replace(shipped, releases=(release,)), view, PRODUCED)
    assert dict(metadata(handout))["Data release"] == told
    pages = PdfReader(io.BytesIO(make_sheet(handout, Format("pdf")))).pages
    for page in pages:
        assert told in re.sub(r"\s+", " ", page.extract_text())
    for kind in ("md", "txt"):
        assert told.lower() in make_brief([handout], kind).decode().replace("\n", " ").lower()
    for kind in ("geojson", "kml"):
        assert told in make_export(handout, kind).decode()
    assert told in make_notes(handout).decode()
    assert told in make_webpage(handout).decode()
    slides = Presentation(io.BytesIO(make_deck([handout]))).slides
    assert told in "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide)


def test_nothing_is_said_where_no_release_is_stored(shipped: Dataset) -> None:
    handout = make_handout(replace(shipped, releases=()), LT_JULY, PRODUCED)
    assert "Data release" not in dict(metadata(handout))
    assert "elease" not in words_of(make_sheet(handout, Format("pdf")))


@pytest.mark.parametrize("fingerprint", ["", "ab12cd34" * 8])
@pytest.mark.parametrize("format_", [Format("svg"), Format("svg", "A4", portrait=True)])
def test_release_on_a_sheet_meets_no_other_text(shipped: Dataset, fingerprint: str, format_: Format) -> None:
    handout = make_handout(
        replace(shipped, releases=(stored(shipped, fingerprint),)), replace(LT_JULY, marking="TLP:RED"), PRODUCED
    )
    content = make_sheet(handout, format_)
    width, height = (float(part) for part in ElementTree.fromstring(content).attrib["viewBox"].split()[2:])
    texts, _marks = boxes_of(content)
    (told,) = (text for text in texts if "2026-10-03-" in text[0])
    assert told[1] > 0 and told[3] < width and told[4] < height
    assert not [other for other in texts if other is not told and meet(told, other)]


# What was withdrawn.


def test_withdrawn_rows_are_counted_wherever_counts_stand(folder: Path) -> None:
    handout = make_handout(read_dataset(folder), View(), PRODUCED)
    told = "2 shown, 0 filtered out, 1 withdrawn, 0 not located and 1 record set aside for other faults"
    assert counts_in_words(handout) == told
    text = make_brief([handout], "md").decode()
    assert "1 record was withdrawn, and is not an incident." in text
    assert "1 record was set aside for other faults." in text
    assert "0 filtered out · 1 withdrawn · 0 not located · 1 record set aside" in words_of(
        make_sheet(handout, Format("pdf"))
    )


def test_tracks_that_could_not_be_used_are_counted_in_every_file(folder: Path) -> None:
    lost = {"type": "Feature", "properties": {"incident_id": "LT-1"}, "geometry": None}
    collection = {"type": "FeatureCollection", "features": [lost, lost, {"properties": {"record": "incident"}}]}
    (folder / "tracks.geojson").write_text(json.dumps(collection), "utf-8")
    handout = make_handout(read_dataset(folder), View(), PRODUCED)
    told = "2 flight tracks set aside"
    assert told in dict(metadata(handout))["Counts"]
    text = make_brief([handout], "md").decode()
    assert "2 flight tracks were set aside for a fault." in text
    assert told in words_of(make_sheet(handout, Format("pdf")))
    assert told in make_notes(handout).decode()


def test_no_word_on_withdrawn_rows_where_there_are_none(shipped: Dataset) -> None:
    handout = make_handout(shipped, View(), PRODUCED)
    assert "withdrawn" not in counts_in_words(handout)
    assert "withdrawn" not in make_brief([handout], "txt").decode()


@pytest.mark.parametrize("kind", ["csv", "geojson", "gpkg"])
def test_export_holds_no_withdrawn_row_and_comes_back(folder: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"export.{kind}"
    path.write_bytes(make_export(make_handout(read_dataset(folder), View(), PRODUCED), kind))
    reading = read_incidents(path)
    assert (list(reading.incidents["id"]), len(reading.withdrawn), reading.problems) == (["LT-1", "LT-2"], 0, ())


# The command.


def test_release_is_made_and_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "--list"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["release", "--note", "After the check"]) == 0
    made = capsys.readouterr().out
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}: 2 incidents, 1 withdrawn and 1 record set aside\n", made)
    assert main(["release", "--list"]) == 0
    assert capsys.readouterr().out == f"{made.strip()}; After the check\n"
    assert main(["history", "--most", "1"]) == 0
    assert f"Release {made[:19]}; After the check" in capsys.readouterr().out


def test_same_data_twice_are_told_in_a_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release"]) == 0
    assert main(["release"]) == 2
    error = capsys.readouterr().err
    assert "The same data are a release already" in error
    assert len(error.splitlines()) == 1


def test_query_asks_for_what_changed_since_a_release(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = released(folder, NOON)
    write(folder, {}, {"id": "LT-2", "damage": "a wall"}, {"id": "LT-3"})
    out = tmp_path / "x.txt"
    assert main(["brief", "--query", f"since={made.name}", "-o", str(out)]) == 0
    text = out.read_text("utf-8").replace("\n", " ")
    told = f"changed since the release of 3 October 2026 ({made.name[-8:]}): 2 of 3 incidents"
    assert told in text
    assert "1 filtered out" in text
    assert "LT-1" not in text.partition("INCIDENTS")[2]


@pytest.mark.parametrize("command", ["sheet", "deck", "export", "brief"])
def test_unknown_release_of_a_query_is_told_in_a_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    ending = {"sheet": "png", "deck": "pptx", "export": "csv", "brief": "txt"}[command]
    out = tmp_path / f"x.{ending}"
    assert main([command, "--query", "since=2020-01-01-00000000", "-o", str(out)]) == 2
    assert capsys.readouterr().err == "There is no release '2020-01-01-00000000'.\n"
    assert not out.exists()


def test_what_changed_since_a_sheet_whose_release_is_gone(shipped: Dataset) -> None:
    entry = Entry("7F3K-Q2XD", View(since="2020-01-01-00000000"), 1, "of yesterday", 3)
    assert what_changed(entry, shipped) == (
        "The data have changed since this sheet was made: it showed 3 incidents. "
        "There is no release '2020-01-01-00000000'."
    )
