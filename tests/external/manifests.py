"""The manifests that `clearshare ask` writes and adds to, read by three YAML readers that we did not write.

  manifests.py PROGRAM FOLDER EXAMPLE…

Each example is given to `ask --answers`, as it is and with texts that a writer of YAML easily gets wrong. Then an answer is taken
out of each manifest and others' comments are put in, and `ask` completes it. PyYAML, yaml for Node and Ruby's Psych must read the
same from each: as texts, and as the values that a program would be given.
"""

import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
AS_OF = "2026-11-22"
TEXTS = [
    "NO", "yes", "~", "null", "12:30", "2026-11-22", "1e3", "0x10", ".inf", "- a", "a: b", "a #b", "#", "&x", "*x", "!x", "%x", "@x",
    "`x`", "'", '"', "\\", "\\n", "[a]", "{a}", "?", "=", "<<", " x ", "|", ">", "é – 🎉", "a\u202eb", "x" * 300, "=cmd()", "::error::x",
]
READERS = {
    "PyYAML": [sys.executable, f"{HERE}/yaml_tree.py"],
    "yaml for Node": ["node", f"{HERE}/yaml-tree.cjs"],
    "Psych": ["ruby", f"{HERE}/yaml_tree.rb"],
}


def fail(message):
    sys.exit(f"FAILED: {message}")


def ask(program, answers, output):
    command = [program, "ask", "--as-of", AS_OF, "--answers", answers, "--output", output]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def read(paths, typed):
    """What the readers read from each file: the same, or it fails."""
    read = {}
    for name, command in READERS.items():
        run = subprocess.run([*command, *(["--typed"] if typed else []), *paths], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            fail(f"{name} cannot read what ask wrote: {run.stderr}")
        read[name] = [json.loads(line) for line in run.stdout.splitlines()]
    for path, *values in zip(paths, *read.values(), strict=True):
        if any(json.dumps(value) != json.dumps(values[0]) for value in values):
            fail(f"{path} is not read alike: " + json.dumps(dict(zip(read, values, strict=True)), ensure_ascii=False)[:4000])
    return read["PyYAML"]


def leaves(value, path=()):
    """Each scalar with its path. A flow's list is in no manifest here."""
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    return [(path, value)]


def composed(program, folder, examples):
    written = []
    for at, example in enumerate(examples):
        with open(example, encoding="utf-8") as file:
            text = file.read()
        texts = [None] if at else [None, *TEXTS]
        for number, title in enumerate(texts):
            answers, output = f"{folder}/{at}-{number}-answers.yaml", f"{folder}/{at}-{number}.yaml"
            given = text if title is None else re.sub(r"(?m)^  title: .*$", lambda _: f"  title: {json.dumps(title)}", text, count=1)
            with open(answers, "w", encoding="utf-8") as file:
                file.write(given)
            run = ask(program, answers, output)
            if run.returncode == 2 and "error[no-answer]" in run.stderr:
                os.remove(output)
                continue
            if run.returncode != 0:
                fail(f"ask does not take the answers of {example}: {run.stdout}{run.stderr}")
            written.append((answers, output, title))
    return written


def amended(program, folder, written):
    """Takes an answer out, puts comments in, and has it completed."""
    paths = []
    for at, (answers, output, _) in enumerate(written):
        with open(output, encoding="utf-8") as file:
            lines = file.read().splitlines()
        answered = [n for n, line in enumerate(lines) if re.match(r"  [a-z-]+: \S", line)]
        # One that does not leave its section empty.
        section = [sum(not line.startswith((" ", "#")) for line in lines[:n]) for n in range(len(lines))]
        several = [n for n in answered if sum(section[m] == section[n] for m in answered) > 1]
        out = several[len(several) * (at + 1) // (len(written) + 1)]
        kept = [f"{line}   # ours {n}" if n in answered else line for n, line in enumerate(lines) if n != out]
        path = f"{folder}/{at}-amended.yaml"
        with open(path, "w", encoding="utf-8") as file:
            file.write("# ours, at the top\n" + "\n".join(kept) + "\n# ours, at the end\n")
        run = ask(program, answers, path)
        if run.returncode != 0:
            fail(f"ask does not complete {path}: {run.stdout}{run.stderr}")
        with open(path, encoding="utf-8") as file:
            result = file.read()
        for comment in ["# ours, at the top", "# ours, at the end", *(f"# ours {n}" for n in answered if n != out)]:
            if len(re.findall(re.escape(comment) + r"(?!\d)", result)) != 1:
                fail(f"{path} lost `{comment}`, or has it twice")
        # With the others there, it may not matter any more: then it is said that it was not needed.
        key = lines[out].strip().split(":")[0]
        paths.append((path, key if "not needed" in run.stdout else None))
    return paths


def main():
    program, folder, *examples = sys.argv[1:]
    written = composed(program, folder, examples)
    if len(written) < len(TEXTS) + len(examples) // 2:
        fail(f"only {len(written)} manifests were written")
    paths = [output for _, output, _ in written]
    completed = amended(program, folder, written)
    paths += [path for path, _ in completed]
    read(paths, typed=False)
    typed = read(paths, typed=True)
    for (_, output, title), (_, idle), before, after in zip(written, completed, typed, typed[len(written):], strict=False):
        if title is not None and before["exchange"]["title"] != title:
            fail(f"{output}: {title!r} is read as {before['exchange']['title']!r}")
        # What is no text is a yes or no, or the number of the format.
        for path, value in leaves(before):
            values = value if isinstance(value, list) else [value]
            if not all(isinstance(value, (str, bool)) for value in values) and path != ("clearshare",):
                fail(f"{output}: {path} is read as {value!r}")
        other = {str(leaf): leaf[0] for leaf in [*leaves(before), *leaves(after)] if (leaf in leaves(before)) != (leaf in leaves(after))}
        if any(path[-1] != idle for path in other.values()) or len(other) > 1:
            fail(f"{output}: completed, it says something else: {list(other)}")
    print(f"* {len(written)} manifests that ask wrote, and {len(completed)} that it completed, read alike by {', '.join(READERS)}")


main()
