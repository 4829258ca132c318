"""The use of the screen: work, an import under way, a briefing, or a wall; kept in the address beside the view."""

from streamlit.runtime.state import QueryParamsProxy

from dashboard.core.query.view import DRAFT, EVERY, PRESENT, STEP, WALL
from dashboard.core.record.record import Record, record_at
from dashboard.core.saved_views.recorded import SavedViews, load, take_in
from dashboard.errors import DashboardError
from dashboard.settings import settings
from dashboard.ui.escaping import for_visitors
from dashboard.ui.session import session

QUICKEST_S, SLOWEST_S, USUAL_S = 5, 3600, 30  # seconds between the steps of a wall


def begin(query: QueryParamsProxy) -> None:
    """Read the use of the screen from the address, once a session."""
    every_s = min(SLOWEST_S, max(QUICKEST_S, _number(query, EVERY) or USUAL_S))
    session().every_s = every_s if _on(query, WALL) else 0
    session().present = bool(session().every_s) or _on(query, PRESENT)
    session().step = _number(query, STEP) if session().present else 0
    session().tick = 0
    session().draft = query.get(DRAFT, "")


def query() -> dict[str, list[str]]:
    """The use of the screen as the address names it."""
    words: dict[str, list[str]] = {}
    if session().page == "import" and session().draft:
        words = {DRAFT: [session().draft]}
    if session().every_s:
        words |= {WALL: ["1"], EVERY: [str(session().every_s)]}
    elif session().present:
        words |= {PRESENT: ["1"]}
    return words | ({STEP: [str(session().step)]} if session().step else {})


def present(*, on: bool) -> None:
    """Begin a briefing, or leave it; the view stays, and with a chart its page."""
    session().present = on
    session().step = 0
    if on:
        session().page = "trends" if session().view.chart else "map"
    else:
        session().every_s = 0


def record() -> Record:
    """The record, which keeps the saved views.

    Raises
    ------
    DashboardError
        It cannot be used.
    """
    return record_at(settings().record)


def saved_views() -> SavedViews:
    """The saved views; a record that never had any begins with those of the file that a setting names.

    Raises
    ------
    DashboardError
        The record, or that file, cannot be read.
    """
    found = load(record())
    if not found.moment:
        take_in(record(), settings().views)
        found = load(record())
    return found


def saved() -> tuple[SavedViews, str]:
    """The saved views, and the reason why they could not be read, or an empty text."""
    try:
        return saved_views(), ""
    except DashboardError as error:
        return SavedViews(), for_visitors(error)


def _on(query: QueryParamsProxy, name: str) -> bool:
    return query.get(name, "") not in ("", "0")


def _number(query: QueryParamsProxy, name: str) -> int:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
