"""Helpers with which CloudFormation handlers call MiniStack services and word errors."""

import json
import re
from typing import Any, Callable

from ministack.services.cloudformation.helpers import _sdk_error


def call(service: str, function: Callable, params: dict, tolerate: str = "") -> dict:
    """Calls a service function. An error fails the resource, worded like CloudFormation, unless it is
    `tolerate`d.
    """
    status, _headers, body = function(params)
    text = body.decode() if isinstance(body, bytes) else str(body)
    if status < 400:
        return json.loads(text) if text.startswith("{") else {}
    if text.startswith("{"):
        error = json.loads(text)
        code, message = error.get("__type", ""), error.get("message") or error.get("Message") or text
    else:
        code = (re.findall(r"<Code>(.*?)</Code>", text) or [""])[0]
        message = (re.findall(r"<Message>(.*?)</Message>", text, re.S) or [text])[0]
    if tolerate and tolerate in code:
        return {}
    raise ValueError(f'Resource handler returned message: "{_sdk_error(message, service, status)}"')


def is_true(value: Any) -> bool:
    """A template Boolean, which YAML and parameters can contain as a string."""
    return str(value).lower() == "true"


def documents(policies: list | None) -> dict[str, str]:
    """Inline policies of a template: JSON text by name."""
    return {
        policy["PolicyName"]: doc if isinstance(doc := policy["PolicyDocument"], str) else json.dumps(doc)
        for policy in policies or []
    }


def as_list(value: Any) -> list:
    return list(value or [])
