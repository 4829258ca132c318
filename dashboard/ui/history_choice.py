"""The choices made in the history: kinds of changes, two moments, one incident; and the panel that has them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.history import BY_HAND, FOLDER, IMPORTS, KINDS, RELEASES, UNDOINGS, VIEWS, Entry
from dashboard.core.query.search import terms_of
from dashboard.language import _, number, plain
from dashboard.render.text.incident import when_in_words
from dashboard.ui.escaping import escaped
from dashboard.ui.session import session

ALL = ""
WORDS = {
    ALL: _("All"),
    FOLDER: _("Data folder"),
    IMPORTS: _("Imports"),
    BY_HAND: _("By hand"),
    RELEASES: _("Releases"),
    VIEWS: _("Saved views"),
    UNDOINGS: _("Undone"),
}
MOST_FOUND = 8  # incidents that are offered for what was typed
FEWEST_LETTERS = 2


@dataclass(eq=False)
class Choice:
    """The choices made in the history of one session.

    kind, who
        The kind of changes that are listed, empty for all; and who made them, none for everybody.
    ticked
        The numbers of the changes that are compared, in the order in which they were ticked; at most two.
    opened, undoing
        The number of the change whose row is open, 0 for none; and whether its undoing was asked for.
    page
        How many pages of later changes are before the list.
    part
        The part of the differences that is shown.
    all_
        Whether that part is listed to its end.
    words, incident
        What was typed to find an incident, and the incident whose history is shown, or empty.
    aside
        Whether a phone shows the differences in place of the list.
    """

    kind: str = ALL
    who: tuple[str, ...] = ()
    ticked: tuple[int, ...] = ()
    opened: int = 0
    undoing: bool = False
    page: int = 0
    part: str = ""
    all_: bool = False
    words: str = ""
    incident: str = ""
    aside: bool = False

    def passes(self, entry: Entry) -> bool:
        """Tell whether a change is listed."""
        return self.kind in (ALL, entry.kind) and (not self.who or entry.change.who in self.who)

    def tick(self, change: int, *, on: bool) -> None:
        """Tick the change, in place of the one that was ticked first where two are; or untick it."""
        others = tuple(one for one in self.ticked if one != change)
        self.ticked = (*others[-1:], change) if on else others
        self.incident, self.all_ = "", False

    def compare(self, earlier: int, later: int) -> None:
        """Compare two moments."""
        self.ticked, self.incident, self.all_ = (earlier, later), "", False

    def open(self, change: int) -> None:
        """Open the row of a change, or close it."""
        self.opened, self.undoing = 0 if self.opened == change else change, False

    def look_at(self, incident: str) -> None:
        """Show the history of an incident."""
        self.incident, self.aside = incident, bool(incident)


def choice() -> Choice:
    """The choices of this session."""
    kept = session().kept
    if "history" not in kept:
        kept["history"] = Choice()
    chosen: Choice = kept["history"]
    return chosen


def show_history_choice(dataset: Dataset, entries: Sequence[Entry]) -> None:
    """Draw the panel: which changes are listed, and the search for one incident."""
    chosen = choice()
    _kinds(chosen, entries)
    _persons(chosen, entries)
    _find(chosen, dataset)


def _kinds(chosen: Choice, entries: Sequence[Entry]) -> None:
    counts = Counter(entry.kind for entry in entries)
    shown = [ALL, *(kind for kind in KINDS if counts[kind])]

    def choose() -> None:
        chosen.kind, chosen.page = session().widgets.choice("history-kind") or ALL, 0

    def words(kind: str) -> str:
        count = counts[kind] if kind else len(entries)
        return _("{kind} {count}").format(kind=WORDS[kind], count=number(count))

    st.html(f'<h2 class="section first">{_("Changes shown")}</h2>')
    st.pills(
        _("Changes shown"),
        shown,
        default=chosen.kind if chosen.kind in shown else ALL,
        required=True,
        format_func=words,
        key=session().widgets.show("history-kind", chosen.kind if chosen.kind in shown else ALL),
        on_change=choose,
        label_visibility="collapsed",
    )


def _persons(chosen: Choice, entries: Sequence[Entry]) -> None:
    counts = Counter(entry.change.who for entry in entries if entry.change.who)
    if len(counts) < 2:
        return
    st.html(f'<h2 class="section">{_("Who")}</h2>')
    with st.container(key="rows-who", gap=None):
        for who, count in counts.most_common():
            name = ("history-who", who)
            label = _("{name} :gray[{count}]").format(name=escaped(who), count=number(count))
            key = session().widgets.show(name, who in chosen.who)
            st.checkbox(label, who in chosen.who, key=key, on_change=_choose_who(chosen, name))


def _choose_who(chosen: Choice, name: tuple[str, str]) -> Callable[[], None]:
    def choose() -> None:
        others = tuple(who for who in chosen.who if who != name[1])
        chosen.who = (*others, name[1]) if session().widgets.choice(name) else others
        chosen.page = 0

    return choose


def _find(chosen: Choice, dataset: Dataset) -> None:
    """Draw the field for an incident, and offer those that it can mean."""

    def type_() -> None:
        chosen.words = session().widgets.choice("history-find") or ""

    st.html(f'<h2 class="section">{_("History of an incident")}</h2>')
    st.text_input(
        _("History of an incident"),
        chosen.words,
        key=session().widgets.show("history-find", chosen.words),
        on_change=type_,
        placeholder=_("Place or reference"),
        icon=":material/search:",
        label_visibility="collapsed",
    )
    words = chosen.words.strip()
    if len(words) < FEWEST_LETTERS:
        st.html(f'<p class="hint">{_("Every change of it, from the first on.")}</p>')
        return
    found = _found(dataset, words)
    if found.empty:
        st.html(f'<p class="hint" role="status">{escape(_("No incident matches “{text}”.").format(text=words))}</p>')
    with st.container(key="history-found", gap=None):
        for row in found.head(MOST_FOUND).itertuples():
            label = _("{place} :gray[{when}]").format(place=escaped(row.place), when=escaped(when_in_words(row)))
            key = f"history-of:{row.id}"
            st.button(label, key=key, type="tertiary", width="stretch", on_click=chosen.look_at, args=(row.id,))
    if len(found) > MOST_FOUND:
        message = _("{count} more; type more of the name.").format(count=number(len(found) - MOST_FOUND))
        st.html(f'<p class="hint">{escape(message)}</p>')


def _found(dataset: Dataset, words: str) -> pd.DataFrame:
    """The records that words mean: those with this reference, at such a place, or else that say them anywhere."""
    rows = pd.concat([dataset.objects, dataset.withdrawn], ignore_index=True)
    named = rows["id"].str.casefold().str.contains(words.casefold(), regex=False)
    said = pd.Series(True, rows.index)
    for term in terms_of(words):
        said &= rows["words"].str.contains(term, regex=False)
    there = said.copy()
    there[said] = [all(term in plain(place) for term in terms_of(words)) for place in rows.loc[said, "place"]]
    return next((rows[hits] for hits in (named | there, said) if hits.any()), rows[:0]).sort_values("date")[::-1]
