"""Translations: which of them fell behind their originals, and the record that knows it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from case_files import cases
from conftest import ROOT
from crossfoot import Problems, build, figures, read_report
from crossfoot.__main__ import main
from crossfoot.accepted import Entry, fingerprint, record_file
from crossfoot.identity import Fact
from crossfoot.places import Place
from crossfoot.rules.pages import paragraphs_correspond
from crossfoot.rules.translations import translations_are_fresh
from crossfoot.translating import accept_translations, status_of, status_text
from crossfoot.translations import Comparison, Pair, accept, compared, judge
from small_report import change, contents, write
from test_rules import changed

ENGLISH = """\
The ovens burned {{ value gas }} in {{ period }}.

The mill has run since the war.

- The gas comes by pipe.
- The power comes by wire.

## {{ heading plans }}

Less gas will be burned.

More power will be used.
"""
CHINESE = """\
烤爐於{{ period }}使用{{ value gas }}。

麵粉廠自戰時起運作。

- 煤氣經管道輸送。
- 電力經電線輸送。

## {{ heading plans }}

煤氣用量將會減少。

電力用量將會增加。
"""
PLANS = "headings:\n  plans: {title: {en: Plans, zh-Hant: 計劃}}\n"
RECORD = "data/records/translations.zh-Hant.json"
COUNTS = re.compile(r"  \S|(fr|zh-Hant): \d")


@pytest.fixture
def mill(tmp_path):
    """A small report with two pages of words, in which no translation is recorded yet."""
    write(tmp_path, theme=False)
    (tmp_path / "content/en/energy.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "content/zh-Hant/energy.md").write_text(CHINESE, encoding="utf-8")
    path = tmp_path / "data/sections/energy.yaml"
    path.write_text(path.read_text(encoding="utf-8") + PLANS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def accepted(mill):
    """The same, all its translations accepted."""
    list(accept_translations(mill))
    return mill


def run(*words):
    """Return what a command answers."""
    return CliRunner().invoke(main, ["translations", *(str(word) for word in words)], catch_exceptions=False)


def told(folder):
    """Return what `status` tells, without the numbers at its end."""
    lines = [line for line in status_text(status_of(folder)) if not COUNTS.match(line)]
    return "".join(f"{line}\n" for line in lines)


def states(folder):
    """Return the state of each text that is not fresh, by its name."""
    return {one.pair.name: one.state for one in status_of(folder).chosen[0] if one.state != "fresh"}


def stale_in(folder):
    """Return what the rule tells while a report is built."""
    return [str(problem) for problem in sorted(translations_are_fresh(*read_report(folder)))]


@pytest.mark.parametrize("case", cases("translations.md"), ids=str)
def test_status(case, accepted):
    """One change to an accepted report is told in these words, or not at all."""
    changed(case.input, accepted)

    assert case.expected == told(accepted)


# -- accepting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("translations.md"), ids=str)
def test_whatever_was_told_is_settled_by_accepting_it(case, accepted):
    """After `accept --all` nothing is stale, new or edited; only what cannot be accepted is still told."""
    changed(case.input, accepted)
    list(accept_translations(accepted))

    assert set(states(accepted).values()) <= {"missing"}
    assert stale_in(accepted) == []


def test_a_changed_original_stays_stale_until_it_is_accepted(accepted):
    """Neither another build nor accepting another text makes it fresh; accepting it does."""
    change(accepted / "content/en/energy.md", "since the war", "since the peace")
    change(accepted / "content/en/energy.md", "by wire", "by cable")

    list(accept_translations(accepted, ["content/zh-Hant/energy.md:6"]))
    assert states(accepted) == {"energy.2": "stale"}

    list(accept_translations(accepted, ["energy.2"]))
    assert states(accepted) == {}


def test_accepting_one_text_keeps_the_entry_of_every_other(accepted):
    """The record differs in one line."""
    before = (accepted / RECORD).read_text(encoding="utf-8").splitlines()
    change(accepted / "content/en/energy.md", "since the war", "since the peace")

    list(accept_translations(accepted, ["energy.2"]))
    after = (accepted / RECORD).read_text(encoding="utf-8").splitlines()

    assert len(before) == len(after)
    assert [line.split(":")[0].strip() for line, other in zip(after, before, strict=True) if line != other] == ['"2"']


def test_a_stale_text_that_moved_stays_stale_when_another_is_accepted(accepted):
    """Accepting a new paragraph above it does not make it forget what it was made from."""
    for language, old, new in (
        ("en", "The mill has", "Hello.\n\nThe mill has not"),
        ("zh-Hant", "麵粉廠", "你好。\n\n麵粉廠"),
    ):
        change(accepted / f"content/{language}/energy.md", old, new)
    assert states(accepted) == {"energy.2": "new", "energy.3": "stale"}

    list(accept_translations(accepted, ["energy.2"]))

    assert states(accepted) == {"energy.3": "stale"}


def test_what_is_gone_is_taken_out_of_the_record(accepted):
    """A removed paragraph leaves no entry behind."""
    for language, old in (("en", "The mill has run since the war.\n\n"), ("zh-Hant", "麵粉廠自戰時起運作。\n\n")):
        change(accepted / f"content/{language}/energy.md", old, "")

    assert list(accept_translations(accepted)) == ["zh-Hant: nothing to accept; 1 gone, taken out"]
    assert '"4"' not in (accepted / RECORD).read_text(encoding="utf-8")


def test_paragraphs_that_do_not_correspond_keep_their_entries(accepted):
    """Nothing is accepted under such a heading, and nothing is lost: mended, it is as it was."""
    page = accepted / "content/en/energy.md"
    change(page, "Less gas will be burned.", "Less gas will be burned.\n\nMuch less.")
    record = (accepted / RECORD).read_bytes()

    assert list(accept_translations(accepted)) == [
        "zh-Hant: nothing to accept",
        "content/zh-Hant/energy.md:8: the paragraphs under this heading do not correspond to the original's; "
        "not accepted",
    ]
    assert (accepted / RECORD).read_bytes() == record
    change(page, "\n\nMuch less.", "")
    assert states(accepted) == {}


def test_the_record_is_the_same_bytes_each_time(accepted):
    """Sorted by file and path, numbers by their size; one line a text; nothing of the day or the machine."""
    record = (accepted / RECORD).read_bytes()
    (accepted / RECORD).unlink()
    list(accept_translations(accepted))

    assert (accepted / RECORD).read_bytes() == record
    texts = json.loads(record)["texts"]
    assert list(texts) == sorted(texts)
    assert list(texts["energy.md"]) == ["1", "2", "3", "4", "plans.1", "plans.2"]


def test_a_third_language_has_its_own_record(accepted):
    """What was accepted in one language says nothing of another."""
    change(accepted / "data/report.yaml", "  - {id: zh-Hant", "  - {id: fr, tag: fr, name: français}\n  - {id: zh-Hant")
    (accepted / "content/fr").mkdir()
    (accepted / "content/fr/index.md").write_text("Bienvenue.\n", encoding="utf-8")
    list(accept_translations(accepted))
    change(accepted / "content/en/index.md", "Welcome to the mill.", "Welcome.")
    change(accepted / "content/zh-Hant/index.md", "歡迎參觀麵粉廠。", "歡迎。")

    french, chinese = status_of(accepted).chosen
    assert [one.both_changed for one in french if one.state == "stale"] == [False]
    assert [one.both_changed for one in chinese if one.state == "stale"] == [True]
    assert run("accept", "content/fr/index.md", "--report", accepted).output == "fr: 1 stale accepted\n"
    assert [comparison.language for comparison in status_of(accepted).comparisons] == ["fr", "zh-Hant"]
    assert [one.pair.name for one in status_of(accepted).chosen[1] if one.state == "stale"] == ["index.1"]


# -- the record ----------------------------------------------------------------------------------------


def test_without_a_record_a_build_says_nothing(mill):
    """A report need not keep one."""
    change(mill / "content/en/energy.md", "since the war", "since the peace")

    assert stale_in(mill) == []
    assert told(mill) == "zh-Hant: no translation is recorded yet; crossfoot translations accept --all begins\n"


def test_a_build_warns_of_a_stale_translation_with_both_places(accepted):
    """A warning at the translation; the hint names the original and the command."""
    change(accepted / "content/en/energy.md", "since the war", "since the peace")
    change(accepted / "data/sections/energy.yaml", "{en: Gas, zh-Hant: 煤氣}", "{en: Coal, zh-Hant: 煤}")

    assert stale_in(accepted) == [
        "content/zh-Hant/energy.md:3: warning: the original of 'energy.2' has changed, its translation has not\n"
        "    mend it after content/en/energy.md:3, or keep it as it is; then: "
        "crossfoot translations accept content/zh-Hant/energy.md:3",
        "data/sections/energy.yaml:6:32: warning: "
        "'energy.indicators.gas.label' and its original have both changed since they were accepted\n"
        "    hold it against data/sections/energy.yaml:6, then: "
        "crossfoot translations accept data/sections/energy.yaml:6:32",
    ]


DAMAGED = {
    "empty": (lambda text: "", "data/records/translations.zh-Hant.json:1:1: the record is damaged"),
    "cut off": (lambda text: text[:200], "the record is damaged"),
    "conflict": (
        lambda text: text.replace('  "energy.md"', '<<<<<<< ours\n  "energy.md"'),
        "the record holds the marks of an unfinished merge",
    ),
    "a list": (lambda text: "[]\n", "data/records/translations.zh-Hant.json:1: the record is damaged"),
    "a hash cut": (lambda text: re.sub(r"[0-9a-f]{4}\"", '"', text, count=1), "the record was changed by hand"),
    "another order": (
        lambda text: json.dumps(json.loads(text), indent=1, sort_keys=True),
        "data/records/translations.zh-Hant.json:2: the record was changed by hand",
    ),
    "a text twice": (lambda text: re.sub(r'(   "2": .*\n)', r"\1\1", text), "the record was changed by hand"),
    "another reference": (
        lambda text: text.replace('"reference": "en"', '"reference": "fr"'),
        "data/records/translations.zh-Hant.json:4:2: the reference is 'en' now, but 'fr' in the record",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_record_is_one_problem_with_its_cure(name, accepted):
    """An error in a build, refused by `status` and `accept NAME`; `accept --all` writes it anew."""
    damage, message = DAMAGED[name]
    path = accepted / RECORD
    whole = path.read_text(encoding="utf-8")
    path.write_text(damage(whole), encoding="utf-8")
    broken = path.read_bytes()

    problems = list(translations_are_fresh(*read_report(accepted)))
    assert [(one.severity, one.hint) for one in problems] == [
        ("error", "look the translations over, then write the record anew: crossfoot translations accept --all")
    ]
    assert message in str(problems[0])
    for words in (("status",), ("accept", "energy.2")):
        result = run(*words, "--report", accepted)
        assert (result.exit_code, message in result.output) == (1, True)
    assert path.read_bytes() == broken
    assert run("accept", "--all", "--report", accepted).exit_code == 0
    assert path.read_text(encoding="utf-8") == whole


def test_a_record_with_the_line_ends_of_another_system_is_whole(accepted):
    """Version control may change line ends."""
    path = accepted / RECORD
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert states(accepted) == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_record_of_no_language_is_refused(accepted, language):
    """A record of the reference, or of a language that the report does not have."""
    (accepted / RECORD).rename(accepted / f"data/records/{record_file(language)}")

    told_ = stale_in(accepted)
    assert len(told_) == 1
    assert told_[0].startswith(f"data/records/translations.{language}.json: '{language}' is ")


def test_a_killed_write_leaves_the_record_as_it_was(accepted):
    """Killed at the moment before the new record takes the old one's place: nothing is lost, and the next one works."""
    change(accepted / "content/en/energy.md", "since the war", "since the peace")
    before = (accepted / RECORD).read_bytes()
    script = (
        "import os, sys, pathlib; from crossfoot.translating import accept_translations\n"
        "pathlib.Path.replace = lambda self, target: os._exit(9)\n"
        "list(accept_translations(pathlib.Path(sys.argv[1])))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(accepted)], check=False)

    assert done.returncode == 9
    assert (accepted / RECORD).read_bytes() == before
    assert states(accepted) == {"energy.2": "stale"}
    list(accept_translations(accepted))
    assert states(accepted) == {}
    assert [path.name for path in (accepted / "data/records").iterdir()] == [record_file("zh-Hant")]


def test_a_full_disk_leaves_the_record_as_it_was(accepted):
    """A sentence, not a traceback; here no file may be larger than 500 bytes."""
    change(accepted / "content/en/energy.md", "since the war", "since the peace")
    before = contents(accepted)
    script = (
        "import resource, signal, sys; from crossfoot.__main__ import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "main(['translations', 'accept', '--all', '--report', sys.argv[1]])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(accepted)], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "data/records/translations.zh-Hant.json: the record cannot be written: file too large" in done.stderr
    assert contents(accepted) == before


# -- the commands --------------------------------------------------------------------------------------


def test_status_ends_with_numbers_and_says_by_its_exit_whether_anything_is_stale(accepted):
    """0 where nothing is stale, 1 where something is; numbers for each file and for all."""
    result = run("status", "--report", accepted)
    assert (result.exit_code, result.output) == (0, "zh-Hant: 21 fresh\n")

    change(accepted / "content/zh-Hant/energy.md", "麵粉廠自", "本廠自")
    assert run("status", "--report", accepted).exit_code == 0

    change(accepted / "content/en/energy.md", "by wire", "by cable")
    result = run("status", "--report", accepted)
    assert result.exit_code == 1
    assert result.output.splitlines()[-2:] == [
        "  energy.md: 1 stale, 1 edited, 4 fresh",
        "zh-Hant: 1 stale, 1 edited, 19 fresh",
    ]


def test_status_for_programs(accepted):
    """A list of languages; each text with its state, its places and its words."""
    change(accepted / "content/en/energy.md", "by wire", "by cable")
    result = run("status", "--format", "json", "--report", accepted)

    assert result.exit_code == 1
    assert json.loads(result.output) == [
        {
            "language": "zh-Hant",
            "recorded": True,
            "gone": [],
            "not_compared": [],
            "texts": [
                {
                    "state": "stale",
                    "name": "energy.4",
                    "file": "energy.md",
                    "path": "4",
                    "both_changed": False,
                    "place": "content/zh-Hant/energy.md:6",
                    "words": "電力經電線輸送。",
                    "original_place": "content/en/energy.md:6",
                    "original_words": "The power comes by cable.",
                }
            ],
            "fresh": 20,
        }
    ]


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("content/zh-Hant/energy.md", {"energy.2", "energy.plans.1"}),
        ("content/en/energy.md", {"energy.2", "energy.plans.1"}),
        ("energy.md", {"energy.2", "energy.plans.1"}),
        ("content/en/energy.md:3", {"energy.2"}),
        ("content/zh-Hant/energy.md:3:1", {"energy.2"}),
        ("content/en/energy.md:11", {"energy.plans.1"}),
        ("energy.plans", {"energy.plans.1"}),
        ("energy.plans.1", {"energy.plans.1"}),
        ("plans", {"energy.plans.1"}),
        ("data/sections/energy.yaml", {"energy.indicators.gas.label"}),
        ("sections/energy.yaml", {"energy.indicators.gas.label"}),
        ("data/sections/energy.yaml:6", {"energy.indicators.gas.label"}),
        ("data/sections/energy.yaml:6:17", {"energy.indicators.gas.label"}),
        ("indicators.gas.label", {"energy.indicators.gas.label"}),
        ("energy.indicators", {"energy.indicators.gas.label"}),
        ("sections/energy.yaml indicators.gas.label", {"energy.indicators.gas.label"}),
    ],
)
def test_a_text_is_called_by_its_file_line_keys_or_heading(name, names, accepted):
    """Whatever `status` prints can be typed after `accept`, and accepts that and no more."""
    change(accepted / "content/en/energy.md", "since the war", "since the peace")
    change(accepted / "content/en/energy.md", "Less gas", "No gas")
    change(accepted / "data/sections/energy.yaml", "{en: Gas,", "{en: Coal,")
    before = set(states(accepted))

    result = run("accept", name, "--report", accepted)

    assert (result.exit_code, result.output) == (0, f"zh-Hant: {len(names)} stale accepted\n")
    assert before - set(states(accepted)) == names


