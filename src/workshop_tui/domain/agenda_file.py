"""Reads an agenda file: TOML in, an `Agenda` out, or an error that names every place to mend.

Reading is strict. A misspelt key that was quietly skipped would be found out in front of the room.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final, get_args

import msgspec
from msgspec.structs import replace

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.agenda import (
    STAGE_TITLES,
    Activity,
    Agenda,
    EngagementKind,
    HandedIn,
    HandedSort,
    Item,
    Jurisdiction,
    Level,
    ProposalState,
    Role,
    Stage,
)
from workshop_tui.domain.agenda_phone import PHONE_KEYS, keys_of, read_activity, read_again
from workshop_tui.domain.agenda_problems import Problems, shown
from workshop_tui.domain.agenda_reader import LINE_LETTERS, TEXT_LETTERS, Reader, is_language
from workshop_tui.domain.agenda_toml import read_toml
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.earlier import earlier_problem
from workshop_tui.domain.promise import calls_it_consultation
from workshop_tui.limits import (
    AGENDA_ITEMS,
    FIELD_LETTERS,
    HEAR_BACK_DAYS,
    ITEM_MINUTES,
    PEOPLE,
    RECEIVED_POINTS,
    REOPEN_MOST_S,
    REOPEN_S,
    STORY_LETTERS,
)
from workshop_tui.messages import Message, Text, Verbatim, tr, trn

AGENDA_KEYS: Final = (
    "title", "stage", "start", "write_up_by", "reopen_seconds", "purpose", "language", "languages", "screen_languages",
    "engagement_kind", "proposal_state", "level", "jurisdiction", "why_now", "how", "can_change", "cannot_change",
    "who_decides", "decides_on", "hear_back", "hear_back_by", "hear_back_days", "by_video", "word_for_pass", "people",
    "roles", "venue_access", "ground_rules", "support", "support_checked_on", "award_on", "baton_in", "baton_out",
    "received", "item",
)  # fmt: skip
"""Every key of the head of an agenda file."""

ITEM_KEYS: Final = (
    "title", "minutes", "type", "lead", "say", "question", "capture", "access", "protected", "level", "phone",
)  # fmt: skip
"""Every key of an item."""

RECEIVED_KEYS: Final = (
    "id", "words", "from_session", "from_stage", "said_by", "base", "against", "body", "asked", "by",
    "sort", "about", "metric", "source", "period", "baseline",
)  # fmt: skip
"""Every key of a point that was handed in."""

ITEM_TYPES: Final = (
    "activity", "welcome", "received", "information", "ground_rules", "icebreaker_poll", "qa", "vignette_listen",
    "vignette_round", "touchpoint_map", "table_discussion", "idea_capture", "private_reflection", "allocation",
    "ranking", "dot_vote", "scenario_tradeoff", "agree_pass", "consensus_check", "scoring_matrix", "ngt_round",
    "delphi_round", "feedback_preview", "action_planning", "equality_monitoring", "promise_check", "break",
    "decompress", "checkout",
)  # fmt: skip
"""What sort of item it can be; "activity" where the agenda does not say."""

IN_HEAD: Final = tr("It belongs to the head of the file, above the first line {line}.", line=Verbatim("[[item]]"))
IN_ITEM: Final = tr("It belongs to an item, below a line {line}.", line=Verbatim("[[item]]"))
AS_PHONE: Final = tr("What phones do stands in its item, below a line {line}.", line=Verbatim("[item.phone]"))
IN_PHONE: Final = tr("It belongs to what phones do in an item, below a line {line}.", line=Verbatim("[item.phone]"))
ABOVE_PHONE: Final = tr("It belongs to the item, above its line {line}.", line=Verbatim("[item.phone]"))

FIXED_KEYS: Final = ("text", "reason")
"""Every key of something that cannot change."""

BUTTON_LETTERS: Final = 40
"""Longest words on a button, in code points: a small phone shows them on two lines."""

SCREEN_LANGUAGES: Final = 2
"""More cannot be read from the back row."""

_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def parse_agenda(text: str, kinds: Kinds, *, file: str) -> Agenda:
    """The agenda that a file holds.

    Args:
        text: The whole file.
        kinds: The registry of kinds that phones can do.
        file: The file's name, for messages.

    Raises:
        AgendaError: it cannot be used; the message names item, key and the nearest valid word.
    """
    problems = Problems(file)
    table = read_toml(text, file)
    head = Reader(table, "", problems, _language(table, problems))
    head.only(AGENDA_KEYS, {**_of_phones(kinds), **dict.fromkeys(ITEM_KEYS, IN_ITEM), "phone": AS_PHONE})
    agenda = Agenda(
        title=head.line("title", needed=True),
        stage=msgspec.convert(head.word("stage", STAGE_TITLES, ""), Stage),
        items=_items(head, kinds),
        language=head.language,
        start=_start(head),
        write_up_by=_day(head, "write_up_by"),
        reopen_seconds=_reopen_seconds(head),
        purpose=head.paragraphs("purpose"),
        engagement_kind=msgspec.convert(_said(head, "engagement_kind", EngagementKind), EngagementKind | None),
        proposal_state=msgspec.convert(_said(head, "proposal_state", ProposalState), ProposalState | None),
        can_change=head.lines("can_change"),
        cannot_change=(fixed := _cannot_change(head))[0],
        cannot_because=fixed[1],
        level=msgspec.convert(_said(head, "level", Level), Level | None),
        jurisdiction=msgspec.convert(_said(head, "jurisdiction", Jurisdiction), Jurisdiction | None),
        why_now=head.paragraphs("why_now"),
        how=head.paragraphs("how"),
        who_decides=head.line("who_decides"),
        decides_on=_day(head, "decides_on"),
        hear_back=head.paragraphs("hear_back"),
        hear_back_by=_day(head, "hear_back_by"),
        hear_back_days=_hear_back_days(head),
        by_video=head.count("by_video", PEOPLE),
        word_for_pass=_word_for_pass(head),
        people=head.paragraphs("people"),
        roles=_roles(head),
        venue_access=head.paragraphs("venue_access"),
        ground_rules=head.lines("ground_rules"),
        support=head.lines("support"),
        support_checked_on=_support_checked_on(head),
        award_on=_day(head, "award_on"),
        baton_in=head.paragraphs("baton_in"),
        baton_out=head.lines("baton_out"),
        received=_received(head),
        texts=tuple(head.texts),
    )
    if agenda.engagement_kind == "pre_consultation" and calls_it_consultation(agenda.title):
        head.problem(
            tr("“title” calls this a consultation, and “engagement_kind” says that it comes before any."),
            tr("Reports repeat the title. Please give another one, or another “engagement_kind”."),
        )
    agenda = replace(agenda, languages=_languages(head, agenda))
    agenda = replace(agenda, screen_languages=_screen_languages(head, agenda.languages))
    if problems:
        raise problems.error()
    return agenda


def _language(table: dict[str, object], problems: Problems) -> str:
    found = table.get("language", "en")
    if isinstance(found, str) and is_language(found):
        return found
    problems.add("", tr("“language” must be a language tag such as “en” or “cy”, not {found}.", found=shown(found)))
    return "en"


def _said(head: Reader, key: str, words: object) -> str | None:
    """One of the words of a `Literal`; None where the agenda does not say it."""
    known = get_args(words)
    return head.word(key, known, known[0]) if key in head.table else None


def _day(head: Reader, key: str) -> str:
    """The day, whether written as a date of TOML or in quotes; empty when not given, or wrong and noted."""
    found = head.table.get(key, "")
    if isinstance(found, dt.date) and not isinstance(found, dt.datetime):
        return found.isoformat()
    if found == "" or (isinstance(found, str) and _is_date(found)):
        return str(found)
    head.problem(tr("“{key}” must be a date such as 2026-12-24, not {found}.", key=Verbatim(key), found=shown(found)))
    return ""


def _cannot_change(head: Reader) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What cannot change, and why each: a text alone says no reason."""
    texts: list[str] = []
    reasons: list[str] = []
    for number, value in enumerate(head.values("cannot_change")):
        name = tr("“{key}”, text {number}", key=Verbatim("cannot_change"), number=number + 1)
        reason = ""
        if isinstance(value, dict) and value.keys() & FIXED_KEYS:
            part = Reader(value, name, head.problems, head.language)
            part.only(FIXED_KEYS)
            if "reason" in value:
                reason = head.said(f"cannot_because[{number}]", value["reason"], TEXT_LETTERS,
                                   tr("The reason of {name}", name=name))  # fmt: skip
            value = value.get("text", "")
        if text := head.said(f"cannot_change[{number}]", value, LINE_LETTERS, name):
            texts.append(text)
            reasons.append(reason)
    return tuple(texts), tuple(reasons) if any(reasons) else ()


