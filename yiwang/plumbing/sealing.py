"""Seal a short secret so that the database alone does not give it away (AES-256-GCM).

A sealed secret begins with the number of its form and with the mark of the key that sealed it, so that keys can be
changed one after the other: put the new key first in `SEAL_KEYS` and keep the old ones behind it. What it is
*of* ("authenticator:12") is bound into the seal: moved to another row, it does not open.
"""

import base64
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = b"\x01"
_MARK = 4
_NONCE = 12


class BrokenSeal(Exception):  # noqa: N818 - what one finds
    """The secret was changed, belongs elsewhere, or its key is no longer among ours."""


def seal(text: str, *, of: str) -> bytes:
    """Seal a text with the newest key; `of` says whose it is and must be said again to open it."""
    mark, cipher = _keys(tuple(settings.SEAL_KEYS))[0]
    nonce = secrets.token_bytes(_NONCE)
    return _FORM + mark + nonce + cipher.encrypt(nonce, text.encode(), of.encode())


def unseal(sealed: bytes, *, of: str) -> str:
    """The text again. Raises `BrokenSeal` rather than give anything doubtful."""
    mark, body = sealed[1 : 1 + _MARK], sealed[1 + _MARK :]
    for known, cipher in _keys(tuple(settings.SEAL_KEYS)):
        if sealed[:1] == _FORM and known == mark:
            try:
                return cipher.decrypt(body[:_NONCE], body[_NONCE:], of.encode()).decode()
            except (InvalidTag, ValueError):
                break
    raise BrokenSeal(of)


def mark(text: str, *, of: str) -> bytes:
    """A mark (HMAC-SHA-256) by which a text is known again without being kept; made with the newest key."""
    return marks(text, of=of)[0]


def marks(text: str, *, of: str) -> list[bytes]:
    """The text's marks by every key there is, the newest first: a mark made before keys changed is among them."""
    said = f"{of}\0{text}".encode()
    return [_marked(begun.copy(), said) for begun in _begun_marks(tuple(settings.SEAL_KEYS))]


def random_key() -> str:
    """160 random bits in the letters that authenticator apps take (RFC 4226 recommends this length)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


@lru_cache(maxsize=4)
def _keys(secret_texts: tuple[str, ...]) -> list[tuple[bytes, AESGCM]]:
    return [(_derive(text, b"mark", _MARK), AESGCM(_derive(text, b"key", 32))) for text in secret_texts]


@lru_cache(maxsize=4)
def _begun_marks(secret_texts: tuple[str, ...]) -> list[hmac.HMAC]:
    return [hmac.new(_derive(text, b"marking", 32), digestmod="sha256") for text in secret_texts]


def _marked(begun: hmac.HMAC, said: bytes) -> bytes:
    # Unlike `hmac.digest`, this keeps the interpreter: for a microsecond's work giving it away costs more.
    begun.update(said)
    return begun.digest()


def _derive(text: str, what: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=b"yiwang seal " + what).derive(text.encode())
