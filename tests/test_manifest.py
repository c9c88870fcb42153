"""The manifest: every published file with its checksum, which anyone can hold a copy against."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest

from crossfoot import __version__
from crossfoot.fingerprint import data_version
from crossfoot.manifest import manifest_files
from crossfoot.plugin import CrossfootPlugin
from small_report import change, contents, write


def build(folder, *words):
    """Build the report in *folder* with MkDocs, as a person does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The small report with its built site."""
    folder = write(tmp_path_factory.mktemp("manifest") / "report")
    build(folder)
    return folder


def checked(site):
    """Return what `sha256sum -c` says of *site*."""
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)


def test_sha256sum_finds_every_file_true(report):
    """The list is read by the common tool, and each file is what it says."""
    assert (checked(report / "site").returncode, checked(report / "site").stdout) == (0, "")


def test_no_file_is_missing(report):
    """Every published file but the list itself, sorted by path, once."""
    lines = (report / "site" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = [line[66:] for line in lines]

    assert listed == sorted(set(contents(report / "site")) - {"SHA256SUMS"})
    assert "manifest.json" in listed
    assert "assets/site.css" in listed
    assert all(line[64:66] == "  " for line in lines)


def test_the_manifest_says_the_same_to_programs(report):
    """Path, size, checksum and kind of each file but the two lists, and what the site was made from."""
    found = json.loads((report / "site" / "manifest.json").read_text(encoding="utf-8"))
    files = contents(report / "site")

    assert list(found) == ["crossfoot", "data", "files"]
    assert (found["crossfoot"], found["data"]) == (__version__, data_version(report))
    assert {one["path"]: (one["bytes"], one["sha256"]) for one in found["files"]} == {
        path: (len(data), hashlib.sha256(data).hexdigest())
        for path, data in files.items()
        if path not in ("SHA256SUMS", "manifest.json")
    }
    kinds = {one["path"]: one["type"] for one in found["files"]}
    assert kinds["index.html"] == "text/html"
    assert kinds["assets/site.css"] == "text/css"
    assert kinds["assets/logo.svg"] == "image/svg+xml"
    assert kinds["sitemap.xml"] == "application/xml"
    assert kinds["_headers"] == "text/plain"


def test_a_changed_file_is_found(report):
    """A copy in which one letter was changed is told from a true one."""
    page = report / "site" / "en" / "index.html"
    true = page.read_bytes()
    page.write_bytes(true.replace(b"mill", b"mull", 1))
    try:
        assert checked(report / "site").stdout == "en/index.html: FAILED\n"
    finally:
        page.write_bytes(true)


def test_every_page_leads_to_the_list(report):
    """The link in the footer of a page finds the file."""
    page = (report / "site" / "zh-Hant" / "energy" / "index.html").read_text(encoding="utf-8")

    assert '<a href="../../SHA256SUMS">全部檔案的校驗碼</a>' in page


def test_a_second_build_makes_the_same_lists(report):
    """Same report, same bytes; what others put into the folder between is cleared away and not listed."""
    first = contents(report / "site")
    (report / "site" / "left.html").write_text("left behind", encoding="utf-8")
    (report / "site" / ".nojekyll").write_text("", encoding="utf-8")
    second = contents(build(report))

    assert second.pop(".nojekyll") == b""
    assert second == first
    (report / "site" / ".nojekyll").unlink()


def test_a_preview_makes_no_list(tmp_path):
    """`serve` publishes nothing, so nothing is listed."""
    plugin = CrossfootPlugin()
    plugin.serving = True

    assert plugin.on_post_build(config={"site_dir": str(tmp_path)}) is None
    assert list(tmp_path.iterdir()) == []


# --- the version of the data


def test_the_version_of_the_data_is_what_the_common_tools_say(report):
    """`sha256sum` over the files in data and content, sorted by path, and `sha256sum` over its lines."""
    command = "find data content -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"
    said = subprocess.run(command, shell=True, cwd=report, capture_output=True, text=True, check=True).stdout

    assert said.split()[0] == data_version(report)


@pytest.mark.parametrize("file", ["data/units.yaml", "content/zh-Hant/index.md"])
def test_the_version_changes_with_a_word(file, tmp_path):
    """A letter in data or words makes another version."""
    folder = write(tmp_path / "report", theme=False)
    before = data_version(folder)
    change(
        folder / file,
        "。" if file.endswith(".md") else "name: {en: MWh",
        "！" if file.endswith(".md") else "name: {en: GWh",
    )

    assert data_version(folder) != before


@pytest.mark.parametrize(
    "file", ["data/records/frozen.json", "data/.units.yaml.swp", "content/en/index.md~", "mkdocs.yml"]
)
def test_the_version_does_not_change_with_what_is_no_data(file, tmp_path):
    """Records of commands, what editors leave behind, and files beside data and content do not count."""
    folder = write(tmp_path / "report", theme=False)
    before = data_version(folder)
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text("something", encoding="utf-8")

    assert data_version(folder) == before


def test_odd_names(tmp_path):
    """A blank, a backslash, a line break and Chinese in a name are written as `sha256sum` reads them."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("a b.txt", "back\\slash.txt", "two\nlines.txt", "中文.bin", "NO-SUFFIX"):
        (site / name).write_text(name, encoding="utf-8")
    listed = manifest_files({path.name: path.read_bytes() for path in site.iterdir()}, "0" * 64)
    for name, content in listed.items():
        (site / name).write_bytes(content)

    assert (checked(site).returncode, checked(site).stderr) == (0, "")
    kinds = {one["path"]: one["type"] for one in json.loads((site / "manifest.json").read_text("utf-8"))["files"]}
    assert (kinds["中文.bin"], kinds["NO-SUFFIX"]) == ("application/octet-stream", "text/plain")
