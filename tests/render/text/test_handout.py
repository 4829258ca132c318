"""What every file says of itself."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.sheet_ids import sheet_id
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import QueryError
from dashboard.render.text.file_names import briefing_name, file_name
from dashboard.render.text.handout import make_handout, metadata, with_marking
from dashboard.settings import settings
from tests.settled_data import DATA

BARE = "Link, to be added to the app's address"
PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LT_PL = parse_query_string("country=PL&country=LT&from=2025-07-01&to=2025-09-30&marking=TLP%3ACLEAR")[0]


def test_file_name_says_what_it_holds() -> None:
    assert file_name(LT_PL, "7F3K-Q2XD", "pdf") == "incursions_LT-PL_2025-07-01_2025-09-30_TLP-CLEAR_7F3K-Q2XD.pdf"
    assert file_name(View(), "7F3K-Q2XD", "csv") == "incursions_all_7F3K-Q2XD.csv"
    assert file_name(View(), "7F3K-Q2XD", "pdf", "A4-portrait", "") == "incursions_all_7F3K-Q2XD_A4-portrait.pdf"
    assert file_name(View(marking="../../etc/passwd"), "7F3K-Q2XD", "png") == "incursions_all_etc-passwd_7F3K-Q2XD.png"


def test_metadata_of_a_handout(shipped: Dataset) -> None:
    handout = make_handout(shipped, LT_PL, PRODUCED)
    told = dict(metadata(handout))
    assert told["Marking"] == "TLP:CLEAR"
    assert told["Title"] == "Airspace incursions: Lithuania and Poland"
    assert told["Filter"].startswith("Lithuania and Poland, 1 July – 30 September 2025: ")
    assert (told["Information as of"], told["Produced"]) == (
        "3 October 2026, 23:59 UTC (032359Z OCT 26)",
        "31 January 2026, 12:00 UTC",
    )
    assert told["Counts"].endswith("filtered out, 0 not located and 1 own-side object (missile)")
    assert "ODbL" in told["Sources and licences"]
    assert told["Sheet"] == sheet_id(LT_PL, shipped.fingerprint)
    assert parse_query_string(told[BARE]) == (LT_PL, [])


def test_hash_of_the_data_is_that_of_its_files(shipped: Dataset) -> None:
    content = b"".join((DATA / name).read_bytes() for name in ("incidents.csv", "tracks.geojson", "events.csv"))
    assert shipped.fingerprint == hashlib.sha256(content).hexdigest()


def test_marking_is_that_of_the_view_or_else_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", "TLP:GREEN")
    settings.cache_clear()
    assert with_marking(View()).marking == "TLP:GREEN"
    assert with_marking(LT_PL).marking == "TLP:CLEAR"


def test_days_to_compare_with_stay_on_the_screen(shipped: Dataset) -> None:
    made = [make_handout(shipped, view, PRODUCED) for view in (LT_PL, replace(LT_PL, compare="previous"))]
    assert made[0].sheet_id == made[1].sheet_id
    assert "compare" not in made[1].link


def test_tracks_are_those_of_the_incidents(shipped: Dataset) -> None:
    handout = make_handout(shipped, LT_PL, PRODUCED)
    assert len(handout.tracks) > 0
    assert set(handout.tracks["incident_id"]) <= set(handout.incidents["id"])


def test_name_of_a_briefing_tells_day_marking_and_what_is_in_it(shipped: Dataset) -> None:
    views = [replace(LT_PL, title=title) for title in ("One", "Two")]
    made = [make_handout(shipped, view, PRODUCED) for view in views]
    name = briefing_name(made, [], "TLP:CLEAR", "pptx", "dark")
    assert re.fullmatch(r"briefing_2026-10-03_2-views_TLP-CLEAR_[0-9a-f]{6}_dark\.pptx", name)
    others = [([], made[::-1]), (["Say this."], made), ([], made[:1])]
    assert len({name, *(briefing_name(views, notes, "TLP:CLEAR", "pptx", "dark") for notes, views in others)}) == 4


@pytest.mark.parametrize("address", ["https://map.example.org/border/", "http://10.0.0.7:8501"])
def test_link_in_every_file_names_the_server_where_it_is_known(
    shipped: Dataset, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DASHBOARD_URL", address)
    settings.cache_clear()
    told = dict(metadata(make_handout(shipped, LT_PL, PRODUCED)))
    assert told["Link"].startswith(f"{address.rstrip('/')}/?country=LT&")
    assert parse_query_string(told["Link"].partition("?")[2]) == (LT_PL, [])


@pytest.mark.parametrize(
    "address", ["map.example.org", "ftp://map.example.org", "javascript:alert(1)", "http://", "https://x.org/?a=1"]
)
def test_address_of_the_server_that_is_none_of_the_web_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DASHBOARD_URL", address)
    settings.cache_clear()
    with pytest.raises(QueryError, match="DASHBOARD_URL"):
        settings()
