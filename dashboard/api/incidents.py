"""The incidents of a view as files, the same that the page hands out: GeoJSON, CSV, KML and JSON; and for TAK."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from dashboard.api.admission import marking_header
from dashboard.api.answers import answer, has_already, not_modified, state_headers
from dashboard.api.asked import Asked, neighbours, read_asked
from dashboard.api.noting import noted
from dashboard.api.shared import shared_data
from dashboard.render.export import EXPORTS, cot, export_parts
from dashboard.render.export.records import part_of
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.text.left_out import not_shown

# By kind: the MIME type, and the function that makes the file.
FILES: dict[str, tuple[str, Callable[[Handout], Iterable[bytes]]]] = {
    **{kind: (EXPORTS[kind], partial(export_parts, kind=kind)) for kind in ("geojson", "csv", "kml", "json")},
    "cot": (cot.MIME, cot.cot_parts),
}
TOTAL, LEFT_OUT = "Dashboard-Total", "Dashboard-Left-Out"  # headers


def incidents_as(kind: str) -> Callable[[Request], Response]:
    """Make the function that answers with the incidents of a view in one kind of file."""
    media_type, parts_of = FILES[kind]

    def incidents(request: Request) -> Response:
        asked = read_asked(request)
        data = shared_data(asked.view)
        headers = state_headers(data, kind, asked.view.query_string(), asked.part)
        if has_already(request, headers):
            return not_modified(headers)
        handout = make_handout(data, asked.view, datetime.now(UTC))
        headers |= _told_of(request, asked, handout)
        if asked.part is not None:
            handout = part_of(handout, asked.part)
        return answer(request, noted(request, parts_of(handout), asked.view, data), media_type, headers)

    return incidents


def _told_of(request: Request, asked: Asked, handout: Handout) -> dict[str, str]:
    """Headers on the whole of what is asked for: its marking, its rows, what it leaves out, and the parts beside."""
    rows = len(handout.incidents) + len(handout.friendly)
    left_out = {name.replace(" ", "-"): count for name, count in not_shown(handout).items()}
    links = neighbours(request, asked, rows)
    return {
        **marking_header(handout.marking),
        TOTAL: str(rows),
        LEFT_OUT: ", ".join(f"{name}={count}" for name, count in left_out.items()),
        **({"link": ", ".join(f'<{link}>; rel="{way}"' for way, link in links.items())} if links else {}),
    }
