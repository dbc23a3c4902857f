#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""documents.py finds what is changed: in a copy of the documents, one thing after the other.

    documents_finds.py SCRATCH
"""

import csv
import io
import re
import shutil
import sys
from pathlib import Path

from documents import Checker

ROOT = Path(__file__).resolve().parent.parent.parent


def made_anew(scratch):
    """A tree whose documents may be changed, while all else is the project's own."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    for path in ROOT.iterdir():
        if path.name in (".git", "build") or path.name.startswith(".cache"):
            continue
        if path.name == "docs":
            shutil.copytree(path, scratch / "docs", ignore=shutil.ignore_patterns("__pycache__"))
        elif path.name == "README.md":
            shutil.copy(path, scratch)
        else:
            (scratch / path.name).symlink_to(path)


def first(scratch, pattern, flags=re.MULTILINE):
    """The first document in which something like this stands, and what stands there."""
    for path in sorted((scratch / "docs").glob("*.md")):
        if match := re.search(pattern, path.read_text(encoding="utf-8"), flags):
            return path, match
    sys.exit(f"no document has anything like {pattern}: the check would be blind")


def replaced(path, begin, end, text):
    old = path.read_text(encoding="utf-8")
    path.write_text(old[:begin] + text + old[end:], encoding="utf-8")


def digit_changed(text):
    at = re.search(r"\d", text).start()
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


# Each changes one thing, and says what the check has to say about it; the second value says whether --write mends it.

def a_snippet(scratch):
    path, block = first(scratch, r"^<!-- from: docs/examples/\S+\.cpp \[[^\]]+\] -->\n```cpp\n(.+)$")
    replaced(path, block.start(1), block.end(1), block.group(1) + " // changed")
    return f"{path.name}:", "the block is not what", True


def a_snippet_s_source(scratch):
    path, block = first(scratch, r"^<!-- from: (docs/examples/\S+\.cpp) \[([^\]]+)\] -->$")
    source = scratch / block.group(1)
    begin = source.read_text(encoding="utf-8").index(f"// [{block.group(2)}]\n") + len(f"// [{block.group(2)}]\n")
    replaced(source, begin, begin, "// changed\n")
    return f"{path.name}:", "the block is not what", True


def a_region_that_went(scratch):
    _, block = first(scratch, r"^<!-- from: (docs/examples/\S+\.cpp) \[([^\]]+)\] -->$")
    source = scratch / block.group(1)
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace(f"// [{block.group(2)}]\n", "", 1), encoding="utf-8")
    return "lines that say", f"[{block.group(2)}]", False


def a_block_without_a_source(scratch):
    path = scratch / "docs" / "README.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n```cpp\nint x;\n```\n", encoding="utf-8")
    return "docs/README.md:", "this cpp block is bound to nothing", False


def an_indented_block(scratch):
    path = scratch / "docs" / "README.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n    scripts/demo\n", encoding="utf-8")
    return "docs/README.md:", "an indented block is bound to nothing", False


def a_command_s_path(scratch):
    path, block = first(scratch, r"^<!-- illustration: .+ -->\n```sh\n[^`]*?((?:bench|scripts|tools)/[\w/]+)")
    replaced(path, block.start(1), block.end(1), block.group(1) + "_not")
    return f"{path.name}:", f"{block.group(1)}_not", False


def a_command_s_program(scratch):
    path, block = first(scratch, r"^<!-- illustration: .+ -->\n```sh\n[^`]*?\b(cria_\w+_bench)\b")
    replaced(path, block.start(1), block.end(1), "cria_not_there")
    return f"{path.name}:", "cria_not_there", False


def an_output(scratch):
    path, block = first(scratch, r"^<!-- from: docs/examples/\S+\.out(?: \[[^\]]+\])? -->\n```text\n(.+)$")
    replaced(path, block.start(1), block.end(1), block.group(1) + "!")
    return f"{path.name}:", "the block is not what", True


def a_number_in_a_table(scratch):
    path, table = first(scratch, r"^<!-- data: [^\n]+ -->\n\|[^\n]+\n\|[-|]+\n(\|[^\n]*\d[^\n]*)$")
    replaced(path, table.start(1), table.end(1), digit_changed(table.group(1)))
    return f"{path.name}:", "the table is not what", True


def a_number_in_the_data(scratch):
    path, table = first(scratch, r"^<!-- data: (docs/data/[^;\s]+) -->$")
    data = scratch / table.group(1)
    last = data.read_text(encoding="utf-8").rstrip("\n").rindex("\n") + 1
    text = data.read_text(encoding="utf-8")
    replaced(data, last, len(text), digit_changed(text[last:]))
    return f"{path.name}:", "the table is not what", True


def a_number_in_a_sentence(scratch):
    path, numbers = first(scratch, r"^<!-- numbers: [^:]+: ([\d.]+) = [^\n]+\n((?:[^\n]+\n)+)")
    begin = numbers.start(2) + numbers.group(2).index(numbers.group(1))
    replaced(path, begin, begin + len(numbers.group(1)), digit_changed(numbers.group(1)))
    return f"{path.name}:", f"does not say {numbers.group(1)}", False


