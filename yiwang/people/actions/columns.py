"""The columns of the list of people and posts."""

from yiwang.plumbing.sheets.reading import Column

COLUMNS = (
    Column("name", ("姓名", "Name"), required=True),
    Column("login", ("登录名", "Login"), required=True),
    Column("phone", ("手机号", "手机", "电话", "Phone")),
    Column("unit", ("单位", "Unit")),
    Column("unit_kind", ("单位类型", "Kind of unit")),
    Column("parent", ("上级单位", "Unit above")),
    Column("post", ("岗位", "Post")),
    Column("role", ("角色", "Role")),
    Column("ground", ("辖区代码", "Ground"), required=True),
    Column("since", ("起始日期", "From")),
    Column("until", ("截止日期", "To")),
)

# A template's example rows begin so, and are passed over when somebody leaves them in.
_EXAMPLES = ("示例", "Example")


def is_example(name: str) -> bool:
    """Whether a row is one of the template's examples."""
    return name.startswith(_EXAMPLES)
