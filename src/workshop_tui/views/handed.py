"""Acts of what was handed to this session: show it point by point, say what became of each, put it to a vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import HandedIn
from workshop_tui.domain.answers import PROMISE_WORDS, STATUS_WORDS, TAKES, WORDS_NEEDED, Status, status_named, wrong_in
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.received import (
    Dealt,
    behind_words,
    in_our_hands_words,
    origin_words,
    what_is_asked,
)
from workshop_tui.domain.received import number_words as number_words
from workshop_tui.domain.registers import REGISTERS, FieldWrong, RegisterField, read_fields
from workshop_tui.messages import Message, Text, tr
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.views.act import Act, Choice, Field, FieldKind, Typed, Way
from workshop_tui.views.items import MINUTES
from workshop_tui.views.moment import Moment, given
from workshop_tui.views.typed import with_words
from workshop_tui.views.typed_config import FieldRefused
from workshop_tui.views.typed_items import new_item

NOTHING: Final = tr("Nothing was handed to this session.")

ASKED: Final = {
    "point": "Done\nIn part\nNot done\nI cannot tell",
    "promise": "Kept\nKept in part\nBroken\nI cannot tell",
}
"""What a vote on a point or a promise lets people choose from at first."""


def at_hand(moment: Moment) -> Dealt | None:
    """The point that an act is about: the one that was named, or the one that is on the big screen or comes next."""
    if moment.point is not None:
        return moment.point
    return moment.snapshot.handed.here if moment.snapshot.handed is not None else None


def hands_words(snapshot: Snapshot) -> Message | None:
    """How many are still in our hands; None where nothing was handed in, or everything is answered."""
    handed = snapshot.handed
    return in_our_hands_words(handed.open, handed.total) if handed is not None else None


def about_point(point: HandedIn) -> tuple[Text, ...]:
    """Where a point comes from, what is behind it and what is asked."""
    return (*origin_words(point), *behind_words(point), *what_is_asked(point))


# Showing. ---------------------------------------------------------------------------------------------


def _turning(name: str, words: Message, *, back: bool) -> Way:
    def means(moment: Moment) -> str:
        handed = moment.snapshot.handed
        if handed is None:
            return ""
        if moment.snapshot.screen != "received":
            return handed.here.point.id
        return handed.before if back else handed.after

    def fits(moment: Moment) -> Text | None:
        handed = moment.snapshot.handed
        if handed is None:
            return NOTHING
        shows = moment.snapshot.screen == "received"
        return tr("There is only this one.") if shows and handed.total == 1 else None

    return Way(
        name=name, command=cmd.SetScreen, words=words, fixed={"mode": "received"}, means=means, meant="subject",
        fits=fits,
    )  # fmt: skip


# Saying what became of it. ----------------------------------------------------------------------------

_SPEC: Final = REGISTERS["received"]
_KINDS: Final[Mapping[str, FieldKind]] = {"date": "day", "text": "line"}


def _choices(moment: Moment) -> tuple[Choice, ...]:
    dealt = at_hand(moment)
    words = PROMISE_WORDS if dealt is not None and dealt.point.sort == "promise" else STATUS_WORDS
    return tuple(Choice(name, said) for name, said in words.items() if name != "none")


def _status_now(moment: Moment) -> str:
    dealt = at_hand(moment)
    return "acknowledged" if dealt is None or not dealt.note else dealt.answer.status


_STATUS: Final = Field(
    name="status", label=tr("What became of it?"), kind="choice", choices=_choices, usual=_status_now, leads=True
)


def _field(field: RegisterField, status: Status) -> Field:
    def usual(moment: Moment) -> str:
        dealt = at_hand(moment)
        return dealt.fields.get(field.name, "") if dealt is not None else ""

    return Field(
        name=field.name, label=field.label, kind=_KINDS[field.sort], usual=usual,
        hint=WORDS_NEEDED.get(status) if field.name == "words" else None,
    )  # fmt: skip


_BY_STATUS: Final = {
    status: tuple(_field(field, status) for name in names if (field := _SPEC.field(name)) is not None)
    for status, names in TAKES.items()
}
_SEEN: Final = tuple(_field(field, "none") for field in _SPEC.fields if field.name == "seen")


def _more(moment: Moment, typed: Typed) -> tuple[Field, ...]:
    dealt, status = at_hand(moment), status_named(typed.get("status", ""))
    measured = dealt is not None and dealt.point.metric and status != "none"
    return (*_BY_STATUS[status], *(_SEEN if measured else ()))


def _said(dealt: Dealt, typed: Typed) -> dict[str, str]:
    status = status_named(typed.get("status", ""))
    said = {name: typed.get(name, "") for name in (*TAKES[status], "seen")}
    try:
        read = read_fields(_SPEC, {"point": dealt.point.id, "status": status, **said})
    except FieldWrong as problem:
        raise FieldRefused(problem.name, problem.words) from problem
    if wrong := wrong_in(Dealt(point=dealt.point, text=dealt.text or dealt.point.words, fields=read).answer):
        raise FieldRefused(wrong[0].field, wrong[0].said)
    return read


def _answer(moment: Moment, typed: Typed) -> FacilitatorCommand:
    dealt = given(at_hand(moment))
    return cmd.AddNote(key="", kind="note", text=dealt.point.words, register="received", fields=_said(dealt, typed))


def _change(moment: Moment, typed: Typed) -> FacilitatorCommand:
    dealt = given(at_hand(moment))
    return cmd.SortNote(note=dealt.note, register="received", fields=_said(dealt, typed))


def _has_none(moment: Moment) -> Text | None:
    dealt = at_hand(moment)
    if dealt is None:
        return NOTHING
    return tr("It was noted already what became of this point. Please change that.") if dealt.note else None


def _has_one(moment: Moment) -> Text | None:
    dealt = at_hand(moment)
    if dealt is None:
        return NOTHING
    return None if dealt.note else tr("Nothing was noted of this point yet.")


ANSWER: Final = Way(
    name="answer_point", subject="point", command=cmd.AddNote, words=tr("Note what became of it"), fits=_has_none,
    fields=(_STATUS,), more=_more, build=_answer,
)  # fmt: skip
CHANGE: Final = Way(
    name="change_answer", subject="point", command=cmd.SortNote, words=tr("Change what became of it"), fits=_has_one,
    fields=(_STATUS,), more=_more, build=_change,
)  # fmt: skip


# Voting on it. ----------------------------------------------------------------------------------------


def _vote(moment: Moment, typed: Typed) -> FacilitatorCommand:
    here = moment.snapshot.here
    item = new_item({**typed, "kind": "single"})
    return cmd.InsertItem(item=item, after=here.item.key if here is not None else "")


VOTE: Final = Way(
    name="vote_on_point", subject="point", command=cmd.InsertItem, words=tr("Add the vote after this item"),
    about=tr("Once it is counted, tie the result to what you noted of the point, on the write-up page."),
    fits=lambda moment: None if at_hand(moment) is not None else NOTHING,
    fields=(
        Field(name="question", label=tr("Question on phones"), wrong=with_words(tr("Please type the question.")),
              usual=lambda moment: " ".join(given(at_hand(moment)).point.words.split())),
        Field(name="options", label=tr("Options, one to a line"), kind="lines",
              usual=lambda moment: ASKED[given(at_hand(moment)).point.sort]),
        replace(MINUTES, usual=lambda moment: "3"),
    ),
    build=_vote,
)  # fmt: skip

ACTS: Final = (
    Act(name="next_point", key="]", keys="right_square_bracket", label=tr("Next point"),
        title=tr("Next point that was handed to us"),
        help=tr("The big screen shows it; first the one that it stopped at."),
        ways=(_turning("next_point", tr("Show the next point"), back=False),)),
    Act(name="previous_point", key="[", keys="left_square_bracket", title=tr("Point before that was handed to us"),
        help=tr("The big screen shows the one before."),
        ways=(_turning("previous_point", tr("Show the point before"), back=True),)),
    Act(name="answer_point", key="R", label=tr("What became of it"),
        title=tr("What became of a point that was handed to us"),
        help=tr("Say what this session did with the point; undo takes it back."), ways=(ANSWER, CHANGE)),
    Act(name="vote_on_point", title=tr("Put a point that was handed to us to a vote"),
        help=tr("Adds a question after this item."), ways=(VOTE,)),
)  # fmt: skip


def is_shown(snapshot: Snapshot) -> bool:
    """Whether what was handed in is what matters now: the open item shows it, or the big screen does."""
    here = snapshot.here
    return snapshot.handed is not None and (
        snapshot.screen == "received" or (here is not None and here.item.shows_received)
    )
