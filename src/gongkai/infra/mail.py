"""Mail to staff. No server set means no mail, and that is well: the desk shows the same things."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage


def configured() -> bool:
    """Whether a mail server has been named (GONGKAI_SMTP_HOST)."""
    return bool(settings.GONGKAI_MAIL_FROM)


def send(*, to: str, subject: str, body: str) -> None:
    """Send plain text from the office's address. Raises OSError (smtplib) when the server cannot be reached.

    Subjects and bodies hold numbers and dates only: mail travels in the open.
    """
    EmailMessage(" ".join(subject.split()), body, settings.GONGKAI_MAIL_FROM, [to]).send()
