"""The command line's own way of saying messages: in the language of whoever types, its help too.

The few words that click itself brings ("Usage", "Options", what it says of a wrong option) stay English.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from workshop_tui.errors import EnvironmentProblem, SettingsError, WorkshopError
from workshop_tui.locales import LANGUAGE_VARIABLE, catalogues, speaks, system_language, translator_for
from workshop_tui.messages import Listed, Message, Sentences, Translator, Verbatim, tr
from workshop_tui.messages.translator import LINE_END

if TYPE_CHECKING:
    from workshop_tui.runtime.passphrases import KeyRing

NARROWEST: Final = 40
"""Columns below which lines are left to the terminal."""

LONGEST_SHOWN: Final = 200
"""Letters of a path that leads nowhere that are said again."""

_UNSEEN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys instead of showing it: control codes, turns of direction, and halves of letters."""

_OUR_ISOLATES: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]")
"""The same without the marks that sentences of a language from right to left are written with."""


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
        """Print it, in lines that end at words where somebody reads them on a terminal."""
        self._print(self.text(said), err=err)

    def show(self, path: Path, *, before: str = "") -> None:
        """Print a path on a line of its own, never broken."""
        self.write(before + str(path).replace("\n", LINE_END))

    def write(self, text: str, *, err: bool = False) -> None:
        """Print text as it is laid out. What a terminal would obey is written as JSON writes it, by its number.

        A file may be called anything, so this stands where everything goes out and not where each name is said.
        """
        unseen = _OUR_ISOLATES if self.translator.direction == "rtl" else _UNSEEN
        click.echo(unseen.sub(lambda found: f"\\u{ord(found[0]):04x}", text), err=err)

    def data(self, json: bytes) -> None:
        """Print JSON for programs, whatever letters this terminal has: it is UTF-8, as JSON is."""
        text = _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.decode())
        click.echo(text.encode())

    def complain(self, problem: WorkshopError) -> None:
        """Say what went wrong and what to do next."""
        self._print(f"workshop-tui: {self.text(problem.message)}", err=True)
        for line in (problem.advice, *problem.lines):
            if line:
                self._print(f"  {self.text(line)}", err=True)

    def is_lost(self) -> bool:
        """Whether what is said cannot be written; it is given up then, so that leaving does not try again."""
        try:
            os.write(sys.stdout.fileno(), b"\n")
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
            return True
        return False

    def misused(self, problem: click.ClickException) -> None:
        """Say what click found wrong with how a command was typed, and where its help is."""
        self._print(f"workshop-tui: {problem.format_message()}", err=True)
        context = getattr(problem, "ctx", None)
        if context is not None:
            self._print(
                f"  {self.text(tr('See {command}', command=Verbatim(f'{context.command_path} --help')))}", err=True
            )

    def read_out(self, page: str) -> None:
        """Show a long text: page by page where somebody reads it on a terminal."""
        if sys.stdout.isatty():
            click.echo_via_pager(page)
        else:
            self.write(page)

    def asks(self, question: Sentences) -> str:
        """What somebody types when asked; empty where nobody is there."""
        self.write(self.text(question))
        try:
            return str(click.prompt("", prompt_suffix="> ", default="", show_default=False))
        except click.exceptions.Abort:
            return ""

    @property
    def is_there(self) -> bool:
        """Whether somebody sits at a terminal and can be asked."""
        return sys.stdin is not None and sys.stdin.isatty()

    def asks_unseen(self, question: Sentences) -> str:
        """What somebody types when asked, while nothing is shown. Whoever goes away from it ends the command."""
        self.write(self.text(question))
        return str(click.prompt("", prompt_suffix="> ", default="", show_default=False, hide_input=True))

    def _print(self, text: str, *, err: bool) -> None:
        self.write(_at_words(text) if (sys.stderr if err else sys.stdout).isatty() else text, err=err)


def _at_words(text: str) -> str:
    """Text in lines no longer than the terminal is wide, each further one below the words of the first."""
    columns = shutil.get_terminal_size().columns
    if columns < NARROWEST:
        return text
    lines = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip(" ")) + 2)
        wrapped = textwrap.wrap(
            line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False,
            replace_whitespace=False, expand_tabs=False,
        )  # fmt: skip
        lines += wrapped or [""]
    return "\n".join(lines)


def unwritten(problem: OSError) -> EnvironmentProblem:
    """What was to be printed could not be: the disk of the file it goes to is full, say."""
    why = Verbatim(problem.strerror or str(problem))
    return EnvironmentProblem(
        tr("The output cannot be written ({why}).", why=why), advice=tr("Send it to another place, and try again.")
    )


class PathType(click.Path):
    """A path that somebody typed.

    What it leads to is looked at where it is used, and told in our words there; here is refused what no system can
    follow.
    """

    def __init__(self, path_type: type = Path) -> None:
        super().__init__(path_type=path_type, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            SettingsError: it is too long, or a link that leads to itself.
        """
        converted = super().convert(value, param, ctx)
        try:
            os.stat(converted)  # noqa: PTH116 - a path, or the same as a text
        except OSError as problem:
            if problem.errno in (errno.ENAMETOOLONG, errno.ELOOP):
                raise SettingsError(
                    tr(
                        "{path} leads nowhere: {why}.",
                        path=Verbatim(_short(str(converted))),
                        why=tr("a name in it is too long")
                        if problem.errno == errno.ENAMETOOLONG
                        else tr("it is a link that leads to itself"),
                    )
                ) from problem
        return converted


def _short(path: str) -> str:
    return path if len(path) <= LONGEST_SHOWN else f"{path[:LONGEST_SHOWN]}…"


class SaidCommand(click.Command):
    """A command whose help is messages.

    Args:
        said: The paragraphs of its help.
        short: What the list of commands says of it; None for the first sentence.
        examples: What one may type, as it is typed.
        names: What can be named and is called the same in every language, below a heading.
    """

    def __init__(
        self, *args: Any, said: tuple[Message, ...] = (), short: Message | None = None, examples: tuple[str, ...] = (),
        names: tuple[Message, Sequence[str]] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._said = said
        self._short = short
        self._examples = examples
        self._names = names

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its paragraphs."""
        self.help = "\n\n".join(map(_voice(ctx).text, self._said))
        super().format_help_text(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its examples and lists."""
        voice = _voice(ctx)
        if self._examples:
            with formatter.section(voice.text(tr("Examples"))):
                for example in self._examples:
                    formatter.write(f"{'':{formatter.current_indent}}{example}\n")
        if self._names:
            heading, names = self._names
            with formatter.section(voice.text(heading)):
                width = formatter.width - formatter.current_indent
                for line in textwrap.wrap(", ".join(names), width, break_on_hyphens=False):
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")

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


PASSPHRASE_FILE: Final = option(
    "--passphrase-file", type=PathType(), default=None, metavar="FILE",
    said=tr(
        "A file whose first line is the passphrase of a locked session, or its recovery slip; for scripts. Else it is "
        "asked for where it is needed. The variable {variable} names such a file too.",
        variable=Verbatim("WORKSHOP_TUI_PASSPHRASE_FILE"),
    ),
)  # fmt: skip


def ring_of(voice: Voice, file: Path | None, *, uses_system: bool = True) -> KeyRing:
    """What opens locked sessions in this command."""
    from workshop_tui.runtime.passphrases import KeyRing, from_file

    ask = voice.asks_unseen if voice.is_there else None
    return KeyRing(from_file(file), ask, voice.say, uses_system=uses_system)


def _voice(ctx: click.Context) -> Voice:
    return ctx.find_object(Voice) or Voice({})
