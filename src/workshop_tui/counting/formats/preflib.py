"""Reads PrefLib files: orders (.soc .soi .toc .toi) and categories (.cat).

Format: PrefLib, "Data Format" (N. Mattei and T. Walsh, PrefLib: A Library for Preferences, 2013; the form of 2022).
Real files miss head lines, say other types than they hold and write lists with spaces: they are read all the same,
and everything of that sort is noted.
"""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.formats.preflib_categories import read_categories
from workshop_tui.counting.formats.preflib_head import BALLOTS, CATEGORIES, ORDERS, PreflibHead, tell_type
from workshop_tui.counting.formats.preflib_lines import Groups, add_up, read_ballot
from workshop_tui.counting.formats.source import Source
from workshop_tui.domain.plain_profiles import Order, Ordered, lines_of
from workshop_tui.messages import Verbatim, counted, tr

ORDER_TYPES: Final = ("soc", "soi", "toc", "toi")
"""Strict or tied orders, complete or incomplete: the endings of files of orders."""

_DIFFERENT: Final = counted(
    "{key} is {said}, but different orders are {n}. The lines count.",
    "{key} is {said}, but different orders are {n}. The lines count.",
)


def read_preflib(source: Source, ending: str) -> BallotFile:
    """One PrefLib file, whose name ends in one of `ORDER_TYPES`, or in "cat".

    Raises:
        InputError: it cannot be read, with the line.
    """
    head = PreflibHead(source, CATEGORIES if ending == "cat" else ORDERS)
    ballots: list[tuple[int, str]] = []
    for number, line in enumerate(source.lines(), 1):
        if line.lstrip().startswith("#"):
            if ballots:
                source.note(number, tr("A head line comes after the first ballot."), "late head")
            head.read(number, line)
        elif line.strip():
            ballots.append((number, line))
    if ballots and not head.line("NUMBER VOTERS") and ballots[0][1].strip().isdigit():
        old = tr("this looks like the form that PrefLib files had before 2022, which is not read")
        source.refuse(ballots[0][0], old)
    head.tell_missing()
    return read_categories(source, head, ballots) if ending == "cat" else _orders(source, head, ballots, ending)


def order_type(orders: list[Groups], candidates: int) -> str:
    """The most restrictive type that fits all orders: complete where each has all candidates, strict without ties."""
    tied = any(len(group) > 1 for order in orders for group in order)
    complete = all(sum(map(len, order)) == candidates for order in orders)
    return ("t" if tied else "s") + "o" + ("c" if complete else "i")


def _orders(source: Source, head: PreflibHead, ballots: list[tuple[int, str]], ending: str) -> BallotFile:
    candidates = head.candidates()
    counts: dict[Order, int] = {}
    blank = 0
    first: dict[str, int] = {}
    for number, line in ballots:
        count, groups = read_ballot(source, number, line, head.numbers)
        order = tuple(group if len(group) == 1 else tuple(sorted(group)) for group in groups if group)
        if len(order) < len(groups) and (order or groups != ((),)):
            source.note(number, tr("An order has an empty place. It was closed up."), "empty place")
        if not order:
            source.note(number, tr("A ballot says nothing. It is not counted."), "blank")
            blank += count
        elif count:
            first.setdefault("complete" if sum(map(len, order)) == len(candidates) else "incomplete", number)
            if any(len(group) > 1 for group in order):
                first.setdefault("tied", number)
                source.note(
                    number,
                    tr("An order puts several in one place (an overvote where only one may be next)."),
                    "overvote",
                )
            add_up(source, counts, order, count, number)
    _tell_types(source, head, ending, order_type(list(counts), len(candidates)), first)
    source.bound_ballots(sum(counts.values()) + blank)
    head.compare("NUMBER VOTERS", sum(counts.values()) + blank, BALLOTS)
    head.compare("NUMBER UNIQUE ORDERS", len(counts) + bool(blank), _DIFFERENT)
    return BallotFile(
        format=ending,
        title=head.text("TITLE"),
        profile=Ordered(
            candidates=candidates, lines=lines_of(counts), places=head.note.number("places", len(candidates))
        ),
        blank=blank,
        oddities=source.oddities(),
    )


def _tell_types(source: Source, head: PreflibHead, ending: str, found: str, first: dict[str, int]) -> None:
    """Note where the name, the head and the orders say different types."""
    said, line = head.text("DATA TYPE").casefold(), head.line("DATA TYPE")
    if said and said != ending:
        tell_type(source, line, said, ending)
    for declared in dict.fromkeys((ending, said)):
        if declared not in ORDER_TYPES:
            continue
        if declared[0] == "s" and "tied" in first:
            tie = tr("The type {type} promises orders without ties; this one has a tie.", type=Verbatim(declared))
            source.note(first["tied"], tie)
        if declared[2] == "c" and "incomplete" in first:
            some = tr("The type {type} promises complete orders; this one leaves some out.", type=Verbatim(declared))
            source.note(first["incomplete"], some)
    if declared_wider := [each for each in (ending, said) if each in ORDER_TYPES and _is_wider(each, found)]:
        wider = tr(
            "The type is {type}, but the ballots would fit {found}, which says more.",
            type=Verbatim(declared_wider[0]),
            found=Verbatim(found),
        )
        source.note(0, wider)


def _is_wider(declared: str, found: str) -> bool:
    """Whether a declared type holds all that the found one does, and more."""
    return declared != found and declared[0] >= found[0] and declared[2] >= found[2]
