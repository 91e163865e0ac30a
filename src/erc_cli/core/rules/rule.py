"""What a rule is: a function from the register to problems, with its code, reason, source and examples beside it."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from erc_cli.core.findings import MAX_OF_ONE_CODE, Finding, Problem, Severity, with_more
from erc_cli.core.register import Register

RuleFunction = Callable[[Register], Iterator[Problem]]


class Rule(NamedTuple):
    """One rule. `run` is None where reading a file already shows the problem (families YML and SCH).

    `manual` is the docstring: a first line that says what must hold, why, an example that passes, one that fails.
    """

    code: str
    severity: Severity
    manual: str
    source: str
    run: RuleFunction | None = None

    @property
    def title(self) -> str:
        """What must hold, in one line."""
        return self.manual.split("\n", 1)[0]

    @property
    def reason(self) -> str:
        """Why, without title and examples."""
        body = self.manual.split("\n", 1)[1] if "\n" in self.manual else ""
        return body.split("Passes::")[0].strip()

    def example(self, heading: str) -> str:
        """Return the example under `heading` ("Passes" or "Fails"), without its indentation; empty if none."""
        _, _, rest = self.manual.partition(f"\n{heading}::\n")
        lines = []
        for line in rest.split("\n"):
            if line and not line.startswith(" "):
                break
            lines.append(line)
        return textwrap.dedent("\n".join(lines)).strip("\n")

    def findings(self, register: Register) -> Iterator[Finding]:
        """Yield what the rule finds in `register`: of one record so many, the last says how many more there are."""
        if self.run is None:
            return
        counted: dict[str, int] = {}
        last: dict[str, Problem] = {}
        for problem in self.run(register):
            count = counted[problem.record] = counted.get(problem.record, 0) + 1
            if count < MAX_OF_ONE_CODE:
                yield Finding(self.code, self.severity, problem)
            elif count == MAX_OF_ONE_CODE:
                last[problem.record] = problem
        for record, problem in last.items():
            yield Finding(self.code, self.severity, with_more(problem, counted[record] - MAX_OF_ONE_CODE))


def rule(
    code: str, *, source: str, severity: Severity = "error", tables: Mapping[str, str] | None = None
) -> Callable[[RuleFunction], Rule]:
    """Make a rule of a function. `source` is the part of the plan, or of the design, that asks for it.

    A line `{name}` in its docstring is replaced by the table of that name.
    """

    def make(function: RuleFunction) -> Rule:
        manual = inspect.cleandoc(function.__doc__ or "")
        for name, table in (tables or {}).items():
            manual = manual.replace(f"    {{{name}}}\n", textwrap.indent(table, "    ") + "\n")
        return Rule(code, severity, manual, source, function)

    return make


def reading_rule(code: str, manual: str, *, source: str = "safe reading", severity: Severity = "error") -> Rule:
    """Describe a rule that reading a file applies by itself."""
    return Rule(code, severity, inspect.cleandoc(manual), source)
