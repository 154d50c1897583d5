"""The report as JSON, for programs; docs/session-json.md says what each key means."""

from __future__ import annotations

from typing import Any, Final, get_args

import msgspec
from msgspec import Struct

from workshop_tui.domain.blocks import Bar, Column, Distribution, Matrix, MatrixRow, Words
from workshop_tui.exports.report import Report
from workshop_tui.messages import ENGLISH

_WORDS: Final = tuple(each for each in get_args(Words) if each not in (int, str))


def session_json(report: Report) -> bytes:
    """The whole report, keys sorted, two spaces a level, a newline at the end."""
    # Sorted keys make two exports comparable line by line, whatever order the fields are written in.
    return msgspec.json.format(msgspec.json.encode(_plain(report), order="sorted"), indent=2) + b"\n"


def _plain(value: object) -> Any:
    """The same as plain data, with every sentence in English."""
    if isinstance(value, _WORDS):
        return ENGLISH.text(value)
    match value:
        case Bar():
            note = ", ".join(map(ENGLISH.text, value.notes))
            plain = {**_fields(value), "said": ENGLISH.text(value.said), "note": note}
            del plain["notes"]
            return plain
        case Column():
            return ENGLISH.text(value.name)
        case MatrixRow():
            return {**_fields(value), "cells": [ENGLISH.text(cell) for cell in value.cells]}
        case Matrix():
            return {**_fields(value), "columns": [ENGLISH.text(column) for column in value.columns]}
        case Distribution():
            return {**_fields(value), "scale": [ENGLISH.text(step) for step in value.scale]}
        case Struct():
            return _fields(value)
        case tuple() | list():
            return [_plain(each) for each in value]
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case _:
            return value


def _fields(value: Struct) -> dict[str, Any]:
    known = value.__struct_config__
    tag = {known.tag_field: known.tag} if known.tag_field is not None else {}
    plain = {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    for name in ("text", "note"):
        # Several sentences are one text here.
        if isinstance(getattr(value, name, None), tuple):
            plain[name] = ENGLISH.text(getattr(value, name))
    return {**tag, **plain}
