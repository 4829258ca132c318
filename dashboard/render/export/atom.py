"""Changes of incidents as an Atom feed (RFC 4287) with their places (GeoRSS-Simple): an entry for each incident."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from dashboard.core.data.changes import Changes
from dashboard.core.query.view import one_line
from dashboard.core.record.record import Change
from dashboard.language import _, number
from dashboard.render.text.changes import correction_in_words, reason_in_words
from dashboard.render.text.history import title_of_change
from dashboard.render.text.incident import place_in_words, when_in_words

MIME = "application/atom+xml"
ATOM, GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
_OURS = uuid.UUID("5b0d4a3e-9f0c-4d53-8f5e-2f6f0b1c7a44")  # of the names from which IDs are made
# What became of an incident, as programs and as people read it.
ADDED, REINSTATED, CORRECTED, WITHDRAWN, SET_ASIDE = "added", "reinstated", "corrected", "withdrawn", "set-aside"
WORDS = {
    ADDED: _("Added"),
    REINSTATED: _("Reinstated"),
    CORRECTED: _("Corrected"),
    WITHDRAWN: _("Withdrawn"),
    SET_ASIDE: _("Set aside for a fault"),
}
OWN_SIDE = "own-side"


@dataclass(frozen=True)
class Entry:
    """An entry of the feed.

    id
        Always the same for the same change of the same incident.
    kinds
        What became of it, and ``own-side`` where it is no incident.
    row
        The incident as it is, or as it last was; None for a change that is told as a whole.
    """

    id: str
    title: str
    summary: str
    updated: datetime
    kinds: tuple[str, ...] = ()
    row: Any = None


@dataclass(frozen=True)
class Feed:
    """The words of a feed on itself, and its links.

    links
        Addresses by their relation: ``self``, ``next``, ``alternate`` …
    page
        The address of the app, to which a question can be added.
    """

    id: str
    title: str
    author: str
    rights: str
    updated: datetime
    links: Mapping[str, str]
    page: str


def urn(*names: object) -> str:
    """An ID that is always the same for the same names."""
    return uuid.uuid5(_OURS, "\n".join(map(str, names))).urn


def entries_of(change: Change, changes: Changes) -> Iterator[Entry]:
    """The entries of one change of the record, an incident each."""
    were = {row.id: row for row in changes.before.itertuples()}
    are = {row.id: row for row in changes.after.itertuples()}
    parts: list[tuple[str, Mapping[str, str], Mapping[str, Any]]] = [
        (ADDED, {id_: are[id_].summary for id_ in changes.added}, are),
        (REINSTATED, {id_: are[id_].summary for id_ in changes.reinstated}, are),
        (CORRECTED, {id_: _corrections(changes, id_, were[id_], are[id_]) for id_ in changes.corrected}, are),
        (WITHDRAWN, {id_: reason_in_words(why, changes.nameless) for id_, why in changes.withdrawn.items()}, were),
        (SET_ASIDE, dict.fromkeys(changes.unusable, ""), were),
    ]
    for kind, told, rows in parts:
        for id_, summary in told.items():
            row = rows[id_]
            own_side = id_ in changes.own_side
            words = _("{what} (own side): {place}, {when}") if own_side else _("{what}: {place}, {when}")
            title = words.format(what=WORDS[kind], place=place_in_words(row), when=when_in_words(row))
            kinds = (kind, OWN_SIDE) if own_side else (kind,)
            yield Entry(urn(change.at.isoformat(), id_), title, summary or title, change.at, kinds, row)


def entry_of_all(change: Change, incidents: int) -> Entry:
    """The one entry of a change that is too large to be told by incidents."""
    words = _("{title}. It changed {count} incidents, too many to be told one by one; read all incidents anew.")
    title = title_of_change(change)
    return Entry(urn(change.at.isoformat()), title, words.format(title=title, count=number(incidents)), change.at)


def _corrections(changes: Changes, id_: str, was: Any, is_: Any) -> str:
    months = (was.date_precision == "month", is_.date_precision == "month")
    told = (correction_in_words(field, months=months) for field in changes.corrected[id_])
    return "\n".join(_("{label}: {before} → {after}").format(label=a, before=b, after=c) for a, b, c in told)


def make_feed(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """Write a feed; every text in it is plain."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "georss": GEORSS})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(feed.updated))
    _add(_add(root, "author"), "name", feed.author)
    if feed.rights:
        _add(root, "rights", feed.rights)
    for way, address in feed.links.items():
        _add(root, "link", rel=way, href=address, type="text/html" if way == "alternate" else MIME)
    for entry in entries:
        _add_entry(root, entry, feed.page)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return content


def _add_entry(root: Any, entry: Entry, page: str) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _instant(entry.updated))
    for kind in entry.kinds:
        _add(element, "category", term=kind)
    _add(element, "summary", entry.summary)
    if entry.row is None:
        _add(element, "link", rel="alternate", href=page, type="text/html")
        return
    row = entry.row
    gone = WITHDRAWN in entry.kinds or SET_ASIDE in entry.kinds
    _add(element, "link", rel="alternate", href=page if gone else f"{page}?id={row.id}", type="text/html")
    for source in row.sources:
        _add(element, "link", rel="via", href=source)
    etree.SubElement(element, f"{{{GEORSS}}}point").text = f"{row.latitude:g} {row.longitude:g}"
    etree.SubElement(element, f"{{{GEORSS}}}radius").text = f"{row.location_accuracy_km * 1000:.0f}"  # metres


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        element.text = "\n".join(map(one_line, text.split("\n")))
    return element


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
