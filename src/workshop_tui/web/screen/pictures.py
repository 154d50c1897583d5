"""What the big screen shows at a moment, put together from nothing but what was revealed or approved.

It is put together whole: what does not fit is cut into parts by the page itself, which shows the one that the state
names.
"""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyGathering
from workshop_tui.domain.agenda import Item, status_sentence
from workshop_tui.domain.answers import PROMISE_WORDS, STATUS_WORDS
from workshop_tui.domain.asking import config_data, config_of, gathering_of, poll_of, round_config
from workshop_tui.domain.blocks import Quotes, Statement
from workshop_tui.domain.content_warnings import warning_words
from workshop_tui.domain.events import NoteWritten
from workshop_tui.domain.passing import said_instead
from workshop_tui.domain.promise import PROMISE_PAGE, Section, promised
from workshop_tui.domain.received import Dealt, behind_words, number_words, origin_words, what_is_asked
from workshop_tui.domain.state import ItemState, Round
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.qr import qr_svg
from workshop_tui.locales import translator_for
from workshop_tui.messages import Day, Message, Place, Quoted, Text, Translator, Verbatim, tr, trn
from workshop_tui.room.quotes import is_for_room, quote_for_room, room_warnings
from workshop_tui.room.received import received
from workshop_tui.room.results import round_result, shown_round, turnout
from workshop_tui.room.room import Room
from workshop_tui.room.shelves import Shelf
from workshop_tui.room.square import square_url
from workshop_tui.room.times import clock
from workshop_tui.web.phone.board import Board, BoardQuestion
from workshop_tui.web.phone.phone_state import Options, asked_words, options_of

MOST: Final = 60
"""Questions, ideas or pledges on the screen: a room reads no more parts than these make."""

ScreenView = Literal["join", "ask", "reveal", "questions", "story", "received", "wait", "closing", "blank"]


OPEN: Final = tr("Question is OPEN")
CLOSED: Final = tr("Question is CLOSED")
NOT_YET: Final = tr("Question is NOT OPEN YET")
PAUSED: Final = tr("We are taking a short pause.")
JOINING_CLOSED: Final = tr("Joining is closed.")
STEP_OUT: Final = tr("You can step out now, and come back when you like.")
THANKS: Final = tr("Thank you for coming.")

Part = tuple[Text, tuple[tuple[Place, ...], ...]]
"""A heading, and its lines, each with what is to be said of it."""


class Picture(Struct, frozen=True, kw_only=True):
    """What the screen shows at one moment."""

    mode: ScreenView
    turn: int = 0
    """Which part is shown where there are several."""
    before: int = 0
    """How many parts of it came before, as a view of their own."""
    name: str
    """Names the view: a view drawn again under the same name is not animated again."""
    heading: Text | Quoted = ""
    options: Options = ()
    count: Text = ""
    state: Text = ""
    left: Text = ""
    large: Text = ""
    """What is read before everything else."""
    result: Markup = Markup()
    cautions: tuple[Text, ...] = ()
    questions: tuple[BoardQuestion, ...] = ()
    """Questions from the room, most wanted first, answered ones last."""
    wall: tuple[str, ...] = ()
    """What people sent and may be read, side by side."""
    lines: tuple[Text, ...] = ()
    """What is told below what is large."""
    asked: tuple[Text, ...] = ()
    """What is asked, of whom and by when."""
    said: tuple[Text, ...] = ()
    """What became of it."""
    parts: tuple[Part, ...] = ()
    """What stands below each other under headings of its own."""
    status: tuple[Place, ...] = ()
    square: Markup = Markup()
    """The QR square of the join address."""
    address: str = ""
    code: str = ""


