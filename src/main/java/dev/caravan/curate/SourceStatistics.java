package dev.caravan.curate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.caravan.data.Skill;
import java.util.Optional;
import java.util.SortedMap;

/// What a source gave, in numbers. `rows` is `kept` and all of `rejected` together.
///
/// @param rejected rows that left, by what rejected them
/// @param turns messages of a row, bad rows aside
/// @param tokens of a row's messages, without those of a template, bad rows aside; absent without a tokenizer
/// @param words of a row: runs of characters without white space, bad rows aside
/// @param characters of a row (UTF-16 units), bad rows aside
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SourceStatistics(
        String source,
        Optional<String> licence,
        Optional<Skill> skill,
        long rows,
        long kept,
        SortedMap<String, Long> rejected,
        Distribution turns,
        Optional<Distribution> tokens,
        Distribution words,
        Distribution characters) {}
