"""The agendas that pages are looked at in: the shipped one, also with Welsh; from right to left; with long words."""

from __future__ import annotations

import re

from workshop_tui.agendas import shipped_agenda

RIGHT_TO_LEFT = """
title = { ur = "ایک ہی بار بتائیں: بچوں کا علاج", en = "Tell it once" }
stage = "needs"
language = "ur"

[[item]]
title = { ur = "خوش آمدید", en = "Welcome" }
minutes = 10
type = "welcome"
say = "سلام"
question = { ur = "آج آپ ہمارے ساتھ کیسے شامل ہو رہے ہیں؟", en = "How are you joining in today?" }
[item.phone]
kind = "single"
options = [
  { ur = "اپنے فون پر", en = "On my phone" },
  { ur = "کاغذ پر", en = "On paper" },
  { ur = "کسی کی مدد سے", en = "With someone helping me" },
]
extra = [{ ur = "کسی اور طرح", en = "Some other way" }]

[[item]]
title = { ur = "آپ کی ضروریات", en = "What you need" }
minutes = 5
question = { ur = "اچھی طرح حصہ لینے کے لیے آپ کو کیا چاہیے؟", en = "What do you need to take part well?" }
[item.phone]
kind = "private"
max_chars = 300

[[item]]
title = { ur = "وقفہ", en = "Break" }
minutes = 15
type = "break"

[[item]]
title = { ur = "آپ کی کہانی", en = "Your own story" }
minutes = 20
question = { ur = "آپ کے ساتھ کیا ہوا؟", en = "What happened to you?" }
[item.phone]
kind = "vignette"
parts = ["what_happened", "what_should_change"]
labels = { what_happened = "کیا ہوا؟", what_should_change = "کیا بدلنا چاہیے؟" }

[[item]]
title = { ur = "مشکل جگہیں", en = "The bumps" }
minutes = 15
question = { ur = "کون سی جگہ سب سے پہلے بدلنی چاہیے؟", en = "Which place should change first?" }
[item.phone]
kind = "dots"
dots = 3
max_per_item = 2
options = [
  { ur = "پہلی پریشانی", en = "First worry" },
  { ur = "انتظار", en = "Waiting" },
  { ur = "پہلی ملاقات", en = "First appointment" },
]

[[item]]
title = { ur = "خیالات", en = "Ideas" }
minutes = 15
question = { ur = "مجھے پتہ چلے گا کہ یہ کام کر رہا ہے جب …", en = "I will know it is working when …" }
[item.phone]
kind = "ideas"
max_chars = 200

[[item]]
title = { ur = "سب سے اہم", en = "What matters most" }
minutes = 15
question = { ur = "اپنے پہلے تین کو ترتیب دیں", en = "Put your top three in order." }
[item.phone]
kind = "rank"
pick = 3
options = [
  { ur = "ایک ہی بار بتانا", en = "Tell it once" },
  { ur = "ایک نام، ایک شخص", en = "One named person" },
  { ur = "شام کی ملاقاتیں", en = "Evening appointments" },
  { ur = "صاف خطوط", en = "Clear letters" },
]
"""

_QUOTED = re.compile(r'"([^"\n]*)"')
_STRETCHED_KEYS = ("title", "question", "say")
_ACCENTS = str.maketrans("aeiounAEIOU", "áéíöüñÁÉÍÖÜ")


def plain() -> str:
    """The shipped agenda, in English."""
    return shipped_agenda("tell-it-once").read_text(encoding="utf-8")


def in_two_languages() -> str:
    """The shipped agenda in a room that speaks English and Welsh, with both on the big screen."""
    both = 'languages = ["en", "cy"]\nscreen_languages = ["en", "cy"]'
    return plain().replace('language = "en"', f'language = "en"\n{both}', 1)


def stretched() -> str:
    """The shipped agenda with every text that people see 40 % longer, as a translation might be."""
    return "\n".join(_stretched_line(line) for line in plain().splitlines())


def _stretched_line(line: str) -> str:
    key = line.partition("=")[0].strip()
    seen = key in _STRETCHED_KEYS or line.startswith(('  "', "extra"))
    return _QUOTED.sub(lambda found: f'"{_longer(found[1])}"', line) if seen else line


def _longer(text: str) -> str:
    """Four tenths more words of the usual length, accents and all."""
    words, wanted = text.split(), round(len(text) * 1.4)
    more: list[str] = []
    while len(" ".join([*words, *more])) < wanted:
        more.append(words[len(more) % len(words)])
    return " ".join([*words, *more]).translate(_ACCENTS)
