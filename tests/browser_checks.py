"""What must hold for a built site in a real browser: each check visits one page and returns all that it finds wrong."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import BrowserContext, Dialog, Error, Locator, Page, Request

from site_checks import is_sheet, read_lang

HERE = Path(__file__).parent / "browser"
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
PROBE = (HERE / "probe.js").read_text(encoding="utf-8")

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
    "preload": False,
}
"""What axe is asked: WCAG 2.2 to AA and good practice. The rule on the size of targets is off unless named."""

_SIZES = ["target-size", "scrollable-region-focusable"]
_COLOURS = ["color-contrast", "link-in-text-block"]
ASKED = {
    "all": RULES,
    "sizes": {**RULES, "runOnly": {"type": "rule", "values": _SIZES}},
    "colours": {**RULES, "runOnly": {"type": "rule", "values": _COLOURS}},
}
"""All rules are asked on a phone, a desk and paper; elsewhere those that go by size, or by colour, as these differ."""

ON_PAPER = {**RULES, "rules": {"target-size": {"enabled": False}}}
"""The same for paper, where nothing is tapped: WCAG 2.5.8 speaks of targets for pointers."""

SCREEN = {"media": "screen", "color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}


@dataclass(frozen=True)
class State:
    """One way to look at a page."""

    name: str
    width: int
    smallest: int
    """The least size of a text in a drawing, in pixels."""
    media: dict[str, str]
    asked: str = "all"
    """Which rules of axe, of `ASKED`; empty for none, where a state before had the same colours and targets."""
    large: bool = False
    """The reader has doubled the size of text."""


STATES = (
    State("360 light", 360, 9, SCREEN),
    State("360 dark", 360, 9, {**SCREEN, "color_scheme": "dark"}, asked="sizes"),
    State("320 light", 320, 8, SCREEN, asked="sizes"),  # reflow, WCAG 1.4.10
    State("768 light, moving", 768, 9, {**SCREEN, "reduced_motion": "no-preference"}, asked="sizes"),
    State("1280 light", 1280, 11, SCREEN),
    State("1280 dark", 1280, 11, {**SCREEN, "color_scheme": "dark"}, asked="colours"),
    State(
        "1280 forced colours",
        1280,
        11,
        {**SCREEN, "color_scheme": "dark", "forced_colors": "active"},
        asked="colours",
    ),
    State("1280 print", 1280, 8, {**SCREEN, "media": "print", "color_scheme": "dark"}),
    State("A4 print", 680, 8, {**SCREEN, "media": "print"}, asked=""),  # about A4 within its margins
    State("1280 large text", 1280, 11, SCREEN, asked="sizes", large=True),  # WCAG 1.4.4
)

ACTED = tuple(state for state in STATES if state.name not in ("360 dark", "1280 light", "A4 print"))
"""For what a reader brings about on a page: each width, each scheme, paper, large text, once."""

GLANCE = tuple(state for state in STATES if state.name in ("360 light", "1280 dark", "1280 print"))
"""For what differs little from a state that is looked at in all of these."""

RECORD = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) =>
  violations.push(`${e.violatedDirective} refuses ${e.blockedURI} (${e.sourceFile}:${e.lineNumber})`));
"""
"""Runs before a page's own scripts and keeps what its security policy refuses."""

SETTLE = """(large) => {
  document.documentElement.style.fontSize = large ? "200%" : "";
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
    Promise.all([document.fonts.ready, ...document.getAnimations().map((a) => a.finished.catch(() => 0))])
      .then(() => done(0)))));
}"""

REACHED = """() => {
  const e = document.activeElement;
  if (e && e !== document.body) e.scrollIntoView({ block: "center", behavior: "instant" });
}"""
"""Brings what the reader is at into view again, once the screen has another size."""

AT_REST = """() => {
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  for (const one of document.querySelectorAll("main *, dialog *")) if (one.scrollLeft) one.scrollLeft = 0;
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(0), 20))));
}"""
"""Scrolls back the page and its frames: a control half under what stays in place would be a small one for axe."""

