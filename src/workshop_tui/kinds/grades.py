"""What the kinds that grade each of several things share: reading the form, counting it, naming its columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain import honesty
from workshop_tui.domain.activity import Explained, Fields, SentFields, Setting
from workshop_tui.domain.blocks import Choice, GradeEach, Option, Quote, Words
from workshop_tui.domain.passing import SKIP
from workshop_tui.domain.plain_profiles import Candidate, Scored, lines_of
from workshop_tui.domain.text import read_text
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.options import UNKNOWN, picked
from workshop_tui.messages import ENGLISH, Message, Sentences, Text, tr, trn

REASON_LETTERS: Final = 280
"""Longest reason, in code points after cleaning: as long as an idea."""

MOST_SCORE: Final = 10
"""The highest score an agenda may ask for."""

LEAST: Final = Setting(label=tr("The lowest score"))
MOST: Final = Setting(label=tr("The highest score"))
"""What a desk asks for `least` and `most`."""

REASONED: Final = 8
"""Most rows where each has a long scale and a box for a reason: more are too heavy for a phone, and for a person."""

THE_QUESTION: Final = Candidate("a", "The question")
"""What is graded in a plain profile where that is the question itself."""

Row = Option | Choice
"""What is graded, or a step of the scale, in an agenda's words or in ours."""


def numbered(numbers: range) -> tuple[Choice, ...]:
    """A scale of whole numbers, which are their own words."""
    return tuple(Choice(str(number), number) for number in numbers)


class Graded(Struct, frozen=True, order=True):
    """What one person said of one row."""

    row: str
    """The key of the row."""
    grade: str
    """The key of the step of the scale."""
    why: str = ""
    """The reason in the person's own words, cleaned; empty for none."""


Grades = tuple[Graded, ...]
"""What one person said of the rows that were not left out, sorted by row."""


class Grading(Struct, frozen=True, order=True):
    """One ballot of a kind that asks for grades and nothing else."""

    grades: Grades


class GradeCounts(Struct, frozen=True):
    """How many people gave each step, row by row."""

    people: int
    """Everybody who answered, whatever they left out."""
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    """(key of the row, people for each step in the order of the scale) for every row, in agenda order."""


def too_many(rows: Sequence[Row]) -> Text:
    """What is wrong with a number of rows that each have a long scale and a reason; empty when nothing is."""
    if len(rows) <= REASONED:
        return ""
    return trn(
        "There is {n} option. With a scale and a reason for each, {most} fit one form.",
        "There are {n} options. With a scale and a reason for each, {most} fit one form.",
        len(rows),
        most=REASONED,
    )


def read_grades(block: GradeEach, fields: Fields) -> Grades:
    """What a phone sent for a `GradeEach`, in canonical form; a row may be left out, not all of them.

    Args:
        block: The form as it was asked.
        fields: What was posted.

    Raises:
        BallotRejected: a row or a step that is not in the form, two answers for one row, a reason without an
            answer, a reason that is too long, or nothing at all. No answer needs a reason: it can be said aloud.
    """
    grades = read_any_grades(block, fields)
    if not grades:
        raise BallotRejected(tr("Please answer at least one, or press “{skip}”.", skip=SKIP), field=block.name)
    return grades


def read_any_grades(block: GradeEach, fields: Fields) -> Grades:
    """The same where this block may be left out as a whole: one of several in a form."""
    known = {f"{_field(block, row)}{end}" for row in block.rows for end in ("", ".why")}
    if any(name.startswith(f"{block.name}.") and name not in known for name in fields):
        raise BallotRejected(UNKNOWN, field=block.name)
    read = (_graded(block, row, fields) for row in block.rows)
    return tuple(sorted(graded for graded in read if graded is not None))


def grades_sent(block: GradeEach, grades: Grades) -> SentFields:
    """The fields of which `read_any_grades` makes these grades."""
    sent: SentFields = {}
    for graded in grades:
        name = f"{block.name}.{graded.row}" if graded.row else block.name
        sent[name] = [graded.grade]
        if graded.why:
            sent[f"{name}.why"] = [graded.why]
    return sent


def tally_grades(rows: Sequence[Row], scale: Sequence[Row], profile: Mapping[Grading, int]) -> GradeCounts:
    """The result of what people said of rows, where every count stays visible."""
    places = {step.key: at for at, step in enumerate(scale)}
    counts = {row.key: [0] * len(scale) for row in rows}
    for ballot, people in profile.items():
        for graded in ballot.grades:
            counts[graded.row][places[graded.grade]] += people
    by_row = tuple((key, tuple(each)) for key, each in counts.items())
    return GradeCounts(people=sum(profile.values()), counts=by_row)


def grade_columns(block: GradeEach, ballot: Grading) -> dict[str, str | int]:
    """One ballot as columns: the words of the step for each row, empty where left out; English where they are ours."""
    given = {graded.row: ENGLISH.text(_step_words(block.scale, graded)) for graded in ballot.grades}
    return {_field(block, row): given.get(row.key, "") for row in block.rows}


