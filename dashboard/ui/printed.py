"""Parts of a printed page alone: marking, incidents, and where a sheet is made."""

from html import escape
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st

from dashboard.core.analysis.numbering import Numbered, latest
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.query.view import View
from dashboard.language import _, number
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.handout import as_handed_out
from dashboard.render.text.incident import kind_in_words, place_in_words, when_in_words

MOST_ROWS = 100  # printed; a sheet has all of them


_ROWS: WeakKeyDictionary[Dataset, dict[str, str]] = WeakKeyDictionary()  # HTML of incidents that were shown, by ID


def show_printed(dataset: Dataset, selection: Selection, view: View) -> None:
    """Draw what ``print.css`` shows on paper alone."""
    printed = latest(selection)[:MOST_ROWS]
    parts = [_("For a sheet with sources and marking, use Export.")]
    if len(printed) < len(selection):
        words = _("These are the latest {count} of {all} incidents.")
        parts.append(words.format(count=number(len(printed)), all=number(len(selection))))
    rows = "".join(_rows(dataset, selection, printed))
    marking = as_handed_out(dataset, view).marking
    st.html(
        f"<style>{_every_page(marking)}</style>"
        f'<section class="printed"><h2 class="section">{escape(_("Incidents"))}</h2><table>{_heads()}{rows}</table>'
        f"<p>{escape(' '.join(parts))}</p></section>"
    )


def _heads() -> str:
    heads = (_("When"), _("Where"), _("Coordinates"), _("What"), _("Distance from border"))
    return f"<thead><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr></thead>"


def _rows(dataset: Dataset, selection: Selection, printed: list[Numbered]) -> list[str]:
    """Rows of incidents, each of which is worked out once."""
    known = _ROWS.setdefault(dataset, {})
    if new := [incident.position for incident in printed if incident.id not in known]:
        known.update((row.id, _row(row)) for row in selection.at(new).itertuples())
    return [known[incident.id] for incident in printed]


def _row(row: Any) -> str:
    coordinates = _("{degrees} · {mgrs}").format(degrees=row.coordinates, mgrs=row.mgrs)
    depth = depth_in_words(row, short=True)
    words = (when_in_words(row), place_in_words(row), coordinates, kind_in_words(row), depth)
    return f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in words)}</tr>"


def _every_page(marking: str) -> str:
    """The marking in the margins of every printed page."""
    if not marking:
        return ""
    text = "".join(f"\\{ord(character):06x}" for character in marking)  # so that none of it is a rule
    font = "font: 700 11pt Source Sans, sans-serif"
    return "".join(f'@page{{@{margin}-center{{content:"{text}";{font}}}}}' for margin in ("top", "bottom"))
