"""Arguments → one call. The only place that prints to the terminal and chooses exit codes.

Nothing heavy is imported here: `--help` must answer at once. Exit codes: 0 done, 1 a difference or a fault,
2 wrong input, 3 a damaged session file, 4 the machine is in the way.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from workshop_tui import __version__, cycle_commands
from workshop_tui.errors import EnvironmentProblem, SettingsError, WorkshopError
from workshop_tui.messages import Verbatim, tr
from workshop_tui.voice import PASSPHRASE_FILE, PathType, SaidGroup, Voice, option, ring_of, unwritten

FILE = PathType()

AGENDAS = ("one-year-on", "redrawing-the-way-in", "tell-it-once", "three-departments", "wound-care-panel")
FORMATS = (
    "report.html", "report.md", "report.docx", "actions.xlsx", "board-item.html", "board-item.md", "board-item.docx",
    "board-item-private.html", "board-item-private.md", "board-item-private.docx", "dates.ics", "easy-read.html",
    "easy-read.md", "easy-read.docx", "for-staff.html", "for-staff.md", "for-staff.docx", "one-page.html",
    "one-page.md", "one-page.docx", "summary.html", "summary.md", "summary.docx", "thank-you.txt",
    "you-said-we-did.html", "you-said-we-did.md", "you-said-we-did.docx", "votes.csv", "reasons.csv", "stories.csv",
    "session.json", "record.json", "preflib", "pabulib", "baton.zip",
)  # fmt: skip
RULES = (
    "plurality", "borda", "irv", "condorcet", "smith", "schulze", "schulze-margins", "minimax",
    "minimax-margins", "copeland", "stv", "approval", "cumulative", "star", "median", "majority-judgment", "greedy",
    "equal-shares", "equal-shares-completed", "equal-shares-once",
)  # fmt: skip
# Names for help and completion, written down: to look them up would load what they name. A test compares.

SESSION = tr("SESSION is the path or the name of a session file; it can be left out where only one workshop runs.")
SESSION_FILE = tr("SESSION is the path of a session file (.workshop), or the name of one whose workshop runs.")


def _of(names: Sequence[str]) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Completes what one begins to type with one of the names."""
    return lambda context, parameter, begun: [name for name in names if name.startswith(begun)]