class Pictures:
    """Makes the picture of each moment for one room.

    Args:
        room: The running session.
        join_url: Where phones join.
    """

    def __init__(self, room: Room, join_url: str) -> None:
        self._room = room
        self._board = Board(room)
        self._walls: dict[str, tuple[tuple[str, ...], int]] = {}
        """By item, of this version of the room."""
        room.notifier.empties(self._walls)
        self._place = urlsplit(join_url).netloc
        self._squares: dict[str, Markup] = {}

    def translator(self, about: Item | None = None) -> Translator:
        """Says things in the language of the screen, and in a second one where the agenda says so."""
        agenda = self._room.state.agenda
        tags = agenda.screen_languages or (agenda.language,)
        here, items = self._room.state.here, [each.item for each in self._room.state.items]
        about = about or (here.item if here is not None else None)
        known = agenda.known_words([*items, *([about] if about is not None else [])])
        first, *second = (translator_for(tag).knowing(known, said_instead(agenda)) for tag in tags)
        return first.beside(second[0]) if second else first

    def picture(self, now: int) -> Picture:
        """What the room may see at this moment."""
        if self._room.state.pause is not None:
            # Neither the title nor the address: whatever led to it, this says nothing of it.
            return Picture(mode="wait", name="paused", heading=PAUSED)
        made = self._picture(now)
        made = replace(made, turn=self._room.state.turn - made.before)
        if made.name == "closing" or not self._room.state.joining.is_open:
            return made
        # What a person types: the address without the parts a browser adds by itself.
        return replace(made, square=self._square(), address=self._place, code=self._room.code)

    def _square(self) -> Markup:
        """The square of the code in force; drawn once for each."""
        secret = self._room.square
        if secret not in self._squares:
            self._squares = {secret: qr_svg(square_url(self._place, secret), translator=self.translator())}
        return self._squares[secret]

    def _picture(self, now: int) -> Picture:
        state = self._room.state
        if state.screen.mode == "blank":
            return Picture(mode="blank", name="blank", heading=state.agenda.said("title"))
        if state.screen.mode == "results" and (shown := shown_round(state)) is not None:
            return self._results(shown)
        if state.screen.mode == "results" and state.here is not None and self._board.count(state.here):
            return self._questions(state.here)
        if state.screen.mode == "story":
            return self._story(state.screen.subject)
        if state.screen.mode == "received" and state.ended_at is None:
            return self._received(state.screen.subject)
        if state.screen.mode == "closing" or state.ended_at is not None:
            return self._closing()
        if state.screen.mode == "join" and not state.joining.is_open:
            return replace(self._wait("join-closed", state.agenda.said("title"), ""), state=JOINING_CLOSED)
        if state.screen.mode == "promise" and (parts := promised(state.agenda)):
            return self._promise(parts)
        if state.screen.mode == "join":
            return Picture(mode="join", name="join", status=status_sentence(state.agenda))
        here = state.here
        if here is None:
            return self._wait("wait", state.agenda.said("title"), "")
        return self._question(here, now)

    def _question(self, here: ItemState, now: int) -> Picture:
        agenda, round_ = self._room.state.agenda, self._room.state.last_round
        gathering = gathering_of(here.item, self._room.kinds)
        name, left = here.item.key, _left(here, now)
        if poll_of(here.item, self._room.kinds) is None and gathering is None:
            back = here.ends_at if here.item.is_break else None
            said = tr("Back at {time}", time=Verbatim(clock(back))) if back is not None else ""
            return self._wait(name, agenda.said("title", here.item), left, said)
        if gathering is not None:
            state, (wall, many) = OPEN if here.gathering_open else CLOSED, self._wall(here, gathering)
            count = gathering.noun.counted.of(many, n=many) if many else ""
            picture = self._ask(name, agenda.asked(here.item), (), count, state, left)
            return replace(picture, wall=wall, cautions=_of_many(many))
        if round_ is None or round_.status == "void":
            return self._ask(name, agenda.asked(here.item), self._options(here, None), "", NOT_YET, left)
        count = tr("{count} answered", count=turnout(self._room, round_).out_of)
        state = OPEN if round_.status == "open" else CLOSED
        question = asked_words(self._room.state, round_)
        return self._ask(round_.key, question, self._options(here, round_), count, state, left)

    def _ask(self, name: str, heading: Quoted, options: Options, count: Text, state: Text, left: Text) -> Picture:
        return Picture(
            mode="ask",
            name=f"ask-{name}",
            heading=heading,
            options=options,
            count=count,
            state=state,
            left=left,
        )

    def _wait(self, name: str, heading: Quoted, left: Text, large: Text = "") -> Picture:
        return Picture(mode="wait", name=name, heading=heading, left=left, large=large)

    def _options(self, here: ItemState, round_: Round | None) -> Options:
        kind = poll_of(here.item, self._room.kinds)
        if kind is None or not config_data(here):
            return ()
        return options_of(round_config(round_, kind) if round_ is not None else config_of(here, kind))

    def _results(self, round_: Round) -> Picture:
        blocks, words = round_result(self._room, round_, big=True)
        # Every line is to be read from the back row: how it was counted stands on the phones and in the report.
        shown = [block for block in blocks if not (isinstance(block, Statement) and block.weight == "rule")]
        each = self._room.state.item(round_.item)
        translator = self.translator(each.item if each is not None else None)
        return Picture(
            mode="reveal",
            name=f"reveal-{round_.key}",
            heading=asked_words(self._room.state, round_),
            result=draw_view(shown, translator=translator, big=True),
            cautions=words,
        )

    def _questions(self, here: ItemState) -> Picture:
        many = self._board.count(here)
        return Picture(
            mode="questions",
            name=f"questions-{here.item.key}",
            heading=self._room.state.agenda.asked(here.item),
            questions=self._board.questions(here, 0, MOST),
            cautions=(tr("The number says how many want to know."), *_of_many(many)),
        )

    def _story(self, key: str) -> Picture:
        row = self._room.tables.contributions.get(key)
        quote = (
            quote_for_room(self._room.state, self._room.kinds, row, self._room.tables.dealt)
            if row is not None
            else None
        )
        if quote is None:
            return Picture(mode="blank", name="blank", heading=self._room.state.agenda.said("title"))
        warned = room_warnings(self._room, row) if row is not None else ()
        if warned and self._room.state.turn < 1:
            # Its words are not even on this page: nothing shows them but a key.
            return Picture(mode="wait", name=f"warning-{key}", heading=warning_words(warned), large=STEP_OUT)
        each = self._room.state.item(row.item) if row is not None else None
        is_question, votes = self._board.takes_votes(each), self._room.tables.votes[key]
        kind = gathering_of(each.item, self._room.kinds) if each is not None else None
        return Picture(
            mode="story",
            name=f"story-{key}",
            heading=kind.noun.from_room if kind is not None else "",
            count=trn("{n} person wants to know.", "{n} people want to know.", votes) if is_question else "",
            result=draw_view([Quotes((quote,))], translator=self.translator(), big=True),
            before=1 if warned else 0,
        )

    def _received(self, id_: str) -> Picture:
        """One point that was handed in, with its base, what is asked, and what this session says of it."""
        dealt = received(self._room)
        number, each = next((number, each) for number, each in enumerate(dealt, 1) if each.point.id == id_)
        return Picture(
            mode="received",
            name=f"received-{number}",
            heading=number_words(each.point, number, len(dealt)),
            large=each.point.words,
            lines=(*origin_words(each.point), *behind_words(each.point)),
            asked=what_is_asked(each.point),
            said=self._said_of(each),
        )

    def _said_of(self, dealt: Dealt) -> tuple[Text, ...]:
        """What became of a point, as far as everybody in the room may read it; nothing where it has no answer."""
        if dealt.is_open:
            return ()
        tables = self._room.tables
        line = tables.note(dealt.note)
        shown = tables.dealt.notes(() if line is None else (line,), "room_screen")
        entry = tables.kept_entry(dealt.note)
        fields, waits = tables.dealt.said_of(dealt.note, entry) if entry is not None else ({}, 0)
        if shown and not waits:
            return replace(dealt, text=shown[0].text, fields=fields).said
        # Words that are held back, or may tell who somebody is, stay at the desk.
        words = PROMISE_WORDS if dealt.point.sort == "promise" else STATUS_WORDS
        return (words[dealt.answer.status],)

    def _wall(self, here: ItemState, kind: AnyGathering) -> tuple[tuple[str, ...], int]:
        """What was sent to an item and may be read, and how many there are; of many the newest.

        They stand in the order of the alphabet: the one they came in could tell whose they are. Stories are shown one
        at a time, and questions from the room with their numbers.
        """
        key = here.item.key
        if kind.asks_consent or kind.upvoted:
            return (), 0
        if key not in self._walls:
            self._walls[key] = self._made_wall(key)
        return self._walls[key]

    def _made_wall(self, item: str) -> tuple[tuple[str, ...], int]:
        room, tables = self._room, self._room.tables

        def fits(shelf: Shelf) -> bool:
            return shelf.item == item and is_for_room(room.kinds, shelf)

        rows = [tables.contributions[key] for key in tables.shelves.newest(fits, 0, MOST)]
        quotes = (quote_for_room(room.state, room.kinds, row, tables.dealt) for row in rows)
        said = ["\n".join(words for _, words in quote.parts) for quote in quotes if quote is not None]
        return tuple(sorted(said, key=lambda each: (each.casefold(), each))), tables.shelves.count(fits)

    def _promise(self, parts: tuple[Section, ...]) -> Picture:
        """What is promised to the room: the plain sentence large, the rest under headings."""
        plain = next((lines for heading, lines in parts if not heading), ())
        rest = tuple((heading, tuple((line,) for line in lines)) for heading, lines in parts if heading)
        return Picture(mode="closing", name="promise", heading=PROMISE_PAGE, status=plain, parts=rest)

    def _closing(self) -> Picture:
        """Thank you, what was promised, and what happens next; of people's words only what was approved."""
        state, tables = self._room.state, self._room.tables
        notes = tables.dealt.notes(tables.notes, "room_screen")
        promised, actions = (
            tuple(_note_line(note) for note in notes if note.kind == kind) for kind in ("promise", "action")
        )
        items = [(each, gathering_of(each.item, self._room.kinds)) for each in state.items]
        walls = [self._wall(each, kind) for each, kind in items if kind is not None and kind.promises]
        parts: list[Part] = [
            (tr("What was promised"), (*promised, *((words,) for wall, _ in walls for words in wall))),
            (tr("What happens next"), actions),
            (tr("To be handed on"), tuple((text,) for text in state.agenda.baton_out)),
        ]
        shown = tuple(each for each in parts if each[1])
        return Picture(mode="closing" if shown else "wait", name="closing", heading=THANKS, parts=shown)


def _of_many(count: int) -> tuple[Message, ...]:
    """That there are more than a screen shows; nothing where there are not."""
    return () if count <= MOST else (trn("{shown} of {n} is shown.", "{shown} of {n} are shown.", count, shown=MOST),)


def _note_line(note: NoteWritten) -> tuple[Text, ...]:
    """A note with who does it and by when, as the summary for those who took part has it."""
    owner = (tr("owner: {owner}", owner=note.owner),) if note.owner else ()
    due = (tr("by {day}", day=Day(note.due)),) if note.due else ()
    return (note.text, *owner, *due)


def _left(here: ItemState, now: int) -> Message:
    """The time left as "06:42 left", or how long it is over."""
    left = here.left_ms(now)
    minutes, seconds = divmod(abs(left) // 1_000, 60)
    time = Verbatim(f"{minutes:02d}:{seconds:02d}")
    return tr("{time} left", time=time) if left >= 0 else tr("{time} over", time=time)
