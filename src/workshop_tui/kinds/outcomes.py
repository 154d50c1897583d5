"""What counting rules found, as blocks: the winner by each rule, who is put above whom, what was chosen together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Final, Literal

from workshop_tui.counting.approvals import supporters
from workshop_tui.counting.methods import METHODS, Ballots, fitting, worth_telling
from workshop_tui.counting.outcome import CountingRound, Outcome
from workshop_tui.counting.pairwise import Pairwise
from workshop_tui.counting.profiles import Approvals, Key, Number, Scores
from workshop_tui.domain.blocks import Matrix, MatrixRow, Option, Statement, ViewBlock, Words
from workshop_tui.domain.honesty import listed
from workshop_tui.domain.plain_profiles import PlainProfile
from workshop_tui.messages import Figure, Listed, Message, Quoted, Verbatim, tr, trc

ANSWER: Final = tr("Answer")


def found_by_others(profile: PlainProfile, leave_out: Collection[str] = ()) -> list[Outcome]:
    """What each rule that looks for one winner finds in these ballots.

    Args:
        profile: The ballots.
        leave_out: Rules that are not asked, by their names in `counting.methods.METHODS`.
    """
    ballots = Ballots(profile)
    names = [name for name in fitting(profile) if METHODS[name].finds == "one"]
    outcomes = worth_telling([(name, METHODS[name].count(ballots)) for name in names])
    return [outcome for name, outcome in outcomes if name not in leave_out]


def by_each_rule(options: Sequence[Option], outcomes: Sequence[Outcome]) -> tuple[ViewBlock, ...]:
    """Whether the winner would differ by other rules, in a sentence, and the winner by each, as a table.

    It is for the facilitator and the report: what a rule finds that was not declared decides nothing.

    Args:
        options: The options, in agenda order.
        outcomes: What the rules found, the declared one first; nothing is said of one rule alone.
    """
    if len(outcomes) < 2:
        return ()
    decides = tr("Only the declared rule decides; it is the first one here.")
    return (Statement((_depends(options, outcomes), decides)), rule_table(options, outcomes))


def rule_table(options: Sequence[Option], outcomes: Sequence[Outcome]) -> Matrix:
    """The winner by each rule, and by how much it is ahead where that is one number."""
    rows = tuple(MatrixRow(each.name, (winner_words(options, each), amount(each.margin))) for each in outcomes)
    return Matrix(tr("The winner by each rule"), tr("Rule"), (tr("Winner"), tr("Ahead by")), rows)


def _depends(options: Sequence[Option], outcomes: Sequence[Outcome]) -> Message:
    """Whether rules find different winners; a rule that knows no winner here does not count."""
    found = {frozenset(each.winners) for each in outcomes} - {frozenset()}
    common = frozenset.intersection(*found) if found else frozenset()
    if len(found) < 2 and all(each.winners for each in outcomes):
        return tr("Counted by each of these rules, the winner is the same.")
    if len(found) < 2:
        return tr("Counted by each of these rules, where they know one, the winner is the same.")
    if common:
        return tr(
            "Counted by each of these rules, {names} is at the top, by some of them in a tie with others.",
            names=listed([option.words for option in options if option.key in common]),
        )
    return tr("The winner depends on the rule: counted in other ways, the same answers have another winner.")


def winner_words(options: Sequence[Option], outcome: Outcome) -> Words:
    """Who won by a rule: one option, several that tie, or nobody."""
    won = tuple(_lettered(option) for option in options if option.key in outcome.winners)
    if len(won) > 1:
        return tr("{names} (tie)", names=Listed(won))
    return won[0] if won else tr("nobody")


def _lettered(option: Option) -> Quoted:
    """The words of an option after its letter, as the screen has them."""
    words, letter = option.words, option.key.upper()
    others = tuple((language, f"{letter} {text}") for language, text in words.texts)
    return Quoted(f"{letter} {words.text}", words.language, others)


def amount(number: Number | None) -> Words:
    """An exact number for a cell: 3, "2 1/2", or nothing where there is none."""
    if number is None:
        return ""
    whole, rest = divmod(number, 1)
    part = Fraction(rest)
    if not part:
        return int(whole)
    return Verbatim(f"{int(whole)} {part}" if whole else str(part))


def rounds_table(options: Sequence[Option], outcome: Outcome) -> Matrix:
    """How a rule went that counts in rounds: everybody's votes in each, and when who was chosen or left."""
    rows = [MatrixRow(option.words, _through(option.key, outcome.rounds), option.key.upper()) for option in options]
    if any(one.exhausted for one in outcome.rounds):
        rows.append(MatrixRow(tr("No longer counted"), tuple(decimal(one.exhausted) for one in outcome.rounds)))
    numbers = tuple(
        trc("column of a round of counting", "R{number}", number=number) for number in range(1, len(outcome.rounds) + 1)
    )
    return Matrix(tr("Votes in each round, R1 being the first"), ANSWER, numbers, tuple(rows))