def _running(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Completes with the names of the sessions that run."""
    from workshop_tui.runtime import running

    return [run_.name for run_ in running.find_all() if run_.name.startswith(begun)]


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
        voice.misused(problem)
        return problem.exit_code
    except WorkshopError as problem:
        voice.complain(problem)
        return problem.exit_code
    except OSError as problem:
        if not voice.is_lost():
            raise
        with contextlib.suppress(OSError):
            voice.complain(unwritten(problem))
        return EnvironmentProblem.exit_code
    return result if isinstance(result, int) else 0


@click.group(
    cls=SaidGroup,
    said=(
        tr("Run co-production workshops: phones vote and tell stories, everything is safe on disk."),
        tr("New here? Try: {command}", command=Verbatim("workshop-tui demo")),
        tr(
            "Exit codes: 0 done; 1 a difference or a fault; 2 wrong input; 3 a damaged session file; 4 the machine is "
            "in the way; 130 stopped by a key."
        ),
        tr("The last example lets bash complete commands and names; there are zsh_source and fish_source too."),
    ),
    examples=(
        "workshop-tui check my-agenda.toml",
        "workshop-tui run my-agenda.toml",
        "workshop-tui help agenda",
        'eval "$(_WORKSHOP_TUI_COMPLETE=bash_source workshop-tui)"',
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
def commands() -> None:
    from workshop_tui.runtime import left_copies

    # Whatever is asked for: what a killed export left is nobody's to find. Where that cannot be looked at, the command
    # itself says so if it matters.
    with contextlib.suppress(WorkshopError, OSError):
        left_copies.remove()


@commands.command(
    said=(
        tr("Start or resume the workshop of AGENDA, and open the console."),
        tr(
            "AGENDA is an agenda file (.toml), the name of one that comes with the program, or a session file "
            "(.workshop), which is resumed."
        ),
    ),
    examples=(
        "workshop-tui run my-agenda.toml", "workshop-tui run my-agenda.toml --lan 192.168.8.2 --port 8080",
        "workshop-tui run my-agenda-2026-11-27.workshop",
    ),
    names=(tr("Agendas that come with it"), AGENDAS),
)  # fmt: skip
@click.argument("agenda", type=FILE)
@PASSPHRASE_FILE
@option(
    "--unlocked",
    metavar="REASON",
    default="",
    said=tr("Where a session begins that gathers words: without a passphrase, for this reason. The record keeps it."),
)
@option(
    "--keep-until",
    metavar="DATE",
    default="",
    said=tr("Where a session begins: the last day on which it is kept, as YYYY-MM-DD; or undecided."),
)
@option(
    "--slip-to",
    type=FILE,
    default=None,
    said=tr("Where a locked session begins: the new file to write its recovery slip to, instead of showing it."),
)
@option(
    "--key-ring",
    is_flag=True,
    said=tr(
        "Where a locked session begins: the system's key ring keeps its key too, and whoever can log in to this laptop "
        "can open it. Else the passphrase is typed again after a crash."
    ),
)
@option("--lan", metavar="ADDRESS", default="", said=tr("The address of this laptop that phones can reach."))
@option("--port", type=click.IntRange(1, 65535), default=None, said=tr("The port phones use; default 8080."))
@option("--new", is_flag=True, said=tr("Start a new session, even if an unfinished one is there."))
@option("--no-console", is_flag=True, said=tr("Start the room only; open the console later with attach."))
@click.pass_obj
def run(
    voice: Voice, agenda: Path, passphrase_file: Path | None, unlocked: str, keep_until: str, slip_to: Path | None,
    key_ring: bool, lan: str, port: int | None, new: bool, no_console: bool,
) -> int:  # fmt: skip
    from workshop_tui.runtime import workshops
    from workshop_tui.runtime.beginnings import Chosen

    chosen = Chosen(unlocked=unlocked, keep_until=keep_until, slip_to=slip_to, key_ring=key_ring)
    ring = ring_of(voice, passphrase_file)
    opened = workshops.open_agenda(agenda, ring, voice, chosen, lan=lan, port=port or 0, new=new)
    for line in opened.remarks:
        voice.say(line)
    if no_console:
        for line in workshops.where(opened.run):
            voice.say(line)
        return 0
    # Said again inside: the console covers what was printed before it.
    return _console(voice, opened.run.session_path, " ".join(map(voice.text, opened.remarks)))


@commands.command(
    said=(tr("Open the console on a running workshop, at the place where it is."), SESSION),
    examples=("workshop-tui attach", "workshop-tui attach my-agenda-2026-11-27.workshop"),
)
@click.argument("session", type=PathType(path_type=str), required=False, default="", shell_complete=_running)
@click.pass_obj
def attach(voice: Voice, session: str) -> int:
    from workshop_tui.runtime import running

    return _console(voice, running.find(session).session_path, "")


@commands.command(
    said=(tr("Say in one plain line how a running workshop stands."), SESSION),
    examples=("workshop-tui status", "workshop-tui status --json"),
)
@click.argument("session", type=PathType(path_type=str), required=False, default="", shell_complete=_running)
@PASSPHRASE_FILE
@option("--json", "as_json", is_flag=True, said=tr("Print everything, as JSON."))
@click.pass_obj
def status(voice: Voice, session: str, passphrase_file: Path | None, as_json: bool) -> None:
    from workshop_tui.runtime import workshops

    run_ = workshops.to_look_at(session, ring_of(voice, passphrase_file))
    if as_json:
        voice.data(workshops.status_json(run_).encode())
    else:
        voice.say(workshops.status_line(run_))


@commands.command(
    short=tr("Stop a running room in order."),
    said=(tr("Stop a running room in order, once you said yes; the session can be resumed."), SESSION),
    examples=("workshop-tui stop", "workshop-tui stop my-agenda-2026-11-27.workshop --yes"),
)
@click.argument("session", type=PathType(path_type=str), required=False, default="", shell_complete=_running)
@option("--yes", is_flag=True, said=tr("Do not ask; for scripts."))
@click.pass_obj
def stop(voice: Voice, session: str, yes: bool) -> None:
    from workshop_tui.runtime import running, workshops

    run_ = running.find(session)
    if not yes:
        for line in workshops.about_to_stop(run_):
            voice.say(line)
        answer = voice.asks(tr("Type {word} to stop it.", word=Verbatim("yes")))
        if answer.strip().casefold() not in ("y", "yes"):
            raise SettingsError(
                tr("Nothing was stopped."), advice=tr("In a script, {option} answers.", option=Verbatim("--yes"))
            )
    voice.say(workshops.stop(run_))


@commands.command(
    short=tr("Try it out with simulated people."),
    said=(
        tr("Try it out: an agenda with simulated people, over real HTTP."),
        tr("AGENDA is one that comes with the program, by its name, or a file of your own. Left out, it is {name}.",
           name=Verbatim("tell-it-once")),
    ),
    examples=(
        "workshop-tui demo", "workshop-tui demo three-departments --people 12",
        "workshop-tui demo --agenda my-agenda.toml", "workshop-tui demo --headless --to demo",
    ),
    names=(tr("Agendas that come with it"), AGENDAS),
)  # fmt: skip
@click.argument("agenda", type=PathType(path_type=str), required=False, default="", shell_complete=_of(AGENDAS))
@option("--agenda", "file", type=PathType(path_type=str), metavar="AGENDA", default="", said=tr("The same as AGENDA."))
@option("--people", type=click.IntRange(1, 300), default=24, show_default=True, said=tr("Simulated people."))
@option("--speed", type=click.FloatRange(0.1, 100), default=1.0, show_default=True, said=tr("Faster or slower."))
@option("--no-people", is_flag=True, said=tr("Nobody joins by itself."))
@option("--headless", is_flag=True, said=tr("Play the whole agenda without a terminal, fast, and check the record."))
@option("--to", type=FILE, default=None, said=tr("Folder for the session and the reports (with --headless)."))
@click.pass_obj
def demo(
    voice: Voice, agenda: str, file: str, people: int, speed: float, no_people: bool, headless: bool, to: Path | None
) -> int:
    from workshop_tui.runtime import demos

    if agenda and file:
        raise SettingsError(tr("An agenda was given twice."), advice=tr("Give one."))
    for option_, given, fits in (("--to", to, headless), ("--no-people", no_people, not headless),
                                 ("--speed", speed != 1.0, not headless)):  # fmt: skip
        if given and not fits:
            raise _does_not_fit(option_, headless)
    played = demos.agenda_meant(agenda or file)
    if headless:
        return demos.headless(played, people, to, say=voice.say)
    return demos.with_console(played, 0 if no_people else people, speed, say=voice.say)


@commands.command(
    short=tr("Say what is wrong in agenda FILES, or print their order."),
    said=(tr("Say what is wrong in agenda FILES, or print their running order with clock times."),),
    examples=("workshop-tui check my-agenda.toml", "workshop-tui check *.toml"),
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


@commands.command(
    said=(tr("Write the reports of SESSION, whether it runs or not."), SESSION_FILE),
    examples=(
        "workshop-tui export my-agenda-2026-11-27.workshop",
        "workshop-tui export my-agenda-2026-11-27.workshop --only summary.html --to for-everybody",
    ),
    names=(tr("Names for --only"), FORMATS),
)
@click.argument("session", type=FILE)
@PASSPHRASE_FILE
@option("--to", type=FILE, default=None, said=tr("The folder; else one in exports/ beside the session file."))
@option(
    "--only", multiple=True, metavar="NAME", shell_complete=_of(FORMATS),
    said=tr("One file, such as summary.html; may be repeated."),
)  # fmt: skip
@click.pass_obj
def export(voice: Voice, session: Path, passphrase_file: Path | None, to: Path | None, only: tuple[str, ...]) -> None:
    from workshop_tui.runtime import exporting, places

    written = exporting.export(exporting.session_meant(session), ring_of(voice, passphrase_file), to, only)
    for path in written.files:
        voice.show(path)
    for said in (written.left_out, written.untold, places.unsafe_words(written.files)):
        if said:
            voice.say(said, err=True)


@commands.command(
    short=tr("Take somebody's words back for good."),
    said=(
        tr("Take somebody's words back for good, by their private code or by what they wrote."),
        SESSION_FILE,
        tr("CODE is the private code that the phone showed when the words were sent."),
    ),
    examples=(
        "workshop-tui withdraw my-agenda-2026-11-27.workshop ACDE-FHJK-MNPR",
        'workshop-tui withdraw my-agenda-2026-11-27.workshop --find "nine people"',
    ),
)
@click.argument("session", type=FILE)
@click.argument("code", required=False, default="")
@PASSPHRASE_FILE
@option(
    "--find", "words", metavar="WORDS", default="", said=tr("Look for words that hold these, where the code is lost.")
)
@option("--yes", is_flag=True, said=tr("Do not ask; for scripts."))
@click.pass_obj
def withdraw(voice: Voice, session: Path, code: str, passphrase_file: Path | None, words: str, yes: bool) -> None:
    from workshop_tui.runtime import exporting, withdrawing

    session, ring = exporting.session_meant(session), ring_of(voice, passphrase_file)
    found = withdrawing.meant(session, code, words, ring)
    for line in found.lines:
        voice.say(line)
    if not yes:
        answer = voice.asks(tr("Nothing brings them back. Type {word} to delete them", word=Verbatim("yes")))
        if answer.strip().casefold() not in ("y", "yes"):
            raise SettingsError(tr("Nothing was deleted."))
    for line in withdrawing.withdraw(session, found, ring):
        voice.say(line)


@commands.command(
    short=tr("Count every sealed round of SESSION again."),
    said=(
        tr("Count every sealed round of SESSION again from its ballots and say whether it is the same."),
        SESSION_FILE,
    ),
    examples=("workshop-tui recount my-agenda-2026-11-27.workshop",),
)
@click.argument("session", type=FILE)
@PASSPHRASE_FILE
@click.pass_obj
def recount(voice: Voice, session: Path, passphrase_file: Path | None) -> int:
    from workshop_tui.exports.recount import recount as count_again
    from workshop_tui.kinds.registry import KINDS
    from workshop_tui.runtime import exporting

    ring = ring_of(voice, passphrase_file)
    with exporting.session_record(exporting.session_meant(session), ring) as record:
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
    said=(
        tr("Delete the file of SESSION and all that the program made of it, and list what was deleted."),
        tr("SESSION is the path of a session file (.workshop); its workshop must not run."),
    ),
    examples=("workshop-tui delete my-agenda-2026-11-27.workshop",),
)
@click.argument("session", type=FILE)
@option("--yes", is_flag=True, said=tr("Do not ask; for scripts."))
@click.pass_obj
def delete(voice: Voice, session: Path, yes: bool) -> None:
    from workshop_tui.runtime import deleting

    found = deleting.find(session)
    voice.say(tr("This is what there is of the session:"))
    for path in found.paths:
        voice.show(path, before="  ")
    for line in found.stays:
        voice.say(line)
    if not yes:
        _confirm(voice, session.name)
    deleted = deleting.delete(found)
    voice.say(tr("Deleted:") if deleted.gone else tr("Nothing was deleted."))
    for path in deleted.gone:
        voice.show(path, before="  ")
    if deleted.remarks:
        voice.say(deleted.remarks)
    voice.say(deleting.OUTSIDE)
    if deleted.left:
        raise deleting.not_all(deleted)


@commands.command(
    name="list",
    short=tr("Say which sessions there are, and how each is kept."),
    said=(
        tr(
            "Say which sessions lie in a folder: whether each is locked, until when it is kept, and whether it is held."
        ),
        tr("PLACES are folders and session files; left out, they are this folder and your own data folder."),
    ),
    examples=("workshop-tui list", "workshop-tui list workshops/"),
)
@click.argument("places", nargs=-1, type=FILE)
@click.pass_obj
def list_(voice: Voice, places: tuple[Path, ...]) -> None:
    from workshop_tui.runtime import purging

    found = purging.found_in(places)
    for each in found:
        voice.say(each.words)
    if not found:
        voice.say(tr("There is no session."))


@commands.command(
    short=tr("Delete the sessions whose last day has passed."),
    said=(
        tr("Delete the sessions whose last day has passed, each with all that belongs to it, once you said yes."),
        tr("PLACES are folders and session files; left out, they are this folder and your own data folder."),
        tr("What is on legal hold stays, and what runs, and what nobody said a last day for. A locked session needs no "
           "passphrase for it: its key goes first."),
    ),
    examples=("workshop-tui purge", "workshop-tui purge workshops/ --yes"),
)  # fmt: skip
@click.argument("places", nargs=-1, type=FILE)
@option("--yes", is_flag=True, said=tr("Do not ask; for scripts."))
@click.pass_obj
def purge(voice: Voice, places: tuple[Path, ...], yes: bool) -> None:
    from workshop_tui.runtime import deleting, purging

    found = purging.found_in(places)
    due = purging.due_of(found)
    for each in found:
        if each not in due and (each.keeping.is_held or each.trouble):
            voice.say(each.words)
    if not due:
        voice.say(tr("No session is past its last day. Nothing was deleted."))
        return
    voice.say(tr("These are past their last day:"))
    for each in due:
        voice.say(each.words)
    if (
        not yes
        and voice.asks(tr("Nothing brings them back. Type {word} to delete them.", word=Verbatim("yes"))) != "yes"
    ):
        raise SettingsError(
            tr("Nothing was deleted."), advice=tr("In a script, {option} answers.", option=Verbatim("--yes"))
        )
    left = []
    for each in due:
        deleted = deleting.delete(deleting.find(each.path))
        voice.say(
            tr("Deleted: {name}", name=Verbatim(each.path.name)) if not deleted.left else tr("Nothing was deleted.")
        )
        if deleted.remarks:
            voice.say(deleted.remarks)
        if deleted.left:
            left.append(deleting.not_all(deleted))
    voice.say(deleting.OUTSIDE)
    for problem in left:
        voice.complain(problem)
    if left:
        raise left[-1]


@commands.command(
    short=tr("Say until when SESSION is kept."),
    said=(
        tr("Say until when SESSION is kept: DATE is the last day as YYYY-MM-DD, or undecided. Then purge deletes it."),
        SESSION_FILE,
    ),
    examples=("workshop-tui keep my-agenda-2026-11-27.workshop 2027-03-31",),
)
@click.argument("session", type=FILE)
@click.argument("date")
@PASSPHRASE_FILE
@click.pass_obj
def keep(voice: Voice, session: Path, date: str, passphrase_file: Path | None) -> None:
    from workshop_tui.domain.commands import SetRetention
    from workshop_tui.runtime import beginnings, exporting, retention
    from workshop_tui.views.keeping import until_words

    day = beginnings.checked_day(date)
    retention.note(exporting.session_meant(session), SetRetention(until=day), ring_of(voice, passphrase_file))
    voice.say(until_words(day))


@commands.command(
    short=tr("Let nobody delete SESSION, or lift that."),
    said=(
        tr("Put SESSION on legal hold: neither purge nor delete removes it until the hold is lifted."),
        tr("The reason stays in the session's record. {option} lifts a hold, with a reason too.",
           option=Verbatim("--lift")),
        SESSION_FILE,
    ),
    examples=(
        'workshop-tui hold my-agenda-2026-11-27.workshop --reason "Asked for by our solicitors"',
        'workshop-tui hold my-agenda-2026-11-27.workshop --lift --reason "The matter is closed"',
    ),
)  # fmt: skip
@click.argument("session", type=FILE)
@option("--reason", metavar="REASON", default="", said=tr("Why; asked for where it is left out."))
@option("--lift", is_flag=True, said=tr("Lift the hold."))
@PASSPHRASE_FILE
@click.pass_obj
def hold(voice: Voice, session: Path, reason: str, lift: bool, passphrase_file: Path | None) -> None:
    from workshop_tui.domain.commands import LiftHold, PlaceHold
    from workshop_tui.runtime import exporting, retention

    reason = reason or voice.asks(tr("Why? The record keeps the reason."))
    command = LiftHold(reason=reason) if lift else PlaceHold(reason=reason)
    retention.note(exporting.session_meant(session), command, ring_of(voice, passphrase_file))
    voice.say(tr("The legal hold is lifted.") if lift else tr("On legal hold: {reason}", reason=reason))


@commands.command(
    short=tr("Give a locked SESSION another passphrase."),
    said=(
        tr("Give a locked SESSION another passphrase and another recovery slip. Those before open nothing any more."),
        tr("SESSION is the path of a session file (.workshop); its workshop must not run."),
    ),
    examples=("workshop-tui passphrase my-agenda-2026-11-27.workshop",),
)
@click.argument("session", type=FILE)
@PASSPHRASE_FILE
@option(
    "--new-passphrase-file",
    type=FILE,
    default=None,
    metavar="FILE",
    said=tr("A file whose first line is the new passphrase; for scripts. Else it is asked for."),
)
@option(
    "--slip-to", type=FILE, default=None, said=tr("The new file to write the recovery slip to, instead of showing it.")
)
@click.pass_obj
def passphrase(
    voice: Voice, session: Path, passphrase_file: Path | None, new_passphrase_file: Path | None, slip_to: Path | None
) -> None:
    from workshop_tui.runtime import rekeying

    # Whoever can log in may read then, and not lock its owner out.
    ring = ring_of(voice, passphrase_file, uses_system=False)
    has_slip, in_ring = rekeying.change(session, ring, new_passphrase_file, slip_to, voice)
    voice.say(
        tr("The passphrase was changed, and the recovery slip with it.")
        if has_slip
        else tr("The passphrase was changed. There is no recovery slip any more.")
    )
    if in_ring:
        voice.say(in_ring)


@commands.command(
    short=tr("Count a FILE of ballots by several rules."),
    said=(
        tr("Count a FILE of ballots by several rules and say whether the winner depends on the rule."),
        tr("It reads PrefLib (.soc .soi .toc .toi .cat), Pabulib (.pb) and session.json of an export."),
    ),
    examples=("workshop-tui tally ballots.soi", "workshop-tui tally session.json --round i04.1 --method schulze"),
    names=(tr("Rules, for --method"), RULES),
)
@click.argument("file", type=FILE)
@option(
    "--method", "methods", multiple=True, metavar="NAME", shell_complete=_of(RULES),
    said=tr("Only this rule; may be repeated."),
)  # fmt: skip
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
        voice.data(tally_json(file.name, found).encode())
    else:
        voice.write("\n".join(tally_lines(file.name, found, voice.translator)))


@commands.command(
    name="help",
    said=(
        tr("Show a PAGE of the documentation that came with the program, or the help of a command."),
        tr("Without one, list the pages."),
    ),
    short=tr("Show a page of the documentation."),
    examples=("workshop-tui help", "workshop-tui help agenda", "workshop-tui help run"),
)
@click.argument("page", required=False, default="")
@click.pass_context
def help_(context: click.Context, page: str) -> None:
    from workshop_tui.runtime import documents

    voice = context.ensure_object(Voice)
    command = commands.get_command(context, page)
    if not page:
        voice.say(tr("Pages, for {command}:", command=Verbatim("workshop-tui help PAGE")))
        titles = documents.titles()
        width = max(map(len, titles)) + 2
        for name, title in titles.items():
            voice.write(f"  {name:{width}}{title}")
    elif command is not None and not command.hidden and page not in documents.pages():
        voice.write(command.get_help(click.Context(command, context.parent, page)))
    else:
        voice.read_out(documents.page(page))


for each in cycle_commands.COMMANDS:
    commands.add_command(each)


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
@click.pass_obj
def compare_ledger(voice: Voice, session: Path, ledger: Path) -> int:
    """Compare a session file with what simulated people were told; the program starts this for itself."""
    from workshop_tui.rehearsal.ledger import differences, read_ledger
    from workshop_tui.storage.records import read_record

    found = differences(read_record(session), read_ledger(ledger))
    for line in found:
        voice.write(line)
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
    typed = voice.asks(tr("Nothing brings it back. Type the name {name} to delete it", name=Verbatim(name)))
    if typed.strip() != name:
        raise SettingsError(tr("That is not its name. Nothing was deleted."))


def _does_not_fit(option_: str, headless: bool) -> SettingsError:
    """What to say of an option of a demo that would be ignored."""
    name, other = Verbatim(option_), Verbatim("--headless")
    return SettingsError(
        tr("{option} has no meaning together with {other}.", option=name, other=other)
        if headless
        else tr("{option} has no meaning without {other}.", option=name, other=other),
        advice=tr("Nothing was started."),
    )


def _console(voice: Voice, session_path: str, hint: str) -> int:
    from workshop_tui.runtime import consoles, running

    if not consoles.is_terminal():
        raise SettingsError(
            tr("There is no terminal here for the console. The room is running."),
            advice=tr("See {command}", command=Verbatim("workshop-tui status")),
        )
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
