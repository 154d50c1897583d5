"""Notes are sorted, worded and tied; nothing is quoted, and nothing that goes stays behind."""

from __future__ import annotations

from itertools import count

import pytest
from msgspec.structs import replace

from tests.domain.acts import STORY, Scene
from tests.sayings import said
from tests.sessions import Desk, an_agenda, item
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import HandedIn
from workshop_tui.domain.deciding import Done, Kept
from workshop_tui.domain.points import Tie, TieKind
from workshop_tui.domain.registers import EntryRow
from workshop_tui.errors import CommandRefused, NotAllowed

NAMES = count(1)
LONG = '{"parts":[["what_happened","I rang the surgery nine times before anybody answered."]],"level":"C2"}'
REPEATED = "They rang the surgery nine times before it worked."


class Writing(Scene):
    """A day with a story of some length, and a line that was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.open("i03")
        kept = self.tell("ben", LONG)
        assert isinstance(kept, Kept)
        self.long = kept.key
        self.line = self.note("Long waits on the phone")

    def note(self, text: str, kind: cmd.NoteKind = "note") -> str:
        key = f"w{next(NAMES)}"
        self.give(cmd.AddNote(key=key, kind=kind, text=text))
        return key

    def sort(self, note: str, register: str = "point", **fields: str) -> str:
        return said(self.give(cmd.SortNote(note=note, register=register, fields=fields)))  # type: ignore[arg-type]

    def tie(self, note: str, kind: TieKind, *refs: str, tied: bool = True) -> str:
        return said(self.give(cmd.TieNotes(ties=tuple(Tie(note, kind, ref) for ref in refs), tied=tied)))

    def why_not(self, command: cmd.Command) -> str:
        with pytest.raises(CommandRefused) as refused:
            self.give(command)
        return str(refused.value)

    def why_not_tie(self, note: str, kind: TieKind, ref: str) -> str:
        return self.why_not(cmd.TieNotes(ties=(Tie(note, kind, ref),)))


@pytest.fixture
def desk() -> Writing:
    return Writing()


def test_a_line_is_sorted_said_more_of_and_put_back(desk: Writing) -> None:
    assert desk.sort(desk.line, asked="Ring back") == "sorted a line"
    assert desk.sort(desk.line, asked="Ring back", against="2") == "said more of a line"
    assert desk.tables.entry(desk.line) == EntryRow("point", {"asked": "Ring back", "against": "2"})

    desk.give(cmd.SortNote(note=desk.line, register=""))

    assert desk.tables.entry(desk.line) is None
    assert "no such field" in desk.why_not(cmd.SortNote(note=desk.line, register="point", fields={"x": "y"}))
    assert "no such note" in desk.why_not(cmd.SortNote(note="nothing", register="point"))


def test_a_concern_stays_one_keeps_its_words_and_is_its_owners_to_take_back(desk: Writing) -> None:
    key = desk.note("Nobody told the night staff", "concern")
    desk.sort(key, "concern", said_by="3")

    assert "stays a concern" in desk.why_not(cmd.SortNote(note=key, register="offer"))
    assert "words of concerns and tensions stay" in desk.why_not(cmd.RewriteNote(note=key, text="All is well"))
    assert "unless whoever said it" in desk.why_not(cmd.DropNote(key=key))
    desk.give(cmd.DropNote(key=key, asked=True))
    assert desk.tables.is_dropped(key)


def test_taking_back_that_a_concern_was_kept_needs_no_question(desk: Writing) -> None:
    key = desk.note("Nobody told the night staff", "concern")

    desk.give(cmd.Undo())

    assert desk.tables.is_dropped(key)


def test_many_lines_are_tied_to_many_things_at_once_and_untied_by_one_undo(desk: Writing) -> None:
    other = desk.note("Nobody rings back")
    desk.tie(other, "contribution", desk.long)
    ties = tuple(Tie(note, "contribution", ref) for note in (desk.line, other) for ref in (desk.story, desk.long))

    answer = desk.give(cmd.TieNotes(ties=(*ties, Tie(desk.line, "result", "i01.1"))))

    assert said(answer) == "tied 4 things to lines"
    assert desk.tables.ties(desk.line) == tuple(sorted((*ties[:2], Tie(desk.line, "result", "i01.1"))))
    desk.give(cmd.Undo())
    assert desk.tables.ties(desk.line) == ()
    assert desk.tables.ties(other) == (Tie(other, "contribution", desk.long),)
    desk.give(cmd.Redo())
    assert len(desk.tables.ties(desk.line)) == 3


def test_one_thing_that_does_not_fit_ties_nothing(desk: Writing) -> None:
    fits, not_there = Tie(desk.line, "contribution", desk.story), Tie(desk.line, "reason", "nothing")

    assert "not there any more" in desk.why_not(cmd.TieNotes(ties=(fits, not_there)))

    assert desk.tables.ties(desk.line) == ()


def test_nothing_rests_on_what_is_held_or_for_nobody_or_not_counted(desk: Writing) -> None:
    private = desk.tell("ben", STORY % "C0", consent="C0")
    assert isinstance(private, Kept)
    desk.give(cmd.Moderate(contribution=desk.story, handling="on_hold"))

    assert "held back" in desk.why_not_tie(desk.line, "contribution", desk.story)
    assert "for nobody else" in desk.why_not_tie(desk.line, "contribution", private.key)
    assert "counted for good" in desk.why_not_tie(desk.line, "result", "i05.1")
    assert "rest on itself" in desk.why_not_tie(desk.line, "note", desk.line)
    assert "No such point" in desk.why_not_tie(desk.line, "received", "nothing")


def test_words_of_a_story_are_refused_when_tying_and_when_wording_with_the_place(desk: Writing) -> None:
    quoting = desk.note(REPEATED)
    assert "“rang the surgery nine times before”" in desk.why_not_tie(quoting, "contribution", desk.long)

    desk.tie(desk.line, "contribution", desk.long)
    why = desk.why_not(cmd.RewriteNote(note=desk.line, text=REPEATED))
    assert "“rang the surgery nine times before”" in why
    assert desk.tables.note(desk.line).text == "Long waits on the phone"  # type: ignore[union-attr]

    assert said(desk.give(cmd.RewriteNote(note=desk.line, text="Ringing takes many tries"))) == (
        "gave a line other words"
    )


def test_words_of_a_story_are_refused_in_what_is_said_of_a_line_and_in_other_words_for_it_too(desk: Writing) -> None:
    quoting = desk.note("Nobody picks up")
    desk.sort(quoting, asked=REPEATED)
    assert "“rang the surgery nine times before”" in desk.why_not_tie(quoting, "contribution", desk.long)
    shown = desk.note("Nobody picks up at night")
    desk.give(cmd.Reword(contribution=shown, words=REPEATED))
    assert "“rang the surgery nine times before”" in desk.why_not_tie(shown, "contribution", desk.long)

    desk.sort(desk.line)
    desk.tie(desk.line, "contribution", desk.long)

    for command in (
        cmd.SortNote(note=desk.line, register="point", fields={"body": REPEATED}),
        cmd.Reword(contribution=desk.line, words=REPEATED),
    ):
        assert "“rang the surgery nine times before”" in desk.why_not(command)


def test_words_of_another_note_are_refused_too(desk: Writing) -> None:
    other = desk.note("They rang the surgery nine times before it worked at all")

    assert "stand in what it rests on" in desk.why_not_tie(desk.note(REPEATED), "note", other)


def test_a_tie_outlives_the_story_and_tells_that_it_is_gone(desk: Writing) -> None:
    desk.sort(desk.line)
    desk.tie(desk.line, "contribution", desk.long)

    desk.give(cmd.TakeBack(person="ben", contribution=desk.long))

    assert desk.tables.ties(desk.line) == (Tie(desk.line, "contribution", desk.long),)
    assert desk.tables.note(desk.line).text == "Long waits on the phone"  # type: ignore[union-attr]
    assert desk.tables.entry(desk.line) == EntryRow("point")


def test_a_point_that_nobody_tied_loses_the_words_that_go_and_keeps_its_own(desk: Writing) -> None:
    quoting, own = desk.note(f"So it was: {REPEATED}"), desk.note("It takes nine times before anybody answers here")
    desk.sort(quoting)
    desk.sort(own, asked="I rang the surgery nine times before anybody answered")

    desk.give(cmd.TakeBack(person="ben", contribution=desk.long))

    assert desk.tables.note(quoting).text == "So it was: They […] it worked."  # type: ignore[union-attr]
    assert desk.tables.note(own).text == "It takes nine times before anybody answers here"  # type: ignore[union-attr]
    assert desk.tables.entry(own) == EntryRow("point", {"asked": "[…]"})


def test_what_a_desk_could_bring_back_goes_with_the_words(desk: Writing) -> None:
    quoting = desk.note(REPEATED)
    desk.give(cmd.RewriteNote(note=quoting, text="Ringing takes many tries"))
    desk.sort(quoting)

    desk.give(cmd.TakeBack(person="ben", contribution=desk.long))

    assert "surgery" not in repr(desk.tables.undo(""))
    answer = desk.give(cmd.Undo())
    assert isinstance(answer, Done)
    assert desk.tables.is_dropped(quoting), "the step before those is the one that kept it"


def test_a_line_can_be_kept_in_its_register_at_once(desk: Writing) -> None:
    fields = {"who": "The carers' group", "body": "The board"}
    desk.give(cmd.AddNote(key="k1", kind="note", text="A room for quiet", register="offer", fields=fields))

    assert desk.tables.entry("k1") == EntryRow("offer", fields)
    desk.give(cmd.Undo())
    assert desk.tables.is_dropped("k1")
    assert desk.why_not(cmd.AddNote(key="k2", kind="note", text="x", register="cost", fields={"money": "much"}))
    assert not desk.tables.has_note("k2")


def test_a_helper_keeps_lines_and_does_not_write_them_up(desk: Writing) -> None:
    desk.give(cmd.AddNote(key="h1", kind="note", text="A line", who="helper"))
    for command in (
        cmd.SortNote(note="h1", register="point", who="helper"),
        cmd.TieNotes(ties=(Tie("h1", "contribution", desk.story),), who="helper"),
        cmd.RewriteNote(note="h1", text="Another", who="helper"),
    ):
        with pytest.raises(NotAllowed):
            desk.give(command)


def test_a_name_in_what_is_asked_is_told(desk: Writing) -> None:
    answer = desk.give(cmd.SortNote(note=desk.line, register="point", fields={"asked": "Ring Dr Prothero back"}))

    assert "may tell who somebody is" in said(answer)


def test_a_name_in_what_is_asked_is_decided_before_it_leaves(desk: Writing) -> None:
    desk.give(
        cmd.SortNote(note=desk.line, register="point", fields={"asked": "Ring Dr Prothero back", "body": "Board"})
    )
    asked = "field.asked"
    entry = desk.tables.entry(desk.line)
    assert entry is not None
    assert desk.tables.dealt.said_of(desk.line, entry) == ({"body": "Board"}, 1)

    desk.give(cmd.Redact(contribution=desk.line, place=asked, start=5, end=16, decision="accepted"))
    desk.tables.commit()
    assert desk.tables.dealt.said_of(desk.line, entry) == ({"asked": "Ring [NAME] back", "body": "Board"}, 0)

    desk.give(cmd.SortNote(note=desk.line, register="point", fields={"asked": "Ring Dr Prothero twice"}))
    assert desk.tables.redactions(desk.line) == (), "what was decided was about other words"


def test_what_is_said_in_the_journal_is_no_word(desk: Writing) -> None:
    desk.sort(desk.line, asked="Something nobody else says")
    desk.give(cmd.RewriteNote(note=desk.line, text="Other words that nobody else says"))

    from workshop_tui.domain import events as ev
    from workshop_tui.domain.journal import body_of

    journal = "".join(body_of(each) for each in desk.events if isinstance(each, ev.Journaled))
    assert "nobody else says" not in journal


def test_what_the_session_did_with_a_point_that_was_handed_to_it_is_noted_and_the_point_tied() -> None:
    handed = HandedIn(id="S1:n7", words="Long waits on the phone")
    desk = Desk(replace(an_agenda(item(1)), received=(handed,)))
    fields = {"point": "S1:n7", "status": "planned", "on": "2026-12-24"}

    desk.give(
        cmd.AddNote(key="r1", kind="note", text="A second line by the summer", register="received", fields=fields)
    )
    assert desk.tables.ties("r1") == (Tie("r1", "received", "S1:n7"),), "at once"

    assert desk.tables.entry("r1") == EntryRow("received", fields)
    with pytest.raises(CommandRefused, match="No such point"):
        desk.give(cmd.SortNote(note="r1", register="received", fields={**fields, "point": "S1:n8"}))
    with pytest.raises(CommandRefused, match="on which to ask again"):
        desk.give(cmd.SortNote(note="r1", register="received", fields={"point": "S1:n7", "status": "waiting"}))
