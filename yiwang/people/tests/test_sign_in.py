import base64
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django_otp.oath import TOTP

from tests.town import PASSWORD, Town
from yiwang.people import access, actions, queries
from yiwang.people.models import Authenticator, Holding, Person, RecoveryCode, Session, Token
from yiwang.people.rules import Duty
from yiwang.people.sessions import SessionStore, fingerprint, note_presence
from yiwang.people.tests.make import make_person
from yiwang.people.tests.test_actions import refused
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.sealing import BrokenSeal, seal, unseal

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = NOW.date()


def code_at(key: str, when: datetime) -> str:
    totp = TOTP(base64.b32decode(key))
    totp.time = when.timestamp()
    return f"{totp.token():06}"


def enrolled(person: Person) -> tuple[str, list[str]]:
    key = actions.begin_second_factor(person).key
    codes = actions.confirm_second_factor(person, code_at(key, NOW), now=NOW)
    assert codes is not None
    return key, codes


# By name or number


@pytest.mark.django_db
def test_one_signs_in_by_login_name_or_phone_number(rf: object) -> None:
    from yiwang.people.backends import PersonBackend
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

    with standing_on(EVERYWHERE):
        mei = make_person("mei", phone="13800000002", password=PASSWORD)
        make_person("closed", password=PASSWORD, is_active=False)
    door = PersonBackend()  # no ground is set here: nobody stands anywhere before signing in
    assert door.authenticate(None, username="mei", password=PASSWORD) == mei
    assert door.authenticate(None, username="13800000002", password=PASSWORD) == mei
    assert door.authenticate(None, username="mei", password="wrong") is None
    assert door.authenticate(None, username="nobody", password=PASSWORD) is None
    assert door.authenticate(None, username="closed", password=PASSWORD) is None
    found = door.get_user(mei.pk)
    assert found == mei
    assert found is not None
    assert not getattr(found, "has_second_factor")  # noqa: B009 - an annotation, which types do not know


def test_five_wrong_passwords_lock_the_door_for_a_while(town: Town, rf: object) -> None:
    make_person("fang", password=PASSWORD)

    def tries(password: str, address: str) -> bool:
        request = rf.post("/sign-in", REMOTE_ADDR=address)  # type: ignore[attr-defined]
        return authenticate(request, username="fang", password=password) is not None

    wrong = [tries("wrong", "10.0.0.7") for _ in range(5)]
    assert wrong == [False] * 5
    assert not tries(PASSWORD, "10.0.0.7")
    assert tries(PASSWORD, "10.0.0.8")


def test_passwords_are_kept_as_argon2(town: Town) -> None:
    assert make_person(password=PASSWORD).password.startswith("argon2$argon2id$")


# Second factor


def test_a_code_opens_once_and_one_step_early_or_late(town: Town) -> None:
    key, _ = enrolled(town.mei)
    later = NOW + timedelta(minutes=5)
    assert actions.check_second_factor(town.mei, code_at(key, later - timedelta(seconds=30)), now=later)
    assert not actions.check_second_factor(town.mei, code_at(key, later - timedelta(seconds=30)), now=later)


def test_a_code_of_two_steps_ago_is_wrong(town: Town) -> None:
    key, _ = enrolled(town.mei)
    later = NOW + timedelta(minutes=5)
    assert not actions.check_second_factor(town.mei, code_at(key, later - timedelta(seconds=60)), now=later)


def test_the_code_that_confirmed_is_not_taken_again(town: Town) -> None:
    key, _ = enrolled(town.mei)
    assert not actions.check_second_factor(town.mei, code_at(key, NOW), now=NOW)


def test_after_a_wrong_code_one_must_wait(town: Town) -> None:
    key, codes = enrolled(town.mei)
    assert not actions.check_second_factor(town.mei, "not a code", now=NOW)
    with refused("code_too_soon"):
        actions.check_second_factor(town.mei, code_at(key, NOW + timedelta(minutes=1)), now=NOW + timedelta(minutes=1))
    with refused("code_too_soon"):
        actions.check_second_factor(town.mei, codes[0], now=NOW)


def test_a_recovery_code_opens_once(town: Town) -> None:
    _, codes = enrolled(town.mei)
    assert len(set(codes)) == 10
    assert actions.check_second_factor(town.mei, f" {codes[3].upper()} ", now=NOW)
    assert not actions.check_second_factor(town.mei, codes[3], now=NOW)
    Authenticator.objects.update(throttling_failure_count=0)
    assert actions.check_second_factor(town.mei, codes[4], now=NOW)
    assert RecoveryCode.objects.filter(used_at=None).count() == 8


def test_a_wrong_first_code_confirms_nothing(town: Town) -> None:
    actions.begin_second_factor(town.mei)
    assert actions.confirm_second_factor(town.mei, "000000", now=NOW) is None
    assert not Authenticator.objects.get(user=town.mei).confirmed


