"""The tables of what people say, indexed in memory beside the small state, each with the overlay of `overlay`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, assert_never

from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.commands import Handling
from workshop_tui.domain.distress import body_asks
from workshop_tui.domain.evolve import after_step
from workshop_tui.domain.names import keyed
from workshop_tui.domain.own_care import OwnCareRow
from workshop_tui.domain.points import Tie
from workshop_tui.domain.redaction import Redaction
from workshop_tui.domain.registers import EntryRow
from workshop_tui.domain.roles import may_take_part
from workshop_tui.domain.rows import BallotRow, ContributionRow, ReasonRow
from workshop_tui.domain.safeguarding import SafeguardingRow
from workshop_tui.domain.steps import Step, without_words
from workshop_tui.domain.texts import Dealt, answer_key, question_of
from workshop_tui.room.contributions import ContributionEvent, Contributions
from workshop_tui.room.overlay import Overlay
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.room.reasons import Reasons
from workshop_tui.room.tallies import RunningTally, add_to


def _as_stored(row: ContributionRow) -> ContributionRow:
    return replace(row, withheld=False) if row.withheld else row


class Tables(Contributions):
    """Everything people said, as `domain.rows.Rows` with an overlay."""

    def __init__(self, stored: StoredSession) -> None:
        super().__init__(stored)
        self._people: Overlay[str, bytes] = Overlay(dict(stored.people))
        self._joined_at: Overlay[str, int] = Overlay(dict(stored.minutes))
        self._tokens: Overlay[bytes, str] = Overlay({token: each for each, token in stored.people.items() if token})
        self._roles: Overlay[str, str] = Overlay(dict(stored.roles))
        self._round_keys: Overlay[str, bytes] = Overlay(dict(stored.round_keys))
        self.tallies = {key: RunningTally(dict(rows), stored.sealed.get(key)) for key, rows in stored.ballots.items()}
        self.reasons = Reasons(stored.reasons)
        self._asking: dict[str, tuple[int, frozenset[str]]] = {}
        self._sorted: dict[str, tuple[int, Mapping[Handling, Sequence[str]]]] = {}
        self._handlings: Overlay[str, Handling] = Overlay(dict(stored.handlings))
        self._own_care: Overlay[str, OwnCareRow] = Overlay({row.key: row for row in stored.own_care})
        self._safeguarding: Overlay[str, SafeguardingRow] = Overlay({row.key: row for row in stored.safeguarding})
        self._notes: Overlay[str, ev.NoteWritten] = Overlay({note.key: note for note in stored.notes})
        self._dropped: Overlay[str, bool] = Overlay(dict.fromkeys(stored.dropped_notes, True))
        self._entries: Overlay[str, ev.EntrySorted] = Overlay(dict(stored.entries))
        self._ties: Overlay[str, tuple[Tie, ...]] = Overlay(
            {note: tuple(some) for note, some in groupby(stored.ties, key=lambda tie: tie.note)}
        )
        self._resting: Mapping[str, list[str]] | None = None
        """Which notes rest on something, by what it is; None until it is asked for again."""
        self._undo: Overlay[str, tuple[Step, ...]] = Overlay(dict(stored.undo))
        self._redo: Overlay[str, tuple[Step, ...]] = Overlay(dict(stored.redo))
        self._casts: list[ev.BallotCast] = []
        self._seals: list[ev.BallotsSealed | ev.RoundKeyDestroyed] = []

    # What deciding may look up (domain.rows.Rows). -----------------------------------------------

    def knows(self, person: str) -> bool:
        """Whether this person has joined and has not left since."""
        return bool(self._people.get(person))

    def has_left(self, person: str) -> bool:
        """Whether this person handed their phone on."""
        return self._people.get(person) == b""

    def people(self) -> int:
        """How many phones have joined."""
        return len(self._people)

    def joined_at(self, person: str) -> int:
        """When somebody joined, in UTC minutes."""
        return self._joined_at.get(person) or 0

    def role(self, person: str) -> str:
        """Who somebody is here as; empty until they have said."""
        return self._roles.get(person) or ""

    def voters(self) -> int:
        """How many of them may vote."""
        return self.people() - sum(not may_take_part(role) for _, role in self._roles.items())

    def round_key(self, round_: str) -> bytes | None:
        """The key of a round; None once destroyed."""
        return self._round_keys.get(round_) or None

    def ballot(self, round_: str, voter: bytes) -> BallotRow | None:
        """One voter's ballot."""
        tally = self.tallies.get(round_)
        return tally.ballots.get(voter) if tally else None

    def ballots(self, round_: str) -> Iterable[tuple[bytes, BallotRow]]:
        """Every ballot of one round."""
        tally = self.tallies.get(round_)
        return tally.ballots.items() if tally else ()

    def reasons_in(self, round_: str) -> Iterable[ReasonRow]:
        """Every reason of one round."""
        return self.reasons.of(round_)

    def reason(self, key: str) -> ReasonRow | None:
        """One reason."""
        return self.reasons.get(key)

    def handling(self, text: str) -> Handling | None:
        """How a reason, an answer or a note was dealt with; None as long as nobody has."""
        return self._handlings.get(text)

    def rewording(self, text: str) -> str:
        """In which words a text is shown instead of its own; empty for its own."""
        found = self._rewordings.get(text)
        return found.words if found is not None else ""

    def safeguarding(self, key: str) -> SafeguardingRow | None:
        """A matter that was handed on."""
        return self._safeguarding.get(key)

    def own_care(self, key: str) -> OwnCareRow | None:
        """A request to be contacted about somebody's own care; None where there is none of that key."""
        return self._own_care.get(key)

    def all_own_care(self) -> tuple[OwnCareRow, ...]:
        """All of them, as they came."""
        return tuple(row for _, row in self._own_care.items())

    @property
    def kept_own_care(self) -> tuple[OwnCareRow, ...]:
        """Every request on disk, first to last."""
        return tuple(self._own_care.base.values())

    @property
    def kept_safeguarding(self) -> tuple[SafeguardingRow, ...]:
        """Every matter on disk that was handed on, first to last."""
        return tuple(self._safeguarding.base.values())

    def redactions(self, text: str) -> tuple[Redaction, ...]:
        """What was decided of what may tell who somebody is in a text."""
        found = self._redactions.get(text)
        return found.decisions if found is not None else ()

    def note(self, key: str) -> ev.NoteWritten | None:
        """The note of that key; None where there is none."""
        return self._notes.get(key)

    def reasons_by(self, round_: str, voter: bytes) -> tuple[ReasonRow, ...]:
        """One voter's reasons."""
        return self.reasons.by(round_, voter)

    def profile(self, round_: str) -> Mapping[str, int]:
        """The counts of one round."""
        tally = self.tallies.get(round_)
        for event in self._seals:
            if event.round == round_ and isinstance(event, ev.BallotsSealed):
                return {choice: people for choice, people in event.counts if choice is not None}
        counts = dict(tally.profile) if tally else {}
        for cast in self._casts:
            if cast.round == round_ and not cast.first and cast.old is not None:
                add_to(counts, cast.old, -1)
            if cast.round == round_ and cast.new is not None:
                add_to(counts, cast.new, 1)
        return counts

    def persons(self) -> Iterable[str]:
        """Every person who has joined."""
        return (person for person, _ in self._people.items())

    def all_notes(self) -> Iterable[ev.NoteWritten]:
        """Every note, those taken back among them."""
        return (note for _, note in self._notes.items())

    def has_note(self, key: str) -> bool:
        """Whether there is a note of that key."""
        return self._notes.get(key) is not None

    def is_dropped(self, note: str) -> bool:
        """Whether a note was taken back."""
        return bool(self._dropped.get(note))

    def entry(self, note: str) -> EntryRow | None:
        """How a note is sorted."""
        found = self._entries.get(note)
        return found.entry if found is not None else None

    def ties(self, note: str) -> tuple[Tie, ...]:
        """What a note rests on, sorted."""
        return self._ties.get(note) or ()

    def undo(self, desk: str) -> tuple[Step, ...]:
        """What a desk can take back, newest last."""
        return self._undo.get(desk) or ()

    def steps_of_others(self, desk: str) -> Iterable[Step]:
        """What every other desk can take back."""
        return (step for other, steps in self._undo.items() if other != desk for step in steps)

    def redo(self, desk: str) -> tuple[Step, ...]:
        """What a desk can do again, newest last."""
        return self._redo.get(desk) or ()

    # What views read: only what is on disk, so that no page thanks for something that is then refused. ---------

    @property
    def person_by_token(self) -> Mapping[bytes, str]:
        """Everybody who has joined and has not left, by the hash of their phone's token."""
        return self._tokens.base

    @property
    def joined(self) -> int:
        """How many phones have joined."""
        return len(self._people.base)

    def kept_role(self, person: str) -> str:
        """Who somebody is here as; empty until they have said."""
        return self._roles.base.get(person, "")

    @property
    def roles(self) -> dict[str, int]:
        """How many are here as what; those who have not said are under the empty word."""
        counts = Counter(self._roles.base.values())
        return {**counts, "": self.joined - counts.total()}

    def kept_ballot(self, round_: str, person: str) -> BallotRow | None:
        """The ballot of one person in a round that is not sealed; None where there is none."""
        key, tally = self._round_keys.base.get(round_), self.tallies.get(round_)
        return tally.ballots.base.get(keyed(key, person)) if key and tally else None

    def kept_reasons(self, round_: str, person: str) -> tuple[ReasonRow, ...]:
        """The reasons that one person gives in a round that is not sealed."""
        key = self._round_keys.base.get(round_)
        return self.reasons_by(round_, keyed(key, person)) if key else ()

    @property
    def dealt(self) -> Dealt:
        """What the facilitator did with texts, for whatever shows one."""
        return Dealt(self._handlings.base, self._rewordings.base, self._redactions.base)

    def reasons_by_handling(self, round_: str) -> Mapping[Handling, Sequence[str]]:
        """The keys of a round's reasons by how they were dealt with, each in their random order; what is on disk.

        Worked out again only once one of them has changed.
        """
        known = self._sorted.get(round_)
        if known is None or known[0] != self.reasons.changes[round_]:
            found: defaultdict[Handling, list[str]] = defaultdict(list)
            for row in self.reasons.kept(round_):
                found[self.dealt.handling(row.key, "reason")].append(row.key)
            known = self._sorted[round_] = self.reasons.changes[round_], found
        return known[1]

    def asking_reasons(self, round_: str) -> frozenset[str]:
        """The keys of a round's unread reasons that ask to be read now; worked out again as those above."""
        changes = self.reasons.changes[round_]
        known = self._asking.get(round_)
        if known is None or known[0] != changes:
            unread = {*self.reasons_by_handling(round_).get("new", ())}
            asking = frozenset(
                row.key for row in self.reasons.kept(round_) if row.key in unread and body_asks(row.body)
            )
            known = self._asking[round_] = changes, asking
        return known[1]

    def kept_steps(self, desk: str) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
        """What a desk can take back, and what it can do again, newest last."""
        return self._undo.base.get(desk, ()), self._redo.base.get(desk, ())

    def kept_since(self, version: int) -> Iterable[Step]:
        """What any desk has done since the state had that version, as far as it was not taken back."""
        return (step for steps in self._undo.base.values() for step in steps if step.version >= version)

    @property
    def notes(self) -> tuple[ev.NoteWritten, ...]:
        """Every note on disk that was not taken back."""
        return self._notes_where(dropped=False)

    def kept_entry(self, note: str) -> EntryRow | None:
        """How a note is sorted; what is on disk."""
        found = self._entries.base.get(note)
        return found.entry if found is not None else None

    def kept_ties(self, note: str) -> tuple[Tie, ...]:
        """What a note rests on; what is on disk."""
        return self._ties.base.get(note, ())

    def kept_lines_on(self, ref: str) -> tuple[str, ...]:
        """The notes on disk that rest on something, by their keys, as they came."""
        if self._resting is None:
            found: defaultdict[str, list[str]] = defaultdict(list)
            for note, ties in self._ties.base.items():
                for tie in ties:
                    found[tie.ref].append(note)
            self._resting = found
        return tuple(note for note in self._resting.get(ref, ()) if not self._dropped.base.get(note))

    @property
    def notes_taken_back(self) -> tuple[ev.NoteWritten, ...]:
        """Every note on disk that was taken back."""
        return self._notes_where(dropped=True)

    def _notes_where(self, *, dropped: bool) -> tuple[ev.NoteWritten, ...]:
        return tuple(note for key, note in self._notes.base.items() if self._dropped.base.get(key, False) == dropped)

    def stored(self, info: SessionInfo) -> StoredSession:
        """Everything here that is on disk, as it would be read from there; journal and time are only in the store."""
        return StoredSession(
            info=info,
            journal=(),
            people=dict(self._people.base),
            minutes=dict(self._joined_at.base),
            roles=dict(self._roles.base),
            round_keys=dict(self._round_keys.base),
            story_key=self._story_key.base.get(""),
            ballots={key: dict(tally.ballots.base) for key, tally in self.tallies.items()},
            sealed={key: tally.sealed for key, tally in self.tallies.items() if tally.sealed is not None},
            reasons=self.reasons.stored(),
            contributions=tuple(map(_as_stored, self._contributions.base.values())),
            care=dict(self._care.base),
            safeguarding=self.kept_safeguarding,
            own_care=self.kept_own_care,
            upvotes=frozenset(name for name, presses in self._upvotes.base.items() if presses % 2),
            answers=dict(self._answers.base),
            retellings=dict(self._retellings.base),
            issued=self._issued.base.get("", ()),
            codes=tuple(self._codes.base.values()),
            handlings=dict(self._handlings.base),
            rewordings=dict(self._rewordings.base),
            redactions=dict(self._redactions.base),
            undo={desk: steps for desk, steps in self._undo.base.items() if steps},
            redo={desk: steps for desk, steps in self._redo.base.items() if steps},
            held_authors=frozenset(self._held.base),
            notes=tuple(self._notes.base.values()),
            dropped_notes=frozenset(key for key, dropped in self._dropped.base.items() if dropped),
            entries=dict(self._entries.base),
            ties=tuple(sorted(tie for ties in self._ties.base.values() for tie in ties)),
            alive_ms=0,
        )

    # Changes. ------------------------------------------------------------------------------------

    def apply(self, event: ev.TableEvent) -> None:
        """Lay one change on top."""
        self._forget_texts(event)
        if isinstance(event, ContributionEvent):
            self.contribute(event)
            return
        match event:
            case ev.PersonJoined():
                self._people.put(event.person, event.token_hash)
                self._joined_at.put(event.person, event.minute)
                self._tokens.put(event.token_hash, event.person)
            case ev.PlaceLeft():
                self._tokens.take_out(self._people.get(event.person) or b"")
                self._people.put(event.person, b"")
            case ev.SeatFreed():
                self._tokens.take_out(self._people.get(event.person) or b"")
                for each in (self._people, self._joined_at, self._roles):
                    each.take_out(event.person)
            case ev.RoleTold():
                self._roles.put(event.person, event.role)
            case ev.BallotCast():
                ballot = BallotRow(event.new, event.revision, event.receipt, event.segment)
                self._tally(event.round).ballots.put(event.voter, ballot)
                self._casts.append(event)
            case ev.ReasonsGiven():
                self.reasons.give(event)
            case ev.ReasonGone():
                self.reasons.take_out(event.key)
            case ev.RoundKeyMade():
                self._round_keys.put(event.round, event.key)
                self._tally(event.round)
            case ev.BallotsSealed():
                self._seals.append(event)
                self.reasons.seal(event)
            case ev.RoundKeyDestroyed():
                self._round_keys.take_out(event.round)
                self._seals.append(event)
                self.reasons.unlink(event.round)
            case ev.TextHandled():
                self._handlings.put(event.text, event.handling)
            case ev.RewordingWritten():
                self._touch(event.text)
                if event.words:
                    self._rewordings.put(event.text, event)
                else:
                    self._rewordings.take_out(event.text)
            case ev.OwnCareNoted():
                self._own_care.put(event.row.key, event.row)
            case ev.OwnCareGone():
                for request in event.requests:
                    self._own_care.take_out(request)
            case ev.SafeguardingNoted():
                self._safeguarding.put(event.row.key, event.row)
            case ev.RedactionsWritten():
                self._touch(event.text)
                if event.decisions:
                    self._redactions.put(event.text, event)
                else:
                    self._redactions.take_out(event.text)
            case ev.NoteWritten():
                self._notes.put(event.key, event)
            case ev.NoteRewritten():
                note = self._notes.get(event.key)
                if note is not None:
                    owner = note.owner if event.owner is None else event.owner
                    self._notes.put(event.key, replace(note, text=event.text, salt=event.salt, owner=owner))
            case ev.EntrySorted():
                if event.entry is None:
                    self._entries.take_out(event.note)
                else:
                    self._entries.put(event.note, event)
            case ev.TiesChanged():
                self._change_ties(event)
            case ev.QuotationsGone():
                self._forget_steps((), event.items, event.words)
            case ev.NoteMarked():
                self._dropped.put(event.key, event.dropped)
            case ev.StepDone() | ev.StepUndone() | ev.StepRedone() | ev.StepsForgotten():
                self._apply_step(event)
            case _:
                assert_never(event)

    def _change_ties(self, event: ev.TiesChanged) -> None:
        changed: defaultdict[str, set[Tie]] = defaultdict(set)
        for tie in event.ties:
            changed[tie.note].add(tie)
        for note, ties in changed.items():
            left = {*self.ties(note)} | ties if event.tied else {*self.ties(note)} - ties
            if left:
                self._ties.put(note, tuple(sorted(left)))
            else:
                self._ties.take_out(note)

    def _forget_texts(self, event: ev.TableEvent) -> None:
        """What was done with texts that an event takes away goes with them."""
        handled: tuple[str, ...] = ()
        reworded: tuple[str, ...] = ()
        match event:
            case ev.ReasonsGiven():
                handled = reworded = event.gone
            case ev.ReasonGone():
                handled = reworded = (event.key,)
                self._forget_steps(reworded, ())
            case ev.ContributionEmptied():
                handled = (answer_key(event.key),)
                reworded = (event.key, *handled)
                self._forget_steps(reworded, ())
            case ev.AnswerWritten():
                # A new answer is in new words. One that is held back stays so.
                reworded = (answer_key(event.contribution),)
            case ev.NoteRewritten():
                # What was decided holds places in words that are others now: they are looked at again.
                self._redactions.take_out(event.key)
                return
            case _:
                return
        for text in handled:
            self._handlings.take_out(text)
        for text in reworded:
            self._rewordings.take_out(text)
            self._redactions.take_out(text)

    def _forget_steps(self, texts: Collection[str], items: Collection[str], words: Sequence[str] = ()) -> None:
        """What desks can take back holds no words that are gone."""
        for lists in (self._undo, self._redo):
            for desk, listed in list(lists.items()):
                left = without_words(listed, texts, items, words)
                if left != listed:
                    lists.put(desk, left)

    def _apply_step(self, event: ev.StepDone | ev.StepUndone | ev.StepRedone | ev.StepsForgotten) -> None:
        if isinstance(event, ev.StepsForgotten):
            self._undo.clear()
            self._redo.clear()
            return
        undo, redo = after_step(self.undo(event.desk), self.redo(event.desk), event)
        self._undo.put(event.desk, undo)
        self._redo.put(event.desk, redo)

    def commit(self) -> None:
        """Fold the batch in: it is on disk."""
        for cast in self._casts:
            tally = self.tallies[cast.round]
            if not cast.first:
                tally.count(cast.old, -1, cast.segment)
                tally.changes += 1
            tally.count(cast.new, 1, cast.segment)
        seals = self._seals
        if self._ties.touched():
            self._resting = None
        dealt_with = {*self._handlings.touched(), *self._rewordings.touched(), *self._redactions.touched()}
        for text in self._handlings.touched():
            row = self.reasons.get(text)
            if row is not None:
                self.reasons.changes[row.round] += 1
        super().commit()
        # Of an answer it is the question that is shown otherwise.
        self.changed |= {question_of(text) or text for text in dealt_with} & self.contributions.keys()
        for event in seals:
            tally = self._tally(event.round)
            if isinstance(event, ev.BallotsSealed):
                tally.seal(event)
            else:
                tally.forget_phones()

    def _forget_batch(self) -> None:
        super()._forget_batch()
        self._casts, self._seals = [], []

    def _overlays(self) -> Iterator[Overlay[Any, Any]]:
        yield from super()._overlays()
        yield from (self._people, self._joined_at, self._tokens, self._roles, self._round_keys, self.reasons)
        yield from (
            self._handlings,
            self._rewordings,
            self._safeguarding,
            self._own_care,
            self._redactions,
            self._notes,
            self._dropped,
            self._entries,
            self._ties,
            self._undo,
            self._redo,
        )
        for round_ in {cast.round for cast in self._casts}:
            yield self.tallies[round_].ballots

    def _tally(self, round_: str) -> RunningTally:
        if round_ not in self.tallies:
            self.tallies[round_] = RunningTally({})
        return self.tallies[round_]
