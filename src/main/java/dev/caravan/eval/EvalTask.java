package dev.caravan.eval;

import dev.caravan.RecipeException;
import dev.caravan.curate.TestItem;
import dev.caravan.io.Sha256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An evaluation task with its items: what is scored, what training data is decontaminated against, and the
/// report's row.
///
/// @param items each with an id of its own
public record EvalTask(TaskDefinition definition, List<EvalItem> items) {
    public EvalTask {
        items = List.copyOf(items);
    }

    public String name() {
        return definition.name();
    }

    /// The name as files bear it.
    public String fileName() {
        return name().replaceAll("[^A-Za-z0-9._-]+", ".");
    }

    /// The SHA-256 of everything that decides a score, in hexadecimal digits.
    public String contentHash() {
        return Sha256.of(items.stream()
                .map(EvalItem::hash)
                .collect(Collectors.joining("\n", name() + " " + definition.version() + "\n", "")));
    }

    /// A smaller task of the same name: the first items, of every group alike.
    public EvalTask limitedTo(int count) {
        Map<String, Deque<EvalItem>> groups = new LinkedHashMap<>();
        items.forEach(item ->
                groups.computeIfAbsent(item.group(), _ -> new ArrayDeque<>()).add(item));
        var taken = new HashSet<EvalItem>();
        while (taken.size() < Math.min(count, items.size())) {
            for (Deque<EvalItem> group : groups.values()) {
                if (!group.isEmpty() && taken.size() < count) taken.add(group.remove());
            }
        }
        return new EvalTask(definition, items.stream().filter(taken::contains).toList());
    }

    /// One of its groups, as a task of its own.
    ///
    /// @throws RecipeException when there is no such group
    public EvalTask ofGroup(String group) {
        var found = new ArrayList<>(items);
        found.removeIf(item -> !item.group().equals(group));
        if (found.isEmpty()) {
            throw new RecipeException("task %s has no sub-task '%s'; it has %s"
                    .formatted(
                            name(),
                            group,
                            items.stream().map(EvalItem::group).distinct().toList()));
        }
        return new EvalTask(definition.named(name() + ":" + group), found);
    }

    /// What must not be trained on.
    public List<TestItem> protectedTexts() {
        return items.stream()
                .map(item -> new TestItem(name(), item.id(), item.protectedTexts()))
                .toList();
    }
}
