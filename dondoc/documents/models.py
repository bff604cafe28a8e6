"""What came in (sources, documents in), what goes out (official documents and their numbers), and stored files."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Post
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
        DOCUMENT = "document", _("Document in")

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


class StoredFile(models.Model):
    """A file kept by the SHA-256 of its content; the same content is kept once."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    content = models.FileField(upload_to="stored", max_length=200)


class Series(models.Model):
    """A series of numbers of a unit: whoever gives one of its numbers holds this row until the commit, so that numbers follow on one another.

    Documents out are numbered by term of office and symbol; the register of documents in is the series without a symbol, its `term`
    the year. The row holds no number: the next one follows from what was given and reserved.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    term = models.CharField(max_length=9)
    symbol = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "term", "symbol"], name="one_row_per_series")]


class OfficialDocument(models.Model):
    """A document that was given a number. Issuer + term + symbol + number is its name, never its type or year (`domain.md` 9).

    `type_name` tells documents of one series apart (quyết định and quy định are both numbered as QĐ). `file` is the original as it was
    issued, `scans` what was signed and sealed. `recorded_by`: the issuer has not entered it here; this unit did, because it received it or goes
    by it. `folded` is what the register is searched by.
    """

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="documents_issued")
    term = models.CharField(max_length=9)
    symbol = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    dated_on = models.DateField()
    abstract = models.CharField(max_length=500, blank=True)
    type_name = models.CharField(max_length=60, blank=True)
    signed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    scans = models.ManyToManyField(StoredFile, related_name="+")
    recorded_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    folded = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "term", "symbol", "number"], name="a_number_is_given_once")
        ]
        indexes = [models.Index(fields=["issuer", "dated_on"])]

    def __str__(self) -> str:
        return f"{self.number:02d}-{self.symbol}"


class Recipient(models.Model):
    """One line of a document's "Nơi nhận": a unit of the tree, or words ("Lưu Văn phòng")."""

    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="recipients")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="documents_received")
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="one_recipient_per_line")]


class Reservation(models.Model):
    """A number that was taken before its document was there: by which post, when, why.

    It is used by its document, or given up with an explanation; it is never given to anything else, and stays in the register. A number
    between two others that has neither document nor reservation is explained by a reservation that was given up from the beginning.
    """

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    term = models.CharField(max_length=9)
    symbol = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    reserved_on = models.DateField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    document = models.OneToOneField(OfficialDocument, models.PROTECT, null=True, related_name="reservation")
    given_up_on = models.DateField(null=True)
    explanation = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "term", "symbol", "number"], name="a_number_is_reserved_once"),
            models.CheckConstraint(
                condition=Q(document=None) | Q(given_up_on=None), name="a_reservation_is_used_or_given_up"
            ),
            models.CheckConstraint(
                condition=Q(given_up_on=None) | ~Q(explanation=""), name="what_is_given_up_is_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}-{self.symbol}"


class IncomingDocument(models.Model):
    """A document that came in to a unit, under the next arrival number of the unit's register of the year.

    The sender is a unit of the tree or words; `number` is as the document writes it ("12", "12a"). `official` is the document itself where
    its sender's number is recorded here. `handled_by` is the post that deals with it, `due_on` until when, `done_on` since when it is done.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents_in")
    year = models.PositiveSmallIntegerField()
    arrival = models.PositiveIntegerField()
    arrived_on = models.DateField()
    sender = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    sender_words = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=20, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    dated_on = models.DateField()
    type_name = models.CharField(max_length=60, blank=True)
    abstract = models.CharField(max_length=500)
    official = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="arrivals")
    due_on = models.DateField(null=True)
    handled_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)
    done_words = models.CharField(max_length=500, blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+")
    folded = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "arrival"], name="an_arrival_number_is_given_once"),
            models.CheckConstraint(condition=Q(dated_on__lte=F("arrived_on")), name="it_was_written_before_it_came"),
        ]
        indexes = [models.Index(fields=["unit", "arrived_on"])]


class OfficeTemplate(models.Model):
    """From a day on, a unit uses its own Word file in place of the template that ships; without a file it uses that again.

    Rows are only added: of those that have begun, the one with the highest `version` holds.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    since = models.DateField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "version"], name="a_version_of_a_template_is_added_once")
        ]
