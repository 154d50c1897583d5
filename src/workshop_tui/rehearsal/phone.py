"""One simulated person with a phone: joins, waits, answers, changes their mind, tells a story."""

from __future__ import annotations

import asyncio
import random
import secrets

import httpx2
from msgspec import Struct

from workshop_tui.kinds.around_stories import NAMES as BESIDE
from workshop_tui.kinds.panel.panel import NAME
from workshop_tui.kinds.vignette import LEVEL
from workshop_tui.rehearsal.ledger import Ledger, Vote, Words
from workshop_tui.rehearsal.pages import PAST_THE_RULES, Control, Form, Page, Purse, read_page

TRIES = 60
"""How often a person tries again before giving up; the room tells them to wait while it cannot save."""


LOOKING_ON = 0.2
"""How often somebody only looks on, beside 1 for every other role: most people come to take part."""


WANTING = 0.4
"""The share of other people's questions that somebody wants to know too."""


class Pace(Struct, frozen=True):
    """How fast people are, in seconds; a headless rehearsal has no pauses."""

    think: tuple[float, float] = (1.5, 9.0)
    """Shortest and longest time before an answer."""
    look: float = 1.2
    """Between two looks at whether something is new."""
    change: float = 0.2
    """The share of people who change a vote."""


class SampleStory(Struct, frozen=True):
    """What somebody may tell, and how far it may go."""

    text: str
    parts: dict[str, str] = {}
    level: str = "C2"


