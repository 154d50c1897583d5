"""The second half of the day: votes made from others, reasons and names, private words, the end and what follows."""

from __future__ import annotations

from tests.net.day import Ballot, Day, name
from tests.net.people import VOTERS, dealt
from tests.net.seen import Seen


async def options_and_leaders(day: Day, seen: Seen) -> None:
    await day.open_item("i08")
    await day.open_vote()
    await day.open_item("i06")
    await day.open_vote()
    orders: list[Ballot] = [{"order": list(each)} for each in ("abc", "ba", "c", "acb", "bca")]
    await day.votes("i06.1", dealt([*orders, None]))
    await seen.look("an order of ideas is asked for")
    await day.choose_options("i06", "Other words", "And others")
    await day.open_item("i07")
    await day.open_item("i07", vote="keep")
    await seen.look("the order is left open")
    await day.vote("ann", "i06.1", {"order": ["c", "b"]})
    await day.close_vote()
    await day.open_item("i06")
    await day.reveal()
    await seen.look("the order is shown")
    await day.void("i06.1", "Some had not heard the question")
    await seen.look("the order is void")
    await day.open_vote()
    await day.votes("i06.2", dealt(orders))
    await day.reveal()
    await day.open_item("i07")
    await day.undo()
    await day.redo()
    await day.open_vote()
    dots: list[Ballot] = [
        {"dots.a": "2", "dots.b": "1"},
        {"dots.c": "2"},
        {"dots.c": "1", "dots.a": "1", "dots.d": "1"},
    ]
    await day.votes("i07.1", dealt(dots))
    seen.page("too many dots", await day.posted("ben", "/vote/i07.1", {"dots.a": "3"}))
    await day.open_item("i08", vote="close")
    await day.open_vote()
    await seen.look("leaders are not known yet")
    await day.open_item("i07")
    await day.reveal()
    await seen.look("dots are shown")
    await day.open_item("i08")
    await day.open_vote()
    await day.undo()
    await day.redo()
    await day.votes("i08.1", dealt([{"choice": "a"}, {"choice": "a"}, {"choice": "c"}]))
    await seen.look("the last two are asked")
    await day.reveal()
    await seen.look("the last two are shown")
    day.pass_min(10)


async def asked_again(day: Day, seen: Seen) -> None:
    await day.open_item("i11")
    await day.open_vote()
    await day.open_item("i09")
    await day.open_vote()
    views: list[Ballot] = [
        {"view": "5"}, {"view": "4", "view.why": "It saves paper."}, {"view": "3"},
        {"view": "1", "view.why": "My mother has no phone."}, {"view": "4"},
    ]  # fmt: skip
    await day.votes("i09.1", dealt(views))
    seen.page("an objection without a reason", await day.posted("ben", "/vote/i09.1", {"view": "0"}))
    await seen.look("consensus is asked")
    await day.close_vote()
    await seen.look("consensus is closed")
    await day.reveal()
    await day.read_reasons("i09.1", reworded=("My mother", "Somebody in my family has no phone."))
    await seen.look("consensus is shown, its key kept", host=True)
    await day.open_item("i11")
    await day.open_vote()
    await day.votes("i11.1", dealt([*views[:3], {"view": "4"}, {"view": "4", "view.why": "Now I see."}], VOTERS[2:]))
    await seen.look("consensus is asked again")
    await day.reveal()
    await seen.look("consensus is compared")
    await day.open_item("i19")
    await day.open_vote()
    await day.votes("i19.1", dealt([{"grade": "1"}, {"grade": "2"}, {"grade": "3"}, {"grade": "3"}]))
    await day.reveal()
    await day.skip_item("i20", "No time")
    await seen.look("the second time is left out")
    await day.undo()
    await day.open_item("i20")
    await day.open_vote()
    await day.votes("i20.1", dealt([{"grade": "3"}, {"grade": "2"}]))
    await day.reveal()
    await seen.look("asked again, and nothing to compare")


