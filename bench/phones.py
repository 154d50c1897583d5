"""What phones send, as bytes made beforehand: the headers are those of an ordinary browser on a phone."""

from __future__ import annotations

from msgspec import Struct

from workshop_tui.web.phone.phones import COOKIE, proof_of

_BROWSER = (
    "User-Agent: Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Mobile Safari/537.36\r\n"
    "Accept-Encoding: gzip, deflate\r\n"
    "Accept-Language: en-GB,en;q=0.9\r\n"
)

OPTIONS = "ab"
"""A phone goes from one to the other, so that each vote changes what is stored."""


class Form(Struct, frozen=True):
    """A vote without its submission id, which comes between the two parts."""

    head: bytes
    tails: tuple[bytes, ...]


def vote(host: str, path: str, token: str) -> Form:
    """A vote as our script on the phone sends it.

    Args:
        host: Address and port.
        path: "/vote/…", or a route that stores nothing.
        token: The phone's cookie.
    """
    tails = tuple(f"&choice={key}".encode() for key in OPTIONS)
    start = f"csrf={proof_of(token.encode())}&sid=".encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: keep-alive\r\n"
        f"Content-Length: {len(start) + 32 + len(tails[0])}\r\n{_BROWSER}"
        f"Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Origin: http://{host}\r\nReferer: http://{host}/now\r\nCookie: {COOKIE}={token}\r\n\r\n"
    ).encode()
    return Form(head + start, tails)


def listen(host: str, token: str) -> bytes:
    """A phone's event stream."""
    return (
        f"GET /events HTTP/1.1\r\nHost: {host}\r\nConnection: keep-alive\r\n{_BROWSER}"
        f"Accept: text/event-stream\r\nReferer: http://{host}/now\r\nCookie: {COOKIE}={token}\r\n\r\n"
    ).encode()


def change(host: str) -> bytes:
    """The bench's own way to make a room change something that every phone is told of."""
    return f"POST /change HTTP/1.1\r\nHost: {host}\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n".encode()
