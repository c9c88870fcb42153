"""The YAML reader: a correct value or a clear problem at its place.

Never a traceback, a hang or a silent misreading.
"""

import copy
import json
import os
import re
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from string import printable

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_files import cases
from crossfoot import textfile, yamlfile
from crossfoot.places import Place, Problems
from crossfoot.yamlfile import DEEPEST, Items, Node, read

CASES = cases("yaml.md")
quickly = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


@pytest.fixture
def write(tmp_path):
    """A function that writes a file and returns how it is read."""

    def written(content):
        path = tmp_path / "x.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path, "x.yaml")

    return written


@pytest.fixture
def told(write):
    """A function that writes a file and returns what its author is told."""

    def found(content):
        with pytest.raises(Problems) as problems:
            write(content)
        return str(problems.value)

    return found


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request, monkeypatch):
    """The parser in C, and the one in Python that stands in where it is missing."""
    if not hasattr(yaml, request.param):
        pytest.fail("PyYAML came without libyaml: install a wheel of it", pytrace=False)
    monkeypatch.setattr(yamlfile, "_PARSER", getattr(yaml, request.param))
    return request.param


# The table of cases.


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case, write):
    """Each case of cases/yaml.md reads as it says there."""
    assert case.expected == outcome(case, write)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_without_libyaml(case, write, monkeypatch):
    """The parser in Python reads the same values and refuses the same files; it alone refuses a tab in a text."""
    monkeypatch.setattr(yamlfile, "_PARSER", yaml.SafeLoader)

    if case.title == "A tab inside a text or after the colon is harmless":
        assert outcome(case, write).startswith("x.yaml:1:5: a tab stands where spaces belong")
    elif case.title == "A surrogate":
        assert outcome(case, write).startswith("x.yaml:1:4: the invisible character U+D83D cannot stand")
    else:
        assert case.expected == outcome(case, write)


def outcome(case, write):
    try:
        value = write(case.input.replace("→", "\t")).value
    except Problems as problems:
        return f"{problems}\n"
    return "".join(f"{shown(key)}: {shown(part)}\n" for key, part in value.items())


