import pytest

from dashboard.core.imports.columns import Match, find_columns, lacking_in_words, mapping_of
from dashboard.core.imports.mapping import Recognised


def found(header: list[str], *rows: list[str]) -> dict[str, str]:
    return {match.heading: match.field for match in find_columns(header, rows)}


@pytest.mark.parametrize(
    "header",
    [
        ["Nr", "Data", "Państwo", "Miejscowość", "Szerokość", "Długość", "Obiekt", "Zdarzenie", "Status", "Źródło"],
        ["Nr.", "Kuupäev", "Riik", "Koht", "Laiuskraad", "Pikkuskraad", "Objekt", "Sündmus", "Staatus", "Allikas"],
        ["Nr", "Datums", "Valsts", "Vieta", "Platums", "Garums", "Objekts", "Notikums", "Statuss", "Avots"],
        ["Nr", "Data", "Valstybė", "Vieta", "Platuma", "Ilguma", "Objektas", "Įvykis", "Būsena", "Šaltinis"],
        ["Nr", "Data", "Țara", "Localitate", "Latitudine", "Longitudine", "Obiect", "Eveniment", "Stare", "Sursa"],
        ["№", "Дата", "Країна", "Місце", "Широта", "Довгота", "Об'єкт", "Подія", "Статус", "Джерело"],
        ["№", "Дата", "Страна", "Место", "Широта", "Долгота", "Объект", "Событие", "Статус", "Источник"],
        ["Nro", "Päivämäärä", "Valtio", "Paikka", "Leveysaste", "Pituusaste", "Kohde", "Tapahtuma", "Tila", "Lähde"],
        ["Nr", "Dato", "Land", "Sted", "Breddegrad", "Lengdegrad", "Objekt", "Hendelse", "Status", "Kilde"],
        [
            "Číslo",
            "Dátum",
            "Štát",
            "Miesto",
            "Zemepisná šírka",
            "Zemepisná dĺžka",
            "Objekt",
            "Udalosť",
            "Stav",
            "Zdroj",
        ],
        [
            "Sorszám",
            "Dátum",
            "Ország",
            "Helyszín",
            "Szélesség",
            "Hosszúság",
            "Objektum",
            "Esemény",
            "Állapot",
            "Forrás",
        ],
        ["№", "Дата", "Държава", "Място", "Ширина", "Дължина", "Обект", "Събитие", "Статус", "Източник"],
        ["Číslo", "Datum", "Stát", "Místo", "Šířka", "Délka", "Objekt", "Událost", "Stav", "Zdroj"],
        ["Nr.", "Datum", "Staat", "Ort", "Breite", "Länge", "Objekt", "Ereignis", "Status", "Quelle"],
    ],
)
def test_columns_find_themselves_by_name_in_the_languages_of_the_flank(header: list[str]) -> None:
    fields = ["date", "country", "place", "latitude", "longitude", "object_type", "category", "status", "sources"]
    assert list(found(header).values())[1:] == fields


def test_columns_find_themselves_by_their_cells() -> None:
    header = ["A", "B", "C", "D", "E"]
    rows = [
        ["28.07.2025", "dron", "Litwa", "55.05, 24.37", "https://example.org/a"],
        ["29.07.2025", "balon", "Polska", "53.1, 23.2", "https://example.org/b"],
        ["30.07.2025", "rakieta", "Łotwa", "56.1, 27.2", "https://example.org/c"],
    ]
    assert list(found(header, *rows).values()) == ["date", "object_type", "country", "point", "sources"]


def test_a_name_is_not_believed_against_its_cells() -> None:
    assert found(["Data", "lat"], ["see notes", "n/a"], ["none", "n/a"]) == {"Data": "", "lat": ""}
    assert found(["Latitude (WGS84)", "Notes"], ["55,05", "fell"]) == {
        "Latitude (WGS84)": "latitude",
        "Notes": "summary",
    }


def test_a_column_called_time_may_hold_days() -> None:
    assert found(["name", "time"], ["One", "2025-07-28"]) == {"name": "place", "time": "date"}
    assert found(["date", "time"], ["2025-07-28", "04:40"]) == {"date": "date", "time": "time"}


def test_sureness_has_its_reason_in_words() -> None:
    header, rows = ["date", "lat", "Latitude WGS84", "colour"], [["28.07.2025", "55.05", "55.05", "red"]]
    assert [(match.sureness, match.because) for match in find_columns(header, rows)] == [
        (3, "By name"), (3, "By name and values"), (0, "Not matched"), (0, "Not matched"),
    ]  # fmt: skip


def test_a_known_mapping_comes_first_and_new_columns_are_found_beside_it() -> None:
    header, rows = ["Lp.", "Kiedy", "Status"], [["1", "28.07.2025", "potwierdzone"]]
    mapping = mapping_of([Match("Kiedy", (), "date", 3, ""), Match("Lp.", (), "", 0, "")], "Polish desk list")
    matches = find_columns(header, rows, Recognised(mapping, ("Status",)))
    assert [(match.field, match.sureness, match.because) for match in matches] == [
        ("", 0, "Mapping Polish desk list"), ("date", 3, "Mapping Polish desk list"), ("status", 3, "By name"),
    ]  # fmt: skip


def test_one_line_says_what_is_missing_and_what_to_rename() -> None:
    header = ["entry", "Date", "title", "lat", "lon", "link"]
    matches = find_columns(header, [["X1", "28/07/2025", "Something", "51.77", "19.46", "https://example.org/a"]])
    assert lacking_in_words(matches) == (
        "Missing: country, location_accuracy_km, category, object_type and status. "
        "Rename entry to id, Date to date, title to place, lat to latitude, lon to longitude and link to sources."
    )


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Lp.", ("1", "2", "3"), ""),
        ("L.p.", ("4", "9"), ""),  # of a list that was filtered
        ("Nr. crt.", ("1", "2"), ""),
        ("№ п/п", ("1.", "2."), ""),
        ("S/N", ("1", "2"), ""),
        ("#", ("1", "2"), ""),
        ("№", ("1", "2", "3"), ""),
        ("No.", ("1", "2", "3"), ""),
        ("Nr.", ("17/2025", "18/2025"), "id"),
        ("№", ("17", "18"), "id"),
        ("ID", ("1", "2"), "id"),
    ],
)
def test_number_of_a_row_is_no_reference(heading: str, cells: tuple[str, ...], field: str) -> None:
    rows = [[cell, "28.07.2025"] for cell in cells]
    (match, _date) = find_columns([heading, "Data"], rows)
    assert match.field == field
    assert match.because == ("Numbers the rows" if not field else match.because)
