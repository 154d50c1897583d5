"""Who people are here as: who may answer, what is kept of it, and when staff and public may be told apart."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from tests.sessions import Desk, an_agenda
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Agenda, Role
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.deciding import decide
from workshop_tui.domain.roles import WORDS, may_part, parted, roles_sentence
from workshop_tui.errors import AgendaError, BallotRejected, NoVoice, TooLate
from workshop_tui.kinds.registry import KINDS

HEAD = 'title = "T"\nstage = "plan"\n{roles}\n[[item]]\ntitle = "I"\nminutes = 5\n'


def asked(*roles: str) -> Agenda:
    return an_agenda(roles=roles or ("patient", "carer", "public", "staff", "observer"))


class Room(Desk):
    """A desk whose people have said who they are."""

    def come(self, role: str, *people: str) -> None:
        self.join(*people)
        for person in people:
            self.give(cmd.TellRole(person=person, role=role))

    def many(self, role: str, count: int, choice: str | None = "a") -> None:
        """So many people of one role, who all choose the same."""
        people = [f"{role}{choice}{n}" for n in range(count)]
        self.come(role, *people)
        for person in people:
            self.vote(person, choice)

    def parts(self) -> dict[str, dict[str, int]]:
        assert self.state.last_round is not None
        found = self.tables.tallies[self.state.last_round.key].parts
        return {
            segment: {msgspec.json.decode(choice)["option"]: n for choice, n in profile.items()}
            for segment, profile in found.items()
        }

    def segments(self) -> list[str]:
        assert self.state.last_round is not None
        return sorted(row.segment for row in self.tables.tallies[self.state.last_round.key].ballots.base.values())


@pytest.fixture
def room() -> Room:
    room = Room(asked())
    room.open("i01")
    room.open_vote()
    return room


# Who may answer. -------------------------------------------------------------------------------------


def test_nobody_votes_or_writes_before_saying_who_they_are(room: Room) -> None:
    room.join("ann")

    with pytest.raises(NoVoice, match="tell us first"):
        room.vote("ann", "a")
    room.open("i03", vote="keep")
    with pytest.raises(NoVoice, match="tell us first"):
        room.tell("ann", '{"parts":[],"level":"C2"}')

    room.give(cmd.TellRole(person="ann", role="carer"))
    room.vote("ann", "a", round_="i01.1")
    assert room.profile("i01.1") == {"a": 1}


def test_who_looks_on_votes_nowhere_and_sends_nothing(room: Room) -> None:
    room.come("observer", "olu")
    before = len(room.events)

    with pytest.raises(NoVoice, match="look on"):
        room.vote("olu", "a")
    with pytest.raises(NoVoice, match="look on"):
        room.vote("olu", None)
    for item in ("i03", "i04", "i06"):
        with pytest.raises(NoVoice, match="look on"):
            room.tell("olu", "{}", item_=item)

    assert len(room.events) == before


def test_a_room_that_asks_nobody_has_no_roles_and_no_groups() -> None:
    room = Room()
    room.join("ann")
    room.open("i01")
    room.open_vote()
    room.vote("ann", "a")

    assert room.parts() == {}
    assert room.tables.roles == {"": 1}
    with pytest.raises(BallotRejected):
        room.give(cmd.TellRole(person="ann", role="staff"))


def test_only_a_role_of_the_agenda_can_be_told() -> None:
    room = Room(asked("patient", "staff"))
    room.join("ann")

    for role in ("observer", "", "Staff", "x" * 5000):
        with pytest.raises(BallotRejected):
            room.give(cmd.TellRole(person="ann", role=role))

    assert room.tables.role("ann") == ""


def test_a_role_can_change_until_an_answer_stands_under_it(room: Room) -> None:
    room.come("staff", "ann")
    room.give(cmd.TellRole(person="ann", role="patient"))
    room.vote("ann", "a")

    with pytest.raises(TooLate, match="cannot change"):
        room.give(cmd.TellRole(person="ann", role="staff"))
    room.give(cmd.TellRole(person="ann", role="patient"))

    room.vote("ann", "b")
    assert room.parts() == {"public": {"b": 1}}
    room.give(cmd.CloseVote())
    with pytest.raises(TooLate, match="cannot change"):
        room.give(cmd.TellRole(person="ann", role="observer"))
    room.give(cmd.Reveal())
    # Nobody can tell any more whether this phone has voted.
    room.give(cmd.TellRole(person="ann", role="staff"))
    assert room.tables.role("ann") == "staff"


def test_no_role_is_told_after_the_end(room: Room) -> None:
    room.join("ann")
    room.give(cmd.EndWorkshop(confirm="END"))

    with pytest.raises(TooLate, match="ended"):
        room.give(cmd.TellRole(person="ann", role="staff"))


def test_the_journal_never_says_who_is_what(room: Room) -> None:
    room.come("staff", "ann")
    room.come("observer", "olu")
    room.vote("ann", "a")
    room.give(cmd.EndWorkshop(confirm="END"))

    journal = b"".join(msgspec.json.encode(event) for event in room.events if isinstance(event, ev.Journaled))

    assert b"staff" not in journal
    assert b"observer" not in journal
    assert b'"ann"' not in journal


# Who is in the base. ---------------------------------------------------------------------------------


def test_who_looks_on_is_not_among_those_who_could_have_answered(room: Room) -> None:
    room.come("staff", "ann", "bo")
    room.come("observer", "olu", "oz", "ofra")
    room.join("late")
    room.give(cmd.CloseVote())

    assert room.state.last_round is not None
    assert room.state.last_round.joined == 3
    assert room.tables.joined == 6
    assert room.tables.roles == {"staff": 2, "observer": 3, "": 1}


# What is counted apart, and until when. --------------------------------------------------------------


def test_the_whole_is_the_sum_of_the_groups_while_people_change_their_minds(room: Room) -> None:
    room.many("patient", 3, "a")
    room.many("carer", 2, "b")
    room.many("public", 1, "c")
    room.many("staff", 4, "a")
    room.vote("staffa0", "b")
    room.vote("staffa1", None)
    room.vote("patienta0", None)

    assert room.parts() == {"public": {"a": 2, "b": 2, "c": 1}, "staff": {"a": 2, "b": 1}}
    assert room.profile() == {"a": 4, "b": 3, "c": 1}
    assert room.tables.tallies["i01.1"].skipped == 2


@pytest.mark.parametrize(("public", "staff", "apart"), [(9, 40, False), (40, 9, False), (10, 10, True), (12, 0, False)])
def test_groups_stay_apart_only_where_both_have_ten_answers(room: Room, public: int, staff: int, apart: bool) -> None:
    room.many("patient", public, "a")
    room.many("staff", staff, "b")
    room.give(cmd.Reveal())

    assert bool(room.parts()) is apart
    assert set(room.segments()) == ({"public", "staff"} if apart else {""})
    assert room.profile() == {"a": public, "b": staff} if staff else {"a": public}


def test_a_skip_makes_no_group_large_and_is_in_none(room: Room) -> None:
    room.many("patient", 10, "a")
    room.many("staff", 9, "b")
    room.many("staff", 3, None)
    room.give(cmd.Reveal())
    assert (room.parts(), set(room.segments())) == ({}, {""})

    room.open_vote()
    room.many("public", 10, "c")
    room.many("staff", 10, "a")
    room.many("carer", 2, None)
    room.give(cmd.Reveal())
    assert room.segments() == ["", "", *["public"] * 10, *["staff"] * 10]


def test_a_kind_whose_answers_could_tell_whose_they_are_has_no_groups(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(KINDS["single"]), "has_groups", False)

    room.many("patient", 10, "a")
    room.many("staff", 10, "b")

    assert room.parts() == {}
    assert set(room.segments()) == {""}


def test_a_vote_in_the_same_breath_as_the_sealing_is_counted_in_its_group() -> None:
    """The room decides a whole batch before anything of it is folded in."""
    room = Room(asked())
    room.open("i01")
    room.open_vote()
    room.many("patient", 10, "a")
    room.many("staff", 9, "b")
    room.come("staff", "last")
    ballot = cmd.Cast(
        person="last", round="i01.1", choice='{"option":"c"}', submission_id="f" * 32, at=room.clock.now_ms()
    )
    for command in (ballot, cmd.Reveal(at=room.clock.now_ms())):
        for event in decide(room.state, command, room.tables, KINDS).events:
            if not isinstance(event, ev.Journaled):
                room.tables.apply(event)
    room.tables.commit()

    assert room.parts()["staff"] == {"b": 9, "c": 1}


def test_a_batch_that_did_not_reach_the_disk_leaves_groups_and_roles_as_they_were(room: Room) -> None:
    room.many("patient", 10, "a")
    room.many("staff", 9, "b")
    room.tables.apply(ev.RoleTold("patienta0", "observer"))
    room.tables.apply(ev.RoundKeyDestroyed("i01.1"))

    room.tables.rollback()

    assert room.tables.role("patienta0") == "patient"
    assert room.segments() == [*["public"] * 10, *["staff"] * 9]
    room.tables.commit()
    assert room.parts() != {}


def test_both_groups_must_be_large_and_named() -> None:
    assert may_part({"public": 10, "staff": 10})
    assert not may_part({"public": 10})
    assert not may_part({})
    assert parted({"public": {"a": 10}, "staff": {"a": 4, "b": 5}}) == {}
    assert list(parted({"staff": {"b": 10}, "public": {"a": 10}})) == ["public", "staff"]


def test_roles_are_said_as_counts() -> None:
    counts = {"staff": 1, "patient": 2, "observer": 1, "": 1}

    assert str(roles_sentence(("patient", "carer", "staff", "observer"), counts)) == (
        "2 patients, 1 staff, 1 looks on and 1 has not said."
    )
    assert str(roles_sentence(("patient", "staff"), {"": 3})) == "3 have not said."
    assert str(roles_sentence(("patient", "staff"), {"": 0})) == "Nobody has joined yet."
    assert str(roles_sentence((), {"": 3})) == ""


# The agenda. -----------------------------------------------------------------------------------------


def test_an_agenda_may_ask_for_roles() -> None:
    agenda = parse_agenda(HEAD.format(roles='roles = ["staff", "patient", "observer"]'), KINDS, file="a.toml")

    assert agenda.roles == ("staff", "patient", "observer")
    assert parse_agenda(HEAD.format(roles=""), KINDS, file="a.toml").roles == ()


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ('["staff", "patents"]', "Did you mean “patient”"),
        ('["staff"]', "at least two"),
        ('["staff", "staff"]', "twice"),
        ("[]", "must be a list of words"),
        ('"staff"', "must be a list of words"),
        ('["staff", 3]', "cannot have 3"),
        ('["staff", ["carer"]]', "cannot have a list"),
    ],
)
def test_a_wrong_list_of_roles_is_refused_with_the_nearest_word(roles: str, said: str) -> None:
    with pytest.raises(AgendaError, match=said):
        parse_agenda(HEAD.format(roles=f"roles = {roles}"), KINDS, file="a.toml")


def test_every_role_has_words_that_fit_a_phone() -> None:
    assert set(WORDS) == set(get_args(Role))
    assert all(len(str(words.choice)) <= 45 for words in WORDS.values())
