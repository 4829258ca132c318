"""CSV files read as text: any encoding, separator and line ends, with the line each row began on.

Nothing is guessed silently: what had to be assumed, and each row that could not be read, comes back as a problem.
Lines above the header that begin with ``#`` are comments. Rows without any text, and columns without name and text, are
passed over: spreadsheets write them below and beside what people see.
"""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from dashboard.core.incidents.code_pages import code_pages, page_name, sample
from dashboard.core.incidents.problems import Problem
from dashboard.errors import MissingFileError, UnreadableFileError
from dashboard.language import _, ngettext

LONGEST_LINE = 1_000_000  # characters; no honest row comes near it
LONGEST_FIELD = 100_000
SEPARATORS = ",;\t"
MOST_QUOTING_ERRORS = 100  # each costs reading up to LONGEST_FIELD again

# What neither XML nor a spreadsheet can hold: control characters, two code points that are no characters, and halves
# of a surrogate pair.
UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# A spreadsheet runs a cell that begins so. Where its separator is the semicolon or the tab, a cell of it can begin
# behind one of these, or on a new line, inside a cell of ours.
_RUNS = r"'*[=+\-@\t\r]"
_TO_GUARD = re.compile(rf"(?<![^;\t\n])(?={_RUNS})")
_GUARDED = re.compile(rf"(?<![^;\t\n])'(?={_RUNS})")


def guarded(text: str) -> str:
    """A text as a cell of a CSV file that no spreadsheet runs: with an apostrophe before whatever it would run."""
    return _TO_GUARD.sub("'", text)


def unguarded(text: str) -> str:
    """The text of a guarded cell."""
    return _GUARDED.sub("", text) if "'" in text else text


def trimmed(text: str) -> str:
    """A text without white space at its ends, but for a leading tab, which an export brings back as it was."""
    return text.rstrip() if text.startswith("\t") else text.strip()


def clean(text: str) -> str:
    """A text without characters that no document can hold."""
    return UNUSABLE.sub("", text)


@dataclass
class Table:
    """Rows of text under a header.

    header_line
        The line on which the header begins; 0 where a file has none of its own.
    lines
        The line of the file on which each row begins.
    unread
        The number of rows that could not be read; each is among the problems.
    """

    path: Path
    header: list[str] = field(default_factory=list)
    header_line: int = 1
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: int = 0

    def assume(self, line: int, assumed: str, remedy: str) -> None:
        """Report what had to be assumed to read the file."""
        self.problems.append(Problem(self.path, line, "", "", assumed, remedy, severe=False))

    def doubt(self, line: int, column: str, value: str, found: str, remedy: str) -> None:
        """Report a cell that is read, but may not mean what was read."""
        self.problems.append(Problem(self.path, line, column, value, found, remedy, severe=False))

    def give_up(self, line: int, value: str, found: str, remedy: str, rows: int = 1, column: str = "") -> None:
        """Report rows that could not be read."""
        self.problems.append(Problem(self.path, line, column, value, found, remedy))
        self.unread += rows

    def head(self, line: int, names: list[str]) -> None:
        """Take the header."""
        self.header_line = line
        self.header = [self._clean(line, "", name) for name in names]

    def add(self, line: int, row: list[str]) -> None:
        """Take a row, without characters that no document can hold."""
        if UNUSABLE.search("\t".join(row)):
            row = [self._clean(line, column, cell) for column, cell in zip(self.header, row, strict=True)]
        self.lines.append(line)
        self.rows.append(row)

    def drop_empty_columns(self) -> None:
        """Leave out each column that has neither a name nor any text."""
        nameless = [place for place, name in enumerate(self.header) if not name]
        empty = {place for place in nameless if not any(row[place] for row in self.rows)}
        if empty:
            kept = [place for place in range(len(self.header)) if place not in empty]
            self.header = [self.header[place] for place in kept]
            self.rows = [[row[place] for place in kept] for row in self.rows]

    def _clean(self, line: int, column: str, cell: str) -> str:
        if found := sorted({f"U+{ord(character):04X}" for character in UNUSABLE.findall(cell)}):
            message = _("the cell holds characters that no document can hold ({characters}), which are left out")
            message = message.format(characters=", ".join(found))
            self.doubt(line, column, cell, message, _("Remove them"))
            return trimmed(clean(cell))
        return cell


