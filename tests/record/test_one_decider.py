"""What happened is decided once: whoever applies an event knows no rule, and rows of others change nothing."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import msgspec
import pytest

import workshop_tui
from tests.sessions import an_agenda, an_info, item, options
from tests.twin import Twin
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding import decide
from workshop_tui.domain.evolve import evolve
from workshop_tui.domain.state import new_state
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.ports import StoredSession
from workshop_tui.room.tables import Tables

SOURCE = Path(workshop_tui.__file__).parent
RULES = ("domain.deciding", "domain.honesty", "domain.policy", "kinds", "counting")
"""Where something is decided or counted."""

AGENDA = an_agenda(
    item(1, kind="single", options=options("One", "Two")),
    item(2, kind="single", options=options("One", "Two")),
    item(3, kind="vignette"),
    item(4, kind="private"),
    roles=("patient", "staff"),
)


def imported(path: Path) -> set[str]:
    """What a module imports of this package, name by name."""
    found = set()
    for each in ast.walk(ast.parse(path.read_text())):
        if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("workshop_tui"):
            found |= {f"{each.module}.{name.name}".removeprefix("workshop_tui.") for name in each.names}
    return found


@pytest.mark.parametrize("path", sorted((SOURCE / "storage").rglob("*.py")), ids=lambda path: path.stem)
def test_storage_imports_no_rule(path: Path) -> None:
    # Reading a record that somebody exports asks who may be told apart; nothing that writes does.
    rules = RULES if path.name == "records.py" else (*RULES, "domain.roles", "domain.reach")

    assert [name for name in imported(path) if name.startswith(rules)] == []


@pytest.mark.parametrize("name", ["tables", "tallies", "overlay", "ports"])
def test_the_rooms_tables_import_no_rule(name: str) -> None:
    found = imported(SOURCE / "room" / f"{name}.py")

    assert [each for each in found if each.startswith(RULES) or each == "domain.roles.may_part"] == []


def test_the_rooms_tallies_know_events_rows_and_nothing_else() -> None:
    found = imported(SOURCE / "room" / "tallies.py")

    assert {each.rpartition(".")[0] for each in found} <= {"domain.events", "domain.rows", "room.overlay"}


def mixed(stored: StoredSession, chance: random.Random) -> StoredSession:
    """The same with the rows of every table that has no order in another one."""

    def turned(rows: dict) -> dict:  # type: ignore[type-arg]
        pairs = list(rows.items())
        chance.shuffle(pairs)
        return dict(pairs)

    return msgspec.structs.replace(
        stored,
        people=turned(stored.people),
        minutes=turned(stored.minutes),
        roles=turned(stored.roles),
        round_keys=turned(stored.round_keys),
        ballots={round_: turned(rows) for round_, rows in turned(stored.ballots).items()},
        sealed=turned(stored.sealed),
        answers=turned(stored.answers),
        retellings=turned(stored.retellings),
    )


class Played:
    """A session that is decided over rows in any order, and applied to a twin."""

    def __init__(self, chance: random.Random) -> None:
        self.twin = Twin(an_info(AGENDA), b"s" * 32)
        self.state = new_state(AGENDA)
        self.chance = chance
        self.told: list[tuple[ev.Event, ...]] = []

    def batch(self, *commands: cmd.Command) -> None:
        """One batch: its commands see each other's rows before any of them is on disk."""
        tables = Tables(mixed(self.twin.load(), self.chance))
        events: list[ev.Event] = []
        for command in commands:
            decision = decide(self.state, msgspec.structs.replace(command, salt=b"salt" * 4), tables, KINDS)
            for event in decision.events:
                if isinstance(event, ev.Journaled):
                    self.state = evolve(self.state, event)
                else:
                    tables.apply(event)
            events += decision.events
        self.told.append(tuple(events))
        self.twin.take(events, 0)


def a_day(seed: int) -> Played:
    day = Played(random.Random(seed))
    people = [f"{n:032x}" for n in range(1, 25)]
    day.batch(*(cmd.Join(person=each, token_hash=each.encode()) for each in people))
    day.batch(*(cmd.TellRole(person=p, role="staff" if n % 2 else "patient") for n, p in enumerate(people)))

    def votes(round_: str, turn: int, who: list[str]) -> list[cmd.Command]:
        return [
            cmd.Cast(
                person=each,
                round=round_,
                choice=None if n % 7 == 6 else f'{{"option":"{"ab"[(n + turn) % 2]}"}}',
                submission_id=f"{turn}{n:031x}",
            )
            for n, each in enumerate(who)
        ]

    day.batch(cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"1" * 32))
    day.batch(*votes("i01.1", 1, people[:20]))
    # Ballots wait in the batch that counts them, new ones and changed ones.
    day.batch(*votes("i01.1", 2, people[15:]), cmd.Reveal(at=5))
    day.batch(cmd.OpenItem(item="i02"), cmd.OpenVote(key=b"2" * 32), *votes("i02.1", 3, people[:9]))
    day.batch(*votes("i02.1", 4, people[:3]), cmd.VoidRound(round="i02.1", reason="A test"), cmd.OpenItem(item="i03"))
    for number, person in enumerate(people[:4]):
        words = cmd.Contribute(
            person=person, item="i03", body="{}", consent=f"C{number}", key=f"k{number}", submission_id=f"{number:032x}"
        )
        day.batch(words)
    day.batch(cmd.HoldPhone(contribution="k1"), cmd.TakeBack(person=people[0], contribution="k0", who="phone"))
    day.batch(cmd.OpenItem(item="i01", at=9), cmd.OpenVote(key=b"3" * 32), *votes("i01.2", 5, people))
    day.batch(*votes("i01.2", 6, people[:5]), cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))
    return day


def test_what_is_decided_does_not_hang_on_the_order_of_rows() -> None:
    days = [a_day(seed) for seed in range(6)]

    assert all(day.told == days[0].told for day in days[1:])
    assert all(day.twin.load() == days[0].twin.load() for day in days[1:])


def test_a_count_has_the_ballots_of_its_own_batch() -> None:
    day = a_day(1)

    stored = day.twin.load()

    for round_, people in (("i01.1", 24), ("i02.1", 9), ("i01.2", 24)):
        assert sum(count for _, count in stored.sealed[round_].counts) == people == len(stored.ballots[round_])
        assert dict(stored.sealed[round_].counts) == {
            choice: sum(row.choice == choice for row in stored.ballots[round_].values())
            for choice in {row.choice for row in stored.ballots[round_].values()}
        }
    assert stored.sealed["i01.1"].changes == 5
    assert {row.segment for row in stored.ballots["i01.2"].values()} == {"public", "staff", ""}
