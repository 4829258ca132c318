"""The page of the exports: who exported what, and when; for the keeper."""

from collections.abc import Sequence
from html import escape

import geopandas as gpd
import pandas as pd
import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.data.export_log import Export, ExportLog
from dashboard.core.data.releases import asked_in_words
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import DashboardError
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.palettes import Palette
from dashboard.settings import settings
from dashboard.ui.editing import is_keeper, why_not
from dashboard.ui.escaping import escaped, for_visitors
from dashboard.ui.moments import instant_in_list
from dashboard.ui.session import session
from dashboard.ui.style import show_style_of

ON_A_PAGE = 200
MOST_ROWS, ROW = 16, 35  # of a table that are seen at once, and the height of one in pixels
PAGE = "exports-page"  # kept in the session: which part of the log is shown, from 0


def show_exports(dataset: Dataset, _selection: gpd.GeoDataFrame, view: View, _palette: Palette) -> None:
    """Draw the page."""
    show_style_of("data")
    with st.container(key="pane"):
        st.html(f'<h1 class="heading">{_("Exports")}</h1>')
        if not is_keeper():
            st.info(escaped(why_not()), icon=":material/lock:")
            return
        try:
            log = ExportLog(settings().record)
            count = log.count()
            page = min(session().kept.get(PAGE, 0), max(0, count - 1) // ON_A_PAGE)
            rows = log.exports(ON_A_PAGE, page * ON_A_PAGE)
        except DashboardError as error:
            st.error(escaped(for_visitors(error)), icon=":material/error:")
            return
        _head(count)
        if rows:
            _table(rows, dataset, view)
        _pages(count, page)


def _head(count: int) -> None:
    counted = ngettext("{count} view was exported.", "{count} views were exported.", count)
    words = counted.format(count=number(count)) if count else _("Nothing has been exported yet.")
    hint = _(
        "A file of several views has a row for each. The SHA-256 is that of the file as it was made: it tells which "
        "row a file belongs to. Rows are only ever added."
    )
    st.html(f'<p class="result">{escape(words)}</p><p class="hint">{escape(hint)}</p>')


def _table(rows: Sequence[Export], dataset: Dataset, view: View) -> None:
    """Draw a part of the log, the newest first."""
    widths = {
        _("When, UTC"): 150, _("Who"): 190, _("Filter"): 430, _("Sheet"): 100, _("File"): 420, _("SHA-256"): 560,
    }  # fmt: skip
    cells = [
        (
            instant_in_list(row.at, view),
            row.who or None,
            _filter(row, dataset),
            row.sheet_id or None,
            row.file,
            row.sha256,
        )
        for row in rows
    ]
    st.dataframe(
        pd.DataFrame(cells, columns=list(widths)),
        key="exports-table",
        hide_index=True,
        height=ROW * (min(len(rows), MOST_ROWS) + 1) + 3,
        placeholder="–",
        column_config={label: st.column_config.Column(width=width) for label, width in widths.items()},
    )


def _filter(row: Export, dataset: Dataset) -> str:
    """The filter of a row as a phrase; its query where that is one of another version."""
    if not row.query and not row.sheet_id:
        return _("All the data")
    try:
        asked, _notices = parse_query_string(row.query)
    except ValueError:
        return row.query
    return asked_in_words(asked, dataset.known, dataset.events)


def _pages(count: int, page: int) -> None:
    """Draw the ways to earlier and later rows."""

    def turn(by: int) -> None:
        session().kept[PAGE] = page + by

    rest = count - (page + 1) * ON_A_PAGE
    if page == 0 and rest <= 0:
        return
    with st.container(key="exports-pages", horizontal=True):
        if rest > 0:
            st.button(_("Show earlier"), key="exports-earlier", type="tertiary", on_click=turn, args=(1,))
        if page:
            st.button(_("Show later"), key="exports-later", type="tertiary", on_click=turn, args=(-1,))
