"""What people in the room would expect of it: a model of a few lines."""

from __future__ import annotations

from collections import Counter

from tests.fakes import NOON
from tests.sessions import an_agenda, an_info, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.limits import REOPEN_S

PEOPLE = tuple(f"{n:032x}" for n in range(1, 6))
VOTES, WORDS = ("i01", "i03", "i06"), ("i02", "i04", "i05", "i07")
AGENDA = an_agenda(
    item(1, kind="single", options=options("One", "Two", "Three"), ties="facilitator"),
    item(2, kind="vignette"),
    item(3, kind="single", options=options("Yes", "No")),
    item(4, kind="questions"),
    item(5, kind="ideas"),
    item(6, kind="single", options_from="ideas"),
    item(7, kind="private"),
    item(8, "To be changed, left out and put back"),
    roles=("patient", "carer", "staff", "observer"),
)
COUNTED = (
    cmd.OpenItem, cmd.OpenVote, cmd.CloseVote, cmd.ReopenVote, cmd.Reveal, cmd.VoidRound, cmd.OpenGathering,
    cmd.CloseGathering,
)  # fmt: skip
"""What the facilitator does that changes what is counted here."""

PHASES: dict[type[cmd.Command], tuple[str, ...]] = {
    cmd.CloseVote: ("running", "paused"),
    cmd.CloseGathering: ("running", "paused"),
    cmd.VoidRound: ("running", "paused", "people_left"),
}
"""When that can be done, where it is not only while the room runs."""

STORY_KEY = b"s" * 32
INFO = an_info(AGENDA, scheduled_start=NOON)


class Ballots:
    """What the model knows of one round."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.status = "open"
        self.closed_at = 0
        self.votes: dict[str, str | None] = {}
        self.reasons: dict[str, tuple[str, ...]] = {}
        self.came: dict[str, list[str]] = {}
        self.sealed: Counter[str | None] | None = None

    def count(self) -> Counter[str | None]:
        return Counter(self.votes.values())

    def words(self) -> Counter[str]:
        return Counter(body for given in self.reasons.values() for body in given)

    def seal(self) -> None:
        self.sealed = self.count()


class Model:
    """What people expect."""

    def __init__(self) -> None:
        self.joined: set[str] = set()
        self.left: set[str] = set()
        """Who handed their phone on: they are counted, and nobody speaks for them any more."""
        self.told: set[str] = set()
        """Who has said who they are here as."""
        self.here = ""
        self.takes_words = ""
        """The item that phones can send words to; empty for none."""
        self.rounds: dict[str, Ballots] = {}
        self.words: dict[str, str] = {}
        """Who sent them, by the number of the sending."""
        self.phase = "running"

    @property
    def is_over(self) -> bool:
        return self.phase in ("people_left", "finished")

    def last(self) -> Ballots | None:
        mine = [each for key, each in self.rounds.items() if key.startswith(self.here or "none")]
        return mine[-1] if mine else None

    def do(self, command: cmd.Command, now: int) -> bool | None:
        """Whether the command changes anything that is counted here; None for what has nothing to do with it."""
        match command:
            case cmd.Join():
                fresh = command.person not in self.joined and not self.is_over
                if fresh:
                    self.joined.add(command.person)
                return fresh
            case cmd.LeavePlace():
                if command.person in self.joined:
                    self.left.add(command.person)
                    self.told.discard(command.person)
                return None
            case cmd.TellRole():
                if command.person in self.joined - self.left and not self.is_over:
                    self.told.add(command.person)
                return None
            case cmd.Cast():
                return self._vote(command)
            case cmd.Contribute():
                fresh = command.person in self.told and command.item == self.takes_words
                fresh = fresh and self.phase == "running" and command.submission_id not in self.words
                if fresh:
                    self.words[command.submission_id] = command.person
                return fresh
            case cmd.PauseRoom():
                self.phase = "paused" if self.phase == "running" else self.phase
                return None
            case cmd.ResumeRoom():
                self.phase = "running" if self.phase == "paused" else self.phase
                return None
            case cmd.EndWorkshop():
                return self._end()
            case cmd.FinishWriteUp():
                changes = self.phase == "people_left"
                self.phase = "finished" if changes else self.phase
                return changes
            case _ if isinstance(command, COUNTED):
                phases = PHASES.get(type(command), ("running",))
                return self.phase in phases and self._lead(command, now)
        return None

    def _end(self) -> bool:
        if self.is_over:
            return False
        self.phase, self.takes_words = "people_left", ""
        for round_ in self.rounds.values():
            if round_.status in ("open", "closed"):
                round_.status = "sealed"
                round_.seal()
        return True

    def _vote(self, command: cmd.Cast) -> bool:
        round_ = self.rounds.get(command.round)
        if self.phase != "running" or round_ is None or command.person not in self.told or round_.status != "open":
            return False
        came = round_.came.setdefault(command.person, [])
        if command.submission_id in came:
            return False
        came.append(command.submission_id)
        round_.votes[command.person] = command.choice
        round_.reasons[command.person] = tuple(body for _, body in command.reasons)
        return True

    def _lead(self, command: cmd.Command, now: int) -> bool:
        last = self.last()
        match command:
            case cmd.OpenItem():
                if command.item == self.here:
                    return False
                if last is not None and last.status == "open" and command.vote == "close":
                    last.status, last.closed_at = "closed", now
                self.here = command.item
                self.takes_words = command.item if command.item in WORDS else ""
            case cmd.OpenGathering() | cmd.CloseGathering():
                wanted = self.here if isinstance(command, cmd.OpenGathering) else ""
                if self.here not in WORDS or wanted == self.takes_words:
                    return False
                self.takes_words = wanted
            case cmd.OpenVote(key=key):
                if self.here not in VOTES or (last is not None and last.status == "open"):
                    return False
                if last is not None and last.status == "closed":
                    last.status = "sealed"
                    last.seal()
                number = sum(key.startswith(self.here) for key in self.rounds) + 1
                self.rounds[f"{self.here}.{number}"] = Ballots(key)
            case cmd.CloseVote(round=name):
                round_ = self.rounds.get(name)
                if round_ is None or round_.status != "open":
                    return False
                round_.status, round_.closed_at = "closed", now
            case cmd.ReopenVote(round=name):
                round_ = self.rounds.get(name)
                if round_ is None or round_.status != "closed" or now - round_.closed_at > REOPEN_S * 1000:
                    return False
                round_.status = "open"
            case cmd.Reveal():
                if not self.here or last is None or last.status == "void":
                    return False
                if last.sealed is None:
                    last.status = "sealed"
                    last.seal()
            case cmd.VoidRound(round=name):
                round_ = self.rounds.get(name)
                if round_ is None or round_.status == "void":
                    return False
                round_.status = "void"
                if round_.sealed is None:
                    round_.seal()
        return True
