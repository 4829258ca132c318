"""KML 2.2, for Google Earth and its like.

Written by hand: fastkml leaves out, without a word, empty values and the colour of an icon that has no picture, and a
picture would have to be a file beside this one.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

import shapely

from dashboard.core.incidents.columns import CATEGORIES, FRIENDLY
from dashboard.core.incidents.vocabulary import word
from dashboard.core.query.view import one_line
from dashboard.language import _, state_name
from dashboard.render.export.records import ExportColumn, about, as_text, columns_of, object_parts, track_columns
from dashboard.render.symbols.mark_style import kind_of
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.distances import accuracy_in_words
from dashboard.render.text.handout import Handout, metadata
from dashboard.render.text.incident import fields_in_words, place_in_words, when_in_words

NAMESPACE = "http://www.opengis.net/kml/2.2"
TRACK_WIDTH = 2  # pixels
ICON_SCALE = 0.9


def kml_parts(handout: Handout) -> Iterator[bytes]:
    """A document with a folder for each category of incident and one for tracks, in the colours of the light map.

    What the file says of itself is the document's description, and its ``ExtendedData`` for programs. A description is
    plain text, escaped as HTML before it is escaped as XML, since programs show it as HTML. The ``ExtendedData`` of an
    incident or a track holds every column.
    """
    pairs = about(handout)
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<kml xmlns="{NAMESPACE}">\n<Document>',
        _element("name", one_line(handout.title)),
        _element("open", "1"),
        _description(pairs),
        *(_style(category, LIGHT.categories[category]) for category in CATEGORIES),
        *([_style(FRIENDLY, LIGHT.muted)] if _has_own_side(handout) else []),
        *_extended([ExportColumn(label, "text", [text]) for label, text in pairs]),
    ]
    yield "\n".join([*head, ""]).encode()
    for category in CATEGORIES:
        yield from _folder(word("category", category), _incidents(handout, category))
    yield from _folder(_("Own side, not counted"), _incidents(handout, FRIENDLY))
    yield from _folder(_("Flight tracks, approximate"), _tracks(handout))
    yield b"</Document>\n</kml>\n"


def make_network_link(handout: Handout, address: str, every_s: int | None) -> bytes:
    """A document that reads the incidents at an address: every so many seconds, or when it is opened."""
    refresh = [_element("refreshMode", "onInterval" if every_s else "onChange")]
    if every_s:
        refresh.append(_element("refreshInterval", str(every_s)))
    link = f"<Link>{_element('href', address)}{''.join(refresh)}</Link>"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<kml xmlns="{NAMESPACE}">\n<NetworkLink>',
            _element("name", one_line(handout.title)),
            _element("open", "1"),
            _description([(label, text) for label, text in metadata(handout) if label == _("Marking")]),
            link,
            "</NetworkLink>\n</kml>\n",
        ]
    ).encode()


def _folder(name: str, parts: Iterable[list[bytes]]) -> Iterator[bytes]:
    """A folder of placemarks, some at a time; none where there are none."""
    begun = False
    for marks in parts:
        head = [] if begun else [f"<Folder>\n{_element('name', name)}".encode()]
        yield b"\n".join([*head, *marks, b""])
        begun = True
    if begun:
        yield b"</Folder>\n"


def _incidents(handout: Handout, category: str) -> Iterator[list[bytes]]:
    """The placemarks of a category, some at a time."""
    for rows in object_parts(handout):
        shown = rows["side"] == FRIENDLY
        if category != FRIENDLY:
            shown = (rows["category"] == category) & ~shown
        if shown.any():
            some = rows[shown]
            data = _extended(columns_of(some, handout.numbers))
            yield [_incident(row, cells) for row, cells in zip(some.itertuples(), data, strict=True)]


def _has_own_side(handout: Handout) -> bool:
    return any((rows["side"] == FRIENDLY).any() for rows in object_parts(handout))


def _tracks(handout: Handout) -> Iterator[list[bytes]]:
    if handout.tracks.empty:
        return
    flown = handout.objects[handout.objects["id"].isin(handout.tracks["incident_id"])]
    by_id = {row.id: row for row in flown.itertuples()}
    data = _extended(track_columns(handout))
    yield [
        _track(row, by_id[row.incident_id], cells) for row, cells in zip(handout.tracks.itertuples(), data, strict=True)
    ]


def _incident(row: Any, data: str) -> bytes:
    pairs = [
        (_("When"), when_in_words(row)),
        *fields_in_words(row),
        (_("Summary"), row.summary),
        (_("Sources"), " ".join(row.sources)),
    ]
    return _placemark(
        _element("name", place_in_words(row)),
        _description([(label, text) for label, text in pairs if text]),
        _when(row),
        _element("styleUrl", f"#{kind_of(row).category}"),
        data,
        _shape(row.geometry),
    )


def _track(row: Any, incident: Any, data: str) -> bytes:
    pairs = [
        (_("Route"), row.basis),
        (_("Approximate"), _("within {distance}").format(distance=accuracy_in_words(row.accuracy_km))),
        (_("Sources"), " ".join(row.sources)),
        (_("Reference"), row.incident_id),
    ]
    return _placemark(
        _element(
            "name", _("Track of {place}, {state}").format(place=incident.place, state=state_name(incident.country))
        ),
        _description(pairs),
        _when(incident),
        _element("styleUrl", f"#{kind_of(incident).category}"),
        data,
        _shape(row.geometry),
    )


def _when(row: Any) -> str:
    """The time of an incident as exactly as it is known: days, a month, an instant or a day."""
    if row.end_date == row.end_date and row.end_date != row.date:  # NaT is not equal to itself
        begin, end = _element("begin", f"{row.date:%Y-%m-%d}"), _element("end", f"{row.end_date:%Y-%m-%d}")
        return f"<TimeSpan>{begin}{end}</TimeSpan>"
    if row.date_precision == "month":
        when = f"{row.date:%Y-%m}"
    else:
        when = f"{row.started_at:%Y-%m-%dT%H:%M:%SZ}" if row.started_at == row.started_at else f"{row.date:%Y-%m-%d}"
    return f"<TimeStamp>{_element('when', when)}</TimeStamp>"


def _shape(shape: shapely.Geometry) -> str:
    points = " ".join(f"{longitude},{latitude}" for longitude, latitude in shapely.get_coordinates(shape).tolist())
    tessellate = "" if shape.geom_type == "Point" else _element("tessellate", "1")
    return f"<{shape.geom_type}>{tessellate}{_element('coordinates', points)}</{shape.geom_type}>"


def _style(name: str, colour: str) -> str:
    colour = colour.removeprefix("#").lower()
    # Opacity first, then blue, green and red.
    colour = _element("color", f"ff{colour[4:6]}{colour[2:4]}{colour[:2]}")
    icon = f"<IconStyle>{colour}{_element('scale', str(ICON_SCALE))}</IconStyle>"
    line = f"<LineStyle>{colour}{_element('width', str(TRACK_WIDTH))}</LineStyle>"
    return f'<Style id="{name}">{icon}<LabelStyle>{colour}</LabelStyle>{line}</Style>'


def _extended(columns: list[ExportColumn]) -> Iterable[str]:
    """The texts of every column, row by row."""
    heads = [f'<Data name="{escape(column.name)}"><value>' for column in columns]
    for row in zip(*(column.values for column in columns), strict=True):
        cells = (f"{head}{escape(as_text(value))}</value></Data>" for head, value in zip(heads, row, strict=True))
        yield f"<ExtendedData>{''.join(cells)}</ExtendedData>"


def _description(pairs: Iterable[tuple[str, str]]) -> str:
    return _element("description", escape("\n".join(f"{label}: {text}" for label, text in pairs), quote=False))


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"


def _placemark(*parts: str) -> bytes:
    """A placemark, encoded at once: as text many of them would take three times the room."""
    content = "\n".join(parts)
    return f"<Placemark>\n{content}\n</Placemark>".encode()
