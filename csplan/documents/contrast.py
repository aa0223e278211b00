"""How far two colours stand apart, as WCAG 2.2 measures it: 1 for the same colour, 21 for black on white."""

#: Words need this much on their ground, and marks and outlines that much.
WORDS, MARKS = 4.5, 3.0


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb."""
    parts = [part / 255 for part in rgb(colour)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """The contrast of two colours, 1 to 21; their order does not matter.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def rgb(colour: str) -> tuple[int, int, int]:
    """The three parts of #rrggbb, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another mixed in."""
    parts = (round(a + (b - a) * share) for a, b in zip(rgb(colour), rgb(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)
