"""GET /now: the one page a phone is on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.activity import AnyGathering
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.asking import config_of, gathering_of, poll_of
from workshop_tui.domain.blocks import FormBlock, Option
from workshop_tui.domain.roles import LOOKS_ON
from workshop_tui.domain.state import ItemState, Round
from workshop_tui.drawing.html import draw_view
from workshop_tui.messages import Message, Quoted, Sentences, Text, tr
from workshop_tui.room.results import round_result
from workshop_tui.web.phone.form_parts import form_parts
from workshop_tui.web.phone.lasting import lasts
from workshop_tui.web.phone.layout import GET_HELP, PhonePages, see
from workshop_tui.web.phone.phone_state import PhoneState
from workshop_tui.web.phone.phones import Phone
from workshop_tui.web.phone.questions import WE_HAVE_IT, QuestionPages
from workshop_tui.web.phone.repeat import Twice
from workshop_tui.web.phone.roles import RolePages

WORDS_SEEN: Final = {
    "facilitator": tr("Only the person who leads today can read this."),
    "room": tr("The person who leads today reads this first. Then the room may see it. Please do not use names."),
    "consent": tr("You choose who may read this. Please do not use names."),
}
WORDS_SENT: Final = tr("Only the people you chose may read this.")
LOOK_UP: Final = tr("Please look at the big screen.")
CHANGE: Final = tr("Change my answer")
CLOSED: Final = tr("This question is closed.")
THANKS: Final = tr("Thank you for coming.")


class FormPage(Struct, frozen=True, kw_only=True):
    """One form of a phone."""

    heading: Quoted
    who: tuple[Text, ...]
    """Who sees what is sent."""
    action: str
    page: str
    """The page that it is open on, as `PhoneState.page` names it."""
    item: Item
    blocks: tuple[FormBlock, ...]
    slot: str = ""
    """The round, for a vote; empty where many can be sent."""
    seed: int = 0
    open: bool = True
    """Whether it can still be sent; a closed form only shows the words again."""
    again: bool = False
    """Whether this phone has sent something here before."""
    check: bool = False
    """Whether the words are shown once more before they are sent."""


class NowPages:
    """Makes the page of each showing."""

    def __init__(self, pages: PhonePages) -> None:
        self.pages = pages
        self.roles = RolePages(pages)
        self.questions = QuestionPages(pages)
        self.twice = Twice(pages.phones)
        self._results: dict[tuple[str, str], tuple[Markup, tuple[Text, ...]]] = {}
        pages.phones.room.notifier.empties(self._results)

    async def now(self, request: Request) -> Response:
        """The page for this phone at this showing."""
        phone = self.pages.phones.phone(request.scope)
        if phone is None:
            return self.pages.not_joined(request)
        showing = self.pages.phone_state()
        if showing.name in ("open", "gather"):
            if self.roles.is_silent(phone):
                return self.roles.ask(request, phone)
            if self.roles.looks_on(phone):
                return self._look_on(request, phone, showing)
        if showing.name == "open" and showing.round is not None:
            return self._open(request, phone, showing.round)
        if showing.name == "gather" and showing.here is not None:
            return self._gather(request, phone, showing.here)
        return self._look(request, phone, showing)

    async def back(self, request: Request) -> Response:
        """The address of a form, opened again: there is only one page to be on."""
        wished = request.query_params.get("lang", "")
        return see(f"/now?lang={wished}" if wished in self.pages.phones.room.state.agenda.languages else "/now")

    # Forms. --------------------------------------------------------------------------------------

    def vote_form(self, request: Request, phone: Phone, round_: Round) -> FormPage:
        """The form of a round for one phone."""
        asked = self.pages.phones.round_form(round_)
        return FormPage(
            heading=self.question(round_),
            who=self.twice.words(round_, asked.kind.who_sees(asked.config)),
            action=f"/vote/{round_.key}",
            page=f"{round_.key}-open",
            item=self._item_of(round_),
            blocks=(*self.twice.recalled(phone, round_, asked), *asked.blocks),
            slot=round_.key,
            seed=phone.seed(round_.key),
            open=round_.status == "open",
        )

    def say_form(self, request: Request, each: ItemState, kind: AnyGathering) -> FormPage:
        """The form of a gathering."""
        who: tuple[Text, ...] = (WORDS_SEEN["consent" if kind.asks_consent else kind.readers],)
        if not kind.asks_consent and kind.readers == "facilitator":
            who = (*who, *lasts(self.pages.phones.room.info, "day"))
        return FormPage(
            heading=self.pages.phones.room.state.agenda.asked(each.item),
            who=who,
            action=f"/say/{each.item.key}",
            page=self._gather_page(each),
            item=each.item,
            blocks=kind.ask(config_of(each, kind)),
            open=each.gathering_open,
            check=kind.asks_consent,
        )

    def form(
        self,
        request: Request,
        phone: Phone,
        form: FormPage,
        values: Mapping[str, list[str]],
        *,
        status: int = 200,
        error: Sentences = "",
        field: str = "",
        said: Text = "",
        done: Text = "",
        submission_id: str = "",
        sent: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """A page with a form, with whatever was typed so far."""
        shown = {
            "title": form.heading, "f": form, "values": values, "error": error, "field": field, "said": said,
            "done": done, "submission_id": submission_id or secrets.token_hex(16), "sent": sent,
            "assets": form_parts(form.blocks),
        }  # fmt: skip
        return self.pages.page(
            request, phone, "form.html", shown, status=status, headers=headers, about=form.page, item=form.item
        )

    def question(self, round_: Round) -> Quoted:
        """A round's question as it was asked, and in the further languages that its item has."""
        agenda = self.pages.phones.room.state.agenda
        return Quoted(round_.question, agenda.language, agenda.asked(self._item_of(round_)).texts)

    def _item_of(self, round_: Round) -> Item:
        each = self.pages.phones.room.state.item(round_.item)
        assert each is not None  # noqa: S101 - rounds are of items, and items stay
        return each.item

    # States. -------------------------------------------------------------------------------------

    def _open(self, request: Request, phone: Phone, round_: Round) -> Response:
        mine = self.pages.phones.room.tables.kept_ballot(round_.key, phone.person)
        if mine is None or request.query_params.get("change"):
            form = replace(self.vote_form(request, phone, round_), again=mine is not None)
            return self.form(request, phone, form, {})
        skipped, asked = mine.choice is None, self.pages.phones.round_form(round_)
        return self._plain(
            request,
            phone,
            self.question(round_),
            tr("You can change it until we close the question."),
            LOOK_UP,
            done=tr("You skipped this question.") if skipped else tr("Thank you. We have your answer."),
            more=("/now?change=1", tr("Answer it after all") if skipped else CHANGE),
            who=self.twice.words(round_, asked.kind.who_sees(asked.config)),
        )

    def _gather(self, request: Request, phone: Phone, here: ItemState) -> Response:
        kind = gathering_of(here.item, self.pages.phones.room.kinds)
        assert kind is not None  # noqa: S101 - the state of phones says so
        form, sent = self.say_form(request, here, kind), self._sent(phone, here)
        if self.questions.instead_of_form(request, here, sent):
            return self.questions.page(request, phone, here, sent=sent, is_open=True)
        if request.query_params.get("skip"):
            more = ("/now?more=1", tr("Write something after all"))
            return self._plain(request, phone, form.heading, tr("That is fine."), LOOK_UP, more=more)
        if not sent or request.query_params.get("more"):
            again = bool(sent or request.query_params.get("more"))
            return self.form(request, phone, replace(form, again=again), {})
        if kind.several:
            return self.form(request, phone, form, {}, done=tr("Thank you. Send another?"), sent=True)
        return self._plain(
            request,
            phone,
            form.heading,
            LOOK_UP,
            tr("Do you want to talk to someone? Press “{button}”.", button=GET_HELP),
            done=WE_HAVE_IT,
            more=("/now?more=1", tr("Tell us more")),
            who=(WORDS_SENT,) if kind.asks_consent else form.who,
            sent=True,
        )

    def _gather_page(self, each: ItemState) -> str:
        """The page on which phones may send to an item, as `PhoneState.page` names it."""
        showing = self.pages.phone_state()
        here = showing.name == "gather" and showing.here is not None and showing.here.item.key == each.item.key
        return showing.page if here else f"{each.item.key}-gather"

    def _look_on(self, request: Request, phone: Phone, showing: PhoneState) -> Response:
        """What is asked now, without a way to answer it."""
        if showing.name == "gather" and showing.here is not None and self.questions.takes_votes(showing.here):
            return self.questions.page(request, phone, showing.here, lines=(LOOKS_ON,), more=self.roles.link(phone))
        options: tuple[Option, ...] = ()
        agenda = self.pages.phones.room.state.agenda
        heading = agenda.said("title")
        if showing.round is not None:
            heading = self.question(showing.round)
            options = getattr(self.pages.phones.round_form(showing.round).config, "options", ())
        elif showing.here is not None:
            heading = agenda.asked(showing.here.item)
        shown = [(option.key.upper(), option.words) for option in options]
        return self._plain(request, phone, heading, LOOKS_ON, options=shown, more=self.roles.link(phone))

    def _sent(self, phone: Phone, here: ItemState) -> int:
        rows = self.pages.phones.room.tables.kept_from(phone.person)
        return sum(1 for row in rows if row.item == here.item.key and not row.gone)

    def _look(self, request: Request, phone: Phone, showing: PhoneState) -> Response:
        agenda, round_ = self.pages.phones.room.state.agenda, showing.round
        title = agenda.said("title", showing.here.item if showing.here is not None else None)
        match showing.name:
            case "before":
                lines = (tr("We have not started yet."), tr("Keep this page open."))
                more = self.roles.link(phone)
                return self._plain(request, phone, title, *lines, done=tr("You have joined."), more=more)
            case "ended":
                return self._ended(request, phone, round_)
            case "soon" if showing.here is not None:
                return self._soon(request, phone, showing.here)
            case "closed" | "void" | "result" if round_ is not None:
                return self._round_over(request, phone, showing, round_)
            case "shut" if showing.here is not None and self.questions.takes_votes(showing.here):
                return self.questions.page(request, phone, showing.here, lines=(CLOSED, LOOK_UP))
            case "shut" if showing.here is not None:
                return self._plain(request, phone, agenda.asked(showing.here.item), CLOSED, LOOK_UP)
        return self._plain(request, phone, title, tr("There is nothing to do on your phone now."), LOOK_UP)

    def _ended(self, request: Request, phone: Phone, round_: Round | None) -> Response:
        """People left: nothing more is taken, and words can be taken back until the write-up is finished."""
        is_open = self.pages.phones.room.state.finished_at is None
        lines = [THANKS, tr("Your answers are saved. Nothing more can be sent.")]
        if is_open:
            lines.append(tr("You can still take back the words you sent."))
        return self._plain(request, phone, tr("This workshop has ended"), *lines, result=round_, sent=is_open)

    def _soon(self, request: Request, phone: Phone, here: ItemState) -> Response:
        agenda = self.pages.phones.room.state.agenda
        kind = poll_of(here.item, self.pages.phones.room.kinds)
        assert kind is not None  # noqa: S101 - the state of phones says so
        options: tuple[Option, ...] = getattr(config_of(here, kind), "options", ())
        shown = [(option.key.upper(), option.words) for option in options]
        return self._plain(request, phone, agenda.asked(here.item), tr("You can answer soon."), LOOK_UP, options=shown)

    def _round_over(self, request: Request, phone: Phone, showing: PhoneState, round_: Round) -> Response:
        question = self.question(round_)
        if showing.name == "result":
            return self._plain(request, phone, question, result=round_)
        line = tr("We stopped this question. It does not count.") if showing.name == "void" else CLOSED
        return self._plain(request, phone, question, line, LOOK_UP)

    def _plain(
        self,
        request: Request,
        phone: Phone,
        heading: Text | Quoted,
        *lines: Text,
        done: Text = "",
        who: tuple[Text, ...] = (),
        more: tuple[str, Message] | None = None,
        options: list[tuple[str, Quoted]] | None = None,
        result: Round | None = None,
        sent: bool = False,
    ) -> Response:
        if more is None and self.roles.is_silent(phone):
            more = self.roles.link(phone)
        drawn, cautions = self._result(request, result) if result is not None else (Markup(), ())
        values = {
            "title": heading, "heading": heading, "lines": lines, "done": done, "who": who, "more": more,
            "options": options or [], "result": drawn, "cautions": cautions,
            "sent": sent,
        }  # fmt: skip
        return self.pages.page(request, phone, "now.html", values)

    def _result(self, request: Request, round_: Round) -> tuple[Markup, tuple[Text, ...]]:
        """A result as HTML with its sentences: counted once for each version of the room, for all phones."""
        key = (round_.key, self.pages.language(request))
        if key not in self._results:
            blocks, words = round_result(self.pages.phones.room, round_)
            translator = self.pages.translator(request, self._item_of(round_))
            self._results[key] = (draw_view(blocks, translator=translator), words)
        return self._results[key]
