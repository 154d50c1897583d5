"""GET /now: the one page a phone is on."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.agenda import HandedIn
from workshop_tui.domain.asking import config_of, gathering_of, poll_of
from workshop_tui.domain.passing import SKIPPED
from workshop_tui.domain.received import behind_words, what_is_asked
from workshop_tui.domain.roles import LOOKS_ON
from workshop_tui.domain.state import ItemState, Round
from workshop_tui.domain.telling import GROUND_RULES, LIMITS
from workshop_tui.drawing.answers import draw_answers
from workshop_tui.drawing.html import draw_view
from workshop_tui.messages import Message, Place, Quoted, Text, Verbatim, tr, trc
from workshop_tui.room.results import round_result
from workshop_tui.room.times import clock
from workshop_tui.web.phone.form_pages import FormPage, FormPages
from workshop_tui.web.phone.layout import GET_HELP, PhonePages, see
from workshop_tui.web.phone.phone_state import Options, PhoneState, asked_words, options_of
from workshop_tui.web.phone.phones import Phone
from workshop_tui.web.phone.questions import WE_HAVE_IT, QuestionPages
from workshop_tui.web.phone.roles import RolePages

WORDS_SENT: Final = tr("Only the people you chose may read this.")
LOOK_UP: Final = tr("Please look at the big screen.")
CHANGE: Final = tr("Change my answer")
CHANGE_UNTIL: Final = tr("You can change it until we close the question.")
CLOSED: Final = tr("This question is closed.")
NOT_SHOWN: Final = tr("We do not show what you chose again. To change it, answer all of it once more.")
"""Of answers that may be joined with nothing: whoever is handed the phone must not read them either."""
PAUSE: Final = tr("We are taking a short pause")
THANKS: Final = tr("Thank you for coming.")


class NowPages:
    """Makes the page of each state."""

    def __init__(self, pages: PhonePages, forms: FormPages, roles: RolePages) -> None:
        self._pages = pages
        self._room = pages.phones.room
        self._forms = forms
        self._roles = roles
        self._questions = QuestionPages(pages)
        self._results: dict[tuple[str, str], tuple[Markup, tuple[Text, ...]]] = {}
        self._room.notifier.empties(self._results)

    async def now(self, request: Request) -> Response:
        """The page for this phone now."""
        phone = self._pages.phones.phone(request.scope)
        if phone is None:
            return self._pages.not_joined(request)
        showing = self._pages.phone_state()
        if showing.name in ("open", "gather"):
            if self._roles.is_silent(phone):
                return self._roles.ask(request, phone)
            if self._roles.looks_on(phone):
                return self._look_on(request, phone, showing)
        if showing.name == "open" and showing.round is not None:
            return self._open(request, phone, showing.round)
        if showing.name == "gather" and showing.here is not None:
            return self._gather(request, phone, showing.here)
        return self._look(request, phone, showing)

    async def back(self, request: Request) -> Response:
        """The address of a form, opened again: there is only one page to be on."""
        wished = request.query_params.get("lang", "")
        return see(f"/now?lang={wished}" if wished in self._room.state.agenda.languages else "/now")

    def _open(self, request: Request, phone: Phone, round_: Round) -> Response:
        mine = self._room.tables.kept_ballot(round_.key, phone.person)
        form = self._forms.of_vote(phone, round_)
        if mine is None or request.query_params.get("change"):
            values = self._pages.phones.answered(phone, round_)
            return self._forms.page(request, phone, replace(form, again=mine is not None), values)
        if mine.choice is None:
            return self._plain(
                request,
                phone,
                form.heading,
                CHANGE_UNTIL,
                LOOK_UP,
                title=self._passed(form.heading),
                done=SKIPPED,
                more=("/now?change=1", tr("Answer it after all")),
                who=form.who,
            )
        is_apart = self._pages.phones.round_form(round_).kind.is_apart
        return self._plain(
            request,
            phone,
            form.heading,
            *((CHANGE_UNTIL, NOT_SHOWN) if is_apart else (CHANGE_UNTIL,)),
            LOOK_UP,
            title=_sent(form.heading),
            done=tr("Thank you. We have your answer."),
            answers=self._answers(request, phone, round_),
            more=("/now?change=1", CHANGE),
            who=form.who,
        )

    def _passed(self, question: Place) -> Message:
        """The title of the page after somebody left a question out."""
        agenda = self._pages.phones.room.state.agenda
        if not agenda.word_for_pass:
            return tr("Skipped: {question}", question=question)
        word = agenda.said("word_for_pass")
        return trc("what was chosen, and the question", "{word}: {question}", word=word, question=question)

    def _answers(self, request: Request, phone: Phone, round_: Round) -> Markup:
        """What this phone answered, as lines; nothing where that must not be shown again, or is counted."""
        blocks, each = self._pages.phones.round_form(round_).blocks, self._room.state.item(round_.item)
        translator = self._pages.translator(request, each.item if each is not None else None)
        return draw_answers(blocks, self._pages.phones.answered(phone, round_), translator=translator)

    def _gather(self, request: Request, phone: Phone, here: ItemState) -> Response:
        kind = gathering_of(here.item, self._room.kinds)
        assert kind is not None  # noqa: S101 - the state of phones says so
        form, sent = self._forms.of_gathering(here, kind), self._sent(phone, here)
        if kind.asks_consent and not sent and not self._has_read_the_rules(request, phone):
            return self._rules(request, phone, form)
        if self._questions.instead_of_form(request, here, sent):
            return self._questions.page(request, phone, here, sent=sent, is_open=True)
        if request.query_params.get("skip"):
            more = ("/now?more=1", tr("Write something after all"))
            return self._plain(request, phone, form.heading, tr("That is fine."), LOOK_UP, more=more)
        if not sent or request.query_params.get("more"):
            again = bool(sent or request.query_params.get("more"))
            return self._forms.page(request, phone, replace(form, again=again), {})
        if kind.several:
            title, done = _sent(form.heading), tr("Thank you. Send another?")
            return self._forms.page(request, phone, form, {}, title=title, done=done, sent=True)
        return self._plain(
            request,
            phone,
            form.heading,
            LOOK_UP,
            tr("Do you want to talk to someone? Press “{button}”.", button=GET_HELP),
            title=_sent(form.heading),
            done=WE_HAVE_IT,
            more=("/now?more=1", tr("Tell us more")),
            who=(WORDS_SENT,) if kind.asks_consent else form.who,
            sent=True,
            card=kind.asks_consent,
        )

    def _has_read_the_rules(self, request: Request, phone: Phone) -> bool:
        """Whether somebody went on from the ground rules, or skips the question that they are for."""
        if "read" in request.query_params:
            self._pages.phones.read_rules.add(phone.person)
        return phone.person in self._pages.phones.read_rules or "skip" in request.query_params

    def _rules(self, request: Request, phone: Phone, form: FormPage) -> Response:
        """Ground rules with the limits of confidentiality, before anybody is asked for a story."""
        values = {
            "title": tr("Before you tell a story"),
            "rules": (*GROUND_RULES, *self._room.state.agenda.each_said("ground_rules")),
            "limits": LIMITS,
        }
        return self._pages.page(request, phone, "rules.html", values, about=form.page, item=form.item)

    def _look_on(self, request: Request, phone: Phone, showing: PhoneState) -> Response:
        """What is asked now, without a way to answer it."""
        if showing.name == "gather" and showing.here is not None and self._pages.board.takes_votes(showing.here):
            return self._questions.page(request, phone, showing.here, lines=(LOOKS_ON,), more=self._roles.link(phone))
        options: Options = ()
        agenda = self._room.state.agenda
        heading = agenda.said("title")
        if showing.round is not None:
            heading = asked_words(self._room.state, showing.round)
            options = options_of(self._pages.phones.round_form(showing.round).config)
        elif showing.here is not None:
            heading = agenda.asked(showing.here.item)
        return self._plain(request, phone, heading, LOOKS_ON, options=options, more=self._roles.link(phone))

    def _sent(self, phone: Phone, here: ItemState) -> int:
        rows = self._room.tables.kept_from(phone.person)
        return sum(1 for row in rows if row.item == here.item.key and not row.gone)

    def _look(self, request: Request, phone: Phone, showing: PhoneState) -> Response:
        agenda, round_ = self._room.state.agenda, showing.round
        title = agenda.said("title", showing.here.item if showing.here is not None else None)
        match showing.name:
            case "paused":
                lines = (tr("Your words are safe."), tr("You need not do anything. We go on together."))
                return self._plain(request, phone, PAUSE, *lines)
            case "before":
                lines = (tr("We have not started yet."), tr("Keep this page open."))
                more = self._roles.link(phone)
                return self._plain(request, phone, title, *lines, done=tr("You have joined."), more=more)
            case "ended":
                return self._ended(request, phone, round_)
            case "soon" if showing.here is not None:
                return self._soon(request, phone, showing.here)
            case "closed" | "void" | "result" if round_ is not None:
                return self._round_over(request, phone, showing, round_)
            case "shut" if showing.here is not None and self._pages.board.takes_votes(showing.here):
                return self._questions.page(request, phone, showing.here, lines=(CLOSED, LOOK_UP))
            case "shut" if showing.here is not None:
                asked = agenda.asked(showing.here.item)
                return self._plain(request, phone, asked, CLOSED, LOOK_UP, title=_closed(asked))
        if showing.here is not None and showing.here.item.shows_received and agenda.received:
            return self._plain(request, phone, title, LOOK_UP, received=agenda.received)
        nothing = tr("There is nothing to do on your phone now.")
        back = showing.here.ends_at if showing.here is not None and showing.here.item.is_break else None
        if back is not None:
            return self._plain(request, phone, title, tr("Back at {time}", time=Verbatim(clock(back))), nothing)
        return self._plain(request, phone, title, nothing, LOOK_UP)

    def _ended(self, request: Request, phone: Phone, round_: Round | None) -> Response:
        """People left: nothing more is taken, and words can be taken back until the write-up is finished."""
        is_open = self._room.state.finished_at is None
        lines = [THANKS, tr("Your answers are saved. Nothing more can be sent.")]
        if is_open:
            lines.append(tr("You can still take back the words you sent."))
        return self._plain(request, phone, tr("This workshop has ended"), *lines, result=round_, sent=is_open)

    def _soon(self, request: Request, phone: Phone, here: ItemState) -> Response:
        agenda = self._room.state.agenda
        kind = poll_of(here.item, self._room.kinds)
        assert kind is not None  # noqa: S101 - the state of phones says so
        options = options_of(config_of(here, kind))
        return self._plain(
            request, phone, agenda.asked(here.item), tr("You can answer soon."), LOOK_UP, options=options
        )

    def _round_over(self, request: Request, phone: Phone, showing: PhoneState, round_: Round) -> Response:
        question = asked_words(self._room.state, round_)
        if showing.name == "result":
            return self._plain(
                request, phone, question, title=tr("Result: {question}", question=question), result=round_
            )
        if showing.name == "void":
            line, title = (
                tr("We stopped this question. It does not count."),
                tr("Stopped: {question}", question=question),
            )
            return self._plain(request, phone, question, line, LOOK_UP, title=title)
        answers = self._answers(request, phone, round_)
        return self._plain(request, phone, question, CLOSED, LOOK_UP, title=_closed(question), answers=answers)

    def _plain(
        self,
        request: Request,
        phone: Phone,
        heading: Text | Quoted,
        *lines: Text,
        title: Text = "",
        done: Text = "",
        answers: Markup = Markup(),  # noqa: B008 - it cannot be changed
        who: tuple[Text, ...] = (),
        more: tuple[str, Message] | None = None,
        options: Options = (),
        received: tuple[HandedIn, ...] = (),
        result: Round | None = None,
        sent: bool = False,
        card: bool = False,
    ) -> Response:
        if more is None and self._roles.is_silent(phone):
            more = self._roles.link(phone)
        drawn, cautions = self._result(request, result) if result is not None else (Markup(), ())
        values = {
            "title": title or heading, "heading": heading, "lines": lines, "done": done, "who": who, "more": more,
            "options": options, "received": tuple(map(_handed, received)), "answers": answers, "result": drawn,
            "cautions": cautions, "sent": sent, "card": card,
        }  # fmt: skip
        return self._pages.page(request, phone, "now.html", values)

    def _result(self, request: Request, round_: Round) -> tuple[Markup, tuple[Text, ...]]:
        """A result as HTML with its sentences: counted once for each version of the room, for all phones."""
        key = (round_.key, self._pages.language(request))
        if key not in self._results:
            about = self._room.state.item(round_.item)
            blocks, words = round_result(self._room, round_)
            translator = self._pages.translator(request, about.item if about is not None else None)
            self._results[key] = (draw_view(blocks, translator=translator), words)
        return self._results[key]


def _handed(point: HandedIn) -> tuple[str, tuple[Text, ...]]:
    """A point that was handed in, and what stands below it."""
    return point.words, (*behind_words(point), *what_is_asked(point))


def _sent(question: Quoted) -> Message:
    return tr("Sent: {question}", question=question)


def _closed(question: Quoted) -> Message:
    return tr("Closed: {question}", question=question)
