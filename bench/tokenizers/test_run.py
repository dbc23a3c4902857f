#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the comparison itself: that texts are cut right, that the converter refuses what is wrong, that wrong ids are found.

    test_run.py FOLDER-WITH-THE-WORKERS
"""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ.get("CRIA_SHARED_DIR") or HERE.parents[2] / "shared")
VOCABULARY = SHARED / "conformance/vocab/gpt-2.gguf"


def with_peers():
    """Goes on in the Python that has the peers."""
    if os.environ.get("CRIA_TOKENIZER_PEERS"):
        return
    made = subprocess.run([HERE / "run.sh", "--packages"], stdout=subprocess.PIPE, text=True)
    if made.returncode != 0 or not VOCABULARY.exists():
        print(f"SKIPPED: {'the peers cannot be installed' if made.returncode else f'{VOCABULARY} is not there'}")
        sys.exit(77)  # a word would also be found in what a test that fails has to say
    python = made.stdout.split()[-1]
    os.execve(python, [python, "-B", *sys.argv], {**os.environ, "CRIA_TOKENIZER_PEERS": "1"})


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)


class Texts(Folder):
    def test_pieces_end_between_characters_and_lose_only_a_short_rest(self):
        import corpora
        text = "añ€😀" * 1000
        pieces = corpora.pieces_of(text.encode(), 64)
        self.assertTrue(all(len(piece) <= 64 for piece in pieces))
        whole = b"".join(pieces)
        self.assertEqual(whole, text.encode()[:len(whole)])
        self.assertLess(len(text.encode()) - len(whole), 32)
        for piece in pieces:
            piece.decode()

    def test_pieces_begin_at_the_character_behind_the_place_that_was_asked_for(self):
        import corpora
        self.assertEqual(corpora.pieces_of("€€€".encode(), 6, 1)[0], "€€".encode())

    def test_languages_take_turns(self):
        import corpora
        self.assertEqual(corpora.taking_turns([[1, 4], [2], [3, 5]]), [1, 2, 3, 4, 5])

    def test_a_file_of_texts_is_read_as_it_was_written(self):
        import corpora
        import peers
        made = corpora.Corpora(self.folder, self.folder / "texts")
        made.write("mine", [b"one", b"", "zwölf".encode()])
        self.assertEqual(peers.read_texts(made.path("mine")), [b"one", b"", "zwölf".encode()])

    def test_a_corpus_whose_files_are_missing_is_absent(self):
        import corpora
        made = corpora.Corpora(self.folder, self.folder / "texts")
        with self.assertRaisesRegex(corpora.Absent, "wikitext-2.test.txt"):
            made.path("english")
        self.assertTrue(made.path("long/a").exists())


class Figures(Folder):
    def test_ratios_say_how_many_times_as_good_cria_is(self):
        import run
        rate = run.Row("r", "", "MB/s", [], "", None, is_rate=True)
        time = run.Row("t", "", "µs", [], "", None)
        self.assertEqual(rate.times_faster(30, 10), 3)
        self.assertEqual(time.times_faster(30, 10), 1 / 3)
        self.assertIsNone(rate.times_faster(30, 0))
        self.assertIsNone(time.times_faster(0, 10))
        self.assertEqual(time.times_faster(2, 0), 0)  # memory that is not there at all is better than any

    def test_rows_are_chosen_by_name_beginning_and_pattern(self):
        import run
        every = run.rows(1, False)
        self.assertEqual(len(run.chosen(every, ["*"])), len(every))
        self.assertEqual([row.name for row in run.chosen(every, ["decode", "first", "long.a*"])], ["first.english", "first.multi", "long.a", "long.ab", "decode"])
        with self.assertRaisesRegex(run.Misuse, "no such row: warmth"):
            run.chosen(every, ["warm", "warmth"])

    def test_what_a_call_costs_is_taken_off_and_never_leaves_less_than_nothing(self):
        import run
        self.assertAlmostEqual(run.microseconds({"seconds": 5e-6, "overhead": 2e-6}), 3)
        self.assertGreater(run.microseconds({"seconds": 1e-6, "overhead": 2e-6}), 0)

    def test_the_processor_s_seconds_are_those_of_the_share_in_which_it_worked(self):
        import run
        row = run.Row("r", "", "MB/s", ["pass"], "", run.megabytes, is_rate=True)
        self.assertEqual(run.on_processor(row, {"seconds": 4.0, "busy": 0.25})["seconds"], 1.0)
        self.assertEqual(run.on_processor(row, {"seconds": 4.0, "busy": 1.1})["seconds"], 4.0)  # reading a clock takes time as well
        for request, n in (("repeat", 1), ("batch", 1), ("batch", 2)):
            row = run.Row("r", "", "MB/s", [request], "", run.megabytes, is_rate=True, threads=n)
            self.assertEqual(run.on_processor(row, {"seconds": 4.0, "busy": 0.25})["seconds"], 4.0)

    def test_ids_are_compared_text_by_text(self):
        import numpy
        import run
        self.assertEqual(run.differing([numpy.array([1, 2]), numpy.array([3])], [numpy.array([1, 2]), numpy.array([4])]), [1])
        self.assertEqual(run.differing([numpy.array([1, 2])], [numpy.array([1])]), [0])
        with self.assertRaises(ValueError):
            run.differing([numpy.array([1])], [])

    def test_a_file_of_ids_that_ends_within_a_text_is_no_answer(self):
        import numpy
        import run
        numpy.array([2, 7, 8, 0, 1, 9], numpy.uint32).tofile(self.folder / "ids")
        self.assertEqual([ids.tolist() for ids in run.read_ids(self.folder / "ids")], [[7, 8], [], [9]])
        numpy.array([2, 7, 8, 1], numpy.uint32).tofile(self.folder / "ids")
        with self.assertRaises(run.Failed):
            run.read_ids(self.folder / "ids")

    def test_both_kinds_of_workers_have_the_same_checksum(self):
        import corpora
        import numpy
        import peers
        made = corpora.Corpora(self.folder, self.folder / "texts")
        made.write("mine", ["Hello world, größer 😀".encode(), b"x" * 100])
        requests = f"load\t{VOCABULARY}\nids\t{made.path('mine')}\t{self.folder / 'ids'}\npass\t{made.path('mine')}\n"
        said = subprocess.run([pathlib.Path(PROGRAMS) / "cria_tokenizer_bench"], input=requests, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        raw, ids, at = numpy.fromfile(self.folder / "ids", numpy.uint32), [], 0
        while at < len(raw):
            ids.extend(raw[at + 1:at + 1 + raw[at]])
            at += 1 + int(raw[at])
        self.assertEqual(peers.checked(numpy.array(ids)), {key: json.loads(said[3])[key] for key in ("n", "crc")})


class Converter(Folder):
    def test_the_tokenizer_of_a_vocabulary_gives_the_known_ids(self):
        import convert
        expected = convert.references(VOCABULARY)
        self.assertGreater(len(expected), 40)
        self.assertEqual(convert.convert(VOCABULARY, self.folder / "gpt-2.json"), len(expected))
        made = json.loads((self.folder / "gpt-2.json").read_text())
        self.assertEqual(made["model"]["type"], "BPE")

    def test_a_vocabulary_whose_ids_are_others_is_refused(self):
        import convert
        copy = self.folder / "gpt-2.gguf"
        shutil.copy(VOCABULARY, copy)
        (self.folder / "gpt-2.gguf.inp").write_text("Hello world")
        (self.folder / "gpt-2.gguf.out").write_text("15496 996")  # the second is one too few
        with self.assertRaisesRegex(convert.Refused, "1 of 1 texts"):
            convert.convert(copy, self.folder / "gpt-2.json")
        self.assertFalse((self.folder / "gpt-2.json").exists())
        (self.folder / "gpt-2.gguf.out").write_text("15496 995")
        self.assertEqual(convert.convert(copy, self.folder / "gpt-2.json"), 1)


class Comparison(Folder):
    @classmethod
    def setUpClass(cls):
        cls.programs = pathlib.Path(PROGRAMS).resolve()
        cls.cria = cls.programs / "cria_tokenizer_bench"
        # Converted once, and kept where later runs of this test find it.
        cls.build = HERE.parents[1] / "build/tokenizer-peers/test"
        shutil.rmtree(cls.build / "results-quick", ignore_errors=True)

    def compare(self, *options):
        corpora = self.folder / "corpora"
        corpora.mkdir(exist_ok=True)
        words = "It is a truth universally acknowledged, that a single llama in possession of 1,234 tokens must be in want of a merge.\n"
        (corpora / "wikitext-2.test.txt").write_text("".join(f"{i}: {words}" for i in range(4000)))
        return subprocess.run([sys.executable, "-B", HERE / "run.py", "--quick", "--rounds", "1", "--vocab", "gpt-2", "--corpora", corpora, "--shared", SHARED,
                               "--build", self.build, "--programs", self.programs, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def test_ids_agree_times_are_given_and_what_is_absent_is_said(self):
        done = self.compare("--rows", "warm,first.english,each.english,100b,4k,first-call,load,decode,memory,long.ab,threads.pieces.warm")
        self.assertEqual(done.returncode, 0, done.stdout)
        for peer in ("gigatoken", "tokenizers"):
            self.assertRegex(done.stdout, rf"ids: {peer} .*: 0 of \d\d\d+ texts differ")
        self.assertRegex(done.stdout, r"SKIPPED: quicktok: REFUSED")
        self.assertRegex(done.stdout, r"SKIPPED: multi/many: mars.arabic.txt")
        self.assertNotIn("FAULT", done.stdout)
        with open(self.build / "results-quick/turns.csv", newline="") as file:
            turns = list(csv.DictReader(file))
        measured = {(t["row"], t["contender"]) for t in turns}
        for row in ("warm.english", "warm.code", "first.english", "each.english", "100b", "100b.flushed", "4k.flushed", "first-call", "load",
                    "decode", "memory.tables", "long.ab", "threads.pieces.warm.1"):
            for contender in ("cria", "gigatoken", "tokenizers"):
                self.assertIn((row, contender), measured)
        self.assertNotIn("warm.multi", {row for row, _ in measured})
        self.assertTrue(all(float(t["value"]) > 0 for t in turns if not t["row"].startswith("memory")))
        self.assertRegex(done.stdout, r"by 2 threads, over 1 +\| times +\| +[\d.]+ ")
        drawn = (self.build / "results-quick/gpt-2.svg").read_text()
        self.assertIn("warm, English", drawn)

    def test_a_peer_with_one_wrong_id_is_found_and_timed_all_the_same(self):
        faulty = f"faulty={sys.executable} {HERE / 'faulty_worker.py'} {self.cria}"
        done = self.compare("--rows", "warm.english", "--peers", "", "--worker", faulty)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"ids: faulty .*: [1-9]\d* of \d+ texts differ .*english: 1 of 1")
        self.assertRegex(done.stdout, r"faulty is not exact")
        self.assertRegex(done.stdout, r"warm.english .*faulty [\d.]+~?≠")

    def test_cria_with_one_wrong_id_ends_with_a_fault(self):
        done = self.compare("--check", "--peers", "tokenizers", "--cria", f"{sys.executable} {HERE / 'faulty_worker.py'} {self.cria}")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertRegex(done.stdout, r"FAULT: gpt-2: cria differs from Hugging Face's tokenizer in [1-9]\d* texts")
        self.assertRegex(done.stdout, r"FAULT: gpt-2: cria differs from the known ids of 1 of \d+ texts")

    def test_a_worker_that_dies_is_left_out(self):
        done = self.compare("--rows", "100b", "--peers", "", "--worker", "dead=/bin/false")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"SKIPPED: dead: ended with 1")


if __name__ == "__main__":
    PROGRAMS = sys.argv[1]
    with_peers()
    sys.path.insert(0, str(HERE))
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
