#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What cria writes, read by others: pip's `gguf` and, where it was built, llama.cpp itself.

    python3 -m venv build/oracles && build/oracles/bin/pip install gguf
    build/oracles/bin/python tests/conformance/written_files.py build/bin MODEL.gguf…

Each model is copied with another key, cut into shards and put together again; pip's reader has to find the
same keys and the same tensors with the same bytes in all of it. Where build/bin has cria_gguf_verdicts (see
gguf_verdicts.sh) built with libllama, llama.cpp has to load the copy, the set from its first shard, and the
merged file, if it loads the model itself. Exits 1 on any difference.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

from gguf import GGUFReader

OURS = {"split.no", "split.count", "split.tensors.count", "cria.test"}


def contents(*paths):
    """Keys and tensors of a model, and the tensors' bytes as digests."""
    keys, tensors = {}, {}
    for path in paths:
        reader = GGUFReader(path)
        for name, field in reader.fields.items():
            if not name.startswith("GGUF.") and name not in OURS:
                keys[name] = field.contents()
        for tensor in reader.tensors:
            assert tensor.name not in tensors, tensor.name
            digest = hashlib.sha256(tensor.data.tobytes()).hexdigest()
            tensors[tensor.name] = (tensor.tensor_type, [int(n) for n in tensor.shape], digest)
    return keys, tensors


def main():
    programs, models = pathlib.Path(sys.argv[1]), [pathlib.Path(m) for m in sys.argv[2:]]
    if not models:
        sys.exit(__doc__)
    n_bad, n_read, n_loaded = 0, 0, 0
    for model in models:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            run = lambda *words: subprocess.run([programs / "cria", *words], check=True, capture_output=True)
            expected = contents(model)
            run("edit", model, folder / "copy.gguf", "--set", "cria.test=string:another")
            written = {"copy": [folder / "copy.gguf"]}
            if expected[1]:
                run("split", model, folder / "part", "--max-tensors", str(len(expected[1]) // 3 + 1))
                shards = sorted(folder.glob("part-*.gguf"))
                run("merge", shards[0], folder / "merged.gguf")
                written |= {"shards": shards, "merged": [folder / "merged.gguf"]}
            for what, paths in written.items():
                n_read += len(paths)
                if contents(*paths) != expected:
                    n_bad += 1
                    print(f"{model}: {what}: pip's reader finds something else")
            verdicts = programs / "cria_gguf_verdicts"
            if not verdicts.exists():
                continue
            (folder / "given.gguf").symlink_to(model.resolve())
            lines = subprocess.run([verdicts, "--llama", folder], check=True, capture_output=True, text=True).stdout.splitlines()[1:]
            said = {line["file"]: line.get("llama", {"verdict": "not asked"}) for line in map(json.loads, lines)}
            if said["given.gguf"]["verdict"] != "accept":
                continue  # a vocabulary alone, say
            for paths in written.values():
                n_loaded += 1
                if said[paths[0].name]["verdict"] != "accept":
                    n_bad += 1
                    print(f"{model}: llama.cpp refuses {paths[0].name}: {said[paths[0].name]}")
    print(f"{len(models)} models: {n_read} files read by pip's gguf, {n_loaded} models loaded by llama.cpp, {n_bad} differences")
    sys.exit(1 if n_bad else 0)


if __name__ == "__main__":
    main()
