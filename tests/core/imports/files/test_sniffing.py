"""Every kind of file, known by its content: headings, cells, geometries, what was assumed and what cannot be read."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from shapely import Polygon

from dashboard.core.imports.files.raw import FEATURE, LINE, RECORD, ROW, places_in_words
from dashboard.errors import QueryError, UnreadableFileError
from tests.lists import PLACES, point, read, rows_of, zipped

CASES = Path(__file__).parent.parent / "cases"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_found(separator: str) -> None:
    text = separator.join(["date", "place"]) + "\n" + separator.join(["2025-07-28", "Vilnius"])
    file = read(text)
    assert rows_of(file) == [{"date": "2025-07-28", "place": "Vilnius"}]
    assert (file.table.lines, file.table.counted) == ([2], LINE)


def test_first_line_may_name_the_separator() -> None:
    file = read("sep=;\ndate;place\n2025-07-28;Vilnius, Lithuania\n")
    assert rows_of(file) == [{"date": "2025-07-28", "place": "Vilnius, Lithuania"}]
    assert file.table.lines == [3]


def test_title_above_the_headings_is_left_out_and_said() -> None:
    file = read("Incidents of 2025;;\n;;\nDatum;Ort;Anzahl\n28.07.2025;Vilnius;1\n")
    assert rows_of(file) == [{"Datum": "28.07.2025", "Ort": "Vilnius", "Anzahl": "1"}]
    assert file.table.lines == [4]
    assert file.notes == ("1 row above the headings was left out: “Incidents of 2025”.",)


def test_code_page_can_be_chosen() -> None:
    content = "place,n\nŠiauliai,1\n".encode("cp1257")
    likeliest = read(content, states=("LT",))
    assert (likeliest.code_page, rows_of(likeliest)[0]["place"]) == ("cp1257", "Šiauliai")
    assert {page.name: page.sample for page in likeliest.code_pages}["cp1250"] == "Điauliai"
    assert rows_of(read(content, code_page="cp1250"))[0]["place"] == "Điauliai"


def test_utf_16_and_byte_order_marks_are_read() -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        file = read("place,n\nŁódź,1\n".encode(encoding))
        assert (file.code_page, rows_of(file)) == ("", [{"place": "Łódź", "n": "1"}])


def test_rows_that_do_not_fit_are_left_out_and_named() -> None:
    file = read('a,b\n1,2\n1,2,3\n"x,y\n5,6\n')
    assert file.left_out == (3, 4)
    assert any("line 3" in note for note in file.notes)
    assert any("Line 4" in note and "quotes" in note for note in file.notes)
    assert [row["a"] for row in rows_of(file)] == ["1", "5"]


def test_workbook_has_sheets_to_choose_and_days_as_iso(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("Incidents")
    sheet.append(["Incidents of July"])
    sheet.append(["Date", "Place", "Count", "Sure"])
    sheet.append([datetime(2025, 7, 28), "Vilnius", 2, True])
    sheet.append([45866, "Šumskas", 1.5, None])
    book.save(tmp_path / "list.xlsx")
    file = read((tmp_path / "list.xlsx").read_bytes())
    assert (file.kind, file.layers, file.layer) == ("Excel (XLSX)", ("Notes", "Incidents"), "Incidents")
    assert rows_of(file)[0] == {"Date": "2025-07-28", "Place": "Vilnius", "Count": "2", "Sure": "true"}
    assert rows_of(file)[1] == {"Date": "45866", "Place": "Šumskas", "Count": "1.5", "Sure": ""}
    assert (file.table.lines, file.table.counted) == ([3, 4], ROW)
    with pytest.raises(QueryError, match="There is no layer 'Other'; expected one of these: Notes and Incidents"):
        read((tmp_path / "list.xlsx").read_bytes(), layer="Other")


def test_workbook_with_a_wrong_dimension_is_read_whole(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["date", "place"])
    for place in range(5):
        book.active.append(["2025-07-28", f"place {place}"])
    book.save(tmp_path / "list.xlsx")
    with zipfile.ZipFile(tmp_path / "list.xlsx") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = files[sheet].replace(b'ref="A1:B6"', b'ref="A1"')
    assert b'ref="A1"' in files[sheet]
    assert len(read(zipped(**files)).table.rows) == 5


def test_opendocument_is_read() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>"
        for row in (("date", "place"), ("2025-07-28", "Łódź"))
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="List">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    packed = zipped(mimetype=kind, content__xml=content, **{"META-INF/manifest__xml": manifest})
    file = read(packed)
    assert (file.kind, rows_of(file)) == ("OpenDocument (ODS)", [{"date": "2025-07-28", "place": "Łódź"}])


def test_geojson_gives_properties_and_points_and_areas() -> None:
    area = {"type": "Polygon", "coordinates": [[[24, 55], [25, 55], [25, 56], [24, 55]]]}
    several = {"type": "MultiPoint", "coordinates": [[19.46, 51.77]]}
    features = [
        {"type": "Feature", "id": 7, "properties": {"place": "Łódź", "at": {"hour": 4}}, "geometry": several},
        {"type": "Feature", "properties": {"place": "field"}, "geometry": area},
        {"type": "Feature", "properties": {"place": "nowhere"}, "geometry": {"type": "Point", "coordinates": ["x"]}},
    ]
    file = read(json.dumps({"type": "FeatureCollection", "features": features}))
    assert rows_of(file)[0] == {"place": "Łódź", "at.hour": "4", "id": "7"}
    assert point(file) == (19.46, 51.77)
    assert isinstance(file.table.shapes[1], Polygon)
    assert file.table.shapes[2] is None
    assert file.table.counted == FEATURE


def test_records_of_json_are_rows_and_those_within_them_too() -> None:
    record = {"id": "E1", "positions": [{"lat": 51.77, "lng": 19.46}, {"lat": 52, "lng": 20}]}
    sources = [{"url": "https://a.example"}]
    file = read(json.dumps({"version": 1, "incidents": [record, {"id": "E2"}], "sources": sources}))
    assert (file.layers, file.layer) == (("incidents", "sources"), "incidents")
    assert [row["positions[].lat"] for row in rows_of(file)] == ["51.77", "52", ""]
    assert (file.table.lines, file.table.counted) == ([1, 1, 2], RECORD)
    assert rows_of(read(json.dumps({"sources": sources})))[0] == {"url": "https://a.example"}
    assert len(read('{"a": 1}\n{"a": 2}\n').table.rows) == 2


@pytest.mark.parametrize("crs", [4326, 3035, 32635])
def test_geopackage_in_any_system_is_turned_into_wgs_84(tmp_path: Path, crs: int) -> None:
    PLACES.to_crs(crs).to_file(tmp_path / "list.gpkg", layer="finds")
    file = read((tmp_path / "list.gpkg").read_bytes())
    assert (file.kind, file.layer, rows_of(file)[0]["name"]) == ("GeoPackage", "finds", "Łódź")
    assert point(file, 1) == (23.31, 55.93)
    assert bool(file.notes) == (crs != 4326)


@pytest.mark.parametrize("crs", [4326, 3035])
def test_geoparquet_is_read(tmp_path: Path, crs: int) -> None:
    PLACES.to_crs(crs).to_parquet(tmp_path / "list.parquet")
    file = read((tmp_path / "list.parquet").read_bytes())
    assert (file.kind, point(file)) == ("GeoParquet", (19.46, 51.77))
    assert rows_of(file)[1] == {"name": "Šiauliai", "count": "2"}


def test_shapefile_in_a_zip_is_read_and_needs_its_system(tmp_path: Path) -> None:
    PLACES.to_crs(3035).to_file(tmp_path / "finds.shp", encoding="utf-8")
    parts = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    file = read(zipped(**parts))
    assert (file.kind, file.layer, point(file), rows_of(file)[0]["name"]) == (
        "Shapefile",
        "finds",
        (19.46, 51.77),
        "Łódź",
    )
    del parts["finds.prj"]
    with pytest.raises(UnreadableFileError, match=r"finds\.prj is missing"):
        read(zipped(**parts))


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<name>Finds</name><Placemark><name>One</name><description><![CDATA[a <b>drone</b>]]></description>
<TimeStamp><when>2025-07-28</when></TimeStamp><ExtendedData><Data name="Status"><value>confirmed</value></Data>
</ExtendedData><Point><coordinates>19.46,51.77,0</coordinates></Point></Placemark></Folder><Placemark><name>Way</name>
<TimeSpan><begin>2025-07-28T04:00Z</begin><end>2025-07-28T05:00Z</end></TimeSpan><LineString><coordinates>
25.28,54.69 24.37,55.05</coordinates></LineString></Placemark><NetworkLink><Link><href>https://a.example/x.kml</href>
</Link></NetworkLink></Document></kml>"""


