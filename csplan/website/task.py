"""One thing that waits for an officer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """tag : what is asked, in a word or two;  path : where it is done."""

    tag: str
    title: str
    words: str
    path: str
