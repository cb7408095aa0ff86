package dev.caravan.verify.maths;

/// The end of an attempt to read, expand or evaluate an answer; never leaves this package. Without a stack trace,
/// for most texts are no formulas.
final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1;

    enum Cause {
        /// The text is no formula of the kind that is read here.
        UNREADABLE,
        /// There is no value, such as a quotient by zero, or none that is computed here.
        NO_VALUE,
        /// The steps are spent.
        STEPS_SPENT
    }

    private final Cause why;

    Undecided(Cause why) {
        super(why.name(), null, false, false);
        this.why = why;
    }

    static Undecided unreadable() {
        return new Undecided(Cause.UNREADABLE);
    }

    static Undecided noValue() {
        return new Undecided(Cause.NO_VALUE);
    }

    boolean stepsSpent() {
        return why == Cause.STEPS_SPENT;
    }
}
