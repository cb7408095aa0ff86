package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Sends rows through filters, and those that are left through a deduplicator, in the form that they have: a filter
/// judges the messages of a conversation, those of a prompt, or those of a pair up to its better answer. A row leaves
/// at the first that objects.
///
/// Prompts count as repetitions only when they are exact duplicates: problems that share a long introduction, or
/// differ in a number, are different problems. Of those that say the same one with a check stays. Pairs are
/// compared with both their answers.
public final class Curator {
    private final Sieve sieve;
    private final Optional<Deduplicator> duplicates;

    /// @param duplicates which rows repeat others, and which of them stay; absent: all stay
    public Curator(List<Filter> filters, Optional<Deduplicator> duplicates) {
        this.sieve = new Sieve(filters);
        this.duplicates = duplicates;
    }

    public Curated<Conversation> conversations(List<Conversation> rows) {
        var form = new Form<Conversation>(Optional.empty(), Function.identity(), Function.identity(), _ -> true);
        return curated(rows, form, sieve::rejection, duplicates);
    }

    public Curated<Prompt> prompts(List<Prompt> rows) {
        var form = new Form<Prompt>(
                Optional.of("prompt"),
                Curator::asConversation,
                Curator::asConversation,
                prompt -> prompt.check().isPresent());
        return curated(rows, form, sieve::rejectionOfPrompt, duplicates.map(Deduplicator::withoutNear));
    }

    public Curated<PreferencePair> pairs(List<PreferencePair> rows) {
        var form = new Form<PreferencePair>(
                Optional.of("preference pair"),
                pair -> asConversation(pair, pair.chosen()),
                pair -> asConversation(pair, pair.chosen(), pair.rejected()),
                _ -> true);
        return curated(rows, form, sieve::rejection, duplicates);
    }

    /// A form of rows.
    ///
    /// @param judged what filters see of a row
    /// @param compared what must be the same in rows that repeat each other
    /// @param preferred rows that stay in place of others that say the same
    private record Form<T>(
            Optional<String> name,
            Function<T, Conversation> judged,
            Function<T, Conversation> compared,
            Predicate<T> preferred) {}

    private static <T> Curated<T> curated(
            List<T> rows,
            Form<T> form,
            Function<Conversation, Optional<Rejection>> rejection,
            Optional<Deduplicator> duplicates) {
        var kept = new ArrayList<T>();
        var rejected = new ArrayList<Curated.Left<T>>();
        for (T row : rows) {
            rejection
                    .apply(form.judged().apply(row))
                    .ifPresentOrElse(
                            reason -> rejected.add(new Curated.Left<>(row, reason, form.name())), () -> kept.add(row));
        }
        return duplicates
                .map(rule -> distinct(kept, rejected, form, rule))
                .orElseGet(() -> new Curated<>(kept, rejected, List.of()));
    }

    private static <T> Curated<T> distinct(
            List<T> rows, List<Curated.Left<T>> rejected, Form<T> form, Deduplicator rule) {
        Map<Conversation, T> byText = new IdentityHashMap<>();
        List<Conversation> texts = rows.stream()
                .map(row -> remembered(byText, form.compared().apply(row), row))
                .toList();
        Function<Conversation, T> row = text -> Objects.requireNonNull(byText.get(text));
        Deduplication result =
                rule.deduplicate(texts.stream(), text -> form.preferred().test(row.apply(text)));
        result.rejected().forEach(left -> rejected.add(new Curated.Left<>(row.apply(left.row()), left, form.name())));
        return new Curated<>(result.kept().stream().map(row).toList(), rejected, result.clusters());
    }

    private static <T> Conversation remembered(Map<Conversation, T> byText, Conversation text, T row) {
        byText.put(text, row);
        return text;
    }

    private static Conversation asConversation(Prompt row) {
        return new Conversation(row.id(), row.source(), row.messages(), row.licence(), row.skill(), row.tools());
    }

    private static Conversation asConversation(PreferencePair row, String... answers) {
        var messages = new ArrayList<>(row.prompt());
        for (String answer : answers) {
            messages.add(Message.assistant(answer));
        }
        return new Conversation(row.id(), row.source(), messages, row.licence(), row.skill(), row.tools());
    }
}
