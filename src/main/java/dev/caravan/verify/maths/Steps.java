package dev.caravan.verify.maths;

/// The work that one comparison may still cost. A step is about one operation on numbers of 64 bits.
final class Steps {
    static final int ENOUGH = 400_000;

    private int left;

    Steps(int left) {
        this.left = left;
    }

    void spend(long steps) {
        if (steps > left) {
            throw new Undecided(Undecided.Cause.STEPS_SPENT);
        }
        left -= (int) steps;
    }

    int left() {
        return left;
    }
}
