"""A form in a real file: once it is counted for good, no byte of it holds what one person answered together."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.sessions import an_agenda, an_info, item, sid
from tests.storage.test_second_time_kept import KEYS, PEOPLE, Runner, on_disk
from workshop_tui.domain import commands as cmd
from workshop_tui.exports.recount import recount
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.tables import Tables
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import create, open_existing

FIELDS = [{"label": "Age?", "options": ["Young", "Old"]}, {"label": "Carer?", "options": ["Yes", "No"]}]
RARE, OTHER = '{"given":[["q1","a"],["q2","b"]]}', '{"given":[["q1","b"],["q2","a"]]}'


def form_open(path: Path) -> Runner:
    """Two answered one way, nine the other way, one skipped; the vote is still open."""
    info = an_info(an_agenda(item(1, "Who", kind="form", fields=FIELDS)))
    runner = Runner(create(path, info, b"", b"s" * 32))
    runner.give(*(cmd.Join(person=each, token_hash=hashlib.sha256(each.encode()).digest()) for each in PEOPLE))
    runner.give(cmd.OpenItem(item="i01"), cmd.OpenVote(key=KEYS["i01"]))
    for number, person in enumerate(PEOPLE):
        choice = None if number == 11 else RARE if number < 2 else OTHER
        runner.give(cmd.Cast(person=person, round="i01.1", choice=choice, submission_id=sid()))
    return runner


@pytest.mark.parametrize(
    "last",
    [cmd.Reveal(), cmd.EndWorkshop(confirm="END"), cmd.VoidRound(round="i01.1", reason="Wrong form")],
    ids=["revealed", "ended", "void"],
)
def test_answers_of_one_person_are_in_no_byte_once_the_key_is_gone(tmp_path: Path, last: cmd.Command) -> None:
    path = tmp_path / "session.workshop"
    runner = form_open(path)
    assert RARE.encode() in on_disk(path)

    runner.give(*([] if isinstance(last, cmd.EndWorkshop) else [cmd.CloseVote()]), last)

    assert RARE.encode() not in on_disk(path)
    live = runner.tables.tallies["i01.1"]
    assert (live.answered, live.skipped, sum(live.profile.values())) == (11, 1, 11)
    runner.store.close()

    store = open_existing(path)
    again = Tables(store.load()).tallies["i01.1"]
    store.close()
    assert again.profile == live.profile
    assert '{"given":[["q1","a"],["q2","a"]]}' in again.profile
    assert all(line.same for line in recount(read_record(path), KINDS))


@pytest.mark.parametrize("how", ["revealed", "ended", "void"])
def test_a_copy_that_goes_on_takes_answers_apart_although_it_has_no_key(tmp_path: Path, how: str) -> None:
    source = tmp_path / "there"
    source.mkdir()
    runner = form_open(source / "session.workshop")
    path = tmp_path / "here" / "copy.workshop"
    path.parent.mkdir()
    runner.store.copy_to(path, ())
    runner.store.close()
    again = Runner(open_existing(path))

    if how != "ended":
        again.give(cmd.CloseVote(), cmd.Reveal() if how == "revealed" else cmd.VoidRound(round="i01.1", reason="Why"))
    if how != "void":
        again.give(cmd.EndWorkshop(confirm="END"))

    live = again.tables.tallies["i01.1"]
    again.store.close()
    assert RARE.encode() not in on_disk(path)
    assert RARE not in live.profile
    assert (live.answered, live.skipped, sum(live.profile.values())) == (11, 1, 11)
    assert all(line.same for line in recount(read_record(path), KINDS))


def test_a_counted_form_that_becomes_void_stays_as_it_was_counted(tmp_path: Path) -> None:
    path = tmp_path / "session.workshop"
    runner = form_open(path)
    runner.give(cmd.CloseVote(), cmd.Reveal())
    counted = dict(runner.tables.tallies["i01.1"].profile)

    runner.give(cmd.VoidRound(round="i01.1", reason="Wrong form"))

    assert runner.tables.tallies["i01.1"].profile == counted
    runner.store.close()
    assert all(line.same for line in recount(read_record(path), KINDS))
