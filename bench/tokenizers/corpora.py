# SPDX-License-Identifier: MIT
"""The texts that run.py measures on, as files of texts (worker.hpp), made from what is there.

english     WikiText-2's test text
multi       the article "Mars" in ten languages, one after the other
code        this project's sources and those of Python's standard library
pieces      of a text: pieces of at most 4096 bytes that end between characters, and for `multi` take turns between languages
lines       of all three (or those that are there), each once, taken evenly
long.*      a million bytes of one letter and the like, which are one or a few pieces for BPE
"""
import contextlib
import hashlib
import pathlib
import random
import sysconfig

LANGUAGES = ["arabic", "chinese", "english", "french", "german", "hindi", "japanese", "korean", "russian", "thai"]
PIECE = 4096
SENTENCE = "Once upon a time, in a land far away, there was a young llama who could not wait to see the big sea."
assert len(SENTENCE) == 100
ROOT = pathlib.Path(__file__).resolve().parents[2]


class Absent(Exception):
    """A file that a corpus is made from is not there."""


def pieces_of(raw, size=PIECE, begin=0):
    """Cuts UTF-8 into pieces of at most `size` bytes, without the rest that is shorter than half of one."""
    found, at = [], begin
    while at < len(raw) and raw[at] & 0xC0 == 0x80:
        at += 1
    while len(raw) - at >= size // 2:
        end = min(at + size, len(raw))
        while end < len(raw) and raw[end] & 0xC0 == 0x80:
            end -= 1
        found.append(raw[at:end])
        at = end
    return found


def taking_turns(lists):
    return [one for i in range(max(map(len, lists))) for own in lists for one in own[i:i + 1]]


def code():
    """(bytes, what they are). Whatever is not UTF-8 is left out."""
    own = sorted(p for folder in ("include", "examples", "tests") for ending in ("*.hpp", "*.cpp", "*.py") for p in (ROOT / folder).rglob(ending))
    library = pathlib.Path(sysconfig.get_paths()["stdlib"])
    theirs = sorted(p for p in library.rglob("*.py") if not {"test", "tests", "site-packages", "idlelib"} & set(p.relative_to(library).parts))
    parts = []
    for path in own + theirs:
        raw = path.read_bytes()
        try:
            raw.decode()
        except UnicodeDecodeError:
            continue
        parts.append(raw)
    return b"".join(parts), f"{len(own)} sources of this project, {len(theirs)} of Python's standard library"


class Corpora:
    """Makes each corpus once it is asked for, under `folder`; `scale` divides the large ones."""

    def __init__(self, source, folder, scale=1):
        self.source, self.folder, self.scale = pathlib.Path(source), pathlib.Path(folder), scale
        self.folder.mkdir(parents=True, exist_ok=True)
        self.kept, self.notes, self.raws = {}, {}, {}

    def raw(self, name):
        """The bytes of english, code or multi; of multi a list, language by language."""
        if name not in self.raws:
            if name == "code":
                raw, self.notes["code"] = code()
                self.raws[name] = pieces_of(raw, len(raw) // self.scale)[0]
            else:
                paths = [self.source / "wikitext-2.test.txt"] if name == "english" else [self.source / f"mars.{language}.txt" for language in LANGUAGES]
                missing = [path.name for path in paths if not path.exists()]
                if missing:
                    raise Absent(f"{', '.join(missing)} not in {self.source}")
                raws = [path.read_bytes() for path in paths]
                raws = [pieces_of(raw, len(raw) // self.scale)[0] for raw in raws]
                self.raws[name] = raws[0] if name == "english" else raws
        return self.raws[name]

    def whole(self, name):
        raw = self.raw(name)
        return b"".join(raw) if isinstance(raw, list) else raw

    def all_there(self):
        """English, many languages and code, as far as they are there."""
        found = []
        for name in ("english", "multi", "code"):
            with contextlib.suppress(Absent):
                found.append(self.whole(name))
        return found

    def pieces(self, name):
        raw = self.raw(name)
        return taking_turns([pieces_of(one) for one in raw]) if isinstance(raw, list) else pieces_of(raw)

    def shifted(self, count):
        """`count` pieces of all corpora, of which those that begin at other places share words but are other texts."""
        whole = self.all_there()
        found = [piece for begin in range(0, PIECE, PIECE // 16) for raw in whole for piece in pieces_of(raw, PIECE, begin)]
        random.Random(1).shuffle(found)
        if len(found) < count:
            raise Absent(f"the texts make {len(found)} pieces, not {count}")
        return found[:count]

    def lines(self, most):
        lines = list(dict.fromkeys(line for raw in self.all_there() for line in raw.splitlines(keepends=True)))
        return [lines[i * len(lines) // most] for i in range(most)] if len(lines) > most else lines

    def texts(self, name):
        """The texts of the corpus called `name`. Raises Absent."""
        base, _, kind = name.partition("/")
        n = 1_000_000 // self.scale
        many = {"english": 10, "multi": 4, "code": 1}
        if base in many and kind == "":
            return [self.whole(base)]
        if base in many and kind == "many":  # what warm passes take: 12 to 17 MB, so that what others left in the processor's caches weighs the same
            return [self.whole(base) * many[base]]
        if base in many and kind == "pieces":
            return self.pieces(base)[:max(20, 300 // self.scale)]
        if base == "large":
            return [self.whole("english") * (80 if self.scale == 1 else 16)] if kind == "text" else self.shifted(10_000 // self.scale ** 2)
        if base == "lines":
            return self.lines(20_000 // self.scale)
        if base == "sentence":
            return [SENTENCE.encode()]
        if base == "long":
            letters, drawn = {"a": "a", "spaces": " ", "equals": "=", "newlines": "\n", "ab": "ab"}, random.Random(1)
            if kind == "letters":
                return ["".join(drawn.choices("abcdefghijklmnopqrstuvwxyz", k=n)).encode()]
            if kind == "han":
                return ["".join(chr(drawn.randrange(0x4E00, 0x9FA6)) for _ in range(n // 3)).encode()]
            return [(letters[kind] * n)[:n].encode()]
        raise KeyError(name)

    def path(self, name):
        """The file of texts. Raises Absent."""
        if name not in self.kept:
            self.write(name, self.texts(name))
        return self.kept[name][0]

    def write(self, name, texts):
        raw = b"".join(len(text).to_bytes(4, "little") + text for text in texts)
        path = self.folder / f"{name.replace('/', '-')}.texts"
        path.write_bytes(raw)
        self.kept[name] = (path, hashlib.sha256(raw).hexdigest()[:12], len(texts), sum(map(len, texts)))

    def digest(self, name):
        self.path(name)
        return self.kept[name][1]

    def n_bytes(self, name):
        self.path(name)
        return self.kept[name][3]

    def n_texts(self, name):
        self.path(name)
        return self.kept[name][2]
