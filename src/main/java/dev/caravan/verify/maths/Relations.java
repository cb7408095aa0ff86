package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Apply;
import dev.caravan.verify.maths.Expression.Function;
import dev.caravan.verify.maths.Expression.Listing;
import dev.caravan.verify.maths.Expression.Product;
import dev.caravan.verify.maths.Expression.Relation;
import dev.caravan.verify.maths.Expression.Sign;
import dev.caravan.verify.maths.Expression.Symbol;
import dev.caravan.verify.maths.Expression.Tuple;
import dev.caravan.verify.maths.Expression.Words;
import java.util.List;
import java.util.Optional;

/// What chains of equations and inequalities say.
final class Relations {
    /// `name = value`, or `name in set`.
    record Named(Expression name, Expression value) {}

    private Relations() {}

    /// What a chain comes to: an approximation is left out, a derivation is its end, and an equation between numbers
    /// its last side.
    static Expression outcome(Expression expression) {
        if (!(expression instanceof Relation relation)) {
            return expression;
        }
        Relation exact = withoutApproximation(relation);
        if (exact.signs().isEmpty()) {
            return exact.sides().getFirst();
        }
        if (exact.signs().stream().anyMatch(sign -> sign != Sign.EQUAL)) {
            return exact;
        }
        Expression first = exact.sides().getFirst();
        Expression last = exact.sides().getLast();
        if (exact.sides().size() == 2 && !Rewriting.symbols(exact).isEmpty()) {
            return exact;
        }
        return isName(first) ? new Relation(List.of(first, last), List.of(Sign.EQUAL)) : last;
    }

    /// The last side of an equation.
    static Optional<Expression> conclusion(Expression expression) {
        return expression instanceof Relation relation
                        && relation.signs().stream().allMatch(sign -> sign == Sign.EQUAL)
                ? Optional.of(relation.sides().getLast())
                : Optional.empty();
    }

    private static Relation withoutApproximation(Relation relation) {
        int about = relation.signs().indexOf(Sign.ABOUT);
        if (about < 0) {
            return relation;
        }
        if (about == 0 && isName(relation.sides().getFirst())) {
            return new Relation(relation.sides().subList(0, 2), List.of(Sign.EQUAL));
        }
        return new Relation(
                relation.sides().subList(0, about + 1), relation.signs().subList(0, about));
    }

    /// The value that a chain gives to a name, on whichever side the name stands.
    static Optional<Named> named(Expression expression) {
        if (!(expression instanceof Relation(List<Expression> sides, List<Sign> signs)) || sides.size() != 2) {
            return Optional.empty();
        }
        Expression left = sides.getFirst();
        Expression right = sides.getLast();
        if (signs.getFirst() == Sign.IN) {
            return Optional.of(new Named(left, right));
        }
        if (signs.getFirst() != Sign.EQUAL) {
            return Optional.empty();
        }
        if (isName(left)) {
            return Optional.of(new Named(left, right));
        }
        return right instanceof Symbol ? Optional.of(new Named(right, left)) : Optional.empty();
    }

    /// A symbol, letters side by side such as those of a segment or of `f(x)`, the size of one, or several of them.
    static boolean isName(Expression expression) {
        return switch (expression) {
            case Symbol _, Words _ -> true;
            case Product(List<Expression> factors) -> factors.stream().allMatch(Relations::isName);
            case Tuple tuple -> tuple.items().stream().allMatch(Relations::isName);
            case Apply(Function function, List<Expression> arguments) ->
                function == Function.ABS && isName(arguments.getFirst());
            default -> false;
        };
    }

    static Sign reversed(Sign sign) {
        return switch (sign) {
            case LESS -> Sign.GREATER;
            case AT_MOST -> Sign.AT_LEAST;
            case GREATER -> Sign.LESS;
            case AT_LEAST -> Sign.AT_MOST;
            case EQUAL, NOT_EQUAL, ABOUT, IN -> sign;
        };
    }

    /// The same chain read from its other end.
    static Relation reversed(Relation relation) {
        return new Relation(
                relation.sides().reversed(),
                relation.signs().reversed().stream().map(Relations::reversed).toList());
    }

    /// Answers beside which stands what kind of number a letter in them is.
    static Expression withoutConditions(List<Expression> items) {
        List<Expression> answers =
                items.stream().filter(item -> !isCondition(item)).toList();
        if (answers.isEmpty() || answers.size() == items.size()) {
            return new Listing(items);
        }
        return answers.size() == 1 ? outcome(answers.getFirst()) : new Listing(answers);
    }

    private static boolean isCondition(Expression item) {
        return item instanceof Relation(List<Expression> sides, List<Sign> signs)
                && signs.equals(List.of(Sign.IN))
                && sides.getLast() instanceof Symbol(String name)
                && name.startsWith("mathbb ");
    }
}