def test_nobody_replaces_a_second_factor_without_an_administrator(town: Town) -> None:
    enrolled(town.mei)
    with refused("second_factor_there"):
        actions.begin_second_factor(town.mei)
    with refused("duty_not_held_there"):
        actions.remove_second_factor(town.mei, by=town.gu, today=TODAY)
    with refused("administering_oneself"):
        actions.remove_second_factor(town.ning, by=town.ning, today=TODAY)
    actions.remove_second_factor(town.mei, by=town.ning, today=TODAY)
    assert Entry.objects.filter(act="remove_second_factor", actor=f"person:{town.ning.pk}").exists()
    assert actions.begin_second_factor(town.mei).uri.startswith("otpauth://totp/Yiwang%3Amei?")


def test_no_secret_is_readable_in_the_database_the_trail_or_a_repr(town: Town) -> None:
    begun = actions.begin_second_factor(town.mei)
    codes = actions.confirm_second_factor(town.mei, code_at(begun.key, NOW), now=NOW)
    device = Authenticator.objects.get(user=town.mei)
    assert codes is not None
    assert begun.key.encode() not in bytes(device.sealed_key)
    assert begun.key not in repr(begun)
    kept = repr([device.__dict__, list(RecoveryCode.objects.values()), list(Entry.objects.values())])
    assert begun.key not in kept
    assert not any(code in kept for code in codes)


def test_a_seal_moved_to_another_row_does_not_open() -> None:
    sealed = seal("secret", of="authenticator:1")
    assert unseal(sealed, of="authenticator:1") == "secret"
    with pytest.raises(BrokenSeal):
        unseal(sealed, of="authenticator:2")
    with pytest.raises(BrokenSeal):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), of="authenticator:1")


def test_what_an_older_key_sealed_still_opens(settings: object) -> None:
    sealed = seal("secret", of="x")
    settings.SEAL_KEYS = ["a newer key", *settings.SEAL_KEYS]  # type: ignore[attr-defined]
    assert unseal(sealed, of="x") == "secret"
    assert seal("secret", of="x")[1:5] != sealed[1:5]
    settings.SEAL_KEYS = ["a newer key"]  # type: ignore[attr-defined]
    with pytest.raises(BrokenSeal):
        unseal(sealed, of="x")


# Sessions


def begun_session(person: Person, *, address: str = "10.0.0.7") -> SessionStore:
    assert settings.SESSION_ENGINE == "yiwang.people.sessions"
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = str(person.pk)
    note_presence(session, address=address, agent="Firefox", now=NOW)
    session.save()
    return session  # type: ignore[no-any-return]


def test_one_sees_where_one_is_signed_in_but_not_the_key(town: Town) -> None:
    session = begun_session(town.mei)
    begun_session(town.gu)
    (line,) = queries.sessions_of(town.mei, now=datetime.now(UTC))
    assert (line.address, line.agent, line.created_at) == ("10.0.0.7", "Firefox", NOW)
    assert line.mark == fingerprint(str(session.session_key)) != session.session_key
    assert not SessionStore(line.mark).load()
    assert str(session.session_key) not in repr(list(Session.objects.values()))


def test_a_session_ends_by_its_owner_only(town: Town) -> None:
    session = begun_session(town.mei)
    mark = fingerprint(str(session.session_key))
    with refused("no_such_session"):
        actions.sign_out(mark, by=town.gu)
    assert SessionStore(session.session_key).load()
    actions.sign_out(mark, by=town.mei)
    assert not SessionStore(session.session_key).load()


def test_signing_out_everywhere_keeps_the_present_session(town: Town) -> None:
    here, there = begun_session(town.mei), begun_session(town.mei, address="10.0.0.9")
    assert actions.sign_out_everywhere(town.mei, by=town.mei, today=TODAY, keep=here.session_key) == 1
    assert SessionStore(here.session_key).load()
    assert not SessionStore(there.session_key).load()
    with refused("duty_not_held_there"):
        actions.sign_out_everywhere(town.mei, by=town.qiao, today=TODAY)


def test_a_reset_password_ends_all_sessions(town: Town) -> None:
    session = begun_session(town.mei)
    actions.reset_password(town.mei, by=town.ning, today=TODAY)
    assert not SessionStore(session.session_key).load()


def test_expired_sessions_are_swept_out(town: Town) -> None:
    from yiwang.people.jobs import clear_expired_sessions

    old, young = begun_session(town.mei), begun_session(town.gu)
    Session.objects.filter(person=town.mei).update(expire_date=NOW - timedelta(days=900))
    clear_expired_sessions(timestamp=0)
    assert not SessionStore().exists(old.session_key)
    assert SessionStore().exists(young.session_key)


