"""Counting again from the ballots, and saying whether it is the same."""

from __future__ import annotations

from msgspec.structs import replace

from tests.exports.workshops import Workshop, a_workshop, agenda
from workshop_tui.exports.recount import RecountLine, recount
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room.record import SessionRecord


def changed(record: SessionRecord, key: str, **change: object) -> list[RecountLine]:
    """A recount after something in the file was changed by hand."""
    rounds = tuple(replace(each, **change) if each.key == key else each for each in record.rounds)
    return recount(replace(record, rounds=rounds), KINDS)


def test_every_sealed_round_is_the_same_and_a_void_one_too() -> None:
    lines = recount(a_workshop().record(), KINDS)

    assert [(line.round, line.same) for line in lines] == [("i01.1", True), ("i01.2", True), ("i05.1", True)]
    assert ENGLISH.text(lines[0].words) == "Item 1, round 1 (declared void), “Which?”: same. 1 answer and 0 skipped."
    assert ENGLISH.text(lines[1].words) == "Item 1, round 2, “Which?”: same. 5 answers and 1 skipped."


def test_a_round_that_is_not_sealed_has_no_line() -> None:
    assert [line.round for line in recount(a_workshop(ended=False).record(), KINDS)] == ["i01.1", "i01.2"]
    assert recount(Workshop(agenda()).record(), KINDS) == []


def test_a_ballot_that_was_added_is_found() -> None:
    record = a_workshop().record()
    profile = {'{"option":"a"}': 3, '{"option":"b"}': 2, '{"option":"c"}': 1}

    line = changed(record, "i01.2", profile=profile)[1]

    assert not line.same
    assert "different from what was sealed. 6 answers now, 5 when sealed; 1 differ." in ENGLISH.text(line.words)


def test_a_ballot_that_was_moved_is_found_though_the_number_is_the_same() -> None:
    record = a_workshop().record()
    profile = {'{"option":"a"}': 1, '{"option":"b"}': 3, '{"option":"c"}': 1}

    assert not changed(record, "i01.2", profile=profile)[1].same


def test_a_skip_that_was_taken_away_is_found() -> None:
    assert not changed(a_workshop().record(), "i01.2", skipped=0)[1].same


def test_a_sealed_round_without_its_counts_is_not_called_the_same() -> None:
    line = changed(a_workshop().record(), "i01.2", sealed_profile=None, sealed_skipped=None)[1]

    assert not line.same
    assert "does not hold what was counted" in ENGLISH.text(line.words)


def test_a_ballot_that_nobody_can_read_is_told_and_not_raised() -> None:
    broken = {"{not json": 5}
    for profile in (broken, {'{"option":3}': 5}, {'{"option":"z"}': 5}):
        line = changed(a_workshop().record(), "i01.2", profile=profile, sealed_profile=profile)[1]

        assert not line.same
        assert "cannot be read" in ENGLISH.text(line.words)
