"""Units and their dated names, kinds and parents. Identity stays with `Unit`; everything else is dated.

The dated rows (`UnitName`, `UnitKind`, `UnitParent`, `Ancestry`, `Succession`, `Heritage`, and the life of `Unit`) are derived from
the set of `Change` rows of reorganisations that are not revoked, and can be rebuilt from it at any time.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows with `valid_from` (in) and `valid_to` (first day out, or None)."""

    def on(self, day: date) -> Self:
        """The rows that hold on the day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class Dated(models.Model):
    """A row that holds from a day up to, and without, another."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="%(app_label)s_%(class)s_holds_a_day"
            )
        ]


class Family(models.TextChoices):
    """Party roll-ups and completeness leave out all but PARTY."""

    PARTY = "party", _("Party")
    FRONT = "front", _("Fatherland Front")
    MASS = "mass", _("Mass organisation")
    STATE = "state", _("State body")


# The life of a unit whose establishment was revoked begins on the last day of the calendar: it lives on no day that anybody asks for.
NEVER = date.max


class Unit(Dated):
    """One organisation for as long as it lives; `code` is its stable handle in imports, content and tests.

    `valid_from` is NEVER for a unit whose establishment was revoked.
    """

    code = models.SlugField(max_length=80, unique=True)
    family = models.CharField(max_length=8, choices=Family.choices)

    def __str__(self) -> str:
        return self.code


class UnitName(Dated):
    """What a unit is called: `name` in full ("Đảng bộ xã Sơn Tân"), `short_name` where the kind is clear ("Sơn Tân").

    `folded` is the full name as it is searched for, `folded_short` the short one, `sort_key` puts short names in Vietnamese order.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    folded = models.CharField(max_length=200, db_index=True)
    folded_short = models.CharField(max_length=120, db_index=True)
    sort_key = models.CharField(max_length=400, db_index=True)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"])]


class UnitKind(Dated):
    """What a unit is: a key of `content/organisations/kinds.yaml`, with its level (1 the country … 9 the cell) that day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"])]


class UnitParent(Dated):
    """The direct superior of a unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Unit, models.CASCADE, related_name="children")

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"]), models.Index(fields=["parent", "valid_from"])]


class Ancestry(Dated):
    """Who stood above whom: each unit its own ancestor, no depth, touching intervals joined."""

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="+")

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["ancestor", "valid_from", "valid_to"]),
            models.Index(fields=["descendant", "valid_from", "valid_to"]),
        ]


class Succession(models.Model):
    """A unit that ended and who took over: a `successor` named by a reorganisation, or the `superior` where none was named."""

    class How(models.TextChoices):
        SUCCESSOR = "successor", _("successor")
        SUPERIOR = "superior", _("superior of a dissolved unit")

    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="successions")
    heir = models.ForeignKey(Unit, models.CASCADE, related_name="inheritances")
    on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    reorganisation = models.ForeignKey("Reorganisation", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "heir"], name="one_succession_per_pair")]


class Heritage(models.Model):
    """The closure of `Succession`: whose past a living unit may read, from which day on."""

    heir = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["heir", "predecessor"], name="one_heritage_per_pair")]


class Reorganisation(models.Model):
    """One act of organisation: a decision with a number and a day from which it holds. A wrong one is revoked by another record.

    `together` is the first of the records that one decision made in one go; None for that first one itself.
    """

    class Kind(models.TextChoices):
        ESTABLISH = "establish", _("establish")
        RENAME = "rename", _("rename")
        CHANGE_KIND = "change_kind", _("change kind or level")
        MOVE = "move", _("move")
        MERGE = "merge", _("merge")
        SPLIT = "split", _("split by parts")
        DISSOLVE = "dissolve", _("dissolve")
        REVOKE = "revoke", _("revoke")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    decision = models.CharField(max_length=200)
    effective_on = models.DateField()
    recorded_on = models.DateField()
    revokes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="revoked_by")
    together = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")


class Change(models.Model):
    """What a reorganisation says of one unit from its day on. The set of these, revoked ones left out, is the whole truth of the tree."""

    class Attribute(models.TextChoices):
        BEGIN = "begin", _("begins")
        END = "end", _("ends")
        NAME = "name", _("name")
        KIND = "kind", _("kind")
        PARENT = "parent", _("superior")
        HEIR = "heir", _("successor")

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="changes")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="changes")
    attribute = models.CharField(max_length=8, choices=Attribute.choices)
    effective_on = models.DateField()
    text = models.CharField(max_length=200, blank=True)
    short_text = models.CharField(max_length=120, blank=True)
    other = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    revoked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "attribute", "effective_on"],
                condition=Q(revoked=False) & ~Q(attribute="heir"),
                name="one_change_per_day",
            )
        ]