async def reasons_and_names(day: Day, seen: Seen) -> None:
    await day.open_item("i10")
    await day.open_vote()
    impacts: list[Ballot] = [
        {"impact.a": "much_harder", "impact.a.why": "Two buses, and I cannot stand long.", "impact.b": "bit_easier"},
        {"impact.a": "bit_harder", "impact.b": "much_easier", "impact.b.why": "I work in the day."},
        {"impact.a": "no_difference", "impact.b": "not_me"},
    ]
    await day.votes("i10.1", dealt(impacts))
    await seen.look("impact is asked")
    await day.close_vote()
    await seen.look("impact is closed")
    await day.reveal()
    await day.read_reasons("i10.1", held="Two buses")
    await seen.look("impact is shown")
    await day.open_item("i13")
    await day.open_vote()
    await day.open_item("i12")
    await day.open_vote()
    verdicts: dict[str, Ballot] = {
        "ann": {"name": "e1", "score.a": "4", "score.a.why": "Two nurses.", "score.b": "2", "score.b.why": "Vague."},
        "ida": {
            "name": "e2",
            "score.a": "1",
            "score.a.why": "No cover.",
            "score.b": "5",
            "score.b.why": "All there.",
        },
        "sue": {"name": "e3", "score.a": "4", "score.a.why": "Fine.", "score.b": "3", "score.b.why": "Late."},
        "tom": {"name": "e3", "score.a": "3", "score.a.why": "So so.", "score.b": "3", "score.b.why": "So so."},
    }
    await day.votes("i12.1", verdicts)
    await seen.look("a panel scores")
    await day.reveal()
    await day.read_reasons("i12.1")
    await seen.look("a panel is shown", host=True)
    await day.open_item("i13")
    await day.open_vote()
    await day.votes("i13.1", {who: verdicts["sue" if who == "ida" else who] for who in ("ann", "ida")})
    await seen.look("a panel moderates")
    await day.reveal()
    await seen.look("a panel has moderated")
    await day.open_item("i16")
    await day.open_vote()
    forms: list[Ballot] = [{"q1": "a", "q2": "a"}, {"q1": "b", "q2": "b"}, {"q1": "c"}, {"q2": "c", "q1": "b"}, None]
    await day.votes("i16.1", dealt(forms))
    await day.vote("ann", "i16.1", {"q1": "c", "q2": "a"})
    await seen.look("a form is asked", host=True)
    await day.close_vote()
    await seen.look("a form is closed")
    await day.reveal()
    await seen.look("a form is shown")


async def other_votes(day: Day, seen: Seen) -> None:
    await day.open_item("i14")
    await day.open_vote()
    await day.votes("i14.1", dealt([{"choices": ["a"]}, {"choices": ["a", "c"]}, {"choices": ["b", "c"]}]))
    await day.close_vote()
    await seen.look("approval is closed and not shown")
    await day.open_vote()
    await day.votes("i14.2", dealt([{"choices": ["a"]}, {"choices": ["c"]}]))
    await day.present(None)
    await day.reveal()
    await seen.look("approval is asked twice over, nobody is counted")
    await day.present(30)
    await day.open_item("i15")
    await day.open_vote()
    await day.votes("i15.1", dealt([{"picks": ["a", "c"]}, {"picks": ["b", "c", "d"]}, {"picks": ["d"]}]))
    await day.reveal()
    await seen.look("a budget is shown")
    await day.undo()
    await seen.look("and taken back")
    await day.redo()
    await day.open_item("i23")
    await day.open_vote()
    await day.votes("i23.1", dealt([{"choice": "a"}, {"choice": "b"}], VOTERS[:5]))
    await seen.look("a question of the moment")
    await day.open_item("i14", vote="close")
    await seen.look("back at an item with a shown vote")
    await day.open_item("i23")
    await day.open_vote()
    await day.close_vote()
    day.pass_s(31)
    await day.undo()
    await day.reopen_vote("i23.2")
    await day.undo()
    await seen.look("a step that cannot be taken back any more")
    day.pass_min(12)


