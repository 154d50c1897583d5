"""The tables of what people say, indexed in memory beside the small state, each with the overlay of `layers`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import assert_never

from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding.phones import keyed, supporter
from workshop_tui.domain.honesty import SMALL_GROUP
from workshop_tui.domain.roles import may_take_part
from workshop_tui.domain.rows import AnswerRow, BallotRow, ContributionRow
from workshop_tui.domain.state import Compared
from workshop_tui.room.layers import Layer, Pending
from workshop_tui.room.ports import StoredSession
from workshop_tui.room.tallies import Tally, add_to


class Tables:
    """Everything people said, as `domain.rows.Rows` with an overlay."""

    def __init__(self, stored: StoredSession) -> None:
        self._people: Layer[str, bytes] = Layer(dict(stored.people))
        self.person_by_token = {token: person for person, token in stored.people.items()}
        self._roles: Layer[str, str] = Layer(dict(stored.roles))
        self._round_keys: Layer[str, bytes] = Layer(dict(stored.round_keys))
        self._story_key: Layer[str, bytes] = Layer({"": stored.story_key} if stored.story_key else {})
        self.tallies = {key: Tally(dict(rows)) for key, rows in stored.ballots.items()}
        self._contributions = Layer({row.key: row for row in stored.contributions})
        self._by_submission: Layer[str, str] = Layer({row.submission_id: row.key for row in stored.contributions})
        self._by_author: Layer[bytes, tuple[str, ...]] = Layer({})
        for row in stored.contributions:
            self._by_author.base[row.author] = (*self._by_author.base.get(row.author, ()), row.key)
        # How often each changed that; after an odd number they want to know.
        self._supporters: Layer[tuple[str, bytes], int] = Layer(dict.fromkeys(stored.supporters, 1))
        self.votes = Counter(contribution for contribution, _ in stored.supporters)
        """How many want to know each question, by contribution; only what is on disk."""
        self._answers: Layer[str, tuple[AnswerRow | None]] = Layer({k: (row,) for k, row in stored.answers.items()})
        self._held: Layer[bytes, bool] = Layer(dict.fromkeys(stored.held_authors, True))
        self._notes: Layer[str, ev.NoteWritten] = Layer({note.key: note for note in stored.notes})
        self._dropped: Layer[str, bool] = Layer(dict.fromkeys(stored.dropped_notes, True))
        self._casts: list[ev.BallotCast] = []
        self._joins: list[ev.PersonJoined] = []
        self._sealed: list[str] = []
        self._instead: dict[str, tuple[tuple[str, int], ...]] = {}
        self._supports: list[ev.Supported] = []

    # What deciding may look up (domain.rows.Rows). -----------------------------------------------

    def knows(self, person: str) -> bool:
        """Whether this person has joined."""
        return self._people.get(person) is not None

    def people(self) -> int:
        """How many phones have joined."""
        return len(self._people.base) + len(self._joins)

    def role(self, person: str) -> str:
        """Who somebody is here as; empty until they have said."""
        return self._roles.get(person) or ""

    def voters(self) -> int:
        """How many of them may vote."""
        return self.people() - sum(not may_take_part(role) for role in self._roles.values())

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

    def profile(self, round_: str) -> Mapping[str, int]:
        """The counts of one round."""
        tally = self.tallies.get(round_)
        counts = dict(tally.profile) if tally else {}
        for cast in self._casts:
            if cast.round == round_ and not cast.first and cast.old is not None:
                add_to(counts, cast.old, -1)
            if cast.round == round_ and cast.new is not None:
                add_to(counts, cast.new, 1)
        return counts

    def compare(self, first: str, second: str, same: Callable[[str, str], bool]) -> Compared | None:
        """Look at each person's two ballots, count, and keep nothing but the counts."""
        keys = self.round_key(first), self.round_key(second)
        if keys[0] is None or keys[1] is None:
            return None
        both = changed = only_before = only_now = 0
        for person in self._people:
            before, now = self.ballot(first, keyed(keys[0], person)), self.ballot(second, keyed(keys[1], person))
            then = before.choice if before is not None else None
            later = now.choice if now is not None else None
            both += then is not None and later is not None
            changed += then is not None and later is not None and not same(then, later)
            only_before += then is not None and later is None
            only_now += then is None and later is not None
        if both < SMALL_GROUP:
            return Compared(few=True)
        return Compared(few=False, both=both, changed=changed, only_before=only_before, only_now=only_now)

    def sent(self, submission_id: str) -> ContributionRow | None:
        """What was kept under a submission id."""
        key = self._by_submission.get(submission_id)
        return self._contributions.get(key) if key is not None else None

    def contribution(self, key: str) -> ContributionRow | None:
        """One contribution."""
        return self._contributions.get(key)

    def by_author(self, author: bytes) -> tuple[ContributionRow, ...]:
        """Everything one phone sent."""
        rows = (self._contributions.get(key) for key in self._by_author.get(author) or ())
        return tuple(row for row in rows if row is not None)

    def approved(self, item: str) -> tuple[str, ...]:
        """The keys of what was sent to an item and approved."""
        rows = self._contributions.values()
        return tuple(row.key for row in rows if row.item == item and row.moderation == "approved")

    def supports(self, contribution: str, supporter: bytes) -> bool:
        """Whether this supporter wants to know that too."""
        return self.presses(contribution, supporter) % 2 == 1

    def presses(self, contribution: str, supporter: bytes) -> int:
        """How often this supporter changed that, since the room was started."""
        return self._supporters.get((contribution, supporter)) or 0

    def answer(self, contribution: str) -> AnswerRow | None:
        """What became of a question."""
        found = self._answers.get(contribution)
        return found[0] if found is not None else None

    def is_held(self, author: bytes) -> bool:
        """Whether everything from this phone is to be held."""
        return bool(self._held.get(author))

    def unread(self) -> int:
        """How many contributions wait to be read."""
        return sum(1 for row in self._contributions.values() if row.moderation == "new")

    def has_note(self, key: str) -> bool:
        """Whether there is a note of that key."""
        return self._notes.get(key) is not None

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
        """Everything one person sent, until the workshop ends."""
        key = self._story_key.base.get("")
        names = self._by_author.base.get(keyed(key, person), ()) if key else ()
        return tuple(self._contributions.base[name] for name in names)

    def kept_presses(self, person: str, contribution: str) -> int:
        """How often one person changed whether they want to know a question too; 0 once the workshop has ended."""
        key = self._story_key.base.get("")
        return self._supporters.base.get((contribution, supporter(key, person, contribution)), 0) if key else 0

    def kept_support(self, person: str, contribution: str) -> bool:
        """Whether one person wants to know a question too; False once the workshop has ended."""
        return self.kept_presses(person, contribution) % 2 == 1

    def kept_answer(self, contribution: str) -> AnswerRow | None:
        """What became of a question; None as long as nothing was noted."""
        return self._answers.base.get(contribution, (None,))[0]

    @property
    def contributions(self) -> Mapping[str, ContributionRow]:
        """Every contribution on disk, in the order they came."""
        return self._contributions.base

    @property
    def notes(self) -> tuple[ev.NoteWritten, ...]:
        """Every note on disk that was not taken back."""
        return tuple(note for key, note in self._notes.base.items() if not self._dropped.base.get(key))

    # Changes. ------------------------------------------------------------------------------------

    def apply(self, event: ev.TableEvent) -> None:
        """Lay one change on top."""
        match event:
            case ev.PersonJoined():
                self._people.put(event.person, event.token_hash)
                self._joins.append(event)
            case ev.RoleTold():
                self._roles.put(event.person, event.role)
            case ev.BallotCast():
                ballot = BallotRow(event.new, event.revision, event.receipt, event.segment)
                self._tally(event.round).ballots.put(event.voter, ballot)
                self._casts.append(event)
            case ev.RoundKeyMade():
                self._round_keys.put(event.round, event.key)
                self._tally(event.round)
            case ev.RoundCounted():
                self._sealed.append(event.round)
            case ev.RoundKeyDestroyed():
                self._round_keys.put(event.round, b"")
                self._sealed.append(event.round)
                self._instead[event.round] = event.instead
            case ev.ContributionKept():
                self._put_contribution(event.row)
            case ev.ContributionHandled():
                row = self._contributions.get(event.key)
                if row is not None:
                    self._contributions.put(event.key, replace(row, moderation=event.handling))
            case ev.Supported():
                # Deciding lets only changes through, so an odd number is always one who wants to know.
                before = self.presses(event.contribution, event.supporter)
                self._supporters.put((event.contribution, event.supporter), before + 1)
                self._supports.append(event)
            case ev.AnswerWritten():
                self._answers.put(event.contribution, (event.answer,))
            case ev.AuthorHeld():
                self._held.put(event.author, event.hold)
            case ev.NoteWritten():
                self._notes.put(event.key, event)
            case ev.NoteMarked():
                self._dropped.put(event.key, event.dropped)
            case ev.PrivateWiped():
                self._story_key.put("", b"")
                for row in list(self._contributions.values()):
                    self._by_author.put(row.author, ())
                    self._held.put(row.author, False)
                    body = "" if row.kind == "private" else row.body
                    self._contributions.put(row.key, replace(row, body=body, author=b""))
            case _:
                assert_never(event)

    def keep(self) -> None:
        """Fold the batch in: it is on disk."""
        for cast in self._casts:
            tally = self.tallies[cast.round]
            if not cast.first:
                tally.count(cast.old, -1, cast.segment)
                tally.changes += 1
            tally.count(cast.new, 1, cast.segment)
        for support in self._supports:
            self.votes[support.contribution] += 1 if support.on else -1
        for join in self._joins:
            self.person_by_token[join.token_hash] = join.person
        for layer in self._layers():
            layer.keep()
        for round_ in self._sealed:
            self._tally(round_).seal()
            self._tally(round_).put_instead(self._instead.get(round_, ()))
        self._casts, self._joins, self._sealed, self._supports, self._instead = [], [], [], [], {}

    def drop(self) -> None:
        """Throw the batch away: it did not reach the disk."""
        for layer in self._layers():
            layer.drop()
        self._casts, self._joins, self._sealed, self._supports, self._instead = [], [], [], [], {}

    def _layers(self) -> Iterator[Pending]:
        yield from (self._people, self._roles, self._round_keys, self._story_key, self._contributions)
        yield from (self._by_submission, self._by_author, self._held, self._notes, self._dropped)
        yield from (self._supporters, self._answers)
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
