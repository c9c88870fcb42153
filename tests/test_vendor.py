"""The libraries in theme/assets/vendor: what their packages make, to the byte, and nothing else."""

from __future__ import annotations

import shutil
import subprocess

from conftest import ROOT

BROWSER = ROOT / "tests" / "browser"


def test_libraries_are_those_of_their_packages(tmp_path):
    """The files are what `make vendor` writes from the packages that package-lock.json pins by checksum."""
    node = shutil.which("node")
    assert node, "there is no node: run `make test`, which brings it"
    assert (BROWSER / "node_modules" / "vega").is_dir(), "run `npm ci` in tests/browser"
    subprocess.run([node, BROWSER / "vendor.js", tmp_path], check=True, capture_output=True)
    made, kept = (
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (tmp_path, ROOT / "theme" / "assets" / "vendor")
    )

    assert sorted(made) == sorted(kept)
    assert [name for name in sorted(made) if made[name] != kept[name]] == []
