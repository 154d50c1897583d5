"""From a template and values to the bytes of a page, in the language of whoever reads it.

Everything is escaped, whatever the template's name; a value that is missing is a fault and not an empty place. A
sentence of the product stays a message until it is printed: `{{ tr("Join") }}` is HTML in the page's language, and
`{{ tr("Join")|attr }}` plain text for an attribute. People's words are printed as they are.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import time
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Final

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.drawing.forms import draw_form, draw_problem
from workshop_tui.drawing.html import draw_view
from workshop_tui.messages import Message, Quoted, Text, Translator, Verbatim, tr, trc, trn
from workshop_tui.web.http.assets import asset_path, takes_gzip

SECURITY: Final = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    # Not "no-referrer": with it browsers send "Origin: null" with every plain form, and that origin is not ours.
    (b"referrer-policy", b"same-origin"),
)
"""Headers of every answer."""

NO_STORE: Final = (b"cache-control", b"no-store")
"""Of every answer but static files."""

TURN_S: Final = 0.001
"""How long a page is drawn at a time, in seconds."""

WORTH_PACKING: Final = 400
"""Shorter pages are sent as they are, in bytes."""


class _Trimmed(BaseLoader):
    """Reads templates from the package, without the line breaks and indents that only help who writes them.

    Trimming is done on the template and never on a page, where it would change people's words.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = resources.files("workshop_tui.web").joinpath("templates", *template.split("/"))
        if not path.is_file():
            raise TemplateNotFound(template)
        source = path.read_text(encoding="utf-8")
        return re.sub(r"\n\s*", "\n", source).strip(), template, lambda: True


@pass_context
def _printed(context: Context, value: object) -> object:
    """What stands in a page for a value: a message, or several, in the page's language; anything else as it is."""
    translator: Translator = context["translator"]
    return translator.html(value) if isinstance(value, Message | Quoted | tuple) else value


@pass_context
def _in_attribute(context: Context, value: Text | Quoted) -> str:
    """A text for an attribute or a title, which know no markup."""
    translator: Translator = context["translator"]
    return translator.text(value)


@pass_context
def _in_words(context: Context, value: str) -> Markup:
    """Somebody's words, set apart; those of the agenda with their language."""
    translator: Translator = context["translator"]
    return translator.html(value)


@pass_context
def _marks(context: Context, value: Text | Quoted) -> Markup:
    """The attributes of an element that holds this text bare, now or by the script, where it is in another language."""
    translator: Translator = context["translator"]
    return translator.marks(value)


TEMPLATES: Final = Environment(
    loader=_Trimmed(),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    finalize=_printed,
)
TEMPLATES.filters.update(attr=_in_attribute, marks=_marks, words=_in_words)
TEMPLATES.globals.update(
    asset=asset_path,
    draw_form=draw_form,
    draw_problem=draw_problem,
    draw_view=draw_view,
    tr=tr,
    trc=trc,
    trn=trn,
    verbatim=Verbatim,
)


def compile_all() -> None:
    """Make every template ready, on any thread: else who asks for a page first stops all others meanwhile."""
    web = resources.files("workshop_tui.web").joinpath("templates")
    for folder in web.iterdir():
        for each in folder.iterdir() if folder.is_dir() else ():
            if each.name.endswith(".html"):
                TEMPLATES.get_template(f"{folder.name}/{each.name}")


def render(template: str, values: Mapping[str, object], translator: Translator) -> str:
    """One template with its values, as HTML for one reader; the template knows the reader as `translator`."""
    return TEMPLATES.get_template(template).render(values, translator=translator)


async def render_in_turns(template: str, values: Mapping[str, object], translator: Translator) -> str:
    """As `render`, for large pages: everybody else has a turn every few milliseconds.

    A thread would not help: it takes turns with the loop all the same, and longer ones.

    Args:
        template: Its name.
        values: What it shows; nothing in them may change meanwhile.
        translator: Says it.
    """
    pieces, until = [], time.perf_counter() + TURN_S
    for piece in TEMPLATES.get_template(template).generate(values, translator=translator):
        pieces.append(piece)
        if time.perf_counter() >= until:
            # For as long as it was drawn nothing is: else the writer's thread gets the interpreter every 5 ms only.
            await asyncio.sleep(TURN_S)
            until = time.perf_counter() + TURN_S
    return "".join(pieces)


def html(request: Request, text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A page as an answer, compressed where the phone takes it."""
    # A lone surrogate can only come from a text that passed no cleaning; it must not become a fault here.
    body = text.encode("utf-8", "replace")
    sent = {"vary": "Accept-Encoding, Cookie", **(headers or {})}
    if len(body) >= WORTH_PACKING and takes_gzip(request):
        body = gzip.compress(body, 9, mtime=0)
        sent["content-encoding"] = "gzip"
    return Response(body, status, sent, "text/html; charset=utf-8")
