"""The history of one incident: every change of it, field by field, from the first on."""

from html import escape

import streamlit as st

from dashboard.core.data.changes import Changes
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.differences import Step
from dashboard.core.data.history import History
from dashboard.core.query.view import View
from dashboard.errors import DashboardError
from dashboard.language import _, number
from dashboard.render.text.history import source_of_change, title_of_change
from dashboard.render.text.incident import place_in_words, when_in_words
from dashboard.render.text.instants import instant_in_words
from dashboard.ui import state
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.history_choice import choice
from dashboard.ui.subpages.differences import fields_html


def show_incident_history(dataset: Dataset, history: History, view: View) -> None:
    """Draw every change of the chosen incident, the newest first."""
    chosen = choice()
    try:
        steps = history.steps_of(chosen.incident)
    except DashboardError as error:
        st.error(escaped(for_visitors(error)), icon=":material/error:")
        return
    st.button(
        _("Differences between two moments"),
        icon=":material/arrow_back:",
        key="incident-history-back",
        type="tertiary",
        on_click=chosen.look_at,
        args=("",),
    )
    st.html(_head(chosen.incident, steps))
    row = dataset.object(chosen.incident)
    if len(row):
        place = row.iloc[0]
        st.button(
            _("Open it on the map"),
            key="incident-history-open",
            on_click=state.open_on_map,
            args=(chosen.incident, float(place.latitude), float(place.longitude)),
        )
    for step in reversed(steps):
        st.html(_step(step, view))


def _head(incident: str, steps: list[Step]) -> str:
    rows = [row for step in steps for row in (*step.changes.before.itertuples(), *step.changes.after.itertuples())]
    if not rows:
        return f'<h2 class="one-incident">{escape(incident)}</h2>'
    place, when = place_in_words(rows[-1]), when_in_words(rows[-1])
    return (
        f'<h2 class="one-incident">{escape(place)}</h2>'
        f'<p class="hint">{escape(_("{when}; {reference}").format(when=when, reference=incident))}</p>'
    )


def _step(step: Step, view: View) -> str:
    """One change of the incident: when, by whom and why, and its fields."""
    change = step.change
    heading = _("{number}. {what}").format(number=number(change.number), what=_what(step.changes))
    told = [instant_in_words(change.at, view), change.who, title_of_change(change), source_of_change(change)]
    line = _(" · ").join(part for part in told if part)
    fields = "".join(fields_html(id_, step.changes) for id_ in step.changes.corrected)
    reasons = "".join(f"<p>{escape(reason)}</p>" for reason in step.changes.withdrawn.values() if reason)
    return (
        f'<section class="step"><h3>{escape(heading)}</h3><p class="hint">{escape(line)}</p>{reasons}{fields}</section>'
    )


def _what(changes: Changes) -> str:
    words = (
        (changes.added, _("Added")),
        (changes.reinstated, _("Reinstated")),
        (changes.corrected, _("Corrected")),
        (changes.withdrawn, _("Withdrawn")),
        (changes.unusable, _("Set aside")),
    )
    return next((word for found, word in words if found), _("Nothing that the page shows"))
