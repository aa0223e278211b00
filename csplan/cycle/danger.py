"""Words of an answer that suggest that someone is in danger. They are signs for an officer to read at once, and prove nothing."""

import re
import unicodedata

#: sign -> what it may mean, for the officer who reads it
SIGNS: dict[str, str] = {
    "life": "a threat to someone’s life",
    "self-harm": "suicide or self-harm",
    "child": "harm to a child",
    "abuse": "domestic or sexual abuse",
    "exploitation": "exploitation, slavery or grooming",
    "weapon": "a weapon",
    "terror": "an attack being planned",
}

_GOING_TO = (
    r"(?:going to|gonna|will|wants? to|threaten(?:s|ed|ing)? to|said (?:he|she|they)(?:'d| would| will|'ll)|plan(?:s|ning)? to)"
)
#: sign -> what is looked for in small letters with straight apostrophes
_PHRASES: dict[str, tuple[str, ...]] = {
    "life": (
        rf"\b{_GOING_TO} (?:kill|murder|stab|shoot|burn)\b",
        r"\bdeath threats?\b",
        r"\bthreat(?:s|en|ens|ened|ening)?\b.{0,30}\b(?:kill|life|lives)\b",
        r"\bin fear (?:of|for) (?:my|our|his|her|their) li(?:fe|ves)\b",
        r"\b(?:fear(?:s|ing)?|afraid|scared|frightened) for (?:my|our|his|her|their) li(?:fe|ves|fes)\b",
        r"\bsomeone is going to (?:die|get killed|be killed)\b",
    ),
    "self-harm": (
        r"\bsuicid",
        r"\bkill(?:ing)? (?:my|him|her|them)sel(?:f|ves)\b",
        r"\b(?:end|take|taking|ending) (?:my|his|her|their) (?:own )?li(?:fe|ves)\b",
        r"\bself[- ]harm",
        r"\b(?:don't|do not|dont) want to (?:live|be alive|be here any ?more)\b",
    ),
    "child": (
        r"\b(?:hit|hits|hitting|beat|beats|beating|hurt|hurts|hurting|abus\w+|neglect\w*)\b.{0,30}\b(?:child|children|kids?|baby|toddler|son|daughter)\b",
        r"\b(?:child|children|kids?|baby|toddler)\b.{0,30}\b(?:abused?|beaten|molested|neglected|in danger|at risk|locked)\b",
        r"\bp(?:a)?edophile",
        r"\bchild (?:abuse|sexual)",
    ),
    "abuse": (
        r"\b(?:husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mother|mum|he|she)\b.{0,20}\b(?:beats?|hits?|strangles?|strangled|chokes?|choked|rapes?|raped|controls)\b.{0,10}\b(?:me|us|her|him)\b",
        r"\b(?:was|been|being|am) (?:raped|sexually (?:assaulted|abused))\b",
        r"\b(?:raped|sexually (?:assaulted|abused)) me\b",
        r"\bafraid (?:of|to go home to) my (?:husband|wife|partner|boyfriend|girlfriend|ex|father|dad|son)\b",
        r"\bwon't let me (?:leave|out|see)\b",
    ),
    "exploitation": (
        r"\bgroom(?:ed|ing|s)\b.{0,40}\b(?:girls?|boys?|child|children|kids?|teenagers?|young|daughter|son)\b",
        r"\b(?:girls?|boys?|child|children|kids?|teenagers?|young people|daughter|son)\b.{0,40}\bgroom(?:ed|ing)\b",
        r"\bcuckoo(?:ed|ing)\b",
        r"\b(?:passports?|documents)\b.{0,20}\b(?:taken|took|kept|held)\b",
        r"\b(?:takes?|took|keeps?|kept|holds?|held)\b.{0,15}\b(?:passports?|documents|papers)\b",
        r"\b(?:kept|held) (?:as|like) (?:a )?slaves?\b",
        r"\b(?:made|forced) to (?:work|sell drugs|carry drugs|deal|have sex)\b",
        r"\btraffick(?:ed|ing) (?:girls?|women|people|children|workers)\b",
    ),
    "weapon": (
        r"\b(?:has|have|got|keeps|carries|carrying|hides|hiding|bought)\b.{0,15}\b(?:guns?|firearms?|pistol|shotgun|machetes?|zombie kni(?:fe|ves)|samurai swords?|explosives?)\b",
        r"\b(?:has|carries|carrying|pulled|waving|with) a (?:big |large |kitchen |huge )?knife\b",
    ),
    "terror": (
        r"\b(?:plan|plans|planning|planned|going|prepar\w+) (?:to (?:bomb|attack|blow up|shoot up)|an attack|a bomb)",
        r"\b(?:mak(?:e|es|ing)|build(?:s|ing)?) (?:a |an )?(?:pipe )?bombs?\b",
    ),
}
_LOOKED_FOR = {sign: re.compile("|".join(phrases), re.DOTALL) for sign, phrases in _PHRASES.items()}


def signs(words: str) -> tuple[str, ...]:
    """The names of `SIGNS` that the words show; empty where none does."""
    flat = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", words).casefold().replace("’", "'").replace("`", "'"))
    return tuple(sign for sign, looked_for in _LOOKED_FOR.items() if looked_for.search(flat))
