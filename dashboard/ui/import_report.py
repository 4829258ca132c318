"""The report on a list on the page: figures, what is refused, probable duplicates, what changes and what is new."""

from html import escape
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.fields import label_of
from dashboard.core.imports.outcomes import Outcome
from dashboard.core.imports.report import Duplicate, Report
from dashboard.core.query.area import extent_of
from dashboard.core.query.view import one_line
from dashboard.language import _, listing, ngettext, number
from dashboard.render.symbols.clustering import MOST_MARKS
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.distances import from_border_in_words
from dashboard.render.text.incident import kind_in_words, place_in_words, when_in_words
from dashboard.render.web.focus import Focus
from dashboard.render.web.folium_map import base_map, changing
from dashboard.render.web.map_state import Scene
from dashboard.ui.escaping import shortened
from dashboard.ui.import_questions import answer_question
from dashboard.ui.imports import ListImport
from dashboard.ui.session import session

MOST_SHOWN = 30  # of each kind
LONGEST = 90  # characters of a text
HEIGHT = 600  # pixels, which streamlit-folium asks for; the style sheet makes the map fill its place
_FIGURES = {
    "new": _("new"),
    "changed": _("changed"),
    "unchanged": _("unchanged"),
    "refused": _("refused"),
    "duplicates": _("probable duplicates"),
    "waiting": _("to be answered"),
    "left_out": _("left out"),
    "gone": _("gone"),
}
_TOLD = ("location_accuracy_km", "category", "object_type", "status")  # assumptions that are told
_ALWAYS = ("new", "changed", "unchanged", "refused")


def show_report(made: ListImport, dataset: Dataset, palette: Palette) -> None:
    """Draw the report, and beside it the map with what is new and changed."""
    report = made.report
    with st.container(key="import-told", gap=None):
        if report is None:
            st.html(f'<p class="hint">{escape(made.problem or _("The report is being worked out."))}</p>')
            return
        if report.missing:
            st.html(f'<p class="said fault" role="alert">{escape(report.missing)}</p>')
        _figures(report)
        _refused(report)
        _duplicates(made, dataset, report)
        _changed(made, dataset, report)
        _new(made, report)
        _gone(report)
    with st.container(key="import-map", gap=None), st.container(key="chart"):
        _map(made, dataset, report, palette)


def _figures(report: Report) -> None:
    shown = [(name, words) for name, words in _FIGURES.items() if report.figures[name] or name in _ALWAYS]
    cells = "".join(
        f"<div><b>{number(report.figures[name])}</b><span>{escape(words)}</span></div>" for name, words in shown
    )
    rows = sum(report.figures.values()) - report.figures["gone"]
    words = ngettext("{count} row.", "{count} rows.", rows).format(count=number(rows))
    calm = _("Empty cells and assumed values replace nothing.")
    notes = "".join(f'<p class="hint">{escape(note)}</p>' for note in report.notes)
    st.html(f'<div class="import-figures">{cells}</div><p class="hint">{escape(words)} {escape(calm)}</p>{notes}')


def _refused(report: Report) -> None:
    if not report.refused:
        return
    lines = [
        f"<li>{escape(_('Line {line}').format(line=problem.line))}, "
        f"{escape(one_line(problem.column) or _('row'))}: {escape(shortened(problem.message, LONGEST))}</li>"
        for problem in report.refused[:MOST_SHOWN]
    ]
    rest = _more(len(report.refused))
    st.html(f'<h2 class="section">{escape(_("Refused"))}</h2><ul class="import-refused">{"".join(lines)}</ul>{rest}')


def _duplicates(made: ListImport, dataset: Dataset, report: Report) -> None:
    if not report.duplicates:
        return
    calm = _("Same leaves ours as it is, different adds one, merge gives ours what it lacks. Until then they stay out.")
    st.html(f'<h2 class="section">{escape(_("Probable duplicates"))}</h2><p class="hint">{escape(calm)}</p>')
    for place, duplicate in enumerate(report.duplicates[:MOST_SHOWN]):
        with st.container(key=f"import-duplicate-{place}", gap=None):
            st.html(_side_by_side(duplicate, dataset))
            answer_question(made, dataset, duplicate.question, f"duplicate-{place}", reasons=False)
    _tell_more(len(report.duplicates))


def _side_by_side(duplicate: Duplicate, dataset: Dataset) -> str:
    """A table of the row and the recorded incident that it may be."""
    other = duplicate.alike[0]
    found = dataset.object(other.key)
    here = (place_in_words(found.iloc[0]), when_in_words(found.iloc[0])) if len(found) else (other.key, "")
    cells = duplicate.row.cells
    there = (cells.get("place", ""), " ".join(filter(None, (cells.get("date", ""), cells.get("time", "")))))
    days = ngettext("{count} day apart", "{count} days apart", other.apart_days).format(count=number(other.apart_days))
    when = days if other.apart_days else _("on the same day")
    apart = _("{distance} km away, {when}").format(distance=number(other.apart_km, 1), when=when)
    line = _("Line {line}: {apart}").format(line=duplicate.row.line, apart=apart)
    gains = listing([label_of(change.field) for change in duplicate.gains])
    merge = f'<p class="hint">{escape(_("Merge would add: {fields}").format(fields=gains))}</p>' if gains else ""
    told = ((_("Place"), here[0], there[0]), (_("Time"), here[1], there[1]))
    lines = [(name, shortened(one, LONGEST), shortened(two, LONGEST)) for name, one, two in told]
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(one)}</td><td>{escape(two)}</td></tr>" for name, one, two in lines
    )
    heads = f"<tr><td></td><th>{escape(_('Here'))}</th><th>{escape(_('In the file'))}</th></tr>"
    return f'<p class="import-asks">{escape(line)}</p><table class="import-alike">{heads}{rows}</table>{merge}'


