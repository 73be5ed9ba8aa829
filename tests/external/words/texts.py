"""Finds the text that people see in rulesets: for the checks of its grade, its spelling and its style.

    texts.py FOLDER RULESET…    writes each text into a file of FOLDER, on the line on which it stands in its YAML file
"""

import pathlib
import sys

import yaml

# Keys whose values people read. `says` is a text, or a mapping of yes and no to texts.
READ = {
    "prompt", "help", "why", "label", "title", "because", "otherwise", "do", "produces", "must-hold", "meaning", "term",
    "belief", "truth", "note", "says", "does", "candidates", "theme", "changes", "not-covered", "jurisdiction", "keeper",
    "report-to", "provision",
}
# The names that others gave to what they wrote: spelled as they spell it, in a style of theirs.
NAMED = {("sources.yaml", "title"), ("sources.yaml", "provision"), ("sources.yaml", "note")}


class Text:
    def __init__(self, path, line, keys, text, whole):
        self.path, self.line, self.keys, self.text, self.whole = path, line, keys, text, whole

    @property
    def key(self):
        return self.keys[-1]

    @property
    def named(self):
        return (pathlib.PurePath(self.path).name, self.key) in NAMED

    def __str__(self):
        return f"{self.path}:{self.line}"


def texts_of(path):
    """The texts of one file. A text under a key that is not known to be read is a fault, so that none is missed."""
    with open(path, encoding="utf-8") as file:
        root = yaml.compose(file)
    found = []

    def walk(node, keys):
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(value, [*keys, key.value])
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                walk(item, keys)
        else:
            reading = [key for key in keys[-2:] if key in READ]
            # The answers and the expectations of a case are for the program.
            given = any(key in ("given", "assumed", "expect", "profiles") for key in keys)
            if reading and not given:
                folded = node.style in (">", "|")
                line = node.start_mark.line + 1 + folded
                found.append(Text(str(path), line, keys, " ".join(node.value.split()), node.value.strip()))
            elif " " in node.value and not given:
                sys.exit(f"{path}:{node.start_mark.line + 1}: is `{keys[-1]}` read by people? texts.py does not know it")

    walk(root, [])
    return found


def texts_in(rulesets):
    found = []
    for ruleset in rulesets:
        files = sorted(pathlib.Path(ruleset).glob("**/*.yaml"))
        if not files:
            sys.exit(f"{ruleset} holds no YAML files")
        for path in files:
            found += texts_of(path)
    return found


def main():
    folder, *rulesets = sys.argv[1:]
    pages = {}
    texts = texts_in(rulesets)
    for text in texts:
        kind = "named" if text.named else "own"
        layer = 1
        # Two texts of one line go to two pages, so that neither runs into the other.
        while text.line in pages.setdefault((kind, text.path, layer), {}):
            layer += 1
        pages[kind, text.path, layer][text.line] = text.whole if "\n" not in text.whole else text.text
    for (kind, path, layer), lines in pages.items():
        page = pathlib.Path(folder, kind, str(layer), path.lstrip("/")).with_suffix(".txt")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("".join(lines.get(number, "") + "\n" for number in range(1, max(lines) + 1)), encoding="utf-8")
    print(f"* {len(texts)} texts in {len({path for _, path, _ in pages})} files")


if __name__ == "__main__":
    main()
