"""Cursor on Target 2.0, for the maps of TAK: an event for each incident and own-side object."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from dashboard.core.incidents.columns import FRIENDLY
from dashboard.core.query.view import APP6, one_line
from dashboard.language import _
from dashboard.render.export.records import object_parts
from dashboard.render.symbols.mark_style import Kind, kinds_of
from dashboard.render.text.handout import Handout
from dashboard.render.text.incident import fields_in_words, place_in_words, when_in_words

MIME = "application/xml"
UNKNOWN = "9999999.0"  # a height, or an error of one, that is not known
ESTIMATED = "h-e"  # a place as people estimated it
AFFILIATIONS = {"suspect": "s", "neutral": "n", "unknown": "u", "friend": "f"}
# What the tree of types says of an object beyond that it was in the air. It parts the others into military and civil,
# which no report says of a balloon or a helicopter.
OBJECTS = {"uav": "-M-F-Q", "missile": "-W-M"}
STALE = timedelta(days=1)  # after the file was made: what is not read again goes from the map


def cot_parts(handout: Handout) -> Iterator[bytes]:
    """Write events, some at a time, within one element; text is plain, and marked where the view is."""
    yield b"<?xml version='1.0' encoding='utf-8'?>\n<events>\n"
    for rows in object_parts(handout):
        kinds = kinds_of(rows, APP6)
        events = (_event(row, kind, handout) for row, kind in zip(rows.itertuples(), kinds, strict=True))
        yield b"".join(etree.tostring(event, encoding="utf-8") + b"\n" for event in events)
    yield b"</events>\n"


def _event(row: Any, kind: Kind, handout: Handout) -> Any:
    event = etree.Element(
        "event",
        version="2.0",
        uid=f"airspace-incursion.{row.id}",
        type=f"a-{AFFILIATIONS[kind.identity]}-A{OBJECTS.get(row.object_type, '')}",
        how=ESTIMATED,
        time=_instant(handout.produced),
        start=_instant(row.started_at if row.started_at == row.started_at else row.date),  # NaT is not equal to itself
        stale=_instant(handout.produced + STALE),
    )
    accuracy_m = f"{row.location_accuracy_km * 1000:.1f}"
    place = {"lat": f"{row.latitude:g}", "lon": f"{row.longitude:g}"}
    etree.SubElement(event, "point", place, hae=UNKNOWN, ce=accuracy_m, le=UNKNOWN)
    detail = etree.SubElement(event, "detail")
    etree.SubElement(detail, "contact", callsign=one_line(row.place))
    etree.SubElement(detail, "remarks").text = "\n".join(map(one_line, _remarks(row, handout)))
    return event


def _remarks(row: Any, handout: Handout) -> Iterator[str]:
    if handout.marking:
        yield handout.marking
    yield f"{place_in_words(row)} · {when_in_words(row)}"
    if row.side == FRIENDLY:
        yield _("Own side, not counted")
    for label, words in fields_in_words(row):
        yield _("{label}: {words}").format(label=label, words=words)
    yield row.summary
    yield from row.sources


def _instant(at: datetime) -> str:
    """An instant in UTC; a day begins with its first."""
    return (at.astimezone(UTC) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M:%SZ")
