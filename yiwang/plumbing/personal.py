"""What in a text tells of a person: phones, identity and card numbers, accounts, plates, doors, names.

Found by patterns: rather a word too many than a person too many. No patterns know every name; what leaves the house
leaves it only where the operator said so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is told of a person."""

    PHONE = "phone"
    IDENTITY = "identity"
    CARD = "card"
    ACCOUNT = "account"
    PLATE = "plate"
    DOOR = "door"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Personal:
    """A piece of a text and what it tells."""

    kind: Kind
    piece: str
    start: int


_INSTEAD = {
    Kind.PHONE: "〔电话〕", Kind.IDENTITY: "〔证件号〕", Kind.CARD: "〔卡号〕", Kind.ACCOUNT: "〔账号〕",
    Kind.PLATE: "〔车牌〕", Kind.DOOR: "〔门牌〕", Kind.NAME: "〔某人〕",
}  # fmt: skip
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛"
    "樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹欧耿关焦俞左柳甘祝宁尚舒阮柯梅童凌毕单裴霍涂苗谷盛曲翁冉骆蓝游辛靳鲍喻祁蒲屈饶解牟艾尤穆卓古吉缪简麦褚娄窦戚岑冷晏席卫柏瞿桂佟应臧闵苟邬卞姬仇栾隋刁荣巫寇桑甄仲虞敖"
    "巩佘查邝仝]"
)
_AFTER = (
    "(?:反映|投诉|举报|表示|要求|希望|家|门|们|说|在|的|是|与|及|将|已|把|被|对|等|不|没|有|住|来|去|从|到|向|给|想|要|问"
    "|因|为|都|也|就)"
)
_REST = rf"(?:(?!{_AFTER})[\u4e00-\u9fa5*])"
_WHO = (
    "(?:我叫|我是|本人|姓名|名叫|联系人|反映人|当事人|投诉人|举报人|户主|业主|住户|房主|车主|居民|村民|邻居|老板|店主|患者"
    "|学生|家长|孩子|老人)"
)
_TITLE = (
    "(?:先生|女士|小姐|同志|师傅|大爷|大妈|大娘|大叔|阿姨|奶奶|爷爷|婆婆|老师|医生|经理|书记|主任"
    "|局长|镇长|村长|所长|院长)"
)
_DIGIT = "[0-9一二三四五六七八九十]"
_HOUSE = rf"{_DIGIT}{{1,4}}(?:号楼|栋|幢|座)(?:{_DIGIT}{{1,3}}单元)?[-—]?(?:\d{{1,4}}(?:室|号|房)?)?"
_ROOM = (
    rf"{_DIGIT}{{1,3}}单元\d{{0,4}}(?:室|号|房)?|(?<!\d)\d{{1,4}}-\d{{1,2}}-\d{{3,4}}(?!\d)"
    r"|(?<!\d)\d{3,4}(?:室|号房)"
)
_OF_A_STREET = r"(?<=[路街巷村组弄])\d{1,5}号(?!线|机|文|令|公告)"
_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_MAIL = r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.]+"
_CHAT = r"(?:微信|[Qq]{2})号?[:：是为 ]{0,2}[A-Za-z0-9_-]{5,}"
# The longer numbers first: an identity number holds what looks like a phone.
_PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Kind.IDENTITY, r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?!\d)"),
        (Kind.CARD, r"(?<!\d)[1-9]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)"),
        (Kind.PHONE, r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"),
        (Kind.PHONE, r"(?<!\d)0\d{2,3}[ -]?[2-9]\d{6,7}(?!\d)"),
        (Kind.ACCOUNT, f"{_MAIL}|{_CHAT}"),
        (Kind.PLATE, rf"{_PROVINCE}[A-HJ-NP-Z][·. -]?[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警]"),
        (Kind.DOOR, f"{_HOUSE}|{_ROOM}|{_OF_A_STREET}"),
        (Kind.NAME, rf"{_WHO}[:：是为叫 ]{{0,2}}(?P<name>{_SURNAME}{_REST}{{1,2}})"),
        (Kind.NAME, rf"(?P<name>{_SURNAME}{_REST}{{0,2}}?){_TITLE}"),
        (Kind.NAME, rf"(?P<name>{_SURNAME}(?:某某|某|[*＊×]{{1,2}}))"),
    )
)  # fmt: skip


def personal_in(text: str) -> list[Personal]:
    """Every piece of a text that tells of a person, in their order; none inside another."""
    return sorted(_found(text), key=lambda one: one.start)


def without_personal(text: str) -> str:
    """The text with a word in the place of each of them, which says what stood there."""
    pieces, at = [], 0
    for one in personal_in(text):
        pieces += [text[at : one.start], _INSTEAD[one.kind]]
        at = one.start + len(one.piece)
    return "".join([*pieces, text[at:]])


def _found(text: str) -> Iterator[Personal]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("name") if kind is Kind.NAME else match.span()
            if not any(start < other and first < end for first, other in taken):
                taken.append((start, end))
                yield Personal(kind, text[start:end], start)
