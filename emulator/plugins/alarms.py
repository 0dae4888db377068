"""Makes alarm messages, and the conditions for their delivery, match CloudWatch."""

import datetime
import json

import service_calls
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import cloudwatch, sns

ACTIONS = {"ALARM": "AlarmActions", "OK": "OKActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}
# The message contains the Region name of the console. Tests run only in this Region.
REGION_NAMES = {"us-east-1": "US East (N. Virginia)"}


def alarm_message():
    """Gap: MiniStack's alarm notification lacks fields (AlarmArn, the actions) and spells others differently.

    It reaches any topic, too. CloudWatch silently drops a message that it cannot publish or encrypt.
    """

    def dispatch(alarm, old_state, new_state, reason):
        if not alarm.get("ActionsEnabled", True):
            return
        message = json.dumps(notification(alarm, old_state, new_state, reason))
        subject = f'{new_state}: "{alarm["AlarmName"]}" in {REGION_NAMES.get(get_region(), get_region())}'[:100]
        for arn in alarm.get(ACTIONS[new_state]) or []:
            if cloudwatch._is_sns_action_arn(arn) and not service_calls.why_not_published(
                    "cloudwatch.amazonaws.com", arn, alarm["AlarmArn"]):
                sns._fanout(arn, new_uuid(), message, subject)

    cloudwatch._dispatch_alarm_actions = dispatch


def utc_now():
    return datetime.datetime.now(datetime.timezone.utc)


def utc(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


def timestamp(seconds=None):
    moment = utc_now() if seconds is None else utc(seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}+0000"


def notification(alarm, old_state, new_state, reason):
    """Like https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html"""
    return {
        "AlarmName": alarm["AlarmName"],
        "AlarmDescription": alarm.get("AlarmDescription") or None,
        "AWSAccountId": get_account_id(),
        "AlarmConfigurationUpdatedTimestamp": timestamp(alarm.get("AlarmConfigurationUpdatedTimestamp")),
        "NewStateValue": new_state,
        "NewStateReason": reason,
        "StateChangeTime": timestamp(),
        "Region": REGION_NAMES.get(get_region(), get_region()),
        "AlarmArn": alarm["AlarmArn"],
        "OldStateValue": old_state,
        **{key: alarm.get(key) or [] for key in ("OKActions", "AlarmActions", "InsufficientDataActions")},
        "Trigger": {
            "MetricName": alarm.get("MetricName"),
            "Namespace": alarm.get("Namespace"),
            "StatisticType": "Statistic",
            "Statistic": (alarm.get("Statistic") or "").upper(),
            "Unit": alarm.get("Unit"),
            "Dimensions": [{"name": d.get("Name"), "value": d.get("Value")} for d in alarm.get("Dimensions") or []],
            "Period": alarm.get("Period"),
            "EvaluationPeriods": alarm.get("EvaluationPeriods"),
            "DatapointsToAlarm": alarm.get("DatapointsToAlarm"),
            "ComparisonOperator": alarm.get("ComparisonOperator"),
            "Threshold": alarm.get("Threshold"),
            "TreatMissingData": alarm.get("TreatMissingData") or "missing",
            "EvaluateLowSampleCountPercentile": "",
        },
    }