AXE_RUN = "({ rules, region }) => axe.run(region ? { include: [[region]] } : document, rules)"

SHOWN = """() => {
  const tools = [...document.querySelectorAll(".needs-script")];
  const offered = tools.filter((one) => one.checkVisibility()).map((one) => one.textContent.trim().slice(0, 40));
  tools.forEach((one) => one.style.setProperty("display", "none", "important"));
  const drawings = [...document.querySelectorAll("svg")]
    .filter((svg) => svg.checkVisibility() && svg.getBoundingClientRect().width);
  const held = tools.filter((one) => one.querySelector("table, svg[role='img'], data")).map((one) => one.className);
  return { words: document.body.innerText.replace(/\\s+/g, " ").trim(), drawings: drawings.length, offered, held };
}"""
"""The words and drawings that a page shows beside its tools that need a script; and which of those it offers."""

NAMED = """() => {
  const words = (e) => e ? e.textContent.replace(/\\s+/g, " ").trim() : "";
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
  return {
    table: shown("table").map((e) => words(e.caption)),
    image: shown("svg[role=img], img:not([alt=''])").map((e) => words(e.querySelector(":scope > title")) || e.alt),
    heading: shown("h1, h2, h3, h4, h5, h6").map(words),
  };
}"""
"""What a page shows: the captions of its tables, the titles of its drawings, its headings, each in order."""

BUDGET = {"bytes": 100 * 1024, "bytes of script": 15 * 1024, "requests": 12}
"""What a first visit may take before a reader asks for anything, compressed; all bytes count what servers say, too."""

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    const moved = one.sources.map((source) => source.node && (source.node.className || source.node.nodeName));
    window.shifts.push(`${one.value.toFixed(4)} ${moved}`);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
"""Keeps what moves on a page while it comes."""

SLOW = {"offline": False, "latency": 50, "downloadThroughput": 80_000, "uploadThroughput": 80_000}
"""A phone where there is little signal: bytes a second, milliseconds."""

SEEN = 0.001
"""The least shift that counts: that of a row of text by about its own height; a piece may end within a row."""

