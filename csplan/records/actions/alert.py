"""Alerts of danger: seen by an officer, who says what was done."""

from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Alert


def see(*, alert: Alert, done: str, by: acting.By) -> Alert:
    """Say what was done about an answer that suggests danger. Once. No name belongs in these words."""
    consultation = alert.response.consultation
    with acting.act("alert.see", partnership=consultation.partnership, by=by) as deed:
        if alert.seen_at is not None:
            raise CsplanError("What was done about this alert is already recorded. Nothing was changed.")
        if not done.strip():
            raise CsplanError(
                "Write what was done, such as: passed to the police by 101. That it was no danger is an answer too."
            )
        alert.seen_at, alert.seen_by, alert.done = deed.at, deed.user, done.strip()
        alert.save(update_fields=("seen_at", "seen_by", "done"))
        deed.record("consultation", consultation.slug, alert_seen=True)
    return alert
