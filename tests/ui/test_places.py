"""Going to a place: what the search offers, and when it filters."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.page import PAGE


def searched(text: str) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=60).run()
    app.text_input(key="text").set_value(text).run()
    assert not app.exception
    return app


def offers(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.button if str(button.key).startswith("place:")]


def html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize(
    ("text", "offer", "filters", "says"),
    [
        ("Galati", "Go to Galați, Romania", True, ""),  # incidents mention it
        ("Sibiu", "Go to Sibiu, Romania", False, "No incident mentions “Sibiu”; all are shown."),
        ("35U LB 3 0", "Go to 55.06° N, 24.42° E · 35U LB 3 0", False, ""),
        ("35U LB 123", None, False, "as many digits for the easting"),
        ("explosive", None, True, ""),
        ("Ploie", "Go to Ploiești, Romania", True, ""),  # no whole name: words of an incident
    ],
)
def test_words_filter_unless_they_name_a_place_that_no_incident_mentions(
    text: str, offer: str, filters: bool, says: str
) -> None:
    app = searched(text)
    assert offers(app)[:1] == ([offer] if offer else [])
    assert (app.query_params.get("q") == text) is filters
    assert says in html(app)
    assert ("all are shown" in html(app)) is says.endswith("all are shown.")


def test_place_that_one_goes_to_becomes_the_area_of_the_view() -> None:
    app = searched("Sibiu")
    app.button(key="place:0").click().run()
    assert not app.exception
    west, south, east, north = (float(part) for part in app.query_params["area"].split(","))
    assert west < 24.15 < east and south < 45.8 < north and east - west < 5
    assert offers(app) == []
    assert "q" not in app.query_params
