"""The sentences of accounts and rights."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "accounts.holds_posts_elsewhere": _(
        "This person also holds posts of units that you do not look after. Ask the administrator above to give the password."
    ),
    "accounts.no_post": _(
        "You hold no post today, so you may look up nothing and change nothing. The administrator can give you a post."
    ),
    "accounts.not_this_post": _(
        "The post through which you act does not do this. If you hold another post, switch to it and repeat."
    ),
    "accounts.not_this_unit": _(
        "This belongs to another unit. The post through which you act may do this for its own units only."
    ),
    "accounts.shown_once": _(
        "This was already done. What it showed, such as a first password, is shown once only. Give a new first password if it was not noted."
    ),
    "accounts.not_to_yourself": _(
        "The administrator gives posts to others, not to themselves. Ask another administrator."
    ),
    "accounts.name_taken": _("The account name “%(name)s” is already used. Choose another one."),
    "accounts.account_changed": _("Somebody has changed this account meanwhile. Open the page again and repeat."),
    "accounts.unit_not_alive": _("The unit does not exist on %(day)s. Choose a day on which it exists."),
    "accounts.post_exists": _("The unit already has a post named “%(title)s”. Use it, or choose another name."),
    "accounts.post_not_there": _("The post “%(title)s” does not exist on %(day)s. Choose a day on which it exists."),
    "accounts.post_is_held": _(
        "The post “%(title)s” has been held by %(who)s since %(since)s. End that first, or name a deputy."
    ),
    "accounts.post_is_held_by_another": _(
        "Somebody else holds the post “%(title)s” on these days. End that first, or name a deputy."
    ),
    "accounts.holds_it_already": _("This person already holds the post “%(title)s” on these days."),
    "accounts.ends_before_it_begins": _("The last day lies before the first. Choose a later day for the end."),
    "accounts.ends_already": _("It already ends on %(day)s. Choose an earlier day."),
    "accounts.given_later": _("The post “%(title)s” has been given to somebody from a later day on. End that first."),
    "accounts.changed_meanwhile": _(
        "Somebody has changed the post “%(title)s” meanwhile. Look at its present state, then repeat if still needed."
    ),
}
ACTIONS = {
    "accounts.account_made": _("An account was made"),
    "accounts.password_reset": _("A new first password was given"),
    "accounts.password_changed": _("The password was changed"),
    "accounts.post_made": _("A post was made"),
    "accounts.post_given": _("A post was given"),
    "accounts.deputy_named": _("A deputy was named"),
    "accounts.term_ended": _("Somebody left a post"),
    "accounts.post_ended": _("A post was ended"),
    "accounts.post_ended_with_unit": _("A post ended together with its unit"),
    "accounts.post_back": _("A post is back because a reorganisation was revoked"),
    "accounts.terms_adjusted": _("The time in a post was adjusted after a reorganisation"),
}
