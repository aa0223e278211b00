"""What is done about one consultation at the desk: the doors of its page, in the order of its life."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Door(NamedTuple):
    """A page under `desk/consultations/SLUG/`. action : of `cycle.roles`, whose roles are shown the door"""

    path: str
    title: Any
    words: Any
    action: str


DOORS: tuple[Door, ...] = (
    Door(
        "kit/",
        _("The kit"),
        _("Poster with a code to scan, paper form, large print, script for a briefing: to print and hand out."),
        "engagement.announce",
    ),
    Door(
        "letters/",
        _("Letters and paper"),
        _("Bring in an e-mail or a letter, and enter what came on paper or was said at a meeting."),
        "answer.enter",
    ),
    Door(
        "answers/check/",
        _("Check what was entered"),
        _("Compare each entered answer with what came, as a second person."),
        "answer.check",
    ),
    Door("alerts/", _("Alerts"), _("Answers whose words suggest that someone is in danger: to be read at once."), "alert.see"),
    Door("masking/", _("Personal data"), _("Cover what leads to a person, before words go further."), "answer.mask"),
    Door(
        "campaigns/", _("Campaigns and copies"), _("Answers that say nearly the same, and the totals both ways."), "answer.mask"
    ),
    Door("answers/aside/", _("Set aside"), _("Answers that were withdrawn or are spam, with the reason."), "answer.set_aside"),
    Door("coding/", _("Coding"), _("Read the comments one by one and say which themes they speak of."), "answer.code"),
    Door(
        "coding/agreement/", _("Agreement"), _("How far two coders agree, and what they differ on, to settle."), "answer.settle"
    ),
    Door("themes/", _("Themes"), _("Name what people said, and decide on it with the reason and what changed."), "theme.name"),
    Door(
        "consider/",
        _("Consideration report"),
        _("What became of every answer, and the report that says so."),
        "consultation.consider",
    ),
)
