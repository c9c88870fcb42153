"""Publishing: the headers, the workflow and the recipes of `docs/publishing.md`, each done as it is written."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from small_report import contents, write

GUIDE = ROOT / "docs" / "publishing.md"
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
OWN, PATH = "report.example.org", "www.example.org"
"""The two servers of docs/nginx.conf: a host of its own, a path below a larger site."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout with the small report in it, set up already: `make` finds the tools that run these tests."""
    folder = write(tmp_path_factory.mktemp("checkout"))
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy2(ROOT / name, folder / name)
    for name in ("docs", "tools"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (folder / ".venv" / ".installed").touch()  # newer than all the rest: make must not install anything
    return folder


def recipe(chapter):
    """Return the commands that the guide gives under *chapter*, one a line."""
    words = GUIDE.read_text(encoding="utf-8")
    part = words.split(f"\n# {chapter}\n" if words.startswith(f"# {chapter}") else f"\n## {chapter}\n")[-1]
    return re.search(r"```sh\n(.*?)```", part.split("\n## ")[0], re.DOTALL)[1].splitlines()


def follow(commands, folder, places):
    """Run *commands* in a shell as they stand, but for the *places* on the machine that they write to."""
    script = "\n".join(["set -eu", *commands]).replace("sudo ", "")
    for old, new in places.items():
        script = script.replace(old, str(new))
    env = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
    done = subprocess.run(["sh", "-c", script], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def published(checkout):
    """What `make site` publishes, built for an address as the guide says."""
    follow(["SITE_URL=https://report.example.org/ make site"], checkout, {})
    return contents(checkout / "site")


# --- headers


def headers(published):
    """Return what `_headers` says for each pattern of addresses."""
    rules, pattern = {}, ""
    for line in published["_headers"].decode("ascii").splitlines():
        if line.startswith("/"):
            pattern = line
            rules[pattern] = {}
        else:
            assert line.startswith("  "), line
            name, value = line.strip().split(": ", 1)
            assert name not in rules[pattern], f"{name} stands twice"
            rules[pattern][name] = value
    return rules


def test_every_file_is_sent_with_a_strict_policy(published):
    """`_headers` holds for every address and lets a page ask nothing of other sites."""
    rules = headers(published)
    policy = dict(part.strip().split(" ", 1) for part in rules["/*"]["Content-Security-Policy"].split(";"))

    assert list(rules) == ["/*"]
    assert policy == {
        "default-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert rules["/*"]["X-Content-Type-Options"] == "nosniff"
    assert rules["/*"]["Referrer-Policy"] == "no-referrer"
    assert rules["/*"]["Cache-Control"] == "no-cache"
    assert max(map(len, published["_headers"].decode("ascii").splitlines())) < 2000


def test_no_page_needs_what_the_policy_forbids(published):
    """No page has styles or scripts inside it, a script attribute, a frame, a form or a base address."""
    forbidden = re.compile(
        r"<style|<base\b|<form\b|<iframe|<object|<embed|\sstyle=|\son[a-z]+=|=\"(?:javascript|data):", re.I
    )
    for path, data in published.items():
        if path.endswith((".html", ".svg")):
            words = data.decode("utf-8")
            assert forbidden.findall(words) == [], path
            assert re.findall(r"<script(?![^>]* src=)(?! type=\"application/ld\+json\")", words) == [], path


# --- GitHub Pages


def test_the_workflow_runs_make_and_official_actions_only():
    """Each step is one `make` target that exists, or an action of GitHub's own with its major version."""
    words = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    workflow = yaml.load(words, yaml.BaseLoader)  # not safe_load: it reads the key `on` as True
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert workflow["on"]["push"] == {"branches": ["main"]}
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert workflow["jobs"]["publish"]["needs"] == "build"
    for step in steps:
        if "run" in step:
            assert re.fullmatch(r"make [a-z-]+", step["run"]), step
            assert step["run"].removeprefix("make ") in targets
        else:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]), step
    runs = [step.get("run") for step in steps]
    assert runs.index("make check") < runs.index("make site")
    upload = next(step for step in steps if step.get("uses", "").startswith("actions/upload-pages-artifact"))
    assert upload["with"]["path"] == "site"


def test_the_workflow_s_address_fits(checkout, published):
    """Built for project pages below a path, as the workflow does, the pages know their sub-path."""
    follow(["SITE_URL=https://owner.github.io/report/ make site"], checkout, {})
    moved = contents(checkout / "site")
    follow(["SITE_URL=https://report.example.org/ make site"], checkout, {})

    assert b"<loc>https://owner.github.io/report/en/energy/</loc>" in moved["sitemap.xml"]
    assert b'href="/report/assets/site.css"' in moved["404.html"]
    assert contents(checkout / "site") == published


# --- Netlify and Cloudflare Pages


def test_the_settings_of_the_hosts_are_true(published):
    """The build command is a target of the Makefile, and the folder it names has the headers and the 404 page."""
    rows = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    python = rows["Environment variable `PYTHON_VERSION`"].strip("`")

    assert rows["Build command"] == "`make site`"
    assert rows["Publish directory (Netlify), build output directory (Cloudflare)"] == "`site`"
    assert {"_headers", "404.html", "index.html"} <= set(published)
    assert f'requires-python = ">={python}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


# --- nginx


@pytest.fixture(scope="module")
def nginx(checkout, published, tmp_path_factory):
    """A real nginx, set up as the guide says; a function that asks it for an address."""
    if not NGINX:
        pytest.fail("there is no nginx: run `make test`, or install it", pytrace=False)
    root = tmp_path_factory.mktemp("nginx")
    (root / "www").mkdir()
    (root / "www" / "index.html").write_text("the larger site", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    wrapper = root / "nginx.conf"
    kept = "".join(f"{name}_temp_path {root};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    wrapper.write_text(
        f"pid {root}/pid; error_log {root}/error.log; daemon off; master_process off; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {kept} include {root}/report.conf; }}",
        encoding="utf-8",
    )
    places = {
        "/srv/report": root / "report",
        "/etc/nginx/conf.d/report.conf": root / "report.conf",
        "nginx -t": f"sed -i 's#/srv/#{root}/#; s#listen 80;#listen 127.0.0.1:{port};#' {root}/report.conf\n"
        f"{NGINX} -t -q -e {root}/error.log -c {wrapper}",
        "nginx -s reload": "true",
    }
    follow(recipe("nginx"), checkout, places)
    server = subprocess.Popen([NGINX, "-e", str(root / "error.log"), "-c", str(wrapper)])
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield lambda host, path, **more: ask(port, host, path, more)
    finally:
        server.terminate()
        server.wait(10)


def ask(port, host, path, more):
    """Return status, headers and body of what the server on *port* answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(
            "GET", path, headers={"Host": host, **{key.replace("_", "-"): one for key, one in more.items()}}
        )
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


BASES = [(OWN, "/"), (PATH, "/esg/2018/")]


@pytest.mark.parametrize(("host", "base"), BASES)
def test_nginx_serves_every_file_with_the_headers(host, base, nginx, published):
    """Every file of the site comes byte for byte, text as UTF-8, with the headers of `_headers`, at a clean address."""
    expected = headers(published)["/*"]
    for path, data in published.items():
        if path == "_headers":
            continue
        status, sent, body = nginx(host, base + path.removesuffix("index.html"))
        assert (path, status) == (path, 200)
        assert body == data
        assert {name: sent.get_all(name) for name in expected} == {name: [one] for name, one in expected.items()}
        assert ("charset=utf-8" in sent["Content-Type"]) != path.endswith((".xlsx", ".zip")), path
        assert sent["Server"] == "nginx"


@pytest.mark.parametrize(("host", "base"), BASES)
def test_nginx_shows_the_404_page(host, base, nginx, published):
    """What is missing gets status 404, the site's own page and the same headers; `_headers` itself is missing."""
    for path in ("nowhere", "en/nowhere/", "en/energy/nowhere.png", "_headers", ".git/config", "../report.conf"):
        status, sent, body = nginx(host, f"{base}en/{path}" if path.startswith(".") else base + path)
        assert (path, status) == (path, 404)
        assert body == published["404.html"], path
        assert sent["Content-Security-Policy"] == headers(published)["/*"]["Content-Security-Policy"]
    assert nginx(host, base + "..%2f..%2freport.conf")[0] in (400, 404)


@pytest.mark.parametrize(("host", "base"), BASES)
@pytest.mark.parametrize(
    ("asked", "led"),
    [("en/energy", "en/energy/"), ("en/energy/index.html", "en/energy/"), ("index.html?from=a", "?from=a")],
)
def test_nginx_leads_to_clean_addresses(asked, led, host, base, nginx):
    """An address without its slash, or with index.html, leads to the clean one on the same host."""
    status, sent, _ = nginx(host, base + asked)

    assert (status, sent["Location"]) == (301, base + led)


@pytest.mark.parametrize(("host", "base"), BASES)
def test_nginx_sends_little(host, base, nginx, published):
    """Pages are compressed, and a page that has not changed is not sent again."""
    _, sent, body = nginx(host, base + "zh-Hant/energy/", Accept_Encoding="gzip")
    _, plain, _ = nginx(host, base + "zh-Hant/energy/")
    status, _, nothing = nginx(host, base + "zh-Hant/energy/", If_None_Match=plain["ETag"])

    assert sent["Content-Encoding"] == "gzip"
    assert len(body) < len(published["zh-Hant/energy/index.html"]) / 2
    assert (status, nothing) == (304, b"")


def test_the_larger_site_goes_on(nginx):
    """Beside the report's path, the larger site is served as before."""
    assert nginx(PATH, "/")[2] == b"the larger site"


# --- the machine that tests


def test_the_tools_are_silent_when_all_is_there():
    """`tools.sh` says nothing, does nothing and takes no time on a machine that has everything."""
    times = []
    for _ in range(3):
        start = time.monotonic()
        done = subprocess.run(["sh", str(ROOT / "tests/browser/tools.sh")], capture_output=True, text=True, check=False)
        times.append(time.monotonic() - start)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    assert min(times) < 0.2


def test_the_tools_are_named_where_nothing_may_be_installed(tmp_path):
    """An author who is not root is told what to install, by Debian's names, and the tests stop there."""
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
    (tmp_path / "id").chmod(0o755)
    shell = shutil.which("sh")
    done = subprocess.run(
        [shell, str(ROOT / "tests/browser/tools.sh")],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    named = done.stderr.split("apt-get install ")[1].split()

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the tests need more of this system; install as root:\n")
    assert {"chromium", "default-jre-headless", "nodejs", "npm"} <= set(named)
    assert set(named) <= {"chromium", "default-jre-headless", "nodejs", "npm", "fonts-noto-cjk", "nginx"}


def test_ci_runs_the_tests_and_nothing_else():
    """The only thing a machine runs on a change is `make test`, from the root of the repository."""
    words = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in words.splitlines() if line and not line.startswith("#")]

    assert commands == ["set -euo pipefail", 'cd "$(dirname "${BASH_SOURCE[0]}")/.."', "exec make test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0


def test_the_guide_is_kept():
    """The files that the guide links to are there, and it names each host."""
    words = GUIDE.read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!http)([^)]+)\)", words):
        assert (GUIDE.parent / Path(link)).is_file(), link
    for host in ("GitHub Pages", "Netlify and Cloudflare Pages", "nginx"):
        assert f"\n## {host}\n" in words
    assert recipe("Publishing the report")[0] == "SITE_URL=https://report.example.org/ make site"
