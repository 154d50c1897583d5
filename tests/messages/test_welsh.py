"""Welsh is complete for all that participants see, on phones and the big screen, and for every file that is exported.

That it is a draft, which no speaker has read, is said by the catalogue itself.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from babel.messages.catalog import Message as Entry
from tools import messages

from tests.contract.test_kinds import every_kind, every_poll
from tests.cycle.folders import TODAY, a_folder
from tests.exports import cycle_day
from tests.messages.test_pseudo_phones import REFUSALS
from tests.net import day as net
from tests.net.people import VOTERS
from tests.net.replay import in_utc
from tests.net.script import the_day
from tests.net.seen import WATCHED
from tests.sessions import an_agenda
from tests.web.phones import Fields, Phone, a_house
from workshop_tui.domain.activity import AnyKind, AnyPoll
from workshop_tui.drawing.forms import draw_form, draw_problem
from workshop_tui.drawing.html import draw_view
from workshop_tui.errors import BallotRejected
from workshop_tui.exports.files import NAMES, Writing
from workshop_tui.kinds.registry import KINDS
from workshop_tui.locales import is_draft, translator_for
from workshop_tui.locales.local_translator import LocalTranslator
from workshop_tui.messages import Message
from workshop_tui.room.record import SessionRecord
from workshop_tui.runtime import recording
from workshop_tui.storage.records import read_record

CYMRAEG: Final = translator_for("cy")


def test_it_is_marked_as_a_draft() -> None:
    assert is_draft("cy")


# What is in the source. ------------------------------------------------------------------------------

FOR_PARTICIPANTS: Final = (
    "kinds/", "drawing/", "counting/", "domain/", "web/phone/", "web/screen/", "web/http/", "web/templates/phone/",
    "web/templates/screen/", "room/inbox.py", "room/room.py", "exports/", "cycle/",
)  # fmt: skip
"""The places whose sentences reach phones, the big screen, or files that are exported, handed on or answered in."""

FOR_FACILITATORS: Final = (
    # Ballot files are read and written on the command line.
    "counting/formats/",
    # What is wrong in an agenda is said before anybody has joined.
    "domain/agenda_check.py", "domain/agenda_file.py", "domain/agenda_phone.py", "domain/agenda_problems.py",
    "domain/agenda_reader.py", "domain/agenda_toml.py",
    # Answers to commands of a desk; those to phones are in `deciding/phones.py` and `deciding/questions.py`.
    "domain/deciding/decide.py", "domain/deciding/decision.py", "domain/deciding/earlier.py",
    "domain/deciding/items.py", "domain/deciding/records.py", "domain/deciding/rounds.py", "domain/deciding/running.py",
    "domain/deciding/joining.py", "domain/deciding/keeping.py", "domain/deciding/safety.py",
    "domain/deciding/sealing.py", "domain/deciding/texts.py", "domain/deciding/ties.py",
    "domain/deciding/promising.py", "domain/deciding/undoing.py", "domain/deciding/entries.py",
    "domain/deciding/paper.py",
    "domain/deciding/evidence.py",
    # What only whoever reads what people sent is told.
    "domain/distress.py", "domain/safeguarding.py", "domain/own_care.py", "domain/deciding/own_care.py",
)  # fmt: skip
"""Places among those that nobody but a facilitator reads."""


def is_for_participants(entry: Entry) -> bool:
    """Whether a sentence is said anywhere that participants look."""
    places = [file.removeprefix("src/workshop_tui/") for file, _ in entry.locations]
    return any(place.startswith(FOR_PARTICIPANTS) and not place.startswith(FOR_FACILITATORS) for place in places)


def said(entry: Entry | None) -> bool:
    """Whether there is a translation, in every plural form, and nobody doubts it: what is doubted is not shown."""
    translated = entry is not None and not entry.fuzzy
    forms = (entry.string if isinstance(entry.string, (list, tuple)) else (entry.string,)) if translated else ()
    return bool(forms) and all(forms)


def test_every_sentence_for_participants_is_translated() -> None:
    template = messages.extracted(list(messages.sources()))
    file = messages.LOCALES / "cy" / "LC_MESSAGES" / f"{messages.DOMAIN}.po"
    welsh = messages.read(file.read_bytes(), "cy")
    wanted = [entry for entry in template if entry.id and is_for_participants(entry)]

    assert len(wanted) > 900
    assert [entry.id for entry in wanted if not said(welsh.get(entry.id, entry.context))] == []


@pytest.mark.parametrize("place", [*FOR_PARTICIPANTS, *FOR_FACILITATORS])
def test_a_place_that_is_named_is_there(place: str) -> None:
    assert (messages.SOURCE / place).exists()


# What is seen. ---------------------------------------------------------------------------------------


@contextmanager
def heard() -> Iterator[tuple[set[str], set[str]]]:
    """While this lasts, the sentences that were looked up in Welsh, and those of them that were not found."""
    looked_up, missing = set[str](), set[str]()
    look_up = LocalTranslator.look_up

    def listening(self: LocalTranslator, message: Message) -> str | None:
        found = look_up(self, message)
        if self.language == "cy":
            looked_up.add(message.text)
            if found is None:
                missing.add(message.text)
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(LocalTranslator, "look_up", listening)
        yield looked_up, missing


class WelshDay(net.Day):
    """The day of `tests/net` in a room that speaks English and Welsh, with both on the screen and Welsh on phones."""

    def agenda_text(self) -> str:
        """The agenda as it is, offered in two languages."""
        both = 'language = "en"\nlanguages = ["en", "cy"]\nscreen_languages = ["en", "cy"]'
        return super().agenda_text().replace('language = "en"', both)

    def phone(self, who: str) -> Phone:
        """A phone on which Welsh was chosen."""
        phone = super().phone(who)
        phone.http.cookies.set("lang", "cy")
        return phone

    async def posted(self, who: str, path: str, fields: Fields) -> str:
        """The page that answers; the script's short answer is looked at too."""
        page = await super().posted(who, path, fields)
        await self.phone(who).send(path, {"sid": net.name(f"sending {self._sent}"), **fields})
        return page


