"""What publishing does to a folder: it writes what differs, takes away what is gone, and leaves the rest alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from crossfoot.job import CHANGED, Job
from crossfoot.publish import _here, publish
from crossfoot.unchanged import Ask, look, remember, unchanged
from small_report import change, contents, write

FILES = {"index.html": b"<p>1</p>", "en/index.html": b"<p>2</p>", "assets/site.css": b"p {}"}


def times(folder):
    """Return when each file of *folder* was written."""
    return {path: (folder / path).stat().st_mtime_ns for path in contents(folder)}


def test_a_new_folder_gets_all(tmp_path):
    """Folders above it are made too."""
    told = publish(FILES, tmp_path / "deep" / "site")

    assert contents(tmp_path / "deep" / "site") == FILES
    assert (told.written, told.removed, told.kept) == (tuple(sorted(FILES)), (), 0)


def test_only_what_differs_is_written(tmp_path):
    """The rest keeps its time; what is gone goes with the folder it leaves empty; hidden files at the top stay."""
    publish(FILES | {"old/deep/page.html": b"old"}, tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("mine", encoding="utf-8")
    (tmp_path / ".nojekyll").write_text("", encoding="utf-8")
    before = times(tmp_path)
    time.sleep(0.02)

    told = publish(FILES | {"index.html": b"<p>3</p>"}, tmp_path)

    assert (told.written, told.removed, told.kept) == (("index.html",), ("old/deep/page.html",), 2)
    assert (tmp_path / "index.html").read_bytes() == b"<p>3</p>"
    assert not (tmp_path / "old").exists()
    assert (tmp_path / ".git" / "config").read_text(encoding="utf-8") == "mine"
    after = times(tmp_path)
    assert [path for path in FILES if after[path] != before[path]] == ["index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", ".nojekyll", "assets", "en", "index.html"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": b"file"}, {"a/b.html": b"below"}),
        ({"a/b.html": b"below", "a/c/d.html": b"deeper"}, {"a": b"file"}),
        ({"a/b": b"file"}, {"a/b/c": b"below", "a/d": b"beside"}),
    ],
)
def test_a_file_takes_the_place_of_a_folder_and_back(before, after, tmp_path):
    """Whatever stood in the way."""
    publish(before, tmp_path)
    publish(after, tmp_path)

    assert contents(tmp_path) == after


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path):
    """A file of the site that someone made a link is written anew, not through the link."""
    other = tmp_path / "other.html"
    other.write_bytes(b"<p>1</p>")
    site = tmp_path / "site"
    publish(FILES, site)
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(other)

    publish(FILES | {"index.html": b"<p>9</p>"}, site)

    assert not (site / "index.html").is_symlink()
    assert other.read_bytes() == b"<p>1</p>"


def test_a_full_disk_leaves_the_site_as_it_was(tmp_path, monkeypatch):
    """Nothing is replaced before everything new is there; nothing is left behind."""
    publish(FILES, tmp_path)
    before = contents(tmp_path), times(tmp_path)
    write_bytes = type(tmp_path).write_bytes

    def full(self, content):
        if content == b"last":
            raise OSError(28, "No space left on device")
        return write_bytes(self, content)

    monkeypatch.setattr(type(tmp_path), "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        publish({"index.html": b"new", "en/index.html": b"new", "zz.html": b"last"}, tmp_path)

    assert (contents(tmp_path), times(tmp_path)) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_a_killed_build_left_is_cleared_later(tmp_path):
    """After an hour; before that it may be another build's."""
    for name, age in ((".crossfoot-old", 7200), (".crossfoot-young", 60)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "0").write_bytes(b"part")
        os.utime(tmp_path / name, (time.time() - age, time.time() - age))
    publish(FILES, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == [".crossfoot-young"]


# --- whether anything has changed


@pytest.fixture
def asked(tmp_path):
    """A question about a site of two files, which stands as remembered."""
    (tmp_path / "data" / "sub").mkdir(parents=True)
    (tmp_path / "data" / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "data" / "sub" / "b.yaml").write_text("b: 1\n", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "c.yaml").write_text("c: 1\n", encoding="utf-8")
    publish(FILES, tmp_path / "site")
    ask = Ask((tmp_path / "data",), tmp_path / "site", {"address": "https://example.org/"})
    remember(ask, tmp_path / "cache", look(ask.roots), more=[tmp_path / "other"], warnings=["mind the gap"])
    return ask


def test_a_site_that_stands_is_known(asked, tmp_path):
    """With what was warned of when it was made."""
    assert unchanged(asked, tmp_path / "cache") == ["mind the gap"]


def test_a_file_touched_but_the_same_is_no_change(asked, tmp_path):
    """As after a checkout."""
    os.utime(tmp_path / "data" / "a.yaml", (1, 1))

    assert unchanged(asked, tmp_path / "cache") == ["mind the gap"]


CHANGES = {
    "a figure": lambda root: (root / "data" / "a.yaml").write_text("a: 2\n", encoding="utf-8"),
    "a new file": lambda root: (root / "data" / "c.yaml").write_text("c: 1\n", encoding="utf-8"),
    "a file gone": lambda root: (root / "data" / "sub" / "b.yaml").unlink(),
    "another name": lambda root: (root / "data" / "a.yaml").rename(root / "data" / "z.yaml"),
    "another year's file": lambda root: (root / "other" / "c.yaml").write_text("c: 2\n", encoding="utf-8"),
    "a page of the site": lambda root: (root / "site" / "index.html").write_bytes(b"tampered"),
    "a page of the site, same size": lambda root: (root / "site" / "index.html").write_bytes(b"<p>7</p>"),
    "a file put into the site": lambda root: (root / "site" / "extra.html").write_bytes(b"extra"),
    "a page of the site gone": lambda root: (root / "site" / "index.html").unlink(),
    "the site gone": lambda root: (root / "site").rename(root / "elsewhere"),
    "the record cut off": lambda root: [
        path.write_bytes(path.read_bytes()[:-9]) for path in (root / "cache").glob("*.json")
    ],
    "the record empty": lambda root: [path.write_bytes(b"") for path in (root / "cache").glob("*.json")],
    "no record": lambda root: [path.unlink() for path in (root / "cache").glob("*.json")],
}


@pytest.mark.parametrize("what", list(CHANGES))
def test_whatever_has_changed_is_seen(what, asked, tmp_path):
    """In what the site is made from, in the site, in what is remembered."""
    time.sleep(0.02)
    CHANGES[what](tmp_path)

    assert unchanged(asked, tmp_path / "cache") is None


def test_a_change_within_the_tick_of_the_clock_is_seen(asked, tmp_path):
    """A file changed so soon that its time is still the same is read again."""
    file = tmp_path / "data" / "a.yaml"
    stat = file.stat()
    file.write_text("a: 3\n", encoding="utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert unchanged(asked, tmp_path / "cache") is None


def test_another_question_has_another_answer(asked, tmp_path):
    """Another address, or another folder to publish in."""
    assert unchanged(Ask(asked.roots, asked.site, {"address": "https://other.example/"}), tmp_path / "cache") is None
    assert unchanged(Ask(asked.roots, tmp_path / "site2", asked.options), tmp_path / "cache") is None


def test_another_version_makes_all_anew(asked, tmp_path, monkeypatch):
    """Of crossfoot, or of a library."""
    monkeypatch.setattr("crossfoot.unchanged.VERSION", "0.0.0")

    assert unchanged(asked, tmp_path / "cache") is None


# --- both together


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The small report with its published site."""
    folder = write(tmp_path_factory.mktemp("job"))
    job = job_of(folder)
    job.publish(job.made(), tmp_path_factory.mktemp("besides"))
    return folder


def job_of(folder):
    """Return the job of publishing *folder* into its `site`."""
    return Job(folder, folder / "site", folder / ".cache", folder / "mkdocs.yml", "https://example.org/")


def test_nothing_is_made_where_nothing_has_changed(built, tmp_path, monkeypatch):
    """Not a file is read as data, not a page made, not a byte written."""
    before = contents(built / "site"), times(built / "site")
    monkeypatch.setattr("crossfoot.program.build", lambda *_, **__: pytest.fail("the site is made again"))
    job = job_of(built)

    assert job.publish(job.standing(), tmp_path) is None
    assert (contents(built / "site"), times(built / "site")) == before


def test_one_figure_changed_writes_what_shows_it_and_lists_it(built, tmp_path):
    """Files that do not show it keep their time; the list names what changed, by its address."""
    before = times(built / "site")
    time.sleep(0.02)
    file = built / "data" / "sections" / "energy.yaml"
    kept = file.read_bytes()
    change(file, "396.25", "398.75")
    try:
        job = job_of(built)
        assert job.standing() is None
        told = job.publish(job.made(), tmp_path)
        after = times(built / "site")
        written = {path for path in after if after[path] != before.get(path)}
        assert written == set(told.written)
        assert {"en/energy/index.html", "zh-Hant/energy/index.html"} <= written
        assert not any(path.startswith("assets/") for path in written)
        listed = (built / ".cache" / CHANGED).read_text(encoding="utf-8").splitlines()
        assert listed == ["https://example.org/" + path.removesuffix("index.html") for path in sorted(written)]
    finally:
        file.write_bytes(kept)
        job = job_of(built)
        job.publish(job.made(), tmp_path)


def test_what_another_plugin_writes_is_published_and_listed(built, tmp_path):
    """It lies in the folder that MkDocs was shown."""
    (tmp_path / "CNAME").write_bytes(b"example.org\n")
    job = job_of(built)

    assert job.publish(job.standing(), tmp_path) is not None
    assert (built / "site" / "CNAME").read_bytes() == b"example.org\n"
    assert "CNAME" in (built / "site" / "SHA256SUMS").read_text(encoding="utf-8")
    assert job.publish(job.standing(), tmp_path) is None


def test_several_builds_at_once_into_one_folder(tmp_path):
    """Each file is whole, and is that of a build alone."""
    folder = write(tmp_path / "report")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    env = {**os.environ, "SITE_URL": "https://example.org/"}
    running = [subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [one.communicate(timeout=120)[1] for one in running]

    assert [one.returncode for one in running] == [0, 0, 0], said
    alone = Job(folder, tmp_path / "alone", tmp_path / "cache", folder / "mkdocs.yml", "https://example.org/")
    alone.publish(alone.made(), tmp_path / "none")
    assert contents(folder / "site") == contents(tmp_path / "alone")


def test_a_site_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    """A file where the folder should be: what, where, and what to do; no traceback."""
    folder = write(tmp_path / "report")
    (folder / "site").write_text("in the way", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert f"the site cannot be written into {folder / 'site'}: File exists" in done.stderr
    assert "then build again" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "site").read_text(encoding="utf-8") == "in the way"


@pytest.mark.parametrize("after", [0.05, 0.3, 0.6, 0.9, 1.2, 1.4, 1.6, 1.8])
def test_a_build_killed_at_any_moment_is_made_good(after, tmp_path):
    """What the next build publishes is what a clean one would."""
    folder = write(tmp_path / "report")
    clean = job_of(folder)
    clean.publish(clean.made(), tmp_path / "none")
    change(folder / "data" / "sections" / "energy.yaml", "396.25", "398.75")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, "SITE_URL": "https://example.org/"})
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    subprocess.run(command, cwd=folder, env={**os.environ, "SITE_URL": "https://example.org/"}, check=True)
    again = contents(folder / "site")
    job = Job(folder, tmp_path / "other", tmp_path / "fresh-cache", folder / "mkdocs.yml", "https://example.org/")
    job.publish(job.made(), tmp_path / "none")

    assert again == contents(tmp_path / "other")


def test_what_a_killed_build_set_aside_is_cleared_away_by_the_next(tmp_path):
    """At once where its process has ended; what a running build, or one of another machine, set aside stays."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    site, here = tmp_path / "site", _here()
    owners = {"ended": f"{here}-{ended.pid}-a", "running": f"{here}-{os.getpid()}-b", "elsewhere": f"0-{ended.pid}-c"}
    for owner in owners.values():
        (site / f".crossfoot-{owner}").mkdir(parents=True)
    publish({"index.html": b"new"}, site)

    left = {path.name.removeprefix(".crossfoot-") for path in site.glob(".crossfoot-*")}
    assert left == {owners["running"], owners["elsewhere"]}
