package dev.caravan.verify.maths;

import dev.caravan.text.Lowercase;
import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Listing;
import dev.caravan.verify.maths.Expression.Matrix;
import dev.caravan.verify.maths.Expression.Members;
import dev.caravan.verify.maths.Expression.Ratio;
import dev.caravan.verify.maths.Expression.Relation;
import dev.caravan.verify.maths.Expression.Sign;
import dev.caravan.verify.maths.Expression.Symbol;
import dev.caravan.verify.maths.Expression.Tuple;
import dev.caravan.verify.maths.Expression.Words;
import dev.caravan.verify.maths.Relations.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether two answers that have been read say the same.
final class Comparison {
    private static final Set<String> NOTHING = Set.of(
            "no solution",
            "no solutions",
            "no real solution",
            "no real solutions",
            "none",
            "empty set",
            "the empty set");
    private static final Set<String> EVERYTHING =
            Set.of("all real numbers", "all reals", "all real values", "real numbers", "the set of all real numbers");

    private final Steps steps;
    private final Scalars scalars;
    private final RealSets sets;
    private final Matrices matrices;

    Comparison(Steps steps) {
        this.steps = steps;
        this.scalars = new Scalars(steps);
        this.sets = new RealSets(scalars);
        this.matrices = new Matrices(steps);
    }

    boolean equal(Expression left, Expression right) {
        steps.spend(1);
        Expression one = outcome(left);
        Expression other = outcome(right);
        return one.equals(other) || different(one, other);
    }

    private Expression outcome(Expression expression) {
        Expression outcome = matrices.worked(Relations.outcome(expression));
        if (outcome instanceof Listing(List<Expression> items)) {
            return Relations.withoutConditions(items);
        }
        if (outcome instanceof Words(String text)) {
            return NOTHING.contains(text)
                    ? new Members(List.of())
                    : EVERYTHING.contains(text) ? new Symbol("mathbb R") : outcome;
        }
        return outcome;
    }

    /// Equality of two that are written differently.
    private boolean different(Expression left, Expression right) {
        Optional<Named> leftName = Relations.named(left);
        Optional<Named> rightName = Relations.named(right);
        if (leftName.isPresent() && rightName.isPresent()) {
            return bothNamed(leftName.get(), rightName.get()) || sameRelation(left, right);
        }
        if (spells(left, right) || spells(right, left)) {
            return true;
        }
        if (left instanceof Relation && right instanceof Relation && sameRelation(left, right)) {
            return true;
        }
        if (leftName.isPresent()) {
            return equal(leftName.get().value(), right);
        }
        if (rightName.isPresent()) {
            return equal(left, rightName.get().value());
        }
        if (RealSets.isSet(left) && isSetBeside(right) || RealSets.isSet(right) && isSetBeside(left)) {
            return sameSet(left, right) || sameStructure(left, right);
        }
        return sameStructure(left, right);
    }

    /// Whether letters side by side, as a short name is read, are the word.
    private static boolean spells(Expression letters, Expression word) {
        if (!(letters instanceof Expression.Product(List<Expression> factors))
                || !(word instanceof Words(String text))) {
            return false;
        }
        var spelled = new StringBuilder();
        for (Expression factor : factors) {
            switch (factor) {
                case Symbol(String name) -> spelled.append(name);
                case Constant constant
                when constant == Constant.E || constant == Constant.I -> spelled.append(constant.name());
                default -> {
                    return false;
                }
            }
        }
        return Lowercase.of(spelled.toString()).equals(text);
    }

    private static boolean isSetBeside(Expression expression) {
        return RealSets.isSet(expression)
                || expression instanceof Tuple tuple && tuple.items().size() == 2
                || expression instanceof Listing;
    }

    /// Two different symbols are two different unknowns; other names are only labels.
    private boolean bothNamed(Named left, Named right) {
        boolean unknowns = left.name() instanceof Symbol && right.name() instanceof Symbol;
        return (!unknowns || left.name().equals(right.name())) && equal(left.value(), right.value());
    }

    private boolean sameSet(Expression left, Expression right) {
        boolean bounded = !Rewriting.contains(left, Constant.INFINITY);
        boolean byItems = bounded && left instanceof Tuple && right instanceof Tuple
                || left instanceof Members && right instanceof Listing
                || left instanceof Listing && right instanceof Members;
        if (byItems) {
            return false;
        }
        Optional<RealSet> one = sets.of(left);
        return one.isPresent() && sets.of(right).filter(one.get()::isNear).isPresent();
    }

    private boolean sameStructure(Expression left, Expression right) {
        return switch (left) {
            case Listing(List<Expression> items) -> listing(items, right);
            case Members(List<Expression> items) -> members(items, right);
            case Tuple tuple -> tuple(tuple, right);
            case Matrix matrix -> matrix(matrix, right);
            case Ratio ratio -> ratio(ratio, right);
            case Expression.Union(List<Expression> parts) ->
                right instanceof Expression.Union(List<Expression> others) && unordered(parts, others);
            case Words(String text) ->
                right instanceof Words(String other) && text.replace(" ", "").equals(other.replace(" ", ""));
            case Relation _, Expression.Difference _ -> false;
            default -> scalar(left, right);
        };
    }

