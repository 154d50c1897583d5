"""Days as people write them: 24 December, 24.12.2026, 24/12, tomorrow, Friday; in the language of whoever types."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from workshop_tui.domain.text import plain_digits
from workshop_tui.messages import Day, Message, Translator, tr
from workshop_tui.messages.calendar import ENGLISH_CALENDAR

TODAY: Final = tr("today")
TOMORROW: Final = tr("tomorrow")

_BETWEEN: Final = re.compile(r"[\s.,/\\\u060c-]+")
_NUMBER: Final = re.compile(r"([0-9]{1,4})(st|nd|rd|th|er|º|ª)?")
_FILLING: Final = frozenset({"of", "the", "on", "by", "de", "del", "o"})
"""Words between the parts of a day that say nothing of their own."""


def that_is(day: dt.date) -> Message:
    """Which day was understood, in words."""
    return tr("That is {day}.", day=Day(day.isoformat(), weekday=True))


def day_of(at: int) -> dt.date:
    """The day of a moment, UTC milliseconds, where this machine stands."""
    return dt.datetime.fromtimestamp(at / 1000, tz=dt.UTC).astimezone().date()


def read_day(typed: str, today: dt.date, translator: Translator) -> dt.date | None:
    """The day that somebody means; None for what is no day, or might be any of several.

    A day without its year is the next one there is, a weekday the next one after today.

    Args:
        typed: What was typed.
        today: The day it was typed on.
        translator: The language it was typed in: it says whether the day or the month comes first, and how months and
            weekdays are called. English names are read in every language.
    """
    text = plain_digits(typed).casefold().strip()
    if re.fullmatch(r"[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return _iso(text)
    soon = {TODAY.text: 0, TOMORROW.text: 1, translator.text(TODAY): 0, translator.text(TOMORROW): 1}
    ahead = {words.casefold(): days for words, days in soon.items()}.get(text)
    if ahead is not None:
        return today + dt.timedelta(days=ahead)
    parts = [part for part in _BETWEEN.split(text) if part and part not in _FILLING]
    read = _parts(parts, translator)
    if read is None:
        return None
    numbers, months, weekdays = read
    if not numbers and not months and len(weekdays) == 1:
        return today + dt.timedelta(days=(weekdays[0] - today.weekday() - 1) % 7 + 1)
    found = next(_dates(numbers, months, today, translator), None)
    return found if found is not None and all(found.weekday() == weekday for weekday in weekdays) else None


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _parts(parts: list[str], translator: Translator) -> tuple[list[str], list[int], list[int]] | None:
    """The numbers, months and weekdays in what was typed; None where there is anything else."""
    numbers: list[str] = []
    months: list[int] = []
    weekdays: list[int] = []
    own = translator.calendar
    for part in parts:
        if number := _NUMBER.fullmatch(part):
            numbers.append(number[1])
        elif month := own.months.get(part) or ENGLISH_CALENDAR.months.get(part):
            months.append(month)
        elif (weekday := own.weekdays.get(part, ENGLISH_CALENDAR.weekdays.get(part))) is not None:
            weekdays.append(weekday)
        else:
            return None
    return (numbers, months, weekdays) if len(months) < 2 and len(weekdays) < 2 else None


def _dates(numbers: list[str], months: list[int], today: dt.date, translator: Translator) -> Iterator[dt.date]:
    """The days that numbers and perhaps the name of a month can mean, the likeliest first."""
    years = [number for number in numbers if len(number) > 2]
    small = [int(number) for number in numbers if len(number) <= 2]
    first = translator.calendar.first
    if len(years) > 1 or any(len(year) != 4 for year in years):
        return
    year = int(years[0]) if years else None
    if months:
        if year is None and len(small) == 2:
            year = 2000 + small.pop()
        if len(small) == 1:
            yield from _next(year, months[0], small[0], today)
        return
    if year is None and len(small) == 3:
        # 26-12-24 begins with the year only where years do.
        year = 2000 + (small.pop(0) if first == "year" else small.pop())
    if len(small) == 2:
        # Where a year of four digits came first, the month comes next, whatever the language.
        day_first = first == "day" and not (years and numbers[0] == years[0])
        one, other = small
        yield from _next(year, other, one, today) if day_first else _next(year, one, other, today)
        # What can only be meant the other way round: there is no month 24.
        yield from _next(year, one, other, today) if day_first else _next(year, other, one, today)


def _next(year: int | None, month: int, day: int, today: dt.date) -> Iterator[dt.date]:
    """The day; without a year the next one there is. None where there is no such day."""
    # The 29th of February comes back after eight years at the latest.
    for each in [year] if year is not None else range(today.year, today.year + 9):
        try:
            found = dt.date(each, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            yield found
            return
