"""Fn::GetStackOutput, which reads an output of another stack: the weak reference that the CDK writes.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html

Like AWS: the value is read when the consuming stack is created or updated. The producing stack can change or
be deleted at any time, and the consumer does not follow.

A changed output alone does not change the consumer. AWS reads the value when it executes a change set, and a
change set of the deployed template is empty: https://github.com/aws/aws-cdk/pull/38831 (read on execution)
and https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2559 (empty). So here too,
the deployed template results in "The submitted information didn't contain changes" and "No updates are to be
performed", and an update with any other change reads all outputs again.

Simplified: another Region or a role is rejected. A new reference with the same value is not a replacement,
which AWS plans if the property requires one. The wording of the errors is ours, because AWS does not document
its own.
"""

from ministack.core.responses import get_region
from ministack.services.cloudformation import _stacks, changesets, engine, handlers, stacks

FUNCTION = "Fn::GetStackOutput"
REQUIRED = {"StackName", "OutputName"}
OPTIONAL = {"Region", "RoleArn"}


def apply():
    resolve_others = engine._resolve_refs

    def resolve(value, *scope):
        if not isinstance(value, dict) or FUNCTION not in value:
            return resolve_others(value, *scope)
        return output(resolve_others(value[FUNCTION], *scope))

    # Patches every module that imported the function by name, and the engine itself.
    for module in (engine, changesets, handlers, stacks):
        module._resolve_refs = resolve
    engine.CfnLoader.add_constructor("!GetStackOutput", engine._construct_cfn_tag(FUNCTION))

    # Skips checks of values that only the deployment reads.
    static_property = stacks._static_property
    stacks._static_property = lambda raw, *scope: None if reads_output(raw) else static_property(raw, *scope)


def reads_output(value):
    if isinstance(value, list):
        return any(map(reads_output, value))
    return isinstance(value, dict) and (FUNCTION in value or any(map(reads_output, value.values())))


def output(reference):
    fault = malformed(reference)
    if fault:
        raise ValueError(f"Template error: {FUNCTION} {fault}")
    name, key = reference["StackName"], reference["OutputName"]
    stack = _stacks.get(name)
    # Deleted stacks stay in the records.
    if stack is None or stack["StackStatus"] == "DELETE_COMPLETE":
        raise ValueError(f"{FUNCTION}: stack {name} does not exist in {get_region()}")
    for one in stack["Outputs"]:
        if one["OutputKey"] == key:
            return one["OutputValue"]
    raise ValueError(f"{FUNCTION}: stack {name} has no output {key}")


def malformed(reference):
    if not isinstance(reference, dict):
        return "requires an object with StackName and OutputName"
    if missing := sorted(REQUIRED - reference.keys()):
        return f"requires {' and '.join(missing)}"
    if unknown := sorted(reference.keys() - REQUIRED - OPTIONAL):
        return f"does not know {', '.join(unknown)}"
    for name, value in reference.items():
        if not isinstance(value, str) or not value:
            return f"requires a string for {name}"
    if reference.get("Region", get_region()) != get_region():
        return f"cannot read from another Region in the emulator: {reference['Region']}"
    if "RoleArn" in reference:
        return f"cannot assume a role in the emulator: {reference['RoleArn']}"
    return None
