"""Every page that is photographed for `docs/shots`: as whom, and on what. One line a page; add yours here.

An address may name what `tests.shown_cases` has found in the demonstration: {waiting}, a case in the inbox;
{in_hand}, one that the water company deals with; {here}, one that the grid worker does; {overdue}; {finished}, one to
be checked; {closed}, one with a long history; {call}, one whose reporter is to be called; {told} and {secret}, a
resident's report; {label}, the code on a lamp post; {meeting} and {last_item}, of the first town's committee.
"""

from typing import NamedTuple


class Shown(NamedTuple):
    """A picture: its name, the page (its name in urls.py), the address, the seat (a login of the demonstration)."""

    name: str
    page: str
    address: str
    seat: str = ""
    what: str = ""  # what is to be seen, in the index
    at: str = ""  # what the page is scrolled to, as CSS


SHOWN = [
    # Resident
    Shown("start", "home", "/", "", "居民首页"),
    Shown("report", "report", "/report?label={label}", "", "居民上报（扫码带出事项和地点）"),
    Shown("follow", "follow", "/r/{told}?secret={secret}", "", "居民查看进度"),
    Shown("my-reports", "my-reports", "/my-reports", "", "居民查找自己的上报"),
    # Grid worker
    Shown("today", "today", "/today", "grid", "网格员：今天"),
    Shown("today-report", "today-report", "/today/report", "grid", "网格员：上报"),
    Shown("today-case", "today-case", "/today/{here}", "grid", "网格员：一件"),
    Shown("today-finish", "today-move", "/today/{here}/finish", "grid", "网格员：办结"),
    Shown("today-check", "today-check", "/today/{finished}/check", "grid", "网格员：核查"),
    Shown("today-form", "today-form", "/today/forms/{asked}", "grid", "网格员：填报"),
    Shown("my-month", "my-month", "/today/month", "grid", "网格员：本月"),
    Shown("my-ground", "my-ground", "/today/ground", "grid", "网格员：我的网格"),
    # Command centre
    Shown("inbox", "inbox", "/inbox", "centre", "指挥中心：待受理"),
    Shown("inbox-case", "inbox-case", "/inbox/{waiting}", "centre", "指挥中心：受理一件"),
    Shown("calls", "calls", "/calls", "caller", "指挥中心：回访"),
    Shown("call", "call", "/calls/{call}", "caller", "指挥中心：回访一件"),
    Shown("shifts", "shifts", "/shifts", "centre", "指挥中心：值班日志"),
    Shown("cases", "cases", "/cases", "director", "全部事件"),
    Shown("case-overdue", "case", "/cases/{overdue}", "director", "超期的一件"),
    # Department
    Shown("mine", "mine", "/mine", "water", "部门：等我办"),
    Shown("case", "case", "/cases/{in_hand}", "water", "部门：办理中的一件"),
    Shown("case-finish", "case-move", "/cases/{in_hand}/finish", "water", "部门：办结", "textarea[name=note]"),
    Shown("case-finished", "case", "/cases/{finished}", "grid", "待核查的一件"),
    Shown("case-closed", "case", "/cases/{closed}", "centre", "已结案的一件"),
    # Leader
    Shown("leader", "leader", "/leader", "town", "领导：一页"),
    Shown("listed", "listed", "/listed", "director", "挂牌督办"),
    Shown("guidance", "guidance", "/guidance", "town", "领导：蹲点指导"),
    Shown("orders", "orders", "/orders", "director", "督办"),
    Shown("listed-new", "listed", "/listed?case={overdue}", "director", "挂牌督办：挂牌一件"),
    Shown("appeals", "appeals", "/appeals", "director", "超期申诉"),
    Shown("listed-public", "listed-public", "/public/listed", "", "挂牌督办公示"),
    Shown("meetings", "meetings", "/meetings", "town", "领导：末尾议题"),
    Shown("agenda", "agenda", "/meetings/{meeting}", "town", "领导：会议议程"),
    Shown("last-item", "last-item", "/meetings/items/{last_item}", "town", "领导：末尾议题一件"),
    Shown("unit", "unit", "/unit", "waterhead", "单位：负荷与三率"),
    Shown("ranking", "ranking", "/ranking", "town", "领导：单位排名"),
    Shown("forms", "forms", "/forms", "town", "报表"),
    Shown("form", "form", "/forms/{form}", "town", "报表汇总"),
    Shown("form-ask", "form-ask", "/forms/new", "town", "下发报表"),
    Shown("load", "load", "/load", "town", "领导：网格员负担"),
    Shown("load-forms", "load-forms", "/load/{worker}/forms?week={week}", "town", "领导：一名网格员的报表"),
    Shown("signs", "signs", "/signs", "town", "领导：形式主义苗头"),
    Shown("figures", "figures", "/figures", "", "指标怎么算"),
    Shown(
        "cases-behind",
        "cases-behind",
        "/figures/in_time_rate/cases?place=990101001&from=2020-01-01&to=2099-12-31&part=rest",
        "town",
        "领导：指标对应的事件",
    ),
    Shown("trends", "trends", "/trends", "leader", "领导：趋势与异常"),
    Shown("lists", "lists", "/lists", "town", "四清单"),
    Shown(
        "problem",
        "problem",
        "/lists/problem?place=990101001&item={lamp}",
        "town",
        "四清单：一个问题",
    ),
    Shown("problem-cases", "problem-cases", "/lists/cases?place=990101001&of=told", "town", "四清单：一个数字的事件"),
    Shown("topics", "topics", "/topics", "town", "领导：热点清单"),
    Shown("spots", "spots", "/spots", "town", "领导：热点区域"),
    Shown("replies", "replies", "/replies", "waterhead", "单位：待改进的回复"),
    Shown("repeats", "repeats", "/repeats", "director", "指挥中心：重复诉求"),
    Shown("bulletins", "bulletins", "/bulletins", "town", "领导：通报"),
    Shown("open-data", "open-data", "/open", "", "开放数据"),
    Shown("wall", "wall", "/wall", "leader", "大屏"),
    Shown("wall-screen", "wall-screen", "/wall/screen", "", "大屏：用令牌打开"),
    Shown("leader-cases", "cases", "/cases?overdue=on", "leader", "领导：超期事件"),
    # Administrator
    Shown("ground", "ground", "/ground", "county", "辖区"),
    Shown("ground-place", "ground", "/ground?q=%E4%BA%95%E4%BA%AD", "county", "辖区：查找"),
    Shown("flaws", "flaws", "/ground/flaws", "county", "边界问题"),
    Shown("redrawings", "redrawings", "/ground/redrawings", "county", "区划调整"),
    Shown("labels", "labels", "/desk/labels", "county", "二维码标签"),
    Shown("failed-notices", "failed-notices", "/notices/failed", "county", "没送到的通知"),
    Shown("imports", "imports", "/imports", "county", "导入名单"),
    Shown("administration", "admin:index", "/admin/", "county", "管理"),
    Shown("administration-people", "admin:people_person_changelist", "/admin/people/person/", "county", "管理：人员"),
    Shown("administration-items", "admin:catalogue_item_changelist", "/admin/catalogue/item/", "county", "管理：事项"),
    # Everybody
    Shown("try", "try", "/try", "", "选择身份试用"),
    Shown("sign-in", "sign-in", "/sign-in", "", "登录"),
    Shown("account", "account", "/account", "centre", "我的账号"),
    Shown("notices", "notices", "/notices", "water", "通知"),
    Shown("today-notices", "notices", "/notices", "grid", "网格员：通知"),
    Shown("notice-choices", "notice-choices", "/account/notices", "water", "怎样收到通知"),
    Shown("choose-password", "choose-password", "/account/password", "centre", "改密码"),
    Shown("second-factor-set-up", "second-factor-set-up", "/account/second-factor/set-up", "centre", "设置二次验证"),
]
# Addresses of channels/web/urls.py that are no page of their own, each with the reason.
_PART = "a part of a page, fetched by it"
_FORM = "takes a form and goes back to its page"
_FILE = "a file to be kept"
NO_PAGE = {
    **dict.fromkeys(
        (
            "report-places", "report-proposal", "inbox-list", "inbox-lead", "inbox-alike", "mine-list", "calls-list",
            "place-options", "post-options", "children", "outline", "played-day", "public-outline",
            "report-named", "report-similar", "shifts-log", "cases-count", "today-list", "today-report-where",
            "today-report-item", "wall-now", "notices-unread", "today-changed", "today-reveal", "case-now",
            "call-reveal", "case-reveal", "answer",
        ),
        _PART,
    ),
    **dict.fromkeys(
        (
            "inbox-bulk", "set_language", "sign-out", "sign-out-session", "sign-out-everywhere", "revoke-token",
            "call-off", "case-say", "take-seat", "begin-day", "stop-day", "leader-decide", "leader-instruct",
            "mine-sign", "shifts-act", "today-say", "reminder-seen", "listed-new", "listed-act",
            "appeal-ask", "appeal-decide", "notices-read", "notice-open", "failed-notice-again", "meeting-call",
            "meeting-end", "last-item-act", "orders-act",
            "guidance-note", "measure-write", "measure-end", "meeting-bring", "form-act",
        ),
        _FORM,
    ),
    **dict.fromkeys(
        (
            "listed-file", "orders-file", "appeals-file", "guidance-file", "signs-file", "load-file", "form-file",
            "forms-file", "topics-file", "replies-file", "behind-file", "meetings-file", "cases-csv", "cases-excel",
            "inbox-csv", "inbox-excel", "mine-csv", "mine-excel", "calls-csv", "calls-excel", "shifts-csv",
            "shifts-excel", "people-template", "file", "open-month", "agenda-sheet", "lists-csv", "lists-excel",
            "lists-sheet",
        ),
        _FILE,
    ),
    "spot": "is there once a hot spot was found, which the job does at its hour",
    "repeat": "is there once somebody told often, which the job sees at its hour",
    "topic": "is there once topics were found, which the job does at its hour",
    "label": "leads on to the report",
    "bulletin": "is there once something was published, at an hour that may not have come in the demonstration",
    "second-factor": "asks for the code of a second factor, which no seat of the demonstration has",
}  # fmt: skip
