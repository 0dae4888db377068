"""Refuses a template with a reference to nothing, as CloudFormation does before it creates anything.

MiniStack 1.5.33 notices a missing resource only while it creates the one that refers to it, and an import creates
none. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-validation-error
"""

import re

from calls import as_list
from ministack.services.cloudformation import changesets, handlers

VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")


def apply():
    for module in (changesets, handlers):
        module.validate_template_support = checked(module.validate_template_support)


def checked(validate):
    def validate_references(template, *rest, **more):
        known = {*template.get("Resources", {}), *template.get("Parameters", {})}
        missing = [name for name in dict.fromkeys(references(template.get("Resources", {})))
                   if name not in known and not name.startswith("AWS::")]
        if missing:
            raise ValueError(f"Template format error: Unresolved resource dependencies [{', '.join(missing)}] in the "
                             "Resources block of the template")
        return validate(template, *rest, **more)

    return validate_references


def references(value):
    """The names that a part of a template refers to."""
    if isinstance(value, list):
        for one in value:
            yield from references(one)
    if not isinstance(value, dict):
        return
    for key, one in value.items():
        if key == "Ref" and isinstance(one, str):
            yield one
        elif key == "Fn::GetAtt":
            yield one.split(".")[0] if isinstance(one, str) else one[0]
        elif key == "DependsOn":
            yield from as_list(one)
        elif key == "Fn::Sub":
            text, values = one if isinstance(one, list) else (one, {})
            yield from (name.split(".")[0] for name in VARIABLE.findall(text) if name not in values)
            yield from references(values)
        else:
            yield from references(one)
