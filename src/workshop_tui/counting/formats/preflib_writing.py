"""Writes PrefLib files: orders (.soc .soi .toc .toi) and categories (.cat).

Format: PrefLib, "Data Format" (N. Mattei and T. Walsh, PrefLib: A Library for Preferences, 2013; the form of 2022).
Ballots stand in the order of their counts, then of what they say: nothing tells who came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from workshop_tui.counting.formats.about_vote import AboutVote
from workshop_tui.counting.formats.our_note import our_note
from workshop_tui.counting.formats.preflib import order_type
from workshop_tui.counting.formats.preflib_categories import APPROVED, CHOSEN, NO_ANSWER, OUTSIDE
from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, Scored
from workshop_tui.domain.text import clean_line
from workshop_tui.messages import Message, Translator, tr, trn

Numbered = tuple[tuple[int, ...], ...]
"""The numbers of the alternatives in each place, or in each category."""


def fits_preflib(profile: PlainProfile | None) -> TypeGuard[Ordered | Approved | Scored]:
    """Whether the format can hold these ballots: it has no points and no prices."""
    return isinstance(profile, Ordered | Approved | Scored) and not profile.budget


def write_preflib(profile: Ordered | Approved | Scored, about: AboutVote, translator: Translator) -> tuple[str, bytes]:
    """The name and the bytes of a file."""
    ending, categories, ballots = _ballots(profile)
    name = f"{about.name}.{ending}"
    told = (about.heading, *about.numbers(sum(ballots.values())), *_limits(profile))
    said = map(translator.text, told)
    description = " ".join((*said, our_note(_unsaid(profile)))).strip()
    lines = [*_head(profile, about, name, ending, categories, ballots, description), *_lines(ballots)]
    return name, ("\n".join(lines) + "\n").encode("utf-8")


def _limits(profile: Ordered | Approved | Scored) -> Iterator[Message]:
    """How much one person could say, in words."""
    if isinstance(profile, Ordered) and profile.places:
        yield trn("Each order had {n} place.", "Each order had {n} places.", profile.places)
    if isinstance(profile, Approved) and profile.most:
        yield tr("Each person could choose up to {most}.", most=profile.most)


def _unsaid(profile: Ordered | Approved | Scored) -> dict[str, object]:
    """What names and ballots do not tell: how many places there were, how many could be chosen, what categories are."""
    if isinstance(profile, Ordered):
        return {"places": profile.places}
    if isinstance(profile, Approved):
        return {"most": profile.most}
    return {"values": tuple(value for value, _ in (*reversed(profile.scale), *profile.aside))}


def _ballots(profile: Ordered | Approved | Scored) -> tuple[str, list[str], dict[Numbered, int]]:
    """The ending, the names of the categories (none for orders), and the ballots in numbers."""
    numbers = {each.key: number for number, each in enumerate(profile.candidates, 1)}
    if isinstance(profile, Ordered):
        orders = {_numbered(order, numbers): count for count, order in profile.lines if order}
        keys = [order for _, order in profile.lines if order]
        return order_type(keys, len(numbers)), [], orders
    if isinstance(profile, Approved):
        names = list(CHOSEN if profile.most == 1 else APPROVED)
        chosen = [(count, (ballot, tuple(set(numbers) - set(ballot)))) for count, ballot in profile.lines]
        return "cat", names, {_numbered(groups, numbers): count for count, groups in chosen}
    answers = [(value, name) for value, name in reversed(profile.scale)]
    answers += [(value, f"{OUTSIDE}{name}") for value, name in profile.aside]
    some_left_out = any(len(ballot) < len(numbers) for _, ballot in profile.lines)
    scored: dict[Numbered, int] = {}
    for count, ballot in profile.lines:
        groups = [tuple(key for key, given in ballot if given == value) for value, _ in answers]
        if some_left_out:
            groups.append(tuple(set(numbers) - {key for key, _ in ballot}))
        scored[_numbered(groups, numbers)] = count
    return "cat", [name for _, name in answers] + [NO_ANSWER] * some_left_out, scored


def _numbered(groups: Iterable[Iterable[str]], numbers: dict[str, int]) -> Numbered:
    return tuple(tuple(sorted(numbers[key] for key in group)) for group in groups)


def _head(
    profile: PlainProfile,
    about: AboutVote,
    name: str,
    ending: str,
    categories: list[str],
    ballots: dict[Numbered, int],
    description: str,
) -> Iterator[str]:
    written = {
        "FILE NAME": name,
        "TITLE": about.question,
        "DESCRIPTION": description,
        "DATA TYPE": ending,
        "MODIFICATION TYPE": "original",
        "RELATES TO": "",
        "RELATED FILES": "",
        "PUBLICATION DATE": about.opened,
        "MODIFICATION DATE": about.written,
        "NUMBER ALTERNATIVES": str(len(profile.candidates)),
        "NUMBER VOTERS": str(sum(ballots.values())),
        "NUMBER UNIQUE PREFERENCES" if ending == "cat" else "NUMBER UNIQUE ORDERS": str(len(ballots)),
    }
    if categories:
        written["NUMBER CATEGORIES"] = str(len(categories))
        written |= {f"CATEGORY NAME {n}": category for n, category in enumerate(categories, 1)}
    written |= {f"ALTERNATIVE NAME {n}": each.name for n, each in enumerate(profile.candidates, 1)}
    # A line end in a name would begin a line of the file.
    return (f"# {key}: {clean_line(value)}" for key, value in written.items())


def _lines(ballots: dict[Numbered, int]) -> Iterator[str]:
    for groups, count in sorted(ballots.items(), key=lambda line: (-line[1], line[0])):
        yield f"{count}: {','.join(map(_group, groups))}"


def _group(numbers: tuple[int, ...]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else "{" + ",".join(map(str, numbers)) + "}"
