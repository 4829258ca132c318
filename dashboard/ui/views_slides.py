"""Slides of all saved views, which are made when they are asked for."""

import logging
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.saved_views.recorded import SavedViews
from dashboard.core.saved_views.saved_view import name_of
from dashboard.errors import DashboardError, QueryError
from dashboard.language import _
from dashboard.render.deck import MIME, make_deck
from dashboard.render.sheet.layout import Format
from dashboard.render.sheet.picture import count_outside
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.file_names import briefing_name
from dashboard.render.text.handout import Handout, make_handout, make_noted_handouts
from dashboard.render.text.selection import highest_marking
from dashboard.settings import settings
from dashboard.ui.choices import colours_of_slides, theme_in_name
from dashboard.ui.escaping import for_visitors
from dashboard.ui.exports import name_on_sheets, noted
from dashboard.ui.session import session

CHECKED = "views-checked"  # kept in the session: the handouts of all views
_log = logging.getLogger(__name__)


def offer_slides(saved_views: SavedViews, dataset: Dataset) -> str:
    """Draw the button; gives the reason why there can be no slides, or an empty text."""
    (handouts, problem), palette = _checked(saved_views, dataset), colours_of_slides()
    name = "" if problem or not handouts else _slides_name(saved_views, handouts, palette)
    maker = name_on_sheets()
    sheets = [(handout.view, handout.sheet_id) for handout in handouts]
    st.download_button(
        _("Export all as slides"),
        noted(lambda: _slides(saved_views, dataset, palette, maker), name, *sheets),
        file_name=name,
        mime=MIME,
        key="views-slides",
        on_click="ignore",
        disabled=bool(problem) or not saved_views.views,
    )
    return problem


def _slides_name(saved_views: SavedViews, handouts: list[Handout], palette: Palette) -> str:
    notes = [saved.notes for saved in saved_views.views]
    return briefing_name(handouts, notes, highest_marking(handouts), "pptx", theme_in_name(palette))


def _checked(saved_views: SavedViews, dataset: Dataset) -> tuple[list[Handout], str]:
    """The handouts of all views, and why slides of them cannot be made or an empty text."""
    state_ = saved_views.moment, dataset.fingerprint
    if session().kept.get(CHECKED, ("", ""))[0] != state_:
        session().kept[CHECKED] = state_, _handouts(saved_views, dataset)
    handouts, problem = session().kept[CHECKED][1]
    return handouts, problem


def _handouts(saved_views: SavedViews, dataset: Dataset) -> tuple[list[Handout], str]:
    handouts: list[Handout] = []
    for position, saved in enumerate(saved_views.views, 1):
        message = _("No slides: view {position}, “{name}”. {problem}")
        try:
            handout = make_handout(dataset, saved.view, datetime.now(UTC))
            empty = (
                not handout.nil and not saved.view.chart and count_outside(handout, Format()) == len(handout.incidents)
            )
            problem = _("No incident lies on its map.") if empty else ""
        except DashboardError as error:
            problem = for_visitors(error)
        if problem:
            return [], message.format(position=position, name=name_of(saved.view), problem=problem)
        handouts.append(handout)
    try:
        highest_marking(handouts)
    except QueryError as error:
        return [], for_visitors(error)
    return handouts, ""


def _slides(saved_views: SavedViews, dataset: Dataset, palette: Palette, maker: str) -> bytes:
    # Why they cannot be noted is said where sheets are taken away.
    views = [saved.view for saved in saved_views.views]
    handouts = make_noted_handouts(dataset, views, datetime.now(UTC), _log.warning)
    handouts = [replace(handout, maker=maker) for handout in handouts]
    return make_deck(handouts, [saved.notes for saved in saved_views.views], settings().template, palette=palette)
