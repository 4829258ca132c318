"""One change of the history in full: what it did, and its undoing."""

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.history import Entry, History
from dashboard.core.record.record import INCIDENT
from dashboard.core.record.undo import Plan, undo
from dashboard.core.saved_views.changes import KINDS
from dashboard.core.saved_views.recorded import undo as undo_change_of_views
from dashboard.errors import DashboardError
from dashboard.language import _, listing, ngettext, number
from dashboard.render.text.changes import LABELS
from dashboard.render.text.history import source_of_change, undoing_in_words
from dashboard.ui.editing import author, may_undo
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.history_choice import choice
from dashboard.ui.session import session
from dashboard.ui.widgets import value_of

MOST_NAMED = 6  # things that were changed again
LONGEST_REASON, SHORT = 300, 40  # characters; and those of a source that its row has room for


def show_change(dataset: Dataset, history: History, entry: Entry, undone: Mapping[int, int]) -> None:
    """Draw what there is to do with a change, below its row."""
    with st.container(key=f"change-open-{entry.number}", gap=None):
        for sentence in _told(entry, undone):
            st.html(f'<p class="told">{escape(sentence)}</p>')
        if not may_undo(entry.change.kind) or dataset.as_of or entry.number == 1 or entry.number in undone:
            _acts(entry, None)
            return
        try:
            plan = history.plan_of(entry.number)
        except DashboardError as error:
            st.error(escaped(for_visitors(error)))
            return
        if not plan.counts:
            st.html(f'<p class="told">{_("Nothing of it is left to undo.")}</p>')
            _acts(entry, None)
        elif choice().undoing:
            _ask(history, entry, plan)
        else:
            st.html(f'<p class="told">{escape(_plan_in_words(dataset, plan))}</p>')
            _acts(entry, plan)


def _told(entry: Entry, undone: Mapping[int, int]) -> list[str]:
    """Say of a change what its row does not."""
    sentences = []
    if len(source := source_of_change(entry.change)) > SHORT:
        sentences.append(_("{source}.").format(source=source.rstrip(".")))
    if entry.number == 1:
        sentences.append(_("The record begins with this change; it cannot be undone."))
    if entry.number in undone:
        message = _("Undone by change {number}; undo that one to bring it back.")
        sentences.append(message.format(number=number(undone[entry.number])))
    if not entry.is_of_data:
        sentences.append(_("Saved views only; the data are the same before and after it."))
    if kept := len(entry.change.facts.get("kept", ())):
        message = ngettext(
            "{count} item changed again before that, and was left as it was.",
            "{count} items changed again before that, and were left as they were.",
            kept,
        )
        sentences.append(message.format(count=number(kept)))
    if questions := entry.change.facts.get("questions", ()):
        message = ngettext(
            "{count} value that was edited here and in its source stays as it was edited here: {values}.",
            "{count} values that were edited here and in their source stay as they were edited here: {values}.",
            len(questions),
        )
        values = [
            _("{thing}, {field}").format(thing=one["key"], field=LABELS.get(one["field"], one["field"]))
            for one in questions[:MOST_NAMED]
        ]
        sentences.append(message.format(count=number(len(questions)), values=_("; ").join(values)))
    return sentences


def _plan_in_words(dataset: Dataset, plan: Plan) -> str:
    """Say what undoing does, and what has been changed again since."""
    does = _("Undoing {what}.").format(what=undoing_in_words(plan.counts))
    if not plan.kept:
        own = _("Nothing of it was changed since. Undoing is a change of its own, so it can be undone.")
        return _("{does} {own}").format(does=does, own=own)
    return _("{does} {kept}").format(does=does, kept=_kept_in_words(dataset, plan))


def _kept_in_words(dataset: Dataset, plan: Plan) -> str:
    named = []
    for (noun, key), fields in list(plan.kept.items())[:MOST_NAMED]:
        rows = dataset.object(key) if noun == INCIDENT else None
        name = rows.iloc[0].place if rows is not None and len(rows) else key
        known = [LABELS.get(field, field) for field in fields if field in LABELS]
        named.append(_("{name} ({fields})").format(name=name, fields=listing(known)) if known else name)
    if left := len(plan.kept) - MOST_NAMED:
        named += [_("{count} more").format(count=number(left))] if left > 0 else []
    message = ngettext(
        "Changed again since, and left as it is: {things}; by {changes}.",
        "Changed again since, and left as they are: {things}; by {changes}.",
        len(plan.kept),
    )
    by = ngettext("change {numbers}", "changes {numbers}", len(plan.later))
    return message.format(
        things=listing(named), changes=by.format(numbers=listing([number(one) for one in plan.later]))
    )


def _acts(entry: Entry, plan: Plan | None) -> None:
    """Draw the buttons of a change."""
    chosen = choice()

    def ask() -> None:
        chosen.undoing = True

    def compare() -> None:
        chosen.compare(entry.number - 1, entry.number)
        chosen.aside = True

    with st.container(key=f"change-acts-{entry.number}", horizontal=True, horizontal_alignment="right"):
        if entry.is_of_data and entry.number > 1:
            st.button(_("Show its differences"), key=f"differences-{entry.number}", on_click=compare)
        if plan is not None:
            label = _("Undo the rest of this change") if plan.kept else _("Undo this change")
            st.button(label, icon=":material/undo:", key=f"undo-{entry.number}", on_click=ask)


def _ask(history: History, entry: Entry, plan: Plan) -> None:
    """Ask for the reason, and for the word to undo."""
    chosen = choice()

    def leave() -> None:
        chosen.undoing = False

    what = _("Undoing {what}.").format(what=undoing_in_words(plan.counts))
    st.html(f'<p class="told">{escape(what)}</p>')
    st.text_input(
        _("Reason, which the history keeps"),
        key=f"undo-reason-{entry.number}",
        max_chars=LONGEST_REASON,
        placeholder=_("such as: imported twice"),
    )
    with st.container(key=f"change-acts-{entry.number}", horizontal=True, horizontal_alignment="right"):
        st.button(_("Cancel"), key=f"undo-not-{entry.number}", type="tertiary", on_click=leave)
        label = _("Undo the rest") if plan.kept else _("Undo")
        st.button(
            label,
            key=f"undo-now-{entry.number}",
            type="primary",
            on_click=_undo(history, entry, partly=bool(plan.kept)),
        )


def _undo(history: History, entry: Entry, *, partly: bool) -> Callable[[], None]:
    chosen = choice()

    def act() -> None:
        if not may_undo(entry.change.kind):  # a button that was drawn before that was switched off
            return
        note = str(value_of(f"undo-reason-{entry.number}") or "").strip()
        try:
            if entry.change.kind in KINDS:
                undo_change_of_views(history.record.by(author()), entry.change)
            else:
                undo(history.record, entry.number, who=author(), note=note, partly=partly)
        except DashboardError as error:
            session().notices.append(for_visitors(error))
            return
        chosen.opened, chosen.undoing = 0, False
        session().notices.append(_("Change {number} is undone.").format(number=number(entry.number)))

    return act