async def private_words(day: Day, seen: Seen) -> None:
    await day.open_item("i17")
    await day.tell("ann", "i17", "I cannot read small letters")
    await day.tell("sue", "i17", "I am on call")
    await day.handle("I cannot read small letters", "read")
    await day.handle("I am on call", "approved")
    await day.screen("story", "I am on call")
    await seen.look("private words came in")
    await day.open_item("i18")
    await day.tell("ann", "i18", "I will ring the people on my list")
    await day.tell("tom", "i18", "I will read letters aloud")
    await day.handle("I will read letters aloud", "approved")
    for people in range(40, 65):
        await day.present(people)
    await day.undo(26)
    await day.redo()
    await seen.look("pledges came in, and a long way back")
    # What the end finds open: a vote, and one that was closed and never shown.
    await day.open_item("i19")
    await day.open_vote()
    await day.votes("i19.2", dealt([{"grade": "1"}, {"grade": "3"}]))
    await day.close_vote()
    await day.open_item("i01")
    await day.open_vote()
    await day.votes("i01.4", dealt([{"choice": "a"}, {"choice": "b"}, None], VOTERS[:9]))
    await seen.look("just before the end", host=True, paths=("/sent",))
    await day.leave_place("hal")
    await day.leave_place("hal")
    await day.vote("hal", "i01.4", {"choice": "b"})
    seen.page("gus hands the phone on", await day.posted("gus", "/leave", {}))
    seen.page("and it is nobody's", await day.page("gus"))
    await day.joining(False)
    await day.join("zoe")
    await seen.look("joining is closed", host=True)
    await day.joining(False)
    await day.joining(True)
    await day.renew_code("WXYC")
    await seen.look("another code")
    await day.undo()
    await day.join("zoe")
    await day.free_seats("ann", "zoe")
    await day.pause()
    await seen.look("the room is paused", host=True)
    await day.vote("ann", "i01.4", {"choice": "a"})
    seen.page("a vote during the pause", await day.posted("ben", "/vote/i01.4", {"choice": "a"}))
    await seen.look("paused")
    await day.pause()
    await day.resume()
    await day.resume()


async def the_end(day: Day, seen: Seen) -> None:
    await day.end("NO")
    await day.end()
    await seen.look("the day has ended", host=True, paths=("/", "/stories", "/privacy", "/sent"))
    await day.end()
    await day.open_item("i22")
    await day.open_vote()
    await day.undo()
    await day.redo()
    await day.join("late")
    await day.role("carer", "ann")
    await day.vote("ann", "i01.4", {"choice": "a"})
    await day.tell("ann", "i18", "Too late for a pledge")
    await day.tell("ann", "i18", "I will ring the people on my list")
    await day.upvote("Why?", "eve")
    seen.page("a vote after the end", await day.posted("ben", "/vote/i01.4", {"choice": "a"}))


async def after_the_end(day: Day, seen: Seen) -> None:
    await day.handle("A quiet room", "approved")
    await day.handle("I am on call", "read")
    await day.hold_phone("hal waited")
    await day.hold_phone("In time")
    await day.answer("Who decides?", "All of us")
    await day.note("action", "Send the report", owner="Gus", due="2026-10-01")
    await day.drop_note("It is cold in here")
    await day.void("i15.1", "The sums were wrong")
    await day.break_tie("i01.3", "b", "We slept over it")
    await day.leave_tie("i01.3")
    await day.undo()
    await day.screen("blank")
    await seen.look("after the end", host=True)
    await day.restart(600)
    await seen.look("opened again the next day", host=True)
    await day.retell("dan waited for nine hours", "Somebody waited")
    await day.retell("A quiet room", "It was quiet")
    await seen.look("a story is told in other words", host=True)
    await day.undo()
    await day.redo()
    pledge = f"/sent/{name('I will ring the people on my list')}"
    seen.page("ann wants to take a pledge back", await day.page("ann", pledge))
    seen.page("ben wants to take what is not his", await day.page("ben", pledge))
    await day.take_back("ben", "I will ring the people on my list")
    await day.take_back("ann", "I will ring the people on my list")
    await day.take_back("ann", "I will ring the people on my list")
    await seen.look("a pledge was taken back", host=True, paths=("/sent",))
    await day.take_back("hal", "hal waited")
    await day.ask_to_talk("ann")
    await seen.look("somebody wants to talk", host=True)
    await day.hear_talk()
    await day.issued("report.md", "stories.csv")
    await day.code_for("ann", "ann waited for nine hours", "ACDEFHJKMNPR")
    await day.take_back_by_code("acde-fhjk-mnpr")
    await day.take_back_by_code("acde-fhjk-mnpr")
    await day.withdraw("hal waited")
    await day.finish("NO")
    await day.finish()
    await day.finish()
    await day.note("note", "One more thing")
    await day.take_back("ann", "I will ring the people on my list")
    await seen.look("the write-up is finished", host=True, paths=("/sent", "/privacy"))
