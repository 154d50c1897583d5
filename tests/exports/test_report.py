"""What a report says of a session, whatever file it is written to."""

from __future__ import annotations

from msgspec.structs import replace

from tests.exports.workshops import START, Workshop, a_workshop, agenda
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Bars, Statement
from workshop_tui.exports.building import build_report
from workshop_tui.exports.report import Report, RoundReport, ShownContribution
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH


def a_report(*, ended: bool = True) -> Report:
    return a_workshop(ended=ended).report()


def round_(report: Report, key: str) -> RoundReport:
    return next(each for each in report.rounds if each.key == key)


def test_the_report_carries_stage_status_and_what_could_change() -> None:
    report = a_report()

    assert str(report.stage_title) == "Community engagement to identify needs and aspirations"
    assert ENGLISH.text(report.status).endswith("There are first ideas. Nothing has been decided.")
    assert (report.can_change, report.cannot_change) == (("Letters", "Times"), ("The budget",))
    assert (report.phones, report.present) == (6, 12)


def test_planned_and_real_times_stand_side_by_side() -> None:
    items = {item.key: item for item in a_report().items}
    first, late = items["i01"], items["i03"]

    assert first.planned is not None
    assert first.planned.start == START
    assert first.opened_at == START + 4 * 60_000
    assert first.spent_ms == 12 * 60_000
    assert late.planned is not None
    assert late.planned.start == START + 25 * 60_000
    assert late.opened_at == START + 16 * 60_000


def test_skipped_added_edited_and_unreached_items_are_told_apart() -> None:
    items = {item.key: item for item in a_report().items}

    assert (items["i02"].status, items["i02"].reason) == ("skipped", "People wanted to go on")
    assert items["i09"].planned is None
    assert not items["i09"].edited
    assert items["i09"].number == 6
    quiz = items["i07"]
    assert quiz.edited
    assert quiz.planned is not None
    assert (quiz.planned.title, quiz.planned.minutes, quiz.title, quiz.minutes) == ("Quiz", 10, "Short quiz", 5)
    assert items["i08"].status == "planned"
    assert [item.edited for item in items.values()].count(True) == 1


def test_an_edit_does_not_move_what_was_planned() -> None:
    items = {item.key: item for item in a_report().items}

    assert items["i08"].planned is not None
    assert items["i08"].planned.start == START + 100 * 60_000


def test_a_sealed_round_has_its_base_its_changes_and_its_tie() -> None:
    second = round_(a_report(), "i01.2")

    assert (second.status, second.answered, second.skipped, second.joined, second.present) == ("sealed", 5, 1, 6, 12)
    assert second.changes == 2
    assert second.shown_to_room
    assert str(second.sentences[0]) == "5 of 12 people answered; 1 skipped."
    bars = next(block for block in second.result if isinstance(block, Bars))
    assert [ENGLISH.text(bar.label) for bar in bars.bars if bar.leads] == ["Phones", "Letters"]
    assert any(
        "tie for the most" in ENGLISH.text(block.text) for block in second.result if isinstance(block, Statement)
    )


def test_beside_each_bar_of_people_stands_how_many_that_is_in_words() -> None:
    bars = next(block for block in round_(a_report(), "i01.2").result if isinstance(block, Bars))

    assert bars.people == 5
    assert [(bar.value, [*map(str, bar.notes)]) for bar in bars.bars] == [(2, ["some"]), (2, ["some"]), (1, [])]


def test_a_void_round_stays_with_its_reason_and_its_result() -> None:
    first = round_(a_report(), "i01.1")

    assert (first.status, first.reason) == ("void", "The wrong question was read out")
    assert first.result
    assert not first.shown_to_room


def test_a_round_that_the_room_never_saw_is_in_the_report_and_marked() -> None:
    rank = round_(a_report(), "i05.1")

    assert rank.status == "sealed"
    assert not rank.shown_to_room
    assert rank.result
    assert rank.options == (("A", "One letter"), ("B", "A named person"))


def test_a_round_that_is_not_sealed_is_listed_without_ballots_or_result() -> None:
    rank = round_(a_report(ended=False), "i05.1")

    assert rank.status == "closed"
    assert (rank.answered, rank.result, rank.ballots) == (2, (), ())


def test_an_open_round_is_listed_without_ballots_or_result() -> None:
    day = Workshop(agenda())
    day.join("ana", "bo")
    day.open("i01")
    day.open_vote()
    day.vote("ana", "a")
    only = day.report().rounds[0]

    assert (only.status, only.answered, only.joined, only.result, only.ballots) == ("open", 1, 2, (), ())


def test_ballots_are_grouped_and_sorted_by_what_was_chosen() -> None:
    second = round_(a_report(), "i01.2")

    assert [(line.count, line.columns["choice"]) for line in second.ballots] == [(2, "a"), (2, "b"), (1, "c")]


def test_the_order_of_voting_leaves_no_trace() -> None:
    def voted(*choices: str) -> RoundReport:
        day = Workshop(agenda())
        day.join(*(f"p{n}" for n in range(len(choices))))
        day.open("i01")
        day.open_vote()
        for number, choice in enumerate(choices):
            day.vote(f"p{number}", choice)
        day.give(cmd.Reveal())
        return day.report().rounds[0]

    assert voted("a", "b", "c", "b") == voted("b", "c", "b", "a")


def test_notes_are_sorted_by_what_they_are_and_tied_to_their_item() -> None:
    report = a_report()

    assert [(note.text, note.item_number) for note in report.concerns] == [("Nobody asked the night staff", 1)]
    assert [(note.text, note.owner, note.due) for note in report.actions] == [
        ("Ring the school", "Facilitator", "2026-12-01")
    ]
    assert [note.text for note in report.promises] == ["A summary in three weeks"]
    assert [note.text for note in report.notes] == ["It was loud"]


def test_a_note_taken_back_is_not_in_the_report() -> None:
    day = a_workshop()
    day.give(cmd.DropNote(key=next(note.key for note in day.tables.notes if note.kind == "concern"), asked=True))

    assert day.report().concerns == ()


def test_the_report_is_as_of_the_last_journal_entry_and_not_of_the_export() -> None:
    day = a_workshop()
    before = day.report()
    day.pass_min(600)

    assert day.report() == before
    assert before.origin.as_of == day.record().journal[-1].at


def test_a_session_in_which_nothing_happened_has_a_report() -> None:
    report = Workshop(agenda()).report(start=False)

    assert report.started_at is None
    assert all(item.status == "planned" for item in report.items)
    assert all(item.planned is not None and item.planned.start is None for item in report.items)
    assert (report.rounds, report.stories.told, [each.told for each in report.words]) == ((), 0, [0])
    assert not report.origin.clock_known


def test_what_happened_first_does_not_decide_the_order_of_stories() -> None:
    def told(*words: str) -> Report:
        day = Workshop(agenda())
        day.join("ana")
        day.open("i03")
        for each in words:
            day.story("ana", each, "C2")
        return build_report(day.record(), KINDS, "session_report")

    def nameless(report: Report) -> list[ShownContribution]:
        return [replace(said, key="") for said in report.stories.shown]

    assert nameless(told("b", "a", "c")) == nameless(told("c", "b", "a"))
