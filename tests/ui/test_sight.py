"""Where the map looks: at the area that is asked for or at its incidents, and who may change that."""

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import pytest
from pyproj import Geod

from dashboard.core.analysis.extent import extent_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.area import WHOLE_FLANK, Bounds, Viewport
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.render.web.focus import Focus
from dashboard.ui import session as sessions
from dashboard.ui import sight, state
from dashboard.ui.session import Session

LITHUANIA, POLAND = Filter(countries=("LT",)), Filter(countries=("PL",))
VILNIUS = (24.9, 54.4, 25.7, 54.9)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    begun = Session(page="map")
    monkeypatch.setattr(sessions, "_id", lambda: "one")
    monkeypatch.setitem(sessions._SESSIONS, "one", begun)
    return begun


def focus_of(session: Session) -> Focus:
    assert session.focus
    return session.focus


def ask(session: Session, dataset: Dataset, view: View) -> tuple[View, gpd.GeoDataFrame]:
    """Have a view shown that its reader made with the filters, and give it as it is then."""
    selection = dataset.select(view)
    return sight.follow(dataset, view, selection), selection


def opened(session: Session, dataset: Dataset, view: View, seen: Bounds | None = None) -> tuple[View, gpd.GeoDataFrame]:
    """A session whose view was opened, and whose map has told what is seen."""
    state.open_view(view, dataset)
    found, selection = ask(session, dataset, view)
    session.seen = seen or focus_of(session).bounds
    return found, selection


@pytest.mark.parametrize(
    "view",
    [View(LITHUANIA), View(Filter(start=date(2025, 7, 1), end=date(2025, 7, 31))), View(Filter(text="vilniaus"))],
)
def test_view_that_names_no_place_opens_on_its_incidents(session: Session, shipped: Dataset, view: View) -> None:
    found, selection = opened(session, shipped, view)
    assert found.viewport is None
    assert (focus_of(session).bounds, focus_of(session).clear) == (extent_of(selection), True)
    assert sight.in_sight([selection], focus_of(session).bounds) == 1


def test_view_opens_on_all_of_the_band_of_a_track(session: Session, shipped: Dataset) -> None:
    opened(session, shipped, View(Filter(text="Gaižiūnai", start=date(2025, 7, 28), end=date(2025, 7, 28))))
    # 30 km around the place, 55.05 N 24.37 E, and around Vilnius, 54.69 N 25.28 E, over which its track begins. There
    # a degree of latitude has 111.2 km, one of longitude 64.
    assert focus_of(session).bounds == pytest.approx((23.90, 54.42, 25.75, 55.32), abs=0.01)


def test_view_opens_on_the_border_that_the_chosen_one_crossed(session: Session, shipped: Dataset) -> None:
    may = Filter(text="Kowalki", start=date(2023, 5, 12), end=date(2023, 5, 13))
    opened(session, shipped, View(may))
    assert focus_of(session).bounds == (19.37, 53.09, 19.37, 53.09)
    opened(session, shipped, View(may, selected="PL-2023-05-12-kowalki"))
    west, south, east, north = focus_of(session).bounds
    assert (west, north) == (19.37, 53.09)
    assert Geod(ellps="WGS84").inv(west, north, east, south)[2] == pytest.approx(272_700, abs=200)  # to Belarus


def test_without_a_filter_a_view_opens_on_the_flank(session: Session, shipped: Dataset) -> None:
    opened(session, shipped, View())
    assert focus_of(session).bounds == WHOLE_FLANK


def test_view_that_names_an_area_opens_on_it(session: Session, shipped: Dataset) -> None:
    found, _selection = opened(session, shipped, View(POLAND, Viewport(*VILNIUS)))
    assert (focus_of(session).bounds, focus_of(session).clear, found.viewport) == (VILNIUS, False, Viewport(*VILNIUS))


def test_map_flies_to_what_a_new_filter_selects(session: Session, shipped: Dataset) -> None:
    opened(session, shipped, View(LITHUANIA, Viewport(*VILNIUS)), VILNIUS)
    turn = session.turn
    found, selection = ask(session, shipped, View(POLAND, Viewport(*VILNIUS)))
    bounds = extent_of(selection)
    assert (focus_of(session).bounds, focus_of(session).fly, session.turn) == (bounds, True, turn + 1)
    assert found.viewport is session.view.viewport is None