def read_table(path: Path, max_file_mb: int, known: Collection[str] = ()) -> Table:
    """Read a CSV file.

    Parameters
    ----------
    known
        Names of columns; a line that begins with ``#`` is the header where no line after it holds more of them.

    Raises
    ------
    MissingFileError
        There is no such file.
    UnreadableFileError
        It is empty, too large, no text, or has no header or no rows.
    """
    table = Table(path)
    lines = lines_of(table, read_bytes(path, max_file_mb))
    named = named_separator(lines)
    drop_comments(lines, known)
    separator = named or _separator(table, next((line for line in lines if line.strip()), ""))
    found = records(table, lines, separator)
    line, names = next(found, (1, []))
    table.head(line, [unguarded(name) for name in names])
    if not any(table.header):
        raise UnreadableFileError(_("{path}: the first line holds no names of columns.").format(path=path))
    for line, row in found:
        _take(table, line, row)
    table.drop_empty_columns()
    if not table.rows and not table.problems:
        raise UnreadableFileError(_("{path} has a header and no rows.").format(path=path))
    return table


def _take(table: Table, line: int, row: list[str]) -> None:
    """Take a row, or give it up."""
    width = len(table.header)
    if len(row) < width and not any(table.header[len(row) :]):
        row = row + [""] * (width - len(row))
    if any(row[width:]) or len(row) < width:
        found = ngettext(
            "expected {expected} cell as in the header, found {found}",
            "expected {expected} cells as in the header, found {found}",
            width,
        ).format(expected=width, found=len(row))
        table.give_up(line, "", found, _("Put text that holds a separator in quotes"))
        return
    table.add(line, [unguarded(cell) for cell in row[:width]])


def read_bytes(path: Path, max_file_mb: int) -> bytes:
    """The content of a file of data, which is there, not too large and not empty; raises as ``read_table`` does."""
    try:
        if path.is_dir():
            raise MissingFileError(_("{path} is a folder; expected a file.").format(path=path))
        if not path.is_file():
            raise MissingFileError(_("There is no file {path}.").format(path=path))
        size_mb = path.stat().st_size / 1e6
        content = path.read_bytes() if size_mb <= max_file_mb else b""
    except OSError as error:
        raise not_readable(path, error) from error
    if size_mb > max_file_mb:
        message = _("{path} has {size} MB, more than the {limit} MB allowed. Split it, or raise DASHBOARD_MAX_FILE_MB.")
        raise UnreadableFileError(message.format(path=path, size=round(size_mb), limit=max_file_mb))
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise UnreadableFileError(_("{path} is empty.").format(path=path))
    return content


def not_readable(path: Path, error: OSError) -> UnreadableFileError:
    """The error for a file that the system does not let us read."""
    message = _("{path} cannot be read: {error}.")
    return UnreadableFileError(message.format(path=path, error=error.strerror or str(error)))


