"""What may tell who somebody is keeps a text from everybody until a person has decided it; decisions are undone."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from tests.domain.acts import NOTE
from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import Done
from workshop_tui.domain.redaction import Redaction
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.domain.state import Screen
from workshop_tui.errors import CommandRefused
from workshop_tui.kinds.registry import KINDS
from workshop_tui.limits import REPLACEMENT_LETTERS
from workshop_tui.room.quotes import is_for_room, quote_for_room
from workshop_tui.room.shelves import Shelf

TOLD = "Dr Prothero said no. 🙏🏽 Ring me on 07700 900142."
DOCTOR = (0, 11)
PHONE = (TOLD.index("0"), TOLD.index("0") + 12)


def a_desk() -> tuple[Desk, str]:
    """A story that names a doctor and a phone, and its key."""
    desk = Desk(
        an_agenda(
            item(1, "Told", kind="vignette"),
            item(2, "Ideas", kind="ideas"),
            item(3, "Choose", kind="single", options_from="ideas"),
            item(4, "Doors", kind="impact", options=options("East", "West")),
            item(5, "Questions", kind="questions"),
        )
    )
    desk.join("ana")
    desk.open("i01")
    body = json.dumps({"parts": [["what_happened", TOLD]], "level": "C3"}, ensure_ascii=False, separators=(",", ":"))
    desk.tell("ana", body, item_="i01", consent="C3")
    (row,) = desk.tables.all_contributions()
    return desk, row.key


def redact(
    desk: Desk, key: str, span: tuple[int, int], decision: str, words: str = "", place: str = "parts.0.1"
) -> None:
    command = cmd.Redact(contribution=key, place=place, start=0, end=0, decision="open", words=words)
    desk.give(replace(command, start=span[0], end=span[1], decision=decision))


def approve(desk: Desk, key: str) -> None:
    desk.give(cmd.Moderate(contribution=key, handling="approved"))


def read_by_the_room(desk: Desk, key: str) -> str | None:
    """The words that phones and screen get; None for none."""
    row = desk.tables.contribution(key)
    assert row is not None
    quote = quote_for_room(desk.state, KINDS, row, desk.tables.dealt)
    counted = sum(many for shelf, many in desk.tables.shelves.counts() if is_for_room(KINDS, shelf))
    assert counted == (quote is not None), "what is counted is what is shown"
    return None if quote is None else " ".join(said for _, said in quote.parts)


def test_a_text_with_something_open_cannot_be_approved_and_the_words_say_what_to_do() -> None:
    desk, key = a_desk()

    with pytest.raises(CommandRefused, match=r"2 pieces .* take each out, say it otherwise, or leave it as it is"):
        approve(desk, key)
    redact(desk, key, DOCTOR, "accepted")
    with pytest.raises(CommandRefused, match="1 piece of it"):
        approve(desk, key)
    redact(desk, key, PHONE, "dismissed")
    approve(desk, key)

    assert read_by_the_room(desk, key) == "[NAME] said no. 🙏🏽 Ring me on 07700 900142."


def test_each_decision_changes_what_is_read_and_the_text_stays_as_it_was_written() -> None:
    desk, key = a_desk()
    redact(desk, key, DOCTOR, "edited", " The \u202edoctor\n")
    redact(desk, key, PHONE, "accepted")
    approve(desk, key)

    assert read_by_the_room(desk, key) == "The doctor said no. 🙏🏽 Ring me on [PHONE]."
    row = desk.tables.contribution(key)
    assert row is not None
    assert TOLD in row.body
    assert [(each.start, each.end) for each in desk.tables.redactions(key)] == [DOCTOR, PHONE]


def test_a_decision_is_taken_back_and_done_again_and_the_screen_is_left_at_once() -> None:
    desk, key = a_desk()
    redact(desk, key, DOCTOR, "accepted")
    redact(desk, key, PHONE, "accepted")
    approve(desk, key)
    desk.give(cmd.SetScreen(mode="story", subject=key))

    redact(desk, key, PHONE, "open")
    assert desk.state.screen == Screen("question")
    assert read_by_the_room(desk, key) is None
    with pytest.raises(CommandRefused, match="1 piece of it"):
        desk.give(cmd.SetScreen(mode="story", subject=key))

    assert desk.give(cmd.Undo()).refusal == ""
    assert read_by_the_room(desk, key) == "[NAME] said no. 🙏🏽 Ring me on [PHONE]."
    assert desk.give(cmd.Redo()).refusal == ""
    assert read_by_the_room(desk, key) is None


def test_what_was_decided_by_somebody_else_since_is_not_taken_back() -> None:
    desk, key = a_desk()
    command = cmd.Redact(contribution=key, place="parts.0.1", start=0, end=11, decision="accepted", desk="mine")
    desk.give(command)
    desk.give(replace(command, decision="dismissed", desk="theirs"))

    answer = desk.give(cmd.Undo(desk="mine"))

    assert isinstance(answer, Done)
    assert answer.refusal
    assert [each.decision for each in desk.tables.redactions(key)] == ["dismissed"]


@pytest.mark.parametrize(
    ("span", "decision", "words", "why"),
    [
        ((0, 5), "accepted", "", "not there"),
        ((0, 999), "dismissed", "", "not there"),
        (DOCTOR, "edited", " \u200b", "Please type"),
        (DOCTOR, "edited", "Dr Prothero", "tell who somebody is too"),
        (DOCTOR, "edited", "x" * (REPLACEMENT_LETTERS + 1), "too long"),
        (DOCTOR, "open", "", "decided so already"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused_and_nothing_changes(span, decision, words, why) -> None:
    desk, key = a_desk()
    events = len(desk.events)

    with pytest.raises(CommandRefused, match=why):
        redact(desk, key, span, decision, words)

    assert len(desk.events) == events


def test_nobody_decides_about_words_that_are_for_the_facilitator_alone() -> None:
    desk = Desk(an_agenda(item(1, "Only for you", kind="private")))
    desk.join("ana")
    desk.open("i01")
    desk.tell("ana", json.dumps({"text": TOLD}), item_="i01", consent="C0")
    (row,) = desk.tables.all_contributions()

    with pytest.raises(CommandRefused, match="only for you"):
        redact(desk, row.key, DOCTOR, "accepted", place="text")


def test_other_words_are_looked_at_too_and_their_decisions_go_with_them() -> None:
    desk, key = a_desk()
    redact(desk, key, DOCTOR, "accepted")
    redact(desk, key, PHONE, "accepted")
    approve(desk, key)

    told = desk.give(cmd.Reword(contribution=key, words="Mrs Vane said no."))
    assert "Nobody else reads it until" in str(told.more[0])
    assert read_by_the_room(desk, key) is None
    redact(desk, key, (0, 8), "edited", "Somebody", place="*")
    assert read_by_the_room(desk, key) == "Somebody said no."

    desk.give(cmd.Reword(contribution=key, words="Mr A. Vane said no."))
    assert read_by_the_room(desk, key) is None
    desk.give(cmd.Reword(contribution=key, words=""))
    assert read_by_the_room(desk, key) == "[NAME] said no. 🙏🏽 Ring me on [PHONE]."


def test_a_reason_is_not_in_details_or_files_while_something_in_it_is_open() -> None:
    desk, _ = a_desk()
    desk.open("i04")
    desk.open_vote()
    desk.answer("ana", {"impact.a": "bit_harder", "impact.a.why": "Mr Vane of 9 Mill Road"})
    desk.give(cmd.Reveal())
    (row,) = desk.tables.reasons.kept("i04.1")
    poll, given = KINDS["impact"], [(row.key, row.body)]
    with pytest.raises(CommandRefused, match="2 pieces"):
        approve(desk, row.key)
    place = next(place for place, text in _texts(row.body) if "Vane" in text)

    redact(desk, row.key, (0, 7), "accepted", place=place)
    redact(desk, row.key, (11, 22), "accepted", place=place)
    approve(desk, row.key)
    (shown,), rest = desk.tables.dealt.reasons(poll, given, "session_report")
    assert "[NAME] of [ADDRESS]" in str(shown)
    assert rest.held == 0

    redact(desk, row.key, (0, 7), "open", place=place)
    shown, rest = desk.tables.dealt.reasons(poll, given, "session_report")
    assert (shown, rest.held) == ((), 1)


def _texts(body: str) -> list[tuple[str, str]]:
    from workshop_tui.domain.redaction import texts_in

    return list(texts_in(json.loads(body)))


def test_a_note_and_an_answer_that_name_somebody_wait_although_the_facilitator_wrote_them() -> None:
    desk, _ = a_desk()
    told = desk.give(replace(NOTE, text="Ask Mrs Vane."))
    assert "1 piece of it may tell who somebody is. Nobody else reads it until" in str(told.more[0])
    assert desk.give(replace(NOTE, key="n2", text="Ask them.")).more == ()
    desk.give(cmd.Undo())
    assert desk.tables.dealt.notes(desk.tables.notes, "session_report") == ()
    redact(desk, "n1", (4, 12), "accepted", place="")
    assert [each.text for each in desk.tables.dealt.notes(desk.tables.notes, "session_report")] == ["Ask [NAME]."]

    desk.open("i05")
    desk.tell("ana", '{"text":"How far is it?"}', item_="i05", consent="C2")
    question = list(desk.tables.all_contributions())[-1].key
    approve(desk, question)
    told = desk.give(cmd.MarkAnswered(contribution=question, words="Ask Mrs Vane.", owner="The ward"))
    assert "Nobody else reads it until" in str(told.more[0])
    noted = desk.tables.answer(question)
    assert desk.tables.dealt.answer(question, noted, "room_screen") == AnswerRow("", "")
    redact(desk, f"answer.{question}", (4, 12), "dismissed", place="")
    assert desk.tables.dealt.answer(question, noted, "room_screen") == noted
    desk.give(cmd.MarkAnswered(contribution=question, words="Ask Mr Vane.", owner=""))
    assert desk.tables.redactions(f"answer.{question}") == ()


def test_options_that_name_somebody_are_asked_about_and_kept_as_they_are_when_that_is_meant() -> None:
    desk, _ = a_desk()
    chosen = cmd.ChooseOptions(item="i03", options=())
    named = options_of("Ask Dr Prothero", "Ward 4 stays open", "Something else")

    with pytest.raises(CommandRefused, match="2 options may tell who somebody is"):
        desk.give(replace(chosen, options=named))
    desk.give(replace(chosen, options=named, as_they_are=True))

    each = desk.state.item("i03")
    assert each is not None
    assert each.options == named


def options_of(*texts: str):
    from workshop_tui.domain.blocks import Option

    return tuple(Option(key="abcdef"[n], text=text) for n, text in enumerate(texts))


def test_decisions_go_with_the_words_when_their_owner_takes_them_back() -> None:
    desk, key = a_desk()
    redact(desk, key, DOCTOR, "edited", "CANARY")

    desk.give(cmd.TakeBack(person="ana", contribution=key))

    assert desk.tables.redactions(key) == ()
    assert desk.tables.dealt.redactions == {}


def test_the_journal_says_that_something_was_decided_and_nothing_of_what() -> None:
    desk, key = a_desk()
    redact(desk, key, DOCTOR, "edited", "CANARY")

    (noted,) = [event for event in desk.events if isinstance(event, ev.TextRedacted)]
    assert noted.text == key
    assert "CANARY" not in repr(noted)


def test_a_text_that_was_approved_by_a_version_that_looked_for_nothing_waits() -> None:
    desk, key = a_desk()
    row = desk.tables.contribution(key)
    assert row is not None
    desk.tables.apply(ev.ModerationSet(key, "approved"))
    desk.tables.commit()

    assert read_by_the_room(desk, key) is None
    assert [shelf for shelf, _ in desk.tables.shelves.counts() if isinstance(shelf, Shelf) and shelf.is_open]


def test_who_decided_and_when_is_kept_with_each_decision() -> None:
    desk, key = a_desk()
    desk.give(cmd.Redact(contribution=key, place="parts.0.1", start=0, end=11, decision="accepted", desk="d1", at=77))

    (made,) = desk.tables.redactions(key)

    assert isinstance(made, Redaction)
    assert (made.by, made.replacement, made.sort) == ("d1", "[NAME]", "staff_name")
