"""The host page as a value for its template: the moment, the lists, and what was typed last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args
from urllib.parse import parse_qs, urlencode

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyKind, Gathering, OptionsConfig
from workshop_tui.domain.agenda import Activity
from workshop_tui.domain.consent import level_words
from workshop_tui.domain.state import SessionState
from workshop_tui.domain.timing import MINUTE, late_ms
from workshop_tui.domain.upvotes import answer_words, votes_words
from workshop_tui.messages import ENGLISH
from workshop_tui.room import ending
from workshop_tui.room.clock import random_name
from workshop_tui.room.desk import round_details, snapshot
from workshop_tui.room.queue import queue_page
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import ItemLine, QueueEntry, QueueFilter, Snapshot
from workshop_tui.room.times import clock, minutes_words
from workshop_tui.web.control.routes import Desk, Exported
from workshop_tui.web.host import words as host_words
from workshop_tui.web.host.items import idea_words, ideas_of, offers, options_in
from workshop_tui.web.http.forms import MOST_FIELDS, Raw, one
from workshop_tui.web.http.rendering import render

PAGE: Final = 20
"""How many contributions the reading queue shows at once."""

FILTERS: Final[dict[str, QueueFilter]] = {each: each for each in get_args(QueueFilter)}

SECTIONS: Final = {
    "status": "How it stands",
    "now": "Now",
    "asking": "Vote and words",
    "time": "Catch up",
    "reading": "What people sent",
    "options": "Options from ideas",
    "screen": "Big screen",
    "notes": "Notes",
    "order": "Running order",
    "new": "A new question",
    "people": "People in the room",
    "reports": "Reports",
    "end": "End",
}
"""The parts of the page, by their ids, in order."""


class View(Struct, frozen=True):
    """How one browser looks at the room; carried from page to page in the address."""

    peek: bool = False
    """Whether it asked to look at the result so far."""
    queue: QueueFilter = "unread"
    offset: int = 0
    """The first contribution shown."""

    @property
    def query(self) -> str:
        """The view as part of an address; empty for the usual one."""
        given = {"peek": "1" if self.peek else "", "queue": "" if self.queue == "unread" else self.queue}
        return urlencode({**{k: v for k, v in given.items() if v}, **({"offset": self.offset} if self.offset else {})})


def read_view(query: str) -> View:
    """The view an address asks for; what makes no sense is left out."""
    given = _asked(query)
    offset = given.get("offset", "")
    return View(
        peek=given.get("peek") == "1",
        queue=FILTERS.get(given.get("queue", ""), "unread"),
        offset=int(offset) if offset.isascii() and offset.isdigit() and len(offset) < 7 else 0,
    )


def _asked(query: str) -> dict[str, str]:
    try:
        return {name: values[-1] for name, values in parse_qs(query, max_num_fields=MOST_FIELDS).items()}
    except ValueError:
        return {}


class Trouble(Struct, frozen=True):
    """What could not be done, with everything that was typed."""

    words: str
    typed: Raw
    item: str = ""
    """The item to go to, when something has to be chosen first: an open vote, or a late start."""

    @property
    def form(self) -> str:
        """The id of the form it came from."""
        return one(self.typed, "form")


class _Entry(Struct, frozen=True):
    """One contribution with the words of its consent."""

    entry: QueueEntry
    number: int
    consent: str
    handling: str
    at: str
    votes: str
    """How many want to know, in words."""
    answer: str
    """What became of a question, in words; empty for an open one."""


class Pages:
    """Draws the host page of one room."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._room = desk.room

    def draw(
        self, view: View, desk: str, *, done: str = "", section: str = "", trouble: Trouble | None = None,
        exported: Exported | None = None,
    ) -> str:  # fmt: skip
        """The whole page.

        Args:
            view: How this browser looks at the room.
            desk: The device that looks: what it can take back is its own.
            done: What was just done; empty for nothing.
            section: The part of the page it was done in.
            trouble: What could not be done.
            exported: The reports that were last written.
        """
        room, moment = self._room, self._moment(view, desk)
        queue = queue_page(room, view.queue, view.offset, PAGE)
        values: dict[str, object] = {
            "view": view,
            "now": moment,
            "facts": host_words.facts(moment),
            "plans": host_words.plan_views(moment) if moment.ended_at is None else (),
            "clock": clock,
            "about": minutes_words,
            "words": host_words,
            "ending": ending,
            "behind": round_details(room),
            "queue": queue,
            "entries": [_entry(room, entry, view.offset + at) for at, entry in enumerate(queue.entries, 1)],
            "page_size": PAGE,
            "filters": FILTERS,
            "offers": (offered := offers(room)),
            "ideas": [(entry, idea_words(entry)) for entry in ideas_of(room)] if offered else [],
            "left_open": _left_open(room.state),
            "late_ms": (late := late_ms(moment.started_at, moment.scheduled_start, moment.now)),
            "next": (following := _neighbour(moment, 1)),
            "may_keep": late is not None and moment.can_catch_up(late, _opened_first(trouble, following)),
            "previous": _neighbour(moment, -1),
            "kinds": _kinds(room),
            "item_form": item_form,
            "ends": ends(moment),
            "sections": SECTIONS,
            "done": done,
            "section": section if section in SECTIONS else "",
            "trouble": trouble,
            "exported": exported,
            "new_action": random_name,
            "shown": _shown(moment, bool(offered)),
            "look": view.query,
            "other_look": replace(view, peek=not view.peek).query,
            "looks": _looks(view),
            "knows": "&".join(filter(None, (urlencode(_knows(room, moment)), view.query))),
            "news": "",
        }
        return render("host/page.html", values, ENGLISH)

    def draw_strip(self, query: str, desk: str) -> str:
        """The strip, the only part of a page that news replaces.

        Args:
            query: What the page knew when it was drawn, and how it looks at the room.
            desk: The device that looks.
        """
        known = _asked(query)
        moment = self._moment(View(), desk)
        return render(
            "host/strip.html",
            {
                "now": moment,
                "words": host_words,
                "news": _news(self._room, moment, known),
                "look": read_view(query).query,
            },
            ENGLISH,
        )

    def _moment(self, view: View, device: str) -> Snapshot:
        desk = self._desk
        return snapshot(
            self._room, desk.place, peek=view.peek, connected=desk.connected(), screens=desk.screens(), desk=device
        )


