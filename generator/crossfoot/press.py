"""HTML and a stylesheet -> the bytes of an accessible PDF; the same in, the same out."""

from __future__ import annotations

import gc
import hashlib
import io
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pikepdf

FONT = "Noto Sans CJK HK"
"""What documents are set in: Hong Kong glyphs, and Latin letters and digits that go with them."""
OTHER = "DejaVu Sans"
"""What draws the few signs that it lacks: the small figure in CO₂."""
LIBRARIES = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "fonttools", "pikepdf")
_INSTALL = (
    "install it with 'apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
    "fonts-noto-cjk fonts-dejavu-core' (Debian, Ubuntu), 'dnf install pango google-noto-sans-cjk-fonts "
    "dejavu-sans-fonts' (Fedora) or 'brew install pango font-noto-sans-cjk font-dejavu' (macOS)"
)


def lacking() -> str:
    """Return in a sentence what this machine lacks to make documents, '' for nothing."""
    try:
        import weasyprint  # type: ignore[import-untyped]  # noqa: F401
    except OSError:  # it looks for the libraries of the system while it is imported
        for name in [one for one in sys.modules if one.split(".")[0] == "weasyprint"]:
            del sys.modules[name]
        return f"no PDF documents are made, because the library Pango is missing: {_INSTALL}"
    if _font(FONT)[0] != FONT:
        return f"no PDF documents are made, because the font {FONT} is missing: {_INSTALL}"
    return ""


def basis() -> list[str]:
    """Return what decides how a document looks besides its own text: libraries, fonts, our code."""
    from weasyprint.text.ffi import pango  # type: ignore[import-untyped]

    fonts = [_font(FONT, style)[1] for style in ("Regular", "Bold")]
    here = [Path(__file__).with_name(name) for name in ("press.py", "pairing.py", "tagging.py", "typeface.py")]
    return [
        *(f"{name} {version(name)}" for name in LIBRARIES),
        f"pango {pango.pango_version()}",
        *(f"{Path(file).name} {Path(file).stat().st_size}" for file in (*fonts, _font(OTHER)[1])),
        *(hashlib.sha256(file.read_bytes()).hexdigest() for file in here),
    ]


def sources_of_type() -> tuple[Path, ...]:
    """Return the files of the system that decide how a document looks: fonts, and the libraries that set type."""
    fonts = [Path(_font(family, style)[1]) for family, style in ((FONT, "Regular"), (FONT, "Bold"), (OTHER, "Regular"))]
    try:
        mapped = {line.split(maxsplit=5)[-1] for line in Path("/proc/self/maps").read_text().splitlines()}
    except OSError:  # systems that do not say; the versions of the packages stand for them
        mapped = set()
    libraries = [Path(one) for one in mapped if re.search(r"/lib(pango|harfbuzz|fontconfig|freetype|fribidi)", one)]
    return (*fonts, *sorted(libraries))


def _font(family: str, style: str = "Regular") -> tuple[str, str]:
    """Return the family that the system brings where *family* is asked for, and its file."""
    from weasyprint.text.ffi import ffi, fontconfig

    config = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    pattern = ffi.gc(fontconfig.FcPatternCreate(), fontconfig.FcPatternDestroy)
    fontconfig.FcPatternAddString(pattern, b"family", family.encode())
    fontconfig.FcPatternAddString(pattern, b"style", style.encode())
    fontconfig.FcConfigSubstitute(config, pattern, fontconfig.FcMatchPattern)
    fontconfig.FcDefaultSubstitute(pattern)
    found = ffi.gc(fontconfig.FcFontMatch(config, pattern, ffi.new("FcResult *")), fontconfig.FcPatternDestroy)
    value = ffi.new("FcChar8 **")
    told = []
    for key in (b"family", b"file"):
        fontconfig.FcPatternGetString(found, key, 0, value)
        told.append(ffi.string(value[0]).decode())
    return told[0], told[1]


def pressed(html: str, stylesheet: str) -> bytes:
    """Return *html*, a whole document with a language and a title, as PDF/UA-1 set by *stylesheet*.

    Nothing is fetched: a picture or stylesheet that *html* names by an address is left out.
    """
    import weasyprint

    from crossfoot.tagging import mend
    from crossfoot.typeface import slim_fonts

    def finish(document: Any, pdf: Any) -> None:
        mend(document, pdf)
        slim_fonts(document, pdf)

    sheet = weasyprint.CSS(string=stylesheet, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=()))
    page = weasyprint.HTML(string=html, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=()), base_url=None)
    # A seventh of the time would go to looking for boxes that nobody needs any longer, while all are needed.
    collecting = gc.isenabled()
    gc.disable()
    try:
        made = page.write_pdf(stylesheets=[sheet], finisher=finish, pdf_variant="pdf/ua-1")
    finally:
        if collecting:
            gc.enable()
    return _settled(made)


def _settled(made: bytes) -> bytes:
    """Return the PDF without the objects nobody reads any longer, laid out for reading page by page over a network."""
    settled = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.remove_unreferenced_resources()
        pdf.save(
            settled,
            deterministic_id=True,
            linearize=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version="1.7",
        )
    return settled.getvalue()