class Phone:
    """One person.

    Args:
        number: Their number in the ledger.
        client: HTTP with its own cookies, on the participants' listener.
        ledger: Where acknowledgements are written down.
        chance: Their own randomness.
        pace: How fast they are.
        stories: What they may tell.
        ideas: What they may suggest.
        seats: Who sits where on a panel, by their numbers: shared by everybody who may be on it, so that each scores
            under one name and no other. None for one person alone.
    """

    def __init__(
        self,
        number: int,
        client: httpx2.AsyncClient,
        ledger: Ledger,
        chance: random.Random,
        pace: Pace,
        stories: list[SampleStory],
        ideas: list[str],
        seats: dict[int, int] | None = None,
    ) -> None:
        self.number = number
        self._client = client
        self._ledger = ledger
        self._chance = chance
        self._pace = pace
        self._stories = stories
        self._ideas = ideas
        self._seats = {} if seats is None else seats
        self._done: set[str] = set()

    async def join(self, path: str) -> None:
        """Follow the square."""
        reply = await self._client.get(path, follow_redirects=True)
        if reply.status_code != 200:
            self._ledger.refusals.append(f"Person {self.number} could not join: {reply.status_code}.")
            return
        self._ledger.people += 1
        await self._say_role(read_page(reply.text))

    async def live(self, until: asyncio.Event) -> None:
        """Look for something new and answer it, until told to go home."""
        version = -1
        while not until.is_set():
            try:
                now = (await self._client.get("/state")).json()["v"]
                if now != version:
                    version = now
                    await self.answer_what_is_open()
            except httpx2.TransportError:
                # The room is away for a moment: a phone simply tries again.
                version = -1
            await _pause(until, self._pace.look)

    async def answer_what_is_open(self) -> bool:
        """Answer the question on the page, once; returns whether there was one to answer."""
        page = await self._page("/now")
        if await self._say_role(page):
            page = await self._page("/now")
        if page.leads_on:
            page = await self._page(PAST_THE_RULES)
        await self._want_to_know(page)
        form = page.question
        if form is None or not form.action or form.action in self._done:
            return False
        self._done.add(form.action)
        if not self._is_for_me(form):
            return False
        await self._think()
        if form.slot:
            await self._vote(form)
            if self._chance.random() < self._pace.change:
                await self._think()
                again = (await self._page("/now?change=1")).question
                if again is not None and again.action == form.action:
                    await self._vote(again)
        else:
            await self._tell(form)
        return True

    async def _say_role(self, page: Page) -> bool:
        """Say who they are here as, where the page asks; returns whether it did."""
        form = page.role
        if form is None:
            return False
        roles = [radio.value for radio in form.named("radio").get("role", [])]
        (role,) = self._chance.choices(roles, [LOOKING_ON if each == "observer" else 1.0 for each in roles])
        reply = await self._post(form.action, form.hidden() | {"role": [role]})
        if reply is not None and reply.status_code != 303:
            self._refused(reply)
        return True

    async def _want_to_know(self, page: Page) -> None:
        """Press beside some of the room's questions, each looked at once."""
        form = page.board
        for button in form.buttons if form is not None else ():
            if form is None or button.name != "on" or button.value in self._done:
                continue
            self._done.add(button.value)
            if self._chance.random() < WANTING:
                await self._think()
                await self._send(form, form.hidden() | {"on": [button.value]})

    def _is_for_me(self, form: Form) -> bool:
        """Whether they answer a form: on a panel with fewer names than people some have none, and look on."""
        names = form.named("radio").get(NAME, ())
        return not names or self._seat() < len(names)

    def _seat(self) -> int:
        """Their place on a panel, from 0: given to people as they are first asked, and kept all day."""
        return self._seats.setdefault(self.number, len(self._seats))

    # Answering. ----------------------------------------------------------------------------------

    async def _vote(self, form: Form) -> None:
        fields = self._filled(form)
        if await self._send(form, fields | {"go": ["1"]}):
            self._ledger.votes.append(Vote(self.number, form.action.rpartition("/")[2], _seen(form, fields)))

    async def _tell(self, form: Form) -> None:
        fields = self._filled(form)
        item = form.action.rpartition("/")[2]
        main = next((button for button in form.buttons if button.main and button.name), None)
        pressed = {main.name: [main.value]} if main else {"go": ["1"]}
        reply = await self._post(form.action, fields | pressed)
        if reply is None:
            return
        if reply.status_code == 200:
            check = read_page(reply.text).question
            if check is None:
                self._ledger.refusals.append(f"Person {self.number} was shown no check page.")
                return
            send = next((button for button in check.buttons if button.main and button.name), None)
            reply = await self._post(check.action, check.hidden() | ({send.name: [send.value]} if send else {}))
        if reply is not None and reply.status_code == 303:
            self._ledger.words.append(Words(self.number, item, _seen(form, fields)))
        elif reply is not None:
            self._refused(reply)

    async def _send(self, form: Form, fields: dict[str, list[str]]) -> bool:
        reply = await self._post(form.action, fields)
        if reply is None:
            return False
        if reply.status_code != 303:
            self._refused(reply)
            return False
        return True

    def _refused(self, reply: httpx2.Response) -> None:
        # A vote that closed while somebody was still thinking is an ordinary thing.
        if reply.status_code not in (409, 429):
            self._ledger.refusals.append(f"Person {self.number} got {reply.status_code} from {reply.url.path}.")

    async def _post(self, action: str, fields: dict[str, list[str]]) -> httpx2.Response | None:
        """Send a form the way the page's script does: the same words under the same id until they are answered."""
        fields = {**fields, "sid": [secrets.token_hex(16)]}
        for attempt in range(TRIES):
            try:
                reply = await self._client.post(action, data=fields)
            except httpx2.TransportError:
                reply = None
            if reply is not None and reply.status_code not in (429, 503):
                return reply
            self._ledger.retries += 1
            wait = float(reply.headers.get("retry-after", 1)) if reply is not None else 0.2
            await asyncio.sleep(min(wait, 0.2 * (attempt + 1)))
        self._ledger.refusals.append(f"Person {self.number} was never answered by {action}.")
        return None

    # What they say. ------------------------------------------------------------------------------

    def _filled(self, form: Form) -> dict[str, list[str]]:
        fields = form.hidden()
        for name, radios in form.named("radio").items():
            if name in BESIDE:
                continue
            chosen = radios[self._seat()] if name == NAME else self._chance.choice(radios)
            fields[name] = [chosen.value]
        for name, boxes in form.named("checkbox").items():
            if name in BESIDE:
                continue
            fields[name] = self._ticked(form, boxes)
        numbers = list(form.named("number"))
        if numbers and form.purse is not None:
            fields |= {name: [str(given)] for name, given in self._given_away(form.purse, numbers).items()}
        for name, orders in fields.items():
            if len(orders) > 1 and name not in form.named("checkbox"):
                # Hidden fields of one name are an order: put it another way, favouring the first ones.
                fields[name] = sorted(orders, key=lambda key: (ord(key[0]) * self._chance.random(), key))
                fields |= {f"{name}.by": ["moved"]} if f"{name}.by" in fields else {}
        self._write(form, fields)
        return fields

    def _ticked(self, form: Form, boxes: list[Control]) -> list[str]:
        """Some of the boxes, one at least, within what there is to spend."""
        left = form.purse.total if form.purse is not None else sum(box.cost for box in boxes)
        ticked: list[str] = []
        for box in self._chance.sample(boxes, len(boxes)):
            if box.cost <= left and (not ticked or self._chance.random() < 0.5):
                ticked.append(box.value)
                left -= box.cost
        return ticked

    def _given_away(self, purse: Purse, names: list[str]) -> dict[str, int]:
        """All of the purse, step by step, favouring no field: where fewer would do, all is allowed too."""
        given = dict.fromkeys(names, 0)
        for _ in range(purse.total // purse.step):
            free = [name for name in names if given[name] + purse.step <= purse.each]
            if not free:
                break
            given[self._chance.choice(free)] += purse.step
        return given

    def _write(self, form: Form, fields: dict[str, list[str]]) -> None:
        areas = {
            name: controls
            for kind in ("textarea", "text")
            for name, controls in form.named(kind).items()
            # What may be said besides a story is not asked of anybody.
            if not name.endswith(".own")
        }
        if not areas:
            return
        if form.slot or (len(areas) == 1 and not form.named("radio")):
            # Beside a vote a box asks for a reason.
            for name in areas:
                fields[name] = [self._chance.choice(self._ideas)]
            return
        story = self._chance.choice(self._stories)
        names = list(areas)
        values = [story.parts.get(name.rpartition(".")[2], "") for name in names]
        if not any(values):
            values[min(1, len(values) - 1)] = story.text
        for name, value in zip(names, values, strict=True):
            fields[name] = [value]
        levels = [radio.value for radio in form.named("radio").get(LEVEL, ())]
        if levels:
            fields[LEVEL] = [story.level if story.level in levels else levels[0]]

    async def _page(self, path: str) -> Page:
        return read_page((await self._client.get(path)).text)

    async def _think(self) -> None:
        shortest, longest = self._pace.think
        if longest:
            await asyncio.sleep(self._chance.uniform(shortest, longest))


def _seen(form: Form, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """The fields that say something, without the ones that only carry the sending."""
    return {name: values for name, values in fields.items() if name not in ("sid", "csrf", "go", "step")}


async def _pause(until: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(until.wait(), seconds)
    except TimeoutError:
        return