STOPS = """() => {
  const all = document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']");
  return [...all].filter((e) => e.checkVisibility({ checkVisibilityCSS: true }) && e.tabIndex >= 0).map((e, i) => {
    const look = getComputedStyle(e);
    e.dataset.stop = i;
    e.unfocused = [look.outlineStyle, look.outlineWidth, look.boxShadow].join();
    return e.textContent.trim().slice(0, 40) || e.getAttribute("aria-label") || e.localName;
  });
}"""
"""Numbers what Tab should reach and returns the names, in the order of the page."""

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = getComputedStyle(e);
  const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1;
  const changed = [look.outlineStyle, look.outlineWidth, look.boxShadow].join() !== e.unfocused;
  const whole = [...e.getClientRects()].find((b) => b.width && b.height) || e.getBoundingClientRect();
  const edge = { left: Math.max(whole.left, 0), top: Math.max(whole.top, 0) };
  const far = { right: Math.min(whole.right, innerWidth), bottom: Math.min(whole.bottom, innerHeight) };
  const box = { ...edge, width: far.right - edge.left, height: far.bottom - edge.top };
  const spots = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.1, 0.8], [0.9, 0.2]].map(([x, y]) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
  return {
    stop: e.dataset.stop === undefined ? -1 : +e.dataset.stop,
    name: e.textContent.trim().slice(0, 40) || e.localName,
    shows: changed && (outlined || look.boxShadow !== "none"),
    covered: !spots.some((spot) => spot && (e.contains(spot) || spot.contains(e))),
  };
}"""

UNCOVERED = """(id) => {
  const box = document.getElementById(id).getBoundingClientRect();
  const spot = document.elementFromPoint(box.left + 4, (box.top + box.bottom) / 2);
  return !!spot && (document.getElementById(id).contains(spot) || spot.contains(document.getElementById(id)));
}"""


@dataclass(frozen=True)
class Visit:
    """A site and those who visit it."""

    folder: Path
    """The built site on the disk."""
    address: str
    """The same on a server: `http://127.0.0.1:<port>/report/`."""
    visitor: BrowserContext
    """Runs scripts."""
    plain: BrowserContext
    """Runs none."""
    axe: str
    """The source of axe."""

    @property
    def languages(self) -> list[str]:
        """The folders that hold a language each."""
        return sorted(path.parent.name for path in self.folder.glob("*/index.html"))

    def pages(self, language: str) -> set[str]:
        """The paths of all pages in *language* that authors wrote; those made from the data are reached from these."""
        found = {path.relative_to(self.folder).as_posix() for path in (self.folder / language).rglob("*.html")}
        return {path for path in found if not is_sheet(self.folder / path)}

    def url(self, path: str) -> str:
        """The address readers see for *path*: without index.html."""
        return self.address + path.removesuffix("index.html")


# --- every page


def look(
    visit: Visit,
    path: str,
    states: tuple[State, ...] = STATES,
    act: Callable[[Page], None] | None = None,
    *,
    region: str = "",
    axe: bool = True,
) -> list[str]:
    """A page has no accessibility violation, cut or tiny text, sideways scrolling, console message or foreign request.

    On a phone, a tablet and a desk, light, dark, in forced colours, on paper, with text of double size, moving or not.
    *act* does what a reader does on the page before it is looked at: opens a dialog, filters a table. *region* is the
    part of the page that this changes: from the second state on axe is asked about that alone.
    """
    found: dict[str, list[str]] = {}
    now = "loading"

    def say(message: str) -> None:
        if now not in found.setdefault(message, []):
            found[message].append(now)

    with _page(visit.visitor, width=states[0].width) as page:
        _listen_closely(page, visit.address, say)
        page.goto(visit.url(path))
        if act is not None:
            now = "acting"
            try:
                act(page)
            except (Error, AssertionError) as error:
                say(f"this state cannot be reached: {error}")
        # The debugger runs axe, not the page: the page's own security policy stays in force and is tested too.
        page.evaluate(visit.axe)
        for state in states:
            now = state.name
            page.set_viewport_size({"width": state.width, "height": 800})
            page.emulate_media(**state.media)  # type: ignore[arg-type]
            page.evaluate(SETTLE, state.large)
            if act is not None:
                page.evaluate(REACHED)
            on_paper = state.media["media"] == "print"
            for message in page.evaluate(PROBE, {"smallest": state.smallest, "print": on_paper, "large": state.large}):
                say(message)
            page.evaluate(AT_REST)
            if not axe or not state.asked:
                continue
            rules = ON_PAPER if on_paper and state.asked == "all" else ASKED[state.asked]
            part = region if state is not states[0] else ""
            for violation in page.evaluate(AXE_RUN, {"rules": rules, "region": part})["violations"]:
                say(_told(violation))
        now = "any"
        for violation in page.evaluate("() => window.violations"):
            say(f"content security policy: {violation}")
        if act is not None:
            page.evaluate("() => localStorage.clear()")  # what a reader keeps must not meet the next one
    return [f"[{', '.join(names)}] {message}" for message, names in found.items()]


def fit(visit: Visit, path: str) -> list[str]:
    """A page does not scroll sideways, cut its words or complain on the narrowest screen."""
    narrowest = min(state.width for state in STATES)
    return look(visit, path, tuple(state for state in STATES if state.width == narrowest), axe=False)


def names(visit: Visit, path: str) -> list[str]:
    """In the accessibility tree every table and drawing has its own name, headings come in the order of reading."""
    found = []
    with _page(visit.visitor) as page:
        page.goto(visit.url(path))
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        expected = page.evaluate(NAMED)
    heard: dict[str, list[str]] = {"table": [], "image": [], "heading": []}
    for node in _in_order(tree):
        role = str(node.get("role", {}).get("value", "")).replace("img", "image")
        if role in heard and not node.get("ignored"):
            heard[role].append(" ".join(str(node.get("name", {}).get("value", "")).split()))
    for role, said in heard.items():
        if said != expected[role]:
            lost = [one for one in expected[role] if one not in said]
            more = [one for one in said if one not in expected[role]]
            found.append(f"{role}: not heard as it is shown: lost {lost[:3]}, more {more[:3]}, or in another order")
        found += [f"{role} without a name" for one in said if not one]
    for role in ("table", "image"):
        twice = sorted({one for one in heard[role] if heard[role].count(one) > 1})
        found += [f"{role} of the same name as another: {one!r}" for one in twice]
    return found


def _in_order(tree: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the nodes of an accessibility tree in the order in which they are read."""
    known = {node["nodeId"]: node for node in tree}
    todo = [tree[0]]
    while todo:
        node = todo.pop()
        yield node
        todo += [known[one] for one in reversed(node.get("childIds", [])) if one in known]


