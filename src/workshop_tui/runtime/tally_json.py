"""A tally as JSON, whose sentences are English whatever language the rest of the program speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from workshop_tui.counting.funding import knows
from workshop_tui.counting.methods import differ
from workshop_tui.counting.outcome import Outcome
from workshop_tui.counting.tallying import Tally
from workshop_tui.domain.plain_profiles import Approved, Ordered, Pointed, Scored, voters
from workshop_tui.domain.text import clean_line

_FORMS: Final = {Ordered: "orders", Approved: "choices", Pointed: "points", Scored: "scores"}


def tally_json(name: str, found: Sequence[Tally]) -> str:
    """Everything about a file, for programs; fractions as texts such as "25/2".

    Args:
        name: The name of the file.
        found: Its votes.
    """
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
        "budget": file.profile.budget,
        "decimals": file.profile.decimals,
        "currency": file.profile.currency,
        "rule": file.profile.rule,
        "rule_known": knows(file.profile.rule),
        "selected": file.selected,
        "candidates": file.profile.candidates,
        "oddities": [{"line": odd.line, "text": str(odd.text), "more": odd.more} for odd in file.oddities],
        "outcomes": [{"method": name} | _found(outcome) for name, outcome in outcomes],
        "left_out": [{"method": name, "why": str(why)} for name, why in found.left_out],
        "winner_depends": differ(outcomes, "one"),
        "chosen_depends": differ(outcomes, "several"),
    }
    if found.table:
        plain["pairs"] = [[one, other, people] for (one, other), people in found.table.beats.items()]
    return plain


def _found(outcome: Outcome) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(outcome, enc_hook=str)
    del plain["short"]
    rounds: list[dict[str, object]] = msgspec.to_builtins(outcome.rounds, enc_hook=str)
    for said, each in zip(rounds, outcome.rounds, strict=True):
        said["note"] = str(each.note or "")
    return plain | {"rule": str(outcome.rule), "notes": list(map(str, outcome.notes)), "rounds": rounds}
