"""Makes english.bin: learn.py MODEL TEXTS WORK ENGLISH_BIN

TEXTS has one sentence a line; WORK holds what words.py wrote. Sentences are embedded by the model (minutes for some
70,000), everything is reduced to 64 dimensions, and the words' directions are adjusted so that their sum points where
the model's own sentence vector points. ../../src/search/vectors/README.md describes the file.
"""
import json
import random
import re
import sys

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

DIMENSIONS, EPOCHS, RATE, PULL = 64, 2, 0.003, 0.05
model_path, texts, work, target = sys.argv[1:5]
torch.manual_seed(0)
random.seed(0)

stop = set(re.findall(r'"(\w+)"', open("src/search/words.rs").read().split("const STOP")[1].split("];")[0]))
words = json.load(open(f"{work}/words.json"))
place = {word: at for at, word in enumerate(words)}
rank = {line.strip(): at for at, line in enumerate(open(f"{model_path}/vocab.txt"))}
sentences = [line.strip() for line in open(texts)]
model = SentenceTransformer(model_path, device="cpu")
model.max_seq_length = 64
meant = model.encode(sentences, batch_size=64, normalize_embeddings=True)
alone = np.load(f"{work}/words.npy").astype(np.float32)

# Principal components of words and sentences together; then rarer words count for more.
both = np.vstack([alone - alone.mean(0), meant - meant.mean(0)])
_, axes = np.linalg.eigh(both.T @ both / len(both))
axes = axes[:, ::-1][:, :DIMENSIONS]
unit = lambda rows: rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
start = unit((alone - alone.mean(0)) @ axes)
weight = np.array([np.log(1 + rank.get(word, 30000)) for word in words], dtype=np.float32) / np.log(30001)
start = torch.tensor((start * weight[:, None]).astype(np.float32))
goal = torch.tensor(unit((meant - meant.mean(0)) @ axes), dtype=torch.float32)


def cut(text):
    text = text.lower().replace("'s", "").replace("’s", "").replace("'", "").replace("’", "")
    return [place[word] for word in re.findall("[a-z0-9]+", text) if word in place and word not in stop]


data = [(cut(text), at) for at, text in enumerate(sentences)]
data = [pair for pair in data if len(pair[0]) >= 2]
bag = torch.nn.EmbeddingBag.from_pretrained(start.clone(), freeze=False, mode="sum")
optimiser = torch.optim.Adam(bag.parameters(), lr=RATE)
for _ in range(EPOCHS):
    random.shuffle(data)
    for begin in range(0, len(data), 512):
        flat, offsets, rows = [], [], []
        for tokens, row in data[begin : begin + 512]:
            offsets.append(len(flat))
            flat += tokens
            rows.append(row)
        flat = torch.tensor(flat)
        sums = bag(flat, torch.tensor(offsets))
        loss = (1 - torch.nn.functional.cosine_similarity(sums, goal[rows])).mean()
        used = torch.unique(flat)
        loss = loss + PULL * ((bag.weight[used] - start[used]) ** 2).sum(1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()

learned = bag.weight.detach().numpy()
scale = 127 / np.quantile(np.abs(learned), 0.9995)
matrix = np.clip(np.round(learned * scale), -127, 127).astype(np.int8)
text = "\n".join(words).encode()
with open(target, "wb") as out:
    for number in (len(words), DIMENSIONS, len(text)):
        out.write(number.to_bytes(4, "little"))
    out.write(text + matrix.tobytes())