def test_a_file_may_be_named_as_it_is_seen_from_here(accepted, monkeypatch):
    """The shell's own completion of a path works, wherever the report stands."""
    change(accepted / "content/en/energy.md", "since the war", "since the peace")
    monkeypatch.chdir(accepted.parent)
    name = f"{accepted.name}/content/en/energy.md:3"

    assert run("accept", name, "--report", accepted.name).output == "zh-Hant: 1 stale accepted\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("energy.plams", "energy.plams: there is no such text\n    did you mean 'energy.plans'?\n"),
        (
            "content/en/enrgy.md",
            "content/en/enrgy.md: there is no such text\n    did you mean 'content/en/energy.md'?\n",
        ),
        (
            "content/en/energy.md:0",
            "content/en/energy.md:0: there is no such text\n    did you mean 'content/en/energy.md'?",
        ),
        ("title", "title: it names texts of 3 files\n    write one of them: energy.title, home.title, report.title\n"),
        ("xyz", "xyz: there is no such text\n    write a file, FILE:LINE, a path of keys, or PAGE.HEADING"),
    ],
)
def test_a_name_that_names_nothing_is_refused(name, message, accepted):
    """With what may have been meant; nothing is written, not even for the names that are right."""
    change(accepted / "content/en/energy.md", "since the war", "since the peace")
    before = contents(accepted)

    for words in (("accept", "energy.2", name), ("status", name)):
        result = run(*words, "--report", accepted)
        assert (result.exit_code, result.stderr.startswith(message)) == (1, True), result.stderr
    assert contents(accepted) == before