def lines_of(table: Table, content: bytes, code_page: str = "") -> list[str]:
    """The lines of a text in UTF-8, UTF-16, or else the code page that is named or likeliest; no byte-order mark."""
    text = _text(table, content, code_page).lstrip("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    _drop_endless_lines(table, lines)
    return lines


def _text(table: Table, content: bytes, code_page: str) -> str:
    sixteen = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    begin = content[:1000]
    no_text = _("{path} is not text: it holds zero bytes and is not UTF-16. Save it as CSV in UTF-8.")
    # Names of columns in UTF-16 have a zero in every second byte; fewer are stray ones in a cell.
    if sixteen or begin.count(0) > len(begin) / 8:
        encoding = "utf-16" if sixteen else "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            raise UnreadableFileError(no_text.format(path=table.path)) from error
        table.assume(1, _("the file is in UTF-16 and was read as such"), _("Save it as UTF-8"))
        return text
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if 0 in begin:
            raise UnreadableFileError(no_text.format(path=table.path)) from error
        line = content.count(b"\n", 0, error.start) + 1
        page = code_page or code_pages(content)[0]
        assumed = _("the file is not UTF-8 and was read as {page}; letters may be wrong, as in {word!r}")
        table.assume(line, assumed.format(page=page_name(page), word=sample(content, page)), _("Save it as UTF-8"))
        return content.decode(page, errors="replace")


def _drop_endless_lines(table: Table, lines: list[str]) -> None:
    """Blank out lines of absurd length, in place, so that nothing after them is lost."""
    for position, line in enumerate(lines):
        if len(line) > LONGEST_LINE:
            found = _("the line has {length:,} characters, more than the {limit:,} allowed").format(
                length=len(line), limit=LONGEST_LINE
            )
            if not any(lines[:position]):
                raise UnreadableFileError(f"{table.path}: {found}.")
            table.give_up(position + 1, "", found, _("Check the line ends of the file"))
            lines[position] = ""


def named_separator(lines: list[str]) -> str:
    """The separator that a first line ``sep=;`` names, as Excel writes it, or empty; the line is blanked out."""
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    named = re.fullmatch(r'"?sep=([,;\t|])"?[,;\t| ]*', lines[first], re.IGNORECASE)
    if not named:
        return ""
    lines[first] = ""
    return named[1]


def drop_comments(lines: list[str], known: Collection[str]) -> None:
    """Blank out the comments above the header, in place, so that every line keeps its number.

    The header is the first line that is no comment, unless one that looks like a comment holds more of the known names:
    a first column that numbers the rows is often called ``#``.
    """
    comments = []
    first = ""
    for place, line in enumerate(lines):
        if line.strip(f'{SEPARATORS} "') and not re.match(r'"?#', line):
            first = line
            break
        comments.append(place)
    header = max(comments, key=lambda place: _names_in(lines[place], known), default=0)
    if not comments or _names_in(lines[header], known) <= _names_in(first, known):
        header = len(comments)
    for place in comments[:header]:
        lines[place] = ""
    if header in comments:
        lines[header] = re.sub(r'^("?)#\s*(?=\w)', r"\1", lines[header])


def _names_in(line: str, known: Collection[str]) -> int:
    """Count the known names in a line, whatever its separator."""
    return max(len({cell.strip(' "#') for cell in line.split(separator)} & {*known}) for separator in SEPARATORS)


def _separator(table: Table, header: str) -> str:
    separator = max(SEPARATORS, key=header.count)
    if separator != "," and separator in header:
        name = {";": _("semicolons"), "\t": _("tabs")}[separator]
        assumed = _("the cells are separated by {name} and were read so").format(name=name)
        table.assume(1, assumed, _("Separate them by commas"))
        return separator
    return ","


def records(table: Table, lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that holds any text, its cells trimmed, with the line it begins on.

    A record with broken quotes is one problem; reading goes on below it.
    """
    csv.field_size_limit(LONGEST_FIELD)
    start, errors = 0, 0
    while start < len(lines):
        reader = csv.reader((line + "\n" for line in islice(lines, start, None)), delimiter=separator, strict=True)
        read = 0
        try:
            for record in reader:
                first, read = start + read + 1, reader.line_num
                if "".join(record).strip():
                    yield first, [cell.strip() for cell in record]
            return
        except csv.Error as error:
            start += read + 1
            errors += 1
            found = _("the quotes of this row are broken ({error})").format(error=error)
            table.give_up(start, lines[start - 1], found, _('Close each quote, and write a quote inside a cell as ""'))
        if errors == MOST_QUOTING_ERRORS:
            rest = sum(bool(line.strip()) for line in lines[start:])
            found = ngettext(
                "after {count} rows with broken quotes the rest, {rest} line, was not read",
                "after {count} rows with broken quotes the rest, {rest} lines, was not read",
                rest,
            ).format(count=errors, rest=rest)
            table.give_up(start + 1, "", found, _("Mend the quotes of the rows above"), rest)
            return
