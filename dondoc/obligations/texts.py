"""The sentences of what units owe by their regulations."""

from django.utils.translation import gettext_lazy as _

# What a step of the ladder says; the duty and the unit stand beside it.
STEPS = {
    "due_soon": _("The last day is near and nothing shows yet that it was done"),
    "lapsed": _("Not carried out in time"),
    "lapsed_again": _("Not carried out in time, not for the first time this year"),
    "pattern": _("Not carried out again and again: the leader decides what is to be done"),
    "several": _("Several duties were not carried out within a month"),
    "decline": _("The unit keeps to its regulation clearly less than before"),
    "still_open": _("Still not made good a week later"),
    "left_open": _("Still not made good two weeks later"),
}
# What the one button beside a warning says.
BUTTONS = {
    "schedule": _("Schedule the meeting"),
    "meeting": _("Open the meeting"),
    "minutes": _("Write the minutes"),
    "papers": _("Send the papers"),
    "conclude": _("Record the conclusion"),
    "report": _("Open the report"),
    "directives_answered": _("Answer the directives"),
    "declare": _("Say what was done"),
    "answer": _("See to it"),
}
# Why a record is doubtful; what was compared stands in it.
DOUBTS = {
    "ends_before_it_begins": _("By its minutes the meeting of %(on)s ends before it begins"),
    "too_short": _("The meeting of %(on)s took %(minutes)s minutes; at least %(least)s are asked for"),
    "minutes_before": _("The minutes were adopted on %(day)s, before the meeting of %(on)s"),
    "concluded_before": _("What was concluded is dated %(day)s, before the meeting of %(on)s"),
    "invited_after": _("The invitation went out on %(day)s, after the meeting of %(on)s"),
    "nobody_there": _("The meeting of %(on)s has minutes, but by its attendance nobody was there"),
    "more_than_members": _("%(present)s were present on %(on)s, though the unit has %(members)s members"),
    "unit_twice": _("On %(on)s the unit holds two meetings at the same time"),
    "chair_twice": _("On %(on)s the same person chairs two meetings at the same time"),
    "written_at_once": _("The minutes of %(count)s meetings were all adopted on %(day)s, long after they were held"),
    "same_words": _("The minutes of %(on)s are word for word those of %(day)s"),
    "fewer_meetings": _("The report tells of %(told)s cell meetings; the records show %(found)s"),
    "fewer_attendances": _("The report tells of %(told)s attendances; the records show %(found)s"),
}
REFUSALS = {
    "obligations.settled_already": _("Somebody has settled this doubt meanwhile, or the records agree again."),
    "obligations.own_doubt": _("Nobody settles a doubt about their own unit. The superior does."),
    "obligations.changed_meanwhile": _("Something changed here meanwhile. Look at it again, then decide."),
    "obligations.not_declared_before": _("It cannot have been done on a day that has not come yet."),
    "obligations.too_early": _("That day lies before the time for which it is owed: from %(day)s on it counts."),
    "obligations.met_already": _("The evidence shows already that it was carried out in time."),
    "obligations.no_words": _("Say in a sentence what was done, or why."),
    "obligations.asked_already": _("The unit has asked already, and nobody has answered yet."),
    "obligations.answered_already": _("Somebody has answered meanwhile."),
    "obligations.own_unit": _("Nobody excuses their own unit. The superior does."),
    "obligations.no_day": _("“%(typed)s” is not a day. Write it as 01/07/2025."),
    "obligations.not_yours": _("This was declared through another post. Only that post withdraws it."),
}
ACTIONS = {
    "obligations.judged": _("What is owed by the working regulations was looked at"),
    "obligations.lapsed": _("A duty of the working regulation was not carried out in time"),
    "obligations.declared": _("It was declared that a duty was carried out"),
    "obligations.withdrawn": _("A declaration was withdrawn"),
    "obligations.excuse_asked": _("The unit asked to be excused from a duty"),
    "obligations.excused": _("The unit was excused from a duty"),
    "obligations.not_excused": _("The unit was not excused from a duty"),
    "obligations.excuse_revoked": _("An excuse was revoked"),
    "obligations.doubted": _("Records contradict one another"),
    "obligations.doubt_settled": _("A doubt about records was settled"),
}
