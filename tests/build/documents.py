#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether README.md and docs/ still say what is so, and with --write: makes them.

    tests/build/documents.py          # compares; prints FILE:LINE: what is wrong, and the difference
    tests/build/documents.py --write  # rewrites code blocks, tables and figures from what they are made of

A line directly above a block, a table or a paragraph says where it comes from (docs/README.md has the conventions):

    <!-- from: docs/examples/x.cpp [name] -->             the block is what is between two lines `// [name]` of that file, or several such parts
    <!-- from: docs/examples/x.out -->                    the block is that file, less the line that names its licence
    <!-- illustration: why no test runs it -->            the block is bound to nothing
    <!-- data: docs/data/x.csv; where: a=b; columns: c, d -->   the table is made from that file; several `where` of one column are alternatives
    <!-- complete -->                                     no cell of the table is empty
    <!-- sources -->                                      nor here; besides, the first cell has an address, and the fourth a date, version or commit
    <!-- numbers: docs/data/x.csv: 1.5 = [row, column]; … -->   the paragraph says 1.5, and so does that file, rounded as it is written;
                                                          --write puts the file's number there

Nothing but Python's own library is needed.
"""

import csv
import difflib
import functools
import io
import os
import re
import subprocess
import sys
import textwrap
import unicodedata
from pathlib import Path

FENCE = re.compile(r"^(\s*)(```+|~~~+)\s*([\w+-]*)\s*$")
FROM = re.compile(r"^<!-- from: (\S+)(?: \[([^\]]+)\])? -->$")
ILLUSTRATION = re.compile(r"^<!-- illustration: .+ -->$")
DATA = re.compile(r"^<!-- data: ([^;]+?)((?:; (?:where|columns): [^;]+?)*) -->$")
NUMBERS = re.compile(r"^<!-- numbers: (\S+): (.+) -->$")
INDENTED = re.compile(r"^(?: {4}|\t)\s*\S")  # below an empty line it is code to Markdown; lists here are indented by less
MARKER = re.compile(r"^\s*(?://|#) \[([^\]]+)\]\s*$")
BOUND = re.compile(r"^<!-- (from|illustration|data|numbers|complete|sources)\b")

# A path of the repository in a code span has to be there, if it begins like one.
PATH_SPAN = re.compile(r"^(?:include|tests|examples|docs|bench|scripts|tools|cmake)/[\w./-]+$")


# What a command names: files of the repository, and programs that it builds.
COMMAND_PATH = re.compile(r"(?<![\w./-])(?:include|tests|examples|docs|bench|scripts|tools|cmake)/[\w./-]+")
PROGRAM = re.compile(r"(?<![\w./:-])(?:build/(?:\w+/)?bin/)?(cria_[a-z0-9_]+)(?![\w./:-])")


class Checker:
    def __init__(self, root, write=False):
        self.root = Path(root)
        self.write = write
        self.problems = []
        self.anchors = {}  # path → the anchors of its headings
        self.shown = set()  # (file, region) that a document shows
        self.data_used = set()

    def problem(self, where, line, text, difference=""):
        self.problems.append(f"{where}:{line}: {text}" + (f"\n{difference}" if difference else ""))

    def relative(self, path):
        return Path(path).relative_to(self.root).as_posix()

    def documents(self):
        return [self.root / "README.md", *sorted((self.root / "docs").glob("*.md"))]

    # What blocks are made of -------------------------------------------------------------------------------

    def source(self, name, region):
        """The lines of a file, or of one region of it; a string if there is no such thing."""
        path = self.root / name
        if not path.is_file():
            return f"{name} is not there"
        lines = path.read_text(encoding="utf-8").splitlines()
        if region is None:
            if lines and "SPDX-License-Identifier" in lines[0]:
                lines = lines[1:]
            return [line for line in lines if not MARKER.match(line)]
        at = [i for i, line in enumerate(lines) if (m := MARKER.match(line)) and m.group(1) == region]
        if not at or len(at) % 2:
            return f"{name} has {len(at)} lines that say [{region}], and has to have two, or two for each part"
        inside = [line for begin, end in zip(at[::2], at[1::2]) for line in lines[begin + 1 : end] if not MARKER.match(line)]
        return textwrap.dedent("\n".join(inside)).splitlines()

    def table(self, name, options):
        """A Markdown table from a file with comma-separated values; a string if it cannot be made."""
        rows = self.rows(name)
        if isinstance(rows, str):
            return rows
        header, rows = rows[0], rows[1:]
        options = [option.split(": ", 1) for option in filter(None, options.split("; "))]
        wanted = {}  # column → the values of the rows that are wanted
        for key, value in options:
            if key == "where":
                column, cell = value.split("=", 1)
                if column not in header:
                    return f"{name} has no column “{column}”"
                if not any(row[header.index(column)] == cell for row in rows):
                    return f"{name} has no row where {value}"
                wanted.setdefault(header.index(column), set()).add(cell)
        rows = [row for row in rows if all(row[column] in cells for column, cells in wanted.items())]
        if not rows:
            return f"{name} has no such row"
        for key, value in options:
            if key == "columns":
                columns = [column.strip() for column in value.split(", ")]
                if missing := [column for column in columns if column not in header]:
                    return f"{name} has no column “{missing[0]}”"
                at = [header.index(column) for column in columns]
                header, rows = columns, [[row[i] for i in at] for row in rows]
        lines = ["|" + "|".join(f" {cell} " if cell else " " for cell in row) + "|" for row in [header, *rows]]
        return [lines[0], "|" + "---|" * len(header), *lines[1:]]

    def rows(self, name):
        path = self.root / name
        self.data_used.add(name)
        if not path.is_file():
            return f"{name} is not there"
        text = "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if not line.startswith("#"))
        rows = list(csv.reader(io.StringIO(text)))
        for row in rows:
            if len(row) != len(rows[0]):
                return f"{name} has a row of {len(row)} cells under {len(rows[0])} columns: {','.join(row)}"
        return rows

    def numbers(self, document, line, claims_line, paragraph):
        """Whether the lines of a paragraph say what the line above them claims, and the file has. With --write: both lines, as the file has them now."""
        name, claims = NUMBERS.match(claims_line).groups()
        rows = self.rows(name)
        if isinstance(rows, str):
            self.problem(document, line, rows)
            return claims_line, paragraph
        now = {}  # what is said → what has to be
        for claim in claims.split("; "):
            match = re.fullmatch(r"([-+]?[\d,]*\.?\d+) = \[([^\]]+)\]", claim.strip())
            if not match:
                self.problem(document, line, f"“{claim}” is not of the form: 1.5 = [row, column]")
                continue
            said, key = match.group(1), [part.strip() for part in match.group(2).split(", ")]
            found = [row for row in rows[1:] if row[: len(key) - 1] == key[:-1]]
            if key[-1] not in rows[0] or len(found) != 1:
                self.problem(document, line, f"{name} has {len(found)} rows for [{', '.join(key)}], or no such column")
                continue
            kept = found[0][rows[0].index(key[-1])]
            agree, rounded = self.rounded(said, kept)
            if not agree and (not self.write or rounded is None or now.get(said, rounded) != rounded):
                self.problem(document, line, f"{said} is said, and {name} has {kept} for [{', '.join(key)}]")
            if not re.search(whole_number(said), " ".join(paragraph)):
                self.problem(document, line, f"the paragraph below does not say {said}")
            now[said] = said if agree or rounded is None else rounded
        if self.write and any(said != new for said, new in now.items()):
            pattern = re.compile("|".join(whole_number(said) for said in sorted(now, key=len, reverse=True)))
            renew = lambda text: pattern.sub(lambda found: now[found.group(0)], text)  # noqa: E731
            claims = "; ".join(re.sub(r"^\S+", lambda found: now.get(found.group(0), found.group(0)), claim.strip()) for claim in claims.split("; "))
            return f"<!-- numbers: {name}: {claims} -->", [renew(each) for each in paragraph]
        return claims_line, paragraph

    @staticmethod
    def rounded(said, kept):
        """Whether what is said is what was kept, rounded; and what was kept, written as what is said is."""
        if said == kept:
            return True, said
        plain = said.replace(",", "")
        decimals = len(plain.partition(".")[2])
        try:
            value = float(re.sub(r"[,×]|(?<=\d)[≠~]$", "", kept))
        except ValueError:
            return False, None
        return f"{value:.{decimals}f}" == f"{float(plain):.{decimals}f}", f"{value:{',' if ',' in said else ''}.{decimals}f}"

    # One document ------------------------------------------------------------------------------------------

    def check_document(self, path):
        document = self.relative(path)
        before = path.read_text(encoding="utf-8").splitlines()
        old, new, i = list(before), [], 0
        while i < len(old):
            line = old[i]
            above = old[i - 1] if i else ""
            if fence := FENCE.match(line):
                end = next((j for j in range(i + 1, len(old)) if old[j].strip() == fence.group(2)), None)
                if end is None:
                    self.problem(document, i + 1, "this block does not end")
                    return
                body = self.check_block(document, i, fence.group(3), above, old[i + 1 : end])
                new += [line, *body, old[end]]
                i = end + 1
            elif (data := DATA.match(above)) and line.startswith("|"):
                end = next((j for j in range(i, len(old)) if not old[j].startswith("|")), len(old))
                table = self.table(data.group(1), data.group(2).removeprefix("; "))
                if isinstance(table, str):
                    self.problem(document, i, table)
                    table = old[i:end]
                elif table != old[i:end] and not self.write:
                    self.problem(document, i + 1, f"the table is not what {data.group(1)} makes", difference(old[i:end], table))
                new += table
                i = end
            elif above in ("<!-- complete -->", "<!-- sources -->") and line.startswith("|"):
                begin = i
                while i < len(old) and old[i].startswith("|"):
                    cells = re.split(r"(?<!\\)\|", old[i])[1:-1]
                    if any(not cell.strip() for cell in cells):
                        self.problem(document, i + 1, "this row has an empty cell")
                    if above == "<!-- sources -->" and i > begin + 1:
                        if "](http" not in cells[0]:
                            self.problem(document, i + 1, "this source has no address")
                        if not re.search(r"\d", cells[3]):
                            self.problem(document, i + 1, "this source has no date, version or commit")
                    new.append(old[i])
                    i += 1
            else:
                if NUMBERS.match(line):  # several may stand above one paragraph
                    begin = next((j for j in range(i + 1, len(old)) if not NUMBERS.match(old[j])), len(old))
                    end = next((j for j in range(begin, len(old)) if not old[j].strip()), len(old))
                    line, old[begin:end] = self.numbers(document, i + 1, line, old[begin:end])
                elif BOUND.match(above) and (not NUMBERS.match(above) or not line.strip()):
                    self.problem(document, i, "nothing stands under this line that it could speak of")
                if INDENTED.match(line) and not above.strip():
                    self.problem(document, i + 1, "an indented block is bound to nothing: put it between ``` and say what it is")
                if line.startswith("<!--") and re.match(r"<!-- ?(from|illustration|data|numbers|complete|sources)\b", line) and not (
                    line in ("<!-- complete -->", "<!-- sources -->") or FROM.match(line) or ILLUSTRATION.match(line) or DATA.match(line) or NUMBERS.match(line)
                ):
                    self.problem(document, i + 1, f"this line is of no known form: {line}")
                new.append(line)
                i += 1
        if self.write and new != before:
            path.write_text("\n".join(new) + "\n", encoding="utf-8")
            print(f"wrote {document}")

    def check_block(self, document, at, language, above, body):
        """What the block at line `at` has to hold."""
        if binding := FROM.match(above):
            name, region = binding.groups()
            self.shown.add((name, region))
            wanted = self.source(name, region)
            if isinstance(wanted, str):
                self.problem(document, at, wanted)
            elif wanted != body:
                if self.write:
                    return wanted
                self.problem(document, at + 1, f"the block is not what {name}{f' [{region}]' if region else ''} has", difference(body, wanted))
        elif ILLUSTRATION.match(above):
            if language == "sh":
                self.check_commands(document, at + 1, body)
        elif language == "console":
            if not any(line.startswith("$ ") for line in body):
                self.problem(document, at + 1, "a console block has a line `$ command`, which tests/cli/docs_test.cpp runs")
        elif language not in ("", "text"):
            self.problem(document, at + 1, f"this {language} block is bound to nothing: put <!-- from: … --> or <!-- illustration: why --> above it")
        return body

    def check_commands(self, document, at, body):
        """Commands that nobody runs name at least what there is."""
        for number, line in enumerate(body, at + 1):
            for path in COMMAND_PATH.findall(line):
                if not self.path_is_there(path):
                    self.problem(document, number, f"`{path}` is not there")
            for name in PROGRAM.findall(line):
                if not any(name == known or (known.endswith("_") and name.startswith(known)) for known in self.programs()):
                    self.problem(document, number, f"no CMakeLists.txt has a program {name}")

    @functools.cache
    def programs(self):
        """What CMake names: whole, or up to a variable in it."""
        names = ("CMakeLists.txt", "*/CMakeLists.txt", "*/*/CMakeLists.txt", "*/*/*.cmake")
        files = [path for name in names for path in self.root.glob(name) if not self.relative(path).startswith("build/")]
        return {name for path in files for name in re.findall(r"\b(cria_[a-z0-9_]+)", path.read_text(encoding="utf-8"))}

    # Links -------------------------------------------------------------------------------------------------

    def anchors_of(self, path):
        if path not in self.anchors:
            seen, anchors = {}, set()
            for _, line in prose(path):
                if heading := re.match(r"^#{1,6}\s+(.*?)\s*#*$", line):
                    slug = slug_of(heading.group(1))
                    n = seen.get(slug, 0)
                    seen[slug] = n + 1
                    anchors.add(slug if n == 0 else f"{slug}-{n}")
                anchors.update(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", line))
            self.anchors[path] = anchors
        return self.anchors[path]

    def check_links(self, path):
        document = self.relative(path)
        for number, line in prose(path):
            spans = re.findall(r"(?<!`)`([^`]+)`(?!`)", line)
            for span in spans:
                if PATH_SPAN.match(span) and not self.path_is_there(span) and f"[`{span}`]" not in line:
                    self.problem(document, number, f"`{span}` is not there")
            bare = re.sub(r"`[^`]*`", "", line)
            for target in re.findall(r"\]\(([^()\s]+(?:\([^()]*\)[^()\s]*)?)\)", bare) + re.findall(r"(?:src|href)=\"([^\"]+)\"", bare):
                if re.match(r"^[a-z][a-z0-9+.-]*:", target):
                    continue
                name, _, anchor = target.partition("#")
                there = (path.parent / name).resolve() if name else path
                if not there.exists():
                    self.problem(document, number, f"a link to {target}, which is not there")
                elif anchor and there.suffix == ".md" and anchor not in self.anchors_of(there):
                    self.problem(document, number, f"a link to {target}: there is no such heading")

    def path_is_there(self, span):
        path = self.root / span.rstrip("/")
        return path.exists() or (path.suffix == "" and any(path.parent.glob(path.name + ".*")))

    # All together ------------------------------------------------------------------------------------------

    def check_map(self):
        """Every document is on the map."""
        readme = self.root / "docs" / "README.md"
        text = readme.read_text(encoding="utf-8")
        for path in self.documents()[1:]:
            if path != readme and f"]({path.name}" not in text:
                self.problem("docs/README.md", 1, f"{path.name} is not on the map")

    def check_examples(self):
        """Every region of an example is shown somewhere: what nobody shows is there for nobody."""
        for path in sorted((self.root / "docs" / "examples").glob("*")):
            if path.suffix not in (".cpp", ".py", ".sh", ".cmake"):
                continue
            name = self.relative(path)
            regions = {m.group(1) for line in path.read_text(encoding="utf-8").splitlines() if (m := MARKER.match(line))}
            for region in sorted(regions):
                if (name, region) not in self.shown:
                    self.problem(name, 1, f"no document shows [{region}]")

    def check_data(self):
        """Every file of data says where it comes from, and is used."""
        users = [p.read_text(encoding="utf-8") for p in [*self.documents(), *(self.root / "docs" / "figures").glob("*.py")]]
        for path in sorted((self.root / "docs" / "data").glob("*")):
            name, text = self.relative(path), path.read_text(encoding="utf-8")
            for key in ("command", "machine", "date"):
                if not re.search(rf"^(# {key}: \S|\s*\"{key}\": *\"[^\"])", text, re.MULTILINE):
                    self.problem(name, 1, f"does not say its {key}")
            if not any(path.name in user for user in users):
                self.problem(name, 1, "no document and no figure uses it")

    def check_figures(self):
        """Every figure is what its script prints."""
        folder = self.root / "docs" / "figures"
        scripts = {path.with_suffix(".svg"): path for path in folder.glob("*.py") if not path.name.startswith("_")}
        for figure in sorted(folder.glob("*.svg")):
            if figure not in scripts:
                self.problem(self.relative(figure), 1, "no script makes this figure")
        for figure, script in sorted(scripts.items()):
            environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
            ran = subprocess.run([sys.executable, str(script)], cwd=self.root, capture_output=True, env=environment, check=False)
            if ran.returncode != 0:
                self.problem(self.relative(script), 1, f"fails: {ran.stderr.decode(errors='replace').strip()}")
            elif not figure.exists() or figure.read_bytes() != ran.stdout:
                if self.write:
                    figure.write_bytes(ran.stdout)
                    print(f"wrote {self.relative(figure)}")
                else:
                    self.problem(self.relative(figure), 1, f"is not what {self.relative(script)} prints")

    def check(self, figures=True):
        if figures:
            self.check_figures()
        for path in self.documents():
            self.check_document(path)
        for path in [*self.documents(), *(self.root / name for name in ("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"))]:
            self.check_links(path)
        self.check_map()
        self.check_examples()
        self.check_data()
        return self.problems


def difference(has, wanted):
    lines = difflib.unified_diff(has, wanted, "the document", "its source", lineterm="", n=1)
    return "\n".join("    " + line for line in lines)


def whole_number(text):
    """What finds a number where it is not a part of a longer one."""
    return rf"(?<![\d.,]){re.escape(text)}(?![\d]|[.,]\d)"


def prose(path):
    """The lines of a document that are not code, with their numbers from 1."""
    fence = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if match := FENCE.match(line):
            if fence is None:
                fence = match.group(2)
            elif match.group(2) == fence:
                fence = None
        elif fence is None:
            yield number, line


def slug_of(heading):
    """The anchor that forges make of a heading."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"<[^>]+>", "", text).replace("`", "").replace("*", "").strip().lower()
    kept = [c for c in text if c in " -_" or unicodedata.category(c)[0] in "LNM"]
    return "".join(kept).replace(" ", "-")


def main():
    root = Path(__file__).resolve().parent.parent.parent
    write = "--write" in sys.argv[1:]
    problems = Checker(root, write).check()
    if write:
        problems = Checker(root).check()
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problems; tests/build/documents.py --write mends what has a source")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