def _knows(room: Room, moment: Snapshot) -> dict[str, str]:
    """What a page drawn now knows; votes are not in it, so that each does not ask for a look."""
    return {
        "state": str(room.state.version),
        "unread": str(moment.waiting.unread),
        "fault": str(int(bool(moment.fault))),
    }


def _news(room: Room, moment: Snapshot, known: Mapping[str, str]) -> str:
    """What a page does not know, in a sentence; empty for nothing."""
    if moment.fault:
        return "NOT SAVED."
    current = _knows(room, moment)
    if known.get("state") != current["state"] or known.get("fault") != current["fault"]:
        return "Something changed."
    return "" if known.get("unread") == current["unread"] else "New words wait to be read."


def _shown(view: Snapshot, offered: bool) -> frozenset[str]:
    """The parts that the page has now, by id."""
    asks = view.here is not None and (view.here.is_poll or view.here.is_gathering or bool(view.left_open))
    absent = {"asking"} if not asks else set()
    over = view.started and view.ended_at is None and view.day_over_ms >= MINUTE
    absent |= set() if over else {"time"}
    absent |= set() if offered else {"options"}
    absent |= {"new", "people"} if view.ended_at is not None else set()
    return frozenset(SECTIONS) - absent


def _left_open(state: SessionState) -> list[tuple[str, int, str]]:
    """Votes that still take answers although the room went on: the round, the item's number and title."""
    numbers = {each.item.key: (number, each.item.title) for number, each in enumerate(state.items, 1)}
    return [(round_.key, *numbers[round_.item]) for round_ in state.left_open]


def _looks(view: View) -> dict[str, str]:
    """The addresses of other views of the reading queue, by name."""
    looks = {name: replace(view, queue=which, offset=0).query for name, which in FILTERS.items()}
    looks["before"] = replace(view, offset=max(0, view.offset - PAGE)).query
    looks["after"] = replace(view, offset=view.offset + PAGE).query
    return looks


def ends(view: Snapshot) -> dict[str, str]:
    """When the day would end after a late start, by what happens to the end; the same where no start was planned."""
    start = view.now if view.scheduled_start is None else view.scheduled_start
    return {
        "move": f"finish at {clock(view.now + view.length_ms)}",
        "keep": f"finish at {clock(start + view.length_ms)}",
    }


def item_form(activity: Activity | None) -> dict[str, object]:
    """What an item does on phones, as the fields of the item form."""
    config = activity.config if activity is not None else {}
    options = options_in(config)
    return {
        "kind": activity.kind if activity is not None else "",
        "options": "\n".join(option.text for option in options if not option.other),
        "other": any(option.other for option in options),
        "from_ideas": config.get("options_from") == "ideas",
        "dots": config.get("dots") or "",
    }


def _kinds(room: Room) -> dict[str, tuple[str, bool]]:
    """The kinds by name: what people call them, and whether they choose between options."""
    return {name: (str(kind.title), issubclass(kind.config_type, OptionsConfig)) for name, kind in room.kinds.items()}


def _neighbour(view: Snapshot, way: int) -> ItemLine | None:
    here = view.here.number - 1 if view.here is not None else -1
    lines = view.items[here + 1 :] if way > 0 else view.items[: max(0, here)][::-1]
    return next((line for line in lines if line.status != "skipped"), None)


def _opened_first(trouble: Trouble | None, following: ItemLine | None) -> str:
    """The item that would start the day: the one that was asked for, else the next one."""
    if trouble is not None and trouble.item:
        return trouble.item
    return following.key if following is not None else ""


def _entry(room: Room, entry: QueueEntry, number: int) -> _Entry:
    return _Entry(
        entry=entry,
        number=number,
        consent=consent_words(room.kinds[entry.kind], entry.consent),
        handling=host_words.HANDLING_WORDS[entry.handling],
        at=clock(entry.minute * MINUTE),
        votes=str(votes_words(entry.votes)).rstrip("."),
        answer=str(answer_words(entry.answer)),
    )


def consent_words(kind: AnyKind, level: str) -> str:
    """Who may see a contribution, in words."""
    if not isinstance(kind, Gathering) or kind.readers == "facilitator":
        return "Only you can read this. It is never shown, and it is deleted when the write-up is finished."
    if not kind.asks_consent:
        return "For the room, once you approve it."
    return f"Its owner chose {level}: {level_words(level)!s}"