def test_being_seen_is_written_every_ten_minutes_only(town: Town) -> None:
    session = begun_session(town.mei)
    fresh = SessionStore(session.session_key)
    note_presence(fresh, address="10.0.0.7", agent="Firefox", now=NOW + timedelta(minutes=9))
    assert not fresh.modified
    note_presence(fresh, address="10.0.0.7", agent="Firefox", now=NOW + timedelta(minutes=11))
    fresh.save()
    row = Session.objects.get(person=town.mei)
    assert (row.created_at, row.last_seen_at) == (NOW, NOW + timedelta(minutes=11))


# Tokens


def issued(town: Town, *duties: Duty) -> tuple[Token, str]:
    return actions.issue_token(
        "hotline", duties=duties, ground=town.two_wells, expires_at=NOW + timedelta(days=90), by=town.mei, now=NOW
    )


def test_a_token_stands_for_some_of_its_owners_duties_on_its_ground(town: Town) -> None:
    _, secret = issued(town, Duty.TRIAGE)
    bearer = queries.bearer(secret, NOW)
    assert bearer is not None
    assert bearer.person == town.mei
    assert bearer.may(Duty.TRIAGE, town.lane_grid.code)
    assert not bearer.may(Duty.DISPATCH, town.lane_grid.code)
    assert not bearer.may(Duty.TRIAGE, town.bridge_grid.code)


def test_a_token_dies_with_its_day_its_owners_post_or_its_revocation(town: Town) -> None:
    token, secret = issued(town, Duty.TRIAGE)
    assert queries.bearer(secret, NOW + timedelta(days=90)) is None
    assert queries.bearer(secret + "x", NOW) is None
    Holding.objects.filter(person=town.mei).update(until=TODAY)
    forget(access.TOPIC)
    weak = queries.bearer(secret, NOW)
    assert weak is not None
    assert weak.duties == frozenset()
    actions.revoke_token(token, by=town.mei, now=NOW)
    assert queries.bearer(secret, NOW) is None


def test_a_token_is_looked_up_in_memory_and_kept_as_a_hash(town: Town, django_assert_num_queries: object) -> None:
    token, secret = issued(town, Duty.TRIAGE)
    assert secret not in repr(Token.objects.values().get(pk=token.pk))
    queries.bearer(secret, NOW)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.bearer(secret, NOW) is not None
        assert queries.bearer(secret + "x", NOW) is None


def test_a_token_dies_with_the_account_of_its_owner_and_stays_dead(town: Town) -> None:
    _, secret = issued(town, Duty.TRIAGE)
    assert queries.bearer(secret, NOW) is not None
    actions.close_account(town.mei, on=TODAY, by=town.ning)
    assert queries.bearer(secret, NOW) is None
    actions.reopen_account(town.mei, by=town.ning, today=TODAY)
    assert queries.bearer(secret, NOW) is None


def test_nobody_issues_more_than_they_have_or_for_ever(town: Town) -> None:
    issue = {"ground": town.two_wells, "by": town.mei, "now": NOW}
    soon = NOW + timedelta(days=90)
    with refused("token_beyond_its_owner"):
        actions.issue_token("x", duties=[Duty.ADMINISTER], expires_at=soon, **issue)  # type: ignore[arg-type]
    with refused("token_beyond_its_owner"):
        actions.issue_token("x", duties=[Duty.TRIAGE], expires_at=soon, **(issue | {"ground": town.county}))  # type: ignore[arg-type]
    for wrong in (NOW, NOW + timedelta(days=367)):
        with refused("token_lasts_a_year_at_most"):
            actions.issue_token("x", duties=[Duty.TRIAGE], expires_at=wrong, **issue)  # type: ignore[arg-type]


def test_an_administrator_of_another_county_cannot_revoke_a_token(town: Town) -> None:
    token, _ = issued(town, Duty.TRIAGE)
    with refused("duty_not_held_there"):
        actions.revoke_token(token, by=town.qiao, now=NOW)
    assert actions.revoke_token(token, by=town.ning, now=NOW).revoked_at == NOW


def test_a_tokens_use_is_noted_once_an_hour(town: Town) -> None:
    token, secret = issued(town, Duty.TRIAGE)
    for minutes in (0, 30, 59):
        actions.note_token_use(token.pk, now=NOW + timedelta(minutes=minutes))
    token.refresh_from_db()
    assert token.last_used_at == NOW
    remembered = queries.bearer(secret, NOW)
    assert remembered is not None
    assert remembered.last_used_at is not None
    actions.note_token_use(token.pk, now=NOW + timedelta(minutes=61))
    token.refresh_from_db()
    assert token.last_used_at == NOW + timedelta(minutes=61)
