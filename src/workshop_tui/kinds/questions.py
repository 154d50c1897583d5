"""Questions from the room: people send them, others say that they want to know too, and each gets an answer."""

from __future__ import annotations

from workshop_tui.domain.activity import Example, Noun
from workshop_tui.kinds.short_texts import ShortTextConfig, ShortTexts
from workshop_tui.messages import counted, tr


class Questions(ShortTexts):
    """Short questions for the room, with votes, each answered or taken away."""

    kind = "questions"
    title = tr("questions from the room")
    noun = Noun(
        one=tr("Question"),
        many=tr("Questions"),
        given=tr("Questions given"),
        none_given=tr("No questions were given."),
        counted=counted("{n} question", "{n} questions"),
        from_room=tr("A question from this room"),
    )
    upvoted = True
    field = "question"
    label = called = tr("Your question")
    hint = tr("One question at a time.")

    def examples(self) -> Example[ShortTextConfig]:
        """What people ask when three departments may become one."""
        return self.example(
            "How long does the bus take to the other hospital?", "Who decides?\nAnd when?", "[/] =1+1 <b>"
        )
