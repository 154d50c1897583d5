"""The two contracts of a kind of activity: what a poll is and what a gathering is.

A kind is one pure file. It reads what the agenda says into a config, asks in form blocks, reads what a phone
sent, and (a poll) counts a profile and shows the result in view blocks. Everything else, from consent to
redrawing a console, belongs to the room and is done once for all kinds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, Generic, Literal, TypeVar

from msgspec import Struct

from workshop_tui.domain.blocks import FormBlock, Option, Quote, ViewBlock, Words, text_fields
from workshop_tui.domain.plain_profiles import PlainProfile
from workshop_tui.messages import Counted, Message, Quoted, Sentences, Text, tr

Fields = Mapping[str, Sequence[str]]
"""What a phone posted, by field name, in the order sent; every text already passed the cleaning door."""

SentFields = dict[str, list[str]]
"""Fields with which a form can be drawn again as one person sent it."""

Reader = Literal["facilitator", "room"]
"""Who may ever read a contribution of a kind: only the facilitator, or the room after moderation."""


class Setting(Struct, frozen=True, kw_only=True):
    """How a key of a config is asked for at a desk; what can be typed or chosen there follows from its type."""

    label: Message
    hint: Message | None = None
    needed: bool = False
    """Whether a question is nothing without it; all others have a default that is right most of the time."""
    choices: Mapping[str, Message] = {}
    """The words of each value, for a key that is one of a few."""
    is_title: bool = False
    """Whether it names an earlier item by its title."""


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an agenda may say of every kind; kinds add their own keys in a subclass."""

    settings: ClassVar[Mapping[str, Setting | None]] = {}
    """What a desk asks for each key that the class adds; None for one that this kind has no use for."""


def settings_of(config_type: type[Config]) -> dict[str, Setting]:
    """What a desk asks for each key of a config: what stands by every option first, then the kind's own keys."""
    found: dict[str, Setting | None] = {}
    for each in reversed(config_type.__mro__):
        found.update(each.__dict__.get("settings", {}))
    own = {name: None for each in config_type.__mro__ if each is not OptionsConfig for name in _own(each)}
    order = [name for name in ("options", *own, *found) if name in found]
    return {name: setting for name in dict.fromkeys(order) if (setting := found[name]) is not None}


def _own(config_type: type) -> Mapping[str, object]:
    settings: Mapping[str, object] = config_type.__dict__.get("settings", {})
    return settings


class OptionsConfig(Config, frozen=True, kw_only=True):
    """The keys of kinds that choose between options."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "options": Setting(label=tr("Options of a vote, one to a line"), needed=True),
        "options_from": Setting(
            label=tr("Where the options come from"),
            choices={
                "": tr("They are typed here"),
                "ideas": tr("You choose them from the room's ideas"),
                "leaders": tr("The first places of an earlier item"),
            },
        ),
        "leaders_of": Setting(label=tr("First places of which item"), is_title=True),
        "leaders": Setting(label=tr("How many first places go on")),
        "ties": Setting(
            label=tr("When the first place ties"),
            choices={"report": tr("It stays a tie"), "facilitator": tr("You may name one and say why")},
        ),
    }
    fewest: ClassVar[int] = 2
    """How many options there have to be at least; 1 where each stands for itself, 0 where none are needed."""
    options: tuple[Option, ...] = ()
    """The options, in agenda order; empty until the facilitator has chosen ideas (`options_from`)."""
    options_from: Literal["", "ideas", "leaders"] = ""
    """Where the options come from: "" for the agenda, "ideas" for what the room said, "leaders" for the best places of
    an earlier item."""
    leaders_of: str = ""
    """The title of that earlier item; empty unless `options_from` is "leaders"."""
    leaders: int = 2
    """How many go on, 2 or more; those that tie at the edge all do."""
    ties: Literal["report", "facilitator"] = "report"
    """What happens when the first place ties: it stays a tie, or the facilitator may name one and say why."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the options, in agenda order."""
        return tuple(option.key for option in self.options)

    @property
    def words(self) -> dict[str, Quoted]:
        """The words of the options by their keys, in agenda order."""
        return {option.key: option.words for option in self.options}


