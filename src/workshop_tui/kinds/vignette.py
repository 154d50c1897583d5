"""Stories of care: a few small questions or free text, and who may read it, chosen by the one who tells it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from msgspec import Struct, field

from workshop_tui.domain.activity import Config, Example, Fields, Gathering, Noun, Setting
from workshop_tui.domain.blocks import AddMore, ChooseLevel, FormBlock, Quote, Words, WriteText
from workshop_tui.domain.consent import LEVELS, ROOM_ONLY, at_most
from workshop_tui.domain.text import clean_line, has_words, must_fit, read_text
from workshop_tui.errors import BallotRejected
from workshop_tui.kinds.around_stories import NAMES, OWN_LETTERS, Beside, groups_of, names_of, needs_both, read_beside
from workshop_tui.kinds.options import picked
from workshop_tui.kinds.short_texts import NO_WORDS
from workshop_tui.limits import STORY_LETTERS
from workshop_tui.messages import Listed, Message, Text, Verbatim, counted, tr, trn

FREE = "story"
"""The name of the one box of a free text."""

_WHOLE: Final = tr("Your story")

LEVEL = "level"
"""The field that says who may read the story."""

QUESTIONS: Final[dict[str, Message]] = {
    "situation": tr("What was going on?"),
    "what_happened": tr("What happened?"),
    "how_it_felt": tr("How did it feel?"),
    "what_should_change": tr("What should be different?"),
}
"""The usual four questions, by part; an agenda may word them otherwise or add its own."""

TAKEN: Final = frozenset((FREE, LEVEL, "csrf", "go", "move", "pick", "sid", "skip", "step", "token", *NAMES))
"""Names of other fields of a form: no part may have one."""

MOST_PARTS: Final = 8
"""Most questions of one story; each is a box on a small phone."""

MOST_WORDS: Final = 24
"""Most touchpoints and most feelings that an agenda lists."""

_MORE: Final = tr("Add more")


class VignetteConfig(Config, frozen=True, kw_only=True):
    """What an agenda says of stories."""

    settings: ClassVar[Mapping[str, Setting | None]] = {
        "parts": Setting(
            label=tr("Parts of a story, one to a line"),
            hint=tr("Names in small letters, such as what_happened. Leave it empty for free text."),
        ),
        "labels": Setting(
            label=tr("The words of parts, one to a line"),
            hint=tr("The part, a colon, then its question, such as “how_it_felt: How did it feel?”."),
        ),
        "touchpoints": Setting(label=tr("Places and moments to choose from, one to a line")),
        "feelings": Setting(label=tr("Words for how it felt, one to a line; empty for the usual ones")),
    }

    parts: tuple[str, ...] = tuple(QUESTIONS)
    """The questions, by the names in `QUESTIONS` or by new ones that `labels` words; () for free text."""
    labels: dict[str, str] = field(default_factory=dict)
    """The wording of questions, by part, where it is to differ from the usual one."""
    touchpoints: tuple[str, ...] = ()
    """Places and moments of care to choose from beside a story, besides one's own words."""
    feelings: tuple[str, ...] = ()
    """Words for how it felt; () for the usual ones."""

    def label(self, part: str) -> Text:
        """The words of a question; empty for free text."""
        own = self.labels.get(part, "")
        return own or QUESTIONS.get(part, "")


class Story(Struct, frozen=True, order=True, omit_defaults=True):
    """One story and who may read it."""

    parts: tuple[tuple[str, str], ...]
    """(part, words) in the order of the questions, those with words only; the part of free text is "story"."""
    level: str
    """"C0" to "C4": see `domain.consent`."""
    beside: Beside = ()
    """What was said besides, by the names of `kinds.around_stories`."""


