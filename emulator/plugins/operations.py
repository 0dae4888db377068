"""Tells what a stack does: `resource <logical id>` is a line of the log for each one that is made, changed or deleted."""

from ministack.services.cloudformation import stacks


def apply():
    make, change, delete = stacks._provision_resource, stacks._update_resource, stacks._delete_resource

    def make_and_tell(kind, logical_id, *rest):
        tell(logical_id)
        return make(kind, logical_id, *rest)

    def change_and_tell(kind, physical_id, old, new, stack, logical_id=None, *rest):
        # Every resource of an update comes here, and what stays as it is is not touched.
        if old != new:
            tell(logical_id)
        return change(kind, physical_id, old, new, stack, logical_id, *rest)

    def delete_and_tell(kind, physical_id, props, stack, logical_id):
        tell(logical_id)
        return delete(kind, physical_id, props, stack, logical_id)

    stacks._provision_resource = make_and_tell
    stacks._update_resource = change_and_tell
    stacks._delete_resource = delete_and_tell


def tell(logical_id):
    print(f"resource {logical_id}", flush=True)
