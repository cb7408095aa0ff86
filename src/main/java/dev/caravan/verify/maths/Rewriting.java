package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Apply;
import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Decimal;
import dev.caravan.verify.maths.Expression.Difference;
import dev.caravan.verify.maths.Expression.Listing;
import dev.caravan.verify.maths.Expression.Matrix;
import dev.caravan.verify.maths.Expression.Members;
import dev.caravan.verify.maths.Expression.Power;
import dev.caravan.verify.maths.Expression.Product;
import dev.caravan.verify.maths.Expression.Quotient;
import dev.caravan.verify.maths.Expression.Ratio;
import dev.caravan.verify.maths.Expression.Relation;
import dev.caravan.verify.maths.Expression.Sum;
import dev.caravan.verify.maths.Expression.Symbol;
import dev.caravan.verify.maths.Expression.Tuple;
import dev.caravan.verify.maths.Expression.Union;
import dev.caravan.verify.maths.Expression.Words;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Walks over expressions.
final class Rewriting {
    private Rewriting() {}

    /// The expression with another in the place of every occurrence of a constant.
    static Expression replace(Expression expression, Constant constant, Expression by) {
        return expression == constant ? by : mapParts(expression, part -> replace(part, constant, by));
    }

    static boolean contains(Expression expression, Constant constant) {
        return expression == constant || parts(expression).anyMatch(part -> contains(part, constant));
    }

    /// The names of the free symbols.
    static Set<String> symbols(Expression expression) {
        Set<String> names = new TreeSet<>();
        collect(expression, names::add);
        return names;
    }

    static Expression mapParts(Expression expression, UnaryOperator<Expression> map) {
        return switch (expression) {
            case Expression.Number _, Decimal _, Symbol _, Constant _, Words _ -> expression;
            case Sum sum -> new Sum(all(sum.terms(), map));
            case Product product -> new Product(all(product.factors(), map));
            case Quotient(Expression numerator, Expression denominator) ->
                new Quotient(map.apply(numerator), map.apply(denominator));
            case Power(Expression base, Expression exponent) -> new Power(map.apply(base), map.apply(exponent));
            case Apply apply -> new Apply(apply.function(), all(apply.arguments(), map));
            case Tuple tuple -> new Tuple(tuple.open(), all(tuple.items(), map), tuple.close());
            case Members members -> new Members(all(members.items(), map));
            case Listing listing -> new Listing(all(listing.items(), map));
            case Union union -> new Union(all(union.parts(), map));
            case Difference(Expression whole, Expression without) ->
                new Difference(map.apply(whole), map.apply(without));
            case Matrix matrix ->
                new Matrix(matrix.rows().stream().map(row -> all(row, map)).toList());
            case Ratio ratio -> new Ratio(all(ratio.parts(), map));
            case Relation relation -> new Relation(all(relation.sides(), map), relation.signs());
        };
    }

    static Stream<Expression> parts(Expression expression) {
        return switch (expression) {
            case Expression.Number _, Decimal _, Symbol _, Constant _, Words _ -> Stream.empty();
            case Sum sum -> sum.terms().stream();
            case Product product -> product.factors().stream();
            case Quotient(Expression numerator, Expression denominator) -> Stream.of(numerator, denominator);
            case Power(Expression base, Expression exponent) -> Stream.of(base, exponent);
            case Apply apply -> apply.arguments().stream();
            case Tuple tuple -> tuple.items().stream();
            case Members members -> members.items().stream();
            case Listing listing -> listing.items().stream();
            case Union union -> union.parts().stream();
            case Difference(Expression whole, Expression without) -> Stream.of(whole, without);
            case Matrix matrix -> matrix.rows().stream().flatMap(List::stream);
            case Ratio ratio -> ratio.parts().stream();
            case Relation relation -> relation.sides().stream();
        };
    }

    private static void collect(Expression expression, Consumer<String> names) {
        if (expression instanceof Symbol(String name)) {
            names.accept(name);
        }
        parts(expression).forEach(part -> collect(part, names));
    }

    private static List<Expression> all(List<Expression> expressions, UnaryOperator<Expression> map) {
        return expressions.stream().map(map).toList();
    }
}
