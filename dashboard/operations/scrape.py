"""The metrics at a port of their own, which only this machine reaches."""

from collections.abc import Iterator
from datetime import UTC, datetime

from prometheus_client import REGISTRY, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from streamlit.runtime import exists, get_instance

from dashboard.errors import StorageError
from dashboard.language import _
from dashboard.settings import settings
from dashboard.ui.data import alarm, shown

ADDRESS = "127.0.0.1"


class _Now(Collector):
    """Figures of the moment at which they are asked for."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Sessions, and the state of the data."""
        yield _gauge("incursions_sessions", "Pages that are open in browsers.", _sessions())
        data = shown()
        yield _gauge("incursions_ready", "1 where there are data to show.", data is not None)
        if data is None:
            return
        age = (datetime.now(UTC) - data.about.cutoff).total_seconds()
        yield _gauge("incursions_data_age_seconds", "Time since the information cut-off.", age)
        yield _gauge("incursions_incidents", "Incidents that can be shown.", len(data.incidents))
        yield _gauge("incursions_problems", "Problems of the data files.", len(data.problems))
        yield _gauge("incursions_change", "Number of the change of the record that is shown.", data.moment)
        yield _gauge("incursions_alarm", "1 where pages warn that newer data are not shown.", bool(alarm()))


def _gauge(name: str, help_: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_, value=float(value))


def _sessions() -> int:
    return get_instance()._session_mgr.num_active_sessions() if exists() else 0


def serve_metrics() -> None:
    """Answer to Prometheus at the port of the setting, if there is one.

    Raises
    ------
    StorageError
        The port is taken.
    """
    port = settings().metrics_port
    if not port:
        return
    REGISTRY.register(_Now())
    try:
        start_http_server(port, ADDRESS)
    except OSError as error:
        message = _("Metrics cannot be served at {address}:{port}: {reason}. Change DASHBOARD_METRICS_PORT.")
        raise StorageError(message.format(address=ADDRESS, port=port, reason=error.strerror)) from error