def test_of_two_texts_on_one_line_the_column_names_one(accepted):
    """A line names both, a line and column as `status` prints them only one."""
    path = accepted / "data/sections/energy.yaml"
    change(
        path,
        "headings:\n  plans: {title: {en: Plans, zh-Hant: 計劃}}",
        "headings: {plans: {title: {en: Plan, zh-Hant: 計劃}}, past: {title: {en: Past, zh-Hant: 過去}}}",
    )
    assert states(accepted) == {"energy.headings.plans.title": "stale", "energy.headings.past.title": "new"}

    assert run("accept", "data/sections/energy.yaml:24:72", "--report", accepted).output == "zh-Hant: 1 new accepted\n"
    assert states(accepted) == {"energy.headings.plans.title": "stale"}


def test_a_report_of_one_language_has_nothing_to_translate(mill):
    """Both commands say so."""
    change(mill / "data/report.yaml", "  - {id: zh-Hant, tag: zh-Hant-HK, name: 繁體中文}\n", "")
    shutil.rmtree(mill / "content/zh-Hant")

    for words in (("status",), ("accept", "--all")):
        result = run(*words, "--report", mill)
        assert (result.exit_code, result.output) == (0, "the report has one language: there is nothing to translate\n")
    assert not (mill / "data/records").exists()


