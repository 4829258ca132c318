"""The page of changes, the map that shows only changes, and what the page says of rows that were withdrawn."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.core.data.changes import COLUMNS, TRACKS, Correction, Flight, compare
from dashboard.core.data.releases import Release
from dashboard.render.text.changes import correction_in_words, reason_in_words, result_in_words
from dashboard.ui.subpages import changes as page_of_changes
from tests.conftest import csv_text
from tests.page import PAGE, html_of
from tests.releases import released

pytestmark = pytest.mark.slow

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
ATTACK = "<img src=x onerror=alert(1)>"


def write(data_folder: Path, *changes: dict[str, str]) -> None:
    (data_folder / "incidents.csv").write_text(csv_text(*changes, columns=(*COLUMNS, "withdrawn")), "utf-8")


@pytest.fixture
def release(data_folder) -> Release:
    """Four incidents, stored; since then one was added, one corrected, one withdrawn, and one removed."""
    write(data_folder, {}, {"id": "LT-2", "damage": "a roof"}, {"id": "LT-3", "place": "Vilnius"}, {"id": "LT-4"})
    made = released(data_folder, NOON, "Before the check.")
    write(
        data_folder,
        {},
        {"id": "LT-2", "damage": ATTACK, "location_accuracy_km": "2.5"},
        {"id": "LT-3", "place": "Vilnius", "withdrawn": f"A bird. {ATTACK}"},
        {"id": "PL-1", "country": "PL", "latitude": "52.2", "longitude": "23.1", "place": f"Terespol {ATTACK}"},
    )
    return made


def open_(**query: object) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def result(app: AppTest) -> str:
    return re.search(r'class="result">(.*?)</p>', html_of(app))[1]


def sentence(app: AppTest) -> str:
    return re.search(r'class="sentence[^"]*">(.*?)</span>', html_of(app))[1]


def heads(app: AppTest) -> list[str]:
    return re.findall(r'<h2 class="section">(\w+: \d+)</h2>', html_of(app))


def test_without_a_release_the_page_tells_the_command(data_folder):
    write(data_folder, {})
    app = open_(page="changes")
    assert result(app).startswith("There is no release of the data yet")
    assert [code.value for code in app.code] == ["python -m dashboard release"]


def test_changes_since_the_latest_release(release):
    app = open_(page="changes")
    digits = release.name[-8:]
    assert result(app) == f"Since the release of 3 October 2026 ({digits}): 1 incident added, 1 corrected, 2 withdrawn."
    assert heads(app) == ["Added: 1", "Corrected: 1", "Withdrawn: 2"]
    text = html_of(app)
    assert "Note on 3 October 2026: Before the check." in text
    assert '<th scope="row">Location uncertainty</th><td>7 km</td><td>2.5 km</td>' in text
    assert '<th scope="row">Damage</th><td>a roof</td><td>&lt;img src=x onerror=alert(1)&gt;</td>' in text
    assert re.search(r"Vilnius, Lithuania</b>.*?<p>A bird\. &lt;img", text)
    assert re.search(r"Gaižiūnai, Lithuania</b>.*?<p>Removed from the file without a reason\.</p>", text)
    assert "<img src=x" not in text
    assert {button.key for button in app.button} >= {"added:PL-1", "corrected:LT-2"}
    assert "Terespol \\<img src=x onerror=alert\\(1\\)\\>, Poland" in app.button("added:PL-1").label


def test_incident_of_the_list_opens_on_the_map(release):
    app = open_(page="changes")
    app.button("added:PL-1").click()
    run(app)
    assert app.query_params["id"] == "PL-1"
    assert app.session_state.session.view.viewport
    assert "page" not in app.query_params


def test_map_shows_only_the_changes_until_it_is_left(release):
    app = open_(page="changes")
    app.button("changes-map").click()
    run(app)
    assert app.query_params["since"] == release.name
    told = f"changed since the release of 3 October 2026 ({release.name[-8:]})"
    assert sentence(app) == f"All states, 28 July 2025, {told}: 2 of 3 incidents"
    assert "Only incidents added or corrected since the release of 3 October 2026" in html_of(app)
    counts = "".join(element.proto.body for element in app.get("html"))
    assert '.st-key-countries-LT label p::after{content:"1"}' in counts
    app.button("since-all").click()
    run(app)
    assert "since" not in app.query_params
    assert sentence(app) == "All states, 28 July 2025: all 3 incidents"


def test_reset_leaves_the_changes_too(release):
    app = open_(since=release.name, country="LT")
    assert sentence(app).endswith("1 of 3 incidents")
    app.button("reset").click()
    run(app)
    assert sentence(app).endswith("all 3 incidents")


@pytest.mark.parametrize("name", ["2020-01-01-00000000", "../../etc"])
def test_unknown_release_of_an_address_is_told_and_ignored(release, name):
    app = open_(since=name)
    (told,) = (toast.value.replace("\\", "") for toast in app.toast)
    assert name in told
    assert told.endswith("It is ignored.")
    assert sentence(app).endswith("all 3 incidents")


def test_damaged_release_is_told_on_the_page(data_folder):
    write(data_folder, {})
    place = data_folder / "releases" / "2026-10-03-ab12cd34"
    place.mkdir(parents=True)
    (place / "release.toml").write_text("no toml")
    app = open_(page="changes")
    assert result(app).startswith("There is no release of the data yet")
    assert f"Release {place.name} is left out" in app.warning[0].value.replace("\\", "")


def test_filter_holds_for_changes_and_says_what_it_leaves_out(release):
    app = open_(page="changes", country="PL")
    assert result(app).endswith(": 1 incident added.")
    assert "3 more incidents changed that the filter does not show." in html_of(app)
    app.button("changes-reset").click()
    run(app)
    assert result(app).endswith(": 1 incident added, 1 corrected, 2 withdrawn.")


def test_any_two_states_are_compared(release, data_folder):
    second = released(data_folder, NOON.replace(day=4))
    app = open_(page="changes")
    assert app.selectbox("changes-earlier").value == release.name  # the latest that is not the data as they are
    app.selectbox("changes-earlier").select(second.name)
    run(app)
    assert result(app).endswith("no incident was added, corrected or withdrawn.")
    app.selectbox("changes-later").select(release.name)
    run(app)
    first, last = (made.name[-8:] for made in (second, release))
    assert result(app) == (
        f"From the release of 4 October 2026 ({first}) to the release of 3 October 2026 ({last}): "
        "1 incident added, 1 corrected, 1 withdrawn, 1 reinstated."
    )
    assert app.button("corrected:LT-2").disabled  # the map shows the data as they are
    assert "changes-map" not in {button.key for button in app.button}


def test_choice_is_kept_while_another_page_is_shown(release, data_folder):
    second = released(data_folder, NOON.replace(day=4))
    app = open_(page="changes")
    app.selectbox("changes-earlier").select(second.name)
    run(app)
    app.session_state.session.page = "map"
    run(app)
    app.session_state.session.page = "history"
    run(app)
    assert app.selectbox("changes-earlier").value == second.name


def test_long_list_says_how_many_more_there_are(data_folder, monkeypatch):
    write(data_folder, {})
    released(data_folder, NOON)
    write(data_folder, {}, *({"id": f"LT-{number}"} for number in range(2, 9)))
    monkeypatch.setattr(page_of_changes, "MOST_LISTED", 5)
    app = open_(page="changes")
    assert heads(app) == ["Added: 7"]
    assert len([button for button in app.button if button.key.startswith("added:")]) == 5
    assert "The first 5 are listed; 2 more are not." in html_of(app)


def test_withdrawn_rows_are_counted_and_listed_under_the_map(release):
    app = open_()
    assert "<b>1 record withdrawn.</b>" in html_of(app)
    assert any("3 of 4 records" in element.value for element in app.markdown)
    assert f"28 July 2025, Vilnius, Lithuania (LT-3): A bird. {ATTACK}" in [text.value for text in app.text]


def test_nothing_is_said_of_withdrawn_rows_where_there_are_none(data_folder):
    write(data_folder, {})
    assert "ithdrawn" not in html_of(open_())


# In words.


FLIGHT = Flight(((24.0, 55.0), (25.0, 55.0)), "A report.", 20.0, ("https://a.example",))


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        (Correction("status", "reported", "confirmed"), ("Status", "Reported", "Confirmed")),
        (Correction("origin", "", "RU"), ("Attributed to", "–", "Russia")),
        (Correction("entered_from", "XZ", "BY"), ("Entered from", "international waters", "Belarus")),
        (Correction("latitude", 54.63411, 54.5), ("Latitude", "54.63411°", "54.5°")),
        (Correction("location_accuracy_km", 7.0, 0.25), ("Location uncertainty", "7 km", "0.25 km")),
        (Correction("started_at", None, NOON), ("Time", "–", "3 October 2026, 12:00 UTC")),
        (Correction("sources", ("a", "b"), ("b", "c", "d")), ("Sources that differ", "a", "c\nd")),
        (Correction("sources", ("a", "b"), ("b", "a")), ("Sources that differ", "–", "the same in another order")),
        (Correction(TRACKS, (), (FLIGHT,)), ("Flight track", "–", "2 points, within 20 km: A report.")),
        (
            Correction(TRACKS, (FLIGHT,), (Flight(((24.0, 55.0), (25.0, 56.0)), "A report.", 20.0, ()),)),
            (
                "Flight track",
                "2 points, within 20 km: A report.",
                "2 points, within 20 km: A report. (changed in detail)",
            ),
        ),
    ],
)
def test_correction_in_words(correction, told):
    assert correction_in_words(correction) == told


def test_month_is_not_told_as_its_first_day():
    corrected = Correction("date", NOON.date().replace(day=1), NOON.date())
    assert correction_in_words(corrected, months=(True, False)) == ("Date", "October 2026", "3 October 2026")


def test_missing_row_may_be_one_that_cannot_be_read():
    assert reason_in_words("A bird.", 1) == "A bird."
    assert reason_in_words("", 0) == "Removed from the file without a reason."
    assert reason_in_words("", 1) == "No longer found in the file, which has 1 row that cannot be read."


def test_result_names_only_what_there_is(shipped):
    assert result_in_words(compare(shipped, shipped)) == "no incident was added, corrected or withdrawn"
