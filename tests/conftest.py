"""What the tests share: toy borders whose answers are known by hand, files of incidents, and the settled data."""

import csv
import gc
import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, BrowserContext
from streamlit.components.v2 import manifest_scanner

from dashboard.core.data.dataset import MAP_FILES, Dataset, read_dataset
from dashboard.core.data.recorded import RecordedData, read_folder
from dashboard.core.geo.borders import COLUMNS, Borders, read_borders
from dashboard.core.incidents.columns import COLUMNS as INCIDENT_COLUMNS
from dashboard.core.record.database import engine
from dashboard.core.record.record import Record
from dashboard.settings import settings
from dashboard.ui import data
from tests.browser import Motion, OpenWindow, Scheme, Screen, chromium
from tests.servers import Shared, end_shared, offer_shared, running_app, shared_app
from tests.settled_data import DATA

ROW = {
    "id": "LT-1",
    "date": "2025-07-28",
    "date_precision": "day",
    "country": "LT",
    "place": "Gaižiūnai",
    "latitude": "55.05",
    "longitude": "24.37",
    "location_accuracy_km": "7",
    "category": "crash",
    "object_type": "uav",
    "origin": "RU",
    "entered_from": "BY",
    "payload": "explosive",
    "status": "confirmed",
    "summary": "A drone fell.",
    "sources": "https://example.org/one https://example.org/two",
}
VIEWS = """\
- query: country=PL&from=2025-09-09&to=2025-09-10&lat=52&lon=21&zoom=6.5
  title: Drones over Poland
  finding: Fourteen crash sites in one night.
  notes: What the speaker says to it.
- query: country=LT&from=2025-07-01&to=2025-07-31&id=LT-2025-07-28-gaiziunai&lat=54.9&lon=24.6&zoom=7
  title: Drones over Lithuania
  marking: TLP:CLEAR
- query: country=RO&category=debris
  title: Debris in Romania
"""


