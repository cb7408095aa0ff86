package dev.caravan.verify.instructions;

/// How a count is compared with the one that was asked for.
enum Relation {
    LESS_THAN,
    AT_LEAST;

    /// @throws dev.caravan.DataException when the argument is neither `less than` nor `at least`
    static Relation of(Arguments given, String name) {
        return switch (given.text(name)) {
            case "less than" -> LESS_THAN;
            case "at least" -> AT_LEAST;
            default -> throw given.unusable(name, "'less than' or 'at least'", "'" + given.text(name) + "'");
        };
    }

    boolean holds(long found, long asked) {
        return switch (this) {
            case LESS_THAN -> found < asked;
            case AT_LEAST -> found >= asked;
        };
    }
}
