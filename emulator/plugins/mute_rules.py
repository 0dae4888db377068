"""Alarm mute rules of CloudWatch, which MiniStack 1.5.33 lacks. They are stored and read back, and mute nothing.

Only in the JSON protocol, which the AWS SDK for JavaScript uses.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html
"""

import json

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch

RULES = {}


def apply():
    handle = cloudwatch.handle_request

    async def handle_mute_rules(method, path, headers, body, query_params):
        act = ACTIONS.get(headers.get("x-amz-target", "").split(".")[-1])
        if act is None:
            return await handle(method, path, headers, body, query_params)
        return act(json.loads(body or b"{}"))

    cloudwatch.handle_request = handle_mute_rules


def put(request):
    name = request["Name"]
    arn = f"arn:aws:cloudwatch:{get_region()}:{get_account_id()}:alarm-mute-rule:{name}"
    RULES[name] = {**request, "AlarmMuteRuleArn": arn, "Status": "ACTIVE"}
    return cloudwatch._json_ok({})


def get(request):
    rule = RULES.get(request["AlarmMuteRuleName"])
    if rule is None:
        return cloudwatch._error("ResourceNotFoundException", "The mute rule does not exist.", 404, use_json=True)
    return cloudwatch._json_ok(rule)


def list_rules(_request):
    summaries = [{key: rule[key] for key in ("AlarmMuteRuleArn", "Status")} for rule in RULES.values()]
    return cloudwatch._json_ok({"AlarmMuteRuleSummaries": summaries})


def delete(request):
    RULES.pop(request["AlarmMuteRuleName"], None)
    return cloudwatch._json_ok({})


ACTIONS = {
    "PutAlarmMuteRule": put,
    "GetAlarmMuteRule": get,
    "ListAlarmMuteRules": list_rules,
    "DeleteAlarmMuteRule": delete,
}
