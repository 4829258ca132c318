"""Additions and changes of a list, each with a box to leave it out this time: incidents and flight tracks."""

from collections.abc import Sequence
from html import escape
from typing import Any

import geopandas as gpd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.fields import label_of
from dashboard.core.imports.outcomes import Outcome
from dashboard.core.imports.preview import placed
from dashboard.core.imports.tracks import CHANGED, NEW, UNCHANGED, TrackOutcome
from dashboard.language import _, listing, ngettext, number
from dashboard.render.text.distances import from_border_in_words
from dashboard.render.text.incident import kind_in_words, place_in_words, when_in_words
from dashboard.render.text.values import cell_in_words
from dashboard.ui.escaping import shortened
from dashboard.ui.import_prepared import PreparedReport, track_key
from dashboard.ui.import_sections import show_section
from dashboard.ui.imports import ListImport
from dashboard.ui.session import session

LONGEST = 90  # characters of a text
_TOLD = ("location_accuracy_km", "category", "object_type", "status")  # assumptions that are told
_KINDS = {NEW: _("new"), CHANGED: _("changed"), UNCHANGED: _("unchanged")}


def show_outcomes(made: ListImport, dataset: Dataset, told: PreparedReport) -> None:
    """Draw the incidents that are changed and new, and the flight tracks."""
    report = told.report
    fields = sum(len(one.changes) for one in report.changed)
    words = ngettext("{count} field", "{count} fields", fields).format(count=number(fields))

    def draw_changed(shown: Sequence[Outcome]) -> None:
        for place, one in enumerate(shown):
            _taken(made, one.key, one.key, f"changed-{place}", _changes(one, dataset))

    def draw_new(shown: Sequence[Outcome]) -> None:
        rows = {row.id: row for row in _placed(shown, told.placed, dataset).itertuples()}
        for place, one in enumerate(shown):
            _taken(made, one.key, one.key, f"new-{place}", _of_new(one, rows.get(one.key)))

    def draw_tracks(shown: Sequence[TrackOutcome]) -> None:
        for place, track in enumerate(shown):
            html = _of_track(track, dataset, told)
            if track.kind == UNCHANGED:
                st.html(f'<div class="import-outcome">{html}</div>')
            else:
                _taken(made, track_key(track), track.key, f"track-{place}", html)

    show_section(made, "changed", _("Changed"), report.changed, draw_changed, words, lambda one: one.key)
    show_section(made, "new", _("New"), report.new, draw_new, keys=lambda one: one.key)
    show_section(made, "tracks", _("Flight tracks"), report.tracks, draw_tracks)


def _placed(shown: Sequence[Outcome], known: gpd.GeoDataFrame, dataset: Dataset) -> gpd.GeoDataFrame:
    """The new incidents that are shown as the map has them; those beyond its room are placed when they are shown."""
    keys = {one.key for one in shown}
    found = known[known["id"].isin(keys)]
    return found if len(found) else placed(shown, dataset)


def _taken(made: ListImport, key: str, name: str, widget: str, words: str) -> None:
    """Draw what is added or changed with a check box that takes it in, or leaves it out this time."""
    widgets, widget_name = session().widgets, f"import-{made.turn}-take-{key}"
    taken = key not in made.left_out

    def choose() -> None:
        made.leave_out((key,), out=not widgets.choice(widget_name))

    with st.container(key=f"import-take-{widget}", horizontal=True, gap=None):
        st.checkbox(
            _("Take in {incident}").format(incident=name),
            taken,
            key=widgets.show(widget_name, taken),
            on_change=choose,
            label_visibility="collapsed",
            width="content",
        )
        st.html(f'<div class="import-outcome">{words}</div>', width="stretch")


def _changes(one: Outcome, dataset: Dataset) -> str:
    found = dataset.object(one.key)
    name = place_in_words(found.iloc[0]) if len(found) else one.key
    rows = "".join(
        f"<tr><th>{escape(label_of(change.field))}</th><td><del>{_cell(change.field, change.was)}</del></td>"
        f"<td>{_cell(change.field, change.becomes)}</td></tr>"
        for change in one.changes
    )
    line = _lines_in_words(one.row.lines)
    head = f'<p><b>{escape(name)}</b> <span class="muted">{escape(one.key)}, {escape(line)}</span></p>'
    return f'{head}<table class="import-was">{rows}</table>'


def _cell(name: str, text: str) -> str:
    return escape(shortened(cell_in_words(name, text), LONGEST) or "–")


def _of_new(one: Outcome, row: Any) -> str:
    """A new incident in two lines: where and when, and what was measured of it."""
    line = _lines_in_words(one.row.lines)
    if row is None:
        place = shortened((one.becomes or {}).get("place", ""), LONGEST)
        return f'<p><b>{escape(place)}</b> <span class="muted">{escape(line)}</span></p>'
    measured = _("{what}; {where}").format(what=kind_in_words(row), where=from_border_in_words(row))
    assumed = listing([label_of(name) for name in sorted(one.row.assumed) if name in _TOLD])
    told = f"{measured}; {_('assumed: {fields}').format(fields=assumed)}" if assumed else measured
    head = f"<b>{escape(place_in_words(row))}</b>, {escape(when_in_words(row))}"
    return f'<p>{head} <span class="muted">{escape(line)}</span></p><p class="muted">{escape(told)}</p>'


def _of_track(track: TrackOutcome, dataset: Dataset, told: PreparedReport) -> str:
    """A flight track in two lines: the incident that it finds, and its points, accuracy and basis."""
    properties = track.becomes["properties"]
    key = properties["incident_id"]
    found = dataset.object(key)
    if found.empty:
        found = told.placed[told.placed["id"] == key]
    of = key
    if len(found):
        row = found.iloc[0]
        of = _("{place}, {when}").format(place=place_in_words(row), when=when_in_words(row))
    line = _lines_in_words((track.line,))
    what = _("{kind}; {points}, within {accuracy} km: {basis}").format(
        kind=_KINDS[track.kind],
        points=_points_in_words(track),
        accuracy=properties["accuracy_km"],
        basis=shortened(properties["basis"], LONGEST),
    )
    head = f'<p><b>{escape(of)}</b> <span class="muted">{escape(key)}, {escape(line)}</span></p>'
    return f'{head}<p class="muted">{escape(what)}</p>'


def _points_in_words(track: TrackOutcome) -> str:
    geometry = track.becomes["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
    count = sum(len(part) for part in parts)
    return ngettext("{count} point", "{count} points", count).format(count=number(count))


def _lines_in_words(lines: Sequence[int]) -> str:
    return ngettext("line {lines}", "lines {lines}", len(lines)).format(lines=listing([*map(str, lines)]))