@pytest.mark.parametrize("words", [(), ("--all", "energy.2")])
def test_accept_is_told_what_to_accept(words, accepted):
    """Never everything by mistake."""
    result = run("accept", *words, "--report", accepted)

    assert result.exit_code == 2
    assert "name the texts to accept, or write '--all'" in result.output


def test_the_commands_answer_a_report_that_cannot_be_read(accepted):
    """With the problems of the report; the record is as it was."""
    change(
        accepted / "data/sections/energy.yaml",
        "unit: mwh\n    values: {2023: 410.5",
        "unti: mwh\n    values: {2023: 410.5",
    )
    before = contents(accepted)

    for words in (("status",), ("accept", "--all")):
        result = run(*words, "--report", accepted)
        assert result.exit_code == 1
        assert "'unti' is not a known key" in result.stderr
    assert contents(accepted) == before


# -- judging -------------------------------------------------------------------------------------------


def test_a_fingerprint_counts_words_and_figures_not_their_look():
    """White space, line ends and the form of an insert do not count; letters, marks and names do."""
    same = ["a {{ value x }} b", "a {{value  x plain}}\n b", "a{{ value x words }}b"]
    other = ["a {{ value y }} b", "a {{ value x 2018 }} b", "A {{ value x }} b", "a {{ value x }} b."]

    assert {fingerprint(one) for one in same} == {fingerprint(same[0])}
    assert len({fingerprint(one) for one in (same[0], *other)}) == 5


