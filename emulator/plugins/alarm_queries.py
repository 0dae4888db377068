"""Gap: In the query protocol, which older SDKs use, answers leave out most of an alarm, such as its actions."""

import datetime
import json
from xml.sax.saxutils import escape

from ministack.services import cloudwatch

LISTS = ("AlarmNames", "AlarmTypes")
TEXTS = ("AlarmNamePrefix", "StateValue", "MaxRecords", "NextToken")


def query_answers():
    describe = cloudwatch._describe_alarms

    def describe_all(params, data, is_cbor, is_json=False):
        if is_cbor or is_json:
            return describe(params, data, is_cbor, is_json)
        request = {key: listed(params, key) for key in LISTS} | {key: cloudwatch._p(params, key) for key in TEXTS}
        status, headers, body = describe({}, {key: value for key, value in request.items() if value}, False, True)
        if status >= 400:
            return describe(params, data, False, False)
        return cloudwatch._xml(200, "DescribeAlarmsResponse", element("DescribeAlarmsResult", json.loads(body)))

    cloudwatch._describe_alarms = describe_all
    of_metric = cloudwatch._describe_alarms_for_metric

    def describe_for_metric(params, data, is_cbor, is_json=False):
        if is_cbor or is_json:
            return of_metric(params, data, is_cbor, is_json)
        request = {key: cloudwatch._p(params, key) for key in ("Namespace", "MetricName")}
        _, _, body = of_metric({}, request, False, True)
        result = element("DescribeAlarmsForMetricResult", json.loads(body))
        return cloudwatch._xml(200, "DescribeAlarmsForMetricResponse", result)

    cloudwatch._describe_alarms_for_metric = describe_for_metric


def listed(params, key):
    values = []
    while value := cloudwatch._p(params, f"{key}.member.{len(values) + 1}"):
        values.append(value)
    return values


def element(name, value):
    if value is None:
        return ""
    if isinstance(value, dict):
        inner = "".join(element(key, one) for key, one in value.items())
    elif isinstance(value, list):
        inner = "".join(element("member", one) for one in value)
    elif isinstance(value, bool):
        inner = str(value).lower()
    elif name.endswith("Timestamp"):
        inner = datetime.datetime.fromtimestamp(value, datetime.timezone.utc).isoformat()
    else:
        inner = escape(str(value))
    return f"<{name}>{inner}</{name}>"
