"""Sentences made from the rules: each sort of identifier in many shapes, and hard ones in which nothing is to be found.

Always the same ones. Numbers are of the ranges kept for tests and drama where there is one (NHS numbers from 999,
phones from Ofcom's list); postcodes and people are invented, and the Welsh was written for this and checked by nobody.
"""

# ruff: noqa: E501, RUF001, SIM905 -- sentences are read as lines; digits, spaces and dashes of other scripts are what this is about

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import cycle

from tests.identifiers.measuring import Expected, Sample

Chance = random.Random
SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "੦੧੨੩੪੫੬੭੮੯", "০১২৩৪৫৬৭৮৯", "０１２３４５６７８９")


def with_check(nine: str) -> str:
    """Ten digits that pass the sum of NHS numbers; nothing where nine have no such tenth."""
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
    check = {0: "0", 1: ""}.get(rest, str(11 - rest))
    return nine + check if check else ""


def proven(chance: Chance, begin: Callable[[], str]) -> str:
    """Such a number with a given beginning."""
    while True:
        start = begin()
        made = with_check(start + "".join(str(chance.randrange(10)) for _ in range(9 - len(start))))
        if made:
            return made


def in_script(text: str, digits: str) -> str:
    """The same number as it is written elsewhere."""
    return text.translate(str.maketrans("0123456789", digits))


def grouped(digits: str, sizes: Sequence[int], by: str) -> str:
    """Digits in groups."""
    found, at = [], 0
    for size in sizes:
        found.append(digits[at : at + size])
        at += size
    return by.join(found)


def nhs(chance: Chance, turn: int) -> str:
    """An NHS number, grouped in one of the ways in which people do."""
    number = proven(chance, lambda: "999")
    by = (" ", "", "-", "\xa0", ".", "\u2009", "–", "  ")[turn % 8]
    sizes = ((3, 3, 4), (10,), (3, 3, 3, 1), (5, 5), (2, 2, 2, 2, 2))[turn % 5]
    return in_script(grouped(number, sizes, by), SCRIPTS[turn % len(SCRIPTS)] if turn % 3 == 0 else SCRIPTS[0])


def chi(chance: Chance, turn: int) -> str:
    """A CHI number: day, month, year, four digits."""

    def birthday() -> str:
        return f"{chance.randint(1, 31):02}{chance.randint(1, 12):02}{chance.randrange(100):02}"

    return grouped(proven(chance, birthday), ((10,), (6, 4), (3, 3, 4))[turn % 3], (" ", "-")[turn % 2])


def phone(chance: Chance, turn: int) -> str:
    """A phone number of the ranges that are kept for drama."""
    last = f"{chance.randrange(1000):03}"
    shape = (
        f"07700 900{last}", f"07700900{last}", f"01632 960{last}", f"(01632) 960 {last}", f"020 7946 0{last}",
        f"+44 7700 900{last}", f"+447700900{last}", f"+44 (0)7700 900{last}", f"0044 7700 900{last}",
        f"029 2018 0{last}", f"0113-496-0{last}", f"07700\xa0900\xa0{last}", f"0770 0900 {last}", f"07700.900.{last}",
        f"٠٧٧٠٠ ٩٠٠{in_script(last, SCRIPTS[1])}", f"۰۷۷۰۰۹۰۰{in_script(last, SCRIPTS[2])}",
        f"०१६३२ ९६०{in_script(last, SCRIPTS[3])}", f"+48 601 234 {last}", f"+353 20 915 0{last}",
    )  # fmt: skip
    return shape[turn % len(shape)]


