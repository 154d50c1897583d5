"""What a session does with the points that it was handed: one line for each, out of the one set of answers."""

from __future__ import annotations

from itertools import count

import pytest

from tests.handed import BUS, CALL, RING, handed_agenda
from tests.sayings import said
from tests.sessions import Desk, an_agenda
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.answers import STATUSES, TAKES, Answer, wrong_in
from workshop_tui.domain.points import Tie
from workshop_tui.domain.received import Dealt, dealt_with, in_our_hands, in_our_hands_words, measure_words
from workshop_tui.domain.state import Screen
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import ENGLISH

NAMES = count(1)


class Handed(Desk):
    """A day on which points were handed in."""

    def __init__(self) -> None:
        super().__init__(handed_agenda())
        self.open("i01")

    def answer(self, point: str, **fields: str) -> str:
        key = f"h{next(NAMES)}"
        words = next(each.words for each in self.state.agenda.received if each.id == point)
        command = cmd.AddNote(key=key, kind="note", text=words, register="received",
                              fields={"point": point, **fields})  # fmt: skip
        return said(self.give(command))

    def why_not(self, command: cmd.Command) -> str:
        with pytest.raises(CommandRefused) as refused:
            self.give(command)
        return str(refused.value)

    @property
    def dealt(self) -> tuple[Dealt, ...]:
        notes = [note for note in self.tables.all_notes() if not self.tables.is_dropped(note.key)]
        lines = [(note.key, note.text, self.tables.entry(note.key)) for note in notes]
        return dealt_with(self.state.agenda.received, lines)

    def told(self, point: int) -> str:
        return " ".join(ENGLISH.text(each) for each in self.dealt[point].said)


@pytest.fixture
def desk() -> Handed:
    return Handed()


def test_what_became_of_a_point_is_noted_changed_and_taken_back(desk: Handed) -> None:
    assert in_our_hands(desk.dealt) == 3
    assert desk.answer(RING.id, status="planned", words="111 it is", on="2027-03-01") == "noted what became of a point"
    assert desk.told(0) == "Planned, by 1 March 2027. 111 it is."
    assert in_our_hands(desk.dealt) == 2

    note = desk.dealt[0].note
    desk.give(cmd.SortNote(note=note, register="received",
                           fields={"point": RING.id, "status": "not_done", "words": "No money"}))  # fmt: skip
    assert desk.told(0) == "Not done. No money."
    desk.give(cmd.Undo())
    assert desk.dealt[0].answer.status == "planned"
    desk.give(cmd.Undo())
    assert desk.told(0) == "Still in our hands: there is no answer yet."
    desk.give(cmd.Redo())
    assert desk.dealt[0].answer.status == "planned"


def test_it_is_tied_to_its_point_and_can_rest_on_a_vote_besides(desk: Handed) -> None:
    desk.answer(BUS.id, status="acknowledged")
    note = desk.dealt[1].note
    assert desk.tables.ties(note) == (Tie(note, "received", BUS.id),)

    desk.open("i03")
    desk.open_vote()
    desk.join("ana")
    desk.vote("ana", "a")
    desk.give(cmd.Reveal())
    desk.give(cmd.TieNotes(ties=(Tie(note, "result", "i03.1"),)))
    assert {tie.kind for tie in desk.tables.ties(note)} == {"received", "result"}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "done"}, "“Done” needs words: what was done?"),
        ({"status": "not_done"}, "“Not done” needs a reason."),
        ({"status": "planned", "words": "111"}, "“Planned” needs a date: by when?"),
        ({"status": "waiting", "words": "For money"}, "“Waiting” needs a date on which to ask again."),
        ({"status": "passed_on", "words": "Not ours"}, "“Passed on” needs the body that has it now."),
        ({"status": "lost"}, "Please choose from the list. Nothing was changed."),
    ],
)
def test_what_the_set_of_answers_does_not_take_is_refused(desk: Handed, fields: dict[str, str], why: str) -> None:
    command = cmd.AddNote(
        key="x", kind="note", text=RING.words, register="received", fields={"point": RING.id, **fields}
    )

    assert why in desk.why_not(command)
    assert in_our_hands(desk.dealt) == 3


