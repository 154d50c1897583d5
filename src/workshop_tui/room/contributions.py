"""What people sent, in memory: contributions, who else wants to know, and what the facilitator wrote of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, assert_never

import msgspec
from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.names import keyed, upvoter
from workshop_tui.domain.private_codes import CodeRow
from workshop_tui.domain.redaction import OTHER, open_in, texts_in
from workshop_tui.domain.rows import AnswerRow, ContributionRow, IssuedRow
from workshop_tui.domain.wishes import wishes_in
from workshop_tui.room.overlay import Overlay
from workshop_tui.room.ports import StoredSession
from workshop_tui.room.shelves import Shelf, Shelves, shelf_of

ContributionEvent = (
    ev.ContributionKept | ev.CodeGiven | ev.ModerationSet | ev.ContributionEmptied | ev.Upvoted | ev.AnswerWritten
    | ev.RetellingWritten | ev.FilesIssued | ev.AuthorHeld | ev.WordsWiped | ev.StoryKeyDestroyed | ev.CareTaken
)  # fmt: skip


def treated(rows: Iterable[ContributionRow], care: Mapping[str, ev.CareTaken]) -> tuple[ContributionRow, ...]:
    """Contributions as they are to be treated: with those withheld that are for nobody."""
    return tuple(replace(row, withheld=True) if row.key in care and care[row.key].withheld else row for row in rows)


class Contributions:
    """The part of `Tables` that holds them."""

    def __init__(self, stored: StoredSession) -> None:
        self._story_key: Overlay[str, bytes] = Overlay({"": stored.story_key} if stored.story_key else {})
        stored = replace(stored, contributions=treated(stored.contributions, stored.care))
        self._contributions = Overlay({row.key: row for row in stored.contributions})
        self._care: Overlay[str, ev.CareTaken] = Overlay(dict(stored.care))
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
        self._rewordings: Overlay[str, ev.RewordingWritten] = Overlay(dict(stored.rewordings))
        self._redactions: Overlay[str, ev.RedactionsWritten] = Overlay(dict(stored.redactions))
        self._codes: Overlay[str, CodeRow] = Overlay({row.text: row for row in stored.codes})
        self._issued: Overlay[str, tuple[IssuedRow, ...]] = Overlay({"": stored.issued})
        self._held: Overlay[bytes, bool] = Overlay(dict.fromkeys(stored.held_authors, True))
        self._pressed: list[ev.Upvoted] = []
        self._pressers: defaultdict[str, set[bytes]] = defaultdict(set)
        """Who ever pressed the button of a question, so that taking it back need not look at all others."""
        for contribution, name in stored.upvotes:
            self._pressers[contribution].add(name)
        self.shelves = Shelves()
        """What is on disk, sorted for counts and pages."""
        for row in stored.contributions:
            self.shelves.put(row.key, self._shelf(row))
        self._moved: dict[str, None] = {}
        """What this batch changed, in the order in which it was first touched: new ones as they came."""
        self.changed: frozenset[str] = frozenset()
        """What the newest commit changed: contributions, their votes and answers, by the contribution's key."""
        # What deciding counts, with what this batch changed.
        self._waiting_of: Overlay[bytes, int] = Overlay({})
        self._totals: Overlay[str, int] = Overlay({})
        for row in stored.contributions:
            self._count(row, 1)
        for counted in (self._waiting_of, self._totals):
            counted.commit()

    # What deciding may look up (domain.rows.Rows). -----------------------------------------------

    def story_key(self) -> bytes | None:
        """The key of contributions; None once destroyed."""
        return self._story_key.get("") or None

    def care(self, contribution: str) -> ev.CareTaken:
        """How a contribution is to be treated."""
        return self._care.get(contribution) or ev.CareTaken(contribution)

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

    def written_of(self) -> tuple[Iterable[str], Iterable[str]]:
        """The keys of the questions that a desk answered, and of every text that it retold, reworded or decided on."""
        beside = (self._retellings.items(), self._rewordings.items(), self._redactions.items())
        return [key for key, _ in self._answers.items()], {key for each in beside for key, _ in each}

    def by_author(self, author: bytes) -> tuple[ContributionRow, ...]:
        """Everything one phone sent."""
        rows = (self._contributions.get(key) for key in self._by_author.get(author) or ())
        return tuple(row for row in rows if row is not None)

    def approved(self, item: str) -> tuple[str, ...]:
        """The keys of what was sent to an item and approved."""
        if not self.approved_in(item):
            return ()
        keys = {*self.shelves.keys(lambda shelf: shelf.item == item and _is_approved(shelf)), *self._moved}
        rows = (self._contributions.get(key) for key in keys)
        return tuple(row.key for row in rows if row is not None and row.item == item and _is_approved(row))

    def approved_in(self, item: str) -> int:
        """How many that are."""
        return self._totals.get(f"approved {item}") or 0

    def upvoted(self) -> Iterable[str]:
        """The keys of what somebody wants to know too."""
        return {contribution for (contribution, _), presses in self._upvotes.items() if presses % 2}

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

    def codes(self) -> Iterable[CodeRow]:
        """What is kept of every private code."""
        return (row for _, row in self._codes.items())

    def issued(self) -> tuple[IssuedRow, ...]:
        """What was written out of the session."""
        return self._issued.get("") or ()

    def is_held(self, author: bytes) -> bool:
        """Whether everything from this phone is to be held."""
        return bool(self._held.get(author))

    def unread(self) -> int:
        """How many contributions wait to be read."""
        return self._totals.get("unread") or 0

    def unread_of(self, author: bytes) -> int:
        """How many of them one phone sent."""
        return self._waiting_of.get(author) or 0

    def waiting_authors(self) -> int:
        """How many phones sent them."""
        return self._totals.get("authors") or 0

    # What views read: only what is on disk. -------------------------------------------------------

    def kept_from(self, person: str) -> tuple[ContributionRow, ...]:
        """Everything one person sent, until the write-up is finished."""
        key = self._story_key.base.get("")
        names = self._by_author.base.get(keyed(key, person), ()) if key else ()
        return tuple(self._contributions.base[name] for name in names)

    def kept_presses(self, person: str, contribution: str) -> int:
        """How often one person changed whether they want to know a question too; 0 once the write-up is finished."""
        key = self._story_key.base.get("")
        return self._upvotes.base.get((contribution, upvoter(key, person, contribution)), 0) if key else 0

    def kept_answer(self, contribution: str) -> AnswerRow | None:
        """What became of a question; None as long as nothing was noted."""
        found = self._answers.base.get(contribution)
        return found.answer if found is not None else None

    @property
    def kept_answers(self) -> Iterable[str]:
        """The questions whose answer has words or an owner; one that is only marked as answered has nothing to read."""
        answers = ((key, found.answer) for key, found in self._answers.base.items())
        return (key for key, answer in answers if answer is not None and (answer.words or answer.owner))

    def kept_retelling(self, contribution: str) -> str:
        """What a story is about, in the facilitator's words; empty where nobody wrote it."""
        found = self._retellings.base.get(contribution)
        return found.words if found is not None else ""

    def kept_warnings(self, contribution: str) -> tuple[str, ...]:
        """What a contribution speaks of, as a desk said."""
        found = self._care.base.get(contribution)
        return found.warnings if found is not None else ()

    @property
    def kept_codes(self) -> Iterable[CodeRow]:
        """What is kept of every private code."""
        return self._codes.base.values()

    @property
    def contributions(self) -> Mapping[str, ContributionRow]:
        """Every contribution on disk, in the order they came."""
        return self._contributions.base

    # Changes. ------------------------------------------------------------------------------------

    def contribute(self, event: ContributionEvent) -> None:
        """Lay one change on top."""
        match event:
            case ev.ContributionKept():
                self._put_contribution(event.row)
            case ev.CodeGiven():
                self._codes.put(event.row.text, event.row)
            case ev.ModerationSet():
                row = self._contributions.get(event.key)
                if row is not None:
                    self._put(replace(row, moderation=event.handling), row)
            case ev.ContributionEmptied():
                self._empty(event.key, "withdrawn")
                self._retellings.take_out(event.key)
                self._answers.take_out(event.key)
                for each in self._pressers.get(event.key, ()):
                    presses = self.presses(event.key, each)
                    self._upvotes.take_out((event.key, each))
                    self._pressed += [ev.Upvoted(event.key, each, on=False)] * (presses % 2)
            case ev.Upvoted():
                # Deciding lets only changes through, so an odd number is always one who wants to know.
                before = self.presses(event.contribution, event.upvoter)
                self._upvotes.put((event.contribution, event.upvoter), before + 1)
                self._pressers[event.contribution].add(event.upvoter)
                self._pressed.append(event)
            case ev.AnswerWritten():
                self._moved[event.contribution] = None
                if event.answer is None:
                    self._answers.take_out(event.contribution)
                else:
                    self._answers.put(event.contribution, event)
            case ev.RetellingWritten():
                self._moved[event.contribution] = None
                if event.words:
                    self._retellings.put(event.contribution, event)
                else:
                    self._retellings.take_out(event.contribution)
            case ev.FilesIssued():
                self._issued.put("", (*self.issued(), event.row))
            case ev.AuthorHeld():
                if event.hold:
                    self._held.put(event.author, True)
                else:
                    self._held.take_out(event.author)
            case ev.CareTaken():
                self._care.put(event.key, event)
                row = self._contributions.get(event.key)
                if row is not None:
                    self._put(replace(row, withheld=event.withheld), row)
            case ev.WordsWiped():
                for key in event.contributions:
                    self._empty(key, "day_over")
            case ev.StoryKeyDestroyed():
                self._forget_authors()
            case _:
                assert_never(event)

    def _touch(self, text: str) -> None:
        """Something that is shown of a contribution changes; nothing where the text is none."""
        if self._contributions.get(text) is not None:
            self._moved[text] = None

    def _is_open(self, row: ContributionRow) -> bool:
        """Whether a contribution was approved, and something in it that may tell who somebody is is not decided.

        Of one that is shown in other words those count: `room.quotes` looks at what stays of its own beside them.
        """
        if not row.body or not _is_approved(row):
            return False
        other, found = self._rewordings.base.get(row.key), self._redactions.base.get(row.key)
        texts = [(OTHER, other.words)] if other is not None else texts_in(msgspec.json.decode(row.body))
        decisions = found.decisions if found is not None else ()
        return any(open_in(text, [each for each in decisions if each.place == place]) for place, text in texts)

    def _shelf(self, row: ContributionRow) -> Shelf:
        # Only what is held can be held for what it says: nothing else is looked into.
        wishes = row.moderation == "on_hold" and bool(wishes_in(row.body))
        return shelf_of(row, self.kept_retelling(row.key), wishes=wishes, is_open=self._is_open(row))

    def _put_contribution(self, row: ContributionRow) -> None:
        self._put(row, self._contributions.get(row.key))
        self._by_submission.put(row.submission_id, row.key)
        self._by_author.put(row.author, (*(self._by_author.get(row.author) or ()), row.key))

    def _empty(self, key: str, why: Literal["withdrawn", "day_over"]) -> None:
        row = self._contributions.get(key)
        if row is not None:
            self._put(replace(row, body="", salt=b"", digest=b"", gone=why, withheld=False), row)
            self._care.take_out(key)
        self._codes.take_out(key)

    def _put(self, row: ContributionRow, before: ContributionRow | None) -> None:
        if before is not None:
            self._count(before, -1)
        self._count(row, 1)
        self._contributions.put(row.key, row)
        self._moved[row.key] = None

    def _count(self, row: ContributionRow, by: int) -> None:
        """Count one contribution in, or out, for what deciding asks."""
        if _is_approved(row):
            self._add(f"approved {row.item}", by)
        if row.moderation != "new" or row.gone:
            return
        self._add("unread", by)
        if not row.author:
            return
        before = self.unread_of(row.author)
        self._waiting_of.put(row.author, before + by)
        self._add("authors", (before + by > 0) - (before > 0))

    def _add(self, name: str, by: int) -> None:
        self._totals.put(name, (self._totals.get(name) or 0) + by)

    def _forget_authors(self) -> None:
        self._story_key.take_out("")
        for key, row in self._contributions.items():
            if row.author or row.submission_id:
                self._contributions.put(key, replace(row, author=b"", submission_id=""))
        self._by_submission.clear()
        self._by_author.clear()
        self._held.clear()
        self._waiting_of.clear()
        self._totals.put("authors", 0)

    def commit(self) -> None:
        """Fold the batch in: it is on disk."""
        for upvote in self._pressed:
            self.votes[upvote.contribution] += 1 if upvote.on else -1
        for overlay in self._overlays():
            overlay.commit()
        for key in self._moved:
            row = self._contributions.base.get(key)
            if row is not None:
                self.shelves.put(key, self._shelf(row))
                if row.gone:
                    self._pressers.pop(key, None)
        self.changed = frozenset(self._moved).union(upvote.contribution for upvote in self._pressed)
        self._forget_batch()

    def rollback(self) -> None:
        """Throw the batch away: it did not reach the disk."""
        for overlay in self._overlays():
            overlay.rollback()
        self._forget_batch()

    def _forget_batch(self) -> None:
        self._pressed, self._moved = [], {}

    def _overlays(self) -> Iterator[Overlay[Any, Any]]:
        yield from (self._story_key, self._contributions, self._by_submission, self._by_author, self._held)
        yield from (
            self._codes, self._issued, self._upvotes, self._answers, self._retellings, self._care, self._waiting_of,
            self._totals,
        )  # fmt: skip


def _is_approved(row: ContributionRow | Shelf) -> bool:
    return row.moderation == "approved" and not row.gone
