"""Time in a real browser: the timeline, what is played, and two periods side by side."""

from datetime import date, timedelta

import pytest

from dashboard.core.data.dataset import Dataset
from tests.browser import Screen, box_of


def place_of(screen: Screen, day: date) -> tuple[float, float]:
    """Where on the window a day stands in the timeline."""
    number = (day - date(1970, 1, 1)).days
    share = screen.frame.evaluate(
        "day => { const [from, to] = incursions.timeline.window; return (day + 0.5 - from) / (to + 1 - from); }", number
    )
    box = box_of(screen.map.locator("#timeline > svg"))
    return box["x"] + share * box["width"], box["y"] + 30


def drag(screen: Screen, first: date, last: date) -> None:
    mouse = screen.page.mouse
    mouse.move(*place_of(screen, first))
    mouse.down()
    mouse.move(*place_of(screen, first + (last - first) / 2), steps=3)
    mouse.move(*place_of(screen, last), steps=3)
    mouse.up()


def figure(screen: Screen) -> str:
    return screen.map.locator("#map_div .figures dd").first.inner_text()


def sentence(screen: Screen) -> str:
    return screen.page.locator(".sentence").inner_text()


def test_days_dragged_over_the_timeline_hold_for_everything_and_are_stepped_through_and_played(
    screen: Screen, shipped: Dataset
) -> None:
    screen.open("country=LT&lat=55&lon=24&zoom=6")
    before = screen.view()
    screen.frame.evaluate("() => { window.untouched = true; }")
    drag(screen, date(2025, 7, 10), date(2025, 12, 20))
    screen.wait_for_address("from=2025-07-01&to=2025-12-31")
    screen.wait_for_figure("20")
    assert screen.shown() == 20
    assert "1 July – 31 December 2025: 20 of 336 incidents" in sentence(screen)
    assert screen.view() == before
    assert screen.frame.evaluate("() => window.untouched")
    assert_many_days_are_weeks_that_begin_on_monday(screen.open("country=LT&from=2025-07-01&to=2025-12-31"))
    assert_steps_show_what_is_new_and_let_the_rest_fade(screen, shipped)
    assert_playing_runs_to_the_end_by_itself_and_by_keyboard(screen)


def assert_many_days_are_weeks_that_begin_on_monday(screen: Screen) -> None:
    assert screen.map.locator("#timeline h2").text_content() == "Incidents per week, by day of flight"
    firsts = screen.frame.evaluate("() => incursions.timeline.state.bars.week.first")
    assert {(date(1970, 1, 1) + timedelta(days=first)).weekday() for first in firsts} == {0}


def assert_steps_show_what_is_new_and_let_the_rest_fade(screen: Screen, shipped: Dataset) -> None:
    screen.map.locator(".player .step").select_option("month")
    days = [day.date() for day in shipped.incidents.loc[shipped.incidents["country"] == "LT", "date"]]
    begun = 0
    for month in (7, 8, 9, 10, 11, 12):
        screen.map.get_by_role("button", name="Step forward (.)").click()
        new = sum(day.year == 2025 and day.month == month for day in days)
        begun += new
        told = screen.map.locator(".caption").inner_text().split("\n")
        assert told[0] == date(2025, month, 1).strftime("%B 2025")
        assert told[1] == f"{new} new · {begun} of 20 so far"
        assert screen.shown() == begun
    screen.map.locator(".player .mode").select_option("window")
    assert "in these 3 months" in screen.map.locator(".caption").inner_text()
    screen.page.keyboard.press("Escape")
    screen.map.locator(".caption").wait_for(state="hidden")
    assert screen.shown() == 20


def assert_playing_runs_to_the_end_by_itself_and_by_keyboard(screen: Screen) -> None:
    view = screen.view()
    screen.map.locator(".player .speed").select_option("4")
    screen.page.locator(".title").click()  # keys work from the page, too
    screen.page.keyboard.press("p")
    screen.map.get_by_role("button", name="Pause (P)").wait_for()
    screen.map.locator(".caption b").filter(has_text="December 2025").wait_for()
    screen.map.get_by_role("button", name="Play (P)").wait_for()
    screen.page.keyboard.press(",")
    screen.map.locator(".caption b").filter(has_text="November 2025").wait_for()
    assert screen.view() == view
    assert "from=2025-07-01&to=2025-12-31" in screen.page.url


