"""The stages of the Engagement Cycle, levels of participation, duties and code frames: dated data, not code.

Names of bodies and laws change, and nothing here says what is owed: whatever cites a duty says when somebody last
looked. What is cited stands in `data/`, each file with its place, its dates and its source.
"""

from __future__ import annotations

import csv
import io
import pkgutil
from collections.abc import Iterable
from functools import cache
from typing import Final, Literal

import msgspec
from msgspec import Struct

from workshop_tui.cycle.files import refused
from workshop_tui.domain.agenda import Jurisdiction, Stage
from workshop_tui.domain.text import clean_line, clean_text
from workshop_tui.messages import Day, Listed, Message, Quoted, Verbatim, tr

ORDER: Final[tuple[Stage, ...]] = ("needs", "plan", "improve", "procure", "monitor")
"""The stages in the order in which findings are handed on; the hub holds them together and is in no order."""

Direction = Literal["forward", "anticlockwise", "loop", "skip", "same_stage", "hub"]

DIRECTION_WORDS: Final[dict[Direction, Message]] = {
    "forward": tr("Forward, to the next stage."),
    "anticlockwise": tr("Anticlockwise, back to an earlier stage."),
    "loop": tr("From the last stage to the first: the cycle begins again."),
    "skip": tr("Forward, past a stage in between."),
    "same_stage": tr("Within the same stage."),
    "hub": tr("To or from those who hold the cycle together."),
}


class Framework(Struct, frozen=True, kw_only=True):
    """Where some data comes from, and when somebody last looked."""

    id: str
    title: str
    jurisdiction: Jurisdiction | Literal["UK"]
    in_force_from: str
    """YYYY-MM-DD; empty where it is not known."""
    in_force_until: str = ""
    """The last day, YYYY-MM-DD; empty where it is in force."""
    checked_on: str
    source_title: str
    checked: bool = True
    """False for what nobody has looked up yet."""
    note: str = ""
    """What was not verified; empty for nothing."""

    @property
    def checked_words(self) -> tuple[Message, ...]:
        """When it was checked, for whatever cites it."""
        title = Quoted(self.title, "en")
        if not self.checked:
            said = tr("{title}: not checked (looked at on {day}).", title=title, day=Day(self.checked_on))
        else:
            said = tr(
                "{title}: checked on {day}, from “{source}”.",
                title=title,
                day=Day(self.checked_on),
                source=Quoted(self.source_title, "en"),
            )
        return (said, tr("Not verified: {what}", what=Quoted(self.note, "en"))) if self.note else (said,)


class StageData(Struct, frozen=True, kw_only=True):
    """One stage, as it was published."""

    key: Stage
    title: str
    """In the set of 2012."""
    site_title: str = ""
    """On the publisher's pages; empty where none was found."""


class Coded(Struct, frozen=True, kw_only=True):
    """One line of a list: a level, a principle, a code."""

    code: str
    label: str
    definition: str = ""
    parent: str = ""


class Duty(Struct, frozen=True, kw_only=True):
    """A duty, in short and in our own words."""

    id: str
    who: str
    text: str
    in_force_from: str = ""
    in_force_until: str = ""
    checked: bool = True


class Stages(Struct, frozen=True, kw_only=True):
    """The stages, with where they come from."""

    framework: Framework
    stages: tuple[StageData, ...]


class CodeFrame(Struct, frozen=True, kw_only=True):
    """A list of codes, with where it comes from."""

    framework: Framework
    codes: tuple[Coded, ...]


class Duties(Struct, frozen=True, kw_only=True):
    """What is to be known of duties in one place, with when somebody last looked."""

    framework: Framework
    duties: tuple[Duty, ...]

    def on(self, day: str) -> tuple[Duty, ...]:
        """Those in force on a day."""
        return tuple(
            each
            for each in self.duties
            if each.in_force_from <= day and (not each.in_force_until or day <= each.in_force_until)
        )


def _data(name: str) -> bytes:
    found = pkgutil.get_data(__package__, f"data/{name}.json")
    if found is None:
        raise FileNotFoundError(name)
    return found


@cache
def stages() -> Stages:
    """The stages with both published sets of names."""
    return msgspec.json.decode(_data("stages"), type=Stages)


