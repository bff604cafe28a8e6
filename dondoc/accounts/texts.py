"""The sentences of accounts and rights."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "accounts.no_post": _("You hold no post today, so you may look up nothing and change nothing. The administrator can give you a post."),
    "accounts.not_this_post": _("The post through which you act does not do this. If you hold another post, switch to it and repeat."),
    "accounts.not_this_unit": _("This belongs to another unit. The post through which you act may do this for its own units only."),
}
