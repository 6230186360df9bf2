"""The one gate through which messages leave, a small adapter for each channel; set up by settings, closed without.

Another channel (WeChat's template messages, an office's own messenger) is one more class with `send`, one more
`Channel`, and a line in `_ADAPTERS`; none is written for WeChat,
because it needs a public account that nobody has here.
Nothing here logs an address, a number, or what a server answered in words: these may hold somebody's.
"""

import json
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from yiwang.notices.rules.occasions import Channel

_OK = range(200, 300)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_LATER = frozenset({408, 425, 429})
_NOT_SIGNED_IN = frozenset({401, 403})
_PERMANENT = range(500, 600)  # of SMTP: it will never take this


class Undelivered(Exception):  # noqa: N818 - what became of a message
    """The message did not go: `trouble` says why, in a word of `words.TROUBLES`; `final`: no use to try again."""

    def __init__(self, trouble: str, *, final: bool = False) -> None:
        self.trouble = trouble
        self.final = final
        super().__init__(trouble)


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to one address. `id` stays the same when it is tried again: whoever gets it twice can tell.

    `template` and `parameters`: the same for gateways that send registered texts only.
    """

    id: UUID
    to: str
    subject: str
    text: str
    template: str
    parameters: Mapping[str, str]


class Adapter(Protocol):
    """What a channel must be able to do."""

    def is_set_up(self) -> bool:
        """Whether the installation has given what this channel needs."""

    def send(self, message: Message) -> None:
        """Hand the message over. Raises `Undelivered`; what returns was taken by the next server."""


class Mail:
    """E-mail by SMTP, through Django's mail."""

    def is_set_up(self) -> bool:
        """A server and a sender's address."""
        return bool(settings.EMAIL_HOST and settings.MAIL_FROM)

    def send(self, message: Message) -> None:
        """Plain text to one address."""
        # A machine's letter says so: an absence note must not answer it.
        headers = {"Message-ID": f"<{message.id}@{_domain()}>", "Auto-Submitted": "auto-generated"}
        mail = EmailMessage(
            message.subject,
            message.text,
            settings.MAIL_FROM,
            [message.to],
            headers=headers,
            connection=get_connection(),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _words in refused.recipients.values()]
            raise Undelivered(*_smtp(min(codes, default=0))) from None
        except smtplib.SMTPAuthenticationError:
            raise Undelivered("not_signed_in") from None
        except smtplib.SMTPResponseException as answered:
            raise Undelivered(*_smtp(answered.smtp_code)) from None
        except (smtplib.SMTPException, OSError):
            raise Undelivered("no_connection") from None


class Sms:
    """SMS by a gateway that takes JSON over HTTP, as `docs/notices.md` says."""

    def is_set_up(self) -> bool:
        """An address of the gateway; in the demonstration only one on this machine."""
        # An invented number may be somebody's.
        here = urlsplit(settings.SMS_URL).hostname in _LOOPBACK
        return bool(settings.SMS_URL) and (here or not settings.DEMONSTRATION)

    def send(self, message: Message) -> None:
        """One POST. No answer of a gateway leads anywhere else: redirections are not followed."""
        body = {
            "id": str(message.id), "to": message.to, "template": message.template,
            "parameters": dict(message.parameters), "text": message.text,
        }  # fmt: skip
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": str(message.id)}
        if settings.SMS_TOKEN:
            headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
        status = _posted(settings.SMS_URL, json.dumps(body, ensure_ascii=False).encode(), headers)
        if status in _OK:
            return
        if status in _NOT_SIGNED_IN:
            raise Undelivered("not_signed_in")
        if status in _LATER or status in _PERMANENT:
            raise Undelivered("server_busy")
        raise Undelivered("refused", final=True)


def _posted(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=settings.NOTICE_SECONDS)
    try:
        line.request("POST", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", body, dict(headers))
        return line.getresponse().status
    except (OSError, HTTPException):
        raise Undelivered("no_connection") from None
    finally:
        line.close()


def _smtp(code: int) -> tuple[str]:
    if code in _PERMANENT:
        raise Undelivered("refused", final=True) from None
    return ("server_busy",)


def _domain() -> str:
    return str(settings.MAIL_FROM).rpartition("@")[2].strip("> ")


_ADAPTERS: dict[Channel, Adapter] = {Channel.EMAIL: Mail(), Channel.SMS: Sms()}


def adapter(channel: Channel) -> Adapter:
    """What sends by this channel."""
    return _ADAPTERS[channel]


def open_channels() -> list[Channel]:
    """The outgoing channels that this installation has set up."""
    return [channel for channel, one in _ADAPTERS.items() if one.is_set_up()]
