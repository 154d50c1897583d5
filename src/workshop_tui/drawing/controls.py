"""What drawings share: small pieces of HTML, values typed so far, the error beside a field, an option's words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from markupsafe import Markup
from msgspec import Struct

from workshop_tui.domain.activity import Fields
from workshop_tui.domain.blocks import Choice, Option
from workshop_tui.messages import Message, Place, Text, Translator, tr

NOTHING = Markup("")
LEFT = Markup('<p class="left"{whole}>{said}</p>\n')
"""How much is left to give: the page's script writes it anew, so it has the language itself."""
ERROR = tr("Error:")
"""Before what is wrong. Where the script says what is wrong, it is in the language of this word."""


def field_id(name: str) -> str:
    """The id of the control (or group) with this field name, for links to it."""
    return f"f-{name}"


def when(shown: bool, attribute: str) -> Markup:
    """An attribute or a piece of HTML of our own, or nothing; never for words from outside."""
    return Markup(attribute) if shown else NOTHING  # noqa: S704 - only literals of this package come here


def join(parts: Sequence[Markup]) -> Markup:
    """Pieces of HTML, one after the other."""
    return NOTHING.join(parts)


def captioned(said: Place, of: Message | None, translator: Translator) -> Markup:
    """What stands over a table, and for those who hear it or go from table to table, what the table is of."""
    aside = Markup(' <span class="of">({})</span>').format(translator.html(of)) if of is not None else NOTHING
    return translator.html(said) + aside


def letter(said: str) -> Markup:
    """The capital letter of an option, before its words; nothing where it has none."""
    return Markup('<b class="letter">{}</b> ').format(said) if said else NOTHING


class FormDrawing(Struct, frozen=True, kw_only=True):
    """What every control of one form needs to know."""

    values: Fields
    """What this phone posted last."""
    translator: Translator
    """Says the words in the language of the phone."""
    field: str = ""
    """The field that is wrong, or the group it is in; empty for none."""
    error: Text = ""
    """What is wrong; empty for nothing."""
    seed: int = 0
    """This phone's own number, for shuffled options."""
    labelled_by: str = ""
    """The id of the page's heading."""
    pressed: str = ""
    """The value of the small button that was pressed last; empty for none."""

    def text(self, said: Place) -> str:
        """A text for an attribute."""
        return self.translator.text(said)

    def html(self, said: Place | tuple[Text, ...]) -> Markup:
        """A text, or several sentences, for an element."""
        return self.translator.html(said)

    def value(self, name: str) -> str:
        """What was posted last for this field, as typed; empty for nothing."""
        given = self.values.get(name, ())
        return given[-1] if given else ""

    def message(self, name: str, *, within: bool = True) -> Markup:
        """The place beside a control for its error; always there, for the script to fill.

        Args:
            name: The field, or the group of fields.
            within: Whether a group also says what is wrong with one of its fields.
        """
        if not self._wrong(name) or not (within or self.field == name):
            return Markup('<p class="field-error" id="e-{}"{} hidden></p>\n').format(name, self.translator.marks(ERROR))
        whole = self.translator.whole(ERROR, self.error)
        return Markup('<p class="field-error" id="e-{}"{}><strong>{}</strong> {}</p>\n').format(
            name, whole, self.html(ERROR), self.html(self.error)
        )

    def invalid(self, name: str) -> Markup:
        """The attribute that tells a screen reader that this control is the wrong one."""
        return when(self._wrong(name), ' aria-invalid="true"')

    def focus(self, button: str) -> Markup:
        """The attribute that brings a page without JavaScript back to the button that was pressed."""
        return when(self.pressed == button, " autofocus")

    def option(self, option: Option | Choice) -> Markup:
        """An option's words; the room may have written them, so their direction is their own."""
        return self.html(option.words)

    def lettered_text(self, option: Option | Choice) -> str:
        """The same where a text has no parts: in a list to choose from."""
        return " ".join(filter(None, (_capital(option), self.text(option.words))))

    def lettered(self, option: Option | Choice) -> Markup:
        """An option's words after the letter that the screen shows; both are read out, as on every other page."""
        return letter(_capital(option)) + self.option(option)

    def _wrong(self, name: str) -> bool:
        return bool(self.error) and (self.field == name or self.field.startswith(name + "."))


def _capital(option: Option | Choice) -> str:
    """The letter that the screen shows before an option; empty for a step of a scale, or another key of ours."""
    is_letter = len(option.key) == 1 and option.key.isascii() and option.key.isalpha()
    return option.key.upper() if is_letter else ""


def cards(
    name: str,
    options: Sequence[tuple[str, Markup]],
    chosen: Collection[str],
    *,
    kind: Literal["radio", "checkbox"] = "radio",
    counts: Mapping[str, int] | None = None,
    described: bool = True,
) -> Markup:
    """Radio buttons, or boxes to tick, whose whole card can be tapped.

    Args:
        name: The field.
        options: (value, words).
        chosen: The values that are chosen.
        kind: What the controls are.
        counts: What each value counts towards a limit, for the page's script.
        described: Whether there is a place beside them for what is wrong, and a link to it from the top of the page.
    """
    about = Markup(' id="{}" aria-describedby="e-{}"').format(field_id(name), name) if described else NOTHING
    lines = [
        Markup('<label class="card"><input type="{}" name="{}" value="{}"{}{}{}> <span>{}</span></label>\n').format(
            kind,
            name,
            value,
            Markup(' data-cost="{}"').format(counts[value]) if counts else NOTHING,
            about if first else NOTHING,
            when(value in chosen, " checked"),
            words,
        )
        for first, (value, words) in zip([True, *[False] * len(options)], options, strict=False)
    ]
    return join(lines)
