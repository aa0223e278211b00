"""The colours of every drawing and paper, in one place; the style sheet holds the same values and a test keeps them equal.

Improvement is blue and concern is orange, never green and red. Colour is never the only sign of anything.
"""

INK = "#241b2f"  # words, the data line, whiskers
QUIET = "#5c554d"  # subtitles, axis words, sources
ACCENT = "#7a2a63"  # links, this place, the usual range
DEEP = "#4c1540"  # the demonstration strip, heads of panels
TINT = "#f5e9f1"  # the usual range as a band
GOOD = "#1b5e92"  # improvement, always as a disc
CONCERN = "#b3480a"  # concern, always as a diamond
ERROR = "#b3261e"  # errors of a form, nothing else
LINE = "#8c8479"  # zero lines, outlines, hatching
OTHER = "#8f877d"  # lines and dots that are not the subject
STONE = "#cfc8bd"  # bars that are not the subject, always outlined in LINE
HAIR = "#dad5cb"  # gridlines and rules between rows
WASH = "#f6f4f0"  # bands and heads of tables
PAPER = "#ffffff"  # the ground
FOCUS = "#ffdd00"  # keyboard focus

#: Five classes of a map, light to dark.
RAMP = ("#f3e6ee", "#ddb4ce", "#bf7da8", "#94457d", "#5a1a4a")

#: The names that the style sheet and the paper template use.
TOKENS: dict[str, str] = {
    "ink": INK,
    "quiet": QUIET,
    "accent": ACCENT,
    "accent-deep": DEEP,
    "accent-tint": TINT,
    "good": GOOD,
    "concern": CONCERN,
    "error": ERROR,
    "line": LINE,
    "other": OTHER,
    "stone": STONE,
    "hair": HAIR,
    "wash": WASH,
    "paper": PAPER,
    "focus": FOCUS,
}
