"""The form of an incident on the page: filling in, faults, draft, saving, correcting and withdrawing."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import DateInput, Selectbox, TextInput

from dashboard.core.record.drafts import Drafts
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.settings import settings
from dashboard.ui import data
from tests.conftest import csv_text
from tests.page import html_of, open_page

pytestmark = pytest.mark.slow
ATTACK = "<img src=x onerror=alert(1)>"
TEXTS = {
    "time": "04:40",
    "place": "Šumskas",
    "coordinates": "35UMA173510",
    "location_accuracy_km": "4",
    "source:0": "https://vsat.lrv.lt/1",
}


@pytest.fixture
def folder(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own with two incidents, on a server that lets them be edited."""
    (data_folder / "incidents.csv").write_text(csv_text({}, {"id": "LT-2", "place": "Jonava"}), "utf-8")
    monkeypatch.setenv("DASHBOARD_EDITING", "yes")
    settings.cache_clear()
    return data_folder


def record() -> Record:
    return Record(settings().record)


Field = TypeVar("Field", DateInput, Selectbox[str], TextInput)


def field(widgets: Iterable[Field], name: str) -> Field:
    """A field; one that was set from elsewhere has another key."""
    return next(one for one in widgets if re.fullmatch(rf"field:{name}(:\d+)?", one.key or ""))


def filled(app: AppTest, **texts: str) -> AppTest:
    for name, text in (TEXTS | texts).items():
        field(app.text_input, name).set_value(text).run()
    field(app.date_input, "date").set_value(date(2026, 11, 14)).run()
    field(app.selectbox, "object_type").set_value("balloon").run()
    for name, code in (("category", "landing"), ("status", "confirmed")):
        next(one for one in app.button_group if (one.key or "").startswith(f"field:{name}")).set_value(code).run()
    assert not app.exception
    return app


def said(app: AppTest, kind: str) -> list[str]:
    return re.findall(rf'<p class="said {kind}[^>]*>([^<]+)<', html_of(app))


def test_incident_is_added_measured_and_shown(folder: Path) -> None:
    app = filled(open_page({"page": "add"}))
    assert "Vilnius time, UTC+2: 02:40 UTC, 140240Z NOV 26" in said(app, "done")
    assert "Read as 54.6001° N, 25.7206° E · 35U MA 173 510, Lithuania" in said(app, "done")
    assert "Probably inside the airspace of Lithuania" in html_of(app)
    assert said(app, "fault") == []
    app.button("form-save").click().run()
    assert (app.query_params["id"], app.query_params.get("page")) == ("LT-2026-11-14-sumskas", None)
    assert '<h1 class="place">Šumskas, Lithuania' in html_of(app)
    assert (record().change(2).kind, Drafts(settings().record).of("")) == (EDITED, [])


def test_nothing_is_wrong_until_it_is_saved_and_then_the_first_fault_is_gone_to(folder: Path) -> None:
    app = open_page({"page": "add"})
    assert said(app, "fault") == []
    app.button("form-save").click().run()
    assert "Day: still missing." in said(app, "fault")
    assert 'data-fault="st-key-field-date" data-turn="1"' in html_of(app)
    assert record().newest() == 1
    field(app.text_input, "source:0").set_value("LRT radijas, 8 val.").run()
    assert any("Not the address of a page" in fault for fault in said(app, "fault"))


def test_sources_are_told_by_their_publishers(folder: Path) -> None:
    (folder / "publishers.csv").write_text("address,publisher,kind\nvsat.lrv.lt,Border Guard,government\n", "utf-8")
    app = open_page({"page": "add"})
    field(app.text_input, "source:0").set_value("https://vsat.lrv.lt/1 https://unknown.example/2").run()
    assert [field(app.text_input, f"source:{place}").value for place in range(3)] == [
        "https://vsat.lrv.lt/1", "https://unknown.example/2", "",
    ]  # fmt: skip
    assert "Border Guard – official" in said(app, "done")
    assert "unknown.example: publisher not known" in html_of(app)