def _hear_back_days(head: Reader) -> int | None:
    """After how many days people hear back; a day of the calendar says the same, so that only one of them is given."""
    if "hear_back_days" in head.table and "hear_back_by" in head.table:
        head.problem(tr("“hear_back_days” and “hear_back_by” say the same in two ways: please give one of them."))
    return head.count("hear_back_days", HEAR_BACK_DAYS)


def _word_for_pass(head: Reader) -> str:
    """What phones call leaving a question out: it stands on a button."""
    word = head.line("word_for_pass")
    if len(word) > BUTTON_LETTERS:
        head.problem(
            trn(
                "“word_for_pass” stands on a button: it is {n} letter too long for it.",
                "“word_for_pass” stands on a button: it is {n} letters too long for it.",
                len(word) - BUTTON_LETTERS,
            )
        )
    return word


def _support_checked_on(head: Reader) -> str:
    """When somebody made sure of whom there is to talk to: numbers that nobody has looked at help nobody."""
    if ("support" in head.table) != ("support_checked_on" in head.table):
        head.problem(
            tr("“support” and “support_checked_on” go together: say on which day somebody last made sure of it.")
        )
    return _day(head, "support_checked_on")


def _reopen_seconds(head: Reader) -> int:
    found = head.table.get("reopen_seconds", REOPEN_S)
    # TOML's true would pass for 1: bool is a kind of int in Python.
    if type(found) is int and REOPEN_S <= found <= REOPEN_MOST_S:
        return found
    head.problem(
        tr(
            "“reopen_seconds” must be a whole number from {least} to {most}, without quotes, not {found}.",
            least=REOPEN_S,
            most=REOPEN_MOST_S,
            found=shown(found),
        )
    )
    return REOPEN_S


