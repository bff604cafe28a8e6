"""The sentences of meetings."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "meetings.changed_meanwhile": _("Somebody changed this meeting meanwhile. Look at it again before you go on."),
    "meetings.not_now": _("The meeting does not stand so any more: look at it again."),
    "meetings.there_already": _("A meeting of this kind is planned for %(day)s already."),
    "meetings.no_days": _("From today to the end of the year no such day is left."),
    "meetings.past": _("%(day)s is over. What was held is recorded by beginning it with its day."),
    "meetings.not_yet": _("A meeting that is still to come cannot be written down as held."),
    "meetings.no_reason": _("Say why: those invited and the superior read it."),
    "meetings.incomplete": _("The minutes are not complete yet."),
    "meetings.no_names": _("Write one name or post on each line."),
    "meetings.named_twice": _("%(name)s stands on two lines. Tell the two apart, with a year of birth or a number."),
    "meetings.too_many": _("A roll has at most %(most)s lines."),
    "meetings.no_task": _("Say in a sentence what is to be done."),
    "meetings.not_on_the_roll": _("This is nobody on the roll of the unit any more."),
    "meetings.no_document": _("Choose a document that the unit has issued."),
    "meetings.late_settled": _("Somebody has chosen already which of the two holds. Look at the minutes again."),
    "meetings.too_long": _("This is longer than %(longest)s signs. Shorten it."),
}
PROBLEMS = {
    "meetings.no_conclusion": _("The conclusion is not written yet."),
    "meetings.nobody_present": _("Nobody is noted as present yet."),
    "meetings.no_times": _("Say when it began and when it ended."),
    "meetings.kept_beside": _("Choose first which value holds where something came later."),
}
ACTIONS = {
    "meetings.planned": _("Meetings were planned"),
    "meetings.moved": _("A meeting was moved to another day"),
    "meetings.cancelled": _("A meeting was cancelled"),
    "meetings.invited": _("Those invited to a meeting were told, with its papers"),
    "meetings.begun": _("A meeting began"),
    "meetings.attended": _("It was noted who was at a meeting"),
    "meetings.task_given": _("Work was given in a meeting"),
    "meetings.directed": _("A meeting gave a task to units below"),
    "meetings.task_told": _("It was told what became of work given in a meeting"),
    "meetings.adopted": _("The minutes of a meeting were adopted"),
    "meetings.concluded": _("The conclusion of a meeting was issued"),
    "meetings.carried": _("Meetings were cancelled or planned again, since their unit was reorganised"),
    "meetings.charged": _("A post was put in charge of a unit's meetings"),
    "meetings.roll_kept": _("The roll of a unit for its meetings was changed"),
}
