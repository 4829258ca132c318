"""The description of the interface to read: its addresses and the names that they take, as OpenAPI has them."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from dashboard.api.parameters import OF_THE_PAGE, Parameter, view_parameters
from dashboard.language import _, number
from dashboard.render.web.page_assets import asset
from dashboard.settings import settings

MOST_VALUES = 20  # of a parameter, that are named


def description(request: Request) -> HTMLResponse:
    """Answer with a page that describes every address; it asks for nothing else."""
    told = request.app.openapi()
    of_view = {parameter["name"] for parameter in view_parameters()}
    head = f'<p class="marking">{escape(settings().marking)}</p>' if settings().marking else ""
    unheeded = [f"<code>{escape(one['name'])}</code>" for one in view_parameters() if one["description"] == OF_THE_PAGE]
    main = [
        f"<h1>{escape(told['info']['title'])}: {escape(_('for other systems'))}</h1>",
        f"<p>{escape(told['info']['description'])} {_link('openapi.json', 'OpenAPI')}</p>",
        *(
            _address(told["servers"][0]["url"], path, methods["get"], of_view)
            for path, methods in told["paths"].items()
        ),
        f'<h2 id="view">{escape(_("Names of a view"))}</h2>',
        f"<p>{escape(_('As in the address of the page; the first ten may be repeated.'))}</p>",
        _table([one for one in view_parameters() if one["description"] != OF_THE_PAGE]),
        f"<p>{', '.join(unheeded)}: {escape(OF_THE_PAGE)}</p>",
    ]
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(told["info"]["title"])}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{asset('api.css')}</style></head><body>{head}<main>{''.join(main)}</main></body></html>"
    )


def _address(root: str, path: str, told: Mapping[str, Any], of_view: set[str]) -> str:
    """An address: what it gives, what it takes, and how it answers."""
    parameters = told.get("parameters", [])
    own = [parameter for parameter in parameters if parameter["name"] not in of_view]
    view = f' · <a href="#view">{escape(_("names of a view"))}</a>' if len(own) < len(parameters) else ""
    kinds = ", ".join(told["responses"]["200"]["content"])
    named = f"{root}{path}"
    link = f"<code>{escape(named)}</code>" if "{" in path else _link(path.removeprefix("/"), named)
    return (
        f"<section><h2>{link}</h2><p>{escape(told['summary'])}</p>"
        f'<p class="kind"><code>{escape(kinds)}</code>{view}</p>{_table(own) if own else ""}</section>'
    )


def _table(parameters: Iterable[Parameter]) -> str:
    rows = "".join(
        f'<tr><th scope="row"><code>{escape(parameter["name"])}</code></th><td>{escape(parameter["description"])}'
        f"{_values(parameter['schema'])}</td></tr>"
        for parameter in parameters
    )
    return f"<table><tbody>{rows}</tbody></table>"


def _values(schema: Mapping[str, Any]) -> str:
    """The values that a parameter can have, as far as they are few."""
    values = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    if 0 < len(values) <= MOST_VALUES:
        return f" {', '.join(f'<code>{escape(str(value))}</code>' for value in values)}"
    if "maximum" in schema:
        words = _("From {least} to {most}.").format(least=number(schema["minimum"]), most=number(schema["maximum"]))
        default = _("Without it {value}.").format(value=number(schema["default"])) if "default" in schema else ""
        return f" {escape(words)} {escape(default)}"
    return ""


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}"><code>{escape(words)}</code></a>'