C = TypeVar("C", bound=Config)
B = TypeVar("B", bound=Struct)
R = TypeVar("R", bound=Struct)


class Example(Struct, Generic[C], frozen=True):
    """One worked example: feeds the contract tests, the docs and the demo."""

    config: C
    answers: tuple[dict[str, list[str]], ...]
    """Form fields that must be accepted."""
    junk: tuple[dict[str, list[str]], ...]
    """Form fields that must be refused."""


class Kind(ABC, Generic[C, B]):
    """What polls and gatherings share."""

    kind: ClassVar[str]
    """Stable name in agendas and session files; never renamed."""
    title: ClassVar[Message]
    """What people call it, as a noun: "one choice"."""
    config_type: type[C]
    ballot_type: type[B]

    @abstractmethod
    def ask(self, config: C) -> tuple[FormBlock, ...]:
        """The form, as blocks."""

    @abstractmethod
    def read(self, config: C, fields: Fields) -> B:
        """What one person said, in canonical form: equal answers are equal values.

        Raises:
            BallotRejected: the fields do not fit; the message is for the person at the phone.
        """

    @abstractmethod
    def examples(self) -> Example[C]:
        """One worked example, used as test data, as documentation and by the simulated people."""

    def problem(self, config: C) -> Text:
        """What is wrong with a config that the types alone cannot see, in words; empty when nothing is."""
        return ""


REASONS_SEEN: Final = tr(
    "Your reason is kept without your name. The people running today read it first, "
    "and only what they let through is in the report. Please do not use names."
)
"""Who sees what of an answer with a reason in a person's own words."""


class Explained(Struct, frozen=True):
    """One reason as a line of a table."""

    option: str
    """The key of the option whose answer it explains; empty for the answer to the question itself."""
    answer: Words
    """The answer, as the form words it."""
    words: str
    """Why, in the person's own words."""
    name: str = ""
    """The name that its owner chose, where a ballot has one."""