def shown(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{shown(key)}: {shown(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def test_every_problem_says_what_to_write_and_has_no_jargon(write):
    """A message is lower case without a full stop, has a hint, and uses the author's words."""
    jargon = re.compile(r"\b(mapping|scalar|sequence|token|scanner|parser|node|document|block|flow|stream)\b", re.I)
    for case in CASES:
        try:
            write(case.input.replace("→", "\t"))
        except Problems as problems:
            for problem in problems.found:
                assert problem.hint, case
                assert not jargon.search(f"{problem.message}\n{problem.hint}"), case
                assert not problem.message.endswith("."), case
                assert not problem.message[0].isupper(), case
                assert problem.rule == "yaml"


# What one slip does to a file that was right.

RIGHT = """\
title: {en: "Energy", zh-Hant: 能源}
indicators:
  gas:
    label: {en: Gas, zh-Hant: 燃氣}
    unit: kWh
    values: {2017: 12.50, 2018: 13}
  oil:
    label:
      en: Oil
      zh-Hant: "燃油"
    values: {2018: 7}
    sum: [gas, coal]
rows:
  - gas
  - oil
"""


def slips():
    """Return each place of a sign that an author may forget, with the line it stands in."""
    for at, sign in enumerate(RIGHT):
        row = RIGHT.count("\n", 0, at) + 1
        if sign in ':"{}[],' or (sign == "-" and RIGHT[at + 1] == " "):
            yield pytest.param(at, row, id=f"line {row}, column {at - RIGHT.rfind(chr(10), 0, at)}: {sign}")


def test_the_file_that_was_right(write):
    """Without a slip it reads."""
    assert Decimal("12.50") == write(RIGHT).value["indicators"]["gas"]["values"]["2017"]


@pytest.mark.parametrize(("at", "row"), list(slips()))
def test_a_forgotten_sign_is_told_where_it_was_forgotten(at, row, told, write):
    """A forgotten comma, colon, quote, bracket or dash gives one problem, in its line or the next."""
    changed = RIGHT[:at] + RIGHT[at + 1 :]
    if RIGHT[at : at + 2] == ", " and "[" in RIGHT.split("\n")[row - 1]:
        assert "gas coal" in str(write(changed).value), (
            "in a list, words without a comma are one text: a name with a space"
        )
        return

    problems = told(changed).split("x.yaml:")[1:]

    assert len(problems) == 1, problems
    assert int(problems[0].split(":")[0]) in (row, row + 1), problems


# Bytes.


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end, write):
    """Windows and old Mac line ends are line ends: same values, same places, no \\r left in a text."""
    document = write(f"a: 1{end}b: |{end}  x{end}  y{end}c:{end}  - z{end}".encode())

    assert document.value == {"a": 1, "b": "x\ny\n", "c": ["z"]}
    assert Place("x.yaml", 6, 5) == document.place(("c", 0))


def test_a_byte_order_mark_is_no_part_of_the_first_key(write):
    """Notepad's mark is left out and takes no column."""
    document = write(b"\xef\xbb\xbflabel: x\n")

    assert document.value == {"label": "x"}
    assert Place("x.yaml", 1, 1) == document.key_place(("label",))


def test_columns_count_characters(write):
    """Chinese and emoji take one column each, as in an editor."""
    assert Place("x.yaml", 1, 16) == write("a: {能源: 📱📱, b: x}").place(("a", "b"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "x.yaml: the file says nothing\n    write its keys, or delete the file"),
        (b"\xef\xbb\xbf", "x.yaml: the file says nothing\n    write its keys, or delete the file"),
        (
            "a: 1\nb: Zoé\n".encode("latin-1"),
            "x.yaml:2:6: the byte E9 is not UTF-8 text\n    save it again as UTF-8",
        ),
        ("a: 能源\n".encode("big5"), "x.yaml:1:4: the byte AF is not UTF-8 text\n    save it again as UTF-8"),
        (
            "a: 1\nb: 能源".encode()[:-1],
            "x.yaml:2:5: the file ends inside a character\n"
            "    it was cut off: copy it again, or save it again as UTF-8",
        ),
        (
            "能: 1\n".encode("utf-16"),
            "x.yaml: the file is saved as UTF-16 or UTF-32, not as UTF-8\n    save it again as UTF-8",
        ),
        (
            "label: energy\n".encode("utf-16-le"),
            "x.yaml: the file is saved as UTF-16 or UTF-32, not as UTF-8\n    save it again as UTF-8",
        ),
        (
            "label: energy\n".encode("utf-16-be"),
            "x.yaml: the file is saved as UTF-16 or UTF-32, not as UTF-8\n    save it again as UTF-8",
        ),
        (
            "label: energy\n".encode("utf-32"),
            "x.yaml: the file is saved as UTF-16 or UTF-32, not as UTF-8\n    save it again as UTF-8",
        ),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff",
            "x.yaml: this is not a text file\n    put a text file in its place",
        ),
        (
            b"a: 1\nb: x\x00y\n",
            "x.yaml:2:5: the invisible character U+0000 cannot stand in a text\n    delete it",
        ),
        (
            b"a: \x08\x1b\x08\n",
            "x.yaml:1:4: the invisible character U+0008 cannot stand in a text\n    delete it; the file has 2 of them\n"
            "x.yaml:1:5: the invisible character U+001B cannot stand in a text\n    delete it",
        ),
        (
            "a: one\u2028two\n".encode(),
            "x.yaml:1:7: the invisible character U+2028 (line separator) cannot stand in a text\n    delete it",
        ),
        (
            "a: x\n\ufeffb: y\n".encode(),
            "x.yaml:2:1: the invisible character U+FEFF (zero width no-break space) cannot stand in a text\n"
            "    delete it",
        ),
        (
            "a: 能\ufffd\n".encode(),
            "x.yaml:1:5: '\ufffd' stands where a character was lost\n    type the lost character again",
        ),
    ],
)
def test_bytes_that_are_no_clean_text(content, expected, told):
    """A file that is not UTF-8, was cut off or hides control characters gives one problem for each cause."""
    assert expected == told(content)


