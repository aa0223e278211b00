"""Letters and e-mails that came for a consultation: brought in, and opened."""

import hashlib

from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.evidence.incoming import letters, package
from csplan.records import acting
from csplan.records.models import Closing, Consultation, Letter


def keep(*, consultation: Consultation, name: str, content: bytes, by: acting.By) -> Letter:
    """Keep a letter as it came, with the words that were read out of it. Raises CsplanError for what is no letter or is held already."""
    found = letters.read(content, name)
    sha256 = hashlib.sha256(content).hexdigest()
    with acting.act("answer.enter", partnership=consultation.partnership, by=by) as deed:
        if not hasattr(consultation, "opening"):
            raise CsplanError("This consultation has not opened, so no answer to it is entered. Nothing was kept.")
        if Closing.objects.filter(consultation=consultation).exists():
            raise CsplanError("The answers are already counted, so no letter is brought in any more. Nothing was kept.")
        if Letter.objects.filter(consultation=consultation, sha256=sha256).exists():
            raise CsplanError("The same file is held already, so it was not kept again. Look for it in the list.")
        made = Letter.objects.create(
            consultation=consultation,
            name=package.safe_name(name),
            kind=found.kind,
            content=content,
            sha256=sha256,
            text=found.text,
            came_on=found.sent_on,
            kept_at=deed.at,
            kept_by=deed.user,
        )
        deed.record("consultation", consultation.slug, letter=sha256)
    return made


def open_letter(*, letter: Letter, by: acting.By) -> Letter:
    """Open a letter that another person brought in. The reading stands in the audit; who brought one in reads it without."""
    consultation = letter.consultation
    if not isinstance(by, str) and letter.kept_by_id == by.pk:
        held = acting.who(by, consultation.partnership)
        roles.check_may("answer.enter", held.roles)
        return letter
    with acting.act("answer.read", partnership=consultation.partnership, by=by) as deed:
        deed.user  # noqa: B018  a person reads, never the terminal
        deed.record("consultation", consultation.slug, read=True, why="A letter", letter=letter.sha256)
    return letter
