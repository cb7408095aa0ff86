package dev.caravan.text;

/// Token ids with the part of the text each stands for, in UTF-16 units: token `i` covers `[starts[i], ends[i])`.
/// A token that holds some bytes of a character covers the whole character.
public record Encoding(int[] ids, int[] starts, int[] ends) {
    public int size() {
        return ids.length;
    }
}