@pytest.mark.parametrize("status", STATUSES)
def test_a_form_asks_for_exactly_what_an_answer_can_have(status: str) -> None:
    given = {"words": "So it is", "on": "2026-12-24", "where": "At the desk", "to": "The board"}
    for name, value in given.items():
        others = {key: said for key, said in given.items() if key in TAKES[status] and key != name}  # type: ignore[index]
        wrong = {each.field for each in wrong_in(Answer(status=status, **others, **{name: value}))}  # type: ignore[arg-type]
        assert (name in wrong or "status" in wrong) == (name not in TAKES[status]), name  # type: ignore[index]


def test_a_point_is_answered_once_and_must_have_been_handed_in(desk: Handed) -> None:
    desk.answer(RING.id, status="acknowledged")
    again = cmd.AddNote(key="x", kind="note", text="A", register="received",
                        fields={"point": RING.id, "status": "acknowledged"})  # fmt: skip
    assert "It was noted already" in desk.why_not(again)
    other = cmd.AddNote(key="x", kind="note", text="A", register="received",
                        fields={"point": "z9:n9", "status": "acknowledged"})  # fmt: skip
    assert "No such point was handed to this session." in desk.why_not(other)
    desk.give(cmd.AddNote(key="line", kind="note", text="A line"))
    sorted_ = cmd.SortNote(note="line", register="received", fields={"point": RING.id, "status": "acknowledged"})
    assert "It was noted already" in desk.why_not(sorted_)
    assert "in which it was handed to us" in desk.why_not(cmd.RewriteNote(note=desk.dealt[0].note, text="Other"))


def test_an_answer_is_changed_until_the_write_up_is_finished(desk: Handed) -> None:
    desk.give(cmd.EndWorkshop(confirm="END"))
    desk.answer(RING.id, status="acknowledged")
    desk.give(cmd.Undo())
    desk.answer(BUS.id, status="acknowledged")
    assert in_our_hands(desk.dealt) == 2
    desk.give(cmd.FinishWriteUp(confirm="FINISH"))
    with pytest.raises(Exception, match="finished"):
        desk.answer(RING.id, status="acknowledged")


def test_a_promise_reads_kept_or_broken_and_stands_beside_its_measure(desk: Handed) -> None:
    desk.answer(CALL.id, status="not_done", words="Two lines were closed", seen="38 of 100 in March 2027")

    assert desk.told(2) == "Broken. Two lines were closed. Measured now: 38 of 100 in March 2027"
    assert " ".join(map(ENGLISH.text, measure_words(CALL))) == (
        "Measured by: Calls answered within a day At first: 41 of 100 Period: October 2026 Source: Phone records"
    )


def test_what_has_no_answer_is_said_to_be_in_our_hands(desk: Handed) -> None:
    assert in_our_hands_words(0, 3) is None
    assert str(in_our_hands_words(1, 1)) == "What was handed to us has no answer: it is still in our hands."
    assert str(in_our_hands_words(1, 3)) == "Of 3 that were handed to us, 1 has no answer: it is still in our hands."
    assert (
        str(in_our_hands_words(2, 3)) == "Of 3 that were handed to us, 2 have no answer: they are still in our hands."
    )


def test_the_item_that_shows_them_puts_the_first_on_the_big_screen(desk: Handed) -> None:
    desk.open("i02")
    assert desk.state.screen == Screen("received", RING.id)
    desk.give(cmd.SetScreen(mode="received", subject=BUS.id))
    assert desk.state.screen.subject == BUS.id
    desk.give(cmd.Undo())
    assert desk.state.screen.subject == RING.id
    assert "No such point" in desk.why_not(cmd.SetScreen(mode="received", subject="z9:n9"))


def test_a_day_to_which_nothing_was_handed_shows_its_item_as_any_other() -> None:
    desk = Desk(an_agenda())
    desk.open("i01")
    with pytest.raises(CommandRefused, match="No such point"):
        desk.give(cmd.SetScreen(mode="received"))
