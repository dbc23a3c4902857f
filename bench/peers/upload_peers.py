#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Loads one model to one GPU with cria and with others, in turns, and prints medians beside P, the link's own speed.

    upload_peers.py MODEL.gguf MODEL.safetensors [--memory FOLDER] [--programs FOLDER] [--rounds 7] [--seconds 270]
                    [--only NAME,…] [--csv PATH]

Every library has a process of its own, with its imports and the CUDA context made beforehand. Each round takes the
contenders in an order drawn anew; the first round is to warm up and compares every byte on the device with the file.
Contenders that need more than --slow seconds a turn get three rounds. Before a turn the file is seen to be in the page
cache, whole. A turn ends when the device has been synchronised and all tensors are there for the caller to keep; memory on
the device is allocated within it and given back after it. "close" is what a library then takes to let go of its own.

--memory names a folder in a tmpfs with copies of both files. --programs names the folder with cria_load and
llama_cpp_load (bench/peers/upload_peers.sh builds them); what is missing is left out.
"""
import argparse
import contextlib
import ctypes
import gc
import json
import os
import random
import resource
import select
import statistics
import subprocess
import sys
import time

HERE = os.path.abspath(__file__)
MIB = 1 << 20

# name: worker, way, file, whether it is a peer's own best documented setting
CONTENDERS = {
    "cria": ("cria", "default", "gguf"),
    "cria, placement only": ("cria", "placement", "gguf"),
    "cria, slots kept": ("cria", "kept", "gguf"),
    "cria, tmpfs": ("cria", "default", "gguf tmpfs"),
    "cria, tmpfs, slots kept": ("cria", "kept", "gguf tmpfs"),
    "cudaMemcpy from the mapping": ("cria", "pageable", "gguf"),
    "llama.cpp, mmap": ("llama.cpp", "mmap", "gguf"),
    "llama.cpp, no mmap": ("llama.cpp", "none", "gguf"),
    "llama.cpp, direct io": ("llama.cpp", "dio", "gguf"),
    "safetensors load_file": ("safetensors", "load_file", "safetensors"),
    "safetensors load_file, pread": ("safetensors", "pread", "safetensors"),
    "safetensors rc, prefetch 8": ("prefetch", "8", "safetensors"),
    "safetensors rc, prefetch 16": ("prefetch", "16", "safetensors"),
    "fastsafetensors": ("fastsafetensors", "default", "safetensors"),
    "fastsafetensors, buffered": ("fastsafetensors", "buffered", "safetensors"),
    "fastsafetensors, buffered 160 MiB": ("fastsafetensors", "buffered160", "safetensors"),
    "instanttensor": ("instanttensor", "default", "safetensors"),
    "instanttensor, BUFFERED": ("instanttensor", "BUFFERED", "safetensors"),
    "instanttensor, MMAP": ("instanttensor", "MMAP", "safetensors"),
    "instanttensor, tmpfs": ("instanttensor", "default", "safetensors tmpfs"),
    "instanttensor, BUFFERED, kept": ("instanttensor kept", "BUFFERED", "safetensors"),
    "instanttensor, MMAP, kept": ("instanttensor kept", "MMAP", "safetensors"),
    "instanttensor, tmpfs, kept": ("instanttensor kept", "default", "safetensors tmpfs"),
}


# Workers: a request is a line "WAY VERIFY PATH", the answer a line of JSON. The first line says that one is ready.

def load_safetensors(way, path):
    from safetensors.torch import load_file
    return load_file(path, device="cuda:0", **({"backend": "pread"} if way == "pread" else {})), lambda: None


def load_prefetch(way, path):
    from safetensors import safe_open
    handle = safe_open(path, framework="pt", device="cuda:0")
    loader = handle.__enter__().prefetch(threads=int(way))

    def close():
        loader.close()
        handle.__exit__(None, None, None)
    return dict(loader), close


def load_fastsafetensors(way, path):
    from fastsafetensors import SafeTensorsFileLoader
    os.environ.pop("FASTSAFETENSORS_ODIRECT", None)
    if way != "default":
        os.environ["FASTSAFETENSORS_ODIRECT"] = "0"
    loader = SafeTensorsFileLoader(None, device="cuda:0", nogds=True, max_threads=16, bbuf_size_kb=(160 if way == "buffered160" else 16) * 1024)
    loader.add_filenames({0: [path]})
    there = loader.copy_files_to_device()

    def close():
        there.close()
        loader.close()
    return {name: there.get_tensor(name) for name in loader.get_keys()}, close


def load_instanttensor(way, path):
    import instanttensor
    backend = {"default": None, "BUFFERED": instanttensor.BackendPolicy.BUFFERED, "MMAP": instanttensor.Backend.MMAP}[way]
    handle = instanttensor.safe_open(path, framework="pt", device=0, backend=backend)
    tensors = dict(handle.__enter__().tensors())
    return tensors, lambda: handle.__exit__(None, None, None)


LOADERS = {
    "safetensors": ("safetensors", load_safetensors), "prefetch": ("safetensors", load_prefetch), "fastsafetensors": ("fastsafetensors", load_fastsafetensors),
    "instanttensor": ("instanttensor", load_instanttensor), "instanttensor kept": ("instanttensor", load_instanttensor),
}


def compare(torch, tensors, path):
    import numpy
    with open(path, "rb") as f:
        n = int.from_bytes(f.read(8), "little")
        header = json.loads(f.read(n))
    header.pop("__metadata__", None)
    data = numpy.memmap(path, numpy.uint8, "r", offset=8 + n)
    assert sorted(header) == sorted(tensors), "not the tensors of the file"
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        there = tensors[name]
        assert there.is_cuda, f"{name} is not on the device"
        wanted = torch.from_numpy(data[begin:end]).to(there.device)  # through another path than any of the loaders'
        assert torch.equal(there.reshape(-1).view(torch.uint8), wanted), f"{name} differs"


def work(kind):
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what libraries print goes elsewhere
    try:
        import warnings
        warnings.simplefilter("ignore")
        import importlib
        import importlib.metadata
        import torch
        module, load = LOADERS[kind]
        importlib.import_module(module)
        torch.zeros(1, device="cuda:0")
        torch.cuda.synchronize()
        print(json.dumps({"version": importlib.metadata.version(module)}), file=out)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), file=out)
        return
    for line in sys.stdin:
        way, verify, path = line.split()
        try:
            torch.cuda.synchronize()
            used = resource.getrusage(resource.RUSAGE_SELF)
            began = time.perf_counter()
            tensors, close = load(way, path)
            torch.cuda.synchronize()
            there = time.perf_counter()
            close()
            closed = time.perf_counter()
            now = resource.getrusage(resource.RUSAGE_SELF)
            answer = {"seconds": there - began, "close_seconds": closed - there, "cpu_seconds": now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime,
                      "bytes": sum(t.numel() * t.element_size() for t in tensors.values())}
            if int(verify):
                compare(torch, tensors, path)
                answer["verified"] = True
            del tensors, close
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        gc.collect()
        torch.cuda.empty_cache()
        print(json.dumps(answer), file=out)


# The conductor

class Worker:
    def __init__(self, kind, command, environment):
        self.kind = kind
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **environment})
        self.rest, self.others_cpu = b"", 0.0

    def answer(self, seconds):
        until = time.monotonic() + seconds
        while b"\n" not in self.rest:
            if not select.select([self.process.stdout], [], [], max(0.0, until - time.monotonic()))[0]:
                raise RuntimeError(f"no answer within {seconds} s")
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                raise RuntimeError(f"ended with {self.process.wait()}")
            self.rest += piece
        line, self.rest = self.rest.split(b"\n", 1)
        said = json.loads(line)
        if "error" in said:
            raise RuntimeError(said["error"])
        return said

    def ask(self, line, seconds=90.0):
        self.process.stdin.write((line + "\n").encode())
        self.process.stdin.flush()
        return self.answer(seconds)

    def cpu(self):
        with contextlib.suppress(OSError), open(f"/proc/{self.process.pid}/stat") as f:
            fields = f.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0

    def stop(self):
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Range(ctypes.Structure):
    _fields_ = [("offset", ctypes.c_uint64), ("length", ctypes.c_uint64)]


class State(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("cached", "dirty", "writeback", "evicted", "recently_evicted")]


def cached_share(path):
    """Of the file's pages, in the page cache; None where the system does not tell."""
    state, libc = State(), ctypes.CDLL(None, use_errno=True)
    with open(path, "rb") as f:
        if libc.syscall(451, f.fileno(), ctypes.byref(Range(0, 0)), ctypes.byref(state), 0) != 0:
            return None
    return state.cached * os.sysconf("SC_PAGE_SIZE") / max(1, os.path.getsize(path))


