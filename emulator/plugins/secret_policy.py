"""AWS::SecretsManager::ResourcePolicy, which MiniStack 1.5.33 lacks, and the names of secrets.

Like on AWS, it fails if the secret was deleted or is marked for deletion. CloudFormation names a secret after its
logical ID, without the stack:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-resourcepolicy.html
"""

import json

from calls import call
from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners


def write(props):
    secret = {"SecretId": props["SecretId"]}
    described = call("SecretsManager", secretsmanager._describe_secret, secret)
    if described.get("DeletedDate"):
        raise ValueError("You can't perform this operation on the secret because it was marked for deletion.")
    policy = props["ResourcePolicy"]
    text = policy if isinstance(policy, str) else json.dumps(policy)
    call("SecretsManager", secretsmanager._put_resource_policy, {**secret, "ResourcePolicy": text})
    return described["ARN"], {"Id": described["ARN"]}


def remove(arn, _props):
    call("SecretsManager", secretsmanager._delete_resource_policy, {"SecretId": arn}, tolerate="ResourceNotFound")


def handlers():
    return {
        "create": lambda _logical_id, props, _stack: write(props),
        "update": lambda _arn, _old, new, _stack: write(new),
        "delete": remove,
    }


def named_like_on_aws(handler):
    """The handler of secrets, which names those that the template does not name, and updates existing ones only."""
    def create(logical_id, props, stack):
        name = provisioners._physical_name(stack, logical_id).removeprefix(f"{stack}-")
        return handler["create"](logical_id, {"Name": name, **props}, stack)

    def update(name, old, new, *rest):
        # MiniStack creates a secret that somebody deleted again. CloudFormation does not find it.
        call("SecretsManager", secretsmanager._describe_secret, {"SecretId": name})
        return handler["update"](name, {"Name": name, **old}, {"Name": name, **new}, *rest)

    return {**handler, "create": create, "update": update}
