"""A tally as lines for a terminal of 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from rich.cells import cell_len, set_cell_size

from workshop_tui.counting.funding import knows
from workshop_tui.counting.methods import METHODS, Finds, differ
from workshop_tui.counting.outcome import CountingRound, Outcome
from workshop_tui.counting.pairwise import Pairwise
from workshop_tui.counting.profiles import Key, Number
from workshop_tui.counting.tallying import Tally
from workshop_tui.domain.honesty import listed
from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, Pointed, Scored, voters
from workshop_tui.domain.text import clean_line
from workshop_tui.drawing.text import wrap
from workshop_tui.messages import (
    Amount,
    Figure,
    Message,
    Place,
    Sentences,
    Text,
    Translator,
    Verbatim,
    counted,
    tr,
    trc,
    trn,
)

WIDTH: Final = 80

MOST_FIGURES: Final = 6
"""How many candidates are listed with their numbers in one line of text."""

MOST_LABEL: Final = 30
"""Widest name in a table, in cells; a longer one is cut."""

Names = Mapping[Key, str]
"""The candidates' names by their keys, in the order of the file."""

_BALLOTS: Final = {
    Ordered: counted("{n} ballot (orders, {different} different).", "{n} ballots (orders, {different} different)."),
    Approved: counted("{n} ballot (choices, {different} different).", "{n} ballots (choices, {different} different)."),
    Pointed: counted("{n} ballot (points, {different} different).", "{n} ballots (points, {different} different)."),
    Scored: counted("{n} ballot (scores, {different} different).", "{n} ballots (scores, {different} different)."),
}
_GRADED: Final = ("median", "majority-judgment")
"""Rules whose figures are places on a scale."""


def tally_lines(name: str, found: Sequence[Tally], translator: Translator) -> list[str]:
    """Everything about a file, in lines of at most `WIDTH` cells without control codes.

    Args:
        name: The name of the file.
        found: Its votes.
        translator: Who says it.
    """
    return _Lines(translator).of(name, found)


