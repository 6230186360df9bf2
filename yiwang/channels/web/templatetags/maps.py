"""A map in a page: `{% map points="spots" places=codes %}` and a JSON script of that id beside it.

`places`: a list of codes that are drawn with what lies directly in them; `around`: others, which the view need not
hold. `points`: the id of a JSON script, or an address, with
`[{"kind", "lon", "lat", "label", "href"}]` in WGS 84; the kinds are those of the legend. The script of the page is
`web/mapped.mjs`; it fetches library and styles when the map comes into sight.
"""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

_LEGEND = (
    ("late", "▲", _("overdue")),
    ("soon", "●", _("nearly due")),
    ("calm", "○", _("in time")),
    ("done", "✓", _("has ended")),
    ("photo", "■", _("photo taken here")),
    ("there", "◆", _("reported in here")),
    ("hot", "◎", _("cases gather here")),
)


@register.inclusion_tag("web/map.html", name="map")
def map_box(
    *, points: str = "", places: Iterable[str] = (), around: Iterable[str] = (), fit: str = "",
    pick: bool = False, later: bool = False, outlines: str = "outline", says: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The box of a map. `fit="points"`: the view is theirs alone; `pick`: a position can be chosen (see picker.mjs).

    `later`: the page's own script shows it. `outlines`: the page (its URL name) that gives boundaries. `says`: what
    the map shows, in words.
    """
    return {
        "base": json.dumps(settings.BASE_MAP, ensure_ascii=False), "points": points, "places": ",".join(places),
        "around": ",".join(around), "fit": fit,
        "pick": pick, "later": later, "says": says, "legend": _LEGEND, "outlines": reverse(outlines, args=["CODE"]),
    }  # fmt: skip
