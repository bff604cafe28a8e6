"""What came in (sources), what goes out (official documents), and stored files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.organisations.models import Unit


class Source(models.Model):
    """A text that was received and confirmed: everything read from it keeps a span of `text`, which never changes again.

    A public source (press) may be read by everyone who may see something taken from it; of a restricted one a unit sees its own
    sentences only. `digest` is the SHA-256 of the text. A text that is brought again as restricted is another source: who read the public
    one may not read on in it.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Press article")
        NOTICE = "notice", _("Notice of conclusion")
        REPORT = "report", _("Report")
        MINUTES = "minutes", _("Minutes")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    received_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "digest", "is_public", "kind"], name="one_source_per_text_and_owner"
            )
        ]


class OfficialDocument(models.Model):
    """A document that was given a number. Issuer + term + symbol + number is its name, never its type or year (`domain.md` 9)."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="documents_issued")
    term = models.CharField(max_length=9)
    symbol = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    dated_on = models.DateField()
    abstract = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "term", "symbol", "number"], name="a_number_is_given_once")
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}-{self.symbol}"


class StoredFile(models.Model):
    """A file kept by the SHA-256 of its content; the same content is kept once."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    content = models.FileField(upload_to="stored", max_length=200)
