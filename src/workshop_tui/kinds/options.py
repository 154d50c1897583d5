"""What the kinds that choose between options share: checking the list, reading answers, naming lines of a result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from workshop_tui.domain.activity import Fields, OptionsConfig, SentFields, Setting
from workshop_tui.domain.blocks import Bar, Option, Words
from workshop_tui.domain.honesty import Line
from workshop_tui.domain.passing import SKIP
from workshop_tui.domain.plain_profiles import Candidate
from workshop_tui.domain.text import clean_line, has_words
from workshop_tui.errors import BallotRejected
from workshop_tui.limits import OPTIONS
from workshop_tui.messages import Message, Text, Verbatim, tr, trn

NOT_NUMBERS: Final = (
    "-5", "-0", "+1", "1e9", "NaN", "inf", "1.5", "1,5", "true", " 3", "0x1", "1_0", "\uff13", "\u00b2", "9" * 5000,
)  # fmt: skip
"""What `whole_number` refuses: for the examples of kinds that ask for numbers."""


SHUFFLE: Final = Setting(label=tr("Each phone gets its own order"))
"""What a desk asks for `shuffle`."""

UNKNOWN: Final = tr("One of these answers is not in the list. Please try again.")
"""To a phone that sent what its form did not have: the question was changed meanwhile, or somebody plays."""


def options_problem(config: OptionsConfig) -> Text:
    """What is wrong with the options, in words; empty when nothing is.

    With ``options_from = "ideas"`` the list may still be short: the facilitator fills it during the workshop.
    """
    options = config.options
    if not config.options_from:
        if not options and config.fewest:
            return tr(
                "There are no options. Give at least {fewest}: {example}.",
                fewest=config.fewest,
                example=Verbatim('options = ["Yes", "No"]'),
            )
        if 0 < len(options) < config.fewest:
            only = options[0].text
            return tr("There is only one option, “{option}”. People need at least two to choose from.", option=only)
    if len(options) > OPTIONS:
        return trn(
            "There is {n} option. The screen has letters for {most}: please merge some.",
            "There are {n} options. The screen has letters for {most}: please merge some.",
            len(options),
            most=OPTIONS,
        )
    if len({option.key for option in options}) < len(options) or not all(option.key for option in options):
        return tr("Two options have the same key, or one has none. Each needs its own.")
    texts: set[str] = set()
    for option in options:
        text = clean_line(option.text)
        if not has_words(text):
            return tr("Option {letter} has no words.", letter=Verbatim(option.key.upper()))
        if text.casefold() in texts:
            return tr("“{option}” is there twice. Each option needs its own words.", option=text)
        texts.add(text.casefold())
    return ""


def at_most_all_problem(config: OptionsConfig, key: Verbatim, given: int) -> Text:
    """What is wrong with a setting that says how many of the options; empty when nothing is.

    Options that are still to be gathered are not counted.

    Args:
        config: The options.
        key: The name of the setting.
        given: What the agenda says of it.
    """
    if given <= len(config.options) or config.options_from:
        return ""
    return trn(
        "{key} is {given}, but there is only {n} option.",
        "{key} is {given}, but there are only {n} options.",
        len(config.options),
        key=key,
        given=given,
    )


def names_problem(names: Sequence[str], *, empty: Message, twice: Message) -> Text:
    """What is wrong with names that people tell apart by their words alone; empty when nothing is.

    Args:
        names: Such as the criteria or the evaluators that an agenda lists.
        empty: That one of them has no words.
        twice: That one of them is there twice, and what to do.
    """
    cleaned = [clean_line(name) for name in names]
    if not all(map(has_words, cleaned)):
        return empty
    return twice if len({name.casefold() for name in cleaned}) < len(cleaned) else ""


def whole_number(given: Sequence[str], name: str) -> int:
    """A number as a form sends it: plain digits and nothing else; an empty field is 0.

    `int` would also take signs, spaces, underscores and the digits of other scripts, which no form of ours
    sends; five digits are beyond any number asked for and keep a page of digits from becoming a number.

    Args:
        given: What was posted in this field.
        name: The field, for the message.

    Raises:
        BallotRejected: it is no such number.
    """
    typed = given[0] if given else ""
    if len(given) > 1 or (typed and not (typed.isascii() and typed.isdigit() and len(typed) <= 5)):
        raise BallotRejected(tr("Please give whole numbers, such as 0, 1 or 2."), field=name)
    return int(typed or "0")


def read_shares(field: str, options: Sequence[Option], fields: Fields) -> dict[str, int]:
    """What a phone sent for a `ShareOut`: how many each option got, by key; those that got none are left out.

    Raises:
        BallotRejected: an option that is not in the form, or no whole number.
    """
    names = {f"{field}.{option.key}": option.key for option in options}
    if any(name.startswith(f"{field}.") and name not in names for name in fields):
        raise BallotRejected(UNKNOWN, field=field)
    numbers = {key: whole_number(fields.get(name, ()), name) for name, key in names.items()}
    return {key: number for key, number in numbers.items() if number}


def shares_sent(field: str, shares: Iterable[tuple[str, int]]) -> SentFields:
    """The fields of which `read_shares` makes these numbers by key."""
    return {f"{field}.{key}": [str(number)] for key, number in shares}


def picked(field: str, fields: Fields) -> set[str]:
    """What was picked in a field, whatever it was; a form may send that nothing was as an empty text."""
    return {value for value in fields.get(field, ()) if value}


def read_one(field: str, keys: Collection[str], fields: Fields) -> str:
    """What a phone sent for a `ChooseOne`: the key that was picked.

    Raises:
        BallotRejected: nothing, more than one, or something that is not in the form.
    """
    chosen = picked(field, fields)
    if not chosen:
        raise BallotRejected(tr("Please choose one answer, or press “{skip}”.", skip=SKIP), field=field)
    if len(chosen) > 1:
        raise BallotRejected(tr("Please choose only one answer."), field=field)
    key = chosen.pop()
    if key not in keys:
        raise BallotRejected(tr("That answer is not in the list. Please choose one from the list."), field=field)
    return key


def bars(
    options: Sequence[Option], counts: Mapping[str, int], notes: Mapping[str, tuple[Words, ...]]
) -> tuple[Bar, ...]:
    """The options as bars: most first, those that tie in agenda order, all the highest marked.

    Args:
        options: The options, in agenda order.
        counts: The value of each, by key; those left out count as 0.
        notes: What else to say of a line, by key.
    """
    most = max(counts.values(), default=0)
    lines = [
        Bar(
            label=option.words,
            value=(value := counts.get(option.key, 0)),
            letter=option.key.upper(),
            notes=tuple(note for note in notes.get(option.key, ()) if note != ""),
            leads=value == most and most > 0,
        )
        for option in options
    ]
    return tuple(sorted(lines, key=lambda bar: -bar.value))


def in_words(options: Sequence[Option], counts: Mapping[str, int]) -> tuple[Line, ...]:
    """The counts with the words of their options, in agenda order, for `domain.honesty`."""
    return tuple((option.words, counts.get(option.key, 0)) for option in options)


def candidates(options: Sequence[Option], costs: Sequence[int] = ()) -> tuple[Candidate, ...]:
    """The options as a plain profile names them, in agenda order; with their costs where they have some."""
    return tuple(
        Candidate(key=option.key, name=option.text, cost=costs[at] if costs else 0) for at, option in enumerate(options)
    )