@cache
def frame(name: str) -> CodeFrame:
    """A list that comes with the program: "levels", "gunning"."""
    return msgspec.json.decode(_data(name), type=CodeFrame)


@cache
def duties(jurisdiction: Jurisdiction) -> Duties:
    """What is to be known of duties in one place."""
    return msgspec.json.decode(_data(f"duties.{jurisdiction.lower()}"), type=Duties)


def direction(from_stage: str, to_stage: str) -> Direction:
    """Which way a baton goes round the cycle."""
    if from_stage == to_stage:
        return "same_stage"
    if from_stage not in ORDER or to_stage not in ORDER:
        return "hub"
    begin, end = ORDER.index(from_stage), ORDER.index(to_stage)
    if (begin, end) == (len(ORDER) - 1, 0):
        return "loop"
    if end < begin:
        return "anticlockwise"
    return "forward" if end == begin + 1 else "skip"


def next_stage(stage: str) -> Stage:
    """The stage that findings are handed to where nobody says otherwise; after the last, the first."""
    return ORDER[(ORDER.index(stage) + 1) % len(ORDER)] if stage in ORDER else ORDER[0]


# Code frames of one's own. ---------------------------------------------------------------------------

COLUMNS: Final = ("code", "label", "definition", "parent")


def read_code_frame(text: str, file: str, *, today: str) -> CodeFrame:
    """A list of codes from somebody's own CSV: code, label and, where wanted, definition and parent.

    Args:
        text: The file.
        file: Its name, for messages.
        today: The day on which it is read, which is when it was checked.

    Raises:
        CycleFileError: it cannot be used; the message names the line.
    """
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        rows = [(lines.line_num, [clean_text(cell) for cell in row]) for row in lines if any(map(str.strip, row))]
    except csv.Error as wrong:
        raise refused(file, tr("Line {line} is no CSV.", line=lines.line_num)) from wrong
    head = [cell.casefold() for cell in rows[0][1]] if rows else []
    if head[:2] != ["code", "label"] or not set(head) <= set(COLUMNS) or len({*head}) < len(head):
        columns = Listed(tuple(map(Verbatim, COLUMNS)))
        raise refused(file, tr("Its first line has to name the columns: {columns}.", columns=columns))
    codes: dict[str, Coded] = {}
    where: dict[str, int] = {}
    for line, row in rows[1:]:
        if len(row) > len(head):
            raise refused(file, tr("Line {line} has more cells than the first line names.", line=line))
        found = dict(zip(head, row, strict=False))
        coded = Coded(
            code=clean_line(found["code"]),
            label=clean_line(found.get("label", "")),
            definition=found.get("definition", ""),
            parent=clean_line(found.get("parent", "")),
        )
        if not coded.code or not coded.label:
            raise refused(file, tr("Line {line} has no code, or no label.", line=line))
        if coded.code in codes:
            raise refused(
                file, tr("Line {line} has the code “{code}” of line {first}.", line=line, code=coded.code,
                         first=where[coded.code])
            )  # fmt: skip
        codes[coded.code], where[coded.code] = coded, line
    if not codes:
        raise refused(file, tr("There is no code in it."))
    for code, coded in codes.items():
        _check_parents(code, coded, codes, where[code], file)
    title = clean_line(file)
    source = Framework(id=title, title=title, jurisdiction="UK", in_force_from="", checked_on=today, source_title=title)
    return CodeFrame(framework=source, codes=tuple(codes.values()))


def _check_parents(code: str, coded: Coded, codes: dict[str, Coded], line: int, file: str) -> None:
    above = {code}
    while coded.parent:
        if coded.parent not in codes:
            raise refused(file, tr("Line {line} is below “{parent}”, and there is no such code.", line=line,
                                   parent=coded.parent))  # fmt: skip
        if coded.parent in above:
            raise refused(file, tr("Line {line} is below itself.", line=line))
        above.add(coded.parent)
        coded = codes[coded.parent]


def cited(frameworks: Iterable[Framework]) -> tuple[Message, ...]:
    """When each of these was checked, as sentences that stand beside whatever cites them."""
    return tuple(said for each in frameworks for said in each.checked_words)
