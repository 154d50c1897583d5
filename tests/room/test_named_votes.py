"""A vote with names at the desk: nothing before it is closed, and then who moved since the first look."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes import FakeClock, MemoryStore
from tests.kinds.said import english
from tests.room.test_roles_at_the_desk import seen
from tests.sessions import a_room, an_agenda, an_info, item, options, parted, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Matrix, Quotes
from workshop_tui.domain.honesty import FIXED_LINE
from workshop_tui.exports.report import RoundReport
from workshop_tui.exports.rounds import rounds
from workshop_tui.kinds.panel.panel import Verdict
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.desk import round_details
from workshop_tui.room.record import RoundRecord, SessionRecord
from workshop_tui.room.results import round_result
from workshop_tui.room.room import Room

AGENDA = an_agenda(
    item(1, "First look", kind="panel", options=options("Red", "Blue"), evaluators=["Patient", "Nurse"]),
    item(2, "Second look", kind="panel", moderates="first look"),
)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = a_room(MemoryStore(an_info(AGENDA)), FakeClock())
    await room.start()
    for person in ("p", "n"):
        await room.submit(cmd.Join(person=person, token_hash=person.encode()))
    yield room
    await room.close()


async def score(room: Room, item_: str, **scores: int) -> None:
    """Open a vote and give Red a score as Patient ("p") and as Nurse ("n")."""
    await room.submit(cmd.OpenItem(item=item_))
    await room.submit(cmd.OpenVote(key=b"k" * 32))
    assert room.state.last_round is not None
    for person, given in scores.items():
        verdict = Verdict("e1" if person == "p" else "e2", (("a", given, f"Because of {given}."),))
        choice, reasons = parted(KINDS["panel"], verdict)
        await room.submit(
            cmd.Cast(
                person=person, round=room.state.last_round.key, choice=choice, submission_id=sid(), reasons=reasons
            )
        )


def reported(room: Room) -> tuple[RoundReport, ...]:
    """The rounds as a report has them."""
    kept = tuple(
        RoundRecord(
            key=each.key,
            profile=room.tables.profile(each.key),
            skipped=0,
            changes=0,
            sealed_profile=None,
            reasons=tuple((row.key, row.body) for row in room.tables.reasons.kept(each.key)),
        )
        for each in room.state.rounds
    )
    record = SessionRecord(
        info=room.info, state=room.state, journal=(), journal_head="", rounds=kept, contributions=(), notes=(),
        phones=2, dealt=room.tables.dealt,
    )  # fmt: skip
    return rounds(record, KINDS, "session_report")


async def approve(room: Room) -> None:
    """Let every reason be shown."""
    for row in room.tables.reasons.stored():
        await room.submit(cmd.Moderate(contribution=row.key, handling="approved"))


async def test_not_even_the_facilitator_can_peek_at_scores_with_names(room: Room) -> None:
    await score(room, "i01", p=4, n=2)

    assert seen(room, peek=True).result is None
    assert seen(room).round.answered == 2
    assert round_details(room).blocks == ()
    await room.submit(cmd.CloseVote())
    assert seen(room, peek=True).result is not None
    assert seen(room).result is None


async def test_the_desk_and_the_report_show_before_and_after(room: Room) -> None:
    await score(room, "i01", p=4, n=2)
    await room.submit(cmd.Reveal())
    await score(room, "i02", p=4, n=4)
    await room.submit(cmd.Reveal())

    table = round_details(room).blocks[0]
    assert isinstance(table, Matrix)
    cells = [(row.label, *row.cells) for row in english(table.rows)]
    assert cells == [("Patient", "4, kept", ""), ("Nurse", "2 → 4", "")]
    first, second = reported(room)
    assert second.details[0] == table
    assert "before" not in str(first.details)


async def test_reasons_stand_under_the_names_and_scores_they_were_given_for_and_in_no_ballot(room: Room) -> None:
    await score(room, "i01", p=4, n=2)
    await room.submit(cmd.CloseVote())
    assert "Because" not in str(round_details(room).blocks)
    await approve(room)
    closed = round_details(room).blocks
    await room.submit(cmd.Reveal())

    shown = round_details(room).blocks
    assert shown == closed == reported(room)[0].details
    (quotes,) = (block for block in shown if isinstance(block, Quotes))
    assert [quote.parts[0] for quote in english(quotes.quotes)] == [
        ("Patient: 4", "Because of 4."),
        ("Nurse: 2", "Because of 2."),
    ]
    assert "Because" not in str(room.tables.profile("i01.1"))


async def test_what_the_earlier_item_was_asked_later_changes_no_before(room: Room) -> None:
    for item_, given in (("i01", 2), ("i02", 3), ("i01", 5), ("i02", 5)):
        await score(room, item_, n=given)
        await room.submit(cmd.Reveal())

    reports = {each.key: each for each in reported(room)}
    cells = [str(reports[key].details[0].rows[1].cells[0]) for key in ("i02.1", "i02.2")]
    assert cells == ["2 → 3", "5, kept"]


async def test_a_first_look_that_was_declared_void_is_no_before(room: Room) -> None:
    await score(room, "i01", n=2)
    await room.submit(cmd.Reveal())
    await score(room, "i02", n=3)
    await room.submit(cmd.Reveal())
    await room.submit(cmd.VoidRound(round="i01.1", reason="The wrong bids were on the table."))

    assert round_details(room).blocks[0].rows[1].cells[0] == 3


async def test_those_who_are_not_on_the_panel_are_no_low_response(room: Room) -> None:
    await room.submit(cmd.SetPresent(people=24))
    await score(room, "i01", p=4, n=2)
    await room.submit(cmd.Reveal())
    assert room.state.last_round is not None

    said = round_result(room, room.state.last_round)[1]
    assert english(said) == ("2 of 24 people answered.", str(FIXED_LINE))
    assert reported(room)[0].sentences == said
