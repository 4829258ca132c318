"""A view as one HTML file to hand over: map, card and table, opened from disk and asking for nothing.

The scripts of the web map draw the map here, too, from the value that the screen's map is handed, so that the two
cannot disagree. All data goes in as JSON, which ``webpage.js`` puts on the page as text alone.
"""

from dataclasses import asdict, replace
from html import escape
from string import Template
from typing import Any

import geopandas as gpd

from dashboard.core.analysis.numbering import chronological
from dashboard.core.geo.basemap import LEVELS
from dashboard.core.geo.borders import REGION
from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.incidents.own_side import own_side_in_words, with_own_side
from dashboard.core.incidents.schema import is_link
from dashboard.core.incidents.vocabulary import incidents_in_words, word
from dashboard.language import LOCALE, _, ngettext, number, state_name
from dashboard.render.symbols.clustering import CELL_PIXELS, MOST_CELLS, MOST_MARKS
from dashboard.render.symbols.mark_style import kind_of, kinds_of
from dashboard.render.symbols.marking import marking_colours, marking_html
from dashboard.render.symbols.palettes import LIGHT, THEMES
from dashboard.render.text.distances import depth_in_words, track_accuracy_in_words
from dashboard.render.text.handout import Handout, metadata
from dashboard.render.text.incident import (
    OWN_SIDE,
    category_in_words,
    date_time_group,
    fields_in_words,
    kind_in_words,
    place_in_words,
    what_in_words,
    when_in_words,
)
from dashboard.render.web.folium_map import harmless_json, leaflet_options, stage_options
from dashboard.render.web.map_state import (
    Focus,
    Scene,
    categories_of,
    legend_lines,
    names,
    state_of,
    surroundings,
    symbols_of,
)
from dashboard.render.web.page_assets import asset, base64, leaflet_script, packed_topology, page_margins, policy, style
from dashboard.settings import settings

SCRIPTS = (
    "basemap.js",
    "names.js",
    "marks.js",
    "surroundings.js",
    "panels.js",
    "sight.js",
    "map.js",
    "webpage.js",
)  # after Leaflet, in this order
LAST = 2**53  # an own-side object stands after every number where rows are sorted by it
STYLES = ("map.css", "panels.css", "webpage.css")


