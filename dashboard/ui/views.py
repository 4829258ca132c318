"""The saved views: save this one, open, order, edit and delete them, undo, and the file that holds them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import HEADINGS, View, one_line
from dashboard.core.record.record import Record
from dashboard.core.saved_views import recorded
from dashboard.core.saved_views.changes import undoing_in_words
from dashboard.core.saved_views.recorded import SavedViews
from dashboard.core.saved_views.saved_view import LONGEST_NOTES, SavedView, name_of, parse_views, views_text
from dashboard.errors import DashboardError, QueryError
from dashboard.guard import VIEWS_MB
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.marking import doubt_of_marking
from dashboard.ui import screen, state
from dashboard.ui.choices import choose_marking
from dashboard.ui.editing import may_save_views, name_signed_in
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.session import session
from dashboard.ui.views_slides import offer_slides
from dashboard.ui.widgets import show_as, value_of

OPEN = "views"  # the popover
# Kept in the session: whether a view was just opened, what is being edited, and files taken.
SHOWN, EDIT, UPLOADS = "views-shown", "views-edit", "views-uploads"
_log = logging.getLogger(__name__)
SAID, ROUND = "views-said", "views-round"  # what there is to say; grows with each change, so that fields begin anew


@dataclass(frozen=True)
class _Edit:
    """An entry that is being edited: as it was when that began, and as it is known to be now."""

    first: SavedView
    seen: SavedView
    turn: int


@st.fragment
def show_views(dataset: Dataset, view: View) -> None:
    """Offer the saved views; they are read when the popover is opened, and again whenever anything is done in it."""
    if session().kept.pop(SHOWN, False):
        show_as(OPEN, value=False)
        st.rerun()  # all of the page, not only the list
    popover = st.popover(_("Saved views"), key=OPEN, on_change="rerun")
    if not popover.open:
        return
    session().kept.setdefault(ROUND, 0)
    with popover, st.container(key="views-body", gap=None):
        try:
            saved_views, record = screen.saved_views(), screen.record().by(name_signed_in())
        except DashboardError as error:
            st.warning(escaped(for_visitors(error)))
            return
        _said()
        if may_save_views():
            _save(record, view)
            _undo(record)
        _list(record, saved_views, dataset, view)
        _file(record, saved_views, dataset)


def _do(change: Callable[[], str | None]) -> None:
    """Make a change as the callback of a button."""
    _made(change)


def _made(change: Callable[[], str | None]) -> bool:
    """Make a change; what there is to say of it is shown above the list. Says whether it was made."""
    if not may_save_views():  # a role that was taken away since the buttons were drawn
        return False
    try:
        session().kept[SAID] = change() or ""
    except DashboardError as error:
        session().kept[SAID] = for_visitors(error)
        return False
    session().kept[ROUND] += 1
    return True


def _said() -> None:
    if message := session().kept.pop(SAID, ""):
        st.warning(escaped(message))


def _save(record: Record, view: View) -> None:
    """The name of the current view, and the button that saves it."""
    name = name_of(view)
    key = f"views-name-{session().turn}-{session().kept[ROUND]}-{name}"

    def save() -> None:
        typed = one_line(value_of(key) or "")
        # A chart without a title of its own says what it finds in the data of the day.
        title = (typed if typed != name or view.title else "") if view.chart else typed or name
        _do(lambda: recorded.save(record, replace(view, title=title)) and None)

    line = st.form("views-save", border=False).container(key="views-new", horizontal=True, vertical_alignment="bottom")
    line.text_input(_("Name of this view"), name, key=key, max_chars=HEADINGS["title"])
    line.form_submit_button(_("Save this view"), type="primary", on_click=save)


def _list(record: Record, saved_views: SavedViews, dataset: Dataset, view: View) -> None:
    """The saved views in their order; the one that is edited as a form."""
    edit: _Edit | None = session().kept.get(EDIT)
    if not saved_views.views:
        st.html(f'<p class="hint">{_("No view is saved yet.")}</p>')
    with st.container(key="views-list", gap=None):
        for position, saved in enumerate(saved_views.views, 1):
            if edit and saved.key == edit.first.key:
                _form(record, edit)
            else:
                _row(record, position, saved, dataset, view, last=position == len(saved_views.views))
        if edit and not saved_views.of(edit.first.key):
            _form(record, edit)  # it was deleted meanwhile; what was typed stays


def _row(record: Record, position: int, saved: SavedView, dataset: Dataset, view: View, *, last: bool) -> None:
    """One view: its number, its name, which opens it, its marking and finding, and what can be done with it."""
    name, key = name_of(saved.view), saved.key

    def show() -> None:
        state.open_view(saved.view, dataset, fly=True)
        session().kept[SHOWN] = True

    def edit() -> None:
        session().kept[ROUND] += 1
        session().kept[EDIT] = _Edit(saved, saved, session().kept[ROUND])

    def update() -> None:
        """Have it show what the map shows now; its name, finding, marking and notes stay."""
        words = {heading: getattr(saved.view, heading) for heading in HEADINGS}
        _do(lambda: recorded.edit(record, saved, replace(saved, view=replace(view, **words))))

    controls = (
        (
            "up",
            _("Move “{name}” up"),
            "arrow_upward",
            lambda: _do(lambda: recorded.move(record, key, -1)),
            position == 1,
        ),
        ("down", _("Move “{name}” down"), "arrow_downward", lambda: _do(lambda: recorded.move(record, key, 1)), last),
        ("update", _("Update “{name}” with the map as it stands"), "sync", update, False),
        ("edit", _("Edit “{name}”"), "edit", edit, False),
        ("delete", _("Delete “{name}”"), "delete", lambda: _do(lambda: recorded.delete(record, key)), False),
    )
    with st.container(key=f"views-row-{key}", horizontal=True, gap=None, vertical_alignment="center"):
        st.html(f'<span class="position">{position}</span>', width="content")
        with st.container(key=f"views-name-{key}", gap=None):
            st.button(escaped(name), key=f"views-open-{key}", type="tertiary", on_click=show, width="stretch")
            texts = [saved.view.marking, one_line(saved.view.finding or saved.notes)]
            if any(texts):
                st.html(f"<p>{' '.join(f'<span>{escape(text)}</span>' for text in texts if text)}</p>")
        if not may_save_views():
            return
        # The style sheet shows a label when its icon is pointed at, which is quicker than hundreds of tooltips.
        with st.container(key=f"views-controls-{key}", horizontal=True, gap=None, width="content"):
            for what, words, icon, do, disabled in controls:
                st.button(
                    escaped(words.format(name=name)), key=f"views-{what}-{key}", type="tertiary",
                    icon=f":material/{icon}:", on_click=do, disabled=disabled,
                )  # fmt: skip


def _form(record: Record, edit: _Edit) -> None:
    """Name, finding, marking and notes of an entry to edit. What could not be saved stays in the fields."""
    first, seen = edit.first, edit.seen
    fields = {name: f"views-{name}-{edit.turn}" for name in (*HEADINGS, "notes")}

    def save() -> None:
        typed = {name: value_of(key) or "" for name, key in fields.items()}
        texts: dict[str, Any] = {name: one_line(typed[name])[:longest] for name, longest in HEADINGS.items()}
        notes = "\n".join(one_line(line) for line in typed["notes"].splitlines()).strip()
        edited = replace(first, view=replace(first.view, **texts), notes=notes)

        def change() -> str:
            said = recorded.edit(record, seen, edited), doubt_of_marking(edited.view.marking)
            return " ".join(sentence for sentence in said if sentence)

        if _made(change):
            leave()
            return
        try:
            now = recorded.load(record).of(seen.key)
        except DashboardError:
            return
        if now:
            session().kept[EDIT] = replace(edit, seen=recorded.seen_again(seen, edited, now))

    def leave() -> None:
        session().kept.pop(EDIT, None)

    with st.form(f"views-form-{edit.turn}", enter_to_submit=False), st.container(key="views-form", gap=None):
        st.text_input(_("Name"), first.view.title, key=fields["title"], max_chars=HEADINGS["title"])
        st.text_input(_("Key message"), first.view.finding, key=fields["finding"], max_chars=HEADINGS["finding"])
        choose_marking(first.view.marking, fields["marking"])
        st.text_area(_("Notes"), first.notes, key=fields["notes"], max_chars=LONGEST_NOTES, height=110)
        with st.container(key="views-form-end", horizontal=True):
            st.form_submit_button(_("Save"), type="primary", on_click=save)
            st.form_submit_button(_("Cancel"), on_click=leave)


def _undo(record: Record) -> None:
    """Undo the last change of anyone, where there is one."""
    if change := recorded.last_change(record):
        words = _("Undo: {what}").format(what=undoing_in_words(change))
        st.button(
            escaped(words), key="views-undo", type="tertiary", icon=":material/undo:",
            on_click=lambda: _do(lambda: recorded.undo(record, change)),
        )  # fmt: skip


def _file(record: Record, saved_views: SavedViews, dataset: Dataset) -> None:
    """The file of the saved views to take away and to bring back, and the slides of all of them."""
    st.html(f'<h2 class="section">{_("All views")}</h2>')
    with st.container(key="views-file", horizontal=True):
        st.download_button(
            _("Save briefing file"), lambda: views_text(recorded.load(record).views).encode(), file_name="views.yaml",
            mime="application/yaml", key="views-download", on_click="ignore", disabled=not saved_views.views,
        )  # fmt: skip
        problem = offer_slides(saved_views, dataset)
    if problem:
        st.caption(escaped(problem))
    if may_save_views():
        _upload(record, saved_views)


def _upload(record: Record, saved_views: SavedViews) -> None:
    """Take a file, and ask before it replaces what is there."""
    session().kept.setdefault(UPLOADS, 0)
    key = f"views-upload-{session().kept[UPLOADS]}"
    file = st.file_uploader(_("Open briefing file"), type=["yaml", "yml"], key=key, max_upload_size=VIEWS_MB)
    if file is None:
        return

    def again() -> None:
        session().kept[UPLOADS] += 1

    def replace_all() -> None:
        if _made(lambda: recorded.replace_all(record, file.getvalue(), one_line(file.name))):
            again()

    try:
        found = len(parse_views(file.getvalue(), one_line(file.name)))
    except QueryError as error:
        st.warning(escaped(for_visitors(error)))
        return
    holds = ngettext("{file} holds {count} view.", "{file} holds {count} views.", found)
    count = len(saved_views.views)
    replaces = ngettext(
        "It replaces the {count} saved view; this can be undone.",
        "It replaces the {count} saved views; this can be undone.",
        count,
    )
    sentences = holds.format(file=one_line(file.name), count=number(found)), replaces.format(count=number(count))
    st.markdown(escaped(" ".join(sentences)))
    with st.container(horizontal=True):
        st.button(_("Replace"), key="views-replace", type="primary", on_click=replace_all)
        st.button(_("Cancel"), key="views-keep", on_click=again)
