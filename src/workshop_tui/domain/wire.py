"""The names of commands and events where they leave the program: in files, requests and forms."""

from __future__ import annotations

from msgspec import Struct


def wire_name(kind: type[Struct]) -> str:
    """The tag a struct is known by outside; its class may be renamed, this never is.

    Raises:
        TypeError: it has none.
    """
    tag = kind.__struct_config__.tag
    if not isinstance(tag, str):
        raise TypeError(f"{kind.__name__} has no wire name")
    return tag
