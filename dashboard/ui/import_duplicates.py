"""Probable duplicates in the report on a list: the row and the recorded incident side by side, field by field."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.fields import label_of
from dashboard.core.imports.outcomes import same
from dashboard.core.imports.report import Duplicate
from dashboard.core.record.merge import Content
from dashboard.language import _, listing, ngettext, number
from dashboard.render.text.values import cell_in_words
from dashboard.ui.escaping import shortened
from dashboard.ui.import_prepared import PreparedReport
from dashboard.ui.import_questions import answer_question
from dashboard.ui.import_sections import show_section
from dashboard.ui.imports import ListImport

LONGEST = 120  # characters of a text
POINT = ("latitude", "longitude")
_ALWAYS = ("place", "date", "started_at", "location_accuracy_km", "category", "object_type", "status")


def show_duplicates(made: ListImport, dataset: Dataset, told: PreparedReport) -> None:
    """Draw the probable duplicates, each with its question."""
    calm = _("Same leaves ours as it is, different adds one, merge gives ours what it lacks. Until then they stay out.")

    def draw(duplicates: Sequence[Duplicate]) -> None:
        for place, duplicate in enumerate(duplicates):
            with st.container(key=f"import-duplicate-{place}", gap=None):
                st.html(side_by_side(duplicate, told.recorded))
                answer_question(made, dataset, duplicate.question, f"duplicate-{place}", reasons=False)

    show_section(made, "duplicates", _("Probable duplicates"), told.report.duplicates, draw, calm)


def side_by_side(duplicate: Duplicate, recorded: Mapping[str, Content]) -> str:
    """A table of the row and the recorded incident that it may be, in which what differs is marked."""
    other = duplicate.alike[0]
    ours, theirs = recorded.get(other.key, {}), duplicate.row.cells
    days = ngettext("{count} day apart", "{count} days apart", other.apart_days).format(count=number(other.apart_days))
    when = days if other.apart_days else _("on the same day")
    apart = _("{distance} km away, {when}").format(distance=number(other.apart_km, 1), when=when)
    line = _("Line {line}: {apart}").format(line=duplicate.row.line, apart=apart)
    heads = (_("Here"), _("In the file"))
    rows = "".join(_row(*compared) for compared in _compared(ours, theirs, duplicate.row.assumed))
    head = f"<tr><td></td>{''.join(f'<th>{escape(words)}</th>' for words in heads)}</tr>"
    gains = listing([label_of(change.field) for change in duplicate.gains])
    merge = _("Merge would add: {fields}").format(fields=gains) if gains else _("Merge would add nothing.")
    return (
        f'<p class="import-asks">{escape(line)} <span class="muted">{escape(other.key)}</span></p>'
        f'<table class="import-alike">{head}{rows}</table><p class="hint">{escape(merge)}</p>'
    )


def _compared(ours: Content, theirs: Mapping[str, str], assumed: frozenset[str]) -> list[tuple[str, str, str, bool]]:
    """Each field that the row gives: its name, ours and theirs in words, and whether they differ."""
    names = [name for name in dict.fromkeys((*_ALWAYS, *theirs)) if theirs.get(name) or name in _ALWAYS]
    told = []
    for name in names:
        one, two = ours.get(name, ""), theirs.get(name, "")
        if name in ("id", *POINT) or not (one or two):
            continue
        here, there = (shortened(cell_in_words(name, text), LONGEST) or "–" for text in (one, two))
        if name in assumed:
            there = _("{value}, assumed").format(value=there)
        told.append((label_of(name), here, there, not same(name, one, two)))
        if name == "place":
            here, there = (_point(cells) for cells in (ours, theirs))
            told.append((_("Point"), here, there, here != there))
    return told


def _point(cells: Mapping[str, str]) -> str:
    latitude, longitude = (cell_in_words(name, cells.get(name, "")) for name in POINT)
    return _("{latitude} N, {longitude} E").format(latitude=latitude, longitude=longitude) if latitude else "–"


def _row(label: str, ours: str, theirs: str, differs: bool) -> str:
    sign = f'<span title="{escape(_("differs"))}" aria-label="{escape(_("differs"))}" role="img">≠</span> '
    kind = ' class="differs"' if differs else ""
    cells = "".join(f"<td>{escape(words)}</td>" for words in (ours, theirs))
    return f"<tr{kind}><th>{sign if differs else ''}{escape(label)}</th>{cells}</tr>"
