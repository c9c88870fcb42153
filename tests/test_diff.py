"""What changed between two versions of a report: told for each change, in each form, from folders and from git."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from case_files import cases
from conftest import ROOT, TINY
from crossfoot.__main__ import main
from crossfoot.telling import Piece, pieces
from small_report import change, write
from test_rules import changed

MILL = {
    "data/units.yaml": """\
mwh:
  name: {en: MWh, zh-Hant: 兆瓦時}
  pattern: {en: "{} MWh", zh-Hant: "{}兆瓦時"}
  quantity: energy
gwh:
  name: {en: GWh, zh-Hant: 吉瓦時}
  pattern: {en: "{} GWh", zh-Hant: "{}吉瓦時"}
  quantity: energy
  factor: 1000
percent:
  name: {en: "%", zh-Hant: "%"}
  pattern: {en: "{}%", zh-Hant: "{}%"}
  quantity: share
  percent: true
""",
    "data/frameworks/mill-code.yaml": """\
name: {en: Code of the Mills, zh-Hant: 磨坊守則}
short: {en: Code, zh-Hant: 守則}
disclosures:
  E1: {title: {en: Energy used, zh-Hant: 能源用量}, obligation: mandatory}
  E2: {title: {en: Energy saved, zh-Hant: 節能}, obligation: recommended}
""",
    "data/notes.yaml": """\
meter:
  kind: unclear
  title: {en: An old meter, zh-Hant: 舊電錶}
  text: {en: The meter was old., zh-Hant: 電錶陳舊。}
  at: [energy.power]
""",
    "data/sections/energy.yaml": """\
number: "1"
title: {en: Energy, zh-Hant: 能源}
summary: {en: What the mill used., zh-Hant: 麵粉廠的用量。}
headings:
  ovens:
    number: "1.1"
    title: {en: Ovens, zh-Hant: 烤爐}
    disclosures: [mill-code E1]
indicators:
  gas:
    label: {en: Gas, zh-Hant: 煤氣}
    unit: mwh
    values: {2023: 410.5, 2024: 396.25}
    disclosures: [mill-code E1]
  power:
    label: {en: Electricity, zh-Hant: 電力}
    unit: mwh
    values:
      2023: 1220
      2024: {value: 1187, status: estimated}
  total:
    label: {en: All energy, zh-Hant: 總能源}
    unit: mwh
    sum: [gas, power]
  gas_share:
    label: {en: Gas in all energy, zh-Hant: 煤氣佔總能源}
    unit: percent
    share: [gas, total]
    decimals: 1
tables:
  use:
    kind: years
    caption: {en: Energy use, zh-Hant: 能源用量}
    rows: [gas, power, total]
charts:
  use:
    kind: bar
    title: {en: Most of the energy is electricity, zh-Hant: 能源以電力為主}
    description: {en: The bars show gas and electricity., zh-Hant: 橫條分別顯示煤氣及電力。}
    series: [gas, power]
""",
    "content/en/energy.md": """\
The mill is old.

## {{ heading ovens }}

The ovens burned {{ value gas }} in {{ period }}.

- They are cleaned in spring.
- They are lit in autumn.

{{ table use }}

{{ chart use }}
""",
    "content/zh-Hant/energy.md": """\
工廠歷史悠久。

## {{ heading ovens }}

烤爐於{{ period }}使用{{ value gas }}。

- 烤爐於春季清潔。
- 烤爐於秋季點火。

{{ table use }}

