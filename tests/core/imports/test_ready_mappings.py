"""Mappings of well-known lists, each on rows under the headings that the list has."""

from collections.abc import Mapping as Cells

import pytest
import shapely

from dashboard.core.imports.applied import Applied, Surroundings
from dashboard.core.imports.files.raw import RawFile, RawTable
from dashboard.core.imports.mapping import ready_mappings, recognise
from dashboard.core.imports.numbered import numbered_sources, sources_in
from dashboard.errors import UnreadableFileError
from tests.core.imports.lists import applied

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
    "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,"
    "geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
GED = (
    "id,relid,year,active_year,type_of_violence,conflict_name,dyad_name,side_a,side_b,number_of_sources,source_article,"
    "source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,"
    "latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,"
    "deaths_b,deaths_civilians,deaths_unknown,best,high,low"
)
AIRPORTS = (
    "date_start_utc,date_end_utc,country,airport_name,iata,lat,lon,incident_type,uav_count,response,source_primary_url,"
    "source_secondary_url,attribution,notes"
)
EVENTS = (
    "id,dateLabel,dateBasis,countries,location,status,categories,vehicle,attribution,route,circumstances,payload,impact,"
    "response,uncertainty,deduplication,provenance,sources,startDate,title,category,positions[].lat,positions[].lng,"
    "positions[].precision,positions[].label,stages,classificationNote,recordClass,sourceFile"
)
EODI = (
    "id,afirmaciones_publicas,consecuencias.cierre.valor,control.ultima_actualizacion.precision,"
    "control.ultima_actualizacion.valor,drones.numero,estado.actual,estado.historial,fuentes,lugar.localidad,lugar.pais,"
    "lugar.radio_km,objetivo.categoria,objetivo.nombre,presencia_dron,tiempo.inicio.precision,tiempo.inicio.valor,tipo,"
    "titulo.en,titulo.es"
)
CIR = "entry,date,event_group,title,brief description,lat,lon,country,link,geolocation"
CRISIS_GROUP = "Date,Country,Location,Estimated Coordinates,Description,Source,Source 2"


def row_of(header: str, **cells: str) -> dict[str, str]:
    return dict.fromkeys(header.split(","), "") | cells


def cells_of(found: Applied) -> list[dict[str, str]]:
    assert (found.missing, found.refused, found.questions) == ("", (), ())
    return [dict(row.cells) for row in found.rows]


def test_each_list_is_known_by_its_header() -> None:
    headers = {
        "ACLED": ACLED, "UCDP GED": GED, "Register of airports": AIRPORTS, "eu-drone-events-2026": EVENTS, "EODI": EODI,
        "CIR, Bellingcat": CIR, "Crisis Group": CRISIS_GROUP,
    }  # fmt: skip
    for name, header in headers.items():
        found = recognise(header.split(","), ready_mappings())
        assert found is not None
        assert (found.mapping.name, found.new) == (name, ())
    assert {mapping.name for mapping in ready_mappings()} == set(headers)
    assert recognise(["id", "date", "country", "place"], ready_mappings()) is None


ACLED_ROW = row_of(
    ACLED, event_id_cnty="POL1234", event_date="10 September 2025", time_precision="1",
    event_type="Explosions/Remote violence", sub_event_type="Disrupted weapons use", country="Poland",
    location="Wyryki-Wola", latitude="51.5667", longitude="23.35",
    geo_precision="2", source="TASS; Gazeta Wyborcza", notes="Polish F-16s shot down a drone.", fatalities="0",
)  # fmt: skip


def test_acled(surroundings: Surroundings) -> None:
    (cells,) = cells_of(applied(surroundings, [ACLED_ROW]))
    assert cells == {
        "id": "acled-POL1234", "date": "2025-09-10", "date_precision": "day", "country": "PL", "place": "Wyryki-Wola",
        "latitude": "51.5667", "longitude": "23.35", "location_accuracy_km": "25", "category": "shootdown",
        "sources": "[TASS] [Gazeta Wyborcza]", "summary": "Polish F-16s shot down a drone.", "object_type": "unknown",
        "status": "reported",
    }  # fmt: skip