class Poll(Kind[C, B], Generic[C, B, R]):
    """One live ballot per person, counted.

    What is counted is a bare ballot (`bare`): `tally`, `rows`, `plain_profile` and all other methods that take a ballot
    or a profile get no others. The reasons beside it (`reasons`) are kept apart from it.
    """

    has_groups: ClassVar[bool] = True
    """Whether ballots of staff and of the public are counted apart where people said who they are (`domain.roles`).

    False for a kind whose answers together could tell whose they are.
    """
    is_named: ClassVar[bool] = False
    """Whether a ballot carries a name that its owner chose: the form then says so in plain words.

    The result is shown to nobody while the vote is open, and phones never say that no name is asked.
    """

    is_apart: ClassVar[bool] = False
    """Whether what a person answered may be joined with nothing at all, not even with their other answers here.

    Ballots are then in no export and the question cannot be asked twice; numbers are told rounded, to everybody, and
    the result to nobody while the vote is open (`honesty.coarse`).
    """

    def who_sees(self, config: C) -> Sentences:
        """Who sees what of an answer: words for the phone, above the form and after sending."""
        if self.is_named:
            return tr("Your answer is kept with the name you choose. Nothing is shown before the question is closed.")
        if text_fields(self.ask(config)):
            return REASONS_SEEN
        return tr("Nobody can see who chose what. We only show numbers, and only when the question is closed.")

    @abstractmethod
    def fields_of(self, config: C, ballot: B) -> SentFields:
        """The fields of which `read` makes this ballot: what a phone shows as its answer, and begins a change with.

        A bare ballot gives those of the answer, each of `reasons` those of what it explains and of its words.
        """

    @abstractmethod
    def tally(self, config: C, profile: Mapping[B, int]) -> R:
        """The result of counts of distinct ballots; independent of order; an empty profile is legal."""

    @abstractmethod
    def show(self, config: C, result: R) -> tuple[ViewBlock, ...]:
        """The result as blocks; ties are shown as ties."""

    @abstractmethod
    def rows(self, config: C, ballot: B) -> dict[str, str | int]:
        """One ballot as a line of a table, by column name; every ballot of a config has the same columns.

        No columns mean that a ballot is a line of no table, because its answers together could tell whose it is.
        """

    def bare(self, ballot: B) -> B:
        """The answer without anybody's words: what is counted."""
        return ballot

    def reasons(self, ballot: B) -> tuple[B, ...]:
        """The reasons in a ballot, each as a ballot that holds the one thing explained, with its words, and no more."""
        return ()

    def reworded(self, reason: B, words: str) -> B:
        """One of `reasons` in the facilitator's words; a kind that does not say how shows none."""
        return self.bare(reason)

    def explained(self, config: C, reason: B) -> Explained | None:
        """One of `reasons` as a line of a table; None for a ballot that explains nothing."""
        return None

    def details(self, config: C, profile: Mapping[B, int], reasons: Sequence[B] = ()) -> tuple[ViewBlock, ...]:
        """What the facilitator and the report see beside the result, and phones and the screen never do.

        Other ways of counting, tables behind the result, the words people gave as reasons. The words in a result
        itself (`show`) are only ever the agenda's and the facilitator's.

        Args:
            config: What was asked.
            profile: Counts of distinct ballots.
            reasons: What people gave as reasons, each for itself (`reasons`), in an order that tells nothing.
        """
        return ()

    def details_with(
        self, config: C, profile: Mapping[B, int], reasons: Sequence[B], earlier: Earlier
    ) -> tuple[ViewBlock, ...]:
        """The same where the config was filled from an earlier item: with what single ballots there say, if need be.

        Args:
            config: What was asked.
            profile: Counts of distinct ballots.
            reasons: What people gave as reasons, as in `details`.
            earlier: The round of the earlier item that the config was filled from.
        """
        return self.details(config, profile, reasons)

    def plain_profile(self, config: C, profile: Mapping[B, int]) -> PlainProfile | None:
        """The ballots as plain orders, approvals, points or scores: for counting rules and public file formats.

        None for a kind whose answers are none of these, or together could tell whose they are. Texts stay out.
        """
        return None

    def places(self, config: C, profile: Mapping[B, int]) -> tuple[tuple[str, ...], ...]:
        """The keys of the options by the declared rule, best place first, those that tie together.

        Empty for a kind that puts nothing in order, and where nobody answered.
        """
        return ()

    def stance(self, ballot: B) -> object:
        """What of a ballot is the answer itself: who gives another one a second time has changed their mind."""
        return ballot

    def set_apart(self, profile: Mapping[B, int]) -> Mapping[B, int]:
        """What is kept of the ballots once nobody can change theirs: as many, and counted they are the same.

        For a kind with `is_apart`: nothing that one person answered is then beside anything else they answered.
        """
        return profile

    def recall(self, config: C, mine: B | None, profile: Mapping[B, int]) -> Sentences:
        """What stands above the form when a question is asked again: one's own earlier answer and the group's middle.

        Args:
            config: What was asked.
            mine: What this person said the first time; None where they did not answer.
            profile: What everybody said the first time; empty as long as the room has not seen it.

        Returns:
            A few sentences for that phone alone; empty for a kind that recalls nothing.
        """
        return ""

    def earlier(self, config: C) -> str:
        """The title of an earlier item whose result this config is filled from; empty for none.

        Its vote can only be opened once that item has a counted round, and `fill` is then asked for the config.
        """
        return ""

    def misfit(self, config: C, earlier: Earlier) -> Text:
        """Why the item named by `earlier` cannot be the one, in words; empty when it can.

        Asked when an agenda is read, then with a profile of no ballots, and again when the vote opens.
        """
        return ""

    def fill(self, config: C, earlier: Earlier) -> C:
        """The config with what it takes from the earlier item's newest counted round.

        It is journalled with the opening of the vote and never forgotten: sums, orders and medians may be in it, the
        words or the choices of a single ballot never.

        Raises:
            CommandRefused: what was counted is of no use; the message says what to do.
        """
        return config


