package dev.caravan.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A polynomial of one variable with whole coefficients.
///
/// @param coefficients of the powers 0, 1, …
record MathPolynomial(List<Long> coefficients) {
    MathPolynomial {
        coefficients = List.copyOf(coefficients);
    }

    static MathPolynomial of(long... coefficients) {
        return new MathPolynomial(java.util.Arrays.stream(coefficients).boxed().toList());
    }

    static MathPolynomial drawn(MathQuestion question, int degree, long most) {
        var coefficients = new ArrayList<Long>();
        for (int i = 0; i < degree; i++) coefficients.add(question.number(-most, most));
        coefficients.add(question.nonZero(most));
        return new MathPolynomial(coefficients);
    }

    int degree() {
        return coefficients.size() - 1;
    }

    private long at(int power) {
        return power < coefficients.size() ? coefficients.get(power) : 0;
    }

    MathPolynomial plus(MathPolynomial other) {
        var sums = new ArrayList<Long>();
        for (int i = 0; i <= Math.max(degree(), other.degree()); i++) sums.add(at(i) + other.at(i));
        return new MathPolynomial(sums);
    }

    MathPolynomial times(MathPolynomial other) {
        var products = new ArrayList<Long>(Collections.nCopies(degree() + other.degree() + 1, 0L));
        for (int i = 0; i <= degree(); i++) {
            for (int j = 0; j <= other.degree(); j++) {
                products.set(i + j, products.get(i + j) + at(i) * other.at(j));
            }
        }
        return new MathPolynomial(products);
    }

    MathPolynomial of(MathPolynomial inner) {
        MathPolynomial result = of(0);
        for (int i = degree(); i >= 0; i--) result = result.times(inner).plus(of(at(i)));
        return result;
    }

    MathPolynomial derivative() {
        if (degree() == 0) return of(0);
        var derived = new ArrayList<Long>();
        for (int i = 1; i <= degree(); i++) derived.add(i * at(i));
        return new MathPolynomial(derived);
    }

    long value(long x) {
        long value = 0;
        for (int i = degree(); i >= 0; i--) value = value * x + at(i);
        return value;
    }

    /// As `3*x**2 - x + 7`.
    String text(String variable) {
        var text = new StringBuilder();
        for (int i = degree(); i >= 0; i--) {
            if (at(i) != 0) append(text, term(Math.abs(at(i)), i, variable), at(i) < 0);
        }
        return text.isEmpty() ? "0" : text.toString();
    }

    /// Its terms in the order given, one after the other, of which some may be of one power.
    static String sum(List<MathPolynomial> terms, String variable) {
        var text = new StringBuilder();
        for (MathPolynomial term : terms) {
            String written = term.text(variable);
            boolean negative = written.startsWith("-");
            append(text, negative ? written.substring(1) : written, negative);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String term, boolean negative) {
        if (text.isEmpty()) text.append(negative ? "-" : "");
        else text.append(negative ? " - " : " + ");
        text.append(term);
    }

    private static String term(long size, int power, String variable) {
        if (power == 0) return Long.toString(size);
        String bare = power == 1 ? variable : variable + "**" + power;
        return size == 1 ? bare : size + "*" + bare;
    }
}
