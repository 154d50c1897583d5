"""The votes of a Pabulib file, added up while they are read."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.counting.formats.pabulib_meta import Meta
from workshop_tui.counting.formats.pabulib_tables import PabulibRow
from workshop_tui.counting.formats.source import Source, shown
from workshop_tui.domain.plain_profiles import (
    Approved,
    Candidate,
    Ordered,
    PlainProfile,
    Pointed,
    Scored,
    counts_of,
    lines_of,
)
from workshop_tui.messages import Verbatim, tr, trn

_VOTER: Final = Verbatim("voter_id")


class Votes:
    """The votes of a file on its projects, added up while they are read."""

    def __init__(self, source: Source, candidates: tuple[Candidate, ...], budget: int, decimals: int) -> None:
        self._source = source
        self._candidates = candidates
        self._budget = budget
        self._decimals = decimals
        self._keys = {each.key: each.key for each in candidates}
        self._parts: dict[tuple[str, int | None], tuple[str, int | None]] = {}
        self._voters: set[str] = set()
        self.counts: dict[tuple[tuple[str, int | None], ...], tuple[int, int]] = {}
        """How often each vote was given, and the first line that has it, by its (project, points) in its order."""
        self.blank = 0
        self.with_points = False

    def take(self, row: PabulibRow, *, has_points: bool) -> None:
        """Take in one line."""
        voter = row.get("voter_id")
        if not voter:
            self._source.note(row.line, tr("A vote has no {column}.", column=_VOTER), "no voter")
        elif voter in self._voters:
            twice = tr("A {column} is there twice. Both votes count.", column=_VOTER)
            self._source.note(row.line, twice, "voter twice")
        self._voters.add(voter)
        chosen = self._list(row, "vote")
        points: list[int | None] = [None] * len(chosen)
        if has_points and row.get("points"):
            self.with_points = True
            given = [signed(self._source, each, row.line) for each in self._list(row, "points")]
            if len(given) != len(chosen):
                uneven = trn(
                    "A vote names {n} project, and its list of points has {given}. What is too much is left out.",
                    "A vote names {n} projects, and its list of points has {given}. What is too much is left out.",
                    len(chosen),
                    given=len(given),
                )
                self._source.note(row.line, uneven, "uneven")
            points = [*given[: len(chosen)], *[0] * (len(chosen) - len(given))]
        vote: dict[str, int | None] = {}
        for key, given_points in zip(chosen, points, strict=True):
            if key not in self._keys:
                self._source.refuse(row.line, tr("there is no project “{key}”", key=shown(key)))
            if key in vote:
                self._source.note(row.line, tr("A vote names a project twice. The first time counts."), "twice")
            vote.setdefault(self._keys[key], given_points)
        if not vote:
            self._source.note(row.line, tr("A vote is empty. It is not counted."), "empty")
            self.blank += 1
            return
        # A large file names the same project with the same points hundreds of thousands of times.
        ballot = tuple(self._parts.setdefault(part, part) for part in vote.items())
        count, line = self.counts.get(ballot, (0, row.line))
        self.counts[ballot] = (count + 1, line)

    def profile(self, kind: str, meta: Meta) -> PlainProfile:
        """The votes in the form of their type."""
        note = meta.note
        unpriced = bool(note.number("unpriced", 1))
        budget = 0 if unpriced else self._budget
        if not budget and not unpriced:
            self._source.note(meta.line("budget"), tr("There is no budget, so nothing is counted that needs one."))
        told = self._source.clean_name(note.text("currency"), meta.line("comment"))
        candidates = self._candidates if budget else tuple(replace(each, cost=0) for each in self._candidates)
        if sorted(order := note.texts("order")) == sorted(each.key for each in candidates):
            candidates = tuple(sorted(candidates, key=lambda each: order.index(each.key)))
        read = self._of_kind(kind, candidates, meta)
        return replace(
            read,
            budget=budget,
            decimals=self._decimals if budget else 0,
            currency=meta.text("currency") or told,
            rule=meta.rule(),
        )

    def _of_kind(self, kind: str, candidates: tuple[Candidate, ...], meta: Meta) -> PlainProfile:
        counted = [(ballot, count) for ballot, (count, _) in self.counts.items()]
        if kind == "ordinal":
            orders = lines_of((tuple((key,) for key, _ in ballot), count) for ballot, count in counted)
            # The first of the longest list that was allowed is worth as many points as that is long.
            places = min(meta.number("max_length") or len(candidates), len(candidates))
            return Ordered(candidates=candidates, lines=orders, places=places)
        if kind in ("cumulative", "scoring"):
            values = lines_of((tuple(sorted((key, n or 0) for key, n in each)), count) for each, count in counted)
            if kind == "scoring":
                found = sorted({n for ballot in counts_of(values) for _, n in ballot})
                return Scored(candidates=candidates, lines=values, scale=tuple((n, str(n)) for n in found))
            placed = lines_of((tuple((k, n) for k, n in ballot if n), count) for count, ballot in values)
            return Pointed(candidates=candidates, lines=placed, total=meta.number("max_sum_points") or 0)
        chosen = lines_of((tuple(sorted(key for key, _ in ballot)), count) for ballot, count in counted)
        most = 1 if kind == "choose-1" else meta.number("max_length") or 0
        return Approved(candidates=candidates, lines=chosen, most=most)

    def _list(self, row: PabulibRow, column: str) -> list[str]:
        raw = row.get(column)
        if not raw:
            return []
        parts = raw.split(",")
        clean = [part.strip() for part in parts]
        if clean != parts:
            spaces = tr("A list in the column {column} has stray spaces.", column=Verbatim(column))
            self._source.note(row.line, spaces, f"spaces {column}")
        if not all(clean):
            empty = tr("A list in the column {column} has an empty place.", column=Verbatim(column))
            self._source.note(row.line, empty, f"empty {column}")
        return [part for part in clean if part]


def signed(source: Source, raw: str, line: int) -> int:
    """Points: a whole number that may be negative.

    Raises:
        InputError: it is none.
    """
    what = tr("a number of points")
    return -source.whole(raw[1:], line, what) if raw.startswith("-") else source.whole(raw, line, what)
