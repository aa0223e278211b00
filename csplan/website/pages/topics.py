"""The topics by name: what a reader may type to reach one."""

from csplan.evidence import types

#: Words that people use for a topic and that its own name does not hold.
ALSO = {
    "asb": "anti-social-behaviour",
    "antisocial": "anti-social-behaviour",
    "nuisance": "anti-social-behaviour",
    "arson": "criminal-damage-and-arson",
    "vandalism": "criminal-damage-and-arson",
    "break-in": "burglary",
    "burglaries": "burglary",
    "cars": "vehicle-crime",
    "bike": "bicycle-theft",
    "cycle": "bicycle-theft",
    "knives": "possession-of-weapons",
    "knife": "possession-of-weapons",
    "violence": "violence-and-sexual-offences",
    "assault": "violence-and-sexual-offences",
    "mugging": "robbery",
    "shop": "shoplifting",
}
#: Shorter words are in too many names.
SHORTEST = 4


def named(asked: str, base: str) -> list[dict[str, str]]:
    """The topics that a reader may mean, as links; none when what was typed is no topic's name."""
    word = " ".join(asked.casefold().split())
    if word in ALSO:
        slugs = [ALSO[word]]
    elif len(word) < SHORTEST:
        slugs = []
    else:
        slugs = [t.slug for t in types.TYPES.values() if word in t.title.casefold() or word == t.slug]
    return [{"topic": slug, "name": types.get(slug).title, "path": f"{base}topics/{slug}/"} for slug in slugs]
