package dev.caravan.curate;

/// The first bad row ends the reading.
public record StopBadRows() implements BadRows {
    @Override
    public double share() {
        return 0;
    }
}