{{ chart use }}
""",
}
"""What is put over the small report: a sum, a share, codes, a note, a heading, a list."""


@pytest.fixture
def old(tmp_path):
    """The report before."""
    return mill(tmp_path / "old")


@pytest.fixture
def new(tmp_path):
    """The report after; still the same."""
    return mill(tmp_path / "new")


def mill(folder):
    """Write the report of the mill into *folder*."""
    write(folder, theme=False)
    for name, words in MILL.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return folder


def run(*words, **more):
    """Return what `crossfoot diff` answers."""
    return CliRunner().invoke(main, ["diff", *map(str, words)], catch_exceptions=False, **more)


def told(*words):
    """Return the output of a diff that succeeds."""
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize("case", cases("diff.md"), ids=str)
def test_change(case, old, new):
    """One change to a report is told in these words, with both places."""
    changed(case.input, new)

    assert told(old, new) == case.expected


def test_no_false_alarm(tmp_path):
    """Where one thing changes in a report that uses every feature, nothing else is told: here, what figures cover."""
    for name in ("old", "new"):
        for part in ("data", "content"):
            shutil.copytree(TINY / part, tmp_path / name / part)
    path = tmp_path / "new" / "data" / "sections" / "fleet.yaml"
    source = path.read_text(encoding="utf-8")
    path.write_text(source.replace("\n    boundary: ferries\n", "\n    boundary: with_harbour\n"), encoding="utf-8")
    found = json.loads(told(tmp_path / "old", tmp_path / "new", "--format", "json"))["changes"]

    assert len(found) == source.count("\n    boundary: ferries\n") > 1
    assert {(one["kind"], one["what"], one["aspect"]) for one in found} == {("figure", "changed", "boundary")}


# --- three forms


def test_in_the_other_language(old, new):
    """Labels, figures and our own words are those of the language asked for."""
    change(new / "data" / "sections" / "energy.yaml", "2024: 396.25", "2024: 400.25")

    assert told(old, new, "--language", "zh-Hant") == (
        "變更數目：3\n"
        "\n"
        "1 能源\n"
        "  數據 energy.gas：煤氣\n"
        "    2024年：396.25兆瓦時 → 400.25兆瓦時 (+1.01%)\n"
        "      data/sections/energy.yaml:13:33 → data/sections/energy.yaml:13:33\n"
        "  數據 energy.total：總能源\n"
        "    2024年：1,583.25兆瓦時 → 1,587.25兆瓦時 (+0.25%)\n"
        "      由以下變更引致：煤氣\n"
        "      data/sections/energy.yaml:22:5 → data/sections/energy.yaml:22:5\n"
        "  數據 energy.gas_share：煤氣佔總能源\n"
        "    2024年：25.0% → 25.2% (+0.2個百分點)\n"
        "      由以下變更引致：煤氣、總能源\n"
        "      data/sections/energy.yaml:26:5 → data/sections/energy.yaml:26:5\n"
    )


def test_for_programs(old, new):
    """One object a change: numbers as text, the wording of each language, both places."""
    change(new / "data" / "sections" / "energy.yaml", "2023: 410.5,", "2023: 0.50,")
    change(new / "data" / "sections" / "energy.yaml", "    sum: [gas, power]\n", "    values: {2024: 1583.25}\n")
    found = json.loads(told(old, new, "--format", "json"))

    assert {key: found[key] for key in ("format", "old", "new")} == {
        "format": 1,
        "old": {"name": str(old), "commit": ""},
        "new": {"name": str(new), "commit": ""},
    }
    assert found["changes"][0] == {
        "chapter": "energy",
        "kind": "figure",
        "id": "energy.gas",
        "what": "changed",
        "aspect": "values.2023",
        "period": "2023",
        "part": "",
        "language": "",
        "label": {"en": "Gas", "zh-Hant": "煤氣"},
        "old": {
            "said": "410.5 mwh",
            "amount": "410.5",
            "shown": {"en": "410.5 MWh", "zh-Hant": "410.5兆瓦時"},
            "file": "data/sections/energy.yaml",
            "line": 13,
            "column": 20,
        },
        "new": {
            "said": "0.50 mwh",
            "amount": "0.50",
            "shown": {"en": "0.50 MWh", "zh-Hant": "0.50兆瓦時"},
            "file": "data/sections/energy.yaml",
            "line": 13,
            "column": 20,
        },
        "change": {"amount": "-99.88", "unit": "percent"},
        "because": [],
    }


def test_no_change_for_programs(old, new):
    """An empty list."""
    assert json.loads(told(old, new, "--format", "json"))["changes"] == []


class Page(HTMLParser):
    """Reads a page: its elements, and whether each is closed in its turn."""

    def __init__(self, html):
        super().__init__()
        self.open, self.found, self.words = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture
def page(old, new):
    """The page that tells of a changed figure and two changed texts, in Chinese."""
    change(new / "data" / "sections" / "energy.yaml", "2024: 396.25", "2024: 400.25")
    change(new / "content" / "en" / "energy.md", "The mill is old.", "The mill is <b>new</b>.")
    change(new / "content" / "zh-Hant" / "energy.md", "工廠歷史悠久。", "工廠剛落成。")
    return told(old, new, "--format", "html", "--language", "zh-Hant")


def test_the_page_stands_by_itself(page):
    """Whole HTML in the language asked for, with a title, and nothing to fetch or to run."""
    read = Page(page)
    tags = [tag for tag, _ in read.found]

    assert read.open == []
    assert ("html", {"lang": "zh-Hant-HK"}) in read.found
    assert tags.count("h1") == tags.count("title") == tags.count("main") == 1
    assert not {"script", "link", "img", "iframe"} & set(tags)
    assert not [attrs for _, attrs in read.found if {"src", "href", "style", "onclick"} & set(attrs)]
    assert "url(" not in page
    assert "@import" not in page


def test_the_tables_of_the_page_can_be_read_aloud(page):
    """Each table has a caption and heads; each mark says in words what it is; English says that it is English."""
    read = Page(page)
    tags = [tag for tag, _ in read.found]

    assert tags.count("table") == tags.count("caption") == tags.count("thead") > 0
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in read.found if tag == "th")
    assert page.count("<del>") == page.count('<del><span class="said">刪去：</span>') == 2
    assert page.count("<ins>") == page.count('<ins><span class="said">加入：</span>') == 2
    assert page.count('<td role="cell" lang="en-GB">') == 2
    assert "&lt;b&gt;new&lt;/b&gt;" in page


def test_the_same_versions_make_the_same_bytes(old, new):
    """Nothing of the day or the machine is told."""
    change(new / "content" / "en" / "energy.md", "The mill is old.", "The mill is new.")

    for form in ("text", "json", "html"):
        assert told(old, new, "--format", form) == told(old, new, "--format", form)


def test_into_a_file(old, new, tmp_path):
    """What the screen would show, without colours, and the screen stays empty."""
    change(new / "content" / "en" / "energy.md", "The mill is old.", "The mill is new.")

    assert told(old, new, "--output", tmp_path / "diff.txt") == ""
    assert (tmp_path / "diff.txt").read_text(encoding="utf-8") == told(old, new)


def test_colours_only_on_a_terminal(old, new):
    """Marks stay where there are no colours."""
    change(new / "content" / "en" / "energy.md", "The mill is old.", "The mill is new.")

    assert "\x1b[31m[-old-]\x1b[0m\x1b[32m{+new+}\x1b[0m" in run(old, new, color=True).stdout
    assert "The mill is [-old-]{+new+}." in told(old, new)


@pytest.mark.parametrize(
    ("before", "after", "row"),
    [
        ("a b", "a b", " a b"),
        ("the old mill", "the new mill", " the |-old|+new|  mill"),
        ("one two three", "six seven three", "-one two|+six seven|  three"),
        ("1,078.25 t", "1,078.26 t", "-1,078.25|+1,078.26|  t"),
        ("烤爐於春季清潔。", "烤爐於秋季清潔。", " 烤爐於|-春|+秋| 季清潔。"),
        ("", "new", "+new"),
    ],
)
def test_words_are_marked(before, after, row):
    """Word by word, Chinese character by character; a space between two changes joins them."""
    assert [Piece({" ": "", "-": "del", "+": "ins"}[one[0]], one[1:]) for one in row.split("|")] == list(
        pieces(before, after)
    )


# --- git


def git(folder, *words):
    """Run git as a person would, with a name for the commits."""
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder, message):
    """Commit all there is."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture(params=["", "reports/mill"], ids=["at the root", "in a subfolder"])
