"""What is found in a file that a reader should know: a code for programs, a sentence for people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One thing found, with how many rows it concerns and the first of them.

    Rows are numbered as a spreadsheet numbers them: the headings are row 1. `first_row` is None for the file as a whole.
    """

    code: str
    message: str
    rows: int = 0
    first_row: int | None = None


#: Reasons that are worth knowing and cast no doubt on the file.
NOTES = frozenset({"crime_id_repeated", "edition_noted", "still_waiting"})
