"""Measures how hard prompts and titles are to read, with textstat: the Flesch-Kincaid grade, in years of schooling.

    grade.py PERMITTED RULESET…    a prompt or a title above grade 12 fails, and so does a median of the prompts above 9
"""

import re
import statistics
import sys

import textstat

import texts

HARDEST = 12
MEDIAN_OF_PROMPTS = 9
NEUTRAL = "word"                        # stands for a permitted term, of which nobody can choose another


def permitted_terms(path):
    terms = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            term, colon, reason = line.partition(": ")
            if not colon or len(reason.split()) < 2:
                sys.exit(f"{path}:{number}: a permitted term needs a reason, as `term: reason`")
            terms.append(term)
    # The longest first: "data protection officer" before "data protection".
    terms.sort(key=len, reverse=True)
    return terms


def measured(text):
    """The prompts and the titles of sections, rules and derived facts. Sources and cases have titles of another kind."""
    file = text.path.replace("\\", "/")
    if text.key == "prompt":
        return "prompt"
    if text.key == "title" and text.keys[0] in ("sections", "rules", "derived") and "/cases/" not in file:
        return "title"
    return None


def main():
    path, *rulesets = sys.argv[1:]
    terms = permitted_terms(path)
    pattern = re.compile("|".join(r"(?<![\w-])" + re.escape(term) + r"(?:s|'s)?(?![\w-])" for term in terms), re.IGNORECASE)
    used = set()

    def plain(text):
        def neutral(match):
            used.add(match[0].casefold())
            return NEUTRAL
        return pattern.sub(neutral, text) if terms else text

    grades = []
    for text in texts.texts_in(rulesets):
        kind = measured(text)
        if kind:
            grades.append((textstat.flesch_kincaid_grade(plain(text.text)), kind, text))
    grades.sort(key=lambda graded: -graded[0])
    prompts = [grade for grade, kind, _ in grades if kind == "prompt"]
    titles = [grade for grade, kind, _ in grades if kind == "title"]
    if not prompts or not titles:
        sys.exit("there are no prompts, or no titles")
    median = statistics.median(prompts)
    print(f"* reading grade: {len(prompts)} prompts, median {median:.1f}, and {len(titles)} titles, median "
          f"{statistics.median(titles):.1f}; the ten hardest:")
    for grade, kind, text in grades[:10]:
        print(f"    {grade:5.1f} {kind} at {text}: {text.text}")
    faults = [f"{text}: grade {grade:.1f} is above {HARDEST}: {text.text}" for grade, _, text in grades if grade > HARDEST]
    faults += [f"the median of the prompts, {median:.1f}, is above {MEDIAN_OF_PROMPTS}"] if median > MEDIAN_OF_PROMPTS else []
    faults += [f"{path}: no prompt or title has `{term}`: delete it"
               for term in terms if not any(found.startswith(term.casefold()) for found in used)]
    if faults:
        sys.exit("\n".join(faults))


main()
