"""The log of the server on standard error: as text, or as one JSON object a line."""

import logging

import streamlit.logger
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter
from uvicorn.config import LOGGING_CONFIG

from dashboard.settings import settings


def set_up_log() -> None:
    """Write the log as the setting says, before the server starts; text is what each library writes by itself."""
    logging.getLogger("uvicorn.error").addFilter(_names_no_visitor)
    if settings().log == "json":
        _write_json()


def _write_json() -> None:
    handler = logging.StreamHandler()
    names = {"levelname": "level", "name": "logger"}
    handler.setFormatter(
        JsonFormatter(
            "%(levelname)s %(name)s %(message)s",
            rename_fields=names,
            timestamp="time",
            reserved_attrs=[*RESERVED_ATTRS, "color_message"],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # Read by uvicorn when it starts.
    LOGGING_CONFIG["loggers"]["uvicorn"] = {"handlers": [], "level": "INFO", "propagate": True}
    # Streamlit gives each of its loggers a handler of its own, also those that it makes later.
    streamlit.logger.setup_formatter = _leave_to_root
    streamlit.logger.update_formatter()


def _names_no_visitor(record: logging.LogRecord) -> bool:
    """Leave out the lines of uvicorn that begin with the address of a visitor."""
    return not str(record.msg).startswith("%s - ")


def _leave_to_root(logger: logging.Logger) -> None:
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True
