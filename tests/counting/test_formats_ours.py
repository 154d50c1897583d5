"""session.json of our own: every sealed round reads as it was exported, and an edited one is checked."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from msgspec.structs import replace

from tests.exports.workshops import a_workshop
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.funding import by_declared, by_shares
from workshop_tui.counting.methods import METHODS, Ballots
from workshop_tui.domain.plain_profiles import Approved, Candidate, Ordered, counts_of, lines_of
from workshop_tui.errors import InputError
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.messages import ENGLISH


@cache
def exported() -> bytes:
    return session_json(a_workshop().report(), ENGLISH)


def edited(path: str, value: object) -> bytes:
    """The file with one value changed; `path` such as "rounds.1.plain.lines"."""
    data = json.loads(exported())
    *parents, last = path.split(".")
    place = data
    for step in parents:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return json.dumps(data).encode()


def test_every_sealed_round_is_there_and_a_void_one_is_told() -> None:
    single, rank = read_ballots("session.json", exported())

    assert (single.key, single.title, rank.key) == ("i01.2", "Which?", "i05.1")
    assert isinstance(single.profile, Approved)
    assert counts_of(single.profile.lines) == {("a",): 2, ("b",): 2, ("c",): 1}
    assert isinstance(rank.profile, Ordered)
    assert [each.name for each in rank.profile.candidates] == ["One letter", "A named person"]
    assert [str(each) for each in single.oddities] == ["Round “i01.1” is not sealed and is left out."]


def test_equal_ballots_on_two_lines_are_added_up() -> None:
    single, _ = read_ballots("session.json", edited("rounds.1.plain.lines", [[2, ["a"]], [3, ["a"]]]))

    assert single.profile.lines == ((5, ("a",)),)


def test_points_for_places_begin_at_the_places_that_people_had_as_in_the_room() -> None:
    _, rank = read_ballots("session.json", exported())
    three = Ordered(
        candidates=tuple(Candidate(key, key.upper()) for key in "abcd"),
        lines=lines_of({(("a",),): 2, (("b",), ("a",)): 1, (("b",), ("c",)): 2}),
        places=2,
    )

    assert isinstance(rank.profile, Ordered)
    assert rank.profile.places == 2
    assert dict(METHODS["borda"].count(Ballots(three)).figures) == {"a": 5, "b": 6, "c": 2, "d": 0}
    wide = Ballots(replace(three, places=0))
    assert dict(METHODS["borda"].count(wide).figures) == {"a": 11, "b": 12, "c": 6, "d": 0}


def test_shares_are_raised_by_the_step_that_was_declared() -> None:
    plain = Approved(
        candidates=(Candidate("a", "A", 700), Candidate("b", "B", 900), Candidate("c", "C", 500)),
        lines=lines_of({("a", "b"): 3, ("c",): 2}),
        budget=1200,
        rule="equalshares/add20",
    )

    assert "shares raised by 20" in str(METHODS["equal-shares"].count(Ballots(plain)).rule)
    assert by_declared(plain) == by_shares(plain, step=20)
    assert by_declared(replace(plain, rule="equalshares")) == by_shares(plain, add_one=False)
    assert by_declared(replace(plain, rule="poznan")) is None


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("schema", "workshop-tui/session/2", "a later version of the program wrote it"),
        ("schema", "something else", "which is none of ours"),
        ("rounds", "no list", "this is no session.json of an export"),
        ("rounds", [], "it has no ballots of a sealed round that a counting rule could take"),
        ("rounds.1.plain.lines", [[1, ["z"]]], "a candidate that is not in its list"),
        ("rounds.1.plain.lines", [[1, ["a", "a"]]], "or is named twice"),
        ("rounds.1.plain.lines", [[0, ["a"]]], "a ballot with a count below 1"),
        ("rounds.1.plain.lines", [[-5, ["a"]]], "a ballot with a count below 1"),
        ("rounds.1.plain.lines", [[10**12, ["a"]]], "the lines add up to 1,000,000,000,000 ballots"),
        ("rounds.1.plain.candidates", [], "has no candidates"),
        ("rounds.1.plain.candidates", [{"key": "a", "name": "A"}] * 2, "two candidates of one key"),
        ("rounds.1.plain.candidates", [{"key": "a", "name": "A", "cost": -1}], "a negative amount of money"),
        ("rounds.1.plain.form", "feelings", "this is no session.json of an export"),
    ],
)
def test_an_edited_file_is_refused_with_what_is_wrong(path: str, value: object, expected: str) -> None:
    with pytest.raises(InputError, match=re.escape(expected)):
        read_ballots("session.json", edited(path, value))


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b'{"schema": 1}', b"null", b"\xff\xfe\x00"])
def test_what_is_no_json_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        read_ballots("session.json", content)


def test_names_in_an_edited_file_are_cleaned() -> None:
    hostile = [{"key": "a", "name": "A\x1b[2JB"}, {"key": "b", "name": "\x00"}, {"key": "c", "name": "C"}]

    single, _ = read_ballots("session.json", edited("rounds.1.plain.candidates", hostile))

    assert [each.name for each in single.profile.candidates] == ["A[2JB", "b", "C"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("votes.csv", "Please count session.json of the same export."),
        ("day.workshop", "Please export it first"),
        ("x.wmd", "a table of pairs and no ballots"),
        ("x.txt", "It reads PrefLib files"),
        ("noending", "It reads PrefLib files"),
    ],
)
def test_other_files_are_refused_with_what_to_do_instead(name: str, expected: str) -> None:
    with pytest.raises(InputError, match=re.escape(expected)):
        read_ballots(name, b"")


def test_a_session_without_a_sealed_round_is_not_told_to_be_mended() -> None:
    with pytest.raises(InputError) as refused:
        read_ballots("session.json", edited("rounds", []))

    assert "mend" not in str(refused.value)