class WelshSeen:
    """Looks at phones and the screen at every step of the day, and at the summaries."""

    def __init__(self, day: WelshDay) -> None:
        self._day = day
        self.phones: list[str] = []
        self.screens: list[str] = []
        self.summaries: list[str] = []

    async def look(self, words: str, *, host: bool = False, paths: tuple[str, ...] = ()) -> None:
        """See every page of this moment that participants see."""
        for who in WATCHED:
            self.phones += [await self._day.page(who), (await self._day.phone(who).http.get("/strip")).text]
        for path in (*paths, "/help", "/sent", "/stories") if host else paths:
            self.phones.append(await self._day.page(VOTERS[0], path))
        self.screens.append((await self._day.desk_pages.get("/screen")).text)

    def page(self, words: str, html: str) -> None:
        """Keep the answer to something that a phone sent."""
        self.phones.append(html)

    def export(self, words: str, record: SessionRecord) -> None:
        """Keep the summary as it is for an agenda in Welsh."""
        writing = Writing(record, KINDS, CYMRAEG)
        self.summaries += [
            bytes(data).decode() for name in ("summary.html", "summary.md") for data in writing.files(name).values()
        ]


async def the_welsh_day(folder: Path) -> WelshSeen:
    """Play it."""
    day = WelshDay(folder)
    seen = WelshSeen(day)
    try:
        await the_day(day, seen)  # type: ignore[arg-type]
    finally:
        await day.close()
    seen.export("ended", read_record(day.path))
    return seen


ENGLISH_AMONG_WELSH: Final = re.compile(r'<span lang="en" dir="ltr">.*?</span>')


def test_nobody_meets_a_sentence_of_ours_in_english_all_day(tmp_path: Path) -> None:
    with in_utc(), heard() as (looked_up, missing):
        seen = asyncio.run(the_welsh_day(tmp_path))

    pages = [page for page in seen.phones if "<html" in page]
    assert len(pages) > 150
    assert all('<html lang="cy"' in page for page in pages)
    assert any('class="also" lang="cy"' in screen for screen in seen.screens)
    assert len(seen.summaries) > 2
    assert all("Beth glywson ni" in summary for summary in seen.summaries)
    assert len(looked_up) > 300
    assert sorted(missing) == []
    assert [found for page in [*seen.phones, *seen.summaries] for found in ENGLISH_AMONG_WELSH.findall(page)] == []


