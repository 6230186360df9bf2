"""Everything the house says, it says in Chinese."""

import os
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.sources import as_list
from yiwang.project import messages
from yiwang.project.messages import Said

PYTHON = """
_("the lamp is out")
gettext_lazy("“%(file)s” cannot be read")
ngettext("%(n)s case", "%(n)s cases", count)
pgettext("of a road", "chief")
print("not for people")
"""
PAGE = """
{% load i18n %}
<ul>
      <li>{% translate "Sign in" %}</li>
   <li title="{{ _("Map") }}">{% blocktranslate with name=line.name %}Inside {{ name }}{% endblocktranslate %}</li>
</ul>
{% blocktranslate count n=found %}{{ n }} place{% plural %}{{ n }} places{% endblocktranslate %}
{# translate "never" #}
"""


def catalogue_of(said: dict[Said, str]) -> Catalog:
    return messages.updated(Catalog(locale="zh_Hans"), said, {one.text: text for one, text in said.items()})


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "web" / "templates").mkdir(parents=True)
    (tmp_path / "web" / "tests").mkdir()
    (tmp_path / "web" / "page.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "web" / "tests" / "test_page.py").write_text("_('only a test')", encoding="utf-8")
    (tmp_path / "web" / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_nothing_is_left_in_english() -> None:
    complaints = messages.wanting(messages.load(), messages.gathered())
    assert not complaints, as_list(complaints)


def test_the_catalogue_is_as_update_writes_it() -> None:
    written = messages.written(messages.updated(messages.load(), messages.gathered(), {}))
    assert messages.CATALOGUE.read_text(encoding="utf-8") == written, "run `make docs`"


def test_messages_are_gathered_from_python_and_from_pages(package: Path) -> None:
    from_python = {
        Said(None, "the lamp is out"), Said(None, "“%(file)s” cannot be read"),
        Said(None, "%(n)s case", "%(n)s cases"), Said("of a road", "chief"),
    }  # fmt: skip
    from_pages = {
        Said(None, "Sign in"), Said(None, "Map"), Said(None, "Inside %(name)s"),
        Said(None, "%(n)s place", "%(n)s places"),
    }  # fmt: skip
    assert messages.gathered(package) == from_python | from_pages


@pytest.mark.parametrize(
    ("chinese", "complaint"),
    [("", "not translated"), ("无法读取", "other figures"), ("“%(flie)s”无法读取", "other figures"),
     ("“%(file)s”无法读取", None)],
)  # fmt: skip
def test_a_message_without_words_or_with_other_figures_is_named(chinese: str, complaint: str | None) -> None:
    said = Said(None, "“%(file)s” cannot be read")
    complaints = messages.wanting(catalogue_of({said: chinese}), [said])
    assert [line.partition(":")[0] for line in complaints] == ([complaint] if complaint else [])


def test_a_message_nobody_gathered_and_a_fuzzy_one_are_named() -> None:
    new, guessed = Said(None, "new"), Said(None, "guessed")
    catalogue = catalogue_of({guessed: "猜的"})
    catalogue["guessed"].flags.add("fuzzy")
    assert messages.wanting(catalogue, [new, guessed]) == ["fuzzy: 'guessed'", "not in the catalogue: 'new'"]


def test_an_update_keeps_translations_drops_what_nobody_says_and_never_guesses() -> None:
    kept, gone, alike = Said("of a road", "chief"), Said(None, "gone"), Said(None, "chief")
    after = messages.updated(catalogue_of({kept: "街长", gone: "没了"}), [kept, alike], {})
    assert [(message.context, message.id, message.string) for message in after if message.id] == [
        (None, "chief", ""), ("of a road", "chief", "街长"),
    ]  # fmt: skip


def test_the_file_names_no_lines_and_no_dates_and_reads_back(tmp_path: Path) -> None:
    said = {Said(None, "b"): "乙", Said(None, "a"): "甲", Said(None, "%(n)s case", "%(n)s cases"): "%(n)s 件"}
    file = tmp_path / "django.po"
    file.write_text(messages.written(catalogue_of(said)), encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    assert "#:" not in text
    assert "Date" not in text
    assert text.index('"a"') < text.index('"b"')
    assert messages.written(messages.updated(messages.load(file), said, {})) == text


def test_a_list_of_translations_is_read_and_not_run(tmp_path: Path) -> None:
    listed = tmp_path / "zh.py"
    listed.write_text("raise SystemExit\nZH = {'a': '甲'}\n", encoding="utf-8")
    assert messages.given(listed) == {"a": "甲"}
    listed.write_text("OTHER = {}", encoding="utf-8")
    with pytest.raises(ValueError, match="no dict named ZH"):
        messages.given(listed)


def test_the_compiled_catalogue_speaks_and_is_made_anew_only_when_older(tmp_path: Path) -> None:
    file = tmp_path / "django.po"
    said = {Said(None, "a"): "甲", Said(None, "%(n)s case", "%(n)s cases"): "%(n)s 件"}
    file.write_text(messages.written(catalogue_of(said)), encoding="utf-8")
    assert messages.compile_where_older(file)
    with file.with_suffix(".mo").open("rb") as made:
        speaker = GNUTranslations(made)
    assert (speaker.gettext("a"), speaker.ngettext("%(n)s case", "%(n)s cases", 5)) == ("甲", "%(n)s 件")
    assert not messages.compile_where_older(file)
    later = file.with_suffix(".mo").stat().st_mtime + 10
    os.utime(file, (later, later))
    assert messages.compile_where_older(file)
