"""KML: its schema, its folders and its times."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
from fastkml.validator import validate

from dashboard.core.data.dataset import Dataset
from dashboard.render.export import make_export
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.handout import Handout
from tests.counted import OBJECTS
from tests.exports import KML


def test_kml_keeps_to_its_schema(whole: Handout, tmp_path: Path) -> None:
    path = tmp_path / "export.kml"
    path.write_bytes(make_export(whole, "kml"))
    assert validate(file_to_validate=path)


def test_kml_has_a_folder_a_category_in_its_colour(whole: Handout, shipped: Dataset) -> None:
    root = ET.fromstring(make_export(whole, "kml"))
    folders = {folder.findtext(f"{KML}name"): folder for folder in root.iter(f"{KML}Folder")}
    counts = {name: len(folder.findall(f"{KML}Placemark")) for name, folder in folders.items()}
    by_category = shipped.incidents["category"].value_counts()
    assert counts["Crash"] == by_category["crash"]
    assert counts["Shot down"] == by_category["shootdown"]
    assert sum(counts.values()) == OBJECTS + 33
    assert {url.text for url in folders["Crash"].iter(f"{KML}styleUrl")} == {"#crash"}
    colours = LIGHT.categories | {"friendly": LIGHT.muted}
    for style in root.iter(f"{KML}Style"):
        red, green, blue = re.findall("..", colours[style.attrib["id"]][1:].lower())
        assert {colour.text for colour in style.iter(f"{KML}color")} == {f"ff{blue}{green}{red}"}


def test_kml_says_when_as_exactly_as_it_is_known(selection: Callable[..., Any]) -> None:
    handout = selection(
        date=pd.to_datetime(["2025-07-28", "2025-07-28", "2025-07-01", "2025-07-28"]).astype("datetime64[s]"),
        end_date=pd.to_datetime([None, "2025-07-30", None, None]).astype("datetime64[s]"),
        date_precision=["day", "day", "month", "day"],
        started_at=pd.to_datetime([None, None, None, "2025-07-28T01:40Z"], utc=True).astype("datetime64[s, UTC]"),
        category=["crash"] * 4,
    )
    marks = ET.fromstring(make_export(handout, "kml")).iter(f"{KML}Placemark")
    times = [["".join(part.itertext()) for part in mark if "Time" in part.tag] for mark in marks]
    assert times[:4] == [["2025-07-28"], ["2025-07-282025-07-30"], ["2025-07"], ["2025-07-28T01:40:00Z"]]
