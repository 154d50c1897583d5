"""Every key of the console as data: bindings, help, palette and the parity test with the host page read it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Key(Struct, frozen=True, kw_only=True):
    """One thing the facilitator can do."""

    name: str
    """What it is called in code: a flow of that name carries it out."""
    keys: str
    """The keys, as Textual names them, apart by commas; empty for the palette only."""
    shown: str
    """The key as people know it; empty for the palette only."""
    label: str
    """One or two words for the bottom line."""
    title: str
    """The entry in the palette, as something to do."""
    help: str
    """What it does and how it is taken back, in a sentence."""
    footer: bool = False
    """Whether the bottom line shows it, width permitting."""
    commands: tuple[str, ...] = ()
    """The names of the commands it may send."""


def _key(
    shown: str, name: str, label: str, title: str, help_: str, *commands: str, keys: str = "", footer: bool = False
) -> Key:
    return Key(
        name=name,
        keys=keys or shown,
        shown=shown,
        label=label,
        title=title,
        help=help_,
        footer=footer,
        commands=commands,
    )


KEYS: Final[tuple[Key, ...]] = (
    # The order is the order of the bottom line.
    _key("?", "help", "Help", "Help", "Every key; click a line to do it.", keys="question_mark,f1", footer=True),
    _key("u", "undo", "Undo", "Undo", "Take back the last thing you did.", "Undo", footer=True),
    _key("space", "timer", "Timer", "Timer: start or stop", "Start or stop the timer. Space again takes it back.",
         "StartTimer", "PauseTimer", footer=True),
    _key("v", "vote", "Vote", "Vote: open or close", "Open or close the vote, or phones sending words. "
         "Within 30 seconds v takes the closing back.",
         "OpenVote", "CloseVote", "ReopenVote", "OpenGathering", "CloseGathering", footer=True),
    _key("r", "reveal", "Reveal", "Reveal the result", "Twice within 3 seconds: show the result to the room. "
         "People cannot unsee it. r on shown results hides them.", "Reveal", "ShowResults", "HideResults",
         footer=True),
    _key("n", "next", "Next", "Next item", "Go to the next item. Asks before it leaves an open vote.", "OpenItem",
         footer=True),
    _key("b", "screen", "Big screen", "Big screen: question, join or blank", "What the big screen shows: "
         "results once revealed, question, join, blank.", "SetScreen", footer=True),
    _key("j", "join", "Join QR", "Join square", "A square to scan and the address, on this screen.", footer=True),
    _key("s", "queue", "Read", "Read stories and ideas", "What people sent: read, approve, hold, show, and "
         "write what a story is about.",
         "Moderate", "MarkAnswered", "HoldPhone", "Retell", "SetScreen", footer=True),
    _key("l", "peek", "Look", "Look at live results", "Show or hide the result so far, only here.", footer=True),
    _key("y", "details", "Behind it", "Look behind the result", "Other ways of counting, tables and reasons, only for "
         "you, once the vote is closed."),
    _key("c", "catch_up", "Catch up", "Catch up on time", "Ways to get back on time, with the new times first.",
         "SetMinutes", footer=True),
    _key("i", "ask", "Ask", "Ask the room a new question", "A question that is not in the agenda.", "InsertItem",
         "OpenItem", footer=True),
    _key("p", "previous", "Back", "Previous item", "Go back one item.", "OpenItem"),
    _key("+", "longer", "Longer", "One minute more", "Give the open item a minute. - takes it back.", "AddMinutes",
         keys="plus,equals_sign"),
    _key("-", "shorter", "Shorter", "One minute less", "Take a minute from the open item. + gives it back.",
         "AddMinutes", keys="minus"),
    _key("a", "agenda", "Agenda", "Agenda", "Every item with its times; go to one, edit, skip, put back.",
         "OpenItem", "EditItem", "SkipItem", "RestoreItem"),
    _key("t", "note", "Note", "Note", "Keep a note with this item.", "AddNote"),
    _key("k", "concern", "Concern", "Concern", "Keep a concern; concerns come first in the report.", "AddNote"),
    _key("w", "action", "Action", "Action", "Keep what somebody will do, who and by when.", "AddNote"),
    _key("m", "promise", "Promise", "Promise", "Keep a promise made to the room.", "AddNote"),
    _key("o", "options", "Options", "Choose options from ideas", "Make the options of a vote out of the room's ideas.",
         "ChooseOptions", "SetScreen"),
    _key("P", "present", "People", "People in the room", "How many people are here: answers count against it.",
         "SetPresent"),
    _key("d", "edit", "Edit", "Edit an item", "Change an item that was not opened yet.", "EditItem"),
    _key("z", "skip", "Skip", "Skip an item, or put it back", "Leave an item out, with a reason for the report.",
         "SkipItem", "RestoreItem"),
    _key("V", "void", "Void", "Declare a round void", "This round does not count; it stays in the record with "
         "your reason.", "VoidRound"),
    _key("T", "tie", "Tie", "Break a tie, or leave it", "Name one of those that tie, with your reason, where the "
         "agenda lets you. T or u takes it back.", "BreakTie", "LeaveTie"),
    _key("x", "export", "Export", "Export the reports", "Write the report, the votes and the stories to a folder."),
    _key("h", "places", "Addresses", "Addresses and host page", "The host page, the big screen, the session file."),
    _key("U", "redo", "Redo", "Redo", "Do again what was taken back.", "Redo"),
    _key("", "drop_note", "", "Take a note back", "Choose a note and take it back; u puts it back.", "DropNote"),
    _key("", "pause", "", "Pause the room, or go on", "Phones can send nothing for a while, and the timer stands; what "
         "people wrote stays on their phones. Again to go on.", "PauseRoom", "ResumeRoom"),
    _key("", "end", "", "End the workshop", "People leave. Type END. Phones can send nothing more, every vote is "
         "counted for good. The write-up goes on.", "EndWorkshop"),
    _key("", "finish", "", "Finish the write-up", "Type FINISH, once people have left. Deletes what was only for the "
         "day. This cannot be taken back.", "FinishWriteUp"),
    _key("", "stop", "", "Stop the room", "Phones can no longer send. Everything stays saved."),
    _key("ctrl+b", "shade", "Shade", "Privacy shade", "Cover everything private at once; again to come back."),
    _key("ctrl+q", "leave", "Leave", "Leave the console", "The room goes on unless you say otherwise."),
)  # fmt: skip

UNTIL_THE_END: Final = frozenset({
    "timer", "vote", "next", "previous", "longer", "shorter", "catch_up", "ask", "options", "present", "edit", "skip",
    "pause", "end",
})  # fmt: skip
"""Refused at once when people have left: nobody is to fill in a form that the room will not take."""

UNTIL_THE_FINISH: Final = UNTIL_THE_END | frozenset({
    "undo", "redo", "note", "concern", "action", "promise", "drop_note", "void", "tie", "finish",
})  # fmt: skip
"""Refused at once when the write-up is finished."""

EVERYWHERE: Final = ("shade", "leave")
"""Bound on the app with priority, so that they work over any other screen."""


def key_named(name: str) -> Key:
    """The key of that name; KeyError where there is none."""
    return _BY_NAME[name]


_BY_NAME: Final = {key.name: key for key in KEYS}
