"""Reasons beside votes: they stand apart from the ballot, change with it, and are nobody's once the key is gone."""

from __future__ import annotations

from msgspec.structs import replace

from tests.sessions import Desk, an_agenda, item, options, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.deciding import Voted
from workshop_tui.domain.digests import digest_of

ONE = {"impact.a": "much_harder", "impact.a.why": "Two buses"}
BOTH = {**ONE, "impact.b": "bit_easier", "impact.b.why": "I work in the day"}


def asked(*people: str, again: bool = False) -> Desk:
    """The vote is open; with `again`, the same will be asked a second time."""
    items = [item(1, "Impact", kind="impact", options=options("One clinic", "Evenings"))]
    items += [Item("i02", "Again", 5, activity=Activity("impact", {}, again="Impact"))] if again else []
    desk = Desk(an_agenda(*items))
    desk.join(*people)
    desk.open("i01")
    desk.open_vote()
    return desk


def words(desk: Desk) -> list[str]:
    """Every reason of the round, in the order of the alphabet."""
    return sorted(row.body.split('"why":"')[1].split('"')[0] for row in desk.tables.reasons.kept("i01.1"))


def given(desk: Desk) -> list[ev.ReasonsGiven]:
    return [event for event in desk.events if isinstance(event, ev.ReasonsGiven)]


def test_the_ballot_that_is_counted_has_no_words_and_each_reason_is_a_row_of_its_own() -> None:
    desk = asked("ana")
    desk.answer("ana", BOTH)

    (choice,) = desk.tables.profile("i01.1")
    assert "buses" not in choice
    assert "work" not in choice
    assert words(desk) == ["I work in the day", "Two buses"]
    assert all(row.body.count('"row"') == 1 for row in desk.tables.reasons.kept("i01.1"))


def test_the_same_ballots_with_other_words_are_counted_together() -> None:
    desk = asked("ana", "ben")
    desk.answer("ana", ONE)
    desk.answer("ben", ONE | {"impact.a.why": "Ice"})

    assert list(desk.tables.profile("i01.1").values()) == [2]
    assert words(desk) == ["Ice", "Two buses"]


def test_a_change_takes_the_place_of_all_that_was_said_and_names_what_is_gone() -> None:
    desk = asked("ana", "ben")
    desk.answer("ana", BOTH)
    desk.answer("ben", ONE)
    first = {row.key for row in given(desk)[0].reasons}
    desk.answer("ana", {"impact.a": "much_harder", "impact.a.why": "Ice"})

    assert set(given(desk)[-1].gone) == first
    assert words(desk) == ["Ice", "Two buses"]


def test_an_answer_without_words_and_a_skip_clear_them_and_nothing_is_noted_where_there_were_none() -> None:
    desk = asked("ana", "ben")
    desk.answer("ana", ONE)
    desk.answer("ana", {"impact.a": "not_me"})
    assert words(desk) == []
    desk.answer("ana", ONE)
    desk.vote("ana", None)
    assert words(desk) == []

    before = len(given(desk))
    desk.answer("ben", {"impact.a": "not_me"})
    desk.vote("ben", None)
    assert len(given(desk)) == before == 4


def test_the_same_sending_counts_once_and_the_same_number_with_other_words_is_a_change() -> None:
    desk, number = asked("ana"), sid()
    desk.answer("ana", ONE, sid_=number)
    kept = desk.tables.reasons.kept("i01.1")

    # Made anew at the edge, the keys of the words differ each time; the words do not.
    assert desk.answer("ana", ONE, sid_=number) == Voted(1, again=True)
    assert desk.tables.reasons.kept("i01.1") == kept
    assert desk.answer("ana", ONE | {"impact.a.why": "Ice"}, sid_=number) == Voted(2)
    assert words(desk) == ["Ice"]


