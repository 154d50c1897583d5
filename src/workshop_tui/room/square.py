"""What the square says: the address of the join page with a secret that is too long to be guessed."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain.names import keyed

SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Nobody reads them, and each needs no more of a square than a digit does beside letters."""

LENGTH: Final = 7
"""36^7 = 78 billion: at 1,000 tries a second half of them take more than a year. One more makes most squares larger."""


def secret_of(story_key: bytes | None, code: str) -> str:
    """The secret that goes with a code: the same after every start of the room, and another for another code.

    Args:
        story_key: The session's own key; None once it is destroyed, when nobody can join any more.
        code: The code in force.
    """
    if story_key is None:
        return code
    number = int.from_bytes(keyed(story_key, f"square {code}"))
    return "".join(SIGNS[number // len(SIGNS) ** place % len(SIGNS)] for place in range(LENGTH))


def square_url(place: str, secret: str) -> str:
    """The whole address, in capitals that make a smaller square; the scheme is as every scanner knows it."""
    return f"http://{place}/J/{secret}"


def typed_url(place: str, code: str) -> str:
    """The same as people type it, with the code that stands beside the square."""
    return f"http://{place}/j/{code.lower()}"
