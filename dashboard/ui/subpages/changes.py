"""The page of changes: what was added, corrected field by field, or withdrawn between two states of the data."""

from collections.abc import Sequence
from html import escape
from typing import Any

import geopandas as gpd
import streamlit as st

from dashboard.core.data.changes import Changes
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.release_folders import RECORD
from dashboard.core.data.releases import Release, find_release
from dashboard.core.query.as_of import release_in_words
from dashboard.core.query.view import View, one_line
from dashboard.errors import DashboardError
from dashboard.language import _, day, ngettext, number
from dashboard.render.symbols.mark_style import kind_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.changes import correction_in_words, reason_in_words, result_in_words
from dashboard.render.text.incident import kind_in_words, place_in_words, when_in_words
from dashboard.render.text.instants import instant_in_words
from dashboard.render.web.folium_map import symbol_address
from dashboard.ui import state
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.session import session
from dashboard.ui.style import show_style_of
from dashboard.ui.widgets import value_of

MOST_LISTED = 200  # incidents of a list
NOW = ""


def show_changes(dataset: Dataset, selection: gpd.GeoDataFrame, view: View, palette: Palette) -> None:
    """Draw the page."""
    show_style_of("changes")
    with st.container(key="pane"):
        st.html(f'<h1 class="heading">{_("Data changes")}</h1>')
        if dataset.releases:
            earlier, later = _choose(dataset, view)
            try:
                changes = dataset.changes(earlier, later)
            except DashboardError as error:
                st.error(escaped(for_visitors(error)), icon=":material/error:")
            else:
                _show(dataset, changes, view, palette, (earlier, later))
        else:
            _no_release()
        for problem in dataset.problems:
            if problem.file.name == RECORD:
                st.warning(escaped(for_visitors(problem.message)), icon=":material/warning:")


def _no_release() -> None:
    message = _(
        "There is no release of the data yet, so there is nothing to compare the incidents with. Make one with "
        "the command below, and start the app again when the data have changed: this page then says what was added, "
        "corrected and withdrawn."
    )
    st.html(f'<p class="result">{escape(message)}</p>')
    st.code("python -m dashboard release", language=None)


def _choose(dataset: Dataset, view: View) -> tuple[str, str]:
    """Ask which two states to compare; gives their names, the later one empty for the data as they are."""
    names = [release.name for release in reversed(dataset.releases)]
    others = [release.name for release in reversed(dataset.releases) if release.fingerprint != dataset.fingerprint]
    kept = session().kept.get("compared", ())
    first = view.since if view.since in names else [*others, *names][0]
    earlier, later = kept if kept and set(kept) <= {*names, NOW} else (first, NOW)

    def keep() -> None:
        session().kept["compared"] = (value_of("changes-earlier"), value_of("changes-later"))

    def words(name: str) -> str:
        return _label(dataset, find_release(dataset.releases, name) if name else None)

    with st.container(key="changes-choice", horizontal=True, vertical_alignment="bottom"):
        for label, key, options, chosen in (
            (_("From"), "changes-earlier", names, earlier),
            (_("To"), "changes-later", [NOW, *names], later),
        ):
            st.selectbox(label, options, options.index(chosen), format_func=words, key=key, on_change=keep, width=430)
    return value_of("changes-earlier"), value_of("changes-later")


def _label(dataset: Dataset, release: Release | None) -> str:
    if release is None:
        count = len(dataset.incidents)
        message = ngettext("Current data: {count} incident", "Current data: {count} incidents", count)
        return message.format(count=number(count))
    message = ngettext("{day} ({digits}): {count} incident", "{day} ({digits}): {count} incidents", release.incidents)
    digits = release.name.rpartition("-")[2]
    return message.format(day=day(release.created), digits=digits, count=number(release.incidents))


def _show(dataset: Dataset, all_: Changes, view: View, palette: Palette, names: tuple[str, str]) -> None:
    """Draw the result, and a list for each kind of change; only of what the filter lets pass."""
    earlier, later = names
    changes = all_.passing(view.filter)
    message = _("From the {earlier} to the {later}: {result}.") if later else _("Since the {earlier}: {result}.")
    message = message.format(
        earlier=release_in_words(earlier),
        later=release_in_words(later) if later else "",
        result=result_in_words(changes),
    )
    st.html(
        f'<p class="result">{escape(message)}</p><p class="hint">{escape(_states_in_words(dataset, names, view))}</p>'
    )
    if left := all_.count - changes.count:
        _left_out(dataset, left)
    if not later and len(changes.after):
        st.button(
            _("Show the changes on the map"),
            key="changes-map",
            type="primary",
            on_click=state.show_changes_since,
            args=(earlier,),
        )
    rows = {row.id: row for row in changes.after.itertuples()}
    were = {row.id: row for row in changes.before.itertuples()}
    _list_rows(_("Added"), "added", [rows[id_] for id_ in changes.added], later, palette)
    _list_rows(_("Reinstated"), "reinstated", [rows[id_] for id_ in changes.reinstated], later, palette)
    _list_corrected(changes, rows, were, later, palette)
    _list_gone(
        _("Withdrawn"),
        [(were[id_], reason_in_words(reason, changes.nameless)) for id_, reason in changes.withdrawn.items()],
        palette,
    )
    fault = _("Its row is still in the file, but cannot be used; “About the data” on the map says why.")
    _list_gone(_("Set aside"), [(were[id_], fault) for id_ in changes.unusable], palette)