def test_older_sheets_of_acled_have_their_headings_in_capitals(surroundings: Surroundings) -> None:
    names = {"disorder_type", "civilian_targeting", "tags"}
    row = {name.upper(): cell for name, cell in ACLED_ROW.items() if name not in names}
    row |= {"EVENT_DATE": "10/09/2025", "FATALITIES": "3", "DATA_ID": "99"}
    (cells,) = cells_of(applied(surroundings, [row]))
    assert (cells["id"], cells["date"], cells["casualties"]) == ("acled-POL1234", "2025-09-10", "3 killed")


def test_words_of_acled_that_say_too_little_are_asked(surroundings: Surroundings) -> None:
    (question,) = applied(surroundings, [ACLED_ROW | {"sub_event_type": "Attack"}]).questions
    assert question.text == "What happened: what is Attack?"


def test_ucdp_ged(surroundings: Surroundings) -> None:
    row = row_of(
        GED, id="4711", source_article='"Reuters,2022-03-14,Drone crashes in Zagreb"', source_headline="Drone crashes",
        where_prec="1", where_coordinates="Zagreb city", latitude="45.78", longitude="15.95", country="Croatia",
        date_prec="1", date_start="2022-03-10 00:00:00.000", date_end="2022-03-11 00:00:00.000", best="0",
    )  # fmt: skip
    (cells,) = cells_of(applied(surroundings, [row]))
    assert cells == {
        "id": "ucdp-4711", "date": "2022-03-10", "end_date": "2022-03-11", "date_precision": "day", "country": "HR",
        "place": "Zagreb city", "latitude": "45.78", "longitude": "15.95", "location_accuracy_km": "1",
        "category": "crash", "object_type": "unknown", "status": "reported", "summary": "Drone crashes",
        "sources": '["Reuters,2022-03-14,Drone crashes in Zagreb"]',
    }  # fmt: skip


def test_a_register_of_airports(surroundings: Surroundings) -> None:
    row = row_of(
        AIRPORTS, date_start_utc="2025-10-04 20:05", date_end_utc="2025-10-05 01:50", country="LT",
        airport_name="Vilnius Airport", iata="VNO", lat="54.6341", lon="25.2858", incident_type="airspace closure",
        uav_count="13", response="Airport closed", source_primary_url="https://example.org/a",
        source_secondary_url="https://example.org/b", notes="Balloons.",
    )  # fmt: skip
    (cells,) = cells_of(applied(surroundings, [row]))
    assert (cells["date"], cells["started_at"]) == ("2025-10-04", "2025-10-04T20:05Z")
    assert (cells["end_date"], cells["ended_at"]) == ("2025-10-05", "2025-10-05T01:50Z")
    assert (cells["airport"], cells["objects"], cells["category"]) == ("VNO", "13", "incursion")
    assert cells["sources"] == "https://example.org/a https://example.org/b"
    (question,) = applied(surroundings, [row | {"uav_count": "several"}]).questions
    assert (question.text, question.typed) == ("Objects, at least: what is several?", True)


def event(**cells: str) -> Cells[str, str]:
    given = {
        "id": "E010", "countries": "Estonia; Finland", "vehicle": "2 military UAVs", "sources": "S12 S24",
        "startDate": "2026-03-31", "title": "Tartu County", "category": "alert", "positions[].precision": "region",
        "circumstances": "Found.",
    }  # fmt: skip
    return row_of(EVENTS) | given | cells


def test_an_event_with_several_places_is_several_incidents_of_one_event(surroundings: Surroundings) -> None:
    header = ["id", "publisher", "title", "audit", "url"]
    sources = numbered_sources(
        header, [["S12", "Reuters", "x", "y", "https://example.org/12"], ["S24", "PAP", "x", "y", ""]]
    )
    assert sources == {"S12": "https://example.org/12", "S24": "[PAP]"}
    rows = [
        event(**{"positions[].lat": "58.38", "positions[].lng": "26.73", "category": "recovery"}),
        event(**{"positions[].lat": "61.0", "positions[].lng": "28.2", "category": "flight"}),
        event(**{"id": "E011", "positions[].lat": "58.4", "positions[].lng": "26.7", "category": "crash"}),
    ]
    found = cells_of(applied(surroundings, rows, numbered=sources))
    assert [(cells["id"], cells.get("event", "")) for cells in found] == [
        ("eude-E010", "eude-E010"), ("eude-E010-2", "eude-E010"), ("eude-E011", ""),
    ]  # fmt: skip
    # Of the two states that the list names, each place lies in one.
    assert [cells["country"] for cells in found] == ["EE", "FI", "EE"]
    assert [cells["category"] for cells in found] == ["debris", "incursion", "crash"]
    assert {cells["sources"] for cells in found} == {"https://example.org/12 [PAP]"}
    assert {cells["location_accuracy_km"] for cells in found} == {"30"}


