"""The MkDocs adapter, in real MkDocs and ProperDocs: what a build leaves behind, and what a browser sees of `serve`."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli
from mkdocs.commands import build as mkdocs_build

from conftest import ROOT
from small_report import change, contents, write

PATIENCE = 30
"""Seconds to wait for a rebuilt page; it takes one or two."""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The small report with the site that was published last."""
    folder = write(tmp_path_factory.mktemp("published"))
    built = run("mkdocs", "build", "--strict", folder=folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture
def folder(published, tmp_path):
    """A copy of the small report, its published site included."""
    return Path(shutil.copytree(published, tmp_path / "report"))


def run(program, *arguments, folder, **env):
    """Run *program* as from a terminal, in *folder*; no address is given from outside."""
    given = {name: value for name, value in os.environ.items() if name != "SITE_URL"} | env
    command = [sys.executable, "-m", program, *arguments]
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False, timeout=120)


def build(folder, monkeypatch, *arguments):
    """Run `mkdocs build --strict` in this process and return its exit status and all it says."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("SITE_URL", raising=False)
    mkdocs_build.log.filters.clear()  # MkDocs says the same thing only once in a process
    done = CliRunner().invoke(cli, ["build", "--strict", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


# --- a build that works


def test_a_build_publishes_pages_assets_and_nothing_else(published):
    """Both languages, the front door, the 404 page, the theme's assets, files for machines; no word as typed."""
    written = ["", "energy/"]
    made = ["data/", "explorer/", "my-report/"]
    made += ["figures/", "figures/energy/", "figures/energy/gas/", "figures/energy/power/"]
    pages = [
        "404.html",
        "index.html",
        *(f"{tag}/{page}index.html" for tag in ("en", "zh-Hant") for page in (*written, *made)),
    ]
    data = [f"figures/energy/{name}.{kind}" for name in ("gas", "power") for kind in ("csv", "json", "xlsx")]
    data += ["figures/evidence-register.csv", "figures/evidence-register.xlsx"]
    shown = ("energy/chart-use", "energy/table-use", "report")
    data += [f"data/{tag}/{one}.{kind}" for tag in ("en", "zh-Hant") for one in shown for kind in ("csv", "json")]
    data += [f"data/{one}.xlsx" for one in shown] + ["data/report-data.zip"]
    told = ["charts", "dimensions", "findings", "frameworks", "index", "indicators"]
    told += ["periods", "report", "tables", "terms", "units"]
    listed = ["observations", "parts", "indicators", "units", "periods", "dimensions", "disclosures"]
    data += [f"api/v1/{folder}{one}.json" for folder in ("", "schema/") for one in (*told, "observations")]
    data += [f"api/v1/{one}.csv" for one in listed] + ["api/v1/datapackage.json", "api/v1/csv-metadata.json"]
    for tag in ("en", "zh-Hant"):
        data += [f"{folder}/{tag}.js" for folder in ("explorer", "my-report", "search", "words")]
        data += [f"charts/{tag}/drawing.js", f"charts/{tag}/energy/use.js", f"periods/{tag}/energy.use.js"]
    data += ["my-report/styles.js"]
    ours = ["SHA256SUMS", "_headers", "manifest.json", "robots.txt", "sitemap.xml"]
    assets = [f"assets/{path}" for path in contents(published / "theme" / "assets")]

    assert sorted([*pages, *assets, *data, *ours]) == list(contents(published / "site"))


