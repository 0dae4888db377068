"""Makes the state reason of an alarm, and its data point, match CloudWatch."""

import operator
import time

from alarms import utc
from ministack.services import cloudwatch

COMPARISONS = {
    "GreaterThanOrEqualToThreshold": ("greater than or equal to", operator.ge),
    "GreaterThanThreshold": ("greater than", operator.gt),
    "LessThanOrEqualToThreshold": ("less than or equal to", operator.le),
    "LessThanThreshold": ("less than", operator.lt),
}


def alarm_reason():
    """Gap: MiniStack words the reason differently, and its data point is not that of one period.

    Only for alarms on one data point, like ours.
    """
    evaluate_all = cloudwatch._evaluate_alarm

    def evaluate(alarm):
        comparison = COMPARISONS.get(alarm.get("ComparisonOperator"))
        if alarm.get("EvaluationPeriods") != 1 or alarm.get("ExtendedStatistic") or comparison is None:
            return evaluate_all(alarm)
        datapoint = latest_datapoint(alarm)
        if datapoint is None:
            return None
        words, crosses = comparison
        breaching = crosses(datapoint[1], alarm["Threshold"])
        return change_state(alarm, "ALARM" if breaching else "OK", reason(alarm, words, breaching, *datapoint))

    cloudwatch._evaluate_alarm = evaluate


def latest_datapoint(alarm):
    """The start of the newest period with data in the alarm's evaluation range, and its statistic."""
    name, period = (alarm.get("Namespace"), alarm.get("MetricName")), alarm.get("Period", 60)
    points = [point for key, points in cloudwatch._metrics.items() if key[:2] == name for point in points]
    newest = max((point["Timestamp"] for point in points), default=0)
    if newest < time.time() - period:
        return None
    start = newest // period * period
    within = [point for point in points if start <= point["Timestamp"] < start + period]
    return start, cloudwatch._stat_value(cloudwatch._calc_stats(within), alarm.get("Statistic", "Average"), within)


def reason(alarm, words, breaching, start, value):
    """Like the CloudWatch sample events for EventBridge.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
    The reason says OK -> ALARM regardless of the previous state. Our periods start at multiples of their
    length. Those of CloudWatch start at any full minute, as in that sample: 16:59:00 for five minutes.
    """
    return (f"Threshold Crossed: 1 out of the last 1 datapoints [{float(value)} ({utc(start):%d/%m/%y %H:%M:%S})] "
            f"was {'' if breaching else 'not '}{words} the threshold ({float(alarm['Threshold'])}) "
            f"(minimum 1 datapoint for {'OK -> ALARM' if breaching else 'ALARM -> OK'} transition).")


def change_state(alarm, new_state, why):
    """The rest of MiniStack's evaluation."""
    old_state = alarm["StateValue"]
    if old_state == new_state:
        return
    alarm.update(StateValue=new_state, StateReason=why, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], old_state, new_state, why)
    cloudwatch._dispatch_alarm_actions(alarm, old_state, new_state, why)
    cloudwatch._evaluate_parent_alarms(alarm)
