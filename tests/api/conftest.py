"""A server of the interface, on this machine alone."""

from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import api
from dashboard.api import permission


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the server listen on another address."""
    return lambda address: monkeypatch.setattr(permission, "listened_on", lambda: address)


@pytest.fixture
def client(listening: Callable[[str], None]) -> TestClient:
    """Somebody on the machine of the server, which has counted no request yet."""
    listening("127.0.0.1")
    server = Starlette(routes=api.routes())
    return TestClient(server, base_url="http://127.0.0.1:8501", client=("127.0.0.1", 50000), follow_redirects=False)
