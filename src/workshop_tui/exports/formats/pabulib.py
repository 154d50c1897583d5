"""The sealed rounds of a session as Pabulib files (.pb): votes on a budget, and votes with points.

Format: Pabulib, "Data Format" (P. Faliszewski and others, Participatory Budgeting: Data, Tools, and Analysis, 2023).
Voters have running numbers over the sorted ballots: nothing tells who came first. What the format wants to know and
a session does not is said as "not stated" (docs/exports.md).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from workshop_tui.counting.funding import by_declared, declared_step
from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, Pointed, Values
from workshop_tui.domain.text import clean_line
from workshop_tui.exports.output import DataFormat
from workshop_tui.exports.report import Report, RoundReport
from workshop_tui.exports.words import clock_of
from workshop_tui.messages import Translator

NOT_STATED: Final = "not stated"
"""What stands for the unit: a session does not know its town."""

COUNTRY: Final = "Worldwide"
"""What stands for the country: the format takes only countries and this word."""

Cells = tuple[str | int, ...]


def pabulib_files(report: Report, translator: Translator) -> dict[str, bytes]:
    """One file for each sealed round with a budget or with points, named after it."""
    return {
        f"round-{round_.key}.pb": _file(report, round_, round_.plain)
        for round_ in report.rounds
        if round_.status == "sealed"
        and round_.plain is not None
        and (round_.plain.budget or isinstance(round_.plain, Pointed))
    }


FORMAT: Final = DataFormat(name="pabulib", write=pabulib_files, files=r"round-[\w.]+\.pb", on_request=True)


def _file(report: Report, round_: RoundReport, profile: PlainProfile) -> bytes:
    votes = list(_votes(profile))
    selected, note = _selected(profile)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(("META",))
    writer.writerow(("key", "value"))
    writer.writerows(_meta(report, round_, profile, len(votes), note))
    writer.writerow(("PROJECTS",))
    writer.writerows(_projects(profile, selected))
    writer.writerow(("VOTES",))
    writer.writerow(("voter_id", "vote", *(["points"] if _has_points(profile) else [])))
    writer.writerows((number, *vote) for number, vote in enumerate(votes, 1))
    return out.getvalue().encode("utf-8")


def _meta(report: Report, round_: RoundReport, profile: PlainProfile, votes: int, note: str) -> Iterator[Cells]:
    clock = clock_of(report)
    opened, closed = (_day(clock.iso_date(at)) for at in (round_.opened_at, round_.closed_at or round_.opened_at))
    yield "description", clean_line(f"{report.title}: {round_.question}")
    yield "country", COUNTRY
    yield "unit", NOT_STATED
    yield "instance", f"{clock.iso_date(round_.opened_at)} {round_.key}"
    yield "num_projects", len(profile.candidates)
    yield "num_votes", votes
    yield "budget", profile.budget or 1
    yield "vote_type", _vote_type(profile)
    yield "rule", _rule(profile, note)
    yield "date_begin", opened
    yield "date_end", closed
    if isinstance(profile, Approved) and profile.most:
        yield "max_length", profile.most
    if isinstance(profile, Pointed) and profile.total:
        yield "max_sum_points", profile.total
    if _rule(profile, note) == "greedy-threshold":
        yield "min_project_score_threshold", 1
    if language := re.match("[a-z]{2}(?=-|$)", report.language):
        yield "language", language[0]
    if re.fullmatch("[A-Z]{3}", profile.currency):
        yield "currency", profile.currency
    if profile.budget and sum(each.cost for each in profile.candidates) <= profile.budget:
        yield "fully_funded", 1
    comments = enumerate(_comments(round_, profile, votes, note), 1)
    yield "comment", " ".join(f"#{number}: {comment}" for number, comment in comments)


def _selected(profile: PlainProfile) -> tuple[tuple[str, ...] | None, str]:
    """What the declared rule buys, and a sentence where it leaves something open; None where nothing can be said."""
    outcome = by_declared(profile)
    if outcome is None:
        return None, "Nothing is said about what was bought: no rule of this format was declared before the vote."
    if declared_step(profile) > 1:
        # The format has no name for it, so no checker can follow; what was bought is known all the same.
        return (None if outcome.tied else outcome.winners), (
            f"The declared rule was equal shares, with shares raised by {declared_step(profile)} at a time."
        )
    if outcome.tied:
        return None, f"By the declared rule ({profile.rule}) a tie was left, so nothing is said about what was bought."
    return outcome.winners, ""


def _rule(profile: PlainProfile, note: str) -> str:
    """The declared rule by its name in the format, which has another one where what nobody wants is not bought."""
    if note:
        return "unknown"
    chosen = {key for _, ballot in _values(profile) for key, _ in ballot}
    unwanted = profile.rule == "greedy" and len(chosen) < len(profile.candidates)
    return "greedy-threshold" if unwanted else profile.rule


def _comments(round_: RoundReport, profile: PlainProfile, votes: int, note: str) -> Iterator[str]:
    """What the format has no place for."""
    yield f"The session does not state country and unit: {COUNTRY} and {NOT_STATED} stand for that."
    yield f"{round_.answered} answered and {round_.skipped} skipped, of {round_.joined} phones."
    if round_.answered > votes:
        yield f"{round_.answered - votes} answers are blank and not in this file."
    if not profile.budget:
        yield "Nothing had a price: each cost is 1 and the budget is 1, because the format wants some."
    if profile.budget and profile.currency and not re.fullmatch("[A-Z]{3}", profile.currency):
        yield f"Amounts are in {clean_line(profile.currency).replace('#', '')}."
    if note:
        yield note


def _projects(profile: PlainProfile, selected: tuple[str, ...] | None) -> Iterator[Cells]:
    votes = {each.key: 0 for each in profile.candidates}
    score = dict(votes)
    for count, ballot in _values(profile):
        for key, points in ballot:
            votes[key] += count
            score[key] += count * points
    with_points = _has_points(profile)
    yield (
        "project_id", "cost", "votes", *(["score"] if with_points else []), "name",
        *(["selected"] if selected is not None else []),
    )  # fmt: skip
    # Where votes are equal the cheaper comes first, as in our rule: readers of the format take the order as it is.
    by_result = sorted(profile.candidates, key=lambda each: (-(score if with_points else votes)[each.key], each.cost))
    for each in by_result:
        yield (
            each.key, each.cost if profile.budget else 1, votes[each.key],
            *([score[each.key]] if with_points else []), clean_line(each.name),
            *([int(each.key in selected)] if selected is not None else []),
        )  # fmt: skip


def _votes(profile: PlainProfile) -> Iterator[Cells]:
    """One line for each ballot that says something, equal ones beside each other."""
    for count, ballot in _values(profile):
        if not ballot:
            continue
        # The format lists the most wanted first.
        ordered = sorted(ballot, key=lambda part: -part[1]) if _has_points(profile) else ballot
        cells: Cells = (",".join(key for key, _ in ordered),)
        if _has_points(profile):
            cells += (",".join(str(points) for _, points in ordered),)
        yield from [cells] * count


def _values(profile: PlainProfile) -> Iterator[tuple[int, Values]]:
    """(how many, what they named with its points); without points 0, in the order that they were named."""
    if isinstance(profile, Ordered):
        yield from ((count, tuple((key, 0) for group in order for key in group)) for count, order in profile.lines)
    elif isinstance(profile, Approved):
        yield from ((count, tuple((key, 0) for key in chosen)) for count, chosen in profile.lines)
    else:
        yield from profile.lines


def _has_points(profile: PlainProfile) -> bool:
    return not isinstance(profile, Ordered | Approved)


def _vote_type(profile: PlainProfile) -> str:
    if isinstance(profile, Approved):
        return "choose-1" if profile.most == 1 else "approval"
    if isinstance(profile, Ordered):
        return "ordinal"
    return "cumulative" if isinstance(profile, Pointed) else "scoring"


def _day(iso: str) -> str:
    """2026-11-22 as 22.11.2026."""
    return ".".join(reversed(iso.split("-")))