def test_a_vote_that_comes_late_brings_no_words_back() -> None:
    desk, number = asked("ana"), sid()
    desk.answer("ana", ONE, sid_=number)
    desk.answer("ana", {"impact.a": "not_me"})

    assert desk.answer("ana", ONE, sid_=number) == Voted(2, again=True)
    assert words(desk) == []


def test_with_the_key_goes_whose_they_are_and_which_are_of_one_person() -> None:
    desk = asked("ana", "ben")
    desk.answer("ana", BOTH)
    desk.answer("ben", ONE | {"impact.a.why": "Ice"})
    voters = {row.voter for row in desk.tables.reasons.kept("i01.1")}
    desk.give(cmd.Reveal())

    rows = desk.tables.reasons.kept("i01.1")
    assert len(voters) == 2
    assert {row.voter for row in rows} == {b""}
    assert [row.key for row in rows] == sorted(row.key for row in rows)
    assert words(desk) == ["I work in the day", "Ice", "Two buses"]


def test_as_long_as_the_same_will_be_asked_again_they_go_with_the_key_and_no_earlier() -> None:
    desk = asked("ana", again=True)
    desk.answer("ana", ONE)
    desk.give(cmd.Reveal())
    assert all(row.voter for row in desk.tables.reasons.kept("i01.1"))

    desk.open("i02")
    desk.open_vote()
    desk.answer("ana", ONE | {"impact.a.why": "In other words"})
    desk.give(cmd.Reveal())

    assert {row.voter for row in desk.tables.reasons.kept("i01.1")} == {b""}
    assert words(desk) == ["Two buses"]


def test_in_other_words_is_no_change_of_mind() -> None:
    people = tuple(f"p{n}" for n in range(12))
    desk = asked(*people, again=True)
    for person in people:
        desk.answer(person, ONE)
    desk.give(cmd.Reveal())
    desk.open("i02")
    desk.open_vote()
    for number, person in enumerate(people):
        desk.answer(person, ONE | {"impact.a.why": "Ice"} if number else {"impact.a": "not_me"})
    desk.give(cmd.Reveal())

    (compared,) = (event for event in desk.events if isinstance(event, ev.RoundsCompared))
    assert (compared.counts.both, compared.counts.changed) == (12, 1)


def test_the_journal_has_none_of_it() -> None:
    desk = asked("ana")
    desk.answer("ana", BOTH)
    desk.give(cmd.Reveal())
    desk.give(cmd.VoidRound(round="i01.1", reason="Wrong"))

    assert "buses" not in str([event for event in desk.events if isinstance(event, ev.JournalEvent)])
    assert "buses" not in str(desk.state)


def test_what_did_not_reach_the_disk_is_thrown_away_whole() -> None:
    desk = asked("ana")
    desk.answer("ana", ONE)
    kept = desk.tables.reasons.kept("i01.1")
    (event,) = given(desk)
    other = tuple(replace(row, key="f" * 32) for row in event.reasons)

    desk.tables.apply(replace(event, reasons=other, gone=tuple(row.key for row in kept)))
    desk.tables.apply(ev.RoundKeyDestroyed("i01.1"))
    assert desk.tables.reasons.kept("i01.1") == kept, "views read only what is on disk"
    desk.tables.rollback()
    desk.tables.commit()

    assert desk.tables.reasons.kept("i01.1") == kept
    assert desk.tables.reasons_by("i01.1", event.voter) == kept


def test_once_the_round_is_sealed_the_journal_can_tell_whether_a_reason_was_changed() -> None:
    desk = asked("ana", "ben")
    desk.answer("ana", BOTH)
    desk.answer("ben", ONE)
    desk.give(cmd.Reveal(salt=b"by chance"))

    rows = desk.tables.reasons.kept("i01.1")
    (sealed,) = [event for event in desk.events if isinstance(event, ev.RoundSealed)]
    assert len({row.salt for row in rows}) == 3
    assert dict(sealed.reasons) == {row.key: digest_of(row.salt, row.body) for row in rows}
    assert list(sealed.reasons) == sorted(sealed.reasons)
