#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares cria's tokenizer with others: ids first, then speed at four temperatures, memory and threads.

bench/tokenizers/run.sh makes what this needs and runs it. Every contender has a process of its own (worker.hpp, peers.py) on the same
core, of which one at a time has work. Each row takes rounds, in each of which every contender has one turn, in an order that goes
round; the table has medians. Where a turn needs a new process, or a vocabulary and an encoder that have seen nothing yet, it gets them.

Temperatures: "first call" is that of a process just started; "flushed" means that 3 times the last cache was written in between;
"first pass" and "each of 300" that vocabulary and encoder are new and so is the text; "warm" that the encoder has seen the text before.

Ids are compared before anything is timed, and their number and CRC-32 with every timed answer. cria has to give Hugging Face's ids, and
llama.cpp's in that mode of its own, or the program ends with 1. A peer that gives others is timed all the same, and marked with the number of
texts that differ.

A turn during which its process ran for less than 97% of the time was disturbed by others and does not count, if there are enough that do.
What calling a Python package costs is taken off its times; the CSV file has both.
"""
import argparse
import contextlib
import csv
import fnmatch
import hashlib
import json
import os
import pathlib
import platform
import select
import statistics
import subprocess
import sys
import time

import numpy

import convert
import plot
from corpora import Absent, Corpora

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VOCABULARIES = ["llama-bpe", "qwen2", "gpt-2", "deepseek-llm", "llama-spm"]
PYTHON_PEERS = ["gigatoken", "quicktok", "tokenizers"]
AS_LLAMA_CPP = "cria as llama.cpp"
CALM = 0.97
CHECKED = ["sentence", "english", "english/pieces", "multi", "multi/pieces", "code", "code/pieces", "lines",
           "long/a", "long/spaces", "long/equals", "long/newlines", "long/ab", "long/letters", "long/han"]


class Misuse(Exception):
    """An option that says nothing."""


# Rows ------------------------------------------------------------------------------------------------------------------------

class Row:
    """A line of the table: how it is measured, on what, and what an answer comes to. The value is a rate where `is_rate`."""

    def __init__(self, name, title, unit, request, corpus, value, is_rate=False, key=None, fresh_process=False, threads=1):
        self.name, self.title, self.unit, self.request, self.corpus, self.value = name, title, unit, request, corpus, value
        self.is_rate, self.key, self.fresh_process, self.threads = is_rate, key, fresh_process, threads

    def times_faster(self, own, other):
        """How many times as good as `other` the value `own` is."""
        if self.is_rate:
            return own / other if other else None
        return max(other, 0.0) / own if own > 0 else None


def seconds(answer, key="seconds"):
    """What a turn took, without the call. A call that is as fast as one with an empty text took less than can be told: 1 ns."""
    return max(answer[key] - answer.get("overhead", 0.0), 1e-9)


def megabytes(answer):
    return answer["bytes"] / seconds(answer) / 1e6


def microseconds(answer):
    return seconds(answer) * 1e6


def milliseconds(answer):
    return seconds(answer) * 1e3


def on_processor(row, answer):
    """An answer with the processor's seconds for those of the wall. Medians of many short calls, which others do not move, stay
    as they are, and so does what threads did: where one waits for another, that counts, and one is what two are compared with."""
    if row.request[0] in ("each", "repeat", "flushed", "memory", "batch"):
        return answer
    shares = (("seconds", "busy"), ("first_seconds", "first_busy"))
    return {**answer, **{key: answer[key] * min(1.0, answer[share]) for key, share in shares if key in answer}}


def rows(flush_bytes, quick):
    """All rows, in order."""
    made = []
    names = {"english": "English", "code": "code", "multi": "ten languages"}
    for corpus, name in names.items():
        made.append(Row(f"warm.{corpus}", f"warm, {name}", "MB/s", ["pass"], f"{corpus}/many", megabytes, True))
    for corpus in ("english", "multi"):
        made.append(Row(f"first.{corpus}", f"first pass, {names[corpus]}", "MB/s", ["fresh"], corpus, megabytes, True))
    for corpus in ("english", "multi"):
        made.append(Row(f"each.{corpus}", f"each of 300 texts of 4 KB, {names[corpus]}", "µs", ["each"], f"{corpus}/pieces", microseconds))
    n_flushed = 5 if quick else 30
    made += [
        Row("100b", "100 B again and again", "µs", ["repeat", "0.02" if quick else "0.1"], "sentence", microseconds),
        Row("4k", "4 KB again and again", "µs", ["repeat", "0.02" if quick else "0.1"], "english/pieces", microseconds),
        Row("100b.flushed", "100 B, caches flushed", "µs", ["flushed", n_flushed, flush_bytes, "warm"], "sentence", microseconds),
        Row("4k.flushed", "new 4 KB, caches flushed", "µs", ["flushed", n_flushed, flush_bytes, "fresh"], "english/pieces", microseconds),
        Row("first-call", "first call after loading, 100 B", "µs", ["first"], "sentence", lambda a: seconds(a, "first_seconds") * 1e6, key="first", fresh_process=True),
        Row("load", "vocabulary ready, file included", "ms", ["first"], "sentence", lambda a: a["seconds"] * 1e3, key="first", fresh_process=True),
    ]
    long = {"a": "letters a", "spaces": "spaces", "equals": "=", "newlines": "line feeds", "ab": "abab…", "letters": "random a-z", "han": "random Han"}
    made += [Row(f"long.{kind}", f"1 MB of {name}", "ms", ["fresh"], f"long/{kind}", milliseconds) for kind, name in long.items()]
    made.append(Row("decode", "decoding English", "M tokens/s", ["decode", 3 if quick else 9], "english", lambda a: a["n"] / seconds(a) / 1e6, True))
    memory = {"tables": "vocabulary", "encoder": "encoder beside it, new", "used_encoder": "encoder beside it, after 1 MB"}
    made += [Row(f"memory.{what.replace('_', '-')}", f"memory: {name}", "MB", ["memory"], "english", lambda a, what=what: a[what] / 1e6, key="memory", fresh_process=True)
             for what, name in memory.items()]
    for kind, name in (("text", "one text of 100 MB"), ("pieces", "10,000 texts of 4 KB")):
        for how, when in (("warm", ""), ("fresh", ", nothing made before")):
            for n in (1, 2):
                title = f"{name} by {n} thread{'s' * (n > 1)}{when}"
                made.append(Row(f"threads.{kind}.{how}.{n}", title, "MB/s", ["batch", n, how], f"large/{kind}", megabytes, True, threads=n))
    return made


def chosen(every, patterns):
    """The rows that have one of the names, or begin with it. Raises Misuse."""
    found = {pattern: {row.name for row in every if fnmatch.fnmatch(row.name, pattern) or row.name.startswith(pattern + ".")} for pattern in patterns}
    for pattern, names in found.items():
        if not names:
            raise Misuse(f"no such row: {pattern}; --list shows them all")
    return [row for row in every if any(row.name in names for names in found.values())]


# Contenders ------------------------------------------------------------------------------------------------------------------

class Failed(Exception):
    """A process gave no answer."""


class Cannot(Exception):
    """A contender has no call for what was asked."""


class Process:
    """A worker process: a request is a line, so is the answer."""

    def __init__(self, command, cores, n_threads, patience):
        environment = {**os.environ, "RAYON_NUM_THREADS": str(n_threads), "TOKENIZERS_PARALLELISM": "true" if n_threads > 1 else "false"}
        self.patience, self.rest = patience, b""
        self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
                                        preexec_fn=lambda: os.sched_setaffinity(0, cores))
        self.hello = self.answer()

    def answer(self):
        until = time.monotonic() + self.patience
        while b"\n" not in self.rest:
            if not select.select([self.process.stdout], [], [], max(0.0, until - time.monotonic()))[0]:
                self.stop(at_once=True)
                raise Failed(f"no answer within {self.patience:.0f} s")
            piece = os.read(self.process.stdout.fileno(), 1 << 16)
            if not piece:
                code = self.process.wait()
                raise Failed(f"killed by signal {-code}" if code < 0 else f"ended with {code}")
            self.rest += piece
        line, self.rest = self.rest.split(b"\n", 1)
        said = json.loads(line)
        if "error" in said:
            raise Failed(said["error"])
        if "cannot" in said:
            raise Cannot(said["cannot"])
        return said

    def ask(self, *words):
        try:
            self.process.stdin.write(("\t".join(map(str, words)) + "\n").encode())
            self.process.stdin.flush()
        except OSError:
            raise Failed("its process has ended") from None
        return self.answer()

    def stop(self, at_once=False):
        if at_once:
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Contender:
    """A tokenizer with one vocabulary, and the processes in which it works: one for each number of threads, made when they are
    asked for and again where they have died."""

    def __init__(self, name, command, cores, patience):
        self.name, self.command, self.cores, self.patience = name, command, cores, patience
        self.processes, self.vocabulary, self.digest, self.version, self.wants = {}, None, None, name, None

    def start(self, n_threads=1):
        # One core for one thread, so that nothing that is measured in turns wanders.
        return Process(self.command, self.cores[:n_threads], n_threads, self.patience)

    def choose(self, files, folder):
        """Takes one of the files {gguf, json}. Raises Failed, Cannot."""
        self.stop()
        process = self.start()
        self.version, self.wants = process.hello["ready"], process.hello["wants"]
        try:
            made = process.ask("prepare", files[self.wants], folder / self.name.replace("/", "-"))
        finally:
            process.stop()
        self.vocabulary, self.digest = made.get("vocabulary", str(files[self.wants])), hashlib.sha256(pathlib.Path(files[self.wants]).read_bytes()).hexdigest()
        self.process()

    def process(self, n_threads=1):
        if n_threads not in self.processes:
            process = self.start(n_threads)
            try:
                process.ask("load", self.vocabulary)
            except (Failed, Cannot):
                process.stop(at_once=True)
                raise
            self.processes[n_threads] = process
        return self.processes[n_threads]

    def ask(self, *words, n_threads=1):
        process = self.process(n_threads)
        try:
            return process.ask(*words)
        except Failed:
            self.processes.pop(n_threads).stop(at_once=True)
            raise

    def ask_new(self, what, *words):
        """Asks a process that has done nothing else."""
        process = self.start()
        try:
            return process.ask(what, self.vocabulary, *words)
        finally:
            process.stop()

    def stop(self):
        for process in self.processes.values():
            process.stop()
        self.processes = {}


# Ids -------------------------------------------------------------------------------------------------------------------------

def read_ids(path):
    raw, found, at = numpy.fromfile(path, numpy.uint32), [], 0
    while at < len(raw):
        n = int(raw[at])
        if n > len(raw) - at - 1:
            raise Failed(f"{path} ends within a text")
        found.append(raw[at + 1:at + 1 + n])
        at += 1 + n
    return found


def differing(ours, theirs):
    """The places of the texts whose ids differ."""
    return [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if not numpy.array_equal(a, b)]


def ids_of(contender, corpora, corpus, folder, keeps):
    """The file of ids of a corpus, and the ids. Where `keeps`, those of an earlier run are taken if version, vocabulary and texts are the same."""
    made = [contender.version, contender.digest, corpora.digest(corpus)]
    path = folder / f"{contender.name.replace('/', '-')}-{hashlib.sha256(' '.join(made).encode()).hexdigest()[:16]}.ids"
    if not keeps or not path.exists():
        partial = path.with_suffix(".part")
        contender.ask("ids", corpora.path(corpus), partial)
        partial.rename(path)
    return path, read_ids(path)


# The program -----------------------------------------------------------------------------------------------------------------

def say(text=""):
    print(text, flush=True)


def last_cache_bytes():
    """The size of the last level of cache, or None."""
    sizes = []
    for size in pathlib.Path("/sys/devices/system/cpu/cpu0/cache").glob("index*/size"):
        text = size.read_text().strip()
        sizes.append(int(text[:-1]) * {"K": 1 << 10, "M": 1 << 20}.get(text[-1], 1) if not text.isdigit() else int(text))
    return max(sizes, default=None)


def processor_name():
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as info:
        return next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), platform.machine())
    return platform.machine()


class Bench:
    def __init__(self, given):
        self.given = given
        self.build = pathlib.Path(given.build).resolve()
        shared = pathlib.Path(given.shared or os.environ.get("CRIA_SHARED_DIR") or ROOT.parent / "shared")
        self.vocabularies = shared / "conformance/vocab"
        self.corpora = Corpora(given.corpora or shared / "corpora", self.build / ("texts-quick" if given.quick else "texts"), 10 if given.quick else 1)
        available = sorted(os.sched_getaffinity(0))
        self.cores = [available[-1], *available[:-1]] if given.core is None else [given.core, *(c for c in available if c != given.core)]
        os.sched_setaffinity(0, {self.cores[0]})
        cache = last_cache_bytes()
        self.flush_bytes = 3 * cache if cache else 96_000_000
        self.rows = chosen(rows(self.flush_bytes, given.quick), given.rows.split(",") if given.rows else ["*"])
        self.n_rounds = given.rounds or (3 if given.quick else 7)
        self.turns, self.exactness, self.faults, self.absent, self.left_out, self.ours, self.ours_of = [], {}, [], {}, {}, {}, {}

    def commands(self):
        programs = pathlib.Path(self.given.programs).resolve() if self.given.programs else self.build / "bin"
        cria = self.given.cria.split() if self.given.cria else [programs / "cria_tokenizer_bench"]
        made = {"cria": cria}
        for name in PYTHON_PEERS:
            made[name] = [sys.executable, HERE / "peers.py", name]
        if (programs / "llama_cpp_tokenizer_bench").exists():
            made["llama.cpp"] = [programs / "llama_cpp_tokenizer_bench"]
        wanted = self.given.peers.split(",") if self.given.peers is not None else None
        unknown = set(wanted or []) - {"", "llama.cpp", *PYTHON_PEERS}
        if unknown:
            raise Misuse(f"no such peer: {', '.join(sorted(unknown))}")
        made = {name: command for name, command in made.items() if name == "cria" or wanted is None or name in wanted}
        for own in self.given.worker or []:
            name, _, command = own.partition("=")
            made[name] = command.split()
        return made, cria

    def run(self):
        say(f"{processor_name()}, core {self.cores[0]}, {self.flush_bytes / 1e6:.0f} MB are written to flush caches, load {os.getloadavg()[0]:.1f}")
        commands, cria = self.commands()
        if "llama.cpp" not in commands and self.given.peers is None:
            say("SKIPPED: llama.cpp, which `bench/peers/llama_cpp.sh --llama` and CRIA_PEER_LLAMA_CPP would bring")
        self.results = pathlib.Path(self.given.out or self.build / ("results-quick" if self.given.quick else "results"))
        self.results.mkdir(parents=True, exist_ok=True)
        for name in self.given.vocab.split(",") if self.given.vocab else VOCABULARIES:
            path = pathlib.Path(name) if name.endswith(".gguf") else self.vocabularies / f"{name}.gguf"
            if not path.exists():
                say(f"SKIPPED: vocabulary {name}: {path} is not there")
                continue
            try:
                self.run_vocabulary(path.stem, path.resolve(), commands, cria)
            except convert.Refused as why:
                self.faults.append(str(why))
            finally:
                self.write()
        return 1 if self.faults or not self.turns and not self.given.check else 0

    def convert(self, name, gguf):
        out = self.build / "vocabularies" / f"{name}-{hashlib.sha256(gguf.read_bytes()).hexdigest()[:12]}.json"
        if not out.exists():
            say(f"{name}: {out.name}: {convert.convert(gguf, out)} texts with known ids compared")
        return out

    def run_vocabulary(self, name, gguf, commands, cria):
        say(f"\n== {name}")
        files = {"gguf": gguf, "json": self.convert(name, gguf)}
        contenders = {}
        for contender, command in commands.items():
            made = Contender(contender, command, self.cores, self.given.patience)
            try:
                made.choose(files, self.build / "vocabularies" / contender)
                contenders[contender] = made
            except (Failed, Cannot, OSError) as why:
                self.left_out[name, contender] = str(why)
                say(f"SKIPPED: {contender}: {str(why)[:150]}")
        if "cria" not in contenders:
            self.faults.append(f"{name}: cria has no such vocabulary")
            return
        self.check(name, contenders, [*cria, "--compat", "llama_cpp"], files)
        try:
            if not self.given.check:
                for row in self.rows:
                    self.measure(name, row, contenders)
        finally:
            for contender in contenders.values():
                contender.stop()
        if not self.given.check:
            self.print_table(name, contenders)

    # Ids

    def check(self, name, contenders, as_llama_cpp, files):
        """Compares the ids of every text. Those of peers are kept from run to run: they take long, and peers do not change."""
        folder = self.build / "ids"
        folder.mkdir(parents=True, exist_ok=True)
        corpora = [corpus for corpus in CHECKED if self.is_there(corpus)]
        known = convert.references(files["gguf"])
        if known:
            self.corpora.write(f"{name}.inp", [text.encode() for text, _ in known])
            corpora.insert(0, f"{name}.inp")
        everyone = dict(contenders)
        if "llama.cpp" in contenders:
            everyone[AS_LLAMA_CPP] = Contender(AS_LLAMA_CPP, as_llama_cpp, self.cores, self.given.patience)
            everyone[AS_LLAMA_CPP].choose(files, self.build / "vocabularies")
        ids, unanswered = {}, {}
        for contender in everyone.values():
            for corpus in corpora:
                try:
                    path, ids[contender.name, corpus] = ids_of(contender, self.corpora, corpus, folder, contender.name in (*PYTHON_PEERS, "llama.cpp"))
                    if contender.name == "cria":
                        self.ours[corpus] = path
                except (Failed, Cannot) as why:
                    unanswered[contender.name, corpus] = str(why)
        if AS_LLAMA_CPP in everyone:
            everyone[AS_LLAMA_CPP].stop()

        def compare(one, other):
            """{corpus: (texts that differ, texts)}, of what both have answered."""
            both = [corpus for corpus in corpora if (one, corpus) in ids and (other, corpus) in ids]
            return {corpus: (len(differing(ids[one, corpus], ids[other, corpus])), len(ids[one, corpus])) for corpus in both}

        for contender in (*(c for c in contenders if c != "cria"), *([AS_LLAMA_CPP] if AS_LLAMA_CPP in everyone else [])):
            whom = "cria" if contender != AS_LLAMA_CPP else "llama.cpp"
            found = compare(contender, whom)
            wrong, n = (sum(counts) for counts in zip(*found.values(), strict=True)) if found else (0, 0)
            without = {corpus: why for (who, corpus), why in unanswered.items() if who == contender}
            where = [f"{corpus}: {m} of {of}" for corpus, (m, of) in found.items() if m] + [f"{corpus}: {why}" for corpus, why in without.items()]
            self.exactness[name, contender] = {"differing": wrong, "texts": n, "without": list(without), "where": where}
            say(f"ids: {contender} ({everyone[contender].version}): {wrong} of {n} texts differ from {whom}'s" + (f" ({'; '.join(where)})" if where else ""))
            if wrong and contender in ("tokenizers", AS_LLAMA_CPP):
                self.faults.append(f"{name}: cria{' as llama.cpp' if contender == AS_LLAMA_CPP else ''} differs from "
                                   f"{'llama.cpp' if contender == AS_LLAMA_CPP else 'Hugging Face'}'s tokenizer in {wrong} texts")
        self.faults += [f"{name}: cria gives no ids for {corpus}: {why}" for (who, corpus), why in unanswered.items() if who == "cria"]
        if known and ("cria", f"{name}.inp") in ids:
            wrong = differing(ids["cria", f"{name}.inp"], [numpy.array(own, numpy.uint32) for _, own in known])
            if wrong:
                self.faults.append(f"{name}: cria differs from the known ids of {len(wrong)} of {len(known)} texts")

    def is_there(self, corpus):
        if corpus in self.absent:
            return False
        try:
            self.corpora.path(corpus)
            return True
        except Absent as why:
            self.absent[corpus] = str(why)
            say(f"SKIPPED: {corpus}: {why}")
            return False

    # Times

    def turn(self, row, contender):
        if row.request[0] == "decode" and row.corpus not in self.ours:
            raise Cannot("there are no ids")
        texts = self.ours[row.corpus] if row.request[0] == "decode" else self.corpora.path(row.corpus)
        what, *words = row.request
        if row.fresh_process:
            return contender.ask_new(what, texts)
        return contender.ask(what, texts, *words, n_threads=row.threads)

    def measure(self, name, row, contenders):
        if not self.is_there(row.corpus):
            return
        if row.threads > len(self.cores):
            say(f"SKIPPED: {row.name}: there is one core")
            return
        if row.key and any(t["vocabulary"] == name and t["row"] == row.name for t in self.turns):
            return  # measured with another row of the same key
        alike = [other for other in self.rows if other is row or (row.key and other.key == row.key)]
        broken, spent, done = {}, dict.fromkeys(contenders, 0.0), {contender: [] for contender in contenders}
        order, began = list(contenders), time.monotonic()
        for number in range(2 * self.n_rounds):  # twice as many as wanted, if turns are disturbed
            order = order[1:] + order[:1]
            for contender in order:
                if contender in broken or self.has_enough(row, number, done[contender], spent[contender]):
                    continue
                started = time.monotonic()
                try:
                    answer = self.turn(row, contenders[contender])
                    if self.was_warm_up(row, answer, done[contender]):
                        answer = self.turn(row, contenders[contender])
                except (Failed, Cannot) as why:
                    broken[contender] = str(why)
                    continue
                spent[contender] += time.monotonic() - started
                done[contender].append(answer)
                for one in alike:
                    self.record(name, one, contender, number + 1, answer)
        for one in alike:
            self.left_out.update({(name, contender, one.name): why for contender, why in broken.items()})
            self.compare_counts(name, one)
            cells = "  ".join(f"{c} {self.cell(self.figures(name, one, c), one)}" for c in contenders if c not in broken)
            notes = "".join(f"; {c}: {why}" for c, why in broken.items())
            say(f"{one.name:24} {cells} {one.unit}   ({time.monotonic() - began:.1f} s{notes})")

    def has_enough(self, row, number, answers, spent):
        """Whether a contender that has given these answers gets no turn in this round. One that takes long has three, or fewer still."""
        calm = sum(self.is_calm(row, answer.get("busy", 1)) for answer in answers)
        if calm >= self.n_rounds or (number >= self.n_rounds and calm >= (self.n_rounds + 1) // 2):
            return True
        return bool(answers) and spent > self.given.seconds * (1 if len(answers) >= 3 else 2)

    def was_warm_up(self, row, answer, answers):
        """Whether a pass only brought back what belongs to the contender. Others have had the caches since, so what is quick has another
        pass in front of each that counts, and everyone has before the first."""
        is_warm = row.request[0] == "pass" or (row.request[0] == "batch" and row.request[-1] == "warm")
        return is_warm and answer["seconds"] < (1 if answers else self.given.seconds)

    def record(self, name, row, contender, number, answer):
        if self.given.clock == "cpu":
            answer = on_processor(row, answer)
        first = "first_" if row.name == "first-call" else ""
        others = {key: value for key, value in answer.items() if key.endswith("_allocated") or key in ("empty_seconds", "second_seconds")}
        self.turns.append({"vocabulary": name, "row": row.name, "contender": contender, "round": number, "value": row.value(answer), "unit": row.unit,
                           "seconds": answer.get(f"{first}seconds"), "overhead": answer.get("overhead", 0.0), "p99": answer.get("p99"),
                           "busy": answer.get(f"{first}busy", 1.0), "n": answer.get("n"), "crc": answer.get("crc"), "other": others})

    def compare_counts(self, name, row):
        """Every turn has to give the same ids as cria's; peers that do not are known from check()."""
        found = {}
        for t in self.turns:
            if (t["vocabulary"], t["row"]) == (name, row.name) and t["n"] is not None:
                found.setdefault(t["contender"], set()).add((t["n"], t["crc"]))
        ours = found.get("cria", set())
        if len(ours) > 1:
            self.faults.append(f"{name}: {row.name}: cria's ids change from turn to turn")
        if row.request[0] in ("pass", "fresh", "each", "batch"):  # all of a corpus: the same ids in whatever row
            ours = self.ours_of.setdefault((name, row.corpus), ours) if ours else self.ours_of.get((name, row.corpus), set())
            if found.get("cria", ours) != ours:
                self.faults.append(f"{name}: {row.name}: cria's ids are others than in another row")
        for contender, theirs in found.items():
            known = {(n, crc) if crc is not None else n for n, crc in theirs}
            expected = {n if None in {c for _, c in theirs} else (n, crc) for n, crc in ours}
            if ours and known != expected:
                self.left_out[name, contender, row.name, "ids"] = "other ids or bytes"
                if self.exactness.get((name, contender), {}).get("differing", 0) == 0 and contender != "cria":
                    say(f"  {contender}: other {'bytes' if row.request[0] == 'decode' else 'ids'} than cria in {row.name}")

    def is_calm(self, row, busy):
        """Threads wait for one another as well, so nothing can be told of several."""
        return busy >= CALM or row.threads > 1 or self.given.clock == "cpu"

    def figures(self, name, row, contender):
        """Median, number of turns and whether they were calm, or None."""
        turns = [t for t in self.turns if (t["vocabulary"], t["row"], t["contender"]) == (name, row.name, contender)]
        if not turns:
            return None
        calm = [t for t in turns if self.is_calm(row, t["busy"])]
        used = calm if len(calm) >= min(len(turns), (self.n_rounds + 1) // 2) else turns
        values = [t["value"] for t in used]
        return {"median": statistics.median(values), "least": min(values), "most": max(values), "turns": len(used), "of": len(turns), "is_calm": used is calm,
                "other_ids": (name, contender, row.name, "ids") in self.left_out}

    @staticmethod
    def cell(figures, row):
        if figures is None:
            return "—"
        value = figures["median"]
        text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"
        return text + ("" if figures["is_calm"] else "~") + ("≠" if figures["other_ids"] else "")

    def print_table(self, name, contenders):
        peers = [c for c in contenders if c != "cria"]
        contenders = ["cria", *peers]
        lines = [["", "", *contenders, "to the best"]]
        for row in self.rows:
            own = self.figures(name, row, "cria")
            theirs = {c: self.figures(name, row, c) for c in peers}
            if own is None and not any(theirs.values()):
                continue
            ratios = {c: row.times_faster(own["median"], f["median"]) for c, f in theirs.items() if own and f}
            ratios = {c: r for c, r in ratios.items() if r is not None}
            cells = [f"{self.cell(f, row)} ({ratios[c]:.2f}×)" if c in ratios else self.cell(f, row) for c, f in theirs.items()]
            lines.append([row.title, row.unit, self.cell(own, row), *cells, f"{min(ratios.values()):.2f}×" if ratios else "—"])
        for one in self.rows:  # what a second thread brings
            two = next((row for row in self.rows if row.threads == 2 and one.threads == 1 and row.name == f"{one.name[:-1]}2"), None)
            pairs = [(self.figures(name, one, c), self.figures(name, two, c)) for c in contenders] if two else []
            if any(a and b for a, b in pairs):
                lines.append([f"{two.title}, over 1", "times", *(f"{b['median'] / a['median']:.2f}" if a and b else "—" for a, b in pairs), ""])
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        say(f"\n{name}: medians of {self.n_rounds} turns, in brackets how many times as fast (or small) as it cria is"
            "; ~ disturbed by others, ≠ other ids or bytes than cria" + ("; --quick: texts are a tenth of what the rows say, or less" if self.given.quick else ""))
        for number, line in enumerate(lines):
            say("| " + " | ".join(cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(zip(line, widths))) + " |")
            if number == 0:
                say("|" + "|".join("-" * (width + 2) for width in widths) + "|")
        for contender in peers:
            exact = self.exactness[name, contender]
            if exact["differing"] or exact["without"]:
                without = f", no answer for {', '.join(exact['without'])}" if exact["without"] else ""
                say(f"{contender} is not exact: {exact['differing']} of {exact['texts']} texts differ{without}")

    def write(self):
        """The turns as CSV, the medians as JSON."""
        with open(self.results / "turns.csv", "w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["vocabulary", "row", "title", "contender", "round", "value", "unit", "is_rate", "seconds", "overhead", "p99", "busy", "n", "other"])
            known = {row.name: row for row in self.rows}
            for t in self.turns:
                row = known[t["row"]]
                out.writerow([t["vocabulary"], t["row"], row.title, t["contender"], t["round"], f"{t['value']:.6g}", t["unit"], int(row.is_rate), t["seconds"],
                              t["overhead"], t["p99"], f"{t['busy']:.3f}", t["n"], json.dumps(t["other"]) if t["other"] else ""])
        summary = {
            "processor": processor_name(), "core": self.cores[0], "flush_bytes": self.flush_bytes, "load": os.getloadavg(), "date": time.strftime("%Y-%m-%d"),
            "corpora": {corpus: {"bytes": size, "texts": n, "sha256": digest} for corpus, (_, digest, n, size) in self.corpora.kept.items()}, "notes": self.corpora.notes,
            "exactness": {f"{vocabulary} {contender}": found for (vocabulary, contender), found in self.exactness.items()},
            "left_out": {" ".join(key): why for key, why in self.left_out.items()}, "absent": self.absent, "faults": self.faults,
            "rows": [{"vocabulary": v, "row": row.name, "title": row.title, "unit": row.unit, "contender": c, **(self.figures(v, row, c) or {})}
                     for row in self.rows for v, c in dict.fromkeys((t["vocabulary"], t["contender"]) for t in self.turns if t["row"] == row.name)],
        }
        (self.results / "summary.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", help="names, beginnings or patterns of rows: warm,first.english,threads.*; --list shows them")
    arguments.add_argument("--vocab", help=f"names or paths ({','.join(VOCABULARIES)})")
    arguments.add_argument("--peers", help="these alone (gigatoken,quicktok,tokenizers,llama.cpp); empty: none")
    arguments.add_argument("--rounds", type=int, help="7; 3 with --quick")
    arguments.add_argument("--quick", action="store_true", help="a tenth of every text")
    arguments.add_argument("--check", action="store_true", help="compare ids and measure nothing")
    arguments.add_argument("--list", action="store_true", help="the rows' names")
    arguments.add_argument("--clock", choices=["wall", "cpu"], default="wall", help="cpu: what the processor spent, for machines on which others work")
    arguments.add_argument("--seconds", type=float, default=60, help="who has spent so many on a row has no more than three turns of it, with twice as many no more at all")
    arguments.add_argument("--patience", type=float, default=240, help="seconds to wait for an answer")
    arguments.add_argument("--core", type=int, help="the last one")
    arguments.add_argument("--worker", action="append", metavar="NAME=COMMAND", help="one more contender, such as an older build's cria_tokenizer_bench")
    arguments.add_argument("--cria", help="the command of cria's own worker")
    arguments.add_argument("--programs", help="folder with the workers; bin/ in --build")
    arguments.add_argument("--build", default=str(ROOT / "build/tokenizers"), help="where everything is kept")
    arguments.add_argument("--out", help="folder for the figures; results/ or results-quick/ in --build, where they replace those of the last run")
    arguments.add_argument("--corpora", help="folder with the texts")
    arguments.add_argument("--shared", help="folder with conformance/vocab and corpora; CRIA_SHARED_DIR, or ../shared")
    given = arguments.parse_args()
    if given.list:
        for row in rows(0, False):
            say(f"{row.name:26} {row.title}, {row.unit}")
        return 0
    try:
        bench = Bench(given)
        status = bench.run()
    except Misuse as why:
        arguments.error(str(why))
    say(f"\n{bench.results}/turns.csv, summary.json")
    for made in plot.plot(bench.results / "turns.csv", bench.results) if bench.turns else []:
        say(made)
    for fault in bench.faults:
        say(f"FAULT: {fault}")
    return status


if __name__ == "__main__":
    sys.exit(main())
