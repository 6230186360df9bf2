"""What is wanting in a reply: plain rules over its text, what was asked, and what the unit has lately replied.

Who finished a case and when stands on the reporter's page beside the reply, so a reply need not say it again; what is
only promised must say until when.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yiwang.cases.rules import words_of
from yiwang.plumbing.personal import Kind, personal_in


class Flaw(StrEnum):
    """What is wanting."""

    PASSED_ON = "passed_on"  # says only that others have it, or that it is being dealt with
    VAGUE = "vague"  # says that something was done, and not what
    NOTHING_DONE = "nothing_done"
    NO_DATE = "no_date"  # promises something, and not for when
    BESIDE = "beside"  # speaks of something else than was asked
    PERSONAL = "personal"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Warned:
    """A flaw, and the piece of the reply in which it shows; "" where it is the whole."""

    flaw: Flaw
    piece: str = ""


_END = re.compile(r"[，。；！？、,;!?\n]+")
_WHO = (
    "(?:相关|有关|责任|主管|职能|对应|具体|属地)*(?:部门|单位|科室|人员|同志|社区|街道|乡镇|村委|物业|公司|方面|企业)"
)
_PASSED_ON = re.compile(
    rf"(?:转|移?交|反馈|上报){_WHO}?|(?:派|通知|联系|督促|责成|协调){_WHO}"
    r"|(?:正在|正|在)(?:处理|办理|核实|跟进|协调|研究|推进|调查|落实)"
    r"|(?:尽快|及时|抓紧|马上|立即)(?:处理|办理|核实|跟进|解决|安排|整改)|(?:已)?(?:收悉|知悉|收到|登记|记录|受理|阅)"
    r"|等待|谅解|理解|耐心|持续关注|高度重视|加强管理|进一步"
)
_POLITE = re.compile(
    r"您好|你好|尊敬的.{0,4}|感谢.{0,12}|谢谢|祝.{0,6}|再见|此复|特此回复|欢迎.{0,10}|如有.{0,14}|居民|市民|网民|反映人"
)
_DONE = re.compile(
    r"已|了|完(?:成|毕)|修复|修好|更换|清(?:理|运|除|扫|洗)|拆除|疏通|整改|处罚|罚款|立案|查处|劝(?:导|离)|封堵|加(?:装|固)|安装|补(?:种|发|办|缴)"
    r"|恢复|发放|到账|退(?:还|款|费)|解释|说明|告知|答复|调解|达成"
    r"|核(?:查|实)|检(?:查|修|测)|到现场|扑灭|撤(?:离|除)|救|送(?:医|往)|办(?:好|结|理好)|施划|铺|换|接好|修|补|扶正|停工"
    r"|属于|不属于|不符合|符合|按照|根据|可以|需要|不能"
)
_GENERAL = re.compile(
    r"已经?|处理|解决|办结|办理|完成|完毕|整改|落实|到位|妥善|全部|问题|事项|该|此|此事|情况|现场|工作|人员|我们?|单位|派|到|前往|对|进行|了|的|并|和|向|与|等"
    r"|反映人|当事人|群众|说明|解释|沟通|告知|反馈|满意|表示|目前|现|均|都|其"
)
_PROMISE = re.compile(r"(?:下一步|后续|接下来|近期|近日|即将|拟|计划|将(?!军)|会尽快|待.{1,12}后)")
_WHEN = re.compile(
    r"[0-9一二三四五六七八九十两半]+个?(?:小时|天|日|周|星期|月|工作日|年|点|时)|今[天日晚]|明[天日年]"
    r"|本[周月年]|下[周月]|月底|年底|上半年|下半年|周[一二三四五六日末]"
    r"|(?:春|夏|秋|冬)季|前完成|之前"
)
_STOP = frozenset(
    "的了是在有我他她它们不也就都和与及对把被向从到这那个一上下里外大小多少没还很又再会能要想请说看来去为以及您你好等地得着过吗呢吧啊之其该此已将并"
)
_LONG = 25
_SAME = 0.9
_ENOUGH, _SHARED = 8, 2
_SAYS_SOMETHING = 3
_PRIVATE = frozenset({Kind.PHONE, Kind.IDENTITY, Kind.CARD, Kind.ACCOUNT, Kind.PLATE})


def flaws_of(reply: str, *, asked: str, recent: Sequence[str] = (), elsewhere: bool = False) -> list[Warned]:
    """What is wanting in a reply to what was asked; `recent`: the unit's replies to other cases.

    `elsewhere`: the catalogue's words read in the reply another kind of matter than the case is.

    An empty reply has no flaws: it cannot be sent.
    """
    clauses = [clause for one in _END.split(reply) if (clause := _POLITE.sub("", one).strip())]
    if not reply.strip():
        return []
    beside = _beside(reply, asked) if elsewhere else ()
    return [
        *_of_what(clauses), *_of_when(reply, clauses), *beside, *_private(reply), *_copied(reply, recent),
    ]  # fmt: skip


def _of_what(clauses: Sequence[str]) -> Iterator[Warned]:
    """Does it say what was done? One flaw at most: the plainest."""
    own = [clause for clause in clauses if not _PASSED_ON.search(clause)]
    if not own:
        yield Warned(Flaw.PASSED_ON, clauses[0] if clauses else "")
    elif not any(_DONE.search(clause) for clause in own):
        yield Warned(Flaw.NOTHING_DONE)
    elif len(_GENERAL.sub("", "".join(own))) < _SAYS_SOMETHING:
        yield Warned(Flaw.VAGUE)


def _of_when(reply: str, clauses: Sequence[str]) -> Iterator[Warned]:
    promises = [clause for clause in clauses if _PROMISE.search(clause)]
    if promises and not _WHEN.search(reply):
        yield Warned(Flaw.NO_DATE, promises[0])


def _beside(reply: str, asked: str) -> Iterator[Warned]:
    """Nothing in common with what was asked either: no pair of characters, and not two that mean something."""
    said, wanted = _meaning(reply), _meaning(asked)
    apart = len(said & wanted) < _SHARED and not set(words_of(reply)) & set(words_of(asked))
    if len(said) >= _ENOUGH and len(wanted) >= _ENOUGH and apart:
        yield Warned(Flaw.BESIDE)


def _meaning(text: str) -> set[str]:
    return {one for one in text if "\u4e00" <= one <= "\u9fa5" and one not in _STOP}


def _private(reply: str) -> Iterator[Warned]:
    """Numbers by which somebody is found, and a name together with a door."""
    found = personal_in(reply)
    kinds = {one.kind for one in found}
    named_at_home = {Kind.NAME, Kind.DOOR} if {Kind.NAME, Kind.DOOR} <= kinds else set()
    pieces = [one.piece for one in found if one.kind in _PRIVATE | named_at_home]
    if pieces:
        yield Warned(Flaw.PERSONAL, "、".join(pieces))


def _copied(reply: str, recent: Sequence[str]) -> Iterator[Warned]:
    """The same long words to another reporter; what is short is said alike where the same was done."""
    pairs = set(words_of(reply))
    if len(reply.strip()) >= _LONG and any(_alike(pairs, set(words_of(other))) for other in recent):
        yield Warned(Flaw.COPY)


def _alike(pairs: set[str], others: set[str]) -> bool:
    return bool(pairs | others) and len(pairs & others) >= _SAME * len(pairs | others)
