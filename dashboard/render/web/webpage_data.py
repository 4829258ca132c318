"""The data of the page to take away, as the one value that ``webpage.js`` is told."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypedDict

import geopandas as gpd

from dashboard.core.analysis.numbering import chronological
from dashboard.core.analysis.shared_places import shared_places
from dashboard.core.geo.borders import REGION
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.incidents.own_side import with_own_side
from dashboard.core.incidents.schema import is_link
from dashboard.language import _, number
from dashboard.render.symbols.clustering import CELL_PIXELS, MOST_CELLS
from dashboard.render.symbols.mark_style import Kind, kind_of, kinds_of
from dashboard.render.symbols.palettes import LIGHT, THEMES
from dashboard.render.text.distances import track_accuracy_in_words
from dashboard.render.text.handout import Handout
from dashboard.render.text.incident import (
    category_in_words,
    fields_in_words,
    kind_in_words,
    place_in_words,
    when_in_words,
)
from dashboard.render.text.sources import publisher_kind_in_words
from dashboard.render.text.story import MOST_BRIEFLY, MOST_TOLD, in_brief, in_full, stories_of
from dashboard.render.web.focus import Focus
from dashboard.render.web.folium_map import leaflet_options, stage_options
from dashboard.render.web.legend_lines import LegendLine, legend_lines
from dashboard.render.web.map_columns import categories_of, mark_kinds
from dashboard.render.web.map_state import (
    MapState,
    Scene,
    Surroundings,
    state_of,
    surroundings,
)
from dashboard.render.web.webpage_table import Table, table_of


class Field(TypedDict):
    """A field of a card; ``label`` is its place in the list of labels."""

    label: int
    text: str


class CitedSource(TypedDict):
    """A source: its address, its publisher's name, of what kind that is, and the same in words, or empty."""

    address: str
    name: str
    kind: str
    words: str


class TrackSources(TypedDict):
    """The basis of a flight track, and its sources."""

    basis: str
    sources: list[str]


class Incident(TypedDict):
    """The card of an incident or an own-side object; ``symbol`` and ``legend`` are places in lists.

    told
        What the first screen tells of it where incidents are few: paragraphs, none where they are many.
    """

    id: str
    symbol: int
    legend: int
    category: str
    kind: str
    what: str
    where: str
    when: str
    story: str
    fields: list[Field]
    sources: list[CitedSource]
    tracks: list[TrackSources]
    name: str
    told: list[str]
    focus: Surroundings


class Counted(TypedDict):
    """Incidents of a selection, for counting by cells in the browser.

    category, kind
        As places in their lists.
    mark
        Its place among the marks, or -1.
    """

    latitude: list[float]
    longitude: list[float]
    category: list[int]
    mark: list[int]
    kind: list[int]


class Theme(TypedDict):
    """Parts of the page that depend on the colours: symbols in the order of the kinds, and each legend."""

    palette: dict[str, Any]
    symbols: list[str]
    legends: list[list[LegendLine]]


class PageData(TypedDict):
    """All that the page is told. ``themes`` are by the name of their palette."""

    options: dict[str, Any]
    stage: dict[str, Any]
    state: MapState
    themes: dict[str, Theme]
    incidents: list[Incident]
    labels: list[str]
    table: Table
    counted: Counted | None
    categories: tuple[str, ...]
    grid: dict[str, float]
    selected: str
    words: dict[str, str]


