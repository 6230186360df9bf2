"""Which photo shows what: the scene of an item, and what a handler says who mended it."""

SCENE_OF = {
    code: scene
    for scene, codes in {
        "lamp": ("MS01-01", "MS01-02", "PA05-10", "PA02-06"),
        "pothole": ("MS01-05", "MS01-06", "MS01-07", "MS01-15", "JJ01-06", "PA07-07", "MS12-10"),
        "manhole": ("MS01-03", "MS01-04"),
        "full_bins": ("MS02-02", "MS02-03", "MS02-14"),
        "rubbish": ("MS02-01", "MS02-04", "MS02-05", "MS02-12", "PA07-03"),
        "foul_river": ("MS02-07", "MS02-15", "MS13-04", "MS13-05", "MS13-08", "PA11-03"),
        "burst_pipe": ("MS03-02", "MS01-08", "MS01-09", "PA11-04"),
        "fallen_tree": ("MS04-01", "MS04-02", "MS04-04", "MS04-06", "PA11-05"),
        "hanging_cables": ("MS03-07", "MS03-08", "PA03-04"),
        "blocked_lane": ("PA02-01", "MS12-01", "MS12-02", "PA06-09", "MS05-13"),
        "stalls": ("PA06-01", "PA06-02", "PA06-03", "PA06-06", "PA06-08"),
        "cracked_wall": ("MS05-07", "MS05-08", "MS05-09"),
        "stickers": ("MS02-08",),
        "broken_railing": ("MS01-10", "PA11-07", "MS04-07", "MS01-13"),
        "burning_straw": ("MS02-13", "PA02-10"),
        "crammed_stairs": ("PA02-02", "PA02-03"),
        "building_site": ("PA07-04", "PA07-05", "PA07-06", "PA07-09", "MS13-02", "MS13-06"),
        "weeds": ("MS04-03", "MS04-05"),
    }.items()
    for code in codes
}
_DONE = {
    "lamp": "已更换灯具并检修线路，夜间试亮正常",
    "pothole": "已切边清底，用沥青混合料补平压实",
    "manhole": "已更换防盗井盖，并加装防坠网",
    "full_bins": "已清运，并调整该点位的清运频次",
    "rubbish": "已清运垃圾并冲洗地面，纳入日常巡查",
    "foul_river": "已封堵排污口，打捞漂浮物并接入污水管网",
    "burst_pipe": "已关阀抢修，更换破损管段并恢复路面",
    "fallen_tree": "已锯除倒木、清理枝叶，道路恢复通行",
    "hanging_cables": "已收紧线缆并扶正电杆，剪除废线",
    "blocked_lane": "已通知车主驶离，重新施划禁停标线",
    "stalls": "已劝导入市经营，清扫路面",
    "cracked_wall": "已铲除空鼓层，封闭裂缝并重新抹灰",
    "stickers": "已铲除小广告并粉刷墙面",
    "broken_railing": "已修复护栏并加固立柱",
    "burning_straw": "明火已扑灭，现场清理完毕并对当事人教育",
    "crammed_stairs": "已清理楼道堆物，电动车移至集中充电处",
    "building_site": "已修复围挡，督促工地覆盖裸土、喷淋降尘",
    "weeds": "已清除菜地，补种草皮和绿篱",
}


def done(scene: str) -> str:
    """What a handler writes who has dealt with it."""
    return _DONE.get(scene, "已处理完毕")