def kept(request, tmp_path, monkeypatch):
    """A report under version control: gas was 396.25, then 398, and now 400.25, which is not committed."""
    repository = tmp_path / "repository"
    folder = mill(repository / request.param)
    git(repository, "init", "--quiet", "--initial-branch", "main")
    commit(repository, "first")
    git(repository, "tag", "approved")
    change(folder / "data" / "sections" / "energy.yaml", "2024: 396.25", "2024: 398")
    commit(repository, "second")
    change(folder / "data" / "sections" / "energy.yaml", "2024: 398", "2024: 400.25")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


GAS = "    2024: {} → {} ("


@pytest.mark.parametrize(
    ("versions", "was", "now"),
    [
        (["HEAD"], "398 MWh", "400.25 MWh"),
        (["HEAD~1"], "396.25 MWh", "400.25 MWh"),
        (["approved", "main"], "396.25 MWh", "398 MWh"),
        (["main", "approved"], "398 MWh", "396.25 MWh"),
    ],
)
def test_revisions(versions, was, now, kept):
    """A commit, tag or branch; the second version is what is written now, if it is left out."""
    assert GAS.format(was, now) in told(*versions, "--report", kept)


def test_a_revision_and_itself(kept):
    """Nothing changed."""
    assert told("HEAD", "HEAD", "--report", kept) == "nothing changed\n"


def test_the_commit_is_named(kept):
    """For programs and on the page: the whole name of the commit."""
    name = git(kept, "rev-parse", "approved")

    assert json.loads(told("approved", "--report", kept, "--format", "json"))["old"] == {
        "name": "approved",
        "commit": name,
    }
    (kept / "theme").symlink_to(ROOT / "theme")
    assert f"approved: commit {name}" in told("approved", "--report", kept, "--format", "html")


