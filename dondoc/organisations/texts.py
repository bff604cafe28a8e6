"""The sentences of the tree: what is refused, what is wrong with a reorganisation, what was done."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "organisations.not_possible": _("This was not recorded. %(sentences)s"),
    "organisations.decision_missing": _(
        "A reorganisation needs the number of its decision. Enter it, or say why there is none."
    ),
    "organisations.code_taken": _("The code %(taken)s already belongs to another unit. Choose another code."),
    "organisations.no_such_unit": _("There is no unit %(unit)s. Choose one from the tree."),
    "organisations.no_such_kind": _("There is no kind of unit called %(kind)s. Choose one from the list."),
    "organisations.said_twice": _(
        "Two records say something different of %(unit)s from %(day)s: %(what)s. Keep one, or revoke the earlier record first."
    ),
    "organisations.already_revoked": _("This was already revoked by %(decision)s. Look at the tree again."),
    "organisations.not_revocable": _("A revocation cannot itself be revoked. Record the reorganisation again instead."),
}

PROBLEMS = {
    "organisations.not_established": _("%(unit)s is spoken of from %(day)s, but nothing says when it was established."),
    "organisations.begins_twice": _("%(unit)s is established a second time on %(day)s."),
    "organisations.ends_twice": _("%(unit)s ends on %(first)s, so it cannot end again on %(day)s."),
    "organisations.no_day_of_life": _("%(unit)s would end before its first day, %(day)s, is over."),
    "organisations.outside_life": _("Something is said of %(unit)s from %(day)s, when it does not exist."),
    "organisations.contradictory": _("Two records say something different of %(unit)s from %(day)s."),
    "organisations.no_home": _("From %(day)s nobody is the superior of %(unit)s. Say where it belongs."),
    "organisations.part_missing": _(
        "%(superior)s goes to several units on %(day)s. Say to which of them %(unit)s goes."
    ),
    "organisations.not_a_part": _(
        "%(unit)s is given to another unit on %(day)s, but it is not under the unit that is split."
    ),
    "organisations.superior_not_living": _(
        "%(superior)s, the superior of %(unit)s from %(day)s, does not exist on that day."
    ),
    "organisations.level_not_above": _("From %(day)s %(superior)s would not stand on a higher level than %(unit)s."),
    "organisations.cycle": _("From %(day)s %(unit)s would stand above and below %(superior)s at the same time."),
    "organisations.own_heir": _("%(unit)s cannot be its own successor on %(day)s."),
    "organisations.no_heir": _("%(unit)s ends on %(day)s, but it has no superior. Name the unit that takes over."),
    "organisations.heir_not_living": _("%(heir)s, the successor of %(unit)s, does not exist on %(day)s."),
    "organisations.heirs_in_circle": _("%(unit)s and others that end on %(day)s name one another as successors."),
    "organisations.unknown_kind": _("%(unit)s is of a kind that nobody knows from %(day)s: %(kind)s."),
    "organisations.kind_of_another_family": _(
        "%(unit)s cannot become “%(kind)s” on %(day)s: that is another kind of organisation."
    ),
    "organisations.kind_not_in_force": _(
        "The kind “%(kind)s” cannot be given to %(unit)s on %(day)s: it is not in force on that day."
    ),
}

ACTIONS = {
    "organisations.establish": _("Unit established"),
    "organisations.rename": _("Unit renamed"),
    "organisations.change_kind": _("Kind or level of a unit changed"),
    "organisations.move": _("Unit moved to another superior"),
    "organisations.merge": _("Units merged"),
    "organisations.split": _("Unit split by parts"),
    "organisations.dissolve": _("Unit dissolved"),
    "organisations.revoke": _("Reorganisation revoked"),
}
