"""The part of the map that a file shows: all incidents, or the map as on the screen; with a preview.

All incidents to begin with; the map as on the screen once the reader has moved it since the question was last changed,
or has opened a link or a saved view that names an area. Another choice holds until the question changes.
"""

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.area import Viewport
from dashboard.core.query.view import View
from dashboard.language import _, ngettext, number
from dashboard.render.sheet.layout import Format
from dashboard.render.sheet.picture import count_outside, preview
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import Handout, make_handout
from dashboard.ui.session import session
from dashboard.ui.sight import question_of, was_moved
from dashboard.ui.widgets import value_of

ALL, SCREEN = "all", "screen"
LABELS = {ALL: _("All incidents"), SCREEN: _("As on screen")}
FORMAT = Format()  # of the preview and its counts: a picture 16:9


def framed(view: View) -> View:
    """The view as it is handed out: with the area of the screen, or without one to show all incidents."""
    return _with(view, _chosen(view))


def choose_frame(dataset: Dataset, view: View, handout: Handout) -> tuple[DeltaGenerator, bool]:
    """Draw the choice, each with what it leaves out; gives the place for the preview, and whether it is not empty."""
    chosen, now = _chosen(view), datetime.now(UTC)
    frames = [ALL, SCREEN] if _seen(view) else [ALL]
    shown = {frame: make_handout(dataset, _with(view, frame), now) for frame in frames}
    outside = {frame: count_outside(made, FORMAT) for frame, made in shown.items()}
    key = f"frame-{session().turn}-{hash(question_of(view))}-{chosen}"

    def choose() -> None:
        session().kept["frame"] = question_of(view), value_of(key)

    with st.container(key="offers-frame", horizontal=True, gap=None):
        place = st.container(key="preview", width=264)
        with st.container(gap=None):
            st.radio(
                _("What the map shows"),
                frames,
                frames.index(chosen),
                key=key,
                format_func=LABELS.__getitem__,
                captions=[_left_out(outside[frame], len(handout.incidents)) for frame in frames],
                on_change=choose,
            )
    return place, bool(handout.nil) or outside[chosen] < len(handout.incidents)


def show_preview(place: DeltaGenerator, handout: Handout, palette: Palette) -> None:
    """Draw the map of the sheet, small; what has been drawn before is at hand."""
    with place, st.spinner(_("Drawing the map"), show_time=False):
        picture = _preview(handout.sheet_id, palette.name, handout, palette)
    place.image(picture, width="stretch", alt=_("Preview of the map"))


@st.cache_data(max_entries=64, show_spinner=False)
def _preview(sheet: str, theme: str, _handout: Handout, _palette: Palette) -> bytes:
    """A preview, kept by the ID of its sheet, which stands for view and data, and by its theme."""
    return preview(_handout, FORMAT, _palette)


def _chosen(view: View) -> str:
    """The frame that was chosen for this question, or else the one that its reader will expect."""
    question, choice = session().kept.get("frame", (None, ""))
    if question != question_of(view):
        choice = SCREEN if was_moved(view) else ALL
    return choice if _seen(view) else ALL


def _with(view: View, frame: str) -> View:
    return replace(view, viewport=_seen(view) if frame == SCREEN else None)


def _seen(view: View) -> Viewport | None:
    """The area that is on the screen, as far as that is known."""
    seen = session().seen
    return view.viewport or (Viewport(*seen) if seen else None)


def _left_out(count: int, selected: int) -> str:
    """The number of incidents that a frame leaves out, in words."""
    if selected and count == selected:
        return _("leaves out every incident: move the map, or choose all incidents")
    if not count:
        return _("leaves none out")
    message = ngettext("leaves out {count} of {selected}", "leaves out {count} of {selected}", count)
    return message.format(count=number(count), selected=number(selected))