def test_working_tree_and_index_are_left_alone(kept, tmp_path):
    """Neither a file, nor the index, nor the state of the repository changes, and nothing temporary stays."""
    root = git(kept, "rev-parse", "--show-toplevel")
    before = {path: path.read_bytes() for path in (tmp_path / "repository").rglob("*") if path.is_file()}
    told("HEAD~1", "--report", kept)
    run("HEAD~7", "--report", kept)

    assert {path: path.read_bytes() for path in (tmp_path / "repository").rglob("*") if path.is_file()} == before
    assert git(root, "status", "--porcelain").startswith("M ")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_attributes_of_an_archive_do_not_matter(kept):
    """A file left out of archives, or with keywords put in, is read as it was committed."""
    (kept / ".gitattributes").write_text("data export-ignore\n*.md export-subst\n", encoding="utf-8")
    commit(kept, "third")

    assert told("HEAD", "--report", kept) == "nothing changed\n"


# --- what cannot be told


BAD = [
    ("an unknown revision", ["nowhere"], "nowhere: there is no revision 'nowhere'\n    name a commit, tag or branch"),
    ("before the first", ["HEAD~7"], "HEAD~7: there is no revision 'HEAD~7'"),
    ("a range", ["HEAD~1..HEAD"], "write two revisions as two words: crossfoot diff HEAD~1 HEAD"),
    ("no commit", ["HEAD:data"], "there is no revision 'HEAD:data'"),
    ("an unknown language", ["HEAD", "--language", "zh-hant"], "did you mean 'zh-Hant'?"),
    ("output in the data", ["HEAD", "--output", "data/diff.txt"], "data/diff.txt: the file lies inside 'data'"),
    ("output nowhere", ["HEAD", "--output", "no/diff.txt"], "no/diff.txt: the file cannot be written: no such file"),
]


@pytest.mark.parametrize(("words", "said"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_bad_input(words, said, kept, monkeypatch):
    """One clear problem, exit status 1, and nothing on the output."""
    monkeypatch.chdir(kept)
    result = run(*words)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert result.stderr.endswith("1 error\n")


def test_no_repository(old, monkeypatch):
    """A folder outside any repository is named."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(old.parent))
    result = run("HEAD", "--report", old)

    assert result.exit_code == 1
    assert f"HEAD: '{old}' is not in a git repository\n    name a folder that holds data/" in result.stderr


def test_no_git(old, monkeypatch):
    """Without git, folders can still be compared."""
    monkeypatch.setenv("PATH", str(old))

    assert "git: there is no git on this machine\n    install git, or name a folder" in run("HEAD").stderr
    assert told(old, old) == "nothing changed\n"


def test_a_revision_without_the_report(kept):
    """Where the report stood elsewhere then, that is said."""
    git(kept, "rm", "-r", "--quiet", "--cached", "data")
    git(kept, "commit", "--quiet", "--message", "moved away")
    result = run("HEAD", "--report", kept)

    assert result.exit_code == 1
    assert "HEAD: 'HEAD' has no folder 'data' here\n    the report stood elsewhere then" in result.stderr


def test_a_revision_that_cannot_be_read(kept):
    """One problem with the revision in its place, and how many more there are."""
    path = kept / "data" / "sections" / "energy.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("caption:", "heading:").replace("series:", "lines:"), encoding="utf-8")
    commit(kept, "another dialect")
    path.write_text(good, encoding="utf-8")
    result = run("HEAD", "--report", kept)

    assert result.exit_code == 1
    assert re.match(r"HEAD:data/sections/energy\.yaml:\d+:\d+: 'HEAD' cannot be read: ", result.stderr)
    assert "it was written for other rules than today's; compare with a later version" in result.stderr
    assert result.stderr.endswith("1 error\n")


def test_a_version_that_the_rules_refuse_is_still_told(old, new):
    """What cannot be published can be compared: a name that leads nowhere stands as it was typed."""
    change(new / "data" / "sections" / "energy.yaml", "    unit: percent", "    unit: nothing")
    change(new / "content" / "en" / "energy.md", "burned {{ value gas }}", "burned {{ value gass }}")
    said = told(old, new)

    assert "    unit: % → nothing\n" in said
    assert "[-396.25 MWh in 2024-]" in said or "{+{{ value gass }}" in said


def test_from_a_hook(kept):
    """Where git itself calls the command, in a plain locale, the folder still says which repository is meant."""
    command = ["diff", "HEAD", "--report", str(kept)]
    env = {**os.environ, "LC_ALL": "C", "LANG": "C", "GIT_DIR": ".git", "GIT_INDEX_FILE": "nowhere"}
    done = subprocess.run([sys.executable, "-m", "crossfoot", *command], capture_output=True, env=env, check=False)

    assert done.returncode == 0, done.stderr
    assert "398 MWh → 400.25 MWh" in done.stdout.decode("utf-8")
