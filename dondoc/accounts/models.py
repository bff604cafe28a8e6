"""People, the posts of units, and who held which post when."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.organisations.models import Dated, Unit


class Account(AbstractUser):
    """A person who signs in. `label` is what pages call them; accounts of a demonstration stand for posts, never for real persons."""

    label = models.CharField(max_length=120)


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


class Post(Dated):
    """A post of a unit, for as long as it exists; `title` is how a document names it ("Phó Bí thư Tỉnh ủy")."""

    code = models.SlugField(max_length=100, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=16, choices=PostKind.choices)
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Term(Dated):
    """Someone holds a post, or deputises in it, for a time. At most one person holds a post on a day; deputies may be several."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="terms")
    post = models.ForeignKey(Post, models.PROTECT, related_name="terms")
    deputising = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["account", "valid_from"]),
            models.Index(fields=["post", "valid_from"], condition=Q(deputising=False), name="holders_of_a_post"),
        ]
