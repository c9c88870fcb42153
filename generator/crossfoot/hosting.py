"""What servers and search engines read beside the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from crossfoot.shown import PageView

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""What a server says with every file. Names do not change with their content, so a browser asks again each time."""


def headers_file() -> str:
    """Return the file `_headers`, in which Netlify and Cloudflare Pages read what to say with every file."""
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items()), ""])


def robots_file(site_url: str) -> str:
    """Return `robots.txt`: everything may be read; where *site_url* is known, it names the site map."""
    lines = ["User-agent: *", "Allow: /"]
    if site_url:
        lines.append(f"Sitemap: {site_url}sitemap.xml")
    return "\n".join([*lines, ""])


def sitemap_file(views: Iterable[PageView]) -> str:
    """Return `sitemap.xml`: every page that has an absolute address, with its twins in the other languages."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for view in views:
        if not view.canonical:
            continue
        lines.append(f"<url><loc>{escape(view.canonical)}</loc>")
        lines += [
            f'<xhtml:link rel="alternate" hreflang="{link.tag}" href="{escape(link.href)}"/>'
            for link in view.alternates
        ]
        lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""])
