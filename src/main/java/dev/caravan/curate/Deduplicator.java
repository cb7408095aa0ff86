package dev.caravan.curate;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.text.Lowercase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Leaves one of the conversations that say the same, within a source and across sources.
///
/// Two rows are exact duplicates when they have the same roles, texts and tool calls, case and amount of white space
/// aside. With `near` they are near-duplicates, too, when the Jaccard similarity of their sets of word 5-grams
/// reaches it; pairs are found by [MinHash] and decided on the sets themselves. A cluster is all that is joined by
/// such pairs, so its ends may be less alike than `near`. The clusters do not depend on the order of the rows. All
/// rows are held in memory.
///
/// @param near similarity from which rows count as near-duplicates; absent: only exact duplicates are left out
/// @param keep which row of a cluster stays
public record Deduplicator(
        Optional<Double> near, @Default("{type: first}") Keep keep) {
    public static final String NAME = "duplicate";
    public static final String NEAR_NAME = "near-duplicate";
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    public Deduplicator {
        if (near.filter(similarity -> !(similarity > 0 && similarity <= 1)).isPresent()) {
            throw new IllegalArgumentException("near must be above 0 and at most 1, got " + near.get());
        }
    }

    /// Exact duplicates only; the first stays.
    public static Deduplicator exact() {
        return new Deduplicator(Optional.empty(), new Keep.First());
    }

    /// The same rule for exact duplicates only.
    Deduplicator withoutNear() {
        return new Deduplicator(Optional.empty(), keep);
    }

    /// Each rejection says which row it repeats.
    public Deduplication deduplicate(Stream<Conversation> stream) {
        return deduplicate(stream, _ -> true);
    }

    /// @param preferred rows one of which stays in a cluster that has any, whatever `keep` says of the others
    Deduplication deduplicate(Stream<Conversation> stream, Predicate<Conversation> preferred) {
        List<Conversation> rows = stream.toList();
        List<HashValue128> texts =
                rows.parallelStream().map(Deduplicator::normalHash).toList();
        var sets = new DisjointSets(rows.size());
        joinEqual(texts, sets);
        near.ifPresent(similarity -> new NearDuplicates(similarity, rows).join(sets));
        return new Clustering(rows, texts, keep, preferred).result(sets);
    }

    private static void joinEqual(List<HashValue128> texts, DisjointSets sets) {
        Map<HashValue128, Integer> first = HashMap.newHashMap(texts.size());
        for (int row = 0; row < texts.size(); row++) {
            Integer earlier = first.putIfAbsent(texts.get(row), row);
            if (earlier != null) sets.join(earlier, row);
        }
    }

    /// A hash of the normalised text. Rows with the same 128 bits are taken for equal: among a thousand million rows of
    /// different texts, the chance that any two of them meet is below 10⁻²⁰.
    public static HashValue128 normalHash(Conversation row) {
        return Hashing.murmur3_128().hashCharsTo128Bits(normalised(row));
    }

    /// Roles and texts in lower case with single spaces, one message a line.
    static String normalised(Conversation conversation) {
        return conversation.messages().stream()
                .map(message -> message.role() + ": " + normalised(message.content())
                        + message.toolCalls()
                                .map(calls -> " " + normalised(calls.toString()))
                                .orElse(""))
                .collect(Collectors.joining("\n"));
    }

    private static String normalised(String text) {
        return WHITE_SPACE.matcher(Lowercase.of(text)).replaceAll(" ").strip();
    }
}
