"""What was typed about an item, as the item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyKind, Kinds
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import ITEM_MINUTES
from workshop_tui.messages import Message, Text, Verbatim, tr
from workshop_tui.views.act import Typed
from workshop_tui.views.typed import number_or_none
from workshop_tui.views.typed_config import FieldRefused, fields_of, typed_config

TITLE_LETTERS: Final = 60
"""How much of a question becomes the title of an item that has none, in code points."""

NO_MINUTES: Final = tr("Minutes are a number from 1 to {most}.", most=ITEM_MINUTES)


def kinds() -> Kinds:
    """All kinds; imported only where a question is asked: a console that opens does not need them."""
    from workshop_tui.kinds.registry import KINDS

    return KINDS


def new_item(typed: Typed) -> Item:
    """The item of `InsertItem`; the room gives it its key.

    Raises:
        CommandRefused: a number is no number, or there are too many options.
    """
    item = _filled(Item(key="", title="", minutes=1), typed)
    return item if has_words(clean_line(item.title)) else replace(item, title=_shortened(item.question))


def edited_item(item: Item, typed: Typed) -> Item:
    """The item with what was typed; what has no field in `typed` stays. Raises as `new_item`."""
    return _filled(item, typed)


def _shortened(question: str) -> str:
    if len(question) <= TITLE_LETTERS:
        return question
    return question[:TITLE_LETTERS].rsplit(" ", 1)[0].rstrip() + "…"


def _filled(item: Item, typed: Typed) -> Item:
    words: dict[str, str] = {
        "title": clean_line(typed.get("title", item.title)),
        "question": clean_line(typed.get("question", item.question)),
        "say": clean_text(typed.get("say", item.say)),
        "access": clean_text(typed.get("access", item.access)),
    }
    # A translation of words that changed would say something else: phones then see the new words themselves.
    changed = {field for field, text in words.items() if text != getattr(item, field)}
    minutes = number_or_none(typed["minutes"])
    if minutes is None:
        raise CommandRefused(NO_MINUTES)
    return replace(
        item,
        **words,
        minutes=minutes,
        protected=typed["protected"] == "yes" if "protected" in typed else item.protected,
        activity=_activity(item.activity, typed),
        texts=tuple(text for text in item.texts if text[0] not in changed),
    )


def _activity(before: Activity | None, typed: Typed) -> Activity | None:
    name = typed.get("kind", before.kind if before is not None else "")
    if not name:
        return None
    kind = kinds().get(name)
    if kind is None:
        raise CommandRefused(tr("Phones cannot do that here. Please choose from the list."))
    if before is not None and before.again and before.kind == name:
        # Whatever stands in the form: the two counts are only worth something if the same was asked.
        return before
    return Activity(kind=name, config=_fitting(kind, before, typed))


def _fitting(kind: AnyKind, before: Activity | None, typed: Typed) -> dict[str, object]:
    """The config of an item that can be asked.

    Raises:
        FieldRefused: it cannot; the message says what to change.
    """
    same = before is not None and before.kind == kind.kind
    held = before.config if before is not None else {}
    config = typed_config(kind, held if same else {key: held[key] for key in ("options",) if key in held}, typed)
    try:
        wrong = kind.problem(msgspec.convert(config, kind.config_type))
    except msgspec.ValidationError:
        # The room refuses it, and says why.
        return config
    # What comes during the workshop is not there yet.
    if not wrong or config.get("options_from"):
        return config
    for field in fields_of(kind):
        # What a kind says of something left out is for whoever writes an agenda file.
        if not field.is_further and not typed.get(field.name, "x").strip():
            raise FieldRefused(field.name, tr("Please fill in: {label}.", label=field.label))
    raise FieldRefused(_field_of(wrong, config), wrong)


def _field_of(wrong: Text, config: Mapping[str, object]) -> str:
    """The field that a sentence is about: it names the key of the agenda; the options where it names none."""
    places = wrong.places if isinstance(wrong, Message) else ()
    named = [place.text for _, place in places if isinstance(place, Verbatim)]
    return next(
        (name for name in named if name in config), "options" if "options" in config else next(iter(config), "")
    )
