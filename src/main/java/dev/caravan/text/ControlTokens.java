package dev.caravan.text;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The tokens by which a model's texts begin, end and are filled up.
///
/// @param begin the beginning of text: what a template's `bos_token` stands for
/// @param end the end of a text or turn: what its `eos_token` stands for
/// @param ends every token that ends a completion, `end` included
/// @param pad the filling token; it may be one of `ends`, since no mask is ever made from it
/// @param beginsText whether a text that is no conversation starts with `begin`
public record ControlTokens(
        OptionalInt begin, OptionalInt end, List<Integer> ends, OptionalInt pad, boolean beginsText) {
    public ControlTokens {
        ends = Stream.concat(end.stream().boxed(), ends.stream()).distinct().toList();
    }

    boolean isEnd(int id) {
        return ends.contains(id);
    }

    int[] endIds() {
        return ends.stream().flatMapToInt(IntStream::of).toArray();
    }
}
