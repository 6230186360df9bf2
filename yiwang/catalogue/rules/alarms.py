"""What must not wait behind the ordinary: lives in danger, and accusations against those who would read them.

Recognised by plain patterns before anything else, rather once too often than once too seldom: a danger that was none
costs a look, and an accusation that was none costs an investigator a click. Who tells of what might happen one day
("a hidden danger of fire") tells of something ordinary.
"""

from enum import StrEnum
from typing import Any

import re2

READ = 4000
TOLD_AT_ONCE = 300
"""So many characters are looked at for an accusation, and for a danger: who is in it does not write a letter first."""


class Alarm(StrEnum):
    """What a text alarms of."""

    GAS = "gas"
    FIRE = "fire"
    COLLAPSE = "collapse"
    DROWNING = "drowning"
    SELF_HARM = "self_harm"
    LIFE = "life"  # any other danger for a life: electric shock, violence, somebody unconscious or trapped
    ACCUSED = "accused"  # somebody in office is accused


WORDS = {
    Alarm.GAS: "燃气泄漏煤气",
    Alarm.FIRE: "火灾着火",
    Alarm.COLLAPSE: "倒塌垮了塌陷滑坡",
    Alarm.DROWNING: "溺水落水",
    Alarm.SELF_HARM: "轻生自杀跳楼",
    Alarm.LIFE: "触电受伤晕倒",
    Alarm.ACCUSED: "干部吃拿卡要贪污挪用冒领",
}
"""By these an item for the alarm is looked for where the text's own words name none."""

