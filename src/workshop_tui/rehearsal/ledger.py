"""What simulated people were told is saved, and whether the session file agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from workshop_tui.domain.activity import AnyPoll, Fields
from workshop_tui.domain.asking import ballots_of, config_of, gathering_of, round_config, round_poll
from workshop_tui.domain.consent import ROOM_ONLY, at_most
from workshop_tui.domain.reach import reach_of
from workshop_tui.domain.text import clean_text
from workshop_tui.domain.wishes import wishes_in
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.record import SessionRecord


class Vote(Struct, frozen=True):
    """A vote that was acknowledged."""

    person: int
    round: str
    fields: dict[str, list[str]]
    """As sent; empty for a skip."""


class Words(Struct, frozen=True):
    """A story, an idea or a private word that was acknowledged."""

    person: int
    item: str
    fields: dict[str, list[str]]


class Ledger(Struct):
    """Everything that was acknowledged, in the order it was."""

    people: int = 0
    votes: list[Vote] = []
    words: list[Words] = []
    retries: int = 0
    """How often somebody was told to try again."""
    refusals: list[str] = []
    """What else went wrong, in words; a rehearsal expects none."""


def write_ledger(ledger: Ledger, path: Path) -> None:
    """Keep a ledger for another process."""
    path.write_bytes(msgspec.json.encode(ledger))


def read_ledger(path: Path) -> Ledger:
    """A ledger that was kept."""
    return msgspec.json.decode(path.read_bytes(), type=Ledger)


def differences(record: SessionRecord, ledger: Ledger) -> list[str]:
    """Where the session file and the ledger disagree, one sentence each; empty when they agree."""
    found = list(ledger.refusals)
    if record.phones != ledger.people:
        found.append(f"{ledger.people} people joined, the file has {record.phones}.")
    return found + _vote_differences(record, ledger) + _word_differences(record, ledger)


def _vote_differences(record: SessionRecord, ledger: Ledger) -> list[str]:
    last: dict[tuple[str, int], Fields] = {(vote.round, vote.person): vote.fields for vote in ledger.votes}
    found = []
    for round_, kept in zip(record.state.rounds, record.rounds, strict=True):
        kind = round_poll(round_, KINDS)
        config = round_config(round_, kind)
        told: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        skipped = 0
        for (key, _), fields in last.items():
            if key != round_.key:
                continue
            if not fields:
                skipped += 1
                continue
            ballot = kind.read(config, fields)
            told[_json(kind.bare(ballot))] += 1
            reasons.update(map(_json, kind.reasons(ballot)))
        if _apart(kind, told) != _apart(kind, kept.profile) or skipped != kept.skipped:
            found.append(
                f"Vote {round_.key}: {sum(told.values())} votes and {skipped} skips were acknowledged, "
                f"the file has {sum(kept.profile.values())} and {kept.skipped}, or other choices."
            )
        if reasons != Counter(body for _, body in kept.reasons):
            found.append(
                f"Vote {round_.key}: {reasons.total()} reasons were acknowledged, the file has {len(kept.reasons)}, "
                "or other words."
            )
    rounds = {round_.key for round_ in record.state.rounds}
    lost = {key for key, _ in last} - rounds
    return found + [f"Votes were acknowledged for {key}, which the file does not have." for key in sorted(lost)]


def _apart(kind: AnyPoll, profile: Mapping[str, int]) -> dict[str, int]:
    """A profile as the file keeps it once it is counted: of some kinds only what was answered, not what together."""
    apart = kind.set_apart(ballots_of(kind, profile))
    return {_json(ballot): people for ballot, people in apart.items()}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _word_differences(record: SessionRecord, ledger: Ledger) -> list[str]:
    told: Counter[tuple[str, str]] = Counter()
    finished = record.state.finished_at is not None
    for words in ledger.words:
        each = record.state.item(words.item)
        kind = gathering_of(each.item, KINDS) if each is not None else None
        if each is None or kind is None:
            return [f"Words were acknowledged for item {words.item}, which the file does not have."]
        fields = {name: [clean_text(value) for value in values] for name, values in words.fields.items()}
        said = kind.read(config_of(each, kind), fields)
        level = kind.consent(said)
        if kind.asks_consent and wishes_in(_json(said)):
            # What a story says goes before what was ticked on it.
            level = at_most(level, ROOM_ONLY)
        is_gone = finished and reach_of(kind.readers, level, asks_consent=kind.asks_consent) == "day"
        told[words.item, "" if is_gone else _json(said)] += 1
    # What was only for the day has no words once the write-up is finished: then only that it came can be compared.
    kept = Counter((row.item, row.body) for row in record.contributions)
    if told == kept:
        return []
    missing, extra = (told - kept).total(), (kept - told).total()
    return [f"{missing} acknowledged stories or ideas are missing from the file; {extra} are there that nobody sent."]
