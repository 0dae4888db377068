"""Runs MiniStack as the emulated AWS account of the end-to-end tests.

MiniStack 1.5.33 is close to AWS, but not complete. `missing_types` adds CloudFormation types,
`bucket_properties` adds bucket properties, `account_settings` adds settings of the account and its Regions,
`user_credentials` and `root_users` add calls of IAM and STS, `user_notifications` AWS User Notifications,
`mute_rules` a CloudWatch API, and `organizations_api`, `organization_types`, and `stack_sets` what an
organization needs. `networks`, `trust_policies`, `policy_simulator` and
`corrections` correct behavior that we rely on. All of them call MiniStack's own service functions if they
exist, so that the SDK can read what a stack created. `refusals` and `references` fail what AWS would not take. `stack_outputs`
adds references between stacks, and `operations` logs what a stack did.

emulator.ts starts it and sets the environment. It stops when the process EMULATOR_PARENT_PID ends.
"""

import os
import shutil
import signal
import sys
import threading
import time


def die_with_parent() -> None:
    """A killed test run cannot stop its emulator, so an emulator without its parent stops itself."""
    parent = int(os.environ["EMULATOR_PARENT_PID"])
    while os.getppid() == parent:
        time.sleep(0.5)
    # The working directory is the folder that emulator.ts created for this account.
    shutil.rmtree(os.getcwd(), ignore_errors=True)
    # The functions of the account run in this process group, so they stop too.
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    if "EMULATOR_PARENT_PID" in os.environ:
        threading.Thread(target=die_with_parent, daemon=True).start()

    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "plugins"))
    import account_settings
    import bucket_properties
    import corrections
    import cost_types
    import emails
    import gone
    import iam_deletions
    import missing_types
    import mute_rules
    import networks
    import operations
    import organization_detectors
    import organization_types
    import organizations_api
    import policy_simulator
    import references
    import refusals
    import renames
    import root_users
    import stack_outputs
    import stack_sets
    import trust_policies
    import user_credentials
    import user_notifications
    from ministack.app import main as run

    missing_types.register()
    organization_types.register()
    user_notifications.register()
    bucket_properties.apply()
    corrections.apply()
    cost_types.apply()
    networks.apply()
    emails.apply()
    iam_deletions.apply()
    mute_rules.apply()
    account_settings.apply()
    user_notifications.apply()
    refusals.apply()
    references.apply()
    gone.apply()
    operations.apply()
    user_credentials.apply()
    renames.apply()
    trust_policies.apply()
    policy_simulator.apply()
    root_users.apply()
    stack_outputs.apply()
    organizations_api.apply()
    organization_detectors.apply()
    stack_sets.apply()
    run()


if __name__ == "__main__":
    main()
