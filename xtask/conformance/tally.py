"""What was sent and answered, by operation, and which links were followed: written every few seconds for those who watch,
and when the run ends.
"""

import atexit
import collections
import json
import os
import threading
import time

FILE = os.environ["ACCORD_CONFORMANCE_TALLY"]
# Often enough for those who watch.
PAUSE = 5
COUNTS = collections.defaultdict(collections.Counter)
LINKS = collections.defaultdict(collections.Counter)
STUMBLES = []
LOCK = threading.Lock()
written = time.monotonic()


def count(operation, case, positive, response):
    """A request, and whether it was a step that followed from others."""
    accepted = 200 <= response.status_code < 300
    with LOCK:
        counts = COUNTS[operation]
        counts["sent"] += 1
        counts["steps"] += case.meta is not None and case.meta.phase.name == "stateful"
        counts["positive"] += positive
        counts["accepted"] += positive and accepted
        counts[f"{'+' if positive else '-'}{response.status_code}"] += 1
        if time.monotonic() > written + PAUSE:
            write(operation)


def stumbled(operation, reason):
    """A hook has failed: what followed proves nothing."""
    with LOCK:
        STUMBLES.append(f"{operation}: {reason}")


def count_link(name, accepted):
    with LOCK:
        LINKS[name]["followed"] += 1
        LINKS[name]["accepted"] += accepted


def write(operation=None):
    """`operation` is the one of the moment."""
    global written
    written = time.monotonic()
    tally = {"now": operation, "operations": COUNTS, "links": LINKS, "stumbles": STUMBLES}
    with open(f"{FILE}.new", "w", encoding="utf-8") as file:
        json.dump(tally, file, indent=1, sort_keys=True)
    os.replace(f"{FILE}.new", FILE)


atexit.register(write)
