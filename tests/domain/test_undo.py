"""Taking back, and doing again: what comes back is what was there, and never what was hidden since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.acts import ACTS, NOTE, OPEN_VOTE, STORY, Scene
from tests.fakes import FakeClock
from tests.sayings import said
from tests.sessions import Desk, an_agenda, an_info, item, options, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import steps
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.deciding import Done, Kept
from workshop_tui.domain.state import Screen
from workshop_tui.errors import CommandRefused, Refused
from workshop_tui.kinds.registry import KINDS
from workshop_tui.limits import REOPEN_S, UNDO_STEPS
from workshop_tui.room.room import Room
from workshop_tui.storage.session_file import create, open_existing

KINDS_OF_STEPS = get_args(steps.Step)


def known(scene: Scene) -> tuple[Any, Any]:
    """All that is known but for how it came about: versions, lists of steps, salts, who decided and when."""
    state, stored = scene.everything()
    unsalted = replace(
        stored,
        undo={},
        redo={},
        answers={key: replace(each, salt=b"") for key, each in stored.answers.items()},
        retellings={key: replace(each, salt=b"") for key, each in stored.retellings.items()},
        notes=tuple(replace(each, salt=b"") for each in stored.notes),
        entries={key: replace(each, salt=b"") for key, each in stored.entries.items()},
        rewordings={key: replace(each, salt=b"") for key, each in stored.rewordings.items()},
        redactions={
            key: [(made.piece, made.decision, made.replacement) for made in each.decisions]
            for key, each in stored.redactions.items()
        },
    )
    return replace(state, version=0), unsalted


def undo(scene: Desk, desk: str = "", *, again: bool = False) -> str:
    """Take back, or do again, on one desk; why it could not be done, empty when it was."""
    answer = scene.give(cmd.Redo(desk=desk) if again else cmd.Undo(desk=desk))
    assert isinstance(answer, Done)
    return said(answer) if answer.refusal else ""


def _acts() -> dict[str, tuple[type[cmd.Command], type[steps.Step]]]:
    """Every act that leaves a step, by the name of its command."""
    found = {}
    for kind, act in ACTS.items():
        scene = Scene()
        if kind not in (cmd.Undo, cmd.Redo, cmd.ResumeRoom, cmd.FinishWriteUp):
            step = scene.ask(act(scene)).step
            if step is not None:
                found[kind.__name__] = (kind, type(step))
    return found


UNDOABLE = _acts()

STAYS = {
    "OpenVote": "a round that was opened is in the record: it is closed",
    "Reveal": "a round that was counted stays so: only the result is hidden",
    "InsertItem": "an item that was added stays in the list, left out",
    "AddNote": "a note stays in the file, marked",
    "BreakTie": "the room saw the result with the choice",
    "HoldPhone": "what was approved is unread: the journal must not tell which words are of one phone",
    "LeaveTie": "the room saw that nothing was chosen",
}
"""Acts of which something stays when they are taken back, and why."""


def test_every_kind_of_step_is_taken_back_somewhere_here() -> None:
    chosen_twice = steps.OptionsChosen
    assert {step for _, step in UNDOABLE.values()} | {chosen_twice} == set(KINDS_OF_STEPS)


@pytest.mark.parametrize("name", UNDOABLE)
def test_what_comes_back_is_what_was_there(name: str) -> None:
    scene = Scene()
    command = ACTS[UNDOABLE[name][0]](scene)
    before = known(scene)
    scene.give(command)
    once = known(scene)
    assert once != before

    assert undo(scene) == ""
    back = known(scene)
    if name not in STAYS:
        assert back == before
    assert undo(scene, again=True) == ""
    assert known(scene) == once
    assert undo(scene) == ""
    assert known(scene) == back


def test_of_what_stays_only_what_has_to_stays() -> None:
    scene = Scene()
    scene.give(OPEN_VOTE)
    undo(scene)
    assert [round_.status for round_ in scene.state.rounds] == ["sealed", "closed"]
    scene.give(cmd.InsertItem(item=item(9, "New"), after="i06"))
    undo(scene)
    assert scene.state.items[-1].status == "skipped"
    scene.give(NOTE)
    undo(scene)
    assert scene.tables.notes == ()


def test_other_options_are_taken_back_to_those_before() -> None:
    scene = Scene()
    first = ACTS[cmd.ChooseOptions](scene)
    assert isinstance(first, cmd.ChooseOptions)
    scene.give(first)
    before = known(scene)
    scene.give(replace(first, options=first.options[:3]))

    assert undo(scene) == ""
    assert known(scene) == before


def test_an_edit_taken_back_leaves_the_minutes_of_a_catch_up_and_no_mark() -> None:
    scene = Scene()
    scene.give(cmd.SetMinutes(minutes=(("i06", 4),)))
    before = known(scene)
    scene.give(cmd.EditItem(item=item(6, "Other words", minutes=30)))

    assert undo(scene) == ""
    assert known(scene) == before


def test_a_vote_closed_on_the_way_is_open_again_within_its_thirty_seconds() -> None:
    for late, status in ((0, "open"), (REOPEN_S, "open"), (REOPEN_S + 1, "closed")):
        scene = Scene()
        scene.give(OPEN_VOTE)
        scene.give(cmd.OpenItem(item="i06", vote="close"))
        scene.clock.pass_s(late)

        assert undo(scene) == ""
        assert scene.state.current == "i01"
        assert scene.state.rounds[-1].status == status
        assert undo(scene, again=True) == ""
        assert (scene.state.current, scene.state.rounds[-1].status) == ("i06", "closed")


def test_a_result_shown_from_a_blank_screen_is_hidden_to_a_blank_screen() -> None:
    scene = Scene()
    scene.give(cmd.HideResults())
    scene.give(cmd.SetScreen(mode="blank"))
    scene.give(cmd.ShowResults())

    assert undo(scene) == ""
    assert scene.state.screen == Screen("blank")


# The first item. --------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["keep", "move"])
def test_the_first_n_can_be_taken_back_with_all_that_it_began(end: Any) -> None:
    desk = Desk(an_agenda(item(1, kind="vignette"), item(2)))
    planned = desk.clock.now_ms()
    desk.clock.pass_s(420)
    before = replace(desk.state, version=0)
    desk.give(cmd.OpenItem(item="i01", end=end, scheduled_start=planned))
    assert (desk.state.planned_end, desk.state.items[0].gathering_open) != (None, False)
    desk.clock.pass_s(60)

    assert undo(desk) == ""
    assert replace(desk.state, version=0) == before
    other = "move" if end == "keep" else "keep"
    desk.give(cmd.OpenItem(item="i01", end=other, scheduled_start=planned))
    begin = planned if other == "keep" else desk.clock.now_ms()
    assert desk.state.planned_end == begin + 20 * 60_000


def test_the_first_n_stays_once_people_have_answered() -> None:
    desk = Desk(an_agenda(item(1, kind="vignette"), item(2)))
    desk.join("ana")
    desk.open("i01")
    desk.tell("ana", STORY % "C2", item_="i01")

    assert "the workshop has begun" in undo(desk)
    assert desk.state.current == "i01"
    assert desk.tables.undo("") == ()


# What was hidden since. -------------------------------------------------------------------------------

HIDDEN: dict[str, tuple[list[Callable[[Scene], cmd.Command]], list[Callable[[Scene], cmd.Command]]]] = {
    "a story was held since it left the screen": (
        [
            lambda s: cmd.Moderate(contribution=s.story, handling="approved"),
            lambda s: cmd.SetScreen(mode="story", subject=s.story),
            lambda _: cmd.SetScreen(mode="question"),
        ],
        [lambda s: cmd.Moderate(contribution=s.story, handling="on_hold")],
    ),
    "a story was taken back by its owner since": (
        [
            lambda s: cmd.Moderate(contribution=s.story, handling="approved"),
            lambda s: cmd.SetScreen(mode="story", subject=s.story),
            lambda _: cmd.SetScreen(mode="question"),
        ],
        [lambda s: cmd.TakeBack(person="ana", contribution=s.story)],
    ),
    "a story was held since it was marked as read": (
        [
            lambda s: cmd.Moderate(contribution=s.story, handling="approved"),
            lambda s: cmd.Moderate(contribution=s.story, handling="read"),
        ],
        [lambda s: cmd.Moderate(contribution=s.story, handling="on_hold")],
    ),
    "its phone was held since": (
        [
            lambda s: cmd.Moderate(contribution=s.story, handling="approved"),
            lambda s: cmd.Moderate(contribution=s.story, handling="read"),
        ],
        [lambda s: cmd.HoldPhone(contribution=s.story)],
    ),
    "a result was hidden since it left the screen": (
        [lambda _: cmd.SetScreen(mode="join")],
        [lambda _: cmd.HideResults()],
    ),
    "the screen was blanked since the result was hidden": (
        [lambda _: cmd.HideResults()],
        [lambda _: cmd.SetScreen(mode="blank")],
    ),
    "the screen was blanked since it was pointed elsewhere": (
        [lambda _: cmd.SetScreen(mode="join")],
        [lambda _: cmd.SetScreen(mode="blank")],
    ),
    "a story that was held was held again since": (
        [
            lambda s: cmd.Moderate(contribution=s.story, handling="approved"),
            lambda s: cmd.Moderate(contribution=s.story, handling="on_hold"),
        ],
        [lambda s: cmd.Moderate(contribution=s.story, handling="on_hold")],
    ),
    "a story that was held was approved and held since": (
        [
            lambda s: cmd.Moderate(contribution=s.story, handling="approved"),
            lambda s: cmd.Moderate(contribution=s.story, handling="on_hold"),
        ],
        [
            lambda s: cmd.Moderate(contribution=s.story, handling="approved"),
            lambda s: cmd.Moderate(contribution=s.story, handling="on_hold"),
        ],
    ),
    "the phone of a story that was held was held since": (
        [
            lambda s: cmd.Moderate(contribution=s.story, handling="approved"),
            lambda s: cmd.Moderate(contribution=s.story, handling="on_hold"),
        ],
        [lambda s: cmd.HoldPhone(contribution=s.retold)],
    ),
    "the screen that was blanked was lit and blanked since": (
        [lambda _: cmd.SetScreen(mode="blank")],
        [lambda _: cmd.SetScreen(mode="question"), lambda _: cmd.SetScreen(mode="blank")],
    ),
    "the note was dropped since it was put back": (
        [lambda _: NOTE, lambda _: cmd.DropNote(key="n1"), lambda _: cmd.DropNote(key="n1", drop=False)],
        [lambda _: cmd.DropNote(key="n1")],
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_another_desk_hid_since_does_not_come_back(name: str) -> None:
    mine, theirs = HIDDEN[name]
    scene = Scene()
    for act in mine:
        scene.give(replace(act(scene), desk="mine"))
    for act in theirs:
        scene.give(replace(act(scene), desk="theirs"))
    before, length = known(scene), len(scene.tables.undo("mine"))

    refusal = undo(scene, "mine")

    assert "This can no longer be undone" in refusal
    assert known(scene) == before
    assert len(scene.tables.undo("mine")) == length - 1


def test_a_screen_that_was_blanked_since_stays_blank_when_an_item_is_left_or_opened_again() -> None:
    scene = Scene()
    scene.give(cmd.OpenItem(item="i06", desk="mine"))
    scene.give(cmd.SetScreen(mode="blank", desk="theirs"))

    for again in (False, True, False):
        assert undo(scene, "mine", again=again) == ""
        assert scene.state.screen == Screen("blank")


def test_what_another_desk_does_with_other_words_of_the_same_phone_is_in_nobodys_way() -> None:
    scene = Scene()
    scene.give(cmd.Moderate(contribution=scene.story, handling="approved", desk="mine"))
    scene.give(cmd.Moderate(contribution=scene.retold, handling="on_hold", desk="theirs"))
    scene.give(cmd.SetScreen(mode="blank", desk="theirs"))

    assert undo(scene, "mine") == ""
    assert undo(scene, "mine", again=True) == ""


def test_a_phone_that_two_desks_held_is_let_go_only_by_the_first() -> None:
    scene = Scene()
    scene.give(cmd.HoldPhone(contribution=scene.story, desk="theirs"))
    scene.give(cmd.HoldPhone(contribution=scene.retold, desk="mine"))

    with pytest.raises(CommandRefused, match="nothing to undo"):
        undo(scene, "mine")
    assert undo(scene, "theirs") == ""


HANDLED: tuple[tuple[cmd.Handling, bool], ...] = (("read", False), ("approved", False), ("approved", True))
"""How a text of a held phone was dealt with, and whether the big screen shows it."""


@pytest.mark.parametrize(("handling", "shows"), HANDLED)
def test_what_was_read_while_its_phone_was_held_stays_so_when_letting_the_phone_go_is_taken_back(
    handling: cmd.Handling, shows: bool
) -> None:
    scene = Scene()
    scene.give(cmd.HoldPhone(contribution=scene.retold))
    scene.give(cmd.Moderate(contribution=scene.story, handling=handling))
    if shows:
        scene.give(cmd.SetScreen(mode="story", subject=scene.story))
    before = known(scene)
    scene.give(cmd.HoldPhone(contribution=scene.question, hold=False))
    once = known(scene)

    for _ in range(2):
        assert undo(scene) == ""
        assert known(scene) == before
        assert undo(scene, again=True) == ""
        assert known(scene) == once


def test_what_came_since_a_phone_was_let_go_is_held_when_that_is_taken_back() -> None:
    scene = Scene()
    scene.give(cmd.HoldPhone(contribution=scene.story))
    scene.give(cmd.HoldPhone(contribution=scene.story, hold=False))
    scene.open("i04")
    since = scene.tell("ana", '{"text":"How long is it?"}', item_="i04")
    assert isinstance(since, Kept)
    scene.give(cmd.Undo())

    assert undo(scene) == ""
    assert {each.moderation for each in scene.tables.contributions.values()} == {"on_hold"}


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("hold", [False, True])
def test_a_reason_of_a_phone_that_another_desk_decided_on_since_is_left_to_that_desk(hold: bool, again: bool) -> None:
    desk = Desk(an_agenda(item(1, kind="impact", options=options("One clinic", "Evenings"))))
    desk.join("ana")
    desk.open("i01")
    desk.open_vote()
    desk.answer(
        "ana", {f"impact.{row}": "much_harder" for row in "ab"} | {"impact.a.why": "Ice", "impact.b.why": "Hills"}
    )
    desk.give(cmd.CloseVote())
    first, second = (row.key for row in desk.tables.reasons_in("i01.1"))
    if not hold:
        desk.give(cmd.HoldPhone(contribution=first))
    desk.give(cmd.HoldPhone(contribution=first, hold=hold, desk="mine"))
    if again:
        assert undo(desk, "mine") == ""
    desk.give(cmd.Moderate(contribution=second, handling="approved", desk="theirs"))

    assert "no longer" in undo(desk, "mine", again=again)
    assert desk.tables.handling(second) == "approved"


@pytest.mark.parametrize("desk", ["mine", "theirs"])
@pytest.mark.parametrize("again", [False, True])
def test_no_vote_is_opened_more_than_thirty_seconds_after_its_closing(desk: str, again: bool) -> None:
    for late, status in ((REOPEN_S * 1000, "open"), (REOPEN_S * 1000 + 1, "closed")):
        scene = Scene()
        if again:
            # Opened here and taken back, which closed it: doing it again would open it.
            scene.give(replace(OPEN_VOTE, desk=desk))
            undo(scene, desk)
        else:
            scene.give(OPEN_VOTE)
            scene.give(cmd.CloseVote(desk=desk))
        scene.clock.pass_s(late / 1000)

        refusal = undo(scene, desk, again=again)

        assert scene.state.rounds[-1].status == status
        assert ("more than 30 seconds" in refusal) == (status == "closed")


def test_what_waits_for_the_room_to_go_on_stays_on_the_list() -> None:
    scene = Scene()
    scene.give(cmd.PauseTimer())
    scene.give(cmd.PauseRoom())
    before = known(scene)

    with pytest.raises(CommandRefused, match="Everything is paused"):
        undo(scene)
    assert known(scene) == before
    scene.give(cmd.ResumeRoom())
    assert undo(scene) == ""
    assert scene.state.here is not None
    assert scene.state.here.running_since is not None


def test_the_room_does_not_go_elsewhere_while_it_is_paused() -> None:
    scene = Scene()
    scene.give(cmd.OpenItem(item="i06"))
    scene.give(cmd.PauseRoom())

    with pytest.raises(CommandRefused, match="Everything is paused"):
        undo(scene)
    assert scene.state.current == "i06"


# The lists. -------------------------------------------------------------------------------------------


def test_nothing_from_before_people_left_can_be_taken_back_on_any_desk() -> None:
    scene = Scene()
    for desk in ("mine", "theirs"):
        for people in (1, 2):
            scene.give(cmd.SetPresent(people=people, desk=desk))
        undo(scene, desk)
    scene.give(cmd.EndWorkshop(confirm="END", desk="mine"))

    for desk in ("mine", "theirs"):
        for again in (False, True):
            with pytest.raises(CommandRefused, match="There is nothing to"):
                undo(scene, desk, again=again)


def test_each_desk_keeps_a_bounded_list_of_its_own() -> None:
    scene = Scene()
    for people in range(3 * UNDO_STEPS):
        scene.give(cmd.SetPresent(people=people, desk="mine"))
    scene.give(cmd.SetScreen(mode="blank", desk="theirs"))

    assert len(scene.tables.undo("mine")) == UNDO_STEPS
    assert [str(step.label) for step in scene.tables.undo("theirs")] == ["big screen: blank"]
    for _ in range(UNDO_STEPS):
        assert undo(scene, "mine") == ""
    assert scene.state.present == 2 * UNDO_STEPS - 1
    with pytest.raises(CommandRefused):
        undo(scene, "mine")


async def test_what_can_be_taken_back_survives_a_restart(tmp_path: Path) -> None:
    path, clock = tmp_path / "day.workshop", FakeClock()
    room = Room(store := create(path, an_info(), b"", b"s" * 32), store.load(), KINDS, clock)
    await room.start()
    for desk, people in (("mine", 5), ("theirs", 6), ("mine", 7)):
        await room.submit(cmd.SetPresent(at=clock.now_ms(), people=people, desk=desk))
    await room.submit(cmd.Undo(at=clock.now_ms(), desk="mine"))
    kept = [(room.tables.undo(desk), room.tables.redo(desk)) for desk in ("mine", "theirs")]
    await room.close()

    room = Room(store := open_existing(path), store.load(), KINDS, clock)
    await room.start()
    assert [(room.tables.undo(desk), room.tables.redo(desk)) for desk in ("mine", "theirs")] == kept
    assert [len(undo_) + len(redo) for undo_, redo in kept] == [2, 1]
    await room.submit(cmd.Redo(at=clock.now_ms(), desk="mine"))
    assert room.state.present == 7
    await room.close()


# Two desks at random. ---------------------------------------------------------------------------------

PRESSES: tuple[Callable[[Scene], cmd.Command], ...] = (
    *(lambda _, key=key: cmd.OpenItem(item=key, vote="close") for key in ("i01", "i03", "i04", "i06")),
    lambda _: cmd.StartTimer(), lambda _: cmd.PauseTimer(), lambda _: cmd.AddMinutes(minutes=2),
    lambda _: cmd.SetMinutes(minutes=(("i06", 12), ("i05", 9))), lambda _: cmd.EditItem(item=item(6, "Other words")),
    lambda _: cmd.SkipItem(item="i06", reason="No time"), lambda _: cmd.RestoreItem(item="i06"),
    lambda _: cmd.InsertItem(item=item(9, "New", kind="single", options=options("Yes", "No")), after="i06"),
    lambda _: OPEN_VOTE, lambda _: cmd.CloseVote(), lambda _: cmd.ReopenVote(), lambda _: cmd.Reveal(),
    lambda _: cmd.HideResults(), lambda _: cmd.ShowResults(), lambda _: cmd.OpenGathering(),
    lambda _: cmd.CloseGathering(), lambda _: cmd.PauseRoom(), lambda _: cmd.ResumeRoom(), lambda _: NOTE,
    lambda _: cmd.DropNote(key="n1"), lambda _: cmd.SetPresent(people=12), lambda _: cmd.SetPresent(people=None),
    *(lambda s, to=to: cmd.Moderate(contribution=s.story, handling=to) for to in get_args(cmd.Handling)),
    lambda s: cmd.HoldPhone(contribution=s.story), lambda s: cmd.HoldPhone(contribution=s.story, hold=False),
    lambda s: cmd.SetScreen(mode="story", subject=s.story),
    *(lambda _, mode=mode: cmd.SetScreen(mode=mode) for mode in ("join", "question", "results", "blank")),
    lambda s: cmd.Retell(contribution=s.retold, words="Telephones."),
    lambda s: cmd.Reword(contribution=s.story, words="Somebody was not rung back."),
    lambda s: cmd.Reword(contribution=s.story, words=""),
    lambda s: cmd.Reword(contribution=s.story, words="Dr Prothero did not ring back."),
    *(lambda s, to=to: cmd.Redact(contribution=s.story, place="*", start=0, end=11, decision=to, words="The doctor")
      for to in ("accepted", "edited", "dismissed", "open")),
    *(lambda _, to=to: cmd.Moderate(contribution="n1", handling=to) for to in ("on_hold", "approved")),
    lambda s: cmd.MarkAnswered(contribution=s.question, words="Two miles."),
    lambda _: cmd.BreakTie(round="i01.1", option="a", reason="It costs less."), lambda _: cmd.LeaveTie(round="i01.1"),
)  # fmt: skip

_presses = st.tuples(
    st.sampled_from(("mine", "theirs")),
    st.sampled_from(("undo", "redo", "undo", *range(len(PRESSES)))),
    st.sampled_from((0, 0, 0, 12, 31)),
)


def _alone(*pressed: int) -> list[tuple[str, str | int, int]]:
    """What one desk presses, without a pause."""
    return [("mine", what, 0) for what in pressed]


@settings(max_examples=120, deadline=None)
@given(st.lists(_presses, max_size=14))
@example(_alone(30, 27, 31))
@example(_alone(30, 28, 32, 31))
def test_two_desks_that_press_anything_are_refused_at_most_and_doing_again_is_doing(
    pressed: list[tuple[str, str | int, int]],
) -> None:
    scene = Scene()
    for desk, what, later in pressed:
        scene.clock.pass_s(later)
        try:
            if isinstance(what, int):
                before = scene.tables.undo(desk)
                scene.give(replace(PRESSES[what](scene), desk=desk))
                if scene.tables.undo(desk) != before:
                    _again_is_the_same(scene, desk)
            else:
                undo(scene, desk, again=what == "redo")
        except Refused:
            continue


def _again_is_the_same(scene: Scene, desk: str) -> None:
    """What was just done, taken back and done again is as if it were done once; what cannot be says so."""
    once = known(scene)
    if undo(scene, desk) == "" and undo(scene, desk, again=True) == "":
        assert known(scene) == once


def test_an_agenda_that_gives_more_time_lets_a_closing_be_taken_back_for_longer() -> None:
    agenda = an_agenda(item(1, kind="single", options=options("A", "B")), item(2), reopen_seconds=75)
    for late in (31, 75):
        closed_since(agenda, late).give(cmd.ReopenVote())
    with pytest.raises(CommandRefused, match="more than 75 seconds ago"):
        closed_since(agenda, 76).give(cmd.ReopenVote())


def closed_since(agenda: Agenda, seconds: int) -> Desk:
    """A vote that was closed so long ago."""
    desk = Desk(agenda)
    desk.open("i01")
    desk.open_vote()
    desk.give(cmd.CloseVote())
    desk.clock.pass_s(seconds)
    return desk


def sent(desk: Desk, *people: str) -> list[str]:
    """One text of each, in the order sent."""
    for person in people:
        desk.give(cmd.Join(person=person, token_hash=person.encode() * 8))
        desk.give(
            cmd.Contribute(
                person=person, item="i01", body=f'{{"text":"Of {person}"}}', consent="C2", key=f"k{person}",
                submission_id=sid(),
            )
        )  # fmt: skip
    return list(desk.tables.contributions)


def handlings(desk: Desk) -> list[str]:
    return [row.moderation for row in desk.tables.contributions.values()]


def test_what_was_done_with_several_in_one_act_is_taken_back_in_one() -> None:
    desk = Desk(an_agenda(item(1, kind="ideas")))
    desk.open("i01")
    first, *others = sent(desk, "ana", "ben", "cem", "dan")
    desk.give(cmd.Moderate(contribution=first, handling="approved"))
    for key in others:
        desk.give(cmd.Moderate(contribution=key, handling="approved", act="a1"))

    undone = desk.give(cmd.Undo())
    after_undo = handlings(desk)
    desk.give(cmd.Redo())
    after_redo = handlings(desk)
    desk.give(cmd.Undo())
    desk.give(cmd.Undo())

    assert after_undo == ["approved", "new", "new", "new"]
    assert str(undone.label).startswith("Undone, 3 at once: ")
    assert after_redo == ["approved"] * 4
    assert handlings(desk) == ["new"] * 4


def test_of_one_act_what_somebody_changed_since_stays_and_the_rest_comes_back() -> None:
    desk = Desk(an_agenda(item(1, kind="ideas")))
    desk.open("i01")
    keys = sent(desk, "ana", "ben", "cem")
    for key in keys:
        desk.give(cmd.Moderate(contribution=key, handling="approved", act="a1"))
    desk.give(cmd.Moderate(contribution=keys[1], handling="on_hold", desk="another"))

    undone = desk.give(cmd.Undo())

    assert handlings(desk) == ["new", "on_hold", "new"]
    assert "It was changed since." in [str(each) for each in undone.more]


def test_one_act_with_many_is_one_of_the_steps_that_can_be_taken_back() -> None:
    desk = Desk(an_agenda(item(1, kind="ideas")))
    desk.open("i01")
    desk.give(cmd.SetPresent(people=7))
    keys = [key for part in range(4) for key in sent(desk, *(f"p{part}{n}" for n in range(UNDO_STEPS // 2)))]
    for key in dict.fromkeys(keys):
        desk.give(cmd.Moderate(contribution=key, handling="approved", act="a1"))

    desk.give(cmd.Undo())
    desk.give(cmd.Undo())

    assert set(handlings(desk)) == {"new"}
    assert desk.state.present is None
