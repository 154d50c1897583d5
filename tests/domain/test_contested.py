"""Nobody deletes a concern or a minority view: through no command, and through no row of them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.acts import ACTS, Scene
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.registers import CONTESTED, REGISTERS, register_of
from workshop_tui.errors import CommandRefused, WorkshopError
from workshop_tui.limits import SLIP_MS

OWNERS = (cmd.TakeBack, cmd.TakeBackByCode, cmd.WithdrawWords)
"""Its author takes it back, or a desk does because they asked."""

KEPT = {
    "worry": ("concern", "", "Nobody told the night staff"),
    "listed": ("concern", "concern", "The lift is too small for a bed"),
    "tension": ("note", "tension", "Some want the old entrance to stay"),
}
OTHER = "line"


class Contested(Scene):
    """The day with concerns, a tension and another line that were kept a while ago."""

    def __init__(self) -> None:
        super().__init__()
        for key, (kind, register, text) in KEPT.items():
            self.give(cmd.AddNote(key=key, kind=kind, text=text, register=register))  # type: ignore[arg-type]
        self.give(cmd.AddNote(key=OTHER, kind="note", text="The hall was cold"))
        self.clock.pass_s(SLIP_MS // 1000 + 1)

    def try_(self, command: cmd.Command) -> bool:
        try:
            self.give(command)
        except WorkshopError:
            return False
        return True

    def check(self) -> None:
        for key, (kind, register, text) in KEPT.items():
            note = self.tables.note(key)
            assert note is not None
            assert note.text == text, "its words stay beside any others"
            assert not self.tables.is_dropped(key)
            assert register_of(note.kind, self.tables.entry(key)) == (register or kind)


def _on_a_line(key: str) -> st.SearchStrategy[cmd.Command]:
    """Whatever a desk can do with one line, but saying that its author asked for it."""
    registers = st.sampled_from(["", *REGISTERS])
    return st.one_of(
        st.builds(cmd.SortNote, note=st.just(key), register=registers, fields=st.just({})),
        st.builds(cmd.RewriteNote, note=st.just(key), text=st.sampled_from(["All is well", "…", ""])),
        st.builds(cmd.Reword, contribution=st.just(key), words=st.sampled_from(["In other words", ""])),
        st.builds(cmd.Moderate, contribution=st.just(key), handling=st.sampled_from(["read", "approved", "on_hold"])),
        st.builds(cmd.DropNote, key=st.just(key), drop=st.booleans()),
        st.builds(
            cmd.AddNote, key=st.just(key), kind=st.sampled_from(["note", "concern"]), text=st.just("All is well")
        ),
    )


commands = st.one_of(st.sampled_from([*KEPT, OTHER]).flatmap(_on_a_line), st.just(cmd.Undo()), st.just(cmd.Redo()))


@given(st.lists(commands, max_size=25))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_row_of_what_desks_do_takes_away_what_is_contested(row: list[cmd.Command]) -> None:
    scene = Contested()
    for command in row:
        scene.try_(command)
    scene.check()


@pytest.mark.parametrize("kind", [kind for kind in get_args(cmd.Command) if kind not in OWNERS])
def test_no_command_of_any_sort_takes_a_concern_away_nor_what_a_phone_sent(kind: type[cmd.Command]) -> None:
    if kind is cmd.FinishWriteUp:
        pytest.skip("what was only for the day goes then, as its owner was told")
    scene = Contested()
    sent = {row.key: row.body for row in scene.tables.all_contributions() if row.body}

    command = ACTS[kind](scene)
    scene.try_(command)
    for _ in range(3):
        scene.try_(cmd.Undo())

    scene.check()
    left = {row.key: row.body for row in scene.tables.all_contributions()}
    assert {key: left[key] for key in sent} == sent


def test_its_author_takes_it_back_and_it_can_be_put_back_again() -> None:
    for key in KEPT:
        scene = Contested()
        scene.give(cmd.DropNote(key=key, asked=True))
        assert scene.tables.is_dropped(key)
        scene.give(cmd.Undo())
        scene.check()


def test_it_is_shown_otherwise_with_the_original_kept() -> None:
    for key, (_, _, text) in KEPT.items():
        scene = Contested()
        scene.give(cmd.Reword(contribution=key, words="In other words"))
        assert scene.tables.rewording(key) == "In other words"
        assert scene.tables.note(key).text == text  # type: ignore[union-attr]


def test_a_slip_is_taken_back_at_once_and_not_later() -> None:
    for key, (kind, register, text) in KEPT.items():
        scene = Scene()
        note = cmd.AddNote(key=key, kind=kind, text=text, register=register)  # type: ignore[arg-type]
        scene.give(note)
        scene.give(cmd.Undo())
        assert scene.tables.is_dropped(key)

        scene.give(replace(note, key="later"))
        scene.clock.pass_s(SLIP_MS // 1000 + 1)
        scene.give(cmd.Undo())
        assert not scene.tables.is_dropped("later")


def test_a_line_that_was_sorted_as_a_tension_by_mistake_is_put_back_by_undo_alone() -> None:
    scene = Contested()
    scene.give(cmd.SortNote(note=OTHER, register="tension"))
    with pytest.raises(CommandRefused, match="tension"):
        scene.give(cmd.SortNote(note=OTHER, register="material"))
    scene.give(cmd.Undo())
    assert scene.tables.entry(OTHER) is None


def test_a_concern_is_kept_in_no_other_register() -> None:
    scene = Scene()
    assert CONTESTED == ("concern", "tension")
    for kind, register in (("concern", "offer"), ("note", "concern")):
        with pytest.raises(CommandRefused, match="concern"):
            scene.give(cmd.AddNote(key="a", kind=kind, text="x", register=register))  # type: ignore[arg-type]