def test_a_build_says_nothing_when_quiet(folder):
    """`mkdocs build --strict --quiet` of a sound report prints nothing at all."""
    built = run("mkdocs", "build", "--strict", "--quiet", folder=folder)

    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "configuration",
    [
        "site_name: Mills\ndocs_dir: content\nplugins: [crossfoot: {documents: false}]\n",
        "site_name: Mills\ndocs_dir: content\ntheme: readthedocs\nplugins: [crossfoot: {documents: false}]\n",
        "site_name: M\ndocs_dir: content\ntheme: {name: null, custom_dir: content/../theme}\n"
        "plugins: [crossfoot: {documents: false}]\n",
    ],
    ids=["no theme named", "another theme named", "the long way round"],
)
def test_the_theme_is_found_without_being_named(configuration, folder, monkeypatch):
    """The report's own theme is used, and no file of another, whatever mkdocs.yml says of themes."""
    (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    expected = {*contents(folder / "site")} - {"sitemap.xml"}
    status, said = build(folder, monkeypatch)

    assert status == 0, said
    assert expected == {*contents(folder / "site")}


# --- a build that fails

SKELETON, PAGER = "theme/main.html", "theme/parts/pager.html"
ENERGY, ENGLISH, CHINESE = "data/sections/energy.yaml", "content/en/energy.md", "content/zh-Hant/energy.md"


def remove(path):
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def several(folder):
    change(folder / ENERGY, "unit: mwh\n    values: {2023: 1220", "unit: mhw\n    values: {2023: 1220")
    change(folder / ENGLISH, "value gas", "value gaz")
    change(folder / CHINESE, "烤爐於", "7個烤爐於")


def loops(folder):
    (folder / "content" / "en" / "loop").symlink_to(folder / "content")
    (folder / "data" / "loop").symlink_to(folder / "data")
    (folder / "content" / "en" / "self.md").symlink_to("self.md")
    (folder / "data" / "sections" / "self.yaml").symlink_to("self.yaml")


def pipes(folder):
    os.mkfifo(folder / "content" / "en" / "pipe.md")
    os.mkfifo(folder / "data" / "sections" / "pipe.yaml")


def ink_like_paper(folder):
    file = folder / "theme" / "assets" / "tokens.css"
    words = file.read_text(encoding="utf-8")
    paper = re.search(r"--paper: (#\w+);", words)[1]
    file.write_text(re.sub(r"--ink: #\w+;", f"--ink: {paper};", words, count=1), encoding="utf-8")


def unreadable(folder):
    """Rights do not stop root; this file opens but answers no read, like one on a disk that is failing."""
    (folder / "content" / "en" / "disk.md").symlink_to("/proc/self/mem")
    (folder / "data" / "sections" / "disk.yaml").symlink_to("/proc/self/mem")


def swap(path, data):
    remove(path)
    path.write_bytes(data)


FAILURES = {
    # what is broken: how, what MkDocs then says
    "several mistakes": (several, """\
content/en/energy.md:1:18: there is no indicator 'gaz' in section 'energy'
    did you mean 'gas'?
content/zh-Hant/energy.md:1:1: the figure '7個' is typed by hand
    write {{ value NAME }}; or register the name it belongs to in data/terms
data/sections/energy.yaml:11:11: there is no unit 'mhw'
    did you mean 'mwh'?
    units: mwh
"""),
    "a comma in a number": (lambda one: change(one / ENERGY, "396.25", "396,25"), """\
data/sections/energy.yaml:8:33: '396,25' is not a number
"""),
    "no data": (lambda one: remove(one / "data"), """\
data: there is no folder of this name
    it holds report.yaml, units.yaml and sections/
"""),
    "data is a file": (lambda one: swap(one / "data", b"x"), "data: there is no folder of this name\n"),
    "no report.yaml": (lambda one: remove(one / "data" / "report.yaml"), "data/report.yaml: there is no such file\n"),
    "an empty report.yaml": (lambda one: swap(one / "data" / "report.yaml", b""), """\
data/report.yaml: the file says nothing
"""),
    "no content": (lambda one: remove(one / "content"), "The path '{folder}/content' isn't an existing directory."),
    "content is a file": (lambda one: swap(one / "content", b"x"), """\
The path '{folder}/content' isn't an existing directory."""),
    "no language": (lambda one: remove(one / "content" / "zh-Hant"), """\
content/zh-Hant: there are no pages in this language
"""),
    "a picture in content": (lambda one: (one / "content" / "en" / "oven.png").write_bytes(b"\x89PNG"), """\
content/en/oven.png: this file is not a page of the report
    pages are content/LANGUAGE/NAME.md; languages: en, zh-Hant
"""),
    "words that are not UTF-8": (lambda one: swap(one / ENGLISH, "Gas\nElectricité …".encode("cp1252")), """\
content/en/energy.md:2:11: the byte E9 is not UTF-8 text
"""),
    "words in UTF-16": (lambda one: swap(one / ENGLISH, "Gas".encode("utf-16")), """\
content/en/energy.md: the file is saved as UTF-16 or UTF-32, not as UTF-8
"""),
    "links that go round": (loops, """\
content/en/self.md: there is no such file
    look at its name and folder, small and capital letters included
data/sections/self.yaml: there is no such file
"""),
    "pipes": (pipes, """\
content/en/pipe.md: this is not an ordinary file
    put a text file in its place
data/sections/pipe.yaml: this is not an ordinary file
"""),
    "files that cannot be read": (unreadable, """\
content/en/disk.md: the file cannot be read: input/output error
    put a new copy in its place
data/sections/disk.yaml: the file cannot be read: input/output error
"""),
    "a folder named like a file": (lambda one: (one / "data" / "sections" / "water.yaml").mkdir(), """\
data/sections/water.yaml: this is a folder, not a file
"""),
    "no theme": (lambda one: remove(one / "theme"), "The path set in custom_dir ('{folder}/theme') does not exist."),
    "a theme with nothing in it": (lambda one: (remove(one / "theme"), (one / "theme").mkdir()), """\
theme/assets/tokens.css: the theme has no tokens
"""),
    "a theme without its skeleton": (lambda one: remove(one / "theme" / "main.html"), """\
theme/main.html: this template is missing
    every theme needs it
"""),
    "a template that does not end": (lambda one: swap(one / "theme" / "main.html", b"<p>\n{% if view %}"), """\
theme/main.html:2: unexpected end of template.\
"""),
    "a template that reads what is not there": (lambda one: swap(one / PAGER, b"\n\n{{ view.pager }}"), """\
theme/parts/pager.html:3: there is no 'pager'
    the first line of a template says what it may read
"""),
    "a skeleton that reads what is not there": (lambda one: swap(one / SKELETON, b"<p>\n{{ site_name }}"), """\
theme/main.html:2: 'site_name' is undefined
"""),
    "a template that is not UTF-8": (lambda one: swap(one / "theme" / "parts" / "front.html", b"<p>\n\xff"), """\
theme/parts/front.html:2:1: the byte FF is not UTF-8 text
"""),
    "tokens too faint": (ink_like_paper, """\
: '--ink' on '--paper' has a contrast of 1.00:1 in the light scheme
    at least 4.5:1 is needed; make it darker or lighter
"""),
    "an unknown option": (lambda one: change(one / "mkdocs.yml", "documents: !ENV [DOCUMENTS, true]", "cache: x"), """\
Plugin 'crossfoot' option 'cache': Unrecognised configuration name: cache
"""),
    "an option not a text": (
        lambda one: change(one / "mkdocs.yml", "documents: !ENV [DOCUMENTS, true]", "cache_dir: 1"),
        "Plugin 'crossfoot' option 'cache_dir': Expected type",
    ),
    "an address without its scheme": (lambda one: change(one / "mkdocs.yml", "!ENV [SITE_URL, ", "example.org # "), """\
The URL isn't valid, it should include the http:// (scheme)"""),
    "no YAML": (lambda one: swap(one / "mkdocs.yml", b"site_name: ["), "error parsing the configuration file"),
}  # fmt: skip


@pytest.mark.parametrize("failure", list(FAILURES))
def test_a_failed_build_says_why_and_leaves_the_last_site(failure, folder, monkeypatch):
    """Every problem stands there with its place and its cure, no traceback; the site published last is as it was."""
    breaks, expected = FAILURES[failure]
    before = contents(folder / "site")
    breaks(folder)
    status, said = build(folder, monkeypatch)

    assert status == 1
    assert expected.replace("{folder}", str(folder)) in said
    assert "Traceback" not in said
    assert before == contents(folder / "site")


def test_a_failed_build_in_a_terminal(folder):
    """The same from a real command: status 1, the problems on standard error, no traceback."""
    several(folder)
    before = contents(folder / "site")
    built = run("mkdocs", "build", folder=folder)

    assert built.returncode == 1
    assert built.stderr.startswith("ERROR   -  the report cannot be built\n" + FAILURES["several mistakes"][1])
    assert "Traceback" not in built.stdout + built.stderr
    assert before == contents(folder / "site")


LEFT_BEHIND = [
    ".energy{}.swp",
    "energy{}~",
    "#energy{}#",
    ".#energy{}",
    "~$energy{}",
    "energy{}.bak",
    "4913",
    "Thumbs.db",
]


def test_what_editors_leave_behind_is_neither_read_nor_published(folder, monkeypatch):
    """Swap, lock and backup files of editors and desktops may stand beside the real ones: the site stays the same."""
    before = contents(folder / "site")
    for place, ending in (("content/en", ".md"), ("data/sections", ".yaml"), ("data", ".yaml")):
        for name in LEFT_BEHIND:
            (folder / place / name.format(ending)).write_bytes(b"\xff\x00")
    (folder / "content" / ".obsidian").mkdir()
    (folder / "content" / ".obsidian" / "workspace.json").write_text("{}", encoding="utf-8")
    (folder / "data" / "sections" / ".#power.yaml").symlink_to("author@host.4711")
    status, said = build(folder, monkeypatch)

    assert status == 0, said
    assert before == contents(folder / "site")


# --- ProperDocs


@pytest.mark.parametrize("name", ["mkdocs.yml", "properdocs.yml"])
def test_properdocs_builds_the_same_site(name, folder, tmp_path):
    """ProperDocs makes the very bytes that MkDocs makes, with the file named after either."""
    (folder / "mkdocs.yml").rename(folder / name)
    before = contents(folder / "site")
    built = run("properdocs", "build", "--strict", "-f", name, "-d", str(tmp_path / "other"), folder=folder)

    assert built.returncode == 0, built.stderr
    assert "site_dir" not in built.stderr
    assert before == contents(tmp_path / "other")


def test_properdocs_says_why_a_build_fails(folder):
    """ProperDocs prints the same problems and leaves the published site alone too."""
    several(folder)
    before = contents(folder / "site")
    built = run("properdocs", "build", "-f", "mkdocs.yml", folder=folder)

    assert built.returncode == 1
    assert FAILURES["several mistakes"][1] in built.stderr
    assert "Traceback" not in built.stderr
    assert before == contents(folder / "site")


# --- serve


class Preview:
    """A real `serve` of a report, as an author has it open."""

    def __init__(self, folder, *arguments, program="mkdocs", **env):
        self.folder, self.log = folder, folder.parent / f"{program}.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        command = [sys.executable, "-m", program, "serve", "-f", "mkdocs.yml", "-a", f"127.0.0.1:{port}", *arguments]
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, "SITE_URL": "https://example.org/", **env},
                stdout=log,
                stderr=log,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def said(self):
        return self.log.read_text(encoding="utf-8")

    def get(self, path):
        """Return status and body of the page at *path*; 0 and nothing while there is no answer."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8")
        except (OSError, TimeoutError):
            return 0, ""

    def told(self, path, state):
        """Yield the name of each event that an open page, last seen as *state*, is told."""
        asked = f"{self.address}__preview__/events?page={path}&state={state}"
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            for line in answer:
                if line.startswith(b"event: "):
                    yield line.decode().removeprefix("event: ").strip()

    def shows(self, path, words, *, status=200):
        """Wait until the page at *path* has all *words* and return it."""
        end = time.monotonic() + PATIENCE
        while True:
            assert self.process.poll() is None, f"the server stopped:\n{self.said()}"
            found, page = self.get(path)
            if found == status and all(word in page for word in words):
                return page
            missing = [word for word in words if word not in page]
            assert time.monotonic() < end, f"{path}: {found}, {missing} not in\n{page[-1500:]}\n{self.said()[-3000:]}"
            time.sleep(0.1)


@contextlib.contextmanager
def changed(file, old, new):
    """Change *file* for a while."""
    before = file.read_bytes()
    change(file, old, new)
    try:
        yield
    finally:
        file.write_bytes(before)


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """One `mkdocs serve` for all tests, with a generator of its own that may be changed."""
    root = tmp_path_factory.mktemp("serve")
    generator = shutil.copytree(ROOT / "generator", root / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    folder = write(root / "report")
    with Preview(folder, PYTHONPATH=str(generator)) as preview:
        preview.generator = Path(generator) / "crossfoot"
        preview.shows("en/energy/", ["396.25 MWh"])
        yield preview


PROBLEM = 'class="problem-message"'


def test_a_number_changed_in_the_data_shows_in_both_languages(preview):
    """In the sentence, the table and the drawing of both languages."""
    with changed(preview.folder / ENERGY, "396.25", "398.75"):
        for path, said in (("en/energy/", "398.75 MWh"), ("zh-Hant/energy/", "398.75兆瓦時")):
            page = preview.shows(path, [said])
            assert "396.25" not in page
            assert re.search(r"<text[^>]*>[^<]*398\.75[^<]*</text>", page), "not in the drawing"


def test_words_changed_show(preview):
    """A word changed in either language shows on its page."""
    with changed(preview.folder / ENGLISH, "burned", "consumed"):
        preview.shows("en/energy/", ["The ovens consumed"])
    with changed(preview.folder / CHINESE, "烤爐", "焗爐"):
        preview.shows("zh-Hant/energy/", ["焗爐於"])


def test_a_template_changed_shows(preview):
    """A change of the page skeleton and of a part shows on every page of both languages."""
    theme = preview.folder / "theme"
    with (
        changed(theme / "main.html", "</body>", "<p>skeleton changed</p></body>"),
        changed(theme / "parts" / "footer.html", "</footer>", "<p>footer changed</p></footer>"),
    ):
        for path in ("en/", "zh-Hant/energy/"):
            preview.shows(path, ["skeleton changed", "footer changed"])


def test_a_style_changed_shows(preview):
    """A change of the theme's styles reaches the browser."""
    with changed(preview.folder / "theme" / "assets" / "tokens.css", "--brand: #0b5866;", "--brand: #0b5860;"):
        preview.shows("assets/tokens.css", ["--brand: #0b5860;"])


