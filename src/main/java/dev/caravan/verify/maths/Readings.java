package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Apply;
import dev.caravan.verify.maths.Expression.Constant;
import dev.caravan.verify.maths.Expression.Listing;
import dev.caravan.verify.maths.Expression.Members;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The things that one written answer may mean, the likeliest first.
final class Readings {
    private static final Expression ONE = Expression.Number.of(1);
    private static final Expression MINUS_ONE = Expression.Number.of(-1);
    private static final Pattern BETWEEN_THOUSANDS = Pattern.compile("[0-9],[0-9]{3}(?![0-9])");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?(?:0,[0-9]+|[0-9]+,(?:[0-9]{2}|[0-9]{4,}))");

    private Readings() {}

    /// A percent sign or a degree sign behind an answer is a mark without a value first, and a factor second. Where
    /// a comma may separate thousands or answers both are meant, and `plain` text may have a decimal comma.
    ///
    /// @throws Undecided when the text is no answer that can be read
    static List<Expression> of(String text, boolean plain) {
        String bare = text.strip();
        Set<Expression> readings = new LinkedHashSet<>();
        if (plain && DECIMAL_COMMA.matcher(bare).matches()) {
            readings.addAll(marked(AnswerReader.read(bare.replace(',', '.'), false)));
        }
        readings.addAll(marked(AnswerReader.read(text, false)));
        if (BETWEEN_THOUSANDS.matcher(text).find()) {
            readings.addAll(marked(AnswerReader.read(text, true)));
        }
        return List.copyOf(readings);
    }

    private static List<Expression> marked(Expression read) {
        Expression expanded = withoutPlusMinus(read);
        Expression unmarked = withoutMarks(expanded);
        return unmarked.equals(expanded) ? List.of(expanded) : List.of(unmarked, expanded);
    }

    private static Expression withoutMarks(Expression expression) {
        if (expression == Constant.PERCENT || expression == Constant.DEGREE) {
            return ONE;
        }
        if (expression instanceof Apply) {
            return expression; // an angle in degrees
        }
        if (expression instanceof Expression.Product(List<Expression> factors)) {
            return unmarkedProduct(factors);
        }
        return Rewriting.mapParts(expression, Readings::withoutMarks);
    }

    private static Expression unmarkedProduct(List<Expression> factors) {
        List<Expression> rest = factors.stream()
                .filter(factor -> factor != Constant.PERCENT && factor != Constant.DEGREE)
                .map(Readings::withoutMarks)
                .toList();
        return rest.isEmpty() ? ONE : rest.size() == 1 ? rest.getFirst() : new Expression.Product(rest);
    }

    /// Every answer with a sign of plus and minus becomes two.
    private static Expression withoutPlusMinus(Expression expression) {
        if (!hasPlusMinus(expression)) {
            return expression;
        }
        return switch (expression) {
            case Listing(List<Expression> items) -> new Listing(doubled(items));
            case Members(List<Expression> items) -> new Members(doubled(items));
            default -> new Listing(both(expression).toList());
        };
    }

    private static boolean hasPlusMinus(Expression expression) {
        return Rewriting.contains(expression, Constant.PLUS_MINUS)
                || Rewriting.contains(expression, Constant.MINUS_PLUS);
    }

    private static List<Expression> doubled(List<Expression> items) {
        List<Expression> doubled = new ArrayList<>();
        for (Expression item : items) {
            (hasPlusMinus(item) ? both(item) : Stream.of(item)).forEach(doubled::add);
        }
        return List.copyOf(doubled);
    }

    private static Stream<Expression> both(Expression expression) {
        return Stream.of(signed(expression, ONE, MINUS_ONE), signed(expression, MINUS_ONE, ONE));
    }

    private static Expression signed(Expression expression, Expression plusMinus, Expression minusPlus) {
        return Rewriting.replace(
                Rewriting.replace(expression, Constant.PLUS_MINUS, plusMinus), Constant.MINUS_PLUS, minusPlus);
    }
}
