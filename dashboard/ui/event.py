"""The panel of an event beside the map: what was counted officially and what is recorded, when, and each incident."""

from html import escape
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.core.analysis.event_parts import EventParts, event_parts
from dashboard.core.analysis.local_time import local_times
from dashboard.core.analysis.numbering import numbers_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.events import Event
from dashboard.core.query.view import View
from dashboard.language import _, day, number, short_day
from dashboard.render.symbols.mark_style import kind_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.event import NO_SHARE, NO_SITE, apart_in_words, count_in_words
from dashboard.render.text.incident import OWN_SIDE, kind_in_words
from dashboard.render.web.folium_map import symbol_address
from dashboard.ui import state
from dashboard.ui.escaping import escaped
from dashboard.ui.links import cited
from dashboard.ui.style import show_style_of


def show_event(dataset: Dataset, selection: Selection, view: View, palette: Palette) -> None:
    """Draw the panel of the event that the view shows."""
    show_style_of("event")
    id_ = view.filter.event
    event, parts = dataset.events.get(id_), event_parts(dataset.of_event(id_))
    with st.container(key="event-head", horizontal=True):
        st.html(f'<h1 class="place">{escape(dataset.title_of_event(id_))}</h1>', width="stretch")
        st.button(
            "",
            icon=":material/close:",
            key="close-event",
            type="tertiary",
            help=_("Close the event: show all incidents"),
            on_click=state.reset,
            args=(dataset,),
        )
    st.html(_counts(event, parts))
    st.html(_times(parts, palette))
    numbers = numbers_of(selection.rows)
    for heading, rows in _groups(parts):
        if len(rows):
            _list(heading, rows, numbers)


def _counts(event: Event | None, parts: EventParts) -> str:
    """The official count, and beside it that of the records."""
    recorded = [
        (number(parts.on_its_days), _("at the time")),
        (number(len(parts.found_later)), _("found later")),
        (number(len(parts.shot_down)), _("of them shot down")),
    ]
    recorded = [recorded[0], *(figure for figure in recorded[1:] if figure[0] != "0")]
    here = _box(_("Recorded here"), recorded, escape(_("; ").join(apart_in_words(parts))))
    if event is None:
        return f'<div class="event-counts">{here}</div>'
    count = count_in_words(event)
    official = [(count, event.counted_what)] if count else []
    if event.official_shot_down is not None:
        official.append((number(event.official_shot_down), _("shot down")))
    by = escape(event.official_by) or (escape(_("No number was published.")) if not official else "")
    sources = ", ".join(map(cited, event.sources))
    there = _box(_("Officially counted"), official, "<br>".join(filter(None, (by, sources))))
    words = " ".join(filter(None, (NO_SHARE if official else "", event.told)))
    return f'<div class="event-counts">{there}{here}</div><p class="told">{escape(words)}</p>'


def _box(heading: str, figures: list[tuple[str, str]], below: str) -> str:
    items = "".join(f"<div><b>{escape(value)}</b><span>{escape(label)}</span></div>" for value, label in figures)
    return (
        f'<section><h2 class="section">{escape(heading)}</h2><div class="values">{items}</div><p>{below}</p></section>'
    )


def _times(parts: EventParts, palette: Palette) -> str:
    """The incidents whose time is known by local time, and below those found later by their day."""
    rows = pd.concat([parts.shot_down, parts.at_the_time, parts.without_site])
    timed = rows[rows["started_at"].notna()].reset_index(drop=True)
    blocks = []
    if len(timed):
        times, local = local_times(timed, "started_at")
        heading = _("Known times, local time") if local.all() else _("Known times, UTC where no local time is known")
        first, last = times.min().floor("h"), times.max().ceil("h")
        said = [f"{time:%H:%M}" for time in times]
        blocks.append(_strip(heading, timed, times, said, (first, last), palette))
    if len(later := parts.found_later.reset_index(drop=True)):
        days = later["date"]
        said = [short_day(found, year=True) for found in days]
        blocks.append(_strip(_("Found later"), later, days, said, (later["counted_on"].min(), days.max()), palette))
    return "".join(blocks)


def _strip(
    heading: str,
    rows: pd.DataFrame,
    at: pd.Series,
    said: list[str],
    ends: tuple[pd.Timestamp, pd.Timestamp],
    palette: Palette,
) -> str:
    """A line for each incident, with its sign where it lies between two ends."""
    first, last = ends
    span = max((last - first).total_seconds(), 1.0)
    lines = []
    for position in at.sort_values(kind="stable").index:
        row, share = rows.loc[position], (at[position] - first).total_seconds() / span
        kind = kind_of(row)
        sign = f'<img src="{symbol_address(kind.category, kind.status, palette)}" alt="" style="left:{share:.1%}">'
        lines.append(f"<li><b>{escape(said[position])}</b><i>{sign}</i><span>{escape(row.place)}</span></li>")
    return f'<h2 class="section">{escape(heading)}</h2><ul class="strip">{"".join(lines)}</ul>'


def _groups(parts: EventParts) -> list[tuple[str, gpd.GeoDataFrame]]:
    """The parts with their headings, in the order in which they are listed."""
    return [
        (_("Shot down"), parts.shot_down),
        (_("Other incidents at the time"), parts.at_the_time),
        (_("Found later"), parts.found_later),
        (_("Without a site of its own ({accuracy})").format(accuracy=NO_SITE), parts.without_site),
        (_("Own side, not counted"), parts.own_side),
    ]


def _list(heading: str, rows: gpd.GeoDataFrame, numbers: dict[str, int]) -> None:
    st.html(f'<h2 class="section">{escape(heading)} <small>{number(len(rows))}</small></h2>')
    with st.container(key=f"event-rows-{rows['id'].iloc[0]}", gap=None):
        for row in rows.itertuples():
            st.button(
                _row_in_words(row, str(numbers.get(row.id, OWN_SIDE))),
                key=f"event-row:{row.id}",
                type="tertiary",
                width="stretch",
                on_click=state.select,
                args=(row.id,),
            )


def _row_in_words(row: Any, name: str) -> str:
    """A line of the list: number, place, kind and day, distance from the border, and the first source."""
    later = row.counted_on < row.date
    what = _("{kind}, {day}").format(kind=kind_in_words(row), day=day(row.date)) if later else kind_in_words(row)
    source = row.cited[0].publisher.name if row.cited else ""
    far = depth_in_words(row) if row.inside and is_established(row.depth_km, row.location_accuracy_km) else ""
    parts = (escaped(what), escaped(far), escaped(source))
    return f":gray[{name}] **{escaped(row.place)}** " + " ".join(f":gray[{part or '–'}]" for part in parts)
