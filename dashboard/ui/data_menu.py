"""The parts of the data, in the panel under the choice of pages."""

from contextlib import suppress

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.errors import DashboardError
from dashboard.language import _, number
from dashboard.ui import data, state
from dashboard.ui.editing import is_keeper, may_edit, may_import
from dashboard.ui.history_choice import show_history_choice
from dashboard.ui.session import session

PARTS = {
    "data": _("Table"),
    "history": _("History"),
    "problems": _("Problems"),
    "method": _("Method"),
    "exports": _("Exports"),
    "tokens": _("Tokens"),
}  # by page
OF_THE_KEEPER = ("exports", "tokens")
WITHOUT_FILTER = ("problems", "method", *OF_THE_KEEPER)  # whatever is asked for, these say the same


def show_data_menu(dataset: Dataset) -> None:
    """Draw the parts of the data, where one of them is shown."""
    shown = session().page
    if shown not in PARTS:
        return
    st.html(f'<h2 class="section first">{_("Data")}</h2>')
    with st.container(key="data-menu", gap=None):
        for page, words in PARTS.items():
            if page in OF_THE_KEEPER and not is_keeper():
                continue
            count = len(dataset.problems) if page == "problems" else 0
            label = _("{part} :gray[{count}]").format(part=words, count=number(count)) if count else words
            st.button(
                label,
                key=f"part-{page}",
                type="secondary" if page == shown else "tertiary",
                width="stretch",
                on_click=state.go,
                args=(page,),
            )
    if may_edit() and not dataset.as_of:
        _act(_("Add an incident"), ":material/add_location_alt:", "add-incident", "add")
    if may_import() and not dataset.as_of:
        _act(_("Import a list"), ":material/upload_file:", "import-list", "import")
    if shown == "history":
        _history(dataset)
    if shown in WITHOUT_FILTER:
        st.html('<span class="without-filter"></span>')


def _act(label: str, icon: str, key: str, page: str) -> None:
    st.button(label, icon=icon, key=key, width="stretch", on_click=state.go, args=(page,))


def _history(dataset: Dataset) -> None:
    with suppress(DashboardError):  # the page says so
        show_history_choice(dataset, data.history().entries())
    words = _("Differences are shown of the incidents that the filter below lets pass.")
    st.html(f'<h2 class="section">{_("Filter")}</h2><p class="hint">{words}</p>')
