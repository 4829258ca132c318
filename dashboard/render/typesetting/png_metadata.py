"""Text chunks of a PNG, in which it says what it is: w3.org/TR/png-3, section 11.3.3.4."""

import io
from collections.abc import Iterable

from PIL.PngImagePlugin import PngInfo, putchunk

from dashboard import __version__

SOFTWARE = f"Incursion map {__version__}"
_START = 8 + 25  # the signature and the header


def with_text_chunks(png: bytes, texts: Iterable[tuple[str, str]]) -> bytes:
    """Put texts, each under its keyword, and the name of the software into a PNG; its pixels are not touched."""
    about = PngInfo()
    for keyword, text in (*texts, ("Software", SOFTWARE)):
        about.add_itxt(keyword, text)
    chunks = io.BytesIO()
    for kind, content, _after_pixels in about.chunks:
        putchunk(chunks, kind, content)
    return png[:_START] + chunks.getvalue() + png[_START:]
