"""Settings with which people sign in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.settings import settings
from tests.access.asking import CLIENT, COOKIE_SECRET, ISSUER, PROXY

ROLES = """\
[keeper]
names = ["anna@example.org"]
[editor]
groups = ["map-editors"]
[briefer]
names = ["cleo@example.org"]
[viewer]
groups = ["staff"]
"""
SetUp = Callable[..., None]


@pytest.fixture
def roles(tmp_path: Path) -> Path:
    """The file of roles."""
    file = tmp_path / "roles.toml"
    file.write_text(ROLES, "utf-8")
    return file


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch) -> SetUp:
    """Set settings, and unset those that are None."""

    def set_(**values: str | None) -> None:
        for name, value in values.items():
            variable = f"DASHBOARD_{name.upper()}"
            if value is None:
                monkeypatch.delenv(variable, raising=False)
            else:
                monkeypatch.setenv(variable, value)
        settings.cache_clear()

    return set_


@pytest.fixture
def proxy(set_up: SetUp, roles: Path) -> None:
    """People are named by a proxy."""
    set_up(access="proxy", proxy_addresses=f"{PROXY} 192.0.2.0/28", roles=str(roles))


@pytest.fixture
def oidc(set_up: SetUp, roles: Path) -> None:
    """People sign in by OpenID Connect."""
    set_up(
        access="oidc", roles=str(roles), url="https://map.example.org", oidc_issuer=ISSUER, oidc_client_id=CLIENT,
        oidc_client_secret="s", cookie_secret=COOKIE_SECRET,
    )  # fmt: skip
