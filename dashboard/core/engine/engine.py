"""The engine: the columns of incidents as a table of DuckDB in the memory of the process, and what is asked of it."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.core.geo.extents import extents
from dashboard.core.incidents.columns import GIVEN

TABLE = "incidents"
POSITION = "position"  # column of the table: the position of the row in the frame, from 0
BY_DEPTH = "by_depth"  # column: the place among the incidents that are certainly inside, the deepest first, from 0
_DAYS = ("date", "counted_on", "last_day")
_WORDS = (
    "id", "event", "country", "place", "category", "object_type", "origin", "status", "payload", "side", "evidence",
    "date_basis", "date_precision", "noticed_by", "counted_by", "objects_of", "words", "marking",
)  # fmt: skip
_NUMBERS = ("longitude", "latitude", "location_accuracy_km", "depth_km", "objects", "event_objects")
# Columns of which every cell is one of a few codes: they are kept as numbers, and so grouped and compared as such.
_CODED = {column.name for column in GIVEN if column.codes} | {"evidence", "counted_by"}
MANY = 50_000  # rows from which several threads are worth their own work
MOST_ANSWERS = 200  # kept; the longest, a page of the list, has 500 rows
MOST_ROWS = 50  # kept, such as the deepest incidents
# Questions are plain scans of one table. To look for anything else to improve takes a quarter of their time.
_IMPROVED = ("expression_rewriter", "filter_pushdown", "grouping_sets", "top_n", "unused_columns")
_LIMITS = ("enable_external_access = false", "autoload_known_extensions = false", "lock_configuration = true")


class Engine:
    """A table of the columns of some incidents that questions are asked about; nothing of it is ever changed.

    It has a database of its own, which reads no file and loads no extension.

    frame
        The incidents, of which the table has those columns that questions are about. Days without a time; an empty
        number is NULL, an empty text is empty.
    tracks
        Their flight tracks.
    is_marked
        Whether any incident has a handling marking of its own.
    deepest
        Positions of the incidents that are certainly inside, the deepest first.
    """

    def __init__(self, frame: gpd.GeoDataFrame, tracks: gpd.GeoDataFrame | None = None) -> None:
        self.frame = frame
        self.is_marked = "marking" in frame and bool((frame["marking"] != "").any())
        self.deepest = _deepest(frame)
        self._database = duckdb.connect(":memory:")
        if len(frame) < MANY:
            self._database.execute("SET threads = 1")
        columns = _columns_of(frame, tracks, self.deepest)
        days = ", ".join(f"CAST({name} AS DATE) AS {name}" for name in _DAYS if name in columns)
        replaced = f" REPLACE ({days})" if days else ""
        self._database.register("made", columns)
        self._database.execute(f"CREATE TABLE {TABLE} AS SELECT *{replaced} FROM made")
        self._database.unregister("made")
        optimizers = [name for (name,) in self._database.execute("FROM duckdb_optimizers()").fetchall()]
        self._database.execute(f"SET disabled_optimizers = '{','.join(set(optimizers).difference(_IMPROVED))}'")
        for limit in _LIMITS:
            self._database.execute(f"SET {limit}")
        # Of the database and not of the engine: what refers to itself in a circle is collected late, or once it is set
        # apart (``ui/data.py``) never.
        self._remembered = lru_cache(MOST_ANSWERS)(partial(_rows, self._database))
        self._kept_row = lru_cache(MOST_ROWS)(frame.iloc.__getitem__)

    def ask(self, question: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Ask a question in SQL, with values by their names; the answer as rows, which are remembered for a while."""
        return self._remembered(question, tuple(values.items()))

    def ask_columns(self, question: str, values: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
        """Ask a question whose answer is long; the columns of the answer by their names."""
        columns: dict[str, NDArray[Any]] = _asked(self._database, question, values).fetchnumpy()
        return columns

    def row(self, position: int) -> Any:
        """The incident at a position; the rows that are asked for again and again are kept."""
        return self._kept_row(position)


def _rows(
    database: duckdb.DuckDBPyConnection, question: str, values: tuple[tuple[str, Any], ...]
) -> list[tuple[Any, ...]]:
    return _asked(database, question, dict(values)).fetchall()


def _asked(database: duckdb.DuckDBPyConnection, question: str, values: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    return database.cursor().execute(question, dict(values))


def _deepest(frame: gpd.GeoDataFrame) -> NDArray[np.int64]:
    if "certain" not in frame:
        return np.empty(0, np.int64)
    certain = np.flatnonzero(frame["certain"].to_numpy(bool))
    return certain[np.argsort(-frame["depth_km"].to_numpy(float)[certain], kind="stable")]


def _columns_of(frame: gpd.GeoDataFrame, tracks: gpd.GeoDataFrame | None, deepest: NDArray[np.int64]) -> pd.DataFrame:
    """The columns that questions are about, as far as a frame has them, and the position of each row."""
    shown = [name for name in (*_DAYS, *_WORDS, *_NUMBERS) if name in frame]
    columns = pd.DataFrame({name: frame[name] for name in shown})
    columns = columns.astype(dict.fromkeys(_CODED.intersection(shown), "category")).reset_index(drop=True)
    by_depth = pd.Series(np.arange(len(deepest)), deepest, "Int32").reindex(columns.index)
    bounds = extents(frame, tracks).reset_index(drop=True) if "longitude" in frame else pd.DataFrame()
    columns = pd.concat([columns.assign(**{BY_DEPTH: by_depth}), bounds], axis=1)
    return columns.rename_axis(POSITION).reset_index()
