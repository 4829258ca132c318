"""The list of incidents beside the map, grouped by event; ``incident_list.js`` makes its rows act.

It is HTML, not widgets: hundreds of these would make every script slow. The map's frame passes a chosen row on as it
does a click on a mark.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st

from dashboard.core.analysis.numbering import Numbered, latest
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.core.query.filter import Filter
from dashboard.language import _, number
from dashboard.render.symbols.mark_style import kind_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.incident import kind_in_words, place_in_words, when_in_words
from dashboard.render.web.folium_map import symbol_address

_OFF, _ON = 'tabindex="-1"', 'tabindex="0"'
_ROWS: WeakKeyDictionary[Dataset, dict[tuple[str, str], str]] = WeakKeyDictionary()  # HTML by ID and palette


def show_list(dataset: Dataset, selection: Selection, palette: Palette) -> None:
    """Draw the incidents of a selection, the latest first and those of an event together."""
    listed = latest(selection)
    hint = _("Choose a mark on the map or one of these; arrow keys go from one to the next.")
    if left := len(selection) - len(listed):
        hint = _("The latest {listed} are listed; the table below the map has the {left} earlier ones as well.")
        hint = hint.format(listed=number(len(listed)), left=number(left))
    st.html(
        f'<h2 class="section">{_("Incidents")}</h2><p class="hint">{escape(hint)}</p>'
        + _list(dataset, selection, listed, palette)
    )


def show_related(dataset: Dataset, incident: Any, palette: Palette) -> None:
    """Draw the other incidents of an incident's event, in their order; nothing where there are none."""
    if not incident.event:
        return
    event = dataset.everything.filtered(Filter(event=incident.event))
    others = [other for other in reversed(latest(event)) if other.id != incident.id]
    if others:
        rows = _rows(dataset, event, others, palette, numbered=False)
        st.html(f'<h2 class="section">{_("Incidents of the same event")}</h2>{_as_list(rows)}')


def _list(dataset: Dataset, selection: Selection, listed: Sequence[Numbered], palette: Palette) -> str:
    """The rows in their groups, an event where its latest incident would be."""
    groups: dict[str, list[str]] = {}
    for incident, row in zip(listed, _rows(dataset, selection, listed, palette), strict=True):
        groups.setdefault(incident.event or incident.id, []).append(row)
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
    dataset: Dataset, selection: Selection, listed: Sequence[Numbered], palette: Palette, *, numbered: bool = True
) -> list[str]:
    """The rows of the listed incidents, of which each but for its number is worked out once."""
    known = _ROWS.setdefault(dataset, {})
    if new := [incident.position for incident in listed if (incident.id, palette.name) not in known]:
        known.update(((row.id, palette.name), _row(row, palette)) for row in selection.at(new).itertuples())
    rows = []
    for incident in listed:
        name = _("No. {number} · ").format(number=number(incident.number)) if numbered else ""
        rows.append(known[incident.id, palette.name].replace("<small>", f"<small>{escape(name)}", 1))
    return rows


def _row(row: Any, palette: Palette) -> str:
    kind = kind_of(row)
    return (
        f'<li><button type="button" {_OFF} data-incident="{escape(row.id, quote=True)}">'
        f'<img src="{symbol_address(kind.category, kind.status, palette)}" alt="" loading="lazy">'
        f"<span><small>{escape(when_in_words(row))}</small> <b>{escape(place_in_words(row))}</b> "
        f"<small>{escape(kind_in_words(row))}</small></span></button></li>"
    )
