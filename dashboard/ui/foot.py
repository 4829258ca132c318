"""The foot of the map: how current and complete the data are, and the table of what is on the map."""

from html import escape
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.core.incidents.problems import Problem
from dashboard.core.query.view import View, one_line
from dashboard.language import _, ngettext, number
from dashboard.render.text.handout import CREDITS
from dashboard.render.text.incident import place_in_words, when_in_words
from dashboard.ui import state
from dashboard.ui.escaping import for_visitors
from dashboard.ui.method_link import show_method_link
from dashboard.ui.table import show_table

MOST_LISTED = 200  # the command line lists all


class _List(NamedTuple):
    """A list as HTML, all in one: hundreds of elements would make every script slow."""

    heading: str
    lines: str
    height: int | Literal["content"]


_LISTS: WeakKeyDictionary[Dataset, list[_List]] = WeakKeyDictionary()  # worked out once


def show_foot(dataset: Dataset, selection: Selection, view: View) -> None:
    """Draw the foot."""
    with st.container(key="foot"):
        with st.container(key="foot-bar", horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="currency">{_currency(dataset, view)}</p>', width="stretch")
            st.button(
                _("Present"),
                icon=":material/present_to_all:",
                key="present-button",
                type="tertiary",
                help=_("Briefing mode (B)"),
                on_click=state.present,
                args=(dataset,),
                kwargs={"on": True},
            )
            show_method_link("foot")
            with st.popover(_("About the data"), type="tertiary"):
                _about(dataset, view)
            open_ = st.toggle(_("Table"), key="table-open")
        if open_:
            with st.container(key="rows"):
                show_table(selection, dataset.own_side(view), view.selected)


def _currency(dataset: Dataset, view: View) -> str:
    parts = []
    if len(dataset.incidents):
        latest = when_in_words(dataset.latest)
        parts.append(f"<b>{escape(_('Latest incident {when}.').format(when=latest))}</b>")
    if withdrawn := len(dataset.withdrawn):
        message = ngettext("{count} record withdrawn.", "{count} records withdrawn.", withdrawn)
        parts.append(f"<b>{escape(message.format(count=number(withdrawn)))}</b>")
    if later := dataset.later:
        message = ngettext("{count} incident is dated later.", "{count} incidents are dated later.", later)
        parts.append(f"<b>{escape(message.format(count=number(later)))}</b>")
    if dataset.set_aside:
        set_aside = ngettext("{count} record set aside.", "{count} records set aside.", dataset.set_aside)
        parts.append(f"<b>{escape(set_aside.format(count=number(dataset.set_aside)))}</b>")
    if tracks := dataset.tracks_set_aside:
        flown = ngettext("{count} flight track set aside.", "{count} flight tracks set aside.", tracks)
        parts.append(f"<b>{escape(flown.format(count=number(tracks)))}</b>")
    # The first sentence has room; all of it stands under "About the data".
    incomplete = dataset.about.completeness_for(view.filter.countries)
    parts.append(escape(incomplete.partition(". ")[0].rstrip(".") + "."))
    return " ".join(parts)


def _about(dataset: Dataset, view: View) -> None:
    st.markdown(
        ngettext(
            "**{shown} of {rows} record** of the file is an incident on this page.",
            "**{shown} of {rows} records** of the file are incidents on this page.",
            dataset.rows,
        ).format(shown=number(len(dataset.incidents)), rows=number(dataset.rows))
    )
    aside = own_side_in_words(dataset.friendly)
    message = _("Shown, but in no figure: {objects}.").format(objects=aside) if aside else ""
    for text in (message, dataset.about.completeness_for(view.filter.countries), dataset.about.credit):
        if text:
            st.text(text)
    st.text(CREDITS)
    if dataset not in _LISTS:
        _LISTS[dataset] = _lists(dataset)
    for heading, lines, height in _LISTS[dataset]:
        st.html(f'<h2 class="section">{heading}</h2>')
        with st.container(height=height):
            st.html(lines)
    if dataset.problems:
        st.button(
            _("All problems, with what to do"),
            key="problems-link",
            type="tertiary",
            on_click=state.go,
            args=("problems",),
        )


def _lists(dataset: Dataset) -> list[_List]:
    """The rows that were withdrawn, each with its reason, and the problems, as far as there are any."""
    withdrawn = []
    for row in dataset.withdrawn.head(MOST_LISTED).itertuples():
        words = _("{when}, {place} ({id}): {reason}")
        words = words.format(when=when_in_words(row), place=place_in_words(row), id=row.id, reason=row.withdrawn)
        withdrawn.append(words)
    severe = [problem for problem in dataset.problems if problem.severe]
    warnings = [problem for problem in dataset.problems if not problem.severe]
    found = (
        (_("Withdrawn"), withdrawn, len(dataset.withdrawn), _("… and more, in the file of incidents"), 120),
        (_("Set aside"), _problems(severe), len(severe), _("… and more"), 220),
        (_("Warnings"), _problems(warnings), len(warnings), _("… and more"), 220),
    )
    lists = []
    for title, lines, count, more, height in found:
        every = [*lines, more] if count > len(lines) else lines
        items = "".join(f"<li>{escape(one_line(line))}</li>" for line in every)
        heading, shown = f"{escape(title)}: {number(count)}", f'<ul class="lines">{items}</ul>'
        lists += [_List(heading, shown, height if count > 1 else "content")] if count else []
    return lists


def _problems(problems: list[Problem]) -> list[str]:
    where = _("{file}, line {line}, {column}:")
    lines = []
    for problem in problems[:MOST_LISTED]:
        place = where.format(file=problem.file.name, line=problem.line, column=problem.column or _("row"))
        lines.append(f"{place} {for_visitors(problem.message)}")
    return lines
