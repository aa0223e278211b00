"""What in an answer may lead to a person: proposed by rule, confirmed by an officer. Nothing is sent anywhere to find it.

Identifiers with a fixed shape are found by that shape, an NHS number also by its check digit (modulus 11, as NHS Digital gives it). Names are
found by what stands around them: a title, “my neighbour”, a given name of the list before a capital word. A rule misses some and takes
some for what they are not, which is why an officer confirms every part.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

#: kind -> what stands in its place
KINDS: dict[str, str] = {
    "nhs": "NHS number",
    "ni": "National Insurance number",
    "phone": "phone number",
    "postcode": "postcode",
    "plate": "number plate",
    "email": "e-mail address",
    "account": "name on a site",
    "birth": "date of birth",
    "address": "house and street",
    "name": "name",
    "other": "taken out",
}


class Span(NamedTuple):
    """A stretch of the words: from `start` up to but not including `end`, in characters; `kind` of `KINDS`."""

    start: int
    end: int
    kind: str


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+'-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)+", re.I)),
    ("ni", re.compile(r"\b[A-Z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]\b", re.I)),
    ("nhs", re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")),
    (
        "phone",
        re.compile(r"(?<![\d.,£])(?:(?:\+|00)\s?44[\s-]?(?:\(0\)[\s-]?)?|\(?0)(?:[\s()-]{0,2}\d){9,10}(?!\d)"),
    ),
    ("phone", re.compile(r"(?<=\bring )\d{3}\s?\d{4}\b|(?<=\bcall )\d{3}\s?\d{4}\b|(?<=\btel )\d{3}\s?\d{4}\b", re.I)),
    (
        "postcode",
        re.compile(
            r"\b(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])\s?\d[ABD-HJLNP-UW-Z]{2})\b",
            re.I,
        ),
    ),
    ("plate", re.compile(r"\b(?:[A-Za-z]{2}\d\d\s?[A-Za-z]{3}|[A-Z]{2} \d\d [A-Z]{3})\b")),  # since September 2001
    (
        "plate",
        re.compile(r"\b(?:[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])\b"),
    ),  # 1963 to 2001
    (
        "account",
        re.compile(r"(?<![\w@.])@[A-Za-z]\w{2,}|\b(?:facebook|instagram|tiktok|twitter|snapchat|linkedin)\.com/[\w./-]+", re.I),
    ),
    (
        "birth",
        re.compile(
            r"(?:\bborn(?: on)?|\bdate of birth(?: is)?|\bd\.?o\.?b\.?)[: ]*"
            r"(?P<said>\d{1,2}(?:st|nd|rd|th)?(?:[/. -]| of )(?:\d{1,2}|[A-Za-z]{3,9})[/. -],?\s?\d{2,4})",
            re.I,
        ),
    ),
    (
        "address",
        re.compile(
            r"\b(?:[Ff]lat \d+[a-z]?,? )?(?:no\.? ?|number )?\d{1,3}[a-z]?,? (?:[A-Z][\w'’]+ ){1,3}"
            r"(?:Street|St|Road|Rd|Avenue|Ave|Close|Terrace|Lane|Drive|Court|Crescent|Place|Gardens|Grove|View|Way|Square|Row|Villas|Mews)\b"
        ),
    ),
)

#: Common given names of people in Britain, of several origins: enough to start from. Those that are also plain words stand in `ALSO_WORDS`.
GIVEN = frozenset(
    """
    aaron abdul abigail adam adele adrian agnes ahmed aidan aileen aisha alan alastair albert alec alex alexander alexandra alfie alfred ali
    alice alison alistair allan amanda amelia amina amir amy ana andrea andrew andy angela anita ann anna anne annie anthony antonia archie
    arthur asif audrey ava barbara barry beatrice becky ben benjamin bernadette bernard beryl beth bethany betty beverley bill billy bob bobby
    brenda brendan brian bridget bruce bryan callum cameron carl carla carly carol caroline catherine cathy cecilia charlene charles charlie
    charlotte chelsea cheryl chloe chris christian christina christine christopher claire clare clive colin connor craig cynthia daisy damian dan
    daniel danielle danny darren dave david dean deborah debbie denis denise dennis derek diana diane dominic donald donna doreen doris dorothy
    dougie douglas duncan dylan eddie edith edna edward eileen elaine eleanor elena elizabeth ella ellen ellie elliot elsie emily emma eric erin
    ethan eva evan evelyn fatima felicity fiona florence frances francis frank fred freddie freya gareth garry gary gavin gemma geoff geoffrey
    george georgia georgina gerald gerard gillian gladys glen glenn glenys gordon graeme graham gwen hamza hannah harold harriet harry harvey hassan
    hazel heather heidi helen henry hilary howard hugh ian ibrahim imran irene iris isaac isabel isabella isla ismail ivan jack jackie jacob
    jacqueline jade jake james jamie jan jane janet janice jasmine jason jayne jean jeff jeffrey jenna jennifer jenny jeremy jessica jill jim
    jimmy joan joanna joanne jodie joe joel john johnny jon jonathan jordan joseph josephine josh joshua joyce judith judy julia julian julie
    june justin karen karl kate katherine kathleen kathryn kathy katie kay keith kelly kelvin ken kenneth kerry kev kevin khalid kieran kim
    kimberley kirsty kyle laura lauren laurence lee leah leanne len leo leon leonard leslie lesley lewis liam lilian lily linda lindsay lisa liz
    lorna lorraine louis louise lucas lucy luke lydia lynda lynn lynne maisie malcolm mandy marc marcus margaret maria marian marie marilyn marion
    marjorie martin martyn mary mateusz matt matthew maureen maurice megan mel melanie melissa michael michelle mick mike miriam mohammad mohammed
    moira molly monica muhammad muriel nadia nancy naomi natalie natasha nathan neil nicholas nick nicola nigel noah nora norma norman olive oliver
    olivia omar oscar owen pam pamela pat patricia patrick paul paula pauline peggy penny pete peter phil philip philippa phillip phoebe phyllis
    piotr poppy priya rachael rachel ralph raymond rebecca reece reg rhys richard rita rob robbie robert roberta robin rod rodney roger roland ron
    ronald ronnie rory rosemary rosie ross roy ruby rupert russell ruth ryan sally sam samantha samina samuel sandra sara sarah scott sean sebastian
    shane shannon sharon shaun sheila shelley shirley sid sidney simon sophia sophie stacey stan stanley stella stephanie stephen steve steven
    stewart stuart sue susan suzanne sylvia tanya tara ted teresa terence terry thelma theresa thomas tim timothy tina toby tom tommy tony tracey
    tracy trevor valerie vanessa vera vernon veronica vic vicky victor victoria vikki vincent viv vivien wayne wendy william winifred yasmin yusuf
    yvonne zachary zara zoe
    """.split()
)
#: Given names that are words too: a name only before a capital word that is none of the place, or after a word that makes one.
ALSO_WORDS = frozenset(
    "april art bill dawn faith grace grant guy holly hope iris ivy jack joy may mark nick olive pat penny poppy rob rose ruby rusty sandy summer will".split()
)
#: Words after a given name that make it a place, a body or a thing: “Nelson Street”, “Victoria Hospital”.
PLACES = frozenset(
    """
    street road avenue close terrace lane drive court crescent place gardens grove view way square row park school hospital church centre center
    college university academy house hall bridge station estate green hill wood woods village town city county council police club arms hotel
    surgery memorial library theatre market cross cottages bank primary secondary junior infants day cup stadium ward division farm inn
    """.split()
)
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Sir|Cllr|Councillor|PC|PCSO|Sgt|Inspector|Father|Pastor|Imam|Uncle|Auntie|Aunt|Nana)\.?"
)
_NAME = r"[A-ZÀ-Ý][a-zà-ÿ]+(?:['’-][A-ZÀ-Ý]?[a-zà-ÿ]+)?"
_RELATION = (
    r"(?:[Mm]y|[Oo]ur|[Tt]heir|[Hh]is|[Hh]er|[Tt]he) (?:late |ex-?|next[ -]door |young |elderly |little |older |younger |best )*"
    r"(?:neighbour|neighbor|son|daughter|husband|wife|partner|boyfriend|girlfriend|friend|brother|sister|mother|father|mum|dad|uncle|aunt|auntie|"
    r"cousin|nephew|niece|grandson|granddaughter|landlord|landlady|manager|caretaker|headteacher|ex|lad|lass|man|woman)(?:,? called|,? named|,)?"
)
_AFTER_A_TITLE = re.compile(rf"\b{_TITLE} (?P<said>(?:[A-Z]\.? )?{_NAME}(?: {_NAME})?)")
_AFTER_A_RELATION = re.compile(rf"\b{_RELATION} (?P<said>{_NAME}(?: {_NAME})?)")
_CALLED = re.compile(
    rf"\b(?:called|named|name is|name's|I am|I'm|I’m|[Ss]igned,?|[Rr]egards,?|[Ff]rom|known as) (?P<said>{_NAME}(?: {_NAME})?)"
)
_TWO = re.compile(rf"\b(?P<first>{_NAME}) (?P<rest>(?:[A-Z]\.? )?{_NAME}(?:-{_NAME})?)")
_ONE = re.compile(rf"\b{_NAME}\b")
#: Words with a capital that begin no surname.
NOT_NAMES = frozenset(
    """
    i the a an and but or so if when where who what why how this that these those there here it he she we you they is are was were my our your
    his her their monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december christmas easter halloween county durham england britain council police nhs asb cctv darlington newcastle sunderland gateshead
    chester spennymoor peterlee seaham consett stanley bishop auckland crook newton aycliffe shildon ferryhill sedgefield barnard castle teesdale
    weardale easington bowburn polish english british irish scottish welsh muslim christian jewish asian black white deaf blind autistic disabled gay please also no yes not more less most some any all every each
    """.split()
)


def proposals(words: str) -> tuple[Span, ...]:
    """Stretches that may lead to a person, in order and none over another; where two meet, the identifier goes before the name."""
    found: list[Span] = []
    for span in [*_identifiers(words), *_names(words)]:
        if all(span.end <= other.start or other.end <= span.start for other in found):
            found.append(span)
    return tuple(sorted(found))


def _identifiers(words: str) -> Iterator[Span]:
    for kind, shape in _SHAPES:
        for m in shape.finditer(words):
            start, end = m.span("said") if "said" in shape.groupindex else m.span()
            if kind == "nhs" and not is_nhs_number(m[0]):
                continue
            if kind == "plate" and not _is_plate(words, start, end):
                continue
            yield Span(start, end, kind)


def is_nhs_number(said: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number: the weighted sum of the first nine, modulus 11."""
    digits = [int(c) for c in said if c.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and digits[9] == (0 if check == 11 else check)


def _is_plate(words: str, start: int, end: int) -> bool:
    """An older plate has the shape of the name of a road or a form, so it counts only where a vehicle is spoken of near it."""
    said = re.sub(r"\s", "", words[start:end])
    if re.fullmatch(r"[A-Za-z]{2}\d\d[A-Za-z]{3}", said):
        return True
    near = words[max(0, start - 60) : end + 40].casefold()
    return bool(
        re.search(
            r"\b(car|van|bike|motorbike|quad|reg|registration|plate|vehicle|lorry|truck|taxi|scooter|transit|corsa|golf|astra)\b",
            near,
        )
    )


def _names(words: str) -> Iterator[Span]:
    for looked_for in (_AFTER_A_TITLE, _AFTER_A_RELATION, _CALLED):
        for m in looked_for.finditer(words):
            yield from _trimmed(words, *m.span("said"))
    for m in _TWO.finditer(words):
        first, last = m["first"].casefold(), m["rest"].split()[-1].casefold()
        if _is_given(first) and last not in PLACES and last not in NOT_NAMES:
            yield Span(m.start(), m.end(), "name")
    for m in _ONE.finditer(words):
        said, after = m[0].casefold(), _next_word(words, m.end())
        if re.search(r"(?:Queen|King|Saint|St\.?|Prince|Princess|Lord|Lady) $", words[: m.start()]):
            continue
        is_first = m.start() == 0 or words[: m.start()].rstrip()[-1:] in ".!?\n"
        if (
            said in GIVEN
            and said not in ALSO_WORDS
            and after not in PLACES
            and said not in NOT_NAMES
            and not (is_first and said in ALSO_WORDS)
        ):
            yield Span(m.start(), m.end(), "name")


def _is_given(word: str) -> bool:
    return (word in GIVEN or word in ALSO_WORDS) and word not in NOT_NAMES


def _trimmed(words: str, start: int, end: int) -> Iterator[Span]:
    """A name found by what stands before it, without capital words that begin none; nothing where it is a place."""
    said = words[start:end].split()
    while said and said[-1].casefold() in NOT_NAMES:
        said.pop()
    text = " ".join(said)
    if (
        not said
        or said[0].casefold() in NOT_NAMES
        or said[-1].casefold() in PLACES
        or _next_word(words, start + len(text)) in PLACES
    ):
        return
    yield Span(start, start + len(text), "name")


def _next_word(words: str, at: int) -> str:
    m = re.match(r"(?:['’]s)? ([A-Za-z]+)", words[at:])
    return m[1].casefold() if m and m[1][0].isupper() else ""


def check_spans(words: str, spans: Iterable[Sequence[object]]) -> tuple[Span, ...]:
    """Spans as they are kept: in order, inside the words, none over another. Raises ValueError otherwise."""
    found = sorted(Span(int(str(s[0])), int(str(s[1])), str(s[2])) for s in spans)
    before = 0
    for span in found:
        if not before <= span.start < span.end <= len(words) or span.kind not in KINDS:
            raise ValueError("a span lies outside the words, or over another")
        before = span.end
    return tuple(found)


def masked(words: str, spans: Iterable[Span]) -> str:
    """The words with each span replaced by what it was, in square brackets."""
    out, at = list[str](), 0
    for span in sorted(spans):
        out += [words[at : span.start], f"[{KINDS[span.kind]}]"]
        at = span.end
    return "".join([*out, words[at:]])


def covering(words: str, typed: str) -> tuple[Span, ...]:
    """A span for every place where the typed words stand, whatever their case; empty where they stand nowhere."""
    if not typed.strip():
        return ()
    return tuple(Span(m.start(), m.end(), "other") for m in re.finditer(re.escape(typed.strip()), words, re.I))
