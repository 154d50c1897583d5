"""A reason beside a vote is taken back like a story: its words go, the vote stays and is counted as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.domain.test_taking_back import having, stored
from tests.sessions import Desk, an_agenda, an_info, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.errors import CommandRefused, TooLate
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.damage import passed_over
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import open_existing

WORDS = "qcanary two buses and then a very steep hill"
REWORDED = "qreworded it is much too far for one person"
OTHER = "I work in the day"
SALT = b"sixteen bytes of"
GONE = (b"qcanary", b"qreworded", b"steep hill", b"too far for")
SAID = {"impact.a": "much_harder", "impact.a.why": WORDS, "impact.b": "bit_easier", "impact.b.why": OTHER}


def a_vote(*, closed: bool = True) -> Desk:
    """Two people answered, one with two reasons; the desk has read one of them."""
    items = (
        item(1, "Impact", kind="impact", options=options("One clinic", "Evenings")),
        item(2, "Ideas", kind="ideas"),
    )
    desk = Desk(an_agenda(*items))
    desk.join("ana", "ben")
    desk.open("i01")
    desk.open_vote()
    desk.answer("ana", SAID)
    desk.answer("ben", {"impact.a": "much_harder"})
    if closed:
        desk.give(cmd.CloseVote())
        key = key_of(desk)
        desk.give(cmd.Reword(contribution=key, words=REWORDED, salt=SALT))
        desk.give(cmd.Moderate(contribution=key, handling="approved"))
        desk.give(cmd.AddNote(key="n1", kind="note", text=f"One said “{WORDS}”. Act on it.", salt=SALT))
    return desk


def key_of(desk: Desk, words: str = WORDS) -> str:
    return next(row.key for row in desk.tables.reasons.kept("i01.1") if words in row.body)


def words(desk: Desk) -> list[str]:
    return sorted(row.body.split('"why":"')[1].split('"')[0] for row in desk.tables.reasons.kept("i01.1"))


@pytest.mark.parametrize("way", ["phone", "desk", "desk, once it is counted"])
def test_no_byte_of_a_reason_that_is_taken_back_stays_in_the_file_its_log_or_a_copy(tmp_path: Path, way: str) -> None:
    desk = a_vote()
    if way == "desk, once it is counted":
        desk.give(cmd.Reveal(salt=SALT))
    store = stored(desk, tmp_path)
    if write := store.snapshot():
        write()
    store.copy_to(tmp_path / "for a report.workshop", ())
    before, key = len(desk.events), key_of(desk)
    assert all(having(tmp_path, each) for each in GONE)

    if way == "phone":
        desk.give(cmd.TakeBack(person="ana", contribution=key, salt=SALT))
    else:
        desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))
    store.commit(desk.events[before:], 2)

    assert [having(tmp_path, each) for each in GONE] == [[]] * len(GONE)
    store.close()
    assert [having(tmp_path, each) for each in GONE] == [[]] * len(GONE)
    assert having(tmp_path, OTHER.encode())


def test_the_vote_its_counts_and_the_other_reason_stay_and_the_file_says_the_same(tmp_path: Path) -> None:
    desk = a_vote()
    desk.give(cmd.Reveal(salt=SALT))
    profile, before = dict(desk.tables.profile("i01.1")), len(desk.events)
    store = stored(desk, tmp_path)
    desk.give(cmd.WithdrawWords(contribution=key_of(desk), salt=SALT))
    store.commit(desk.events[before:], 2)
    store.close()

    again = open_existing(store.path)
    read = passed_over(again.load(), desk.state, KINDS)
    again.close()
    record = read_record(store.path, kinds=KINDS)

    assert read.damage == ()
    assert record.rounds[0].profile == profile
    assert sum(profile.values()) == 2
    assert len(record.rounds[0].reasons) == 1
    assert words(desk) == [OTHER]
    assert [note.text for note in record.notes] == ["One said “[…]”. Act on it."]
    assert read.handlings == {}
    assert read.rewordings == {}


def test_what_is_rescued_afterwards_has_none_of_it_either(tmp_path: Path) -> None:
    desk = a_vote()
    before = len(desk.events)
    store = stored(desk, tmp_path)
    desk.give(cmd.WithdrawWords(contribution=key_of(desk), salt=SALT))
    store.commit(desk.events[before:], 2)

    store.path.rename(tmp_path / "taken away")
    store.rescue(desk.tables.stored(an_info(desk.state.agenda)))

    assert list(tmp_path.glob("rescued-*"))
    assert [having(tmp_path, each) for each in GONE] == [[]] * len(GONE)


def test_no_desk_can_take_a_step_back_that_holds_a_reason_which_is_gone() -> None:
    desk = a_vote()
    assert "qreworded" in repr(desk.tables.kept_steps(""))

    desk.give(cmd.WithdrawWords(contribution=key_of(desk), salt=SALT))

    assert "qreworded" not in repr(desk.tables.kept_steps(""))


def test_a_reason_that_goes_while_the_vote_is_open_leaves_no_line_and_the_vote_can_still_be_changed() -> None:
    desk = a_vote(closed=False)
    before = len(desk.events)

    desk.give(cmd.TakeBack(person="ana", contribution=key_of(desk), salt=SALT))
    assert not [event for event in desk.events[before:] if isinstance(event, ev.Journaled)]
    assert words(desk) == [OTHER]
    assert sum(desk.tables.profile("i01.1").values()) == 2

    desk.answer("ana", SAID | {"impact.a.why": "Ice"})
    assert words(desk) == [OTHER, "Ice"]


def test_a_sending_that_comes_again_late_does_not_bring_it_back() -> None:
    desk = a_vote(closed=False)
    cast = next(event for event in desk.events if isinstance(event, ev.ReasonsGiven))
    number, (choice, *_) = "f" * 32, desk.tables.profile("i01.1")
    reasons = tuple((row.key + "0", row.body) for row in cast.reasons)
    sending = cmd.Cast(person="ana", round="i01.1", choice=choice, submission_id=number, reasons=reasons)
    desk.give(sending)
    desk.give(cmd.TakeBack(person="ana", contribution=key_of(desk), salt=SALT))

    desk.give(replace(sending, reasons=tuple((key[:-1] + "1", body) for key, body in reasons)))

    assert words(desk) == [OTHER]


def test_nobody_takes_back_what_another_phone_gave_and_once_it_is_counted_no_phone_does() -> None:
    desk = a_vote()
    key, before = key_of(desk), len(desk.events)
    with pytest.raises(TooLate):
        desk.give(cmd.TakeBack(person="ben", contribution=key, salt=SALT))
    desk.give(cmd.Reveal(salt=SALT))
    assert desk.tables.reasons.kept("i01.1")[0].voter == b"", "unlinkable votes come first"
    with pytest.raises(TooLate):
        desk.give(cmd.TakeBack(person="ana", contribution=key, salt=SALT))

    assert not [event for event in desk.events[before:] if isinstance(event, ev.ReasonGone)]


def test_where_the_same_is_asked_again_a_reason_stays_a_phones_own_until_then() -> None:
    first = item(1, "Impact", kind="impact", options=options("One clinic", "Evenings"))
    desk = Desk(an_agenda(first, Item("i02", "Again", 5, activity=Activity("impact", {}, again="Impact"))))
    desk.join("ana")
    desk.open("i01")
    desk.open_vote()
    desk.answer("ana", SAID)
    desk.give(cmd.CloseVote())
    desk.give(cmd.Reveal(salt=SALT))

    desk.give(cmd.TakeBack(person="ana", contribution=key_of(desk), salt=SALT))

    assert words(desk) == [OTHER]


def test_a_desk_cannot_take_back_what_nobody_can_read_yet_or_what_is_gone() -> None:
    desk = a_vote(closed=False)
    key = key_of(desk)
    with pytest.raises(CommandRefused):
        desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))
    desk.give(cmd.CloseVote())
    desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))
    with pytest.raises(CommandRefused):
        desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))
