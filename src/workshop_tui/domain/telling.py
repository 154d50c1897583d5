"""What people are told before they tell a story: ground rules, and the limits of confidentiality. Pure.

It promises nobody that what they say stays among those who read it: somebody may be in danger (rule R3.11).
"""

from __future__ import annotations

from typing import Final

from workshop_tui.messages import Message, tr

GROUND_RULES: Final[tuple[Message, ...]] = (
    tr("Tell only what you want to tell. You can stop at any time."),
    tr("You choose who may read your story. You can take it back."),
    tr("Please do not use names. What others tell here is theirs: do not pass it on."),
)

LIMITS: Final[tuple[Message, ...]] = (
    tr("The people running today read every story first."),
    tr("If someone may come to harm, they must tell someone who can help."),
    tr("If they can, they talk to you first."),
)
"""How far what people tell can be kept to those who read it."""
