"""The day of `tests/net` once more: in the pseudo-locale, with Greek words of people, looked at as it is drawn."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tests.messages import console_panes, pseudo
from tests.messages.greek import greek, greek_agenda, greek_words
from tests.net import day as net
from tests.net.people import VOTERS
from tests.net.replay import in_utc
from tests.net.script import the_day
from tests.net.seen import WATCHED
from tests.web.phones import Fields
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.deciding import Answer, Done
from workshop_tui.errors import WorkshopError
from workshop_tui.exports.files import NAMES, Writing
from workshop_tui.kinds.registry import KINDS
from workshop_tui.locales import translator_for
from workshop_tui.messages import Text
from workshop_tui.room.desk import round_details, snapshot
from workshop_tui.room.record import SessionRecord
from workshop_tui.storage.records import read_record
from workshop_tui.web.host.pages import PAGES

_WRITTEN = frozenset({"reason", "text", "owner", "due", "words", "options"})
"""Fields of commands that hold what people wrote."""

_WRITTEN_ON_PHONES = frozenset({"what_happened", "how_it_felt"})


class Looks:
    """What was seen of a day: pages as HTML and other texts, by surface and moment."""

    def __init__(self) -> None:
        self.pages: dict[str, dict[str, str]] = defaultdict(dict)
        self.texts: dict[str, dict[str, str]] = defaultdict(dict)


class GreekDay(net.Day):
    """The day, in which whatever people type is Greek, and every answer to a desk is kept."""

    def __init__(self, folder: Path, looks: Looks) -> None:
        self.looks = looks
        self.translator = translator_for(pseudo.TAG)
        super().__init__(folder)

    def agenda_text(self) -> str:
        """The agenda, in Greek."""
        return greek_agenda(super().agenda_text())

    async def _answer(self, command: cmd.Command) -> str:
        command = greek_command(command)
        try:
            answered = await self._submit(command)
        except WorkshopError as problem:
            self._told("errors", problem.message, problem.advice)
            return ""
        if isinstance(answered, Done):
            self._told("answers to a desk", answered.label, *answered.more, answered.refusal, answered.why)
        return ""

    async def _submit(self, command: cmd.Command) -> Answer:
        desk = net.FACILITATOR.desk if command.who == "facilitator" else ""
        return await self.room.submit(replace(command, at=self.clock.now_ms(), desk=desk))

    def _told(self, surface: str, *said: Text) -> None:
        for each in said:
            text = translator_for(pseudo.TAG).text(each)
            self.looks.texts[surface][text] = text

    async def posted(self, who: str, path: str, fields: Fields) -> str:
        words = {name: greek(str(value)) for name, value in fields.items() if name in _WRITTEN_ON_PHONES}
        return await super().posted(who, path, {**fields, **words})


class GreekSeen:
    """Looks at the day from every side, as the script of the day wants it."""

    def __init__(self, day: GreekDay) -> None:
        self._day = day
        self._looks = day.looks

    async def look(self, words: str, *, host: bool = False, paths: tuple[str, ...] = ()) -> None:
        """See every page of this moment."""
        day, pages = self._day, self._looks.pages
        for who in WATCHED:
            pages["phone"][f"{words}, {who}"] = await day.page(who)
        for path in paths:
            pages["phone"][f"{words}, {path}"] = await day.page(VOTERS[0], path)
        pages["screen"][words] = (await day.desk_pages.get("/screen")).text
        for peek in (False, True):
            here = snapshot(day.room, net.ADDRESSES, peek=peek, connected=3, screens=1, desk=net.FACILITATOR.desk)
            lines = console_panes.panes(here, round_details(day.room), day.translator)
            self._looks.texts["console"][f"{words}, {peek}"] = "\n".join(lines)
        self._looks.texts["console, queue"][words] = "\n".join(console_panes.queue(day.room, day.translator))
        if host:
            for page in PAGES:
                pages["host"][f"{words}, {page}"] = (await day.desk_pages.get(f"/host/{page}")).text

    def page(self, words: str, html: str) -> None:
        """Keep the answer to something that a phone sent."""
        self._looks.pages["phone, answers"][words] = html

    def export(self, words: str, record: SessionRecord) -> None:
        """Keep what a person reads of an export."""
        writing = Writing(record, KINDS, translator_for(pseudo.TAG))
        for asked in NAMES:
            for name, data in writing.files(asked).items():
                if name.endswith(".html"):
                    self._looks.pages[name][words] = bytes(data).decode()
                elif name.endswith(".md"):
                    self._looks.texts[name][words] = bytes(data).decode()


def greek_command(command: cmd.Command) -> cmd.Command:
    """A command with whatever somebody wrote in it turned Greek."""
    changed = {name: greek_words(getattr(command, name)) for name in _WRITTEN & set(command.__struct_fields__)}
    match command:
        case cmd.EditItem() | cmd.InsertItem():
            changed["item"] = _greek_item(command.item)
        case cmd.Contribute():
            changed["body"] = _greek_json(command.body)
        case cmd.EnterStory():
            changed["code"] = _in_digits(command.code)
        case cmd.Cast():
            changed["reasons"] = tuple((key, _greek_json(body)) for key, body in command.reasons)
    return replace(command, **changed)


def _in_digits(code: str) -> str:
    """A code that people are shown, as digits: its letters are no words of any language."""
    return "".join(each if each.isdigit() else str(ord(each) % 10) for each in code)


def _greek_item(item: net.Item) -> net.Item:
    activity = item.activity
    if activity is not None:
        options = [{**each, "text": greek(each["text"])} for each in activity.config["options"]]
        activity = replace(activity, config={**activity.config, "options": options})
    return replace(item, title=greek(item.title), question=greek(item.question), activity=activity)


def _greek_json(body: str) -> str:
    """What was said, as JSON, in Greek; keys of options, parts and levels stay."""
    said = msgspec.json.decode(body)
    for name in said.keys() & {"text", "words", "why"}:
        said[name] = greek(said[name])
    for grade in said.get("grades", ()):
        grade["why"] = greek(grade["why"])
    if "scores" in said:
        said["scores"] = [(option, score, greek(words)) for option, score, words in said["scores"]]
    if "parts" in said:
        said["parts"] = [(part, greek(words)) for part, words in said["parts"]]
    return net.canonical(said)


def played(folder: Path) -> Looks:
    """Play the day in the pseudo-locale."""
    with in_utc(), pseudo.spoken():
        return asyncio.run(_played(folder))


async def _played(folder: Path) -> Looks:
    day = GreekDay(folder, Looks())
    seen = GreekSeen(day)
    try:
        await the_day(day, seen)  # type: ignore[arg-type]
    finally:
        await day.close()
    seen.export("ended", read_record(day.path))
    return day.looks
