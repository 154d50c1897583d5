"""What the small buttons inside a form do: one dot more, one place up, lists instead of buttons.

On a phone without JavaScript such a button posts the whole form; the answer is the same form one step on.
With JavaScript the page's script does the same in place, so the rules here and in ``app.js`` must stay alike:
the browser tests press both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, TypeVar

from msgspec import Struct

from workshop_tui.domain.activity import Fields
from workshop_tui.domain.blocks import BY, LISTS, MOVED, START, Choice, FormBlock, Option, PutInOrder, ShareOut, Words
from workshop_tui.drawing.words import SPREAD
from workshop_tui.messages import Message, Text, tr

REST: Final = ".rest"
"""Added to the name of a `PutInOrder`: the options below the places that count."""

MANY_OPTIONS: Final = 7
"""Above this an option can also be sent straight to the top: Up alone would take too many taps."""

Chosen = TypeVar("Chosen", bound=Option | Choice)


class Stepped(Struct, frozen=True):
    """A form after one press of a small button."""

    values: dict[str, list[str]]
    """All the fields to draw the form with again."""
    said: Text
    """What happened, for the person at the phone; empty when the form itself shows it."""
    pressed: str = ""
    """The value of the button."""


def apply_step(blocks: Sequence[FormBlock], fields: Fields) -> Stepped | None:
    """The form after the small button that was pressed, or None when it was the main button.

    Nothing typed is ever lost or corrected: a step that does not fit (one dot too many, up from the top, a
    button that is not in this form) leaves the fields alone, and says why where a person could press it.
    """
    values = {name: list(given) for name, given in fields.items() if name not in ("step", "move", "pick")}
    for button in ("step", "move", "pick"):
        if button not in fields:
            continue
        pressed = _last(fields, button)
        target, _, how = pressed.rpartition(":")
        for block in blocks:
            if isinstance(block, ShareOut) and button == "step":
                said = _step(block, values, target, how)
            elif isinstance(block, PutInOrder) and button == "move":
                said = _move(block, values, target, how)
            elif isinstance(block, PutInOrder) and button == "pick" and target == block.name:
                said = _pick(block, values, how)
            else:
                continue
            if said is not None:
                return Stepped(values, said, pressed)
        return Stepped(values, "", pressed)
    return None


def drawn_order(options: Sequence[Chosen], seed: int | None = None) -> tuple[Chosen, ...]:
    """The options as they are drawn: in the order given or, with a seed, in this phone's own; "something else" last."""
    if seed is None:
        return tuple(sorted(options, key=lambda option: option.other))
    return tuple(sorted(options, key=lambda option: (option.other, _lot(seed, option.key))))


def order_of(block: PutInOrder, fields: Fields, seed: int = 0) -> tuple[Option, ...]:
    """All options, as this phone has them in order.

    What the phone posted comes first; options it did not name follow in their starting order, which for a
    shuffled block depends on `seed` alone, so that a phone sees the same list each time.
    """
    start = drawn_order(block.options, seed if block.shuffled else None)
    known = {option.key: option for option in start}
    said = [key for key in (*fields.get(block.name, ()), *fields.get(block.name + REST, ())) if key in known]
    return tuple(known[key] for key in dict.fromkeys((*said, *known)))


def amounts_of(block: ShareOut, fields: Fields) -> dict[str, int]:
    """The dots or points on each option by its key; what is not a whole number counts as none and stays as typed."""
    return {option.key: _whole(_last(fields, f"{block.name}.{option.key}")) for option in block.options}


def place_now(option: Words, place: Words, places: Words) -> Message:
    """Where an option stands after a move."""
    return tr("{option} is now number {place} of {places}.", option=option, place=place, places=places)


def at_top(option: Words) -> Message:
    """That it cannot go up."""
    return tr("{option} is already at the top.", option=option)


def at_bottom(option: Words) -> Message:
    """That it cannot go down."""
    return tr("{option} is already at the bottom.", option=option)


def _last(fields: Fields, name: str) -> str:
    given = fields.get(name, ())
    return given[-1] if given else ""


def _whole(text: str) -> int:
    text = text.strip()
    # Nine digits are beyond any number of dots, and keep a page of digits from becoming a number.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _lot(seed: int, key: str) -> bytes:
    # A hash rather than a generator: the same on every machine, and no randomness inside a drawing.
    return hashlib.sha256(f"{seed} {key}".encode("utf-8", "surrogatepass")).digest()


def _step(block: ShareOut, values: dict[str, list[str]], target: str, how: str) -> Text | None:
    option = next((each for each in block.options if f"{block.name}.{each.key}" == target), None)
    if option is None or how not in ("+1", "-1"):
        return None
    words, amounts = SPREAD[block.unit], amounts_of(block, values)
    now, left = amounts[option.key], block.total - sum(amounts.values())
    # The last step may be a short one: what is left of the points, of the limit, or of what is there.
    change = min(block.step, left, block.most_each - now) if how == "+1" else -min(block.step, now)
    if how == "-1" and now == 0:
        return words.none_here
    if how == "+1" and left <= 0:
        return words.none_left
    if how == "+1" and change <= 0:
        return words.most_each.of(block.most_each)
    values[target] = [str(now + change)]
    return ""


def _move(block: PutInOrder, values: dict[str, list[str]], target: str, how: str) -> Text | None:
    order = list(order_of(block, values))
    at = next((i for i, option in enumerate(order) if f"{block.name}.{option.key}" == target), None)
    if at is None or how not in ("up", "down", "top"):
        return None
    name = order[at].words
    to = {"up": at - 1, "down": at + 1, "top": 0}[how]
    if to < 0 or to == at:
        return at_top(name)
    if to >= len(order):
        return at_bottom(name)
    order.insert(to, order.pop(at))
    _put(block, values, [each.key for each in order], MOVED)
    return place_now(name, to + 1, len(order))


def _pick(block: PutInOrder, values: dict[str, list[str]], how: str) -> Text | None:
    if how == LISTS:
        # An order nobody has touched is the page's, not the person's: the lists then start empty.
        moved = _last(values, block.name + BY) == MOVED
        keys = [option.key for option in order_of(block, values)][: block.places] if moved else []
        values[block.name], values[block.name + BY] = keys, [LISTS]
        values.pop(block.name + REST, None)
        return ""
    if how == "order":
        chosen = list(dict.fromkeys(key for key in values.get(block.name, ()) if key))
        values[block.name], values[block.name + BY] = chosen, [MOVED if chosen else START]
        return ""
    return None


def _put(block: PutInOrder, values: dict[str, list[str]], keys: list[str], by: str) -> None:
    values[block.name] = keys[: block.places]
    values[block.name + REST] = keys[block.places :]
    values[block.name + BY] = [by]