def test_each_entry_is_taken_by_one_text(accepted):
    """Of two texts that share a wording with one entry, only one is stale; the other is new."""
    pairs = [one.pair for one in status_of(accepted).chosen[0]][:2]
    entries = {("energy.md", "9"): Entry("0" * 16, pairs[1].entry.translation)}
    again = [Pair("energy.md", path, pairs[1].original, pairs[1].translation) for path in ("1", "2")]

    judged, free = judge(again, entries)

    assert sorted(one.state for one in judged) == ["new", "stale"]
    assert free == {}


WORDS = st.tuples(st.integers(0, 5).map("en{}".format), st.integers(0, 5).map("zh{}".format))


@given(before=st.lists(WORDS, max_size=6), after=st.lists(WORDS, max_size=6))
def test_whatever_is_done_to_a_page_its_texts_are_judged_soundly(before, after):
    """A text is fresh if and only if its two wordings were accepted together; no entry is used twice or lost; accepting
    all settles all.
    """
    entries = {("page.md", str(number)): one.entry for number, one in enumerate(paired(before), 1)}
    pairs = paired(after)

    judged, free = judge(pairs, entries)

    assert [one.pair for one in judged] == pairs
    assert [one.state == "fresh" for one in judged] == [pair.entry in entries.values() for pair in pairs]
    used = [one.entry for one in judged if one.entry is not None]
    assert Counter(used) + Counter(free.values()) == Counter(entries.values())
    assert all(one.entry.original == one.pair.entry.original for one in judged if one.state == "edited")
    settled = accept(Comparison("zh-Hant", judged, True, free, {}, ()), judged)
    assert [one.state for one in judge(pairs, settled)[0]] == ["fresh"] * len(pairs)


