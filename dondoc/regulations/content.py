"""The model regulations that a unit may begin from: `content/regulations/models.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from dondoc.lib.cadence import Around, Cadence, Grace, Monthly, Once, Weekly
from dondoc.lib.evidence import EVENTS, Evidence

from .rules import fields_of

WHO = ("leader", "clerk", "board", "inspection", "head")


@dataclass(frozen=True, slots=True)
class ModelDuty:
    """A duty as the model proposes it."""

    code: str
    title: str
    evidence: Evidence
    cadence: Cadence
    grace: Grace
    who: str
    basis: str
    verified: bool

    def content(self) -> dict[str, str]:
        """The fields of the duty as a draft holds them."""
        return {
            "code": self.code,
            "title": self.title,
            "evidence": self.evidence.value,
            "who": self.who,
            "basis": self.basis,
            "verified": "1" if self.verified else "",
            "grace": str(self.grace.days),
            "grace_working": "1" if self.grace.working else "",
            "fixed": "" if self.grace.moved else "1",
            **fields_of(self.cadence),
        }


@dataclass(frozen=True, slots=True)
class ModelArticle:
    """An article as the model proposes it."""

    number: int
    heading: str
    text: str
    duties: tuple[ModelDuty, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A model for some kinds of unit, from a day and until one (first day out)."""

    code: str
    name: str
    kinds: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    basis: str
    verified: bool
    articles: tuple[ModelArticle, ...]

    def is_for(self, kind: str, day: date) -> bool:
        """Whether a unit of this kind may adopt it on the day."""
        return kind in self.kinds and self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def _cadence(raw: Mapping[str, Any]) -> Cadence:
    if "months" in raw:
        return Monthly(raw["months"], raw["month"], raw["day"])
    if "weekday" in raw:
        return Weekly(raw["weekday"])
    if "once" in raw:
        return Once(raw["once"])
    event = Evidence(raw["around"])
    if event not in EVENTS:
        raise ValueError(f"{event} is no event that a duty can be counted from")
    return Around(event.value, raw["days"], raw.get("working", False))


def _duty(raw: Mapping[str, Any]) -> ModelDuty:
    if not raw["basis"] or raw["who"] not in WHO:
        raise ValueError(f"{raw['code']}: a duty names its basis and one of {', '.join(WHO)}")
    grace = Grace(raw["grace"]["days"], raw["grace"].get("working", False), raw["grace"].get("moved", True))
    evidence, cadence = Evidence(raw["evidence"]), _cadence(raw["cadence"])
    return ModelDuty(raw["code"], raw["title"], evidence, cadence, grace, raw["who"], raw["basis"], raw["verified"])


def _article(raw: Mapping[str, Any]) -> ModelArticle:
    return ModelArticle(raw["number"], raw["heading"], raw["text"], tuple(_duty(one) for one in raw["duties"]))


def _changed(articles: tuple[ModelArticle, ...], raw: Mapping[str, Any]) -> tuple[ModelArticle, ...]:
    """The articles of another model with what this one says otherwise."""
    changes, texts = raw.get("changes", {}), raw.get("texts", {})
    codes = {duty.code for article in articles for duty in article.duties}
    numbers = {article.number for article in articles}
    if unknown := [*(code for code in changes if code not in codes), *(n for n in texts if n not in numbers)]:
        raise ValueError(f"{raw['code']} changes what {raw['like']} has not: {unknown}")

    def duty(one: ModelDuty) -> ModelDuty:
        change = dict(changes.get(one.code, {}))
        if "cadence" in change:
            change["cadence"] = _cadence(change["cadence"])
        return replace(one, **change)

    return tuple(
        replace(article, text=texts.get(article.number, article.text), duties=tuple(map(duty, article.duties)))
        for article in articles
    )


def read_models(raw: Any) -> dict[str, Model]:
    """The models of a file's content by code; ValueError where one is wrong."""
    found: dict[str, Model] = {}
    for one in raw["models"]:
        articles = (
            _changed(found[one["like"]].articles, one) if "like" in one else tuple(map(_article, one["articles"]))
        )
        codes = [duty.code for article in articles for duty in article.duties]
        if len(set(codes)) < len(codes) or len({article.number for article in articles}) < len(articles):
            raise ValueError(f"{one['code']} has an article or a duty twice")
        if one["code"] in found or not one["basis"]:
            raise ValueError(f"{one['code']} is there twice, or lacks its basis")
        found[one["code"]] = Model(
            one["code"], one["name"], tuple(one["kinds"]), one["from"], one.get("to"), one["basis"], one["verified"], articles
        )  # fmt: skip
    return found


@cache
def models() -> dict[str, Model]:
    """The models by code, in the order of the content."""
    return read_models(yaml.safe_load((settings.CONTENT / "regulations" / "models.yaml").read_text(encoding="utf-8")))


def models_for(kind: str, day: date) -> list[Model]:
    """The models that a unit of this kind may begin from on a day."""
    return [model for model in models().values() if model.is_for(kind, day)]
