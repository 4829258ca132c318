"""A measured incident, for the tests of what is said of it."""

import pandas as pd

ROW = {
    "id": "LT-2025-07-28-gaiziunai", "event": "", "date": pd.Timestamp("2025-07-28"), "end_date": pd.NaT,
    "counted_on": pd.Timestamp("2025-07-28"), "counted_by": "flight",
    "date_precision": "day", "started_at": pd.NaT, "country": "LT", "place": "Gaižiūnai", "latitude": 55.05,
    "longitude": 24.37, "coordinates": "55.05° N, 24.37° E", "mgrs": "35U LB 3 0",
    "location_accuracy_km": 7.0, "category": "crash", "object_type": "uav", "model": "Gerbera",
    "origin": "RU", "entered_from": "BY", "side": "intruding", "payload": "explosive_neutralised", "damage": "",
    "casualties": "", "status": "confirmed", "response": "NATO asked", "inside": True, "certain": True,
    "measured_from": "BY", "measured_from_stated": True,
    "depth_km": 91.7, "edge_km": 91.7, "airspace": "LT", "town": "Jonava", "town_state": "LT", "town_km": 6.91,
    "crossing_town": "Šalčininkai", "crossing_state": "LT", "crossing_town_km": 3.2, "crossing_by_track": False,
    "track_inside_km": float("nan"), "track_accuracy_km": float("nan"), "minutes_inside": float("nan"),
    "charted": True, "reported_km": float("nan"), "track_from": "", "track_from_state": "",
    "date_basis": "", "ended_at": pd.NaT, "objects": float("nan"), "objects_of": "incident", "attribution_by": "",
    "rejected_claim": "", "noticed_by": "", "altitude_m": float("nan"), "case_number": "", "facts_basis": "",
    "marking": "", "event_objects": float("nan"),
    "airport_closed_min": float("nan"), "flights_affected": float("nan"), "passengers_affected": float("nan"),
    "cited": (), "evidence": "other", "airport": "", "airport_names": "",
    "near_airport": "", "near_airport_code": "", "near_airport_state": "", "near_airport_km": float("nan"),
}  # fmt: skip


def row(**change: object) -> pd.Series:
    return pd.Series(ROW | change)