def birthday(chance: Chance, turn: int) -> str:
    """A whole date."""
    day, month, year = chance.randint(13, 28), chance.randint(1, 12), chance.randint(1921, 2024)
    english = "January February March April May June July August September October November December".split()[month - 1]
    welsh = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split()[month - 1]
    short = "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split()[month - 1]
    shape = (
        f"{day}/{month:02}/{year}", f"{day}.{month}.{year}", f"{day}-{month:02}-{year}", f"{year}-{month:02}-{day}",
        f"{day}/{month:02}/{year % 100:02}", f"{day}th of {short} {year}", f"{day} {english} {year}",
        f"{english} {day}, {year}", f"{day}th {english}, {year}", f"{short} {day}th {year}", f"{day} {welsh} {year}",
        f"{day} o {welsh} {year}", f"{day} {month:02} {year}", f"{day} / {month:02} / {year}",
        in_script(f"{day}/{month:02}/{year}", SCRIPTS[1]), in_script(f"{day}–{month:02}–{year}", SCRIPTS[3]),
        f"first of {english} {year}", f"{day:02}.{month:02}.{year % 100:02}", f"{year}/{month:02}/{day}",
        f"{day}-{short}-{year}",
    )  # fmt: skip
    return shape[turn % len(shape)]


def postcode(chance: Chance, turn: int) -> str:
    """A postcode of each of the six shapes."""
    inner = f"{chance.randrange(10)}{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}"
    outer = ("SY98", "M9", "LL9", "E1W", "EC1A", "B99", "CF99", "W1A", "SW1A", "ZE9")[turn % 10]
    made = outer + (" ", "", "\xa0", "  ", "-")[turn // 2 % 5] + inner
    return made.lower() if turn % 4 == 1 else made


def email(_chance: Chance, turn: int) -> str:
    """An e-mail address."""
    who = ("jane.doe", "s_okafor77", "carys+help", "o'dwyer", "IRENE", "info-desk", "mała.ania", "x")[turn % 8]
    where = ("example.org", "mail.example.com", "example.co.uk", "example.cymru", "example.nhs.uk")[turn % 5]
    shape = (f"{who}@{where}", f"{who}@{where}", f"{who}＠{where}", f"{who} @ {where}")[turn % 4]
    if turn % 9 == 8:
        return f"jane at {where.replace('.', ' dot ')}"
    return shape


def bank(chance: Chance, turn: int) -> str:
    """A sort code and an account."""
    sort, account = f"{chance.randrange(10**6):06}", f"{chance.randrange(10**8):08}"
    dashed = grouped(sort, (2, 2, 2), "-")
    shape = (
        f"{dashed} {account}", f"{grouped(sort, (2, 2, 2), ' ')} {account}", f"{dashed}, account {account}",
        f"{dashed} acc no {account}", f"{account} / {dashed}", f"{sort} {account}",
        f"{in_script(dashed, SCRIPTS[1])} {in_script(account, SCRIPTS[1])}", f"{dashed}\xa0{account[:4]} {account[4:]}",
    )  # fmt: skip
    return shape[turn % len(shape)]


def ni(chance: Chance, turn: int) -> str:
    """A National Insurance number."""
    letters = chance.choice(("AB", "JK", "PW", "SE", "CE", "HX", "TL", "ZY"))
    digits, last = f"{chance.randrange(10**6):06}", "ABCD"[turn % 4]
    shape = (
        f"{letters} {grouped(digits, (2, 2, 2), ' ')} {last}",
        f"{letters}{digits}{last}",
        f"{letters}-{digits}-{last}",
    )
    made = shape[turn % 3]
    return made.lower() if turn % 5 == 4 else made


NAMES = (
    "Prothero", "Okafor", "van der Berg", "O'Dwyer", "Adeyemi", "Nowak", "Begum", "Jones", "ap Rhys", "Anne-Marie Clarke",
    "Łuczak", "Singh", "MacLeod", "Chowdhury", "Mehmet Öztürk", "J. Patel", "D’Souza", "Gwenllian Pugh", "Sáez",
    "de la Cruz", "Efua", "Li",
)  # fmt: skip
FIRST = (
    "Amelia", "Carys", "Kwame", "Zofia", "Irene", "Bilal", "Siân", "Jo", "Mairi", "Tomasz", "Ayşe", "Nia Wyn", "Óscar",
    "Harpreet", "Li Wei", "Ffion",
)  # fmt: skip
STAFF_TITLES = (
    "Dr", "Dr.", "Prof", "Professor", "Nurse", "Sister", "Matron", "Midwife", "Staff Nurse", "DR", "Doctor", "Nyrs",
    "Bydwraig", "dr",
)  # fmt: skip
TITLES = ("Mr", "Mrs", "Ms", "Mx", "Mr.", "Mrs.", "Miss", "mr", "MRS")
ROADS = (
    "{n} Tannery Row", "{n} Mill Lane", "{n}a High Street", "Flat 2, {n} Station Road", "{n} St. Mary's Close",
    "{n} Heol y Bont", "{n} Ffordd Pentre", "{n} Stryd Fawr", "{n}, Church Rd", "{n} Queen's Avenue", "{n} Lôn Goed",
    "{n} The Crescent", "{n} Heol Llanfair", "{n} Upper Mill Street", "{n}B Orchard Gardens", "{n} Maes Gwyn",
    "{n} tannery lane", "{n} Bryn Terrace", "{n}-4 Castle Square", "{n} Park View", "{n} Rhodfa'r Parc",
)  # fmt: skip


def street(chance: Chance, turn: int) -> str:
    """A house number and a road."""
    return ROADS[turn % len(ROADS)].format(n=chance.randint(1, 180))


def hospital(chance: Chance, turn: int) -> str:
    """The number that a hospital gave somebody."""
    digits = f"{chance.randrange(10**6):06}"
    return (f"RX1-{digits}", digits, f"K{digits}", f"{digits[:3]}-{digits[3:]}", f"H/{digits}", f"x{digits}")[turn % 6]


def ward(chance: Chance, turn: int) -> str:
    """A ward."""
    number = chance.randint(1, 40)
    return (f"Ward {number}", f"ward {number}B", "Cedar Ward", f"Ward C{number % 9}", "Clwyd ward", "Ward Ogwen")[
        turn % 6
    ]


Filled = tuple[str, Callable[[Chance, int], str], int, tuple[str, ...]]
SHAPES: tuple[Filled, ...] = (
    ("nhs_number", nhs, 56, (
        "My NHS number is {}.", "NHS no: {}", "They wrote {} on the outside.", "Pt ref {} / see letter", "({})",
        "Fy rhif GIG yw {} ac roedd yn anghywir.", "I gave them {} and they lost it", "nhs{} again")),
    ("chi_number", chi, 30, ("CHI {} was on it.", "My CHI number is {}", "The label said {}.", "{}, they said.")),
    ("phone", phone, 76, (
        "Ring me on {} if you do not believe me.", "mob {}", "Fy rhif ffôn yw {}.", "My sister ({}) waited.",
        "Text {} please!", "It is {}", "میرا نمبر {} ہے", "They called back from {} at night")),
    ("email", email, 40, ("Write to {}.", "email me: {}", "I wrote to {} and nobody replied.", "E-bost: {}", "<{}>")),
    ("bank_details", bank, 32, (
        "My sort code is {}.", "Pay it to {} please.", "acct {}", "The form asked for {}, so I wrote it down.")),
    ("date_of_birth", birthday, 80, (
        "She was born on {}.", "dob {}", "Her date of birth is {} and they had it wrong.", "On {} we were sent home.",
        "({})", "Ganwyd hi ar {}.", "The letter of {} said no.", "DOB: {}; then nothing.")),
    ("postcode", postcode, 60, (
        "We live at {}.", "My postcode is {} and the bus stops at two.", "pcode {}", "{}, up the hill", "Cod post {}.",
        "From {} it is an hour.")),
    ("ni_number", ni, 24, ("My NI number is {}.", "National Insurance: {}", "They asked for {} again.")),
    ("hospital_number", hospital, 30, (
        "hosp no {}", "My hospital number is {}.", "Patient ID: {}", "MRN {} on the band", "Rhif ysbyty: {}.",
        "Patient ref. {} was on it")),
    ("street_address", street, 63, (
        "We live at {}.", "They sent it to {}, which is next door.", "Rwy'n byw yn {}.", "address: {}", "{} is damp.")),
    ("ward_reference", ward, 24, ("I was on {} for a week.", "{} was kind.", "They moved him to {}.", "Nobody on {} knew.")),
    ("staff_name", lambda _, turn: f"{STAFF_TITLES[turn % len(STAFF_TITLES)]} {NAMES[turn * 5 % len(NAMES)]}", 70, (
        "{} said it was closed.", "I saw {}.", "Then {} came and listened.", "{} was rude to me", "Diolch i {} am wrando.")),
    ("person_name", lambda _, turn: f"{TITLES[turn % len(TITLES)]} {NAMES[turn * 3 % len(NAMES)]}", 45, (
        "He was {} for forty years.", "{} next door had the same.", "Ask {}, who knows.", "Roedd {} yno hefyd.",
        "I told {} that it hurt")),
    ("person_name", lambda _, turn: FIRST[turn % len(FIRST)], 64, (
        "my name is {}", "My name's {} and I am tired.", "Fy enw i yw {}.", "{}'s NHS number was wrong.", "I'm called {}.",
        "Her name is {}, not Emily.", "My neighbour {} had the same.", "Fy enw i ydy {}, diolch.", "Name: {}",
        "Enw: {}", "{} yw fy enw i.", "Our daughter {} was born early.", "{}'s mum rang.", "Fy merch {} oedd yno.",
        "They call me {}.", "My son's name was {}.")),
)  # fmt: skip


def samples() -> tuple[Sample, ...]:
    """The sentences with something to find in them."""
    chance = random.Random(9)
    made = []
    for sort, what, many, shapes in SHAPES:
        for turn, shape in zip(range(many), cycle(shapes), strict=False):
            said = what(chance, turn + turn // len(shapes))
            made.append(
                Sample(
                    key=f"{sort} {turn}",
                    text=shape.replace("{}", said),
                    expected=(Expected(sort=sort, match=said),),
                )
            )
    return tuple(made)


HARD = """
5/6 people agreed with me.|BP 120/80 and falling.|The 06:10 bus, then a train.|M25 4am, nobody on it.|1111111111
My BP was 180/110 at 14:30.|I take 5mg at 08:00 and 10 mg at 20:00.|Paracetamol 500mg 4 times a day, max 4g in 24 hours.
Vitamin B12 2nd dose on 3 May.|B12 1st, then B6 5th.|M4 3rd exit, then A470 for 12 miles.|A5 1st left, A55 2nd right.
She scored 7/10 and 8/10.|Apgar 7/9/10, they said.|GCS 3/4/15 by morning.|4 out of 10, then 6 out of 10.|EQ-5D 11211
It cost £12.50 each way, £1,250 a year.|£45,000.00 for a ramp.|The meter said 0.123456789 kW.|99.9% of it was fine.
We waited 18 weeks and it has been 61.|A letter dated 3 May.|On 14 February we were told no.|May 2024 was the worst.
From September to Easter I told nine people.|In 1948 it began.|2019-2024 was five years.|1939/45 was worse.
Ring 111 and press 2.|I called 999 at 3am.|Samaritans are on 116 123.|Childline is 0800 1111.|Text SHOUT to 85258.
Order ref 1234567890 was on there too.|Ticket 9876543211|Parcel JD0002|Form SF-36, version 3.2.1|ISO 9001:2015
Room 12, bed 9, chair 3.|Bay 4, 2nd floor.|Page 3 of 12.|Row 7, seat 12.|Band 6, crisis team, nights.
I am 11. My mum is 42.|He was 81 and she was 79.|Born at 32+4 weeks, 1.8 kg.|40 stopni gorączki.|38.5 degrees all night.
It is 60 miles and 2 hours 15 minutes.|A 10 minute walk, a 5 minute drive.|A 2 hour drive each way.|3 way calls at 9.
12 hours on a chair in a corridor.|24/7 they said.|9-5 only.|9 to 5, Monday to Friday.|Mon-Fri 09:00-17:30.
The M62 J27, then the A1(M).|The A4 and the A38 meet there.|B4501 is shut when it snows.|The 4A bus and the X32.
The number 7 bus, the 32 and the 14.|Train at 10:15, 11:15 and 12:15.|Platform 2, coach B, seat 45A.|Route 66.
My doctor was kind.|The nurse said nothing.|The dr said it was closed.|The matron came at six.|A midwife held my hand.
The sister in charge was tired.|My sister and I waited.|The prof was late.|Nurse practitioners are good.|dr was late
Nurse Practitioner clinics help.|Sister hospitals share it.|The Dr was busy.|I saw the Doctor. She was kind.
My name is not on the list.|My name is on the letter.|My name was spelt wrong.|Her name is still wrong.|The name is wrong
I'm called in every week.|They call me twice a day.|They called me back at ten.|He is called in last.|I am called up
It's the NHS number they want.|What's his NHS number for?|The child's NHS number was wrong.|Alzheimer's carers know.
Parkinson's nurses are rare.|Today's address was about money.|The patient's hospital number was missing.|Mum's carer left.
My mum said no.|My dad had been waiting.|My son is six.|Our daughter (13) says it is hers.|My neighbour had the same.
I have MS and I am tired.|The MS society helped.|MR scans take an hour.|An MRI scan.|My ms is worse at night.
2 ffordd o wneud hyn.|Mae 3 ffordd ymlaen.|Roedd 12 o bobl yno.|Am 06:10 y bore.|Ar 3 Mai cawsom lythyr.
Fy mam oedd yno.|Roedd y meddyg yn garedig.|Dywedodd y nyrs ddim byd.|Mae 5/6 o bobl yn cytuno.|Tua 40 milltir.
Sent me to the cafe on mill st.|The high street is shut.|They live down the lane.|Our road floods.|Two wards were shut.
The ward was loud.|Ward rounds start at 8.|My Ward Sister was out.|On the ward he was bed nine.|Each ward has one.
Tweet @ us.|We met at the dot.|Look at the dot on the map.|Be there at 10.|50% off @ the cafe.|@ 9 we left
Phone lines close at 6.|My phone is 4 years old.|My mobile has 20% left.|Call us between 9 and 5.|Text me at 10.
Account for 12345 people.|My account is empty.|Sort it out by 12-34.|Accounts for 2023-24.|12-34-56 is a pattern.
1 2 3 4 5 6 7 8 9 10|0 1 0 2 3 1 4 0 2 5|3, 4, 5, 5, 4, 3, 2, 1, 1, 2|10 20 30 40 50|0-10, 11-20, 21-30
PHQ-9 was 21, GAD-7 was 18.|HbA1c 58, then 72.|INR 2.5 (2.0-3.0).|Sats 88-92%.|Pulse 110, temp 38.9, resp 24.
eGFR 24 on 3 May, 19 on 9 June.|Na 135, K 4.1|Insulin 24 units at 8, 16 at 6.|Dose 1 of 2.|Morphine 10mg/5ml, 2.5ml
Inhaler 2 puffs x 4.|Size 12 shoes, 34-inch legs.|T4 6th rib.|L4/L5 disc.|C5, C6, C7.|Grade 2, stage 3b.|H1N1 in 2009
Take 1-2 tablets 4-6 times.|1/2 a tablet.|1/2/3 pints.|3.4.12 of the policy.|Section 136 at 2am.|Part 2A of the Act.
Priced at 4.99, 12.99 and 19.99.|£07.50 a day.|€100 and $250.|2 for £5, 3 for £7.|£3.20 return, £1.60 single.|5p a mile
500,000 people and 3 hospitals.|1,000,000 to 1.|1 000 000 steps.|3 000 000 000 pounds|12 000 letters.|0300 words exactly.
April 2021|The practice is called Meddygfa'r Llan.|I saw dr twice.|saw dr about pain|The app is called Talk Now.|A470 at 12
Stryd 12|LL5 only|2023/24 was worse.|Room 12/11 at 10:15|My ward is called nothing.|1948 was my year.|Easter 2022|Dial 0800 1111
""".strip()


def hard() -> tuple[Sample, ...]:
    """The sentences with nothing to find in them."""
    said = [part for line in HARD.splitlines() for part in line.split("|")]
    return tuple(Sample(key=f"hard {number}", text=text) for number, text in enumerate(said, 1))