def test_map_stays_still_where_half_of_what_is_selected_is_in_sight(session: Session, shipped: Dataset) -> None:
    area = Viewport(20.9, 53.8, 27, 56.5)  # all of Lithuania
    opened(session, shipped, View(LITHUANIA, area), area.bounds)
    before = session.focus, session.turn
    for filter_ in (Filter(countries=("LT",), categories=("crash",)), Filter(countries=("LT", "HU")), LITHUANIA):
        found, _selection = ask(session, shipped, View(filter_, area))
        assert found.viewport == area
    assert (session.focus, session.turn) == before


def test_map_follows_the_days_and_both_periods_of_a_comparison(session: Session, shipped: Dataset) -> None:
    area = Viewport(20.9, 53.8, 27, 56.5)
    opened(session, shipped, View(viewport=area), area.bounds)
    july = Filter(start=date(2025, 7, 1), end=date(2025, 7, 31))
    session.view = View(july, area, compare="previous")
    found, selection = ask(session, shipped, session.view)
    assert found.viewport is None
    west, south, east, north = focus_of(session).bounds
    inner = extent_of(selection)
    assert west <= inner[0] and south <= inner[1] and east >= inner[2] and north >= inner[3]


def test_nothing_that_matches_moves_nothing(session: Session, shipped: Dataset) -> None:
    opened(session, shipped, View(LITHUANIA, Viewport(*VILNIUS)), VILNIUS)
    before = session.focus
    found, selection = ask(session, shipped, View(Filter(text="zzzz"), Viewport(*VILNIUS)))
    assert (len(selection), session.focus, found.viewport) == (0, before, Viewport(*VILNIUS))


def test_only_its_reader_changes_the_area_of_a_view(session: Session, shipped: Dataset) -> None:
    asked = Viewport(20, 53, 27, 57)
    opened(session, shipped, View(LITHUANIA, asked))
    told = {"seen": [18.5, 52.2, 28.4, 57.8], "zoom": 6.75, "turn": session.turn}
    sight.take_up(told | {"moved": False})
    assert (session.view.viewport, session.seen) == (asked, (18.5, 52.2, 28.4, 57.8))
    assert sight.was_moved(View(LITHUANIA, asked))  # the area that was opened
    sight.take_up(told | {"moved": True, "turn": session.turn - 1})  # before the page had it look elsewhere
    assert session.view.viewport == asked
    sight.take_up(told | {"moved": True})
    assert session.view.viewport == Viewport(18.5, 52.2, 28.4, 57.8)
    assert sight.was_moved(View(LITHUANIA, session.view.viewport))
    assert not sight.was_moved(View(POLAND, session.view.viewport))
    # A map that is made anew opens there; the one that its reader moved is not moved again.
    assert (focus_of(session).bounds, focus_of(session).turn) == (session.seen, session.turn)


@pytest.mark.parametrize("seen", [(20.0, 54.9, 27.0, 54.9), (20.0, 54.0, 20.0, 56.0), (27.0, 54.0, 20.0, 56.0)])
def test_map_that_has_no_size_yet_tells_nothing(session: Session, shipped: Dataset, seen: Bounds) -> None:
    """Its frame had no height while the page was drawn anew, and the whole page was an error."""
    opened(session, shipped, View(LITHUANIA, Viewport(*VILNIUS)), VILNIUS)
    before = session.view, session.seen, session.focus
    sight.take_up({"seen": list(seen), "zoom": 7, "turn": session.turn, "moved": True})
    assert (session.view, session.seen, session.focus) == before


def test_all_of_the_selection_is_no_area(session: Session, shipped: Dataset) -> None:
    _found, selection = opened(session, shipped, View(LITHUANIA, Viewport(*VILNIUS)))
    sight.take_up_all(extent_of(selection))
    assert session.view.viewport is None
    assert (focus_of(session).bounds, focus_of(session).clear) == (extent_of(selection), True)


@pytest.mark.parametrize(
    "act", [state.reset, lambda dataset: state.show_changes_since(dataset.releases[0].name)], ids=["reset", "changes"]
)
def test_what_names_no_place_is_looked_at(session: Session, shipped: Dataset, act: Callable[[Dataset], object]) -> None:
    opened(session, shipped, View(POLAND, Viewport(*VILNIUS)), VILNIUS)
    act(shipped)
    assert (session.view.viewport, session.focus, session.seen) == (None, None, None)


def test_page_is_left_and_returned_to_without_a_change_of_place(session: Session, shipped: Dataset) -> None:
    opened(session, shipped, View(POLAND, Viewport(*VILNIUS)), VILNIUS)
    before = session.focus, session.view
    for page in ("trends", "map"):
        state.go(page)
        ask(session, shipped, View(POLAND, session.view.viewport))
    assert (session.focus, session.view) == before
