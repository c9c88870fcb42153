"""The tokens of a theme: colours that cannot be told from their paper are refused, each with its line."""

from __future__ import annotations

import pytest

from conftest import ROOT
from crossfoot import Problems
from crossfoot.look import check_tokens, contrast

LIGHT = """\
/* --ink: #ffffff; stands in a comment
   --ink: #ffffff; */
:root {
  --paper: #ffffff;
  --paper-sunk: #f0f0f0;
  --ink: #000000;
  --ink-quiet: #595959;
  --brand: #00497a;
  --brand-ink: #ffffff;
  --finding: #7a2e00;
  --focus: #0a4fd0;
  --data-1: #111111; --data-2: #222222; --data-3: #333333;
  --data-4: #444444; --data-5: #555555; --data-6: #666666;
}
"""
DARK = """\
@media print { :root { --ink: #ffffff; } }
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #000000;
    --paper-sunk: #101010;
    --ink: #ffffff; --ink-quiet: #c0c0c0;
    --brand: #80c0ff; --brand-ink: #000000; --finding: #ffb080; --focus: #ffd040;
    --data-1: #ffffff; --data-2: #eeeeee; --data-3: #dddddd; --data-4: #cccccc; --data-5: #bbbbbb; --data-6: #aaaaaa;
  }
}
"""


def told(css, tmp_path):
    """Return what is said of a theme with the tokens *css*."""
    (tmp_path / "theme" / "assets").mkdir(parents=True)
    (tmp_path / "theme" / "assets" / "tokens.css").write_text(css, encoding="utf-8")
    try:
        check_tokens(tmp_path / "theme")
    except Problems as problems:
        return str(problems)
    return ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # white has luminance 1, black 0: (1 + 0.05) / (0 + 0.05)
        ("#ffffff", "#000000", 21),
        ("#000000", "#ffffff", 21),
        ("#7a2e00", "#7A2E00", 1),
        # 0x76 = 118: ((118/255 + 0.055) / 1.055) ** 2.4 = 0.18116; 1.05 / 0.23116 = 4.5423, the lightest grey allowed
        ("#767676", "#ffffff", 4.5423),
        # 0x77 = 119: 0.18448; 1.05 / 0.23448 = 4.4781, the first one refused
        ("#777777", "#ffffff", 4.4781),
        # pure red 0.2126, green 0.7152, blue 0.0722: 1.05 / 0.2626, 1.05 / 0.7652, 1.05 / 0.1222
        ("#ff0000", "#ffffff", 3.9985),
        ("#00ff00", "#ffffff", 1.3722),
        ("#0000ff", "#ffffff", 8.5925),
        # 0x0a = 10: 10/255 = 0.03922 is below 0.04045, so it is divided by 12.92: 0.00304; 0.05304 / 0.05
        ("#0a0a0a", "#000000", 1.0607),
    ],
)
def test_contrast_is_that_of_wcag(one, other, expected):
    """The ratio agrees with a calculation by hand, whichever colour comes first."""
    assert contrast(one, other) == pytest.approx(expected, abs=0.0001)


def test_sound_tokens_pass(tmp_path):
    """A light and a dark scheme that can be read are let through; comments and print do not count."""
    assert told(LIGHT + DARK, tmp_path) == ""


def test_our_own_tokens_pass():
    """The theme that comes with the generator keeps to its own rule."""
    check_tokens(ROOT / "theme")


def test_a_faint_colour_is_one_problem_at_its_line(tmp_path):
    """A text too close to both papers is told once, with the paper it is closest to."""
    assert told(LIGHT.replace("--ink-quiet: #595959", "--ink-quiet: #999999"), tmp_path) == (
        "theme/assets/tokens.css:7: '--ink-quiet' on '--paper-sunk' has a contrast of 2.50:1 in the light scheme\n"
        "    at least 4.5:1 is needed; make it darker or lighter"
    )


def test_a_mark_needs_less_than_a_text(tmp_path):
    """3.54:1 is enough for a bar; the same grey for a text is refused."""
    assert told(LIGHT.replace("--data-6: #666666", "--data-6: #888888"), tmp_path) == ""
    (tmp_path / "more").mkdir()
    assert "'--ink' on '--paper-sunk'" in told(LIGHT.replace("--ink: #000000", "--ink: #888888"), tmp_path / "more")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("--data-1: #111111", "--data-1: #eeeeee", "12: '--data-1' on '--paper' has a contrast of 1.16:1 in the light"),
        ("--focus: #ffd040", "--focus: #202020", "21: '--focus' on '--paper' has a contrast of 1.29:1 in the dark"),
        ("--brand-ink: #ffffff", "--brand-ink: #00497b", "9: '--brand-ink' on '--brand' has a contrast of 1.00:1"),
        ("--finding: #7a2e00", "--finding: rust", "10: 'rust' is not a colour\n    write --finding: #rrggbb"),
        ("--ink: #000000", "--ink: #000", "6: '#000' is not a colour\n    write --ink: #rrggbb"),
        ("  --focus: #0a4fd0;\n", "", " the colour '--focus' is missing\n    write it as #rrggbb"),
        ("  --paper: #ffffff;\n", "", " the colour '--paper' is missing"),
    ],
)
def test_each_scheme_and_each_pair_is_checked(old, new, expected, tmp_path):
    """Marks, text on the brand colour, the dark scheme, a colour in another notation or none: each is told."""
    assert f"theme/assets/tokens.css:{expected}" in told((LIGHT + DARK).replace(old, new, 1), tmp_path)


def test_a_dark_scheme_goes_on_where_it_says_nothing(tmp_path):
    """A dark scheme that changes the paper only is held against the light scheme's text."""
    dark = "@media (prefers-color-scheme: dark) {\n:root { --paper: #111111; }\n}\n"

    assert "tokens.css:6: '--ink' on '--paper' has a contrast of 1.11:1 in the dark scheme" in told(
        LIGHT + dark, tmp_path
    )


@pytest.mark.parametrize("css", ["", "}", "{{{", ":root {", "/*", "@media {", "\ufeff:root {}"])
def test_broken_styles_are_told_not_tripped_over(css, tmp_path):
    """Whatever stands in the file, the author gets sentences."""
    assert "theme/assets/tokens.css: the colour '--ink' is missing" in told(css, tmp_path)


def test_a_theme_without_tokens_is_told(tmp_path):
    """A theme with no file of tokens is one problem."""
    with pytest.raises(Problems) as caught:
        check_tokens(tmp_path / "theme")

    assert str(caught.value) == (
        "theme/assets/tokens.css: the theme has no tokens\n    it needs assets/tokens.css with its colours"
    )
