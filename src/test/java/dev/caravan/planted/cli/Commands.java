package dev.caravan.planted.cli;

/// A type of the highest layer.
public final class Commands {
    private Commands() {}

    public static String name() {
        return "commands";
    }
}
