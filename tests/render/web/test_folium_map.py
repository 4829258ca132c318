"""The web map's script: constant beneath, everything changing in one value, untrusted text harmless in it."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import folium
import geopandas as gpd
import jinja2
import pytest
from streamlit_folium import _get_feature_group_string, generate_leaflet_string

from dashboard.core.analysis.figures import figures
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.core.query.area import WHOLE_FLANK
from dashboard.core.query.filter import Filter
from dashboard.render.symbols.clustering import Cell
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.web.focus import Focus
from dashboard.render.web.folium_map import LocalMap, base_map, changing
from dashboard.render.web.map_state import Scene
from tests.counted import count


def shown_by(script: str) -> dict[str, Any]:
    state = re.findall(r"incursions\.show\((.*)\);", script)[0]
    return dict(json.loads(state))


def state_of(group: folium.FeatureGroup) -> dict[str, Any]:
    """The value that the map is handed, read back from the script."""
    return shown_by(generate_leaflet_string(group))


def drawn(
    dataset: Dataset, selection: gpd.GeoDataFrame, *, selected: str = "", cells: Sequence[Cell] = (), style: str = ""
) -> dict[str, Any]:
    focus = Focus(1, bounds=WHOLE_FLANK)
    scene = Scene(selection, cells, dataset.tracks, selected, figures(selection_of(selection)), focus, LIGHT, style)
    return state_of(changing(scene))


def marks_of(state: dict[str, Any]) -> list[dict[str, Any]]:
    columns = state["marks"]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_base_map_never_changes_and_asks_for_nothing_foreign() -> None:
    scripts = {generate_leaflet_string(chart) for chart in (base_map(), base_map())}
    assert len(scripts) == 1
    addresses = [address for _name, address in LocalMap.default_js]
    assert all(address.startswith("../../atlas/") for address in addresses)
    assert "//" not in scripts.pop().replace("../../atlas/", "")


def test_every_incident_is_a_mark(shipped: Dataset) -> None:
    state = drawn(shipped, shipped.incidents)
    assert state["marks"]["id"] == list(shipped.incidents["id"])
    assert {len(column) for column in state["marks"].values()} == {len(shipped.incidents)}
    assert state["cells"]["latitude"] == []
    assert len(state["tracks"]) == len(shipped.tracks)


def test_tracks_follow_the_filter(shipped: Dataset) -> None:
    selection = shipped.everything.filtered(Filter(countries=("EE",))).rows
    assert {track["incident"] for track in drawn(shipped, selection)["tracks"]} == {"EE-2025-09-19-vaindloo"}


def test_mark_says_when_where_what(shipped: Dataset) -> None:
    selection = shipped.incidents[shipped.incidents["id"] == "LT-2025-07-28-gaiziunai"]
    state = drawn(shipped, selection)
    (mark,) = marks_of(state)
    said = {name: mark[name] for name in ("when", "where", "what")}
    assert said == {"when": "28 July 2025", "where": "Gaižiūnai, Lithuania", "what": "Crash, Drone"}
    kind = state["kinds"][mark["kind"]]
    assert (kind["category"], kind["status"], kind["identity"]) == ("crash", "confirmed", "")


def test_military_marks_have_frame_icon_and_their_own_legend(shipped: Dataset) -> None:
    state = drawn(shipped, shipped.incidents, style="app6")
    kinds = Counter(state["kinds"][kind]["identity"] for kind in state["marks"]["kind"])
    by_origin = {state: count(origin=state) for state in ("RU", "BY", "UA", "")}
    assert sum(by_origin.values()) == len(shipped.incidents)
    assert kinds == {"suspect": by_origin["RU"] + by_origin["BY"], "neutral": by_origin["UA"], "unknown": by_origin[""]}
    assert all(kind["symbol"].startswith("<svg") for kind in state["kinds"])
    assert [line["label"] for line in state["legend"]][:9] == [
        "Suspect: Russia, Belarus",
        "Neutral: another state",
        "Unknown: not attributed",
        "Drone",
        "Missile",
        "Aircraft",
        "Helicopter",
        "Balloon",
        "No icon: unknown object",
    ]


def test_mark_says_its_days_and_whether_only_its_month_is_known(shipped: Dataset) -> None:
    marks = {mark["id"]: mark for mark in marks_of(drawn(shipped, shipped.incidents))}
    day = (date(2025, 7, 28) - date(1970, 1, 1)).days
    mark = marks["LT-2025-07-28-gaiziunai"]
    assert (mark["first"], mark["last"], mark["month_only"]) == (day, day, 0)
    first, last = ((date(2024, 3, part) - date(1970, 1, 1)).days for part in (1, 31))
    mark = marks["PL-2024-03-01-minkowce"]
    assert (mark["first"], mark["last"], mark["month_only"]) == (first, last, 1)


def test_two_periods_are_two_maps_with_one_legend(shipped: Dataset) -> None:
    crashes, landings = (shipped.everything.filtered(Filter(categories=(kind,))).rows for kind in ("crash", "landing"))
    focus = Focus(1, bounds=WHOLE_FLANK)
    scenes = [
        Scene(rows, [], shipped.tracks, "", figures(selection_of(rows)), focus, LIGHT, heading=heading)
        for rows, heading in ((crashes, "2026"), (landings, "2025"))
    ]
    state = state_of(changing(replace(scenes[0], earlier=scenes[1])))
    assert state["marks"]["id"] == list(crashes["id"])
    assert state["compared"]["marks"]["id"] == list(landings["id"])
    assert (state["heading"], state["compared"]["heading"]) == ("2026", "2025")
    assert [line["label"] for line in state["legend"] if line["name"] == "symbol"] == ["Crash", "Landed"]


def test_selected_incident_has_its_accuracy_and_depth(shipped: Dataset) -> None:
    selection = shipped.everything.filtered(Filter(countries=("LT",))).rows
    selected = drawn(shipped, selection, selected="LT-2025-07-28-gaiziunai")["selected"]
    assert (selected["accuracy_m"], selected["depth"]) == (7000, "92 km ± 7 km")
    assert selected["border"] == pytest.approx([54.6, 25.7], abs=0.4)
    assert drawn(shipped, selection, selected="elsewhere")["selected"] is None


def test_cells_carry_their_number(shipped: Dataset) -> None:
    state = drawn(shipped, shipped.incidents[:0], cells=[Cell(50.1, 20.1, 3, (0, 2, 1, 0, 0))])
    cells = state["cells"]
    assert (cells["latitude"], cells["longitude"]) == ([50.1], [20.1])
    assert {category: counts for category, counts in cells["by_category"].items() if any(counts)} == {
        "crash": [2],
        "debris": [1],
    }
    assert [line["label"] for line in state["legend"] if line["name"] == "symbol"] == ["Crash", "Debris found"]


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>", "'); alert(1); ('", "{{'alert'}}", "\u2028alert(1)", '"};alert(1);//',
        "\\", "Base {{ (camp)", "{% for", "{# remark", "{{ 6 * 7 }}", "${6 * 7}", "`", "{{", "}}",
        "map_div", "_div", "\n  two",
    ],
)  # fmt: skip
def test_untrusted_text_comes_back_as_it_was_and_breaks_out_of_nothing(shipped: Dataset, text: str) -> None:
    selection = shipped.incidents.head(1).assign(place=text)
    scene = Scene(
        selection, [], shipped.tracks, "", figures(selection_of(selection)), Focus(1, bounds=WHOLE_FLANK), LIGHT
    )
    script = _get_feature_group_string(changing(scene), base_map())
    assert not set("<>'\u2028").intersection(script)
    assert shown_by(script)["marks"]["where"][0].startswith(text)


def test_nothing_that_changes_is_compiled_as_a_template(shipped: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = jinja2.Environment.compile

    def noted(environment: jinja2.Environment, source: str, *rest: Any, **options: Any) -> Any:
        compiled.append(source)
        return compile_(environment, source, *rest, **options)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    selection = shipped.incidents.head(1).assign(place="a place of its own")
    scene = Scene(
        selection, [], shipped.tracks, "", figures(selection_of(selection)), Focus(1, bounds=WHOLE_FLANK), LIGHT
    )
    chart = base_map()
    chart.get_root().render()
    assert "a place of its own" in _get_feature_group_string(changing(scene), chart)
    assert [source for source in compiled if "a place of its own" in source or "incursions.show" in source] == []


def test_incidents_beside_those_that_are_asked_for_are_told_apart_and_explained(shipped: Dataset) -> None:
    both = shipped.incidents.head(3)
    focus = Focus(1, bounds=WHOLE_FLANK)
    scene = Scene(both.head(1), [], shipped.tracks, "", None, focus, LIGHT, context=both.tail(2))
    state = state_of(changing(scene))
    assert state["marks"]["id"] == both["id"].tolist()[:1]
    assert state["context"]["id"] == both["id"].tolist()[1:]
    codes = [(kind["category"], kind["status"]) for kind in state["kinds"]]
    for columns, rows in ((state["marks"], both.head(1)), (state["context"], both.tail(2))):
        assert [codes[kind] for kind in columns["kind"]] == [*zip(rows["category"], rows["status"], strict=True)]
    assert [line["label"] for line in state["legend"] if line["name"] == "context"] == ["Pale: recorded already"]
    alone = state_of(changing(replace(scene, context=None)))
    assert alone["context"] is None and "context" not in {line["name"] for line in alone["legend"]}