def page_data(handout: Handout, listed: gpd.GeoDataFrame) -> PageData:
    """Gather what the page shows; ``listed`` are the incidents of its table."""
    selection, many = handout.incidents, len(listed) < len(handout.incidents)
    # In the order of the data, as on the screen: it decides which marks come together in a cluster.
    marks = selection[selection["id"].isin(listed["id"])]
    tracks = handout.tracks[handout.tracks["incident_id"].isin(listed["id"])]
    style = handout.view.symbols
    told = with_own_side(listed, chronological(handout.friendly))
    tracks_of_legends, legend = _flown(told, tracks, many=many)
    drawn = list(dict.fromkeys(kinds_of(with_own_side(selection, handout.friendly), style)))
    kinds = list(dict.fromkeys([*drawn, *kinds_of(told, "")]))  # the card and the table have the plain one
    labels: dict[str, int] = {}
    shared = bool(shared_places(marks))
    return {
        "options": leaflet_options(),
        "stage": stage_options({}) | {"widest": _widest(handout)},
        "state": state_of(_scene(handout, marks, tracks, total=len(selection) if many else 0), kinds),
        "themes": {
            palette.name: {
                "palette": asdict(palette),
                "symbols": [kind["symbol"] for kind in mark_kinds(kinds, palette)],
                "legends": [
                    legend_lines(drawn, [], categories, focus=position > 0, shared=shared, palette=palette)
                    for position, categories in enumerate(tracks_of_legends)
                ],
            }
            for palette in THEMES.values()
        },
        "incidents": _incidents(handout, told, tracks, kinds, legend, labels),
        "labels": list(labels),
        "table": table_of(told, handout.numbers),
        "counted": _counted(selection, marks, kinds, style) if many else None,
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


def _scene(handout: Handout, marks: gpd.GeoDataFrame, tracks: gpd.GeoDataFrame, *, total: int) -> Scene:
    extent, area = handout.area, handout.view.viewport
    focus = Focus(1, area.bounds, clear=False) if area else Focus(1, extent)
    return Scene(
        marks,
        [],
        tracks,
        "",
        handout.figures,
        focus,
        LIGHT,
        handout.view.symbols,
        extent=extent,
        total=total,
        friendly=handout.friendly,
        airports=handout.view.airports,
    )


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
        every = categories_of(tracks, listed)
        return [every, every], dict.fromkeys(listed["id"], 1)
    # Beside cells there are only the tracks of the chosen incident.
    flown: list[list[str]] = [[], []]
    legends = dict.fromkeys(listed["id"], 1)
    for category, rows in listed[listed["id"].isin(tracks["incident_id"])].groupby("category"):
        legends |= dict.fromkeys(rows["id"], len(flown))
        flown.append([str(category)])
    return flown, legends


def _counted(selection: gpd.GeoDataFrame, marks: gpd.GeoDataFrame, kinds: Sequence[Kind], style: str) -> Counted:
    positions = {id_: position for position, id_ in enumerate(marks["id"])}
    places = {kind: position for position, kind in enumerate(kinds)}
    return {
        "latitude": selection["latitude"].round(5).tolist(),
        "longitude": selection["longitude"].round(5).tolist(),
        "category": [CATEGORIES.index(category) for category in selection["category"]],
        "mark": [positions.get(id_, -1) for id_ in selection["id"]],
        "kind": [places[kind] for kind in kinds_of(selection, style)],
    }


def _hint_of(handout: Handout, *, many: bool) -> str:
    """The hint in the card's place while no incident is chosen."""
    if handout.nil:
        return f"{handout.nil} {handout.as_of}"
    if not many:
        return _("Choose a mark on the map or one of these.")
    return _(
        "{count} incidents are too many to draw one by one: the map counts them in cells, which grow smaller as you "
        "zoom in. Choose one in the table to see its place."
    ).format(count=number(len(handout.incidents)))


def _incidents(
    handout: Handout,
    told: gpd.GeoDataFrame,
    tracks: gpd.GeoDataFrame,
    kinds: Sequence[Kind],
    legend: dict[str, int],
    labels: dict[str, int],
) -> list[Incident]:
    """The cards; labels of fields are added to ``labels``."""
    flown: dict[str, list[TrackSources]] = {}
    for track in tracks.itertuples():
        flown.setdefault(track.incident_id, []).append(_track_sources(track))
    places = {kind: position for position, kind in enumerate(kinds)}
    paragraphs = _told(handout, len(told))
    return [
        {
            "id": row.id,
            "symbol": places[kind_of(row)],
            "legend": legend[row.id],
            "category": kind_of(row).category,
            "kind": category_in_words(row),
            "what": kind_in_words(row),
            "where": place_in_words(row),
            "when": when_in_words(row, of_week=True),
            "story": row.summary,
            "fields": [
                {"label": labels.setdefault(label, len(labels)), "text": text} for label, text in fields_in_words(row)
            ],
            "sources": [
                {
                    "address": source.address,
                    "name": source.publisher.name,
                    "kind": source.publisher.kind,
                    "words": publisher_kind_in_words(source.publisher),
                }
                for source in row.cited
            ],
            "tracks": flown.get(row.id, []),
            "name": _name(row, handout.numbers.get(row.id)),
            "told": paragraphs.get(row.id, []),
            "focus": surroundings(row),
        }
        for row in told.itertuples()
    ]


def _told(handout: Handout, count: int) -> dict[str, list[str]]:
    """The story of each of a few incidents; of up to MOST_BRIEFLY what must be said, in a line."""
    if count > MOST_BRIEFLY:
        return {}
    full = count <= MOST_TOLD
    return {
        story.row.id: [in_brief(story), in_full(story)] if full else [in_brief(story)] for story in stories_of(handout)
    }


def _name(row: Any, its_number: int | None) -> str:
    return _("No. {number}").format(number=its_number) if its_number else category_in_words(row)


def _track_sources(track: Any) -> TrackSources:
    accuracy = track_accuracy_in_words(track)
    basis = _("{basis} {accuracy}").format(basis=track.basis, accuracy=accuracy)
    return {"basis": basis, "sources": [*filter(is_link, track.sources)]}
