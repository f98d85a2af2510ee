# Fildefer. `make help` lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run build test lint bench chaos e2e screenshots dist web setup fuzz clean

GO       ?= go
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X main.version=$(VERSION)
LINT     := $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
WEB      := feed/web
WEB_SRC  := $(shell find $(WEB)/src $(WEB)/public $(WEB)/*.html $(WEB)/*.ts $(WEB)/*.mjs $(WEB)/package-lock.json -type f 2>/dev/null)
# Packages whose goroutines meet run under the race detector, all others without.
RACE     := ./connectors/... ./pipeline/bus/... ./pipeline/desk/... ./pipeline/replay/... ./feed/live/... ./feed/api/... ./feed/store/... ./feed/notify/... ./feed/oidc/...
# The program itself runs alone: its stories measure how long people wait.
PLAIN     = $(shell $(GO) list ./... | grep -vE '/(cmd|connectors|pipeline/(bus|desk|replay)|feed/(live|api|store|notify|oidc))(/|$$)')

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s '	'

run: build ## build what is needed and start the demo
	./bin/fildefer demo

build: web ## leave the program in bin/fildefer
	$(GO) build -ldflags '$(LDFLAGS)' -o bin/fildefer ./cmd/fildefer

web: $(WEB)/dist/index.html

$(WEB)/node_modules/.package-lock.json: $(WEB)/package.json $(WEB)/package-lock.json
	cd $(WEB) && npm ci --omit=dev --no-audit --no-fund --loglevel=error
	@touch $@

$(WEB)/dist/index.html: $(WEB_SRC) | $(WEB)/node_modules/.package-lock.json
	cd $(WEB) && npm run --silent build
	@touch $@

setup: ## install what the tests need: Debian packages, test tools from npm
	deploy/dev/setup.sh

test: setup build ## set up what the tests need and run every suite
	deploy/dev/check-tree.sh
	$(GO) vet ./...
	cd $(WEB) && npm run --silent check && npm test --silent
	$(GO) test -timeout 20m $(PLAIN)
	$(GO) test -timeout 20m -run TestNoRequestReaches ./feed/api
	$(GO) test -timeout 40m ./cmd/...
	$(GO) test -race -timeout 30m $(RACE)

e2e: setup build ## the browser against the built program, with Mosquitto, node-opcua and both databases
	$(GO) test -count=1 -timeout 40m -run 'TestThread|TestDemo|TestDisplay|TestPace' -v -artifacts -outputdir $(CURDIR)/bin ./cmd/fildefer

chaos: setup build ## 50 kills under load against a ledger of acknowledged inputs
	$(GO) test -count=1 -timeout 30m -run TestKill -v ./cmd/fildefer

fuzz: ## every fuzz target for a minute
	deploy/dev/fuzz.sh 60s

lint: ## golangci-lint, pinned, built by the Go toolchain
	$(LINT) run ./...

bench: setup build ## figures with their bare limits, from one run
	deploy/dev/with-postgres.sh sh -c './bin/fildefer bench --database "$$DATABASE"'

screenshots: setup build ## pictures of every screen into bin/screenshots, and those of README.md
	cd $(WEB) && node e2e/screenshots.mjs ../../bin/fildefer ../../bin/screenshots --readme

dist: web ## binaries for Linux (amd64, arm64, armv7) and Windows into bin/dist, with checksums
	@mkdir -p bin/dist
	@set -e; for t in linux/amd64 linux/arm64 linux/arm windows/amd64; do \
	  o=bin/dist/fildefer-$(VERSION)-$${t/\//-}; [ $${t%/*} = windows ] && o=$$o.exe; \
	  echo $$o; CGO_ENABLED=0 GOOS=$${t%/*} GOARCH=$${t#*/} GOARM=7 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $$o ./cmd/fildefer; done
	cd bin/dist && sha256sum fildefer-$(VERSION)-* > SHA256SUMS

clean: ## remove what make made
	rm -rf bin $(WEB)/dist $(WEB)/node_modules .dev
