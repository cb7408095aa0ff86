# `make help` is the table of contents.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help build test proof lint format clean

MAVEN := .mvn/maven -B -ntp -Dstyle.color=never

help:    ## say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

build:   ## compile and package, without tests
	@$(MAVEN) -q -Dmaven.test.skip=true package

test:    ## run the tests; ends with what was skipped and why, and with the summary
	@.mvn/tests $(MAVEN) test

proof:   ## run the long proofs: kill and resume, faults, whole recipes
	@.mvn/tests $(MAVEN) test -Dtest.groups=proof -Dtest.excludedGroups=

lint:    ## compile with every warning, Error Prone and NullAway, and check the format
	@$(MAVEN) -q test-compile spotless:check

format:  ## format the sources
	@$(MAVEN) -q spotless:apply

clean:   ## remove what was built
	@rm -rf target
