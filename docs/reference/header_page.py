#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A header as Doxygen is to see it: its first comment is the page's text, and what stands below its line "// implementation" is not there."""
import re
import sys


# Nothing in a comment is an HTML tag or a command of Doxygen's, but for backticks.
def escaped(text):
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([\\@<>#%&])", r"\\\1", part) for part in parts)


with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
# Specialisations of another library's templates, for which Doxygen finds no scope: the page's text says which there are.
text = re.sub(r"^template <>\nstruct fmt::formatter<.*?^};$", lambda match: "\n" * match.group().count("\n"), text, flags=re.MULTILINE | re.DOTALL)
lines = text.splitlines()

out, page, depth, state = [], [], 0, "before"
for line in lines:
    if re.match(r"^// implementation( -+)?$", line):
        break
    if state == "before" and re.match(r"^//(?! SPDX)", line):
        state = "page"
        line = "/// \\file\n/// " + escaped(line.removeprefix("//").removeprefix(" "))
    elif state == "page":
        if line.startswith("//"):
            line = "/// " + escaped(line.removeprefix("//").removeprefix(" "))
        else:
            state = "after"
    elif match := re.match(r"^(\s*)///(?!<) ?(.*)$", line):
        indent, text = match.groups()
        if not text.startswith("    "):  # which is code
            text = re.sub(r"(?:^|(?<=[.;] ))(Fails|Borrows|Cost|Threads): +", r"<br>**\1:** ", escaped(text))
        line = f"{indent}/// {text}"
    line = re.sub(r"\bcria::inline v\d+\b", "cria", line)
    line = line.replace(" CRIA_LIFETIME_BOUND", "")
    depth += bool(re.match(r"^namespace [\w:]+ \{$", line)) - bool(re.match(r"^\}  // namespace", line))
    out.append(line)
if state == "before":
    out.insert(0, "/// \\file")
print("\n".join(out + ["}"] * depth + (["#endif"] if len(out) < len(lines) else [])))