def test_kml_gives_placemarks_with_their_data_and_follows_no_link() -> None:
    for content, kind in ((KML.encode(), "KML"), (zipped(doc__kml=KML), "KMZ")):
        file = read(content)
        first, second = rows_of(file)
        assert file.kind == kind
        assert (first["folder"], first["description"]) == ("Finds", "a <b>drone</b>")
        assert (first["time"], first["Status"], point(file)) == ("2025-07-28", "confirmed", (19.46, 51.77))
        assert (second["begin"], second["end"]) == ("2025-07-28T04:00Z", "2025-07-28T05:00Z")
        assert [*file.table.shapes[1].coords] == [(25.28, 54.69), (24.37, 55.05)]  # type: ignore[union-attr]
        assert "1 network link in it was not followed" in file.notes[0]


def test_area_with_a_corner_that_is_no_number_does_not_break_the_list() -> None:
    ring = "<outerBoundaryIs><LinearRing><coordinates>nan,nan 1,1 2,2 3,1 nan,nan</coordinates></LinearRing>"
    file = read(f"<kml><Placemark><name>x</name><Polygon>{ring}</outerBoundaryIs></Polygon></Placemark></kml>")
    assert file.table.header == ("name",)
    assert file.table.rows == [("x",)]
    assert file.notes == ("A corner that is no pair of numbers was left out: placemark 1.",)