    private boolean listing(List<Expression> items, Expression right) {
        return switch (right) {
            case Tuple half when (half.open() == '[') != (half.close() == ']') -> false;
            case Listing(List<Expression> others) -> unordered(items, others);
            case Members(List<Expression> others) -> unordered(items, others);
            case Tuple tuple -> ordered(values(items), tuple.items());
            default -> false;
        };
    }

    /// A list of `x = 1, y = 2` beside coordinates gives them in order.
    private static List<Expression> values(List<Expression> items) {
        return items.stream()
                .map(item -> Relations.named(item).map(Named::value).orElse(item))
                .toList();
    }

    private boolean members(List<Expression> items, Expression right) {
        return switch (right) {
            case Listing(List<Expression> others) -> unordered(items, others);
            case Members(List<Expression> others) -> unordered(items, others);
            case Tuple _, Words _ -> false;
            default -> items.size() == 1 && equal(items.getFirst(), right);
        };
    }

    private boolean tuple(Tuple tuple, Expression right) {
        return switch (right) {
            case Listing listing -> listing(listing.items(), tuple);
            case Matrix matrix -> ordered(tuple.items(), vector(matrix));
            case Tuple other -> sameBrackets(tuple, other) && ordered(tuple.items(), other.items());
            default -> false;
        };
    }

    /// Of two items the brackets make an interval; of more they are a matter of taste.
    private static boolean sameBrackets(Tuple left, Tuple right) {
        return left.items().size() != 2 || left.open() == right.open() && left.close() == right.close();
    }

    private static List<Expression> vector(Matrix matrix) {
        boolean row = matrix.rows().size() == 1;
        boolean column = matrix.rows().getFirst().size() == 1;
        if (row) {
            return matrix.rows().getFirst();
        }
        return column ? matrix.rows().stream().map(List::getFirst).toList() : List.of();
    }

    private boolean matrix(Matrix left, Expression right) {
        if (right instanceof Tuple tuple) {
            return ordered(vector(left), tuple.items());
        }
        if (!(right instanceof Matrix other)
                || left.rows().size() != other.rows().size()) {
            return false;
        }
        for (int i = 0; i < left.rows().size(); i++) {
            if (!ordered(left.rows().get(i), other.rows().get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean ratio(Ratio left, Expression right) {
        if (right instanceof Ratio other && left.parts().size() == other.parts().size()) {
            return proportional(left.parts(), other.parts());
        }
        return !(right instanceof Ratio) && left.parts().size() == 2 && equal(quotient(left), right);
    }

    private static Expression quotient(Ratio ratio) {
        return new Expression.Quotient(ratio.parts().getFirst(), ratio.parts().getLast());
    }

    private boolean proportional(List<Expression> left, List<Expression> right) {
        for (int i = 1; i < left.size(); i++) {
            Expression one = new Expression.Product(List.of(left.get(i), right.getFirst()));
            Expression other = new Expression.Product(List.of(right.get(i), left.getFirst()));
            if (!scalars.equal(one, other)) {
                return false;
            }
        }
        return true;
    }

    private boolean ordered(List<Expression> left, List<Expression> right) {
        if (left.size() != right.size() || left.isEmpty()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean unordered(List<Expression> left, List<Expression> right) {
        if (left.size() != right.size()) {
            return false;
        }
        List<Expression> rest = new ArrayList<>(right);
        for (Expression item : left) {
            int match = indexOfEqual(item, rest);
            if (match < 0) {
                return false;
            }
            rest.remove(match);
        }
        return true;
    }

    private int indexOfEqual(Expression item, List<Expression> others) {
        for (int i = 0; i < others.size(); i++) {
            if (equal(item, others.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /// Chains of one length with equal sides, or two relations of which one is the other times a constant.
    private boolean sameRelation(Expression left, Expression right) {
        if (!(left instanceof Relation one && right instanceof Relation other)
                || one.sides().size() != other.sides().size()) {
            return false;
        }
        if (one.sides().size() > 2) {
            return sameChain(one, other) || sameChain(one, Relations.reversed(other));
        }
        return sameMultiple(one, other);
    }

    private boolean sameChain(Relation left, Relation right) {
        return left.signs().equals(right.signs()) && ordered(left.sides(), right.sides());
    }

    private boolean sameMultiple(Relation left, Relation right) {
        Sign one = left.signs().getFirst();
        Sign other = right.signs().getFirst();
        boolean turned = one != other;
        if (turned && one != Relations.reversed(other)) {
            return false;
        }
        Optional<Rational> multiple =
                difference(left).flatMap(first -> difference(right).flatMap(second -> first.multipleOf(second, steps)));
        boolean unsigned = one == Sign.EQUAL || one == Sign.NOT_EQUAL;
        return multiple.isPresent() && (unsigned || multiple.get().signum() < 0 == turned)
                || !turned && ordered(left.sides(), right.sides());
    }

    private Optional<Fraction> difference(Relation relation) {
        return scalars.difference(relation.sides().getFirst(), relation.sides().getLast());
    }

    private boolean scalar(Expression left, Expression right) {
        return switch (right) {
            case Listing _, Tuple _, Matrix _, Relation _, Words _, Expression.Union _, Expression.Difference _ ->
                false;
            case Members(List<Expression> items) -> items.size() == 1 && equal(left, items.getFirst());
            case Ratio ratio -> ratio(ratio, left);
            default ->
                scalars.equal(left, right)
                        || Rounding.isRounded(left, right, scalars)
                        || Rounding.isRounded(right, left, scalars);
        };
    }
}
