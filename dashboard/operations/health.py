"""Health of the server: that it lives, that it can show the data, and how old they are."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard import __version__
from dashboard.errors import DashboardError
from dashboard.render.text.age import days_old, is_old
from dashboard.ui.data import alarm, dataset, shown

LIVE, READY, DETAILS = "/health/live", "/health/ready", "/health"
_NOT_KEPT = {"cache-control": "no-store"}


def _live(_request: Request) -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "ok"}, headers=_NOT_KEPT)


def _ready(_request: Request) -> JSONResponse:
    """The data can be shown, if not the newest."""
    is_ready = _can_show()
    return JSONResponse({"status": "ok" if is_ready else "fault"}, 200 if is_ready else 503, headers=_NOT_KEPT)


def _details(_request: Request) -> JSONResponse:
    """Version, data with their age, and the alarm that every page shows."""
    is_ready = _can_show()
    return JSONResponse(details(datetime.now(UTC)), 200 if is_ready else 503, headers=_NOT_KEPT)


def _can_show() -> bool:
    """Tell whether there are data to show; where there never were any, they may be there now."""
    if shown() is None:
        try:
            dataset()
        except DashboardError:
            return False
    return True


def details(now: datetime) -> dict[str, Any]:
    """The health of the server as JSON has it.

    ``status`` is ``ok``, ``warning`` where newer data are not shown or the data are old, or ``fault`` without data.
    """
    data = shown()
    if data is None:
        return {"status": "fault", "version": __version__, "data": None, "alarm": ""}
    old = is_old(data, now)
    return {
        "status": "warning" if alarm() or old else "ok",
        "version": __version__,
        "data": {
            "incidents": len(data.incidents),
            "problems": len(data.problems),
            "cutoff": data.about.cutoff.astimezone(UTC).isoformat(),
            "days_old": days_old(data, now),
            "is_old": old,
            "change": data.moment,
            "sha256": data.fingerprint,
        },
        "alarm": alarm(),
    }


ROUTES = [Route(LIVE, _live), Route(READY, _ready), Route(DETAILS, _details)]
