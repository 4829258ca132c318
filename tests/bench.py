"""How fast it is, on this machine: ``make bench``. Nothing here is a test; the figures go into notes and decisions."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from unittest.mock import patch

import geopandas as gpd
import numpy as np

from dashboard.core.analysis.figures import figures, option_counts
from dashboard.core.analysis.timeline import timeline
from dashboard.core.data.dataset import read_dataset
from dashboard.core.engine.selection import Selection, selection_of
from dashboard.core.geo.airspace import place_in_airspace
from dashboard.core.incidents.schema import read_incidents
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.render.deck import make_deck
from dashboard.render.export import EXPORTS, export_parts, make_export
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.symbols.clustering import cells
from dashboard.render.text.brief import make_brief
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.web.webpage import make_webpage
from dashboard.settings import settings
from tests.page import open_page

RUNS = 3
SIZES = (0, 10_000, 100_000, 1_000_000)  # incidents among which is clicked; 0 stands for the shipped ones
OPTIONS = (
    "countries:PL", "categories:crash", "countries:LT", "objects:uav", "countries:RO", "statuses:reported",
    "countries:LV", "origins:RU", "countries:EE", "objects:balloon",
)  # fmt: skip


def timed(what: str, run: Callable[[], object]) -> None:
    """Print the shortest and the longest of several runs."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    print(f"{what:58} {min(seconds):7.2f} to {max(seconds):6.2f} s")


def many(incidents: gpd.GeoDataFrame, count: int) -> gpd.GeoDataFrame:
    """The incidents again and again, each some 20 km from where it was."""
    random = np.random.default_rng(0)
    rows = incidents.iloc[random.integers(0, len(incidents), count)].reset_index(drop=True)
    rows["longitude"] += random.normal(0, 0.3, count)
    rows["latitude"] += random.normal(0, 0.2, count)
    return rows.set_geometry(gpd.points_from_xy(rows["longitude"], rows["latitude"], crs=4326))


def time_large_exports() -> None:
    """Time the exports that are written part by part, with the memory that they take beyond the data."""
    data = read_dataset(settings().data)
    rows = many(data.incidents, 1_000_000).assign(id=[str(n) for n in range(1_000_000)])
    handout = make_handout(replace(data, incidents=rows), View(), datetime.now(UTC))
    for kind in ("csv", "parquet"):
        Path("/proc/self/clear_refs").write_text("5")  # the highest so far is forgotten; on Linux
        before = memory_mb("VmRSS")
        timed(f"{kind} of 1,000,000 incidents", partial(write, handout, kind))
        print(f"{'  memory beyond the data':58} {memory_mb('VmHWM') - before:7.0f} MB")


def write(handout: Handout, kind: str) -> None:
    for _part in export_parts(handout, kind):
        pass


def memory_mb(what: str) -> float:
    """Memory of this process: as it is, VmRSS, or at the highest, VmHWM."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(what))


def time_clicks_at_sizes() -> None:
    """Time the script behind a click on an option that nobody chose before; as a table, and as JSON.

    It is processor time, which other programs change less than the clock. Each size has a process of its own.
    """
    found = []
    for size in SIZES:
        command = [sys.executable, "-m", "tests.bench", str(size)]
        ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found.append(json.loads(ran.stdout.splitlines()[-1]))
    print(f"{'script behind a click among so many incidents':58} {'median':>9} {'ratio':>6} {'memory':>8}")
    for one in found:
        one["ratio"] = round(one["median_ms"] / found[0]["median_ms"], 2)
        print(f"{one['incidents']:58,} {one['median_ms']:6.0f} ms {one['ratio']:6.2f} {one['memory_mb']:5.0f} MB")
    print(json.dumps(found))


def time_clicks(size: int) -> None:
    """Print the time of clicks among so many incidents, and the memory after them, as JSON."""
    data = read_dataset(settings().data)
    if size:
        rows = many(data.incidents, size).assign(id=[f"X-{number}" for number in range(size)])
        data = replace(data, incidents=rows)
    times = []
    with tempfile.TemporaryDirectory() as folder, patch("dashboard.ui.data.dataset", return_value=data):
        os.environ["DASHBOARD_DATABASE"] = f"sqlite:///{folder}/record.sqlite"
        settings.cache_clear()
        app = open_page({})
        for option in OPTIONS:
            start = time.process_time()
            app.checkbox(key=option).check().run(timeout=600)
            times.append(time.process_time() - start)
    told = {
        "incidents": len(data.incidents),
        "median_ms": round(1000 * statistics.median(times), 1),
        "longest_ms": round(1000 * max(times), 1),
        "memory_mb": round(memory_mb("VmRSS")),
    }
    print(json.dumps(told))


def time_click() -> None:
    """Time the script behind a click in the filter, with a record of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DASHBOARD_DATABASE"] = f"sqlite:///{folder}/record.sqlite"
        settings.cache_clear()
        app = open_page({})

        def click() -> None:
            box = app.checkbox(key="countries:PL")
            box.set_value(not box.value).run()

        click()
        timed("script behind a click", click)
        time_sheets_at_once(click)


