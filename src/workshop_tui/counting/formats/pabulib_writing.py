"""Writes Pabulib files (.pb): votes on a budget, and votes with points.

Format: Pabulib, "Data Format" (P. Faliszewski and others, Participatory Budgeting: Data, Tools, and Analysis, 2023).
Voters have running numbers over the sorted ballots: nothing tells who came first. What the format wants to know and
a session does not is said as "not stated" (docs/exports.md).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, TypeGuard

from workshop_tui.counting.formats.about_vote import AboutVote
from workshop_tui.counting.formats.ballot_file import named, totals
from workshop_tui.counting.formats.our_note import our_note
from workshop_tui.counting.funding import by_declared, declared_step
from workshop_tui.domain.plain_profiles import Approved, Ordered, PlainProfile, Pointed
from workshop_tui.domain.text import clean_line
from workshop_tui.messages import Message, Translator, Verbatim, tr

NOT_STATED: Final = "not stated"
"""What stands for the unit: a session does not know its town."""

COUNTRY: Final = "Worldwide"
"""What stands for the country: the format takes only countries and this word."""

Cells = tuple[str | int, ...]


def fits_pabulib(profile: PlainProfile | None) -> TypeGuard[PlainProfile]:
    """Whether the format is made for these ballots: they are about a budget, or have points."""
    return profile is not None and (bool(profile.budget) or isinstance(profile, Pointed))


def write_pabulib(profile: PlainProfile, about: AboutVote, translator: Translator) -> tuple[str, bytes]:
    """The name and the bytes of a file."""
    votes = list(_votes(profile))
    selected, note = _selected(profile)
    projects = list(_projects(profile))
    said = map(translator.text, _comments(profile, about, len(votes), note))
    comment = " ".join(f"#{number}: {clean_line(text)}" for number, text in enumerate(said, 1))
    beyond = our_note(_unsaid(profile, _rule(profile, note), tuple(str(key) for key, *_ in projects)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(("META",))
    writer.writerow(("key", "value"))
    writer.writerows(_meta(profile, about, len(votes), _rule(profile, note)))
    writer.writerow(("comment", f"{comment} {beyond}".strip()))
    writer.writerow(("PROJECTS",))
    writer.writerow((*_columns(profile), *(["selected"] if selected is not None else [])))
    writer.writerows((*each, *([int(each[0] in selected)] if selected is not None else [])) for each in projects)
    writer.writerow(("VOTES",))
    writer.writerow(("voter_id", "vote", *(["points"] if _has_points(profile) else [])))
    writer.writerows((number, *vote) for number, vote in enumerate(votes, 1))
    return f"{about.name}.pb", out.getvalue().encode("utf-8")


def _meta(profile: PlainProfile, about: AboutVote, votes: int, rule: str) -> Iterator[Cells]:
    yield "description", clean_line(f"{about.title}: {about.question}")
    yield "country", COUNTRY
    yield "unit", NOT_STATED
    yield "instance", f"{about.opened} {about.key}"
    yield "num_projects", len(profile.candidates)
    yield "num_votes", votes
    yield "budget", _money(profile, profile.budget) if profile.budget else 1
    yield "vote_type", _vote_type(profile)
    yield "rule", rule
    yield "date_begin", _day(about.opened)
    yield "date_end", _day(about.closed)
    if isinstance(profile, Approved) and profile.most:
        yield "max_length", profile.most
    if isinstance(profile, Pointed) and profile.total:
        yield "max_sum_points", profile.total
    if rule == "greedy-threshold":
        yield "min_project_score_threshold", 1
    if language := re.match("[a-z]{2}(?=-|$)", about.language):
        yield "language", language[0]
    if _is_code(profile.currency):
        yield "currency", profile.currency
    if profile.budget and sum(each.cost for each in profile.candidates) <= profile.budget:
        yield "fully_funded", 1


def _unsaid(profile: PlainProfile, rule: str, order: tuple[str, ...]) -> dict[str, object]:
    """What the format has no place for, or wants otherwise."""
    listed = tuple(each.key for each in profile.candidates)
    said = "greedy" if rule == "greedy-threshold" else rule
    return {
        "order": listed if listed != order else (),
        "unpriced": int(not profile.budget),
        "currency": "" if _is_code(profile.currency) else clean_line(profile.currency),
        "rule": (profile.rule or "none") if said != profile.rule else "",
    }


def _selected(profile: PlainProfile) -> tuple[tuple[str, ...] | None, Message | None]:
    """What the declared rule buys, and a sentence where it leaves something open; None where nothing can be said."""
    outcome = by_declared(profile)
    if outcome is None:
        return None, tr("Nothing is said about what was bought: no rule of this format was declared before the vote.")
    if (step := declared_step(profile)) > 1:
        # The format has no name for it, so no checker can follow; what was bought is known all the same.
        raised = tr("The declared rule was equal shares, with shares raised by {step} at a time.", step=step)
        return (None if outcome.tied else outcome.winners), raised
    if outcome.tied:
        return None, tr(
            "By the declared rule ({rule}) a tie was left, so nothing is said about what was bought.",
            rule=Verbatim(profile.rule),
        )
    return outcome.winners, None


def _rule(profile: PlainProfile, note: Message | None) -> str:
    """The declared rule by its name in the format, which has another one where what nobody wants is not bought."""
    if note:
        return "unknown"
    chosen = {key for _, ballot in named(profile) for key, _ in ballot}
    unwanted = profile.rule == "greedy" and len(chosen) < len(profile.candidates)
    return "greedy-threshold" if unwanted else profile.rule


def _comments(profile: PlainProfile, about: AboutVote, votes: int, note: Message | None) -> Iterator[Message]:
    """What the format has no place for, in words."""
    yield tr(
        "The session does not state country and unit: {country} and {unit} stand for that.",
        country=Verbatim(COUNTRY),
        unit=Verbatim(NOT_STATED),
    )
    yield from about.numbers(votes)
    if not profile.budget:
        yield tr("Nothing had a price: each cost is 1 and the budget is 1, because the format wants some.")
    if profile.budget and profile.currency and not _is_code(profile.currency):
        # The sign would begin another comment.
        yield tr("Amounts are in {currency}.", currency=clean_line(profile.currency).replace("#", ""))
    if note:
        yield note


def _columns(profile: PlainProfile) -> tuple[str, ...]:
    return ("project_id", "cost", "votes", *(["score"] if _has_points(profile) else []), "name")


def _projects(profile: PlainProfile) -> Iterator[Cells]:
    votes, score = totals(profile)
    with_points = _has_points(profile)
    # Where votes are equal the cheaper comes first, as in our rule: readers of the format take the order as it is.
    by_result = sorted(profile.candidates, key=lambda each: (-(score if with_points else votes)[each.key], each.cost))
    for each in by_result:
        yield (
            each.key, _money(profile, each.cost) if profile.budget else 1, votes[each.key],
            *([score[each.key]] if with_points else []), clean_line(each.name),
        )  # fmt: skip


def _votes(profile: PlainProfile) -> Iterator[Cells]:
    """One line for each ballot that says something, equal ones beside each other."""
    for count, ballot in named(profile):
        if not ballot:
            continue
        # The format lists the most wanted first.
        ordered = sorted(ballot, key=lambda part: -part[1]) if _has_points(profile) else ballot
        cells: Cells = (",".join(key for key, _ in ordered),)
        if _has_points(profile):
            cells += (",".join(str(points) for _, points in ordered),)
        yield from [cells] * count


def _money(profile: PlainProfile, amount: int) -> str | int:
    """An amount with a point before its decimals, as the format has it."""
    return str(Decimal(amount).scaleb(-profile.decimals)) if profile.decimals else amount


def _has_points(profile: PlainProfile) -> bool:
    return not isinstance(profile, Ordered | Approved)


def _vote_type(profile: PlainProfile) -> str:
    if isinstance(profile, Approved):
        return "choose-1" if profile.most == 1 else "approval"
    if isinstance(profile, Ordered):
        return "ordinal"
    return "cumulative" if isinstance(profile, Pointed) else "scoring"


def _is_code(currency: str) -> bool:
    """Whether it is a currency by its three letters, the only form that the format takes."""
    return re.fullmatch("[A-Z]{3}", currency) is not None


def _day(iso: str) -> str:
    """2026-11-22 as 22.11.2026."""
    return ".".join(reversed(iso.split("-")))