def _states_in_words(dataset: Dataset, names: Sequence[str], view: View) -> str:
    """Information cut-offs and notes of the two states, in sentences."""
    releases = [find_release(dataset.releases, name) if name else None for name in names]
    cutoffs = [instant_in_words(release.cutoff if release else dataset.about.cutoff, view) for release in releases]
    if len(set(cutoffs)) == 1:
        parts = [_("Information as of {cutoff} in both.").format(cutoff=cutoffs[0])]
    else:
        parts = [_("Information as of {before}, then as of {after}.").format(before=cutoffs[0], after=cutoffs[1])]
    parts += [
        _("Note on {day}: {note}.").format(day=day(release.created), note=release.note.rstrip("."))
        for release in releases
        if release and release.note
    ]
    return " ".join(parts)


def _left_out(dataset: Dataset, left: int) -> None:
    message = ngettext(
        "{count} more incident changed that the filter does not show.",
        "{count} more incidents changed that the filter does not show.",
        left,
    )
    with st.container(key="changes-left", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="note">{escape(message.format(count=number(left)))}</p>', width="content")
        st.button(_("Reset the filter"), key="changes-reset", on_click=state.reset, args=(dataset,))


def _head(title: str, count: int) -> None:
    st.html(f'<h2 class="section">{escape(title)}: {number(count)}</h2>')


def _more(count: int) -> None:
    """Say how many a list leaves out."""
    if count > MOST_LISTED:
        message = _("The first {listed} are listed; {left} more are not.")
        words = message.format(listed=number(MOST_LISTED), left=number(count - MOST_LISTED))
        st.html(f'<p class="hint">{escape(words)}</p>')


def _list_rows(title: str, key: str, rows: Sequence[Any], later: str, palette: Palette) -> None:
    """List incidents, each a button that opens it on the map."""
    if not rows:
        return
    _head(title, len(rows))
    with st.container(key=f"changes-{key}", gap=None):
        for row in rows[:MOST_LISTED]:
            _button(row, key, later, palette)
        _more(len(rows))


def _symbol(row: Any, palette: Palette) -> str:
    kind = kind_of(row)
    return symbol_address(kind.category, kind.status, palette)


def _button(row: Any, key: str, later: str, palette: Palette) -> None:
    """A row of a list that opens its incident on the map, if that is what the map shows."""
    label = _("![]({symbol}) {when} **{place}** {what}").format(
        symbol=_symbol(row, palette),
        when=f":gray[{when_in_words(row)}]",
        place=escaped(place_in_words(row)),
        what=kind_in_words(row),
    )
    st.button(
        label,
        key=f"{key}:{row.id}",
        type="tertiary",
        width="stretch",
        disabled=bool(later),
        help=None if later else _("Open it on the map"),
        on_click=state.open_on_map,
        args=(row.id, float(row.latitude), float(row.longitude)),
    )


def _list_corrected(changes: Changes, rows: dict[str, Any], were: dict[str, Any], later: str, palette: Palette) -> None:
    """List what was corrected: each incident with its fields, what they were and what they are."""
    if not changes.corrected:
        return
    _head(_("Corrected"), len(changes.corrected))
    heads = [_("Field"), _("Before"), _("After")]
    # Once for the eye, and in each table for those who hear it.
    st.html(f'<p class="field-heads" aria-hidden="true">{"".join(f"<span>{head}</span>" for head in heads)}</p>')
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    head = f"<colgroup><col><col><col></colgroup><thead><tr>{cells}</tr></thead>"
    with st.container(key="changes-corrected", gap=None):
        for id_, fields in list(changes.corrected.items())[:MOST_LISTED]:
            _button(rows[id_], "corrected", later, palette)
            months = (were[id_].date_precision == "month", rows[id_].date_precision == "month")
            lines = (correction_in_words(field, months=months) for field in fields)
            body = "".join(
                f'<tr><th scope="row">{escape(label)}</th><td>{escape(before)}</td><td>{escape(after)}</td></tr>'
                for label, before, after in lines
            )
            st.html(f'<table class="fields-changed">{head}<tbody>{body}</tbody></table>')
        _more(len(changes.corrected))


def _list_gone(title: str, gone: Sequence[tuple[Any, str]], palette: Palette) -> None:
    """List incidents that are no more, each with the reason."""
    if not gone:
        return
    _head(title, len(gone))
    items = (
        f'<li><img src="{_symbol(row, palette)}" alt="">'
        f"<span>{escape(when_in_words(row))}</span><b>{escape(place_in_words(row))}</b>"
        f"<span>{escape(kind_in_words(row))}</span><p>{escape(one_line(reason))}</p></li>"
        for row, reason in gone[:MOST_LISTED]
    )
    st.html(f'<ul class="gone">{"".join(items)}</ul>')
    _more(len(gone))
