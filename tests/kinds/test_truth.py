"""Sentences of results are true: every kind, on results made by chance, against what the answers themselves say.

Nothing here asks the program for a count: bases, leaders, margins, words for parts and percentages are made again from
the answers. `make test` looks at some results of each kind, `make test-long` at 2,000.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from tests.counting import reference
from tests.kinds.said import said
from workshop_tui.domain.blocks import Option
from workshop_tui.kinds.approval import Approval, ApprovalConfig, Choices
from workshop_tui.kinds.dots import Dots, DotsConfig, DotVote
from workshop_tui.kinds.pairs.pairs import Pairs, PairsConfig, Preferred
from workshop_tui.kinds.rank.rank import Rank, RankConfig, Ranked
from workshop_tui.kinds.registry import KINDS
from workshop_tui.kinds.scale import Scale, ScaleConfig, Step
from workshop_tui.kinds.score.score import GivenScores, Score, ScoreConfig
from workshop_tui.kinds.single import OneChoice, Single, SingleConfig

RESULTS = pytest.mark.parametrize(
    "results",
    [
        pytest.param(60, id="some"),
        pytest.param(2_000, id="all", marks=[pytest.mark.long, pytest.mark.timeout(1_800)]),
    ],
)
WORDS = ("Bread", "Milk", "Eggs", "Salt")
OPTIONS = tuple(Option(key, words) for key, words in zip("abcd", WORDS, strict=True))
NAMED = dict(zip("abcd", WORDS, strict=True))

ONE_OF_MANY = re.compile(r"(?<!to )\b1 (?:people|points|dots|wins|draws|others|seats|places|phones|options|steps)\b")
MANY_OF_ONE = re.compile(r"(?<!\S)(?!1 )[\d,]+ (?:person|point|dot|win|draw|seat|phone)\b")
SHARE = re.compile(r"([\d,]+) of ([\d,]+) (?:person|people)(?: \(([^)]*)\))?")


def polls() -> list[str]:
    """The kinds that people vote by."""
    return [name for name, kind in KINDS.items() if hasattr(kind, "tally") and name != "form"]


def sentences(poll: Any, config: Any, profile: dict[Any, int]) -> list[str]:
    """All that a result says, to the room and behind it."""
    blocks = (*poll.show(config, poll.tally(config, profile)), *poll.details(config, profile))
    return [sentence for weight in ("plain", "caution", "private") for sentence in said(blocks, weight)]


def number(said_: str) -> int:
    return int(said_.replace(",", ""))


def part(count: int, base: int, narrower: bool) -> list[str]:
    """What may stand in the brackets behind a count: the word for it, and from 30 people on the percentage."""
    word = "half" if 2 * count == base else next(
        (word for below, word in ((Fraction(1, 5), "a few"), (Fraction(1, 2), "some"), (Fraction(4, 5), "most"))
         if Fraction(count, base) < below), "nearly all",
    )  # fmt: skip
    word = ("all of them" if narrower else "all who answered") if count == base else word
    whole = (Fraction(count * 100, base) + Fraction(1, 2)).__floor__()
    percent = (
        "less than 1%" if not whole and count else "more than 99%" if whole == 100 and count < base else f"{whole}%"
    )
    return [*([] if count <= 1 else [word]), *([percent] if base >= 30 else [])]


def check_shares(sentence: str, people: int) -> None:
    """Every count of people with its base."""
    for count, base, brackets in ((number(a), number(b), c) for a, b, c in SHARE.findall(sentence)):
        assert count <= base <= people, sentence
        allowed = {", ".join(part(count, base, narrower)) for narrower in (False, base < people)}
        assert brackets in allowed or f"only {count} of" in sentence, sentence


@RESULTS
@pytest.mark.parametrize("kind", polls())
def test_counts_words_percentages_and_plurals_of_every_kind_are_right(kind: str, results: int) -> None:
    chance, poll = random.Random(kind), KINDS[kind]
    example = poll.examples()
    ballots = [poll.bare(poll.read(example.config, answer)) for answer in example.answers]
    for _ in range(results):
        most = chance.choice((1, 2, 3, 9, 40, 400))
        profile = {ballot: people for ballot in ballots if (people := chance.randint(0, most))}
        people = sum(profile.values())
        for sentence in sentences(poll, example.config, profile):
            assert not ONE_OF_MANY.search(sentence), sentence
            assert not MANY_OF_ONE.search(sentence), sentence
            check_shares(sentence, people)
            if sentence.startswith("Only one person answered:"):
                assert people == 1, sentence
            if found := re.match(r"All (\d+) gave the same answer", sentence):
                # Under whose name, or with which words, is no part of the answer.
                assert (int(found[1]), len({poll.stance(ballot) for ballot in profile})) == (people, 1), sentence
                assert people < 10, sentence


def rooms(seed: str, results: int) -> Iterator[tuple[random.Random, int]]:
    chance = random.Random(seed)
    for _ in range(results):
        yield chance, chance.choice((1, 2, 3, 4, 5, 6, 8, 9, 12, 29, 30, 31, 100))


def listed(keys: list[str]) -> str:
    quoted = [f"“{NAMED[key]}”" for key in keys]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def leaders(counts: dict[str, int], unit: str) -> str:
    """What is to be said of who has the most, made from the counts alone; `unit` is what stands behind the number."""
    levels = sorted(set(counts.values()), reverse=True)
    first = [key for key in counts if counts[key] == levels[0]]
    said_ = f"{listed(first)} has the most: {levels[0]} of {unit}"
    if len(first) > 1:
        said_ = f"{listed(first)} tie for the most: each has {levels[0]} of {unit}"
    if len(levels) == 1:
        return said_
    second = [key for key in counts if counts[key] == levels[1]]
    fewer = f" ({levels[0] - levels[1]} fewer)" if len(first) == 1 else ""
    if not levels[1]:
        return f"{said_}| Nobody chose anything else."
    if len(second) > 1:
        return f"{said_}| Next, tied: {listed(second)}, with {levels[1]} each{fewer}."
    return f"{said_}| Next is {listed(second)}, with {levels[1]}{fewer}."


def check_leaders(sentence: str, counts: dict[str, int], unit: str) -> None:
    begins, _, ends = leaders(counts, unit).partition("|")
    assert sentence.startswith(begins), (sentence, counts)
    assert sentence.endswith(ends), (sentence, counts)


@RESULTS
def test_who_has_the_most_of_one_choice_or_several_is_true(results: int) -> None:
    for chance, people in rooms("choices", results):
        one = [chance.choice("abcd"[: chance.randint(1, 4)]) for _ in range(people)]
        some = [tuple(sorted(chance.sample("abcd", chance.randint(1, 3)))) for _ in range(people)]
        singles = sentences(Single(), SingleConfig(options=OPTIONS), dict(Counter(map(OneChoice, one))))
        several = sentences(Approval(), ApprovalConfig(options=OPTIONS), dict(Counter(map(Choices, some))))
        unit = f"{people} {'person' if people == 1 else 'people'}"
        counts = {key: one.count(key) for key in "abcd"}

        check_leaders(singles[0], counts, unit)
        check_leaders(several[0], {key: sum(key in each for each in some) for key in "abcd"}, unit)
        against = people - sum(count for count in counts.values() if count == max(counts.values()))
        told = [each for each in singles if "chose something else than" in each]
        assert bool(told) is (bool(against) and 2 * max(counts.values()) <= people), (counts, singles)
        assert all(each.startswith(f"{against} of {people} ") for each in told), (counts, told)
        whole = {(Fraction(100 * count, people) + Fraction(1, 2)).__floor__(): count for count in counts.values()}
        if people >= 30 and all(percent or not count for percent, count in whole.items()) and people not in whole:
            adds = sum((Fraction(100 * count, people) + Fraction(1, 2)).__floor__() for count in counts.values()) == 100
            assert any("do not add up" in each for each in singles) is not adds, counts


@RESULTS
def test_middle_scores_and_whom_they_come_from_are_true(results: int) -> None:
    config = ScoreConfig(options=OPTIONS, rule="median")
    for chance, people in rooms("scores", results):
        given = [
            {key: chance.randint(0, 5) for key in "abcd" if chance.random() < 0.7} or {"a": 3} for _ in range(people)
        ]
        profile = Counter(GivenScores(tuple(sorted(each.items()))) for each in given)
        sentence = sentences(Score(), config, dict(profile))[0]
        graded = reference.grades_of("abcd", given)
        middles = {key: grades[(len(grades) - 1) // 2] for key, grades in graded.items()}
        first = [key for key in "abcd" if middles.get(key) == max(middles.values())]
        bases = [len(graded[key]) for key in first]
        each = [f"{base} {'person' if base == 1 else 'people'}" for base in bases]
        from_ = each[0] if len(set(bases)) == 1 else f"{', '.join(each[:-1])} and {each[-1]}"
        verb = "has" if len(first) == 1 else "tie for"

        assert sentence.startswith(
            f"{listed(first)} {verb} the highest middle answer: {max(middles.values())}, from {from_}."
        ), (sentence, given)


@RESULTS
def test_the_middle_of_a_scale_and_its_most_given_answer_are_true(results: int) -> None:
    for chance, people in rooms("scale", results):
        steps = sorted(chance.randint(0, 3) for _ in range(people))
        told = sentences(Scale(), ScaleConfig(labels=WORDS), dict(Counter(Step(step + 1) for step in steps)))
        low, high = steps[(people - 1) // 2], steps[people // 2]

        middle = f"is “{WORDS[low]}”" if low == high else f"between “{WORDS[low]}” and “{WORDS[high]}”"
        assert middle in told[0], (steps, told)
        counts = {key: steps.count(at) for at, key in enumerate("abcd")}
        check_leaders(told[1], counts, f"{people} {'person' if people == 1 else 'people'}")


@RESULTS
def test_the_last_round_of_a_run_off_is_true(results: int) -> None:
    config = RankConfig(options=OPTIONS, rule="irv")
    for chance, people in rooms("run-off", results):
        orders = [tuple(chance.sample("abcd", chance.randint(1, 4))) for _ in range(people)]
        sentence = sentences(Rank(), config, dict(Counter(map(Ranked, orders))))[0]
        winners, lasts = reference.run_off("abcd", [[(key,) for key in order] for order in orders], "wait")
        numbers = {(won, lost) for (_, won), (_, lost) in lasts}
        names, others = listed(sorted(winners)), sorted({other for _, (other, _) in lasts})
        if len(winners) > 1:
            begins = f"{names} tie, by the orders of {people} "
        elif len(numbers) > 1:
            begins = f"{names} wins in whatever order the others leave"
        else:
            ((won, lost),) = numbers
            begins = f"{names} wins the last round, {won} to {lost} people"
            assert f"({won - lost} fewer)" in sentence
            assert all(f"“{NAMED[other]}”" in sentence for other in others), (sentence, orders)
        assert sentence.startswith(begins), (sentence, orders)


@RESULTS
def test_wins_draws_and_the_closest_pair_are_true(results: int) -> None:
    config = PairsConfig(options=OPTIONS[:3])
    sides = [("a", "b"), ("a", "c"), ("b", "c")]
    for chance, people in rooms("pairs", results):
        given = [
            tuple(sorted(pair if chance.random() < 0.5 else pair[::-1] for pair in sides if chance.random() < 0.8))
            or (("a", "b"),)
            for _ in range(people)
        ]
        sentence = sentences(Pairs(), config, dict(Counter(map(Preferred, given))))[0]
        votes = Counter(pair for each in given for pair in each)
        lead = {(one, other): votes[one, other] - votes[other, one] for one in "abc" for other in "abc" if one != other}
        record = {
            one: (sum(lead[one, o] > 0 for o in "abc" if o != one), sum(lead[one, o] == 0 for o in "abc" if o != one))
            for one in "abc"
        }
        halves = {key: 2 * wins + draws for key, (wins, draws) in record.items()}
        first = [key for key in "abc" if halves[key] == max(halves.values())]
        wins, draws = record[first[0]]

        assert sentence.startswith(listed(first)), (sentence, votes)
        assert (" tie" in sentence) is (len(first) > 1), (sentence, votes)
        assert f"the answers of {people} " in sentence
        if len({record[key] for key in first}) == 1:
            told = f"wins against {wins} and draws with {draws}" if draws else f"wins against {wins} of 2 others"
            assert told in sentence, (sentence, votes)
        for ahead, behind, fewer in re.findall(r"pair is with “\w+”: (\d+) to (\d+) people \((\d+) fewer\)", sentence):
            other = min((o for o in "abc" if o != first[0]), key=lambda o: lead[first[0], o])
            assert (int(ahead), int(behind)) == (votes[first[0], other], votes[other, first[0]])
            assert int(ahead) - int(behind) == int(fewer) > 0


@RESULTS
def test_dots_are_counted_as_they_were_placed(results: int) -> None:
    config = DotsConfig(options=OPTIONS, dots=3, max_per_item=3)
    for chance, people in rooms("dots", results):
        placed = [Counter(chance.choice("abcd") for _ in range(chance.randint(1, 3))) for _ in range(people)]
        profile = Counter(Dots(tuple(sorted(each.items()))) for each in placed)
        total = sum(sum(each.values()) for each in placed)
        counts = {key: sum(each[key] for each in placed) for key in "abcd"}
        unit = f"{total} {'dot' if total == 1 else 'dots'} from {people} {'person' if people == 1 else 'people'}"

        check_leaders(sentences(DotVote(), config, dict(profile))[0], counts, unit)
