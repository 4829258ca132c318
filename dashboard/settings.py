"""Every setting: name, default, help. Each is read from the environment with the prefix ``DASHBOARD_``."""

import re
from functools import cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dashboard.errors import QueryError


def _words(value: object) -> object:
    """A list in the environment is written as ``NO, FI, EE``."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _hosts(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of hosts in small letters, an IPv6 address without its brackets."""
    for name in names:
        if not re.fullmatch(r"[\w.-]+|\[?[0-9a-fA-F:]+\]?", name):
            raise ValueError(f"{name!r} is not the name of a host alone, such as map.example.org")
    return tuple(name.strip("[]").lower() for name in names)


def _origins(addresses: tuple[str, ...]) -> tuple[str, ...]:
    for address in addresses:
        if not re.fullmatch(r"https?://[^/?#@\s;'\"]+/?", address):
            raise ValueError(f"{address!r} is not an origin: what stands in the address of a page before its path")
    return tuple(address.rstrip("/").lower() for address in addresses)


def _alpha_2(codes: tuple[str, ...]) -> tuple[str, ...]:
    for code in codes:
        if len(code) != 2 or not code.isascii() or not code.isupper():
            raise ValueError(f"{code!r} is not an ISO 3166-1 alpha-2 code such as PL")
    return codes


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_words)]
States = Annotated[Words, AfterValidator(_alpha_2)]
Location = Annotated[Path, AfterValidator(lambda path: path.expanduser().resolve())]


def _web_address(text: str) -> str:
    """An address of the web without question mark, to which a query can be added."""
    if not text:
        return ""
    address = TypeAdapter(HttpUrl).validate_python(text)
    if address.query is not None or address.fragment is not None or address.username or address.password:
        raise ValueError("it must be an address without ?, # and password")
    return str(address)


PROJECT = Path(__file__).resolve().parent.parent
ASSETS = Path(__file__).resolve().parent / "assets"  # scripts, style sheets and icon


