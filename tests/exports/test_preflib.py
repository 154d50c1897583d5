"""Rounds as PrefLib and Pabulib files: other people's readers find what our own ballots say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pabulib.checker import Checker
from preflibtools.instances import CategoricalInstance, OrdinalInstance

from tests.cases import hostile_inputs
from tests.exports.workshops import a_workshop
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.funding import by_declared
from workshop_tui.domain.activity import Poll
from workshop_tui.domain.plain_profiles import (
    Approved,
    Candidate,
    Ordered,
    PlainProfile,
    Pointed,
    Scored,
    lines_of,
    voters,
)
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import InputError
from workshop_tui.exports.files import export
from workshop_tui.exports.formats.ballot_files import pabulib_files, preflib_files
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.exports.report import Report
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

NAMES = ("Bus; tram", "Night buses, all week", "The bridge", "# Nothing", "{Paths}: more", '“Läufe” and "runs"')


@cache
def report() -> Report:
    return a_workshop().report()


def candidates(count: int, costs: tuple[int, ...] = ()) -> tuple[Candidate, ...]:
    return tuple(Candidate(chr(97 + n), NAMES[n], costs[n] if costs else 0) for n in range(count))


def asking(profile: PlainProfile, **extra: object) -> Report:
    """A report with one sealed round of these ballots."""
    sealed = next(each for each in report().rounds if each.status == "sealed")
    round_ = replace(sealed, plain=profile, **{"answered": voters(profile), "key": "i04.1", **extra})
    return replace(report(), rounds=(round_,))


def orders(count: int = 4) -> st.SearchStrategy[Ordered]:
    """Orders with ties, some of them complete."""
    keys = [each.key for each in candidates(count)]

    def grouped(order: list[str], cuts: list[bool]) -> tuple[tuple[str, ...], ...]:
        groups: list[list[str]] = []
        for key, new in zip(order, cuts, strict=False):
            if new or not groups:
                groups.append([])
            groups[-1].append(key)
        return tuple(tuple(sorted(group)) for group in groups)

    one = st.builds(
        lambda order, size, cuts: grouped(order[:size], cuts),
        st.permutations(keys),
        st.integers(1, count),
        st.lists(st.booleans(), min_size=count, max_size=count),
    )
    return st.lists(st.tuples(one, st.integers(1, 30)), min_size=1, max_size=8).map(
        lambda given: Ordered(candidates=candidates(count), lines=lines_of(given))
    )


def choices(
    count: int = 5, least: int = 0, costs: tuple[int, ...] = (), **extra: object
) -> st.SearchStrategy[Approved]:
    keys = [each.key for each in candidates(count)]
    one = st.sets(st.sampled_from(keys), min_size=least).map(lambda chosen: tuple(sorted(chosen)))
    return st.lists(st.tuples(one, st.integers(1, 9)), min_size=1, max_size=8).map(
        lambda given: Approved(candidates=candidates(count, costs), lines=lines_of(given), **extra)
    )


def values(highest: int, least: int = 0, count: int = 4) -> st.SearchStrategy[tuple[tuple[int, tuple], ...]]:
    keys = [each.key for each in candidates(count)]
    one = st.dictionaries(st.sampled_from(keys), st.integers(least, highest)).map(
        lambda given: tuple(sorted(given.items()))
    )
    return st.lists(st.tuples(one, st.integers(1, 9)), min_size=1, max_size=8).map(lines_of)


def scores() -> st.SearchStrategy[Scored]:
    scale = tuple((n, str(n)) for n in range(6))
    return values(5).map(lambda lines: Scored(candidates=candidates(4), lines=lines, scale=scale))


def grades() -> st.SearchStrategy[Scored]:
    scale = tuple(enumerate(("Worse", "No difference", "Better")))
    return values(2, -2).map(
        lambda lines: Scored(
            candidates=candidates(4), lines=lines, scale=scale, aside=((-1, "Not me"), (-2, "I do not know yet"))
        )
    )


def only(files: Mapping[str, bytes]) -> tuple[str, bytes]:
    assert len(files) == 1
    return next(iter(files.items()))


def renamed(profile: PlainProfile) -> PlainProfile:
    """The profile with numbers for keys, as PrefLib names candidates."""
    number = {each.key: str(at) for at, each in enumerate(profile.candidates, 1)}

    def ballot(given: tuple) -> tuple:
        if isinstance(profile, Ordered):
            return tuple(tuple(sorted(number[key] for key in group)) for group in given)
        if isinstance(profile, Approved):
            return tuple(sorted(number[key] for key in given))
        return tuple(sorted((number[key], value) for key, value in given))

    return replace(
        profile,
        candidates=tuple(Candidate(str(at), each.name) for at, each in enumerate(profile.candidates, 1)),
        lines=lines_of((ballot(given), count) for count, given in profile.lines),
    )


FAST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FAST
@given(profile=orders())
def test_orders_are_what_preflibtools_reads_under_the_most_restrictive_type(tmp_path: Path, profile: Ordered) -> None:
    name, content = only(preflib_files(asking(profile), ENGLISH))
    path = tmp_path / name
    path.write_bytes(content)

    read = OrdinalInstance(str(path))

    number = {each.key: at for at, each in enumerate(profile.candidates, 1)}
    assert read.multiplicity == {
        tuple(tuple(sorted(number[key] for key in group)) for group in order): count for count, order in profile.lines
    }
    assert read.infer_type() == read.data_type == path.suffix[1:]
    assert list(read.alternatives_name.values()) == [each.name for each in profile.candidates]
    assert read.num_voters == voters(profile)
    assert read.num_unique_orders == len(profile.lines)


@FAST
@given(profile=st.one_of(choices(), scores(), grades()))
def test_categories_are_what_preflibtools_reads(tmp_path: Path, profile: Approved | Scored) -> None:
    name, content = only(preflib_files(asking(profile), ENGLISH))
    path = tmp_path / name
    path.write_bytes(content)

    read = CategoricalInstance(str(path))

    assert sum(read.multiplicity.values()) == read.num_voters == voters(profile)
    assert len(read.preferences) == read.num_unique_preferences == len(profile.lines)
    names = list(read.categories_name.values())
    assert all(len(ballot) == len(names) for ballot in read.preferences)
    if isinstance(profile, Approved):
        found = {tuple(sorted(chr(96 + n) for n in ballot[0])): n for ballot, n in read.multiplicity.items()}
        assert found == {ballot: count for count, ballot in profile.lines}
    else:
        words = dict(profile.scale) | {value: f"(outside the scale) {text}" for value, text in profile.aside}
        for count, ballot in profile.lines:
            said = {key: words[value] for key, value in ballot}
            places = [names.index(said.get(each.key, "(no answer)")) for each in profile.candidates]
            groups = tuple(tuple(n for n, at in enumerate(places, 1) if at == place) for place in range(len(names)))
            assert read.multiplicity[groups] == count


@FAST
@given(profile=st.one_of(orders(), choices(), scores(), grades()))
def test_our_own_reader_finds_the_same_profile_and_nothing_else_odd(
    profile: PlainProfile,
) -> None:
    (read,) = read_ballots(*only(preflib_files(asking(profile), ENGLISH)))

    assert read.profile == renamed(profile)
    expected = ("read as a scale", "puts several in one place")
    assert [odd.text for odd in read.oddities if not any(words in str(odd.text) for words in expected)] == []


def complaints(tmp_path: Path, name: str, content: bytes) -> tuple[dict[str, object], dict[str, object]]:
    """The errors and the warnings of pabulib-checker."""
    path = tmp_path / name
    path.write_bytes(content)
    said = Checker().process_files([str(path)])[path.stem]["results"]
    return (said.get("errors", {}), said.get("warnings", {})) if isinstance(said, dict) else ({}, {})


def wanted(profile: Approved) -> int:
    """What all would cost that anybody wants."""
    chosen = {key for _, ballot in profile.lines for key in ballot}
    return sum(each.cost for each in profile.candidates if each.key in chosen)


COSTS = (300, 400, 450, 500, 250)
"""All different: the checker gives up on two of the same cost and votes, even where both are bought."""


@FAST
@given(
    profile=st.one_of(
        *(choices(5, 1, COSTS, budget=1000, currency="GBP", rule=rule) for rule in ("greedy", "equalshares", "")),
        # The checker never comes back where all that anybody wants can be bought.
        choices(5, 1, COSTS, budget=900, rule="equalshares/add1").filter(lambda profile: wanted(profile) > 900),
        choices(5, 1, COSTS, budget=5000, rule="greedy"),
    )
)
def test_votes_on_a_budget_pass_the_checker_with_what_our_rule_buys(tmp_path: Path, profile: Approved) -> None:
    name, content = only(pabulib_files(asking(profile), ENGLISH))

    errors, warnings = complaints(tmp_path, name, content)
    (read,) = read_ballots(name, content)

    assert errors == {}, content.decode()
    assert "wrong meta fields order" not in warnings
    assert read.profile == profile
    assert read.oddities == ()
    outcome = by_declared(profile)
    expected = outcome.winners if outcome is not None and not outcome.tied else None
    assert (set(read.selected) if read.selected is not None else None) == (None if expected is None else set(expected))
    assert (expected is None) == ("rule;unknown" in content.decode())


@FAST
@given(lines=values(9, 1).filter(lambda lines: all(ballot for _, ballot in lines)))
def test_points_pass_the_checker_and_are_the_same_when_we_read_them(
    tmp_path: Path, lines: tuple[tuple[int, tuple], ...]
) -> None:
    profile = Pointed(candidates=candidates(4), lines=lines, total=36)
    name, content = only(pabulib_files(asking(profile), ENGLISH))

    errors, _ = complaints(tmp_path, name, content)
    (read,) = read_ballots(name, content)

    assert errors == {}, content.decode()
    assert read.profile == profile
    assert "each cost is 1" in content.decode()
    assert read.oddities == ()


def test_the_checker_finds_a_wrong_winner(tmp_path: Path) -> None:
    profile = Approved(
        candidates=candidates(3, (600, 500, 400)),
        budget=1000,
        rule="greedy",
        lines=lines_of({("a", "c"): 3, ("b",): 2}),
    )
    name, content = only(pabulib_files(asking(profile), ENGLISH))

    good, _ = complaints(tmp_path, name, content)
    bad, _ = complaints(tmp_path, name, content.replace(b"bridge;1", b"bridge;0"))

    assert good == {}
    assert bad != {}


def test_a_tie_that_the_rule_leaves_is_said_and_nothing_is_called_bought() -> None:
    profile = Approved(
        candidates=candidates(2, (600, 600)), budget=1000, rule="greedy", lines=lines_of({("a", "b"): 3})
    )

    _, content = only(pabulib_files(asking(profile), ENGLISH))

    assert "By the declared rule (greedy) a tie was left" in content.decode()
    assert "selected" not in content.decode()
    assert "rule;unknown" in content.decode()


def test_shares_raised_in_bigger_steps_have_no_name_in_the_format_and_are_told() -> None:
    lines = lines_of({("a", "b"): 3, ("c",): 2})
    profile = Approved(candidates=candidates(3, (700, 900, 500)), budget=1200, rule="equalshares/add20", lines=lines)

    _, content = only(pabulib_files(asking(profile), ENGLISH))

    assert "rule;unknown" in content.decode()
    assert "shares raised by 20 at a time" in content.decode()
    assert "project_id;cost;votes;name;selected" in content.decode()


def test_orders_stand_by_how_often_they_were_given() -> None:
    lines = lines_of({(("a",),): 1, (("b",),): 2, (("c",), ("a",)): 1})

    _, content = only(preflib_files(asking(Ordered(candidates=candidates(3), lines=lines)), ENGLISH))

    assert content.decode().splitlines()[-3:] == ["2: 2", "1: 1", "1: 3,1"]


def test_voters_have_running_numbers_over_sorted_ballots() -> None:
    lines = lines_of({("c",): 1, ("a", "b"): 2, ("a",): 1})
    profile = Approved(candidates=candidates(3, (1, 2, 3)), budget=4, rule="greedy", lines=lines)

    _, content = only(pabulib_files(asking(profile), ENGLISH))

    assert content.decode().split("VOTES\n")[1].splitlines() == ["voter_id;vote", "1;a", "2;a,b", "3;a,b", "4;c"]


def test_blank_and_skipped_answers_are_told_as_numbers_in_both_formats() -> None:
    lines = lines_of({("a",): 2, (): 3})
    budget = Approved(candidates=candidates(2, (1, 2)), budget=2, rule="greedy", lines=lines)
    order = Ordered(candidates=candidates(2), lines=lines_of({(("a",),): 2, (): 3}))

    _, pabulib = only(pabulib_files(asking(budget, skipped=4), ENGLISH))
    _, preflib = only(preflib_files(asking(order, skipped=4), ENGLISH))

    assert "5 answered and 4 skipped, of 6 phones. #3: 3 answers are blank" in pabulib.decode()
    assert "5 answered and 4 skipped, of 6 phones. 3 answers are blank" in preflib.decode()
    assert "# NUMBER VOTERS: 2" in preflib.decode()


@pytest.mark.parametrize("payload", [pytest.param(text, id=name) for name, text, _ in hostile_inputs.ALL])
def test_hostile_words_stay_one_line_each_and_read_back(tmp_path: Path, payload: str) -> None:
    # An agenda with a longer option cannot be read.
    payload = payload[:5000] or "x"
    text = clean_line(payload)
    plain = (Candidate("a", payload), Candidate("b", "Other"))
    order = Ordered(candidates=plain, lines=lines_of({(("a",), ("b",)): 2, (("b",),): 1}))
    budget = Approved(
        candidates=tuple(replace(each, cost=3) for each in plain), budget=4, rule="greedy", lines=lines_of({("a",): 2})
    )

    name, content = only(preflib_files(replace(asking(order, question=payload), title=payload), ENGLISH))
    pb = only(pabulib_files(replace(asking(budget, question=payload), title=payload), ENGLISH))

    assert content.decode().count("\n") == 12 + 2 + 2
    for (read,) in (read_ballots(name, content), read_ballots(*pb)):
        assert read.profile.candidates[0].name in (text[:200], "Alternative 1", "a")
        assert [count for count, _ in read.profile.lines] in ([2, 1], [2])


def test_they_are_written_only_when_they_are_asked_for(tmp_path: Path) -> None:
    record = a_workshop().record()

    usual = export(record, KINDS, tmp_path / "usual")
    preflib = export(record, KINDS, tmp_path / "preflib", ["preflib"])

    assert not [path for path in usual if path.name.startswith("round-")]
    assert [path.name for path in preflib] == ["round-i01.2.cat", "round-i05.1.soi"]
    with pytest.raises(InputError, match="No vote of this session can be written as pabulib"):
        export(record, KINDS, tmp_path / "pabulib", ["pabulib"])
    assert not (tmp_path / "pabulib").exists()


COUNTED = sorted(
    name
    for name, kind in KINDS.items()
    if isinstance(kind, Poll) and kind.plain_profile(kind.examples().config, {}) is not None
)


@pytest.mark.parametrize("kind", COUNTED)
def test_every_kind_that_can_be_counted_goes_into_one_format_and_comes_back(tmp_path: Path, kind: str) -> None:
    poll, example = KINDS[kind], KINDS[kind].examples()
    ballots = Counter(poll.read(example.config, fields) for fields in example.answers)
    profile = poll.plain_profile(example.config, ballots)
    report = asking(profile)

    words = [text for fields in example.answers for name, texts in fields.items() if ".why" in name for text in texts]
    assert not [text for text in words if text.strip() and text.encode() in msgspec.json.encode(profile)]
    files = preflib_files(report, ENGLISH) | pabulib_files(report, ENGLISH)
    assert files
    for name, content in files.items():
        (read,) = read_ballots(name, content)
        assert voters(read.profile) == sum(count for count, ballot in profile.lines if ballot)
        assert [odd.text for odd in read.oddities if "read as a scale" not in str(odd.text)] == []
        assert [each.name for each in sorted(read.profile.candidates, key=lambda each: each.key)] == [
            each.name for each in profile.candidates
        ]
        if name.endswith(".pb"):
            assert complaints(tmp_path, name, content)[0] == {}, content.decode()
        elif name.endswith(".cat"):
            (tmp_path / name).write_bytes(content)
            assert CategoricalInstance(str(tmp_path / name)).num_voters == voters(profile)
        else:
            (tmp_path / name).write_bytes(content)
            instance = OrdinalInstance(str(tmp_path / name))
            assert instance.infer_type() == instance.data_type == name.rpartition(".")[2]
    assert read_ballots("session.json", session_json(report, ENGLISH))[0].profile == profile


def test_a_void_round_and_one_that_is_not_sealed_are_in_no_file() -> None:
    profile = Ordered(candidates=candidates(2), lines=lines_of({(("a",),): 2}))

    for status in ("void", "open", "closed"):
        assert preflib_files(asking(profile, status=status), ENGLISH) == {}
        assert pabulib_files(asking(Pointed(candidates=candidates(2), lines=()), status=status), ENGLISH) == {}
