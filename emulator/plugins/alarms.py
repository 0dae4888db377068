"""Makes alarm messages, and the conditions for their delivery, match CloudWatch."""

import datetime
import json

from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import cloudwatch, kms, sns

ACTIONS = {"ALARM": "AlarmActions", "OK": "OKActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}
# The message contains the Region name of the console. Tests run only in this Region.
REGION_NAMES = {"us-east-1": "US East (N. Virginia)"}


def alarm_message():
    """Gap: MiniStack's alarm notification lacks fields (AlarmArn, the actions) and spells others differently."""

    def dispatch(alarm, old_state, new_state, reason):
        if not alarm.get("ActionsEnabled", True):
            return
        message = json.dumps(notification(alarm, old_state, new_state, reason))
        subject = f'{new_state}: "{alarm["AlarmName"]}" in {REGION_NAMES.get(get_region(), get_region())}'[:100]
        for arn in alarm.get(ACTIONS[new_state]) or []:
            if cloudwatch._is_sns_action_arn(arn) and may_publish(sns._topics.get(arn)):
                sns._fanout(arn, new_uuid(), message, subject)

    cloudwatch._dispatch_alarm_actions = dispatch


def may_publish(topic):
    """Gap: MiniStack delivers to any topic. CloudWatch silently drops a message that it cannot publish or
    encrypt.

    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
    """
    attributes = (topic or {}).get("attributes", {})
    key = attributes.get("KmsMasterKeyId")
    # The policy of the AWS managed key allows everyone in the account, which does not include the service.
    if key and not allows_cloudwatch((kms._resolve_key(key) or {}).get("Policy"), everyone_counts=False):
        return False
    return topic is not None and allows_cloudwatch(attributes.get("Policy"), everyone_counts=True)


def allows_cloudwatch(policy, everyone_counts):
    """Reads only the principals of Allow statements, which is enough for common mistakes."""
    document = json.loads(policy) if isinstance(policy, str) and policy else policy or {}
    statements = document.get("Statement", [])
    for statement in statements if isinstance(statements, list) else [statements]:
        principal = statement.get("Principal")
        everyone = principal == "*" or (isinstance(principal, dict) and principal.get("AWS") == "*")
        named = "cloudwatch.amazonaws.com" in json.dumps(principal)
        if statement.get("Effect") == "Allow" and (named or (everyone and everyone_counts)):
            return True
    return False


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
