"""What was sent and answered, by operation, written when the run ends."""

import atexit
import collections
import json
import os
import threading

COUNTS = collections.defaultdict(collections.Counter)
LOCK = threading.Lock()


def count(operation, positive, response):
    accepted = 200 <= response.status_code < 300
    with LOCK:
        counts = COUNTS[operation]
        counts["sent"] += 1
        counts["positive"] += positive
        counts["accepted"] += positive and accepted
        counts[f"{'+' if positive else '-'}{response.status_code}"] += 1


def write():
    with open(os.environ["ACCORD_CONFORMANCE_TALLY"], "w", encoding="utf-8") as file:
        json.dump(COUNTS, file, indent=1, sort_keys=True)


atexit.register(write)
