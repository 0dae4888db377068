"""Loaded by Python before the AWS CLI, which waits 5 to 30 seconds between its questions."""

import time

_sleep = time.sleep
time.sleep = lambda seconds: _sleep(min(seconds, 0.1))
