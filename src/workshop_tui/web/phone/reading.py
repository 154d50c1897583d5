"""PhonePages to read: stories of the room, help, paper, and how answers are used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.activity import Gathering, Kinds
from workshop_tui.domain.agenda import status_sentence
from workshop_tui.domain.asking import asks_names
from workshop_tui.domain.blocks import Quote, Quotes
from workshop_tui.domain.content_warnings import warning_words
from workshop_tui.domain.earlier import asks_again
from workshop_tui.domain.promise import PROMISE_PAGE, promised, with_promise
from workshop_tui.drawing.html import draw_view
from workshop_tui.messages import Day, Message, Text, Verbatim, tr
from workshop_tui.room.ports import SessionInfo
from workshop_tui.room.quotes import is_for_room, quote_for_room, room_warnings
from workshop_tui.room.shelves import Shelf
from workshop_tui.room.times import clock
from workshop_tui.web.http.forms import whole_number
from workshop_tui.web.phone.layout import (
    GET_HELP,
    HOW_USED,
    RATHER_PAPER,
    SENT,
    TAKE_BACK,
    WRITTEN,
    PhonePages,
    Section,
    see,
)
from workshop_tui.web.phone.now import CHANGE
from workshop_tui.web.phone.own_care import OWN_CARE

STORIES_EACH = 5
"""Stories on one page, newest first: a page of them stays small."""

HELP: Final[tuple[Section, ...]] = (
    (tr("The page does not open"), (
        tr("Your phone may say “no internet”. That is OK. Stay connected."),
        tr("Turn mobile data off. Then scan the square again."),
    )),
    (tr("I want to change my answer"), (
        tr("Press “{button}”. You can do that until we close the question.", button=CHANGE),
    )),
    (tr("I want to take my words back"), (
        tr("Press “{button}” at the foot of the page. Or use your private code.", button=SENT),
    )),
    (tr("I want to talk to someone"), (
        tr("Put up your hand, or tell a helper. You can step out at any time."),
        tr("Is someone in danger? Call 999."),
        tr("For your health, call NHS 111. To talk day or night, call Samaritans on 116 123."),
    )),
)  # fmt: skip

STEP_OUT: Final = tr("Step out")
OUT: Final = (
    tr("You can leave the room now. You need not say why."),
    tr("Do you want somebody with you? Put up your hand, or tell a helper."),
    tr("Come back when you like. What you wrote stays on this phone."),
)

KEPT: Final = tr("We keep your answers and your words on the laptop in this room.")
NO_NAMES: Final = tr("We do not ask your name. We do not keep which phone you have.")

VOTES: Final[Section] = (
    tr("Your votes"), (
        tr("Nobody in the room can see who chose what."),
        tr("When we show a result, the link between phone and vote is gone for good."),
        tr("If you write why, we keep that without your name. The report can show it."),
    ),
)  # fmt: skip

WORDS: Final = (
    tr("The people running today read them first."),
    tr("A story goes no further than you choose when you send it."),
)

NETWORK: Final[Section] = (
    tr("This network"), (
        tr("Somebody with the right tools on the same Wi-Fi could read along."),
        tr("If that worries you, please use paper."),
    ),
)  # fmt: skip

NAMES: Final[Section] = (
    tr("Questions with names"), (
        tr("Some questions ask who you are. They say so before you answer."),
        tr("What you answer there is kept under that name."),
        tr("All other questions do not ask your name."),
    ),
)  # fmt: skip
"""What happens with a name, where an item asks for one."""

ROLES: Final[Section] = (
    tr("Who you are here as"), (
        tr("We count how many staff and how many others made each choice."),
        tr("We only show that for big groups: 10 answers or more on each side."),
        tr("For smaller groups we wipe it. Then nobody can tell staff and others apart."),
    ),
)  # fmt: skip
"""What happens with a role, where the agenda asks for one."""

TWICE: Final[Section] = (
    tr("Questions we ask twice"), (
        tr("For these the link between phone and vote is gone once we have counted the second time."),
        tr("Until then we need it, to count how many people changed their mind. We never look who."),
    ),
)  # fmt: skip
"""What is different where the agenda asks a question a second time."""

NOTHING_PROMISED: Final = tr("Nobody has said more about today here. Please ask the people who run it.")

PAPER: Final = (
    tr("That is fine. Ask a helper for a paper copy."),
    tr("A helper can then put your answers in for you, on another phone."),
    tr("A helper can also write for you."),
)


def _until(info: SessionInfo) -> tuple[Text, ...]:
    """How long words live, and until when they can be taken back."""
    until = tr("You can do that until the people running today have finished writing up.")
    if info.write_up_by:
        until = tr(
            "You can do that until the people running today have finished writing up. That is on {day} at the latest.",
            day=Day(info.write_up_by),
        )
    return (
        tr("You can take back words you sent. Press “{button}”.", button=SENT),
        until,
        tr("Then we delete words that only they can read, and stories for nobody else."),
        tr("Of a story that is “not my words” we then delete your words. What they wrote about it stays."),
        tr("All other words stay with what is kept of today. That stays until those who run it delete it."),
        tr("From then on nobody can tell which words came from one phone."),
        tr("Nor can they tell who wanted to know a question too."),
    )


class Reading:
    """The pages to read."""

    def __init__(self, pages: PhonePages) -> None:
        self._pages = pages

    async def stories(self, request: Request) -> Response:
        """Stories that may be shown, newest first."""
        phone = self._pages.phones.phone(request.scope)
        if phone is None:
            return self._pages.not_joined(request)
        room = self._pages.phones.room
        if room.state.pause is not None:
            return see("/now")
        shelves, rows = room.tables.shelves, room.tables.contributions

        def shown(shelf: Shelf) -> bool:
            return is_for_room(room.kinds, shelf)

        start = whole_number(request.query_params.get("from", "")) or 0
        end = start + STORIES_EACH
        found = (rows[key] for key in shelves.newest(shown, start, STORIES_EACH))
        drawn = ((row, quote_for_room(room.state, room.kinds, row, room.tables.dealt)) for row in found)
        told = [(row, quote, room_warnings(room, row)) for row, quote in drawn if quote is not None]
        quotes = [(row.kind, quote) for row, quote, warned in told if not warned]
        translator, title = self._pages.translator(request), self._pages.words_called() or WRITTEN
        values = {
            "title": title,
            "quotes": draw_view(_by_name(room.kinds, quotes, title), translator=translator),
            "warned": [
                (warning_words(warned), draw_view([Quotes((quote,))], translator=translator))
                for _, quote, warned in told
                if warned
            ],
            "older": str(end) if end < shelves.count(shown) else "",
            "back": "/now", "assets": ("stories.js",),
        }  # fmt: skip
        return self._pages.page(request, phone, "stories.html", values)

    async def out(self, request: Request) -> Response:
        """For people who do not want to be there for a while."""
        return self._words(request, STEP_OUT, (("", OUT),))

    async def help(self, request: Request) -> Response:
        """What to do when something does not work, and whom to talk to."""
        return self._words(request, GET_HELP, HELP, (("/back", TAKE_BACK), ("/own-care", OWN_CARE)))

    async def privacy(self, request: Request) -> Response:
        """What happens with answers."""
        room = self._pages.phones.room
        state, named = room.state, asks_names(room.state.items, room.kinds)
        kept: Section = (tr("What we keep"), (KEPT,) if named else (KEPT, NO_NAMES))
        twice = any(asks_again(each.item) for each in state.items)
        extra = (*([NAMES] if named else []), *([TWICE] if twice else []), *([ROLES] if state.agenda.roles else []))
        words: Section = (tr("Your words"), (*WORDS, *_until(room.info)))
        return self._words(request, HOW_USED, (kept, VOTES, *extra, words, NETWORK))

    async def promise(self, request: Request) -> Response:
        """All that is promised to the room, and what it was told before."""
        state = self._pages.phones.room.state
        sections = promised(state.agenda)
        if state.why_promised:
            at = sum(not heading for heading, _ in sections[:1])
            sections = (*sections[:at], (tr("What has changed"), (state.why_promised,)), *sections[at:])
        for before in state.earlier_promises:
            told = status_sentence(with_promise(state.agenda, before.promise))
            if told:
                until = tr("What we said until {time}", time=Verbatim(clock(before.until)))
                sections = (*sections, (until, told))
        return self._words(request, PROMISE_PAGE, sections or (("", (NOTHING_PROMISED,)),))

    async def paper(self, request: Request) -> Response:
        """For people who would rather not use a phone."""
        return self._words(request, RATHER_PAPER, (("", PAPER),))

    def _words(
        self,
        request: Request,
        heading: Message,
        sections: tuple[Section, ...],
        links: tuple[tuple[str, Message], ...] = (),
    ) -> Response:
        phone = self._pages.phones.phone(request.scope)
        values = {
            "title": heading, "heading": heading, "sections": sections, "leave": False, "links": links,
            "back": "/now" if phone is not None else "/",
        }  # fmt: skip
        return self._pages.page(request, phone, "words.html", values)


def _by_name(kinds: Kinds, shown: Sequence[tuple[str, Quote]], title: Text) -> list[Quotes]:
    """Words under what they are called; that stands over all of them already where they are of one kind."""
    by_name: dict[Message, list[Quote]] = {}
    for name, quote in shown:
        kind = kinds[name]
        if isinstance(kind, Gathering):
            by_name.setdefault(kind.noun.many, []).append(quote)
    return [Quotes(tuple(quotes), title="" if name == title else name) for name, quotes in by_name.items()]
