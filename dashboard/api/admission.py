"""Admission to the API: each request is allowed or refused, counted, and every answer carries the server's marking."""

import math
import time
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from fastapi.responses import JSONResponse
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.api.permission import address_asking, reader
from dashboard.api.refusals import Refusal, not_done
from dashboard.errors import StorageError
from dashboard.language import ngettext, number
from dashboard.settings import settings

MARKING = "Dashboard-Marking"


def marking_header(marking: str) -> Mapping[str, str]:
    """The header that tells a marking, percent-encoded where it is not ASCII; none without one."""
    return {MARKING: quote(marking, safe=" :+/,.()'")} if marking else {}


class Admit:
    """Middleware that lets in who may read, no more often than is allowed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why it is refused."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in marking_header(settings().marking).items():
                    headers.setdefault(name, value)
            await send(message)

        answer = await self._refusal(Request(scope)) or self.app
        await answer(scope, receive, send_marked)

    async def _refusal(self, request: Request) -> JSONResponse | None:
        who, refusal = address_asking(request), None
        try:
            who = await run_in_threadpool(reader, request)
        except Refusal as error:
            refusal = error.answer()
        except StorageError as error:
            refusal = not_done(request, error)
        return self._too_often(who) or refusal

    def _too_often(self, who: str) -> JSONResponse | None:
        """Count a request, of those that are refused as well; and refuse it if there were too many."""
        most = settings().api_requests
        limit = RateLimitItemPerMinute(most)
        if self._limiter.hit(limit, who):
            return None
        wait = max(1, math.ceil(self._limiter.get_window_stats(limit, who).reset_time - time.time()))
        words = ngettext(
            "More than {most} request in a minute. Ask again in {wait} s.",
            "More than {most} requests in a minute. Ask again in {wait} s.",
            most,
        )
        detail = words.format(most=number(most), wait=wait)
        return Refusal(HTTPStatus.TOO_MANY_REQUESTS, detail, {"retry-after": str(wait)}).answer()
