"""The columns of the lists: ours of items and of responsibilities, and a city's table of standards."""

from yiwang.plumbing.sheets.reading import Column

ITEM_COLUMNS = (
    Column("code", ("事项代码", "Code")),
    Column("parent", ("上级代码", "Under")),
    Column("name", ("事项名称", "Name")),
    Column("name_en", ("英文名称", "Name in English")),
    Column("board", ("板块", "Board")),
    Column("level", ("清单层级", "Level")),
    Column("urgency", ("紧急程度", "Urgency")),
    Column("keywords", ("关键词", "Keywords")),
    Column("examples", ("群众表述", "As residents say it")),
    Column("opens_when", ("立案条件", "open_condition", "Opened when")),
    Column("closes_when", ("结案条件", "close_condition", "Closed when")),
    Column("sign_for", ("签收时限", "Limit to sign for")),
    Column("handle", ("处置时限", "limit_text", "Limit to deal with")),
    Column("check", ("核查时限", "Limit to look whether it is done")),
    Column("call_back", ("回访时限", "Limit to ask the reporter")),
    Column("photos", ("照片张数", "Photos needed")),
    Column("within_metres", ("照片距离（米）", "One of them within metres")),
    Column("note", ("需要说明", "A note is needed")),
    Column("before_and_after", ("前后对比照", "Before and after")),
    Column("on_the_spot", ("可即办", "On the spot")),
    Column("secrecy", ("保密级别", "Secrecy")),
    Column("handlers", ("处置单位", "责任单位", "handler", "Handlers")),
    Column("regulators", ("监管单位", "主管部门", "regulator", "Regulators")),
)
# What a city's table of standards has instead of code, parent and name.
STANDARD_COLUMNS = (
    Column("kind", ("类别", "部件事件")),
    Column("big_code", ("大类代码",)),
    Column("big", ("大类", "大类名称")),
    Column("small_code", ("小类代码",)),
    Column("small", ("小类", "小类名称")),
)
RESPONSIBILITY_COLUMNS = (
    Column("item", ("事项代码", "Item"), required=True),
    Column("place", ("辖区代码", "Place"), required=True),
    Column("unit", ("单位", "Unit"), required=True),
    Column("post", ("岗位", "Post"), required=True),
    Column("since", ("起始日期", "From")),
    Column("until", ("截止日期", "To")),
)
HEADING = {column.name: column.headings[0] for column in (*STANDARD_COLUMNS, *RESPONSIBILITY_COLUMNS, *ITEM_COLUMNS)}
