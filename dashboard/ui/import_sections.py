"""Sections of the report on a list: the first rows of every kind, or all of one kind, page by page."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TypeVar

import streamlit as st

from dashboard.language import _, number
from dashboard.ui.escaping import shortened
from dashboard.ui.imports import ListImport

FEW, ON_A_PAGE = 8, 50  # rows of a kind that are shown among others, and alone
MOST_CELLS, LONGEST_CELL = 6, 40  # of a row that is told, and characters of each
Row = TypeVar("Row")


def show_section(
    made: ListImport,
    name: str,
    heading: str,
    rows: Sequence[Row],
    draw: Callable[[Sequence[Row]], None],
    hint: str = "",
    keys: Callable[[Row], str] | None = None,
) -> None:
    """Draw rows of one kind: the first of them with a way to the rest, or a page of them where no other kind is shown.

    Parameters
    ----------
    draw
        Draws the rows that are shown.
    keys
        Gives the key of a row by which it can be left out; None where that is not to be chosen.
    """
    if not rows or made.section not in ("", name):
        return
    alone = made.section == name
    with st.container(key=f"import-section-{name}", horizontal=True, vertical_alignment="bottom"):
        count = f' <span class="muted">{number(len(rows))}</span>'
        st.html(f'<h2 class="section">{escape(heading)}{count}</h2>', width="stretch")
        if alone:
            _choose(made, "", _("All kinds"), f"import-back-{name}", icon=":material/arrow_back:")
        elif len(rows) > FEW:
            words = _("Show all {count}").format(count=number(len(rows)))
            _choose(made, name, words, f"import-all-{name}")
    if hint:
        st.html(f'<p class="hint">{escape(hint)}</p>')
    if alone and keys:
        _choose_all(made, name, {keys(row) for row in rows})
    start = first_shown(made, name, len(rows)) if alone else 0
    draw(rows[start : start + (ON_A_PAGE if alone else FEW)])
    if alone:
        show_pages(made, name, len(rows))


def row_in_html(where: str, cells: Iterable[tuple[str, str]]) -> str:
    """Tell a row as it stands in the list: where that is, and its first cells that have a text, with their headings."""
    filled = [(name, cell) for name, cell in cells if cell.strip()][:MOST_CELLS]
    told = [
        f"{escape(shortened(name, LONGEST_CELL))} <b>{escape(shortened(cell, LONGEST_CELL))}</b>"
        for name, cell in filled
    ]
    return ", ".join((escape(where), *told))


def _choose(made: ListImport, name: str, words: str, key: str, icon: str | None = None) -> None:
    """Draw the way to one kind alone, or back to all."""

    def choose() -> None:
        made.section = name

    st.button(words, key=key, icon=icon, type="tertiary", on_click=choose)


def _choose_all(made: ListImport, name: str, keys: set[str]) -> None:
    """Draw the ways to leave out or take in all rows of a kind at once."""
    out = len(keys & made.left_out)
    with st.container(key=f"import-each-{name}", horizontal=True, vertical_alignment="center"):
        words = _("{count} of {all} taken in").format(count=number(len(keys) - out), all=number(len(keys)))
        st.html(f'<p class="hint">{escape(words)}</p>', width="content")
        for is_out, words, possible in ((True, _("Leave all out"), out < len(keys)), (False, _("Take all in"), out)):
            if possible:
                key = f"import-each-{name}-{'out' if is_out else 'in'}"
                st.button(
                    words, key=key, type="tertiary", on_click=made.leave_out, args=(keys,), kwargs={"out": is_out}
                )


def first_shown(made: ListImport, name: str, count: int, size: int = ON_A_PAGE) -> int:
    """The place, from 0, of the first row on the page that is open; the last page where there are fewer by now."""
    return min(made.pages.get(name, 0), max(0, count - 1) // size) * size


def show_pages(made: ListImport, name: str, count: int, size: int = ON_A_PAGE) -> None:
    """Draw which rows are shown, and the ways to those before and after them; nothing where they fill one page."""
    if count <= size:
        return
    start = first_shown(made, name, count, size)

    def turn(by: int) -> None:
        made.pages[name] = start // size + by

    with st.container(key=f"import-pages-{name}", horizontal=True, vertical_alignment="center"):
        words = _("{first}–{last} of {count}").format(
            first=number(start + 1), last=number(min(start + size, count)), count=number(count)
        )
        st.html(f'<p class="hint" role="status">{escape(words)}</p>', width="content")
        for by, label, possible in ((-1, _("Previous"), start > 0), (1, _("Next"), start + size < count)):
            key = f"import-page-{name}-{'next' if by > 0 else 'previous'}"
            st.button(label, key=key, disabled=not possible, on_click=turn, args=(by,))
