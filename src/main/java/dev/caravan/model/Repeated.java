package dev.caravan.model;

/// Sizes made to repeat. The engine compiles a kernel for every new shape of a matrix product; batches of a few
/// thousand tokens hardly ever have the same shape twice, unless they are filled up.
final class Repeated {
    private static final int FEWEST_ROWS = 256; // below this, filling up costs more than compiling
    private static final int ROWS = 64;
    private static final int FEWEST_POSITIONS = 48;
    private static final int POSITIONS = 16;

    private Repeated() {}

    /// Rows of a flat batch or of a chunk of the head.
    static int rows(int count) {
        return count < FEWEST_ROWS ? count : up(count, ROWS);
    }

    /// As many rows of a chunk as fit, so that a full chunk needs no filling up.
    static int rowsWithin(long most) {
        return (int) (most < FEWEST_ROWS ? Math.max(1, most) : most / ROWS * ROWS);
    }

    /// Positions of a segment.
    static int positions(int count) {
        return count < FEWEST_POSITIONS ? count : up(count, POSITIONS);
    }

    private static int up(int count, int step) {
        return (count + step - 1) / step * step;
    }
}
