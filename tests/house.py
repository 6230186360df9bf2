"""What the house forbids, found in the syntax and not in the text. Each finder names the places ("file:line")."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.sources import Source, is_file_of, name_of

WRITES = frozenset(
    {"save", "create", "update", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
)
ENVIRONMENT = frozenset({"environ", "environb", "getenv", "putenv"})
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X)\b")  # spelt so that it does not find itself


def writes(source: Source) -> Iterator[str]:
    """Calls of methods that write.

    Which object a method belongs to cannot be read off the syntax, so every method of such a name counts,
    unless what it is called on is plainly a dict or a set: a literal, or a name that the function only ever
    binds to one or annotates as one. A channel that updates anything else spells it another way (`|=`, `hashlib.new`).
    """
    for scope in ast.walk(source.tree):
        if not isinstance(scope, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        plain = _plain_collections(scope)
        for call in _own_calls(scope):
            method = call.func
            if not isinstance(method, ast.Attribute) or method.attr not in WRITES:
                continue
            known = isinstance(method.value, ast.Name) and method.value.id in plain
            if not known and not _makes_collection(method.value):
                yield f"{source.at(call)} .{method.attr}("


def _own_calls(scope: ast.AST) -> Iterator[ast.Call]:
    return (node for node in _own_nodes(scope) if isinstance(node, ast.Call))


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _own_nodes(child)


def _plain_collections(scope: ast.AST) -> set[str]:
    nodes = list(_own_nodes(scope))
    plain = [name for node in nodes for name in _bound_to_collection(node)]
    bound = [node for node in nodes if isinstance(node, ast.arg)]
    stored = [node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    other = {node.arg for node in bound if node not in plain} | {node.id for node in stored if node not in plain}
    return {node.arg if isinstance(node, ast.arg) else node.id for node in plain} - other


def _bound_to_collection(node: ast.AST) -> list[ast.Name | ast.arg]:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _names_collection(node.annotation):
        return [node.target]
    if isinstance(node, ast.Assign) and _makes_collection(node.value):
        return [target for target in node.targets if isinstance(target, ast.Name)]
    return [node] if isinstance(node, ast.arg) and node.annotation and _names_collection(node.annotation) else []


def _makes_collection(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in {"dict", "set"}
    return isinstance(value, ast.Dict | ast.Set | ast.DictComp | ast.SetComp)


def _names_collection(annotation: ast.expr) -> bool:
    named = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    return isinstance(named, ast.Name) and named.id in {"dict", "set"}


def refusals(source: Source) -> Iterator[tuple[str, str, set[str] | None]]:
    """Every refusal written out: its place, its code, and the figures it gives (None where they are unpacked)."""
    for call in source.calls():
        position = {"Refused": 0, "reject": 2}.get(name_of(call.func))
        if position is None or len(call.args) <= position:
            continue
        code = call.args[position]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            given = {keyword.arg for keyword in call.keywords if keyword.arg}
            yield source.at(call), code.value, None if len(given) < len(call.keywords) else given


def without_docstring(source: Source) -> Iterator[str]:
    """Public functions, classes and methods of rules, actions and queries that do not say what they do.

    A property says it by its name; so does what only repeats a method of Python's own (`__str__`).
    """
    if not is_file_of(source.path, "rules", "actions", "queries"):
        return
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if ast.get_docstring(node) is None:
                yield f"{source.at(node)} {node.name}"
            yield from _methods_without(source, node) if isinstance(node, ast.ClassDef) else ()


def _methods_without(source: Source, owner: ast.ClassDef) -> Iterator[str]:
    for method in owner.body:
        if not isinstance(method, ast.FunctionDef) or method.name.startswith("_"):
            continue
        is_property = any(name_of(decorator) in {"property", "cached_property"} for decorator in method.decorator_list)
        if not is_property and ast.get_docstring(method) is None:
            yield f"{source.at(method)} {owner.name}.{method.name}"


def decides_by_state(source: Source) -> Iterator[str]:
    """Comparisons of a state, and matches on one, outside the rules and the engine of lives."""
    if is_file_of(source.path, "rules", "lifecycle"):
        return
    for node in ast.walk(source.tree):
        compared = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        compared += [node.subject] if isinstance(node, ast.Match) else []
        if any(name_of(side) == "state" for side in compared):
            assert isinstance(node, ast.Compare | ast.Match)
            yield source.at(node)


def reads_environment(source: Source) -> Iterator[str]:
    """Uses of the environment; handing all of it on to a child process (`{**os.environ, …}`) reads no setting."""
    handed_on = {
        id(value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if key is None
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute):
            found = name_of(node.value) == "os" and node.attr in ENVIRONMENT and id(node) not in handed_on
        else:
            found = isinstance(node, ast.ImportFrom) and node.module == "os" and bool(ENVIRONMENT & _imported(node))
        if found:
            assert isinstance(node, ast.Attribute | ast.ImportFrom)
            yield source.at(node)


def _imported(node: ast.ImportFrom) -> set[str]:
    return {alias.name for alias in node.names}


def comments(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of every comment of a Python file."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def unfinished(path: str, text: str) -> Iterator[str]:
    """Notes of unfinished work: in the comments of Python, anywhere in other files."""
    lines = comments(text) if path.endswith(".py") else enumerate(text.splitlines(), start=1)
    return (f"{path}:{number}" for number, line in lines if UNFINISHED.search(line))
