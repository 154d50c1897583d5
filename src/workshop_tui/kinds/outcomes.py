"""What counting rules found, as blocks: the winner by each rule, who is put above whom, what was chosen together."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from workshop_tui.counting.methods import METHODS, Count, fitting
from workshop_tui.counting.outcome import Outcome, Round
from workshop_tui.counting.pairwise import Pairwise
from workshop_tui.counting.profiles import Approvals, Key, Number
from workshop_tui.domain.blocks import Matrix, MatrixRow, Option, Statement, ViewBlock
from workshop_tui.domain.honesty import listed
from workshop_tui.domain.plain_profiles import PlainProfile


def counted(profile: PlainProfile, leave_out: Collection[str] = ()) -> list[Outcome]:
    """What each rule that looks for one winner finds in these ballots.

    Args:
        profile: The ballots.
        leave_out: Rules that are not asked, by their names in `counting.methods.METHODS`.
    """
    count = Count(profile)
    names = [name for name in fitting(profile) if METHODS[name].finds == "one" and name not in leave_out]
    return [METHODS[name].count(count) for name in names]


def by_each_rule(options: Sequence[Option], outcomes: Sequence[Outcome]) -> tuple[ViewBlock, ...]:
    """Whether the winner would differ by other rules, in a sentence, and the winner by each, as a table.

    It is for the facilitator and the report: what a rule finds that was not declared decides nothing.

    Args:
        options: The options, in agenda order.
        outcomes: What the rules found, the declared one first; nothing is said of one rule alone.
    """
    if len(outcomes) < 2:
        return ()
    words = f"{_depends(options, outcomes)} Only the declared rule decides; it is the first one here."
    return (Statement(words), rule_table(options, outcomes))


def rule_table(options: Sequence[Option], outcomes: Sequence[Outcome]) -> Matrix:
    """The winner by each rule, and by how much it is ahead where that is one number."""
    rows = tuple(MatrixRow(_short(each.rule), (winner_words(options, each), amount(each.margin))) for each in outcomes)
    return Matrix("The winner by each rule", "Rule", ("Winner", "Ahead by"), rows)


def _short(rule: str) -> str:
    """A rule's name without what it does with cases that are told of only where they occur."""
    return re.split(r", (?!then)(?![^(]*\))", rule, maxsplit=1)[0]


def _depends(options: Sequence[Option], outcomes: Sequence[Outcome]) -> str:
    """Whether rules find different winners; a rule that knows no winner here does not count."""
    found = {frozenset(each.winners) for each in outcomes} - {frozenset()}
    common = frozenset.intersection(*found) if found else frozenset()
    if len(found) < 2:
        where = "" if all(each.winners for each in outcomes) else ", where they know one"
        return f"Counted by each of these rules{where}, the winner is the same."
    if common:
        named = listed([option.text for option in options if option.key in common])
        return f"Counted by each of these rules, {named} is at the top, by some of them in a tie with others."
    return "The winner depends on the rule: counted in other ways, the same answers have another winner."


def winner_words(options: Sequence[Option], outcome: Outcome) -> str:
    """Who won by a rule: one option, several that tie, or nobody."""
    won = [f"{option.key.upper()} {option.text}" for option in options if option.key in outcome.winners]
    return f"{'; '.join(won)}{' (tie)' if len(won) > 1 else ''}" if won else "nobody"


def amount(number: Number | None) -> str:
    """An exact number in words for a cell: "3", "2 1/2", or nothing where there is none."""
    if number is None:
        return ""
    whole, rest = divmod(number, 1)
    part = Fraction(rest)
    if not part:
        return f"{int(whole):,}"
    return f"{int(whole):,} {part}" if whole else str(part)


def rounds_table(options: Sequence[Option], outcome: Outcome) -> Matrix:
    """How a rule went that counts in rounds: everybody's votes in each, and when who was chosen or left."""
    rows = [MatrixRow(option.text, _through(option.key, outcome.rounds), option.key.upper()) for option in options]
    if any(one.exhausted for one in outcome.rounds):
        rows.append(MatrixRow("No longer counted", tuple(decimal(one.exhausted) for one in outcome.rounds)))
    numbers = tuple(f"R{number}" for number in range(1, len(outcome.rounds) + 1))
    return Matrix("Votes in each round, R1 being the first", "Answer", numbers, tuple(rows))


def _through(key: Key, rounds: Sequence[Round]) -> tuple[str, ...]:
    said = []
    for one in rounds:
        votes, mark = dict(one.figures).get(key), ""
        if key in one.elected:
            mark = " in"
        elif key in one.gone:
            mark = " out"
        said.append("" if votes is None else f"{decimal(votes)}{mark}")
    return tuple(said)


def decimal(number: Number) -> str:
    """Votes as people know them: whole, or with up to five decimals, cut off as the Scottish rules do."""
    steps = int(number * 100_000)
    return f"{steps // 100_000}.{steps % 100_000:05}".rstrip("0").rstrip(".") if steps % 100_000 else str(number)


def pairwise_table(options: Sequence[Option], table: Pairwise, title: str) -> Matrix:
    """How many people put the row above the column, and how many below: "17–12"."""
    return Matrix(
        title=title,
        corner="Answer",
        columns=tuple(option.key.upper() for option in options),
        rows=tuple(
            MatrixRow(one.text, tuple(_met(table, one.key, other.key) for other in options), one.key.upper())
            for one in options
        ),
    )


def _met(table: Pairwise, one: Key, other: Key) -> str:
    return "" if one == other else f"{table.beats[one, other]}–{table.beats[other, one]}"


def behind_table(options: Sequence[Option], unit: str, people: Mapping[Key, int], most: Mapping[Key, int]) -> Matrix:
    """How many people are behind the dots or points of each option, and the most that came from one of them."""
    return Matrix(
        title=f"Who is behind the {unit}",
        corner="Answer",
        columns=("people", "most from one"),
        rows=tuple(
            MatrixRow(option.text, (str(people[option.key]), str(most[option.key])), option.key.upper())
            for option in options
        ),
    )


def shared_table(options: Sequence[Option], approvals: Approvals, alone: Mapping[Key, int]) -> Matrix:
    """How many people chose both of two options, and how many chose only the one."""
    both = {(one.key, other.key): 0 for one in options for other in options}
    for chosen, people in approvals.items():
        for one in chosen:
            for other in chosen:
                both[one, other] += people
    return Matrix(
        title="How many people chose both",
        corner="Answer",
        columns=("only this", *(option.key.upper() for option in options)),
        rows=tuple(
            MatrixRow(
                one.text,
                (
                    str(alone[one.key]),
                    *("" if one == other else str(both[one.key, other.key]) for other in options),
                ),
                one.key.upper(),
            )
            for one in options
        ),
    )
