"""The log of exports: what a person who has signed in takes through the interface is noted, as from the page."""

from collections.abc import Iterable, Iterator

from starlette.requests import Request

from dashboard.access.gate import person_asking, role_asking
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.export_log import ExportLog, Hashing, Sheet
from dashboard.core.data.sheet_ids import sheet_id
from dashboard.core.query.view import View
from dashboard.render.text.handout import as_handed_out
from dashboard.settings import settings


def noted(request: Request, parts: Iterable[bytes], view: View, data: Dataset) -> Iterable[bytes]:
    """Parts of a file, of which the last is given only when the file is noted, if a person has asked for it.

    What systems read is not noted: each has a token, and asks every minute. Raises StorageError where it cannot be
    noted, so that the file ends before its end.
    """
    if role_asking(request.scope) is None:
        return parts
    view = as_handed_out(data, view)
    sheet = Sheet(view, sheet_id(view, data.fingerprint))
    return _noting(Hashing(parts), person_asking(request).name, request.url.path.strip("/"), sheet)


def _noting(parts: Hashing, who: str, file: str, sheet: Sheet) -> Iterator[bytes]:
    last = None
    for part in parts:
        if last is not None:
            yield last
        last = part
    ExportLog(settings().record).add(who, file, parts.sha256, [sheet])
    if last is not None:
        yield last
