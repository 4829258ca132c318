"""The differences between two moments of the data: how many incidents then and now, and each field that was changed."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.core.data.changes import Changes
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.differences import Differences
from dashboard.core.data.history import Entry, History
from dashboard.core.data.releases import asked_in_words
from dashboard.core.query.as_of import as_of_in_words
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.errors import DashboardError
from dashboard.language import _, ngettext, number
from dashboard.render.export.differences import make_differences
from dashboard.render.symbols.mark_style import kind_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.changes import correction_in_words, reason_in_words
from dashboard.render.text.file_names import differences_name
from dashboard.render.text.handout import with_marking
from dashboard.render.text.incident import kind_in_words, place_in_words, when_in_words
from dashboard.render.web.folium_map import symbol_address
from dashboard.ui import data, state
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.exports import noted
from dashboard.ui.history_choice import choice
from dashboard.ui.moments import as_of, moment_in_words, moments_of_data
from dashboard.ui.session import session, update_view

FEW, MOST_LISTED = 20, 200  # incidents of a list, and of one that was asked for as a whole
FOLDED = 160  # characters; a longer text is folded


def show_differences(
    dataset: Dataset, history: History, entries: Sequence[Entry], view: View, palette: Palette
) -> None:
    """Draw the choice of two moments, and what lies between them."""
    moments = moments_of_data(entries)
    _way_back()
    if len(moments) < 2:
        words = _("There is one moment of the data so far. Once they change, this says what was added and corrected.")
        st.html(f'<p class="result">{escape(words)}</p>')
        return
    by_number = {entry.number: entry for entry in moments}
    earlier, later = _moments(moments, view)
    _choose(by_number, earlier, later, view)
    try:
        found = history.differences(earlier, later)
        now = data.dataset()
        newest = moments[-1].number
        counts = len(now.incidents) - (history.differences(later, newest).more if later != newest else 0)
    except DashboardError as error:
        st.error(escaped(for_visitors(error)), icon=":material/error:")
        return
    changes = found.changes.passing(view.filter, dataset.publishers, dataset.events)
    st.html(_figures(changes, counts - found.more, counts, is_now=later == newest))
    _acts(found, changes, (by_number[earlier], by_number[later]), entries, view)
    _left_out(dataset, found.changes.count - changes.count, view)
    _parts(now, found, changes, palette)


def _way_back() -> None:
    chosen = choice()

    def leave() -> None:
        chosen.aside = False

    st.button(_("All changes"), icon=":material/arrow_back:", key="aside-back", type="tertiary", on_click=leave)


def _moments(moments: Sequence[Entry], view: View) -> tuple[int, int]:
    """The two changes after which the data are compared: those that are ticked, or else the last release and now."""
    numbers = [entry.number for entry in moments]
    ticked = sorted(one for one in choice().ticked if one in numbers)
    if len(ticked) == 2:
        return ticked[0], ticked[1]
    newest = numbers[-1]
    if ticked and ticked[0] != newest:
        return ticked[0], newest
    asked = [entry.number for entry in moments if view.since and entry.change.name == view.since]
    releases = [entry.number for entry in moments if entry.change.name and entry.number != newest]
    return (*asked, *releases[::-1], numbers[-2])[0], newest


def _choose(by_number: dict[int, Entry], earlier: int, later: int, view: View) -> None:
    numbers, newest = sorted(by_number, reverse=True), max(by_number)
    widgets, chosen = session().widgets, choice()

    def keep() -> None:
        chosen.compare(widgets.choice("moment-from"), widgets.choice("moment-to"))

    def words(one: int) -> str:
        moment = moment_in_words(by_number[one], view)
        return _("{moment}, now").format(moment=moment) if one == newest else moment

    with st.container(key="moments", horizontal=True, vertical_alignment="bottom"):
        for label, key, one in ((_("From"), "moment-from", earlier), (_("To"), "moment-to", later)):
            st.selectbox(
                _("{label}, after change {number}").format(label=label, number=number(one)),
                numbers,
                numbers.index(one),
                format_func=words,
                key=widgets.show(key, one),
                on_change=keep,
            )


def _figures(changes: Changes, then: int, now: int, *, is_now: bool) -> str:
    aside = changes.own_side

    def count(ids: Iterable[str]) -> str:
        return number(len({*ids} - aside))

    parts = [
        (number(then), _("then"), ""),
        (f"+{count(changes.added)}", _("added"), "added"),
        (f"~{count(changes.corrected)}", _("corrected"), "corrected"),
        (f"−{count(changes.withdrawn)}", _("withdrawn"), "withdrawn"),
        (f"+{count(changes.reinstated)}", _("reinstated"), "added"),
        (f"−{count(changes.unusable)}", _("set aside"), "withdrawn"),
        (number(now), _("current") if is_now else _("afterwards"), ""),
    ]
    rare = (_("reinstated"), _("set aside"))
    shown = [part for part in parts if part[1] not in rare or part[0][1:] != "0"]
    cells = "".join(
        f'<div class="{kind}"><b>{escape(value)}</b><span>{escape(word)}</span></div>' for value, word, kind in shown
    )
    words = ngettext(
        "In the list, but in no figure: {count} that was or is an own-side object.",
        "In the list, but in no figure: {count} that were or are own-side objects.",
        len(aside),
    )
    note = f'<p class="note">{escape(words.format(count=number(len(aside))))}</p>' if aside else ""
    return f'<div class="moved">{cells}</div>{note}'


def _left_out(dataset: Dataset, left: int, view: View) -> None:
    if view.filter == Filter():
        return
    message = ngettext(
        "{filter}. {count} more incident changed that the filter does not show.",
        "{filter}. {count} more incidents changed that the filter does not show.",
        left,
    )
    asked = asked_in_words(View(filter=view.filter), dataset.known, dataset.events)
    with st.container(key="changes-left", horizontal=True, vertical_alignment="center"):
        words = message.format(filter=asked, count=number(left))
        st.html(f'<p class="note">{escape(words)}</p>', width="stretch")
        st.button(_("Reset the filter"), key="changes-reset", on_click=state.reset, args=(dataset,))


def _parts(now: Dataset, found: Differences, changes: Changes, palette: Palette) -> None:
    """Draw a tab for each kind of difference, and the list of the one that is shown."""
    chosen, widgets = choice(), session().widgets
    counts = {
        "corrected": (_("Corrected"), list(changes.corrected)),
        "added": (_("Added"), list(changes.added)),
        "withdrawn": (_("Withdrawn"), list(changes.withdrawn)),
        "reinstated": (_("Reinstated"), list(changes.reinstated)),
        "unusable": (_("Set aside"), list(changes.unusable)),
    }
    parts = {part: ids for part, (_words, ids) in counts.items() if ids}
    if not parts:
        st.html(f'<p class="result">{_("No incident was added, corrected or withdrawn.")}</p>')
        return
    shown = chosen.part if chosen.part in parts else next(iter(parts))

    def choose() -> None:
        chosen.part, chosen.all_ = widgets.choice("differences-part") or shown, False

    with st.container(key="differences-head", horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            _("Differences"),
            list(parts),
            default=shown,
            format_func=lambda part: _("{part} {count}").format(part=counts[part][0], count=number(len(parts[part]))),
            key=widgets.show("differences-part", shown),
            on_change=choose,
            label_visibility="collapsed",
            required=True,
        )
        st.html(f'<p class="hint">{_("Number of the change at the right")}</p>', width="stretch")
    most = MOST_LISTED if chosen.all_ else FEW
    rows = {row.id: row for row in changes.before.itertuples()} | {row.id: row for row in changes.after.itertuples()}
    known = {*now.incidents["id"], *now.friendly["id"]}
    with st.container(key="differences", gap=None):
        for id_ in parts[shown][:most]:
            with st.container(key=f"difference-{id_}", horizontal=True, gap=None):
                _button(rows[id_], palette, opens=id_ in known)
                st.html(_said(shown, rows[id_], found, changes))
        _more(len(parts[shown]), most)


def _said(part: str, row: Any, found: Differences, changes: Changes) -> str:
    """Say what became of an incident: its fields, the reason, or its kind."""
    if part == "corrected":
        return fields_html(row.id, changes, found)
    if part == "withdrawn":
        words = reason_in_words(changes.withdrawn[row.id], changes.nameless)
    elif part == "unusable":
        words = _("Its row is still in the file, but cannot be used; Problems says why.")
    else:
        words = kind_in_words(row)
    return _table([("", escape(words), found.number(row.id))])


def fields_html(id_: str, changes: Changes, found: Differences | None = None) -> str:
    """The fields of an incident that were corrected, as a table: what each was, struck, and what it became."""
    rows = [changes.before[changes.before["id"] == id_].iloc[0], changes.after[changes.after["id"] == id_].iloc[0]]
    months = (rows[0].date_precision == "month", rows[1].date_precision == "month")
    lines = []
    for field in changes.corrected[id_]:
        label, before, after = correction_in_words(field, months=months)
        lines.append((label, _became(before, after), found.number(id_, field.column) if found else 0))
    return _table(lines)


def _table(lines: Sequence[tuple[str, str, int]]) -> str:
    """Lines of a label, HTML, and the number of a change or 0, as a table."""
    heads = "".join(f'<th scope="col">{words}</th>' for words in (_("Field"), _("Was and became"), _("Change")))
    cells = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{said}</td><td>{number(change) if change else ""}</td></tr>'
        for label, said, change in lines
    )
    return f'<table class="became"><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>'


def _became(before: str, after: str) -> str:
    empty = _("empty")
    was = f"<s>{escape(before)}</s>" if before != "–" else f"<i>{empty}</i>"
    is_ = f"<b>{escape(after)}</b>" if after != "–" else f"<i>{empty}</i>"
    said = f'{was} <span aria-label="{_("became")}">→</span> {is_}'
    if len(before) + len(after) <= FOLDED:
        return said
    beginning = after if after != "–" else before
    return f"<details><summary>{escape(beginning[: FOLDED // 2].rstrip())}…</summary>{said}</details>"


def _button(row: Any, palette: Palette, *, opens: bool) -> None:
    """The incident of a line, a button that opens it on the map where it is there."""
    kind = kind_of(row)
    symbol = symbol_address(kind.category, kind.status, palette)
    st.button(
        _("![]({symbol}) **{place}** :gray[{when}]").format(
            symbol=symbol, place=escaped(place_in_words(row)), when=escaped(when_in_words(row))
        ),
        key=f"difference-open:{row.id}",
        type="tertiary",
        width=250,
        disabled=not opens,
        help=_("Open it on the map") if opens else None,
        on_click=state.open_on_map,
        args=(row.id, float(row.latitude), float(row.longitude)),
    )


def _more(count: int, most: int) -> None:
    """Say how many a list leaves out, and offer more of them."""
    if count <= most:
        return
    chosen = choice()

    def ask() -> None:
        chosen.all_ = True

    with st.container(key="differences-more", horizontal=True, vertical_alignment="center"):
        words = _("{count} more").format(count=number(count - most))
        if most < MOST_LISTED:
            st.html(f'<p class="hint">{escape(words)}</p>', width="content")
            st.button(_("Show all"), key="differences-all", type="tertiary", on_click=ask)
        else:
            message = _("{more}; the exported file has all of them.").format(more=words)
            st.html(f'<p class="hint">{escape(message)}</p>')


def _acts(
    found: Differences,
    changes: Changes,
    moments: tuple[Entry, Entry],
    entries: Sequence[Entry],
    view: View,
) -> None:
    """Draw the ways on: the map of an earlier moment, the map of what changed, and the differences as a file."""
    earlier, later = moments
    with st.container(key="differences-acts", horizontal=True, vertical_alignment="center"):
        for key, moment in (("as-of-from", earlier), ("as-of-to", later)):
            then = as_of(moment, entries)
            if then and moment is not moments_of_data(entries)[-1]:
                st.button(
                    _("Show the map as of {moment}").format(moment=as_of_in_words(then)),
                    key=key,
                    type="primary" if moment is earlier else "secondary",
                    on_click=_show_as_of,
                    args=(then,),
                    help=_("A banner on every page says so until you go back to now."),
                )
        since = as_of(earlier, entries)
        if len(changes.after) and since and later is moments_of_data(entries)[-1]:
            label = _("Show the changes on the map")
            st.button(label, key="changes-map", on_click=state.show_changes_since, args=(since,))
        marking = with_marking(view, changes.before["marking"], changes.after["marking"]).marking
        name = differences_name(earlier.number, later.number, marking, "csv")
        st.download_button(
            _("Export these differences"),
            noted(lambda: make_differences(found, marking), name, (view, "")),
            file_name=name,
            mime="text/csv",
            key="export-differences",
            on_click="ignore",
            type="tertiary",
        )


def _show_as_of(moment: str) -> None:
    update_view(as_of=moment)
    state.go("map")