def plain_grades(
    rows: tuple[Candidate, ...], scale: Sequence[Row], profile: Mapping[Grading, int], *, aside: int = 0
) -> Scored:
    """The ballots for counting rules and files: the steps are numbers from 1, the last `aside` beside the scale."""
    numbers = {step.key: number for number, step in enumerate(scale, 1)}
    values = tuple((number, ENGLISH.text(step.words)) for number, step in enumerate(scale, 1))
    lines = lines_of(
        (tuple((graded.row or THE_QUESTION.key, numbers[graded.grade]) for graded in ballot.grades), people)
        for ballot, people in profile.items()
    )
    end = len(values) - aside
    return Scored(candidates=rows, lines=lines, scale=values[:end], aside=values[end:])


def bare_grades(ballot: Grading) -> Grading:
    """The answers without their reasons."""
    return Grading(tuple(replace(graded, why="") for graded in ballot.grades))


def reasons_in(ballot: Grading) -> tuple[Grading, ...]:
    """Each answer that has a reason, for itself."""
    return tuple(Grading((graded,)) for graded in ballot.grades if graded.why)


def reworded(reason: Grading, words: str) -> Grading:
    """One of `reasons_in` in other words."""
    return Grading(tuple(replace(graded, why=words) for graded in reason.grades))


def explained(scale: Sequence[Row], reason: Grading) -> Explained | None:
    """One of `reasons_in` as a line of a table; None where there is no reason."""
    given = next((graded for graded in reason.grades if graded.why), None)
    return Explained(option=given.row, answer=_step_words(scale, given), words=given.why) if given else None


def reason_quotes(
    reasons: Sequence[Grading], row: str, scale: Sequence[Row], steps: Collection[str]
) -> tuple[Quote, ...]:
    """The reasons given for one row by those who chose one of `steps`, each under what they chose.

    In the order of the scale, then of the alphabet, which tells nothing of who came first. The same words of several
    people are there as often as they were given.
    """
    quotes: list[Quote] = []
    for step in scale:
        said = [
            graded.why
            for reason in reasons
            for graded in reason.grades
            if (graded.row, graded.grade) == (row, step.key) and step.key in steps
        ]
        quotes += [Quote(((step.words, why),)) for why in sorted(said, key=lambda words: (words.casefold(), words))]
    return tuple(quotes)


def like_minded(lines: Sequence[tuple[Words, Sequence[int]]], people: int) -> Sentences:
    """A caution where a small group is of one mind on a row, naming the rows; empty otherwise.

    Args:
        lines: (words of the row, people for each step); empty words for the question itself.
        people: How many answered at all.
    """
    if people == 1:
        return honesty.unanimous_caution(1, 1)
    one: list[Words] = []
    alike: list[Words] = []
    for label, counts in lines:
        if honesty.unanimous_caution(max(counts, default=0), sum(counts)):
            (one if sum(counts) == 1 else alike).append(label)
    if alike and not all(alike):
        return tr("All who answered said the same. In so small a group, publishing this tells what each person said.")
    said: list[Message] = []
    if alike:
        said.append(
            tr(
                "All who answered on {options} said the same. "
                "In so small a group, publishing this tells what each person said.",
                options=honesty.listed(alike),
            )
        )
    if one:
        said.append(
            tr(
                "Only one person answered on {options}: publishing this tells what that person said.",
                options=honesty.listed(one),
            )
        )
    return tuple(said) if len(said) > 1 else next(iter(said), "")


def _field(block: GradeEach, row: Row) -> str:
    """The field of a row; where the row is the question itself and has no key, that of the block."""
    return f"{block.name}.{row.key}" if row.key else block.name


def _step_words(scale: Sequence[Row], graded: Graded) -> Words:
    return next(step.words for step in scale if step.key == graded.grade)


def _graded(block: GradeEach, row: Row, fields: Fields) -> Graded | None:
    name = _field(block, row)
    chosen = picked(name, fields)
    why = read_text("\n".join(fields.get(f"{name}.why", ())), block.most, tr("Your reason"), field=f"{name}.why")
    if why and not block.why:
        raise BallotRejected(tr("There is no room for reasons here. Please try again."), field=block.name)
    if not chosen:
        if why:
            raise BallotRejected(_unanswered(row), field=name)
        return None
    if len(chosen) > 1:
        raise BallotRejected(_answered_twice(row), field=name)
    grade = chosen.pop()
    if grade not in {step.key for step in block.scale}:
        raise BallotRejected(tr("That answer is not in the list. Please choose one from the list."), field=name)
    return Graded(row=row.key, grade=grade, why=why)


def _unanswered(row: Row) -> Message:
    if not row.words:
        return tr("Please choose an answer: you gave a reason.")
    return tr("Please choose an answer for “{row}”: you gave a reason.", row=row.words)


def _answered_twice(row: Row) -> Message:
    if not row.words:
        return tr("Please choose only one answer.")
    return tr("Please choose only one answer for “{row}”.", row=row.words)
