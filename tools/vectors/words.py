"""Embeds words with the sentence model: words.py MODEL TEXTS OUT

MODEL is the folder of all-MiniLM-L6-v2, TEXTS a file with one sentence a line. Takes the model's whole words and the
words of at least four sentences; writes OUT/words.json and OUT/words.npy.
"""
import collections
import json
import re
import sys

import numpy as np
from sentence_transformers import SentenceTransformer

model_path, texts, out = sys.argv[1:4]
known = {line.strip() for line in open(f"{model_path}/vocab.txt")}
words = {word for word in known if re.fullmatch("[a-z]{2,24}", word)}
seen = collections.Counter()
for line in open(texts):
    seen.update(set(re.findall("[a-z]{2,24}", line.lower())))
words = sorted(words | {word for word, count in seen.items() if count >= 4})
model = SentenceTransformer(model_path, device="cpu")
vectors = model.encode(words, batch_size=256, normalize_embeddings=True)
json.dump(words, open(f"{out}/words.json", "w"))
np.save(f"{out}/words.npy", vectors)
