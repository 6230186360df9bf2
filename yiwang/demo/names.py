"""Invented names of places and people. Any likeness to a real place or person is chance."""

COUNTY = "云岭县"
TOWNS = (("001", "双井街道"), ("101", "石桥镇"), ("102", "柳溪镇"), ("201", "云坝乡"))
COMMUNITIES = (
    *("井亭社区", "北门社区", "南桥社区", "文庙社区", "新荷社区", "东湖社区"),
    *("石桥社区", "青龙嘴村", "梨园村", "白鹤村", "石门坎村", "枫香村"),
    *("柳溪社区", "水磨村", "桐子坪村", "竹林湾村", "望江村", "麻柳村"),
    *("云坝社区", "大茅坡村", "鹿鸣村", "高观村", "茶园村", "清泉村"),
)
ROADS = ("井亭大街", "文庙路", "石桥路", "梨园路", "柳溪路", "望江路", "云坝路", "茶园路")
_TREES = ("槐树", "桂花", "黄葛", "银杏", "石榴", "枇杷", "核桃", "香樟", "柚子", "杏花", "青竹", "腊梅", "紫薇")
_YARDS = ("小院", "院子", "大院")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤"  # noqa: E501 - one line reads better than four
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华建国玉梅志红春燕晓东海波文斌雪琴小林大山成龙水生德福长贵永康世昌家和立新学文思远雨晴子涵一鸣佳怡浩然"  # noqa: E501


def courtyard(grid: str, number: int) -> str:
    """A courtyard's name, always the same for the same grid and number."""
    seed = int(grid[6:]) * 7 + number * 5
    return f"{_TREES[seed % len(_TREES)]}{_YARDS[seed // 13 % len(_YARDS)]}"


def person(number: int) -> str:
    """The n-th invented person: surname and one or two characters, without repetition for thousands."""
    surname = _SURNAMES[number * 37 % len(_SURNAMES)]
    first = _GIVEN[number * 53 % len(_GIVEN)]
    second = _GIVEN[(number * 29 + number // len(_GIVEN)) % len(_GIVEN)]
    return surname + first + (second if number % 4 else "")
