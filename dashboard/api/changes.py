"""The changes of incidents as a feed, and a link by which a globe reads the incidents again by itself."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from dashboard.api.admission import marking_header
from dashboard.api.answers import LATELY, answer, has_already, not_modified, state_headers
from dashboard.api.asked import LIMIT, address_of, page_address, query_of, read_asked, whole_number, wrong
from dashboard.api.noting import noted
from dashboard.api.shared import shared_changes, shared_data
from dashboard.core.data.changes import Changes
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.history import Entry, History
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import EVERY, View
from dashboard.language import _
from dashboard.render.export import EXPORTS, atom
from dashboard.render.export.kml import make_network_link
from dashboard.render.text.handout import make_handout, with_marking
from dashboard.settings import settings
from dashboard.ui.data import history

BEFORE = "before"  # in a query: the changes before the one with this number
CHANGES = 20  # of a part of the feed, where nothing else is asked for
MOST_CHANGES = 200
MOST_INCIDENTS = 1000  # of a change that is told by incidents
KEPT = 40  # changes whose incidents are kept: two parts of the feed
INTERVAL_S = (5, 3600)


def changes_feed(request: Request) -> Response:
    """Answer with the newest changes of the incidents that a filter lets pass, an entry for each incident."""
    asked = read_asked(request, BEFORE)
    if asked.view.as_of or asked.view.since or asked.offset:
        raise wrong(_("The feed has every change, the newest first: ask with limit and before, not with a moment."))
    data = shared_data()
    past = history()
    most = whole_number(query_of(request), LIMIT, 1, MOST_CHANGES) or CHANGES
    before = whole_number(query_of(request), BEFORE, 1)
    every = past.entries()
    older = [change for change in reversed(every) if change.is_of_data and (not before or change.number < before)]
    shown = older[:most]
    headers = state_headers(data, "atom", asked.view.query_string(), before, most, every[-1].number)
    if has_already(request, headers):
        return not_modified(headers)
    marking = with_marking(asked.view, data.everything.markings, data.friendly["marking"]).marking
    feed = _feed(request, every, shown, len(older) > most, asked.view, marking)
    entries = (one for change in shown for one in _entries(past, change, asked.view.filter, data))
    parts = noted(request, [atom.make_feed(feed, entries)], asked.view, data)
    return answer(request, parts, atom.MIME, headers)


def _feed(
    request: Request, every: Sequence[Entry], shown: Sequence[Entry], has_older: bool, view: View, marking: str
) -> atom.Feed:
    """The words of the feed on itself, and the way to the older changes."""
    page = page_address(request)
    links = {"self": _here(request), "alternate": f"{page}?page=history"}
    if has_older:
        links["next"] = _here(request, **{BEFORE: str(shown[-1].number)})
    return atom.Feed(
        id=atom.urn("feed", every[0].change.at.isoformat(), view.query_string()),
        title=_("Airspace incursions: changes of the data"),
        author=settings().producer or _("Incursion map"),
        rights=marking,
        updated=(shown[0] if shown else every[-1]).change.at,
        links=links,
        page=page,
    )


def _entries(past: History, entry: Entry, filter_: Filter, data: Dataset) -> Iterable[atom.Entry]:
    """The entries of one change, as far as a filter lets its incidents pass."""
    incidents = entry.added + entry.corrected + entry.withdrawn
    if incidents > MOST_INCIDENTS:
        return [atom.entry_of_all(entry.change, incidents)]
    changes = shared_changes(_changes(past, entry.number)).passing(filter_, data.publishers, data.events)
    return atom.entries_of(entry.change, changes)


@lru_cache(maxsize=KEPT)
def _changes(past: History, number: int) -> Changes:
    """The incidents before and after a change, which are read from the record once."""
    return past.differences(number - 1, number).changes


def _here(request: Request, **others: str) -> str:
    """The address of a question, with other values for some of its names."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name not in others]
    query = urlencode([*asked, *others.items()], safe=",")
    return f"{address_of(request)}?{query}" if query else address_of(request)


def network_link(request: Request) -> Response:
    """Answer with a KML file that lets a globe read the incidents of a view: once, or every so many seconds."""
    asked = read_asked(request)
    every = whole_number(query_of(request), EVERY, *INTERVAL_S)
    href = _here(request).replace("/network-link.kml", "/incidents.kml", 1)
    data = shared_data(asked.view)
    handout = make_handout(data, asked.view, datetime.now(UTC))
    content = make_network_link(handout, href, every)
    return answer(request, [content], EXPORTS["kml"], {**LATELY, **marking_header(handout.marking)})
