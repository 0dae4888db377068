"""Makes the checks of SNS, and how it invokes functions, match AWS."""

import json
import re
from urllib.parse import parse_qs

import service_calls
from ministack.services import lambda_svc, sns


def publish_checks():
    """Gap: MiniStack publishes subjects and structures that SNS rejects, and drops an empty subject."""
    publish = sns._publish

    def publish_checked(params):
        subject = sns._p(params, "Subject") if "Subject" in params else None
        problem = fault(sns._p(params, "Message"), subject, sns._p(params, "MessageStructure"))
        return sns._error("InvalidParameter", f"Invalid parameter: {problem}", 400) if problem else publish(params)

    sns.parse_qs = lambda body: parse_qs(body, keep_blank_values=True)
    sns._publish = publish_checked
    sns._resolve_message_for_protocol = text_for


def fault(message, subject, structure):
    """The SNS error for a message that it rejects.

    https://docs.aws.amazon.com/sns/latest/api/API_Publish.html in its older, stricter version: ASCII text
    that begins with a letter, number, or punctuation mark, without line breaks or control characters. Later
    versions allow UTF-8. They say "less than 100 characters". CloudWatch truncates its own subjects at 100,
    so 100 characters pass.
    """
    if not message:
        return "Empty message"
    if subject is not None and not re.fullmatch(r"[!-~][ -~]{0,99}", subject):
        return "Subject"
    if structure != "json":
        return None
    try:
        texts = json.loads(message)
    except ValueError:
        texts = None
    if not isinstance(texts, dict):
        return "Message Structure - JSON message body failed to parse"
    # "Non-string values will cause the key to be ignored."
    return None if isinstance(texts.get("default"), str) else \
        "Message Structure - No default entry in JSON message body"


def text_for(message, structure, protocol):
    if structure != "json":
        return message
    texts = json.loads(message)
    return texts[protocol] if isinstance(texts.get(protocol), str) else texts["default"]


def function_subscribers():
    """Gap: MiniStack invokes functions without a permission for the topic, and only once, even if the
    invocation fails.
    """

    def deliver(function_arn, envelope, topic_arn, subscription_arn, *_rest):
        function, config, name = lambda_svc._get_func_record_for_ref(function_arn)
        if not function or not config or service_calls.why_not_invoked(
                "sns.amazonaws.com", function_arn, topic_arn):
            sns.logger.warning("%s may not call %s", topic_arn, name)
            return
        record = {
            "EventSource": "aws:sns",
            "EventVersion": "1.0",
            "EventSubscriptionArn": subscription_arn,
            "Sns": notification(json.loads(envelope)),
        }
        function = lambda_svc._execution_record_for_config(function, config)
        lambda_svc.invoke_async_with_retry(function, {"Records": [record]})

    sns._deliver_to_lambda = deliver


def notification(envelope):
    """Like https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html, with the spelling of the two URLs that
    arrives.
    """
    spelled = {"SigningCertURL": "SigningCertUrl", "UnsubscribeURL": "UnsubscribeUrl"}
    fields = {spelled.get(key, key): value for key, value in envelope.items()}
    return {"Subject": None, "MessageAttributes": {}, **fields}
