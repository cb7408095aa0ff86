package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Matrix;
import dev.caravan.verify.maths.Expression.Product;
import dev.caravan.verify.maths.Expression.Quotient;
import dev.caravan.verify.maths.Expression.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Sums and products of matrices, cell by cell.
final class Matrices {
    private static final int MOST_CELLS = 400;

    private final Steps steps;

    Matrices(Steps steps) {
        this.steps = steps;
    }

    /// The expression with the arithmetic of matrices carried out; others are left alone.
    Expression worked(Expression expression) {
        return switch (expression) {
            case Sum(List<Expression> terms) -> reduce(terms, Matrices::sum, expression);
            case Product(List<Expression> factors) -> reduce(factors, this::product, expression);
            case Quotient(Expression numerator, Expression denominator)
            when worked(numerator) instanceof Matrix matrix ->
                scaled(matrix, new Quotient(Expression.Number.of(1), denominator));
            default -> expression;
        };
    }

    private interface Operation {
        Expression of(Expression left, Expression right);
    }

    private Expression reduce(List<Expression> parts, Operation operation, Expression whole) {
        List<Expression> worked = parts.stream().map(this::worked).toList();
        if (worked.stream().noneMatch(Matrix.class::isInstance)) {
            return whole;
        }
        return worked.stream().reduce(operation::of).orElse(whole);
    }

    private static Expression sum(Expression left, Expression right) {
        if (!(left instanceof Matrix(var one) && right instanceof Matrix(var other))
                || one.size() != other.size()
                || one.getFirst().size() != other.getFirst().size()) {
            throw Undecided.unreadable();
        }
        return new Matrix(IntStream.range(0, one.size())
                .mapToObj(i -> IntStream.range(0, one.getFirst().size())
                        .<Expression>mapToObj(j ->
                                new Sum(List.of(one.get(i).get(j), other.get(i).get(j))))
                        .toList())
                .toList());
    }

    private Expression product(Expression left, Expression right) {
        if (left instanceof Matrix one && right instanceof Matrix other) {
            return product(one, other);
        }
        if (left instanceof Matrix matrix) {
            return scaled(matrix, right);
        }
        return right instanceof Matrix matrix ? scaled(matrix, left) : new Product(List.of(left, right));
    }

    private static Matrix scaled(Matrix matrix, Expression by) {
        return new Matrix(matrix.rows().stream()
                .map(row -> row.stream()
                        .<Expression>map(cell -> new Product(List.of(by, cell)))
                        .toList())
                .toList());
    }

    private Matrix product(Matrix left, Matrix right) {
        int inner = right.rows().size();
        int columns = right.rows().getFirst().size();
        if (left.rows().getFirst().size() != inner || left.rows().size() * columns > MOST_CELLS) {
            throw Undecided.unreadable();
        }
        List<List<Expression>> rows = new ArrayList<>();
        for (List<Expression> row : left.rows()) {
            rows.add(IntStream.range(0, columns)
                    .<Expression>mapToObj(j -> new Sum(IntStream.range(0, inner)
                            .<Expression>mapToObj(k -> new Product(
                                    List.of(row.get(k), right.rows().get(k).get(j))))
                            .toList()))
                    .toList());
        }
        rows.forEach(row -> row.forEach(this::spend));
        return new Matrix(List.copyOf(rows));
    }

    /// Cells grow with every product; walking over them costs what their later expansion will.
    private void spend(Expression cell) {
        steps.spend(1);
        Rewriting.parts(cell).forEach(this::spend);
    }
}
