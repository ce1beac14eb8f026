"""A file's bytes become text: UTF-8, or UTF-16 with a byte order mark; any line ending."""

import codecs

from sitegen.article.wrong import WrongSourceError
from sitegen.markup import clean

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """Decode a file's bytes: UTF-8, or UTF-16 with a byte order mark; any line ending."""
    text = exact(data).replace("\r\n", "\n").replace("\r", "\n")
    return text if _is_clean(data) else clean(text)


_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\r"})


def _is_clean(data: bytes) -> bool:
    """Tell whether bytes surely lack what `clean` drops, in a fraction of the time it takes.

    In UTF-8 the two characters that are none, U+FFFE and U+FFFF, begin with EF BF.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\xef\xbf" in data:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data)


def exact(data: bytes) -> str:
    """Decode a file's bytes without its byte order mark, and change nothing else."""
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not {encoding.upper()[:6].rstrip('-')}: byte 0x{data[error.start]:02x}"
        raise WrongSourceError.of(message, line=line, hint="save the file as UTF-8") from None


def encode_as(data: bytes, text: str) -> bytes:
    """Encode ``text`` as ``data`` is: the same encoding, the same byte order mark."""
    for bom, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(bom):
            return bom + text.encode(name)
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return bom + text.encode("utf-8")
