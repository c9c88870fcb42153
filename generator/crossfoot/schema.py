"""The JSON Schemas of the data files, made from the models, so that editors complete and check while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crossfoot.load import shapes

_TEXT = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
    ],
    "description": "A wording in each language ({en: Energy, zh-Hant: 能源}), or one that is the same in all of them.",
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return each schema by the file it is written to."""
    found = {}
    for shape, adapter in shapes().items():
        schema = adapter.json_schema(by_alias=True)
        schema = _tidy(schema)
        found[f"{shape}.json"] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return found


def written(schema: dict[str, Any]) -> str:
    """Return *schema* as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into *folder* and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, schema in schemas().items():
        path = folder / name
        path.write_text(written(schema), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def _tidy(node: Any, name: str = "") -> Any:
    """Return *node* as an author's file looks: no places or ids of ours, texts and values in their short forms."""
    if isinstance(node, list):
        return [_tidy(one) for one in node]
    if not isinstance(node, dict):
        return node
    if "$defs" in node:
        definitions = {key: _tidy(value, key) for key, value in node["$defs"].items() if key != "Place"}
        definitions["Text"] = _TEXT
        return {**_tidy({key: value for key, value in node.items() if key != "$defs"}), "$defs": definitions}
    tidy = {key: _tidy(value) for key, value in node.items()}
    properties = tidy.get("properties")
    if isinstance(properties, dict):
        ours = {"place", "places", *(("id",) if name not in ("ReportLanguage",) else ())}
        tidy["properties"] = {key: value for key, value in properties.items() if key not in ours}
    return _short_forms(tidy, name)


def _short_forms(node: dict[str, Any], name: str) -> dict[str, Any]:
    match name:
        case "Observation":
            return {"anyOf": [{"type": "number"}, node], "description": node.get("description", "")}
        case "RowEntry":
            return {"anyOf": [{"type": "string"}, node], "description": node.get("description", "")}
        case "MatrixCell":
            return {
                "anyOf": [{"const": True}, {"type": "string"}, node],
                "description": node.get("description", ""),
            }
        case "Record":
            return {"type": "object", "description": node.get("description", "")}
        case "Breakdown":
            node["properties"]["by"] = {"anyOf": [{"type": "string"}, node["properties"]["by"]]}
            return node
        case _ if node.get("title") in ("Decimal",):
            return {"type": "number"}
        case _:
            return node