def test_a_change_of_the_generator_shows(preview):
    """A phrase and a line of Python changed in the generator show without starting again."""
    with (
        changed(preview.generator / "phrases" / "en.yaml", "skip_to_content: ", "skip_to_content: Now "),
        changed(preview.generator / "hosting.py", '["User-agent: *", "Allow: /"]', '["User-agent: *", "Disallow: /"]'),
    ):
        preview.shows("en/", ["Now "])
        preview.shows("robots.txt", ["Disallow: /"])
    preview.shows("robots.txt", ["\nAllow: /"])


def test_a_mistake_shows_on_every_page_and_goes_away_when_mended(preview):
    """Each address shows every problem with file, line and cure; the browser is told when all is well."""
    preview.shows("en/", ["Welcome"])
    before = preview.shows("en/energy/", ["396.25 MWh", "The ovens burned"])
    with (
        changed(preview.folder / ENGLISH, "value gas", "value gaz<b>"),
        changed(preview.folder / ENERGY, "unit: mwh\n    values: {2023: 1220", "unit: mhw\n    values: {2023: 1220"),
    ):
        for path in ("", "en/", "en/energy/", "zh-Hant/", "zh-Hant/energy/"):
            page = preview.shows(path, ["data/sections/energy.yaml:11:11", "there is no unit &#x27;mhw&#x27;"])
            assert "content/en/energy.md:1" in page
            assert "did you mean &#x27;mwh&#x27;?" in page
            assert "<b>" not in page, "what the author typed is not escaped"
            assert "396.25" not in page
        preview.shows("en/nowhere/", [PROBLEM], status=404)
        told = preview.told("en/energy/index.html", re.search(r'data-state="(\w+)"', page)[1])
    assert next(told) == "page"
    version = re.search(r'data-version="\w+"', before)[0]  # between the two files there is another
    assert _without_script(before) == _without_script(preview.shows("en/energy/", ["396.25 MWh", version]))


