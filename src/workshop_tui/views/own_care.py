"""Acts for people who asked to be contacted about their own care: to whom that went, and when it was done."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.own_care import ROUTED_TO, OwnCareRow, RoutedTo
from workshop_tui.messages import Day, Message, Text, Verbatim, tr
from workshop_tui.views.act import Act, Choice, Field, Typed, Way
from workshop_tui.views.days import day_of
from workshop_tui.views.moment import Moment
from workshop_tui.views.safety import REFERENCE

NO_MATTER: Final = (
    tr("This says that somebody asked, and never who or about what. It is in no report."),
    tr("Whoever asked tells their name and how to reach them to the people who pass it on."),
    tr("When the write-up is finished, what is done with goes. What is still open stays until somebody was contacted."),
)


def _day(at: int) -> Day:
    return Day(day_of(at).isoformat())


def request_words(row: OwnCareRow) -> tuple[Message, ...]:
    """One request in whole sentences."""
    code = Verbatim(row.code)
    said = [tr("{code}: asked for on {day}.", code=code, day=_day(row.asked_at))]
    said.append(tr("{whom}.", whom=ROUTED_TO[row.routed_to]))
    said += [tr("Reference: {reference}.", reference=Verbatim(row.reference))] if row.reference else []
    if row.contacted_at is None:
        said.append(tr("Not contacted yet."))
    else:
        said.append(tr("Contacted on {day}.", day=_day(row.contacted_at)))
    return tuple(said)


def _requests(moment: Moment) -> tuple[Choice, ...]:
    return tuple(
        Choice(row.key, tr("{code}, of {day}", code=Verbatim(row.code), day=_day(row.asked_at)))
        for row in moment.snapshot.own_care
    )


def _oldest(moment: Moment) -> str:
    requests = moment.snapshot.own_care
    waiting = (row.key for row in requests if row.contacted_at is None)
    return next(waiting, requests[-1].key if requests else "")


def _has_request(moment: Moment) -> Text | None:
    return None if moment.snapshot.own_care else tr("Nobody has asked to be contacted.")


def _follow(moment: Moment, typed: Typed) -> FacilitatorCommand:
    row = next((each for each in moment.snapshot.own_care if each.key == typed["request"]), None)
    reference = typed["reference"].strip() or (row.reference if row is not None else "")
    before: RoutedTo = row.routed_to if row is not None else "nobody"
    routed_to = next((each for each in ROUTED_TO if each == typed["routed_to"]), before)
    return cmd.FollowContact(
        request=typed["request"], routed_to=routed_to, reference=reference, contacted=typed.get("contacted") == "yes"
    )


_AS_BEFORE: Final = "as_before"


def _routes() -> tuple[Choice, ...]:
    return tuple(Choice(key, words) for key, words in ROUTED_TO.items())


_ROUTED: Final = Field(
    name="routed_to", label=tr("Who sees to it?"), kind="choice", usual=lambda _: "nobody",
    choices=lambda _: _routes(),
)  # fmt: skip

_ROUTED_NOW: Final = replace(
    _ROUTED, usual=lambda _: _AS_BEFORE, choices=lambda moment: (Choice(_AS_BEFORE, tr("As before")), *_routes()),
)  # fmt: skip

NOTE: Final = Way(
    name="note_contact", command=cmd.NoteContact, words=tr("Note that somebody asked"), fields=(_ROUTED, REFERENCE),
    fixed={"key": ""}, about=NO_MATTER[0],
)  # fmt: skip
FOLLOW: Final = Way(
    name="follow_contact", command=cmd.FollowContact, words=tr("Note what became of it"), fits=_has_request,
    build=_follow, about=NO_MATTER[0],
    fields=(
        Field(name="request", label=tr("Which request?"), kind="choice", choices=_requests, usual=_oldest),
        _ROUTED_NOW,
        REFERENCE,
        Field(name="contacted", label=tr("They were contacted"), kind="tick"),
    ),
)  # fmt: skip

ACTS: Final = (
    Act(name="note_contact", title=tr("Own care: note that somebody asked to be contacted"), page="notes",
        help=tr("Note that somebody asked, never about what."), ways=(NOTE,)),
    Act(name="follow_contact", title=tr("Own care: to whom a request went, and whether it is done"), page="notes",
        help=tr("Who sees to it, and whether they were contacted."), ways=(FOLLOW,)),
)  # fmt: skip
