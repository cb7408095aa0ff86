package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Value.Array;
import dev.caravan.text.jinja.Value.Bool;
import dev.caravan.text.jinja.Value.Dict;
import dev.caravan.text.jinja.Value.Int;
import dev.caravan.text.jinja.Value.None;
import dev.caravan.text.jinja.Value.Real;
import dev.caravan.text.jinja.Value.Text;
import dev.caravan.text.jinja.Value.Undefined;
import java.math.BigInteger;

/// What stands behind `is`.
final class Tests {
    private Tests() {}

    static boolean holds(String name, Value value, Arguments arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value instanceof None;
            case "string" -> value instanceof Text;
            case "mapping" -> value instanceof Dict;
            case "sequence" -> isSequence(value);
            case "iterable" -> isSequence(value) || value instanceof Value.Lazy;
            case "callable" -> value instanceof Value.Callable;
            case "boolean" -> value instanceof Bool;
            case "true" -> value.equals(Value.TRUE);
            case "false" -> value.equals(Value.FALSE);
            case "lower" -> StringMethods.isLower(Display.str(value).toString());
            case "upper" -> StringMethods.isUpper(Display.str(value).toString());
            default -> numeric(name, value, arguments);
        };
    }

    private static boolean isSequence(Value value) {
        return value instanceof Text || value instanceof Array || value instanceof Dict || value instanceof Undefined;
    }

    private static boolean numeric(String name, Value value, Arguments arguments) {
        return switch (name) {
            case "number" -> Operators.isNumber(value);
            case "integer" -> value instanceof Int;
            case "float" -> value instanceof Real;
            case "odd" -> Operators.whole(value).testBit(0);
            case "even" -> !Operators.whole(value).testBit(0);
            case "divisibleby" -> isDivisible(value, arguments.need(0, "num"));
            default -> comparison(name, value, arguments);
        };
    }

    private static boolean isDivisible(Value value, Value by) {
        Value remainder = Operators.arithmetic("%", new Int(Operators.whole(value)), new Int(Operators.whole(by)));
        return remainder.equals(new Int(BigInteger.ZERO));
    }

    private static boolean comparison(String name, Value value, Arguments arguments) {
        return switch (name) {
            case "eq", "equalto", "==" -> Operators.equal(value, arguments.need(0, "other"));
            case "ne", "!=" -> !Operators.equal(value, arguments.need(0, "other"));
            case "lt", "lessthan", "<" -> Operators.holds("<", value, arguments.need(0, "other"));
            case "gt", "greaterthan", ">" -> Operators.holds(">", value, arguments.need(0, "other"));
            case "le", "<=" -> Operators.holds("<=", value, arguments.need(0, "other"));
            case "ge", ">=" -> Operators.holds(">=", value, arguments.need(0, "other"));
            case "in" -> Operators.contains(arguments.need(0, "seq"), value);
            case "sameas" -> isSame(value, arguments.need(0, "other"));
            default -> throw TemplateException.runtime("there is no test '" + name + "'");
        };
    }

    /// Python keeps one object for each small number, truth value and `None`.
    private static boolean isSame(Value a, Value b) {
        boolean unique = a instanceof Bool || a instanceof Int || a instanceof None;
        return unique ? a.equals(b) : a == b;
    }
}
