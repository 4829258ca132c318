"""The pages on which an incident is added or corrected: map and measures, fields, and a bar for saving."""

from functools import partial
from html import escape

import geopandas as gpd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.check import Checked, check, label_of
from dashboard.core.editing.form import Fault, read_form
from dashboard.core.query.view import View
from dashboard.core.record.drafts import KeptDraft
from dashboard.language import _, day, listing, ngettext, number
from dashboard.render.symbols.palettes import LIGHT, Palette
from dashboard.render.text.incident import place_in_words, when_in_words
from dashboard.ui import state
from dashboard.ui.editing import may_edit, why_not
from dashboard.ui.escaping import escaped
from dashboard.ui.form import REASON, Form, drop, faults_of, form_for, go_on, leave, save, waiting
from dashboard.ui.form_fields import FormFields
from dashboard.ui.form_map import show_form_map, show_measures
from dashboard.ui.style import show_style_of

MOST_NAMED, MOST_OFFERED = 2, 3  # fields in the bar, and drafts


def show_add(dataset: Dataset, _selection: gpd.GeoDataFrame, _view: View, palette: Palette) -> None:
    """Draw the page on which an incident is added."""
    _show("", dataset, palette)


def show_correct(dataset: Dataset, _selection: gpd.GeoDataFrame, view: View, palette: Palette) -> None:
    """Draw the page on which the chosen incident is corrected."""
    _show(view.selected, dataset, palette, chosen=True)


def _show(about: str, dataset: Dataset, palette: Palette, *, chosen: bool = False) -> None:
    show_style_of("edit")
    show_style_of("form")
    if reason := _why_not(about, dataset, chosen=chosen):
        with st.container(key="pane"):
            st.html(f'<p class="note">{escape(reason)}</p>')
            st.button(_("Back to the map"), key="form-back", on_click=state.go, args=("map",))
        return
    form = form_for(about, dataset)
    filled = read_form(form.fields, dataset, form.base)
    checked = check(filled, dataset)
    with st.container(key="form", gap=None):
        _head(form, dataset)
        with st.container(key="form-main", horizontal=True, wrap=False, gap=None):
            with st.container(key="form-place", gap=None):
                with st.container(key="chart"):
                    show_form_map(form, filled, checked, dataset, palette)
                with st.container(key="form-measures", gap=None):
                    show_measures(form, filled, checked, dataset)
            fields = FormFields(form, filled, checked, dataset, palette)
            with st.container(key="form-fields", horizontal=True, wrap=False, gap=None):
                with st.container(key="form-left"):
                    fields.left()
                with st.container(key="form-right"):
                    fields.right()
        _bar(form, checked, dataset, palette)


def _why_not(about: str, dataset: Dataset, *, chosen: bool) -> str:
    """The reason why nothing can be edited here, or an empty text."""
    if not may_edit():
        return why_not()
    if dataset.as_of:
        return _("Editing is off while the data of an earlier moment are shown: choose “Back to now” first.")
    if chosen and dataset.object(about).empty:
        return _("Choose the incident to be corrected on the map or in the table first.")
    return ""


def _head(form: Form, dataset: Dataset) -> None:
    if form.about:
        row = dataset.object(form.about).iloc[0]
        back, title = _("Map"), _("Correct: {place}, {when}").format(place=place_in_words(row), when=when_in_words(row))
    else:
        back, title = _("Data"), _("Add an incident")
    with st.container(key="form-head", horizontal=True, vertical_alignment="center"):
        icon = ":material/chevron_left:"
        st.button(back, icon=icon, key="form-leave", type="tertiary", on_click=leave, args=(form,))
        st.html(f'<h1 class="heading">{escape(title)}</h1>', width="stretch")
        drafts = waiting(form)
        if drafts:
            _offer(drafts)
        else:
            needed = _("Needed: day, place with its uncertainty, what, object, status and one source")
            if form.about:
                needed = _("Needed: the reason for the correction")
            st.html(f'<p class="needed">{escape(needed)}</p>', width="content")


def _offer(drafts: list[KeptDraft]) -> None:
    """Offer to go on with drafts that wait."""
    count = len(drafts)
    words = ngettext("{count} draft is waiting", "{count} drafts are waiting", count).format(count=number(count))
    with st.popover(words, icon=":material/draft:", key="form-drafts"):
        for draft in drafts[:MOST_OFFERED]:
            fields = draft.content.get("fields", {})
            when = _("{day}, {time} UTC").format(day=day(draft.at.date()), time=f"{draft.at:%H:%M}")
            st.markdown(escaped(_("{place}: {when}").format(place=fields.get("place") or _("No place yet"), when=when)))
            with st.container(horizontal=True):
                st.button(_("Continue"), key=f"go-on-{draft.key}", type="primary", on_click=go_on, args=(draft,))
                st.button(_("Discard"), key=f"drop-{draft.key}", on_click=drop, args=(draft.key,))


def _bar(form: Form, checked: Checked, dataset: Dataset, palette: Palette) -> None:
    faults = faults_of(form, checked)
    with st.container(key="form-bar", horizontal=True, vertical_alignment="center"):
        st.button(_("Cancel"), key="form-cancel", on_click=leave, args=(form,))
        if form.kept_at:
            words = _("Draft kept at {time} UTC; it waits here until it is saved").format(time=f"{form.kept_at:%H:%M}")
            st.html(f'<p class="said done kept" role="status">{escape(words)}</p>', width="content")
            st.button(_("Discard the draft"), key="form-discard", type="tertiary", on_click=form.throw_away)
        st.html(
            f'<p class="said fault to-correct" role="alert">{escape(_to_correct(form, faults))}</p>', width="stretch"
        )
        if not form.about:
            another = partial(save, form, dataset, another=True)
            st.button(_("Save and add another"), key="form-another", on_click=another)
        shortcut = "Ctrl+Enter"
        st.button(_("Save"), key="form-save", type="primary", shortcut=shortcut, on_click=save, args=(form, dataset))
    dark = "" if palette is LIGHT else "on-dark"
    first = _key_of(faults[0].field) if faults and form.tried else ""
    st.html(f'<span class="first-fault {dark}" data-fault="{first}" data-turn="{form.tried}"></span>')


def _to_correct(form: Form, faults: list[Fault]) -> str:
    """Say on a line which fields keep the form from being saved; those only missing once it was to be saved."""
    if form.problem:
        return form.problem
    told = [fault for fault in faults if form.tried or not fault.missing]
    if not told:
        return ""
    names = [_("Reason") if fault.field == REASON else label_of(fault.field) for fault in told]
    if len(names) > MOST_NAMED + 1:
        rest = len(names) - MOST_NAMED
        names = [*names[:MOST_NAMED], ngettext("{count} more", "{count} more", rest).format(count=number(rest))]
    words = ngettext("{count} to correct: {fields}", "{count} to correct: {fields}", len(told))
    return words.format(count=number(len(told)), fields=listing(names))


def _key_of(field: str) -> str:
    """The beginning of the class of the widget of a field."""
    return f"st-key-field-{'source-0' if field == 'sources' else field}"
