"""What the pieces that are found look like, in words."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain.identifiers import Sort
from workshop_tui.messages import Message, tr

SORT_WORDS: Final[dict[Sort, Message]] = {
    "nhs_number": tr("an NHS number"),
    "chi_number": tr("a CHI number"),
    "email": tr("an e-mail address"),
    "phone": tr("a phone number"),
    "bank_details": tr("bank details"),
    "date_of_birth": tr("a date, perhaps of birth"),
    "postcode": tr("a postcode"),
    "ni_number": tr("a National Insurance number"),
    "hospital_number": tr("a hospital number"),
    "street_address": tr("an address"),
    "ward_reference": tr("a ward"),
    "staff_name": tr("the name of somebody who works there"),
    "person_name": tr("a name"),
}
"""What a piece looks like."""
