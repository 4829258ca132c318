"""The interface for other systems: incidents and changes in open formats, under ``/api``; it can only be read."""

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route

from dashboard.api.service import make_service


def _with_slash(_request: Request) -> RedirectResponse:
    return RedirectResponse("api/")  # else Streamlit answers with its page


def routes() -> list[BaseRoute]:
    """The routes of the interface, for the app."""
    return [Route("/api", _with_slash), Mount("/api", make_service())]
