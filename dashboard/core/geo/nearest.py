"""The town, the airport and the stretch of border nearest to an incident, and the length of its flight track.

All of it is geodesic on WGS 84; nearest points are found in earth-centred coordinates, without a projection.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from dashboard.core.geo.airports import airports_in_words
from dashboard.core.geo.borders import WGS84, Borders, geodesic_distance_km, in_space

LARGE_INHABITANTS = 15_000  # a town of more than these counts as large
# Their airports have been closed since 2022, to all or to the airlines of the states around: they are on the map, but
# none is named as the nearest one, since what matters is the traffic that an incident can have endangered.
CLOSED = ("BY", "RU", "UA")


def measure(
    incidents: gpd.GeoDataFrame,
    tracks: gpd.GeoDataFrame,
    borders: Borders,
    places: gpd.GeoDataFrame,
    airports: gpd.GeoDataFrame,
) -> gpd.GeoDataFrame:
    """Measure placed incidents against towns, airports, the border that was crossed, and their flight tracks.

    Parameters
    ----------
    incidents
        As :func:`dashboard.core.geo.airspace.place_in_airspace` returns them.
    tracks
        As :func:`dashboard.core.incidents.tracks.read_tracks` returns them.
    places
        As :func:`dashboard.core.geo.places.read_places` returns them.
    airports
        As :func:`dashboard.core.geo.airports.read_airports` returns them.

    Returns
    -------
    A copy with these columns more; distances are geodesic on WGS 84, in km:

    town, town_state, town_km
        The nearest town of more than 15,000 inhabitants, its state, and how far it is; empty and NaN where a town
        beyond the region that is charted could be nearer.
    crossing_longitude, crossing_latitude, crossing_by_track
        A point of the border of ``measured_from``: where a flight track first crosses it (``crossing_by_track``), or
        else the point nearest to the incident, from which the depth is measured; NaN where none is charted.
    crossing_town, crossing_state, crossing_town_km
        The town of any size that is nearest to that point, which names the stretch of the border, its state, and how
        far it is.
    track_inside_km, track_accuracy_km
        Length of the flight tracks within the airspace of the state that the row names, and the accuracy of the
        poorest of them; NaN without a track, or where nothing is known of the state's airspace.
    track_from, track_from_state
        The town nearest to where the first flight track begins inside, and its state; empty where it comes from over
        the border, or where no town lies within the accuracy of the track.
    airport_names
        The airports that the row names as affected, each with its code.
    near_airport, near_airport_code, near_airport_state, near_airport_km
        The nearest airport with an IATA code outside of ``CLOSED``, its code and state, and how far it is; empty and
        NaN where one beyond the region could be nearer.

    Time grows linearly with the rows and the tracks.
    """
    points = incidents[["longitude", "latitude"]].to_numpy(float)
    towns = places[places["kind"].isin(["town", "capital"])]
    inside_km, accuracy_km, crossed, begun = _along_tracks(incidents, tracks, borders)
    by_track = np.isfinite(crossed[:, 0])
    begun[by_track] = np.nan
    begins, begins_in, away_km = _nearest(begun, towns, borders)
    far = ~(away_km <= accuracy_km)
    begins[far] = begins_in[far] = ""
    nearest = incidents[["border_longitude", "border_latitude"]].to_numpy(float)
    crossing = np.where(np.isfinite(crossed), crossed, nearest)
    longitude, latitude = crossing.T
    town, town_state, town_km = _nearest(points, towns[towns["weight"] > LARGE_INHABITANTS], borders)
    crossing_town, crossing_state, crossing_town_km = _nearest(crossing, towns, borders)
    public = airports[(airports["iata"] != "") & ~airports["state"].isin(CLOSED)]
    near_code, near_state, near_km = _nearest(points, public.assign(name=public["iata"]), borders)
    names = {"": ""} | dict(zip(public["iata"], public["name"], strict=True))
    return incidents.assign(
        town=town,
        town_state=town_state,
        town_km=town_km,
        crossing_longitude=longitude,
        crossing_latitude=latitude,
        crossing_by_track=by_track,
        crossing_town=crossing_town,
        crossing_state=crossing_state,
        crossing_town_km=crossing_town_km,
        track_inside_km=inside_km,
        track_accuracy_km=accuracy_km,
        track_from=begins,
        track_from_state=begins_in,
        airport_names=airports_in_words(incidents["airport"], airports),
        near_airport=[names[code] for code in near_code],
        near_airport_code=near_code,
        near_airport_state=near_state,
        near_airport_km=near_km,
    )


def _along_tracks(
    incidents: gpd.GeoDataFrame, tracks: gpd.GeoDataFrame, borders: Borders
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Follow the tracks of each incident.

    Returns
    -------
    ``track_inside_km``, ``track_accuracy_km``, and as longitude and latitude where its first track to do so crosses the
    border that is measured, and where its first track begins inside.
    """
    inside_km, accuracy_km = np.full((2, len(incidents)), np.nan)
    crossed, begun = np.full((2, len(incidents), 2), np.nan)
    flown = tracks[tracks["incident_id"].isin(incidents["id"])]
    position = dict(zip(incidents["id"], range(len(incidents)), strict=True)) if len(flown) else {}
    states, sides = incidents["country"].to_numpy(), incidents["measured_from"].to_numpy()
    airspace = dict(borders.airspace.items())
    outlines = {states[row]: borders.sides(states[row]) for row in map(position.get, flown["incident_id"])}
    for incident, line, accuracy in zip(flown["incident_id"], flown.geometry, flown["accuracy_km"], strict=True):
        row = position[incident]
        accuracy_km[row] = np.fmax(accuracy_km[row], accuracy)
        if states[row] in airspace:
            within = shapely.intersection(line, airspace[states[row]])
            inside_km[row] = np.nansum([inside_km[row], WGS84.geometry_length(within) / 1000])
            if np.isnan(begun[row]).all():
                begun[row] = _first_along(line, within)
        if np.isnan(crossed[row]).all():
            outline = outlines[states[row]]
            crossed[row] = _first_crossing(line, outline[outline.index == sides[row]].to_numpy())
    return inside_km, accuracy_km, crossed, begun


