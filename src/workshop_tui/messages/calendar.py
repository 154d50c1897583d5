"""How a language writes days: what comes first, and the names of months and weekdays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

Order = Literal["day", "month", "year"]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Calendar(Struct, frozen=True):
    """What is needed to read a day that somebody typed."""

    first: Order
    """What stands first in a day of numbers alone: the day in 24/12, the month in 12/24."""
    months: Mapping[str, int]
    """1 for January, by its names in small letters, short ones without a dot."""
    weekdays: Mapping[str, int]
    """0 for Monday, as above."""


ENGLISH_CALENDAR: Final = Calendar(
    first="day",
    months={
        **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
        **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
        "sept": 9,
    },
    weekdays={
        **{name[:3].lower(): number for number, name in enumerate(WEEKDAYS)},
        **{name.lower(): number for number, name in enumerate(WEEKDAYS)},
        "tues": 1, "thur": 3, "thurs": 3,
    },
)  # fmt: skip
"""British English: the day comes first."""