def paired(wordings):
    """Return the paragraphs of a page as pairs."""
    return [
        Pair(
            "page.md",
            str(number),
            *(Fact("page.md", (number,), "text", one, Place("page.md", number)) for one in words),
        )
        for number, words in enumerate(wordings, 1)
    ]


def test_the_texts_of_the_report_are_judged():
    """All strings and paragraphs of the repository's report."""
    report, pages = read_report(ROOT)
    comparison = compared(report, pages, "zh-Hant")

    assert len(comparison.judged) > 1500
    assert comparison.unlike == ()


# -- structure -----------------------------------------------------------------------------------------


def test_a_translation_is_built_as_its_original(mill):
    """Each difference names both places."""
    page = mill / "content/zh-Hant/energy.md"
    change(page, "- 煤氣經管道輸送。\n- 電力經電線輸送。\n", "煤氣經管道輸送。\n\n1. 電力經電線輸送。\n")
    change(page, "電力用量將會增加。", "電力用量將會增加。\n\n完。\n\n> 再見。")

    assert [str(one) for one in paragraphs_correspond(*read_report(mill))] == [
        "content/zh-Hant/energy.md:1: 3 paragraphs here, 2 paragraphs in the original\n"
        "    compare content/en/energy.md:1: each has its counterpart, in the same order",
        "content/zh-Hant/energy.md:7: a list of 2 points of the original is missing here\n"
        "    compare content/en/energy.md:5: each has its counterpart, in the same order",
        "content/zh-Hant/energy.md:7: a numbered list of 1 point here, but not in the original\n"
        "    compare content/en/energy.md:5: each has its counterpart, in the same order",
        "content/zh-Hant/energy.md:11: 3 paragraphs here, 2 paragraphs in the original\n"
        "    compare content/en/energy.md:10: each has its counterpart, in the same order",
        "content/zh-Hant/energy.md:17: a quotation here, but not in the original\n"
        "    compare content/en/energy.md:8: each has its counterpart, in the same order",
        "content/zh-Hant/energy.md:17: a paragraph of a quotation here, but not in the original\n"
        "    compare content/en/energy.md:8: each has its counterpart, in the same order",
    ]


SHAPES = [
    ("a\n\nb\n", "a\n\nb\n", []),
    ("a\n\nb\n", "a\nb\n", ["a paragraph here, 2 paragraphs in the original"]),
    ("a\nb\n", "a\n\nb\n", ["2 paragraphs here, a paragraph in the original"]),
    ("- a\n- b\n", "- a\n- b\n", []),
    ("- a\n- b\n", "* a\n* b\n", []),
    ("- a\n- b\n", "- a\n- b\n- c\n", ["a list of 3 points here, a list of 2 points in the original"]),
    ("- a\n\n- b\n", "- a\n- b\n", []),
    (
        "- a\n  - b\n",
        "- a\n- b\n",
        [
            "a list of 2 points here, a list of 1 point in the original",
            "a list of 1 point of the original is missing here",
        ],
    ),
    ("- a\n\n  b\n", "- a\n", ["a paragraph in a list point of the original is missing here"]),
    ("> a\n>\n> b\n", "> a\n>\n> b\n", []),
    ("> a\n>\n> b\n", "> a\n", ["a paragraph of a quotation here, 2 paragraphs of a quotation in the original"]),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| c | d |\n|---|---|\n| 3 | 4 |\n", []),
    (
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "| c | d |\n|---|---|\n",
        ["a table of 2 cells here, a table of 4 cells in the original"],
    ),
    ("a\n\n{{ table x }}\n", "a\n", []),
    ("a\n\n{{ table x }}\n\nb\n", "a\n\nb\n", []),
    (
        "{{ table x }}\n\na\n",
        "a\n\n{{ table x }}\n",
        ["a paragraph here, but not in the original", "a paragraph of the original is missing here"],
    ),
]