class _Lines:
    """A tally as lines, in one language."""

    def __init__(self, translator: Translator) -> None:
        self._say = translator.text
        self._translator = translator

    def of(self, name: str, found: Sequence[Tally]) -> list[str]:
        lines = wrap(clean_line(name), WIDTH)
        lines += self._oddities(found[0])
        for each in found:
            lines += ["", *self._vote(each)]
        return lines

    def _wrapped(self, said: Text | Sentences, lead: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
        return wrap(self._say(said), width, lead, rest)

    def _number(self, figure: Number) -> str:
        said = _amount(figure)
        return self._translator.number(said) if isinstance(said, int) else self._translator.figure(said.value)

    def _oddities(self, found: Tally) -> Iterator[str]:
        if not found.file.oddities:
            yield from self._wrapped(tr("Nothing in this file is odd."))
            return
        yield from self._wrapped(tr("Odd in this file, and read all the same:"))
        for odd in found.file.oddities:
            first, *more = odd.words
            yield from self._wrapped(first, "  - ", "    ")
            for sentence in more:
                yield from self._wrapped(sentence, "    ", "    ")

    def _vote(self, found: Tally) -> Iterator[str]:
        profile = found.file.profile
        names = _names(profile)
        yield from self._wrapped(_heading(found))
        for sentence in _base(found):
            yield from self._wrapped(sentence)
        for name, outcome in found.outcomes:
            yield ""
            yield from self._outcome(name, outcome, names, profile)
        for _, why in found.left_out:
            yield ""
            yield from self._wrapped(why, "", "    ")
        for lead, sentence in (*_dependence(found, names), *_published(found, names)):
            yield from self._wrapped(sentence, lead, "    ") if lead else ["", *self._wrapped(sentence)]
        if found.table:
            yield ""
            yield from self._table(found.table, names)

    def _outcome(self, name: str, outcome: Outcome, names: Names, profile: PlainProfile) -> Iterator[str]:
        yield from self._wrapped(_winners(name, outcome, names), "", "    ")
        for sentence in (outcome.rule, *self._details(name, outcome, names, profile), *outcome.notes):
            yield from self._wrapped(sentence, "    ", "    ")
        if METHODS[name].steps and outcome.rounds:
            yield from (f"    {line}".rstrip() for line in self._rounds(outcome.rounds, names))

    def _details(self, name: str, outcome: Outcome, names: Names, profile: PlainProfile) -> Iterator[Sentences]:
        if outcome.tied:
            tied = _named(outcome.tied, names)
            yield tr("A tie is left: {names}. Nobody was picked among them.", names=tied)
        # Of rules that choose several the rounds or the cost tell more; of the Smith set the winners tell all.
        if METHODS[name].finds == "one" or name == "greedy":
            yield self._figures(name, outcome, names, profile)

    def _figures(self, name: str, outcome: Outcome, names: Names, profile: PlainProfile) -> tuple[Message, ...]:
        steps = METHODS[name].steps and bool(outcome.rounds)
        # How far ahead the winner is of the other is told of the round that decided.
        ordered = sorted(outcome.rounds[-1].figures if steps else outcome.figures, key=lambda each: -each[1])
        words = dict(enumerate(text for _, text in profile.scale)) if isinstance(profile, Scored) else {}

        def said(figure: Number) -> str:
            return f"“{words[int(figure)]}”" if name in _GRADED else self._number(figure)

        figures = ", ".join(f"{names[key]} {said(figure)}" for key, figure in ordered[:MOST_FIGURES])
        rest = max(len(ordered) - MOST_FIGURES, 0)
        if steps:
            last = tr("In the last round: {figures}.", figures=figures)
            if rest:
                last = trn(
                    "In the last round: {figures}, and {n} more.",
                    "In the last round: {figures}, and {n} more.",
                    rest,
                    figures=figures,
                )
            return (last, *self._ahead(name, outcome))
        more = trn("{figures}, and {n} more.", "{figures}, and {n} more.", rest, figures=figures)
        return (more if rest else tr("{figures}.", figures=figures), *self._ahead(name, outcome))

    def _ahead(self, name: str, outcome: Outcome) -> Iterator[Message]:
        """By how much the winner is ahead, where one number tells it."""
        if outcome.margin is None or outcome.margin <= 0:
            return
        ahead = _amount(outcome.margin)
        if name == "condorcet":
            yield tr("These are the numbers of others that each wins against.")
            yield tr("The winner's narrowest win is by {margin}.", margin=ahead)
        else:
            yield tr("Ahead by {margin}.", margin=ahead)

    def _rounds(self, rounds: Sequence[CountingRound], names: Names) -> list[str]:
        """The rounds as a table of candidates by rounds, and what happened in each."""
        steps = [dict(each.figures) for each in rounds]
        rows = [
            (name, [self._number(step[key]) if key in step else "-" for step in steps])
            for key, name in names.items()
            if any(key in step for step in steps)
        ]
        if any(each.exhausted for each in rounds):
            rows.append((self._say(tr("(for nobody any more)")), [self._number(each.exhausted) for each in rounds]))
        heads = [str(at) for at in range(1, len(rounds) + 1)]
        lines = _grid(self._say(trc("rounds of counting", "Round")), heads, rows, WIDTH - 4)
        for at, each in enumerate(rounds, 1):
            for sentence in _happened(at, each, names):
                lines += self._wrapped(sentence, width=WIDTH - 4)
        return lines

    def _table(self, table: Pairwise, names: Names) -> list[str]:
        """How many put the one in the row above the one in the column."""
        numbers = {key: str(at) for at, key in enumerate(table.candidates, 1)}
        rows = [
            (
                f"{numbers[one]} {names[one]}",
                ["-" if one == other else self._number(table.beats[one, other]) for other in table.candidates],
            )
            for one in table.candidates
        ]
        title = tr("Two at a time: how many put the one in the line above the one in the column")
        return [*self._wrapped(title), *_grid("", list(numbers.values()), rows, WIDTH)]


def _names(profile: PlainProfile) -> dict[Key, str]:
    """The candidates' names; those of the same name with their keys, which tell them apart."""
    often = Counter(each.name for each in profile.candidates)
    return {
        each.key: each.name if often[each.name] == 1 else f"{each.name} ({clean_line(each.key)})"
        for each in profile.candidates
    }


def _heading(found: Tally) -> Text:
    key, title = Verbatim(found.file.key), found.file.title
    if found.file.key and title:
        return tr("Round {key}: {title}", key=key, title=title)
    if found.file.key:
        return tr("Round {key}", key=key)
    return title or tr("(no title)")


def _base(found: Tally) -> Iterator[Message]:
    profile, file = found.file.profile, found.file
    yield _BALLOTS[type(profile)].of(voters(profile), different=len(profile.lines))
    yield trn("{n} candidate.", "{n} candidates.", len(profile.candidates))
    if file.blank:
        yield trn("{n} blank and not counted.", "{n} blank and not counted.", file.blank)
    if profile.budget:
        yield tr("A budget of {budget}.", budget=Amount(profile.budget, profile.currency, profile.decimals))
    if profile.rule == "unknown":
        yield tr("The file does not say by which rule money is spent.")
    elif profile.rule and knows(profile.rule):
        yield tr("Declared rule: {rule}.", rule=Verbatim(profile.rule))
    elif profile.rule:
        yield tr("Declared rule: {rule}. It is not known here, so it is not counted.", rule=Verbatim(profile.rule))


def _winners(name: str, outcome: Outcome, names: Names) -> Message:
    rule, finds = Verbatim(name), METHODS[name].finds
    if not outcome.winners:
        return tr("{rule}: none", rule=rule) if finds == "several" else tr("{rule}: nobody", rule=rule)
    won = _named(outcome.winners, names)
    if finds == "several" or len(outcome.winners) == 1:
        return tr("{rule}: {winners}", rule=rule, winners=won)
    if finds == "group":
        return tr("{rule}: one of {winners}", rule=rule, winners=won)
    return tr("{rule}: a tie: {winners}", rule=rule, winners=won)


def _happened(at: int, round_: CountingRound, names: Names) -> Iterator[Message]:
    if round_.elected and round_.gone:
        elected, gone = _named(round_.elected, names), _named(round_.gone, names)
        yield tr("Round {round}: {elected} elected; {gone} out.", round=at, elected=elected, gone=gone)
    elif round_.elected:
        yield tr("Round {round}: {elected} elected.", round=at, elected=_named(round_.elected, names))
    elif round_.gone:
        yield tr("Round {round}: {gone} out.", round=at, gone=_named(round_.gone, names))
    if round_.note:
        yield tr("Round {round}: {note}", round=at, note=round_.note)


def _dependence(found: Tally, names: Names) -> Iterator[tuple[str, Message]]:
    """Whether the winner depends on the rule, where more than one rule looked for the same, as (lead, sentence)."""
    finds: Finds
    some = tr("The winner does not depend on the rule: all of these that know one find the same.")
    for finds, same, other in (
        (
            "one",
            tr("The winner does not depend on the rule: all of these find the same."),
            tr("The winner depends on the rule:"),
        ),
        (
            "several",
            tr("What is chosen does not depend on the rule: all of these find the same."),
            tr("What is chosen depends on the rule:"),
        ),
    ):
        looking = [each for each in found.outcomes if METHODS[each[0]].finds == finds]
        told = [each for each in looking if finds == "several" or each[1].winners]
        if len(told) < 2:
            continue
        if not differ(told, finds):
            yield "", same if len(told) == len(looking) else some
            continue
        groups: dict[frozenset[Key], list[str]] = {}
        for name, outcome in told:
            groups.setdefault(frozenset(outcome.winners), []).append(name)
        yield "", other
        common = frozenset.intersection(*groups) if finds == "several" else frozenset()
        for group, names_of_rules in groups.items():
            rules = Verbatim(", ".join(names_of_rules))
            if chosen := group - common:
                yield "  ", tr("{rules}: {names}.", rules=rules, names=_named(chosen, names))
            elif not group:
                yield "  ", tr("{rules}: nothing.", rules=rules)
            else:
                yield "  ", tr("{rules}: nothing more.", rules=rules)
        if common:
            yield "  ", tr("By all of them: {names}.", names=_named(common, names))


def _published(found: Tally, names: Names) -> Iterator[tuple[str, Message]]:
    """What the file itself says was chosen, beside what the rules find, as (lead, sentence)."""
    selected = found.file.selected
    if selected is None:
        return
    if any(key in names for key in selected):
        yield "", tr("The file says what was chosen: {names}.", names=_named(selected, names))
    else:
        yield "", tr("The file says what was chosen: nothing.")
    same = [name for name, outcome in found.outcomes if set(outcome.winners) == set(selected)]
    if same:
        rules = Verbatim(", ".join(same))
        yield "  ", trn("{rules} finds the same.", "{rules} find the same.", len(same), rules=rules)
    else:
        yield "  ", tr("No rule here finds the same.")


def _named(keys: Collection[Key], names: Names) -> Place:
    """Some of the candidates, in the order of the file."""
    return listed([name for key, name in names.items() if key in keys])


def _grid(corner: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], width: int) -> list[str]:
    """A table of numbers; columns that do not fit beside the others come below, with the labels again."""
    label = min(max([cell_len(corner), *(cell_len(each) for each, _ in rows)]), MOST_LABEL)
    wide = max([len(each) for _, cells in rows for each in cells] + [len(head) for head in heads], default=1)
    beside = max((width - label) // (wide + 2), 1)
    lines: list[str] = []
    for start in range(0, len(heads), beside):
        for name, cells in ((corner, heads), *rows):
            shown = name if cell_len(name) <= label else f"{set_cell_size(name, label - 1).rstrip()}…"
            numbers = "".join(f"  {cell:>{wide}}" for cell in cells[start : start + beside])
            lines.append(set_cell_size(shown, label) + numbers)
    return lines


def _amount(figure: Number) -> int | Figure:
    """A number as people read it; parts of a vote in at most five decimals."""
    if isinstance(figure, Fraction) and figure.denominator != 1:
        return Figure(f"{float(figure):.5f}".rstrip("0"))
    return int(figure)
