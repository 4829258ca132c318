"""The foot of the map: how current and complete the data are, and the table of what is on the map."""

from html import escape

import geopandas as gpd
import streamlit as st

from dashboard.core.data.dataset import Dataset
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

MOST_PROBLEMS = 200  # listed; the command line lists all


def show_foot(dataset: Dataset, selection: gpd.GeoDataFrame, view: View) -> None:
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
    _withdrawn(dataset)
    severe = [problem for problem in dataset.problems if problem.severe]
    warnings = [problem for problem in dataset.problems if not problem.severe]
    for title, problems in ((_("Set aside"), severe), (_("Warnings"), warnings)):
        if problems:
            _list(title, problems)
    if dataset.problems:
        st.button(
            _("All problems, with what to do"),
            key="problems-link",
            type="tertiary",
            on_click=state.go,
            args=("problems",),
        )


def _withdrawn(dataset: Dataset) -> None:
    """The rows that were withdrawn, each with its reason."""
    count = len(dataset.withdrawn)
    if not count:
        return
    st.html(f'<h2 class="section">{escape(_("Withdrawn"))}: {number(count)}</h2>')
    with st.container(height=120 if count > 1 else "content"):
        for row in dataset.withdrawn.head(MOST_PROBLEMS).itertuples():
            words = _("{when}, {place} ({id}): {reason}")
            words = words.format(when=when_in_words(row), place=place_in_words(row), id=row.id, reason=row.withdrawn)
            st.text(one_line(words))
        if count > MOST_PROBLEMS:
            st.text(_("… and more, in the file of incidents"))


def _list(title: str, problems: list[Problem]) -> None:
    st.html(f'<h2 class="section">{escape(title)}: {number(len(problems))}</h2>')
    with st.container(height=220):
        for problem in problems[:MOST_PROBLEMS]:
            where = _("{file}, line {line}, {column}:").format(
                file=problem.file.name, line=problem.line, column=problem.column or _("row")
            )
            st.text(f"{where} {for_visitors(problem.message)}")
        if len(problems) > MOST_PROBLEMS:
            st.text(_("… and more"))
