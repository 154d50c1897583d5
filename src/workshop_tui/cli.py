"""Arguments → one call. The only place that prints to the terminal and chooses exit codes.

Nothing heavy is imported here: `--help` must answer at once. Exit codes: 0 done, 1 a difference or a fault,
2 wrong input, 3 a damaged session file, 4 the machine is in the way.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from workshop_tui import __version__
from workshop_tui.errors import SettingsError, WorkshopError

FILE = click.Path(path_type=Path)


def run_command_line(arguments: Sequence[str]) -> int:
    """Carry out one command line.

    Returns:
        The exit code.
    """
    _write_what_can_be_written()
    try:
        for each in arguments:
            _in_letters(each)
        result = commands.main(list(arguments), prog_name="workshop-tui", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except WorkshopError as problem:
        click.echo(f"workshop-tui: {problem.message!s}", err=True)
        if problem.advice:
            click.echo(f"  {problem.advice!s}", err=True)
        return problem.exit_code
    return result if isinstance(result, int) else 0


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="workshop-tui")
def commands() -> None:
    """Run co-production workshops: phones vote and tell stories, everything is safe on disk.

    New here? Try: workshop-tui demo
    """


@commands.command()
@click.argument("agenda", type=FILE)
@click.option("--lan", metavar="ADDRESS", default="", help="The address of this laptop that phones can reach.")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="The port phones use; default 8080.")
@click.option("--new", is_flag=True, help="Start a new session, even if an unfinished one is there.")
@click.option("--no-console", is_flag=True, help="Start the room only; open the console later with attach.")
def run(agenda: Path, lan: str, port: int | None, new: bool, no_console: bool) -> int:
    """Start or resume the workshop of AGENDA, and open the console."""
    from workshop_tui.runtime import workshops

    opened = workshops.open_agenda(agenda, lan=lan, port=port or 0, new=new)
    for line in opened.remarks:
        click.echo(line)
    if no_console:
        click.echo(f"Phones join at {opened.run.join_url.lower()}, code {opened.run.join_code}.")
        return 0
    # Said again inside: the console covers what was printed before it.
    return _console(opened.run.session_path, " ".join(opened.remarks))


@commands.command()
@click.argument("session", required=False, default="")
def attach(session: str) -> int:
    """Open the console on a running workshop, at the place where it is."""
    from workshop_tui.runtime import running

    return _console(running.find(session).session_path, "")


@commands.command()
@click.argument("session", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="Print everything, as JSON.")
def status(session: str, as_json: bool) -> int:
    """Say in one plain line how a running workshop stands."""
    from workshop_tui.runtime import workshops

    run_ = workshops.to_look_at(session)
    # Programs read it, whatever letters this terminal has: it is UTF-8, as JSON is.
    click.echo(workshops.status_json(run_).encode() if as_json else workshops.status_line(run_))
    return 0


@commands.command()
@click.argument("session", required=False, default="")
def stop(session: str) -> int:
    """Stop a running room in order; the session can be resumed."""
    from workshop_tui.runtime import running, stopping

    click.echo(stopping.stop(running.find(session)))
    return 0


@commands.command(short_help="Try it out with simulated people.")
@click.argument("agenda", required=False, default="tell-it-once")
@click.option("--people", type=click.IntRange(1, 300), default=24, show_default=True, help="Simulated people.")
@click.option("--speed", type=click.FloatRange(0.1, 100), default=1.0, show_default=True, help="Faster or slower.")
@click.option("--no-people", is_flag=True, help="Nobody joins by itself.")
@click.option("--headless", is_flag=True, help="Play the whole agenda without a terminal, fast, and check the record.")
@click.option("--to", type=FILE, default=None, help="Folder for the session and the reports (with --headless).")
def demo(agenda: str, people: int, speed: float, no_people: bool, headless: bool, to: Path | None) -> int:
    """Try it out: a shipped AGENDA with simulated people, over real HTTP. Left out, it is tell-it-once."""
    from workshop_tui.runtime import demos

    if headless:
        return demos.headless(people, to, agenda=agenda, say=click.echo)
    return demos.with_console(0 if no_people else people, speed, agenda=agenda, say=click.echo)


@commands.command(short_help="Say what is wrong in agenda FILES, or print their order.")
@click.argument("files", nargs=-1, required=True, type=FILE)
def check(files: tuple[Path, ...]) -> int:
    """Say what is wrong in agenda FILES, or print their running order with clock times."""
    from workshop_tui.agendas import read_agenda
    from workshop_tui.domain.agenda_check import check_lines
    from workshop_tui.kinds.registry import KINDS

    worst = 0
    for file in files:
        try:
            agenda, _ = read_agenda(file, KINDS)
        except WorkshopError as problem:
            click.echo(str(problem), err=True)
            worst = max(worst, problem.exit_code)
            continue
        for line in check_lines(agenda):
            click.echo(line)
    return worst


@commands.command()
@click.argument("session", type=FILE)
@click.option("--to", type=FILE, default=None, help="The folder; else one in exports/ beside the session file.")
@click.option("--only", multiple=True, metavar="FORMAT", help="One format, such as report.html; may be repeated.")
def export(session: Path, to: Path | None, only: tuple[str, ...]) -> int:
    """Write the reports of SESSION, whether it runs or not."""
    from workshop_tui.runtime import exporting

    folder = to or exporting.export_folder(session)
    with exporting.session_record(session) as record:
        for path in exporting.write_reports(record, folder, only, numbered=to is None):
            click.echo(path)
        if record.left_out:
            click.echo(record.left_out, err=True)
    return 0


@commands.command(short_help="Count every sealed round of SESSION again.")
@click.argument("session", type=FILE)
def recount(session: Path) -> int:
    """Count every sealed round of SESSION again from its ballots and say whether it is the same."""
    from workshop_tui.exports.recount import recount as count_again
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.runtime import exporting

    with exporting.session_record(session) as record:
        lines = count_again(record, KINDS)
    for line in lines:
        click.echo(line.words)
    if record.left_out:
        click.echo(record.left_out)
    if not lines:
        click.echo("No round of this session has been sealed yet: there is nothing to count again.")
    return 0 if all(line.same for line in lines) else 1


@commands.command(short_help="Delete SESSION and all that belongs to it.")
@click.argument("session", type=FILE)
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
def delete(session: Path, yes: bool) -> int:
    """Delete the file of SESSION and all that the program made of it, and list what was deleted."""
    from workshop_tui.runtime import deleting

    found = deleting.find(session)
    click.echo("This is what there is of the session:")
    for path in found.paths:
        click.echo(f"  {path}")
    for line in found.stays:
        click.echo(line)
    if not yes:
        _confirm(session.name)
    deleted = deleting.delete(found)
    click.echo("Deleted:" if deleted.gone else "Nothing was deleted.")
    for path in deleted.gone:
        click.echo(f"  {path}")
    click.echo(deleting.OUTSIDE)
    if deleted.left:
        raise deleting.not_all(deleted)
    return 0


@commands.command(short_help="Count a FILE of ballots by several rules.")
@click.argument("file", type=FILE)
@click.option("--method", "methods", multiple=True, metavar="NAME", help="Only this rule; may be repeated.")
@click.option("--seats", type=click.IntRange(1, 300), default=1, show_default=True, help="How many are to be chosen.")
@click.option("--pairwise", is_flag=True, help="Show how many put each one above each other one.")
@click.option("--round", "round_", metavar="KEY", default="", help="Of a session's export, only this round.")
@click.option("--json", "as_json", is_flag=True, help="Print everything, as JSON.")
def tally(file: Path, methods: tuple[str, ...], seats: int, pairwise: bool, round_: str, as_json: bool) -> int:
    """Count a FILE of ballots by several rules and say whether the winner depends on the rule.

    It reads PrefLib (.soc .soi .toc .toi .cat), Pabulib (.pb) and session.json of an export.
    """
    from workshop_tui.runtime import tallying

    words = tallying.printed(file, methods, seats, pairwise=pairwise, round_=round_, as_json=as_json)
    click.echo(words.encode() if as_json else words)
    return 0


@commands.command(hidden=True)
@click.argument("asked")
def room(asked: str) -> int:
    """Serve a session; the program starts this for itself."""
    from workshop_tui.runtime import serving

    return serving.main(asked)


@commands.command(hidden=True)
@click.argument("asked")
def rehearse(asked: str) -> int:
    """Be the simulated people of a room; the program starts this for itself."""
    from workshop_tui.runtime import crowd_process as guests

    return guests.main(asked)


@commands.command(name="compare-ledger", hidden=True)
@click.argument("session", type=FILE)
@click.argument("ledger", type=FILE)
def compare_ledger(session: Path, ledger: Path) -> int:
    """Compare a session file with what simulated people were told; the program starts this for itself."""
    from workshop_tui.rehearsal.ledger import differences, read_ledger
    from workshop_tui.storage.records import read_record

    found = differences(read_record(session), read_ledger(ledger))
    for line in found:
        click.echo(line)
    return 1 if found else 0


def _write_what_can_be_written() -> None:
    """Let a letter that the terminal or the file at the other end does not have be "?" there, and no fault.

    A redirected output has 256 letters on many Windows systems, and none of our quotation marks and squares.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _in_letters(argument: str) -> None:
    """Refuse the name of a file that is not text: neither a message nor a session could hold it.

    Raises:
        SettingsError: it is not.
    """
    try:
        argument.encode()
    except UnicodeEncodeError as problem:
        shown = argument.encode(errors="replace").decode()
        raise SettingsError(
            f"“{shown}” is not written in UTF-8.", advice="Give the file or the folder another name."
        ) from problem


def _confirm(name: str) -> None:
    """Go on only when somebody typed the name of what is to be deleted.

    Raises:
        SettingsError: nobody did.
    """
    try:
        typed = click.prompt(
            f"Nothing brings it back. Type the name {name} to delete it", default="", show_default=False
        )
    except click.exceptions.Abort:
        typed = ""
    if typed.strip() != name:
        raise SettingsError("That is not its name. Nothing was deleted.", advice="With --yes nobody is asked.")


def _console(session_path: str, hint: str) -> int:
    if not sys.stdout.isatty() or not sys.stdin.isatty():
        click.echo("There is no terminal here for the console. The room is running; see workshop-tui status.", err=True)
        return 2
    from workshop_tui.runtime import consoles, running

    code = consoles.open_console(Path(session_path), hint=hint)
    if any(run.session_path == session_path for run in running.find_all()):
        # Where the terminal is gone there is nobody to tell.
        with contextlib.suppress(OSError):
            click.echo("The room runs on. workshop-tui attach comes back to it; workshop-tui stop stops it.")
    return code