def test_without_the_file_of_sources_it_is_asked_for(surroundings: Surroundings) -> None:
    rows = [event(**{"positions[].lat": "58.38", "positions[].lng": "26.73", "category": "crash"})]
    (question,) = applied(surroundings, rows).questions
    assert (
        "such as S12 S24. Import it with the file that lists them (on the command line: --beside FILE)" in question.text
    )
    found = applied(surroundings, rows, answers={question.id: "the list"})
    assert found.rows[0].cells["sources"] == "[eu-drone-events-2026]"
    assert "sources" in found.rows[0].assumed
    assert applied(surroundings, rows, answers={question.id: "leave out"}).left_out == (2,)
    unknown = applied(surroundings, rows, numbered={"S12": "[PAP]"})
    assert unknown.refused[0].expected == "no source has the number S24"


def test_second_file_without_sources_is_refused() -> None:
    table = RawTable(("colour", "size"), [("red", "3")], [2])
    with pytest.raises(UnreadableFileError, match=r"lists no sources: expected a column .* It has colour and size"):
        sources_in(RawFile("CSV", table))


def test_sources_of_a_file_whose_names_are_the_numbers() -> None:
    header = ["S01.id", "S01.publisher", "S01.url", "S02.publisher"]
    assert numbered_sources(header, [["S01", "Reuters", "https://example.org/1", "PAP"]]) == {
        "S01": "https://example.org/1", "S02": "[PAP]",
    }  # fmt: skip


def test_eodi(surroundings: Surroundings) -> None:
    row = row_of(EODI) | {
        "id": "EODI-2026-00169", "drones.numero": "desconocido", "estado.actual": "notificado",
        "lugar.localidad": "Galați",
        "fuentes": '[{"enlace": "https://example.org/a", "medio": "x"}, {"enlace": "https://example.org/b"}]',
        "lugar.pais": "RO", "lugar.radio_km": "5.0", "tiempo.inicio.precision": "dia",
        "tiempo.inicio.valor": "2026-05-28T00:00Z", "tipo": "sobrevuelo", "titulo.en": "Drone over Galați",
    }  # fmt: skip
    (cells,) = cells_of(applied(surroundings, [row], shapes=[shapely.Point(28.05, 45.437)]))
    assert cells == {
        "id": "EODI-2026-00169", "date": "2026-05-28", "date_precision": "day", "country": "RO", "place": "Galați",
        "latitude": "45.437", "longitude": "28.05", "location_accuracy_km": "5", "category": "incursion",
        "object_type": "uav", "status": "reported", "summary": "Drone over Galați",
        "sources": "https://example.org/a https://example.org/b",
    }  # fmt: skip


def test_cir_and_bellingcat(surroundings: Surroundings) -> None:
    row = row_of(CIR) | {
        "entry": "X1", "date": "03/04/2025", "event_group": "Night of 3 April", "title": "Nur", "lat": "52.66",
        "lon": "22.32", "country": "Poland", "brief description": "A drone in a field.", "link": "https://example.org/a",
    }  # fmt: skip
    (cells,) = cells_of(applied(surroundings, [row]))
    assert (cells["id"], cells["event"], cells["date"]) == ("cir-X1", "cir-night-of-3-april", "2025-04-03")
    assert (cells["place"], cells["summary"]) == ("Nur", "A drone in a field.")


def test_crisis_group(surroundings: Surroundings) -> None:
    row = row_of(CRISIS_GROUP) | {
        "Date": "30-Apr-19", "Country": "Türkiye", "Location": "Hakkari", "Estimated Coordinates": "37.57, 43.74",
        "Description": "A drone.", "Source": "Anadolu", "Source 2": "https://example.org/b",
    }  # fmt: skip
    (cells,) = cells_of(applied(surroundings, [row], source="Tracker"))
    assert (cells["id"], cells["date"], cells["country"]) == ("TR-2019-04-30-hakkari-tracker", "2019-04-30", "TR")
    assert (cells["latitude"], cells["longitude"]) == ("37.57", "43.74")
    assert cells["sources"] == "[Anadolu] https://example.org/b"
