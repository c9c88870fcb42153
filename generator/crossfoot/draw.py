"""Draw a chart as static SVG, or compile it for a browser: coloured by the theme, the same bytes everywhere, cached."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache as read_once
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from crossfoot.charts import Kind, Series, Style, kinds
from crossfoot.charts._sheet import LINES
from crossfoot.kept import keep, kept
from crossfoot.model import ChartSpec, Text
from crossfoot.shelf import made_of

if TYPE_CHECKING:
    import altair as alt

CACHE = Path(".cache/crossfoot")
"""Where rendered drawings are kept, below the report's folder; ignored by git, safe to delete."""

_SVG = "http://www.w3.org/2000/svg"
_DROPPED = (
    "class",
    "role",
    "style",
    "font-family",
    "pointer-events",
    "cursor",
    "version",
    "stroke-miterlimit",
)
_NUMBERS = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "r", "font-size")
_LONG = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?|-?\d+e[-+]?\d+")
_MOVED = re.compile(r"translate\(([^,()]+),([^,()]+)\)")
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold."""
_WORDING = ("title", "subtitle", "description", "source")


def render_chart(
    kind: str,
    series: Series,
    style: Style,
    options: ChartSpec,
    *,
    title: str,
    description: str,
    id: str,
    tag: str,
    cache: Path | None = None,
) -> str:
    """Return the drawing of *series* as *kind* of chart, SVG ready for a page on which *id* is unique.

    With *cache*, a folder, a drawing made before is read from there, and Altair is not even imported.
    Kinds do not see the wording of *options* (title, description ...): a new title needs no new drawing.
    """
    silent = _silent(options)
    key = _key(kinds()[kind], series, style, silent)

    def drawing() -> str:
        def draw() -> str:
            return _drawn(kind, series, style, silent, cache)

        drawn = draw() if cache is None else cached(key, draw, cache)
        return _worded(drawn, title=title, description=description, id=id, tag=tag)

    return made_of(("drawing", *key, title, description, id, tag), drawing)


def _drawn(kind: str, series: Series, style: Style, silent: ChartSpec, cache: Path | None) -> str:
    chosen = kinds()[kind]
    vega = _vega(_specified(chosen, series, style, silent))
    if cache is not None:  # it is there already, and to make it costs most
        keep(_compiled_key(chosen, series, style, silent), _compiled(vega).encode("utf-8"), cache, suffix=".json")
    return _bare(vega, style.font)


def compile_chart(
    kind: str, series: Series, style: Style, options: ChartSpec, *, cache: Path | None = None
) -> dict[str, Any]:
    """Return the drawing of *series* as JSON values that a browser draws again with Vega, without its words.

    `vega` is the Vega specification, its fonts written `@font`; `bands` are the stretches of the drawing that belong
    to some points alone, `fit` says how the rest may grow without them (None: not at all); `scaled` names the data
    whose y is a value and not a place. Kept in *cache* as drawings are.
    """
    chosen, silent = kinds()[kind], _silent(options)

    def draw() -> str:
        return _compiled(_vega(_specified(chosen, series, style, silent)))

    key = _compiled_key(chosen, series, style, silent)
    made: dict[str, Any] = json.loads(draw() if cache is None else cached(key, draw, cache, ending="json"))
    return made


def vega_version() -> str:
    """Return the version of Vega that drawings are made with: 6.2.0."""
    import vl_convert

    return str(vl_convert.get_vega_version())


def _silent(options: ChartSpec) -> ChartSpec:
    return options.model_copy(update=dict.fromkeys(_WORDING, Text.model_validate({"*": ""})))


def _specified(kind: Kind, series: Series, style: Style, options: ChartSpec) -> dict[str, Any]:
    """Return the drawing as Vega-Lite. Tests hold the kinds against its schema; it is not asked again."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        made: dict[str, Any] = kind.draw(series, style, options).to_dict(validate=False)
        return made


