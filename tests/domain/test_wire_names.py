"""The names in files, requests and forms: chosen, not derived, and never changed again."""

from __future__ import annotations

import re
from typing import get_args

import msgspec
import pytest
from msgspec import Struct

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import Answer
from workshop_tui.domain.wire import wire_name

FAMILIES = {
    "commands": get_args(cmd.Command),
    "events": (*get_args(ev.JournalEvent), *get_args(ev.TableEvent)),
    "answers": get_args(Answer),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_command_event_and_answer_has_a_wire_name_of_its_own(family: str) -> None:
    names = [wire_name(kind) for kind in FAMILIES[family]]

    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names), names
    assert len(set(names)) == len(names)


def test_a_wire_name_does_not_follow_the_name_of_the_class() -> None:
    class TakeAMinute(cmd.AddMinutes, frozen=True, kw_only=True, tag="add_minutes"):
        """The same under another name."""

    assert msgspec.json.decode(msgspec.json.encode(TakeAMinute(minutes=-1)), type=cmd.AddMinutes).minutes == -1
    with pytest.raises(TypeError):
        wire_name(Struct)
