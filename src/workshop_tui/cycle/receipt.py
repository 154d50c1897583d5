"""The receipt: what one body answers to a baton, point by point, as one file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from workshop_tui.cycle import files
from workshop_tui.cycle.answers import Answer, Wrong, telling_whose, wrong_in
from workshop_tui.cycle.baton import CHANGED, Baton
from workshop_tui.cycle.files import Day
from workshop_tui.cycle.record import EntryId, Record
from workshop_tui.errors import CycleFileError
from workshop_tui.limits import FIELD_LETTERS
from workshop_tui.messages import Message, Sentences, Verbatim, tr

SCHEMA: Final = "workshop-tui/receipt/1"

NAME: Final = "receipt.json"


class Answered(Struct, frozen=True, kw_only=True):
    """What is answered to one point."""

    point: EntryId
    answer: Answer


class Receipt(Struct, frozen=True, kw_only=True):
    """The whole receipt."""

    schema: Literal["workshop-tui/receipt/1"] = SCHEMA
    baton: Annotated[str, Meta(pattern=r"^\S{1,200}$")]
    """The id of the baton."""
    baton_checksum: str
    """Of the baton as it was when it was answered."""
    checksum: str = ""
    """SHA-256 of this file as it is written with this empty, in hexadecimal."""
    body: Annotated[str, Meta(min_length=1, max_length=FIELD_LETTERS)]
    """Who answers."""
    role: str = ""
    """Who there, by their role."""
    on: Day
    reference: str = ""
    """The minute, letter or paper that says so."""
    answers: tuple[Answered, ...]


def build(
    baton: Baton, answers: Iterable[Answered], *, body: str, on: str, role: str = "", reference: str = ""
) -> Receipt:
    """A receipt for a baton; what says nothing is left out.

    Raises:
        CycleFileError: an answer cannot be taken, or is to no point of the baton.
    """
    made = Receipt(
        baton=baton.id,
        baton_checksum=baton.checksum,
        body=body,
        role=role,
        on=on,
        reference=reference,
        answers=tuple(each for each in answers if each.answer.status != "none"),
    )
    receipt = files.cleaned(made)
    _check(receipt, NAME)
    if problem := misfit(receipt, baton):
        raise files.refused(NAME, problem)
    return replace(receipt, checksum=files.checksum(receipt))


def of_session(record: Record, baton: Baton) -> tuple[Answered, ...]:
    """What a session that opened with a baton answers to its points."""
    return tuple(
        Answered(
            point=each.id,
            answer=Answer(status=each.status, words=each.said, on=each.on, where=each.where, to=each.to),
        )
        for each in record.received
        if each.id in baton.handed_in
    )


def write(receipt: Receipt) -> bytes:
    """The receipt as a file."""
    return files.encode(receipt)


def read(data: bytes, file: str) -> Receipt:
    """The receipt in a file.

    Raises:
        CycleFileError: it is none, a newer or damaged one, was changed after it was made, or contradicts itself.
    """
    receipt = files.decode(data, Receipt, SCHEMA, file)
    if files.checksum(receipt) != receipt.checksum:
        raise files.refused(file, CHANGED)
    _check(receipt, file)
    return receipt


def misfit(receipt: Receipt, baton: Baton) -> Message | None:
    """Why a receipt is none for a baton; None where it is."""
    if receipt.baton != baton.id:
        return tr("It answers another baton, “{id}”.", id=Verbatim(receipt.baton))
    for each in receipt.answers:
        if each.point not in baton.handed_in:
            return tr("It answers “{id}”, which is no point of the baton.", id=Verbatim(each.point))
    return None


def _check(receipt: Receipt, file: str) -> None:
    """Refuse answers that contradict themselves, all of them at once.

    Raises:
        CycleFileError: there are some.
    """
    twice = [each.point for each in receipt.answers]
    if len({*twice}) < len(twice):
        raise files.refused(file, tr("A point is answered twice in it."))
    found = [
        (each.point, wrong)
        for each in receipt.answers
        for wrong in (*wrong_in(each.answer), *telling_whose(each.answer))
    ]  # fmt: skip
    if found:
        problem = files.refused(file, tr("Some of its answers cannot be taken."))
        raise CycleFileError(problem.message, advice=problem.advice, lines=tuple(_line(*each) for each in found))


def _line(point: str, wrong: Wrong) -> Sentences:
    return (tr("{point}:", point=Verbatim(point)), wrong.said)
