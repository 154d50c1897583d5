"""Looks at a day from every side, and keeps what it sees by surface and moment.

A moment at which a surface is as it was at the moment before is left out of its page.

Left out is what does not follow from what people did: addresses and paths, versions, random names, the journal.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec

from tests.exports.opened import excel_lines, word_lines, zip_of
from tests.net.day import ADDRESSES, Day
from tests.net.golden import Surface
from tests.net.reading import page_lines, table_lines, text_lines, value_lines
from workshop_tui.exports.files import NAMES, Writing
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room.desk import round_details, snapshot
from workshop_tui.room.queue import queue_page
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.record import SessionRecord
from workshop_tui.web.host.pages import PAGES
from workshop_tui.web.http.credentials import FACILITATOR

NOT_FROM_THE_DAY = frozenset(
    ("desk_version", "boot_id", "session_path", "join_url", "screen_url", "host_url", "connected", "screens_open",
     "saved_at")
)  # fmt: skip
"""Fields of a snapshot that nothing that people did leads to."""

WATCHED = ("ann", "sue", "olga")
"""Whose phones are looked at each time: a patient, a member of staff, somebody who looks on."""


class Seen:
    """What was seen of a day.

    Args:
        day: The day.
    """

    def __init__(self, day: Day) -> None:
        self._day = day
        self._moments: set[str] = set()
        self._surfaces: dict[str, Surface] = defaultdict(Surface)
        for name in ("desk.txt", "queue.txt", "export-session.json.txt"):
            self._surfaces[name] = Surface("other values")
        for name in (
            *(f"host-{page}.txt" for page in PAGES),
            "export-report.md.txt",
            "export-report.html.txt",
            "export-summary.md.txt",
            "export-summary.html.txt",
        ):
            self._surfaces[name] = Surface("other lines")

    @property
    def pages(self) -> dict[str, str]:
        """Everything that was seen, by the name of its golden page."""
        return {name: surface.page for name, surface in sorted(self._surfaces.items())}

    async def look(self, words: str, *, host: bool = False, paths: tuple[str, ...] = ()) -> None:
        """Look at a moment from every side.

        Args:
            words: What moment it is.
            host: Whether to look at the host page too, which is long.
            paths: Further pages of the first phone.
        """
        moment, day = self._moment(words), self._day
        self._see("answers.txt", moment, day.told)
        day.told.clear()
        view, peeking = (
            snapshot(day.room, ADDRESSES, peek=peek, connected=3, screens=1, desk=FACILITATOR.desk)
            for peek in (False, True)
        )
        self._see("desk.txt", moment, value_lines(view, NOT_FROM_THE_DAY))
        self._see("desk-peeking.txt", moment, value_lines({"result": peeking.result, "words": peeking.result_words}))
        self._see("details.txt", moment, value_lines(round_details(day.room)))
        self._see("queue.txt", moment, self._queue())
        self._see("screen.txt", moment, page_lines((await day.desk_pages.get("/screen")).text))
        for who in WATCHED:
            self._see(f"phone-{who}.txt", moment, page_lines(await day.page(who)))
        for path in paths:
            self._see("phone-pages.txt", f"{moment}, {path}", page_lines(await day.page(WATCHED[0], path)))
        if host:
            for page in PAGES:
                html = (await day.desk_pages.get(f"/host/{page}")).text
                self._see(f"host-{page}.txt", moment, page_lines(html))

    def page(self, words: str, html: str) -> None:
        """Keep one page by itself: the answer to something that a phone sent."""
        self._see("phone-answers.txt", self._moment(words), page_lines(html))

    def export(self, words: str, record: SessionRecord) -> None:
        """Keep every file that an export writes."""
        writing = Writing(record, KINDS, ENGLISH)
        for asked in NAMES:
            for name, data in writing.files(asked).items():
                moment = words if name == asked else f"{words}, {name}"
                self._see(f"export-{asked}.txt", moment, _exported(name, bytes(data), record.journal_head))

    def _moment(self, words: str) -> str:
        assert words not in self._moments, f"two moments are called “{words}”"
        self._moments.add(words)
        return words

    def _see(self, surface: str, moment: str, lines: list[str]) -> None:
        self._surfaces[surface].see(moment, lines)

    def _queue(self) -> list[str]:
        """Every contribution as the desk reads it, by its name, and the order in which each page has them."""
        room, lines = self._day.room, []
        for which in ("unread", "all", "approved", "on_hold", "untold"):
            page = queue_page(room, which, 0, 100)
            lines += [f"{which}.total = {page.total}", f"{which}.order = {' '.join(e.key[:4] for e in page.entries)}"]
            if which == "all":
                entries = sorted(page.entries, key=lambda each: each.key)
        tail = queue_page(room, "all", 2, 2)
        lines.append(f"third and fourth = {' '.join(each.key[:4] for each in tail.entries)}")
        return lines + [line for each in entries for line in _entry(each)]


def _entry(entry: QueueEntry) -> list[str]:
    """One contribution; its fields are named here, so that a new name in the product is followed in one line."""
    plain = {
        "item": entry.item,
        "kind": f"{entry.kind}, {str(entry.noun).lower()}",
        "parts": entry.parts,
        "consent": entry.consent,
        "handling": entry.handling,
        "may": f"only_you {entry.only_you}, asks_consent {entry.asks_consent}, show {entry.may_show}",
        "minute": entry.minute,
        "votes": f"{entry.upvoted}, {entry.votes}",
        "answer": entry.answer,
        "retold": f"to be {entry.to_be_retold}, gone {entry.gone}, {entry.retold}",
    }
    return value_lines({entry.key[:4]: plain})


def _exported(name: str, data: bytes, head: str) -> list[str]:
    """A file of an export as lines, without the journal's last hash."""
    if name.endswith(".html"):
        lines = page_lines(data.decode())
    elif name.endswith(".csv"):
        lines = table_lines(data)
    elif name.endswith(".json"):
        lines = value_lines(msgspec.json.decode(data))
    elif name.endswith(".docx"):
        lines = word_lines(data)
    elif name.endswith(".zip"):
        lines = [line for inner, each in zip_of(data).items() for line in (f"{inner}:", *_exported(inner, each, head))]
    elif name.endswith(".xlsx"):
        lines = excel_lines(data)
    elif name.endswith(".zip"):
        lines = [line for inner, raw in zip_of(data).items() for line in (f"# {inner}", *_exported(inner, raw, head))]
    else:
        lines = text_lines(data)
    return [line.replace(head, "(the journal's head)") for line in lines]
