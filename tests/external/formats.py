"""Reads the reports in a folder: JUnit XML with junitparser, and GitLab's code quality by its rules.

    formats.py FOLDER
"""

import json
import sys

from junitparser import Error, Failure, JUnitXml, Skipped

folder = sys.argv[1]
sarif = json.load(open(f"{folder}/out.sarif", encoding="utf-8"))
results = [result for run in sarif["runs"] for result in run["results"] if "suppressions" not in result]
failing = sum(result["level"] == "error" for result in results)

cases = red = 0
for suite in JUnitXml.fromfile(f"{folder}/out.xml"):
    own = {Failure: 0, Error: 0, Skipped: 0}
    names = set()
    for case in suite:
        assert case.name not in names, f"{suite.name}: {case.name} comes twice"
        names.add(case.name)
        for came in case.result:
            own[type(came)] += 1
            assert came.message, f"{case.name} does not say why"
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (len(names), own[Failure], own[Error], own[Skipped])
    cases += len(names)
    red += own[Failure] + own[Error]
assert cases > 1000 and red == failing > 0, f"{cases} cases, {red} red, and {failing} errors in SARIF"

# What https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format asks for, and GitLab's own schema of an entry
# (app/validators/json_schemas/codeclimate.json in its source), which no package carries.
entries = json.load(open(f"{folder}/out.json", encoding="utf-8"))
for entry in entries:
    assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}, entry
    assert all(isinstance(entry[key], str) for key in ("description", "check_name", "fingerprint")), entry
    assert set(entry["location"]) == {"path", "lines"} and set(entry["location"]["lines"]) == {"begin"}, entry
    assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}, entry
    path, line = entry["location"]["path"], entry["location"]["lines"]["begin"]
    assert not path.startswith(("./", "/")) and type(line) is int and line > 0, entry
    assert len(entry["fingerprint"]) == 32 and entry["description"].strip() == entry["description"] != "", entry
prints = [entry["fingerprint"] for entry in entries]
assert len(set(prints)) == len(prints) >= len(results), "a fingerprint comes twice, or an entry is missing"
print(f"* {cases} cases of JUnit XML read by junitparser, {len(entries)} entries of GitLab's code quality as it wants them")