@pytest.mark.parametrize(("original", "translation", "expected"), SHAPES)
def test_the_shape_of_a_translation(original, translation, expected, mill):
    """What is built alike is silent, whatever its words; what is not is told once."""
    (mill / "content/en/index.md").write_text(original, encoding="utf-8")
    (mill / "content/zh-Hant/index.md").write_text(translation, encoding="utf-8")

    assert sorted(one.message for one in paragraphs_correspond(*read_report(mill))) == sorted(expected)


def test_tables_and_charts_stand_in_the_same_order(mill):
    """What stands alone on a line has its place among the paragraphs; that one is missing is told by another rule."""
    for language, end in (
        ("en", "\n{{ table use }}\n\nAnd:\n\n{{ chart use }}\n"),
        ("zh-Hant", "\n{{ chart use }}\n\n另外：\n\n{{ table use }}\n"),
    ):
        page = mill / f"content/{language}/energy.md"
        page.write_text(page.read_text(encoding="utf-8") + end, encoding="utf-8")

    found = [one.message for one in paragraphs_correspond(*read_report(mill))]
    assert found
    assert all("stands elsewhere in the original" in one or "paragraph" in one for one in found)


# -- what is not translated ----------------------------------------------------------------------------


@pytest.fixture
def undrawn(monkeypatch):
    """Drawings are no matter here."""
    monkeypatch.setattr(figures, "render_chart", lambda *given, **more: "<svg/>")


@pytest.fixture
def partly(mill, undrawn):
    """A report that lacks a label, a description and a page of its second language."""
    shutil.copytree(ROOT / "theme", mill / "theme")
    page = mill / "content/en/energy.md"
    page.write_text(f"{ENGLISH}\n{{{{ table use }}}}\n\n{{{{ chart use }}}}\n", encoding="utf-8")
    (mill / "content/zh-Hant/energy.md").unlink()
    path = mill / "data/sections/energy.yaml"
    change(path, "label: {en: Gas, zh-Hant: 煤氣}", "label: {en: Gas}\n    definition: {en: From the town.}")
    change(path, "caption: {en: Energy use, zh-Hant: 能源用量}", "caption: {en: Energy use}")
    return mill


def pages_of(folder):
    """Return the site and its pages by path."""
    site = build(folder, site_url="https://example.org/")
    return site, {view.path: view for view in site.pages}


def told_by(folder, policy):
    """Set the policy of *folder* and return what its build tells."""
    path = folder / "data/report.yaml"
    if policy:
        path.write_text(path.read_text(encoding="utf-8") + f"untranslated: {policy}\n", encoding="utf-8")
    try:
        return [str(one).splitlines()[0] for one in build(folder).warnings]
    except Problems as problems:
        return [str(one).splitlines()[0] for one in problems.found]


MISSING = [
    ("content/zh-Hant/energy.md: ", "this page is missing"),
    ("data/sections/energy.yaml:6:12: ", "'Gas' has no wording in 'zh-Hant'"),
    ("data/sections/energy.yaml:7:17: ", "'From the town.' has no wording in 'zh-Hant'"),
    ("data/sections/energy.yaml:17:14: ", "'Energy use' has no wording in 'zh-Hant'"),
]


@pytest.mark.parametrize("policy", ["", "error"])
def test_a_missing_translation_is_a_mistake(partly, policy):
    """Unless the report says otherwise, nothing is published."""
    assert told_by(partly, policy) == [place + message for place, message in MISSING]


def test_a_missing_translation_may_be_shown_in_the_original(partly):
    """Every one of them is a warning, so that a strict build stops."""
    assert told_by(partly, "fallback") == [f"{place}warning: {message}" for place, message in MISSING]


def test_a_missing_translation_may_be_left_out(partly):
    """A definition and a page are left out without a word; a label and a caption cannot be."""
    assert told_by(partly, "hide") == [
        f"{MISSING[1][0]}warning: {MISSING[1][1]}",
        f"{MISSING[3][0]}warning: {MISSING[3][1]}",
    ]


