"""Choices that stand in several places: the marking, and the colours of what is taken away."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.core.incidents.tlp import LABELS
from dashboard.language import _
from dashboard.render.symbols.palettes import LIGHT, THEMES, Palette
from dashboard.settings import settings
from dashboard.ui.session import session


def choose_marking(marking: str, key: str, **options: Any) -> None:
    """Draw the choice of a marking: none, a TLP label, or words of one's own."""
    markings = list(dict.fromkeys(["", *LABELS, marking]))
    st.selectbox(
        _("Handling marking (TLP or free text)"),
        markings,
        markings.index(marking),
        key=key,
        format_func=lambda marking: marking or settings().marking or _("No marking"),
        accept_new_options=True,
        **options,
    )


WORDS = {"light": _("Light"), "dark": _("Dark"), "contrast": _("High contrast")}


def colours() -> Palette:
    """The colours that were chosen; light ones to begin with."""
    return THEMES[session().kept.get("colours", LIGHT.name)]


def colours_of_slides() -> Palette:
    """The colours of slides: a template of one's own goes only with the light ones."""
    return LIGHT if settings().template else colours()


def theme_in_name(palette: Palette) -> str:
    """The part of a file's name that tells these colours from light ones."""
    return "" if palette == LIGHT else palette.name


def choose_colours(place: str, label: str, help_: str | None = None, after: Callable[[], None] | None = None) -> None:
    """Draw the choice at a place of the page, with its label where it has a help text; ``after`` follows a choice.

    A popover shows its widgets with the value that they were made with: hence the choice becomes another widget where
    it was made at another place.
    """
    widgets, name = session().widgets, f"colours-{place}"

    def choose() -> None:
        session().kept["colours"] = widgets.choice(name)
        if after:
            after()

    st.pills(
        label, list(WORDS), default=colours().name, required=True, format_func=WORDS.__getitem__,
        key=widgets.show(name, colours().name), help=help_,
        on_change=choose, label_visibility="visible" if help_ else "collapsed",
    )  # fmt: skip