def _through(key: Key, rounds: Sequence[CountingRound]) -> tuple[Words, ...]:
    said: list[Words] = []
    for one in rounds:
        figure = dict(one.figures).get(key)
        if figure is None:
            said.append("")
        elif key in one.elected:
            said.append(trc("votes, and chosen in this round", "{votes} in", votes=decimal(figure)))
        elif key in one.gone:
            said.append(trc("votes, and left after this round", "{votes} out", votes=decimal(figure)))
        else:
            said.append(decimal(figure))
    return tuple(said)


def decimal(number: Number) -> int | Figure:
    """Votes as people know them: whole, or with up to five decimals, cut off as the Scottish rules do."""
    steps = int(number * 100_000)
    if not steps % 100_000:
        return int(number)
    return Figure(f"{steps // 100_000}.{steps % 100_000:05}".rstrip("0"))


def pairwise_table(options: Sequence[Option], table: Pairwise, title: Message) -> Matrix:
    """How many people put the row above the column, and how many below: "17–12"."""
    return Matrix(
        title=title,
        corner=ANSWER,
        columns=_letters(options),
        rows=tuple(
            MatrixRow(one.words, tuple(_met(table, one.key, other.key) for other in options), one.key.upper())
            for one in options
        ),
    )


def _met(table: Pairwise, one: Key, other: Key) -> Words:
    return "" if one == other else Verbatim(f"{table.beats[one, other]}–{table.beats[other, one]}")


def _letters(options: Sequence[Option]) -> tuple[Verbatim, ...]:
    return tuple(Verbatim(option.key.upper()) for option in options)


_BEHIND: Final = {"dots": tr("Who is behind the dots"), "points": tr("Who is behind the points")}


def behind_table(options: Sequence[Option], unit: Literal["dots", "points"], scores: Scores) -> Matrix:
    """How many people are behind the dots or points of each option, and the most that came from one of them."""
    people = supporters([option.key for option in options], scores)
    most = {option.key: max(dict(given).get(option.key, 0) for given in scores) for option in options}
    return Matrix(
        title=_BEHIND[unit],
        corner=ANSWER,
        columns=(tr("people"), tr("most from one")),
        rows=tuple(
            MatrixRow(option.words, (people[option.key], most[option.key]), option.key.upper()) for option in options
        ),
    )


def shared_table(options: Sequence[Option], approvals: Approvals) -> Matrix:
    """How many people chose both of two options, and how many chose only the one."""
    both = {(one.key, other.key): 0 for one in options for other in options}
    for chosen, people in approvals.items():
        for one in chosen:
            for other in chosen:
                both[one, other] += people
    return Matrix(
        title=tr("How many people chose both"),
        corner=ANSWER,
        columns=(tr("only this"), *_letters(options)),
        rows=tuple(
            MatrixRow(
                one.words,
                (
                    approvals.get((one.key,), 0),
                    *("" if one == other else both[one.key, other.key] for other in options),
                ),
                one.key.upper(),
            )
            for one in options
        ),
    )
