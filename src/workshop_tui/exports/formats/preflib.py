"""The sealed rounds of a session as PrefLib files: orders (.soc .soi .toc .toi) and categories (.cat).

Format: PrefLib, "Data Format" (N. Mattei and T. Walsh, PrefLib: A Library for Preferences, 2013; the form of 2022).
Ballots stand in the order of their counts, then of what they say: nothing tells who came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from workshop_tui.counting.formats.preflib import order_type
from workshop_tui.counting.formats.preflib_categories import APPROVED, CHOSEN, NO_ANSWER, OUTSIDE
from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, Scored
from workshop_tui.domain.text import clean_line
from workshop_tui.exports.output import DataFormat
from workshop_tui.exports.report import Report, RoundReport
from workshop_tui.exports.words import clock_of
from workshop_tui.messages import Translator

Groups = tuple[tuple[int, ...], ...]
"""The numbers of the alternatives in each place, or in each category."""


def preflib_files(report: Report, translator: Translator) -> dict[str, bytes]:
    """One file for each sealed round that fits, named after it; rounds of points fit no PrefLib type."""
    files: dict[str, bytes] = {}
    for round_ in report.rounds:
        if round_.status == "sealed" and isinstance(round_.plain, Ordered | Approved | Scored):
            ending, categories, ballots = _ballots(round_.plain)
            name = f"round-{round_.key}.{ending}"
            lines = [*_head(report, round_, name, ending, categories, ballots), *_lines(ballots)]
            files[name] = ("\n".join(lines) + "\n").encode("utf-8")
    return files


FORMAT: Final = DataFormat(
    name="preflib", write=preflib_files, files=r"round-[\w.]+\.(so[ci]|to[ci]|cat)", on_request=True
)


def _ballots(profile: Ordered | Approved | Scored) -> tuple[str, list[str], dict[Groups, int]]:
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
    scored: dict[Groups, int] = {}
    for count, ballot in profile.lines:
        groups = [tuple(key for key, given in ballot if given == value) for value, _ in answers]
        if some_left_out:
            groups.append(tuple(set(numbers) - {key for key, _ in ballot}))
        scored[_numbered(groups, numbers)] = count
    return "cat", [name for _, name in answers] + [NO_ANSWER] * some_left_out, scored


def _numbered(groups: Iterable[Iterable[str]], numbers: dict[str, int]) -> Groups:
    return tuple(tuple(sorted(numbers[key] for key in group)) for group in groups)


def _head(
    report: Report, round_: RoundReport, name: str, ending: str, categories: list[str], ballots: dict[Groups, int]
) -> Iterator[str]:
    profile = round_.plain
    assert profile is not None  # noqa: S101 - only rounds that have one come here
    clock = clock_of(report)
    written = {
        "FILE NAME": name,
        "TITLE": round_.question,
        "DESCRIPTION": _description(report, round_, profile, ballots),
        "DATA TYPE": ending,
        "MODIFICATION TYPE": "original",
        "RELATES TO": "",
        "RELATED FILES": "",
        "PUBLICATION DATE": clock.iso_date(round_.opened_at),
        "MODIFICATION DATE": clock.iso_date(report.origin.as_of),
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


def _description(report: Report, round_: RoundReport, profile: PlainProfile, ballots: dict[Groups, int]) -> str:
    """Where the ballots come from, and those that a file of this format cannot hold, as numbers."""
    blank = round_.answered - sum(ballots.values())
    parts = [
        f"{report.title}, round {round_.key}",
        f"{round_.answered} answered and {round_.skipped} skipped, of {round_.joined} phones",
    ]
    if blank:
        parts.append(f"{blank} answers are blank and not in this file")
    if isinstance(profile, Approved) and profile.most:
        parts.append(f"each person could choose up to {profile.most}")
    if isinstance(profile, Ordered) and profile.places:
        parts.append(f"each order had {profile.places} places")
    return "; ".join(parts)


def _lines(ballots: dict[Groups, int]) -> Iterator[str]:
    for groups, count in sorted(ballots.items(), key=lambda line: (-line[1], line[0])):
        yield f"{count}: {','.join(map(_group, groups))}"


def _group(numbers: tuple[int, ...]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else "{" + ",".join(map(str, numbers)) + "}"
