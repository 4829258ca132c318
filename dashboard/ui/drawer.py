"""The drawer of the filters and the sheet of the card on a small window; see ``small.css``.

Both are plain HTML that the browser opens by itself. HTML that differs from before is drawn anew, as it was written: so
the drawer closes when another page is opened, and the sheet opens with the incident that is chosen.
"""

from dataclasses import fields
from html import escape

import streamlit as st

from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.language import _
from dashboard.ui.session import session


def show_drawer(view: View) -> None:
    """Draw the button of the drawer, and how many filters are set in it."""
    label = escape(_("Filters and pages"), quote=True)
    st.html(
        f'<details class="drawer" data-page="{session().page}"><summary aria-label="{label}" title="{label}">'
        f"<span>{_('Filters')}</span></summary></details>",
        width="content",
    )
    # Beside it, not in it: a count that changes must not close the drawer.
    st.html(f'<span class="set-filters">{_set(view.filter) or ""}</span>', width="content")


def _set(asked: Filter) -> int:
    """Count the parts of the filter that are set; both ends of the dates are one."""
    none = Filter()
    parts = {field.name for field in fields(Filter) if getattr(asked, field.name) != getattr(none, field.name)}
    return len({"dates" if name in ("start", "end") else name for name in parts})


def show_whole_sentence(sentence: str) -> None:
    """Write the whole sentence of the filter, of which the header of a small window shows only a few lines."""
    st.html(f'<p class="whole-sentence">{escape(sentence)}</p>')


def show_grip(label: str, chosen: str) -> None:
    """Draw the handle of the card's sheet; with a ``chosen`` incident the sheet starts open."""
    st.html(
        f'<details class="grip" data-chosen="{escape(chosen, quote=True)}"{" open" if chosen else ""}>'
        f"<summary>{escape(label)}</summary></details>"
    )
