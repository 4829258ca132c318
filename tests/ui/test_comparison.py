"""Two periods compared on the page."""

import re
from datetime import date

import pytest

from tests.page import Page, address, html_of, incidents_in, sentence

pytestmark = pytest.mark.slow


def test_comparison_is_a_table_of_states_by_category(page: Page) -> None:
    app = page(from_="2025-09-01", to="2025-11-30")
    app.toggle(key="comparing").set_value(True).run()
    assert address(app)["compare"] == ["previous"]
    assert app.session_state.earlier == (date(2025, 6, 2), date(2025, 8, 31))
    table = re.findall(r'<table class="periods">.*</table>', html_of(app))[0]
    rows = [re.sub(r"<[^>]*>", "|", row) for row in re.findall(r"<tr class.*?</tr>", table)]
    numbers = [tuple(part for part in row.split("|") if part) for row in rows]
    assert numbers[0][0] == "All"
    assert int(numbers[0][2]) == incidents_in(sentence(app))
    earlier = page(from_="2025-06-02", to="2025-08-31")
    assert int(numbers[0][1]) == incidents_in(sentence(earlier))


def test_other_days_to_compare_with_are_in_the_address(page: Page) -> None:
    app = page(from_="2025-09-01", to="2025-11-30", compare="previous")
    app.date_input(key="earlier").set_value((date(2024, 9, 1), date(2024, 11, 30))).run()
    assert address(app)["compare"] == ["2024-09-01..2024-11-30"]
    assert "in the period 1 September – 30 November 2024" in html_of(app)
    app.toggle(key="comparing").set_value(False).run()
    assert "compare" not in address(app)


def test_days_to_compare_with_are_picked_one_after_the_other(page: Page) -> None:
    app = page(from_="2025-09-01", to="2025-11-30", compare="previous")
    first, last = date(2024, 9, 1), date(2024, 11, 30)
    app.date_input(key="earlier").set_value((first,)).run()
    assert app.date_input(key="earlier").value == (first,)  # and the calendar stays open for the last day
    assert address(app)["compare"] == ["previous"]
    app.date_input(key="earlier").set_value((first, last)).run()
    assert address(app)["compare"] == ["2024-09-01..2024-11-30"]


def test_comparison_with_days_before_the_data_says_so(page: Page) -> None:
    assert "The data begin on 2 March 2022: nothing is known of the earlier period." in html_of(
        page(compare="previous")
    )
