"""Checks properties like CloudFormation: against the schema of their type, and `limits.py`, which has what it lacks.

The schemas are those of us-east-1 in cfn-lint, whose files are read without running its code. They contain a few
corrections of AWS's own. MiniStack 1.5.33 checks almost nothing.

https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

import functools
import importlib.util
import json
import os
import re

import limits
from jsonschema import Draft7Validator, ValidationError, validators

# Packages are found without importing them: cfn-lint's code needs more than is installed.
FOLDER = os.path.join(os.path.dirname(importlib.util.find_spec("cfnlint").origin), "data", "schemas")
# The patterns are Java's. Python's re lacks these classes, and \w and \s contain what they name.
JAVA = {r"\p{L}": r"\w", r"\p{Z}": r"\s", r"\p{N}": r"\w", r"\p{Alnum}": r"\w", r"[\w-.": r"[\w\-."}


def check(kind, logical_id, props):
    if kind.startswith("Custom::"):
        return
    problems = [problem for validator in validators_of(kind) for problem in validator.iter_errors(props)]
    if problems:
        lines = "\n".join(sorted({line for problem in problems for line in words(problem)}))
        raise ValueError(f"Properties validation failed for resource {logical_id} with message:\n{lines}")


@functools.cache
def validators_of(kind):
    """The validators of a type, whose schemas are read when it is first needed."""
    file = files().get(kind)
    if file is None:
        raise ValueError(f"Template format error: Unrecognized resource types: [{kind}]")
    with open(os.path.join(FOLDER, "resources", f"{file}.json"), encoding="utf-8") as text:
        schema = json.load(text)
    # A template cannot set what a resource only returns.
    for pointer in schema.get("readOnlyProperties", []):
        schema["properties"].pop(pointer.removeprefix("/properties/"), None)
    return [Validator(one) for one in (schema, limits.SCHEMAS.get(kind)) if one]


@functools.cache
def files():
    with open(os.path.join(FOLDER, "providers", "us-east-1.json"), encoding="utf-8") as text:
        return json.load(text)


def words(problem):
    """The lines of a problem, worded like the validator of CloudFormation."""
    at = "".join(f"/{step}" for step in problem.absolute_path)
    value, limit, kind = problem.instance, problem.validator_value, problem.validator
    if problem.context:
        return [f"#{at}: no subschema matched out of the total {len(limit)} subschemas"]
    if kind == "required":
        return [f"#{at}: required key [{problem.message}] not found"]
    if kind == "additionalProperties":
        return [f"#{at}: extraneous key [{problem.message}] is not permitted"]
    if kind == "enum":
        return [f"#{at}: {value} is not a valid enum value"]
    if kind == "type":
        expected = " or ".join(limit if isinstance(limit, list) else [limit]).capitalize()
        return [f"#{at}: expected type: {expected}, found: {json.dumps(value)}"]
    if kind in ("maxLength", "minLength"):
        return [f"#{at}: expected {kind}: {limit}, actual: {len(text_of(value))}"]
    if kind in ("maxItems", "minItems"):
        return [f"#{at}: expected {kind[:3]}imum item count: {limit}, found: {len(value)}"]
    if kind in ("maximum", "minimum"):
        return [f"#{at}: {value} is not {'less' if kind == 'maximum' else 'greater'} or equal to {limit}"]
    if kind == "pattern":
        return [f"#{at}: string [{text_of(value)}] does not match pattern {limit}"]
    return [f"#{at}: {problem.message}"]


def text_of(value):
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


# CloudFormation converts scalars.
def is_number(_checker, value):
    return is_string(_checker, value) and re.fullmatch(r"[+-]?\d+(\.\d+)?(e-?\d+)?", str(value)) is not None


def is_integer(_checker, value):
    return is_string(_checker, value) and re.fullmatch(r"[+-]?\d+(\.0)?", str(value)) is not None


def is_boolean(_checker, value):
    return text_of(value) in ("true", "false")


def is_string(_checker, value):
    return isinstance(value, (str, bool, int, float))


TYPES = Draft7Validator.TYPE_CHECKER.redefine_many(
    {"number": is_number, "integer": is_integer, "boolean": is_boolean, "string": is_string})


def additional(validator, allowed, value, schema):
    if not validator.is_type(value, "object") or allowed is not False:
        return
    patterns = schema.get("patternProperties", {})
    for key in value:
        if key not in schema.get("properties", {}) and not any(matches(key, pattern) for pattern in patterns):
            yield ValidationError(key)


def of_patterns(validator, patterns, value, _schema):
    for pattern, schema in patterns.items() if validator.is_type(value, "object") else ():
        for key, one in value.items():
            if matches(key, pattern):
                yield from validator.descend(one, schema, path=key, schema_path=pattern)


def required(validator, keys, value, _schema):
    if validator.is_type(value, "object"):
        yield from (ValidationError(key) for key in keys if key not in value)


def of_text(fails):
    def keyword(_validator, limit, value, _schema):
        if isinstance(value, (str, bool, int, float)) and fails(text_of(value), limit):
            yield ValidationError("")
    return keyword


def of_number(fails):
    def keyword(validator, limit, value, _schema):
        if validator.is_type(value, "number") and fails(float(value), limit):
            yield ValidationError("")
    return keyword


def enum(_validator, allowed, value, _schema):
    if text_of(value) not in [text_of(one) for one in allowed]:
        yield ValidationError("")


def matches(text, pattern):
    try:
        return re.search(functools.reduce(lambda java, pair: java.replace(*pair), JAVA.items(), pattern), text)
    except re.error:
        # Another feature that Python lacks, in a type that we do not use.
        return True


def exactly_one(_validator, keys, value, _schema):
    given = [key for key in keys if key in value]
    if len(given) != 1:
        yield ValidationError(f"{len(given)} of [{', '.join(keys)}] are given instead of one")


def at_least_one(_validator, keys, value, _schema):
    if not any(key in value for key in keys):
        yield ValidationError(f"one of [{', '.join(keys)}] is required")


def excluded(_validator, pairs, value, _schema):
    for key, others in pairs.items():
        yield from (ValidationError(f"[{key}] and [{other}] exclude each other")
                    for other in others if key in value and other in value)


def unique_items(_validator, most, value, _schema):
    if isinstance(value, list) and len({text_of(one) for one in value}) > most:
        yield ValidationError(f"expected maximum item count: {most}, found: {len(value)}")


Validator = validators.extend(Draft7Validator, type_checker=TYPES, validators={
    "additionalProperties": additional,
    "patternProperties": of_patterns,
    "required": required,
    "enum": enum,
    "maxLength": of_text(lambda text, limit: len(text) > limit),
    "minLength": of_text(lambda text, limit: len(text) < limit),
    "pattern": of_text(lambda text, pattern: not matches(text, pattern)),
    "maximum": of_number(lambda number, limit: number > limit),
    "minimum": of_number(lambda number, limit: number < limit),
    "multipleOf": of_number(lambda number, factor: number % factor != 0),
    # Keywords that cfn-lint adds.
    "requiredXor": exactly_one,
    "requiredOr": at_least_one,
    "dependentExcluded": excluded,
    "maxUniqueItems": unique_items,
})
