"""A console in a real terminal, on a room in the same process full of hostile words: run by test_terminal.py."""

from __future__ import annotations

import asyncio

import msgspec

from tests.cases.hostile_inputs import MARKUP, TERMINAL
from tests.sessions import an_agenda, item
from tests.tui.desk_room import sitting
from workshop_tui.domain import commands as cmd
from workshop_tui.tui.app import ConsoleApp


async def main() -> str | None:
    words = [payload[:3000] for _, payload, _ in (*TERMINAL, *MARKUP)]
    agenda = an_agenda(
        item(1, words[0], say="\n".join(words[:12]), question=words[2], kind="single",
             options=[{"key": "abcdefghijklmnopqrstuvwxyz"[n], "text": word} for n, word in enumerate(words[:20])]),
        item(2, words[3], kind="vignette"),
    )  # fmt: skip
    async with sitting(agenda) as here:
        people = [f"p{number}" for number in range(len(words))]
        await here.join(*people)
        await here.give(cmd.OpenItem(item="i02"))
        for person, word in zip(people, words, strict=True):
            body = msgspec.json.encode({"parts": [["happened", word]], "level": "C2"}).decode()
            await here.tell(person, body, "i02")
        for number, word in enumerate(words[:8]):
            await here.give(cmd.AddNote(key=f"n{number}", kind="note", text=f"x{word}", owner=word))
        await here.give(cmd.OpenItem(item="i01"))
        await here.give(cmd.OpenVote(key=b""))
        return await ConsoleApp(here.client, hint=words[1]).run_async()


if __name__ == "__main__":
    print("console gave", asyncio.run(main()))