def test_place_is_found_by_its_name(folder: Path) -> None:
    app = open_page({"page": "add"})
    field(app.text_input, "place").set_value("Jonav").run()
    app.button("form-place-0").click().run()
    assert field(app.text_input, "place").value == "Jonava"
    assert "35V" in html_of(app) or "35U" in html_of(app)


def test_draft_waits_for_the_next_visit(folder: Path) -> None:
    app = open_page({"page": "add"})
    field(app.text_input, "place").set_value(ATTACK).run()
    [draft] = Drafts(settings().record).of("")
    again = open_page({"page": "add"})
    assert ATTACK not in html_of(again)
    again.button(f"go-on-{draft.key}").click().run()
    assert field(again.text_input, "place").value == ATTACK
    again.button("form-discard").click().run()
    assert field(again.text_input, "place").value == ""
    assert Drafts(settings().record).of("") == []


def test_correction_needs_its_reason_and_changes_what_was_touched(folder: Path) -> None:
    app = open_page({"id": "LT-1"})
    app.button("correct").click().run()
    field(app.text_input, "model").set_value("Gerbera").run()
    app.button("form-save").click().run()
    assert "Reason: still missing." in said(app, "fault")
    field(app.text_input, "reason").set_value("Its wreck was identified.").run()
    app.button("form-save").click().run()
    [version] = record().versions(2)
    assert version.before and version.after
    assert {name: cell for name, cell in version.after.items() if version.before.get(name) != cell} == {
        "model": "Gerbera"
    }
    assert record().change(2).note == "Its wreck was identified."
    assert "Drone, Gerbera" in html_of(app)


def test_correction_of_a_field_that_was_corrected_elsewhere_says_so(folder: Path) -> None:
    app = open_page({"id": "LT-1", "page": "correct"})
    field(app.text_input, "model").set_value("Gerbera").run()
    with record().edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", draft.state(INCIDENT)["LT-1"] | {"model": "Shahed"})
    field(app.text_input, "reason").set_value("Seen.").run()
    app.button("form-save").click().run()
    assert any("Model: changed elsewhere" in fault for fault in said(app, "fault"))
    assert record().state(INCIDENT)["LT-1"]["model"] == "Shahed"


def test_withdrawal_needs_a_reason_and_is_listed_with_it(folder: Path) -> None:
    app = open_page({"id": "LT-1"})
    app.button("withdraw-now-LT-1").click().run()
    assert "Give the reason" in app.error[0].value.replace("\\", "")
    app.text_area("withdrawal:LT-1").set_value("It was a weather balloon.").run()
    app.button("withdraw-now-LT-1").click().run()
    assert not app.exception
    assert record().state(INCIDENT)["LT-1"]["withdrawn"] == "It was a weather balloon."
    assert list(data.dataset().incidents["id"]) == ["LT-2"]
    assert list(data.dataset().withdrawn["withdrawn"]) == ["It was a weather balloon."]


def test_what_is_edited_in_the_record_is_shown_by_the_next_look_at_it(folder: Path) -> None:
    before = data.dataset()
    with record().edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", draft.state(INCIDENT)["LT-1"] | {"place": "Kaunas"})
    now = data.dataset()
    assert now is not before
    assert now.object("LT-1").iloc[0].place == "Kaunas"
    assert data.dataset() is now


@pytest.mark.parametrize(("editing", "query"), [("no", {}), ("yes", {"as_of": "2999-01-01"})])
def test_nothing_can_be_edited_where_it_is_off_or_an_earlier_moment_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, editing: str, query: dict[str, str]
) -> None:
    monkeypatch.setenv("DASHBOARD_EDITING", editing)
    settings.cache_clear()
    for page in ("add", "correct"):
        app = open_page({"page": page, "id": "LT-1"} | query)
        assert "Editing is off" in html_of(app)
        assert not [one for one in app.button if one.key in ("form-save", "form-another")]
    app = open_page({"id": "LT-1"} | query)
    assert not [one for one in app.button if one.key == "correct"]
    assert not [one for one in open_page({"page": "data"} | query).button if one.key == "add-incident"]
