"""Which map lies under ours: none, the state's 天地图, or tiles from any address."""

import re
from typing import TypedDict

from yiwang.plumbing.stops import gettext_noop
from yiwang.project.environment import Misconfigured


class BaseMap(TypedDict):
    """What a page needs to draw it: addresses of tiles, one list a layer, whose map it is, and in which datum."""

    layers: list[list[str]]
    credit: str
    datum: str


NONE = BaseMap(layers=[], credit="", datum="wgs84")
_DATUMS = ("wgs84", "gcj02")
_KEY = re.compile(r"[0-9A-Za-z]{8,64}")
# What would end a policy's line, a template's attribute or an address is no part of one.
_TILES = re.compile(r"(https?://[0-9A-Za-z.-]+(?::[0-9]{1,5})?)/[^\s\"'<>;,\\]+")
_PARTS = ("{z}", "{x}", "{y}")
# 天地图 spreads its load over these names.
_TIANDITU = [f"https://t{n}.tianditu.gov.cn" for n in range(8)]
_TILE = (
    "{host}/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default&TILEMATRIXSET=w"
    "&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
)


def base_map(value: str, *, datum: str = "", credit: str = "") -> BaseMap:
    """The map that the settings ask for; refuses what is none of the three, and a datum that is none.

    CGCS2000, in which 天地图 is drawn, is WGS 84 to the decimetre.
    """
    if (datum or "wgs84") not in _DATUMS:
        raise Misconfigured(
            gettext_noop("%(name)s is “%(value)s”: write wgs84 or gcj02."), name="YIWANG_MAP_DATUM", value=datum
        )
    if value in {"", "none"}:
        return NONE
    kind, _colon, key = value.partition(":")
    if kind == "tianditu" and _KEY.fullmatch(key) and datum != "gcj02":
        layers = [[_TILE.format(host=host, layer=layer, key=key) for host in _TIANDITU] for layer in ("vec", "cva")]
        return BaseMap(layers=layers, credit=credit or "天地图 · 国家地理信息公共服务平台", datum="wgs84")
    found = _TILES.fullmatch(value)
    if found is None or not all(value.count(part) == 1 for part in _PARTS) or value.count("{") != len(_PARTS):
        # A key is not repeated in logs.
        raise Misconfigured(
            gettext_noop(
                "YIWANG_MAP cannot be read: write none, tianditu:KEY (which is wgs84), or the address of tiles"
                " like https://host/{z}/{x}/{y}.png."
            )
        )
    return BaseMap(layers=[[value]], credit=credit or found[1].partition("://")[2], datum=datum or "wgs84")


def hosts_of(chosen: BaseMap) -> list[str]:
    """The hosts from which its tiles come, as a policy names them: these and no others are opened."""
    hosts = (found[1] for layer in chosen["layers"] for tiles in layer if (found := _TILES.fullmatch(tiles)))
    return list(dict.fromkeys(hosts))
