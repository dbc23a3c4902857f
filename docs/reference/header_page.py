#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A header as Doxygen is to see it: its first comment is the page's text, and what stands below its line "// implementation" is not there."""
import re
import sys


# Nothing in a comment is an HTML tag or a command of Doxygen's, but for backticks. In quotation marks it looks for neither.
def escaped(text):
    parts = re.split(r'(`[^`]*`|"[^"]*")' if text.count('"') % 2 == 0 else r"(`[^`]*`)", text)
    return "".join(part if part[:1] in ("`", '"') and len(part) > 1 else re.sub(r"([\\@<>#%&])", r"\\\1", part) for part in parts)


with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
# Specialisations of another library's templates, for which Doxygen finds no scope: the page's text says which there are.
text = re.sub(r"^template <>\nstruct fmt::formatter<.*?^};$", lambda match: "\n" * match.group().count("\n"), text, flags=re.MULTILINE | re.DOTALL)
lines = text.splitlines()

out, depth, state, drawn = [], 0, "before", False
for line in lines:
    if re.match(r"^// implementation( -+)?$", line):
        break
    if state == "before" and re.match(r"^//(?! SPDX)", line):
        state, in_list = "page", False
        line = "/// \\file\n/// " + escaped(line.removeprefix("//").removeprefix(" "))
    elif state == "page":
        # Lines that are set in are laid out by hand, formulas and columns: as code they stay as they are. Lists are Markdown's.
        is_drawn = bool(re.match(r"^//   +" + ("" if drawn else r"(?!- |\d+\. )") + r"\S", line)) and (drawn or not in_list)
        if is_drawn and not drawn and out[-1].strip() != "///":
            out.append("///")
        drawn = is_drawn
        in_list = bool(re.match(r"^// *(- |\d+\. )", line)) or (in_list and line.startswith("//  "))
        if drawn:
            line = "///    " + line.removeprefix("//")
        elif line.startswith("//"):
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