@given(st.binary(max_size=200))
@quickly
def test_any_bytes(tmp_path_factory, content):
    """Whatever stands in a file, it reads or it raises Problems."""
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)

    assert reads_or_says(path)


# Files that are no files.


def refusal(path):
    with pytest.raises(Problems) as problems:
        read(path, "data/x.yaml")
    return str(problems.value)


def test_a_missing_file(tmp_path):
    """A missing file is a problem, a broken link as well."""
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
    expected = "data/x.yaml: there is no such file\n    look at its name and folder, small and capital letters included"

    assert expected == refusal(tmp_path / "x.yaml")
    assert expected == refusal(tmp_path / "link.yaml")


def test_a_folder_with_the_name_of_a_file(tmp_path):
    """A folder is no file."""
    assert refusal(tmp_path) == "data/x.yaml: this is a folder, not a file\n    give the folder another name"


def test_a_pipe(tmp_path):
    """A pipe is not waited for."""
    os.mkfifo(tmp_path / "x.yaml")

    expected = "data/x.yaml: this is not an ordinary file\n    put a text file in its place"
    assert expected == refusal(tmp_path / "x.yaml")


@pytest.fixture
def an_ordinary_user():
    """Lays down root's right to read everything while a test runs."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


@pytest.mark.usefixtures("an_ordinary_user")
def test_a_file_that_may_not_be_read():
    """A file without the right to read it is a problem."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.yaml")
        path.touch(mode=0)

        expected = "data/x.yaml: the file may not be opened\n    give yourself the right to read it"
        assert expected == refusal(path)


def test_a_file_that_cannot_be_reached(tmp_path):
    """Any other trouble with the disk is told with the system's reason."""
    (tmp_path / "x.yaml").symlink_to(tmp_path / "x.yaml")

    assert refusal(tmp_path / "x.yaml").startswith("data/x.yaml: there is no such file")
    assert refusal(tmp_path / ("x" * 300)).startswith("data/x.yaml: the file cannot be read: file name too long")


def test_a_file_beyond_all_measure(tmp_path):
    """A file of more than 64 MB is not even opened."""
    with (tmp_path / "x.yaml").open("wb") as file:
        file.truncate(textfile.LARGEST + 1)

    expected = "data/x.yaml: the file is larger than 64 MB\n    divide it"
    assert expected == refusal(tmp_path / "x.yaml")


# Depth and size.


@pytest.mark.parametrize(
    "content",
    [
        "a: " + "[" * 10_000 + "]" * 10_000,
        "a: " + "[" * 10_000,
        "a: " + "{x: " * 10_000,
        "a: " + "[{x: " * 5_000,
        "- " * 10_000,
        "".join(" " * depth + "a:\n" for depth in range(2_000)),
        "".join(" " * depth + "-\n" for depth in range(2_000)),
        "".join(" " * depth + "- a:\n" for depth in range(0, 2_000, 2)),
    ],
    ids=["brackets", "open brackets", "braces", "both", "dashes", "keys", "lines of dashes", "dashes and keys"],
)
def test_depth_without_end(content, told, parser):
    """However deep a file is nested, it gives one problem and no crash."""
    message = told(content)

    assert message.count("x.yaml:") == 1
    assert ": nested deeper than 50 levels\n" in message


