"""Reads Pabulib files (.pb): votes about how to spend a budget.

Format: Pabulib, "Data Format" (P. Faliszewski and others, Participatory Budgeting: Data, Tools, and Analysis, 2023).
Real files end their lines in different ways and write lists with spaces; what they say of themselves does not always
fit their votes. They are read all the same, and everything of that sort is noted.
"""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.formats.amounts import Written, read_amounts
from workshop_tui.counting.formats.ballot_file import BallotFile, totals
from workshop_tui.counting.formats.pabulib_meta import Meta
from workshop_tui.counting.formats.pabulib_tables import PabulibTable, read_tables
from workshop_tui.counting.formats.pabulib_votes import Votes
from workshop_tui.counting.formats.source import Source, shown
from workshop_tui.domain.plain_profiles import Approved, Candidate, PlainProfile
from workshop_tui.messages import Verbatim, counted, tr

LIMITS: Final = ("min_length", "max_length", "min_points", "max_points", "min_sum_points", "max_sum_points")
"""What a file may say of the longest and the shortest ballots, and of their points."""

_ID: Final = Verbatim("project_id")

LISTS: Final = ("category", "beneficiaries")
"""The columns of projects that hold lists, apart by commas without spaces."""

_PROJECTS: Final = counted(
    "{key} is {said}, but the projects are {n}. The lines count.",
    "{key} is {said}, but the projects are {n}. The lines count.",
)
_VOTES: Final = counted(
    "{key} is {said}, but the votes are {n}. The lines count.",
    "{key} is {said}, but the votes are {n}. The lines count.",
)


def read_pabulib(source: Source) -> BallotFile:
    """One Pabulib file.

    Raises:
        InputError: it cannot be read, with the line.
    """
    meta_rows, projects, votes = read_tables(source)
    meta = Meta(source, meta_rows)
    candidates, budget, decimals = _projects(source, projects, meta)
    meta.compare("num_projects", len(candidates), _PROJECTS)
    read = Votes(source, candidates, budget, decimals)
    for row in votes.rows:
        read.take(row, has_points="points" in votes.columns)
    kind = meta.vote_type(any_votes=bool(read.counts), with_points=read.with_points)
    profile = read.profile(kind, meta)
    meta.compare("num_votes", len(votes.rows), _VOTES)
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


def _projects(source: Source, table: PabulibTable, meta: Meta) -> tuple[tuple[Candidate, ...], int, int]:
    """The projects with their costs, the budget, and how many decimals the amounts are counted in.

    A project that costs nothing is told of where there is a budget.
    """
    source.bound_candidates(len(table.rows), table.line)
    names: dict[str, str] = {}
    written = [Written(meta.text("budget") or "0", meta.line("budget"), Verbatim("budget"))]
    for row in table.rows:
        key = row.get("project_id")
        if not key:
            source.refuse(row.line, tr("a project has no {column}", column=_ID))
        if key in names:
            source.refuse(row.line, tr("the project “{key}” is there twice", key=shown(key)))
        if "," in key:
            comma = tr("the {column} “{key}” has a comma, so no vote could name it", column=_ID, key=shown(key))
            source.refuse(row.line, comma)
        for column in LISTS:
            parts = row.get(column).split(",")
            if any(part != part.strip() for part in parts):
                spaces = tr("A list in the column {column} has stray spaces.", column=Verbatim(column))
                source.note(row.line, spaces, f"spaces {column}")
        name = source.clean_name(row.get("name"), row.line)
        names[key] = name or str(source.clean_name(key, row.line))
        written.append(Written(row.get("cost"), row.line, tr("the cost")))
    if not names:
        source.refuse(table.line, tr("there are no projects"))
    (budget, *costs), decimals = read_amounts(source, written)
    for row, cost in zip(table.rows, costs, strict=True):
        if not cost:
            source.note(row.line, tr("A project costs nothing."), "no cost")
    return tuple(Candidate(key, names[key], cost) for key, cost in zip(names, costs, strict=True)), budget, decimals


def _selected(projects: PabulibTable) -> tuple[str, ...] | None:
    if "selected" not in projects.columns:
        return None
    # 2 and 3 are chosen too: from what was left, or from other money.
    return tuple(row.get("project_id") for row in projects.rows if row.get("selected") in ("1", "2", "3"))


def _tell_limits(source: Source, meta: Meta, votes: Votes) -> None:
    """Note ballots that are beyond what the file itself allows; they count all the same."""
    limits = {name: number for name in LIMITS if (number := meta.signed(name)) is not None}
    for ballot, (_, line) in votes.counts.items():
        points = [n or 0 for _, n in ballot]
        sizes = {"length": [len(ballot)], "points": points, "sum_points": [sum(points)]}
        for name, limit in limits.items():
            end, _, what = name.partition("_")
            if what != "length" and not votes.with_points:
                continue
            if any(size < limit if end == "min" else size > limit for size in sizes[what]):
                text = tr(
                    "A vote does not keep to {limit}. It counts all the same.", limit=Verbatim(f"{name} = {limit}")
                )
                source.note(line, text, name)


def _tell_totals(source: Source, projects: PabulibTable, profile: PlainProfile) -> None:
    """Note where the numbers beside the projects are not what the votes add up to."""
    votes, score = totals(profile)
    told = {"votes": votes} if isinstance(profile, Approved) else {"votes": votes, "score": score}
    for row in projects.rows:
        for column, given in told.items():
            said, key = row.get(column), row.get("project_id")
            if said and said.strip() != str(given[key]):
                text = tr(
                    "Project “{key}” has “{said}” under {column}, but the votes give {votes}.",
                    key=shown(key),
                    said=shown(said),
                    column=Verbatim(column),
                    votes=given[key],
                )
                source.note(row.line, text, f"total {column}")
