"""The pages of the host page as values for their templates: the moment, the lists, and what was typed last."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from importlib import resources
from typing import Final, get_args
from urllib.parse import urlencode

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain import content_warnings, distress
from workshop_tui.domain.registers import register_words, said_fields
from workshop_tui.domain.timing import MINUTE
from workshop_tui.domain.upvotes import answer_words, votes_words
from workshop_tui.limits import SHOWN_IDEAS
from workshop_tui.messages import Day, Message, Verbatim, tr, trn
from workshop_tui.protocol.answers import Done, Exported
from workshop_tui.room import ending
from workshop_tui.room.clock import random_name
from workshop_tui.room.desk import notes_page, round_details
from workshop_tui.room.queue import ideas, queue_page
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.room.room import Room
from workshop_tui.room.snapshot import SHOWN_NOTES, Snapshot
from workshop_tui.room.times import clock
from workshop_tui.room.write_up import evidence_page, write_up_line, write_up_page
from workshop_tui.room.write_up_page import EvidencePage
from workshop_tui.views import (
    acts,
    asking,
    facts,
    handed,
    items,
    naming,
    own_care,
    reading,
    running,
    safety,
    times,
    typed_config,
    writing,
    writing_up,
)  # fmt: skip
from workshop_tui.views.act import PageName, Way
from workshop_tui.views.handed import at_hand
from workshop_tui.views.moment import Moment, given
from workshop_tui.web.control.services import DeskServices, seen_by
from workshop_tui.web.host.told import NOTHING, Again, Told, View, address_fields, read_view
from workshop_tui.web.http.forms import whole_number
from workshop_tui.web.http.rendering import render, render_in_turns

SEARCHES: Final = 100
"""How many searches are remembered; after that the oldest is forgotten, and its page shows the whole list."""

PAGE: Final = 20
"""How many contributions the reading queue shows at once."""

TITLES: Final[dict[PageName, Message]] = {
    "now": tr("Now"),
    "reading": tr("What people sent"),
    "order": tr("Running order"),
    "notes": tr("Notes"),
    "write_up": tr("Write-up"),
    "end": tr("Reports and end"),
}
"""The pages, in order."""

PAGES: Final[dict[str, PageName]] = {each: each for each in get_args(PageName)}

ENTRY_WAYS: Final = (
    naming.TAKE_OUT, naming.LEAVE, naming.SAY_OTHERWISE,
    reading.READ, reading.APPROVE, reading.SHOW, reading.UNANSWERED, reading.HOLD, reading.UNREAD, reading.HOLD_PHONE,
    reading.LET_PHONE, reading.WITHDRAW, reading.RETELL, reading.REWORD, reading.ANSWER, safety.WARN,
    safety.FROM_ENTRY,
)  # fmt: skip
"""What stands below a contribution, in this order."""

NOTHING_DONE: Final = Done(tr("Nothing was changed."))
"""That a question was answered with no."""

NAMED_CHANGES: Final = 3
"""How many of the newest changes the strip names: a page that is left open for an hour is not read a list."""

MANY_UNREAD: Final = 5
"""From how many texts on that wait to be read only each tenth is told: ideas come in by the minute."""

_NAMED: Final = re.compile(r'\b(ways|act)\("(\w+)"\)')


def _marked(entry: QueueEntry, part: int) -> Markup:
    """The words of a part, or with -1 those that others read instead, with what may tell who somebody is marked."""
    pieces = naming.in_pieces(entry, part)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(said) if mark is not None and mark.decision is None else escape(said)
        for said, mark in pieces
    )


def placed() -> frozenset[str]:
    """The names of the ways that have a place of their own: those that a template names, alone or by their act.

    Raises:
        KeyError: a template names an act or a way that there is none of.
    """
    templates = resources.files("workshop_tui.web").joinpath("templates", "host").iterdir()
    named = {found for each in templates for found in _NAMED.findall(each.read_text(encoding="utf-8"))}
    alone = [acts.way_named(name) for call, name in named if call == "ways"]
    by_act = [way for call, name in named if call == "act" for way in acts.act_named(name).ways]
    return frozenset(way.name for way in (*alone, *by_act))


PLACED: Final = placed()
"""Every other way stands below them, out of its fields alone."""


class Offer(Struct, frozen=True):
    """A vote that is to take its options from ideas."""

    moment: Moment
    lines: str
    """The options it has now, one to a line, without "something else"."""
    other: bool


class HostPages:
    """Draws the host page of one room."""

    def __init__(self, services: DeskServices) -> None:
        self._services = services
        self._room = services.room
        self._searches: OrderedDict[str, str] = OrderedDict()
        """What was searched for, by its name in an address; nowhere else, and gone when the room stops."""

    def search(self, words: str) -> str:
        """Keep what is searched for; gives the name for the address, an empty one for no words."""
        if not words.strip():
            return ""
        name = random_name()
        self._searches[name] = words
        while len(self._searches) > SEARCHES:
            self._searches.popitem(last=False)
        return name

    async def draw(
        self, page: PageName, view: View, device: str, told: Told = NOTHING, exported: Exported | None = None
    ) -> str:
        """One page, as the room is when this is called; others have their turns while it is drawn.

        Args:
            page: Which.
            view: How this browser looks at the room.
            device: The device that looks: what it can take back is its own.
            told: What came of the form that was posted last.
            exported: The reports that were last written.
        """
        moment, translator = self.moment(view, device), self._services.translator
        spots: set[str] = set()
        values: dict[str, object] = {
            "page": page,
            "titles": TITLES,
            "view": view,
            "look": view.query,
            "told": told,
            "spot": "main",
            "may_tell_at": spots.add,
            "moment": moment,
            "now": moment.snapshot,
            "clock": clock,
            "facts": facts,
            "ending": ending,
            "asking": asking,
            "reading": reading,
            "safety": safety,
            "own_care": own_care,
            "ways": acts.way_named,
            "act": acts.act_named,
            "key_of": _key,
            "verbatim": Verbatim,
            "day": Day,
            "note_words": writing.NOTE_WORDS,
            "note_held": writing.NOTE_HELD,
            "own_words": writing.OWN_WORDS,
            "with_vote": lambda vote: replace(moment, vote=vote),
            "with_note": lambda note: replace(moment, note=note),
            "with_point": lambda point: replace(moment, point=point),
            "handed": handed,
            "about_line": running.line_words,
            "again": lambda: Again.of(told.typed),
            "inline": lambda way: Again("end", (("way", way.name),), is_inline=True),
            "new_action": random_name,
            "words": translator.html,
            "plain": translator.text,
            "counts": _counts(moment),
            "more": _more(page, moment),
            "knows": "&".join(filter(None, (urlencode(_knows(self._room, moment)), view.query))),
            "news": (),
            "session": self._room.info.id,
            "nothing_done": NOTHING_DONE,
            **self._of(page, view, moment, exported),
        }
        drawn = await render_in_turns(f"host/{page}.html", values, translator)
        # Where it can be told what was done is known once the page is drawn: what was acted on may be gone from it.
        values["spot"] = next((each for each in told.at if each in spots), "main")
        if not told.done or values["spot"] == "main":
            return drawn
        return await render_in_turns(f"host/{page}.html", values, translator)

    def _of(self, page: PageName, view: View, moment: Moment, exported: Exported | None) -> Mapping[str, object]:
        """What only one page needs."""
        room = self._room
        match page:
            case "now":
                first = moment.next_line
                return {
                    "plans": times.plan_views(moment) if moment.is_live else (),
                    "behind": round_details(room),
                    "late": times.late_start(moment, first.key) if first is not None else None,
                    "other_look": replace(view, peek=not view.peek).query,
                    "is_over": moment.is_live and moment.day_over_ms >= MINUTE,
                }
            case "reading":
                searched = self._searches.get(view.find, "")
                queue = queue_page(room, view.queue, view.offset, PAGE, view.kind, searched)
                return {
                    "queue": queue,
                    "searched": searched,
                    "contributions": [replace(moment, entry=entry) for entry in queue.entries],
                    "can_be_done": lambda about: [way for way in ENTRY_WAYS if way.why_not(about) is None],
                    "came_at": lambda entry: "" if entry.minute is None else clock(entry.minute * MINUTE),
                    "marked": _marked,
                    "naming": naming,
                    "votes_words": votes_words,
                    "answer_words": answer_words,
                    "filters": reading.QUEUE_WORDS,
                    "kinds": reading.kinds_shown(moment.snapshot),
                    "looks": {
                        **_looks(view, moment.snapshot),
                        "further": replace(view, offset=queue.next).query,
                        "start": replace(view, offset=0).query,
                        "no search": replace(view, find="", offset=0).query,
                    },
                    "page_size": PAGE,
                    "distress": distress,
                    "content_warnings": content_warnings,
                    "offers": (offers := _offers(moment)),
                    "ideas": _ideas(room) if offers else (),
                }
            case "order":
                return {"lines": [replace(moment, line=line) for line in moment.snapshot.items]}
            case "notes":
                looks = _looks(view, moment.snapshot)
                return {"kept": notes_page(room, view.offset), "looks": looks, "page_size": SHOWN_NOTES}
            case "write_up":
                return self._write_up(view, moment)
            case "end":
                return {"exported": exported, "looks": _looks(view, moment.snapshot)}

    def _write_up(self, view: View, moment: Moment) -> Mapping[str, object]:
        """Lines by their registers, or some of them with what they can rest on."""
        room, searched = self._room, self._searches.get(view.find, "")
        wanted = frozenset(view.line.split(","))
        notes = [each for each in room.tables.notes if each.key in wanted][:PAGE]
        values: dict[str, object] = {
            "writing_up": writing_up,
            "register_words": register_words,
            "said_fields": lambda line: said_fields(line.note.register, line.note.said),
            "searched": searched,
            "chosen": (),
        }
        if not notes:
            lines = write_up_page(room, view.register, view.offset, PAGE, searched)
            end = view.offset + len(lines.lines)
            turned = EvidencePage(offset=view.offset, next=end if end < lines.total else 0)
            return {
                **values, "lines": lines, "turned": turned, "looks": _write_up_looks(view, turned.next),
                "line_look": lambda key: replace(view, line=key, offset=0, find="").query,
            }  # fmt: skip
        asked = (view.evidence, view.offset, PAGE, view.kind, searched)
        evidence = evidence_page(room, [note.key for note in notes], *asked)
        looks = _write_up_looks(view, evidence.next)
        for kind in (kinds := reading.kinds_shown(moment.snapshot)):
            looks[f"kind {kind}"] = replace(view, kind=kind, offset=0).query
        return {
            **values, "chosen": [write_up_line(room, note) for note in notes], "evidence": evidence, "kinds": kinds,
            "looks": looks,
        }  # fmt: skip

    def draw_strip(self, page: PageName, query: str, device: str) -> str:
        """The strip, the only part of a page that news replaces.

        Args:
            page: The page it stands on.
            query: What the page knew when it was drawn, and how it looks at the room.
            device: The device that looks.
        """
        moment = self.moment(View(), device)
        values = {
            "page": page,
            "now": moment.snapshot,
            "moment": moment,
            "facts": facts,
            "news": _news(self._room, moment, address_fields(query)),
            "look": read_view(query).query,
            "words": self._services.translator.html,
        }
        return render("host/strip.html", values, self._services.translator)

    def draw_covered(self, page: PageName, view: View, device: str) -> str:
        """What a browser shows whose page is covered."""
        moment = self.moment(View(), device)
        values = {
            "page": page,
            "view": view,
            "moment": moment,
            "now": moment.snapshot,
            "facts": facts,
            "told": NOTHING,
            "ways": acts.way_named,
            "new_action": random_name,
            "words": self._services.translator.html,
        }
        return render("host/covered.html", values, self._services.translator)

    def draw_stopped(self) -> str:
        """The last page, once the room stops."""
        values = {"title": self._room.state.agenda.title, "words": self._services.translator.html}
        return render("host/stopped.html", values, self._services.translator)

    def moment(self, view: View, device: str) -> Moment:
        """What this browser sees of the room now."""
        return Moment(snapshot=seen_by(self._services, device, peek=view.peek), peek=view.peek)


def _key(moment: Moment, way: Way) -> str:
    """The name of what an act is about, for a form; empty for an act that is about no one of several."""
    match way.subject:
        case "line":
            return given(moment.line).key
        case "entry":
            return given(moment.entry).key
        case "note":
            return given(moment.note).key
        case "vote":
            return given(moment.vote).round
        case "point":
            return given(at_hand(moment)).point.id
        case None:
            return ""


def _more(page: PageName, moment: Moment) -> list[Way]:
    """What fits now and has no place of its own."""
    ways = (way for act in acts.ACTS if act.page == page for way in act.ways)
    return [way for way in ways if way.name not in PLACED and way.why_not(moment) is None]


def _counts(moment: Moment) -> Mapping[str, Message]:
    """What waits on a page, beside its name in the way around."""
    unread = moment.snapshot.waiting.unread
    if now := moment.snapshot.waiting.now:
        return {"reading": trn("{n} to read, {now} of them now", "{n} to read, {now} of them now", unread, now=now)}
    return {"reading": trn("{n} to read", "{n} to read", unread)} if unread else {}


def _knows(room: Room, moment: Moment) -> dict[str, str]:
    """What a page drawn now knows; votes are not in it, so that each does not ask for a look."""
    return {
        "state": str(room.state.version),
        "unread": str(moment.snapshot.waiting.unread),
        "all": str(int(facts.all_answered(moment))),
        "fault": str(int(bool(moment.snapshot.fault))),
    }


def _news(room: Room, moment: Moment, known: Mapping[str, str]) -> tuple[Message, ...]:
    """What a page does not know, each change by its name; none for nothing."""
    current = _knows(room, moment)
    if moment.snapshot.fault:
        return (tr("NOT SAVED."),)
    if known.get("fault") != current["fault"]:
        return (tr("Everything is saved again."),)
    news: list[Message] = []
    if known.get("state") != current["state"]:
        since = whole_number(known.get("state", "")) or 0
        newest = sorted(room.tables.kept_since(since), key=lambda step: step.version)[-NAMED_CHANGES:]
        news += [tr("New: {what}.", what=step.label) for step in newest] or [tr("Something changed.")]
    if known.get("all") == "0" and current["all"] == "1":
        news.append(tr("All have answered."))
    unread = moment.snapshot.waiting.unread
    if unread > (whole_number(known.get("unread", "")) or 0):
        round_ = unread if unread < MANY_UNREAD else unread // 10 * 10
        news.append(
            trn("{n} text waits to be read.", "{n} texts wait to be read.", round_)
            if round_ == unread
            else trn(
                "More than {n} text waits to be read.",
                "More than {n} texts wait to be read.",
                round_ or MANY_UNREAD - 1,
            )
        )
    return tuple(news)


def _looks(view: View, snapshot: Snapshot) -> dict[str, str]:
    """The addresses of other views of the reading queue, by name."""
    looks = {name: replace(view, queue=which, offset=0).query for name, which in reading.FILTERS.items()}
    for kind in reading.kinds_shown(snapshot):
        looks[f"kind {kind}"] = replace(view, kind=kind, offset=0).query
    looks["before"] = replace(view, offset=max(0, view.offset - PAGE)).query
    looks["after"] = replace(view, offset=view.offset + PAGE).query
    return looks


def _write_up_looks(view: View, further: int) -> dict[str, str]:
    """The addresses of other views of the write-up, by name."""
    looks = {f"register {name}": replace(view, register=name, offset=0).query for name in writing_up.FILTERS}
    for which in writing_up.EVIDENCE_FILTERS:
        looks[f"evidence {which}"] = replace(view, evidence=which, kind="", find="", offset=0).query
    looks["lines"] = View(peek=view.peek, register=view.register).query
    looks["start"] = replace(view, offset=0).query
    looks["further"] = replace(view, offset=further).query
    looks["no search"] = replace(view, find="", offset=0).query
    return looks


def _offers(moment: Moment) -> list[Offer]:
    """The votes that want ideas and are not open; none once people have left."""
    offers: list[Offer] = []
    for line in moment.snapshot.items:
        about = replace(moment, line=line)
        if items.CHOOSE.why_not(about) is None and line.item.activity is not None:
            options = line.options or typed_config.options_in(line.item.activity.config)
            lines = "\n".join(option.text for option in options if not option.other)
            offers.append(Offer(about, lines, any(option.other for option in options)))
    return offers


def _ideas(room: Room) -> list[tuple[QueueEntry, str]]:
    """Ideas to tick, with their words."""
    return [(entry, items.idea_words(entry)) for entry in ideas(room, SHOWN_IDEAS)]
