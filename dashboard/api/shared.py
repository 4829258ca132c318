"""The data that other systems may read: what is marked above a label is left out, and counted."""

from collections.abc import Collection
from dataclasses import replace
from http import HTTPStatus
from weakref import WeakKeyDictionary

import geopandas as gpd

from dashboard.api.refusals import Refusal
from dashboard.core.data.changes import Changes
from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.tlp import LABELS, spelt_out
from dashboard.core.query.view import View
from dashboard.language import _
from dashboard.settings import settings
from dashboard.ui.data import dataset

# By the data that they are taken from; not those that are shared whole, which would hold themselves.
_SHARED: WeakKeyDictionary[Dataset, Dataset] = WeakKeyDictionary()


def shared_data(view: View | None = None) -> Dataset:
    """The data now, or at the moment that a view asks for, without what is marked above DASHBOARD_API_MARKING.

    Raises
    ------
    Refusal
        The whole server is marked above it.
    """
    server = spelt_out(settings().marking)
    if server in _above():
        message = _("This server is marked {marking}, and other systems read nothing above {label}.")
        raise Refusal(HTTPStatus.FORBIDDEN, message.format(marking=server, label=settings().api_marking))
    whole = dataset().at(view) if view else dataset()
    if {*whole.everything.markings, *whole.own_side_objects.markings}.isdisjoint(_above()):
        return whole
    if whole not in _SHARED:
        _SHARED[whole] = _shared(whole)
    return _SHARED[whole]


def shared_changes(changes: Changes) -> Changes:
    """Changes without those of incidents that are marked above it, or were."""
    above = {*_marked_above(changes.before)["id"], *_marked_above(changes.after)["id"]}
    return changes.among({*changes.before["id"], *changes.after["id"]} - above) if above else changes


def _above() -> Collection[str]:
    return LABELS[: LABELS.index(settings().api_marking)]


def _marked_above(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return incidents[incidents["marking"].isin(_above())]


def _shared(whole: Dataset) -> Dataset:
    above = {*_marked_above(whole.incidents)["id"], *_marked_above(whole.friendly)["id"]}
    incidents, friendly, tracks = (
        frame[~frame[name].isin(above)]
        for frame, name in ((whole.incidents, "id"), (whole.friendly, "id"), (whole.tracks, "incident_id"))
    )
    left_out = len(whole.incidents) - len(incidents) + len(whole.friendly) - len(friendly)
    return replace(
        whole,
        incidents=incidents.reset_index(drop=True),
        friendly=friendly.reset_index(drop=True),
        tracks=tracks.reset_index(drop=True),
        rows=whole.rows - left_out,
        marked_above=left_out,
    )