def first_visit(visit: Visit, path: str) -> list[str]:
    """A first visit keeps to what it may weigh: bytes, script, requests; and nothing moves while the page comes."""
    with _page(visit.visitor, width=360) as page:
        sizes: dict[str, int] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        urls: dict[str, str] = {}
        bodies: dict[str, int] = {}

        def answered(one: dict[str, Any]) -> None:
            answer = one["response"]
            urls[one["requestId"]] = answer["url"]
            bodies[answer["url"]] = int(answer["headers"].get("Content-Length", 0))

        session.on("Network.responseReceived", answered)
        session.on(
            "Network.loadingFinished",
            lambda one: sizes.update({urls.get(one["requestId"], "?"): int(one["encodedDataLength"])}),
        )
        page.add_init_script(SHIFTS)
        page.goto(visit.url(path), wait_until="networkidle")
        moved = page.evaluate("() => window.shifts")
    scripts = sum(size for url, size in bodies.items() if url.endswith(".js"))
    measured = {"bytes": sum(sizes.values()), "bytes of script": scripts, "requests": len(sizes)}
    found = [f"{measured[key]} {key}, more than {most}" for key, most in BUDGET.items() if measured[key] > most]
    return [*found, *(f"something moves: {one}" for one in moved if float(one.split()[0]) >= SEEN)]


def slow_visit(visit: Visit, path: str) -> list[str]:
    """Nothing that a reader would see moves while a page comes over a slow line, piece by piece."""
    found = []
    for width in (360, 1280):
        with _page(visit.visitor, width=width) as page:
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW)
            page.add_init_script(SHIFTS)
            page.goto(visit.url(path), wait_until="networkidle")
            moved = page.evaluate("() => window.shifts")
        found += [f"at {width} px something moves: {one}" for one in moved if float(one.split()[0]) >= SEEN]
    return found


def without_scripts(visit: Visit, path: str) -> list[str]:
    """Without scripts a page shows all its words and drawings, and none of the tools that only a script can work."""
    shown = []
    for context in (visit.visitor, visit.plain):
        with _page(context) as page:
            page.goto(visit.url(path))
            shown.append(page.evaluate(SHOWN))
    (words, drawings), (plain_words, plain_drawings) = ((one["words"], one["drawings"]) for one in shown)
    found = [f"without scripts a tool that needs one shows: {one!r}" for one in shown[1]["offered"]]
    found += [f"what every reader must see is marked as a tool: {one}" for one in shown[1]["held"]]
    if len(plain_words) < 40:
        found.append(f"without scripts the page says only {plain_words!r}")
    if words != plain_words:
        at = next((i for i, (a, b) in enumerate(zip(words, plain_words, strict=False)) if a != b), 0)
        found.append(f"without scripts the words differ: {words[at : at + 40]!r}, {plain_words[at : at + 40]!r}")
    if drawings != plain_drawings:
        found.append(f"without scripts {plain_drawings} drawings show, not {drawings}")
    return found


