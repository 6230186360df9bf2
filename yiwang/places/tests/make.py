"""Plain makers of ground."""

from yiwang.places.models import Kind, Place

# What a code's length says of its kind.
_BY_LENGTH = {6: "county", 9: "town", 12: "community", 15: "grid", 18: "courtyard"}
_NAMES = {"county": "区县", "town": "镇街", "community": "村社区", "grid": "网格", "courtyard": "微网格"}


def make_place(code: str, name: str = "", kind: str = "") -> Place:
    """A place under the longest existing place whose code begins its own."""
    kind = kind or _BY_LENGTH[len(code)]
    known, _ = Kind.objects.get_or_create(
        code=kind,
        defaults={"name": _NAMES.get(kind, kind), "name_en": kind, "rank": len(code) // 3, "own_part": r"\d{3}"},
    )
    above = [code[:length] for length in range(1, len(code))]
    parent = Place.objects.filter(code__in=above).order_by("-code").first()
    return Place.objects.create(code=code, name=name or code, kind=known, parent=parent)
