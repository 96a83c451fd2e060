"""Weather warnings and seminars: the announced rule, the Observatory's data, who is asked to decide.

The portal only alerts, holds mails and shows it; what happens to a seminar is decided by a person.
"""

from seminars.weather.holding import is_held
from seminars.weather.rule import Warning, decide_by, decision_instant, rule_is_met

__all__ = ["Warning", "decide_by", "decision_instant", "is_held", "rule_is_met"]
