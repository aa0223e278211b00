"""What waits to leave by e-mail, and sending it."""

from argparse import Namespace

from csplan.commands.common import website
from csplan.terminal import command, options


@command("outbox")
def outbox(_: Namespace) -> None:
    """Try once to send every alert that waits, and say what is left. `csplan serve` does so by itself."""
    website()
    from csplan.records import outbox as box

    sent, left = box.deliver(), box.waiting()
    refusals = sorted({alert.refusal for alert in left if alert.refusal})
    words = f"{sent} sent, {len(left)} waiting." + "".join(f" {refusal}" for refusal in refusals)
    options.answer({"sent": sent, "waiting": len(left), "refusals": refusals}, words)
