"""The command line's own way of saying messages: in the language of whoever types, its help too.

The few words that click itself brings ("Usage", "Options", what it says of a wrong option) stay English.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

import click

from workshop_tui.errors import SettingsError, WorkshopError
from workshop_tui.locales import LANGUAGE_VARIABLE, catalogues, speaks, system_language, translator_for
from workshop_tui.messages import Listed, Message, Sentences, Translator, Verbatim, tr


class Voice:
    """Says things on the terminal.

    Args:
        environ: Says which language this computer is set to, and passes another choice on to a room that is started.
    """

    def __init__(self, environ: MutableMapping[str, str]) -> None:
        self._environ = environ

    def choose(self, tag: str) -> None:
        """Go on in this language.

        Raises:
            SettingsError: there is no such catalogue.
        """
        if not speaks(tag):
            known = Listed(tuple(map(Verbatim, ("en", *catalogues()))), "or")
            raise SettingsError(
                tr("This program does not speak “{tag}”.", tag=Verbatim(tag)),
                advice=tr("Give {option} one of: {known}.", option=Verbatim("--language"), known=known),
            )
        self._environ[LANGUAGE_VARIABLE] = tag

    @property
    def translator(self) -> Translator:
        """Who says it in the language of this computer, or the one chosen."""
        return translator_for(system_language(self._environ))

    def text(self, said: Sentences) -> str:
        """It, in that language."""
        return self.translator.text(said)

    def say(self, said: Sentences, *, err: bool = False) -> None:
        """Print it on a line."""
        click.echo(self.text(said), err=err)

    def complain(self, problem: WorkshopError) -> None:
        """Say what went wrong and what to do next."""
        click.echo(f"workshop-tui: {self.text(problem.message)}", err=True)
        for line in (problem.advice, *problem.lines):
            if line:
                click.echo(f"  {self.text(line)}", err=True)


class SaidCommand(click.Command):
    """A command whose help is messages.

    Args:
        said: The paragraphs of its help.
        short: What the list of commands says of it; None for the first sentence.
    """

    def __init__(self, *args: Any, said: tuple[Message, ...] = (), short: Message | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._said = said
        self._short = short

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its paragraphs."""
        self.help = "\n\n".join(map(_voice(ctx).text, self._said))
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its line in the list of commands."""
        self.help = _voice(click.get_current_context()).text(self._short or self._said[0])
        return super().get_short_help_str(limit)


class SaidGroup(SaidCommand, click.Group):
    """The same for a command that has others below it."""

    command_class = SaidCommand


class SaidOption(click.Option):
    """An option whose help is a message."""

    def __init__(self, *args: Any, said: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its line in the list of options."""
        self.help = _voice(ctx).text(self._said)
        return super().get_help_record(ctx)


def option(*names: str, said: Message, **kwargs: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`click.option` whose help is a message."""
    return click.option(*names, cls=SaidOption, said=said, **kwargs)


def _voice(ctx: click.Context) -> Voice:
    return ctx.find_object(Voice) or Voice({})
