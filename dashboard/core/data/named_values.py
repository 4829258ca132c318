"""Small files of named values, such as ``about.toml``, read without trust: every value has its type and a bound."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from dashboard.core.incidents.columns import STATES
from dashboard.core.incidents.csv_file import clean
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY, LONGEST_TEXT
from dashboard.language import _, number

MOST = 1_000_000_000  # that a record can count
LARGEST = 1_000_000  # bytes of a record


def _instant(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None or not FIRST_DAY <= value.date() <= LAST_DAY:
        message = _("must be an instant with its time zone from {first} to {last}, such as 2026-10-03T23:59:00Z")
        raise ValueError(message.format(first=FIRST_DAY.year, last=LAST_DAY.year))
    return value.astimezone(UTC)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise ValueError(_("must be a count of at most {most}").format(most=number(MOST)))
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(_("must be text of at most {longest} characters").format(longest=number(LONGEST_TEXT)))
    return clean(value)


def _state(value: Any) -> str:
    if value not in STATES:
        raise ValueError(_("must be an ISO 3166-1 alpha-2 code in capitals, such as PL"))
    return str(value)


Instant = Annotated[datetime, BeforeValidator(_instant)]  # in UTC
Count = Annotated[int, BeforeValidator(_count)]
Text = Annotated[str, BeforeValidator(_text)]
State = Annotated[str, BeforeValidator(_state)]


class NamedValues(BaseModel):
    """The values of a small file; unknown keys are kept apart, in ``model_extra``."""

    model_config = ConfigDict(strict=True, frozen=True, extra="allow")


Model = TypeVar("Model", bound=NamedValues)


def read_toml(content: bytes, model: type[Model], **assumed: Any) -> Model:
    """Read a record in TOML.

    Parameters
    ----------
    assumed
        What holds where the record does not say otherwise.

    Raises
    ------
    ValueError
        It cannot be read; the text is the reason, as a phrase.
    """
    if len(content) > LARGEST:
        raise ValueError(_("it has {size} bytes, more than {limit}").format(size=len(content), limit=LARGEST))
    try:
        text = content.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError(_("it is not text in UTF-8; save it in that encoding")) from error
    if "\0" in text:
        raise ValueError(_("it is not text in UTF-8; save it in that encoding"))
    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise ValueError(_("lists lie in lists too deep to be read")) from error
    return _checked(model.model_validate, assumed | values)


def read_json(content: bytes | str, model: type[Model]) -> Model:
    """Read a record in JSON; raises as :func:`read_toml` does."""
    return _checked(model.model_validate_json, content)


def _checked(validate: Callable[[Any], Model], content: Any) -> Model:
    try:
        return validate(content)
    except ValidationError as error:
        raise ValueError(_("; ").join(_said(problem) for problem in error.errors(include_url=False))) from error


def _said(problem: Any) -> str:
    """One problem of a record, as a phrase."""
    name = ".".join(str(part)[:40] for part in problem["loc"] if part != "[key]")  # pydantic marks keys so
    if problem["type"] == "missing":
        return _("{name} is missing").format(name=name)
    reason = problem["ctx"]["error"] if problem["type"] == "value_error" else problem["msg"]
    return _("{name} {reason}").format(name=name, reason=reason) if name else str(reason)
