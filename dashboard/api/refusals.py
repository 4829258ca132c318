"""Refusals of the API: problem details after RFC 9457, in words that say what was expected."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dashboard.errors import DashboardError, DataError, QueryError, SheetError, StorageError
from dashboard.language import _
from dashboard.ui.escaping import for_visitors

PROBLEM = "application/problem+json"
# The first that fits an error.
STATUS_OF = {
    QueryError: HTTPStatus.BAD_REQUEST,
    SheetError: HTTPStatus.NOT_FOUND,  # of what is asked for, nothing can be known
    DataError: HTTPStatus.SERVICE_UNAVAILABLE,
    StorageError: HTTPStatus.SERVICE_UNAVAILABLE,
}
_log = logging.getLogger(__name__)


class Refusal(Exception):  # noqa: N818 - it is an answer
    """A request that is not answered.

    headers
        What the answer must tell beside its words.
    """

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})

    def answer(self) -> JSONResponse:
        """The answer that tells it."""
        content = {"type": "about:blank", "title": self.status.phrase, "status": self.status, "detail": self.detail}
        return JSONResponse(content, self.status, self.headers, PROBLEM)


def refused(_request: Request, error: Refusal) -> JSONResponse:
    """Answer one of our own refusals."""
    return error.answer()


def refusal_of(error: Exception) -> Refusal:
    """The refusal of what could not be done, by its error."""
    status = next((status for kind, status in STATUS_OF.items() if isinstance(error, kind)), HTTPStatus.CONFLICT)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        _log.warning("%s", error)
    return Refusal(status, for_visitors(error))


def not_done(_request: Request, error: Exception) -> JSONResponse:
    """Answer what could not be done."""
    return refusal_of(error).answer()


def not_found(_request: Request, error: HTTPException) -> JSONResponse:
    """Answer an address that is not there, or a method that it does not have."""
    status = HTTPStatus(error.status_code)
    words = {
        HTTPStatus.NOT_FOUND: _("There is nothing at this address. /api lists what there is."),
        HTTPStatus.METHOD_NOT_ALLOWED: _("This address can only be read, with GET or HEAD."),
    }
    return Refusal(status, words.get(status, str(error.detail)), error.headers).answer()


def failed(_request: Request, _error: Exception) -> JSONResponse:
    """Answer a fault of ours; the server's log has it."""
    detail = _("The server met a fault that it did not foresee; its log says which.")
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, detail).answer()


HANDLERS: dict[type[Exception], Callable[[Request, Any], JSONResponse]] = {
    Refusal: refused,
    DashboardError: not_done,
    HTTPException: not_found,
    Exception: failed,
}
