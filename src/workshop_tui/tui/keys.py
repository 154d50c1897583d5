"""Keys as data: what each does is a function, and the bottom line, help, palette and the app all read the same rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from textual.events import Key as Pressed

from workshop_tui.tui.context import Context
from workshop_tui.views.act import Act

Do = Callable[[Context], Awaitable[object]]
"""What a key does: asks what has to be asked, then sends a command. The room decides."""


class Key(Struct, frozen=True):
    """One thing that can be done on a page, and how."""

    act: Act
    """What it is called, and the keys that do it."""
    does: Do
    repeats: bool = False
    """Whether holding it down does it again and again; where it does not, a held key counts once."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its keys as the terminal names them; none where it is found by name only."""
        return tuple(one for one in (self.act.keys or self.act.key).split(",") if one)

    def in_footer(self, shown: bool) -> Key:
        """The same, in the bottom line of a page or not, whatever its act says."""
        return replace(self, act=replace(self.act, in_footer=shown))


class Keys:
    """The keys of one page.

    Args:
        keys: In the order of the bottom line and of the help.
    """

    def __init__(self, keys: Sequence[Key]) -> None:
        self.all = tuple(keys)
        self._by_key = {name: key for key in keys for name in key.names}

    def of(self, pressed: Pressed) -> Key | None:
        """What this key does here; None for nothing."""
        return self._by_key.get(_name(pressed))

    def named(self, name: str) -> Key:
        """The key of that act."""
        return next(key for key in self.all if key.act.name == name)

    def __add__(self, more: Keys) -> Keys:
        """These, then others that do not take a key from them."""
        return Keys((*self.all, *(key for key in more.all if not self._by_key.keys() & set(key.names))))


def _name(pressed: Pressed) -> str:
    """A key by its name; a digit of any script is that digit."""
    character = pressed.character or ""
    number = unicodedata.digit(character, None) if len(character) == 1 else None
    return pressed.key if number is None else str(number)


MOVES: Final = frozenset((
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab", "shift+up", "shift+down",
    "J", "K", "backspace", "delete",
))  # fmt: skip
"""Keys that only move something that can be seen: holding one down goes on."""
