"""The map's scripts together: what each gives the others, and how they reach the map's frame."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.requests import Request

from dashboard import map_files
from dashboard.render.typesetting.fonts import web_font
from dashboard.render.web.folium_map import LocalMap
from dashboard.render.web.page_assets import asset
from dashboard.render.web.scripts import PAGE, SCREEN, STYLES, frame_script, frame_script_name, joined
from dashboard.settings import ASSETS

BIOME = Path(sys.executable).parent / "biome"
ALONE = {
    "theme.js",
    "weeks.js",
    "visit.js",
    "faults.js",
    "sign_in.js",
    "notes.js",
}  # of the page around the map, and of the window of notes


# What map.js makes only where there is a timeline.
OF_THE_SCREEN = ["Briefing", "IncidentList", "Picking", "Player", "Printing", "Timeline", "Twin"]


@pytest.mark.parametrize(("names", "given"), [(SCREEN, []), (PAGE, OF_THE_SCREEN)], ids=["screen", "page"])
def test_every_name_that_scripts_use_is_given_by_one_of_them_and_used(
    names: tuple[str, ...], given: list[str], tmp_path: Path
) -> None:
    (tmp_path / "biome.json").write_text(json.dumps({"root": True, "javascript": {"globals": given}}))
    (tmp_path / "joined.js").write_text(joined(names, "const L = window.L;") + "\nwindow.made = IncursionMap;\n")
    rules = [f"--only=correctness/{rule}" for rule in ("noUndeclaredVariables", "noUnusedVariables")]
    command = [str(BIOME), "lint", *rules, "--error-on-warnings", "joined.js"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_script_is_sent() -> None:
    assert {file.name for file in ASSETS.glob("*.js")} == {*SCREEN, *PAGE, *ALONE}


def test_no_line_of_a_script_is_too_long() -> None:
    lines = [(file.name, line) for file in ASSETS.glob("*.js") for line in file.read_text("utf-8").splitlines()]
    assert [place for place in lines if len(place[1]) > 120] == []


def test_frame_gets_one_file_with_all_of_them() -> None:
    assert [address for _name, address in LocalMap.default_js] == [f"../../atlas/{frame_script_name()}"]
    assert LocalMap.default_css == []
    text = frame_script().decode()
    assert text.startswith('"use strict";')
    assert re.findall(r"^// ---- (.*)$", text, re.MULTILINE) == list(SCREEN)  # so that an error can be traced
    assert [name for name in STYLES if json.dumps(asset(name)).split("{")[0].strip('"') not in text] == []
    assert 'url(\\"../../atlas/fonts/regular.woff2\\")' in text


def asked(**headers: str) -> Request:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": given})


def test_file_of_the_map_comes_compressed_and_only_once() -> None:
    script = map_files.script()
    assert script is map_files.script()
    packed = map_files.answer(asked(accept_encoding="gzip, br"), script, map_files.FOREVER)
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == frame_script()
    assert "immutable" in packed.headers["cache-control"]
    plain = map_files.answer(asked(), script)
    assert (plain.body, "content-encoding" in plain.headers) == (frame_script(), False)
    again = map_files.answer(asked(if_none_match=packed.headers["etag"]), script)
    assert (again.status_code, again.body) == (304, b"")


def test_borders_are_sent_anew_after_their_file_has_changed(data_folder: Path) -> None:
    file = data_folder / "basemap_far.json"
    before = map_files.borders("far")
    file.unlink()
    file.write_text("{}")
    after = map_files.borders("far")
    assert gzip.decompress(after.content) == b"{}"
    assert after.tag != before.tag


def test_font_is_sent_as_woff2_and_made_once_on_a_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = web_font("regular")
    assert made[:4] == b"wOF2"
    (kept,) = (tmp_path / "incursion-map").iterdir()
    kept.write_bytes(b"kept")
    assert web_font("regular") == b"kept"
    sent = map_files.answer(asked(accept_encoding="gzip"), map_files.font("regular"))
    assert sent.headers.get("content-encoding") is None  # it is compressed by itself


def test_font_is_made_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert web_font("regular")[:4] == b"wOF2"
