package dev.caravan.text;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/// Token ids with the part of the text each stands for, in UTF-16 units: token `i` covers `[starts[i], ends[i])`.
/// A token that holds some bytes of a character covers the whole character.
public record Encoding(int[] ids, int[] starts, int[] ends) {
    public int size() {
        return ids.length;
    }

    /// Joins the encodings of consecutive stretches of a text.
    static final class Builder {
        private final IntArrayList ids = new IntArrayList();
        private final IntArrayList starts = new IntArrayList();
        private final IntArrayList ends = new IntArrayList();

        void add(int id, int start, int end) {
            ids.add(id);
            starts.add(start);
            ends.add(end);
        }

        /// @param shift where in the whole text the stretch begins
        Builder add(Encoding stretch, int shift) {
            for (int i = 0; i < stretch.size(); i++) {
                add(stretch.ids[i], shift + stretch.starts[i], shift + stretch.ends[i]);
            }
            return this;
        }

        Encoding build() {
            return new Encoding(ids.toIntArray(), starts.toIntArray(), ends.toIntArray());
        }
    }
}