def _without_script(page):
    return re.sub(r'<script src="[^"]*__preview__.*?</script>', "", page, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("theme/main.html", b"<p>\n{% if view %}", "theme/main.html:2"),
        ("theme/parts/header.html", b"\n{{ nothing }}", "theme/parts/header.html:2"),
        ("theme/assets/tokens.css", b":root {}", "theme/assets/tokens.css"),
        ("data/report.yaml", b"title: [", "data/report.yaml:1"),
        ("content/zh-Hant/energy.md", b"\xff\xfe", "content/zh-Hant/energy.md"),
    ],
)
def test_a_broken_file_shows_as_a_page_and_goes_away_when_mended(name, data, said, preview):
    """Template, tokens, report or words: whatever breaks, the browser shows the place, never a dead server."""
    file = preview.folder / name
    before = file.read_bytes()
    file.write_bytes(data)
    try:
        preview.shows("zh-Hant/energy/", [PROBLEM, said])
    finally:
        file.write_bytes(before)
    preview.shows("zh-Hant/energy/", ["396.25兆瓦時"])


def test_pages_come_go_and_change_their_names(preview):
    """A new chapter, a page of it that is missing yet, its new name and its end all show without starting again."""
    folder = preview.folder
    order = folder / "data" / "report.yaml"
    sections, english, chinese = folder / "data" / "sections", folder / "content" / "en", folder / "content" / "zh-Hant"
    preview.shows("en/", ["Welcome"])
    (english / "water.md").write_text("The mill draws from the river.\n", encoding="utf-8")
    preview.shows("en/water/", [PROBLEM, "neither a chapter nor a page of the report"])
    (sections / "water.yaml").write_text("title: {en: Water, zh-Hant: 用水}\n", encoding="utf-8")
    with changed(order, "chapters: [energy]", "chapters: [energy, water]"):
        preview.shows("en/", [PROBLEM, "content/zh-Hant/water.md"])
        (chinese / "water.md").write_text("麵粉廠從河中取水。\n", encoding="utf-8")
        preview.shows("zh-Hant/water/", ["麵粉廠從河中取水"])
    for place, ending in ((english, "md"), (chinese, "md"), (sections, "yaml")):
        (place / f"water.{ending}").rename(place / f"river.{ending}")
    with changed(order, "chapters: [energy]", "chapters: [energy, river]"):
        preview.shows("en/river/", ["draws from the river"])
        preview.shows("en/water/", ["Page not found"], status=404)
    for path in (english / "river.md", chinese / "river.md", sections / "river.yaml"):
        path.unlink()
    preview.shows("en/river/", ["Page not found"], status=404)
    preview.shows("en/", ["Welcome"])


