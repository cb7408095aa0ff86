package dev.caravan.curate;

import java.io.Serializable;
import java.util.List;

/// One item of an evaluation task, whose texts must not be trained on.
///
/// @param id unique within the task
/// @param texts the fields that are compared; no n-gram reaches from one into the next
public record TestItem(String task, String id, List<String> texts) implements Serializable {
    public TestItem {
        texts = List.copyOf(texts);
    }
}
