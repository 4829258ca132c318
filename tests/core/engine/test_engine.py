"""The engine: what becomes of it when newer data have taken its place."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

from dashboard.core.data.dataset import read_dataset
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View


def test_data_that_nobody_asks_any_more_are_gone_at_once(
    data_folder: Path, incidents_file: Callable[..., Path]
) -> None:
    """What the page sets apart is never collected (``ui/data.py``): nothing may refer to itself in a circle."""
    incidents_file({"id": "LT-one"}, {"id": "LT-two"})
    data = read_dataset(data_folder)
    selection = data.select(View(filter=Filter(countries=("LT",))))
    assert (selection.count, len(selection.rows)) == (2, 2)
    engine, frame = weakref.ref(data.everything.engine), weakref.ref(data.incidents)
    gc.collect()
    gc.disable()
    try:
        del data, selection
        assert (engine(), frame()) == (None, None)
    finally:
        gc.enable()
