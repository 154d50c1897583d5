"""Makes the pictures of docs/voting.md, with its own answers: `python docs/pictures/kinds.py [KIND ...]` (or all)."""

from __future__ import annotations

import asyncio
import contextlib
import html
import io
import os
import re
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import msgspec
from make import CHROMIUM, FLAGS, HERE, Give, room
from PIL import Image
from playwright.async_api import Page, async_playwright

from workshop_tui.domain import commands as cmd
from workshop_tui.rehearsal.pages import read_page
from workshop_tui.room.queue_page import QueuePage
from workshop_tui.runtime import running

PHONE, SCREEN, SMALLER = (320, 640), (1024, 576), 0.75
COLOURS, GAP, PAPER = 96, 16, "#8b98a5"
PEOPLE = 31

Answer = dict[str, list[str]]

_SECTION = re.compile(r"^## .*?\(`(\w+)`\)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_ANSWER = re.compile(r"^- (\d+) (?:person|people): `([^`]*)`$", re.MULTILINE)

# Where the page shows only what phones do, this is the item around it.
AROUND = {
    "budget": ("The waiting room", "What should we buy for the waiting room?"),
    "criteria": ("Telling people it is their turn", "How well does each do on each of these?"),
    "panel": ("Question 3", "How well would each keep people with the same nurse?"),
}

# Kinds that the page has in one section, without an item.
MORE = """
[[item]]
title = "Your own story"
minutes = 20
type = "vignette_round"
protected = true
question = "What was waiting like for you?"
phone = { kind = "vignette" }
[[item]]
title = "A good waiting room"
minutes = 15
question = "I will know that it is good when …"
phone = { kind = "ideas" }
[[item]]
title = "Anything you need?"
minutes = 5
question = "Is there anything you need from us to take part well?"
phone = { kind = "private" }
"""

SAID = {
    "questions": [
        "How long does the bus take to the other hospital on a Sunday?",
        "Who pays for the taxi when I am sent home at three in the morning?",
        "Will the children's ward stay open at night?",
        "What happens to the appointments that are booked for March?",
    ],
    "pledge": ["I will ring the people on my list myself.", "I will read the letter aloud before I send it."],
    "ideas": ["Nobody asks me the same thing twice.", "I can see the board from every chair."],
    "vignette": ["I told his story to nine people. He listened each time."],
    "private": [],
}
WANTED = [12, 8, 6, 2]
FIELDS = {"questions": "question", "pledge": "pledge", "ideas": "idea", "vignette": "what_happened"}


def panel() -> list[Answer]:
    """Three evaluators, each with a reason for every score."""
    given = {"e1": "423", "e2": "453", "e3": "412"}
    return [
        {"name": [name]}
        | {f"score.{key}": [score] for key, score in zip("abc", scores, strict=True)}
        | {f"score.{key}.why": ["It is on page 4."] for key in "abc"}
        for name, scores in given.items()
    ]


def criteria() -> list[Answer]:
    """Twelve people with the totals that the page tells: one criterion after the other, each for a, b and c."""
    given = (
        "354541501 344533503 544540514 432521305 353550504 553524510 "
        "533553404 243532405 155513204 245515404 334513405 244530304"
    )
    places = [f"c{n}.{key}" for n in (1, 2, 3) for key in "abc"]
    return [{place: [score] for place, score in zip(places, said, strict=True)} for said in given.split()]


def budget() -> list[Answer]:
    """Thirty people, as the page tells them."""
    picks = ["acd"] * 12 + ["ac"] * 6 + ["bd"] * 8 + ["b"] * 4
    return [{"picks": list(each)} for each in picks]


TOLD = {"panel": panel(), "criteria": criteria(), "budget": budget()}


def worked(page: str) -> tuple[str, dict[str, list[Answer]]]:
    """An agenda of the page's items, and for each kind the answers of its people, in the agenda's order."""
    agenda = 'title = "Ways of deciding"\nstage = "plan"\n'
    answers: dict[str, list[Answer]] = {}
    for kind, section in _SECTION.findall(page):
        toml = re.search(r"```toml\n(.*?)```", section, re.DOTALL)
        if toml is None:
            raise LookupError(kind)
        if "[[item]]" not in toml[1]:
            title, question = AROUND[kind]
            agenda += f'\n[[item]]\ntitle = "{title}"\nminutes = 10\nquestion = "{question}"\n'
        agenda += "\n" + toml[1]
        answers[kind] = TOLD.get(kind) or [
            read for people, said in _ANSWER.findall(section) for read in [_fields(said)] * int(people)
        ]
    return agenda + MORE, answers | {"vignette": [], "ideas": [], "private": []}


def _fields(said: str) -> Answer:
    parts = (part.partition(" = ") for part in said.split("; "))
    return {name: values.split(", ") for name, _, values in parts}


class Guest:
    """A person with a phone, who says what they are told to."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def say(self, fields: Answer) -> None:
        """Answer the open question, and say yes where the page asks once more."""
        form = read_page((await self._http.get("/now")).text).question
        if form is None:
            raise LookupError("nothing was asked")
        main = next((button for button in form.buttons if button.main and button.name), None)
        go = {main.name: [main.value]} if main else {"go": ["1"]}
        reply = await self._post(form.action, form.hidden() | fields | go)
        if reply.status_code == 200 and (check := read_page(reply.text).question):
            send = next((button for button in check.buttons if button.main and button.name), None)
            reply = await self._post(check.action, check.hidden() | ({send.name: [send.value]} if send else {}))
        if reply.status_code != 303:
            raise RuntimeError(f"{form.action}: {reply.status_code}\n{reply.text}")

    async def want(self, words: str) -> None:
        """Say that they want to know this question of the room too."""
        page = (await self._http.get("/now")).text
        form = read_page(page).board
        if form is None:
            raise LookupError("no questions are listed")
        line = next(each for each in page.split("</li>") if words in html.unescape(each))
        key = line.split('name="on" value="')[1].split('"')[0]
        await self._post(form.action, form.hidden() | {"on": [key]})

    async def _post(self, path: str, fields: Answer) -> httpx2.Response:
        return await self._http.post(path, data={**fields, "sid": [secrets.token_hex(16)]})


@contextlib.asynccontextmanager
async def guests(join_url: str) -> AsyncIterator[list[Guest]]:
    """Everybody has followed the square."""
    parts = urlsplit(join_url.lower())
    async with contextlib.AsyncExitStack() as stack:
        found = []
        for _ in range(PEOPLE):
            http = httpx2.AsyncClient(base_url=f"http://{parts.netloc}", timeout=30, trust_env=False, verify=False)
            await stack.enter_async_context(http)
            await http.get(urlsplit(join_url).path, follow_redirects=True)
            found.append(Guest(http))
        yield found


async def fill(phone: Page, answer: Answer) -> None:
    """Choose on the phone what a person chose, where there is something to choose."""
    for name, values in answer.items():
        for value in values:
            box = phone.locator(f'input[name="{name}"][value="{value}"]:is([type=radio], [type=checkbox])')
            number = phone.locator(f'input[name="{name}"][inputmode=numeric]')
            if await box.count():
                await box.check()
            elif await number.count():
                await number.fill(value)
                await number.blur()


async def shot(page: Page) -> Image.Image:
    """The top of what a page shows."""
    await page.evaluate("window.scrollTo(0, 0); document.activeElement && document.activeElement.blur()")
    await page.wait_for_timeout(700)
    return Image.open(io.BytesIO(await page.screenshot())).convert("RGB")


def beside(phone: Image.Image, other: Image.Image, kind: str) -> None:
    """Both in one small PNG."""
    height = max(phone.height, other.height)
    whole = Image.new("RGB", (phone.width + other.width + 3 * GAP, height + 2 * GAP), PAPER)
    whole.paste(phone, (GAP, GAP))
    whole.paste(other, (phone.width + 2 * GAP, GAP))
    # A colour that only a small square has is worth as much as any: the most frequent ones stay as they are.
    palette = Image.new("P", (1, 1))
    often = sorted(whole.getcolors(whole.width * whole.height) or [], key=lambda each: -each[0])[:COLOURS]
    palette.putpalette([part for _, colour in often if isinstance(colour, tuple) for part in colour])
    few = whole.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(HERE / f"kind-{kind}.png", optimize=True)


async def main(folder: Path, wanted: list[str]) -> None:
    """Each kind: asked on the phone, answered by everybody, shown on the big screen."""
    agenda, answers = worked((HERE.parent / "voting.md").read_text("utf-8"))
    (folder / "kinds.toml").write_text(agenda, "utf-8")
    with room(folder / "kinds.workshop", folder / "kinds.toml") as (run, give):
        async with guests(run.join_url) as people, async_playwright() as play:
            browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            phone = await browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
            screen = await browser.new_page(
                viewport={"width": SCREEN[0], "height": SCREEN[1]}, device_scale_factor=SMALLER
            )
            await phone.goto(run.join_url.lower())
            await screen.goto(run.screen_url)
            for place, (kind, said) in enumerate(answers.items(), 1):
                if wanted and kind not in wanted:
                    continue
                give(cmd.OpenItem(item=f"i{place:02}"))
                give(cmd.SetPresent(people=max(len(said), 1)))
                if kind in SAID:
                    await gather(kind, phone, screen, people, give, run)
                    continue
                give(cmd.OpenVote(key=b""))
                await phone.goto(run.join_url.lower())
                await fill(phone, said[0])
                taken = await shot(phone)
                await asyncio.gather(*(guest.say(each) for guest, each in zip(people, said, strict=False)))
                give(cmd.Reveal())
                await screen.reload()
                beside(taken, await shot(screen), kind)
            await browser.close()


async def gather(
    kind: str,
    phone: Page,
    screen: Page,
    people: list[Guest],
    give: Give,
    run: running.RunFile,
) -> None:
    """What is sent, read and shown; of a private word the screen has only the question."""
    await phone.goto(run.join_url.lower())
    for guest, words in zip(people, SAID[kind], strict=False):
        await guest.say({FIELDS[kind]: [words]} | ({"level": ["C3"]} if kind == "vignette" else {}))
    reply = running.ask(run, "GET", "/control/queue?which=unread&count=50")
    entries = {entry.parts[0][1]: entry for entry in msgspec.json.decode(reply, type=QueuePage).entries}
    for entry in entries.values():
        give(cmd.Moderate(contribution=entry.key, handling="approved"))
    if kind == "questions":
        for words, count in zip(SAID[kind], WANTED, strict=True):
            others = [guest for n, guest in enumerate(people) if SAID[kind].index(words) != n]
            for guest in others[: count - 1]:
                await guest.want(words)
        give(cmd.MarkAnswered(contribution=entries[SAID[kind][2]].key, words="Yes, with two nurses"))
        give(cmd.SetScreen(mode="results"))
    elif entries:
        give(cmd.SetScreen(mode="story", subject=next(iter(entries.values())).key))
    await phone.goto(run.join_url.lower())
    await screen.reload()
    beside(await shot(phone), await shot(screen), kind)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["WORKSHOP_TUI_HOME"] = temporary
        asyncio.run(main(Path(temporary), sys.argv[1:]))