def _changed(made: ListImport, dataset: Dataset, report: Report) -> None:
    if not report.changed:
        return
    fields = sum(len(one.changes) for one in report.changed)
    words = ngettext("{count} field", "{count} fields", fields).format(count=number(fields))
    heading = f'<h2 class="section">{escape(_("Changed"))}: {number(len(report.changed))}</h2>'
    st.html(f'{heading}<p class="hint">{escape(words)}</p>')
    for place, one in enumerate(report.changed[:MOST_SHOWN]):
        _taken(made, one, f"changed-{place}", _changes(one, dataset))
    _tell_more(len(report.changed))


def _changes(one: Outcome, dataset: Dataset) -> str:
    found = dataset.object(one.key)
    name = place_in_words(found.iloc[0]) if len(found) else one.key
    told = [
        (label_of(change.field), shortened(change.was, LONGEST) or "–", shortened(change.becomes, LONGEST) or "–")
        for change in one.changes
    ]
    rows = "".join(
        f"<tr><th>{escape(label)}</th><td><del>{escape(was)}</del></td><td>{escape(becomes)}</td></tr>"
        for label, was, becomes in told
    )
    head = f'<p><b>{escape(name)}</b> <span class="muted">{escape(one.key)}</span></p>'
    return f'{head}<table class="import-was">{rows}</table>'


def _new(made: ListImport, report: Report) -> None:
    if not report.new:
        return
    st.html(f'<h2 class="section">{escape(_("New"))}: {number(len(report.new))}</h2>')
    rows = {} if made.placed is None else {row.id: row for row in made.placed.itertuples()}
    for place, one in enumerate(report.new[:MOST_SHOWN]):
        _taken(made, one, f"new-{place}", _of_new(one, rows.get(one.key)))
    _tell_more(len(report.new))


def _of_new(one: Outcome, row: Any) -> str:
    """A new incident in two lines: where and when, and what was measured of it."""
    if row is None:
        return f"<p><b>{escape(shortened((one.becomes or {}).get('place', ''), LONGEST))}</b></p>"
    measured = _("{what}; {where}").format(what=kind_in_words(row), where=from_border_in_words(row))
    assumed = listing([label_of(name) for name in sorted(one.row.assumed) if name in _TOLD])
    told = f"{measured}; {_('assumed: {fields}').format(fields=assumed)}" if assumed else measured
    where = escape(place_in_words(row))
    return f'<p><b>{where}</b>, {escape(when_in_words(row))}</p><p class="muted">{escape(told)}</p>'


def _taken(made: ListImport, one: Outcome, name: str, words: str) -> None:
    """Draw an incident with a check box that takes it in, or leaves it out this time."""
    widgets, widget = session().widgets, f"import-{made.turn}-take-{one.key}"
    taken = one.key not in made.left_out

    def choose() -> None:
        made.leave_out(one.key, out=not widgets.choice(widget))

    with st.container(key=f"import-take-{name}", horizontal=True, gap=None):
        st.checkbox(
            _("Take in {incident}").format(incident=one.key),
            taken,
            key=widgets.show(widget, taken),
            on_change=choose,
            label_visibility="collapsed",
            width="content",
        )
        st.html(f'<div class="import-outcome">{words}</div>', width="stretch")


def _gone(report: Report) -> None:
    if report.gone:
        words = _("Gone from the source, and left as they are here")
        names = "".join(f"<li>{escape(key)}</li>" for key in report.gone[:MOST_SHOWN])
        st.html(
            f'<h2 class="section">{escape(words)}</h2><ul class="import-refused">{names}</ul>{_more(len(report.gone))}'
        )


def _tell_more(count: int) -> None:
    if words := _more(count):
        st.html(words)


def _more(count: int) -> str:
    """Count what is not shown; it is taken in as well."""
    rest = count - MOST_SHOWN
    words = _("And {count} more, which are not listed here.").format(count=number(rest))
    return f'<p class="hint">{escape(words)}</p>' if rest > 0 else ""


def _map(made: ListImport, dataset: Dataset, report: Report, palette: Palette) -> None:
    """Draw what is new and changed, as far as the map has room for it."""
    if made.placed is None:
        return
    incidents = made.placed[~made.placed["id"].isin(made.left_out)]
    extent = extent_of(incidents, dataset.tracks, "")
    scene = Scene(incidents, [], dataset.tracks.iloc[:0], "", None, Focus(made.turn, extent), palette, extent=extent)
    st_folium(
        base_map(),
        key="map",
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=changing(scene),
        returned_objects=[],
    )
    if len(report.new) + len(report.changed) > MOST_MARKS:
        words = _("The map has room for {count} of them.").format(count=number(MOST_MARKS))
        st.html(f'<p class="hint">{escape(words)}</p>')