def pytest_configure(config: pytest.Config) -> None:
    """Prepare what all processes of a run share; those that xdist starts have it from the first one."""
    if not hasattr(config, "workerinput"):
        offer_shared()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what all processes of a run share."""
    if not hasattr(config, "workerinput"):
        end_shared()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or the app's server by the fixtures it asks for, directly or through others."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if {"shared", "changed_app"} & {*fixtures}:
            item.add_marker(pytest.mark.server)


def pytest_collection_finish() -> None:
    """Keep the libraries and the tests out of the collections of garbage, which Streamlit forces after every script."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting of the developer's own reaches a test, and no sheet or saved view of a test the developer's own."""
    for name in [name for name in os.environ if name.startswith("DASHBOARD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DASHBOARD_DATA", str(DATA))
    monkeypatch.setenv("DASHBOARD_SHEETS", str(tmp_path_factory.getbasetemp() / "sheets"))
    # One record of the data for all tests of a process: what a test puts into it would be seen by others.
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{tmp_path_factory.getbasetemp() / 'record.sqlite'}")
    monkeypatch.setenv("DASHBOARD_VIEWS", str(tmp_path_factory.getbasetemp() / secrets.token_hex(6) / "views.yaml"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def csv_text(*changes: Mapping[str, str], columns: Sequence[str] = INCIDENT_COLUMNS, delimiter: str = ",") -> str:
    """A file of incidents with a row for each change to ROW."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n", delimiter=delimiter)
    writer.writeheader()
    writer.writerows({**dict.fromkeys(columns, ""), **ROW, **change} for change in changes)
    return text.getvalue()


@pytest.fixture
def incidents_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of incidents, from changes to ROW or from bytes."""

    def write(
        *changes: Mapping[str, str], content: bytes | None = None, columns: Sequence[str] = INCIDENT_COLUMNS
    ) -> Path:
        path = tmp_path / "incidents.csv"
        path.write_bytes(csv_text(*changes, columns=columns).encode() if content is None else content)
        return path

    return write


@pytest.fixture(scope="session", autouse=True)
def components_looked_for_once() -> Iterator[None]:
    """AppTest looks through all installed packages for components of Streamlit's before each first run of a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def data_folder(tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of the test's own, which the page reads."""
    for name in MAP_FILES:
        (tmp_path / name).symlink_to(DATA / name)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    (tmp_path / "record").mkdir(exist_ok=True)
    file = shutil.copy(empty_sqlite, tmp_path / "record" / "record.sqlite")
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{file}")
    settings.cache_clear()
    monkeypatch.setattr(data, "_STORE", data._Store())
    yield tmp_path


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with the tables of a record."""
    file = tmp_path_factory.mktemp("empty") / "record.sqlite"
    engine(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture
def own_record(empty_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record of the test's own for what it saves; the data may be those that another test has read."""
    file = shutil.copy(empty_sqlite, tmp_path / "own.sqlite")
    monkeypatch.setenv("DASHBOARD_DATABASE", f"sqlite:///{file}")
    settings.cache_clear()


@pytest.fixture
def toy_borders() -> Borders:
    """Lithuania from 0 to 10 degrees east, Belarus from 10 to 20, both from the equator to 10 north; sea around."""
    lt, by = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)
    border = shapely.LineString([(10, 0), (10, 10)])
    rows = [
        ("airspace", "LT", "", 0.0, lt),
        ("airspace", "BY", "", 0.0, by),
        ("land", "LT", "", 0.0, lt),
        ("land", "BY", "", 0.0, by),
        ("border", "BY", "LT", 1105.85, border),
        ("limit", "LT", "XZ", 0.0, shapely.LineString([(10, 0), (0, 0), (0, 10), (10, 10)])),
        ("flank", "LT", "BY", 1105.85, border),
    ]
    frame = gpd.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs=4326)
    kind = frame["kind"]
    return Borders(
        airspace=frame[kind == "airspace"].set_index("state").geometry,
        land=frame[kind == "land"].set_index("state").geometry,
        lines=frame[kind.isin(["border", "limit"])].reset_index(drop=True),
        flank=frame[kind == "flank"].reset_index(drop=True),
        region=(-30.0, -30.0, 60.0, 60.0),
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor for all tests of a process: what the app consists of is loaded and compiled once, as at home."""
    context = browser.new_context(accept_downloads=True)
    yield context
    context.close()


@pytest.fixture(scope="session")
def clocked(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor whose clock a test can put forward, so that nobody waits for what comes after a time."""
    context = browser.new_context()
    context.clock.install()
    yield context
    context.close()


@pytest.fixture(scope="session")
def shared() -> Shared:
    """One app for all tests of a run that change nothing: the settled data, and VIEWS saved."""
    return shared_app(VIEWS)


@pytest.fixture
def address(shared: Shared) -> str:
    """Where the windows of a test find the app."""
    return shared.address


@pytest.fixture(scope="session")
def changed_app(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """One app for all tests of a process that change its record and leave the incidents as they were; its record."""
    record = f"sqlite:///{shutil.copy(empty_sqlite, tmp_path_factory.mktemp('changed'))}"
    with running_app(database=record) as address:
        yield address, record


@pytest.fixture
def motion() -> Motion:
    """What the visitor's system says of motion: the map jumps, for a flight costs as much as opening the page."""
    return "reduce"


@pytest.fixture
def window(visitor: BrowserContext, address: str, motion: Motion) -> Iterator[OpenWindow]:
    """Make windows for the app; nothing foreign is asked for and no script fails in them."""
    windows: list[Screen] = []

    def make(width: int = 1366, height: int = 768, colours: Scheme = "light") -> Screen:
        windows.append(Screen(visitor, address, width, height, colours, motion))
        return windows[-1]

    yield make
    for screen in windows:
        screen.close()
    assert [screen.foreign for screen in windows if screen.foreign] == []
    assert [screen.errors for screen in windows if screen.errors] == []


@pytest.fixture
def screen(window: OpenWindow) -> Screen:
    """A window at the size of a laptop's screen, which costs less than a meeting room's."""
    return window()


@pytest.fixture(scope="session")
def shipped_borders() -> Borders:
    return read_borders(DATA / "borders.parquet")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The settled data with their releases, from the record that all tests of a process share."""
    record = Record(f"sqlite:///{tmp_path_factory.getbasetemp() / 'record.sqlite'}")
    return RecordedData(record, DATA).take_in(read_folder(DATA))


@pytest.fixture
def read_already(shipped: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that run in this process have the shipped data as they were read for the tests."""

    def read(folder: Path, max_file_mb: int = 200, state: Path | None = None) -> Dataset:
        is_shipped = folder.resolve() == DATA.resolve() and state is None
        return shipped if is_shipped else read_dataset(folder, max_file_mb, state)

    monkeypatch.setattr("dashboard.core.data.recorded.read_dataset", read)
