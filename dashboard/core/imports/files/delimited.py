"""Texts whose cells are parted by a separator: CSV, TSV and their like."""

from collections.abc import Collection
from pathlib import Path

from dashboard.core.imports.files.grid import table_of
from dashboard.core.imports.files.raw import LINE, CodePage, RawFile
from dashboard.core.incidents.code_pages import code_pages, sample
from dashboard.core.incidents.csv_file import Table, drop_comments, lines_of, named_separator, records, unguarded
from dashboard.language import _

SEPARATORS = ",;\t|"
MOST_LOOKED_AT = 50  # lines, of which the separator is told


def read_delimited(
    content: bytes, name: str, states: Collection[str], code_page: str, known: Collection[str], most_rows: int
) -> RawFile:
    """Read a text.

    Parameters
    ----------
    code_page
        That of a text that is not Unicode; empty for the likeliest.

    Raises
    ------
    UnreadableFileError
        It is no text, or has no rows under headings.
    """
    table = Table(Path(name))
    pages = [] if _is_unicode(content) else code_pages(content, states)
    page = code_page or (pages[0] if pages else "")
    lines = lines_of(table, content, page)
    separator = named_separator(lines) or _separator(lines)
    drop_comments(lines, known)
    cells = ((line, [unguarded(cell) for cell in row]) for line, row in records(table, lines, separator))
    notes: list[str] = []
    rows, left_out = table_of(cells, counted=LINE, known=known, most_rows=most_rows, notes=notes)
    broken = [problem for problem in table.problems if problem.severe]
    notes += [_("Line {line}: {message}").format(line=problem.line, message=problem.message) for problem in broken]
    kind = _("TSV (cells parted by tabs)") if separator == "\t" else "CSV"
    offered = tuple(CodePage(one, sample(content, one)) for one in pages)
    lost = tuple(sorted({*left_out, *(problem.line for problem in broken)}))
    return RawFile(kind, rows, code_page=page if pages else "", code_pages=offered, notes=tuple(notes), left_out=lost)


def _is_unicode(content: bytes) -> bool:
    """Tell whether a text is in UTF-8, or has the zero bytes that only UTF-16 has."""
    if 0 in content[:1000]:
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _separator(lines: list[str]) -> str:
    """The separator that parts most lines into the same number of cells."""
    looked_at = [line for line in lines if line.strip()][:MOST_LOOKED_AT]

    def parts(separator: str) -> int:
        counts = sorted(line.count(separator) for line in looked_at)
        return counts[len(counts) // 2] if counts else 0

    return max(SEPARATORS, key=parts)
