"""A tally as lines for a terminal of 80 columns, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import msgspec
from rich.cells import cell_len, set_cell_size

from workshop_tui.counting.methods import METHODS, Finds, differ
from workshop_tui.counting.outcome import Outcome, Round
from workshop_tui.counting.pairwise import Pairwise
from workshop_tui.counting.profiles import Key, Number
from workshop_tui.counting.tallying import Tally
from workshop_tui.domain.honesty import listed
from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, Pointed, Scored, voters
from workshop_tui.domain.text import clean_line
from workshop_tui.drawing.text import wrap

WIDTH: Final = 80

MOST_FIGURES: Final = 6
"""How many candidates are listed with their numbers in one line of text."""

MOST_LABEL: Final = 30
"""Widest name in a table, in cells; a longer one is cut."""

_FORMS: Final = {Ordered: "orders", Approved: "choices", Pointed: "points", Scored: "scores"}
_GRADED: Final = ("median", "majority-judgment")
"""Rules whose figures are places on a scale."""


def tally_lines(name: str, found: Sequence[Tally]) -> list[str]:
    """Everything about a file, in lines of at most `WIDTH` cells without control codes.

    Args:
        name: The name of the file.
        found: Its votes.
    """
    lines = wrap(clean_line(name), WIDTH)
    lines += _oddities(found[0])
    for each in found:
        lines += ["", *_vote(each)]
    return lines


def _oddities(found: Tally) -> list[str]:
    if not found.file.oddities:
        return ["Nothing in this file is odd."]
    lines = ["Odd in this file, and read all the same:"]
    for odd in found.file.oddities:
        lines += wrap(clean_line(str(odd)), WIDTH, "  - ", "    ")
    return lines


def _vote(found: Tally) -> Iterator[str]:
    file, profile = found.file, found.file.profile
    names = {each.key: each.name for each in profile.candidates}
    heading = ": ".join(filter(None, (f"Round {file.key}" if file.key else "", file.title))) or "(no title)"
    yield from wrap(heading, WIDTH)
    yield from wrap(_base(found), WIDTH)
    for name, outcome in found.outcomes:
        yield ""
        yield from _outcome(name, outcome, names, profile)
    for name, why in found.left_out:
        yield ""
        yield from wrap(f"{name}: not counted, because {why.rstrip('.')}.", WIDTH, "", "    ")
    for lead, sentence in (*_dependence(found, names), *_published(found, names)):
        yield from wrap(sentence, WIDTH, lead, "    ") if lead else ["", *wrap(sentence, WIDTH)]
    if found.table:
        yield ""
        yield from _table(found.table, names)


def _base(found: Tally) -> str:
    profile = found.file.profile
    people = voters(profile)
    what = f"{_FORMS[type(profile)]}, {len(profile.lines):,} different"
    parts = [f"{people:,} {'ballot' if people == 1 else 'ballots'} ({what})", f"{len(profile.candidates)} candidates"]
    if found.file.blank:
        parts.append(f"{found.file.blank:,} blank and not counted")
    if profile.budget:
        parts.append(f"a budget of {profile.budget:,} {profile.currency}".rstrip())
    if profile.rule:
        parts.append(f"declared rule: {profile.rule}")
    return "; ".join(parts) + "."


def _outcome(name: str, outcome: Outcome, names: dict[Key, str], profile: PlainProfile) -> Iterator[str]:
    several = METHODS[name].finds == "several"
    if not outcome.winners:
        won = "nobody" if not several else "none"
    elif several or len(outcome.winners) == 1:
        won = listed([names[key] for key in outcome.winners])
    elif METHODS[name].finds == "group":
        won = f"one of {listed([names[key] for key in outcome.winners])}"
    else:
        won = f"a tie: {listed([names[key] for key in outcome.winners])}"
    yield from wrap(f"{name}: {won}", WIDTH, "", "    ")
    yield from wrap(f"{outcome.rule}.", WIDTH, "    ", "    ")
    if outcome.tied:
        text = f"A tie is left: {listed([names[key] for key in outcome.tied])}. Nobody was picked among them."
        yield from wrap(text, WIDTH, "    ", "    ")
    # Of rules that choose several the rounds or the cost tell more; of the Smith set the winners tell all.
    if METHODS[name].finds == "one" or name == "greedy":
        yield from wrap(_figures(name, outcome, names, profile), WIDTH, "    ", "    ")
    for note in outcome.notes:
        yield from wrap(note, WIDTH, "    ", "    ")
    if METHODS[name].steps and outcome.rounds:
        yield from (f"    {line}".rstrip() for line in _rounds(outcome.rounds, names))


def _figures(name: str, outcome: Outcome, names: dict[Key, str], profile: PlainProfile) -> str:
    ordered = sorted(outcome.figures, key=lambda each: -each[1])
    words = dict(enumerate(text for _, text in profile.scale)) if isinstance(profile, Scored) else {}

    def said(figure: Number) -> str:
        return f"“{words[int(figure)]}”" if name in _GRADED else number(figure)

    parts = [f"{names[key]} {said(figure)}" for key, figure in ordered[:MOST_FIGURES]]
    rest = len(ordered) - len(parts)
    text = ", ".join(parts) + (f", and {rest} more" if rest else "") + "."
    if outcome.margin is not None and outcome.margin > 0:
        text += f" Ahead by {number(outcome.margin)}."
    return text


def _rounds(rounds: Sequence[Round], names: dict[Key, str]) -> list[str]:
    """The rounds as a table of candidates by rounds, and what happened in each."""
    steps = [dict(each.figures) for each in rounds]
    rows = [
        (name, [number(step[key]) if key in step else "-" for step in steps])
        for key, name in names.items()
        if any(key in step for step in steps)
    ]
    if any(each.exhausted for each in rounds):
        rows.append(("(for nobody any more)", [number(each.exhausted) for each in rounds]))
    lines = _grid("Round", [str(at) for at in range(1, len(rounds) + 1)], rows, WIDTH - 4)
    for at, each in enumerate(rounds, 1):
        parts = []
        if each.elected:
            parts.append(f"{listed([names[key] for key in each.elected])} elected")
        if each.gone:
            parts.append(f"{listed([names[key] for key in each.gone])} out")
        text = ". ".join(filter(None, ("; ".join(parts), each.note.rstrip("."))))
        if text:
            lines += wrap(f"Round {at}: {text}.", WIDTH - 4)
    return lines


def _dependence(found: Tally, names: dict[Key, str]) -> Iterator[tuple[str, str]]:
    """Whether the winner depends on the rule, where more than one rule looked for the same, as (lead, sentence)."""
    finds: Finds
    for finds, what in (("one", "The winner"), ("several", "What is chosen")):
        told = [each for each in found.outcomes if METHODS[each[0]].finds == finds and each[1].winners]
        if len(told) < 2:
            continue
        if not differ(told, finds):
            yield "", f"{what} does not depend on the rule: all of these find the same."
            continue
        groups: dict[frozenset[Key], list[str]] = {}
        for name, outcome in told:
            groups.setdefault(frozenset(outcome.winners), []).append(name)
        yield "", f"{what} depends on the rule:"
        common = frozenset.intersection(*groups) if finds == "several" else frozenset()
        for group, rules in groups.items():
            yield "  ", f"{', '.join(rules)}: {_chosen(group - common, names) or 'nothing more'}."
        if common:
            yield "  ", f"By all of them: {_chosen(common, names)}."


def _published(found: Tally, names: dict[Key, str]) -> Iterator[tuple[str, str]]:
    """What the file itself says was chosen, beside what the rules find, as (lead, sentence)."""
    selected = found.file.selected
    if selected is None:
        return
    same = [name for name, outcome in found.outcomes if set(outcome.winners) == set(selected)]
    yield "", f"The file says what was chosen: {_chosen(frozenset(selected), names) or 'nothing'}."
    yield (
        "  ",
        f"{', '.join(same)} {'finds' if len(same) == 1 else 'find'} the same."
        if same
        else "No rule here finds the same.",
    )


def _chosen(keys: frozenset[Key], names: dict[Key, str]) -> str:
    chosen = [name for key, name in names.items() if key in keys]
    return listed(chosen) if chosen else ""


def _table(table: Pairwise, names: dict[Key, str]) -> list[str]:
    """How many put the one in the row above the one in the column."""
    numbers = {key: str(at) for at, key in enumerate(table.candidates, 1)}
    rows = [
        (
            f"{numbers[one]} {names[one]}",
            ["-" if one == other else f"{table.beats[one, other]:,}" for other in table.candidates],
        )
        for one in table.candidates
    ]
    title = "Two at a time: how many put the one in the line above the one in the column"
    return [title, *_grid("", list(numbers.values()), rows, WIDTH)]


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


def number(figure: Number) -> str:
    """A number as people read it; parts of a vote in at most five decimals."""
    if isinstance(figure, Fraction) and figure.denominator != 1:
        return f"{float(figure):,.5f}".rstrip("0")
    return f"{int(figure):,}"


def tally_json(name: str, found: Sequence[Tally]) -> str:
    """The same for programs; fractions as texts such as "25/2"."""
    value = {"file": clean_line(name), "votes": [_plain(each) for each in found]}
    text = msgspec.json.format(msgspec.json.encode(value, enc_hook=str, order="sorted"), indent=2).decode("utf-8")
    # Keys are as the file has them, and a terminal obeys more than the control codes that JSON escapes.
    return "".join(each if each.isprintable() or each == "\n" else _escaped(each) for each in text)


def _escaped(sign: str) -> str:
    """A sign as JSON writes it in letters."""
    units = sign.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _plain(found: Tally) -> dict[str, object]:
    file = found.file
    outcomes = [(name, outcome) for name, outcome in found.outcomes]
    plain: dict[str, object] = {
        "format": file.format,
        "round": file.key,
        "title": file.title,
        "form": _FORMS[type(file.profile)],
        "ballots": voters(file.profile),
        "different": len(file.profile.lines),
        "blank": file.blank,
        "candidates": file.profile.candidates,
        "oddities": file.oddities,
        "outcomes": [{"method": name} | msgspec.to_builtins(outcome, enc_hook=str) for name, outcome in outcomes],
        "left_out": [{"method": name, "why": why} for name, why in found.left_out],
        "winner_depends": differ(outcomes, "one"),
        "chosen_depends": differ(outcomes, "several"),
    }
    if found.table:
        plain["pairs"] = [[one, other, people] for (one, other), people in found.table.beats.items()]
    return plain
