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
import java.util.ArrayList;
import java.util.List;

/// Python's operators and conversions on template values.
final class Operators {
    private Operators() {}

    static boolean isTrue(Value value) {
        return switch (value) {
            case None _, Undefined _ -> false;
            case Bool(boolean truth) -> truth;
            case Int(BigInteger number) -> number.signum() != 0;
            case Real(double number) -> number != 0;
            case Text(TracedText text) -> !text.isEmpty();
            case Array array -> !array.items().isEmpty();
            case Dict dict -> !dict.entries().isEmpty();
            case Value.Lazy _, Value.Namespace _, Value.Callable _ -> true;
        };
    }

    static boolean isNumber(Value value) {
        return value instanceof Int || value instanceof Real || value instanceof Bool;
    }

    static double real(Value value) {
        return value instanceof Real(double number) ? number : whole(value).doubleValue();
    }

    static BigInteger whole(Value value) {
        return switch (value) {
            case Int(BigInteger number) -> number;
            case Bool(boolean truth) -> truth ? BigInteger.ONE : BigInteger.ZERO;
            default -> throw TemplateException.runtime("a whole number is needed, got " + type(value));
        };
    }

    /// A whole number as an int, cut off at the int range.
    static int integer(Value value) {
        BigInteger number = whole(value);
        if (number.bitLength() < Integer.SIZE) return number.intValue();
        return number.signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }

    static TracedText text(Value value) {
        if (value instanceof Text(TracedText text)) return text;
        throw TemplateException.runtime("a string is needed, got " + type(value));
    }

    /// Python's name of a value's type, for messages.
    static String type(Value value) {
        return switch (value) {
            case None _ -> "None";
            case Undefined(String what) -> "undefined '" + what + "'";
            case Bool _ -> "bool";
            case Int _ -> "int";
            case Real _ -> "float";
            case Text _ -> "str";
            case Array array -> array.tuple() ? "tuple" : "list";
            case Dict _ -> "dict";
            case Value.Lazy _ -> "generator";
            case Value.Namespace _ -> "namespace";
            case Value.Callable _ -> "function";
        };
    }

    /// The items of anything that can be looped over: characters of a string, keys of a dictionary.
    static List<Value> items(Value value) {
        return switch (value) {
            case Undefined _ -> List.of();
            case Array array -> array.items();
            case Value.Lazy lazy -> lazy.items();
            case Dict dict -> List.copyOf(dict.entries().keySet());
            case Text(TracedText text) -> characters(text);
            default -> throw TemplateException.runtime(type(value) + " cannot be looped over");
        };
    }

    private static List<Value> characters(TracedText text) {
        String chars = text.toString();
        var characters = new ArrayList<Value>();
        for (int i = 0; i < chars.length(); ) {
            int end = chars.offsetByCodePoints(i, 1);
            characters.add(new Text(text.slice(i, end)));
            i = end;
        }
        return characters;
    }

    /// `len`: code points, items or entries.
    static int length(Value value) {
        return switch (value) {
            case Text text -> text.toString().codePointCount(0, text.toString().length());
            case Dict dict -> dict.entries().size();
            case Value.Lazy _ -> throw TemplateException.runtime("a generator has no length; put | list before it");
            default -> items(value).size();
        };
    }

