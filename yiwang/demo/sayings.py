"""What people of the demonstration county say: the catalogue's own examples, put as residents and workers put them."""

import random

from yiwang.catalogue.rules import Content

WHERE = (
    *("门口", "楼下", "路口", "屋后", "巷子里", "对面", "围墙外", "单元门前", "桥头", "停车场旁"),
    *("活动室旁", "晒坝边"),
)
_SEEN = (
    "{about}，{since}，请尽快处理。",
    "{about}，{harm}。",
    "{about}，{since}，{harm}。",
    "巡查发现：{about}，{harm}，需要处置。",
    "居民反映{about}，{since}。",
    "{since}，{about}，没有人来管。",
    "您好，{about}，麻烦安排人来看看。",
    "走访时看到{about}，已拍照，请派人处理。",
)
_HEARD = (
    "{about}，请帮忙看看。",
    "{about}，希望有人来了解一下情况。",
    "居民来访反映：{about}。",
    "{about}，请帮忙协调解决。",
    "入户走访了解到：{about}，请跟进。",
    "{about}，{long}，一直没有结果。",
)
_SINCE = (
    *("已经三天了", "今天早上发现的", "昨晚就这样了", "一个多星期了", "从上个月到现在"),
    *("前天开始的", "这已经是第二次了", "天天如此"),
)
_HARM = (
    *("影响大家生活", "老人小孩不安全", "周边住户意见很大", "担心出意外", "大家都盼着早点解决"),
    *("来来往往的人很多", "群里好几户都在说"),
)
_ASKING = ("怎么", "吗", "想", "能不能", "谁")
_LONG = ("跑了两趟", "问了好几个部门", "等了半个月", "上个月就说过")
_OF_WORKERS = ("巡查", "走访", "入户", "居民")
_OF_RESIDENTS = ("您好",)


def fits(text: str, *, worker: bool) -> bool:
    """Whether a grid worker, or a resident, would put it like this."""
    return not text.startswith(_OF_RESIDENTS if worker else _OF_WORKERS)


def told(chance: random.Random, content: Content) -> str:
    """One way to tell of an item: what is seen is told with its harm, what is asked with a request."""
    about = chance.choice(content.examples or (f"这里有{content.name}的情况",))
    is_question = any(word in about for word in _ASKING)
    pattern = chance.choice(_SEEN if content.evidence.photos and not is_question else _HEARD)
    return pattern.format(
        about=about, since=chance.choice(_SINCE), harm=chance.choice(_HARM), long=chance.choice(_LONG)
    )
