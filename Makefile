# The index of commands; the work itself is in scripts/.
PORT ?= 8080
DATA ?= ./data
# The build `make run` and the browser stories use: `dev` compiles fast and has its hot crates optimised (see Cargo.toml).
PROFILE ?= dev
export PORT DATA PROFILE

.DEFAULT_GOAL := help
.PHONY: help run test test-proof check gen fmt samples bench-ocr bench-audit

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## fetch, build, start, send the sample documents (PORT=8080 DATA=./data PROFILE=dev)
	@scripts/run

test: ## the whole suite, PostgreSQL and browser included
	@scripts/test

test-proof: ## attacks on the audit trail alone (WRITE=1 writes docs/attacks.md anew)
	@scripts/setup test
	@scripts/with_postgres scripts/test_proof

check: ## format, lints, licences, dependency rule, generated files
	@scripts/check

gen: ## make the generated files again
	@scripts/gen

fmt: ## format the Rust code
	@cargo fmt --all

samples: ## draw the sample documents of seed/ again
	@scripts/samples

bench-ocr: ## word F1, seconds a page and memory beside RapidOCR and Tesseract (RECEIPTS=DIR)
	@scripts/bench_ocr "$(RECEIPTS)"

bench-audit: ## placing, committing, signing and verifying the log on both databases, beside the limits of the machine
	@scripts/bench_audit