def test_the_last_of_quick_edits_shows(preview):
    """An author who saves five times in a breath, and an editor that saves by renaming, see the last state."""
    file = preview.folder / ENERGY
    before = file.read_text(encoding="utf-8")
    for digit in range(5):
        file.write_text(before.replace("396.25", f"396.7{digit}"), encoding="utf-8")
        time.sleep(0.12)
    preview.shows("en/energy/", ["396.74 MWh"])
    aside = file.with_name("energy.yaml.tmp")
    aside.write_text(before, encoding="utf-8")
    aside.replace(file)
    preview.shows("en/energy/", ["396.25 MWh"])


def test_what_editors_leave_behind_is_no_mistake(preview):
    """Swap and backup files that appear while an author types change nothing."""
    left = [preview.folder / "content/en" / name.format(".md") for name in LEFT_BEHIND]
    for path in left:
        path.write_bytes(b"\xff")
    try:
        with changed(preview.folder / ENGLISH, "burned", "used"):
            assert PROBLEM not in preview.shows("en/energy/", ["The ovens used"])
    finally:
        for path in left:
            path.unlink()


def test_a_place_that_is_taken_is_told_in_a_sentence(preview):
    """A second preview at the same address: what is wrong, what to write, and no traceback."""
    place = preview.address.removeprefix("http://").rstrip("/")
    second = run("mkdocs", "serve", "-f", "mkdocs.yml", "-a", place, folder=preview.folder)

    assert second.returncode == 1
    assert f"nothing can be served at {place}" in second.stderr
    assert "-a 127.0.0.1:8001" in second.stderr
    assert "Traceback" not in second.stderr


