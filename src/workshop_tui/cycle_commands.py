"""The commands that follow points from session to session; `cli` has all others.

Nothing heavy is imported here, as there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from workshop_tui.errors import SettingsError
from workshop_tui.messages import Message, Verbatim, tr, trn
from workshop_tui.voice import PASSPHRASE_FILE, PathType, SaidCommand, Voice, option, ring_of

FILE: Final = PathType()

STATUSES: Final = (
    "acknowledged", "planned", "done", "already", "changed_in_part", "not_done", "waiting", "passed_on",
)  # fmt: skip
STAGES: Final = ("needs", "plan", "improve", "procure", "monitor", "hub")
SOURCES: Final = ("typed", "letter")
# Written down, as in `cli`; a test compares.

SESSION = tr("SESSION is the path of a session file (.workshop), or the name of one whose workshop runs.")
RECORDED = tr(
    "SESSION is the path of a session file (.workshop) with an export beside it; the session itself does not change. "
    "Where it is locked, an answer of six words or more needs its passphrase: it is compared with what people told, so "
    "that it repeats none of it."
)


def _command(
    *, said: tuple[Message, ...], examples: tuple[str, ...], **more: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    return click.command(cls=SaidCommand, said=said, examples=examples, **more)


def _warn(voice: Voice, *written: Path) -> None:
    """Say where what was written lies in no safe place."""
    from workshop_tui.runtime import places

    if said := places.unsafe_words(written):
        voice.say(said, err=True)


@_command(
    short=tr("Hand the points of SESSION on to the next stage."),
    said=(
        tr("Write the baton of SESSION: its points for one stage, what its own stage has to hand on, and a sheet."),
        SESSION,
        tr("Where something is missing it is named, and nothing is written. With a reason it goes on all the same, and "
           "the reason is printed in it."),
    ),
    examples=(
        "workshop-tui baton my-agenda-2026-11-27.workshop --for plan --to-body 'Planning group' --by 2027-01-31",
        "workshop-tui baton my-agenda-2026-11-27.workshop --because 'not_reached=We ask the schools in May'",
    ),
    names=(tr("Stages"), STAGES),
)  # fmt: skip
@click.argument("session", type=FILE)
@PASSPHRASE_FILE
@option("--for", "stage", metavar="STAGE", default="", said=tr("The stage that it is for; else the next one."))
@option("--to-body", "bodies", multiple=True, metavar="NAME",
        said=tr("A body that it goes to; may be repeated. Else those that its points name."))  # fmt: skip
@option("--by", "due", metavar="DATE", default="", said=tr("By when an answer is asked for, as YYYY-MM-DD."))
@option("--because", multiple=True, metavar="CHECK=REASON",
        said=tr("Hand it on without what a check misses, for this reason; may be repeated."))  # fmt: skip
@option("--to", type=FILE, default=None, said=tr("The folder; else one in exports/ beside the session file."))
@click.pass_obj
def baton(
    voice: Voice, session: Path, passphrase_file: Path | None, stage: str, bodies: tuple[str, ...], due: str,
    because: tuple[str, ...], to: Path | None,
) -> None:  # fmt: skip
    """Hand points on."""
    from workshop_tui.runtime import handing_on

    handed = handing_on.hand_on(
        session, ring_of(voice, passphrase_file), to_stage=stage, bodies=bodies, due=due, because=because, folder=to
    )
    voice.show(handed.path)
    for line in handed.lines:
        voice.say(line)
    _warn(voice, handed.path, session)


@_command(
    short=tr("Begin an agenda from a baton."),
    said=(tr("Write a new agenda that opens with the points of a baton, or of several for one stage."),),
    examples=(
        "workshop-tui new --baton baton-for-plan.zip --to our-plan.toml",
        "workshop-tui new --baton from-plan.zip --baton from-improve.zip --to our-monitoring.toml",
        "workshop-tui new --baton baton-for-plan.zip --agenda my-agenda.toml --to our-plan.toml",
    ),
)
@option(
    "--baton",
    "files",
    type=FILE,
    required=True,
    multiple=True,
    metavar="FILE",
    said=tr("The baton that was handed to you; as often as there are several."),
)
@option("--to", type=FILE, default=Path("new-agenda.toml"), show_default=True, said=tr("The new agenda file."))
@option("--title", metavar="TITLE", default="", said=tr("What the workshop is called."))
@option(
    "--agenda",
    type=FILE,
    default=None,
    metavar="AGENDA",
    said=tr("An agenda that you have, or one that comes with the program: what was handed in is added to it."),
)
@click.pass_obj
def new(voice: Voice, files: tuple[Path, ...], to: Path, title: str, agenda: Path | None) -> None:
    """Begin an agenda."""
    from workshop_tui.runtime import handing_on

    if title and agenda is not None:
        raise SettingsError(
            tr(
                "{option} has no meaning together with {other}.", option=Verbatim("--title"), other=Verbatim("--agenda")
            ),
            advice=tr("Nothing was written."),
        )
    lines = handing_on.new_agenda(files, to, title, agenda)
    voice.show(to)
    for line in lines:
        voice.say(line)
    _warn(voice, to)


@_command(
    short=tr("Answer a point of SESSION, or take answers that came back."),
    said=(
        tr(
            "Note what became of a point, a promise or an action of SESSION; or take a receipt or a workbook that came "
            "back."
        ),
        RECORDED,
        tr("POINT is its name, as the record and the baton print it."),
    ),
    examples=(
        "workshop-tui answer day.workshop 3f2a --status done --words 'Two more doctors since May' "
        "--reference 'Board minute 7'",
        "workshop-tui answer day.workshop 3f2a --confirmed 4 --not-confirmed 1 --reference 'Slips, 12 June'",
        "workshop-tui answer day.workshop 3f2a --confirmed 4 --not-confirmed 1 --vote a-year-later.workshop",
        "workshop-tui answer day.workshop 3f2a --code access --codes ours.csv",
        "workshop-tui answer day.workshop --receipt receipt.json",
        "workshop-tui answer day.workshop --workbook answers.xlsx --reference 'Letter of 20 January'",
    ),
    names=(tr("Words for --status"), STATUSES),
)
@click.argument("session", type=FILE)
@click.argument("point", required=False, default="")
@option("--receipt", "--workbook", "back", type=FILE, default=None, metavar="FILE",
        said=tr("Take this receipt, or this workbook that was answered in, once you said yes."))  # fmt: skip
@option("--status", metavar="STATUS", default="", said=tr("What became of it."))
@option("--words", metavar="WORDS", default="",
        said=tr("What was done or is planned, or why not: nobody takes a claim without words."))  # fmt: skip
@option("--on", metavar="DATE", default="", said=tr("By when, since when, or when to ask again, as YYYY-MM-DD."))
@option("--where", metavar="PLACE", default="", said=tr("Where one can see what was done."))
@option("--passed-to", metavar="BODY", default="", said=tr("The body that has it now."))
@option("--confirmed", type=click.IntRange(0), default=0, said=tr("How many of those who asked say that it was done."))
@option("--not-confirmed", type=click.IntRange(0), default=0, said=tr("How many of them say that it was not."))
@option("--vote", type=FILE, default=None, metavar="SESSION",
        said=tr("The later session whose vote says how many."))  # fmt: skip
@option("--by-body", metavar="BODY", default="", said=tr("Who says so."))
@option("--by-role", metavar="ROLE", default="", said=tr("Who there, by their role."))
@option("--source", type=click.Choice(SOURCES), default="typed", said=tr("Where it comes from."))
@option("--reference", metavar="WORDS", default="", said=tr("The letter, minute or paper that says so."))
@option("--codes", type=FILE, default=None, metavar="CSV",
        said=tr("A list of codes of your own: code, label, definition, parent."))  # fmt: skip
@option("--code", "given", multiple=True, metavar="CODE", said=tr("Give it this code of the list; may be repeated."))
@option("--without-code", "taken", multiple=True, metavar="CODE", said=tr("Take this code back; may be repeated."))
@option("--yes", is_flag=True, said=tr("Do not ask; for scripts."))
@PASSPHRASE_FILE
@click.pass_obj
def answer(
    voice: Voice, session: Path, point: str, back: Path | None, codes: Path | None, given: tuple[str, ...],
    taken: tuple[str, ...], status: str, words: str, on: str, where: str,
    passed_to: str, confirmed: int, not_confirmed: int, vote: Path | None, by_body: str, by_role: str, source: Any,
    reference: str, yes: bool, passphrase_file: Path | None,
) -> None:  # fmt: skip
    """Note an answer."""
    from workshop_tui.cycle.answers import WHO_SAYS_SO
    from workshop_tui.runtime import follow_ups, handing_on, returned

    ring = ring_of(voice, passphrase_file)
    if bool(point) == bool(back):
        raise SettingsError(
            tr("Give the name of a point, or {option} with a file that came back.", option=Verbatim("--receipt"))
        )
    if codes is not None or given or taken:
        if codes is None or back is not None or status or confirmed or not_confirmed or not (given or taken):
            raise SettingsError(
                tr("{codes} goes together with {code} or {without}, and with no answer.", codes=Verbatim("--codes"),
                   code=Verbatim("--code"), without=Verbatim("--without-code")),
                advice=tr("Nothing was noted."),
            )  # fmt: skip
        voice.say(handing_on.typed_codes(session, point, codes, given, taken))
    elif back is not None:
        taking = returned.to_take(session, back, ring, by_body=by_body, by_role=by_role, reference=reference)
        for each in taking.shown:
            voice.say(each.words)
            for told in each.told:
                voice.write("  " + voice.text(told))
        for said in taking.passed_over:
            voice.say(said)
        if not yes and voice.asks(tr("Type {word} to take it.", word=Verbatim("yes"))).strip().casefold() != "yes":
            raise SettingsError(
                tr("Nothing was taken."), advice=tr("In a script, {option} answers.", option=Verbatim("--yes"))
            )
        taking.take()
        voice.say(trn("{n} answer was taken.", "{n} answers were taken.", len(taking.lines)))
    else:
        if vote is not None:
            source, reference = (
                "session",
                returned.vote_that_says(handing_on.exported_record(vote), point, confirmed + not_confirmed),
            )
        elif (confirmed or not_confirmed) and not reference:
            raise SettingsError(
                WHO_SAYS_SO,
                advice=tr(
                    "Give {vote} with the later session that asked them, or {reference} with what was counted.",
                    vote=Verbatim("--vote"),
                    reference=Verbatim("--reference"),
                ),
            )
        typed = handing_on.Typed(
            about=point, status=status, words=words, on=on, where=where, to=passed_to, yes=confirmed, no=not_confirmed,
            by_body=by_body, by_role=by_role, source=source, reference=reference,
        )  # fmt: skip
        voice.say(handing_on.typed_answer(session, typed, ring))
    _warn(voice, follow_ups.path_of(session))


@_command(
    short=tr("Write the receipt of SESSION for a baton."),
    said=(
        tr("Write what SESSION did with the points of a baton, for those who handed them on."),
        SESSION,
    ),
    examples=(
        "workshop-tui receipt our-plan-2027-01-20.workshop baton-for-plan.zip --body 'Planning group'",
    ),
)  # fmt: skip
@click.argument("session", type=FILE)
@click.argument("baton_file", metavar="BATON", type=FILE)
@PASSPHRASE_FILE
@option("--body", metavar="NAME", required=True, said=tr("Who answers."))
@option("--role", metavar="ROLE", default="", said=tr("Who there, by their role."))
@option("--on", metavar="DATE", default="", said=tr("The day of the answer; else that of the session."))
@option("--reference", metavar="WORDS", default="", said=tr("The letter, minute or paper that says so."))
@option("--to", type=FILE, default=Path("receipt.json"), show_default=True, said=tr("The new file."))
@click.pass_obj
def receipt(
    voice: Voice, session: Path, baton_file: Path, passphrase_file: Path | None, body: str, role: str, on: str,
    reference: str, to: Path,
) -> None:  # fmt: skip
    """Write a receipt."""
    from workshop_tui.runtime import handing_on

    lines = handing_on.write_receipt(
        session, ring_of(voice, passphrase_file), baton_file, to, body=body, role=role, on=on, reference=reference
    )
    voice.show(to)
    for line in lines:
        voice.say(line)
    _warn(voice, to)


@_command(
    short=tr("Say what became of the points of many sessions."),
    said=(
        tr("Read what exports, batons, receipts and answers in FOLDERS say, and show it as one picture: in a terminal "
           "as a page in which answers can be written, and else as text."),
        tr("No passphrase is needed: nothing is read but what a report may say. What has not changed since the last "
           "time is not read again."),
    ),
    examples=(
        "workshop-tui record workshops/",
        "workshop-tui record needs/ plan/ --to for-the-board/ --since 2026-11-01",
        "workshop-tui record workshops/ --print",
        "workshop-tui record workshops/ --codes ours.csv",
    ),
)  # fmt: skip
@click.argument("folders", nargs=-1, required=True, type=FILE)
@option("--print", "prints", is_flag=True, said=tr("Print it as text, also in a terminal."))
@option(
    "--to",
    type=FILE,
    default=None,
    metavar="FOLDER",
    said=tr("Write a page, a workbook and a file for programs into this folder, in place of earlier ones."),
)
@option(
    "--since",
    metavar="DATE",
    default="",
    said=tr("List what became late after this day, as YYYY-MM-DD; else after a week ago."),
)
@option("--codes", type=FILE, default=None, metavar="CSV",
        said=tr("A list of codes of your own: how much of the record has each."))  # fmt: skip
@click.pass_obj
def record(
    voice: Voice, folders: tuple[Path, ...], prints: bool, to: Path | None, since: str, codes: Path | None = None
) -> int:
    """Show the record."""
    from workshop_tui.runtime import recording

    loaded = recording.load(folders, since=since, codes=codes)
    if to is not None:
        written = recording.write_files(loaded, to, voice.translator)
        for path in written:
            voice.show(path)
        _warn(voice, *written)
    elif loaded.is_empty:
        voice.say(tr("There is no record of a session there."))
    elif not prints and recording.is_terminal():
        return recording.open_page(loaded, voice.translator)
    else:
        for depth, line in recording.lines_of(loaded):
            voice.write("  " * depth + voice.text(line) if line else "")
    for said in loaded.found.passed_over:
        voice.say(said, err=True)
    return 1 if loaded.found.passed_over else 0


@_command(
    short=tr("Try out one whole turn of the cycle."),
    said=(
        tr("Fill a folder with one whole turn of the cycle: five workshops with simulated people, written up, "
           "exported, handed on and answered; then show what became of every point."),
        tr("It takes about a minute, and no network."),
    ),
    examples=("workshop-tui cycle-demo", "workshop-tui cycle-demo --people 12 --to turn"),
    name="cycle-demo",
)  # fmt: skip
@option("--people", type=click.IntRange(1, 300), default=24, show_default=True, said=tr("Simulated people."))
@option("--to", type=FILE, default=None, said=tr("An empty or new folder; else a new one here, cycle-demo."))
@click.pass_context
def cycle_demo(context: click.Context, people: int, to: Path | None) -> int:
    """Play a turn."""
    from workshop_tui.runtime import turning

    voice: Voice = context.obj
    folder = turning.folder_for(to)
    turning.fill(folder, people, voice.say)
    voice.say(tr("Everything is in {folder}", folder=Verbatim(str(folder))))
    context.invoke(record, folders=(folder,), to=folder)
    shown: int = context.invoke(record, folders=(folder,))
    return shown


COMMANDS: Final = (baton, new, answer, receipt, record, cycle_demo)