def a_number_in_the_data_of_a_sentence(scratch):
    path, numbers = first(scratch, r"^<!-- numbers: (\S+): ([\d.]+) = \[([^\],]+), ([^\],]+)\]")
    data, said, row, column = scratch / numbers.group(1), *numbers.groups()[1:]
    lines = data.read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(lines))
    header = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    at = next(i for i, cells in enumerate(rows) if i > header and cells[0] == row)
    rows[at][rows[header].index(column)] = digit_changed(rows[at][rows[header].index(column)])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows[header:])
    data.write_text("\n".join(lines[:header]) + "\n" + out.getvalue(), encoding="utf-8")
    return f"{path.name}:", f"{said} is said", True


def a_number_and_what_it_is_said_to_be(scratch):
    path, numbers = first(scratch, r"^<!-- numbers: [^:]+: ([\d.]+) = [^\n]+\n(?:[^\n]+\n)+")
    text, said = numbers.group(0), numbers.group(1)
    replaced(path, numbers.start(), numbers.end(), text.replace(said, digit_changed(said)))
    return f"{path.name}:", f"{digit_changed(said)} is said", False


def data_that_nobody_can_repeat(scratch):
    _, table = first(scratch, r"^<!-- data: (docs/data/[^;\s]+) -->$")
    data = scratch / table.group(1)
    data.write_text(re.sub(r"^# machine: .*\n", "", data.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    return table.group(1), "does not say its machine", False


def a_source_without_an_address(scratch):
    path, row = first(scratch, r"^<!-- sources -->\n\|[^\n]+\n\|[-|]+\n\| (\[[^|]+\]\(http[^|]+\)) \|")
    replaced(path, row.start(1), row.end(1), "a book")
    return f"{path.name}:", "this source has no address", False


def a_source_without_a_date(scratch):
    path, row = first(scratch, r"^<!-- sources -->\n\|[^\n]+\n\|[-|]+\n\|[^|]+\|[^|]+\|[^|]+\|([^|]+)\|")
    replaced(path, row.start(1), row.end(1), " of late ")
    return f"{path.name}:", "this source has no date", False


def a_verdict_left_out(scratch):
    path, row = first(scratch, r"^<!-- sources -->\n\|[^\n]+\n\|[-|]+\n\|.*\|( [^|]+ )\|$")
    replaced(path, row.start(1), row.end(1), " ")
    return f"{path.name}:", "this row has an empty cell", False


def a_link_to_a_file(scratch):
    path, link = first(scratch, r"\]\(([\w-]+\.md)\)")
    replaced(path, link.start(1), link.end(1), "not-" + link.group(1))
    return f"a link to not-{link.group(1)}", "which is not there", False


def a_link_to_a_heading(scratch):
    path, link = first(scratch, r"\]\([\w-]+\.md#([\w-]+)\)")
    replaced(path, link.start(1), link.end(1), link.group(1) + "-not")
    return f"{link.group(1)}-not", "there is no such heading", False


def a_heading_that_is_linked(scratch):
    _, link = first(scratch, r"\]\(([\w-]+\.md)#([\w-]+)\)")
    path = scratch / "docs" / link.group(1)
    text = re.sub(r"^(#+ )", r"\1Not ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    return f"{link.group(1)}#{link.group(2)}", "there is no such heading", False


def a_path(scratch):
    path = scratch / "docs" / "README.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nSee `tests/build/not_there.cmake`.\n", encoding="utf-8")
    return "`tests/build/not_there.cmake`", "is not there", False


def a_document_off_the_map(scratch):
    (scratch / "docs" / "new.md").write_text("# New\n", encoding="utf-8")
    return "new.md", "is not on the map", False


def a_figure(scratch):
    figure = sorted((scratch / "docs" / "figures").glob("*.svg"))[0]
    figure.write_text(digit_changed(figure.read_text(encoding="utf-8")), encoding="utf-8")
    return figure.name, "is not what", True


def main():
    scratch = Path(sys.argv[1]).resolve() / "tree"
    changes = [a_snippet, a_snippet_s_source, a_region_that_went, a_block_without_a_source, an_indented_block, a_command_s_path, a_command_s_program, an_output,
               a_number_in_a_table, a_number_in_the_data, a_number_in_a_sentence, a_number_in_the_data_of_a_sentence,
               a_number_and_what_it_is_said_to_be, data_that_nobody_can_repeat, a_source_without_an_address, a_source_without_a_date, a_verdict_left_out, a_link_to_a_file, a_link_to_a_heading,
               a_heading_that_is_linked, a_path, a_document_off_the_map, a_figure]
    missed = []
    for change in changes:
        made_anew(scratch)
        *says, mends = change(scratch)
        name, needs_figures = change.__name__.replace("_", " "), change is a_figure
        problems = Checker(scratch).check(figures=needs_figures)
        if not any(all(part in problem for part in says) for problem in problems):
            missed.append(f"{name}: the check does not say {says}, but {problems}")
            continue
        if mends:
            Checker(scratch, write=True).check(figures=needs_figures)
            if problems := Checker(scratch).check(figures=needs_figures):
                missed.append(f"{name}: --write does not mend it: {problems}")
    for line in missed:
        print(line)
    print(f"{len(changes) - len(missed)} of {len(changes)} changes were found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
