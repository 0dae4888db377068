"""Logs a line `resource <stack> <logical ID>` for each resource that a stack creates, changes, or deletes."""

from ministack.services.cloudformation import stacks


def apply():
    make, change, delete = stacks._provision_resource, stacks._update_resource, stacks._delete_resource

    def make_and_tell(kind, logical_id, props, stack, *rest):
        tell(stack, logical_id)
        return make(kind, logical_id, props, stack, *rest)

    def change_and_tell(kind, physical_id, old, new, stack, logical_id=None, *rest):
        # Called for every resource of an update; unchanged ones are skipped.
        if old != new:
            tell(stack, logical_id)
        return change(kind, physical_id, old, new, stack, logical_id, *rest)

    def delete_and_tell(kind, physical_id, props, stack, logical_id):
        tell(stack, logical_id)
        return delete(kind, physical_id, props, stack, logical_id)

    stacks._provision_resource = make_and_tell
    stacks._update_resource = change_and_tell
    stacks._delete_resource = delete_and_tell


def tell(stack, logical_id):
    print(f"resource {stack} {logical_id}", flush=True)
