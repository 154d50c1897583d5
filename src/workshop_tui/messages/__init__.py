"""What the product says, before anybody knows in which language: sentences as values.

A sentence stands in the code in English, with named places, and stays a value (`Message`) until whoever draws it for
a person turns it into text in that person's language (`Translator`). So one result is told in Welsh on a phone, in
English on the console and in both on the screen, and messages can cross from the room to a console in another process.
"""

from workshop_tui.messages.message import (
    Amount,
    Counted,
    Day,
    Figure,
    Listed,
    Message,
    Percent,
    Place,
    Quoted,
    Sentences,
    Text,
    Verbatim,
    as_tuple,
    counted,
    tr,
    trc,
    trn,
)
from workshop_tui.messages.translator import ENGLISH, Translator, in_unit

__all__ = [
    "ENGLISH",
    "Amount",
    "Counted",
    "Day",
    "Figure",
    "Listed",
    "Message",
    "Percent",
    "Place",
    "Quoted",
    "Sentences",
    "Text",
    "Translator",
    "Verbatim",
    "as_tuple",
    "counted",
    "in_unit",
    "tr",
    "trc",
    "trn",
]
