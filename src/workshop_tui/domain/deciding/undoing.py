"""When a step can still be taken back, and what comes back with it.

It can as long as what it left is what stands there now. What comes back is what was there before, as far as the room
may still see it.
"""

from __future__ import annotations

from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain import lifecycle, steps
from workshop_tui.domain.deciding.decision import Context, Decision, done
from workshop_tui.domain.deciding.texts import author_of, find, reasons_from
from workshop_tui.domain.promise import promise_of
from workshop_tui.domain.redaction import Redaction
from workshop_tui.domain.state import Screen, times_of
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import tr


def check_as_left(context: Context, step: steps.Step, desk: str, *, back: bool) -> None:
    """Pass if nothing that the step was about has changed since.

    Else what somebody else hid or put right meanwhile would come back: another desk, a phone, or the same desk in
    another way.

    Args:
        context: What is known.
        step: A step that was done, or was taken back.
        desk: The desk that did it.
        back: Whether it is to be taken back; else it is to be done again.

    Raises:
        CommandRefused: it changed.
    """
    if not _is_as_left(context, step, back=back) or _is_left_to_others(context, step, desk):
        raise CommandRefused(tr("It was changed since."))


def _is_left_to_others(context: Context, step: steps.Step, desk: str) -> bool:
    """Whether another desk has decided since what the room may see of the same: even where it looks as it was left."""
    shows = _shows(context, step)
    return bool(shows) and any(
        other.version > step.version and shows & _shows(context, other) for other in context.rows.steps_of_others(desk)
    )


def _shows(context: Context, step: steps.Step) -> frozenset[str]:
    """What of the things that the room may see a step is about."""
    match step:
        case steps.ScreenSet() | steps.ResultShown():
            return frozenset({"screen"})
        case steps.Moderated():
            return frozenset({step.contribution})
        case steps.Reworded() | steps.Redacted():
            return frozenset({step.text})
        case steps.PhoneHeld():
            author = author_of(context.rows, step.contribution)
            if not author:
                return frozenset()
            sent = {each.key for each in context.rows.by_author(author)}
            return frozenset(sent | {each.key for each in reasons_from(context, author)})
        case steps.NoteDropped():
            return frozenset({step.note})
        case _:
            return frozenset()


def _is_as_left(context: Context, step: steps.Step, *, back: bool) -> bool:
    state, rows = context.state, context.rows
    match step:
        case steps.ScreenSet():
            return state.screen == step.left(back=back)
        case steps.JoiningSet():
            return state.joining.is_open == (step.is_open == back)
        case steps.CodeRenewed():
            return state.joining.code == step.left(back=back)
        case steps.PresentSet():
            return state.present == step.left(back=back)
        case steps.PromiseChanged():
            return promise_of(state.agenda, state.why_promised) == step.left(back=back)
        case steps.Moderated():
            found = find(state, rows, step.contribution)
            return found is not None and found.handling == step.left(back=back)
        case steps.PhoneHeld():
            author = author_of(rows, step.contribution)
            return bool(author) and rows.is_held(author) == (step.hold == back)
        case steps.QuestionAnswered():
            return rows.answer(step.contribution) == step.left(back=back)
        case steps.StoryRetold():
            return rows.retelling(step.contribution) == step.left(back=back)
        case steps.Reworded():
            return rows.rewording(step.text) == step.left(back=back)
        case steps.Redacted():
            return _is_decided_as(rows.redactions(step.text), step, back=back)
        case steps.NoteDropped():
            return rows.is_dropped(step.note) == (step.dropped == back)
        case steps.NoteSorted():
            return rows.entry(step.note) == step.left(back=back)
        case steps.NoteRewritten():
            note = rows.note(step.note)
            return note is not None and note.text == step.left(back=back)
        case steps.NotesTied():
            return all((tie in rows.ties(tie.note)) == (step.tied == back) for tie in step.ties)
        case steps.TimerRun() | steps.GatheringRun():
            return state.current == step.item
        case steps.ResultShown():
            last = state.last_round
            is_shown = last is not None and last.key == step.round and last.shown == (step.shown == back)
            # Who pointed the big screen elsewhere since, or blanked it, meant that.
            left = Screen("results" if step.shown else "question")
            return is_shown and state.screen == (left if back else step.screen)
        case steps.TieNamed():
            round_ = state.round(step.round)
            return round_ is not None and round_.tie == step.left(back=back)
        case steps.OptionsChosen():
            each = state.item(step.item)
            return each is not None and each.options == step.left(back=back)
        case steps.ItemEdited():
            each = state.item(step.later.key)
            return each is not None and each.item == step.left(back=back)
        case steps.MinutesSet():
            minutes = {each.item.key: each.minutes for each in state.items}
            return all(minutes.get(key) == count for key, count in step.left(back=back))
        case steps.ItemOpened():
            return state.current == (step.item if back else step.current)
        case _:
            # What a vote and an item may go through is checked where it is decided.
            return True


