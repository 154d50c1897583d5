"""What happens on the day: every command at least once, in one order and at fixed times."""

from __future__ import annotations

from tests.net import first_half as first
from tests.net import second_half as second
from tests.net.day import Day
from tests.net.seen import Seen


async def the_day(day: Day, seen: Seen) -> None:
    """A whole day, looked at from every side at its steps."""
    await first.before_the_start(day, seen)
    await first.the_first_vote(day, seen)
    await first.ties_and_steps_back(day, seen)
    await first.agenda_and_time(day, seen)
    await first.stories(day, seen)
    await first.ideas_and_questions(day, seen)
    await second.options_and_leaders(day, seen)
    await second.asked_again(day, seen)
    await second.reasons_and_names(day, seen)
    await second.other_votes(day, seen)
    await second.private_words(day, seen)
    seen.export("running", await day.copied())
    await second.the_end(day, seen)
    await second.after_the_end(day, seen)
