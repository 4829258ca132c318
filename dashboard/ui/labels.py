"""Labels of widgets, which Streamlit reads as Markdown, and the widget for labels of TLP."""

from typing import Any

import streamlit as st

from dashboard.core.marking import LABELS
from dashboard.language import _
from dashboard.settings import settings


def escaped(text: str) -> str:
    """A text with everything that Markdown would take for its own written out."""
    return "".join(f"\\{character}" if character in r"\`*_{}[]()#+-.!|~<>$:&" else character for character in text)


def choose_marking(marking: str, key: str, **options: Any) -> None:
    """Draw the choice of a marking: none, a TLP label, or words of one's own."""
    markings = list(dict.fromkeys(["", *LABELS, marking]))
    st.selectbox(
        _("Marking: a TLP label, or your own words"),
        markings,
        markings.index(marking),
        key=key,
        format_func=lambda marking: marking or settings().marking or _("None"),
        accept_new_options=True,
        **options,
    )
