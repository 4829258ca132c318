"""A session: what is done to it is done whole, though Streamlit may break off a callback at any access to its state."""

from collections.abc import Callable
from datetime import date

import pytest
import streamlit as st
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.area import Viewport
from dashboard.core.query.filter import GROUPS
from dashboard.core.query.periods import Period
from dashboard.core.query.view import PREVIOUS, View, parse_query_string
from dashboard.settings import settings
from dashboard.ui import comparison_choice, state
from dashboard.ui import session as sessions
from dashboard.ui.session import Session
from tests.conftest import VIEWS


class Broken:
    """A session state that breaks off whoever touches it, as Streamlit's does when the page has sent something new.

    Only asked for all values it breaks off nobody.
    """

    def __init__(self, **values: object) -> None:
        self.__dict__["to_dict"] = lambda: values

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"session_state.{name} was asked for")

    def __setattr__(self, name: str, value: object) -> None:
        raise AssertionError(f"session_state.{name} was set")

    def __contains__(self, name: str) -> bool:
        raise AssertionError(f"whether {name} is in session_state was asked")

    def __getitem__(self, name: str) -> object:
        raise AssertionError(f"session_state[{name!r}] was asked for")

    def __setitem__(self, name: str, value: object) -> None:
        raise AssertionError(f"session_state[{name!r}] was set")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, shipped: Dataset) -> Session:
    """A session in which everything is shown, and in which a callback runs."""
    begun = Session(page="map")
    monkeypatch.setattr(sessions, "_id", lambda: "one")
    monkeypatch.setitem(sessions._SESSIONS, "one", begun)
    monkeypatch.setattr(st, "session_state", Broken())  # and whose widgets hold nothing yet
    state.open_view(View(), shipped)
    return begun


def chosen(session: Session) -> set[tuple[str, str]]:
    return {(group, value) for group in GROUPS for value in session.widgets.chosen(group)}


def test_view_is_opened_without_asking_streamlit_for_anything(session: Session, shipped: Dataset) -> None:
    query = "country=RO&category=debris&from=2025-01-01&to=2025-12-31&area=22,42,34,48&title=Debris&symbols=app6"
    state.open_view(parse_query_string(query)[0], shipped)
    assert chosen(session) == {("countries", "RO"), ("categories", "debris")}
    assert session.widgets.get("dates") == (date(2025, 1, 1), date(2025, 12, 31))
    assert (session.view.title, session.view.symbols, session.view.viewport, session.turn) == (
        "Debris",
        "app6",
        Viewport(22, 42, 34, 48),
        2,
    )


