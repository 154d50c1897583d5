"""A whole session as one value, for exports and recounts: from a copy or a stopped file, which stays as it is."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from pathlib import Path

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.roles import SEGMENTS, may_take_part, parted
from workshop_tui.domain.rows import BallotRow, ReasonRow, SealedRow
from workshop_tui.domain.texts import Dealt
from workshop_tui.lock import FileLock
from workshop_tui.messages import Message
from workshop_tui.room.contributions import treated
from workshop_tui.room.damage import passed_over
from workshop_tui.room.record import RoundRecord, SessionRecord
from workshop_tui.storage import heads, opening, words
from workshop_tui.storage.contents import Contents
from workshop_tui.storage.keys import FileKey


def read_record(path: Path, *, key: FileKey | None = None, kinds: Kinds | None = None) -> SessionRecord:
    """Everything an export may draw on, after checking the file, its journal's chain and that both agree.

    It is what stands in the file: `room.record.as_it_may_be_read` leaves out words whose time is over.

    Args:
        path: The file.
        key: What it is locked with; None for a plain one.
        kinds: The registry: words and ballots that are none of their kind are then left out.

    Raises:
        NotASessionFile: some other program made it.
        LockedSessionFile: it seems to be locked, and no key was given.
        WrongKey: it does not open with this key.
        NewerSessionFile: a later version made it.
        OlderSessionFile: an earlier version made it.
        DamagedSessionFile: it fails a check; the message says which.
        SessionFileError: there is no such file.
        StoreUnavailable: a room has it open, or it cannot be read.
    """
    path = path.resolve()
    if not path.is_file():
        raise words.missing(path)
    with _alone(path):
        contents = opening.examine(path, key)
    stored = passed_over(contents.stored, contents.state, kinds or {})
    return SessionRecord(
        info=contents.info,
        state=contents.state,
        journal=stored.journal,
        journal_head=contents.rows[-1].hash.hex() if contents.rows else "",
        rounds=tuple(
            _round_record(
                each.key, list(stored.ballots[each.key].values()), stored.sealed.get(each.key), stored.reasons
            )
            for each in contents.state.rounds
        ),
        contributions=treated(stored.contributions, stored.care),
        votes=dict(sorted(Counter(contribution for contribution, _ in stored.upvotes).items())),
        answers={key: each.answer for key, each in stored.answers.items() if each.answer is not None},
        retellings={key: each.words for key, each in stored.retellings.items()},
        dealt=Dealt(stored.handlings, stored.rewordings, stored.redactions),
        notes=tuple(note for note in stored.notes if note.key not in stored.dropped_notes),
        entries={key: each.entry for key, each in stored.entries.items() if each.entry is not None},
        ties={note: tuple(some) for note, some in groupby(stored.ties, key=lambda tie: tie.note)},
        phones=len(stored.people),
        damage=(*cut_off(path, contents), *stored.damage),
        looking_on=sum(not may_take_part(role) for role in stored.roles.values()),
        locked=key is not None,
        owed=contents.owed,
    )


def _alone(path: Path) -> AbstractContextManager[object]:
    """Keep rooms away while reading. A folder that cannot be written to cannot have a room either."""
    try:
        return FileLock(path)
    except OSError:
        return contextlib.nullcontext()


def cut_off(path: Path, contents: Contents) -> tuple[Message, ...]:
    """What to say where this computer remembers a longer journal, or another one."""
    lost = heads.missing_from(path, contents.info.id, contents.rows)
    return () if lost is None else (words.cut(lost.seq),)


def _round_record(
    key: str, ballots: Sequence[BallotRow], sealed: SealedRow | None, reasons: Sequence[ReasonRow]
) -> RoundRecord:
    counted: Counter[str | None] = Counter(row.choice for row in ballots)
    groups = {each: Counter(row.choice for row in ballots if row.segment == each) for each in SEGMENTS}
    return RoundRecord(
        key=key,
        profile=_chosen(counted),
        skipped=counted[None],
        changes=sum(row.revision - 1 for row in ballots) if sealed is None else sealed.changes,
        sealed_profile=None if sealed is None else _chosen(dict(sealed.counts)),
        sealed_skipped=None if sealed is None else dict(sealed.counts).get(None, 0),
        groups={} if sealed is None else parted({each: _chosen(found) for each, found in groups.items()}),
        reasons=tuple((row.key, row.body) for row in reasons if row.round == key),
    )


def _chosen(counts: Mapping[str | None, int]) -> dict[str, int]:
    """Without the skips, and in an order that does not tell who came first."""
    return {choice: counts[choice] for choice in sorted(filter(None, counts))}
