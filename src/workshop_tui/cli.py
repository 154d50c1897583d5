"""Arguments → one call. The only place that prints to the terminal and chooses exit codes.

Nothing heavy is imported here: `--help` must answer at once. Exit codes: 0 done, 1 a difference or a fault,
2 wrong input, 3 a damaged session file, 4 the machine is in the way.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from workshop_tui import __version__
from workshop_tui.errors import SettingsError, WorkshopError
from workshop_tui.messages import Verbatim, tr
from workshop_tui.voice import SaidGroup, Voice, option

FILE = click.Path(path_type=Path)


def run_command_line(arguments: Sequence[str]) -> int:
    """Carry out one command line.

    Returns:
        The exit code.
    """
    voice = Voice(os.environ)
    try:
        for each in arguments:
            _in_letters(each)
        result = commands.main(list(arguments), prog_name="workshop-tui", standalone_mode=False, obj=voice)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except WorkshopError as problem:
        voice.complain(problem)
        return problem.exit_code
    return result if isinstance(result, int) else 0


@click.group(
    cls=SaidGroup,
    said=(
        tr("Run co-production workshops: phones vote and tell stories, everything is safe on disk."),
        tr("New here? Try: {command}", command=Verbatim("workshop-tui demo")),
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@option(
    "--language",
    metavar="TAG",
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _, tag: ctx.find_object(Voice).choose(tag) if tag else None,
    said=tr("The language of the command line, the console and the host page, such as cy; else this computer's."),
)
@click.version_option(__version__, prog_name="workshop-tui")
def commands() -> None: ...


@commands.command(said=(tr("Start or resume the workshop of AGENDA, and open the console."),))
@click.argument("agenda", type=FILE)
@option("--lan", metavar="ADDRESS", default="", said=tr("The address of this laptop that phones can reach."))
@option("--port", type=click.IntRange(1, 65535), default=None, said=tr("The port phones use; default 8080."))
@option("--new", is_flag=True, said=tr("Start a new session, even if an unfinished one is there."))
@option("--no-console", is_flag=True, said=tr("Start the room only; open the console later with attach."))
@click.pass_obj
def run(voice: Voice, agenda: Path, lan: str, port: int | None, new: bool, no_console: bool) -> int:
    from workshop_tui.runtime import workshops

    opened = workshops.open_agenda(agenda, lan=lan, port=port or 0, new=new)
    for line in opened.remarks:
        voice.say(line)
    if no_console:
        address, code = Verbatim(opened.run.join_url.lower()), Verbatim(opened.run.join_code)
        voice.say(tr("Phones join at {address}, code {code}.", address=address, code=code))
        if sys.stdout.isatty():
            # Whoever has these addresses can run the workshop: never into a log.
            voice.say(tr("Big screen: {address}", address=Verbatim(opened.run.screen_url)))
            voice.say(tr("Host page, only for you: {address}", address=Verbatim(opened.run.host_url)))
        else:
            attach_ = Verbatim("workshop-tui attach")
            voice.say(tr("{attach}, then h, shows the addresses of the big screen and the host page.", attach=attach_))
        return 0
    # Said again inside: the console covers what was printed before it.
    return _console(voice, opened.run.session_path, " ".join(map(voice.text, opened.remarks)))


@commands.command(said=(tr("Open the console on a running workshop, at the place where it is."),))
@click.argument("session", required=False, default="")
@click.pass_obj
def attach(voice: Voice, session: str) -> int:
    from workshop_tui.runtime import running

    return _console(voice, running.find(session).session_path, "")


@commands.command(said=(tr("Say in one plain line how a running workshop stands."),))
@click.argument("session", required=False, default="")
@option("--json", "as_json", is_flag=True, said=tr("Print everything, as JSON."))
@click.pass_obj
def status(voice: Voice, session: str, as_json: bool) -> None:
    from workshop_tui.runtime import workshops

    run_ = workshops.to_look_at(session)
    # Programs read it, whatever letters this terminal has: it is UTF-8, as JSON is.
    if as_json:
        click.echo(workshops.status_json(run_).encode())
    else:
        voice.say(workshops.status_line(run_))


@commands.command(said=(tr("Stop a running room in order; the session can be resumed."),))
@click.argument("session", required=False, default="")
@click.pass_obj
def stop(voice: Voice, session: str) -> None:
    from workshop_tui.runtime import running, workshops

    voice.say(workshops.stop(running.find(session)))


@commands.command(
    short=tr("Try it out with simulated people."),
    said=(tr("Try it out: a shipped AGENDA with simulated people, over real HTTP. Left out, it is tell-it-once."),),
)
@click.argument("agenda", required=False, default="tell-it-once")
@option("--people", type=click.IntRange(1, 300), default=24, show_default=True, said=tr("Simulated people."))
@option("--speed", type=click.FloatRange(0.1, 100), default=1.0, show_default=True, said=tr("Faster or slower."))
@option("--no-people", is_flag=True, said=tr("Nobody joins by itself."))
@option("--headless", is_flag=True, said=tr("Play the whole agenda without a terminal, fast, and check the record."))
@option("--to", type=FILE, default=None, said=tr("Folder for the session and the reports (with --headless)."))
@click.pass_obj
def demo(voice: Voice, agenda: str, people: int, speed: float, no_people: bool, headless: bool, to: Path | None) -> int:
    from workshop_tui.runtime import demos

    if headless:
        return demos.headless(agenda, people, to, say=voice.say)
    return demos.with_console(agenda, 0 if no_people else people, speed, say=voice.say)


@commands.command(
    short=tr("Say what is wrong in agenda FILES, or print their order."),
    said=(tr("Say what is wrong in agenda FILES, or print their running order with clock times."),),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.pass_obj
def check(voice: Voice, files: tuple[Path, ...]) -> int:
    from workshop_tui.agendas import checked
    from workshop_tui.kinds.registry import KINDS

    worst = 0
    for file in files:
        try:
            for line in checked(file, KINDS):
                voice.say(line)
        except WorkshopError as problem:
            voice.complain(problem)
            worst = max(worst, problem.exit_code)
    return worst


@commands.command(said=(tr("Write the reports of SESSION, whether it runs or not."),))
@click.argument("session", type=FILE)
@option("--to", type=FILE, default=None, said=tr("The folder; else one in exports/ beside the session file."))
@option("--only", multiple=True, metavar="NAME", said=tr("One file, such as summary.html; may be repeated."))
@click.pass_obj
def export(voice: Voice, session: Path, to: Path | None, only: tuple[str, ...]) -> None:
    from workshop_tui.runtime import exporting

    folder = to or exporting.export_folder(session)
    with exporting.session_record(session) as record:
        for path in exporting.write_reports(record, folder, only, numbered=to is None):
            click.echo(path)
        if record.left_out:
            voice.say(record.left_out, err=True)


@commands.command(
    short=tr("Count every sealed round of SESSION again."),
    said=(tr("Count every sealed round of SESSION again from its ballots and say whether it is the same."),),
)
@click.argument("session", type=FILE)
@click.pass_obj
def recount(voice: Voice, session: Path) -> int:
    from workshop_tui.exports.recount import recount as count_again
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.runtime import exporting

    with exporting.session_record(session) as record:
        lines = count_again(record, KINDS)
    for line in lines:
        voice.say(line.words)
    if record.left_out:
        voice.say(record.left_out)
    if not lines:
        voice.say(tr("No round of this session has been sealed yet: there is nothing to count again."))
    return 0 if all(line.same for line in lines) else 1


@commands.command(
    short=tr("Delete SESSION and all that belongs to it."),
    said=(tr("Delete the file of SESSION and all that the program made of it, and list what was deleted."),),
)
@click.argument("session", type=FILE)
@option("--yes", is_flag=True, said=tr("Do not ask; for scripts."))
@click.pass_obj
def delete(voice: Voice, session: Path, yes: bool) -> None:
    from workshop_tui.runtime import deleting

    found = deleting.find(session)
    voice.say(tr("This is what there is of the session:"))
    for path in found.paths:
        click.echo(f"  {path}")
    for line in found.stays:
        voice.say(line)
    if not yes:
        _confirm(voice, session.name)
    deleted = deleting.delete(found)
    voice.say(tr("Deleted:") if deleted.gone else tr("Nothing was deleted."))
    for path in deleted.gone:
        click.echo(f"  {path}")
    voice.say(deleting.OUTSIDE)
    if deleted.left:
        raise deleting.not_all(deleted)


@commands.command(
    short=tr("Count a FILE of ballots by several rules."),
    said=(
        tr("Count a FILE of ballots by several rules and say whether the winner depends on the rule."),
        tr("It reads PrefLib (.soc .soi .toc .toi .cat), Pabulib (.pb) and session.json of an export."),
    ),
)
@click.argument("file", type=FILE)
@option("--method", "methods", multiple=True, metavar="NAME", said=tr("Only this rule; may be repeated."))
@option("--seats", type=click.IntRange(1, 300), default=1, show_default=True, said=tr("How many are to be chosen."))
@option("--pairwise", is_flag=True, said=tr("Show how many put each one above each other one."))
@option("--round", "round_", metavar="KEY", default="", said=tr("Of a session's export, only this round."))
@option("--json", "as_json", is_flag=True, said=tr("Print everything, as JSON."))
@click.pass_obj
def tally(
    voice: Voice, file: Path, methods: tuple[str, ...], seats: int, pairwise: bool, round_: str, as_json: bool
) -> None:
    from workshop_tui.runtime.tally_json import tally_json
    from workshop_tui.runtime.tally_words import tally_lines
    from workshop_tui.runtime.tallying import tally_file

    found = tally_file(file, methods, seats, with_table=pairwise, round_=round_)
    if as_json:
        click.echo(tally_json(file.name, found).encode())
    else:
        click.echo("\n".join(tally_lines(file.name, found, voice.translator)))


@commands.command(hidden=True)
@click.argument("asked")
@click.argument("answer", type=FILE)
def room(asked: str, answer: Path) -> int:
    """Serve a session; the program starts this for itself."""
    from workshop_tui.runtime import serving

    return serving.main(asked, answer)


@commands.command(hidden=True)
@click.argument("asked")
def rehearse(asked: str) -> int:
    """Be the simulated people of a room; the program starts this for itself."""
    from workshop_tui.runtime import demos

    return demos.rehearse(asked)


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
            tr("“{argument}” is not written in UTF-8.", argument=Verbatim(shown)),
            advice=tr("Give the file or the folder another name."),
        ) from problem


def _confirm(voice: Voice, name: str) -> None:
    """Go on only when somebody typed the name of what is to be deleted.

    Raises:
        SettingsError: nobody did.
    """
    try:
        asked = tr("Nothing brings it back. Type the name {name} to delete it", name=Verbatim(name))
        typed = click.prompt(voice.text(asked), default="", show_default=False)
    except click.exceptions.Abort:
        typed = ""
    if typed.strip() != name:
        raise SettingsError(tr("That is not its name. Nothing was deleted."))


def _console(voice: Voice, session_path: str, hint: str) -> int:
    from workshop_tui.runtime import consoles, running

    if not consoles.is_terminal():
        command = Verbatim("workshop-tui status")
        voice.say(
            tr("There is no terminal here for the console. The room is running; see {command}.", command=command),
            err=True,
        )
        return 2
    code = consoles.open_console(Path(session_path), hint=hint)
    if running.room_of(Path(session_path)):
        # Where the terminal is gone there is nobody to tell.
        with contextlib.suppress(OSError):
            voice.say(
                tr(
                    "The room runs on. {attach} comes back to it; {stop} stops it.",
                    attach=Verbatim("workshop-tui attach"),
                    stop=Verbatim("workshop-tui stop"),
                )
            )
    return code