def test_what_is_chosen_while_something_new_has_come_is_not_lost(
    session: Session, shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A toggle that was clicked while the map reported a move went back to where it was."""
    days = date(2025, 1, 1), date(2025, 1, 31)
    monkeypatch.setattr(st, "session_state", Broken(comparing=True, earlier=days))
    comparison_choice.compare_or_not()
    compared = [session.view.compare]
    comparison_choice.compare_with(shipped)
    compared.append(session.view.compare)
    assert compared == [PREVIOUS, Period(*days)]
    monkeypatch.setattr(st, "session_state", Broken(again="country=LT"))
    state.open_again(shipped)
    assert chosen(session) == {("countries", "LT")}


def test_days_of_a_comparison_that_was_switched_off_do_not_switch_it_on_again(
    session: Session, shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page sent them with a move of the map, before it knew that their field is gone."""
    monkeypatch.setattr(st, "session_state", Broken(comparing=False, earlier=(date(2025, 1, 1), date(2025, 1, 31))))
    comparison_choice.compare_or_not()
    comparison_choice.compare_with(shipped)
    assert session.view.compare is None


def test_choice_in_a_widget_that_was_replaced_changes_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = session.widgets.show("colours-trends", "light")
    monkeypatch.setattr(st, "session_state", Broken(**{old: "dark"}))
    assert session.widgets.choice("colours-trends") == "dark"
    new = session.widgets.show("colours-trends", "contrast")
    assert new != old
    assert session.widgets.choice("colours-trends") == "contrast"  # though the page still sends the old one


def test_streamlit_breaks_off_who_asks_for_one_value_and_not_who_asks_for_all() -> None:
    """The reason for value_of: a request that came meanwhile is seen at the first, and not at the second."""
    seen: list[str] = []
    state_ = SafeSessionState(SessionState(), lambda: seen.append("asked"))
    state_["comparing"] = True
    seen.clear()
    assert state_.filtered_state == {"comparing": True}
    assert not seen
    assert state_["comparing"]
    assert seen == ["asked"]


@pytest.mark.parametrize(
    "act",
    [
        state.reset,
        lambda dataset: state.choose_days(dataset, 20_000, 20_100),
        lambda dataset: state.step_to(1, dataset),
        lambda _dataset: state.select("LT-2025-07-28-gaiziunai"),
        lambda _dataset: state.go("trends"),
        lambda _dataset: state.show_changes_since("2026-11-25-4f14c0d9"),
        lambda dataset: state.present(dataset, on=True),
    ],
    ids=["reset", "days", "step", "select", "go", "changes", "present"],
)
def test_no_callback_can_be_broken_off_half_way(
    session: Session, shipped: Dataset, act: Callable[[Dataset], object]
) -> None:
    session.widgets.set(("countries", "LT"), True)
    before = repr(session)
    act(shipped)
    assert repr(session) != before


@pytest.mark.parametrize(
    ("query", "step", "title"),
    [
        ("", 1, "Drones over Poland"),  # nothing is asked for: the first of the saved views
        ("country=RO&category=debris&title=Debris in Romania", 3, "Debris in Romania"),  # it is one of them
        ("country=EE", 0, ""),  # a view of the reader's own
    ],
)
@pytest.mark.usefixtures("own_record")
def test_briefing_begins_with_what_is_on_the_map_or_with_the_first_saved_view(
    session: Session, shipped: Dataset, query: str, step: int, title: str
) -> None:
    settings().views.parent.mkdir(exist_ok=True)
    settings().views.write_text(VIEWS, "utf-8")
    state.open_view(parse_query_string(query)[0], shipped)
    before = state.current(shipped)
    state.present(shipped, on=True)
    shown = state.current(shipped)
    assert (session.present, session.step, shown.title) == (True, step, title)
    assert step == 1 or shown == before
    state.present(shipped, on=False)
    assert (session.present, session.step, state.current(shipped)) == (False, 0, shown)


def test_widget_that_is_given_a_value_is_a_new_one_and_else_stays(session: Session) -> None:
    lithuania, widgets = ("countries", "LT"), session.widgets
    first = widgets.key(lithuania)
    widgets.set(lithuania, False)
    assert widgets.key(lithuania) == first
    widgets.set(lithuania, True)
    second = widgets.key(lithuania)
    assert second != first
    widgets.set(lithuania, True)
    assert widgets.key(lithuania) == second
    widgets.set(lithuania, False)
    assert widgets.key(lithuania) not in (first, second)


def test_reading_a_widget_changes_nothing(session: Session, shipped: Dataset) -> None:
    before = repr(session)
    assert session.widgets.get(("countries", "LT")) is False
    assert session.widgets.get("nothing of this name") is None
    assert state.current(shipped) == View()
    assert repr(session) == before


def test_what_a_reader_chose_is_taken_up_and_can_be_taken_back(
    session: Session, shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    lithuania, widgets = ("countries", "LT"), session.widgets
    monkeypatch.setattr(st, "session_state", Broken(**{widgets.key(lithuania): True}))
    state.take_up(shipped)
    assert state.current(shipped).filter.countries == ("LT",)
    drawn = widgets.key(lithuania)
    state.reset(shipped)
    assert state.current(shipped).filter.countries == ()
    assert widgets.key(lithuania) != drawn  # or the page would send the old choice once more
