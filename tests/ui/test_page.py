"""The page through Streamlit's AppTest: widgets, sentence, address, card, notices, and data that is wrong."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.core.analysis.numbering import PAGE
from tests.conftest import csv_text
from tests.counted import ALL, count
from tests.page import Page, address, html_of, sentence, toasts
from tests.settled_data import DATA

pytestmark = pytest.mark.slow
WIDGETS = "button_group", "checkbox", "date_input", "radio", "selectbox", "text_area", "text_input", "toggle"


def says(app: AppTest, text: str) -> bool:
    return any(text in element.value.replace("\\", "") for element in app.markdown)


def checked(app: AppTest) -> set[str]:
    return {box.key or "" for box in app.checkbox if box.value}


def test_signs_that_no_sheet_can_draw_are_named_beside_the_buttons(page: Page) -> None:
    captions = [caption.value.replace("\\", "") for caption in page(takeaway=True, title="Over 東京").caption]
    assert "2 signs are in no font that sheets have, and are drawn as □: 京 東" in captions


def test_first_visit_shows_everything(page: Page) -> None:
    app = page()
    asked, _, counts = sentence(app).partition(": ")
    assert asked == "All states, 2 March 2022 – 3 October 2026"
    assert counts == f"all {ALL} incidents, and 1 own-side object (missile)"
    assert checked(app) == set()
    assert "Latest incident 3 October 2026." in html_of(app)
    assert "Not complete: thin from April 2026 on" in html_of(app)
    assert "Information as of 3 October 2026, 23:59 UTC" in html_of(app)


def test_address_fills_the_widgets(page: Page) -> None:
    app = page(country=["LT", "PL"], from_="2025-07-01", to="2025-09-30", category="crash", origin="none", q="drone")
    assert checked(app) == {"countries:LT", "countries:PL", "categories:crash", "origins:none"}
    assert app.date_input[0].value == (date(2025, 7, 1), date(2025, 9, 30))
    assert app.text_input(key="text").value == "drone"
    assert sentence(app).startswith(
        "Lithuania and Poland, 1 July – 30 September 2025, crashes, attributed to no one, with “drone”: "
    )


def test_address_follows_the_widgets(page: Page) -> None:
    app = page()
    app.checkbox(key="countries:LT").check().run()
    app.checkbox(key="statuses:reported").check().run()
    app.text_input(key="text").set_value("Vilnius").run()
    assert address(app) == {"country": ["LT"], "status": ["reported"], "q": ["Vilnius"]}
    app.button(key="reset").click().run()
    assert address(app) == {}
    assert sentence(app).endswith(f"all {ALL} incidents, and 1 own-side object (missile)")


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        ("Last 30 days of data", "2026-09-04", "2026-10-03"),
        ("Last 90 days of data", "2026-07-06", "2026-10-03"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_preset_sets_the_dates(page: Page, preset: str, first: str, last: str) -> None:
    app = page()
    app.pills(key="preset").set_value(preset).run()
    assert address(app) == {"from": [first], "to": [last]}
    assert app.pills(key="preset").value == preset
    app.pills(key="preset").set_value("All").run()
    assert address(app) == {}


def test_counts_stand_behind_the_options(page: Page) -> None:
    style = html_of(page(country="LT"))
    assert f'.st-key-countries-PL label p::after{{content:"{count(country="PL")}"}}' in style
    assert f'.st-key-categories-crash label p::after{{content:"{count(country="LT", category="crash")}"}}' in style
    assert '.st-key-categories-debris label p::after{content:"0"}' in style


def test_bad_address_is_ignored_with_a_notice(page: Page) -> None:
    app = page(country=["LT", "Poland"], foo="1", lat="x")
    notices = toasts(app)
    assert len(notices) == 3
    assert any("country=Poland, which is not known. It is ignored." in notice for notice in notices)
    assert address(app) == {"country": ["LT"]}
    app.run()
    assert len(app.toast) == 0


def test_contraband_is_left_out_with_one_click(page: Page) -> None:
    app = page()
    app.toggle(key="without_contraband").set_value(True).run()
    assert f"without contraband: {ALL - count(payload='contraband')} of {ALL} incidents" in sentence(app)
    assert address(app) == {"contraband": ["no"]}


def test_state_that_is_not_in_the_data_is_no_incident_and_no_error(page: Page) -> None:
    app = page(country="FR")
    assert sentence(app) == f"France, 2 March 2022 – 3 October 2026: 0 of {ALL} incidents"
    assert says(app, "**No incident matches the filter.**")
    app.button(key="reset-empty").click().run()
    assert sentence(app).endswith(f"all {ALL} incidents, and 1 own-side object (missile)")


def test_card_has_every_field_and_the_sources_as_links(page: Page) -> None:
    app = page(id="LT-2025-07-28-gaiziunai")
    text = html_of(app)
    for part in (
        "Gaižiūnai, Lithuania",
        "Monday 28 July 2025",
        "<dd>Drone, Gerbera</dd>",
        "<dd>92 km ± 7 km</dd>",
        "<dd>Border with Belarus, 18 km from Nemenčinė</dd>",
        "<dd>Confirmed by national authorities, as reported by The Gaze and ERR (Estonian Public Broadcasting)</dd>",
        'target="_blank" rel="noopener noreferrer nofollow"',
        "Residents recorded the drone over Vilnius",
    ):
        assert part in text, part
    app.button(key="close").click().run()
    assert "Gaižiūnai, Lithuania</h1>" not in html_of(app)
    assert address(app) == {}


def test_card_of_an_incident_outside_the_filter_says_so(page: Page) -> None:
    assert "The filter does not include this incident." in html_of(page(country="PL", id="LT-2025-07-28-gaiziunai"))


def test_unknown_incident_is_a_notice(page: Page) -> None:
    app = page(id="XX-1")
    assert "XX-1, which is not in the data" in toasts(app)[0]
    assert address(app) == {}


def test_all_incidents_are_listed_beside_the_map_in_their_groups(page: Page) -> None:
    listed = re.findall('<ul class="incidents">.*', html_of(page()))[0]
    ids = re.findall('data-incident="([^"]+)"', listed)
    rows = pd.read_csv(DATA / "incidents.csv", keep_default_na=False)
    assert sorted(ids) == sorted(rows["id"][rows["side"] != "friendly"])
    [night] = [group for group in listed.split('<li class="event">') if "PL-2025-09-10-czosnowka" in group]
    assert {"PL-2025-09-10-czosnowka", "PL-2025-09-10-olesno"} <= set(re.findall('data-incident="([^"]+)"', night))
    assert listed.count('tabindex="0"') == 1  # one stop of the keyboard
    assert listed.count("<img") == len(ids)


def test_list_is_bounded_and_says_what_it_leaves_out(page: Page, data_folder: Path) -> None:
    rows = [{"id": f"LT-{number}", "event": "", "date": "2025-07-01"} for number in range(PAGE + 3)]
    (data_folder / "incidents.csv").write_text(csv_text(*rows), "utf-8")
    html = html_of(page())
    assert html.count("data-incident") == PAGE
    assert "The latest 500 are listed; the table below the map has the 3 earlier ones as well." in html


def test_card_ends_with_the_other_incidents_of_its_event(page: Page) -> None:
    card = html_of(page(id="PL-2025-09-10-czosnowka"))
    related = card[card.index("Incidents of the same event") :]
    assert 'data-incident="PL-2025-09-10-olesno"' in related
    assert 'data-incident="PL-2025-09-10-czosnowka"' not in related


def test_table_shows_what_is_on_the_map(page: Page) -> None:
    app = page(country="HU")
    app.toggle(key="table-open").set_value(True).run()
    table = app.dataframe[0].value
    assert list(table["State"]) == ["Hungary", "Hungary"]
    assert "Csenger" in list(table["Place"])


def test_table_has_the_measures(page: Page) -> None:
    app = page(q="gaiziunai")
    app.toggle(key="table-open").set_value(True).run()
    (row,) = app.dataframe[0].value.to_dict("records")
    assert (row["Airspace"], row["Border stretch"]) == ("Lithuania", "Belarus, Nemenčinė")
    assert (row["Nearest large town"], row["Known track inside"]) == ("Jonava", 70)
    assert pd.isna(row["Distance to town"])  # it is nearer than the place is accurate


def test_html_in_the_data_is_only_text(page: Page, data_folder: Path) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    (data_folder / "incidents.csv").write_text(
        csv_text(
            {"place": attack, "summary": attack, "model": attack, "response": "**bold** [x](javascript:alert(3))"}
        ),
        "utf-8",
    )
    text = html_of(page(id="LT-1"))
    assert "<script" not in text
    assert "<img src=x" not in text
    assert text.count("&lt;img src=x onerror=alert(1)&gt;") >= 3
    assert "<b>&lt;img src=x onerror=alert(1)&gt;" in html_of(page())


def test_rows_set_aside_are_counted_and_listed(page: Page, data_folder: Path) -> None:
    (data_folder / "incidents.csv").write_text(
        csv_text({}, {"id": "LT-2", "date": "x"}, {"id": "LT-3", "latitude": "24", "longitude": "55"}), "utf-8"
    )
    app = page()
    text = unescape(html_of(app))
    assert "2 records set aside." in text
    assert "<li>incidents.csv, line 3, date: 'x': expected a day" in text
    assert "line 4, latitude and longitude: '24.0, 55.0'" in text


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "There is no file"), ("", "is empty"), ("id,date\n", "has a header and no rows")],
)
def test_data_that_cannot_be_read_is_said_in_a_sentence(
    page: Page, data_folder: Path, content: str | None, message: str
) -> None:
    if content is not None:
        (data_folder / "incidents.csv").write_text(content)
    app = page()
    assert message in app.error[0].value


def test_not_one_good_row_is_not_an_error(page: Page, data_folder: Path) -> None:
    (data_folder / "incidents.csv").write_text(csv_text({"date": "x"}), "utf-8")
    app = page()
    assert "1 record set aside." in html_of(app)
    assert sentence(app) == "The one row could not be read"
    assert "date: expected a day such as 2025-07-28 (line 2)." in app.error[0].value.replace("\\", "")
    assert "no incident is known" not in html_of(app) and "Latest incident" not in html_of(app)


def test_heading_of_the_address_is_in_the_view(page: Page) -> None:
    app = page(takeaway=True, country="LT", title="Drones over Lithuania", marking="TLP:AMBER")
    assert "TLP:AMBER" in html_of(app)
    assert address(app)["title"] == ["Drones over Lithuania"]
    assert "Drones over Lithuania" in {field.value for field in app.text_input}


def test_selection_is_told_in_words_with_the_days_before(page: Page) -> None:
    text = html_of(page(country="LT", from_="2025-07-01", to="2025-12-31"))
    told = re.findall(r'<p class="summary" aria-live="polite">(.*?)</p>', text)[0]
    assert told.startswith("Lithuania, 1 July – 31 December 2025: 20 incidents in 16 events.")
    assert "20 more than in the preceding 184 days (0)." in told


def test_page_is_in_the_address_and_filters_hold_for_all(page: Page) -> None:
    app = page(page="trends", country="LT")
    assert address(app) == {"page": ["trends"], "country": ["LT"]}
    assert f"{count(country='LT')} of {ALL} incidents" in sentence(app)
    assert toasts(page(page="moon"))[0].startswith("The address asks for a page that does not exist.")


@pytest.mark.parametrize("page_", ["map", "trends", "states", "data", "history", "problems"])
def test_a_script_without_news_takes_no_click_back(page: Page, page_: str) -> None:
    """What a script sets, the browser takes over, even over a click that came while the script ran."""
    app = page(page=page_, compare="previous", country="LT").run()
    assert app.toggle(key="comparing").value
    widgets = [widget.proto for kind in WIDGETS for widget in app.get(kind)]
    assert len(widgets) > 10
    assert [widget.id for widget in widgets if getattr(widget, "set_value", False)] == []
