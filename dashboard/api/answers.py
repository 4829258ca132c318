"""Answers of the API: sent as they are made, compressed, and not at all where the reader has them already."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dashboard import __version__
from dashboard.core.data.dataset import Dataset
from dashboard.core.record.record import record_at
from dashboard.errors import StorageError
from dashboard.settings import settings

LEVEL = 6  # of compression: beyond it, a fiftieth less takes four times as long
GZIP = 16 + zlib.MAX_WBITS  # tells zlib to write the form of gzip
LATELY = {"cache-control": "private, no-cache", "vary": "accept-encoding, authorization"}


def state_headers(dataset: Dataset, *asked: object) -> dict[str, str]:
    """The headers by which a reader knows whether it has an answer already: they follow the record's last change.

    The tag is a weak one, since a file says when it was made. It is another one every day, for so do ages in words
    and the days of which something is known.
    """
    today = datetime.now(UTC).date()
    release = dataset.releases[-1].name if dataset.releases else ""
    facts = (
        __version__,
        today,
        dataset.moment,
        dataset.fingerprint,
        release,
        settings().marking,
        settings().api_marking,
        *asked,
    )
    digest = hashlib.sha256("\n".join(map(str, facts)).encode()).hexdigest()
    headers = {"etag": f'W/"{digest[:32]}"', **LATELY}
    changed = None
    with suppress(StorageError):  # the data are those of the folder then
        changed = record_at(settings().record).instant(dataset.moment)
    if changed:
        headers["last-modified"] = format_datetime(changed.replace(tzinfo=UTC), usegmt=True)
    return headers


def has_already(request: Request, headers: Mapping[str, str]) -> bool:
    """Tell whether the reader has what these headers are of; RFC 9110, section 13.1.2."""
    asked = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return asked.strip() == "*" or headers["etag"].removeprefix("W/") in tags


def not_modified(headers: Mapping[str, str]) -> Response:
    """The answer to a reader who has it already."""
    return Response(status_code=304, headers=dict(headers))


def answer(request: Request, parts: Iterable[bytes], media_type: str, headers: Mapping[str, str]) -> Response:
    """Send a file as it is made; of a question with HEAD, only what would be said of it."""
    told = dict(headers)
    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    if is_packed:
        told["content-encoding"] = "gzip"
    if request.method == "HEAD":
        response = Response(headers={**told, "content-type": media_type})
        del response.headers["content-length"]  # which nobody knows before the file is made
        return response
    return StreamingResponse(_packed(parts) if is_packed else parts, media_type=media_type, headers=told)


def _packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Parts as gzip; in the thread that makes them, not in the one that serves everybody."""
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()