def svg(chart: alt.TopLevelMixin, *, title: str, description: str, id: str, tag: str) -> str:
    """Return any Altair *chart* as SVG with a title and a description, every id in it starting with *id*."""
    return _worded(_bare(_vega(chart.to_dict()), Style().font), title=title, description=description, id=id, tag=tag)


def cached(key_parts: Sequence[Any], draw: Callable[[], str], folder: Path = CACHE, *, ending: str = "svg") -> str:
    """Return the drawing kept in *folder* under *key_parts* (JSON values), else keep what *draw* returns.

    How entries are kept, and what happens to damaged ones: `kept.kept`.
    """
    return kept(key_parts, lambda: draw().encode("utf-8"), folder, suffix=f".{ending}").decode("utf-8")


def _key(kind: Kind, series: Series, style: Style, options: ChartSpec) -> list[str]:
    """Return all that a drawing depends on: what is drawn, the code that draws it, its libraries."""
    return [kind.name, _code(kind.file), repr(series), repr(style), options.model_dump_json()]


@read_once
def _code(kind: Path) -> str:
    """Return the checksums of the code that draws *kind*, and the versions of its libraries, in one line."""
    shared = sorted(kind.parent.glob("_*.py"))
    code = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (kind, *shared, Path(__file__))]
    return " ".join([*code, *(version(name) for name in ("altair", "vl-convert-python"))])


def _compiled_key(kind: Kind, series: Series, style: Style, options: ChartSpec) -> list[str]:
    return [*_key(kind, series, style, options), "vega"]


def _vega(chart: dict[str, Any]) -> dict[str, Any]:
    """Return *chart*, Vega-Lite, as Vega without English names for its marks; its fonts are written `@font`."""
    import vl_convert

    config = {"background": None, "font": "@font", "aria": False}
    made: dict[str, Any] = vl_convert.vegalite_to_vega(chart, vl_version=_vegalite(), config=config)
    return made


def _bare(vega: dict[str, Any], font: str) -> str:
    """Return *vega* as SVG without what the page says better: fonts, roles, English names.

    The lines of a `Column` are written here: they stand where they stand, while Vega would measure each for the box
    around its marks, which takes it longer than all else.
    """
    import vl_convert

    lines = [mark for mark in vega["marks"] if mark.get("name") == f"{LINES}_marks"]
    silent = {**vega, "marks": [mark for mark in vega["marks"] if mark not in lines]}
    drawn = vl_convert.vega_to_svg(json.dumps(silent).replace('"@font"', json.dumps(font)), allowed_base_urls=[])
    root = ElementTree.fromstring(drawn)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        element.attrib = dict(_attributes(element))
        element.tail = None
        if element.tag not in ("text", "tspan"):
            element.text = None
    _prune(root)
    group = root[0] if len(root) else ElementTree.SubElement(root, "g", {"fill": "none"})
    group.extend(_written(lines, {data["name"]: data for data in vega["data"]}))
    return ElementTree.tostring(root, encoding="unicode")


def _written(lines: Sequence[dict[str, Any]], data: Mapping[str, dict[str, Any]]) -> Iterator[ElementTree.Element]:
    """Yield the elements of *lines*, text marks whose *data* say where each stands."""
    for mark in lines:
        size = _number(mark["encode"]["update"]["fontSize"]["value"])
        for line in data[mark["from"]["data"]]["values"]:
            anchor = {"center": {"text-anchor": "middle"}, "right": {"text-anchor": "end"}}.get(line["align"], {})
            place = {"x": _number(line["x"]), "y": _number(line["y"])}
            element = ElementTree.Element("text", {**anchor, **place, "font-size": size, "fill": line["colour"]})
            element.text = _UNWRITABLE.sub("", line["text"])
            yield element


def _number(number: float) -> str:
    return _rounded(repr(number))


def _vegalite() -> str:
    import altair

    return ".".join(altair.SCHEMA_VERSION.lstrip("v").split(".")[:2])