# --- every page that has a twin


def switch_from_a_folder(visit: Visit, path: str) -> list[str]:
    """Opened from a disk without scripts, the language switch leads to the same page in each other language."""
    own, rest = path.split("/", 1)
    found = []
    with _page(visit.plain) as page:
        for other in visit.languages:
            if other == own:
                continue
            page.goto((visit.folder / path).as_uri())
            came = _follow(page, _switch(page, visit, f"{other}/{rest}"))
            if came != (visit.folder / other / rest):
                found.append(f"the switch to {other} leads to {came}")
            elif page.locator("html").get_attribute("lang") == read_lang(visit.folder / path):
                found.append(f"the switch to {other} leads to a page of the same language")
    return found


def switch_keeps_the_place(visit: Visit, path: str) -> list[str]:
    """The language switch keeps the page and the place on it, whoever scrolls up to reach the switch."""
    own, rest = path.split("/", 1)
    found = []
    with _page(visit.visitor) as page:
        page.goto(visit.url(path))
        places = page.evaluate("() => [...document.querySelectorAll('main h2[id], main h3[id]')].map((h) => h.id)")
        place = places[len(places) // 2] if places else ""
        for other in visit.languages:
            if other == own:
                continue
            page.goto("about:blank")
            page.goto(visit.url(path) + (f"#{place}" if place else ""))
            _follow(page, _switch(page, visit, f"{other}/{rest}"))
            came = urlsplit(page.url)
            if visit.url(f"{other}/{rest}") != page.url.split("#")[0]:
                found.append(f"the switch to {other} leads to {came.path}")
            elif place != unquote(came.fragment):
                found.append(f"the switch to {other} loses the place: #{came.fragment}, not #{place}")
            elif place and not page.locator(f"[id='{place}']").is_visible():
                found.append(f"the place #{place} is not there in {other}")
            elif place and not page.evaluate(UNCOVERED, place):
                found.append(f"the place #{place} is off the screen or covered in {other}")
    return found


# --- home pages


def menu_from_a_folder(visit: Visit, path: str) -> list[str]:
    """Opened from a disk without scripts, the menu of a home page reaches every page of its language."""
    found, shown = [], {}
    for width in (1280, 360):
        reached = set()
        with _page(visit.plain, width=width) as page:
            page.goto((visit.folder / path).as_uri())
            links = page.locator("nav a[href]:not([href^='#']):not([rel])")
            shown[width] = links.evaluate_all("(all) => all.map((one) => one.href)")
            _unfold(page)
            found += [f"at {width} px a link of the menu is hidden" for one in links.all() if not one.is_visible()]
            # The same links at every width: each is followed at one of them, the last at the others.
            followed = range(len(shown[width])) if width == 1280 else range(len(shown[width]))[-1:]
            for number in followed:
                page.goto((visit.folder / path).as_uri())
                _unfold(page)
                came = _follow(page, links.nth(number))
                if not came.is_file():
                    found.append(f"at {width} px a link of the menu leads to {came}")
                    break
                if not page.locator("h1").first.is_visible():
                    found.append(f"at {width} px {came} shows no heading")
                reached.add(came)
        if width != 1280:
            if shown[width] != shown[1280]:
                found.append(f"at {width} px the menu has other links than at 1280 px")
            continue
        for missed in sorted(visit.pages(path.split("/")[0])):
            if visit.folder / missed not in reached:
                found.append(f"at {width} px the menu does not reach {missed}")
    return found


def pager_from_a_folder(visit: Visit, path: str) -> list[str]:
    """Opened from a disk without scripts, `next` leads through the whole report, and `previous` all the way back."""
    language = path.split("/")[0]
    ways: dict[str, list[Path]] = {}
    with _page(visit.plain) as page:
        page.goto((visit.folder / path).as_uri())
        if not page.locator("a[rel='next']").count():
            _unfold(page)
            _follow(page, page.locator("nav a[href]:not([hreflang]):not([aria-current])").first)
        for way in ("next", "prev"):
            ways[way] = [_file(page)]
            while page.locator(f"a[rel='{way}']").count():
                came = _follow(page, page.locator(f"a[rel='{way}']").first)
                ways[way].append(came)
                if not came.is_file():
                    return [f"{way} leads to {came}"]
                if len(ways[way]) > len(visit.pages(language)):
                    return [f"{way} leads in a circle"]
    found = []
    if ways["next"][::-1] != ways["prev"]:
        found.append("previous does not lead back the way that next came")
    missed = {visit.folder / one for one in visit.pages(language)} - {*ways["next"], *ways["prev"], visit.folder / path}
    return found + [f"next does not reach {one.relative_to(visit.folder)}" for one in sorted(missed)]


# --- sample pages


def skip_link(visit: Visit, path: str) -> list[str]:
    """The first press of Tab shows the skip link, and Enter on it moves the focus into the main part."""
    with _page(visit.visitor) as page:
        page.goto(visit.url(path))
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        box = skip.bounding_box() if skip.count() else None
        if box is None or not urlsplit(skip.evaluate("(link) => link.href || ''")).fragment:
            return ["the first press of Tab does not reach a skip link"]
        found = []
        if not skip.is_visible() or box["x"] < 0 or box["y"] < 0 or box["height"] < 8:
            found.append("the skip link does not show when it has the focus")
        elif page.evaluate(FOCUSED)["covered"]:
            found.append("something covers the skip link when it has the focus")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        if not page.evaluate(
            "() => !!document.activeElement.closest('main') || !document.querySelector('main a[href]')"
        ):
            found.append("the skip link does not move the focus into the main part")
    return found


def keyboard(visit: Visit, path: str) -> list[str]:
    """Tab reaches every link and control in the order of the page, each seen to have the focus and not covered."""
    found = []
    for width in (360, 1280):
        with _page(visit.visitor, width=width) as page:
            page.goto(visit.url(path))
            page.evaluate(SETTLE, False)
            names = page.evaluate(STOPS)
            reached: list[int] = []
            for _ in range(len(names) + 20):
                page.keyboard.press("Tab")
                focus = page.evaluate(FOCUSED)
                if focus is None or (reached and focus["stop"] == reached[0]):
                    break
                if not focus["shows"]:
                    found.append(f"at {width} px the focus does not show on {focus['name']!r}")
                if focus["covered"]:
                    found.append(f"at {width} px something covers {focus['name']!r} when it has the focus")
                if focus["stop"] >= 0:
                    reached.append(focus["stop"])
        missed = [name for stop, name in enumerate(names) if stop not in reached]
        found += [f"at {width} px Tab does not reach {name!r}" for name in missed]
        back = [(a, b) for a, b in itertools.pairwise(reached) if b < a]
        found += [f"at {width} px Tab goes from {names[a]!r} back to {names[b]!r}" for a, b in back]
    return found


def printing(visit: Visit, path: str) -> list[str]:
    """A page prints to PDF on A4, without scripts, whatever the colours of the screen."""
    with _page(visit.plain) as page:
        page.emulate_media(color_scheme="dark")
        page.goto(visit.url(path))
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = [part.split(b"[")[1].split(b"]")[0].split()[2:] for part in printed.split(b"/MediaBox")[1:]]
    sizes = {(round(float(width)), round(float(height))) for width, height in boxes}
    if not printed.startswith(b"%PDF-") or not sizes:
        return ["does not print to PDF"]
    return [f"prints on paper of {size} points, not A4" for size in sorted(sizes) if not _is_a4(*size)]


def missing(visit: Visit, path: str) -> list[str]:
    """At an address that does not exist, however deep, *path* stands with its styles, and its links lead to pages."""
    nowhere = f"{visit.address}en/nowhere/at/all/"
    found: list[str] = []
    with _page(visit.visitor) as page:
        page.on(
            "response", lambda r: found.append(f"{r.status}: {r.url}") if r.status >= 400 and r.url != nowhere else None
        )
        page.on("requestfailed", lambda request: found.append(f"request failed: {request.url}"))
        answer = page.goto(nowhere)
        if answer is None or answer.status != 404:
            found.append("an address that does not exist is not answered with 404")
        if page.title() != page.request.get(visit.url(path)).text().split("<title>")[1].split("</title>")[0]:
            found.append(f"an address that does not exist does not show {path}")
        if not page.evaluate("() => document.styleSheets.length"):
            found.append(f"{path} has no styles where it is shown in place of a page")
        for link in page.evaluate("() => [...document.querySelectorAll('main a[href]')].map((a) => a.href)"):
            if not page.request.get(link).ok:
                found.append(f"leads to {link}, which is not there")
    return found


# --- how a page is used


@contextmanager
def _page(context: BrowserContext, width: int = 1280) -> Iterator[Page]:
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.set_viewport_size({"width": width, "height": 800})
    try:
        yield page
    finally:
        page.close()


def listen(page: Page, own: str, say: Callable[[str], None]) -> None:
    """Tell by *say* whatever the browser complains of, and every request for what does not match the pattern *own*."""

    def asked(url: str) -> None:
        if not re.match(own, url):
            here = urlsplit(url).hostname == "127.0.0.1"
            say(f"asks for {url}, outside its own path" if here else f"asks another site: {url}")

    def asks(dialog: Dialog) -> None:
        say(f"a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda m: say(f"console {m.type}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: say(f"script error: {error}"))
    page.on("dialog", asks)
    page.on("request", lambda request: asked(request.url))


def _listen_closely(page: Page, address: str, say: Callable[[str], None]) -> None:
    """Tell by *say* of every request that fails as well; all must lie under *address*."""
    listen(page, re.escape(address), say)
    page.on("requestfailed", lambda one: say(f"request failed: {one.url} {one.failure}") if _failed(one) else None)
    page.on("response", lambda r: say(f"answer {r.status}: {r.url}") if r.status >= 400 else None)


def _failed(request: Request) -> bool:
    """Return whether *request* failed of itself, not because its page was left."""
    return "ERR_ABORTED" not in (request.failure or "")


def _told(violation: dict[str, Any]) -> str:
    """Return what axe found, in a few lines: rule, fault, the first three places."""
    nodes = violation["nodes"]
    places = [
        f"    {' '.join(map(str, n['target']))}: {n['failureSummary'].splitlines()[-1].strip()}" for n in nodes[:3]
    ]
    more = [f"    and {len(nodes) - 3} more"] if len(nodes) > 3 else []
    return "\n".join([f"axe {violation['id']}: {violation['help']}", *places, *more])


def _file(page: Page) -> Path:
    """Return the path of the address *page* is on: a file, where it was opened from a disk."""
    return Path(unquote(urlsplit(page.url).path))


def _follow(page: Page, link: Locator) -> Path:
    """Click *link*, wait for its page, and return the file it is, or would be."""
    aim = link.evaluate("(link) => link.href")
    try:
        with page.expect_navigation():
            link.click()
    except Error:
        return Path(unquote(urlsplit(aim).path))
    return _file(page)


def _switch(page: Page, visit: Visit, twin: str) -> Locator:
    return page.locator(f"header a[hreflang='{read_lang(visit.folder / twin)}']").first


def _unfold(page: Page) -> None:
    """Open every closed menu, as a visitor does."""
    for summary in page.locator("header details:not([open]) > summary, nav details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()


def _is_a4(width: int, height: int) -> bool:
    return sorted((abs(min(width, height) - 595) <= 1, abs(max(width, height) - 842) <= 1)) == [True, True]
