"""The panel of what to take away: sheets, slides, pages and data, each made when it is asked for."""

import logging
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.tlp import label_meant
from dashboard.core.query.view import HEADINGS, View, one_line
from dashboard.errors import SheetError
from dashboard.language import _
from dashboard.metrics import FILE_SECONDS
from dashboard.render.sheet import SHEETS, missing_signs
from dashboard.render.symbols.marking import doubt_of_marking
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.file_names import file_name
from dashboard.render.text.handout import Handout, make_handout, make_noted_handouts
from dashboard.ui import state
from dashboard.ui.choices import choose_colours, choose_marking, colours, colours_of_slides, theme_in_name
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.exports import name_on_sheets, noted
from dashboard.ui.frames import choose_frame, framed, show_preview
from dashboard.ui.offers import DRAWN, MIME, ROWS, Offer
from dashboard.ui.session import session, update_view

CHANGED = "takeaway-changed"  # kept in the session: something that all of the page shows has changed
_log = logging.getLogger(__name__)
# One picture, PDF or deck is drawn at a time: side by side none is done sooner, and every page waits for all of them.
_drawing = Lock()


@st.fragment
def show_takeaway(dataset: Dataset, view: View) -> None:
    """Offer what can be made of the view, once the popover is open."""
    if session().kept.pop(CHANGED, False):
        st.rerun()  # all of the page, not only the popover
    popover = st.popover(_("Export"), type="primary", key="takeaway", on_change="rerun")
    if not popover.open:
        return
    with popover, st.container(key="takeaway-body", gap=None):
        try:
            handout = make_handout(dataset, framed(view), datetime.now(UTC))
        except SheetError as error:
            st.markdown(escaped(for_visitors(error)))
        else:
            _offer_all(dataset, view, handout)
        _again(dataset)


def _offer_all(dataset: Dataset, view: View, handout: Handout) -> None:
    """Draw words, frame, colours and a button for each file, and at last the preview, which takes longest."""
    _heading(view)
    # A chart has no area to choose; it is seen as it is on the page.
    preview, inside = (None, True) if view.chart else choose_frame(dataset, view, handout)
    if missing := missing_signs(handout):
        st.caption(escaped(missing))
    _colours()
    for position, (heading, offers) in enumerate(ROWS):
        with st.container(key=f"offers-{position}", horizontal=True, gap=None):
            st.html(f'<h2 class="section">{heading}</h2>', width=112)
            for offer in offers:
                _offer(dataset, handout, offer, disabled=not inside and offer.ending in DRAWN)
    if not dataset.moment:
        st.caption(_("Without a record, sheet IDs will not bring the view back; the links in the files will."))
    if preview and inside:
        show_preview(preview, handout, colours())


def _changed() -> None:
    session().kept[CHANGED] = True


def _take(name: str) -> None:
    """Take up one of the words of a heading."""
    update_view(**{name: one_line(session().widgets.choice(name) or "")[: HEADINGS[name]]})
    _changed()


def _heading(view: View) -> None:
    """Title and finding of what is taken away; they are part of the view, and so of its link."""
    widgets = session().widgets

    for name, label, placeholder in (
        ("title", _("Title"), _("Optional; default: the countries shown")),
        ("finding", _("Key message"), _("One sentence")),
    ):
        st.text_input(
            label,
            getattr(view, name),
            key=widgets.show(name, getattr(view, name)),
            max_chars=HEADINGS[name],
            placeholder=placeholder,
            on_change=_take,
            args=(name,),
        )
    _marking(view.marking)


def _marking(marking: str) -> None:
    """The marking of what is taken away, and a question where it is a near miss of a TLP label."""

    def correct() -> None:
        update_view(marking=label_meant(marking))
        _changed()

    choose_marking(marking, session().widgets.show("marking", marking), on_change=_take, args=("marking",))
    if doubt := doubt_of_marking(marking):
        with st.container(key="marking-doubt", horizontal=True, vertical_alignment="center"):
            st.markdown(escaped(doubt), width="stretch")
            st.button(_("Use {label}").format(label=label_meant(marking)), key="marking-correct", on_click=correct)


def _colours() -> None:
    """Choose the colours of what is drawn; a page for the browser takes those of its reader."""
    label = _("Theme")
    with st.container(key="offers-colours", horizontal=True, gap=None):
        st.html(f'<h2 class="section">{label}</h2>', width=112)
        choose_colours("takeaway", label, after=_changed)
    if colours_of_slides() != colours():
        st.caption(_("Slides keep the colours of your template."))


def _offer(dataset: Dataset, shown: Handout, offer: Offer, *, disabled: bool) -> None:
    """Draw one button; its file is made when it is clicked, of the view that is shown, as of then."""
    palette = colours_of_slides() if offer.ending == "pptx" else colours() if offer.ending in SHEETS else LIGHT

    maker = name_on_sheets()

    def produce() -> bytes:
        # Why it cannot be noted is said beside the buttons.
        [made] = make_noted_handouts(dataset, [shown.view], datetime.now(UTC), _log.warning)
        handout = replace(made, maker=maker)
        waits = _drawing if offer.ending in DRAWN else nullcontext()
        with waits, FILE_SECONDS.labels(offer.ending).time():
            return offer.make(handout, palette)

    name = file_name(shown.view, shown.sheet_id, offer.ending, offer.size, theme_in_name(palette))
    st.download_button(
        offer.label,
        noted(produce, name, (shown.view, shown.sheet_id)),
        file_name=name,
        mime=MIME[offer.ending],
        key=f"take-{offer.ending}-{offer.size}".replace(":", "-"),
        on_click="ignore",
        disabled=disabled,
    )


def _again(dataset: Dataset) -> None:
    """Open the view of a sheet by its ID or link."""

    def open_again() -> None:
        _changed()
        state.open_again(dataset)

    st.html(f'<h2 class="section">{_("Reopen by reference")}</h2>')
    st.text_input(
        _("Reference or link of a sheet"),
        key=session().widgets.show(state.AGAIN, ""),
        placeholder=_("Sheet reference, such as 7F3K-Q2XD, or its link"),
        label_visibility="collapsed",
        on_change=open_again,
    )
