"""The style sheets and scripts: read once, compressed once, named by what is in them all.

A name with a hash never changes its content, so a phone that has it never asks again.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from importlib import resources
from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from workshop_tui.web.http.minify import slim
from workshop_tui.web.http.short_names import STRING, short_names

_TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BRACE = re.compile(r"\s*([{};])\s*")
_SIGN = re.compile(r" ?([-=+*{}(),;:?&|<>!\[\]]) ?")
_LINE = re.compile(r"(?<=[;{},(])\n|\n(?=[}).])")
_COLON = re.compile(r"([:,])\s+")
_FOR_EVER: Final = "public, max-age=31536000, immutable"


class Asset(Struct, frozen=True):
    """One file, ready to be sent."""

    path: str
    """Its address: /static/<name>-<hash>.<ext>."""
    type: str
    plain: bytes
    packed: bytes
    """The same, gzip-compressed; the same bytes at every start."""


def tight(sheet: str) -> str:
    """A style sheet without the spaces and comments that mean nothing; strings stay as they are."""
    parts = STRING.split(sheet)
    parts[::2] = [_COLON.sub(r"\1", _BRACE.sub(r"\1", _COMMENT.sub("", part))) for part in parts[::2]]
    return "".join(parts).replace(";}", "}")


def tight_script(script: str) -> str:
    """A script of ours without the spaces and line breaks beside signs; strings stay as they are.

    Only for our own files: none has a space in a regular expression, a text in backticks, or a plus before a plus, none
    ends a statement without a semicolon, and none has an empty one. What makes a browser strict is for whoever writes.
    """
    parts = STRING.split(script)
    parts[::2] = [_LINE.sub("", _SIGN.sub(r"\1", part)).replace(";}", "}") for part in parts[::2]]
    return "".join(parts).replace("'use strict';", "", 1)


def _read() -> dict[str, Asset]:
    plain: dict[str, bytes] = {}
    for entry in sorted(resources.files("workshop_tui.web").joinpath("static").iterdir(), key=lambda each: each.name):
        extension = entry.name.rpartition(".")[2]
        if f".{extension}" in _TYPES:
            text = slim(entry.read_text(encoding="utf-8"))
            plain[entry.name] = (tight(text) if extension == "css" else short_names(tight_script(text))).encode()
    # One hash for all: a page names several files, and what it repeats costs nothing.
    digest = hashlib.sha256(b"\0".join(plain.values())).hexdigest()[:6]
    return {name: _asset(name, digest, content) for name, content in plain.items()}


def _asset(name: str, digest: str, plain: bytes) -> Asset:
    stem, _, extension = name.rpartition(".")
    packed = gzip.compress(plain, 9, mtime=0)
    return Asset(path=f"/static/{stem}-{digest}.{extension}", type=_TYPES[f".{extension}"], plain=plain, packed=packed)


ASSETS: Final = _read()
"""Every file of web/static, by its plain name."""

_BY_PATH: Final = {asset.path: asset for asset in ASSETS.values()}


def asset_path(name: str) -> str:
    """The address of a file by its plain name, such as "app.css"."""
    return ASSETS[name].path


def static_routes() -> list[Route]:
    """The routes that serve them; both the phones' and the desk's app mount these."""
    return [Route("/static/{name}", _serve)]


async def _serve(request: Request) -> Response:
    asset = _BY_PATH.get(request.url.path)
    if asset is None:
        return PlainTextResponse("There is no such file.", 404)
    headers = {"cache-control": _FOR_EVER, "vary": "Accept-Encoding"}
    if takes_gzip(request):
        return Response(asset.packed, headers={**headers, "content-encoding": "gzip"}, media_type=asset.type)
    return Response(asset.plain, headers=headers, media_type=asset.type)


def takes_gzip(request: Request) -> bool:
    """Whether the phone unpacks gzip; every browser does."""
    return "gzip" in request.headers.get("accept-encoding", "")