class Earlier(Struct, frozen=True):
    """The newest counted round of an earlier item, as `Poll.fill` gets it."""

    title: str
    """The item's title."""
    poll: AnyPoll
    """Its kind. Kinds do not import each other: `plain_profile` and `places` say what can be known of any."""
    config: Any
    """The config it was asked with, in its kind's own type."""
    profile: Mapping[Any, int]
    """Counts of distinct ballots, in its kind's own type."""
    chosen: str = ""
    """The key of the option that the facilitator chose out of a tied first place; empty where nobody had to."""

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return self.poll.kind

    @property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """The keys of its options by its declared rule, best first, those that tie together."""
        return with_choice(self.poll.places(self.config, self.profile), self.chosen)

    @property
    def plain(self) -> PlainProfile | None:
        """Its ballots as plain data; None where its kind has none."""
        found: PlainProfile | None = self.poll.plain_profile(self.config, self.profile)
        return found


def with_choice(places: tuple[tuple[str, ...], ...], chosen: str) -> tuple[tuple[str, ...], ...]:
    """Places in which what the facilitator chose out of a tied first place stands alone before the others of it.

    Args:
        places: Keys, best place first, those that tie together.
        chosen: The key that was chosen; empty for none.
    """
    if not places or chosen not in places[0] or len(places[0]) < 2:
        return places
    return ((chosen,), tuple(key for key in places[0] if key != chosen), *places[1:])


class Noun(Struct, frozen=True):
    """What contributions of one kind are called."""

    one: Message
    """One of them, as a heading: "Idea"."""
    many: Message
    """Several, as a heading: "Ideas"."""
    given: Message
    """What stands before how many there were: "Ideas given"."""
    none_given: Message
    """That there were none, as a sentence: "No ideas were given."."""
    counted: Counted
    """So many of them: "{n} ideas"."""
    from_room: Message
    """What stands above one of them on the big screen: "An idea from this room"."""


class Gathering(Kind[C, B], Generic[C, B]):
    """Many contributions, moderated."""

    noun: ClassVar[Noun]
    """What one and several of them are called, in the console and in reports."""
    several: ClassVar[bool] = False
    """Whether people have more than one to give: the form is there again as soon as one was sent."""
    readers: ClassVar[Reader] = "room"
    asks_consent: ClassVar[bool] = False
    """Whether each contribution carries its own consent level; without it a contribution is for the room."""
    upvoted: ClassVar[bool] = False
    """Whether phones see what was approved and say "I want to know this too", and each can be marked as answered."""
    promises: ClassVar[bool] = False
    """Whether each of them is a promise: the room is shown once more at the end what was promised."""

    @abstractmethod
    def quote(self, config: C, said: B) -> Quote:
        """One contribution as words to show."""

    @abstractmethod
    def reworded(self, said: B, words: str) -> B:
        """One contribution with the facilitator's words in place of all its own; who may read it stays."""

    @abstractmethod
    def rows(self, config: C, said: B) -> dict[str, str | int]:
        """One contribution as a line of a table, by column name."""

    def beside(self, config: C, said: B) -> tuple[tuple[Words, Words], ...]:
        """What was said besides, for the desk alone, as (heading, words); most kinds ask for nothing."""
        del config, said
        return ()

    def consent(self, said: B) -> str:
        """The consent level its owner chose ("C0" to "C4"); "C2" where the kind does not ask."""
        return "C2"

    def warnings(self, said: B) -> tuple[str, ...]:
        """What it speaks of, as its owner said (`domain.content_warnings`); nothing where the kind does not ask."""
        return ()


AnyPoll = Poll[Any, Any, Any]
AnyGathering = Gathering[Any, Any]
AnyKind = AnyPoll | AnyGathering
Kinds = Mapping[str, AnyKind]
"""The registry as a value, by kind name."""
