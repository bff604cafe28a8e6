"""The fonts and the sentences that are made from their sources."""

import re
from pathlib import Path

import polib
import pytest
from fontTools.ttLib import TTFont

from dondoc.web import build, messages

HOME = Path(__file__).resolve().parents[2]
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(build, "BUILT", tmp_path / "built")
    return tmp_path / "built"


@pytest.mark.slow
def test_fonts_are_built_once_and_hold_all_of_vietnamese(built: Path) -> None:
    assert build.build()
    assert not build.build(), "nothing to do a second time"
    letters = TTFont(built / "text-400.woff2").getBestCmap()
    assert [letter for letter in VIETNAMESE + VIETNAMESE.upper() if ord(letter) not in letters] == []
    for weight in build.WEIGHTS:
        digits = TTFont(built / f"figures-{weight}.woff2")
        widths = {digits["hmtx"][name][0] for name in digits.getBestCmap().values()}
        assert widths == {build.FIGURE_WIDTH}, "digits stand in line"
    assert re.findall(r'url\("([^"]+)"\)', (built / "fonts.css").read_text()) == [
        "text-400.woff2",
        "text-600.woff2",
        "figures-400.woff2",
        "figures-600.woff2",
    ]
    assert sum(path.stat().st_size for path in built.glob("*.woff2")) < 60_000


def test_a_catalogue_is_compiled_when_it_has_changed_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "web" / "locale" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Day"\nmsgstr "Ngày"\n')
    monkeypatch.setattr(messages, "HOME", tmp_path)
    assert messages.compile_all() == [source]
    assert messages.compile_all() == []
    assert polib.mofile(str(folder / "django.mo"))[0].msgstr == "Ngày"


def test_every_sentence_of_this_folder_is_in_vietnamese() -> None:
    catalogue = polib.pofile(
        str(HOME / "web" / "locale" / "vi" / "LC_MESSAGES" / "django.po"), check_for_duplicates=True
    )
    known = {entry.msgid for entry in catalogue if entry.msgstr}
    used: set[str] = set()
    for path in (HOME / "web" / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        used |= {found[1] for found in re.findall(r"{% translate (['\"])(.*?)\1", text)}
        for body in re.findall(r"{% blocktranslate.*?%}(.*?){% endblocktranslate %}", text, re.S):
            used.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", body))
    for path in (HOME / "web").glob("*.py"):
        used |= set(re.findall(r'_\(\s*"(.*?)"\s*\)', path.read_text(encoding="utf-8")))
    assert len(used) > 80
    assert used - known == set()


def test_no_sentence_shouts() -> None:
    catalogue = polib.pofile(str(HOME / "web" / "locale" / "vi" / "LC_MESSAGES" / "django.po"))
    assert [entry.msgstr for entry in catalogue if "!" in entry.msgstr] == []
