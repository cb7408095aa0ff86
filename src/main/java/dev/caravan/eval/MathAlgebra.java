package dev.caravan.eval;

import dev.caravan.eval.MathModules.Posed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Equations, sequences, polynomials and derivatives.
final class MathAlgebra {
    private MathAlgebra() {}

    static void addTo(Map<String, Function<MathQuestion, Posed>> modules) {
        modules.put("algebra__linear_1d", MathAlgebra::linear);
        modules.put("algebra__linear_2d", MathAlgebra::system);
        modules.put("algebra__polynomial_roots", MathAlgebra::roots);
        modules.put("algebra__sequence_next_term", MathAlgebra::nextTerm);
        modules.put("algebra__sequence_nth_term", MathAlgebra::nthTerm);
        modules.put("calculus__differentiate", MathAlgebra::derivative);
        modules.put("polynomials__add", MathAlgebra::sum);
        modules.put("polynomials__coefficient_named", MathAlgebra::coefficient);
        modules.put("polynomials__collect", MathAlgebra::collected);
        modules.put("polynomials__compose", MathAlgebra::composition);
        modules.put("polynomials__evaluate", MathAlgebra::evaluation);
        modules.put("polynomials__expand", MathAlgebra::expansion);
        modules.put("polynomials__simplify_power", MathAlgebra::power);
    }

    /// `+ c*x` with its sign.
    private static String term(long coefficient, String variable) {
        return (coefficient < 0 ? " - " : " + ")
                + (Math.abs(coefficient) == 1 ? "" : Math.abs(coefficient) + "*")
                + variable;
    }

    private static Posed linear(MathQuestion q) {
        long solution = q.number(-40, 40);
        long left = q.nonZero(30);
        long constant = q.number(-200, 200);
        String right = q.shown(left * solution + constant);
        return Posed.of(
                "Solve %s = %s for x."
                        .formatted(MathPolynomial.of(constant, left).text("x"), right),
                solution);
    }

    private static Posed system(MathQuestion q) {
        long x = q.number(-20, 20);
        long y = q.number(-20, 20);
        long a = q.nonZero(12);
        long b = q.nonZero(12);
        long c = q.nonZero(12);
        long d = q.nonZero(12);
        while (a * d == b * c) d = q.nonZero(12);
        return Posed.of(
                "Solve %d*x%s = %s, %d*x%s = %d for x."
                        .formatted(a, term(b, "y"), q.shown(a * x + b * y), c, term(d, "y"), c * x + d * y),
                x);
    }

    private static Posed roots(MathQuestion q) {
        long first = q.number(-15, 15);
        long second = q.number(-15, 15);
        MathPolynomial product = MathPolynomial.of(-first, 1).times(MathPolynomial.of(-second, 1));
        String answer = new TreeSet<>(List.of(first, second))
                .stream().map(String::valueOf).collect(Collectors.joining(", "));
        long constant = q.number(-50, 50);
        return Posed.of(
                "For which x is %s = %s? Give all of them in ascending order, separated by commas."
                        .formatted(product.plus(MathPolynomial.of(constant)).text("x"), q.shown(constant)),
                answer);
    }

    private static MathPolynomial sequence(MathQuestion q) {
        return MathPolynomial.drawn(q, (int) q.number(1, 2), 12);
    }

    private static String firstTerms(MathPolynomial sequence) {
        return java.util.stream.LongStream.rangeClosed(1, sequence.degree() + 3)
                .mapToObj(n -> Long.toString(sequence.value(n)))
                .collect(Collectors.joining(", "));
    }

    private static Posed nextTerm(MathQuestion q) {
        MathPolynomial sequence = sequence(q);
        return Posed.of(
                "What comes next in %s?".formatted(firstTerms(sequence)), sequence.value(sequence.degree() + 4));
    }

    private static Posed nthTerm(MathQuestion q) {
        MathPolynomial sequence = sequence(q);
        return Posed.of(
                "What is the n'th term of %s? The first is that of n = 1.".formatted(firstTerms(sequence)),
                sequence.text("n"));
    }

    private static Posed derivative(MathQuestion q) {
        MathPolynomial function = MathPolynomial.drawn(q, (int) q.number(2, 4), 30);
        long constant = q.number(1, 9);
        return Posed.of(
                "What is the derivative of %s + %s with respect to x?".formatted(function.text("x"), q.shown(constant)),
                function.derivative().text("x"));
    }

    private static Posed sum(MathQuestion q) {
        MathPolynomial f = MathPolynomial.drawn(q, (int) q.number(1, 3), 12);
        MathPolynomial g = MathPolynomial.drawn(q, (int) q.number(1, 3), 12);
        long a = q.nonZero(6);
        long b = q.nonZero(6);
        return Posed.of(
                "Let f(x) = %s and g(x) = %s. Write %d*f(x)%s as a polynomial."
                        .formatted(f.text("x"), g.text("x"), a, term(b, "g(x)")),
                f.times(MathPolynomial.of(a))
                        .plus(g.times(MathPolynomial.of(b)))
                        .text("x"));
    }

    private static Posed coefficient(MathQuestion q) {
        MathPolynomial f = MathPolynomial.drawn(q, (int) q.number(1, 2), 12);
        MathPolynomial g = MathPolynomial.drawn(q, 1, 12);
        MathPolynomial product = f.times(g);
        int power = (int) q.number(0, product.degree());
        return Posed.of(
                "Expand (%s)*(%s). What is the coefficient of x**%d?".formatted(f.text("x"), g.text("x"), power),
                product.coefficients().get(power));
    }

    private static Posed collected(MathQuestion q) {
        var terms = new ArrayList<MathPolynomial>();
        MathPolynomial sum = MathPolynomial.of(0);
        for (int i = 0; i < 5; i++) {
            MathPolynomial term = MathPolynomial.of(0, q.nonZero(40));
            if (q.number(0, 2) == 0) term = MathPolynomial.of(q.nonZero(40));
            terms.add(term);
            sum = sum.plus(term);
        }
        return Posed.of("Collect the terms of %s.".formatted(MathPolynomial.sum(terms, "x")), sum.text("x"));
    }

    private static Posed composition(MathQuestion q) {
        MathPolynomial f = MathPolynomial.drawn(q, (int) q.number(1, 2), 9);
        MathPolynomial g = MathPolynomial.drawn(q, (int) q.number(1, 2), 9);
        return Posed.of(
                "Let f(x) = %s and g(x) = %s. What is f(g(x))?".formatted(f.text("x"), g.text("x")),
                f.of(g).text("x"));
    }

    private static Posed evaluation(MathQuestion q) {
        MathPolynomial f = MathPolynomial.drawn(q, (int) q.number(2, 3), 15);
        long x = q.number(-9, 9);
        return Posed.of("Let f(x) = %s. What is f(%s)?".formatted(f.text("x"), q.shown(x)), f.value(x));
    }

    private static Posed expansion(MathQuestion q) {
        MathPolynomial f = MathPolynomial.drawn(q, (int) q.number(1, 2), 9);
        MathPolynomial g = MathPolynomial.drawn(q, (int) q.number(1, 2), 9);
        return Posed.of(
                "Expand (%s)*(%s).".formatted(f.text("x"), g.text("x")),
                f.times(g).text("x"));
    }

    private static Posed power(MathQuestion q) {
        long a = q.number(2, 9);
        long b = q.number(2, 9);
        long c = q.number(1, 12);
        long exponent = a * b + c;
        return Posed.of(
                "Write (x**%d)**%d*x**%d as one power of x, for positive x.".formatted(a, b, c), "x**" + exponent);
    }
}
