"""What in a session is not as it was written, although its file is sound: named and passed over. Pure.

Somebody changed it by hand, or a fault of a program did. What cannot be read is left out, so that nothing that draws
it fails; so are words that differ from their digest in the journal, because they would be told as somebody's own. What
the session rests on, counts and the journal's contents, is only named. Nobody's words are repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.digests import digest_of
from workshop_tui.domain.journal import (
    content_of,
    digest_of_answer,
    digest_of_contribution,
    digest_of_entry,
    digest_of_note,
)
from workshop_tui.domain.points import Tie
from workshop_tui.domain.rows import BallotRow
from workshop_tui.domain.state import SessionState
from workshop_tui.messages import Message, Verbatim, tr, trn
from workshop_tui.room.ports import StoredSession

MOST: Final = 20
"""How many single things are named."""


def passed_over(stored: StoredSession, state: SessionState, kinds: Kinds) -> StoredSession:
    """The session without what cannot be read, with all that is wrong in it as sentences.

    Args:
        stored: As it was read.
        state: Its journal through `domain.evolve`.
        kinds: The registry; what is of a kind that is not in it is not looked into.
    """
    altered = _altered(stored)
    unreadable = {row.key for row in stored.contributions if row.body and not _reads(row.body, row.kind, kinds)}
    lost = unreadable | altered["contributions"]
    reasons = tuple(each for each in stored.reasons if _reads(each.body, _kind(state, each.round), kinds))
    ballots, unread = _ballots(stored, state, kinds)
    found = [
        *stored.damage,
        *(
            tr("The words of contribution {key} cannot be read. They are left out.", key=Verbatim(key))
            for key in sorted(unreadable)
        ),
        *(
            trn(
                "{n} ballot of vote {round} cannot be read, and not counted.",
                "{n} ballots of vote {round} cannot be read, and not counted.",
                n,
                round=Verbatim(round_),
            )
            for round_, n in unread.items()
        ),
        *_reasons_left_out(len(stored.reasons) - len(reasons)),
        *_counts(stored),
        *_other_ties(stored),
        *(say(Verbatim(key)) for table, say in _ALTERED.items() for key in sorted(altered[table])),
        *_journal(stored),
    ]
    if len(found) == len(stored.damage):
        return stored
    # Its own words may be what the others were written to hide.
    held = altered["rewordings"]
    more = len(found) - MOST
    told = found if more <= 0 else [*found[:MOST], tr("{n} more of this kind.", n=more)]
    return replace(
        stored,
        contributions=tuple(
            replace(row, moderation="on_hold") if row.key in held else row
            for row in stored.contributions
            if row.key not in lost
        ),
        untrusted=tuple(sorted(lost)),
        upvotes=frozenset(each for each in stored.upvotes if each[0] not in lost),
        answers={key: each for key, each in stored.answers.items() if key not in lost | altered["answers"]},
        retellings={key: each for key, each in stored.retellings.items() if key not in lost | altered["retellings"]},
        handlings=stored.handlings | dict.fromkeys(held - {row.key for row in stored.contributions}, "on_hold"),
        rewordings={key: each for key, each in stored.rewordings.items() if key not in lost | held},
        redactions={key: each for key, each in stored.redactions.items() if key not in lost | altered["redactions"]},
        notes=tuple(each for each in stored.notes if each.key not in altered["notes"]),
        entries={key: each for key, each in stored.entries.items() if key not in altered["entries"]},
        ties=_ties_of(stored),
        ballots=ballots,
        reasons=tuple(each for each in reasons if each.key not in altered["reasons"]),
        damage=tuple(told),
    )


def _reasons_left_out(n: int) -> Iterator[Message]:
    if n:
        yield trn("{n} reason cannot be read, and left out.", "{n} reasons cannot be read, and left out.", n)


def _kind(state: SessionState, round_: str) -> str:
    found = state.round(round_)
    return found.kind if found is not None else ""


def _reads(body: str, kind: str, kinds: Kinds) -> bool:
    if kind not in kinds:
        return True
    try:
        msgspec.json.decode(body, type=kinds[kind].ballot_type)
    except (msgspec.DecodeError, ValueError):
        return False
    return True


def _ballots(
    stored: StoredSession, state: SessionState, kinds: Kinds
) -> tuple[dict[str, dict[bytes, BallotRow]], dict[str, int]]:
    """The ballots that can be read, and how many of a round cannot. Equal choices are read once."""
    kept, unread = {}, {}
    for round_, rows in stored.ballots.items():
        choices = {row.choice for row in rows.values() if row.choice is not None}
        bad = {choice for choice in choices if not _reads(choice, _kind(state, round_), kinds)}
        kept[round_] = {voter: row for voter, row in rows.items() if row.choice not in bad} if bad else rows
        if bad:
            unread[round_] = len(rows) - len(kept[round_])
    return kept, unread


def _counts(stored: StoredSession) -> Iterator[Message]:
    """Sealed rounds against their ballots, and against what the journal says of them."""
    told = {each.round: each.digest for each in stored.journal if isinstance(each, ev.RoundSealed)}
    told |= {
        each.round: each.digest_of_counts
        for each in stored.journal
        if isinstance(each, ev.RoundVoided) and each.digest_of_counts
    }
    for round_, sealed in stored.sealed.items():
        if Counter(row.choice for row in stored.ballots.get(round_, {}).values()) != Counter(dict(sealed.counts)):
            yield tr(
                "The ballots of vote {round} are not those that were counted when it was sealed.",
                round=Verbatim(round_),
            )
        if told.get(round_) and digest_of(sealed.salt, [sealed.counts, sealed.changes]) != told[round_]:
            yield tr("What was counted of vote {round} is not what its journal says.", round=Verbatim(round_))


def _ties_of(stored: StoredSession) -> tuple[Tie, ...]:
    """What notes rest on, as the journal says: there is nothing in it that could go."""
    ties: set[Tie] = set()
    for event in stored.journal:
        if isinstance(event, ev.NotesTied):
            (ties.update if event.tied else ties.difference_update)(event.ties)
    return tuple(sorted(ties))


def _other_ties(stored: StoredSession) -> Iterator[Message]:
    if stored.ties != _ties_of(stored):
        yield tr("What notes rest on is not what was written down. The journal's list is used.")


_ALTERED: Final[Mapping[str, Callable[[Verbatim], Message]]] = {
    "contributions": lambda key: tr(
        "The words of contribution {key} are not those that came in. They are left out.", key=key
    ),
    "reasons": lambda key: tr("The words of reason {key} are not those that came in. They are left out.", key=key),
    "notes": lambda key: tr(
        "The words of note {key} are not those that were written down. They are left out.", key=key
    ),
    "entries": lambda key: tr("How note {key} is sorted is not what was written down. It is left out.", key=key),
    "answers": lambda key: tr("What became of question {key} is not what was written down. It is left out.", key=key),
    "retellings": lambda key: tr("What story {key} is about is not what was written down. It is left out.", key=key),
    "rewordings": lambda key: tr(
        "The words in which {key} is shown are not those that were written down. It is held back.", key=key
    ),
    "redactions": lambda key: tr(
        "What was decided of names and numbers in {key} is not what was written down. It is left out.", key=key
    ),
}
"""What to say of words that are not those of which the journal has the digest, by where they are."""


def _altered(stored: StoredSession) -> dict[str, set[str]]:
    """The keys of rows whose words do not have the digest that the journal has of them, as in `_ALTERED`.

    Only the journal's digest counts: one that stands beside the words is as easily changed as they are.
    """
    noted: dict[str, bytes] = {}
    answered: dict[str, bytes] = {}
    retold: dict[str, bytes] = {}
    reworded: dict[str, bytes] = {}
    redacted: dict[str, bytes] = {}
    sorted_: dict[str, bytes] = {}
    for event in stored.journal:
        match event:
            case ev.ContributionNoted():
                noted[event.contribution] = event.digest
            case ev.NoteSorted():
                sorted_[event.key] = event.digest
            case ev.NoteAdded() | ev.NoteRequoted() | ev.NoteChanged():
                noted[event.key] = event.digest
            case ev.QuestionAnswered():
                answered[event.contribution] = event.digest
            case ev.StoryRetold():
                retold[event.contribution] = event.digest
            case ev.TextReworded():
                reworded[event.text] = event.digest
            case ev.TextRedacted():
                redacted[event.text] = event.digest
            case ev.RoundSealed():
                noted |= dict(event.reasons)
            case _:
                pass

    def other(told: dict[str, bytes], key: str, found: bytes) -> bool:
        return bool(told.get(key)) and found != told[key]

    return {
        "contributions": {
            row.key for row in stored.contributions if row.body and other(noted, row.key, digest_of_contribution(row))
        },
        "reasons": {each.key for each in stored.reasons if other(noted, each.key, digest_of(each.salt, each.body))},
        "notes": {each.key for each in stored.notes if other(noted, each.key, digest_of_note(each))},
        "entries": {
            key
            for key, each in stored.entries.items()
            if each.entry is not None and digest_of_entry(each.salt, each.entry) != sorted_.get(key)
        },
        "answers": {
            key
            for key, each in stored.answers.items()
            if each.answer is not None and other(answered, key, digest_of_answer(each.salt, each.answer))
        },
        "retellings": {
            key for key, each in stored.retellings.items() if other(retold, key, digest_of(each.salt, each.words))
        },
        "rewordings": {
            key for key, each in stored.rewordings.items() if other(reworded, key, digest_of(each.salt, each.words))
        },
        "redactions": {
            key for key, each in stored.redactions.items() if digest_of(each.salt, each.decisions) != redacted.get(key)
        },
    }


def _journal(stored: StoredSession) -> Iterator[Message]:
    """What stands beside the chain against the digests in it."""
    for seq, event in enumerate(stored.journal, start=1):
        if isinstance(event, ev.Worded) and event.salt and digest_of(event.salt, content_of(event)) != event.digest:
            yield tr("What line {seq} of the journal is about is not what was written down.", seq=Verbatim(str(seq)))
