#!/usr/bin/env bash
# Prints the figures that Deskwise holds itself to, from the release build, on both engines where both matter.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --locked --quiet -p deskwise -p bench-month -p bench-load -p bench-kill -p bench-learn -p bench-guardrail -p bench-off -p bench-room -p bench-reports -p bench-experiments -p bench-decide
cargo run --release --locked --quiet -p bench-month
cargo run --release --locked --quiet -p bench-month -- --postgres
cargo run --release --locked --quiet -p bench-load -- --peer
cargo run --release --locked --quiet -p bench-load -- --postgres
cargo run --release --locked --quiet -p bench-kill
cargo run --release --locked --quiet -p bench-kill -- --postgres
# The control room over a category of 28,000 tickets.
cargo run --release --locked --quiet -p bench-room
cargo run --release --locked --quiet -p bench-room -- --postgres
# Reports over a year of 1,000,000 tickets.
cargo run --release --locked --quiet -p bench-reports
cargo run --release --locked --quiet -p bench-reports -- --postgres
# Switched off under load, three replicas on one PostgreSQL.
cargo run --release --locked --quiet -p bench-off
# The guardrail, in simulation.
cargo run --release --locked --quiet -p bench-guardrail
# Experiments, in simulation: equal sides, and real differences.
cargo run --release --locked --quiet -p bench-experiments
# What policies, guardrails and experiments add to a decision.
cargo run --release --locked --quiet -p bench-decide
# The learner, with embeddings where `make model` has obtained an encoder; its peers where they are installed.
cargo run --release --locked --quiet -p bench-learn -- banking clinc mixed near month size simulation audit embeddings
# Telling languages apart, beside other crates.
cargo run --release --locked --quiet -p bench-learn --features peers -- languages
if [ -x bench/.venv/bin/python ]; then
    bench/.venv/bin/python bench/learn/peers.py
else
    echo "no peers: see the head of bench/learn/peers.py"
fi
