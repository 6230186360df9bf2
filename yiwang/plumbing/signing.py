"""Sign what is published, so that anybody can tell that it came from this installation (Ed25519).

The signing keys are derived from `SEAL_KEYS`, so there is no further secret to keep: they are the same on every
machine and in every backup. Keys are changed as those of the seals are: put the new one first and keep the old ones
behind it. What is signed from then on is signed by the new one, and old signatures are still known as ours.
"""

import base64
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def sign(text: str) -> tuple[bytes, bytes]:
    """The signature (64 bytes) by the newest key, and the public key (32 bytes) by which anybody can check it."""
    key = _keys(tuple(settings.SEAL_KEYS))[0]
    return key.sign(text.encode()), key.public_key().public_bytes_raw()


def is_signed(text: str, signature: bytes, public_key: bytes) -> bool:
    """Whether this is the signature of the text by this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def is_ours(public_key: bytes) -> bool:
    """Whether the public key belongs to this installation, also one from before keys were changed."""
    return public_key in {key.public_key().public_bytes_raw() for key in _keys(tuple(settings.SEAL_KEYS))}


def key_text(public_key: bytes) -> str:
    """A public key as programs read it: base64 of its DER form (RFC 8410), as between the lines of a PEM file."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@lru_cache(maxsize=4)
def _keys(secret_texts: tuple[str, ...]) -> list[Ed25519PrivateKey]:
    return [Ed25519PrivateKey.from_private_bytes(_derived(text)) for text in secret_texts]


def _derived(text: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"yiwang signing key").derive(text.encode())
