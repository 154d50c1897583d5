"""Reads what phones do during an item: the table `[item.phone]`, in the words of its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_lowercase
from typing import Any, Final, get_args

import msgspec

from workshop_tui.domain.activity import AnyKind, Kinds, OptionsConfig
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.agenda_problems import either, nearest, shown
from workshop_tui.domain.agenda_reader import LINE_LETTERS, Reader, places
from workshop_tui.domain.asking import as_data, poll_of
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.earlier import by_title, not_there
from workshop_tui.domain.text import clean_data
from workshop_tui.limits import OPTIONS
from workshop_tui.messages import Message, Text, Verbatim, tr, trc, trn

PHONE_KEYS: Final = ("kind", "extra", "again")
"""The keys that every kind, or every kind with options, understands beside those of its own config."""

FEW_KINDS: Final = 3
"""Up to how many kinds are named to which a key belongs that this one does not know."""

_PLACE: Final = re.compile(r" - at `\$\.?([^`]*)`")
_EXPECTED: Final = re.compile(r"Expected `([\w |]+)`, got `(\w+)`")
_ENUM: Final = re.compile(r"Invalid enum value (.+)")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.+)`")
_MISSING: Final = re.compile(r"Object missing required field `(.+)`")
_EXACT: Final = "int | decimal"
_NAMES: Final = {
    "int": tr("a whole number"), "float": tr("a number"), "str": tr("a text in quotes"),
    _EXACT: tr("a number"),
    "bool": tr("true or false"), "array": tr("a list"), "object": tr("a table"), "null": tr("nothing"),
}  # fmt: skip


def keys_of(kind: AnyKind) -> tuple[str, ...]:
    """The keys that a kind understands beside `kind`."""
    own = tuple(field.encode_name for field in msgspec.structs.fields(kind.config_type))
    return (*own, "extra") if issubclass(kind.config_type, OptionsConfig) else own


def read_activity(reader: Reader, kinds: Kinds, elsewhere: Mapping[str, Message]) -> Activity | None:
    """The activity of one item; None when it cannot be used, which is then noted.

    Args:
        reader: The table of what phones do.
        kinds: The registry.
        elsewhere: Where keys belong that are valid in other places of the file.
    """
    found = reader.table.get("kind")
    if not isinstance(found, str) or found not in kinds:
        reader.problem(*_no_kind(found, kinds))
        return None
    kind = kinds[found]
    own, has_options = keys_of(kind), issubclass(kind.config_type, OptionsConfig)
    reader.only(("kind", *own), {**_of_others(kinds), **elsewhere})
    before = len(reader.problems)
    data = {
        key: clean_data(value) for key, value in reader.table.items() if key in own and key not in ("options", "extra")
    }
    if has_options:
        data["options"] = _options(reader)
    # A kind speaks of a config that it could read: what is known to be wrong would only be told twice.
    if len(reader.problems) > before:
        return None
    config = _config(reader, kind, data)
    return None if config is None else Activity(kind=found, config=config)


def _of_others(kinds: Kinds) -> dict[str, Message]:
    """The kinds that understand a key, as a sentence, by the key; for keys that only few do."""
    by_key: dict[str, list[str]] = {}
    for name, kind in kinds.items():
        for key in keys_of(kind):
            by_key.setdefault(key, []).append(name)
    return {
        key: tr("It belongs to the kind {kinds}.", kinds=either(names))
        for key, names in by_key.items()
        if len(names) <= FEW_KINDS
    }


def read_again(reader: Reader, before: Sequence[Item], kinds: Kinds) -> Item | None:
    """The earlier item whose question an item asks a second time; None where there is none, which is then noted."""
    # Everything else is as it was the first time: else the two counts could not be held side by side.
    reader.only(("kind", "again"))
    title = reader.line("again", needed=True)
    votes = [item for item in before if poll_of(item, kinds) is not None]
    source = by_title(title, votes)
    if not title:
        return None
    if source is None or source.activity is None:
        reader.problem(not_there(title, [item.title for item in votes]))
        return None
    if reader.table.get("kind", source.activity.kind) != source.activity.kind:
        reader.problem(
            tr(
                "“{title}” is of the kind “{kind}”: leave “kind” out here.",
                title=source.title,
                kind=Verbatim(source.activity.kind),
            )
        )
        return None
    poll = poll_of(source, kinds)
    if poll is not None and poll.is_apart:
        reader.problem(
            tr(
                "“{title}” is {kind}: what was answered there is joined with nothing, not twice.",
                title=source.title,
                kind=poll.title,
            )
        )
        return None
    return source


def _no_kind(found: object, kinds: Kinds) -> tuple[Text, ...]:
    if found is None:
        return (tr("“kind” is missing. It can be {kinds}.", kinds=either(sorted(kinds))),)
    if isinstance(found, str):
        return (tr("there is no kind {found}.", found=shown(found)), nearest(found, kinds))
    return (tr("“kind” must be a word in quotes, not {found}.", found=shown(found)),)


def _options(reader: Reader) -> tuple[Option, ...]:
    """The options, lettered a, b, …, those of `extra` last."""
    given = [(value, False) for value in reader.values("options")] + [(v, True) for v in reader.values("extra")]
    if len(given) > OPTIONS:
        reader.problem(
            trn(
                "there is {n} option; the letters A to Z are enough for {most}.",
                "there are {n} options; the letters A to Z are enough for {most}.",
                len(given),
                most=OPTIONS,
            )
        )
        return ()
    if reader.table.get("options_from") and reader.table.get("options"):
        reader.problem(tr("“options” and “options_from” exclude each other. Please give one of them."))
    options: list[Option] = []
    for number, (value, other) in enumerate(given):
        field = f"option {number + 1}"
        text = reader.said(field, value, LINE_LETTERS, tr("option {number}", number=number + 1))
        # Lettered as on the screen: the first is A.
        options.append(Option(key=ascii_lowercase[number], text=text, other=other, texts=places(reader.texts, field)))
    return tuple(options)


def _config(reader: Reader, kind: AnyKind, data: dict[str, Any]) -> dict[str, object] | None:
    """The config as plain data with every default in it, so that a later default changes no kept session."""
    try:
        config = msgspec.convert(msgspec.to_builtins(data), kind.config_type)
    except msgspec.ValidationError as wrong:
        reader.problem(*_in_words(str(wrong), kind.config_type))
        return None
    if problem := kind.problem(config):
        reader.problem(problem)
        return None
    return as_data(config)


def _in_words(message: str, config_type: type) -> tuple[Text, ...]:
    """What msgspec says of a value, for somebody who does not know Python, and the nearest valid word."""
    place = _PLACE.search(message)
    said = _PLACE.sub("", message)
    there = Verbatim(f"“{place[1]}”") if place and place[1] else None
    hint: Text = ""
    if "decimal string" in said:
        said = f"Expected `{_EXACT}`, got `str`"
    if found := _EXPECTED.fullmatch(said):
        wanted, got = (_NAMES.get(each, Verbatim(f"“{each}”")) for each in found.groups())
        problem = tr("expected {wanted}, got {found}.", wanted=wanted, found=got)
    elif found := _ENUM.fullmatch(said):
        word = found[1].strip("'\"")
        problem = tr("it cannot be {found}.", found=shown(word))
        hint = nearest(word, _words_of(config_type, place[1] if place else ""))
    elif found := _UNKNOWN.fullmatch(said):
        problem = tr("the key {key} is not known.", key=shown(found[1]))
        hint = nearest(found[1], _fields_of(config_type, place[1] if place else ""))
    elif found := _MISSING.fullmatch(said):
        problem = tr("“{key}” is missing.", key=Verbatim(found[1]))
    else:
        problem = trc("what a library says is wrong", "{problem}.", problem=Verbatim(said[:1].lower() + said[1:]))
    if there is not None:
        problem = trc("place in a file, and what is wrong there", "{place}: {problem}", place=there, problem=problem)
    return (problem, hint) if hint else (problem,)


def _type_at(config_type: type, place: str) -> object:
    """The type of what stands at a place such as `questions[2].answers`."""
    found: object = config_type
    for name in re.findall(r"[^.\[\]]+", place):
        if name.isdigit() or name == "...":
            inside = [each for each in get_args(found) if each is not Ellipsis]
            found = inside[-1] if inside else object
        elif isinstance(found, type) and issubclass(found, msgspec.Struct):
            found = {field.encode_name: field.type for field in msgspec.structs.fields(found)}.get(name, object)
    return found


def _words_of(config_type: type, place: str) -> tuple[str, ...]:
    """The words that can stand at a place."""
    return tuple(word for word in get_args(_type_at(config_type, place)) if isinstance(word, str) and word)


def _fields_of(config_type: type, place: str) -> tuple[str, ...]:
    """The keys of a table at a place."""
    found = _type_at(config_type, place)
    if not (isinstance(found, type) and issubclass(found, msgspec.Struct)):
        return ()
    return tuple(field.encode_name for field in msgspec.structs.fields(found))
