"""The list of incidents beside the map, grouped by event; ``incident_list.js`` makes its rows act.

It is HTML, not widgets: hundreds of these would make every script slow. The map's frame passes a chosen row on as it
does a click on a mark.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from weakref import WeakKeyDictionary

import geopandas as gpd
import streamlit as st

from dashboard.core.analysis.numbering import numbers_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.language import _, number
from dashboard.render.symbols.mark_style import kind_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.incident import kind_in_words, place_in_words, when_in_words
from dashboard.render.web.folium_map import symbol_address

_OFF, _ON = 'tabindex="-1"', 'tabindex="0"'
MOST_LISTED = 500  # all of the shipped data; the table below the map has more
_ROWS: WeakKeyDictionary[Dataset, dict[tuple[str, str], str]] = WeakKeyDictionary()  # HTML by ID and palette


def show_list(dataset: Dataset, selection: gpd.GeoDataFrame, palette: Palette) -> None:
    """Draw the incidents of a selection, the latest first and those of an event together."""
    numbers = numbers_of(selection)
    latest = list(reversed(numbers))[:MOST_LISTED]
    hint = _("Choose a mark on the map or one of these; arrow keys go from one to the next.")
    if left := len(selection) - len(latest):
        hint = _("The latest {listed} are listed; the table below the map has the {left} earlier ones as well.")
        hint = hint.format(listed=number(len(latest)), left=number(left))
    st.html(
        f'<h2 class="section">{_("Incidents")}</h2><p class="hint">{escape(hint)}</p>'
        + _list(dataset, selection, latest, numbers, palette)
    )


def show_related(dataset: Dataset, incident: Any, palette: Palette) -> None:
    """Draw the other incidents of an incident's event, in their order; nothing where there are none."""
    incidents = dataset.incidents
    others = incidents[(incidents["event"] == incident.event) & (incidents["id"] != incident.id)]
    if not incident.event or others.empty:
        return
    rows = _rows(dataset, others, list(numbers_of(others))[:MOST_LISTED], {}, palette)
    st.html(f'<h2 class="section">{_("Incidents of the same event")}</h2>{_as_list(rows.values())}')


def _list(
    dataset: Dataset, selection: gpd.GeoDataFrame, listed: Sequence[str], numbers: dict[str, int], palette: Palette
) -> str:
    """The rows in their groups, an event where its latest incident would be."""
    events = dict(zip(selection["id"], selection["event"], strict=True))
    groups: dict[str, list[str]] = {}
    for id_, row in _rows(dataset, selection, listed, numbers, palette).items():
        groups.setdefault(events[id_] or id_, []).append(row)
    parts = [_group(dataset, name, group) if len(group) > 1 else group[0] for name, group in groups.items()]
    return _as_list(parts)


def _as_list(parts: Iterable[str]) -> str:
    """A list that is one stop of the keyboard, its first row."""
    return f'<ul class="incidents">{"".join(parts).replace(_OFF, _ON, 1)}</ul>'


def _group(dataset: Dataset, event: str, rows: list[str]) -> str:
    told = dataset.events.get(event)
    title = _("{event}: {incidents}").format(
        event=told.title if told else _("One event"), incidents=incidents_in_words(len(rows))
    )
    return f'<li class="event"><p>{escape(title)}</p><ul>{"".join(rows)}</ul></li>'


def _rows(
    dataset: Dataset, incidents: gpd.GeoDataFrame, listed: Sequence[str], numbers: dict[str, int], palette: Palette
) -> dict[str, str]:
    """The rows by the IDs of the listed incidents and in their order, what is in each worked out once."""
    known = _ROWS.setdefault(dataset, {})
    if new := [id_ for id_ in listed if (id_, palette.name) not in known]:
        rows_ = incidents[incidents["id"].isin(new)].itertuples()
        known.update(((row.id, palette.name), _row(row, palette)) for row in rows_)
    rows = {}
    for id_ in listed:
        name = _("No. {number} · ").format(number=number(numbers[id_])) if id_ in numbers else ""
        rows[id_] = known[id_, palette.name].replace("<small>", f"<small>{escape(name)}", 1)
    return rows


def _row(row: Any, palette: Palette) -> str:
    kind = kind_of(row)
    return (
        f'<li><button type="button" {_OFF} data-incident="{escape(row.id, quote=True)}">'
        f'<img src="{symbol_address(kind.category, kind.status, palette)}" alt="" loading="lazy">'
        f"<span><small>{escape(when_in_words(row))}</small> <b>{escape(place_in_words(row))}</b> "
        f"<small>{escape(kind_in_words(row))}</small></span></button></li>"
    )
