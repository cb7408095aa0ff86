package dev.caravan.curate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many items of a task were compared, for the report.
///
/// @param shortItems items too short for an n-gram, which only a turn of exactly their words repeats
/// @param empty items without a word, which nothing repeats
record TaskCounts(String task, int items, int shortItems, int empty) {
    static List<Map<String, Object>> of(Screening screening) {
        Map<String, TaskCounts> counts = new LinkedHashMap<>();
        int n = screening.rule().method().n();
        for (TestItem item : screening.items()) {
            counts.merge(item.task(), of(item, n), TaskCounts::plus);
        }
        return counts.values().stream().map(TaskCounts::line).toList();
    }

    private static TaskCounts of(TestItem item, int n) {
        int longest = item.texts().stream()
                .mapToInt(text -> Words.of(text).size())
                .max()
                .orElse(0);
        return new TaskCounts(item.task(), 1, longest > 0 && longest < n ? 1 : 0, longest == 0 ? 1 : 0);
    }

    private TaskCounts plus(TaskCounts more) {
        return new TaskCounts(task, items + more.items, shortItems + more.shortItems, empty + more.empty);
    }

    private Map<String, Object> line() {
        var line = new LinkedHashMap<String, Object>();
        line.put("task", task);
        line.put("items", items);
        line.put("short_items", shortItems);
        line.put("items_without_words", empty);
        return line;
    }
}