@pytest.mark.parametrize("policy", ["fallback", "hide"])
def test_the_frame_of_a_report_is_always_translated(partly, policy):
    """Title, periods and units are needed in every language, whatever may be missing elsewhere."""
    change(partly / "data/report.yaml", "name: {en: Tally Mills, zh-Hant: 穗豐麵粉廠}", "name: {en: Tally Mills}")
    change(partly / "data/units.yaml", "{en: MWh, zh-Hant: 兆瓦時}", "{en: MWh}")

    found = [one for one in told_by(partly, policy) if "warning" not in one]
    assert [one.split(": ", 1)[1] for one in found] == [
        "'Tally Mills' has no wording in 'zh-Hant'",
        "'MWh' has no wording in 'zh-Hant'",
    ]


@pytest.mark.parametrize("policy", ["fallback", "hide"])
def test_the_original_itself_is_never_missing(partly, policy):
    """A wording or page that the reference language lacks is a mistake under every policy."""
    change(partly / "data/sections/energy.yaml", "{en: Electricity, zh-Hant: 電力}", "{zh-Hant: 電力}")
    assert "data/sections/energy.yaml:11:12: '電力' has no wording in 'en'" in told_by(partly, policy)

    (partly / "content/en/index.md").unlink()
    assert "content/en/index.md: this page is missing" in told_by(partly, "")


def test_an_unknown_policy_is_refused(partly):
    """With those that there are."""
    assert "data/report.yaml" in told_by(partly, "show")[0]


def test_a_text_shown_in_the_original_is_marked(partly):
    """Its language is on the element, and words beside it say that it is not yet translated."""
    told_by(partly, "fallback")
    _, views = pages_of(partly)
    page = views["zh-Hant/energy/index.html"].html

    assert '<span lang="en-GB">Gas</span>' in page
    assert '<span lang="en-GB">Energy use</span> <small class="untranslated">尚未翻譯，以英文顯示</small>' in page
    assert "untranslated" not in views["en/energy/index.html"].html


def test_a_page_shown_in_the_original_is_marked_at_its_top(partly):
    """Its sentences carry their language; headings, tables and charts are the translation's own."""
    told_by(partly, "fallback")
    site, views = pages_of(partly)
    page = views["zh-Hant/energy/index.html"]

    assert page.html.startswith('<p class="untranslated-page">本頁尚未翻譯，現以英文顯示')
    assert '<p lang="en-GB">The mill has run since the war.</p>' in page.html
    assert '<ul lang="en-GB">' in page.html
    assert ">計劃</h2>" in page.html
    assert "396.25 MWh" in page.html
    assert page.title == "能源"
    assert 'lang="en-GB"' not in views["en/energy/index.html"].html
    assert "zh-Hant/energy/" in site.files["sitemap.xml"]


def test_a_page_that_is_left_out_is_linked_in_the_original(partly):
    """Menu, switch, site map and links of the language know that it is not there."""
    told_by(partly, "hide")
    change(partly / "content/zh-Hant/index.md", "歡迎參觀麵粉廠。", "歡迎參觀麵粉廠，詳見{{ link energy }}。")
    change(partly / "content/en/index.md", "Welcome to the mill.", "Welcome to the mill; see {{ link energy }}.")
    site, views = pages_of(partly)
    home, original = views["zh-Hant/index.html"], views["en/energy/index.html"]

    assert "zh-Hant/energy/index.html" not in views
    assert [link.href for link in home.menu if "energy/index.html" in link.href and "figures" not in link.href] == []
    assert '<a href="../en/energy/index.html">1 能源（英文）</a>' in home.html
    assert [(link.text, link.href) for link in original.languages] == [
        ("English", "index.html"),
        ("繁體中文（尚未有本頁，前往主頁）", "../../zh-Hant/index.html"),
    ]
    assert [link.tag for link in original.alternates] == ["en-GB", "x-default"]
    assert "zh-Hant/energy/<" not in site.files["sitemap.xml"]


def test_a_definition_that_is_left_out_leaves_nothing_behind(partly):
    """Neither the original nor an empty note."""
    told_by(partly, "hide")
    _, views = pages_of(partly)

    assert not [path for path, view in views.items() if path.startswith("zh-Hant/") and "From the town" in view.html]
    assert [path for path, view in views.items() if path.startswith("en/") and "From the town" in view.html]
