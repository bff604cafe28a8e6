"""The sentences of working regulations."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "regulations.no_such_model": _("There is no such model. Choose one of the list."),
    "regulations.draft_is_open": _(
        "The unit has a draft of its regulation already. Go on in that one, or discard it first."
    ),
    "regulations.no_draft_any_more": _(
        "This draft was approved or discarded meanwhile. Look at the regulation of the unit."
    ),
    "regulations.draft_changed": _("The draft changed meanwhile. Look at it again before you go on."),
    "regulations.part_gone": _("This article or duty was taken out meanwhile. Look at the draft again."),
    "regulations.part_changed": _("Somebody changed this meanwhile. Look at it again before you take it out."),
    "regulations.late_settled": _("Somebody has chosen already which of the two holds. Look at the draft again."),
    "regulations.too_many_parts": _("A regulation holds at most %(most)s of these."),
    "regulations.too_long": _("This is longer than %(longest)s signs. Shorten it."),
    "regulations.no_day": _("“%(typed)s” is not a day. Write it as 01/07/2025."),
    "regulations.incomplete": _("The draft is not complete yet. Look at what is marked in it."),
    "regulations.holds_before_the_last": _(
        "A version holds from %(day)s already. A new one can only hold from a later day: correct the day."
    ),
    "regulations.unit_not_alive": _("The unit does not exist on %(day)s. Correct the day from which it holds."),
}
PROBLEMS = {
    "regulations.missing": _("This is missing."),
    "regulations.no_article": _("A regulation needs at least one article."),
    "regulations.no_number": _("The number of the article is missing."),
    "regulations.number_twice": _("Article %(number)s is there twice."),
    "regulations.no_cadence": _("When it comes back cannot be told from this."),
    "regulations.no_grace": _("Write a number of days, 0 or more."),
}
ACTIONS = {
    "regulations.approved": _("The working regulation was approved"),
}