class Settings(BaseSettings):
    """The settings of one process; ``Field.description`` is the help that the README repeats."""

    model_config = SettingsConfigDict(env_prefix="DASHBOARD_", frozen=True)

    data: Location = Field(
        PROJECT / "data",
        description=(
            "Folder with incidents.csv, tracks.geojson, about.toml, borders.parquet, places.parquet, airports.parquet "
            "and the light map; or a single file of incidents (.csv, .geojson, .gpkg), which takes borders, places and "
            "the rest from the project's data."
        ),
    )
    address: str = Field("127.0.0.1", description="Address on which the web app listens.")
    port: int = Field(8501, ge=1, le=65535, description="Port on which the web app listens.")
    access: Literal["open", "proxy", "oidc"] | None = Field(
        None,
        description=(
            "Who may open the app where it listens beyond this machine: open (everyone who reaches it), proxy (whom a "
            "proxy names in a header) or oidc (who signs in by OpenID Connect). Without it the app does not listen "
            "there, and asks nobody who they are."
        ),
    )
    roles: Location | None = Field(
        None, description="File in TOML that says which names and groups have which role; read again when it changes."
    )
    proxy_addresses: Networks = Field(
        (), description="Addresses or networks of the proxy whose headers are believed; nobody else is answered."
    )
    proxy_name_header: str = Field("X-Forwarded-User", description="Header in which the proxy names who asks.")
    proxy_groups_header: str = Field(
        "X-Forwarded-Groups", description="Header in which the proxy gives the groups of who asks, with commas between."
    )
    oidc_issuer: Annotated[str, AfterValidator(_web_address)] = Field(
        "", description="Address of the OpenID Connect provider, as its tokens name it (iss)."
    )
    oidc_client_id: str = Field("", description="Name under which the provider knows the app.")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="Secret that the provider gave the app; better in a file."
    )
    oidc_client_secret_file: Location | None = Field(None, description="File that holds nothing but that secret.")
    oidc_scopes: str = Field("openid email profile", description="Scopes that are asked of the provider.")
    oidc_name_claim: str = Field(
        "email", description="Claim of the provider's token that names who signs in, to the roles and in the history."
    )
    oidc_groups_claim: str = Field("groups", description="Claim of the provider's token that lists their groups.")
    cookie_secret: SecretStr = Field(
        SecretStr(""), description="Secret of 32 characters or more that signs the cookies; better in a file."
    )
    cookie_secret_file: Location | None = Field(None, description="File that holds nothing but that secret.")
    cookie_hours: int = Field(12, ge=1, le=24 * 30, description="Hours after which everyone has to sign in again.")
    hosts: Annotated[Words, AfterValidator(_hosts)] = Field(
        (),
        description="Names under which the web app is reached, beside localhost and the address on which it listens.",
    )
    origins: Annotated[Words, AfterValidator(_origins)] = Field(
        (),
        description="Origins of the page behind a proxy that does not pass on the header Host.",
    )
    url: Annotated[str, AfterValidator(_web_address)] = Field(
        "",
        description=(
            "Address of the app as its readers open it, http or https; links in files then begin with it, and without "
            "it they say that they are added to the app's address."
        ),
    )
    marking: str = Field(
        "", max_length=80, description="Marking on the screen and on every sheet: a TLP label or any short text."
    )
    producer: str = Field("", max_length=120, description="Who makes the sheets; printed on them.")
    sheet_names: bool = Field(
        False, description="Whether the name of who has signed in stands at the foot of sheets and in files."
    )
    disclaimer: str = Field(
        "The boundaries and names shown and the designations used on this map do not imply official endorsement "
        "or acceptance.",
        description="Boundary disclaimer on every sheet.",
    )
    flank: States = Field(
        ("NO", "FI", "EE", "LV", "LT", "PL", "SK", "HU", "RO", "BG"),
        description="States of the eastern flank; run 'python -m dashboard borders' after a change.",
    )
    other_side: States = Field(
        ("RU", "BY", "UA", "MD"),
        description="States beyond the eastern-flank border; run 'python -m dashboard borders' after a change.",
    )
    suspect: States = Field(
        ("RU", "BY"),
        description=(
            "States whose objects military symbols frame as suspect; objects of any other state are neutral, objects "
            "attributed to none unknown."
        ),
    )
    sheets: Location = Field(
        PROJECT / "sheets",
        description=(
            "Folder with the notes on sheets that an earlier version made; taken in when the record is made, and never "
            "written."
        ),
    )
    views: Location = Field(
        PROJECT / "views.yaml",
        description=(
            "File of saved views, in YAML, with which a record that never had any begins; read once and never written."
        ),
    )
    database: str = Field(
        "",
        description=(
            "Database that keeps the record of the data: sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE; by "
            "default a file in the folder record beside the data."
        ),
    )
    editing: bool | None = Field(
        None,
        description=(
            "Whether everyone who opens the app may add, correct and withdraw incidents; by default on a server that "
            "this machine alone reaches."
        ),
    )
    embed_origins: Annotated[Words, AfterValidator(_origins)] = Field(
        (), description="Origins of the pages that may show the map within themselves, by its address with embed=1."
    )
    api_requests: int = Field(
        60, ge=1, description="Most requests a minute that one token, person or else address may make of the API."
    )
    api_marking: Literal["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"] = Field(
        "TLP:AMBER",
        description="Strictest TLP label of what other systems may read; incidents marked above it are left out.",
    )
    stale_days: int = Field(7, ge=0, description="Days after which everything says loudly that the data is old.")
    template: Location | None = Field(
        None, description="PowerPoint file (.pptx) whose layouts slides use; without it they have our own."
    )
    max_file_mb: int = Field(200, ge=1, description="Largest file of incidents that is read, in megabytes.")
    import_mb: int = Field(100, ge=1, description="Largest file that is imported, in megabytes.")
    import_rows: int = Field(200_000, ge=1, description="Most rows of a file that are imported at once.")
    import_seconds: int = Field(
        120, ge=1, description="Longest that reading a file for an import may take, in seconds."
    )
    import_memory_mb: int = Field(
        2000, ge=200, description="Most memory that reading a file for an import may take, in megabytes."
    )

    metrics_port: int | None = Field(
        None, ge=1, le=65535, description="Port at which metrics are served to Prometheus, on this machine alone."
    )
    log: Literal["text", "json"] = Field(
        "text", description="Form of the server's log: text, or json, an object a line."
    )

    @property
    def record(self) -> str:
        """The address of the database that keeps the record."""
        return self.database or f"sqlite:///{self.data.parent / 'record' / 'record.sqlite'}"


@cache
def settings() -> Settings:
    """The settings of this process, read once.

    Raises
    ------
    QueryError
        A variable of the environment does not hold what the setting expects.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"DASHBOARD_{str(problem['loc'][0]).upper()}: {problem['msg']}, but it is {problem['input']!r}"
            for problem in error.errors()
        )
        raise QueryError(f"A setting in the environment cannot be used. {problems}.") from error
