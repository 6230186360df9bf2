"""Which map lies under ours, and what its setting opens."""

import pytest

from yiwang.project.basemap import NONE, base_map, hosts_of
from yiwang.project.environment import Misconfigured


def test_without_a_setting_nothing_is_fetched_from_outside() -> None:
    assert base_map("") == base_map("none") == NONE
    assert hosts_of(NONE) == []


def test_the_states_map_comes_in_two_layers_from_its_own_hosts() -> None:
    chosen = base_map("tianditu:0123456789abcdef")
    assert [len(layer) for layer in chosen["layers"]] == [8, 8]
    for layer, name in zip(chosen["layers"], ("vec", "cva"), strict=True):
        assert layer[0].startswith(f"https://t0.tianditu.gov.cn/{name}_w/wmts?")
        assert layer[0].endswith("&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=0123456789abcdef")
    assert hosts_of(chosen) == [f"https://t{n}.tianditu.gov.cn" for n in range(8)]
    assert (chosen["datum"], "天地图" in chosen["credit"]) == ("wgs84", True)


def test_any_tiles_by_their_address_in_their_datum_with_their_credit() -> None:
    chosen = base_map("https://tiles.example.cn:8443/a/{z}/{x}/{y}.png?k=1", datum="gcj02", credit="某县测绘院")
    assert chosen["layers"] == [["https://tiles.example.cn:8443/a/{z}/{x}/{y}.png?k=1"]]
    assert (hosts_of(chosen), chosen["datum"]) == (["https://tiles.example.cn:8443"], "gcj02")
    assert chosen["credit"] == "某县测绘院"
    assert base_map("http://10.1.2.3/{z}/{y}/{x}")["credit"] == "10.1.2.3"


@pytest.mark.parametrize(
    "nonsense",
    [
        "yes", "tianditu", "tianditu:", "tianditu:no key", "ftp://a/{z}/{x}/{y}", "https://a/{z}/{x}.png",
        "https://a/{z}/{x}/{y}/{s}", "https://a/{z}/{x}/{x}{y}", "https://{s}.a/{z}/{x}/{y}",
        "https://a;script-src/{z}/{x}/{y}", "https://a/{z}/{x}/{y};x", "https://a b/{z}/{x}/{y}", "https:///{z}/{x}/{y}",
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_what_to_write(nonsense: str) -> None:
    with pytest.raises(Misconfigured, match="tianditu:KEY"):
        base_map(nonsense)


def test_a_key_written_wrongly_is_not_repeated_in_the_log() -> None:
    with pytest.raises(Misconfigured) as said:
        base_map("tianditu:0123456789 abcdef")
    assert "0123456789" not in str(said.value)


def test_a_datum_that_is_none_is_refused() -> None:
    with pytest.raises(Misconfigured, match="wgs84 or gcj02"):
        base_map("none", datum="bd09")
    with pytest.raises(Misconfigured, match="tianditu"):
        base_map("tianditu:0123456789abcdef", datum="gcj02")