def test_the_greatest_depth(write, told):
    """Fifty levels are read, fifty-one are not."""
    assert write("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)).value
    assert "nested deeper" in told("a: " + "[" * DEEPEST + "]" * DEEPEST)


HUGE = 300_000


@pytest.mark.parametrize(
    ("head", "again", "tail", "expected"),
    [
        pytest.param("a: ", "x", "", None, id="word"),
        pytest.param('a: "', "x y\n   ", '"', None, id="quoted text"),
        pytest.param("a: |\n", "  x\n", "", None, id="text of many lines"),
        pytest.param("", "#", "\na: 1", None, id="comment"),
        pytest.param("", "\n", "a: 1", None, id="empty lines"),
        pytest.param("a: 1", " ", "", None, id="spaces"),
        pytest.param("", "k", ": 1", "x.yaml:1:1: a key is longer than 1000 characters", id="key"),
        pytest.param("a: ", "1", "", "x.yaml:1:4: '11111111111111111111111111111…' has 300000 digits", id="number"),
        pytest.param("a: ", "b: ", "", "x.yaml:1:5: a second colon stands in", id="colons"),
        pytest.param('a: "', "x\n", "", 'x.yaml:1:4: the quote " opened here is not closed', id="open quote"),
        pytest.param("", "a: 1\n", "", "x.yaml:2:1: 'a' is written twice", id="the same key"),
        pytest.param("a: &x [", "*x, ", "]", "x.yaml:1:4: a value cannot start with '&'", id="aliases"),
        pytest.param("", "a: b #c\n", "", "x.yaml:1:6: '#c' is cut off as a comment", id="cut off"),
        pytest.param(
            "a: ", "{{ value x }}, ", "", "x.yaml:1:4: a text with '{{ value x }}' needs quotes", id="inserts"
        ),
    ],
)
def test_huge_texts_lines_and_keys(head, again, tail, expected, write, told):
    """No line, text, key or heap of mistakes is so large that it takes long."""
    content = head + again * HUGE + tail
    begun = time.process_time()
    if expected:
        assert told(content).startswith(expected)
    else:
        assert write(content).value

    assert time.process_time() - begun < 5


def test_a_line_with_many_values(write, told):
    """A list of a hundred thousand points on one line is read, and its missing bracket found."""
    content = "a: [" + "b, " * 100_000

    assert len(write(content + "]").value["a"]) == 100_000
    assert told(content).startswith("x.yaml:1:4: the [ opened here is not closed")


def test_ten_megabytes(write):
    """A data folder a thousand times the size of a report's is read in seconds."""
    entry = "k{0}:\n  label: {{en: Energy, zh-Hant: 能源}}\n  values: {{2018: {0}.50}}\n  text: {1}\n"
    content = "".join(entry.format(number, "words " * 150) for number in range(10_500))
    assert len(content) > 10_000_000
    begun = time.process_time()

    value = write(content).value

    assert len(value) == 10_500
    assert Decimal("7.50") == value["k7"]["values"]["2018"]
    assert time.process_time() - begun < 6


def test_problems_without_end_are_not_all_told(write):
    """Two hundred problems are enough to begin with."""
    with pytest.raises(Problems) as problems:
        write("a:\n" + "  - &x\n" * 1000)

    assert len(problems.value.found) == yamlfile.MOST


# Places.

PLACED = """\
indicators:
  gas:
    label: {en: Gas, zh-Hant: 燃氣}
    values:
      2018: 12.50
rows:
- gas
- name: oil
  notes: []
tables:
  awards:
    kind: records
    records:
      - what: x
    columns: {}
"""


@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("indicators",), (2, 3), (1, 1)),
        (("indicators", "gas", "label", "zh-Hant"), (3, 31), (3, 22)),
        (("indicators", "gas", "values", "2018"), (5, 13), (5, 7)),
        (("indicators", "gas", "unit"), (3, 5), (2, 3)),
        (("indicators", "gas", "values", "2018", "[key]"), (5, 13), (5, 7)),
        (("indicators", "gas", "label", "function-after[x]", "words", "en"), (3, 17), (3, 13)),
        (("rows", 0), (7, 3), (7, 3)),
        (("rows", 1, "Row", "name"), (8, 9), (8, 3)),
        (("rows", 1, "notes", 0), (9, 10), (9, 3)),
        (("rows", 5), (7, 1), (6, 1)),
        (("rows", "name"), (7, 1), (6, 1)),
        (("indicators", 0), (2, 3), (1, 1)),
        (("tables", "awards", "records", "records", 0, "what"), (14, 15), (14, 9)),
        (("tables", "awards", "records", "caption"), (12, 5), (11, 3)),
        (("tables", "awards", "records", "columns"), (15, 14), (15, 5)),
        (("tables", "awards", "records"), (14, 7), (13, 5)),
    ],
)
def test_the_place_of_what_a_model_complains_about(loc, value, key, write):
    """The way to a misfit leads to its place; words on it that are not in the file are passed over."""
    document = write(PLACED)

    assert Place("x.yaml", *value) == document.place(loc)
    assert Place("x.yaml", *key) == document.key_place(loc)


