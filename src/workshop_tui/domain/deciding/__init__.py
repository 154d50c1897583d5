"""What a command leads to: events, or a refusal and no change. Pure.

`decide` is the only door; the files of this package hold the rules by what they are about.
"""

from workshop_tui.domain.deciding.decide import decide
from workshop_tui.domain.deciding.decision import Answer, Decision, Done, Joined, Kept, Voted

__all__ = ["Answer", "Decision", "Done", "Joined", "Kept", "Voted", "decide"]