def test_no_file_of_a_whole_write_up_is_in_english() -> None:
    day = cycle_day.cycle_day()
    with heard() as (looked_up, missing):
        writing = Writing(day.record(), KINDS, CYMRAEG, cycle_day.answers(day))
        files = {name: bytes(data) for each in NAMES for name, data in writing.files(each).items()}

    assert {"report.html", "easy-read.docx", "actions.xlsx", "dates.ics", "thank-you.txt"} <= files.keys()
    assert len(looked_up) > 200
    assert sorted(missing) == []


def test_the_record_over_many_sessions_is_not_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path / "home"))
    workshops = tmp_path / "workshops"
    workshops.mkdir()
    loaded = recording.load([a_folder(workshops)], today=TODAY, since="2026-11-24")
    with heard() as (looked_up, missing):
        recording.write_files(loaded, tmp_path / "out", CYMRAEG)
        for _, said_of_it in recording.lines_of(loaded):
            CYMRAEG.text(said_of_it)

    assert len(looked_up) > 100
    assert sorted(missing) == []


@pytest.mark.parametrize("name", REFUSALS)
async def test_no_refusal_on_a_phone_is_in_english(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    status, refuse = REFUSALS[name]
    with heard() as (looked_up, missing):
        async with a_house(an_agenda(language="cy", languages=("cy",))) as house:
            answers = await refuse(house, monkeypatch)

    assert answers[-1].status_code == status
    assert looked_up
    assert sorted(missing) == []


@every_kind
def test_no_form_and_no_refusal_of_a_kind_is_in_english(kind: AnyKind) -> None:
    config = kind.examples().config
    with heard() as (looked_up, missing):
        CYMRAEG.text(kind.title)
        for fields in ({}, *kind.examples().answers):
            draw_form(kind.ask(config), fields, translator=CYMRAEG)
        for fields in kind.examples().junk:
            with pytest.raises(BallotRejected) as refused:
                kind.read(config, fields)
            problem = refused.value
            draw_problem(problem.message, problem.field, translator=CYMRAEG)
            draw_form(
                kind.ask(config), {}, error=problem.message, error_field=problem.field, translator=CYMRAEG
            )  # fmt: skip

    assert looked_up
    assert sorted(missing) == []


@every_poll
@pytest.mark.parametrize("people", [0, 1, 2, 3, 5, 6, 21])
def test_no_result_is_in_english(poll: AnyPoll, people: int) -> None:
    config: Any = poll.examples().config
    given = [poll.read(config, fields) for fields in poll.examples().answers]
    answers = [poll.bare(ballot) for ballot in given]
    profile = dict.fromkeys(answers, people) if people else {}
    reasons = [reason for ballot in given for reason in poll.reasons(ballot)]
    with heard() as (looked_up, missing):
        for blocks in (poll.show(config, poll.tally(config, profile)), poll.details(config, profile, reasons)):
            for big in (False, True):
                draw_view(blocks, translator=CYMRAEG, big=big)
        CYMRAEG.text(poll.recall(config, answers[0], profile))

    assert looked_up
    assert sorted(missing) == []


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (("Ffôn", "Papur"), "Ffôn a Papur"),
        (("Papur", "Apwyntiad"), "Papur ac Apwyntiad"),
        (("Un", "Dau", "“Ŵyl”"), "Un, Dau, ac “Ŵyl”"),
    ],
)
def test_a_welsh_list_is_joined_as_people_write_it(items: tuple[str, ...], said: str) -> None:
    welsh = translator_for("cy")

    assert welsh.listing(items, "and") == said
    assert re.sub("<[^>]*>", "", welsh.listing([f"<bdi>{each}</bdi>" for each in items], "and")) == said
