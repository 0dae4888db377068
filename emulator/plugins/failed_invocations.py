"""Makes the record of a failed asynchronous invocation match what Lambda sends to an on-failure destination.
"""

import json
import re

from alarms import utc_now
from ministack.core.responses import new_uuid
from ministack.services import lambda_svc, sns


def failure_records():
    """Gap: MiniStack's record has no version, timestamp, or request ID, always counts three attempts, and has
    a subject.
    """
    execute, route = lambda_svc._execute_function_dispatch, lambda_svc._route_async_failure

    def execute_with_id(func, config, event, request_id, started):
        return {**execute(func, config, event, request_id, started), "request_id": request_id}

    def route_record(target_arn, name, event, result):
        function = lambda_svc._functions.get(name) or {}
        settings = invoke_config(function)
        destination = (settings.get("DestinationConfig") or {}).get("OnFailure", {}).get("Destination")
        if target_arn != destination or target_arn not in sns._topics:
            return route(target_arn, name, event, result)
        attempts = 1 + settings.get("MaximumRetryAttempts", 2)
        return sns._fanout(target_arn, new_uuid(), json.dumps(record(function, event, result, attempts)), "")

    lambda_svc._execute_function_dispatch = execute_with_id
    lambda_svc._route_async_failure = route_record


def invoke_config(function):
    """The settings that MiniStack uses for its retries."""
    return function.get("event_invoke_config") or (function.get("event_invoke_configs") or {}).get("$LATEST") or {}


def record(function, event, result, attempts):
    """Like https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"""
    request_id = result.get("request_id") or new_uuid()
    return {
        "version": "1.0",
        "timestamp": utc_now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
        "requestContext": {
            "requestId": request_id,
            "functionArn": f"{function['config']['FunctionArn']}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": event,
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": error(result, request_id),
    }


def error(result, request_id):
    """The response of the Node.js runtime. MiniStack has the error type only in the stack trace in the log.

    https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
    """
    body = result.get("body") if isinstance(result.get("body"), dict) else {}
    message = body.get("errorMessage", "")
    if body.get("errorType") == "Sandbox.Timedout":
        return {"errorType": "Sandbox.Timedout", "errorMessage": f"RequestId: {request_id} Error: {message}"}
    trace = re.search(rf"^(\w+): {re.escape(message)}\n(?:    at .*\n?)+", result.get("log", ""), re.M)
    if not trace:
        return body
    return {"errorType": trace[1], "errorMessage": message, "trace": trace[0].rstrip("\n").split("\n")}
