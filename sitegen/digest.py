"""Digests: short names of bytes and of plain data, the same in every process and on every day."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import msgspec

SIZE = 16
"""Bytes of a digest; two that are equal by chance are not to be met in this world."""

encoded = msgspec.json.Encoder().encode
"""Write plain data down; unlike msgpack's, dates keep their time zone."""


def digest(*parts: bytes) -> bytes:
    """Return the digest of some byte strings; where one ends and the next begins is part of it."""
    made = blake2b(digest_size=SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def digest_of_chunks(chunks: Iterable[bytes], size: int) -> bytes:
    """Return what `digest` gives for one byte string of ``size`` bytes, handed over in pieces."""
    made = blake2b(size.to_bytes(8, "big"), digest_size=SIZE)
    for chunk in chunks:
        made.update(chunk)
    return made.digest()


def digest_of(value: Any) -> bytes:
    """Return the digest of plain data: dataclasses, mappings, sequences, texts, numbers, dates."""
    return digest(encoded(value))
