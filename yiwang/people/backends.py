"""Who signs in: by login name or phone number, and the person behind a session."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from yiwang.people import demonstration
from yiwang.people.models import Authenticator, Person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


class PersonBackend(BaseBackend):
    """Looks people up over the wall, because nobody stands anywhere before signing in."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        username: str | None = None,
        password: str | None = None,
        **_: object,
    ) -> Person | None:
        """The active person of this login name or phone number and password, or nobody."""
        if not username or password is None or not demonstration.lets_in(password):
            return None
        # Wherever somebody's phone number is another's login name, the login name wins.
        with standing_on(EVERYWHERE):
            found = sorted(
                Person.objects.filter(Q(login=username) | Q(phone=username)), key=lambda p: p.login != username
            )
        if not found:
            make_password(password)  # as slow as a real look, so that the time does not tell who exists
            return None
        person = found[0]
        fits = check_password(password, person.password, lambda raw: _rehash(person, raw))
        return person if fits and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session, with `has_second_factor` beside; nobody when the account was closed."""
        factor = Authenticator.objects.filter(user=OuterRef("pk"), confirmed=True)
        with standing_on(EVERYWHERE):
            return Person.objects.filter(pk=user_id, is_active=True).annotate(has_second_factor=Exists(factor)).first()


def _rehash(person: Person, raw: str) -> None:
    person.set_password(raw)
    with standing_on(EVERYWHERE):
        person.save(update_fields=["password"])