def time_sheets_at_once(click: Callable[[], None]) -> None:
    """Time 20 PDFs that are drawn one after the other, as the page has them drawn, and the clicks beside them."""
    data = read_dataset(settings().data)
    rows = many(data.incidents, 2_000).assign(id=[str(n) for n in range(2_000)])
    handout = make_handout(replace(data, incidents=rows), View(), datetime.now(UTC))
    clicks, start = [], time.perf_counter()
    with ThreadPoolExecutor(1) as drawing:
        last = [drawing.submit(make_sheet, handout, Format("pdf", "A4")) for _ in range(20)][-1]
        while not last.done():
            before = time.perf_counter()
            click()
            clicks.append(time.perf_counter() - before)
    print(f"{'20 PDFs of 2,000 incidents at once':58} {time.perf_counter() - start:7.2f} s")
    print(f"{'  script behind a click beside them, p95':58} {np.quantile(clicks, 0.95):7.2f} s")


def main() -> None:
    """Time the parts that people wait for."""
    time_clicks_at_sizes()
    time_click()
    time_large_exports()
    folder = settings().data
    timed("read the data folder", lambda: read_dataset(folder))
    data = read_dataset(folder)
    plain = read_incidents(folder / "incidents.csv").incidents
    timed("place the shipped incidents in airspace", lambda: place_in_airspace(plain, data.borders))
    for count in (10_000, 100_000, 1_000_000):
        rows = many(plain, count)
        timed(f"place {count:,} incidents in airspace", partial(place_in_airspace, rows, data.borders))
    rows = many(data.incidents, 1_000_000)
    asked, every = Filter(countries=("LT", "PL"), categories=("crash", "debris")), selection_of(rows)
    timed("filter 1,000,000 incidents, with counts and figures", lambda: (
        figures(Selection(every.engine).filtered(asked)), option_counts(Selection(every.engine), asked)
    ))  # fmt: skip
    timed("timeline of 1,000,000 incidents", lambda: timeline(Selection(every.engine)))
    timed("count 1,000,000 incidents by cells", lambda: cells(Selection(every.engine), (-10, 35, 45, 72), 5))
    rows = many(data.incidents, 6_650).assign(id=[str(n) for n in range(6_650)])
    handout = make_handout(replace(data, incidents=rows), View(), datetime.now(UTC))
    timed("sheet of 6,650 incidents, pdf A4", lambda: make_sheet(handout, Format("pdf", "A4")))
    for count in (336, 2_000):
        rows = data.incidents if count == 336 else many(data.incidents, count).assign(id=[str(n) for n in range(count)])
        handout = make_handout(replace(data, incidents=rows), View(), datetime.now(UTC))
        for kind, size in (("png", "1920x1080"), ("png", "3840x2160"), ("svg", "16:9"), ("pdf", "A4")):
            timed(
                f"sheet of {count:,} incidents, {kind} {size}",
                partial(make_sheet, handout, Format(kind, size)),
            )
        files: list[tuple[str, Callable[[], object]]] = [
            ("slides", partial(make_deck, [handout])),
            ("web page", partial(make_webpage, handout)),
            ("text", partial(make_brief, [handout], "txt")),
            *((kind, partial(make_export, handout, kind)) for kind in EXPORTS),
        ]
        for what, make in files:
            timed(f"{what} of {count:,} incidents", make)


if __name__ == "__main__":
    if sys.argv[1:]:
        time_clicks(int(sys.argv[1]))
    else:
        main()