# Up to so many characters of the same sentence.
_NEAR = "[^。；！？!?;\n]"
_FUEL = "(?:汽油|煤油|柴油|油气|煤气|燃气|天然气|液化气|石油气|瓦斯|沼气|煤烟)"
_STANDS = "(?:房|楼|屋|墙|桥|路|坡|山|地|基坑|塔吊|吊车|脚手架|隧道|堤|坝|棚|井|窑|矿)"
_WATER = "(?:河|江|湖|塘|水库|水渠|水沟|水里|水中|池|粪坑|化粪池|井)"
_OFFICE = (
    "(?:法官|检察官|医生|收费员|村里|局里|镇政府|乡政府|书记|村会计|林业站|信用社|大厅的人|主任|民政办|国土所|司法所|计生办|村里的人|镇里的人|所里|办公室的人|办事员|会计|出纳|小组长|副?局长|副?镇长|领导家|村长|村干|支书|局长|镇长|乡长|县长|市长|区长|所长|科长|处长|校长|院长|队长|组长|干部|领导|官员|公务员"
    "|城管|民警|交警|警察|派出所|执法|村委|居委|工作人员|经办人)"
)
_BENEFIT = (
    "(?:补助|补贴|补偿|低保|扶贫|集体|公款|专项|资金|救助|惠民|征地|青苗费|粮食"
    "|粮补|扶贫物资|集体资产|集体土地|集体的|危房|退耕|抚恤|五保|土地款|工程款|公家|救灾|捐款)"
)
_DANGERS = {
    Alarm.GAS: (
        rf"{_FUEL}{_NEAR}{{0,8}}(?:泄漏|泄露|泄|漏|臭|味|爆|中毒|挖断|断了|破了|着|关不)|(?:漏|挖断|挖破|闻到|闻见|闻着){_NEAR}{{0,8}}{_FUEL}"
        r"|臭鸡蛋味|一氧化碳|嘶嘶.{0,4}漏"
    ),
    Alarm.FIRE: (
        r"着火|起火|失火|着了火|火花|火苗|烧了起来|火灾|火警|有火|燃起|烧起来|烧着了|冒火|冒烟|浓烟|火光|大火|山火|爆炸|爆燃|燃爆|自燃|救火|冒黑烟"
    ),
    Alarm.COLLAPSE: (
        rf"{_STANDS}{_NEAR}{{0,8}}(?:倒塌|坍塌|垮塌|塌方|塌了|塌陷|垮了|塌下|倒下来|倒了压|要塌|快塌|快要?倒|要倒了?|断了|裂得|断裂)"
        rf"|坍塌|垮塌|塌方|滑坡|泥石流|决堤|溃坝|管涌|冒浑水|险情|被埋|埋在|压在下面|(?:压|砸|埋|夹|卡)(?:住|着|到|在|了)?{_NEAR}{{0,6}}(?:人|下面|底下|孩子|老人|工人)|(?:树|吊臂|塔吊|广告牌|电线杆|墙).{{0,2}}倒了?"
    ),
    Alarm.DROWNING: (
        rf"溺水|落水|淹死|淹着|沉下去|(?:掉|跌|摔|栽|跳)(?:进|到|入|下|落|在|了){{0,2}}{_NEAR}{{0,3}}{_WATER}|{_WATER}{_NEAR}{{0,6}}(?:漂着|淹)"
        r"|被.{0,3}水.{0,2}(?:冲走|围困|困)|洪水.{0,6}(?:困|冲)"
    ),
    Alarm.SELF_HARM: (
        r"自杀|轻生|自尽|卧轨|跳楼|跳河|跳江|跳桥|跳下去|要跳|割腕|上吊|(?:喝|吃)了?.{0,3}(?:农药|安眠药|百草枯|老鼠药)|服毒"
        r"|不想活|活不下去|活不成|不活了|想死|要死给|去死|结束(?:自己的?)?生命|寻短见|结束一切|别找我|别找[他她]|(?:桥|天桥|楼顶|栏杆|窗台|天台|铁轨).{0,6}(?:哭|坐着|站着|不下来|徘徊|外面)|想不开|自残|自焚|同归于尽|以死|遗书|割脉|活够了?"
    ),
    Alarm.LIFE: (
        r"触电|电到|电倒|被电(?:[^动话信视脑]|$)|漏电|高压线.{0,4}(?:掉|断|垂)|中毒|昏迷|晕倒|昏倒|没有?呼吸|没气了|流血不止|大出血|抽搐"
        r"|砍人|持刀|拿刀|拿着刀|捅|杀人|要杀|打死|劫持|绑架|困在.{0,6}(?:电梯|屋|楼|车|水)|(?:电梯|屋|楼|车)里?.{0,4}困"
        r"|电线.{0,6}(?:断|掉|垂)|(?:氨气|液氨|氯气|毒气|硫化氢|化学品|危化品|甲醇|硫酸).{0,6}(?:泄|漏|翻)|没反应|没了?反应|叫不醒|不醒人事|不省人事"
        r"|不动了|动不了|锁在.{0,6}(?:车|屋|家|里)|(?:心脏病|癫痫|哮喘|脑梗|中风|病).{0,3}发作|心脏病发|快不行了|(?:架子?|楼|梯|树|高处|窗户?).{0,4}(?:摔|掉|跌)下"
        r"|倒在.{0,6}(?:地|路|家|血)|走丢|走散|找不到(?:孩子|老人|人了)|(?:孩子|老人|小孩).{0,6}(?:不见了|丢了)|要生了|血流|满身是血|流了?.{0,4}血|噎|喘不上|喘不过|憋|卡在|卡住了?(?:手|脚|头|孩子|小孩|喉)|(?:手|脚|头|腿).{0,3}卡|压在|昏过去|昏了|晕过去|晕了|中暑|休克|抢救|喊救|喊人救|救人"
        r"|油罐车|槽罐车|侧翻|翻了车?|翻车|出不来|出不去|逃不|追人|拿.{0,4}[刀枪棍]|打架|群殴|斗殴|烧伤|烫伤|咬伤|重伤|生命危险|出人命|死了人|尸体|斧头|砍刀|(?:是|有|出|流|全|带|满)血|倒下了?|羊水|没上来|没(?:开门|出门)|刹车失灵|冲(?:进|到|下|出).{0,4}(?:江|河|沟|桥|人群|人行)|吞了.{0,4}(?:电池|硬币|钉|药|刀片)|辣眼|眼睛辣"
        r"|车祸|撞了?人|被撞|救命|快来人|求救|坠楼|坠落|掉下楼|失踪|走失|窒息|心梗"
    ),
}
_NOT_YET = (
    r"(?:火灾|爆炸|坍塌|倒塌|垮塌|塌方|塌陷|漏电|触电|中毒|泄漏|泄露|车祸|滑坡|坠落|溺水|落水|走失)"
    r"(?:的|等)?(?:安全)?(?:隐患|风险|危险|事故频|预防|预警|报警器|演练|知识|培训|险|保险|责任|怎么办|应急预案)"
    r"|(?:防止|预防|避免|防范|谨防|以免|防|消除|杜绝|万一|一旦|如果|假如|要是|容易|怕|担心|唯恐|恐|可能|会不会|想过?要?不是)"
    rf"{_NEAR}{{0,8}}?(?:火灾|着火|起火|失火|爆炸|坍塌|倒塌|垮塌|塌方|塌了|漏电|触电|中毒|泄漏|泄露|漏气|车祸|滑坡|坠落|溺水|落水"
    r"|冒烟|自燃|自杀|轻生|自尽|卧轨|走失|被撞|撞人|砸|压|伤|摔|掉)"
    r"|食物中毒|中毒性|跳楼价|跳楼式|跳河边|煤气费|燃气费|灭火器|打火机|火灾险|大火热|如火如荼|水中毒"
)
_ACCUSED = (
    r"贪污|贪官|贪腐|(?:账目|账务|财务|帐目|村务|资金)(?:一直|从来|从)?(?:不公开|不清|混乱|不透明)|腐败|受贿|索贿|行贿|贿赂|贿选|拉票|吃拿卡要|以权谋私|假公济私|徇私|优亲厚友|滥用职权|滥用权力|权钱交易|权力寻租"
    r"|保护伞|官商勾结|警匪|公款吃喝|公款旅游|公款消费|公车私用|中饱私囊|小金库|人情保|关系保|打击报复|好处费|暗箱操作|村霸"
    rf"|(?:冒领|截留|侵占|侵吞|挪用|克扣|套取|骗取|虚报|私分|贪|吞){_NEAR}{{0,12}}{_BENEFIT}"
    rf"|{_BENEFIT}{_NEAR}{{0,10}}(?:冒领|截留|侵占|侵吞|挪用|克扣|套取|骗取|私分|吞|贪了|进了.{{0,6}}(?:腰包|口袋)|被.{{0,8}}(?:贪|吞|吃)了?)"
    rf"|{_OFFICE}{_NEAR}{{0,24}}(?:红包|回扣|收钱|收了?.{{0,6}}[钱礼烟酒]|送钱|送礼|索要|索取|要钱|塞钱|给钱才|包庇|勾结|报复"
    r"|作威作福|欺压|谋私|捞钱|捞好处|占为己有|打了?人|殴打|威胁|违纪|乱收费|摊派|围标|串标|假发票|收受|收[了我他]|送.{{0,6}}[烟酒礼钱]|拿回扣|拿去|拿走|牵走|扣了|扣下|私吞|独吞|自己用|自家|吃低保|吃空饷|公家|公款|一伙|同伙|勾搭|串通|情人|财物|赌博|嫖)"
    rf"|{_OFFICE}{_NEAR}{{0,16}}(?:亲戚|亲属|亲友|弟弟?|哥哥|表[弟哥]|老婆|儿子|女儿|小舅子|侄|自己人|关系户|假账|做假|造假|弄虚作假|私自|私下|便宜|贱卖"
    r"|偷卖|变卖|卖(?:地|山|树|了|钱)|挪|吞|贪|赌|麻将|喝酒|吃喝|宴请|好处|开的?(?:饭店|公司|店|厂)|护着|护短|不开(?:发)?票|不给钱"
    r"|发钱|花钱|空饷|假名|冒名|伪造|代签|恐吓|打骂|酒驾|请吃饭|领走|保护费|合伙|压着不办)"
    rf"|(?:举报|控告|检举|揭发){_NEAR}{{0,14}}{_OFFICE}"
)


def _compiled(pattern: str) -> Any:
    # One pass over the text whatever the pattern: `re` tries each of its branches at each character.
    return re2.compile(pattern.encode(), _OPTIONS)


_OPTIONS = re2.Options()
_OPTIONS.max_mem = 64 << 20
_dangers = {alarm: _compiled(pattern) for alarm, pattern in _DANGERS.items()}
_any_danger = _compiled("|".join(_DANGERS.values()))
_not_yet = _compiled(_NOT_YET)
_accused = _compiled(_ACCUSED)


def alarm_in(text: str) -> Alarm | None:
    """What a text alarms of, lives before anything else; None for what may go the ordinary way."""
    first = text[:TOLD_AT_ONCE].encode(errors="replace")
    if _any_danger.search(first):
        plain = _not_yet.sub("。".encode(), first)
        for alarm, pattern in _dangers.items():
            if pattern.search(plain):
                return alarm
    return Alarm.ACCUSED if _accused.search(text[:READ].encode(errors="replace")) else None
