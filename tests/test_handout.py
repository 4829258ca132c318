"""What every file says of itself."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from dashboard.core.register import sheet_id
from dashboard.core.view import View, parse_query_string
from dashboard.render.handout import file_name, hand_out, marked, particulars
from dashboard.settings import settings
from tests.conftest import DATA

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LT_PL = parse_query_string("country=PL&country=LT&from=2025-07-01&to=2025-09-30&marking=TLP%3ACLEAR")[0]


def test_file_name_says_what_it_holds():
    assert file_name(LT_PL, "7F3K-Q2XD", "pdf") == "incursions_LT-PL_2025-07-01_2025-09-30_TLP-CLEAR_7F3K-Q2XD.pdf"
    assert file_name(View(), "7F3K-Q2XD", "csv") == "incursions_all_7F3K-Q2XD.csv"
    assert file_name(View(marking="../../etc/passwd"), "7F3K-Q2XD", "png") == "incursions_all_etc-passwd_7F3K-Q2XD.png"


def test_particulars_of_a_handout(shipped):
    handout = hand_out(shipped, LT_PL, PRODUCED)
    told = dict(particulars(handout))
    assert told["Marking"] == "TLP:CLEAR"
    assert told["Title"] == "Airspace incursions: Lithuania and Poland"
    assert told["Filter"].startswith("Lithuania and Poland, 1 July 2025 to 30 September 2025: ")
    assert (told["Information to"], told["Produced"]) == ("032359Z OCT 26", "311200Z JAN 26")
    assert "0 not located and 0 rows set aside" in told["Counts"]
    assert "ODbL" in told["Sources and licences"]
    assert told["Sheet"] == sheet_id(LT_PL, shipped.fingerprint)
    assert parse_query_string(told["Link"]) == (LT_PL, [])


def test_hash_of_the_data_is_that_of_its_files(shipped):
    content = (DATA / "incidents.csv").read_bytes() + (DATA / "tracks.geojson").read_bytes()
    assert shipped.fingerprint == hashlib.sha256(content).hexdigest()


def test_marking_is_that_of_the_view_or_else_of_the_settings(monkeypatch):
    monkeypatch.setenv("DASHBOARD_MARKING", "TLP:GREEN")
    settings.cache_clear()
    assert marked(View()).marking == "TLP:GREEN"
    assert marked(LT_PL).marking == "TLP:CLEAR"


def test_days_to_compare_with_stay_on_the_screen(shipped):
    made = [hand_out(shipped, view, PRODUCED) for view in (LT_PL, replace(LT_PL, compare="previous"))]
    assert made[0].number == made[1].number
    assert "compare" not in made[1].link


def test_tracks_are_those_of_the_incidents(shipped):
    handout = hand_out(shipped, LT_PL, PRODUCED)
    assert len(handout.tracks) > 0
    assert set(handout.tracks["incident_id"]) <= set(handout.incidents["id"])
