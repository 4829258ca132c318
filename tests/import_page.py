"""The page of an import as AppTest runs it, and rows of a list for it."""

from streamlit.testing.v1 import AppTest

from dashboard.core.record.record import Record
from dashboard.settings import settings
from dashboard.ui.imports import KEPT, ListImport
from dashboard.ui.session import Session
from tests.page import open_page

ATTACK = "<img src=x onerror=alert(1)>"
HEADER = "Data;Miejsce;Państwo;Szer. geogr.;Dł. geogr.;Obiekt;Zdarzenie;Źródło\n"
TERESPOL = "14.11.2026;Terespol;Polska;52,0751;23,6161;dron;upadek;https://tvn24.pl/1\n"
NUR = "03/04/2026;Nur;Polska;52,67;22,31;balon;lądowanie;https://rmf24.pl/2\n"
NO_DAY = "31.02.2026;Sokółka;Polska;53,407;23,502;balon;lądowanie;https://rmf24.pl/4\n"
DEFAULTS = {"location_accuracy_km": "5", "status": "reported"}


def begun(content: str, name: str = "wykaz.csv", defaults: dict[str, str] | None = None) -> AppTest:
    """Open the page with a file that was just dropped."""
    made = ListImport()
    made.take_file(name, content.encode())
    made.defaults = DEFAULTS if defaults is None else defaults
    app = open_page({"page": "import"}, session=Session(kept={KEPT: made}))
    assert not app.exception
    return app


def made_by(app: AppTest) -> ListImport:
    made = app.session_state["session"].kept[KEPT]
    assert isinstance(made, ListImport)
    return made


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def answer(app: AppTest, name: str, given: str) -> AppTest:
    """Give an answer by its key."""
    group = next(one for one in app.button_group if name in (one.key or ""))
    group.set_value(given).run()
    assert not app.exception
    return app


def record() -> Record:
    return Record(settings().record)
