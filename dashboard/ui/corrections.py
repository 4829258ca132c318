"""Buttons on the card of an incident for correcting and withdrawing it, where that is allowed."""

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.save import withdraw
from dashboard.core.incidents.schema import LONGEST_TEXT
from dashboard.core.record.record import Record
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.settings import settings
from dashboard.ui import state
from dashboard.ui.editing import WHO, author, is_known, may_edit
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.session import session

FAULT = "withdrawal-fault"  # what the session keeps of one that was not possible


def show_corrections(id_: str, dataset: Dataset) -> None:
    """Draw the buttons."""
    if not may_edit():
        return
    if dataset.as_of:
        st.html(f'<p class="said">{_("Editing is off while the data of an earlier moment are shown.")}</p>')
        return
    with st.container(key="corrections", horizontal=True):
        st.button(
            _("Correct"), icon=":material/edit:", key="correct", type="tertiary", on_click=state.go, args=("correct",)
        )
        with st.popover(_("Withdraw"), icon=":material/block:", type="tertiary", key=f"withdraw-{id_}"):
            _withdrawal(id_)


def _withdrawal(id_: str) -> None:
    """Ask for the reason."""
    widgets, kept = session().widgets, session().kept
    reason, name = f"withdrawal:{id_}", f"withdrawal-who:{id_}"

    def withdraw_it() -> None:
        if not may_edit() or session().view.as_of:
            return
        if not is_known():
            kept[WHO] = str(widgets.choice(name) or "")
        try:
            withdraw(Record(settings().record), id_, str(widgets.choice(reason) or ""), who=author())
        except DashboardError as error:
            kept[FAULT] = id_, for_visitors(error)
            return
        kept.pop(FAULT, None)
        session().notices.append(_("Withdrawn: {id}. Problems, under Data, lists it with its reason.").format(id=id_))
        state.select("")

    st.markdown(
        _("A withdrawn incident is on no map and in no figure. It is kept with the reason, and History can undo it.")
    )
    st.text_area(
        _("Reason for the withdrawal"),
        widgets.get(reason) or "",
        key=widgets.key(reason),
        max_chars=LONGEST_TEXT,
        height=80,
    )
    if not is_known():
        st.text_input(_("Your name"), kept.get(WHO, ""), key=widgets.show(name, kept.get(WHO, "")), max_chars=200)
    about, fault = kept.get(FAULT, ("", ""))
    if about == id_:
        st.error(escaped(fault))
    st.button(_("Withdraw the incident"), key=f"withdraw-now-{id_}", type="primary", on_click=withdraw_it)
