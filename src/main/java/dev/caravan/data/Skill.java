package dev.caravan.data;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What a row is meant to teach: the seven core skills of [Tülu 3](https://arxiv.org/abs/2411.15124), section 2.1.
public enum Skill {
    KNOWLEDGE_RECALL,
    REASONING,
    MATHEMATICS,
    CODING,
    INSTRUCTION_FOLLOWING,
    GENERAL_CHAT,
    SAFETY;

    /// As recipes and rows write it, such as `general-chat`.
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