def _is_decided_as(decisions: tuple[Redaction, ...], step: steps.Redacted, *, back: bool) -> bool:
    """Whether a piece stands as a step left it, by whomever and whenever that was decided."""

    def what(made: Redaction | None) -> tuple[str, str] | None:
        return None if made is None else (made.decision, made.replacement)

    about = step.earlier or step.later
    now = next((each for each in decisions if about is not None and each.piece == about.piece), None)
    return what(now) == what(step.left(back=back))


def as_it_was(context: Context, step: steps.Step, decision: Decision, *, back: bool) -> Decision:
    """What a command by itself does not bring back, or would show although it was hidden since."""
    match step:
        case steps.ResultShown() if back:
            screen = step.screen
            if (screen.mode == "results" and step.shown) or not _is_still_shown(context, screen):
                return decision
            return _with_screen(decision, screen)
        case steps.ItemEdited() if back:
            events = (
                replace(event, minutes=step.minutes, edited=step.edited)
                if isinstance(event, ev.ItemReplaced)
                else event
                for event in decision.events
            )
            return replace(decision, events=tuple(events))
        case steps.PhoneHeld(hold=False) if back:
            return _only_let_go(context, decision)
        case steps.ItemOpened() if context.state.screen.mode == "blank" and step.screen.mode != "blank":
            # Only done again, this is: somebody blanked it since.
            return _with_screen(decision, context.state.screen)
        case _:
            return decision


def _only_let_go(context: Context, decision: Decision) -> Decision:
    """Hold again what was let go, which is unread; what somebody read or approved while the phone was held stays so."""

    def stays(text: str) -> bool:
        found = find(context.state, context.rows, text)
        return found is not None and found.handling != "new"

    def is_left_out(event: ev.Event) -> bool:
        match event:
            case ev.ModerationSet():
                return stays(event.key)
            case ev.TextHandled():
                return stays(event.text)
            case ev.ScreenSet():
                return stays(context.state.screen.subject)
            case _:
                return False

    return replace(decision, events=tuple(event for event in decision.events if not is_left_out(event)))


def _is_still_shown(context: Context, screen: Screen) -> bool:
    row = context.rows.contribution(screen.subject) if screen.mode == "story" else None
    return screen.mode != "story" or (row is not None and row.moderation == "approved" and not row.gone)


def _with_screen(decision: Decision, screen: Screen) -> Decision:
    events = (replace(event, screen=screen) if isinstance(event, ev.ScreenSet) else event for event in decision.events)
    return replace(decision, events=tuple(events))


def return_from(context: Context, step: steps.ItemOpened, at: int) -> Decision:
    """Take the opening of an item back: the room is where it was, and the timer is as if it had never left.

    The time that passed in the item counts for the one before, where that one's timer ran.

    Raises:
        CommandRefused: what happened in the item cannot be unmade.
    """
    here = context.here
    used = bool(context.state.rounds_of(step.item)) or any(
        row.item == step.item for row in context.rows.all_contributions()
    )
    if used and not step.current:
        raise CommandRefused(tr("People have answered already: the workshop has begun."))
    stood = next(times for times in step.items if times.item == step.item)
    # It may have been open before: what it took then is its own.
    meanwhile = here.spent_at(at) - stood.spent_ms
    items = []
    for times in step.items:
        if times.item != step.item:
            ran = times.running_since is not None
            left = context.item(times.item)
            spent = left.spent_at(at) + (meanwhile if ran else 0)
            items.append(replace(times, spent_ms=spent, running_since=at if ran else None))
        elif used and stood.opened_at is None:
            # It was asked and answered there: it stays in the list as done.
            stays = replace(times_of(here), status="done", left_at=at, spent_ms=meanwhile)
            items.append(replace(stays, running_since=None, gathering_open=False))
        else:
            items.append(times)
    back = ev.OpeningTakenBack(
        at=at,
        item=step.item,
        current=step.current,
        items=tuple(items),
        started_at=step.started_at,
        planned_end=step.planned_end if step.started_at is None else context.state.planned_end,
    )
    events: tuple[ev.Event, ...] = (back,)
    round_ = context.state.round(step.closed) if step.closed else None
    if round_ is not None and lifecycle.may_reopen(round_, at, context.state.agenda.reopen_seconds):
        events = (*events, ev.RoundReopened(at=at, round=round_.key))
    if context.state.screen != step.screen and _may_come_back(context, step):
        events = (*events, ev.ScreenSet(at=at, screen=step.screen))
    return done(step.label, *events)


def _may_come_back(context: Context, step: steps.ItemOpened) -> bool:
    """Whether what the big screen showed before is still for the room: what was hidden since stays hidden."""
    if context.state.screen.mode == "blank":
        return False
    if step.screen.mode == "results":
        rounds = context.state.rounds_of(step.current)
        return not rounds or rounds[-1].shown
    return _is_still_shown(context, step.screen)