def test_area_keeps_its_hole_and_a_placemark_of_several_kinds_is_said() -> None:
    def ring(*pairs: str) -> str:
        return f"<LinearRing><coordinates>{' '.join(pairs)}</coordinates></LinearRing>"

    outer, hole = ring("0,0", "4,0", "4,4", "0,4", "0,0"), ring("1,1", "3,1", "3,3", "1,3", "1,1")
    area = f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs><innerBoundaryIs>{hole}</innerBoundaryIs></Polygon>"
    both = f"<MultiGeometry><Point><coordinates>1,1</coordinates></Point>{area}</MultiGeometry>"
    marks = "".join(f"<Placemark><name>x</name>{geometry}</Placemark>" for geometry in (area, both))
    file = read(f"<kml><Document>{marks}</Document></kml>")
    assert file.table.shapes[0].area == 16 - 4  # type: ignore[union-attr]
    assert file.table.shapes[1].geom_type == "Point"  # type: ignore[union-attr]
    assert file.notes == (
        "Of a placemark with several kinds of geometry only the points were taken, or else the areas: placemark 2.",
    )


@pytest.mark.parametrize(
    ("counted", "lines", "words"),
    [
        (ROW, [5], "row 5"),
        (FEATURE, [3, 4], "features 3 and 4"),
        (LINE, [2, 3, 4, 9, 10], "lines 2, 3 and 4, and 2 more"),
        (RECORD, [1], "record 1"),
    ],
)
def test_places_are_called_by_what_is_counted(counted: str, lines: list[int], words: str) -> None:
    assert places_in_words(lines, counted) == words


