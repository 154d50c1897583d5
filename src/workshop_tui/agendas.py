"""Agenda files on disk: reads one, and finds those that come with the program."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from msgspec.structs import replace

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.agenda import Agenda, Item
from workshop_tui.domain.agenda_check import check_lines
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.agenda_problems import nearest
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import AgendaError
from workshop_tui.limits import AGENDA_BYTES
from workshop_tui.locales import is_draft, speaks
from workshop_tui.messages import Listed, Message, Place, Sentences, Verbatim, as_tuple, tr
from workshop_tui.views.ready import promise_check

SUFFIX = ".toml"


def read_agenda(path: Path, kinds: Kinds) -> tuple[Agenda, bytes]:
    """The agenda in a file, and the file's bytes.

    Raises:
        AgendaError: it cannot be read or used; the message says why and what to do.
    """
    raw = _bytes(path)
    if b"\0" in raw:
        raise AgendaError(
            tr("{file} is not a text file.", file=Verbatim(clean_line(path.name))),
            advice=tr("An agenda is a text file in TOML."),
        )
    try:
        # Some editors put a byte order mark first; TOML does not know it.
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise AgendaError(
            tr(
                "{file}, line {line}: the file is not written in UTF-8.",
                file=Verbatim(clean_line(path.name)),
                line=line,
            ),
            advice=tr('Please save it again with the encoding "UTF-8".'),
        ) from wrong
    return _filled(parse_agenda(text, kinds, file=clean_line(path.name))), raw


def _filled(agenda: Agenda) -> Agenda:
    """The agenda with the ready question where an item asks whether the promise was kept and says no more of it."""

    def whole(item: Item) -> Item:
        if item.type != "promise_check" or item.activity is not None:
            return item
        ready, own = promise_check(agenda.language, agenda.languages), bool(item.question)
        texts = (*item.texts, *(each for each in ready.texts if each[0] == "question" and not own))
        return replace(item, question=item.question or ready.question, activity=ready.activity, texts=texts)

    return replace(agenda, items=tuple(map(whole, agenda.items)))


def agenda_to_start(path: Path, kinds: Kinds) -> Agenda:
    """The agenda of a workshop that is to begin.

    Raises:
        AgendaError: as `read_agenda`, with what is safe.
    """
    try:
        return read_agenda(path, kinds)[0]
    except AgendaError as problem:
        safe = (tr("Nothing was started."), *(each for each in as_tuple(problem.advice) if each))
        raise AgendaError(problem.message, advice=safe, lines=problem.lines) from problem


def checked(path: Path, kinds: Kinds) -> list[Sentences]:
    """What to know of an agenda before the day, in lines: the running order, warnings, and what is not translated.

    Raises:
        AgendaError: as `read_agenda`.
    """
    agenda, _ = read_agenda(path, kinds)
    drafts = [tag for tag in agenda.languages if is_draft(tag)]
    unknown = [tag for tag in agenda.languages if not speaks(tag)]
    return [
        *check_lines(agenda),
        *(
            tr("The translation to {language} is a draft that no speaker has read.", language=Verbatim(tag))
            for tag in drafts
        ),
        *(
            tr(
                "This program does not speak “{tag}”: its own sentences and buttons are shown in English on those "
                "phones.",
                tag=Verbatim(tag),
            )
            for tag in unknown
        ),
    ]


def shipped_names() -> list[str]:
    """The names of the agendas that come with the program."""
    return sorted(_shipped())


def shipped_agenda(name: str) -> Path:
    """An agenda that comes with the program, by its name: "tell-it-once".

    Installed, the agendas lie inside the package; in a checkout, in its folder "sessions".

    Raises:
        AgendaError: there is none of that name.
    """
    found = _shipped()
    wanted = name.removesuffix(SUFFIX)
    if wanted not in found:
        raise AgendaError(
            (
                tr("No agenda called “{wanted}” comes with this program.", wanted=Verbatim(wanted)),
                nearest(wanted, found),
            )
        )
    return found[wanted]


def shipped_file(name: str) -> Path:
    """Another file that lies beside the shipped agendas, such as the sample stories.

    Raises:
        FileNotFoundError: the program was installed without it.
    """
    for folder in _folders():
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(name)


def find_agenda(wanted: Path) -> tuple[Path, bool]:
    """The agenda a person means, and whether it comes with the program.

    A file by that name wins; else a shipped agenda may be called by its name alone.
    """
    known = _shipped()
    if not wanted.exists() and wanted.name == str(wanted) and wanted.name.removesuffix(SUFFIX) in known:
        return known[wanted.name.removesuffix(SUFFIX)], True
    return wanted, wanted.resolve() in {path.resolve() for path in known.values()}


def _folders() -> tuple[Path, Path]:
    package = Path(__file__).resolve().parent
    return (package.parent.parent / "sessions", package / "sessions")


def _shipped() -> dict[str, Path]:
    return {path.stem: path for folder in _folders() for path in sorted(folder.glob(f"*{SUFFIX}"))}


def _bytes(path: Path) -> bytes:
    """The bytes of a plain file that is not too large.

    Raises:
        AgendaError: it is not there, not a plain file, too large or not readable.
    """
    try:
        if path.is_dir():
            raise AgendaError((tr("{path} is a folder, not an agenda file.", path=_said(path)), *_agendas_in(path)))
        if not path.exists():
            raise AgendaError(
                (tr("There is no file {path}.", path=_said(path)), *_near(path)),
            )
        if not path.is_file():
            raise AgendaError(tr("{path} is a device or a pipe, not an agenda file.", path=_said(path)))
        with path.open("rb") as file:
            # One byte more than allowed tells a large file without reading it whole.
            raw = file.read(AGENDA_BYTES + 1)
    except (OSError, ValueError) as wrong:
        raise AgendaError(
            tr("{path} cannot be read: {why}.", path=_said(path), why=_why(wrong)),
            advice=tr("Give yourself the right to read it.") if isinstance(wrong, PermissionError) else "",
        ) from wrong
    if len(raw) > AGENDA_BYTES:
        raise AgendaError(
            tr(
                "{file} is larger than {most} kB, so it cannot be an agenda.",
                file=Verbatim(clean_line(path.name)),
                most=AGENDA_BYTES // 1_000,
            ),
            advice=tr("A long agenda has about 20 kB."),
        )
    return raw


def _said(path: Path) -> Verbatim:
    """A path as a message shows it: file names may hold control codes too."""
    return Verbatim(clean_line(str(path)))


def _why(wrong: OSError | ValueError) -> Place:
    if isinstance(wrong, OSError):
        return Verbatim(wrong.strerror or str(wrong))
    return tr("the name is not a file name")


def _near(path: Path) -> tuple[Message, ...]:
    """The file in the same folder that was probably meant, as a sentence; empty where there is none."""
    try:
        names = [each.name for each in path.parent.iterdir()]
    except OSError:
        if path.parent.exists():
            return ()
        return (tr("There is no folder {folder} either.", folder=_said(path.parent)),)
    near = get_close_matches(path.name, names, n=1, cutoff=0.6) or get_close_matches(
        path.name + SUFFIX, names, n=1, cutoff=0.8
    )
    return (tr("Did you mean {path}?", path=_said(path.parent / near[0])),) if near else ()


def _agendas_in(folder: Path) -> tuple[Message, ...]:
    names = sorted(each.name for each in folder.glob(f"*{SUFFIX}"))[:5]
    return (
        (tr("It holds {files}.", files=Listed(tuple(Verbatim(clean_line(name)) for name in names))),) if names else ()
    )
