"""The page of an import: what is found, asked, refused and accepted, and what comes of a list that comes again."""

import json
import re
from base64 import b64decode
from pathlib import Path

import pytest

from dashboard.core.record.record import IMPORTED, INCIDENT, TRACK
from dashboard.settings import settings
from dashboard.ui import import_work
from dashboard.ui.data import dataset
from dashboard.ui.import_beside import Beside
from dashboard.ui.imports import COLUMNS, REPORT
from tests.conftest import ROW, csv_text
from tests.import_page import ATTACK, HEADER, NO_DAY, NUR, TERESPOL, answer, begun, made_by, press, record
from tests.page import html_of, open_page

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def patient(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of the test's own with one incident, and a page that waits until its work is done."""
    (data_folder / "incidents.csv").write_text(csv_text({}), "utf-8")
    monkeypatch.setenv("DASHBOARD_EDITING", "yes")
    monkeypatch.setattr(import_work, "PATIENCE_S", 60)
    settings.cache_clear()


def test_columns_are_found_and_what_is_missing_is_said_in_one_line() -> None:
    app = begun(HEADER + TERESPOL, defaults={})
    told = html_of(app)
    assert "This is CSV: 1 row, 8 columns." in told
    assert told.count("Nothing in the list says") == 1
    assert "Location uncertainty" in told and "Status" in told
    assert app.selectbox(key="import-column-0-0").value == "date"
    app.text_input(key="import-default-location_accuracy_km").set_value("5").run()
    app.selectbox(key="import-default-status").set_value("reported").run()
    assert "Nothing in the list says" not in html_of(app)


def test_question_is_open_until_it_is_answered_and_nothing_is_written_before_accepting() -> None:
    app = begun(HEADER + TERESPOL + NUR + NO_DAY)
    assert "Is 03/04/2026 3 April 2026 or 4 March 2026?" in html_of(app)
    assert all(not one.value for one in app.button_group if "question" in (one.key or ""))
    assert "1 question is open" in html_of(app)
    assert "3 April 2026: 1 other cell of the column is written with full stops, day first" in html_of(app)
    press(app, "import-step-report")
    assert "Accept 1" in app.button(key="import-accept").label
    assert "2 rows stay out" in html_of(app)
    assert "Line 4, Data" in html_of(app)
    press(app, "import-step-columns")
    answer(app, "question-0", "day first")
    press(app, "import-report")
    assert "Accept 2" in app.button(key="import-accept").label
    assert len(record().state(INCIDENT)) == 1
    press(app, "import-accept")
    assert {cells["place"] for cells in record().state(INCIDENT).values()} >= {"Terespol", "Nur"}
    assert record().changes()[0].kind == IMPORTED
    assert app.session_state["session"].page == "map"


def test_next_open_question_is_looked_for_and_answers_are_taken_back_one_by_one() -> None:
    rows = "".join(TERESPOL.replace("upadek", f"word {place:02d}") for place in range(17))
    app = begun(HEADER + rows)

    def looked_for() -> tuple[str, str]:
        at: list[tuple[str, str]] = re.findall(
            r'data-fault="st-key-import-question-(\S+)" data-turn="(\d+)"', html_of(app)
        )
        return at[-1]

    assert looked_for() == ("-1", "0")
    assert "Questions 0 of 17" in app.button(key="import-step-questions").label
    press(press(app, "import-next"), "import-next")
    assert looked_for() == ("1", "2")
    answer(app, "question-1-", "crash")
    answer(app, "question-0-", "landing")
    assert "Questions 2 of 17" in app.button(key="import-step-questions").label
    assert "What happened: what is word 01? <b>Crash</b>" in html_of(app)
    press(app, "import-answer-back-0")
    assert made_by(app).answers == {"category: word 00": "landing"}
    press(app, "import-forget")
    assert made_by(app).answers == {} and "Questions 0 of 17" in app.button(key="import-step-questions").label
    for _turn in range(16):
        press(app, "import-next")
    assert looked_for()[0] == "0" and "16–17 of 17" in html_of(app)  # on the second page


def test_steps_are_gone_through_freely_and_the_import_stays() -> None:
    app = press(press(begun(HEADER + TERESPOL), "import-report"), "import-before")
    press(app, "import-step-file")
    assert "wykaz.csv is read. Another file begins anew." in html_of(app)
    press(app, "import-step-report")
    assert "Accept 1" in app.button(key="import-accept").label
    ticks = [app.button(key=f"import-step-{step}").icon for step in ("file", "columns", "questions")]
    assert ticks == [":material/check_circle:"] * 3


def test_place_without_coordinates_is_shown_on_a_map_with_its_accuracy() -> None:
    app = begun(HEADER + "10.11.2026;Krynki;Polska;;;balon;lądowanie;https://a.example\n")
    assert "Where is Krynki, Poland?" in html_of(app)
    assert "Krynki, Poland: 53.264° N, 23.773° E, the middle of the town, accurate to 3 km" in html_of(app)
    image = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html_of(app))
    assert image and ">Krynki</text>" in b64decode(image[1]).decode()


