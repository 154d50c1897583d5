"""What each file of an export takes, of a full day and of one ten times that: time and memory, each alone."""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import secrets
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

import msgspec
from msgspec import Struct

from bench import answers
from bench.children import Child, say
from bench.report import Line, Table
from bench.settings import Settings
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.asking import round_config, round_poll
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.points import Tie
from workshop_tui.exports.files import NAMES, export
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.clock import SystemClock
from workshop_tui.room.room import Room
from workshop_tui.runtime.addresses import LOOPBACK
from workshop_tui.runtime.sessions import NewSession, make_session
from workshop_tui.storage.records import read_record

KINDS_ASKED = ("single", "approval", "scale", "rank", "score", "dots", "points", "pairs", "consensus", "impact")
"""Asked one after the other, and again from the first."""

TOLD = ("vignette", "ideas", "questions")

EACH_RESTS_ON = 10
"""Stories behind each line of the write-up."""

AT_ONCE = 500
"""Stories that wait to be read at one time."""


class Asked(Struct, frozen=True):
    """What to do with a session file."""

    session: str
    file: str
    """The name that asks for a file; "read" for reading alone, and empty for nothing."""
    to: str


class Took(Struct, frozen=True):
    """What it took."""

    seconds: float
    """By its processor."""
    peak_mb: float
    """The most that the process held."""
    size: int
    """Bytes that were written."""


def measure(settings: Settings) -> list[Table]:
    """Each file in a process of its own, beside one that only loads the same modules."""
    sizes = [(settings.export_people * times, settings.export_stories * times) for times in settings.export_times]
    made = [asyncio.run(_made(settings.new_folder(f"exports-{n}"), settings, *size)) for n, size in enumerate(sizes)]
    found = [
        {
            work: _often(session, work, settings.export_rounds)
            for work in ("", "read", *(settings.export_files or NAMES))
        }
        for session in made
    ]
    first, last = found[0], found[-1]
    lines = tuple(
        Line(
            what=f"{work}, with reading" if work in NAMES else "read, as every file needs",
            figure=" / ".join(f"{each[work].seconds:.2f}" for each in found) + " s",
            per_cpu=" / ".join(f"+{each[work].peak_mb - each[''].peak_mb:.0f}" for each in found)
            + " MB"
            + (
                " for " + " / ".join(f"{each[work].size / 1e3:,.0f}" for each in found) + " kB" if work in NAMES else ""
            ),
            ratio=f"{last[work].seconds / first[work].seconds:.1f}",
        )
        for work in first
        if work
    )
    told = " / ".join(f"{people:,} people × {settings.export_items} activities × {n:,} stories" for people, n in sizes)
    table = Table(
        title=f"Files of {told}",
        ratio_of="last beside first",
        beside="memory, for what was written",
        lines=lines,
        remarks=(f"Seconds of the processor; medians of {settings.export_rounds}, each in a process of its own.",),
    )
    return [table]


def _often(session: Path, work: str, rounds: int) -> Took:
    found = []
    for n in range(rounds):
        asked = Asked(str(session), work, str(session.parent / f"to-{work}-{n}"))
        with Child("bench.exports", asked) as child:
            found.append(child.hear(Took))
    return Took(median(each.seconds for each in found), median(each.peak_mb for each in found), found[0].size)


# The day. ---------------------------------------------------------------------------------------------


def agenda(items: int) -> str:
    """So many activities: votes of many kinds, and three in which people write."""
    votes = [KINDS_ASKED[n % len(KINDS_ASKED)] for n in range(items - len(TOLD))]
    return 'title = "A day to write up"\nstage = "needs"\n' + "".join(
        _item(kind, n) for n, kind in enumerate((*votes, *TOLD), 1)
    )


def _item(kind: str, number: int) -> str:
    more = {
        "scale": 'labels = ["Poor", "Fair", "Good"]', "consensus": "", **dict.fromkeys(TOLD, ""),
    }.get(kind, 'options = ["Phones", "Letters", "Parking", "Signs", "Seats"]')  # fmt: skip
    said = [
        "",
        "[[item]]",
        f'title = "{number}. About {kind}"',
        "minutes = 10",
        'question = "What of it?"',
        "[item.phone]",
    ]
    return "\n".join([*said, f'kind = "{kind}"', more, ""])


