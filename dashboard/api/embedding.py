"""The map alone, for a page elsewhere that shows it within itself: ``embed=1`` in the address of the page."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.api.answers import answer, has_already, not_modified, state_headers
from dashboard.api.asked import read_asked, wrong
from dashboard.api.noting import noted
from dashboard.api.refusals import Refusal, refusal_of
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.render.text.handout import make_handout
from dashboard.render.web.webpage import make_webpage
from dashboard.ui.data import dataset

HTML = "text/html; charset=utf-8"


def embedded(request: Request) -> Response:
    """Answer with the map of a view as one page that asks for nothing else; a refusal is a sentence to read."""
    try:
        return _map(request)
    except (Refusal, DashboardError) as error:
        refusal = error if isinstance(error, Refusal) else refusal_of(error)
        return PlainTextResponse(refusal.detail, refusal.status)


def _map(request: Request) -> Response:
    asked = read_asked(request)
    if asked.part is not None:
        raise wrong(_("The map shows all incidents of a view: leave out limit and offset."))
    data = dataset().at(asked.view)
    headers = state_headers(data, "embed", asked.view.query_string())
    if has_already(request, headers):
        return not_modified(headers)
    handout = make_handout(data, asked.view, datetime.now(UTC))
    parts = noted(request, [make_webpage(handout, alone=True)], asked.view, data)
    return answer(request, parts, HTML, headers)
