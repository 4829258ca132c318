"""The map beside the report on a list: what is new and changed, and pale what is recorded already."""

import geopandas as gpd
from streamlit_folium import st_folium

from dashboard.core.analysis.extent import extent_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.render.symbols.clustering import MOST_MARKS
from dashboard.render.symbols.palettes import Palette
from dashboard.render.web.focus import Focus
from dashboard.render.web.folium_map import base_map, changing
from dashboard.render.web.map_state import Scene
from dashboard.ui.import_prepared import PreparedReport
from dashboard.ui.imports import ListImport

HEIGHT = 600  # pixels, which streamlit-folium asks for; the style sheet makes the map fill its place


def show_import_map(made: ListImport, dataset: Dataset, told: PreparedReport, palette: Palette) -> None:
    """Draw what is new and changed, as far as the map has room for it, among the incidents of the record."""
    incidents = told.placed[~told.placed["id"].isin(made.left_out)]
    extent = extent_of(selection_of(incidents, dataset.tracks))
    scene = Scene(
        incidents,
        [],
        dataset.tracks.iloc[:0],
        "",
        None,
        Focus(made.turn, extent),
        palette,
        extent=extent,
        context=context(dataset, told),
    )
    st_folium(
        base_map(),
        key="map",
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=changing(scene),
        returned_objects=[],
    )


def context(dataset: Dataset, told: PreparedReport) -> gpd.GeoDataFrame:
    """The incidents of the record that the list does not change, the latest as far as the map has room for them."""
    changed = {one.key for one in told.report.changed}
    others = dataset.incidents[~dataset.incidents["id"].isin(changed)]
    return others.nlargest(MOST_MARKS, "date") if len(others) > MOST_MARKS else others