def _is_date(text: str) -> bool:
    try:
        # Python reads 20261224 too; an agenda has one way of writing.
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _start(head: Reader) -> str:
    found = head.table.get("start", "")
    if isinstance(found, str) and (not found or _CLOCK.fullmatch(found)):
        return found
    head.problem(tr("“start” must be a time in quotes such as “09:30” or “17:30”, not {found}.", found=shown(found)))
    return ""


def _roles(head: Reader) -> tuple[Role, ...]:
    """Who people can be; none where the agenda asks nobody."""
    if "roles" not in head.table:
        return ()
    found = head.words("roles", get_args(Role))
    if len(found) == 1:
        head.problem(tr("“roles” needs at least two words: with one there is nothing to choose."))
    return msgspec.convert(found, tuple[Role, ...])


def _received(head: Reader) -> tuple[HandedIn, ...]:
    """The points that a baton handed in."""
    found = head.table.get("received", [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        head.problem(tr("every point that was handed in must begin with a line [[received]], with two brackets."))
        return ()
    if len(found) > RECEIVED_POINTS:
        head.problem(
            trn(
                "there is {n} point that was handed in; {most} is the most.",
                "there are {n} points that were handed in; {most} is the most.",
                len(found),
                most=RECEIVED_POINTS,
            )
        )
        return ()
    points: list[HandedIn] = []
    for number, table in enumerate(found, 1):
        point = _handed_in(number, table, head)
        if point.id and any(each.id == point.id for each in points):
            head.problem(tr("received {number}: another one before it has the same id.", number=number))
        points.append(point)
    return tuple(points)


_COUNTED: Final = 999_999
"""The most that a line of a write-up counts: what was handed in may be of a survey, and of no room."""


def _handed_in(number: int, table: dict[str, object], head: Reader) -> HandedIn:
    reader = Reader(table, tr("received {number}", number=number), head.problems, head.language)
    reader.only(RECEIVED_KEYS)
    id_ = reader.line("id", needed=True)
    if any(letter.isspace() for letter in id_):
        reader.problem(tr("“{key}” must have no space in it.", key=Verbatim("id")))
    return HandedIn(
        id=id_,
        words=reader.paragraphs("words", needed=True, most=STORY_LETTERS),
        from_session=reader.line("from_session"),
        from_stage=reader.word("from_stage", STAGE_TITLES, "hub") if "from_stage" in table else "",
        said_by=reader.count("said_by", _COUNTED),
        base=reader.count("base", _COUNTED),
        against=reader.count("against", _COUNTED),
        body=reader.line("body", most=FIELD_LETTERS),
        asked=reader.paragraphs("asked"),
        by=_day(reader, "by"),
        sort=msgspec.convert(reader.word("sort", get_args(HandedSort), "point"), HandedSort),
        about=reader.paragraphs("about"),
        metric=reader.line("metric"),
        source=reader.line("source"),
        period=reader.line("period"),
        baseline=reader.line("baseline"),
    )


def _items(head: Reader, kinds: Kinds) -> tuple[Item, ...]:
    found = head.table.get("item", [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        head.problem(tr("every item must begin with a line [[item]], with two brackets."))
        return ()
    if not found:
        head.problem(tr("there is no item. Please give at least one, beginning with a line [[item]]."))
    if len(found) > AGENDA_ITEMS:
        head.problem(
            trn(
                "there is {n} item; {most} is the most.",
                "there are {n} items; {most} is the most.",
                len(found),
                most=AGENDA_ITEMS,
            )
        )
        return ()
    items: list[Item] = []
    for number, table in enumerate(found, 1):
        items.append(_item(number, table, head, kinds, items))
    for at, item in enumerate(items):
        if problem := earlier_problem(item, items[:at], kinds):
            head.problems.add(_phone_of(_place(at + 1, item.title)), problem)
    first: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        title = item.title.casefold()
        if title and first.setdefault(title, number) != number:
            head.problem(
                tr(
                    "item {number} has the same title as item {first}, “{title}”.",
                    number=number,
                    first=first[title],
                    title=item.title,
                )
            )
    return tuple(items)


def _of_phones(kinds: Kinds) -> dict[str, Message]:
    """Where a key belongs that some kind, or every kind, understands."""
    keys = {key for kind in kinds.values() for key in keys_of(kind)}
    return dict.fromkeys((*PHONE_KEYS, *sorted(keys)), IN_PHONE)


def _place(number: int, title: str) -> Message:
    return tr("item {number} “{title}”", number=number, title=title) if title else tr("item {number}", number=number)


def _phone_of(item: Text) -> Message:
    return tr("{item}, phone", item=item)


def _item(number: int, table: dict[str, object], head: Reader, kinds: Kinds, before: Sequence[Item]) -> Item:
    reader = Reader(table, _place(number, ""), head.problems, head.language)
    title = reader.line("title", needed=True)
    reader.place = _place(number, title)
    reader.only(ITEM_KEYS, {**_of_phones(kinds), **dict.fromkeys(AGENDA_KEYS, IN_HEAD)})
    phone = table.get("phone")
    if isinstance(phone, dict) and "again" in phone:
        phones = Reader(phone, _phone_of(reader.place), reader.problems, reader.language)
        activity, question = _second_time(reader, phones, before, kinds)
    else:
        question = reader.line("question")
        activity = _phone(reader, kinds)
    return Item(
        key=f"i{number:02}",
        title=title,
        minutes=reader.minutes("minutes", ITEM_MINUTES),
        type=reader.word("type", ITEM_TYPES, "activity"),
        lead=reader.line("lead", default="facilitator"),
        say=reader.paragraphs("say"),
        question=question,
        capture=reader.paragraphs("capture"),
        access=reader.paragraphs("access"),
        protected=reader.flag("protected"),
        level=msgspec.convert(_said(reader, "level", Level), Level | None),
        activity=activity,
        texts=tuple(reader.texts),
    )


def _second_time(reader: Reader, phones: Reader, before: Sequence[Item], kinds: Kinds) -> tuple[Activity | None, str]:
    """What phones do where an earlier question is asked again, and the question: its own words or the earlier ones."""
    source = read_again(phones, before, kinds)
    if source is None or source.activity is None:
        return None, reader.line("question")
    if "question" not in reader.table:
        reader.texts += [each for each in source.texts if each[0] == "question"]
    question = reader.line("question", default=source.question)
    return replace(source.activity, again=source.title), question


def _phone(reader: Reader, kinds: Kinds) -> Activity | None:
    if "phone" not in reader.table:
        return None
    table = reader.table["phone"]
    if not isinstance(table, dict):
        reader.problem(
            tr("“phone” must be a table that begins with a line [item.phone], not {table}.", table=shown(table))
        )
        return None
    if "question" not in reader.table:
        reader.problem(tr("“question” is missing: phones need words to show."))
    return read_activity(
        Reader(table, _phone_of(reader.place), reader.problems, reader.language), kinds,
        {**dict.fromkeys(AGENDA_KEYS, IN_HEAD), **dict.fromkeys(ITEM_KEYS, ABOVE_PHONE)},
    )  # fmt: skip


def _languages(head: Reader, agenda: Agenda) -> tuple[str, ...]:
    """What phones choose from: what the agenda names, its own language first; else what some text is given in."""
    given = _given_languages(agenda)
    if "languages" not in head.table:
        return given
    named = _tags(head, "languages")
    if named and (missing := [tag for tag in given if tag not in named]):
        head.problem(tr("“languages” leaves out {tag}, in which the agenda has texts.", tag=shown(missing[0])))
    return (agenda.language, *(tag for tag in named if tag != agenda.language))


def _screen_languages(head: Reader, offered: Sequence[str]) -> tuple[str, ...]:
    """What the screen is in; empty where the agenda does not say."""
    if "screen_languages" not in head.table:
        return ()
    named = _tags(head, "screen_languages")
    if len(named) > SCREEN_LANGUAGES:
        head.problem(
            trn(
                "“screen_languages” has {n} language; {most} is the most that can be read.",
                "“screen_languages” has {n} languages; {most} is the most that can be read.",
                len(named),
                most=SCREEN_LANGUAGES,
            )
        )
    if strange := [tag for tag in named if tag not in offered]:
        found = shown(strange[0])
        head.problem(tr("“screen_languages” has {found}, which is not among the languages of the agenda.", found=found))
    return named


def _tags(head: Reader, key: str) -> tuple[str, ...]:
    """A list of different language tags; empty when it is none, which is then noted."""
    found = head.table[key]
    tags = found if isinstance(found, list) else []
    if not tags or not all(isinstance(tag, str) and is_language(tag) for tag in tags):
        example = Verbatim('["en", "cy"]')
        head.problem(
            tr(
                "{key} must be a list of language tags such as {example}, not {found}.",
                key=shown(key),
                example=example,
                found=shown(found),
            )
        )
        return ()
    if len({*tags}) < len(tags):
        head.problem(tr("{key} has a language twice.", key=shown(key)))
    return tuple(tags)


def _given_languages(agenda: Agenda) -> tuple[str, ...]:
    """Every language that some text is given in: the agenda's own, then the others by name."""
    tags = {tag for _, tag, _ in agenda.texts}
    for item in agenda.items:
        tags.update(tag for _, tag, _ in item.texts)
        options = item.activity.config.get("options", ()) if item.activity else ()
        tags.update(tag for option in msgspec.convert(options, tuple[Option, ...]) for tag, _ in option.texts)
    return (agenda.language, *sorted(tags - {agenda.language}))