def test_keys_and_lists_carry_their_places(write):
    """A mapping knows where each key and each value stands, a list where each point stands."""
    document = write("a:\n  b: 1\n  c: [x, y]\n  d:\n")
    found = document.value["a"]

    assert isinstance(found, Node)
    assert isinstance(found["c"], Items)
    assert Place("x.yaml", 2, 3) == found.place
    assert {"b": Place("x.yaml", 2, 3), "c": Place("x.yaml", 3, 3), "d": Place("x.yaml", 4, 3)} == found.key_places
    assert {"b": Place("x.yaml", 2, 6), "c": Place("x.yaml", 3, 6), "d": Place("x.yaml", 4, 5)} == found.places
    assert [Place("x.yaml", 3, 7), Place("x.yaml", 3, 10)] == found["c"].places


def test_what_was_read_can_be_copied(write):
    """A copy has the same values and places."""
    value = write("a: {b: [1]}").value

    assert value == copy.deepcopy(value)
    assert value["a"].places == copy.deepcopy(value)["a"].places


# Anything at all.


def reads_or_says(path):
    try:
        return read(path, "any.yaml")
    except Problems as problems:
        return all(problem.place.file == "any.yaml" and problem.hint for problem in problems.found)


yaml_signs = st.text(alphabet=st.sampled_from("ab: \n-{}[]\"'#,&*!|>%@`?~=<.1\t\\：，能{{"), max_size=40)
yaml_lines = st.lists(
    st.sampled_from(
        [
            "a: 1",
            "  b: x",
            "- a",
            "  - b: c",
            "{{ value x }}",
            'c: "',
            "d: {en: x",
            "e: [",
            "]",
            "}",
            "  text",
            "? k",
            ": v",
        ]
    )
    | yaml_signs,
    max_size=8,
).map("\n".join)


@given(st.text(max_size=60) | st.text(alphabet=printable, max_size=60) | yaml_signs | yaml_lines)
@quickly
def test_any_text(tmp_path_factory, parser, text):
    """Whatever an author types, it reads or it raises Problems with a place and a hint."""
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    assert reads_or_says(path)


numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3)
words = st.text(
    alphabet=st.characters(
        blacklist_categories=["Cc", "Cs", "Co", "Cn"], blacklist_characters="\ufffd\ufeff\u2028\u2029"
    )
)
leaves = st.none() | st.booleans() | numbers | words
names = st.text(alphabet="abcxyz_0123456789-", min_size=1, max_size=8) | st.sampled_from(
    ["no", "null", "2018", "true", "~"]
)
trees = st.dictionaries(
    names,
    st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12
    ),
    min_size=1,
    max_size=5,
)


@given(trees, st.booleans())
@quickly
def test_what_is_written_is_read(tmp_path_factory, tree, in_braces):
    """Any tree of values, written as plain YAML, reads back equal, and each place points at its value."""
    path = tmp_path_factory.getbasetemp() / "tree.yaml"
    text = typed(tree) if in_braces else "\n".join(lines(tree)) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")

    document = read(path, "tree.yaml")

    assert tree == document.value
    for loc, value in walk(document.value):
        place = document.place(loc)
        assert text.split("\n")[place.line - 1][place.column - 1 :].startswith(typed(value))


def typed(value):
    """Return *value* as it stands on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {typed(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(typed, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def lines(value, indent=""):
    """Return *value* as lines below each other."""
    for key, part in value.items() if isinstance(value, dict) else ((None, part) for part in value):
        lead = f"{indent}-" if key is None else f'{indent}"{key}":'
        if part and isinstance(part, dict | list):
            yield lead
            yield from lines(part, indent + "  ")
        else:
            yield f"{lead} {typed(part)}"


def walk(value, loc=()):
    """Yield the way to each value that is no list or mapping, and the value."""
    for step, part in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(part, dict | list):
            yield from walk(part, (*loc, step))
        else:
            yield (*loc, step), part