def test_bar_tells_its_counts_a_click_chooses_its_days_and_a_second_one_all(screen: Screen, shipped: Dataset) -> None:
    poland = shipped.incidents[shipped.incidents["country"] == "PL"]
    september = poland["counted_on"].between("2025-09-01", "2025-09-30").sum()
    screen.open("country=PL")
    screen.page.mouse.move(*place_of(screen, date(2024, 3, 10)))
    tip = screen.map.locator("#timeline .tip")
    tip.wait_for()
    told = tip.inner_text().split("\n")
    assert told[:3] == ["March 2024", "Incidents", "2"]
    assert told[-2:] == ["Day unknown, month only", "1"]
    screen.page.mouse.click(*place_of(screen, date(2025, 9, 10)))
    screen.wait_for_address("from=2025-09-01&to=2025-09-30")
    screen.wait_for_figure(str(september))
    screen.page.mouse.click(*place_of(screen, date(2025, 9, 10)))
    screen.page.wait_for_url(lambda url: "from=" not in url)
    screen.wait_for_figure("71")


def test_few_days_are_shown_close_and_by_day_and_their_ends_move_by_keyboard(screen: Screen) -> None:
    screen.open("country=PL&from=2024-03-01&to=2024-03-31")
    assert_incident_of_a_month_lies_under_all_of_its_days(screen)
    screen.page.keyboard.press("Escape")
    screen.map.locator(".caption").wait_for(state="hidden")
    heading = screen.map.locator("#timeline h2")
    assert heading.text_content() == "Incidents per day, by day of flight"
    screen.map.get_by_role("button", name="Show all days").click()
    assert heading.text_content() == "Incidents per month, by day of flight"
    assert "from=2024-03-01&to=2024-03-31" in screen.page.url
    last = screen.map.locator("#timeline .end").last
    last.focus()
    assert last.get_attribute("aria-valuetext") == "31 March 2024"
    screen.page.keyboard.press("End")
    screen.page.keyboard.press("Enter")
    screen.wait_for_address("from=2024-03-01&to=2026-10-03")


def assert_incident_of_a_month_lies_under_all_of_its_days(screen: Screen) -> None:
    assert screen.map.locator("#timeline rect[fill='url(#loose)']").count() == 1
    screen.map.get_by_role("button", name="Step forward (.)").click()
    caption = screen.map.locator(".caption")
    assert "1 with day unknown" in caption.inner_text()
    assert screen.frame.evaluate("() => incursions.past.marks.map(({ id }) => id)") == ["PL-2024-03-01-minkowce"]
    assert screen.frame.evaluate("() => incursions.marks.marks.length") == 0


def test_two_periods_are_two_maps_with_one_view(screen: Screen) -> None:
    screen.open("from=2025-09-01&to=2025-11-30&lat=54&lon=24&zoom=6")
    screen.page.get_by_text("Compare with an earlier period").click()
    screen.wait_for_address("compare=previous")
    screen.map.locator("#earlier .days").wait_for()
    assert screen.map.locator("#earlier .days").inner_text() == "2 Jun – 31 Aug 2025"
    assert screen.map.locator("#map_div .days").inner_text() == "1 Sept – 30 Nov 2025"
    numbers = [screen.map.locator(f"{box} .figures dd").first.inner_text() for box in ("#earlier", "#map_div")]
    row = screen.page.locator(".periods .all td").all_inner_texts()
    assert row[:2] == numbers
    places = (
        "() => [incursions.map, incursions.twin.map].map((m) => [m.getCenter().lat, m.getCenter().lng, m.getZoom()])"
    )
    for move in ("map.setView([47, 27], 7)", "twin.map.setView([54, 24], 6.5)"):
        screen.frame.evaluate(f"() => {{ incursions.{move.replace(')', ', {animate: false})', 1)}; }}")
        first, second = screen.frame.evaluate(places)
        assert first == pytest.approx(second, abs=0.02)
    screen.page.get_by_text("Compare with an earlier period").click()
    screen.map.locator("#earlier").wait_for(state="hidden")
    assert screen.shown() == int(figure(screen))
