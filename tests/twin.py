"""A session in plain dicts: what every event makes of it, written a second time from what the events say of themselves.

It shares no line with the product's tables, tallies and SQL, which are held against it; where one text repeats another
both ask the same pure rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, assert_never

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.commands import Handling
from workshop_tui.domain.journal import body_of, content_of, event_from
from workshop_tui.domain.own_care import OwnCareRow
from workshop_tui.domain.points import Tie
from workshop_tui.domain.private_codes import CodeRow
from workshop_tui.domain.quoting import without
from workshop_tui.domain.rows import BallotRow, ContributionRow, IssuedRow, ReasonRow, SealedRow
from workshop_tui.domain.safeguarding import SafeguardingRow
from workshop_tui.domain.steps import NoteRewritten, NoteSorted, OptionsChosen, QuestionAnswered, Step, StoryRetold
from workshop_tui.domain.unquoted import repeats, unquoted_plain
from workshop_tui.limits import UNDO_STEPS
from workshop_tui.room.ports import SessionInfo, StoredSession

StepEvent = ev.StepDone | ev.StepUndone | ev.StepRedone | ev.StepsForgotten


class Twin:
    """Everything that a session file holds, and nothing else.

    Args:
        info: What the session is.
        story_key: The key of its contributions.
    """

    def __init__(self, info: SessionInfo, story_key: bytes) -> None:
        self.info = info
        self.alive_ms = 0
        self.journal: list[ev.JournalEvent] = []
        self.people: dict[str, ev.PersonJoined] = {}
        self.left: set[str] = set()
        self.roles: dict[str, str] = {}
        self.round_keys: dict[str, bytes] = {}
        self.story_key: bytes | None = story_key
        self.ballots: dict[str, dict[bytes, BallotRow]] = {}
        self.sealed: dict[str, SealedRow] = {}
        self.reasons: dict[str, ReasonRow] = {}
        self.contributions: dict[str, ContributionRow] = {}
        self.upvotes: set[tuple[str, bytes]] = set()
        self.answers: dict[str, ev.AnswerWritten] = {}
        self.retellings: dict[str, ev.RetellingWritten] = {}
        self.codes: dict[str, CodeRow] = {}
        self.issued: list[IssuedRow] = []
        self.handlings: dict[str, Handling] = {}
        self.rewordings: dict[str, ev.RewordingWritten] = {}
        self.care: dict[str, ev.CareTaken] = {}
        self.own_care: dict[str, OwnCareRow] = {}
        self.safeguarding: dict[str, SafeguardingRow] = {}
        self.redactions: dict[str, ev.RedactionsWritten] = {}
        self.on_hold: set[bytes] = set()
        self.notes: dict[str, ev.NoteWritten] = {}
        self.dropped: set[str] = set()
        self.entries: dict[str, ev.EntrySorted] = {}
        self.ties: set[Tie] = set()
        self.undo: dict[str, list[Step]] = {}
        self.redo: dict[str, list[Step]] = {}

    def take(self, events: Iterable[ev.Event], alive_ms: int) -> None:
        """One commit."""
        self.alive_ms = alive_ms
        for event in events:
            if isinstance(event, ev.Journaled):
                # What is not kept beside the journal is gone with the event: the words that are taken out, too.
                is_gone = isinstance(event, ev.QuotationsTakenOut)
                self.journal.append(replace(event, words=(), salt=b"") if is_gone else event)
                if isinstance(event, ev.RoundOpened):
                    self.ballots[event.round] = {}
            else:
                self._change(event)

    def load(self) -> StoredSession:
        """What a store would give back."""
        return StoredSession(
            info=self.info,
            journal=tuple(self.journal),
            people={
                person: b"" if person in self.left else joined.token_hash for person, joined in self.people.items()
            },
            minutes={person: joined.minute for person, joined in self.people.items()},
            roles=dict(self.roles),
            round_keys=dict(self.round_keys),
            story_key=self.story_key,
            ballots={round_: dict(rows) for round_, rows in self.ballots.items()},
            sealed=dict(self.sealed),
            reasons=tuple(self.reasons[key] for key in sorted(self.reasons)),
            contributions=tuple(self.contributions.values()),
            upvotes=frozenset(self.upvotes),
            answers=dict(self.answers),
            retellings=dict(self.retellings),
            issued=tuple(self.issued),
            codes=tuple(self.codes[key] for key in sorted(self.codes)),
            handlings=dict(self.handlings),
            rewordings=dict(self.rewordings),
            care=dict(self.care),
            own_care=tuple(self.own_care.values()),
            safeguarding=tuple(self.safeguarding.values()),
            redactions=dict(self.redactions),
            undo={desk: tuple(steps) for desk, steps in self.undo.items() if steps},
            redo={desk: tuple(steps) for desk, steps in self.redo.items() if steps},
            held_authors=frozenset(self.on_hold),
            notes=tuple(self.notes.values()),
            dropped_notes=frozenset(self.dropped),
            entries=dict(sorted(self.entries.items())),
            ties=tuple(sorted(self.ties)),
            alive_ms=self.alive_ms,
        )

    def _change(self, event: ev.TableEvent) -> None:
        match event:
            case ev.PersonJoined():
                self.people[event.person] = event
            case ev.SeatFreed():
                del self.people[event.person]
                self.left.discard(event.person)
                self.roles.pop(event.person, None)
            case ev.PlaceLeft():
                self.left.add(event.person)
            case ev.RoleTold():
                self.roles[event.person] = event.role
            case ev.RoundKeyMade():
                self.round_keys[event.round] = event.key
            case ev.BallotCast():
                self.ballots[event.round][event.voter] = BallotRow(
                    event.new, event.revision, event.receipt, event.segment
                )
            case ev.ReasonsGiven():
                for key in event.gone:
                    del self.reasons[key]
                    self.handlings.pop(key, None)
                    self.rewordings.pop(key, None)
                    self.redactions.pop(key, None)
                self.reasons |= {row.key: row for row in event.reasons}
            case ev.ReasonGone():
                del self.reasons[event.key]
                self._forget_steps((event.key,), ())
                for told in (self.handlings, self.rewordings, self.redactions):
                    told.pop(event.key, None)
            case ev.BallotsSealed():
                self._seal(event)
            case ev.RoundKeyDestroyed():
                self.round_keys.pop(event.round, None)
                rows = self.ballots[event.round]
                for voter in rows:
                    rows[voter] = replace(rows[voter], revision=1, receipt=b"")
                for key, reason in self.reasons.items():
                    if reason.round == event.round:
                        self.reasons[key] = replace(reason, voter=b"")
            case ev.ContributionKept():
                self.contributions[event.row.key] = event.row
            case ev.FilesIssued():
                self.issued.append(event.row)
            case ev.CodeGiven():
                self.codes[event.row.text] = event.row
            case ev.ModerationSet():
                row = self.contributions[event.key]
                self.contributions[event.key] = replace(row, moderation=event.handling)
            case ev.ContributionEmptied():
                self._empty(event.key, "withdrawn")
                self.care.pop(event.key, None)
                self._forget_steps((event.key, f"answer.{event.key}"), ())
                self.answers.pop(event.key, None)
                self.retellings.pop(event.key, None)
                self.handlings.pop(f"answer.{event.key}", None)
                self.rewordings.pop(f"answer.{event.key}", None)
                self.rewordings.pop(event.key, None)
                self.redactions.pop(f"answer.{event.key}", None)
                self.redactions.pop(event.key, None)
                self.upvotes = {each for each in self.upvotes if each[0] != event.key}
            case ev.WordsWiped():
                for key in event.contributions:
                    self._empty(key, "day_over")
                    self.care.pop(key, None)
            case ev.Upvoted():
                (self.upvotes.add if event.on else self.upvotes.remove)((event.contribution, event.upvoter))
            case ev.AnswerWritten():
                self.answers.pop(event.contribution, None)
                self.rewordings.pop(f"answer.{event.contribution}", None)
                self.redactions.pop(f"answer.{event.contribution}", None)
                if event.answer is not None:
                    self.answers[event.contribution] = event
            case ev.RetellingWritten():
                self.retellings.pop(event.contribution, None)
                if event.words:
                    self.retellings[event.contribution] = event
            case ev.TextHandled():
                self.handlings[event.text] = event.handling
            case ev.RewordingWritten():
                self.rewordings.pop(event.text, None)
                if event.words:
                    self.rewordings[event.text] = event
            case ev.RedactionsWritten():
                self.redactions.pop(event.text, None)
                if event.decisions:
                    self.redactions[event.text] = event
            case ev.AuthorHeld():
                (self.on_hold.add if event.hold else self.on_hold.discard)(event.author)
            case ev.CareTaken():
                self.care[event.key] = event
            case ev.OwnCareNoted():
                self.own_care[event.row.key] = event.row
            case ev.OwnCareGone():
                for key in event.requests:
                    self.own_care.pop(key, None)
            case ev.SafeguardingNoted():
                self.safeguarding[event.row.key] = event.row
            case ev.NoteWritten():
                self.notes[event.key] = event
            case ev.NoteRewritten():
                note = self.notes[event.key]
                owner = note.owner if event.owner is None else event.owner
                self.notes[event.key] = replace(note, text=event.text, salt=event.salt, owner=owner)
                self.redactions.pop(event.key, None)
            case ev.EntrySorted():
                self.entries.pop(event.note, None)
                if event.entry is not None:
                    self.entries[event.note] = event
            case ev.TiesChanged():
                for tie in event.ties:
                    (self.ties.add if event.tied else self.ties.discard)(tie)
            case ev.QuotationsGone():
                self._forget_steps((), event.items, event.words)
                self.journal = [self._unquoted(each, event) for each in self.journal]
            case ev.NoteMarked():
                (self.dropped.add if event.dropped else self.dropped.discard)(event.key)
            case ev.StoryKeyDestroyed():
                self.story_key = None
                self.on_hold = set()
                for key, row in self.contributions.items():
                    self.contributions[key] = replace(row, author=b"", submission_id="")
            case ev.StepDone() | ev.StepUndone() | ev.StepRedone() | ev.StepsForgotten():
                self._step(event)
            case _:
                assert_never(event)

    @staticmethod
    def _unquoted(line: ev.JournalEvent, gone: ev.QuotationsGone) -> ev.JournalEvent:
        """A line in which nothing that was typed or chosen repeats words that are gone; then its salt goes too."""
        if not isinstance(line, ev.Worded) or isinstance(line, ev.RoundsCompared):
            return line
        content = msgspec.json.decode(content_of(line))
        freed = unquoted_plain(content, gone.words, gone.spared)
        if getattr(line, "item", None) in gone.items:
            for options in (freed.get("options", ()), freed.get("config", {}).get("options", ())):
                for each in options:
                    each["text"] = without(each["text"], gone.words)
        return line if freed == content else event_from(body_of(line), msgspec.json.encode(freed).decode(), b"")

    def _forget_steps(self, texts: tuple[str, ...], items: tuple[str, ...], words: tuple[str, ...] = ()) -> None:
        for lists in (self.undo, self.redo):
            for desk, listed in lists.items():
                lists[desk] = [
                    step
                    for step in listed
                    if getattr(step, "text", None) not in texts
                    and not (isinstance(step, StoryRetold | QuestionAnswered) and step.contribution in texts)
                    and not (isinstance(step, NoteRewritten | NoteSorted) and texts)
                    and not (isinstance(step, OptionsChosen) and step.item in items)
                    and not repeats(msgspec.to_builtins(step), words)
                ]

    def _seal(self, event: ev.BallotsSealed) -> None:
        rows, instead = self.ballots[event.round], dict(event.instead)
        for voter, row in rows.items():
            counted = event.groups == "kept" and row.choice is not None
            segment = row.segment if counted else ""
            rows[voter] = replace(row, choice=instead.get(voter, row.choice), segment=segment)
        self.sealed[event.round] = SealedRow(event.counts, event.changes, event.salt)
        for key, salt in event.reasons:
            self.reasons[key] = replace(self.reasons[key], salt=salt)

    def _empty(self, key: str, why: Literal["withdrawn", "day_over"]) -> None:
        self.codes.pop(key, None)
        self.contributions[key] = replace(self.contributions[key], body="", salt=b"", digest=b"", gone=why)

    def _step(self, event: StepEvent) -> None:
        if isinstance(event, ev.StepsForgotten):
            self.undo, self.redo = {}, {}
            return
        undo, redo = self.undo.setdefault(event.desk, []), self.redo.setdefault(event.desk, [])
        match event:
            case ev.StepDone():
                undo.append(event.step)
                redo.clear()
            case ev.StepUndone():
                step = undo.pop()
                redo += [] if event.dropped else [step]
            case ev.StepRedone():
                step = redo.pop()
                undo += [] if event.dropped else [step]
        del undo[:-UNDO_STEPS]
