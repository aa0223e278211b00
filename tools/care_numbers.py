"""How well personal data is found, and how well a campaign is told from everyone else: the figures of `make soak`, and of the tests.

    python tools/care_numbers.py

Recall of identifiers: of those labelled in `tests/unit/cycle/masking_set.txt`, the share of which every character is covered. Of names: the share of
which at least one word is covered, for a name half covered is seen by the officer who confirms it. False alarms: of all spans proposed, the share that
touches nothing labelled.
"""

import random
import re
import sys
from pathlib import Path
from typing import Any

from csplan.cycle import campaign, personal_data

SET = Path(__file__).resolve().parents[1] / "tests" / "unit" / "cycle" / "masking_set.txt"
_LABEL = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
CAMPAIGN, OTHERS = 5_000, 500


def labelled() -> list[tuple[str, list[tuple[int, int, str]]]]:
    """(words, [(start, end, kind)]) of each sentence of the set."""
    out = []
    for line in SET.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        words, spans, at = "", [], 0
        for m in _LABEL.finditer(line):
            words += line[at : m.start()]
            spans.append((len(words), len(words) + len(m[2]), m[1]))
            words += m[2]
            at = m.end()
        out.append((words + line[at:], spans))
    return out


def masking() -> dict[str, Any]:
    """Recall and false alarms with what was missed and wrongly taken."""
    missed: dict[str, list[str]] = {"identifiers": [], "names": []}
    held = {"identifiers": 0, "names": 0}
    proposed, taken = 0, []
    for words, spans in labelled():
        found = personal_data.proposals(words)
        proposed += len(found)
        for start, end, kind in spans:
            group = "names" if kind == "name" else "identifiers"
            held[group] += 1
            if not _is_covered(found, start, end, words, whole=group == "identifiers"):
                missed[group].append(words[start:end])
        taken += [words[f.start : f.end] for f in found if all(f.end <= s or e <= f.start for s, e, _ in spans)]
    told = {g: {"labelled": held[g], "missed": missed[g], "recall": 1 - len(missed[g]) / held[g]} for g in held}
    return {**told, "false_alarms": {"proposed": proposed, "taken": taken, "share": len(taken) / max(1, proposed)}}


def _is_covered(found: Any, start: int, end: int, words: str, *, whole: bool) -> bool:
    covered = {i for f in found for i in range(f.start, f.end)}
    inside = [i for i in range(start, end) if words[i].isalnum()]
    return all(i in covered for i in inside) if whole else any(i in covered for i in inside)


_SENTENCES = (
    "The lights on our street go out at eleven and nobody feels safe after that.",
    "We ask the partnership to bring back the wardens who knew every family by sight.",
    "Young people have nowhere to go since the club closed and they are blamed for it.",
    "Please put the money for cameras into people who talk to people instead.",
    "The plan should say who is responsible and by when we will see a change.",
)
_OPENINGS = ("Dear all,", "To whom it may concern,", "Hello.", "As a resident,", "I support this:", "")
_CLOSINGS = ("Thank you.", "I hope you listen this time.", "Please answer.", "Yours.", "")
_SWAPS = {
    "nobody feels": "no one feels",
    "Please": "please",
    "families": "neighbours",
    "money": "funding",
    "eleven": "11",
    "blamed": "told off",
}
_THINGS = "buses lights parks shops bins dogs bikes fires drains paths benches schools doctors noise rubbish fences trees kerbs signs alleys".split()
_WHYS = "because since although while unless whenever where after before until".split()
_DEEDS = "mended moved watched cleaned painted closed opened counted lit locked planted cut shared asked told heard".split()


def texts(seed: int = 1) -> tuple[dict[int, str], set[int]]:
    """({key: words}, keys of the campaign): one letter sent with small changes of each sender’s own, among others’ own words."""
    rng = random.Random(seed)
    copied = {n: _changed(rng) for n in range(CAMPAIGN)}
    own = {CAMPAIGN + n: _own(rng) for n in range(OTHERS)}
    keys = [*copied, *own]
    rng.shuffle(keys)
    return {key: copied[key] if key in copied else own[key] for key in keys}, set(copied)


def _changed(rng: random.Random) -> str:
    """The letter with a greeting of one’s own, words swapped, a sentence left out now and then, signs and capitals changed."""
    said = [s for s in _SENTENCES if rng.random() > 0.12] or list(_SENTENCES)
    words = " ".join([rng.choice(_OPENINGS), *said, rng.choice(_CLOSINGS)])
    for old, new in _SWAPS.items():
        words = words.replace(old, new) if rng.random() < 0.3 else words
    words = words.upper() if rng.random() < 0.05 else words
    return words.replace(".", "!") if rng.random() < 0.1 else words


def _own(rng: random.Random) -> str:
    """Somebody’s own words on the same matters."""
    said = []
    for _ in range(rng.randint(2, 5)):
        one, two, three = rng.sample(_THINGS, 3)
        said.append(
            f"The {one} by our {two} should be {rng.choice(_DEEDS)} {rng.choice(_WHYS)} the {three} were {rng.choice(_DEEDS)} last {rng.choice(('spring', 'winter', 'week', 'year'))}."
        )
    return " ".join(said)


def campaigns(seed: int = 1) -> dict[str, Any]:
    """How many of the campaign are flagged, how many of the others wrongly, and how many are kept: all."""
    given, copied = texts(seed)
    flagged = {key for group in campaign.groups(given) for key in group.members}
    return {
        "kept": len(given),
        "flagged": len(flagged & copied) / len(copied),
        "wrongly": len(flagged - copied) / (len(given) - len(copied)),
    }


def report() -> list[dict[str, Any]]:
    """[{what, found, met}] for `make soak`."""
    told, sent = masking(), campaigns()
    ids, names, false = told["identifiers"], told["names"], told["false_alarms"]
    return [
        _line(
            "identifiers found, at least 98%",
            f"{ids['recall']:.1%} of {ids['labelled']}; missed: {ids['missed']}",
            ids["recall"] >= 0.98,
        ),
        _line(
            "names found, at least 80%",
            f"{names['recall']:.1%} of {names['labelled']}; missed: {names['missed']}",
            names["recall"] >= 0.80,
        ),
        _line(
            "false alarms, at most 5%", f"{false['share']:.1%} of {false['proposed']}: {false['taken']}", false["share"] <= 0.05
        ),
        _line(
            f"a campaign of {CAMPAIGN:,}: 99% flagged",
            f"{sent['flagged']:.1%}; others flagged wrongly: {sent['wrongly']:.1%}",
            sent["flagged"] >= 0.99,
        ),
        _line("every answer of it kept", f"{sent['kept']:,} of {CAMPAIGN + OTHERS:,}", sent["kept"] == CAMPAIGN + OTHERS),
    ]


def _line(what: str, found: str, met: bool) -> dict[str, Any]:
    return {"what": what, "found": found, "met": met}


if __name__ == "__main__":
    lines = report()
    for line in lines:
        print(f"{'met   ' if line['met'] else 'MISSED'}  {line['what']}: {line['found']}")
    sys.exit(not all(line["met"] for line in lines))
