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
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not {encoding.upper()[:6].rstrip('-')}: byte 0x{data[error.start]:02x}"
        raise WrongSourceError.of(message, line=line, hint="save the file as UTF-8") from None
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
