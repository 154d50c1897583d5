"""The tables of what people say, indexed in memory beside the small state, each with the overlay of `overlay`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, assert_never

from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.evolve import after_step
from workshop_tui.domain.names import keyed, upvoter
from workshop_tui.domain.roles import may_take_part
from workshop_tui.domain.rows import AnswerRow, BallotRow, ContributionRow, ReasonRow
from workshop_tui.domain.steps import Step
from workshop_tui.room.overlay import Overlay, Pending
from workshop_tui.room.ports import SessionInfo, StoredSession
from workshop_tui.room.reasons import Reasons
from workshop_tui.room.tallies import Tally, add_to


class Tables:
    """Everything people said, as `domain.rows.Rows` with an overlay."""

    def __init__(self, stored: StoredSession) -> None:
        self._people: Overlay[str, bytes] = Overlay(dict(stored.people))
        self._joined_at = dict(stored.minutes)
        self.person_by_token = {token: person for person, token in stored.people.items() if token}
        self._roles: Overlay[str, str] = Overlay(dict(stored.roles))
        self._round_keys: Overlay[str, bytes] = Overlay(dict(stored.round_keys))
        self._story_key: Overlay[str, bytes] = Overlay({"": stored.story_key} if stored.story_key else {})
        self.tallies = {key: Tally(dict(rows), stored.sealed.get(key)) for key, rows in stored.ballots.items()}
        self.reasons = Reasons(stored.reasons)
        self._contributions = Overlay({row.key: row for row in stored.contributions})
        self.untrusted = stored.untrusted
        """The keys of contributions that are in the file and not here: `room.damage` passed them over."""
        self._by_submission = Overlay({row.submission_id: row.key for row in stored.contributions if row.submission_id})
        self._by_author: Overlay[bytes, tuple[str, ...]] = Overlay({})
        for row in stored.contributions:
            if row.author:
                self._by_author.base[row.author] = (*self._by_author.base.get(row.author, ()), row.key)
        # How often each changed that; after an odd number they want to know.
        self._upvotes: Overlay[tuple[str, bytes], int] = Overlay(dict.fromkeys(stored.upvotes, 1))
        self.votes = Counter(contribution for contribution, _ in stored.upvotes)
        """How many want to know each question, by contribution; only what is on disk."""
        self._answers: Overlay[str, ev.AnswerWritten] = Overlay(dict(stored.answers))
        self._retellings: Overlay[str, ev.RetellingWritten] = Overlay(dict(stored.retellings))
        self._held: Overlay[bytes, bool] = Overlay(dict.fromkeys(stored.held_authors, True))
        self._notes: Overlay[str, ev.NoteWritten] = Overlay({note.key: note for note in stored.notes})
        self._dropped: Overlay[str, bool] = Overlay(dict.fromkeys(stored.dropped_notes, True))
        self._undo: Overlay[str, tuple[Step, ...]] = Overlay(dict(stored.undo))
        self._redo: Overlay[str, tuple[Step, ...]] = Overlay(dict(stored.redo))
        self._casts: list[ev.BallotCast] = []
        self._joins: list[ev.PersonJoined] = []
        self._left: list[bytes] = []
        """The tokens of those who left."""
        self._seals: list[ev.BallotsSealed | ev.RoundKeyDestroyed] = []
        self._pressed: list[ev.Upvoted] = []

    # What deciding may look up (domain.rows.Rows). -----------------------------------------------

    def knows(self, person: str) -> bool:
        """Whether this person has joined and has not left since."""
        return bool(self._people.get(person))

    def has_left(self, person: str) -> bool:
        """Whether this person handed their phone on."""
        return self._people.get(person) == b""

    def people(self) -> int:
        """How many phones have joined."""
        return len(self._people.base) + len(self._joins)

    def role(self, person: str) -> str:
        """Who somebody is here as; empty until they have said."""
        return self._roles.get(person) or ""

    def voters(self) -> int:
        """How many of them may vote."""
        return self.people() - sum(not may_take_part(role) for role in (each for _, each in self._roles.items()))

    def round_key(self, round_: str) -> bytes | None:
        """The key of a round; None once destroyed."""
        return self._round_keys.get(round_) or None

    def story_key(self) -> bytes | None:
        """The key of contributions; None once destroyed."""
        return self._story_key.get("") or None

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

    def sent(self, submission_id: str) -> ContributionRow | None:
        """What was kept under a submission id."""
        key = self._by_submission.get(submission_id)
        return self._contributions.get(key) if key is not None else None

    def contribution(self, key: str) -> ContributionRow | None:
        """One contribution."""
        return self._contributions.get(key)

    def all_contributions(self) -> Iterable[ContributionRow]:
        """Every contribution, in the order they came."""
        return (row for _, row in self._contributions.items())

    def by_author(self, author: bytes) -> tuple[ContributionRow, ...]:
        """Everything one phone sent."""
        rows = (self._contributions.get(key) for key in self._by_author.get(author) or ())
        return tuple(row for row in rows if row is not None)

    def approved(self, item: str) -> tuple[str, ...]:
        """The keys of what was sent to an item and approved."""
        rows = self.all_contributions()
        return tuple(row.key for row in rows if row.item == item and row.moderation == "approved" and not row.gone)

    def has_upvoted(self, contribution: str, upvoter: bytes) -> bool:
        """Whether this upvoter wants to know that too."""
        return self.presses(contribution, upvoter) % 2 == 1

    def presses(self, contribution: str, upvoter: bytes) -> int:
        """How often this upvoter changed that, since the room was started."""
        return self._upvotes.get((contribution, upvoter)) or 0

    def answer(self, contribution: str) -> AnswerRow | None:
        """What became of a question."""
        found = self._answers.get(contribution)
        return found.answer if found is not None else None

    def retelling(self, contribution: str) -> str:
        """What a story is about, in the facilitator's words."""
        found = self._retellings.get(contribution)
        return found.words if found is not None else ""

    def is_held(self, author: bytes) -> bool:
        """Whether everything from this phone is to be held."""
        return bool(self._held.get(author))

    def unread(self) -> int:
        """How many contributions wait to be read."""
        return sum(1 for row in self.all_contributions() if row.moderation == "new" and not row.gone)

    def has_note(self, key: str) -> bool:
        """Whether there is a note of that key."""
        return self._notes.get(key) is not None

    def is_dropped(self, note: str) -> bool:
        """Whether a note was taken back."""
        return bool(self._dropped.get(note))

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

    def kept_from(self, person: str) -> tuple[ContributionRow, ...]:
        """Everything one person sent, until the write-up is finished."""
        key = self._story_key.base.get("")
        names = self._by_author.base.get(keyed(key, person), ()) if key else ()
        return tuple(self._contributions.base[name] for name in names)

    def kept_presses(self, person: str, contribution: str) -> int:
        """How often one person changed whether they want to know a question too; 0 once the write-up is finished."""
        key = self._story_key.base.get("")
        return self._upvotes.base.get((contribution, upvoter(key, person, contribution)), 0) if key else 0

    def kept_upvote(self, person: str, contribution: str) -> bool:
        """Whether one person wants to know a question too; False once the write-up is finished."""
        return self.kept_presses(person, contribution) % 2 == 1

    def kept_answer(self, contribution: str) -> AnswerRow | None:
        """What became of a question; None as long as nothing was noted."""
        found = self._answers.base.get(contribution)
        return found.answer if found is not None else None

    def kept_retelling(self, contribution: str) -> str:
        """What a story is about, in the facilitator's words; empty where nobody wrote it."""
        found = self._retellings.base.get(contribution)
        return found.words if found is not None else ""

    @property
    def contributions(self) -> Mapping[str, ContributionRow]:
        """Every contribution on disk, in the order they came."""
        return self._contributions.base

    @property
    def notes(self) -> tuple[ev.NoteWritten, ...]:
        """Every note on disk that was not taken back."""
        return tuple(note for key, note in self._notes.base.items() if not self._dropped.base.get(key))

    @property
    def notes_taken_back(self) -> tuple[ev.NoteWritten, ...]:
        """Every note on disk that was taken back."""
        return tuple(note for key, note in self._notes.base.items() if self._dropped.base.get(key))

    def stored(self, info: SessionInfo) -> StoredSession:
        """Everything here that is on disk, as it would be read from there; journal and time are only in the store."""
        return StoredSession(
            info=info,
            journal=(),
            people=dict(self._people.base),
            minutes=dict(self._joined_at),
            roles=dict(self._roles.base),
            round_keys=dict(self._round_keys.base),
            story_key=self._story_key.base.get(""),
            ballots={key: dict(tally.ballots.base) for key, tally in self.tallies.items()},
            sealed={key: tally.sealed for key, tally in self.tallies.items() if tally.sealed is not None},
            reasons=self.reasons.stored(),
            contributions=tuple(self._contributions.base.values()),
            upvotes=frozenset(name for name, presses in self._upvotes.base.items() if presses % 2),
            answers=dict(self._answers.base),
            retellings=dict(self._retellings.base),
            undo={desk: steps for desk, steps in self._undo.base.items() if steps},
            redo={desk: steps for desk, steps in self._redo.base.items() if steps},
            held_authors=frozenset(self._held.base),
            notes=tuple(self._notes.base.values()),
            dropped_notes=frozenset(key for key, dropped in self._dropped.base.items() if dropped),
            alive_ms=0,
        )

    # Changes. ------------------------------------------------------------------------------------

    def apply(self, event: ev.TableEvent) -> None:
        """Lay one change on top."""
        match event:
            case ev.PersonJoined():
                self._people.put(event.person, event.token_hash)
                self._joins.append(event)
            case ev.PlaceLeft():
                self._left.append(self._people.get(event.person) or b"")
                self._people.put(event.person, b"")
            case ev.RoleTold():
                self._roles.put(event.person, event.role)
            case ev.BallotCast():
                ballot = BallotRow(event.new, event.revision, event.receipt, event.segment)
                self._tally(event.round).ballots.put(event.voter, ballot)
                self._casts.append(event)
            case ev.ReasonsGiven():
                self.reasons.give(event)
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
            case ev.ContributionKept():
                self._put_contribution(event.row)
            case ev.ModerationSet():
                row = self._contributions.get(event.key)
                if row is not None:
                    self._contributions.put(event.key, replace(row, moderation=event.handling))
            case ev.ContributionEmptied():
                self._empty(event.key, "withdrawn")
                self._retellings.take_out(event.key)
                self._answers.take_out(event.key)
                for name, presses in self._upvotes.items():
                    if name[0] == event.key:
                        self._upvotes.take_out(name)
                        self._pressed += [ev.Upvoted(*name, on=False)] * (presses % 2)
            case ev.Upvoted():
                # Deciding lets only changes through, so an odd number is always one who wants to know.
                before = self.presses(event.contribution, event.upvoter)
                self._upvotes.put((event.contribution, event.upvoter), before + 1)
                self._pressed.append(event)
            case ev.AnswerWritten():
                if event.answer is None:
                    self._answers.take_out(event.contribution)
                else:
                    self._answers.put(event.contribution, event)
            case ev.RetellingWritten():
                if event.words:
                    self._retellings.put(event.contribution, event)
                else:
                    self._retellings.take_out(event.contribution)
            case ev.AuthorHeld():
                if event.hold:
                    self._held.put(event.author, True)
                else:
                    self._held.take_out(event.author)
            case ev.NoteWritten():
                self._notes.put(event.key, event)
            case ev.NoteMarked():
                self._dropped.put(event.key, event.dropped)
            case ev.WordsWiped():
                for key in event.contributions:
                    self._empty(key, "day_over")
            case ev.StoryKeyDestroyed():
                self._forget_authors()
            case ev.StepDone() | ev.StepUndone() | ev.StepRedone() | ev.StepsForgotten():
                self._apply_step(event)
            case _:
                assert_never(event)

    def _empty(self, key: str, why: Literal["withdrawn", "day_over"]) -> None:
        row = self._contributions.get(key)
        if row is not None:
            self._contributions.put(key, replace(row, body="", salt=b"", digest=b"", gone=why))

    def _forget_authors(self) -> None:
        self._story_key.take_out("")
        for key, row in self._contributions.items():
            if row.author or row.submission_id:
                self._contributions.put(key, replace(row, author=b"", submission_id=""))
        self._by_submission.clear()
        self._by_author.clear()
        self._held.clear()

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
        for upvote in self._pressed:
            self.votes[upvote.contribution] += 1 if upvote.on else -1
        for join in self._joins:
            self.person_by_token[join.token_hash] = join.person
            self._joined_at[join.person] = join.minute
        for token in self._left:
            self.person_by_token.pop(token, None)
        for overlay in self._overlays():
            overlay.commit()
        for event in self._seals:
            tally = self._tally(event.round)
            if isinstance(event, ev.BallotsSealed):
                tally.seal(event)
            else:
                tally.forget_phones()
        self._forget_batch()

    def rollback(self) -> None:
        """Throw the batch away: it did not reach the disk."""
        for overlay in self._overlays():
            overlay.rollback()
        self._forget_batch()

    def _forget_batch(self) -> None:
        self._casts, self._joins, self._left, self._seals, self._pressed = [], [], [], [], []

    def _overlays(self) -> Iterator[Pending]:
        yield from (self._people, self._roles, self._round_keys, self._story_key, self._contributions)
        yield from (self._by_submission, self._by_author, self._held, self._notes, self._dropped)
        yield from (self._upvotes, self._answers, self._retellings, self._undo, self._redo, self.reasons)
        for round_ in {cast.round for cast in self._casts}:
            yield self.tallies[round_].ballots

    def _tally(self, round_: str) -> Tally:
        if round_ not in self.tallies:
            self.tallies[round_] = Tally({})
        return self.tallies[round_]

    def _put_contribution(self, row: ContributionRow) -> None:
        self._contributions.put(row.key, row)
        self._by_submission.put(row.submission_id, row.key)
        self._by_author.put(row.author, (*(self._by_author.get(row.author) or ()), row.key))
