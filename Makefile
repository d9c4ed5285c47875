# StarLedger: `make run` starts it with a worked demo, `make test` passes the tests.

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME ?= 20s
BENCHTIME ?= 2s
MINUTES ?= 30
SEED ?= 0

.PHONY: run build test torture check generate interop bench bench-peers growth interop-bench fuzz cover clean

run: build
	./bin/ledgerd serve --demo

build: web/dist/site/index.html
	CGO_ENABLED=0 go build -trimpath -o bin/ ./cmd/...

# The workbench goes into the program. It is built when one of its sources changed and Node is there.
web/dist/site/index.html: $(shell find web/src web/build web/index.html web/vite.config.ts web/package-lock.json -type f)
	./web/build/build.sh

# On two busy processors the largest package takes seven minutes; Go's own limit is ten.
test:
	go test -race -timeout 40m ./...
	./web/test/run.sh

# Faults at random in a cluster of three servers and three nodes, for MINUTES; SEED=0 draws a seed, which is
# printed. The last server's disk can only be filled where a file system may be mounted.
torture:
	go test -count=1 -v -timeout $$(($(MINUTES) + 15))m ./cmd/ledgerd/torture -minutes $(MINUTES) -seed $(SEED)

# What a reviewer would say without reading: format, vet, staticcheck, generated files in step.
check: generate
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'run gofmt -w on these files'; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	git diff --exit-code -- schemas cmd/ledgerd/deploy

generate:
	go generate ./schemas
	go run ./cmd/ledgerd config > cmd/ledgerd/deploy/starledger.conf

# Tessera's fsck, client and log against our tiles and our witness: a module of its own, since the
# product does not depend on Tessera.
interop:
	cd .ci/tessera && go vet ./... && go test ./...

interop-bench:
	cd .ci/tessera && go test -run '^$$' -bench . -benchtime 5x ./...

# Ratios in one run on one machine; every benchmark stops by itself. LEDGER_EVENTS=1000000 makes the
# ledgers of the rebuild and time travel benchmarks as large as the README's.
bench:
	go test -run '^$$' -bench . -benchtime $(BENCHTIME) ./scoring ./events/... ./projections ./cmd/ledgerd

# Beside a table in PostgreSQL 15 and in SQLite, which it starts itself, and Tessera's POSIX driver.
bench-peers:
	cd .ci/peers && go vet ./... && go run .
	$(MAKE) interop-bench

# What a ledger costs as it grows: measures each size, keeps the numbers, draws the README's plot. 10,000,000
# events take 22 GB in LEDGER_KEEP, and an hour or two.
GROWTH_SIZES ?= 100000 1000000
growth:
	for n in $(GROWTH_SIZES); do \
	  GROWTH_DATA=$(CURDIR)/.ci/growth/growth.jsonl LEDGER_EVENTS=$$n \
	    go test -run '^$$' -bench '^BenchmarkGrowth$$' -benchtime 1x -timeout 10h ./cmd/ledgerd || exit 1; \
	done
	go run ./.ci/growth .ci/growth/growth.jsonl .ci/growth/growth.svg

fuzz:
	@for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; \
	    go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package || exit 1; \
	  done; \
	done

cover:
	go test -cover ./scoring ./events/... ./projections ./api ./schemas ./cmd/...

clean:
	rm -rf bin data-demo web/dist/site