def make_webpage(handout: Handout) -> bytes:
    """The page: the same handout always gives the same bytes.

    The table lists at most MOST_MARKS incidents, the latest; where there are more, the map counts them all by cells.
    """
    listed = chronological(handout.incidents).tail(MOST_MARKS)[::-1]
    blocks = {"data": harmless_json(_data(handout, listed)), "names": harmless_json(names(handout.dataset.places))}
    blocks |= {f"basemap_{level}": packed_topology(settings().data / f"basemap_{level}.json") for level in LEVELS}
    scripts = [leaflet_script(), *map(asset, SCRIPTS)]
    texts = _texts(handout, len(listed))
    parts = {name: escape(text) for name, text in texts.items()} | {
        "policy": policy(scripts),
        "icon": base64(asset("icon.svg").encode()),
        "style": style(*STYLES),
        "page": page_margins(
            handout.marking,
            marking_colours(handout.marking),
            *(texts[name] for name in ("sheet", "information", "produced")),
        ),
        "mark": marking_html(handout.marking),
        "heads": "".join(
            f'<th scope="col" data-column="{name}"><button type="button">{escape(label)}</button></th>'
            for name, label in _columns().items()
        ),
        "particulars": "".join(
            f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in metadata(handout)
        ),
        "blocks": "\n".join(
            f'<script type="application/json" id="{id_}">{text}</script>' for id_, text in blocks.items()
        ),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return Template(asset("webpage.html")).substitute(parts).encode()


def _texts(handout: Handout, listed: int) -> dict[str, str]:
    """The texts of ``webpage.html``, not escaped yet."""
    time, producer = date_time_group(handout.produced), settings().producer
    produced = _("Produced {time} by {producer}") if producer else _("Produced {time}")
    return {
        "lang": str(LOCALE).replace("_", "-"),
        "title": handout.title,
        "finding": handout.finding,
        "sentence": handout.sentence,
        "marking": handout.marking,
        "number": handout.sheet_id,
        "cutoff": handout.cutoff,
        "sheet": _("Sheet {number}").format(number=handout.sheet_id),
        "information": _("Information to {time}").format(time=handout.cutoff),
        "age": handout.age,
        "old": "old" if handout.alarm else "",
        "produced": produced.format(time=time, producer=producer),
        "caption": handout.nil or _caption(len(handout.incidents), listed, own_side_in_words(handout.friendly)),
        "map": _("Map"),
        "card": _("Incident"),
        "table": _("Table"),
        "about": _("About this page"),
        "sections": _("Sections of this page"),
        "skip": _("Go to the table"),
        "no_scripts": _("Map and table do not appear: scripts are switched off here, or the browser is too old."),
    }


def _caption(count: int, listed: int, aside: str) -> str:
    if listed == count:
        incidents = incidents_in_words(count)
        return _("{incidents}, and {aside}").format(incidents=incidents, aside=aside) if aside else incidents
    return ngettext(
        "The latest {listed} of {count} incidents; {left} older one is counted on the map, but not in this table",
        "The latest {listed} of {count} incidents; {left} older ones are counted on the map, but not in this table",
        count - listed,
    ).format(listed=number(listed), count=number(count), left=number(count - listed))


def _columns() -> dict[str, str]:
    return {
        "number": _("No."),
        "date": _("Date"),
        "place": _("Place"),
        "state": _("State"),
        "what": _("What"),
        "object": _("Object"),
        "from": _("Came from"),
        "status": _("Status"),
        "depth": _("From border"),
        "sources": _("Sources"),
    }


def _row(row: Any, its_number: int | None) -> list[Any]:
    """An incident's cells of the table in the order of its columns: a text, or a text and what it is sorted by."""
    return [
        [str(its_number), its_number] if its_number else [OWN_SIDE, LAST],
        [when_in_words(row), row.date.isoformat()],
        row.place,
        state_name(row.country),
        category_in_words(row),
        what_in_words(row),
        state_name(row.entered_from) if row.entered_from else "–",
        word("status", row.status),
        _depth(row),
        [number(len(row.sources)), len(row.sources)],
    ]


def _depth(row: Any) -> list[Any]:
    """The depth as the table writes it, and the value by which it is sorted."""
    established = is_established(row.depth_km, row.location_accuracy_km)
    return [depth_in_words(row, short=True), row.depth_km if established else -1]


def _data(handout: Handout, listed: gpd.GeoDataFrame) -> dict[str, Any]:
    """The data of ``webpage.js``."""
    selection, many = handout.incidents, len(listed) < len(handout.incidents)
    extent, area = handout.area, handout.view.viewport
    focus = Focus(1, area.bounds, clear=False) if area else Focus(1, extent)
    # In the order of the data, as on the screen: it decides which marks come together in a cluster.
    marks = selection[selection["id"].isin(listed["id"])]
    tracks = handout.tracks[handout.tracks["incident_id"].isin(listed["id"])]
    style = handout.view.symbols
    objects = with_own_side(listed, chronological(handout.friendly))
    tracks_of_legends, legend = _flown(objects, tracks, many=many)
    total = len(selection) if many else 0
    scene = Scene(marks, [], tracks, "", handout.figures, focus, LIGHT, style, extent=extent, total=total)
    scene = replace(scene, friendly=handout.friendly)
    kinds = list(dict.fromkeys(kinds_of(with_own_side(selection, handout.friendly), style)))
    shown = [*kinds_of(objects, ""), *kinds]  # the card and the table have the plain one
    flown: dict[str, list[Any]] = {}
    for track in tracks.itertuples():
        flown.setdefault(track.incident_id, []).append(_track(track))
    labels: dict[str, int] = {}
    return {
        "options": leaflet_options(),
        "stage": stage_options({}) | {"widest": _widest(handout)},
        "state": state_of(scene),
        "looks": {
            palette.name: {
                "palette": asdict(palette),
                "symbols": symbols_of(shown, palette),
                "legends": [
                    legend_lines(kinds, [], categories, focus=position > 0, palette=palette)
                    for position, categories in enumerate(tracks_of_legends)
                ],
            }
            for palette in THEMES.values()
        },
        "incidents": [
            _incident(row, handout.numbers.get(row.id), flown.get(row.id, []), labels) | {"legend": legend[row.id]}
            for row in objects.itertuples()
        ],
        "labels": list(labels),
        "counted": _counted(selection, marks, [kind.key for kind in kinds], style) if many else None,
        "kinds": [kind.key for kind in kinds],
        "categories": CATEGORIES,
        "grid": {"pixels": CELL_PIXELS, "most": MOST_CELLS},
        "selected": handout.view.selected,
        "words": {
            "close": _("Close (Esc)"),
            "latest": _("No incident") if handout.nil else _("Latest incidents"),
            "older": _("An older incident, which is not in the table"),
            "hint": _hint_of(handout, many=many),
            "sources": _("Sources"),
            "track": _("Flight track"),
        },
    }


def _widest(handout: Handout) -> tuple[tuple[float, float], tuple[float, float]]:
    """The bounds at small scales: all that is drawn there, so that windows and paper of any shape hold the flank."""
    west, _south, east, _north = handout.dataset.basemap["far"].total_bounds
    return (REGION[1] + 0.2, west + 0.2), (REGION[3] - 0.2, east - 0.2)


def _flown(listed: gpd.GeoDataFrame, tracks: gpd.GeoDataFrame, *, many: bool) -> tuple[list[list[str]], dict[str, int]]:
    """The flight tracks that are drawn, for the legends: the first is that with no incident chosen.

    Returns
    -------
    For each legend the categories of the tracks; and for each incident the number of the legend when it is chosen.
    """
    if not many:
        categories = categories_of(tracks, listed)
        return [categories, categories], dict.fromkeys(listed["id"], 1)
    # Beside cells there are only the tracks of the chosen incident.
    flown: list[list[str]] = [[], []]
    legends = dict.fromkeys(listed["id"], 1)
    for category, rows in listed[listed["id"].isin(tracks["incident_id"])].groupby("category"):
        legends |= dict.fromkeys(rows["id"], len(flown))
        flown.append([str(category)])
    return flown, legends


def _counted(
    selection: gpd.GeoDataFrame, marks: gpd.GeoDataFrame, kinds: list[str], style: str
) -> list[list[float] | list[int]]:
    """Values of every incident to count by cells in the browser: latitude, longitude, category, mark and kind.

    A mark is its position among ``marks``, or -1; category and kind are positions in their lists.
    """
    degrees = [selection[column].round(5).tolist() for column in ("latitude", "longitude")]
    positions = {id_: position for position, id_ in enumerate(marks["id"])}
    places = {key: position for position, key in enumerate(kinds)}
    return [
        *degrees,
        [CATEGORIES.index(category) for category in selection["category"]],
        [positions.get(id_, -1) for id_ in selection["id"]],
        [places[kind.key] for kind in kinds_of(selection, style)],
    ]


def _hint_of(handout: Handout, *, many: bool) -> str:
    """The hint in the card's place while no incident is chosen."""
    if handout.nil:
        return f"{handout.nil} {handout.as_of}"
    if not many:
        return _("Choose a mark on the map or one of these.")
    return _(
        "{count} incidents are too many to draw one by one: the map counts them by cells, which grow smaller as you "
        "come nearer. Choose one in the table to see its place."
    ).format(count=number(len(handout.incidents)))


def _incident(row: Any, its_number: int | None, tracks: list[Any], labels: dict[str, int]) -> dict[str, Any]:
    """The card and the row of an incident, or without a number of an own-side object.

    Labels of fields are by their number in ``labels``.
    """
    kind = kind_of(row)
    return {
        "id": row.id,
        "category": kind.category,
        "status": kind.status,
        "kind": category_in_words(row),
        "what": kind_in_words(row),
        "where": place_in_words(row),
        "when": when_in_words(row, of_week=True),
        "story": row.summary,
        "fields": [[labels.setdefault(label, len(labels)), text] for label, text in fields_in_words(row)],
        "sources": [source for source in row.sources if is_link(source)],
        "tracks": tracks,
        "row": _row(row, its_number),
        "name": _("No. {number}").format(number=its_number) if its_number else category_in_words(row),
        "focus": surroundings(row),
    }


def _track(track: Any) -> list[Any]:
    """On what a flight track rests, and its sources."""
    accuracy = track_accuracy_in_words(track)
    return [_("{basis} {accuracy}").format(basis=track.basis, accuracy=accuracy), [*filter(is_link, track.sources)]]
