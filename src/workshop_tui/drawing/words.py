"""The words that drawings add to what a kind says, by language.

Everything a kind or an agenda says comes with the blocks; only the words of the controls and the tables stand
here, in plain language for a reader of nine. A language without its own line is drawn in English.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Words(Struct, frozen=True, kw_only=True):
    """What buttons, hints and tables say; the parts in braces are filled in by the drawing."""

    # Choosing and sharing out.
    take_away: str = "Take {step} from {option}"
    add: str = "Add {step} to {option}"
    left: str = "{left} of {total} left"
    left_exact: str = "{left} of {total} left. Use them all."
    over: str = "{over} too many. You have {total}."
    over_cap: str = "{over} too much. There is {total}."
    ticks_left: str = "{left} of {total} choices left"
    ticks_over: str = "{over} too many. You can choose {total}."
    none_left: str = "You have no {unit} left. Take some away first."
    most_each: str = "One answer can have {most} at most."
    none_here: str = "There are no {unit} here to take away."
    amount_now: str = "{option}: {amount}. {left} of {total} left."

    # Putting in order.
    up: str = "Up"
    down: str = "Down"
    top: str = "Top"
    move_up: str = "Up one place: {option}"
    move_down: str = "Down one place: {option}"
    move_top: str = "Top of the list: {option}"
    best_first: str = "Put the most important at the top."
    places_count: str = "Only the first {places} count."
    not_counted: str = "These do not count"
    place_now: str = "{option} is now number {place} of {places}."
    at_top: str = "{option} is already at the top."
    at_bottom: str = "{option} is already at the bottom."
    use_lists: str = "Choose from lists instead"
    use_order: str = "Use Up and Down instead"
    place: str = "Number {place}"
    nothing_here: str = "Nothing here"

    # Writing.
    up_to: str = "Up to {most} letters"
    up_to_in_all: str = "Up to {most} letters in all"
    letters_left: str = "{left} letters left"
    letters_over: str = "{over} letters too many"
    who_may_read: str = "Who may read this?"

    # Problems.
    problem: str = "There is a problem"
    error: str = "Error:"

    # Results.
    bars_caption: str = "How many {unit} for each answer"
    ranking_caption: str = "The order, with the numbers behind it"
    distribution_caption: str = "How many {unit} gave each answer"
    answer: str = "Answer"
    place_heading: str = "Place"
    # Not "most": beside a count of people that says more than half of them.
    most: str = "highest"
    joint_most: str = "joint highest"
    joint: str = "joint"
    caution: str = "Please note:"


_WORDS: Final = {"en": Words()}


def words_for(language: str) -> Words:
    """The words in `language`, or in English where there are none yet."""
    return _WORDS.get(language, _WORDS["en"])