def warm(path):
    share = cached_share(path)
    if share is None or share < 0.9999:
        with open(path, "rb", buffering=0) as f:
            block = bytearray(8 * MIB)
            while f.readinto(block):
                pass
        return cached_share(path)
    return share


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("gguf")
    arguments.add_argument("safetensors")
    arguments.add_argument("--memory")
    arguments.add_argument("--programs", default=".")
    arguments.add_argument("--site", help="folder with the wheels")
    arguments.add_argument("--site-rc", help="folder with the release candidate of safetensors")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--seconds", type=float, default=270.0)
    arguments.add_argument("--slow", type=float, default=3.0)
    arguments.add_argument("--only")
    arguments.add_argument("--csv")
    chosen = arguments.parse_args()
    began = time.monotonic()
    files = {"gguf": chosen.gguf, "safetensors": chosen.safetensors}
    if chosen.memory:
        files["gguf tmpfs"] = os.path.join(chosen.memory, os.path.basename(chosen.gguf))
        files["safetensors tmpfs"] = os.path.join(chosen.memory, os.path.basename(chosen.safetensors))
    files = {name: path for name, path in files.items() if os.path.exists(path)}

    wanted = {n: c for n, c in CONTENDERS.items() if c[2] in files and (not chosen.only or any(o in n for o in chosen.only.split(",")))}
    workers, failed = {}, {}

    def start(kind):
        environment = {"INSTANTTENSOR_CACHE_BUFFER": "1"} if kind == "instanttensor kept" else {}
        if kind in ("cria", "llama.cpp"):
            command = [os.path.join(chosen.programs, {"cria": "cria_load", "llama.cpp": "llama_cpp_load"}[kind])]
        else:
            command = [sys.executable, HERE, "--worker", kind]
            site = chosen.site_rc if kind == "prefetch" else chosen.site
            if site:
                environment["PYTHONPATH"] = site
        return Worker(kind, command, environment)

    for kind in dict.fromkeys(["cria"] + [c[0] for c in wanted.values()]):
        try:
            workers[kind] = start(kind)
        except OSError as error:
            failed[kind] = str(error)
    for kind in list(workers):
        try:
            said = workers[kind].answer(120)
            print(f"{kind}: ready{' , version ' + said['version'] if 'version' in said else ''}".replace(" ,", ","))
        except RuntimeError as error:
            failed[kind] = str(error)
            workers.pop(kind).stop()
    for kind, why in failed.items():
        print(f"{kind}: left out: {why}")
    print(f"workers ready after {time.monotonic() - began:.1f} s", flush=True)

    links = []

    def measure_link():
        if "cria" in workers:
            with contextlib.suppress(RuntimeError):
                links.append(workers["cria"].ask("link 0 -")["link"])
                print(f"P {links[-1]:.2f} GB/s", flush=True)

    measure_link()
    runs = {name: [] for name, c in wanted.items() if c[0] in workers}
    seen_cached, broken, idle, notes, durations = 1.0, {}, {}, {}, {}
    order, longest_round = random.Random(5), 0.0
    for number in range(chosen.rounds + 1):
        round_began = time.monotonic()
        if number > 1 and round_began - began + longest_round > chosen.seconds:
            print(f"no time for round {number}")
            break
        names = [n for n in runs if n not in broken and (number <= 3 or durations.get(n, 0) < chosen.slow)]
        order.shuffle(names)
        for name in names:
            kind, way, what = CONTENDERS[name]
            if kind not in workers:
                broken[name] = "its process has ended"
                continue
            seen_cached = min(seen_cached, warm(files[what]) or 0.0)
            others = {k: w.cpu() for k, w in workers.items() if k != kind}
            try:
                said = workers[kind].ask(f"{way} {int(number == 0)} {files[what]}")
            except (RuntimeError, OSError) as error:
                broken[name] = str(error)
                print(f"{name}: failed: {error}", flush=True)
                workers.pop(kind).process.kill()
                with contextlib.suppress(OSError, RuntimeError):
                    again = start(kind)
                    again.answer(120)
                    workers[kind] = again
                continue
            for k, before in others.items():
                if k in workers:
                    idle[k] = idle.get(k, 0.0) + workers[k].cpu() - before
            durations[name] = said["seconds"]
            notes[name] = said.get("notes", "")
            if number == 0:
                print(f"  {name}: {said['bytes'] / said['seconds'] / 1e9:.2f} GB/s, {'all bytes compared' if said.get('verified') else 'not compared'}", flush=True)
            else:
                runs[name].append(said)
        if number > 0:
            longest_round = max(longest_round, time.monotonic() - round_began)
        print(f"round {number}: {time.monotonic() - round_began:.1f} s", flush=True)
    measure_link()
    for worker in workers.values():
        worker.stop()

    link = max(links) if links else float("nan")
    print(f"\nGB/s by medians, P {link:.2f} GB/s; least cached share of a file before a turn {seen_cached:.5f}")
    print(f"{'':36} n   whole  (least .. most)  of P   copy phase   of P   close ms   cpu s")
    table = []
    for name, said in runs.items():
        if not said:
            continue
        rate = sorted(s["bytes"] / s["seconds"] / 1e9 for s in said)
        copy = [s["bytes"] / s["copy_seconds"] / 1e9 for s in said if s.get("copy_seconds")]
        close = statistics.median(s.get("close_seconds", 0.0) for s in said) * 1e3
        cpu = statistics.median(s["cpu_seconds"] for s in said)
        table.append((name, len(rate), statistics.median(rate), rate[0], rate[-1], statistics.median(copy) if copy else None, close, cpu))
    for name, n, median, least, most, copy, close, cpu in sorted(table, key=lambda r: -r[2]):
        phase = f"{copy:9.2f}   {copy / link:6.3f}" if copy else " " * 18
        print(f"{name:36} {n}  {median:6.2f}  ({least:5.2f} .. {most:5.2f})  {median / link:5.3f} {phase}   {close:7.1f}  {cpu:6.2f}")
    for name, why in broken.items():
        print(f"{name}: failed: {why}")
    for name, text in notes.items():
        if text:
            print(f"  {name}: {text.strip()}")
    print("CPU seconds of each process while others had their turns: " + ", ".join(f"{k} {v:.2f}" for k, v in idle.items()))
    if chosen.csv:
        with open(chosen.csv, "w") as f:
            print("name,round,seconds,copy_seconds,close_seconds,cpu_seconds,bytes", file=f)
            for name, said in runs.items():
                for i, s in enumerate(said):
                    print(f"\"{name}\",{i + 1},{s['seconds']:.6f},{s.get('copy_seconds', 0):.6f},{s.get('close_seconds', 0):.6f},{s['cpu_seconds']:.3f},{s['bytes']}", file=f)


if __name__ == "__main__":
    work(sys.argv[2]) if sys.argv[1:2] == ["--worker"] else main()
