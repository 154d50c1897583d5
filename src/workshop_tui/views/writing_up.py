"""Acts of the write-up: lines sorted into registers, worded, and tied to what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from workshop_tui.cycle.stages import DIRECTION_WORDS, direction
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand, NoteKind
from workshop_tui.domain.deciding.entries import STAYS_CONCERN, WORDS_STAY
from workshop_tui.domain.points import Standing, Tie, TieKind
from workshop_tui.domain.registers import (
    CONTESTED,
    REGISTERS,
    FieldWrong,
    RegisterField,
    RegisterSpec,
    lacking,
    read_fields,
    read_value,
    register_words,
    spec_of,
)
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import TIES_AT_ONCE
from workshop_tui.messages import Message, Text, tr, trn
from workshop_tui.room.snapshot import NoteLine, Snapshot
from workshop_tui.room.write_up_page import EVERYTHING, EvidenceFilter, EvidenceLine, EvidencePage, WriteUpLine
from workshop_tui.views.act import Act, Choice, Field, FieldKind, Typed, Way
from workshop_tui.views.moment import Moment, given
from workshop_tui.views.typed import with_words
from workshop_tui.views.typed_config import FieldRefused

FILTERS: Final[dict[str, Message]] = {
    EVERYTHING: tr("All lines"), "": register_words(""), **{name: spec.many for name, spec in REGISTERS.items()}
}  # fmt: skip
"""What the list can show, in the order in which it goes round."""

EVIDENCE_FILTERS: Final[dict[EvidenceFilter, Message]] = {
    "texts": tr("What people sent, reasons, answers and notes"), "untied": tr("What no line rests on yet"),
    "results": tr("Results"),
    "received": REGISTERS["received"].many, "tied": tr("What is tied"),
}  # fmt: skip


def evidence_shown(snapshot: Snapshot) -> dict[EvidenceFilter, Message]:
    """What the list of evidence can show in this session, in the order in which it goes round."""
    return {each: words for each, words in EVIDENCE_FILTERS.items() if each != "received" or snapshot.handed_in}


STANDING_WORDS: Final[dict[Standing, Message]] = {
    "held": tr("held back"), "taken_back": tr("taken back"), "day_over": tr("only for the day"),
    "missing": tr("not there any more"),
}  # fmt: skip

NO_LINE: Final = tr("There is no line here.")

_NOT_SAID: Final = Choice("", tr("not said"))

_NO_WORDS: Final = tr("There are no words yet.")

_KINDS: Final[dict[str, NoteKind]] = {"concern": "concern", "action": "action", "promise": "promise"}
"""Registers that are a kind of note too."""

_FIELD_KINDS: Final[dict[str, FieldKind]] = {"date": "day", "choice": "choice"}


def _field(spec: RegisterSpec, field: RegisterField) -> Field:
    def usual(moment: Moment) -> str:
        note = moment.note
        if note is None:
            return ""
        said = note.fields.get(field.name, "")
        if said or note.register not in ("", spec.name):
            return said
        # What was said while it was kept need not be said again.
        return {"role": note.owner, "by": note.due}.get(field.name, "")

    def wrong(typed: str) -> Message | None:
        try:
            # A day is read by whoever draws the form, in the facilitator's language.
            read_value(field, "" if field.sort == "date" else typed)
        except FieldWrong as problem:
            return problem.words
        return None

    listed = tuple(Choice(key, words) for key, words in field.choices)
    # Which of those that were handed over is chosen, and not typed.
    is_handed_in = (spec.name, field.name) == ("received", "point")

    def choices(moment: Moment) -> tuple[Choice, ...]:
        points = tuple(Choice(each.id, each.words) for each in moment.snapshot.handed_in) if is_handed_in else ()
        return (_NOT_SAID, *listed, *points)

    return Field(
        name=field.name, label=field.label, usual=usual,
        kind="choice" if is_handed_in else _FIELD_KINDS.get(field.sort, "line"), choices=choices, wrong=wrong,
        is_further=not field.required,
    )  # fmt: skip


_FIELDS: Final = {name: tuple(_field(spec, each) for each in spec.fields) for name, spec in REGISTERS.items()}


def _fields_of(register: str) -> tuple[Field, ...]:
    return next((fields for name, fields in _FIELDS.items() if name == register), ())


def _read(register: str, typed: Typed) -> dict[str, str]:
    spec = spec_of(register)
    if spec is None:
        return {}
    try:
        return read_fields(spec, {each.name: typed.get(each.name, "") for each in spec.fields})
    except FieldWrong as problem:
        raise FieldRefused(problem.name, problem.words) from problem


def _registers(moment: Moment) -> tuple[Choice, ...]:
    note = moment.note
    for each in CONTESTED:
        if note is not None and note.register == each:
            return (Choice(each, register_words(each)),)
    return tuple(Choice(name, spec.one) for name, spec in REGISTERS.items())


def _register_now(moment: Moment) -> str:
    return (moment.note.register if moment.note is not None else "") or "point"


_REGISTER: Final = Field(
    name="register", label=tr("What is it?"), kind="choice", choices=_registers, usual=_register_now, leads=True
)

_TEXT: Final = Field(name="text", label=tr("In one sentence, in your words"), kind="lines", wrong=with_words(_NO_WORDS))


def _more(moment: Moment, typed: Typed) -> tuple[Field, ...]:
    del moment
    return _fields_of(typed.get("register", ""))


def _sort(moment: Moment, typed: Typed) -> FacilitatorCommand:
    return _sorted(typed, given(moment.note).key)


def _sorted(typed: Typed, note: str) -> FacilitatorCommand:
    register = typed["register"]
    if spec_of(register) is None:
        raise FieldRefused("register", tr("Please choose from the list. Nothing was changed."))
    return cmd.SortNote(note=note, register=register, fields=_read(register, typed))  # type: ignore[arg-type]  # it is one


def _unsort(moment: Moment, typed: Typed) -> FacilitatorCommand:
    del typed
    return cmd.SortNote(note=given(moment.note).key, register="")


def _rewrite(moment: Moment, typed: Typed) -> FacilitatorCommand:
    return cmd.RewriteNote(note=given(moment.note).key, text=typed["text"])


def _add(register: str, typed: Typed) -> FacilitatorCommand:
    kind: NoteKind = _KINDS.get(register, "note")
    return cmd.AddNote(key="", kind=kind, text=typed["text"], register=register, fields=_read(register, typed))  # type: ignore[arg-type]  # it is one


def _has_note(moment: Moment) -> Text | None:
    return None if moment.note is not None else NO_LINE


def _can_unsort(moment: Moment) -> Text | None:
    note = moment.note
    if note is None:
        return NO_LINE
    if not note.is_sorted:
        return tr("Nobody has sorted it yet.")
    return STAYS_CONCERN if note.register in CONTESTED and note.kind != "concern" else None


def _can_rewrite(moment: Moment) -> Text | None:
    note = moment.note
    if note is None:
        return NO_LINE
    if note.register in CONTESTED:
        return WORDS_STAY
    return tr("It is shown in other words. Change those on the reading page.") if note.reworded else None


def _tying(tied: bool) -> Way:
    def fits(moment: Moment) -> Text | None:
        if not moment.ties:
            return tr("Choose first what the lines rest on, on the write-up page.")
        if len(moment.ties) > TIES_AT_ONCE:
            return tr("That is too much at once. Please tie at most {most}.", most=TIES_AT_ONCE)
        return None

    return Way(
        name="tie_note" if tied else "untie_note", command=cmd.TieNotes, words=tr("Tie it") if tied else tr("Untie it"),
        fits=fits, build=lambda moment, typed: cmd.TieNotes(ties=moment.ties, tied=tied),
    )  # fmt: skip


TIE: Final = _tying(True)
UNTIE: Final = _tying(False)
NEW_POINT: Final = Way(
    name="new_point", command=cmd.AddNote, words=tr("Keep the point"),
    about=tr("One sentence that carries nobody's own words. Tie it afterwards to what it rests on."),
    fields=(_TEXT, *_FIELDS["point"]), build=lambda moment, typed: _add("point", typed),
)  # fmt: skip
NEW_LINE: Final = Way(
    name="new_line", command=cmd.AddNote, words=tr("Keep the line"), fields=(_REGISTER, _TEXT), more=_more,
    build=lambda moment, typed: _add(typed["register"], typed),
)  # fmt: skip
SORT: Final = Way(
    name="sort", subject="note", command=cmd.SortNote, words=tr("Sort it so"), fits=_has_note, fields=(_REGISTER,),
    more=_more, build=_sort,
)  # fmt: skip
SORT_ALIKE: Final = Way(
    name="sort_alike", command=cmd.SortNote, words=tr("Sort them so"), fields=(_REGISTER,), more=_more,
    build=lambda moment, typed: _sorted(typed, ""),
)  # fmt: skip
"""The same for several lines: there is nothing in its fields at first, and `sorting` makes its commands."""
UNSORT: Final = Way(
    name="unsort", subject="note", command=cmd.SortNote, words=tr("Put it back to be sorted"), fits=_can_unsort,
    build=_unsort,
)  # fmt: skip
REWRITE: Final = Way(
    name="rewrite", subject="note", command=cmd.RewriteNote, words=tr("Give it these words"), fits=_can_rewrite,
    fields=(
        Field(
            name="text", label=tr("In which words?"), kind="lines", wrong=with_words(_NO_WORDS),
            usual=lambda moment: moment.note.text if moment.note is not None else "",
            hint=tr("In your own words: six words in a row of what it rests on are refused."),
        ),
    ),
    build=_rewrite,
)  # fmt: skip

ACTS: Final = (
    Act(name="new_point", title=tr("New point"), page="write_up",
        help=tr("Keep a sentence that came out of the room."), ways=(NEW_POINT,)),
    Act(name="new_line", label=tr("New line"), title=tr("New line in a register"), page="write_up",
        help=tr("Keep a question, an offer, an option, a cost and so on."), ways=(NEW_LINE,)),
    Act(name="sort", label=tr("Sort"), title=tr("Sort a line, or say more of it"), page="write_up",
        help=tr("Say what a line is, for whom, by when; undo takes it back."), ways=(SORT,)),
    Act(name="unsort", label=tr("Unsort"), title=tr("Put a line back to be sorted"), page="write_up",
        help=tr("As if nobody had sorted it."), ways=(UNSORT,)),
    Act(name="tie_note", label=tr("Tie"), title=tr("Tie lines to what they rest on"), page="write_up",
        help=tr("Tie what is marked, or what is under the cursor."), ways=(TIE,)),
    Act(name="untie_note", label=tr("Untie"), title=tr("Untie lines from what they rest on"), page="write_up",
        help=tr("Untie what is marked, or what is under the cursor."), ways=(UNTIE,)),
    Act(name="rewrite", label=tr("Wording"), title=tr("Give a line other words"), page="write_up",
        help=tr("In your own words; a concern keeps its own."), ways=(REWRITE,)),
)  # fmt: skip


def sorting(moment: Moment, notes: Sequence[NoteLine], typed: Typed, name: str) -> tuple[FacilitatorCommand, ...]:
    """Sort several lines alike; what was said of one in that register already stays, where nothing else was typed.

    Args:
        moment: What the desk sees.
        notes: The lines.
        typed: The register, and what is said of each of them there.
        name: Names the whole: one act, one undo.

    Raises:
        CommandRefused: what was typed does not fit; or one of them stays where it is.
    """
    said = _read(typed["register"], typed)
    commands: list[FacilitatorCommand] = []
    for note in notes:
        about = replace(moment, note=note)
        why = SORT.why_not(about)
        if why is None and typed["register"] not in {choice.key for choice in _registers(about)}:
            why = STAYS_CONCERN
        if why is not None:
            raise CommandRefused(why)
        kept = note.fields if note.register == typed["register"] else {}
        if {**kept, **said} != note.fields or note.register != typed["register"]:
            commands.append(cmd.SortNote(note=note.key, register=typed["register"], fields={**kept, **said}, act=name))  # type: ignore[arg-type]  # it is one
    return tuple(commands)


def sorted_words(count: int) -> Message:
    """That several lines were sorted."""
    return trn("{n} line is sorted so now.", "{n} lines are sorted so now.", count)


# What a line rests on. --------------------------------------------------------------------------------


def tying(moment: Moment, notes: Iterable[str], evidence: Iterable[tuple[TieKind, str]]) -> Moment:
    """The moment with each of some lines beside each of some things, for `TIE` and `UNTIE`."""
    some = tuple(evidence)
    return replace(moment, ties=tuple(Tie(note, kind, ref) for note in notes for kind, ref in some))


def rests_on_words(line: WriteUpLine) -> tuple[Message, ...]:
    """How much a line rests on, in whole sentences."""
    total = sum(line.counts.values())
    said = [trn("It rests on {n} thing.", "It rests on {n} things.", total)] if total or line.gone else []
    said += [trn("{n} thing behind it is gone.", "{n} things behind it are gone.", line.gone)] if line.gone else []
    return tuple(said) or (tr("It rests on nothing yet."),)


def direction_words(line: WriteUpLine, stage: str) -> tuple[Message, ...]:
    """Which way a point goes that is for another stage than the next one; none for any other line."""
    to = line.note.fields.get("stage", "") if line.note.register == "point" else ""
    if not to:
        return ()
    found = direction(stage, to)
    return () if found in ("forward", "same_stage") else (DIRECTION_WORDS[found],)


def lacks_words(line: WriteUpLine) -> tuple[Message, ...]:
    """What is still to be said of a line."""
    return tuple(tr("Still to say: {what}", what=each.label) for each in lacking(line.note.register, line.note.said))


def left_out_words(page: EvidencePage) -> tuple[Message, ...]:
    """How many of those that were looked at are not listed, and why; nothing where all are."""
    many = page.left_out
    said = trn(
        "{n} more cannot be tied: it is held back, or for nobody else.",
        "{n} more cannot be tied: they are held back, or for nobody else.",
        many,
    )
    return (said,) if many else ()


def evidence_words(line: EvidenceLine) -> Message:
    """How one thing stands, where it does not simply stand there."""
    return STANDING_WORDS[line.standing]
