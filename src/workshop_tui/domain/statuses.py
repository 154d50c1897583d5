"""What can become of whatever was asked, promised or handed over: one closed set, in public words. Pure."""

from __future__ import annotations

from typing import Final, Literal, get_args

from workshop_tui.messages import Message, tr

Status = Literal[
    "none", "acknowledged", "planned", "done", "already", "changed_in_part", "not_done", "waiting", "passed_on"
]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)

STATUS_WORDS: Final[dict[Status, Message]] = {
    "none": tr("No answer yet"),
    "acknowledged": tr("Acknowledged"),
    "planned": tr("Planned"),
    "done": tr("Done"),
    "already": tr("Already happening"),
    "changed_in_part": tr("Changed in part"),
    "not_done": tr("Not done"),
    "waiting": tr("Waiting"),
    "passed_on": tr("Passed on"),
}
"""As they stand in a list of choices."""

HAPPENED: Final[tuple[Status, ...]] = ("done", "already", "changed_in_part")
"""What has happened: it can be seen somewhere, and is on no day to come."""

NO_DAY: Final[tuple[Status, ...]] = ("none", "acknowledged", "not_done", "passed_on")
"""What is on no day."""

DAY_NEEDED: Final[dict[Status, Message]] = {
    "planned": tr("“Planned” needs a date: by when?"),
    "waiting": tr("“Waiting” needs a date on which to ask again."),
}
"""What is not taken without its day."""

BODY_NEEDED: Final = tr("“Passed on” needs the body that has it now.")


def has_no_date(status: Status) -> Message:
    """That a day was given to what has none."""
    return tr("“{status}” has no date.", status=STATUS_WORDS[status])


def cannot_be_seen(status: Status) -> Message:
    """That it was said where to see what did not happen yet."""
    return tr("“{status}” cannot be seen anywhere yet.", status=STATUS_WORDS[status])


def is_with_nobody(status: Status) -> Message:
    """That a body was named for what was passed on to none."""
    return tr("“{status}” names a body that it was passed on to.", status=STATUS_WORDS[status])
