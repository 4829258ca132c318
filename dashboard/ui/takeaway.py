"""What to take away from the current view: sheets, slides, pages and data, each made when it is asked for."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard.core.dataset import Dataset
from dashboard.core.marking import label_meant
from dashboard.core.register import remember, why_not_noted
from dashboard.core.view import HEADINGS, View, one_line
from dashboard.errors import QueryError, SheetError
from dashboard.language import _
from dashboard.render.brief import BRIEFS, make_brief
from dashboard.render.deck import MIME as DECK
from dashboard.render.deck import make_deck
from dashboard.render.export import EXPORTS, make_export
from dashboard.render.handout import Handout, file_name, hand_out
from dashboard.render.marking import doubt_of_marking
from dashboard.render.sheet import SHEETS, make_sheet
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.layout import Format, layout_of
from dashboard.render.symbols import LIGHT, Palette
from dashboard.render.webpage import make_webpage
from dashboard.settings import settings
from dashboard.ui import state
from dashboard.ui.colours import choose_colours, colours, colours_of_slides, look_in_name
from dashboard.ui.labels import choose_marking, escaped
from dashboard.ui.session import ask, session

Make = Callable[[Handout, Palette], bytes]


@dataclass(frozen=True)
class Offer:
    """A file to take away.

    make
        What makes it, in these colours where it has any.
    size
        What tells it from others of its ending, also in its name: ``A4-portrait``.
    """

    label: str
    ending: str
    make: Make
    size: str = ""


def _sheet(label: str, kind: str, size: str, *, portrait: bool = False) -> Offer:
    def make(handout: Handout, palette: Palette) -> bytes:
        # Without a look it is that of its size: light, or print on paper.
        return make_sheet(handout, Format(kind, size, portrait, look_in_name(palette)))

    return Offer(label, kind, make, f"{size}-portrait" if portrait else size)


def _slides(handout: Handout, palette: Palette) -> bytes:
    return make_deck([handout], template=settings().template, palette=palette)


def _without_colours(label: str, kind: str, make: Callable[[Handout], bytes]) -> Offer:
    return Offer(label, kind, lambda handout, _palette: make(handout))


def _data(label: str, kind: str) -> Offer:
    return _without_colours(label, kind, partial(make_export, kind=kind))


def _text(label: str, kind: str) -> Offer:
    return _without_colours(label, kind, lambda handout: make_brief([handout], kind))


ROWS = (
    (
        _("Picture"),
        (
            _sheet(_("1920 × 1080"), "png", "1920x1080"),
            _sheet(_("3840 × 2160"), "png", "3840x2160"),
            _sheet(_("SVG"), "svg", "16:9"),
        ),
    ),
    (
        _("PDF, with list"),
        (
            _sheet(_("A4"), "pdf", "A4"),
            _sheet(_("A4 upright"), "pdf", "A4", portrait=True),
            _sheet(_("A3"), "pdf", "A3"),
            _sheet(_("A3 upright"), "pdf", "A3", portrait=True),
            _sheet(_("16:9"), "pdf", "16:9"),
        ),
    ),
    (
        _("Slides, page"),
        (
            Offer(_("PowerPoint"), "pptx", _slides),
            _without_colours(_("Web page, works offline"), "html", make_webpage),
        ),
    ),
    (
        _("Text"),
        (
            _text(_("Plain, for a cable"), "txt"),
            _text(_("Markdown"), "md"),
        ),
    ),
    (
        _("Data"),
        (
            _data(_("Excel"), "xlsx"),
            _data(_("CSV"), "csv"),
            _data(_("GeoJSON"), "geojson"),
            _data(_("KML"), "kml"),
            _data(_("GeoPackage"), "gpkg"),
        ),
    ),
)
MIME = SHEETS | BRIEFS | EXPORTS | {"pptx": DECK, "html": "text/html"}
DRAWN = (*SHEETS, "pptx")  # that show the map as it stands
_log = logging.getLogger(__name__)


def show_takeaway(dataset: Dataset, view: View) -> None:
    """Offer what can be made of the view."""
    with st.popover(_("Take away"), type="primary", key="takeaway"), st.container(key="takeaway-body", gap=None):
        try:
            handout = hand_out(dataset, view, datetime.now(UTC))
        except SheetError as error:
            st.markdown(escaped(str(error)))
        else:
            _heading(view)
            view, number = handout.view, handout.number
            empty = nothing_on_the_map(handout)
            if empty:
                st.caption(
                    _("No incident lies on the map as it stands. Move it, then take away a picture, a page or slides.")
                )
            _colours()
            for position, (heading, offers) in enumerate(ROWS):
                with st.container(key=f"offers-{position}", horizontal=True, gap=None):
                    st.html(f'<h2 class="section">{heading}</h2>', width=112)
                    for offer in offers:
                        _offer(dataset, view, number, offer, disabled=empty and offer.ending in DRAWN)
            if problem := why_not_noted(settings().sheets):
                st.caption(problem)
        _again(dataset)


def nothing_on_the_map(handout: Handout) -> bool:
    """Whether the map of a sheet would be empty, because it was moved away from every incident."""
    if handout.nil or not handout.view.viewport:
        return False
    return not frame_of(handout, layout_of(Format().inches).chart).holds(handout.incidents).any()


def _heading(view: View) -> None:
    """Title and finding of what is taken away; they are part of the view, and so of its link.

    The page shows what is in a popover only when it is opened, and then with the value that a widget was made with:
    hence each has the view's own, and another key when another view is opened.
    """

    def take(name: str) -> None:
        ask(**{name: one_line(st.session_state[key(name)] or "")[: HEADINGS[name]]})

    def key(name: str) -> str:
        return f"{name}-{session().turn}"

    for name, label, placeholder in (
        ("title", _("Title"), _("The states, if left empty")),
        ("finding", _("Finding"), _("What there is to say, in a sentence")),
    ):
        st.text_input(
            label,
            getattr(view, name),
            key=key(name),
            max_chars=HEADINGS[name],
            placeholder=placeholder,
            on_change=take,
            args=(name,),
        )
    _marking(view.marking)


def _marking(marking: str) -> None:
    """The marking of what is taken away, and a question where it is a near miss of a TLP label.

    A label that was typed in another way is spelt in full, in a new widget, since the page keeps what was typed.
    """
    spelt = st.session_state.setdefault("markings-spelt", 0)
    key = f"marking-{session().turn}-{spelt}"

    def take() -> None:
        typed = one_line(st.session_state[key] or "")[: HEADINGS["marking"]]
        ask(marking=typed)
        st.session_state["markings-spelt"] = spelt + (session().view.marking != typed)

    def correct() -> None:
        ask(marking=label_meant(marking))
        st.session_state["markings-spelt"] = spelt + 1

    choose_marking(marking, key, on_change=take)
    if doubt := doubt_of_marking(marking):
        with st.container(key="marking-doubt", horizontal=True, vertical_alignment="center"):
            st.markdown(escaped(doubt), width="stretch")
            st.button(_("Use {label}").format(label=label_meant(marking)), key="marking-correct", on_click=correct)


def _colours() -> None:
    """Choose the colours of what is drawn; a page for the browser takes those of its reader."""
    label = _("Colours")
    with st.container(key="offers-colours", horizontal=True, gap=None):
        st.html(f'<h2 class="section">{label}</h2>', width=112)
        choose_colours("takeaway", label)
    if colours_of_slides() != colours():
        st.caption(_("Slides keep the colours of your template."))


def _offer(dataset: Dataset, view: View, number: str, offer: Offer, *, disabled: bool) -> None:
    """Draw one button; its file is made when it is clicked. ``number`` is the ID of the view's sheet."""
    palette = colours_of_slides() if offer.ending == "pptx" else colours() if offer.ending in SHEETS else LIGHT

    def produce() -> bytes:
        handout = hand_out(dataset, view, datetime.now(UTC))
        try:
            remember(settings().sheets, handout.view, dataset.fingerprint, len(handout.incidents))
        except QueryError as error:  # the page says so beside the buttons
            _log.warning(error)
        return offer.make(handout, palette)

    st.download_button(
        offer.label,
        produce,
        file_name=file_name(view, number, offer.ending, offer.size, look_in_name(palette)),
        mime=MIME[offer.ending],
        key=f"take-{offer.ending}-{offer.size}".replace(":", "-"),
        on_click="ignore",
        disabled=disabled,
    )


def _again(dataset: Dataset) -> None:
    """Open the view of a sheet by its ID or link."""
    st.html(f'<h2 class="section">{_("Open a sheet again")}</h2>')
    st.text_input(
        _("ID or link of a sheet"),
        key="again",
        placeholder=_("ID of a sheet, such as 7F3K-Q2XD, or its link"),
        label_visibility="collapsed",
        on_change=state.open_again,
        args=(dataset,),
    )
