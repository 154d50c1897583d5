"""The session report: all that may be told of a session to whoever was promised a report of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.domain.consent import level_words
from workshop_tui.domain.honesty import FIXED_LINE, PROPORTIONS_LINE
from workshop_tui.domain.promise import LEVEL_WORDS
from workshop_tui.domain.promise import Section as PromiseSection
from workshop_tui.domain.registers import REGISTERS
from workshop_tui.exports import in_short, lines, phrases
from workshop_tui.exports.document import (
    Bullets,
    Cell,
    Document,
    Entries,
    Entry,
    Facts,
    Paragraph,
    Part,
    Prose,
    Quotation,
    Result,
    Said,
    Section,
    Table,
    sentences_of,
)
from workshop_tui.exports.handed import handed_sections
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import EntryReport, Gathered, ItemReport, Report, RoundReport
from workshop_tui.messages import Listed, Message, Place, Text, Verbatim, tr

FOR_WHOM = tr(
    "This report is for those who took part and for those who were to read it, as people were told. Beside each story "
    "stands who may read it: it goes no further."
)


def build(report: Report) -> Document:
    """The whole report, concerns first."""
    return Document(
        page=tr("Report: {title}", title=phrases.own(report, report.title)),
        kicker=tr("Report of a workshop, {day}", day=phrases.day_of(report)),
        title=phrases.own(report, report.title),
        contents=tr("Contents"),
        opening=(
            Paragraph((report.stage_title,), "stage"),
            *([Paragraph(status, "status")] if (status := _status(report)) else []),
            Prose(report.purpose, report.language),
        ),
        sections=(
            in_short.in_short(report, room=True),
            _glance(report),
            *handed_sections(report),
            _notes(report, tr("Concerns"), "concerns"),
            *_points(report),
            _open(report),
            Section(heading=tr("What people chose"), anchor="results", parts=tuple(_results(report))),
            Section(heading=tr("Stories"), anchor="stories", parts=tuple(_stories(report))),
            *(_words(report, gathered) for gathered in report.words),
            _notes(report, tr("Actions"), "actions"),
            _notes(report, tr("Promises"), "promises"),
            *_registers(report),
            _unsorted(report),
            _day(report),
            Section(heading=tr("Where this came from and where it goes"), anchor="baton", parts=tuple(_baton(report))),
            in_short.left_out(report, reasons=True),
            _made(report),
        ),
    )


OUTPUT = Output(name="report", audience="session_report", build=build, for_whom=FOR_WHOM, with_data=True)


def _glance(report: Report) -> Section:
    sealed = sum(each.status == "sealed" for each in report.rounds)
    void = sum(each.status == "void" for each in report.rounds)
    counted = tr("{sealed}, and {void} declared void", sealed=sealed, void=void) if void else sealed
    lines = [
        (tr("Concerns raised"), (phrases.noted(report, "concerns"),)),
        (tr("People in the room"), (tr("not counted") if report.present is None else report.present,)),
        *([(tr("By video link"), (report.by_video,))] if report.by_video else []),
        (tr("Phones that joined"), (phrases.phones(report),)),
        (tr("Votes counted"), (counted,)),
        (tr("Stories told"), (phrases.shown_of(report.stories),)),
        *((each.noun.given, (phrases.shown_of(each),)) for each in report.words),
        (tr("Actions agreed"), (phrases.noted(report, "actions"),)),
        (tr("Promises made"), (phrases.noted(report, "promises"),)),
        *([(tr("The session file"), report.damage)] if report.damage else []),
        (tr("State"), phrases.write_up(report)),
        (tr("The file's lock"), phrases.lock(report)),
        *([(tr("How long it is kept"), (kept,))] if (kept := phrases.kept_until(report)) is not None else []),
        *([(tr("Not in order"), sentences_of(report.origin.left_out))] if report.origin.left_out else []),
    ]
    return Section(
        heading=tr("At a glance"),
        anchor="glance",
        parts=(Facts(heads=(tr("What"), tr("Number")), lines=tuple(lines)), Paragraph((FIXED_LINE,))),
    )


def _points(report: Report) -> Iterator[Section]:
    """Every point with all that is said of it; none where nobody has made one."""
    points = lines.points(report)
    if points:
        entries = tuple(
            Entry((("", each.words),), (
                *lines.counts(report, each, room=True), *lines.behind(each), *_cited(report, each), *lines.asked(each),
                *(lines.answer(report, each) if each.key in report.answers else ()),
            ))
            for each in points
        )  # fmt: skip
        yield Section(heading=tr("Points"), anchor="points", parts=(Entries(entries),))


def _cited(report: Report, entry: EntryReport) -> Iterator[Message]:
    """The stories of this report that stand behind a line, by their numbers."""
    numbers = {each.key: each.number for each in report.stories.shown}
    cited = tuple(numbers[key] for key in entry.rests.texts if key in numbers)
    if cited:
        yield tr("In this report: story {numbers}.", numbers=Listed(tuple(sorted(cited))))


def _registers(report: Report) -> Iterator[Section]:
    """The registers that have lines, as tables."""
    for name in in_short.REGISTERS_LEFT:
        if parts := lines.table(report, name):
            yield Section(heading=REGISTERS[name].many, anchor=f"register-{name}", parts=parts)


def _unsorted(report: Report) -> Section:
    entries = tuple(
        Entry((("", each.words),), (phrases.where_noted(each),)) for each in report.entries if not each.register
    )
    beside = phrases.held_notes(report, "notes")
    none = () if entries or beside else (tr("No note was kept."),)
    return Section(
        heading=tr("Notes"),
        anchor="notes",
        parts=(*([Entries(entries)] if entries else []), *lines.paragraph(*beside, *none)),
    )


def _notes(report: Report, heading: Message, which: phrases.NoteList) -> Section:
    entries = tuple(
        Entry((("", note.text),), (*phrases.who_by_when(note), phrases.where_noted(note)), "; ")
        for note in phrases.notes_in(report, which)
    )
    beside = phrases.beside_notes(report, which)
    parts: tuple[Part, ...] = (*([Entries(entries)] if entries else []), *([Paragraph(beside)] if beside else []))
    return Section(heading=heading, anchor=which, parts=parts)


def _status(report: Report) -> tuple[Place, ...]:
    """What the room was told in one sentence; of early engagement also that it was no consultation."""
    note = report.promise.note
    return (*sentences_of(report.status), *((note,) if note else ()))


def _open(report: Report) -> Section:
    promise = report.promise
    parts: tuple[Part, ...] = (
        *_told(promise.parts[:1] if promise.now.level else ()),
        *_listed(report, tr("This could change"), report.can_change),
        *_bullets(tr("This could not change"), promise.fixed),
        *_told(promise.parts[1:] if promise.now.level else promise.parts),
        *_changed(report),
        *_kept_to(report),
    )
    return Section(
        heading=tr("What could change, and what could not"),
        anchor="open",
        parts=parts or (Paragraph((tr("The agenda did not say."),)),),
    )


def _told(sections: Sequence[PromiseSection]) -> Iterator[Part]:
    for heading, told in sections:
        said = Paragraph(tuple(told))
        yield Section(heading=heading, parts=(said,)) if heading else said


def _bullets(heading: Text, lines: Sequence[Place]) -> Iterator[Section]:
    if lines:
        yield Section(heading=heading, parts=(Bullets(tuple((line,) for line in lines)),))


def _changed(report: Report) -> Iterator[Section]:
    """What the room was told before something else, each with its time."""
    clock, why = report.origin.clock, report.promise.now.why_changed
    for number, each in enumerate(report.promise.earlier):
        became = report.promise.earlier[number + 1 :][:1]
        reason = became[0].promise.why_changed if became else why
        heading = tr("What the room was told until {time} on {day}", time=clock.time(each.until),
                     day=clock.day(each.until))  # fmt: skip
        lines: list[Part] = [
            Paragraph((*each.plain, tr("Nothing was said of what is decided."))[: len(each.plain) or 1])
        ]
        for under, said in each.parts:
            lines += [Paragraph((tr("{heading}:", heading=under), *said) if under else tuple(said))]
        if reason:
            lines.append(Paragraph((tr("Why it changed: {reason}", reason=phrases.own(report, reason)),)))
        yield Section(heading=heading, parts=tuple(lines))


def _kept_to(report: Report) -> Iterator[Section]:
    """Whether people say that it was kept, where they were asked."""
    for item in report.items:
        for each in report.rounds:
            if item.type == "promise_check" and each.item == item.key and each.status == "sealed":
                question = phrases.own(report, each.question)
                name = tr("Result: {item}", item=phrases.own(report, item.title))
                parts = (
                    Paragraph((question,), "question"), Result(each.result, name),
                    Bullets(tuple((said,) for said in each.sentences), "base"),
                )  # fmt: skip
                yield Section(heading=tr("Was it kept?"), parts=parts)


def _listed(report: Report, heading: Message, texts: Sequence[str]) -> Iterator[Section]:
    if texts:
        lines = tuple((phrases.own(report, text),) for text in texts)
        yield Section(heading=heading, parts=(Bullets(lines),))


def _results(report: Report) -> Iterator[Part]:
    if not report.rounds:
        yield Paragraph((tr("No vote was opened."),))
    for item in report.items:
        rounds = [each for each in report.rounds if each.item == item.key]
        if rounds:
            only = len(rounds) == 1 and rounds[0].number == 1
            parts = tuple(part for each in rounds for part in _round(report, item, each, only=only))
            yield _item(report, item, parts, anchor=f"result-{item.number}")


def _item(report: Report, item: ItemReport, parts: tuple[Part, ...], anchor: str = "") -> Section:
    heading = phrases.own(report, item.title)
    level = (Paragraph((LEVEL_WORDS[item.level],), "remark"),) if item.level else ()
    return Section(heading=heading, number=item.number, anchor=anchor, look="item", parts=(*level, *parts))


def _round(report: Report, item: ItemReport, round_: RoundReport, *, only: bool) -> tuple[Part, ...]:
    title = phrases.own(report, item.title)
    name = (
        tr("Result: {item}", item=title)
        if only
        else tr("Result of round {number}: {item}", number=round_.number, item=title)
    )
    parts: tuple[Part, ...] = (
        Paragraph((phrases.own(report, round_.question),), "question"),
        *(Paragraph(remark, "remark") for remark in phrases.round_remarks(round_)),
        *([Result(round_.result, name)] if round_.result else []),
        Bullets((*((each,) for each in round_.sentences), phrases.round_counts(round_)), "base"),
    )
    if round_.details:
        # By its name a list of headings tells one from the other.
        behind = (
            tr("Behind this result: {item}", item=title)
            if only
            else tr("Behind round {number}: {item}", number=round_.number, item=title)
        )
        parts += (Section(heading=behind, look="behind", parts=(Result(round_.details, behind),)),)
    if left_out := round_.reasons_left_out.sentences:
        parts += (Paragraph(left_out),)
    return parts if only else (Section(heading=tr("Round {number}", number=round_.number), parts=parts),)


def _stands_behind(report: Report, key: str) -> Said:
    """The points that rest on a story, so that it can be followed."""
    found = [each.words for each in lines.points(report) if key in each.rests.texts]
    return tuple(tr("It stands behind this point: “{point}”", point=each) for each in found)


def _stories(report: Report) -> Iterator[Part]:
    stories = report.stories
    if not stories.told:
        yield Paragraph((tr("No stories were given."),))
    for said in stories.shown:
        owner = tr("Its owner chose:")
        level = sentences_of(level_words(said.consent))
        details = (tr("Item {number}.", number=said.item_number), owner, *level, *_stands_behind(report, said.key))
        yield Section(
            heading=tr("Story {number}", number=said.number),
            anchor=f"story-{said.number}",
            look="said",
            parts=(Paragraph(details, "details"), Quotation(said.parts)),
        )
    if left_out := phrases.not_shown(stories):
        yield Paragraph(left_out)
    if stories.levels:
        yield Table(
            caption=tr("Stories by who their owners let read them"),
            heads=(tr("Who may read it"), tr("Told"), tr("Not in this report")),
            rows=tuple(
                (
                    Cell(sentences_of(each.words), joined=" "),
                    Cell((each.told,)),
                    Cell((each.not_shown,)),
                )
                for each in stories.levels
            ),
        )


def _words(report: Report, gathered: Gathered) -> Section:
    parts: list[Part] = [] if gathered.told else [Paragraph((gathered.noun.none_given,))]
    for item in report.items:
        found = [each for each in gathered.shown if each.item == item.key]
        if found:
            entries = tuple(Entry(said.parts, phrases.standing(said)) for said in found)
            question = Paragraph((phrases.own(report, item.question),), "question")
            parts.append(_item(report, item, (question, Entries(entries, quoted=True))))
    parts += [Paragraph(said) for said in (phrases.answers_held(gathered), phrases.not_shown(gathered)) if said]
    return Section(heading=gathered.noun.many, anchor=gathered.kind, parts=tuple(parts))


def _day(report: Report) -> Section:
    clock = report.origin.clock
    times = (
        clock.sentence(),
        tr("Began: {time}.", time=clock.time(report.started_at)),
        tr("Ended: {time}.", time=clock.time(report.ended_at)),
    )
    rows = tuple(
        (
            Cell((phrases.own(report, item.title),), number=item.number),
            Cell((clock.time(item.planned.start) if item.planned else phrases.NOTHING,)),
            Cell((clock.time(item.opened_at),)),
            Cell((phrases.minutes_planned(item),)),
            Cell((phrases.minutes_used(item),)),
            Cell(phrases.item_status(item, report)),
        )
        for item in report.items
    )
    heads = (
        tr("Item"), tr("Planned start"), tr("Real start"), tr("Planned minutes"), tr("Minutes used"),
        tr("What became of it"),
    )  # fmt: skip
    caption = tr("Every item with its planned and its real time")
    return Section(
        heading=tr("The day as planned and as it went"),
        anchor="day",
        parts=(Paragraph(times), Table(caption=caption, heads=heads, rows=rows, anchor="times")),
    )


def _baton(report: Report) -> Iterator[Section]:
    nothing = Paragraph((tr("Nothing was written down."),))
    if report.people:
        yield Section(heading=tr("Who was invited"), parts=(Prose(report.people, report.language),))
    if report.venue_access:
        heading = tr("How the place was made to work for everybody")
        yield Section(heading=heading, parts=(Prose(report.venue_access, report.language),))
    handed = Prose(report.baton_in, report.language) if report.baton_in else nothing
    yield Section(heading=tr("Handed to this workshop"), parts=(handed,))
    heading = tr("To be handed on")
    yield from (
        _listed(report, heading, report.baton_out)
        if report.baton_out
        else (Section(heading=heading, parts=(nothing,)),)
    )


def _made(report: Report) -> Section:
    clock, origin = report.origin.clock, report.origin
    counted = (
        tr("Each person had one answer to each question and could change it until the vote closed."),
        tr("Results were counted by computer from answers that nobody can link to a person."),
        tr("Percentages are given from 30 answers on."),
        PROPORTIONS_LINE,
    )
    written = tr(
        "Written from session {session}, agenda {agenda}, with everything up to {time} on {day}.",
        session=Verbatim(origin.id),
        agenda=origin.agenda,
        time=clock.time(origin.as_of),
        day=clock.day(origin.as_of),
    )
    head = (
        tr("Last entry of the session's journal: {hash}", hash=Verbatim(origin.journal_head))
        if origin.journal_head
        else tr("The session's journal has no entry.")
    )
    return Section(
        heading=tr("How this report was made"),
        anchor="made",
        look="footer",
        parts=(
            Paragraph(counted),
            Paragraph((FOR_WHOM, *in_short.not_what_it_was(report))),
            Paragraph((written,)),
            Paragraph((head,), "hash"),
        ),
    )
