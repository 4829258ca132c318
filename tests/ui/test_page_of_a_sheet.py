"""A sheet's ID in the address: the page opens its view, and says what has changed since."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.sheet_ids import SheetRegister, sheet_id
from dashboard.core.query.view import View, parse_query_string
from dashboard.core.record.record import EDITED, INCIDENT
from dashboard.settings import settings
from dashboard.ui import data
from tests.conftest import csv_text
from tests.page import Page, address, html_of, sentence, toasts

pytestmark = pytest.mark.slow


def test_id_of_a_sheet_in_the_address_opens_its_view(page: Page, shipped: Dataset) -> None:
    view = parse_query_string("country=HU&title=Hungary")[0]
    SheetRegister(settings().record).note(view, shipped)
    number = sheet_id(view, shipped.fingerprint)
    app = page(sheet=number)
    assert sentence(app).startswith("Hungary, ")
    assert toasts(app) == [f"This is sheet {number}."]


def test_link_of_a_sheet_says_whether_the_data_have_changed(page: Page, shipped: Dataset) -> None:
    view = parse_query_string("country=HU")[0]
    (same,) = toasts(page(country="HU", sheet=sheet_id(view, shipped.fingerprint)))
    (other,) = toasts(page(country="HU", sheet=sheet_id(view, "of yesterday")))
    assert "have changed" not in same
    assert "the data, or the link, have changed since." in other


def test_sheet_of_other_data_opens_and_says_what_has_changed(page: Page, shipped: Dataset) -> None:
    view = parse_query_string("country=HU")[0]
    other = replace(shipped, fingerprint="of yesterday")  # which the record does not have
    SheetRegister(settings().record).note(view, other)
    (told,) = toasts(page(sheet=sheet_id(view, "of yesterday")))
    assert "it showed 2 incidents, the same view now shows 2" in told


def test_sheet_opens_as_it_was_and_one_click_shows_it_as_it_is_now(page: Page, data_folder: Path) -> None:
    file = data_folder / "incidents.csv"
    file.write_text(csv_text({"id": "LT-1"}, {"id": "LT-2"}), "utf-8")
    view = View(title="Two")
    app = page(title="Two")
    then = data.dataset()
    SheetRegister(settings().record).note(view, then)
    recorded = data._STORE.recorded
    assert recorded
    with recorded.record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-3", draft.state(INCIDENT)["LT-1"] | {"id": "LT-3"})
    app = page(sheet=sheet_id(view, then.fingerprint))
    assert toasts(app) == [
        f"This is sheet {sheet_id(view, then.fingerprint)}. The data have changed since this sheet was made: "
        "it showed 2 incidents, the same view now shows 3."
    ]
    assert "2 incidents; there are 3 now." in html_of(app)
    app.button(key="back-to-now").click().run()
    assert sentence(app).endswith("all 3 incidents")
    assert "as_of" not in address(app)


def test_unknown_sheet_is_told_and_the_rest_of_the_address_holds(page: Page) -> None:
    app = page(country="HU", sheet="nonsense!")
    assert sentence(app).startswith("Hungary, ")
    assert "is not the ID of a sheet" in toasts(app)[0]
