"""Words that the rules know: what people are to each other, and what is no name although it stands where one would."""

# ruff: noqa: E501, SIM905 -- lists of words, in several languages, are read as lines

from __future__ import annotations

from typing import Final

RELATION: Final = (
    "mum|mam|mummy|mother|dad|father|nan|nana|nain|taid|gran|grandma|granddad|grandad|grandmother|grandfather|son"
    "|daughter|boy|girl|lad|brother|sister|wife|husband|partner|boyfriend|girlfriend|neighbour|friend|mate|carer|auntie"
    "|aunt|aunty|uncle|cousin|niece|nephew|grandson|granddaughter|mother-in-law|father-in-law|sister-in-law"
    "|brother-in-law|keyworker|key worker|support worker|social worker|care worker|care coordinator|gp|doctor|nurse"
    "|midwife|consultant|physio|dentist|therapist|teacher|manager|boss|colleague|landlord|twin|baby|little one|youngest"
    "|eldest|oldest|foster son|foster daughter|stepson|stepdaughter|step-dad|step-mum|godson|goddaughter|ex|cpn|health visitor"
)

THINGS: Final = (
    "(?:practice|surgery|service|app|place|clinic|ward|hospital|unit|team|drug|tablet|medicine|thing|group|scheme|project|cafe"
    "|centre|pathway|system|form|line|charity|building|street|road|school|club|course|test|illness|condition|village|town"
    "|programme|website|leaflet|home)"
)
"""What is called something, and is nobody."""

PARTICLES: Final = frozenset(
    "van von de der den del della di da dos du la le ap ab ferch mac mc bin ibn bint el al abu st ten ter".split()
)

# Not names although they stand where a name would: how sentences go on, and what titles are part of.
NO_NAMES: Final = frozenset(
    """i i'm i've i'd i'll im ive the a an this that these those he she it its it's we they you my his her our their your
    who what which when where why how whose if so but and or nor then than as at in on by for from to of with without
    after before during until since because while was is are were am be been being had has have having did does do done
    said says say told tells asked asks came comes went goes gave gives took takes saw sees rang rings called calls wrote
    did didn't doesn't don't wasn't isn't hasn't hadn't couldn't wouldn't can't won't could would should will shall may
    might must can never always also just still again only even ever not no yes please thank thanks sorry there here now
    today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december christmas easter god jesus one two three someone nobody everyone
    everybody somebody anyone all some any each every both next last
    practitioner practitioners associate assistant manager led clinic station team service services unit ward hospital
    surgery practice specialist consultant prescriber prescribers who house's call twice later straight about yet round visit visits letter letters pain today dont told scan scans scanner imaging angiogram
    society nurse nurses doctor doctors sister matron midwife on-call
    department office room notes appointment appointments referral line helpline app college association council
    congo pepper perfect right whip softee universe world potato bean google
    adhd copd gp a&e icu nhs bsl ot cpn cbt dnr mri ct ms mr mrs mx miss dr prof covid
    federation training research union network group charity centre
    down wrong spelt spelled misspelt misspelled written missing listed recorded changed known important irrelevant
    private confidential none nothing unknown first more very too really quite often mostly mainly now already
    yn ac ond pan mae roedd wedi oedd dywedodd meddai ddweud fel eto hefyd ei eu ein eich a'r i'r y yr o am ar
    welsh english irish scottish british polish deaf indian pakistani bangladeshi chinese somali syrian ukrainian muslim
    christian jewish black asian african caribbean european""".split()
)

NOT_OWNERS: Final = frozenset(
    """it that he she who what there today yesterday tomorrow let here where everyone nobody somebody someone anyone
    monday tuesday wednesday thursday friday saturday sunday alzheimer parkinson crohn women children men people
    huntington down hodgkin bell child patient person mum dad mam nan gran grandma mother father son daughter brother
    sister wife husband baby partner friend neighbour carer the my his her their our your other another one each how
    why when nhs gp hospital everybody else anybody this trust board council surgery practice ward team government wales
    england scotland department university school clinic unit service company staff nurse doctor consultant midwife man
    woman boy girl lady bloke people client resident""".split()
)

ALSO_NAMES: Final = frozenset("April August Christian Jesus June March May Will".split())

VERBS: Final = frozenset("ہے है ਹੈ হয় છે است هو هي".split())

SPOKE: Final = frozenset(
    "was is said says told asked came went gave rang saw has had who did didn't and took looked".split()
)

NO_STREETS: Final = frozenset(
    "minute minutes min mins hour hours mile miles day days week weeks month months year years km people person one two"
    " lane lanes way bus buses car cars main side wide long dual single the our its this that other main busy same on in"
    " at by near from with and for people patients busy out off down along different".split()
)

NO_WARDS: Final = frozenset(
    "the my our a an this that each every his her their your no another one any on in at when after before then and but"
    " sister manager round rounds staff clerk nurse nurses hospital general medical surgical maternity children children's"
    " stroke mental acute same old new next which what whose if so my i we they he she it from to of into was is were"
    " managers clerks sisters doctor doctors matron closures beds bed visit visiting community electoral council"
    " psychiatric surgery geriatric rehab rehabilitation admissions assessment labour postnatal antenatal cardiac cancer"
    " orthopaedic a&e nhs icu oncology renal respiratory private open locked two three".split()
)
