"""Tables of people, units, posts, and of what people sign in with."""

from yiwang.people.models.credentials import Authenticator, RecoveryCode, Session, Token
from yiwang.people.models.posts import Holding, OpenQuestion, People, Person, Post, Role, Subject, Unit, UnitKind

__all__ = [
    "Authenticator",
    "Holding",
    "OpenQuestion",
    "People",
    "Person",
    "Post",
    "RecoveryCode",
    "Role",
    "Session",
    "Subject",
    "Token",
    "Unit",
    "UnitKind",
]