def _compiled(vega: dict[str, Any]) -> str:
    """Return *vega* as `compile_chart` does, as JSON, without addresses and without English names for its marks."""
    meta = vega.get("usermeta", {})
    bare = {name: value for name, value in vega.items() if name not in ("$schema", "usermeta")}
    sources = {one["name"]: one.get("source", one["name"]) for one in bare["data"]}
    scaled = {sources[name] for name in _scaled(bare["marks"])}
    made = {"vega": bare, "bands": meta.get("bands", []), "fit": meta.get("fit"), "scaled": sorted(scaled)}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _scaled(marks: Sequence[dict[str, Any]], above: str = "") -> Iterator[str]:
    """Yield the data of each of *marks* that stands on a scale of y; take out the English names on the way."""
    for mark in marks:
        source = mark.get("from", {})
        name = above or source.get("facet", source).get("data", "")
        encoded = mark.get("encode", {}).get("update", {})
        encoded.pop("description", None)
        if "scale" in encoded.get("y", {}):
            yield name
        yield from _scaled(mark.get("marks", ()), name)


def _attributes(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes that stay: numbers to a hundredth, a text at x and y instead of moved there."""
    for name, value in element.attrib.items():
        moved = _MOVED.fullmatch(value) if name == "transform" else None
        if name in _DROPPED or name.startswith("aria-") or (element.tag == "svg" and name in ("width", "height")):
            continue
        if moved and moved.groups() == ("0", "0"):
            continue
        if moved and element.tag == "text":
            yield from zip(("x", "y"), map(_rounded, moved.groups()), strict=True)
        elif name == "text-anchor" and value == "start":
            continue
        elif name in _NUMBERS:
            yield name, _LONG.sub(lambda number: _rounded(number[0]), value.removesuffix("px"))
        else:
            yield name, value


def _rounded(number: str) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".") if "." in number or "e" in number else number


def _prune(parent: ElementTree.Element) -> None:
    """Take out styles, shapes that paint nothing, and groups that only wrap."""
    kept: list[ElementTree.Element] = []
    for child in list(parent):
        _prune(child)
        wraps = child.tag == "g" and (not child.attrib or child.attrib == {"transform": "translate(0,0)"})
        unseen = (child.tag == "path" and not child.get("d", "").strip(" MZ,0")) or child.get("display") == "none"
        blank = child.tag == "path" and not (child.get("fill") or child.get("stroke"))
        if wraps:
            kept.extend(child)
        elif not (child.tag in ("style", "script") or unseen or blank or (child.tag == "g" and not len(child))):
            kept.append(child)
    for child in list(parent):
        parent.remove(child)
    parent.extend(kept)


def _worded(drawn: str, *, title: str, description: str, id: str, tag: str) -> str:
    """Return *drawn* with title and description in the language *tag*, its ids made unique by *id*."""
    root = ElementTree.fromstring(drawn)
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, f"{id}-{value}")
            elif name.endswith("href") and value.startswith("#"):
                element.set(name, f"#{id}-{value[1:]}")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{id}-"))
    root.attrib = {
        "xmlns": _SVG,
        **root.attrib,
        "role": "img",
        "lang": tag,
        "aria-labelledby": f"{id}-title",
        "aria-describedby": f"{id}-desc",
    }
    for place, (name, words) in enumerate((("title", title), ("desc", description))):
        said = ElementTree.Element(name, {"id": f"{id}-{name}"})
        said.text = words
        root.insert(place, said)
    return ElementTree.tostring(root, encoding="unicode")


def warm() -> None:
    """Start the engine that draws, which takes longer than a drawing."""
    import altair
    import vl_convert

    data: Any = altair.Data  # no types are given for it
    chart = altair.Chart(data(values=[{"a": 1}])).mark_point().encode(x="a:Q").to_dict()
    vl_convert.vegalite_to_svg(chart)
