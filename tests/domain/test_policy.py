"""Who may ask for what, and when: every command, as everybody, in every phase, against the table."""

from __future__ import annotations

from typing import Final, get_args

import pytest
from msgspec.structs import replace

from tests.domain.acts import ACTS, NOTE, Scene
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import Done, Joined, Kept, Voted
from workshop_tui.domain.deciding.decision import DECIDERS
from workshop_tui.domain.deciding.taking_back import NOBODY_S
from workshop_tui.domain.policy import ENDED, FINISHED, PAUSED, POLICY, WAITS
from workshop_tui.domain.state import Phase
from workshop_tui.errors import CommandRefused, NotAllowed, Refused, RoomBusy, TooLate

WHOS: Final = get_args(cmd.Who)
PHASES: Final = get_args(Phase)
COMMANDS: Final = get_args(cmd.Command)


def ready(kind: type[cmd.Command], phase: Phase) -> tuple[Scene, cmd.Command]:
    """A session in a phase, and a command that would fit there but for its phase."""
    scene = Scene()
    command = ACTS[kind](scene)
    scene.come_to(phase)
    if kind is cmd.ResumeRoom and scene.state.pause is None:
        scene.give(cmd.PauseRoom())
    if phase != "finished" and kind in (cmd.Undo, cmd.Redo):
        # What was done before people left cannot be taken back: this is done since.
        scene.give(NOTE)
        if kind is cmd.Redo:
            scene.give(cmd.Undo())
    return scene, command


def test_every_command_is_decided_by_one_rule_and_no_other_thing_is() -> None:
    assert set(DECIDERS) == set(COMMANDS)


def test_every_command_has_one_rule_and_every_rule_a_command() -> None:
    assert set(POLICY) == set(COMMANDS)
    assert set(ACTS) == set(COMMANDS)
    assert all(rule.who and rule.phases for rule in POLICY.values())


def test_a_command_comes_from_whom_its_rule_lets_ask_unless_a_listener_says_otherwise() -> None:
    for kind in get_args(cmd.PhoneCommand):
        assert POLICY[kind].who == {"phone"}
        assert ACTS[kind](Scene()).who == "phone"
    for kind in get_args(cmd.FacilitatorCommand):
        assert "phone" not in POLICY[kind].who
        assert ACTS[kind](Scene()).who == ("room" if kind is cmd.ClockMoved else "facilitator")


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__struct_config__.tag)
def test_who_may_ask_for_what_in_which_phase_is_what_the_table_says(kind: type[cmd.Command], phase: Phase) -> None:
    scene, command = ready(kind, phase)
    rule = POLICY[kind]
    for who in WHOS:
        asked = replace(command, who=who)
        before = scene.everything()
        if who not in rule.who:
            refused(scene, asked, NotAllowed, "That is not yours to do here. Please ask the facilitator.")
        elif phase in rule.phases:
            allowed(scene, asked)
        elif who == "phone":
            refused(scene, asked, *_phones_words(kind, phase))
        else:
            refused(scene, asked, CommandRefused, _desks_words(kind, phase))
        # Deciding writes nothing by itself, and a refusal leaves nothing to write.
        assert scene.everything() == before


def allowed(scene: Scene, command: cmd.Command) -> None:
    decision = scene.ask(command)
    # Who pauses what is paused meant the same.
    is_so_already = isinstance(command, cmd.PauseRoom) and scene.state.pause is not None
    assert bool(decision.events) != is_so_already, "what fits changes something"
    if isinstance(decision.answer, Done):
        assert decision.answer.refusal == ""
    for event in decision.events:
        assert not isinstance(event, ev.Journaled) or event.who == command.who


def refused(scene: Scene, command: cmd.Command, kind: type[Exception], words: str) -> None:
    with pytest.raises((Refused, RoomBusy)) as caught:
        scene.ask(command)
    assert type(caught.value) is kind
    assert str(caught.value) == str(words)


def _desks_words(kind: type[cmd.Command], phase: Phase) -> str:
    if kind is cmd.FinishWriteUp and phase != "finished":
        return "People have not left yet. End the workshop first."
    return {
        "running": "", "paused": WAITS, "people_left": ENDED, "finished": FINISHED,
    }[phase]  # fmt: skip


def _phones_words(kind: type[cmd.Command], phase: Phase) -> tuple[type[Exception], str]:
    if phase == "paused":
        return RoomBusy, PAUSED
    # What a phone asks about may be gone before its phase is looked at: then that is what it is told.
    if kind is cmd.Cast:
        return TooLate, "This question is closed. Please look at the big screen."
    if kind in (cmd.TakeBack, cmd.NewCode):
        return TooLate, NOBODY_S
    if kind is cmd.Contribute:
        return TooLate, "This workshop has ended. Your words are still on this phone."
    return TooLate, "This workshop has ended. Thank you for coming."


# What was received is answered again. -----------------------------------------------------------------

RESENT = {
    cmd.Join: Joined("dee"),
    cmd.TellRole: Joined("cyn"),
    cmd.LeavePlace: Joined("cyn"),
    cmd.Contribute: Kept("k-new", again=True),
    cmd.Upvote: Voted(1, again=True),
}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("kind", [*RESENT, cmd.Cast, cmd.TakeBack], ids=lambda kind: kind.__struct_config__.tag)
def test_what_was_received_is_answered_again_as_long_as_it_can_be_known(kind: type[cmd.Command], phase: Phase) -> None:
    scene = Scene()
    command = ACTS[kind](scene)
    scene.give(command)
    scene.come_to(phase)
    before = scene.everything()

    # A ballot's phone is known until its round is sealed, and whose words are whose until the write-up is finished.
    forgotten = {
        cmd.Cast: ("people_left", "finished"), cmd.Contribute: ("finished",), cmd.Upvote: ("finished",),
        cmd.TakeBack: ("finished",),
    }.get(kind, ())  # fmt: skip
    if phase in forgotten:
        with pytest.raises(TooLate):
            scene.give(command)
    else:
        answer = scene.give(command)
        assert answer == RESENT.get(kind, answer)
        assert getattr(answer, "again", True)
    assert scene.everything() == before
