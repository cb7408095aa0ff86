# `make help` is the table of contents.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help build embeddings test proof bench-sft bench-generation bench-data bench-verifiers test-classes spark-build spark-test spark-format lint format comments-fit clean

MAVEN := .mvn/maven -B -ntp -Dstyle.color=never

help:    ## say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

build:   ## compile and package, without tests
	@$(MAVEN) -q -Dmaven.test.skip=true package

test:    ## run the tests; ends with what was skipped and why, and with the summary
	@.mvn/tests $(MAVEN) test

proof:   ## run the long proofs: kill and resume, faults, whole recipes
	@.mvn/tests $(MAVEN) test -Dtest.groups=proof -Dtest.excludedGroups=

bench-sft: test-classes    ## measure fine-tuning: make bench-sft MODEL=FOLDER DATA=rows.jsonl [PRECISION=bfloat16] [STEPS=12]
	@.mvn/bench dev.caravan.train.SftBenchmark $(MODEL) $(DATA) $(or $(PRECISION),bfloat16) $(or $(STEPS),12)

bench-generation: test-classes    ## measure generation, likewise, with BATCHES='1 16 64'
	@.mvn/bench dev.caravan.generate.GenerationBenchmark $(MODEL) $(DATA) $(or $(PRECISION),bfloat16) $(or $(BATCHES),1 16 64)

bench-data: test-classes    ## measure the data half: make bench-data DATA=FOLDER (as recipes/visible-data.yaml wants it) [ROWS=1000000]
	@$(MAVEN) -q dependency:copy-dependencies -DincludeGroupIds=org.apache.lucene -DincludeScope=test -DoutputDirectory=target/bench-lib
	@.mvn/bench dev.caravan.recipe.DataBenchmark $(DATA) $(or $(ROWS),1000000)

bench-verifiers: test-classes    ## measure verdicts a second of every verifier
	@$(MAVEN) -q dependency:copy-dependencies -DincludeGroupIds=org.tukaani,org.junit.jupiter,org.junit.platform,org.opentest4j -DincludeScope=test -DoutputDirectory=target/bench-lib
	@.mvn/bench dev.caravan.verify.VerifierBenchmark

embeddings:    ## build and test the embedder minilm, and say how it is used
	@$(MAVEN) -q -Dmaven.test.skip=true -Dspotless.check.skip=true install
	@$(MAVEN) -q -f caravan-embeddings/pom.xml package
	@echo "export CARAVAN_CLASSPATH='$(CURDIR)/caravan-embeddings/target/caravan-embeddings.jar:$(CURDIR)/caravan-embeddings/target/lib/*'"

test-classes:
	@$(MAVEN) -q test-compile

spark-build:    ## build the Spark jobs, a project of their own in caravan-spark (fetches Spark)
	@$(MAVEN) -q -Dmaven.test.skip=true -Dspotless.check.skip=true install
	@$(MAVEN) -q -f caravan-spark/pom.xml -Dmaven.test.skip=true package

spark-test:    ## run the laws of the Spark jobs: the same files as the local commands, whatever the partitions
	@$(MAVEN) -q -Dmaven.test.skip=true -Dspotless.check.skip=true install
	@$(MAVEN) -f caravan-spark/pom.xml test

spark-format: comments-fit    ## format the sources of the Spark jobs
	@$(MAVEN) -q -f caravan-spark/pom.xml spotless:apply

lint: comments-fit    ## compile with every warning, Error Prone and NullAway, and check the format
	@$(MAVEN) -q test-compile spotless:check

format: comments-fit  ## format the sources
	@$(MAVEN) -q spotless:apply

# palantir-java-format breaks a long /// line in two and may leave the second half outside the comment
comments-fit:
	@! LC_ALL=C.UTF-8 grep -rnE --include='*.java' '^ *//.*$$' src caravan-spark/src | LC_ALL=C.UTF-8 grep -E '^[^:]+:[0-9]+:.{121,}$$' \
	    || { echo 'wrap these comments at 120 columns first' >&2; exit 1; }

clean:   ## remove what was built
	@rm -rf target caravan-spark/target
