"""Questions to the API: a view by the names that the page's address has, and which part of its rows."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request

from dashboard.api.refusals import Refusal
from dashboard.core.incidents.tlp import LABELS, spelt_out
from dashboard.core.query.filter import LONGEST_ID, LONGEST_SEARCH
from dashboard.core.query.view import (
    EVENT,
    FOREIGN,
    GROUP_NAMES,
    HEADINGS,
    NAMES,
    SCREEN,
    SHEET,
    View,
    one_line,
    parse_query,
)
from dashboard.language import _, listing
from dashboard.settings import settings

LIMIT, OFFSET = "limit", "offset"
LONGEST = {
    "q": LONGEST_SEARCH,
    EVENT: LONGEST_ID,
    **HEADINGS,
}  # characters of a text
SEVERAL = (*GROUP_NAMES.values(), "q")  # names that may stand more than once
UNHEEDED = (*SCREEN, SHEET, *FOREIGN)  # names of the page's address that ask for nothing of the data
MOST = 1_000_000  # rows that may be asked for or passed over


@dataclass(frozen=True)
class Asked:
    """A question.

    limit
        The number of rows that are asked for, or None for all.
    offset
        The number of rows that are passed over.
    """

    view: View
    limit: int | None
    offset: int

    @property
    def part(self) -> range | None:
        """The places of the rows that are asked for, or None for all."""
        if self.limit is None and not self.offset:
            return None
        return range(self.offset, self.offset + (self.limit or sys.maxsize - MOST))


def read_asked(request: Request, *others: str) -> Asked:
    """Read the question that a request asks.

    Parameters
    ----------
    others
        Names that are no part of a view, which its address takes beside ``limit`` and ``offset``.

    Raises
    ------
    Refusal
        It has a name or a value that is not known: whoever asks must not take the answer for that to another question.
    """
    query, known = query_of(request), (LIMIT, OFFSET, *others)
    limit, offset = whole_number(query, LIMIT, 1), whole_number(query, OFFSET, 0)
    try:
        view, notices = parse_query({name: values for name, values in query.items() if name not in known})
    except ValueError as error:
        raise wrong(str(error)) from error
    if notices:
        is_new = any(name not in (*NAMES, *known) for name in query)
        names = [_("Names that are known: {names}.").format(names=listing([*NAMES, *known]))] if is_new else []
        raise wrong(*notices, *names)
    for name, values in query.items():
        if name not in UNHEEDED and not all(value.strip() for value in values):
            raise wrong(_("The address has {name} without a value; leave it out.").format(name=name))
        if name not in (*SEVERAL, *UNHEEDED) and len(values) > 1:
            raise wrong(_("The address has {name} more than once; it can have one value.").format(name=name))
    for name, longest in LONGEST.items():
        if len(" ".join(query.get(name, ()))) > longest:
            message = _("The address asks for more than {longest} characters of {name}.")
            raise wrong(message.format(longest=longest, name=name))
    _check_marking(view.marking)
    return Asked(view, limit, offset or 0)


def _check_marking(asked: str) -> None:
    """Check that a question does not lower the marking of the server: who reads has no say in that."""
    of_server = spelt_out(settings().marking)
    if not asked or not of_server or asked == of_server:
        return
    if {asked, of_server} <= {*LABELS} and LABELS.index(asked) < LABELS.index(of_server):
        return
    message = _("This server is marked {marking}. An address can ask for a higher TLP label, and not for {asked}.")
    raise wrong(message.format(marking=of_server, asked=asked))


def query_of(request: Request) -> dict[str, list[str]]:
    """The names and values of a question."""
    return {name: request.query_params.getlist(name) for name in request.query_params}


def wrong(*sentences: str) -> Refusal:
    """The refusal of a question that cannot be answered as it is."""
    return Refusal(HTTPStatus.BAD_REQUEST, " ".join(sentences))


def whole_number(query: dict[str, list[str]], name: str, least: int, most: int = MOST) -> int | None:
    """Read a number of a query; None where there is none.

    Raises
    ------
    Refusal
        It is not a whole number between those bounds.
    """
    values: Sequence[str] = query.get(name, ())
    if not values:
        return None
    text = values[-1]
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most:
        return int(text)
    message = _("The address asks for {name}={text}; expected a whole number from {least} to {most}.")
    raise wrong(message.format(name=name, text=one_line(text)[:60], least=least, most=most))


def address_of(request: Request) -> str:
    """The address of what is asked for, without its query, as its readers know it."""
    return f"{root_of(request)}{request.scope['path'].removeprefix(request.scope['root_path'])}"


def root_of(request: Request) -> str:
    """The address of the API, without a slash at its end."""
    return f"{page_address(request).rstrip('/')}{request.scope['root_path']}"


def page_address(request: Request) -> str:
    """The address of the app's page as its readers know it, to which a question can be added."""
    return settings().url or str(request.base_url)


def neighbours(request: Request, asked: Asked, rows: int) -> dict[str, str]:
    """The addresses of the parts before and after (``prev``, ``next``), where there are such."""
    if asked.limit is None:
        return {}
    found = {}
    if asked.offset:
        found["prev"] = max(asked.offset - asked.limit, 0)
    if asked.offset + asked.limit < rows:
        found["next"] = asked.offset + asked.limit
    others = [(name, value) for name, value in request.query_params.multi_items() if name != OFFSET]
    return {
        way: f"{address_of(request)}?{urlencode([*others, (OFFSET, str(offset))], safe=',')}"
        for way, offset in found.items()
    }