class Vignette(Gathering[VignetteConfig, Story]):
    """Stories, each with its own consent."""

    kind = "vignette"
    title = tr("stories")
    noun = Noun(
        one=tr("Story"),
        many=tr("Stories"),
        given=tr("Stories given"),
        none_given=tr("No stories were given."),
        counted=counted("{n} story", "{n} stories"),
        from_room=tr("A story from this room"),
    )
    config_type = VignetteConfig
    ballot_type = Story
    asks_consent: ClassVar[bool] = True

    def problem(self, config: VignetteConfig) -> Text:
        """What is wrong with the questions."""
        if len(config.parts) > MOST_PARTS:
            return trn(
                "There is {n} part; a small phone has room for {most}.",
                "There are {n} parts; a small phone has room for {most}.",
                len(config.parts),
                most=MOST_PARTS,
            )
        for at, part in enumerate(config.parts):
            if not (part.isascii() and part.isidentifier()) or part in TAKEN:
                return tr(
                    "A part cannot be called “{part}”. Use small letters and _, such as {example}.",
                    part=clean_line(part),
                    example=Verbatim("what_happened"),
                )
            if part in config.parts[:at]:
                return tr("The part “{part}” is there twice.", part=Verbatim(part))
            label = config.label(part)
            if isinstance(label, str) and not has_words(clean_line(label)):
                example = Verbatim(f'labels = {{ {part} = "…?" }}')
                return tr(
                    "The part “{part}” has no question. Add one: {example}.", part=Verbatim(part), example=example
                )
        for key, words in (("touchpoints", config.touchpoints), ("feelings", config.feelings)):
            cleaned = [clean_line(each) for each in words]
            if len(words) > MOST_WORDS or len({*cleaned}) < len(words) or not all(map(has_words, cleaned)):
                return tr("{key} needs up to {most} words, each with letters and each once.",
                          key=Verbatim(key), most=MOST_WORDS)  # fmt: skip
        unused = [part for part in config.labels if part not in config.parts]
        if unused:
            return tr(
                "{key} words “{part}”, which is not one of the parts.",
                key=Verbatim("labels"),
                part=clean_line(unused[0]),
            )
        return ""

    def ask(self, config: VignetteConfig) -> tuple[FormBlock, ...]:
        """The questions, or one large box; then who may read it, and what may be said besides."""
        level = ChooseLevel(name=LEVEL, levels=LEVELS)
        more = AddMore(_MORE, groups_of(config.touchpoints, config.feelings), OWN_LETTERS)
        if not config.parts:
            return (WriteText(name=FREE, label=_WHOLE, most=STORY_LETTERS, rows=8), level, more)
        boxes = (
            WriteText(name=part, label=config.label(part), most=STORY_LETTERS, rows=3, together=len(config.parts) > 1)
            for part in config.parts
        )
        return (*boxes, level, more)

    def read(self, config: VignetteConfig, fields: Fields) -> Story:
        """The story: every question may be left out, but not all of them."""
        names = config.parts or (FREE,)
        parts: list[tuple[str, str]] = []
        for name in names:
            question = config.label(name)
            label = tr("Your answer to “{question}”", question=question) if question else _WHOLE
            words = read_text("\n".join(fields.get(name, ())), STORY_LETTERS, label, field=name)
            if words:
                parts.append((name, words))
        if not parts:
            raise BallotRejected(NO_WORDS, field=names[0])
        must_fit(sum(len(words) for _, words in parts), STORY_LETTERS, tr("Your whole story"), field=parts[0][0])
        beside = read_beside(groups_of(config.touchpoints, config.feelings), fields)
        return Story(tuple(parts), _level(fields), beside)

    def rows(self, config: VignetteConfig, said: Story) -> dict[str, str | int]:
        """One column for each question and each thing said besides, empty where nothing was, and the consent.

        Other words have one more. Who wants a young person's story told is for whoever shows it, and in no file.
        """
        words = dict(said.parts)
        parts = dict.fromkeys((*(config.parts or (FREE,)), *words))
        chosen = dict(said.beside)
        names = names_of(groups_of(config.touchpoints, config.feelings))
        beside = {name.replace(".", "_"): ", ".join(chosen.get(name, ())) for name in names if name != "young"}
        return {**{part: words.get(part, "") for part in parts}, **beside, "consent": said.level}

    def reworded(self, said: Story, words: str) -> Story:
        """Other words as one free text: they answer no single question."""
        return Story(((FREE, words),), said.level, said.beside)

    def quote(self, config: VignetteConfig, said: Story) -> Quote:
        """The words under their questions."""
        return Quote(parts=tuple((config.label(part), words) for part, words in said.parts))

    def beside(self, config: VignetteConfig, said: Story) -> tuple[tuple[Words, Words], ...]:
        """Under what it was asked as, in the words that were chosen."""
        groups = {each.name: each for each in groups_of(config.touchpoints, config.feelings)}
        return tuple(
            (group.label, Listed(tuple(dict(group.choices).get(each, each) for each in chosen)))
            for name, chosen in said.beside
            if (group := groups.get(name.partition(".")[0])) is not None
        )

    def consent(self, said: Story) -> str:
        """The level its owner chose; C1 at most while a young person's wish or a parent's agreement is missing."""
        return at_most(said.level, ROOM_ONLY) if needs_both(said.beside) else said.level

    def warnings(self, said: Story) -> tuple[str, ...]:
        """What its teller wants people to be warned of."""
        return dict(said.beside).get("warnings", ())

    def examples(self) -> Example[VignetteConfig]:
        """The usual four questions."""
        return Example(
            config=VignetteConfig(),
            answers=(
                {
                    "situation": ["A boy of six, three therapists, three places"],
                    "what_happened": ["I told his story to nine people.\n\nHe listened each time."],
                    "how_it_felt": ["Worn out"],
                    "what_should_change": ["Read what is written before you ask us"],
                    LEVEL: ["C3"],
                },
                {"what_happened": ["Good nurse."], LEVEL: ["C0"]},
                {"how_it_felt": ["😀"], "what_happened": [" "], LEVEL: ["C1"]},
                {"what_happened": ["x" * STORY_LETTERS], LEVEL: ["C4"]},
            ),
            junk=(
                {},
                {LEVEL: ["C2"]},
                {"what_happened": ["Good nurse."]},
                {"what_happened": [" \u200b\n"], LEVEL: ["C2"]},
                {"what_happened": ["Good nurse."], LEVEL: ["C5"]},
                {"what_happened": ["Good nurse."], LEVEL: ["C1", "C4"]},
                {"what_happened": ["x" * (STORY_LETTERS + 1)], LEVEL: ["C0"]},
                {"what_happened": ["x" * STORY_LETTERS], "how_it_felt": ["y"], LEVEL: ["C0"]},
            ),
        )


def _level(fields: Fields) -> str:
    """The level that was chosen: none is made for anybody."""
    chosen = picked(LEVEL, fields)
    if len(chosen) != 1 or not chosen <= {level for level, _ in LEVELS}:
        raise BallotRejected(tr("Please choose who may read your story."), field=LEVEL)
    return chosen.pop()