def _nearest(
    points: NDArray[np.float64], places: gpd.GeoDataFrame, borders: Borders
) -> tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.float64]]:
    """Name, state and distance in km of the place nearest to each point, longitude and latitude, shape (n, 2)."""
    name, state = np.full(len(points), "", dtype=object), np.full(len(points), "", dtype=object)
    km = np.full(len(points), np.nan)
    known = np.flatnonzero(np.isfinite(points).all(axis=1))
    if places.empty or not len(known):
        return name, state, km
    asked, at = points[known], shapely.get_coordinates(places.geometry.to_numpy())
    position = cKDTree(in_space(*at.T)).query(in_space(*asked.T), workers=-1)[1]
    found_km = geodesic_distance_km(*asked.T, *at[position].T)
    sure = found_km <= borders.to_edge_km(asked)
    name[known[sure]] = places["name"].to_numpy(object)[position[sure]]
    state[known[sure]] = places["state"].to_numpy(object)[position[sure]]
    km[known[sure]] = found_km[sure]
    return name, state, km


def _first_crossing(line: shapely.LineString, border: NDArray[np.object_]) -> NDArray[np.float64]:
    """Longitude and latitude of the first point, in the order of flight, that a track shares with a border, or NaN."""
    return _first_along(line, shapely.intersection(line, border))


def _first_along(line: shapely.LineString, shared: Any) -> NDArray[np.float64]:
    """Longitude and latitude of the first point of what lies on a track, in the order of flight, or NaN for nothing."""
    points = shapely.get_coordinates(shared)
    if not len(points):
        return np.full(2, np.nan)
    first: NDArray[np.float64] = points[np.argmin(shapely.line_locate_point(line, shapely.points(points)))]
    return first
