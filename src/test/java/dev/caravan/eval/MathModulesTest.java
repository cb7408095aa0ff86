package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.verify.Verifier;
import dev.caravan.verify.Verifiers;
import java.math.BigInteger;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MathModulesTest {
    private static final Verifier FINAL_ANSWER = Verifiers.named("final-answer");

    private static List<MathModules.Posed> all(String module) {
        return IntStream.range(0, MathModules.QUESTIONS_A_MODULE)
                .mapToObj(i -> MathModules.posed(module, i))
                .toList();
    }

    @Test
    void thereAre56ModulesOf100Questions() {
        assertThat(MathModules.names()).hasSize(56);
        EvalTask task = TaskRegistry.load("deepmind-math", TaskData.NONE);
        assertThat(task.items()).hasSize(task.definition().items()).hasSize(5_600);
        assertThat(task.items())
                .extracting(EvalItem::group)
                .containsOnly(MathModules.names().toArray(String[]::new));
    }

    @Test
    void questionsOfAModuleHardlyRepeat() {
        assertThat(MathModules.names())
                .allSatisfy(module -> assertThat(all(module).stream()
                                .map(MathModules.Posed::question)
                                .distinct())
                        .hasSizeGreaterThan(MathModules.QUESTIONS_A_MODULE / 3));
    }

    @Test
    void composedQuestionsDefineANumberAndOthersDoNot() {
        assertThat(MathModules.names())
                .allSatisfy(module -> assertThat(all(module))
                        .allMatch(posed -> posed.question().matches("(?s)(Let . (=|be) -?\\d|Suppose ).*")
                                == module.endsWith("_composed")));
    }

    @Test
    void everyAnswerIsAcceptedAndAnotherIsNot() {
        for (String module : MathModules.names()) {
            for (MathModules.Posed posed : all(module)) {
                String closing = "Therefore, the final answer is %s. I hope it is correct.";
                assertThat(FINAL_ANSWER.verify(closing.formatted(posed.answer()), posed.answer()))
                        .as(module)
                        .matches(MathModulesTest::isRight);
                assertThat(FINAL_ANSWER.verify(closing.formatted("77777777"), posed.answer()))
                        .as(module)
                        .matches(verdict -> !isRight(verdict));
            }
        }
    }

    private static boolean isRight(dev.caravan.data.Verdict verdict) {
        return verdict instanceof dev.caravan.data.Verdict.Scored scored && scored.score() == 1;
    }

    @Test
    void remaindersAndDivisorsAreThoseOfTheirNumbers() {
        check("numbers__div_remainder", (a, b) -> a % b);
        check(
                "numbers__gcd",
                (a, b) -> BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact());
        check(
                "numbers__lcm",
                (a, b) ->
                        a * b / BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact());
    }

    private static void check(String module, LongBinaryOperator rule) {
        assertThat(all(module)).allSatisfy(posed -> {
            Matcher numbers = Pattern.compile("\\d+").matcher(posed.question());
            long[] two =
                    numbers.results().mapToLong(n -> Long.parseLong(n.group())).toArray();
            assertThat(Long.parseLong(posed.answer())).isEqualTo(rule.applyAsLong(two[0], two[1]));
        });
    }

    @Test
    void primesArePrimes() {
        assertThat(all("numbers__is_prime")).allSatisfy(posed -> {
            var number = new BigInteger(posed.question().replaceAll("\\D", ""));
            assertThat(posed.answer()).isEqualTo(number.isProbablePrime(40) ? "True" : "False");
        });
    }

    @Test
    void solutionsSolveTheirEquations() {
        Pattern equation = Pattern.compile("Solve (?:(-?\\d*)\\*?x)(?: ([+-]) (\\d+))? = (-?\\d+) for x\\.");
        assertThat(all("algebra__linear_1d")).allSatisfy(posed -> {
            Matcher parts = equation.matcher(posed.question());
            assertThat(parts.matches()).as(posed.question()).isTrue();
            String factor = parts.group(1).equals("-") ? "-1" : parts.group(1).isEmpty() ? "1" : parts.group(1);
            long constant = parts.group(3) == null ? 0 : Long.parseLong(parts.group(2) + parts.group(3));
            assertThat(Long.parseLong(factor) * Long.parseLong(posed.answer()) + constant)
                    .isEqualTo(Long.parseLong(parts.group(4)));
        });
    }

    /// (f g)(x) = f(x) g(x), (f + g)(x) = f(x) + g(x), (f ∘ g)(x) = f(g(x)).
    @Property(tries = 200)
    void polynomialsAreComputedAsFunctions(
            @ForAll @IntRange(min = 0, max = 10_000) int seed, @ForAll @IntRange(min = -6, max = 6) int x) {
        var question = new MathQuestion(dev.caravan.data.KeyedRandom.of(seed, "polynomials", 0), false);
        MathPolynomial f = MathPolynomial.drawn(question, 2, 9);
        MathPolynomial g = MathPolynomial.drawn(question, 3, 9);
        assertThat(f.times(g).value(x)).isEqualTo(f.value(x) * g.value(x));
        assertThat(f.plus(g).value(x)).isEqualTo(f.value(x) + g.value(x));
        assertThat(f.of(g).value(x)).isEqualTo(f.value(g.value(x)));
    }

    @Test
    void polynomialsAreWrittenAsInPython() {
        assertThat(MathPolynomial.of(7, -1, 3).text("x")).isEqualTo("3*x**2 - x + 7");
        assertThat(MathPolynomial.of(0, 0, -1).text("n")).isEqualTo("-n**2");
        assertThat(MathPolynomial.of(0).text("x")).isEqualTo("0");
    }
}
