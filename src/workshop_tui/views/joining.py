"""Acts of joining: open and close it, renew the code, free empty seats."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain import commands as cmd
from workshop_tui.messages import Text, tr
from workshop_tui.views.act import Act, Way
from workshop_tui.views.moment import Moment


def _is_open(moment: Moment) -> Text | None:
    return None if moment.snapshot.joining_open else tr("Joining is closed already.")


def _is_closed(moment: Moment) -> Text | None:
    return tr("Joining is open already.") if moment.snapshot.joining_open else None


def _somebody_joined(moment: Moment) -> Text | None:
    return None if moment.snapshot.phones else tr("No phone has joined.")


ACTS: Final = (
    Act(
        name="joining", key="J", label=tr("Joining"), title=tr("Close joining, or open it"),
        help=tr("No further phone can join; those that are in stay in. Again to open it."),
        ways=(
            Way(name="open_joining", command=cmd.OpenJoining, words=tr("Open joining"), fits=_is_closed),
            Way(name="close_joining", command=cmd.CloseJoining, words=tr("Close joining"), fits=_is_open),
        ),
    ),
    Act(
        name="renew_code", key="C", label=tr("New code"), title=tr("Renew the join code"),
        help=tr("Phones join by a new code and a new square; those that are in stay in."),
        ways=(
            Way(name="renew_code", command=cmd.RenewCode, words=tr("Renew the join code"),
                means=lambda moment: moment.snapshot.join_code),
        ),
    ),
    Act(
        name="free_seats", key="F", label=tr("Seats"), title=tr("Free empty seats"),
        help=tr("Phones that joined, never did anything and are away are counted no more. Asks first."),
        ways=(Way(name="free_seats", command=cmd.FreeSeats, words=tr("Free empty seats"), fits=_somebody_joined),),
    ),
)  # fmt: skip