def test_import_goes_on_at_its_address_after_the_connection_was_lost_until_it_is_accepted() -> None:
    app = begun(HEADER + TERESPOL + NUR + NO_DAY)
    answer(app, "question-0", "day first")
    app.text_input(key="import-source").set_value("The desk").run()
    press(app, "import-report")
    app.text_input(key="import-0-cell-4-0").set_value("28.02.2026").run()
    draft = str(app.query_params["draft"])
    again = open_page({"page": "import", "draft": draft})
    assert not again.exception
    assert "Accept 3" in again.button(key="import-accept").label
    assert made_by(again).source == "The desk"
    press(again, "import-accept")
    assert record().changes()[0].source == "The desk"
    for token in (draft, "guess"):
        stranger = open_page({"page": "import", "draft": token})
        assert not stranger.exception and made_by(stranger).content == b""


def test_file_of_the_sources_is_asked_for_where_a_list_gives_their_numbers() -> None:
    app = begun(HEADER.replace("Źródło", "source_ids") + TERESPOL.replace("https://tvn24.pl/1", "S01"))
    app.selectbox(key="import-column-0-7").set_value("source_numbers").run()
    assert "The list gives its sources by number, such as S01" in html_of(app)
    uploader = next(one for one in app.get("file_uploader") if one.proto.label == "The file that lists the sources")
    assert uploader
    made_by(app).take_beside(Beside("sources.csv", b"id,url\nS01,https://tvn24.pl/7\n"), dataset())
    app.run()
    assert "Sources by number are those of sources.csv." in html_of(app) and "No question is open." in html_of(app)
    press(press(app, "import-report"), "import-accept")
    assert [cells["sources"] for cells in record().state(INCIDENT).values() if cells["place"] == "Terespol"] == [
        "https://tvn24.pl/7"
    ]


def test_second_file_without_sources_says_so_and_can_be_taken_back() -> None:
    app = begun(HEADER.replace("Źródło", "source_ids") + TERESPOL.replace("https://tvn24.pl/1", "S01"))
    app.selectbox(key="import-column-0-7").set_value("source_numbers").run()
    made_by(app).take_beside(Beside("sources.csv", b"a,b\n1,2\n"), dataset())
    app.run()
    assert "The second file lists no sources" in html_of(app)
    press(app, "import-answer-back-beside")
    assert "The list gives its sources by number" in html_of(app)


def test_incident_can_be_left_out_this_time() -> None:
    app = press(begun(HEADER + TERESPOL + NUR.replace("03/04/2026", "13.04.2026")), "import-report")
    boxes = [one for one in app.checkbox if (one.key or "").startswith("import-0-take-")]
    assert len(boxes) == 2
    boxes[0].uncheck().run()
    assert "Accept 1" in app.button(key="import-accept").label


def test_every_row_is_reached_page_by_page_and_all_of_a_kind_can_be_left_out() -> None:
    rows = "".join(
        f"{1 + place % 28:02d}.11.2026;Place {place:03d};Polska;52,{place:03d};23,1;dron;upadek;https://a.example/{place}\n"
        for place in range(100, 221)
    )
    app = press(begun(HEADER + rows + NO_DAY), "import-report")
    assert "Place 107" in html_of(app) and "Place 108" not in html_of(app)
    press(app, "import-all-new")
    assert "1–50 of 121" in html_of(app)
    assert "Place 149" in html_of(app) and "Place 150" not in html_of(app)
    assert "Line 123, Data" not in html_of(app)  # the refused row is another kind
    press(press(app, "import-page-new-next"), "import-page-new-next")
    assert "101–121 of 121" in html_of(app) and "Place 220" in html_of(app)
    press(app, "import-each-new-out")
    assert "0 of 121 taken in" in html_of(app) and "Nothing to accept" in html_of(app)
    next(box for box in app.checkbox if "place-220" in (box.key or "")).check().run()
    assert "Accept 1" in app.button(key="import-accept").label
    press(app, "import-back-new")
    assert "Line 123, Data" in html_of(app)


def test_questions_are_reached_page_by_page() -> None:
    rows = "".join(TERESPOL.replace("upadek", f"word {place:02d}") for place in range(20))
    app = begun(HEADER + rows)
    assert "What happened: what is word 14?" in html_of(app) and "word 15?" not in html_of(app)
    press(app, "import-page-questions-next")
    assert "16–20 of 20" in html_of(app) and "What happened: what is word 19?" in html_of(app)


