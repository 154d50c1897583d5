"""A simulated facilitator who runs the whole agenda over the control routes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping

import msgspec

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.points import Tie
from workshop_tui.protocol import paths
from workshop_tui.rehearsal.samples import IDEAS
from workshop_tui.rehearsal.turn import COUNTS, OF, Day, Line
from workshop_tui.room.clock import day_at
from workshop_tui.room.queue_page import QueueEntry, QueueFilter, QueuePage
from workshop_tui.room.snapshot import ItemLine, Snapshot

Ask = Callable[[str, str, object], Awaitable[bytes]]
"""(method, path, body) → the reply's body; raises what the room refuses."""

IDEAS_CHOSEN = 5
PAGE = 50

TEXTS_TIED = 4
"""Of what people sent to one item so much is tied to a line that rests on it."""

USUAL_DAY = Day(
    hosting=(
        Line(register="concern", words="Families are taken off the list without a call."),
        Line(register="action", words="Ask who could be the named contact.", fields={"role": "lead"}, days=21),
        Line(register="promise", words="The summary goes out in three weeks."),
    )
)
"""What is kept where nobody says otherwise."""


class Facilitator:
    """Opens each item in turn, runs its vote or its gathering, reads what came, keeps a few notes, ends, and writes up.

    Args:
        ask: The control routes.
        everybody: Lets every simulated person answer what is open; done when all have.
        day: What is kept, and written up.
        handed: The points that the session was handed, by their words.
    """

    def __init__(
        self,
        ask: Ask,
        everybody: Callable[[], Awaitable[object]],
        day: Day = USUAL_DAY,
        handed: Mapping[str, str] | None = None,
    ) -> None:
        self._ask = ask
        self._everybody = everybody
        self._day = day
        self._handed = handed or {}
        self._kept = 0
        self._people = 0

    async def run_the_day(self, people: int) -> None:
        """From the first item to the end of the write-up."""
        self._people = people
        snapshot = await self._look()
        # Who only looks on is not among those who could answer.
        await self._do(cmd.SetPresent(people=people - snapshot.looking_on))
        for line in snapshot.items:
            await self._run(line)
        await self._keep(self._day.hosting)
        await self._do(cmd.EndWorkshop(confirm="END"))
        await self._keep(self._day.written)
        await self._tell_in_other_words()
        await self._do(cmd.FinishWriteUp(confirm="FINISH"))

    async def _run(self, line: ItemLine) -> None:
        await self._do(cmd.OpenItem(item=line.key))
        here = (await self._look()).here
        if here is None:
            return
        if here.is_poll:
            if here.wants_ideas:
                await self._choose_options(line.key)
            await self._vote()
        elif here.is_gathering:
            await self._everybody()
            await self._read_everything()
            await self._answer_one()

    async def _vote(self) -> None:
        await self._do(cmd.OpenVote(key=b""))
        await self._everybody()
        await self._do(cmd.CloseVote())
        await self._do(cmd.Reveal())

    async def _choose_options(self, item: str) -> None:
        ideas = msgspec.json.decode(await self._ask("GET", paths.IDEAS, None))["entries"]
        texts: dict[str, str] = {}
        for idea in ideas:
            words = idea["parts"][0][1]
            texts.setdefault(words.casefold(), words)
        # A quiet room may give too few to vote on: a facilitator adds what was said aloud.
        for words in IDEAS[: max(0, 2 - len(texts))]:
            texts.setdefault(words.casefold(), words)
        chosen = list(texts.values())[:IDEAS_CHOSEN]
        options = [Option(key=chr(ord("a") + n), text=text) for n, text in enumerate(chosen)]
        options.append(Option(key=chr(ord("a") + len(options)), text="Something else", other=True))
        await self._do(cmd.ChooseOptions(item=item, options=tuple(options), as_they_are=True))

    async def _read_everything(self) -> None:
        while entries := await self._listed("unread"):
            for entry in entries:
                for mark in entry.open_marks if entry.may_show else ():
                    await self._do(
                        cmd.Redact(
                            contribution=entry.key, place=mark.place, start=mark.start, end=mark.end,
                            decision="accepted",
                        )
                    )  # fmt: skip
                handling: cmd.Handling = "approved" if entry.may_show else "read"
                await self._do(cmd.Moderate(contribution=entry.key, handling=handling))

    async def _answer_one(self) -> None:
        """Where questions are listed, let people say which they want to know too, and answer the first."""
        here = (await self._look()).here
        if here is None or not here.listed:
            return
        await self._everybody()
        entries = await self._listed("approved")
        first = next((entry for entry in entries if entry.item == here.item.key and entry.upvoted), None)
        if first is not None:
            await self._do(cmd.MarkAnswered(contribution=first.key, words="Yes; the details go out with the summary."))

    async def _tell_in_other_words(self) -> None:
        """Write what every story is about that may not be told in its owner's words."""
        while entries := await self._listed("untold"):
            for entry in entries:
                words = f"Somebody told what they went through, in “{entry.item_title}”."
                await self._do(cmd.Retell(contribution=entry.key, words=words))

    async def _keep(self, lines: Iterable[Line]) -> None:
        """Keep lines in their registers, tied to what they rest on."""
        snapshot = await self._look()
        items, today = {line.title: line for line in snapshot.items}, day_at(snapshot.now)
        texts = await self._approved()
        for line in lines:
            self._kept += 1
            key = f"note-{self._kept}"
            await self._do(_note(key, line, self._handed, self._people, today))
            ties = [tie for title in line.behind for tie in _rests_on(key, items[title], texts)]
            if line.made_of and line.register != "received":
                ties.append(Tie(key, "received", self._handed[line.made_of]))
            if ties:
                await self._do(cmd.TieNotes(ties=tuple(ties)))

    async def _approved(self) -> list[QueueEntry]:
        """Everything that phones sent and that was approved, by its words: which came first is by chance."""
        found: list[QueueEntry] = []
        offset, more = 0, True
        while more:
            reply = await self._ask("GET", f"{paths.QUEUE}?which=approved&count={PAGE}&offset={offset}", None)
            page = msgspec.json.decode(reply, type=QueuePage)
            found += page.entries
            offset, more = page.next, bool(page.next)
        return sorted(found, key=lambda each: str(each.parts))

    async def _listed(self, which: QueueFilter) -> tuple[QueueEntry, ...]:
        """The first page of what phones sent."""
        reply = await self._ask("GET", f"{paths.QUEUE}?which={which}&count={PAGE}", None)
        return msgspec.json.decode(reply, type=QueuePage).entries

    async def _do(self, command: cmd.FacilitatorCommand) -> None:
        await self._ask("POST", paths.COMMAND, command)

    async def _look(self) -> Snapshot:
        return msgspec.json.decode(await self._ask("GET", paths.SNAPSHOT, None), type=Snapshot)


def _note(key: str, line: Line, handed: Mapping[str, str], people: int, today: dt.date) -> cmd.AddNote:
    counts = {name: str(math.ceil(int(line.fields[name]) * people / OF)) for name in COUNTS if name in line.fields}
    fields = {**line.fields, **counts}
    is_received = line.register == "received"
    if is_received:
        fields["point"] = handed[line.made_of]
    if line.days is not None:
        day = today + dt.timedelta(days=line.days)
        fields["on" if is_received or line.register == "paper_asked" else "by"] = day.isoformat()
    kind = line.register if line.register in ("concern", "action", "promise") else "note"
    return cmd.AddNote(key=key, kind=kind, text=line.words, register=line.register, fields=fields)


def _rests_on(note: str, item: ItemLine, texts: Iterable[QueueEntry]) -> Iterator[Tie]:
    """The result of an item, or some of what people sent there."""
    if item.is_poll:
        yield Tie(note, "result", f"{item.key}.1")
    else:
        sent = [each.key for each in texts if each.item == item.key and each.kind not in ("answer", "note")]
        yield from (Tie(note, "contribution", each) for each in sent[:TEXTS_TIED])
