"""A simulated facilitator who runs the whole agenda over the control routes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option
from workshop_tui.protocol import paths
from workshop_tui.rehearsal.samples import IDEAS
from workshop_tui.room.queue_page import QueueEntry, QueueFilter, QueuePage
from workshop_tui.room.snapshot import ItemLine, Snapshot

Ask = Callable[[str, str, object], Awaitable[bytes]]
"""(method, path, body) → the reply's body; raises what the room refuses."""

IDEAS_CHOSEN = 5
PAGE = 50


class Facilitator:
    """Opens each item in turn, runs its vote or its gathering, reads what came, keeps a few notes, ends, and writes up.

    Args:
        ask: The control routes.
        everybody: Lets every simulated person answer what is open; done when all have.
    """

    def __init__(self, ask: Ask, everybody: Callable[[], Awaitable[object]]) -> None:
        self._ask = ask
        self._everybody = everybody

    async def run_the_day(self, people: int) -> None:
        """From the first item to the end of the write-up."""
        snapshot = await self._look()
        # Who only looks on is not among those who could answer.
        await self._do(cmd.SetPresent(people=people - snapshot.looking_on))
        for line in snapshot.items:
            await self._run(line)
        await self._keep_notes()
        await self._do(cmd.EndWorkshop(confirm="END"))
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

    async def _keep_notes(self) -> None:
        contact = "Ask who could be the named contact."
        for note in (
            cmd.AddNote(key="note-1", kind="concern", text="Families are taken off the list without a call."),
            cmd.AddNote(key="note-2", kind="action", text=contact, owner="lead", due="2026-12-18"),
            cmd.AddNote(key="note-3", kind="promise", text="The summary goes out in three weeks."),
        ):
            await self._do(note)

    async def _listed(self, which: QueueFilter) -> tuple[QueueEntry, ...]:
        """The first page of what phones sent."""
        reply = await self._ask("GET", f"{paths.QUEUE}?which={which}&count={PAGE}", None)
        return msgspec.json.decode(reply, type=QueuePage).entries

    async def _do(self, command: cmd.FacilitatorCommand) -> None:
        await self._ask("POST", paths.COMMAND, command)

    async def _look(self) -> Snapshot:
        return msgspec.json.decode(await self._ask("GET", paths.SNAPSHOT, None), type=Snapshot)