def test_number_beyond_all_measure_is_told_or_left_out() -> None:
    with pytest.raises(UnreadableFileError, match="A number in it has more than 4,300 digits"):
        read(f'[{{"id": {"9" * 5000}}}]')
    point = {"type": "Point", "coordinates": [10**400, 55]}
    features = [{"type": "Feature", "geometry": point, "properties": {"id": "a"}}]
    file = read(json.dumps({"type": "FeatureCollection", "features": features}))
    assert (file.table.rows, [*file.table.shapes]) == ([("a",)], [])
    assert read('[{"n": 1e999}]').table.rows == [("inf",)]


def test_half_a_character_in_json_is_left_out() -> None:
    assert read(r'[{"place": "a\ud800b"}]').table.rows == [("ab",)]


def test_gpx_gives_waypoints_and_tracks() -> None:
    file = read(
        """<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="51.77" lon="19.46"><name>One</name>
        <time>2025-07-28T04:00:00Z</time></wpt><trk><name>Flight</name><trkseg>
        <trkpt lat="54.69" lon="25.28"><time>2025-07-28T04:00:00Z</time></trkpt>
        <trkpt lat="55.05" lon="24.37"><time>2025-07-28T04:40:00Z</time></trkpt></trkseg></trk></gpx>"""
    )
    first, second = rows_of(file)
    assert (first["name"], first["time"], point(file)) == ("One", "2025-07-28T04:00:00Z", (19.46, 51.77))
    assert (second["begin"], second["end"]) == ("2025-07-28T04:00:00Z", "2025-07-28T04:40:00Z")


def test_positions_of_one_flight_are_its_track() -> None:
    file = read(
        'Timestamp,UTC,Callsign,Position,Altitude\n1,2025-07-28T04:00:00Z,GERBERA,"54.69,25.28",300\n'
        '2,2025-07-28T04:40:00Z,GERBERA,"55.05,24.37",100\n'
    )
    assert rows_of(file) == [{"callsign": "GERBERA", "begin": "2025-07-28T04:00:00Z", "end": "2025-07-28T04:40:00Z"}]
    assert [*file.table.shapes[0].coords] == [(25.28, 54.69), (24.37, 55.05)]  # type: ignore[union-attr]


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_files_as_people_have_them_come_in(case: Path) -> None:
    file = read(case.read_bytes())
    assert file.table.rows
    text = " ".join(file.table.rows[0])
    assert any(word in text for word in ("Łódź", "Šiauliai", "Something", "E1", "One"))
    latitudes = {"51.77", "55.93"}
    placed = point(file)[1] in (51.77, 55.93) if file.table.shapes else bool(latitudes & {*file.table.rows[0]})
    assert placed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "It is empty"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\x89PNG\r\n", "This is a picture"),
        (b"<html><body>404</body></html>", "This is a web page"),
        (b"<feed/>", "This is XML with <feed>; expected KML or GPX"),
        (b"<kml><Document>", "cannot be read"),
        (b'{"a": ', "It begins as JSON does"),
        (b"[1, 2]", "There is no list of records"),
        (b"PAR1....PAR1", "It begins as Parquet does"),
        (b"SQLite format 3\0....", "no GeoPackage that can be read"),
        (b"PK\x03\x04....", "cannot be unpacked"),
        (zipped(readme__txt="x"), "a zip without a workbook"),
        (b"\xd0\xcf\x11\xe0....", "The sheets cannot be read"),
        (b"date,place\n", "headings and no rows"),
        (b"a\n" + b"1\n" * 1001, "1,001 rows, more than the 1,000 allowed"),
    ],
)
def test_what_cannot_be_read_has_a_reason(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read(content)
