"""People, the posts of units, and who held which post when."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dondoc.organisations.models import Dated, Unit


class Account(AbstractUser):
    """A person who signs in. `label` is what pages call them; accounts of a demonstration stand for posts, never for real persons.

    `password_is_first`: the administrator knows it, so its owner has to choose another before anything else.
    """

    label = models.CharField(max_length=120)
    password_is_first = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)


class PostKind(models.TextChoices):
    """The kinds of post that rights are given to (`content/accounts/rights.yaml`)."""

    LEADER = "leader", _("Leader")
    CLERK = "clerk", _("Office clerk")
    BOARD = "board", _("Organisation or Party-building board")
    INSPECTION = "inspection", _("Inspection commission")
    HEAD = "head", _("Head of a unit")
    OFFICER = "officer", _("Officer of the Front or a mass organisation")
    ADMINISTRATOR = "administrator", _("System administrator")
    AUDITOR = "auditor", _("Auditor")


class Ending(Dated):
    """Something of a unit that a person or the unit's own end brings to its end.

    `ended_on` is what a person decided (None: nothing); `valid_to` is derived: the earlier of that and the unit's end. A revoked
    reorganisation therefore gives back what it took, and only that. What began after a unit's end that was recorded late holds on no
    day: `valid_to` is then `valid_from`.
    """

    ended_on = models.DateField(null=True, blank=True)

    class Meta(Dated.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="%(app_label)s_%(class)s_in_order"
            )
        ]


class Post(Ending):
    """A post of a unit, for as long as it exists; `title` is how a document names it ("Phó Bí thư Tỉnh ủy").

    `version` counts what happens to the post: its terms, deputies and end.
    """

    code = models.SlugField(max_length=100, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=16, choices=PostKind.choices)
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta(Ending.Meta):
        indexes = [models.Index(fields=["unit", "valid_from"])]

    def __str__(self) -> str:
        return self.title


class Term(Ending):
    """Someone holds a post, or deputises in it, for a time.

    At most one person holds a post on a day; deputies may be several. The database sees to it (migration `0002_one_holder`).
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="terms")
    post = models.ForeignKey(Post, models.PROTECT, related_name="terms")
    deputising = models.BooleanField(default=False)

    class Meta(Ending.Meta):
        indexes = [
            models.Index(fields=["account", "valid_from"]),
            models.Index(fields=["post", "valid_from"], condition=Q(deputising=False), name="holders_of_a_post"),
        ]
