"""Give the demonstration county the catalogue, and say who answers for what: departments, boards, grid workers."""

from collections.abc import Iterator

from django.utils import timezone

from yiwang.catalogue.actions import load_default
from yiwang.catalogue.models import Item, Responsibility
from yiwang.catalogue.queries import TOPIC
from yiwang.demo import COUNTY, Progress, since
from yiwang.people.models import Post
from yiwang.plumbing.freshness.snapshots import touched

# Branches and items for the whole county, by the title of the post.
OF_THE_COUNTY = {
    "纪检监察员": ("DJ05", "PA10-05"),
    "农业农村局经办人": ("JJ01", "JJ02", "JJ03"),
    "市场监督管理局经办人": ("JJ04",),
    "人力资源和社会保障局经办人": ("JJ05", "MS10"),
    "住房和城乡建设局经办人": ("MS01", "MS05", "PA03"),
    "水务公司经办人": ("MS03",),
    "供电公司经办人": ("MS03-05", "MS03-06", "MS03-07"),
    "通信公司经办人": ("MS03-08", "MS03-09"),
    "燃气公司经办人": ("MS03-10", "MS03-13"),
    "城市管理局经办人": ("MS02", "MS04", "PA06", "PA07"),
    "民政局经办人": ("MS07",),
    "教育局经办人": ("MS08",),
    "卫生健康局经办人": ("MS09",),
    "交通运输局经办人": ("MS12",),
    "生态环境局经办人": ("MS13",),
    "应急管理局经办人": ("PA01", "PA02", "PA08", "PA11"),
    "公安局经办人": ("PA05",),
    "司法局经办人": ("PA10",),
}
# Each town's boards, on its own ground.
OF_A_TOWN = {
    "党的建设岗": ("DJ01", "DJ02", "DJ03", "DJ04", "DJ06"),
    "经济发展岗": ("JJ06",),
    "民生服务岗": ("MS06", "MS11"),
    "平安法治岗": ("PA04", "PA09"),
}
# What every grid worker sees to on her own grid.
OF_A_GRID = ("MS02", "PA04-01")
GRID_WORKER = "grid_worker"


def give_out(progress: Progress) -> None:
    """Load the default catalogue and hand all of it out: the demonstration has no gap."""
    begun = since(timezone.localdate())
    brought = load_default(by="system", today=begun)
    assert not brought.rejections, "the project's own catalogue is whole: are the messages compiled?"
    items = {item.code: item for item in Item.objects.filter(county=None)}
    given = [
        Responsibility(item=items[code], place_id=post.ground_id, post=post, since=begun)
        for post in Post.objects.filter(ground__code__startswith=COUNTY).select_related("role")
        for code in _answers_for(post)
    ]
    Responsibility.objects.bulk_create(given)
    touched(TOPIC)
    progress(len(given), len(given))


def _answers_for(post: Post) -> Iterator[str]:
    if post.ground_id == COUNTY:
        yield from OF_THE_COUNTY.get(post.title, ())
    yield from OF_A_TOWN.get(post.title, ())
    yield from OF_A_GRID if post.role.code == GRID_WORKER else ()
