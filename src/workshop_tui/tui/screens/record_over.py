"""The page of the record over many sessions: lists by view, each line with all of its history, and answers to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct
from msgspec.structs import replace
from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen

from workshop_tui.cycle import told
from workshop_tui.cycle.answers import PROMISE_WORDS, STATUS_WORDS, STATUSES, WHO_SAYS_SO, Answer, Status, wrong_in
from workshop_tui.cycle.picture import Code, Picture, Tracked
from workshop_tui.cycle.record import Entry, Session
from workshop_tui.cycle.stages import Coded
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.domain.text import clean_line, clean_text, has_words
from workshop_tui.messages import Day, Message, Sentences, Text, Verbatim, as_tuple, tr, trn
from workshop_tui.tui.context import Context
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.lines import GAP, Lines, Pen, cut
from workshop_tui.tui.plain_app import PlainApp
from workshop_tui.tui.screens.base import HEIGHTS, WIDTHS
from workshop_tui.tui.screens.dialogs import Tell
from workshop_tui.tui.screens.finding import find_words, finding
from workshop_tui.tui.screens.form import Form
from workshop_tui.tui.screens.own import own
from workshop_tui.tui.widgets.bars import KeyLine
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.plain import PlainOptionList, PlainStatic, safe
from workshop_tui.views.act import Choice, Field, Typed
from workshop_tui.views.acts import HELP
from workshop_tui.views.moment import Moment
from workshop_tui.views.typed import number_or_none

if TYPE_CHECKING:
    from workshop_tui.tui.record_app import Desk, RecordApp


NO_LIST: Final = tr(
    "There is no list of codes: begin the record with {option} and your own.", option=Verbatim("--codes")
)


class Row(Struct, frozen=True, kw_only=True):
    """One line of a view."""

    key: str
    """No two of a view have the same."""
    mark: Text
    """What stands before it, such as how late it is; empty for nothing."""
    words: Text
    more: tuple[tuple[Text, ...], ...]
    """What stands below it when it is under the cursor: paragraphs."""
    about: str = ""
    """The id of the entry that can be answered; empty where none can."""
    coded: str = ""
    """The id of an entry that can only be given codes; empty for none."""
    is_late: bool = False


class Seen(Struct, frozen=True):
    """What the views are made of."""

    picture: Picture
    since: str
    names: Mapping[str, str]
    passed_over: tuple[Sentences, ...]


class View(Struct, frozen=True):
    """One list."""

    name: str
    title: Message
    rows: Callable[[Seen], list[Row]]


# The rows of each view. --------------------------------------------------------------------------------


def _status(each: Tracked) -> Message:
    return (PROMISE_WORDS if each.entry.register == "promise" else STATUS_WORDS)[each.answer.status]


def _place(session: Session, id_: str, seen: Seen) -> tuple[Text, ...]:
    """Where a line was said: session, file and name."""
    file = seen.names.get(session.id, "")
    return (
        told.whence(session),
        *((tr("It is in {file}.", file=Verbatim(file)),) if file else ()),
        tr("Its name is {id}.", id=Verbatim(id_)),
    )


def _tracked_row(each: Tracked, seen: Seen) -> Row:
    late = each.lateness(seen.picture.today)
    mark = {"": _status(each), "late": tr("Late"), "long_overdue": tr("Long overdue")}[late]
    return Row(
        key=each.entry.id,
        mark=mark,
        words=told.words_of(each.entry),
        more=tuple(
            part
            for part in (
                told.asked_of(each, with_handing=False),
                *told.history(each, seen.picture),
                tuple(told.behind(each.entry)),
                _place(each.session, each.entry.id, seen),
            )
            if part
        ),
        about=each.entry.id,
        is_late=bool(late),
    )


def _tracked(choose: Callable[[Seen], Sequence[Tracked]]) -> Callable[[Seen], list[Row]]:
    return lambda seen: [_tracked_row(each, seen) for each in choose(seen)]


def _in_hand(seen: Seen) -> list[Row]:
    rows = []
    for each in seen.picture.in_hand:
        asked = seen.picture.tracked(each.received.id)
        rows.append(
            Row(
                key=f"{each.session.id} {each.received.id}",
                mark="",
                words=each.received.words or told.HELD_BACK,
                more=(
                    (tr("It was handed to “{title}”.", title=each.session.title),),
                    *((_place(asked.session, asked.entry.id, seen),) if asked is not None else ()),
                ),
                about=asked.entry.id if asked is not None else "",
            )
        )
    return rows


def _batons(seen: Seen) -> list[Row]:
    today = seen.picture.today
    return [
        Row(
            key=f"{each.baton} {each.body}",
            mark=tr("Late") if each.lateness(today) else "",
            words=next(told.baton_words(each, today)),
            more=(tuple(told.baton_words(each, today))[1:],),
            is_late=bool(each.lateness(today)),
        )
        for each in seen.picture.batons
    ]


def _bodies(seen: Seen) -> list[Row]:
    return [
        Row(
            key=each.body,
            mark=tr("No answer") if each.is_silent else tr("Late") if each.late else "",
            words=each.body,
            more=(tuple(told.body_words(each)),),
            is_late=bool(each.late),
        )
        for each in seen.picture.bodies
    ]


def _noted(choose: Callable[[Picture], Sequence[tuple[Session, Entry]]]) -> Callable[[Seen], list[Row]]:
    def rows(seen: Seen) -> list[Row]:
        return [
            Row(
                key=entry.id,
                mark="",
                words=told.words_of(entry),
                more=tuple(
                    part
                    for part in (
                        (*told.behind(entry), *told.fields_of(entry)),
                        told.codes_of(entry.id, seen.picture),
                        _place(session, entry.id, seen),
                    )
                    if part
                ),
                coded=entry.id,
            )
            for session, entry in choose(seen.picture)
        ]

    return rows


def _audit(seen: Seen) -> list[Row]:
    return [
        Row(
            key=each.session.id,
            mark="",
            words=told.titled(each.session),
            more=(
                (told.OUTCOMES, *told.outcomes(each)),
                (told.PROCESSES, *told.processes(each)),
                (told.MECHANISMS, *told.mechanisms(each)),
            ),
        )
        for each in seen.picture.audit
    ]


def _coverage(seen: Seen) -> list[Row]:
    about = told.frame_words(seen.picture)
    if not about:
        return [Row(key="none", mark="", words=NO_LIST, more=())]
    return [
        Row(
            key=each.code,
            mark="",
            words=tr("Code {code}: {label}", code=Verbatim(each.code), label=each.label),
            more=(told.covered_words(each), about),
        )
        for each in seen.picture.coverage
    ]


def _sessions(seen: Seen) -> list[Row]:
    rows = [
        Row(
            key=each.id,
            mark="",
            words=told.titled(each),
            more=(
                told.held_words(each),
                (tr("It is in {file}.", file=Verbatim(seen.names.get(each.id, "-"))),),
            ),
        )
        for each in seen.picture.sessions
    ]
    return [
        *rows,
        *(
            Row(key=f"! {number}", mark=tr("Not used"), words=as_tuple(each)[0], more=(as_tuple(each),), is_late=True)
            for number, each in enumerate(seen.passed_over)
        ),
    ]


VIEWS: Final[tuple[View, ...]] = (
    View("unanswered", told.UNANSWERED, _tracked(lambda seen: seen.picture.unanswered)),
    View("late", told.NEWLY_LATE, _tracked(lambda seen: seen.picture.newly_late(seen.since))),
    View("points", tr("All points"), _tracked(lambda seen: seen.picture.points)),
    View("promises", told.PROMISED, _tracked(lambda seen: seen.picture.promises)),
    View("actions", told.DUE, _tracked(lambda seen: seen.picture.actions_due)),
    View("in_hand", told.IN_HAND, _in_hand),
    View("batons", told.HANDED_ON, _batons),
    View("bodies", tr("Bodies, and how they answer"), _bodies),
    View("concerns", told.CONCERNS, _noted(lambda picture: picture.concerns)),
    View("unheard", told.NOT_HEARD, _noted(lambda picture: [(each.session, each.entry) for each in picture.unheard])),
    View("coverage", told.COVERAGE, _coverage),
    View("audit", told.AUDIT, _audit),
    View("sessions", told.SESSIONS, _sessions),
)


# The page. ---------------------------------------------------------------------------------------------


class RecordPage(Screen[None]):
    """A list, and the whole of the line under the cursor.

    Args:
        desk: What is shown.
    """

    app = getters.app(PlainApp)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._at = 0
        self._words = ""
        self._stage = ""
        self._rows: dict[str, Row] = {}
        self._all = 0
        self.keys = Keys(self._keys())

    def _keys(self) -> list[Key]:
        async def help_(ctx: Context) -> None:
            del ctx
            await self._over.help()

        return [
            Key(HELP, help_),
            own("open", "Enter", tr("All of it"), tr("Everything that happened with the line under the cursor, and "
                "where it went on."), self._open, keys="enter", title=tr("Open the whole history")),
            own("answer", "a", tr("Answer"), tr("Write down what became of the line under the cursor."),
                self._answer, title=tr("Write an answer")),
            own("confirm", "c", tr("Confirmed"), tr("Write down how many of those who asked say that it was done."),
                self._confirm, title=tr("Write down who confirms it")),
            own("codes", "k", tr("Codes"), tr("Give the line under the cursor codes of your list, or take them back."),
                self._code, title=tr("Give it codes")),
            own("next", "f", tr("Next list"), tr("Show the next list."), lambda ctx: self._turn(1),
                keys="f,right", title=tr("Show the next list"), repeats=True),
            own("before", "F", tr("Back"), tr("Show the list before."), lambda ctx: self._turn(-1),
                keys="F,left", title=tr("Show the list before"), repeats=True),
            own("stage", "s", tr("Stage"), tr("Show only lines for the next stage; after the last all are shown."),
                self._next_stage, title=tr("Show only one stage"), repeats=True),
            finding(self._find, tr("Show only the lines that hold some words; none shows all again."),
                tr("Find words in the lines")),
            own("reload", "r", tr("Read again"), tr("Read what has changed in the folders since."), self._reload,
                title=tr("Read the folders again")),
            own("clear", "Esc", tr("Show all"), tr("Show all lines of the list again."), self._clear,
                keys="escape").in_footer(False),
            own("leave", "q", tr("Leave"), tr("Leave the record. Every answer is written down already."),
                self._leave, keys="q,ctrl+q", title=tr("Leave")),
        ]  # fmt: skip

    def compose(self) -> ComposeResult:
        yield Pane(id="title")
        yield Pane(id="views")
        with Container(id="both"):
            yield PlainOptionList(id="rows")
            with VerticalScroll(id="reading", can_focus=False):
                yield Pane(id="whole")
        yield PlainStatic("", id="said")
        yield KeyLine(self.keys, id="keys")

    def on_mount(self) -> None:
        """Fill it; the arrow keys move at once."""
        self.query_one("#rows", PlainOptionList).focus()
        self.query_one("#said", PlainStatic).display = False
        self.fill()

    @property
    def _over(self) -> RecordApp:
        """The program around it."""
        return cast("RecordApp", self.app)

    # Drawing. ----------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """The list that is shown."""
        return VIEWS[self._at]

    @property
    def row(self) -> Row | None:
        """The line under the cursor."""
        return self._rows.get(self.query_one("#rows", PlainOptionList).picked)

    @property
    def _seen(self) -> Seen:
        desk = self._desk
        return Seen(desk.picture, desk.since, desk.names, desk.passed_over)

    def fill(self) -> None:
        """Show the list as it is now; the cursor stays on its line."""
        seen = self._seen
        rows = self.view.rows(seen)
        self._all = len(rows)
        shown = [row for row in rows if self._fits(row, seen)]
        self._rows = {row.key: row for row in shown}
        pen = Pen(0, self.app.translator)
        marks = {row.key: pen.text(row.mark) if row.mark else "" for row in shown}
        wide = max((len(each) for each in marks.values()), default=0)
        self.query_one("#rows", PlainOptionList).fill(
            [(row.key, _drawn(row, marks[row.key], wide, pen)) for row in shown]
        )
        picture = seen.picture
        self.query_one("#title", Pane).show(lambda pen: _title(picture, pen))
        self.query_one("#views", Pane).show(lambda pen: self._where(len(shown), pen))
        self._draw_row()

    def _fits(self, row: Row, seen: Seen) -> bool:
        if self._stage:
            each = seen.picture.tracked(row.about) if row.about else None
            if each is None or each.stage != self._stage:
                return False
        wanted = self._words.casefold()
        return not wanted or any(wanted in self.app.text(said).casefold() for said in (row.words, *row.more))

    def _where(self, shown: int, pen: Pen) -> Lines:
        count = (
            tr("{n} of {all}", n=shown, all=self._all) if shown != self._all else trn("{n} line", "{n} lines", shown)
        )
        number = tr("{n} of {all}", n=self._at + 1, all=len(VIEWS))
        title: Message = self.view.title
        if self.view.name == "late":
            title = tr("Newly late since {day}", day=Day(self._desk.since))
        lines = [cut([("▐ ", "bar"), (pen.text(title), "strong"), (f"{GAP}{pen.text(count)}", "quiet"),
                      (f"{GAP}({pen.text(tr('list {which}', which=number))})", "quiet")], pen.width)]  # fmt: skip
        narrowed = []
        if self._stage:
            narrowed.append(pen.text(tr("only for “{stage}”", stage=STAGE_TITLES[self._stage])))
        if self._words:
            narrowed.append(pen.text(tr("that hold “{words}”", words=self._words)))
        if narrowed:
            lines.append(cut([("  " + GAP.join(narrowed), "warn")], pen.width))
        return lines

    @on(PlainOptionList.OptionHighlighted, "#rows")
    def look(self) -> None:
        self._draw_row()

    @on(PlainOptionList.OptionSelected, "#rows")
    def click(self) -> None:
        """A click on the line under the cursor opens it."""
        self._over.press(self.keys.named("open"))

    def _draw_row(self) -> None:
        row = self.row
        empty = tr("Nothing stands here. f shows the next list.")
        self.query_one("#whole", Pane).show(
            lambda pen: pen.paragraph(empty, "quiet") if row is None else _whole(row, pen)
        )
        self.query_one("#reading", VerticalScroll).scroll_home(animate=False)

    def say(self, *words: Text, ok: bool = True) -> None:
        """Show what was done, or why it was not."""
        said = self.query_one("#said", PlainStatic)
        said.display = bool(words)
        text = self.app.text(tuple(words)) if words else ""
        said.say(safe(f"{'✓' if ok else '!'} {text}", "good" if ok else "bad"))

    # What can be done. ---------------------------------------------------------------------------------

    async def _turn(self, by: int) -> None:
        self._at = (self._at + by) % len(VIEWS)
        self.say()
        rows = self.query_one("#rows", PlainOptionList)
        self.fill()
        if self._rows:
            rows.highlighted = 0

    async def _next_stage(self, ctx: Context) -> None:
        del ctx
        stages = ["", *(stage for stage in STAGE_TITLES if self._desk.picture.of_stage(stage))]
        self._stage = stages[(stages.index(self._stage) + 1) % len(stages)] if self._stage in stages else ""
        self.fill()

    async def _find(self, ctx: Context) -> None:
        del ctx
        words = await find_words(self._over.ask, _moment(), tr("Find words in the lines"), self._words)
        if words is not None:
            self._words = words
            self.fill()

    async def _clear(self, ctx: Context) -> None:
        del ctx
        self._words = self._stage = ""
        self.say()
        self.fill()

    async def _leave(self, ctx: Context) -> None:
        del ctx
        self.app.exit("left")

    async def _reload(self, ctx: Context) -> None:
        del ctx
        _, wrong = await self._over.tried(self._desk.reload)
        self.say(*(wrong or (tr("It is as the folders are now."),)), ok=not wrong)
        self.fill()

    async def _open(self, ctx: Context) -> None:
        del ctx
        row = self.row
        if row is None:
            return
        seen = self._seen
        chain = seen.picture.followed(row.about)[1:] if row.about else ()

        def lines(pen: Pen) -> Lines:
            found = _whole(row, pen)
            for each in chain:
                found += [[], *pen.paragraph(tr("Where it went on"), "key")]
                found += _whole(_tracked_row(each, seen), pen)
            return found

        await self._over.ask(Tell(self.view.title, lines, wide=True))

    def _answerable(self) -> Tracked | None:
        row = self.row
        each = self._desk.picture.tracked(row.about) if row is not None and row.about else None
        if each is None:
            self.say(tr("Only points, promises and actions are answered."), ok=False)
        return each

    async def _answer(self, ctx: Context) -> None:
        del ctx
        each = self._answerable()
        if each is None:
            return
        today = self._desk.picture.today
        form = Form(
            tr("What became of it?"),
            [told.words_of(each.entry)],
            _asked({}, each),
            tr("Write it down"),
            _moment(),
            asked=lambda typed: _asked(typed, each),
            check=lambda typed: next((wrong.said for wrong in wrong_in(_answer_of(typed), today)), None),
            name="answer",
        )
        typed = await self._over.ask(form)
        if typed is not None:
            await self._note(each, _answer_of(typed), (0, 0), typed)

    async def _confirm(self, ctx: Context) -> None:
        del ctx
        each = self._answerable()
        if each is None:
            return
        if each.answer.status != "done":
            self.say(tr("Nobody has said yet that it was done. a writes an answer."), ok=False)
            return
        held_in = {given.session for given in each.given}
        counted = _counted([session for session in self._desk.picture.sessions if session.id in held_in])
        paper = replace(_REFERENCE, is_further=False)
        form = Form(
            tr("Do those who asked say that it was done?"),
            [told.words_of(each.entry), *told.came_back(each)],
            [*counted, paper],
            tr("Write it down"),
            _moment(),
            asked=lambda typed: [*counted, paper] if _is_on_paper(typed) else counted,
            check=_wrong_count,
            name="confirm",
        )
        typed = await self._over.ask(form)
        if typed is not None:
            await self._note(each, None, _counts(typed), typed)

    async def _code(self, ctx: Context) -> None:
        del ctx
        row, picture, desk = self.row, self._desk.picture, self._desk
        about = (row.about or row.coded) if row is not None else ""
        if row is None or not about:
            self.say(tr("Only points, promises, actions and concerns have codes."), ok=False)
            return
        if picture.frame is None:
            self.say(NO_LIST, ok=False)
            return
        title = picture.frame.framework.title
        has = {each.code for each in picture.codes.get(about, ()) if each.frame == title}
        codes = {f"code{number}": each for number, each in enumerate(picture.frame.codes)}
        listed = {each.code for each in picture.frame.codes} & has
        held = (each for each in picture.codes.get(about, ()) if each.code not in listed)
        others = {f"other{number}": each for number, each in enumerate(held)}
        fields = [_ticked(name, _coded(each), each.code in has) for name, each in codes.items()]
        fields += [_ticked(name, _of_another(each), has=True) for name, each in others.items()]
        form = Form(tr("Which codes does it have?"), [row.words, *told.frame_words(picture)[:1]], fields,
                    tr("Write it down"), _moment(), name="codes")  # fmt: skip
        typed = await self._over.ask(form)
        if typed is None:
            return
        chosen = {each.code for name, each in codes.items() if typed.get(name) == "yes"}
        given = [each.code for each in codes.values() if each.code in chosen - has]
        taken = [each.code for each in codes.values() if each.code in has - chosen]
        taken += [each.code for name, each in others.items() if typed.get(name) != "yes"]

        def work_() -> Sentences:
            said = desk.code(about, given, taken)
            desk.reload()
            return said

        if given or taken:
            said, wrong = await self._over.tried(work_)
            self.say(*(wrong or as_tuple(said or ())), ok=not wrong)
            self.fill()

    async def _note(self, each: Tracked, answer: Answer | None, confirmed: tuple[int, int], typed: Typed) -> None:
        by = {name: typed.get(name, "") for name in ("by_body", "by_role", "reference")}
        if not _is_on_paper(typed):
            by = {"vote": typed["said_in"]}
        desk = self._desk

        def work_() -> Sentences:
            said = desk.answer(each.entry.id, answer, confirmed, by)
            desk.reload()
            return said

        said, wrong = await self._over.tried(work_)
        self.say(*(wrong or as_tuple(said or ())), ok=not wrong)
        self.fill()


def _title(picture: Picture, pen: Pen) -> Lines:
    first, *rest = told.summed(picture)
    lines = pen.paragraph(first, "quiet")
    return [*lines, *(line for said in rest[:1] for line in pen.paragraph(said, "strong"))]


def _drawn(row: Row, mark: str, wide: int, pen: Pen) -> Content:
    words = " ".join(pen.text(row.words).split())
    if not wide:
        return safe(words)
    sign = "! " if row.is_late else "  "
    return Content.assemble(safe(sign, "warn"), safe(f"{mark:<{wide}}{GAP}", "warn" if row.is_late else "quiet"),
                            safe(words))  # fmt: skip


def _whole(row: Row, pen: Pen) -> Lines:
    """A line and all that is known of it."""
    lines = pen.paragraph(row.words, "strong")
    for part in row.more:
        lines += pen.paragraph(part, "plain", "· ")
    return lines


# Forms. ------------------------------------------------------------------------------------------------


class _Now(Struct, frozen=True):
    """As much of a moment as a form asks for: there is no room here."""

    now: int


def _moment() -> Moment:
    return cast(Moment, _Now(time.time_ns() // 1_000_000))


def _no_number(typed: str) -> Message | None:
    number = number_or_none(typed)
    if not typed or (number is not None and number >= 0):
        return None
    return tr("Please write a whole number, such as 12, or leave it empty.")


def _counts(typed: Typed) -> tuple[int, int]:
    return number_or_none(typed.get("yes", "")) or 0, number_or_none(typed.get("no", "")) or 0


_PAPER: Final = "paper"


def _counted(later: Sequence[Session]) -> list[Field]:
    """How many confirm something, and whether a later session that answered it says so, or a paper."""
    fields = [
        Field(name="yes", label=tr("How many say yes?"), kind="number", wrong=_no_number),
        Field(name="no", label=tr("How many say no?"), kind="number", wrong=_no_number),
    ]
    if later:
        votes = (Choice(each.id, tr("The vote of “{title}”", title=each.title)) for each in later)
        choices = (Choice(_PAPER, tr("A letter, minute or paper")), *votes)
        fields.append(Field(name="said_in", label=WHO_SAYS_SO, kind="choice", choices=lambda moment: choices,
                            leads=True, usual=lambda moment: _PAPER))  # fmt: skip
    return fields


def _is_on_paper(typed: Typed) -> bool:
    return typed.get("said_in", _PAPER) == _PAPER


def _wrong_count(typed: Typed) -> Message | None:
    if not any(_counts(typed)):
        return tr("Please say how many said yes, and how many said no.")
    if _is_on_paper(typed) and not has_words(clean_line(typed.get("reference", ""))):
        return WHO_SAYS_SO
    return None


_WORDS: Final[dict[Status, Message]] = {
    "acknowledged": tr("In words, where there are some"),
    "planned": tr("What is planned?"),
    "done": tr("What was done?"),
    "already": tr("What is happening already?"),
    "changed_in_part": tr("What was changed, and what was not?"),
    "not_done": tr("Why not?"),
    "waiting": tr("What does it wait for?"),
    "passed_on": tr("In words, where there are some"),
}
_DAYS: Final[dict[Status, Message]] = {
    "planned": tr("By when?"),
    "waiting": tr("When is it asked for again?"),
    "done": tr("On which day, where that is known?"),
    "already": tr("Since when, where that is known?"),
    "changed_in_part": tr("On which day, where that is known?"),
}
_SEEN: Final = ("done", "already", "changed_in_part")
_REFERENCE: Final = Field(name="reference", label=tr("Which letter, minute or paper says so?"), is_further=True)


def _coded(each: Coded) -> Message:
    return tr("Code {code}: {label}", code=Verbatim(each.code), label=each.label)


def _of_another(each: Code) -> Message:
    return tr("Code {code}: {label} (of {file})", code=Verbatim(each.code), label=each.label, file=Verbatim(each.frame))


def _ticked(name: str, label: Message, has: bool) -> Field:
    usual = "yes" if has else ""
    return Field(name=name, label=label, kind="tick", usual=lambda moment: usual)


def _leading(words: Mapping[Status, Message]) -> Field:
    choices = tuple(Choice(status, words[status]) for status in STATUSES if status != "none")
    return Field(name="status", label=tr("How does it stand?"), kind="choice", choices=lambda moment: choices,
                 leads=True, usual=lambda moment: "acknowledged")  # fmt: skip


_OF_PROMISE: Final = _leading(PROMISE_WORDS)
_OF_ANY: Final = _leading(STATUS_WORDS)


def _asked(typed: Typed, each: Tracked) -> list[Field]:
    """What an answer needs, as the status that was chosen asks for it."""
    status = cast(Status, typed.get("status") or "acknowledged")
    fields = [
        _OF_PROMISE if each.entry.register == "promise" else _OF_ANY,
        Field(name="words", label=_WORDS[status], kind="lines"),
    ]  # fmt: skip
    if status == "passed_on":
        fields.append(Field(name="to", label=tr("Which body has it now?")))
    if status in _DAYS:
        fields.append(Field(name="on", label=_DAYS[status], kind="day"))
    if status in _SEEN:
        fields.append(Field(name="where", label=tr("Where can one see it?")))
    body = next((one.body for one in each.handed if one.body), each.entry.text("body"))
    return [
        *fields,
        Field(name="by_body", label=tr("Who says so?"), usual=lambda moment: body, is_further=True),
        Field(name="by_role", label=tr("Who there, by their role?"), is_further=True),
        _REFERENCE,
    ]


def _answer_of(typed: Typed) -> Answer:
    """What was typed, as an answer; what its status does not ask for is left out."""
    status = cast(Status, typed.get("status") or "acknowledged")
    return Answer(
        status=status,
        words=clean_text(typed.get("words", "")),
        on=typed.get("on", "") if status in _DAYS else "",
        where=clean_line(typed.get("where", "")) if status in _SEEN else "",
        to=clean_line(typed.get("to", "")) if status == "passed_on" else "",
    )
