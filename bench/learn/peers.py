"""What others reach on the same texts, beside Deskwise's learner in the same run: scikit-learn's linear SVM on the same
kinds of features, and fastText, with their versions and what each takes to train.

    python3 -m venv bench/.venv && bench/.venv/bin/pip install scikit-learn fasttext-wheel
    bench/.venv/bin/python bench/learn/peers.py [path to the data]
"""

import csv
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = Path(
    sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DESKWISE_DATA") or ROOT.parent / "shared" / "data"
).resolve()
SETS = {
    "BANKING77": ("banking", ["banking77/train.csv"], ["banking77/test.csv"]),
    # Deskwise also trains on this set's out-of-scope questions, which the others cannot use.
    "CLINC150": ("clinc", ["clinc150/train.csv", "clinc150/val.csv"], ["clinc150/test.csv"]),
}


def read(files):
    texts, labels = [], []
    for file in files:
        with open(DATA / file, newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                texts.append(row["text"])
                labels.append(row["label"])
    return texts, labels


def report(name, right, test, train_seconds, decide_ms):
    print(f"  {name:<40} accuracy {100 * right / test:.2f}%   training {train_seconds:.2f} s   a text {decide_ms:.3f} ms")


def scikit(train, test, longest):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, longest), sublinear_tf=True),
    )
    model = make_pipeline(features, LinearSVC())
    start = time.perf_counter()
    model.fit(*train)
    trained = time.perf_counter() - start
    right = sum(said == label for said, label in zip(model.predict(test[0]), test[1]))
    single = test[0][:300]
    start = time.perf_counter()
    for text in single:
        model.decision_function([text])
    each = (time.perf_counter() - start) * 1000 / len(single)
    version = importlib.metadata.version("scikit-learn")
    report(f"scikit-learn {version} LinearSVC, 2–{longest} letters", right, len(test[0]), trained, each)
    return trained


def fast_text(train, test):
    import fasttext

    def plain(text):
        return " ".join(text.lower().split())

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for text, label in zip(*train):
            file.write(f"__label__{label} {plain(text)}\n")
        file.flush()
        start = time.perf_counter()
        model = fasttext.train_supervised(
            file.name, wordNgrams=2, minn=2, maxn=5, epoch=50, lr=0.5, loss="softmax", thread=2, verbose=0, dim=50
        )
        trained = time.perf_counter() - start
    start = time.perf_counter()
    # The lower-level call, because the wrapper's own breaks with NumPy 2.
    said = [model.f.predict(plain(text) + "\n", 1, 0.0, "strict")[0][1] for text in test[0]]
    each = (time.perf_counter() - start) * 1000 / len(test[0])
    right = sum(guess == f"__label__{label}" for guess, label in zip(said, test[1]))
    report(f"fastText {importlib.metadata.version('fasttext-wheel')}", right, len(test[0]), trained, each)
    return trained


def deskwise(part):
    """Seconds for features and one fit, by the learner's own benchmark."""
    command = ["cargo", "run", "--release", "--locked", "--quiet", "-p", "bench-learn", "--", part]
    said = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DESKWISE_DATA": str(DATA)}, capture_output=True, text=True, check=True
    ).stdout
    seconds, each, accuracy = (
        float(re.search(rf"^{what}\s+([\d.]+)", said, re.MULTILINE)[1])
        for what in ("training, features and one fit", "one decision, p50", "accuracy")
    )
    print(f"  {'Deskwise':<40} accuracy {accuracy:.2f}%   training {seconds:.2f} s   a text {each:.3f} ms")
    return seconds


print(f"Python {platform.python_version()}, NumPy {importlib.metadata.version('numpy')}, {os.cpu_count()} cores")
for name, (part, train_files, test_files) in SETS.items():
    train, test = read(train_files), read(test_files)
    print(f"{name}: {len(train[0])} training texts, {len(test[0])} test texts")
    ours = deskwise(part)
    peers = {
        # Deskwise's own n-grams; and the longer ones, with which it is most accurate.
        "scikit-learn": (lambda: scikit(train, test, 4), "   goal ≥ 3"),
        "scikit-learn, longer n-grams": (lambda: scikit(train, test, 5), ""),
        "fastText": (lambda: fast_text(train, test), ""),
    }
    for peer, (run, goal) in peers.items():
        try:
            print(f"    {run() / ours:.1f} times Deskwise's training time{goal}")
        except ImportError as missing:
            print(f"  {peer}: not installed ({missing})")
