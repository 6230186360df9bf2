"""What can be asked of papers: those of a bulletin that one has found, and whether they are still what was signed."""

from dataclasses import dataclass
from datetime import timedelta

from yiwang.bulletins.models import Paper
from yiwang.bulletins.rules import signed_lines
from yiwang.insight.models import Bulletin
from yiwang.plumbing.files import queries as files
from yiwang.plumbing.signing import is_ours, is_signed

VALID_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a bulletin: their hashes, whether the signature belongs to them, and links that end soon."""

    hashes: dict[str, str]
    is_signed: bool
    links: dict[str, str]


def papers_of(kept: Bulletin) -> Papers | None:
    """The papers of a bulletin that its reader may see; None where none were made yet."""
    paper = Paper.objects.filter(county=kept.county, place=kept.place, kind=kept.kind, first=kept.first).first()
    if paper is None:
        return None
    hashes = {"docx": paper.docx_sha256, "xlsx": paper.xlsx_sha256}
    found = files.kept([paper.docx, paper.xlsx])
    links = {
        form: files.link(found[file], VALID_FOR)
        for form, file in (("docx", paper.docx), ("xlsx", paper.xlsx))
        # A file that was exchanged is not handed out as what was signed.
        if file in found and found[file].sha256 == hashes[form]
    }
    lines, key = signed_lines(bytes(kept.signature), hashes), bytes(paper.public_key)
    return Papers(hashes, is_ours(key) and is_signed(lines, bytes(paper.signature), key), links)
