"""Batons, agendas that begin from one, receipts and answers, for the command line."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from workshop_tui import whole_files
from workshop_tui.cycle import baton as batons
from workshop_tui.cycle import files
from workshop_tui.cycle import receipt as receipts
from workshop_tui.cycle.answers import WHO_SAYS_SO, Answer, said_of, wrong_in
from workshop_tui.cycle.baton import Baton, Body
from workshop_tui.cycle.follow_up import Line, Source, What, day_of, in_order, sent_lines
from workshop_tui.cycle.new_agenda import added_to, agenda_text, handed_in
from workshop_tui.cycle.picture import Code, codes_in
from workshop_tui.cycle.record import NAME, Record
from workshop_tui.cycle.slim import newest
from workshop_tui.cycle.stages import CodeFrame, next_stage, read_code_frame
from workshop_tui.domain.agenda import STAGE_TITLES, Stage
from workshop_tui.domain.agenda_problems import nearest
from workshop_tui.domain.answers import STATUSES, Status
from workshop_tui.domain.consent import Destination
from workshop_tui.domain.registers import too_long
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.errors import CycleFileError, InputError, SettingsError, WorkshopError
from workshop_tui.exports.output import Content, pieces_of
from workshop_tui.limits import CYCLE_FILE_BYTES, FIELD_LETTERS
from workshop_tui.locales import translator_for
from workshop_tui.messages import Text, Verbatim, as_tuple, tr, trn
from workshop_tui.room.clock import SYSTEM, local_day
from workshop_tui.room.ports import Clock
from workshop_tui.runtime import cycle_files, exporting, follow_ups
from workshop_tui.runtime.own_words import OwnWords, texts_of
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.unwritten import unwritten

NOTHING_WRITTEN: Final = tr("Nothing was written.")


def today(clock: Clock = SYSTEM) -> str:
    """The day where this computer is."""
    return local_day(clock).isoformat()


def now(clock: Clock = SYSTEM) -> tuple[int, str]:
    """The moment, and its day where this computer is if that is not the day of the moment by UTC."""
    at, day = clock.now_ms(), today(clock)
    return at, "" if day == day_of(at) else day


def record_for(session: Path, ring: KeyRing, audience: Destination, clock: Clock = SYSTEM) -> Record:
    """What may be known of a session, whether it runs or not, locked or not."""
    from workshop_tui.exports.building import build_report
    from workshop_tui.exports.entries import build_record
    from workshop_tui.kinds.registry import KINDS

    with exporting.session_record(exporting.session_meant(session), ring, clock) as record:
        report = build_report(record, KINDS, audience)
        return build_record(report, translator_for(report.language))


def exported_record(session: Path) -> Record:
    """The newest record that `export` left beside a session: it is read without a passphrase.

    Raises:
        InputError: there is none.
    """
    folder = exporting.export_folder(session)
    found = cycle_files.find([each / NAME for each in exporting.export_folders(session) if (each / NAME).is_file()])
    of_one = newest(found.records)
    if len(of_one) != 1:
        raise InputError(
            tr("There is no {file} in {folder}.", file=Verbatim(NAME), folder=Verbatim(clean_line(str(folder)))),
            advice=tr("Make it with {command}.", command=Verbatim(clean_line(f"workshop-tui export {session}"))),
        )
    return cycle_files.whole(found, of_one[0].record.session.id)


class Handed(Struct, frozen=True):
    """A baton that was written."""

    path: Path
    lines: tuple[Text, ...]


def hand_on(
    session: Path, ring: KeyRing, *, to_stage: str, bodies: Sequence[str], due: str, because: Sequence[str],
    folder: Path | None, clock: Clock = SYSTEM,
) -> Handed:  # fmt: skip
    """Write the baton of a session for one stage, and note in its follow-up that it was handed on.

    Raises:
        InputError: something is missing that its stage has to hand on, or an option cannot be used.
    """
    from workshop_tui.exports.formats.baton_zip import file_name, zipped

    session = exporting.session_meant(session)
    record = record_for(session, ring, "cycle_export", clock)
    stage = _stage(to_stage or next_stage(record.session.stage))
    translator = translator_for(record.session.language)
    named = {each.casefold(): each for each in map(_body, bodies)}.values()
    reasons = dict(_reason(each) for each in because)
    _must_repeat_nobody(OwnWords(session, record, ring, clock), (*named, *reasons.values()), NOTHING_WRITTEN)
    baton = batons.build(
        record,
        stage,
        handed_on=today(clock),
        to=[Body(name=each) for each in named],
        due=due,
        because=reasons,
        say=translator.text,
    )
    path = (folder or exporting.export_folder(session)) / file_name(stage)
    is_new = _write_new(path, zipped(baton, translator))
    try:
        sent = sent_lines(baton, clock.now_ms())
        follow_ups.append(follow_ups.path_of(session), record.session.id, sent, once=True)
    except WorkshopError:
        # Nothing is handed on of which the session does not know: its answers would be strange to it.
        if is_new:
            path.unlink(missing_ok=True)
        raise
    said = trn("{n} point is handed on.", "{n} points are handed on.", len(baton.points))
    promised = trn("{n} promise is handed on.", "{n} promises are handed on.", len(baton.promises))
    untold = as_tuple(exporting.note_issued(session, [path], ring, clock))
    return Handed(path, (said, *((promised,) if baton.promises else ()), *untold))


def new_agenda(baton_files: Sequence[Path], to: Path, title: str, agenda: Path | None = None) -> tuple[Text, ...]:
    """Write an agenda that begins from batons.

    Args:
        baton_files: What was handed on, for one stage.
        to: The new file.
        title: Of the workshop; empty for one that names where the points came from.
        agenda: One that was written already and is to begin from them; None for a new one.

    Raises:
        InputError: a baton cannot be used, they are for different stages, or a file of that name is there.
        AgendaError: the agenda cannot be used, alone or with them.
    """
    batons = [cycle_files.read_baton(each) for each in baton_files]
    if agenda is None:
        text = agenda_text(batons, clean_line(title), translator_for(batons[0].origin.language).text)
        _check_agenda(text, to.name)
    else:
        text = _added_to(agenda, batons, to.name)
    _write_new(to, text.encode())
    return (
        trn(
            "It begins with {n} point or promise that was handed in.",
            "It begins with {n} points and promises that were handed in.",
            handed_in(batons),
        ),
    )


def _added_to(agenda: Path, batons_: Sequence[Baton], name: str) -> str:
    from workshop_tui.agendas import find_agenda, read_agenda
    from workshop_tui.kinds.registry import KINDS

    read, raw = read_agenda(find_agenda(agenda)[0], KINDS)
    shows = any(each.shows_received for each in read.items)
    # People arrive before anything is read out to them.
    after = -1 if shows else int(read.items[0].type == "welcome")
    text = added_to(raw.decode("utf-8-sig"), batons_, read.stage, after, translator_for(read.language).text)
    _check_agenda(text, name)
    return text


def _check_agenda(text: str, name: str) -> None:
    """Pass if an agenda can be used.

    Raises:
        AgendaError: it cannot; the words say why.
    """
    from workshop_tui.domain.agenda_file import parse_agenda
    from workshop_tui.kinds.registry import KINDS

    parse_agenda(text, KINDS, file=clean_line(name))


def write_receipt(
    session: Path, ring: KeyRing, baton_file: Path, to: Path, *, body: str, role: str, on: str, reference: str,
    clock: Clock = SYSTEM,
) -> tuple[Text, ...]:  # fmt: skip
    """Write what a session did with the points of a baton, for whoever handed them in.

    Raises:
        InputError: it did not open with them, or answers none of them.
    """
    baton = cycle_files.read_baton(baton_file)
    record = record_for(session, ring, "cycle_export", clock)
    answered = [each for each in receipts.of_session(record, baton) if each.answer.status != "none"]
    left = len(baton.handed_in) - len(answered)
    if not answered:
        raise InputError(
            tr("This session answered no point of that baton."),
            advice=tr("Note what became of each point, or answer with {command}.",
                      command=Verbatim("workshop-tui answer")),
        )  # fmt: skip
    by = {"body": _body(body), "role": clean_line(role), "reference": clean_line(reference)}
    own_words = OwnWords(exporting.session_meant(session), record, ring, clock)
    _must_repeat_nobody(own_words, by.values(), NOTHING_WRITTEN)
    made = receipts.build(baton, answered, on=day_typed(on) or record.session.day, **by)
    _write_new(to, receipts.write(made))
    untold = as_tuple(exporting.note_issued(exporting.session_meant(session), [to], ring, clock))
    said = (
        trn("{n} point or promise is answered.", "{n} points and promises are answered.", len(answered))
        if baton.promises
        else trn("{n} point is answered.", "{n} points are answered.", len(answered))
    )
    still = trn("{n} is still in your hands.", "{n} are still in your hands.", left)
    return (said, *((still,) if left else ()), *untold)


# Answers. --------------------------------------------------------------------------------------------


class Typed(Struct, frozen=True, kw_only=True):
    """What somebody typed about one point."""

    about: str
    status: str = ""
    words: str = ""
    on: str = ""
    where: str = ""
    to: str = ""
    yes: int = 0
    no: int = 0
    by_body: str = ""
    by_role: str = ""
    source: Source = "typed"
    reference: str = ""


def typed_answer(session: Path, typed: Typed, ring: KeyRing, clock: Clock = SYSTEM) -> tuple[Text, ...]:
    """Note what somebody answered, with where it is said.

    Raises:
        InputError: it cannot be taken; nothing was changed.
    """
    record = exported_record(session)
    return note_answer(follow_ups.path_of(session), record, typed, OwnWords(session, record, ring, clock), clock)


def note_answer(
    path: Path, record: Record, typed: Typed, own_words: OwnWords, clock: Clock = SYSTEM
) -> tuple[Text, ...]:
    """Note it in a follow-up file.

    Args:
        path: The file; made where it is not there.
        record: Of the session whose it is.
        typed: What was answered.
        own_words: What people told in that session.
        clock: Says which moment it is.

    Raises:
        InputError: it cannot be taken; nothing was changed.
    """
    id_ = _entry_meant(record, typed.about)
    lines = []
    at, said_on = now(clock)
    common = {
        "at": at, "said_on": said_on, "about": id_, "by_body": clean_line(typed.by_body),
        "by_role": clean_line(typed.by_role), "source": typed.source, "reference": clean_line(typed.reference),
    }  # fmt: skip
    if typed.status:
        answer = Answer(
            status=_status(typed.status),
            words=clean_text(typed.words),
            on=day_typed(typed.on),
            where=clean_line(typed.where),
            to=clean_line(typed.to),
        )
        if wrong := wrong_in(answer, today(clock)):
            raise CycleFileError(wrong[0].said, advice=files.NOTHING_TAKEN)
        lines.append(line_of("answer", answer, common))
    if typed.yes or typed.no:
        if not has_words(clean_line(typed.reference)):
            raise SettingsError(WHO_SAYS_SO, advice=files.NOTHING_TAKEN)
        lines.append(Line(what="confirmed", yes=typed.yes, no=typed.no, **common))  # type: ignore[arg-type]
    if not lines:
        raise SettingsError(
            tr("Nothing was answered."), advice=tr("Give {option} a status.", option=Verbatim("--status"))
        )
    _must_repeat_nobody(own_words, (text for each in lines for text in texts_of(each)), files.NOTHING_TAKEN)
    follow_ups.append(path, record.session.id, lines)
    is_promise = any(each.id == id_ and each.register == "promise" for each in record.entries)
    said = said_of(lines[0].answer, promise=is_promise) if lines[0].what == "answer" else ()
    confirmed = tuple(each.confirmed.words for each in lines if each.what == "confirmed")
    return (tr("Noted."), *said, *confirmed, *as_tuple(own_words.unread))


def read_codes(path: Path) -> CodeFrame:
    """A list of codes of one's own, out of a CSV file.

    Raises:
        CycleFileError: it cannot be used; the message names the line.
        InputError: it cannot be read.
    """
    data = cycle_files.bytes_of(path)
    if len(data) > CYCLE_FILE_BYTES:
        raise files.refused(path.name, tr("It is larger than {n} MB.", n=CYCLE_FILE_BYTES // 1_000_000))
    try:
        return read_code_frame(data.decode("utf-8"), path.name, today=today())
    except UnicodeDecodeError as wrong:
        raise files.refused(path.name, tr("It is no text in UTF-8.")) from wrong


def note_codes(
    path: Path, record: Record, about: str, frame: CodeFrame, given: Sequence[str], taken: Sequence[str] = ()
) -> tuple[Text, ...]:
    """Give codes to a line, or take them back, in a follow-up file.

    Args:
        path: The file; made where it is not there.
        record: Of the session whose it is.
        about: The line.
        frame: The list that the codes are of.
        given: Codes that it has from now on.
        taken: Codes that it has no more: of that list, or of another where it has them of that.

    Raises:
        InputError: a code is not in the list, or the line is not in the record; nothing was changed.
    """
    id_ = _entry_meant(record, about)
    labels = {each.code: each.label for each in frame.codes}
    title = frame.framework.title
    has = codes_in(in_order([follow_ups.read(path, record.session.id)])).get(id_, ())
    # A code that its list has no more, or whose list has another name now, can be taken back all the same.
    held = {each.code: each for each in sorted(has, key=lambda each: each.frame == title)}
    for code in (*given, *(each for each in taken if each not in held)):
        if code not in labels:
            wrong = tr("There is no code “{code}” in {file}.", code=Verbatim(clean_line(code)), file=Verbatim(title))
            raise SettingsError((wrong, nearest(code, tuple(labels), "")))
    ours = {code: Code(code=code, label=label, frame=title) for code, label in labels.items()}
    what: tuple[tuple[What, Sequence[str], Mapping[str, Code]], ...] = (
        ("coded", given, ours), ("uncoded", taken, {**ours, **held}),
    )  # fmt: skip
    at = SYSTEM.now_ms()
    lines = [
        Line(at=at, what=each, about=id_, keys=(code,), words=of[code].label, reference=of[code].frame)
        for each, codes, of in what
        for code in dict.fromkeys(codes)
    ]
    follow_ups.append(path, record.session.id, lines)
    return (tr("Noted."),)


def typed_codes(session: Path, about: str, codes: Path, given: Sequence[str], taken: Sequence[str]) -> tuple[Text, ...]:
    """Give codes to a line of a session, or take them back; as `note_codes`."""
    frame = read_codes(codes)
    return note_codes(follow_ups.path_of(session), exported_record(session), about, frame, given, taken)


def _must_repeat_nobody(own_words: OwnWords, texts: Iterable[str], advice: Text) -> None:
    """Pass if what somebody typed repeats nothing that people told.

    Raises:
        CycleFileError: it does; the message shows the words.
    """
    if (quoting := own_words.repeated_in(texts)) is not None:
        raise CycleFileError(quoting, advice=advice)


def line_of(what: str, answer: Answer, common: Mapping[str, object]) -> Line:
    """A line of a follow-up file: an answer, and what is common to all that came with it."""
    fields = {"status": answer.status, "words": answer.words, "on": answer.on, "where": answer.where, "to": answer.to}
    return msgspec.convert({"what": what, **fields, **common}, Line)


def _entry_meant(record: Record, typed: str) -> str:
    """The id of an entry, typed whole or without that of its session."""
    wanted = clean_line(typed)
    known = [each.id for each in record.entries]
    for each in (wanted, f"{record.session.id}:{wanted}"):
        if each in known:
            return each
    raise SettingsError(
        (tr("“{id}” is no point, promise or action of this session.", id=Verbatim(wanted)), nearest(wanted, known))
    )


def _status(typed: str) -> Status:
    wanted = typed.strip().replace("-", "_")
    if wanted not in STATUSES or wanted == "none":
        raise SettingsError(
            (tr("There is no status “{status}”.", status=Verbatim(clean_line(typed))),
             nearest(wanted, STATUSES[1:], "cycle"))
        )  # fmt: skip
    return wanted


def day_typed(typed: str) -> str:
    """A day as it was typed; empty for none.

    Raises:
        SettingsError: it is none.
    """
    if typed and not files.is_day(typed):
        raise SettingsError(tr("{day} is no date such as 2026-12-24.", day=clean_line(typed)))
    return typed


def _body(typed: str) -> str:
    """The name of a body as it was typed.

    Raises:
        SettingsError: it is none, or too long.
    """
    name = clean_line(typed)
    if not has_words(name):
        raise SettingsError(tr("A body needs a name."), advice=NOTHING_WRITTEN)
    if len(name) > FIELD_LETTERS:
        raise SettingsError(too_long(len(name) - FIELD_LETTERS), advice=NOTHING_WRITTEN)
    return name


def _stage(typed: str) -> Stage:
    if typed not in STAGE_TITLES:
        raise SettingsError(
            (tr("There is no stage “{stage}”.", stage=Verbatim(clean_line(typed))), nearest(typed, STAGE_TITLES))
        )
    return typed  # type: ignore[return-value]  # it is one of them


def _reason(typed: str) -> tuple[str, str]:
    check, equals, reason = typed.partition("=")
    if not equals or not reason.strip():
        raise SettingsError(
            tr("{option} needs a check and a reason.", option=Verbatim("--because")),
            advice=tr("Such as {example}.", example=Verbatim('--because "owner=They meet next week"')),
        )
    return check.strip(), clean_text(reason)


def write_over(contents: Mapping[Path, Callable[[], Content]]) -> None:
    """Write files of one folder in place of those that may be there: all of them, or none is changed.

    Args:
        contents: What makes each; one after the other is made and written, so that only one is in memory.

    Raises:
        FolderUnusable: one cannot be written.
    """
    try:
        whole_files.write({path: partial(_pieces, make) for path, make in contents.items()}, over=True)
    except OSError as problem:
        raise unwritten(problem, next(iter(contents)), "--to") from problem


def _pieces(make: Callable[[], Content]) -> Iterable[bytes]:
    return pieces_of(make())


def _write_new(path: Path, data: bytes) -> bool:
    """Write a new file, whole or not at all, and never over another one.

    Returns:
        Whether it was not there before, with the same in it.

    Raises:
        InputError: there is a file of that name.
        FolderUnusable: it cannot be written; nothing was left.
    """
    path = path.absolute()
    try:
        if path.is_file() and path.read_bytes() == data:
            whole_files.sweep(path.parent, path.name.__eq__)
            return False
        whole_files.write({path: lambda: (data,)})
    except OSError as problem:
        if problem.errno == errno.EEXIST and os.path.lexists(path):
            raise InputError(
                tr(
                    "{file} is there already. Nothing was written and nothing was changed.",
                    file=Verbatim(clean_line(str(path))),
                ),
                advice=tr("Please choose another name with {option}.", option=Verbatim("--to")),
            ) from problem
        raise unwritten(problem, path, "--to") from problem
    return True
