"""Trains implicit's ALS or BPR for five passes and prints its seconds and positions as JSON."""
import json
import sys
import time

import numpy
import scipy.sparse
from implicit.als import AlternatingLeastSquares
from implicit.bpr import BayesianPersonalizedRanking

PASSES = 5
FACTORS = 32

folder, name = sys.argv[1:]
users, items = (numpy.fromfile(f"{folder}/{column}.bin", numpy.uint32) for column in ("users", "items"))
counts = scipy.sparse.csr_matrix((numpy.ones(len(users), numpy.float32), (users, items)))
kind = {"ALS": AlternatingLeastSquares, "BPR": BayesianPersonalizedRanking}[name]
model = kind(factors=FACTORS, iterations=PASSES, random_state=1, use_gpu=False)
began = time.perf_counter()
model.fit(counts, show_progress=False)
print(json.dumps({"seconds": time.perf_counter() - began, "positions": PASSES * counts.nnz}))
