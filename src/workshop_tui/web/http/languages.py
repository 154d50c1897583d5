"""Which language a phone reads in: what it chose, else what its browser asks for, among those the agenda has."""

from __future__ import annotations

from starlette.requests import Request


def chosen_language(request: Request, offered: tuple[str, ...]) -> str:
    """The language of this answer: `?lang=`, else the cookie, else the browser's wish, else the agenda's own."""
    if len(offered) < 2:
        return offered[0] if offered else "en"
    for wish in (request.query_params.get("lang"), request.cookies.get("lang"), *_wishes(request)):
        if wish in offered:
            return str(wish)
    return offered[0]


def _wishes(request: Request) -> list[str]:
    """What the browser asks for, best first; "en-GB" also asks for "en"."""
    wishes: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "")[:200].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        wishes += [(weight, tag), (weight - 0.001, tag.split("-")[0])]
    return [tag for _, tag in sorted(wishes, key=lambda wish: -wish[0])]