async def _made(folder: Path, settings: Settings, people: int, stories: int) -> Path:
    """A session of such a day, made by the room itself: voted, told, read and written up."""
    lot = random.Random(7)
    who = [f"{lot.getrandbits(128):032x}" for _ in range(people)]
    async with _room(folder, agenda(settings.export_items)) as room:
        await _all(room, (cmd.Join(person=each, token_hash=hashlib.sha256(each.encode()).digest()) for each in who))
        for each in room.state.items:
            await _one(room, cmd.OpenItem(item=each.item.key))
            if each.item.activity is not None and each.item.activity.kind in KINDS_ASKED:
                await _vote(room, who, lot)
        for n, (kind, many) in enumerate(zip(TOLD, (stories, people, people // 10), strict=True)):
            item = room.state.items[settings.export_items - len(TOLD) + n].item.key
            await _one(room, cmd.OpenItem(item=item))
            await _tell(room, who, item, kind, many, lot)
        await _write_up(room, stories)
        await _one(room, cmd.EndWorkshop(confirm="END"))
    return folder / "day.workshop"


@asynccontextmanager
async def _room(folder: Path, text: str) -> AsyncIterator[Room]:
    file = folder / "agenda.toml"
    file.write_text(text, encoding="utf-8")
    store = make_session(folder / "day.workshop", NewSession(agenda=str(file)), LOOPBACK, 8080)
    room = Room(store, store.load(), KINDS, SystemClock())
    await room.start()
    yield room
    await room.close()


async def _one(room: Room, command: cmd.Command) -> object:
    return await room.submit(msgspec.structs.replace(command, at=room.clock.now_ms(), salt=secrets.token_bytes(32)))


async def _all(room: Room, commands: Iterable[cmd.Command]) -> None:
    await asyncio.gather(*(_one(room, each) for each in commands))


async def _vote(room: Room, who: list[str], lot: random.Random) -> None:
    """Everybody answers, with a reason where one is asked; half of the reasons are approved."""
    await _one(room, cmd.OpenVote(key=secrets.token_bytes(32)))
    asked = room.state.last_round
    assert asked is not None
    poll = round_poll(asked, KINDS)
    config = round_config(asked, poll)

    def cast(person: str) -> cmd.Command:
        given = answers.answer(poll.ask(config), lot)
        # A number in a reason could be somebody's, and would wait for a decision.
        given |= {name: [_words(lot)[:80]] for name in given if name.endswith("why")}
        ballot = poll.read(config, given)
        choice = msgspec.json.encode(poll.bare(ballot)).decode()
        reasons = tuple((secrets.token_hex(16), msgspec.json.encode(each).decode()) for each in poll.reasons(ballot))
        return cmd.Cast(person=person, round=asked.key, choice=choice, reasons=reasons,
                        submission_id=secrets.token_hex(16))  # fmt: skip

    await _all(room, map(cast, who))
    await _one(room, cmd.CloseVote())
    await _one(room, cmd.Reveal())
    given = [row.key for row in room.tables.reasons.kept(asked.key)]
    await _all(room, (cmd.Moderate(contribution=key, handling="approved") for key in given[::2]))


async def _tell(room: Room, who: list[str], item: str, kind: str, many: int, lot: random.Random) -> None:
    """So many texts, each read as they come; most are approved."""
    for begin in range(0, many, AT_ONCE):
        told = [_words(lot) for _ in range(begin, min(many, begin + AT_ONCE))]
        await _all(
            room,
            (
                cmd.Contribute(person=who[(begin + n) % len(who)], item=item, consent=level, key=secrets.token_hex(16),
                               submission_id=secrets.token_hex(16), body=_body(kind, words, level))
                for n, words in enumerate(told)
                for level in (("C2", "C3", "C4")[n % 3] if kind == "vignette" else "C2",)
            ),
        )  # fmt: skip
        new = [row.key for row in room.tables.contributions.values() if row.moderation == "new"]
        await _all(room, (cmd.Moderate(contribution=key, handling="approved") for key in new))


def _body(kind: str, words: str, level: str) -> str:
    said = {"parts": [["what_happened", words]], "level": level} if kind == "vignette" else {"text": words[:140]}
    return msgspec.json.encode(said).decode()


def _words(lot: random.Random) -> str:
    """What nobody said; nothing in it waits for a decision."""
    while True:
        said = " ".join("".join(lot.choices("aeioulmnrst", k=lot.randint(2, 8))) for _ in range(60))
        if not find(said):
            return said


async def _write_up(room: Room, stories: int) -> None:
    """A point for every ten stories, which it rests on; as many actions, promises and concerns together."""
    told = [row.key for row in room.tables.contributions.values() if row.kind == "vignette"]
    for n in range(max(1, stories // EACH_RESTS_ON)):
        key = secrets.token_hex(16)
        await _one(room, cmd.AddNote(key=key, kind="note", text=f"Point number {n} of the day", register="point",
                                     fields={"said_by": "7", "against": "2", "stage": "plan", "asked": "Look at it",
                                             "body": "The board", "by": "2027-01-31", "lens": "plans"}))  # fmt: skip
        rests = told[n * EACH_RESTS_ON : (n + 1) * EACH_RESTS_ON]
        await _one(room, cmd.TieNotes(ties=tuple(Tie(key, "contribution", each) for each in rests)))
        kind = ("action", "promise", "concern")[n % 3]
        fields = {} if kind == "concern" else {"role": "Ward manager", "by": "2026-12-24"}
        await _one(room, cmd.AddNote(key=secrets.token_hex(16), kind=kind, register=kind,  # type: ignore[arg-type]
                                     text=f"Line {n} of it", fields=fields))  # fmt: skip
    await _one(room, cmd.AddNote(key=secrets.token_hex(16), kind="note", text="Young carers", register="missing",
                                 fields={"reason": "School was on"}))  # fmt: skip


# One file. --------------------------------------------------------------------------------------------


def work_on(asked: Asked) -> Took:
    """Write it once, in this process."""
    path, to = Path(asked.session), Path(asked.to)
    # What else a machine does meanwhile would count by the clock on the wall; nearly all of it is computing.
    began = time.process_time()
    if asked.file:
        record = read_record(path, kinds=KINDS)
        if asked.file in NAMES:
            export(record, KINDS, to, [asked.file])
    took = time.process_time() - began
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1_024  # type: ignore[index]  # always there
    return Took(took, peak, sum(file.stat().st_size for file in to.glob("*")))


if __name__ == "__main__":
    say(work_on(msgspec.json.decode(sys.argv[1], type=Asked)))
