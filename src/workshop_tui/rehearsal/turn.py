"""What simulated facilitators write down in one whole turn of the cycle: five workshops that follow from each other.

Every word is invented. What a workshop was handed is called by its words here, and found by them in the agenda.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from workshop_tui.domain.registers import Register

OF: Final = 24
"""Out of so many people the numbers here are; where there are others they are in proportion."""

COUNTS: Final = ("said_by", "against")
"""The fields that are such numbers."""


class Line(Struct, frozen=True, kw_only=True):
    """One line that a facilitator keeps."""

    register: Register
    words: str
    fields: Mapping[str, str] = {}
    days: int | None = None
    """By when, or since when, in days from that of the workshop; None for no day."""
    behind: tuple[str, ...] = ()
    """The titles of the items that it rests on: their result, or what people sent there."""
    made_of: str = ""
    """The words of the point that was handed in and that it came out of."""


class Day(Struct, frozen=True, kw_only=True):
    """What is kept at one workshop."""

    hosting: tuple[Line, ...] = ()
    """While people are there."""
    written: tuple[Line, ...] = ()
    """Once they have left."""


class Later(Struct, frozen=True, kw_only=True):
    """What a letter, a minute or a visit said afterwards of a line of an earlier workshop."""

    workshop: str
    words: str
    days_ago: int
    """How many days ago it came."""
    answer: Mapping[str, Any]
    days: int | None = None
    """The day that it names, in days from that on which it came; None for no day."""
    confirmed: tuple[int, int] = (0, 0)


class Held(Struct, frozen=True, kw_only=True):
    """One workshop of the turn."""

    stage: str
    agenda: str
    """The shipped agenda that it is led by."""
    days_ago: int
    """How many days ago it was."""
    body: str
    """Who holds it, and answers."""
    day: Day
    hands_to: tuple[str, ...]
    """The stages that it hands points to."""
    because: tuple[str, ...] = ()
    """Why it goes on without what a check misses."""
    award_days: int | None = None
    """When the contract is awarded, in days from that of the workshop; None where it awards none."""


def _point(words: str, stage: str, body: str, asked: str, said_by: int, **more: object) -> Line:
    """A point; `against`, `ask` and `lens` are fields of it, everything else is of the line."""
    fields = {"stage": stage, "body": body, "asked": asked, "said_by": str(said_by)}
    fields |= {name: str(more.pop(name)) for name in ("against", "ask", "lens") if name in more}
    return Line(register="point", words=words, fields=fields, **more)  # type: ignore[arg-type]


def _became(of: str, status: str, words: str, days: int | None = None, **more: str) -> Line:
    """What a workshop did with a point that it was handed."""
    return Line(register="received", words=of, made_of=of, days=days,
                fields={"status": status, "words": words, **more})  # fmt: skip


def _line(register: Register, words: str, days: int | None = None, **fields: str) -> Line:
    return Line(register=register, words=words, fields=fields, days=days)


PLANNING: Final = "Planning group"
DESIGN: Final = "Design group"
PANEL: Final = "Procurement panel"
WATCHING: Final = "Monitoring panel"
LISTENING: Final = "Listening group"

HISTORY: Final = "Families want to tell a history once, and have it go ahead of them"
PLACE: Final = "Families want to be told where they stand on a waiting list"
ONE_DAY: Final = "Appointments of one child should fall on one day"
TEXTS: Final = "Whoever cannot ring should be able to text, in a language of their own"
SIBLINGS: Final = "Brothers and sisters need somewhere to be while a child is seen"
PAGE: Final = "One page of history goes ahead of each person to the next team"
FIRST: Final = "Text and interpreter are offered at the first contact, unasked"
JOURNEYS: Final = "Count the journeys home after six that take longer than an hour"
SAME: Final = "The same page in every clinic, read before the visit"
NIGHT: Final = "Interpreters at night need a budget of their own"
COUNTED: Final = "The contract counts how many people had to tell everything again"
DOORS: Final = "People without a fixed home still tell everything at every door"
LUNCH: Final = "The front door is closed to those who can only come at lunchtime"

SUMMARY: Final = "Everybody who was here gets the summary by letter or text"
ASKED_AGAIN: Final = "Nothing is decided before people were asked about it again"
CONTACT: Final = "Ask who could be the named contact"
QUARTERLY: Final = "The provider publishes the count each quarter"
TRIAL: Final = "Try the page at one place for three months"
TRIED: Final = "Whoever tries the page is asked about it"
TOLD: Final = "The planning group says what it did with each point, also when the answer is no"
BUS: Final = "Ask the bus company about a last bus at nine"
SHEET: Final = "Put the count on the sheet by the door"
MEASURE: Final = "Write the measure into the contract"

NEEDS: Final = Held(
    stage="needs", agenda="tell-it-once", days_ago=350, body=LISTENING, hands_to=("plan",),
    day=Day(
        hosting=(
            _line("concern", "Families lose their place when a letter goes unanswered", body=PLANNING, said_by="7"),
            _line("action", CONTACT, 21, role="Lead therapist", hours="6"),
            _line("promise", SUMMARY, 21, role="Programme lead", sort="feed_back"),
            _line("promise", TOLD, 90,
                  role="Chair of the planning group", sort="answer"),
        ),
        written=(
            _point(HISTORY, "plan", PLANNING, "Say how one history reaches every team", 14, ask="act", lens="both",
                   behind=("Your own", "Map the bumps")),
            _point(PLACE, "plan", PLANNING, "Say who sends a message, and how often", 9, ask="act", lens="now",
                   behind=("If it went right", "Map the bumps")),
            _point(ONE_DAY, "plan", PLANNING, "Say which rooms could be shared", 6, against=2, ask="decide",
                   lens="plans", behind=("If it went right", "What matters most")),
            _point(TEXTS, "plan", PLANNING, "Offer text messages wherever a letter says ring", 5, ask="act", lens="now",
                   behind=("Your own",)),
            _point(SIBLINGS, "plan", PLANNING, "Say what each building has room for", 3, ask="note", lens="plans"),
            _line("tension", "One named person for everything, or the one who knows most about each thing",
                  between="families and therapists"),
            _line("missing", "Families in temporary homes", reason="Letters do not reach them"),
            _line("offer", "Two people read every letter before it goes out", who="Parents' group", body=PLANNING),
            _line("question", "Why has each therapy a waiting list of its own?", 14, role="Service manager"),
            _line("to_tell", "Say where somebody stands on the list before they have to ask", 60, who="staff"),
            _line("access", "A Romanian interpreter", state="met"),
            _line("access", "A room without strip lights", state="not_met", reason="The hall has no other lights"),
            _line("material", "Road with six stopping places", version="2"),
            _line("cost", "Hall, supper, crèche and travel", money="640", hours="38"),
        ),
    ),
)  # fmt: skip

PLAN: Final = Held(
    stage="plan", agenda="three-departments", days_ago=287, body=PLANNING, hands_to=("improve", "monitor"),
    day=Day(
        hosting=(
            _line("concern", "People without a car would give up treatment", body="Board", said_by="8"),
            _line("action", BUS, 30, role="Transport planner", hours="4"),
            _line("promise", ASKED_AGAIN, 120, role="Chair of the planning group", sort="consult"),
        ),
        written=(
            _became(HISTORY, "passed_on", "It is to be one page, and a group is to draw it.", to=DESIGN),
            _became(PLACE, "planned", "A message every four weeks says where somebody stands.", 60),
            _became(ONE_DAY, "not_done", "The rooms are in three buildings until the lease ends."),
            _became(TEXTS, "passed_on", "Those who answer first are to try it.", to=DESIGN),
            _point(PAGE, "improve", DESIGN, "Draw the page, and say who fills it in", 15, against=1, ask="act",
                   lens="plans", made_of=HISTORY, behind=("Weighing what matters",)),
            _point(FIRST, "improve", DESIGN, "Say what it takes at night", 11, ask="act", lens="both", made_of=TEXTS,
                   behind=("Weighing what matters",)),
            _point(JOURNEYS, "monitor", WATCHING, "Count them for a year, and say so in public", 12, ask="act",
                   lens="plans", behind=("Live with each option for a week",)),
            _line("option", "Everything stays where it is", state="status_quo"),
            _line("option", "A minibus that goes round the three sites", state="added",
                  reason="Two tables asked for it"),
            _line("option", "Close two sites at once", state="discarded", reason="Nobody could say who would drive"),
            _line("gain_loss", "Longer journeys for treatment three times a week", who="People without a car",
                  way="lose"),
            _line("gain_loss", "A team that does this every day", who="People after a stroke", way="gain"),
            _line("tension", "Near to home, or by a team that does it often", between="the valley and the town"),
            _line("agreement", "Whatever moves, follow-up stays near to home", said_by="19", against="3"),
            _line("paper_asked", "What the two roofs cost", -30, role="Estates manager", reason="It is not finished"),
            _line("missing", "Night-shift workers", reason="The day began at ten"),
        ),
    ),
)  # fmt: skip

IMPROVE: Final = Held(
    stage="improve", agenda="redrawing-the-way-in", days_ago=217, body=DESIGN, hands_to=("procure", "plan"),
    because=("apart=Too few staff answered each question",),
    day=Day(
        hosting=(
            _line("concern", "A page that nobody keeps up to date is worse than none", body=PANEL, said_by="4"),
            _line("action", TRIAL, 100, role="Crisis team lead", hours="20",
                  money="350"),
            _line("promise", TRIED, 120, role="Peer worker", sort="consult"),
        ),
        written=(
            _became(PAGE, "passed_on", "The page is drawn, and is to be in the contract.", to=PANEL),
            _became(FIRST, "passed_on", "It needs money that this group does not hold.", to=PLANNING),
            _point(SAME, "procure", PANEL, "Make it part of the contract", 17, against=2, ask="decide", lens="plans",
                   made_of=PAGE, behind=("Choose five", "Can you live with it?")),
            _point(NIGHT, "plan", PLANNING, "Say what there is for it, and from when", 13, ask="decide", lens="plans",
                   made_of=FIRST, behind=("Try it on",)),
            _line("tension", "Whoever fills in the page has less time to listen", between="night staff and day staff"),
            _line("agreement", "The person it is about reads the page first", said_by="21", against="0"),
            _line("offer", "Peer workers show how the page is used", who="Peer workers"),
            _line("to_tell", "From spring on, ask for the page before you ask for the story", 60, who="staff"),
            _line("missing", "The ambulance service", reason="Nobody could leave the rota"),
        ),
    ),
)  # fmt: skip

PROCURE: Final = Held(
    stage="procure", agenda="wound-care-panel", days_ago=147, award_days=14, body=PANEL, hands_to=("monitor",),
    day=Day(
        hosting=(
            _line("concern", "A bidder could count only those who complain", body=WATCHING, said_by="3"),
            _line("action", MEASURE, 14, role="Procurement lead", hours="3"),
            _line("promise", QUARTERLY, 100, role="Contract manager", sort="provide"),
        ),
        written=(
            _became(SAME, "passed_on", "It is a clause of the contract, and is counted.", to=WATCHING),
            _point(COUNTED, "monitor", WATCHING, "Read the count beside what people tell", 7, ask="act", lens="now",
                   made_of=SAME),
            _line("agreement", "The page is read before each visit", said_by="7", against="0"),
            _line("to_tell", "Who was chosen, and what the panel's scores changed", 60, who="both"),
        ),
    ),
)  # fmt: skip

MONITOR: Final = Held(
    stage="monitor", agenda="one-year-on", days_ago=21, body=WATCHING, hands_to=("needs", "improve"),
    day=Day(
        hosting=(
            _line("concern", "The sheet by the door has not been changed since May", body=DESIGN, said_by="5"),
            _line("action", SHEET, 14, role="Service manager", hours="2"),
            _line("promise", "Two people from temporary homes are asked to lead the next session", 60,
                  role="Service manager", sort="change"),
        ),
        written=(
            _became(COUNTED, "done", "Three in four tell it once; the others are counted by team.", 0,
                    where="The sheet by the front door."),
            _became(JOURNEYS, "changed_in_part", "They were counted for eight months, and not at weekends."),
            _became(QUARTERLY, "done", "The first quarter is published.", 0, where="The provider's page."),
            _became(ASKED_AGAIN, "not_done", "Two clinics moved before people were asked."),
            _point(DOORS, "needs", LISTENING, "Go to where they are, and hear it from them", 6, ask="act", lens="now",
                   made_of=COUNTED, behind=("What still gets in the way", "A story behind the number")),
            _point(LUNCH, "improve", DESIGN, "Redraw the middle of the day with them", 9, against=2, ask="act",
                   lens="now", behind=("Two thousand pounds",)),
            _line("gain_loss", "They tell it once", who="People who come back to the same team", way="gain"),
            _line("to_tell", "What the count says, each quarter", 90, who="people"),
            _line("missing", "People in temporary homes", reason="Nobody knew where to send the letter"),
        ),
    ),
)  # fmt: skip

TURN: Final = (NEEDS, PLAN, IMPROVE, PROCURE, MONITOR)

LATER: Final = (
    Later(workshop="needs", words=SUMMARY, days_ago=336,
          answer={"status": "done", "words": "It went out after two weeks.", "by_body": LISTENING}),
    Later(workshop="needs", words=CONTACT, days_ago=325,
          answer={"status": "done", "words": "Each school has a name now.", "by_role": "Lead therapist"}),
    Later(workshop="needs", words=PLACE, days_ago=224, confirmed=(4, 1),
          answer={"status": "done", "words": "A message goes out every four weeks.", "where": "The message itself.",
                  "by_body": PLANNING, "reference": "Minute 7"}),
    Later(workshop="improve", words=NIGHT, days_ago=160, days=150,
          answer={"status": "planned", "words": "There is to be a budget for it.", "source": "letter",
                  "by_body": PLANNING, "by_role": "Chair", "reference": "Letter to the design group"}),
    Later(workshop="procure", words=MEASURE, days_ago=134,
          answer={"status": "done", "words": "It stands in the contract that was signed.",
                  "by_role": "Procurement lead"}),
    Later(workshop="improve", words=TRIAL, days_ago=110,
          answer={"status": "done", "words": "It was tried, and goes on there.", "by_role": "Crisis team lead"}),
    Later(workshop="improve", words=TRIED, days_ago=95,
          answer={"status": "done", "words": "Each of them was asked, by phone.", "by_role": "Peer worker"}),
    Later(workshop="procure", words=COUNTED, days_ago=9, confirmed=(2, 3),
          answer={"by_body": WATCHING, "reference": "Slips at the front door"}),
)  # fmt: skip
"""What came back otherwise than by a receipt, the first first."""
