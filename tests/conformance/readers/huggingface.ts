// SPDX-License-Identifier: MIT
// Reads a file as huggingface.js does, with all checks that it has. Built by ../gguf_readers.sh.
import { gguf } from "huggingface-gguf";
const path = process.argv[2];
gguf(path, { allowLocalFile: true, computeParametersCount: true, typedMetadata: true }).then(
  () => console.log("A"), (e) => console.log("R " + String(e.message ?? e).split("\n")[0]));
