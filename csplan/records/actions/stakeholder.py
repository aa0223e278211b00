"""The stakeholder map: groups that ought to be heard."""

from collections.abc import Sequence

from django.utils.text import slugify

from csplan.cycle import equality
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Partnership, Stakeholder


def name(
    *,
    partnership: Partnership,
    name: str,
    why: str,
    characteristics: Sequence[str] = (),
    is_affected: bool = False,
    is_example: bool = False,
    by: acting.By,
) -> Stakeholder:
    """Name a group, why it ought to be heard, and the characteristics that its members share. It names groups, never people."""
    with acting.act("stakeholder.name", partnership=partnership, by=by) as deed:
        slug = slugify(name)[:50].strip("-")
        if not slug:
            raise CsplanError("Write what the group is called.")
        if not why.strip():
            raise CsplanError("Write why the group ought to be heard.")
        if any(c not in equality.CHARACTERISTICS for c in characteristics):
            raise CsplanError("Choose the characteristics among those that are offered.")
        if partnership.stakeholders.filter(slug=slug).exists():
            raise CsplanError(f"{name.strip()} is on the map already. Give the other group a name of its own.")
        made: Stakeholder = Stakeholder.objects.create(
            partnership=partnership,
            slug=slug,
            name=name.strip(),
            why=why.strip(),
            characteristics=list(characteristics),
            is_affected=is_affected,
            is_example=is_example,
            named_at=deed.at,
            named_by=deed.user,
        )
        deed.record("stakeholder", slug, is_affected=is_affected, characteristics=list(characteristics))
    return made
