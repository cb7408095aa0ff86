package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Difference;
import dev.caravan.verify.maths.Expression.Listing;
import dev.caravan.verify.maths.Expression.Members;
import dev.caravan.verify.maths.Expression.Product;
import dev.caravan.verify.maths.Expression.Relation;
import dev.caravan.verify.maths.Expression.Sign;
import dev.caravan.verify.maths.Expression.Symbol;
import dev.caravan.verify.maths.Expression.Tuple;
import dev.caravan.verify.maths.Expression.Union;
import dev.caravan.verify.maths.RealSet.End;
import dev.caravan.verify.maths.RealSet.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads intervals, unions, sets of numbers and inequalities in one symbol as sets of real numbers.
final class RealSets {
    private static final RealSet ALL = new RealSet(List.of(Span.ALL));

    private final Scalars scalars;

    RealSets(Scalars scalars) {
        this.scalars = scalars;
    }

    /// Whether the expression can be nothing but a set, so that a pair in round brackets beside it is an interval.
    static boolean isSet(Expression expression) {
        return switch (expression) {
            case Union _, Difference _ -> true;
            case Members members -> !members.items().isEmpty();
            case Tuple tuple -> tuple.items().size() == 2 && (tuple.open() == '[' || tuple.close() == ']');
            case Relation relation ->
                relation.signs().stream().noneMatch(sign -> sign == Sign.EQUAL || sign == Sign.IN);
            case Listing listing -> listing.items().stream().allMatch(item -> item instanceof Relation && isSet(item));
            case Symbol symbol -> isReals(symbol);
            default -> false;
        };
    }

    /// Empty where it is no set of real numbers, or an end is no number.
    Optional<RealSet> of(Expression expression) {
        return switch (expression) {
            case Union(List<Expression> parts) -> unionOf(parts);
            case Members(List<Expression> parts) -> unionOf(parts);
            case Listing(List<Expression> parts) -> listing(parts);
            case Difference(Expression whole, Expression without) ->
                of(whole).flatMap(all -> of(without).map(all::without));
            case Tuple tuple -> tuple.items().size() == 2 ? interval(tuple) : Optional.empty();
            case Relation relation -> relation(relation);
            case Symbol symbol when isReals(symbol) -> Optional.of(ALL);
            default -> number(expression).map(value -> RealSet.of(List.of(Span.point(value))));
        };
    }

    private static boolean isReals(Symbol symbol) {
        return symbol.name().equals("mathbb R");
    }

    private Optional<RealSet> unionOf(List<Expression> parts) {
        RealSet union = RealSet.of(List.of());
        for (Expression part : parts) {
            Optional<RealSet> set = of(part);
            if (set.isEmpty()) {
                return set;
            }
            union = union.or(set.get());
        }
        return Optional.of(union);
    }

    /// Either of them, or, where that is no restriction, all of them: `x \ne 1, x \ne 2`. A number behind an
    /// inequality of the kind `x \ne 1, 2` is one more that is left out.
    private Optional<RealSet> listing(List<Expression> parts) {
        List<Expression> statements = excluded(parts);
        Optional<RealSet> union = unionOf(statements);
        if (statements.size() == 1 || !union.equals(Optional.of(ALL))) {
            return union;
        }
        RealSet left = ALL;
        for (Expression statement : statements) {
            Optional<RealSet> set = of(statement);
            left = set.isEmpty() ? left : left.without(ALL.without(set.get()));
        }
        return Optional.of(left);
    }

    private static List<Expression> excluded(List<Expression> parts) {
        if (!(parts.getFirst() instanceof Relation(List<Expression> sides, List<Sign> signs))
                || !signs.equals(List.of(Sign.NOT_EQUAL))) {
            return parts;
        }
        return parts.stream()
                .map(part -> part instanceof Relation
                        ? part
                        : new Relation(List.of(sides.getFirst(), part), List.of(Sign.NOT_EQUAL)))
                .toList();
    }

    private Optional<RealSet> interval(Tuple tuple) {
        Optional<End> low = end(tuple.items().getFirst(), tuple.open() == '[', true);
        Optional<End> high = end(tuple.items().getLast(), tuple.close() == ']', false);
        return low.flatMap(from -> high.map(to -> RealSet.of(List.of(new Span(from, to)))));
    }

    private Optional<End> end(Expression expression, boolean closed, boolean low) {
        boolean unbounded = low ? isMinusInfinity(expression) : expression == Constant.INFINITY;
        return unbounded ? Optional.of(End.UNBOUNDED) : number(expression).map(value -> End.of(value, closed));
    }

    private static boolean isMinusInfinity(Expression expression) {
        return expression instanceof Product(List<Expression> factors)
                && factors.equals(List.of(Expression.Number.of(-1), Constant.INFINITY));
    }

    private Optional<BigDecimal> number(Expression expression) {
        if (!Rewriting.symbols(expression).isEmpty()) {
            return Optional.empty();
        }
        return scalars.value(expression, Map.of(), true).map(Complex::re);
    }

    /// `x < 5`, `5 >= x`, `x != 3`, `-2 <= x < 7`.
    private Optional<RealSet> relation(Relation relation) {
        List<Expression> sides = relation.sides();
        if (sides.size() == 2 && sides.getLast() instanceof Symbol) {
            return relation(
                    sides.getFirst(), Relations.reversed(relation.signs().getFirst()));
        }
        if (sides.size() == 2 && sides.getFirst() instanceof Symbol) {
            return relation(sides.getLast(), relation.signs().getFirst());
        }
        if (sides.size() == 3 && sides.get(1) instanceof Symbol) {
            Optional<RealSet> left = relation(
                    sides.getFirst(), Relations.reversed(relation.signs().getFirst()));
            Optional<RealSet> right = relation(sides.getLast(), relation.signs().getLast());
            return left.flatMap(from -> right.map(to -> from.without(ALL.without(to))));
        }
        return Optional.empty();
    }

    private Optional<RealSet> relation(Expression bound, Sign sign) {
        if (sign == Sign.IN) {
            return Optional.empty();
        }
        Optional<End> upper = end(bound, sign == Sign.AT_MOST, false);
        Optional<End> lower = end(bound, sign == Sign.AT_LEAST, true);
        return switch (sign) {
            case LESS, AT_MOST -> upper.map(end -> RealSet.of(List.of(new Span(End.UNBOUNDED, end))));
            case GREATER, AT_LEAST -> lower.map(end -> RealSet.of(List.of(new Span(end, End.UNBOUNDED))));
            case EQUAL -> number(bound).map(value -> RealSet.of(List.of(Span.point(value))));
            case NOT_EQUAL -> number(bound).map(value -> ALL.without(RealSet.of(List.of(Span.point(value)))));
            case ABOUT, IN -> Optional.empty();
        };
    }
}
