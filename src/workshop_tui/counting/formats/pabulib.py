"""Reads Pabulib files (.pb): votes about how to spend a budget.

Format: Pabulib, "Data Format" (P. Faliszewski and others, Participatory Budgeting: Data, Tools, and Analysis, 2023).
Real files end their lines in different ways and write lists with spaces; what they say of themselves does not always
fit their votes. They are read all the same, and everything of that sort is noted.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.counting.formats.pabulib_tables import Row, Table, read_tables
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

VOTE_TYPES: Final = ("approval", "ordinal", "cumulative", "scoring", "choose-1")

OBLIGATORY: Final = (
    "description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule",
    "date_begin", "date_end",
)  # fmt: skip
"""What every file says of itself."""

LIMITS: Final = ("min_length", "max_length", "min_points", "max_points", "min_sum_points", "max_sum_points")
"""What a file may say of the longest and the shortest ballots, and of their points."""

LISTS: Final = ("category", "beneficiaries")
"""The columns of projects that hold lists, apart by commas without spaces."""


def read_pabulib(source: Source) -> BallotFile:
    """One Pabulib file.

    Raises:
        InputError: it cannot be read, with the line.
    """
    meta_rows, projects, votes = read_tables(source)
    meta = Meta(source, meta_rows)
    candidates = _projects(source, projects)
    meta.compare("num_projects", len(candidates), "the projects are")
    read = Votes(source, candidates)
    for row in votes.rows:
        read.take(row, has_points="points" in votes.columns)
    kind = meta.vote_type(read)
    profile = read.profile(kind, meta)
    meta.compare("num_votes", len(votes.rows), "the votes are")
    _tell_limits(source, meta, read)
    _tell_totals(source, projects, profile)
    title = ", ".join(filter(None, (meta.text("description"), meta.text("instance"))))
    return BallotFile(
        format="pb",
        title=str(source.clean_name(title, 0)),
        profile=profile,
        blank=read.blank,
        selected=_selected(projects),
        oddities=source.oddities(),
    )


class Meta:
    """What a file says of itself.

    Args:
        source: The file.
        table: Its first section.
    """

    def __init__(self, source: Source, table: Table) -> None:
        self._source = source
        self._found: dict[str, Row] = {}
        for row in table.rows:
            key = row.get("key")
            if key in self._found:
                source.note(row.line, f"META says {shown(key)} twice. The first one counts.")
            self._found.setdefault(key, row)
        missing = [key for key in OBLIGATORY if not self.text(key)]
        if missing:
            source.note(1, f"META does not say: {', '.join(missing)}.")

    def text(self, key: str) -> str:
        """What is said under a key; empty where nothing is."""
        row = self._found.get(key)
        return self._source.clean_name(row.get("value"), row.line) if row else ""

    def line(self, key: str) -> int:
        """Where it is said; 0 where it is not."""
        row = self._found.get(key)
        return row.line if row else 0

    def number(self, key: str) -> int | None:
        """The number under a key; None where there is none."""
        raw = self.text(key)
        return amount(self._source, raw, self.line(key), key) if raw else None

    def compare(self, key: str, counted: int, words: str) -> None:
        """Note a number that is not what the lines add up to; the lines count."""
        said = self.number(key)
        if said is not None and said != counted:
            self._source.note(self.line(key), f"{key} is {said:,}, but {words} {counted:,}. The lines count.")

    def vote_type(self, votes: Votes) -> str:
        """How people voted, as said, or as the votes look where it is not said."""
        said = self.text("vote_type")
        looks = "cumulative" if votes.with_points else "approval"
        if said in VOTE_TYPES:
            needs_points = said in ("cumulative", "scoring")
            if needs_points and not votes.with_points and votes.counts:
                self._source.note(self.line("vote_type"), f"vote_type is {said}, but the votes have no points.")
                return looks
            if votes.with_points and not needs_points:
                self._source.note(self.line("vote_type"), f"vote_type is {said}, but the votes have points.")
            return said
        if said:
            self._source.note(self.line("vote_type"), f"vote_type is {shown(said)}, which is none.")
        self._source.note(0, f"The votes are read as {looks}.")
        return looks


class Votes:
    """The votes of a file, added up while they are read.

    Args:
        source: The file.
        candidates: Its projects.
    """

    def __init__(self, source: Source, candidates: tuple[Candidate, ...]) -> None:
        self._source = source
        self._candidates = candidates
        self._keys = {each.key for each in candidates}
        self._voters: set[str] = set()
        self.counts: dict[tuple[tuple[str, int | None], ...], tuple[int, int]] = {}
        """How often each vote was given, and the first line that has it, by its (project, points) in its order."""
        self.blank = 0
        self.with_points = False

    def take(self, row: Row, *, has_points: bool) -> None:
        """Take in one line."""
        voter = row.get("voter_id")
        if not voter:
            self._source.note(row.line, "A vote has no voter_id.", "no voter")
        elif voter in self._voters:
            self._source.note(row.line, "A voter_id is there twice. Both votes count.", "voter twice")
        self._voters.add(voter)
        chosen = self._list(row, "vote")
        points: list[int | None] = [None] * len(chosen)
        if has_points and row.get("points"):
            self.with_points = True
            given = [signed(self._source, each, row.line) for each in self._list(row, "points")]
            if len(given) != len(chosen):
                text = f"A vote names {len(chosen)} projects and has {len(given)} points. What is too much is left out."
                self._source.note(row.line, text, "uneven")
            points = [*given[: len(chosen)], *[0] * (len(chosen) - len(given))]
        vote: dict[str, int | None] = {}
        for key, given_points in zip(chosen, points, strict=True):
            if key not in self._keys:
                self._source.refuse(row.line, f"there is no project {shown(key)}")
            if key in vote:
                self._source.note(row.line, "A vote names a project twice. The first time counts.", "twice")
            vote.setdefault(key, given_points)
        if not vote:
            self._source.note(row.line, "A vote is empty. It is not counted.", "empty")
            self.blank += 1
            return
        ballot = tuple(vote.items())
        count, line = self.counts.get(ballot, (0, row.line))
        self.counts[ballot] = (count + 1, line)

    def profile(self, kind: str, meta: Meta) -> PlainProfile:
        """The votes in the form of their type."""
        budget = meta.number("budget") or 0
        if not budget:
            self._source.note(meta.line("budget"), "There is no budget, so nothing is counted that needs one.")
        currency, rule = meta.text("currency"), meta.text("rule")
        counted = [(ballot, count) for ballot, (count, _) in self.counts.items()]
        candidates = self._candidates if budget else tuple(replace(each, cost=0) for each in self._candidates)
        if kind == "ordinal":
            orders = lines_of((tuple((key,) for key, _ in ballot), count) for ballot, count in counted)
            return Ordered(candidates=candidates, lines=orders, budget=budget, currency=currency, rule=rule)
        if kind in ("cumulative", "scoring"):
            values = lines_of((tuple(sorted((key, n or 0) for key, n in each)), count) for each, count in counted)
            if kind == "scoring":
                found = sorted({n for ballot in counts_of(values) for _, n in ballot})
                scale = tuple((n, str(n)) for n in found)
                return Scored(
                    candidates=candidates, lines=values, scale=scale, budget=budget, currency=currency, rule=rule
                )
            placed = lines_of((tuple((k, n) for k, n in ballot if n), count) for count, ballot in values)
            total = meta.number("max_sum_points") or 0
            return Pointed(
                candidates=candidates, lines=placed, total=total, budget=budget, currency=currency, rule=rule
            )
        chosen = lines_of((tuple(sorted(key for key, _ in ballot)), count) for ballot, count in counted)
        most = 1 if kind == "choose-1" else meta.number("max_length") or 0
        return Approved(candidates=candidates, lines=chosen, most=most, budget=budget, currency=currency, rule=rule)

    def _list(self, row: Row, column: str) -> list[str]:
        raw = row.get(column)
        if not raw:
            return []
        parts = raw.split(",")
        clean = [part.strip() for part in parts]
        if clean != parts:
            self._source.note(row.line, f"A list in the column {column} has stray spaces.", f"spaces {column}")
        if not all(clean):
            self._source.note(row.line, f"A list in the column {column} has an empty place.", f"empty {column}")
        return [part for part in clean if part]


def amount(source: Source, raw: str, line: int, what: str) -> int:
    """An amount of money in whole units; what is behind the point is dropped, as Pabulib's own checker does.

    Raises:
        InputError: it is none.
    """
    whole, point, rest = raw.strip().replace(",", ".").partition(".")
    if point:
        if rest and not rest.isdigit():
            source.refuse(line, f"{what} is {shown(raw)}, and no number")
        if rest.strip("0"):
            source.note(line, "An amount has decimals. It was rounded down.", "decimals")
    return source.whole(whole, line, what)


def signed(source: Source, raw: str, line: int) -> int:
    """Points: a whole number that may be negative.

    Raises:
        InputError: it is none.
    """
    return (
        -source.whole(raw[1:], line, "a number of points")
        if raw.startswith("-")
        else source.whole(raw, line, "a number of points")
    )


def _projects(source: Source, table: Table) -> tuple[Candidate, ...]:
    source.bound_candidates(len(table.rows), table.line)
    found: dict[str, Candidate] = {}
    for row in table.rows:
        key = row.get("project_id")
        if not key:
            source.refuse(row.line, "a project has no project_id")
        if key in found:
            source.refuse(row.line, f"the project {shown(key)} is there twice")
        if "," in key:
            source.refuse(row.line, f"the project_id {shown(key)} has a comma, so no vote could name it")
        for column in LISTS:
            parts = row.get(column).split(",")
            if any(part != part.strip() for part in parts):
                source.note(row.line, f"A list in the column {column} has stray spaces.", f"spaces {column}")
        name = source.clean_name(row.get("name"), row.line)
        found[key] = Candidate(key, name or str(source.clean_name(key, row.line)), _cost(source, row))
    if not found:
        source.refuse(table.line, "there are no projects")
    return tuple(found.values())


def _cost(source: Source, row: Row) -> int:
    cost = amount(source, row.get("cost"), row.line, "the cost")
    if not cost:
        source.note(row.line, "A project costs nothing.", "no cost")
    return cost


def _selected(projects: Table) -> tuple[str, ...] | None:
    if "selected" not in projects.columns:
        return None
    # 2 and 3 are chosen too: from what was left, or from other money.
    return tuple(row.get("project_id") for row in projects.rows if row.get("selected") in ("1", "2", "3"))


def _tell_limits(source: Source, meta: Meta, votes: Votes) -> None:
    """Note ballots that are beyond what the file itself allows; they count all the same."""
    limits = {name: number for name in LIMITS if (number := meta.number(name)) is not None}
    for ballot, (_, line) in votes.counts.items():
        points = [n or 0 for _, n in ballot]
        sizes = {"length": [len(ballot)], "points": points, "sum_points": [sum(points)]}
        for name, limit in limits.items():
            end, _, what = name.partition("_")
            if what != "length" and not votes.with_points:
                continue
            if any(size < limit if end == "min" else size > limit for size in sizes[what]):
                text = f"A vote does not keep to {name} = {limit}. It counts all the same."
                source.note(line, text, name)


def _tell_totals(source: Source, projects: Table, profile: PlainProfile) -> None:
    """Note where the numbers beside the projects are not what the votes add up to."""
    votes = {each.key: 0 for each in profile.candidates}
    score = dict(votes)
    for count, ballot in profile.lines:
        for part in ballot:
            if isinstance(profile, Ordered):
                votes[part[0]] += count
            elif isinstance(profile, Approved):
                votes[str(part)] += count
            else:
                votes[part[0]] += count
                score[part[0]] += count * int(part[1])
    told = {"votes": votes, "score": score} if isinstance(profile, Pointed | Scored) else {"votes": votes}
    for row in projects.rows:
        for column, counted in told.items():
            said, key = row.get(column), row.get("project_id")
            if said and said.strip() != str(counted[key]):
                text = f"Project {shown(key)} has {shown(said)} under {column}, but the votes give {counted[key]:,}."
                source.note(row.line, text, f"total {column}")
