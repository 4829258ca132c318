"""A view between its faces: query, filter, sentence."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.core.engine.selection import selection_of
from dashboard.core.query.area import Viewport
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period
from dashboard.core.query.view import View, parse_query_string
from dashboard.language import plain

FIRST, LAST = date(2022, 3, 2), date(2026, 10, 3)


@pytest.fixture
def incidents() -> pd.DataFrame:
    rows = [
        ("a", "LT", "crash", "uav", "RU", "confirmed", "none", "intruding"),
        ("b", "LT", "landing", "balloon", "BY", "confirmed", "contraband", "unclear"),
        ("c", "PL", "crash", "missile", "", "reported", "exploded", "third"),
    ]
    columns = "id country category object_type origin status payload side"
    frame = pd.DataFrame(rows, columns=columns.split()).assign(
        counted_on=["2025-07-28", "2025-10-01", "2025-07-01"],
        last_day=["2025-07-28", "2025-10-02", "2025-07-31"],
        words=["gaiziunai gerbera", "vilnius smuggling", "some day in july"],
    )
    return frame.astype({"counted_on": "datetime64[s]", "last_day": "datetime64[s]"})


CASES = [
    (Filter(), "abc"),
    (Filter(countries=("LT",)), "ab"),
    (Filter(countries=("PL", "LT")), "abc"),
    (Filter(countries=("FR",)), ""),
    (Filter(categories=("crash",)), "ac"),
    (Filter(objects=("balloon", "missile")), "bc"),
    (Filter(origins=("none",)), "c"),
    (Filter(origins=("RU", "none")), "ac"),
    (Filter(statuses=("reported",)), "c"),
    (Filter(payloads=("none",)), "a"),
    (Filter(payloads=("exploded", "contraband")), "bc"),
    (Filter(without_contraband=True), "ac"),
    (Filter(sides=("third", "unclear")), "bc"),
    (Filter(start=date(2025, 10, 2)), "b"),  # its second day
    (Filter(end=date(2025, 7, 28)), "ac"),
    (Filter(start=date(2025, 7, 15), end=date(2025, 7, 20)), "c"),  # known to the month: any of its days
    (Filter(text="GAIŽIŪNAI"), "a"),
    (Filter(text="july some"), "c"),
    (Filter(text="july vilnius"), ""),
    (Filter(text='"some day" july'), "c"),
    (Filter(text='"day some"'), ""),
    (Filter(text='"Gerbera'), "a"),  # a quote that is still open
    (Filter(text="„some day“"), "c"),
    (Filter(text='"'), "abc"),
    (Filter(countries=("LT",), categories=("crash",), text="gerbera"), "a"),
]


@pytest.mark.parametrize(("filter_", "ids"), CASES, ids=str)
def test_filter_lets_pass_what_is_asked_for(incidents: pd.DataFrame, filter_: Filter, ids: str) -> None:
    assert "".join(selection_of(incidents).filtered(filter_).rows["id"]) == ids


def test_given_incidents_are_not_changed(incidents: pd.DataFrame) -> None:
    before = incidents.copy()
    selection_of(incidents).filtered(Filter(countries=("LT",), text="x", start=FIRST))
    assert incidents.equals(before)


@pytest.mark.parametrize(
    "wrong",
    [
        {"countries": ("lt",)},
        {"countries": ("XX",)},
        {"categories": ("boom",)},
        {"sides": ("friendly",)},  # shown beside the incidents, and never among them
        {"start": date(2025, 2, 1), "end": date(2025, 1, 1)},
    ],
)
def test_wrong_filter_cannot_exist(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"not among|after"):
        Filter(**wrong)


def test_heading_is_one_line_that_can_be_seen() -> None:
    view = View(title="Drones\u202e\n over\x07  Poland ")
    assert view.title == "Drones over Poland"
    with pytest.raises(ValueError, match="finding has 241 characters, more than 240"):
        View(finding="x" * 241)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ((20, 91, 21, 92), "south 91 is not between -90 and 90"),
        ((-181, 54, 25, 56), "west -181 is not between -180 and 180"),
        ((float("nan"), 54, 25, 56), "is not between"),
        ((22, 54, float("inf"), 56), "is not between"),
        ((25, 54, 22, 56), "west 25 is not less than east 22"),
        ((22, 54, 25, 54.00001), "south 54 is not less than north 54.0"),
    ],
)
def test_wrong_area_cannot_exist(wrong: tuple[float, int, float, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Viewport(*wrong)


@pytest.mark.parametrize("wrong", [(91, 0, 5), (0, 181, 5), (0, 0, -1), (float("nan"), 0, 5), (0, 0, 21)])
def test_no_area_is_around_a_place_that_is_not_on_earth(wrong: tuple[float, int, int]) -> None:
    with pytest.raises(ValueError, match="is not between"):
        Viewport.around(*wrong)


def test_centre_and_zoom_of_an_old_link_are_an_area_of_a_usual_map() -> None:
    view, notices = parse_query_string("country=LT&lat=0&lon=20&zoom=8")
    # At zoom 8 the world is 65,536 pixels wide, and on the equator as much to a degree in height as in width.
    assert notices == []
    assert view.viewport
    assert view.viewport.bounds == pytest.approx((20 - 3.2959, -2.1967, 20 + 3.2959, 2.1967), abs=0.0001)
    assert view.query_string() == "country=LT&area=16.7041,-2.1967,23.2959,2.1967"


QUERIES = [
    "",
    "country=LT&country=PL&from=2025-07-01&to=2025-09-30",
    "category=crash&category=debris&object=uav&origin=BY&origin=none&status=disputed",
    "country=LT&title=Drones+over+Lithuania&finding=Two+fell.&marking=TLP%3ACLEAR",
    "country=LT&symbols=app6",
    "country=LT&airports=off",
    "payload=exploded&payload=none&side=third&side=unclear&contraband=no",
    "q=Shahed+%26+co&area=16.2,50.75,28.8001,57.3&id=LT-2025-07-28-gaiziunai",
]


@pytest.mark.parametrize("query", QUERIES)
def test_query_comes_back_as_it_was(query: str) -> None:
    view, notices = parse_query_string(query)
    assert notices == []
    assert view.query_string() == query
    assert parse_query_string("?" + query)[0] == view


def test_query_in_any_order_is_one_view() -> None:
    first, _ = parse_query_string("country=PL&country=LT&to=2025-02-01&from=2025-01-01")
    second, _ = parse_query_string("from=2025-01-01&country=LT&country=PL&country=LT&to=2025-02-01")
    assert first == second


BAD = [
    ("country=LT&foo=1", "'foo', which is not known", View(Filter(countries=("LT",)))),
    ("country=LT&contraband=yes", "contraband=yes, which is not known", View(Filter(countries=("LT",)))),
    ("country=LT&side=friendly", "side=friendly, which is not known", View(Filter(countries=("LT",)))),
    ("country=LT&country=Poland", "country=Poland, which is not known", View(Filter(countries=("LT",)))),
    ("category=boom", "category=boom", View()),
    ("from=yesterday", "from=yesterday", View()),
    ("from=2025-02-30", "from=2025-02-30", View()),
    ("from=2025-02-01&to=2025-01-01", "which is backwards", View()),
    ("title=" + "x" * 121, "a title of 121 characters, more than 120", View()),
    ("lat=54&lon=22", "lat=54, lon=22, which is not on the map", View()),
    ("lat=nan&lon=22&zoom=5", "which is not on the map", View()),
    ("area=22,54,25", "area=22,54,25, which is not on the map", View()),
    ("area=25,54,22,56", "area=25,54,22,56, which is not on the map", View()),
    ("area=22,54,25,56,1", "which is not on the map", View()),
    ("area=a,b,c,d", "which is not on the map", View()),
    ("airports=maybe", "airports=maybe, which is not known", View()),
    ("symbols=NATO", "symbols=NATO, which is not known", View()),
    ("country=<script>", "country=<script>", View()),
]


@pytest.mark.parametrize(("query", "notice", "view"), BAD, ids=[case[0] for case in BAD])
def test_bad_value_is_left_out_with_a_notice(query: str, notice: str, view: View) -> None:
    found, notices = parse_query_string(query)
    assert found == view
    assert len(notices) == 1
    assert notice in notices[0]


SENTENCES = [
    (
        Filter(countries=("PL", "LT"), start=date(2025, 7, 1), end=date(2025, 9, 30)),
        (31, 270),
        "Lithuania and Poland, 1 July – 30 September 2025: 31 of 270 incidents",
    ),
    (Filter(), (270, 270), "All states, 2 March 2022 – 3 October 2026: all 270 incidents"),
    (Filter(start=LAST, end=LAST), (0, 1), "All states, 3 October 2026: 0 of 1 incident"),
    (
        Filter(countries=("MD",), categories=("crash", "debris"), objects=("uav",), origins=("none",), text="Geran"),
        (4, 270),
        "Moldova, 2 March 2022 – 3 October 2026, crashes and debris recoveries, drones, attributed to no one, "
        "with “Geran”: 4 of 270 incidents",
    ),
    (
        Filter(payloads=("exploded", "none"), without_contraband=True, sides=("third",), text='Geran "no wings"'),
        (4, 270),
        "All states, 2 March 2022 – 3 October 2026, stray objects of third states, carrying an explosive charge that "
        "exploded or no payload, without contraband, with “Geran” and “no wings”: 4 of 270 incidents",
    ),
    (
        Filter(countries=("TR", "MD", "RO")),
        (1, 1270),
        "Moldova, Romania and Türkiye, 2 March 2022 – 3 October 2026: 1 of 1,270 incidents",
    ),
]


@pytest.mark.parametrize(("filter_", "counts", "sentence"), SENTENCES, ids=[case[2] for case in SENTENCES])
def test_filter_as_a_sentence(filter_: Filter, counts: tuple[int, int], sentence: str) -> None:
    assert filter_.sentence(*counts, Period(FIRST, LAST)) == sentence


@pytest.mark.parametrize(
    ("text", "ascii_"),
    [("Gaižiūnai", "gaiziunai"), ("Łęczna", "leczna"), ("Brănești", "branesti"), ("Шахед", "shakhed"), ("ÅÄÖ", "aao")],
)
def test_search_knows_no_accents(text: str, ascii_: str) -> None:
    assert plain(text) == ascii_


@pytest.mark.parametrize(
    ("query", "compare"),
    [
        ("from=2025-07-01&to=2025-09-30&compare=previous", "previous"),
        ("compare=2024-07-01..2024-09-30", Period(date(2024, 7, 1), date(2024, 9, 30))),
        ("since=2026-10-03-ab12cd34", None),
    ],
)
def test_days_to_compare_with_and_release_come_back(query: str, compare: Period | str | None) -> None:
    view, notices = parse_query_string(query)
    assert view.compare == compare
    assert notices == []
    assert parse_query_string(view.query_string())[0] == view


@pytest.mark.parametrize(
    "query", ["compare=yesterday", "compare=2024-09-30..2024-07-01", "since=../../etc", "since=a%00"]
)
def test_what_cannot_be_compared_with_is_said_and_left_out(query: str) -> None:
    view, notices = parse_query_string(query)
    assert view == View()
    assert len(notices) == 1
    assert query.partition("=")[0] in notices[0]


def test_view_refuses_what_is_no_period_and_no_release() -> None:
    with pytest.raises(ValueError, match="neither a period"):
        View(compare="yesterday")
    with pytest.raises(ValueError, match="no day, no instant with its time zone and no release"):
        View(since="../x")


def test_chart_is_part_of_the_view() -> None:
    view, notices = parse_query_string("chart=years&count=events&country=LT")
    assert (view.chart, view.counted, notices) == ("years", "events", [])
    assert parse_query_string(view.query_string())[0] == view
    view, notices = parse_query_string("chart=pie&count=objects")
    assert (view.chart, view.counted) == ("", "")
    assert len(notices) == 2 and "chart=pie" in notices[0]
    with pytest.raises(ValueError, match="chart 'pie'"):
        View(chart="pie")
