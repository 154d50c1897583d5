"""Short ways to say what a test needs: an agenda, a session, a person who votes."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping

import msgspec

from tests.fakes import NOON, FakeClock, MemoryStore
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import AnyPoll, Kinds
from workshop_tui.domain.agenda import Activity, Agenda, Item
from workshop_tui.domain.asking import round_config, round_poll
from workshop_tui.domain.deciding import Answer, decide
from workshop_tui.domain.evolve import evolve
from workshop_tui.domain.state import SessionState, new_state
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.ports import SessionInfo
from workshop_tui.room.room import Room
from workshop_tui.room.tables import Tables

_sids = itertools.count(1)


def options(*texts: str) -> list[dict[str, object]]:
    """Options with the keys a, b, c, …"""
    return [{"key": chr(ord("a") + n), "text": text} for n, text in enumerate(texts)]


def item(number: int, title: str = "", minutes: int = 10, kind: str = "", **extra: object) -> Item:
    """An item of an agenda; `kind` gives it an activity, other keys go to that activity's config."""
    fields = {name: extra.pop(name) for name in list(extra) if name in Item.__struct_fields__}
    activity = Activity(kind=kind, config=extra) if kind else None
    return Item(
        key=f"i{number:02d}",
        title=title or f"Item {number}",
        minutes=minutes,
        activity=activity,
        question=str(fields.pop("question", "What do you think?")),
        **fields,
    )


def an_agenda(*items: Item, **extra: object) -> Agenda:
    """An agenda with these items; by default a vote, a break, stories, ideas, a ranking of ideas, private words."""
    status = {"engagement_kind": "co_production", "proposal_state": "none"}
    return Agenda(title="A test day", stage="needs", items=items or tuple(usual_items()), **{**status, **extra})


def usual_items() -> list[Item]:
    """One item of each sort."""
    return [
        item(1, "Which first", kind="single", options=options("Phones", "Letters", "Parking")),
        item(2, "Break", minutes=15, type="break"),
        item(3, "Your story", minutes=20, kind="vignette"),
        item(4, "Ideas", minutes=15, kind="ideas"),
        item(5, "What matters most", minutes=20, kind="rank", options_from="ideas", pick=3),
        item(6, "Needs", kind="private"),
    ]


def an_info(agenda: Agenda | None = None, **extra: object) -> SessionInfo:
    """A session's fixed facts."""
    return SessionInfo(
        id="0123456789abcdef",
        code="KDMP",
        agenda=agenda or an_agenda(),
        agenda_name="test.toml",
        agenda_sha256="0" * 64,
        created_at=NOON,
        **extra,
    )


def sid() -> str:
    """A submission id that was not used before."""
    return f"{next(_sids):032x}"


def parted(poll: AnyPoll, ballot: object) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A ballot as phones send it: the bare answer, and each reason under a key that nobody can guess."""
    choice, *reasons = (msgspec.json.encode(each).decode() for each in (poll.bare(ballot), *poll.reasons(ballot)))
    return choice, tuple((hashlib.sha256(sid().encode()).hexdigest()[:32], reason) for reason in reasons)


class Desk:
    """Decides and evolves without a room: for tests of the rules.

    Args:
        agenda: What is to run.
        kinds: The registry.
    """

    def __init__(self, agenda: Agenda | None = None, kinds: Kinds = KINDS) -> None:
        self.kinds = kinds
        self.clock = FakeClock()
        store = MemoryStore(an_info(agenda))
        self.state: SessionState = new_state(store.info.agenda)
        self.tables = Tables(store.load())
        self.events: list[ev.Event] = []

    def give(self, command: cmd.Command) -> Answer:
        """Carry one command out at the clock's time; a refusal is raised and changes nothing."""
        command = msgspec.structs.replace(command, at=self.clock.now_ms())
        decision = decide(self.state, command, self.tables, self.kinds)
        for event in decision.events:
            if isinstance(event, ev.JournalEvent):
                self.state = evolve(self.state, event)
            else:
                self.tables.apply(event)
        self.tables.commit()
        self.events += decision.events
        return decision.answer

    def open(self, key: str, **extra: object) -> None:
        self.give(cmd.OpenItem(item=key, **extra))

    def open_vote(self) -> str:
        """Open a round; gives its key."""
        self.give(cmd.OpenVote(key=b"k" * 32))
        assert self.state.last_round is not None
        return self.state.last_round.key

    def join(self, *people: str) -> None:
        for person in people:
            self.give(cmd.Join(person=person, token_hash=hashlib.sha256(person.encode()).digest()))

    def vote(self, person: str, choice: str | None, *, round_: str = "", sid_: str = "") -> Answer:
        """Vote for one option of a single choice; None skips."""
        key = round_ or (self.state.last_round.key if self.state.last_round else "")
        ballot = None if choice is None else f'{{"option":"{choice}"}}'
        return self.give(cmd.Cast(person=person, round=key, choice=ballot, submission_id=sid_ or sid()))

    def answer(self, person: str, fields: Mapping[str, str | list[str]], *, round_: str = "", sid_: str = "") -> Answer:
        """Answer a vote of any kind as a phone does: with the fields of its form."""
        asked = self.state.round(round_) if round_ else self.state.last_round
        assert asked is not None
        poll = round_poll(asked, self.kinds)
        given = {name: [value] if isinstance(value, str) else value for name, value in fields.items()}
        ballot = poll.read(round_config(asked, poll), given)
        choice, reasons = parted(poll, ballot)
        return self.give(
            cmd.Cast(person=person, round=asked.key, choice=choice, submission_id=sid_ or sid(), reasons=reasons)
        )

    def tell(self, person: str, body: str, *, item_: str = "i03", consent: str = "C2", sid_: str = "") -> Answer:
        # As if by chance, and the same whenever the same day is played; it says nothing of the sending.
        key = hashlib.sha256(f"{len(self.events)} {body}".encode()).hexdigest()[:32]
        command = cmd.Contribute(
            person=person, item=item_, body=body, consent=consent, key=key, submission_id=sid_ or sid()
        )
        return self.give(command)

    def profile(self, round_: str = "") -> dict[str, int]:
        key = round_ or (self.state.last_round.key if self.state.last_round else "")
        return {msgspec.json.decode(choice)["option"]: n for choice, n in self.tables.tallies[key].profile.items()}


def a_room(store: MemoryStore | None = None, clock: FakeClock | None = None, agenda: Agenda | None = None) -> Room:
    """A room over a store in memory; not started."""
    store = store or MemoryStore(an_info(agenda))
    return Room(store, store.load(), KINDS, clock or FakeClock())
