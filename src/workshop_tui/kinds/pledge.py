"""Pledges: what each of us will do, in a few words; the room sees those that were approved."""

from __future__ import annotations

from workshop_tui.domain.activity import Example, Noun
from workshop_tui.kinds.short_texts import ShortTextConfig, ShortTexts
from workshop_tui.messages import counted, tr


class Pledge(ShortTexts):
    """Short texts for the room: what I will do."""

    kind = "pledge"
    title = tr("pledges")
    noun = Noun(
        one=tr("Pledge"),
        many=tr("Pledges"),
        given=tr("Pledges given"),
        none_given=tr("No pledges were given."),
        counted=counted("{n} pledge", "{n} pledges"),
        from_room=tr("A pledge from this room"),
    )
    several = True
    promises = True
    field = "pledge"
    label = tr("What I will do")
    hint = tr("Something you can do yourself, and soon. One at a time.")
    called = tr("Your pledge")

    def examples(self) -> Example[ShortTextConfig]:
        """What people will do after the workshop."""
        return self.example(
            "I will ring the people on my list myself.", "Read the letter aloud\nbefore I send it.", "[/] =1+1 <b>"
        )