def test_refused_cell_is_corrected_here_and_the_change_says_so() -> None:
    app = press(begun(HEADER + TERESPOL + NO_DAY), "import-report")
    assert "Accept 1" in app.button(key="import-accept").label
    field = app.text_input(key="import-0-cell-3-0")
    assert (field.label, field.value) == ("Line 3, Data", "31.02.2026")
    field.set_value("28.02.2026").run()
    assert "Accept 2" in app.button(key="import-accept").label
    assert "Line 3, Data: <del>31.02.2026</del> → <b>28.02.2026</b>" in html_of(app)
    press(app, "import-untype-0")
    assert "Accept 1" in app.button(key="import-accept").label
    app.text_input(key="import-0-cell-3-0:1").set_value("28.02.2026").run()
    press(app, "import-accept")
    assert {cells["date"] for cells in record().state(INCIDENT).values()} >= {"2026-02-28"}
    assert record().changes()[0].note == "wykaz.csv; corrected here: line 3, Data: 31.02.2026 → 28.02.2026"


def test_cell_that_a_refused_row_lacks_is_filled_in_here() -> None:
    app = press(begun(HEADER + TERESPOL + TERESPOL.replace("14.11.2026", "")), "import-report")
    assert "it does not say date" in html_of(app)
    app.text_input(key="import-0-cell-3-0").set_value("1.11.2026").run()
    assert "Accept 2" in app.button(key="import-accept").label


def test_flight_tracks_are_listed_with_the_incident_that_they_find() -> None:
    features = [
        {
            "type": "Feature",
            "properties": {
                "incident_id": ROW["id"],
                "basis": f"radar {name}",
                "accuracy_km": 2,
                "sources": "https://a.example",
            },
            "geometry": {"type": "LineString", "coordinates": [[28.0, 56.6], [27.33, 56.5], [27.3, end]]},
        }
        for name, end in (("one", 56.4), ("two", 56.3))
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    app = press(begun(content, name="tracks.geojson"), "import-report")
    told = html_of(app)
    assert told.count("new; 3 points, within 2 km: radar") == 2
    assert told.count(ROW["id"]) >= 2
    app.checkbox(key=f"import-0-take-track {ROW['id']}/2").uncheck().run()
    press(app, "import-accept")
    assert [one["properties"]["basis"] for one in record().state(TRACK).values()] == ["radar one"]


def test_duplicate_stands_beside_what_is_recorded_field_by_field_with_what_differs_marked() -> None:
    year, month, day = ROW["date"].split("-")
    place = f"{float(ROW['latitude']) + 0.01:.4f};{ROW['longitude']}".replace(".", ",")
    row = f"{day}.{month}.{year};Elsewhere;{ROW['country']};{place};dron;lądowanie;https://a.example/9\n"
    app = press(begun(HEADER + row), "import-report")
    told = html_of(app)
    assert "Line 2: 1.1 km away, on the same day" in told
    differing = re.findall(r'<tr class="differs">.*?</span> ([^<]*)</th>', told)
    assert {"Place", "Point", "Sources"} <= {*differing} and "Date" not in differing
    assert f"<td>{ROW['place']}</td><td>Elsewhere</td>" in told


def test_list_that_comes_again_is_known_with_the_answers_about_its_words() -> None:
    odd = HEADER + TERESPOL.replace("upadek", "bumsti")
    app = begun(odd)
    answer(app, "question-0", "crash")
    press(press(app, "import-report"), "import-accept")
    again = begun(odd.replace("14.11.2026", "15.11.2026"), name="wykaz2.csv", defaults={})
    assert "Recognised: wykaz." in html_of(again)
    assert made_by(again).source == "wykaz"
    assert "No question is open." in html_of(again)


def test_file_that_cannot_be_read_says_why_and_another_can_be_dropped() -> None:
    app = begun("%PDF-1.7")
    assert "This is a PDF" in app.error[0].value
    assert made_by(app).step != REPORT and made_by(app).raw is None


def test_texts_of_a_list_are_shown_as_texts() -> None:
    hostile = (
        f"{HEADER.replace('Miejsce', ATTACK)}14.11.2026;{ATTACK};Polska;52,07;23,61;{ATTACK};upadek;https://a.example\n"
    )
    app = begun(hostile, name=f"{ATTACK}.csv")
    for step in ("", "import-step-report"):
        if step:
            press(app, step)
        assert ATTACK not in html_of(app)
    assert made_by(app).name == f"{ATTACK}.csv"


def test_nothing_is_imported_where_editing_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_EDITING", "no")
    settings.cache_clear()
    app = begun(HEADER + TERESPOL)
    assert "Editing is off on this server" in html_of(app)
    assert made_by(app).step == COLUMNS and len(record().changes()) <= 1
