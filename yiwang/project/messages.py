"""The message catalogue, without gettext installed: `python -m yiwang.project.messages update|compile|check`.

`update` gathers what is to be translated from Python and templates into the catalogue, and takes in translations from
a file (`--merge`); `compile` makes what Django reads; `check` names what a reader would still see in English.
"""

import argparse
import ast
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
_NOT_OURS = {"tests", "migrations", "static", "locale"}
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_FIGURES = re.compile(r"%\((\w+)\)")
# Written by hand, so that a catalogue differs only where its messages do.
_HEADER = """\
# What the interface says, in Chinese. Kept by `make docs`; only the msgstr lines are written by people.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


class Said(NamedTuple):
    """A message as the source has it: its context, its text, its plural."""

    context: str | None
    text: str
    plural: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        """The message as a catalogue keys it."""
        return (self.text, self.plural) if self.plural else self.text


def gathered(package: Path = PACKAGE) -> set[Said]:
    """Every message of the package's Python and templates; tests, migrations and static files say nothing."""
    said: set[Said] = set()
    for file in sorted(package.rglob("*.*")):
        if _NOT_OURS & set(file.relative_to(package).parts):
            continue
        if file.suffix == ".py":
            said.update(said_in(file.read_text(encoding="utf-8")))
        elif "templates" in file.parts and file.suffix in {".html", ".txt", ".xml"}:
            said.update(said_in(_as_python(file.read_text(encoding="utf-8"))))
    return said


def said_in(code: str) -> Iterator[Said]:
    """The messages of one Python text."""
    found = extract("python", io.BytesIO(code.encode()), _KEYWORDS, options={"encoding": "utf-8"})
    for _line, texts, _comments, context in found:
        text, plural = texts if isinstance(texts, tuple) else (texts, None)
        if text:
            yield Said(context, text, plural)


def _as_python(template: str) -> str:
    from django.utils.translation.template import templatize  # noqa: PLC0415 - `compile` must not wait for Django

    # What is left of the markup is indented as it pleases, which Python would not read.
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def updated(known: Catalog, said: Iterable[Said], translations: dict[str, str]) -> Catalog:
    """A catalogue of exactly what is said, with the translations known and, before them, those given."""
    catalogue = Catalog(locale="zh_Hans", fuzzy=False)
    by_text = {(message.context, _text(message)): message for message in known if message.id}
    for one in sorted(said, key=_order):
        before = by_text.get((one.context, one.text))
        string = translations.get(one.text) or (_first(before) if before and not before.fuzzy else "")
        catalogue.add(one.id, (string,) if one.plural else string, context=one.context)
    return catalogue


def wanting(catalogue: Catalog, said: Iterable[Said]) -> list[str]:
    """What a reader of Chinese would miss: one line each, in order."""
    complaints = []
    for one in sorted(said, key=_order):
        message = catalogue.get(one.id, one.context)
        if message is None:
            complaints.append(f"not in the catalogue: {one.text!r}")
        elif not _first(message):
            complaints.append(f"not translated: {one.text!r}")
        elif message.fuzzy:
            complaints.append(f"fuzzy: {one.text!r}")
        elif not _same_figures(one, _first(message)):
            complaints.append(f"other figures: {one.text!r} -> {_first(message)!r}")
    return complaints


def _order(said: Said) -> tuple[str, ...]:
    return (said.text, said.context or "", said.plural or "")


def _same_figures(said: Said, string: str) -> bool:
    # Chinese says one and many alike, so that the string may need what only the plural names.
    named = set(_FIGURES.findall(said.text)) | set(_FIGURES.findall(said.plural or ""))
    return set(_FIGURES.findall(string)) == named


def _text(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def _first(message: Message) -> str:
    return str(message.string[0] if isinstance(message.string, tuple | list) else message.string or "")


def load(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as it stands; empty where there is none yet."""
    if not path.exists():
        return Catalog(locale="zh_Hans", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", ignore_obsolete=True)


def written(catalogue: Catalog) -> str:
    """The catalogue as a file: sorted, without line numbers and dates, so that two branches merge quietly."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return _HEADER + out.getvalue().decode().strip() + "\n"


def given(path: Path) -> dict[str, str]:
    """The literal dict `ZH = {...}` of a Python file, which is read and not run."""
    for node in ast.parse(path.read_text(encoding="utf-8"), str(path)).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "ZH" for t in node.targets):
            return {str(text): str(string) for text, string in ast.literal_eval(node.value).items()}
    raise ValueError(f"{path} has no dict named ZH.")


def compile_where_older(path: Path = CATALOGUE) -> bool:
    """Make the `.mo` that Django reads, unless it is newer than its catalogue already; whether it was made."""
    made = path.with_suffix(".mo")
    if made.exists() and made.stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return False
    # Renamed into place: another process may be reading it.
    draft = made.with_suffix(f".{os.getpid()}.draft")
    with draft.open("wb") as file:
        write_mo(file, load(path))
    draft.replace(made)
    return True


def main(arguments: list[str] | None = None) -> int:
    """The command; 1 when `check` finds something wanting."""
    parser = argparse.ArgumentParser(prog="python -m yiwang.project.messages", description=__doc__)
    parser.add_argument("what", choices=["update", "compile", "check"])
    about_merge = "with update: take in the translations of a file's dict ZH; may be repeated"
    parser.add_argument("--merge", type=Path, action="append", default=[], metavar="FILE.py", help=about_merge)
    asked = parser.parse_args(arguments)
    if asked.what == "compile":
        compile_where_older()
        return 0
    said = gathered()
    if asked.what == "update":
        translations = {text: string for path in asked.merge for text, string in given(path).items()}
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(written(updated(load(), said, translations)), encoding="utf-8")
        unused = sorted(translations.keys() - {one.text for one in said})
        sys.stdout.writelines(f"said nowhere: {text!r}\n" for text in unused)
    complaints = wanting(load(), said)
    sys.stdout.writelines(f"{line}\n" for line in [*complaints, f"{len(said)} messages, {len(complaints)} wanting"])
    return int(asked.what == "check" and bool(complaints))


if __name__ == "__main__":
    sys.exit(main())