def test_the_server_never_stumbles(preview):
    """After all that, and whatever the order, the server has printed no traceback."""
    preview.shows("en/energy/", ["396.25 MWh"])

    assert "Traceback" not in preview.said()


@pytest.mark.parametrize(("program", "arguments"), [("mkdocs", ["--strict"]), ("properdocs", [])])
def test_a_preview_may_be_started_with_a_mistake(program, arguments, folder):
    """Started on a broken report, strictly or not, every page shows the problems, and the report once it is mended."""
    with changed(folder / ENERGY, "unit: mwh\n    values: {2023: 1220", "unit: mhw\n    values: {2023: 1220"):
        preview = Preview(folder, *arguments, program=program)
        preview.__enter__()
        try:
            for path in ("", "en/", "zh-Hant/energy/"):
                assert "__preview__/preview.js" in preview.shows(path, [PROBLEM, "data/sections/energy.yaml:11:11"])
        except BaseException:
            preview.__exit__()
            raise
    with preview:
        preview.shows("zh-Hant/energy/", ["396.25兆瓦時"])
        preview.shows("en/", ["Welcome"])
        assert "Traceback" not in preview.said()


def test_the_problems_page_is_valid_html(folder):
    """The Nu HTML checker finds nothing wrong with the page of problems."""
    from crossfoot import Place, Problems
    from crossfoot.places import Problem
    from crossfoot.problem_page import problem_page

    problems = Problems(
        [Problem(Place("data/<a>.yaml", 7, 3), "a <script> & 'more'", "one\ntwo"), Problem(Place("data"), "no hint")]
    )
    checker = ROOT / "tests" / "browser" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(checker), "--errors-only", "-"]
    checked = subprocess.run(
        command, input=problem_page(problems, "en/energy/index.html"), capture_output=True, text=True, check=False
    )

    assert (checked.returncode, checked.stderr.strip()) == (0, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["as Ctrl+C does", "as a system does"])
def test_a_preview_that_is_ended_leaves_nothing_behind(tmp_path, number):
    """What it and MkDocs set aside is cleared away, and no process of its own is left."""
    aside = tmp_path / "aside"
    aside.mkdir()
    with Preview(write(tmp_path / "report"), TMPDIR=str(aside)) as preview:
        preview.shows("en/energy/", ["396.25 MWh"])
        assert list(aside.iterdir())
        preview.process.send_signal(number)
        preview.process.wait(PATIENCE)

    assert list(aside.iterdir()) == []
    assert "Traceback" not in preview.said()
