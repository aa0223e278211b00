"""People with accounts, for the terminal: who is named, and what they may do."""

from django.contrib.auth.models import User

from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records import acting, lookup
from csplan.records.models import Partnership


def check_may_decide_on_evidence(username: str, partnership: str | None) -> User:
    """The person who may decide on a held release; refused for anyone else.

    partnership : a slug; None for the only one here
    """
    person = lookup.one(User.objects.filter(is_active=True), f"account “{username}”", username=username)
    roles.check_may("evidence.decide", acting.who(person, the_partnership(partnership)).roles)
    return person


def the_partnership(slug: str | None) -> Partnership:
    """The partnership of a slug; the only one here where none is named."""
    if slug is not None:
        return lookup.one(Partnership.objects.all(), f"partnership “{slug}”", slug=slug)
    here = list(Partnership.objects.order_by("slug")[:2])
    if not here:
        raise CsplanError("There is no partnership in this folder yet. Run csplan demo, or name the folder with --data.")
    if len(here) > 1:
        raise CsplanError("There are several partnerships in this folder. Name one with --partnership.")
    return here[0]
