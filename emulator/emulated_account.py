"""Runs MiniStack as the emulated AWS account of the end-to-end tests.

MiniStack 1.5.33 comes close to AWS, and not all the way. `missing_types` adds the CloudFormation types that it
lacks, `bucket_properties` the properties of buckets that it ignores, `account_settings` settings of the account and its
Regions, and `networks` and `corrections` bring behaviour that we rely on to what AWS does. All of them call MiniStack's
own service functions wherever there is one, so that the SDK reads back what a stack has created. `stack_outputs` adds
references between stacks, and `operations` tells tests what a stack did.

Started by emulator.ts, which sets the environment. EMULATOR_PARENT_PID is the process to live and die with.
"""

import os
import shutil
import signal
import sys
import threading
import time


def die_with_parent() -> None:
    """A test run that is killed cannot stop its emulator; an emulator without its parent stops itself."""
    parent = int(os.environ["EMULATOR_PARENT_PID"])
    while os.getppid() == parent:
        time.sleep(0.5)
    # The folder that emulator.ts made for this account; it is the working directory.
    shutil.rmtree(os.getcwd(), ignore_errors=True)
    # The functions of the account run as children in this process group: they go too.
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    if "EMULATOR_PARENT_PID" in os.environ:
        threading.Thread(target=die_with_parent, daemon=True).start()

    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "plugins"))
    import account_settings
    import bucket_properties
    import corrections
    import missing_types
    import networks
    import operations
    import stack_outputs
    from ministack.app import main as run

    missing_types.register()
    bucket_properties.apply()
    corrections.apply()
    networks.apply()
    account_settings.apply()
    operations.apply()
    stack_outputs.apply()
    run()


if __name__ == "__main__":
    main()