    static boolean equal(Value a, Value b) {
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Real || b instanceof Real ? real(a) == real(b) : whole(a).equals(whole(b));
        }
        if (a instanceof Undefined && b instanceof Undefined) return true;
        if (a instanceof Array x && b instanceof Array y) return x.tuple() == y.tuple() && equal(x.items(), y.items());
        if (a instanceof Dict x && b instanceof Dict y) return equalEntries(x, y);
        return a.equals(b);
    }

    private static boolean equal(List<Value> a, List<Value> b) {
        if (a.size() != b.size()) return false;
        for (int i = 0; i < a.size(); i++) if (!equal(a.get(i), b.get(i))) return false;
        return true;
    }

    private static boolean equalEntries(Dict a, Dict b) {
        return a.entries().size() == b.entries().size()
                && a.entries().entrySet().stream().allMatch(entry -> {
                    Value other = b.entries().get(entry.getKey());
                    return other != null && equal(entry.getValue(), other);
                });
    }

    static int compare(Value a, Value b) {
        if (isNumber(a) && isNumber(b)) {
            boolean real = a instanceof Real || b instanceof Real;
            return real ? Double.compare(real(a), real(b)) : whole(a).compareTo(whole(b));
        }
        if (a instanceof Text(TracedText x) && b instanceof Text(TracedText y)) return x.compareTo(y);
        if (a instanceof Array x && b instanceof Array y) return compare(x.items(), y.items());
        throw TemplateException.runtime(type(a) + " and " + type(b) + " have no order");
    }

    private static int compare(List<Value> a, List<Value> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!equal(a.get(i), b.get(i))) return compare(a.get(i), b.get(i));
        }
        return Integer.compare(a.size(), b.size());
    }

    static boolean contains(Value container, Value item) {
        return switch (container) {
            case Text text -> text.toString().contains(text(item).toString());
            case Dict dict -> dict.entries().containsKey(item);
            default -> items(container).stream().anyMatch(candidate -> equal(candidate, item));
        };
    }

    static boolean holds(String operator, Value left, Value right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "in" -> contains(right, left);
            case "not in" -> !contains(right, left);
            case "<" -> compare(left, right) < 0;
            case ">" -> compare(left, right) > 0;
            case "<=" -> compare(left, right) <= 0;
            default -> compare(left, right) >= 0;
        };
    }

    static Value negative(Value value) {
        if (value instanceof Real(double number)) return new Real(-number);
        return new Int(whole(value).negate());
    }

    static Value positive(Value value) {
        return value instanceof Real ? value : new Int(whole(value));
    }

    static Value arithmetic(String operator, Value left, Value right) {
        if (isNumber(left) && isNumber(right)) {
            boolean real = left instanceof Real || right instanceof Real || operator.equals("/");
            return real ? reals(operator, real(left), real(right)) : wholes(operator, whole(left), whole(right));
        }
        return switch (operator) {
            case "+" -> sum(left, right);
            case "*" -> right instanceof Int || right instanceof Bool ? repeat(left, right) : repeat(right, left);
            case "%" -> new Text(PercentFormat.format(text(left), right));
            default -> throw unsupported(operator, left, right);
        };
    }

    private static TemplateException unsupported(String operator, Value left, Value right) {
        return TemplateException.runtime(operator + " does not work on " + type(left) + " and " + type(right));
    }

    private static Value sum(Value left, Value right) {
        if (left instanceof Text(TracedText x) && right instanceof Text(TracedText y)) {
            Limits.checkText((long) x.length() + y.length());
            return new Text(x.plus(y));
        }
        if (left instanceof Array x && right instanceof Array y && x.tuple() == y.tuple()) {
            Limits.checkItems((long) x.items().size() + y.items().size());
            var items = new ArrayList<>(x.items());
            items.addAll(y.items());
            return new Array(List.copyOf(items), x.tuple());
        }
        throw unsupported("+", left, right);
    }

    private static Value repeat(Value value, Value times) {
        int count = Math.max(0, integer(times));
        if (value instanceof Text(TracedText text)) {
            Limits.checkText((long) text.length() * count);
            var builder = new TracedText.Builder();
            for (int i = 0; i < count; i++) builder.append(text);
            return new Text(builder.build());
        }
        if (value instanceof Array array) {
            Limits.checkItems((long) array.items().size() * count);
            var items = new ArrayList<Value>();
            for (int i = 0; i < count; i++) items.addAll(array.items());
            return new Array(List.copyOf(items), array.tuple());
        }
        throw unsupported("*", value, times);
    }

    private static Value reals(String operator, double x, double y) {
        if (y == 0 && (operator.startsWith("/") || operator.equals("%"))) throw divisionByZero();
        return new Real(
                switch (operator) {
                    case "+" -> x + y;
                    case "-" -> x - y;
                    case "*" -> x * y;
                    case "/" -> x / y;
                    case "//" -> Math.floor(x / y);
                    case "%" -> x - y * Math.floor(x / y);
                    default -> Math.pow(x, y);
                });
    }

    private static Value wholes(String operator, BigInteger x, BigInteger y) {
        if (y.signum() == 0 && (operator.equals("//") || operator.equals("%"))) throw divisionByZero();
        if (operator.equals("**")) return power(x, y);
        BigInteger result = switch (operator) {
            case "+" -> x.add(y);
            case "-" -> x.subtract(y);
            case "*" -> x.multiply(y);
            case "//" -> floorDivide(x, y);
            default -> x.subtract(y.multiply(floorDivide(x, y)));
        };
        Limits.checkBits(result.bitLength());
        return new Int(result);
    }

    private static Value power(BigInteger x, BigInteger y) {
        if (y.signum() < 0) return new Real(Math.pow(x.doubleValue(), y.doubleValue()));
        int exponent = integer(new Int(y));
        Limits.checkBits((long) Math.max(1, x.bitLength()) * exponent);
        return new Int(x.pow(exponent));
    }

    private static BigInteger floorDivide(BigInteger x, BigInteger y) {
        BigInteger[] parts = x.divideAndRemainder(y);
        boolean roundedUp = parts[1].signum() != 0 && parts[1].signum() != y.signum();
        return roundedUp ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static TemplateException divisionByZero() {
        return TemplateException.runtime("division by zero");
    }
}
