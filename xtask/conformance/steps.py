"""Makes the stateful phase go on to its end.

Hypothesis replays the beginnings of earlier scenarios. Here they go differently the second time, because a token is good
once and a handle is taken. It takes that for a flaw of the test and stops; Schemathesis then reports the phase as passed,
after twenty scenarios of a thousand. The tool has no setting for it, so its answer to that end of a suite is replaced: begin
another suite, with the next seed, until as many scenarios have run as were asked for. (`requirements.txt` pins the version
whose inner function this is; where it is gone, the import below fails.)
"""

from schemathesis.engine.run.stateful import _executor
from schemathesis.engine.run.stateful._executor import _classify_flaky as stop


def go_on(*, ctx, engine, state):
    status, again, events = stop(ctx=ctx, engine=engine, state=state)
    wanted = engine.config.get_hypothesis_settings(phase="stateful", apply_ci_profile=False).max_examples
    return status, again or ctx.completed_scenarios < wanted and not engine.has_to_stop, events


_executor._classify_flaky = go_on
