# The few commands everyone needs. Each looks first whether its tools are there (scripts/need.sh).

.PHONY: demo test build bench gen model screenshots

# A believable company with simulated customers and agents; options by ARGS="--tickets 28000".
demo: build
	target/release/deskwise demo $(ARGS)

# Everything that must hold before a change is merged.
test:
	scripts/need.sh test
	scripts/test.sh

# target/release/deskwise, with the console inside.
build:
	scripts/need.sh build
	scripts/web.sh
	cargo build --release --locked -p deskwise

# The figures of the README and the closing notes, as ratios.
bench: build
	bench/run.sh $(ARGS)

# Everything generated and committed: openapi.json and the console's types.
gen:
	scripts/need.sh build
	scripts/gen.sh

# all-MiniLM-L6-v2 in models/, for sentence embeddings beside the n-grams; optional.
model:
	scripts/model.sh

# Every page, desktop and phone, light and dark, into target/screenshots.
screenshots: build
	scripts/need.sh browser
	scripts/screenshots.sh $(ARGS)
