"""Cases brought as far as a test needs them, and their pages looked at from outside."""

import re
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.desk import at_the_desk
from tests.shelf import keep_files_in
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import Actor, acting, reporter
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.people.models import Person
from yiwang.plumbing.files.tests.make import encoded, quarters
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


def prepared(town: Town, folder: Path, settings: Settings) -> Town:
    """The town with a lamp in its catalogue, and a shelf of its own for photos."""
    keep_files_in(folder, settings)
    with standing_on(EVERYWHERE):
        make_lamp()
    return town


def desk(person: Person) -> Client:
    client = at_the_desk(person)
    client.cookies["django_language"] = "en"
    return client


def as_(person: Person) -> Actor:
    return acting(person, on=timezone.localdate())


class Bench:
    """Cases brought so far as each test needs them, and looked at from outside."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def reported(self, **told: Any) -> int:
        told = {"text": "井巷口的路灯不亮了", "place": self.town.lane_grid.code, "item": "LAMP"} | told
        with standing_on(EVERYWHERE):
            return actions.report(actions.Report(**told), by=reporter(), now=timezone.now()).number

    def accepted(self, **told: Any) -> int:
        number = self.reported(**told)
        self.make("accept", number, self.town.mei, item="LAMP", place=self.town.lane_grid.code)
        return number

    def dispatched(self, **told: Any) -> int:
        assisting = told.pop("assisting", ())
        number = self.accepted(**told)
        self.make("dispatch", number, self.town.mei, lead=self.town.water_post.pk, assisting=assisting)
        return number

    def in_hand(self, **told: Any) -> int:
        number = self.dispatched(**told)
        self.make("sign_for", number, self.town.wen)
        return number

    def finished(self, **told: Any) -> int:
        number = self.in_hand(**told)
        self.make("finish", number, self.town.wen, evidence=actions.Brought("换了灯泡"))
        return number

    def checked(self, **told: Any) -> int:
        number = self.finished(**told)
        self.make("confirm", number, self.town.bo)
        return number

    def called_back(self, **told: Any) -> int:
        number = self.checked(**told)
        self.make("call_back", number, self.town.mei, solved=False, satisfied=False)
        return number

    def make(self, name: str, number: int, by: Person, **given: Any) -> None:
        with standing_on(EVERYWHERE):
            getattr(actions, name)(number, **given, by=as_(by), now=timezone.now())


def case(number: int) -> Case:
    with standing_on(EVERYWHERE):
        return Case.objects.get(number=number)


def page(client: Client, number: int) -> Any:
    return client.get(f"/cases/{written(number)}")


def names(client: Client, number: int) -> list[str]:
    return [move.name for move in page(client, number).context["moves"]]


def send(client: Client, number: int, name: str, **given: Any) -> Any:
    given = {"seen": case(number).steps} | given
    return client.post(f"/cases/{written(number)}/{name}", given)


def done(client: Client, number: int, name: str, **given: Any) -> Case:
    """The move is made through its form, and the page comes back with a message."""
    answer = send(client, number, name, **given)
    assert answer.status_code == 302, re.findall('role="alert">([^<]*)<', answer.content.decode())
    assert answer["Location"] == f"/cases/{written(number)}"
    assert "Done:" in client.get(answer["Location"]).content.decode()
    with standing_on(EVERYWHERE):
        assert Step.objects.filter(number=number).order_by("-seq")[0].channel == "web"
    return case(number)


def refused(client: Client, number: int, name: str, said: str, status: int = 422, **given: Any) -> str:
    """The move is refused beside its form with this sentence, and nothing has changed."""
    before = case(number).steps
    answer = send(client, number, name, **given)
    text = str(answer.content.decode())
    assert (answer.status_code, case(number).steps) == (status, before)
    assert said in " ".join(re.findall('role="alert">([^<]*)<', text)).replace("&#x27;", "'")
    return text


def shot() -> SimpleUploadedFile:
    return SimpleUploadedFile("lamp.jpg", encoded(quarters()), "image/jpeg")


def approver(town: Town) -> Client:
    return desk(town.gu)
