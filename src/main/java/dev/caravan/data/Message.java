package dev.caravan.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One turn of a conversation.
///
/// @param role `system`, `user`, `assistant`, or `tool` for what a tool answered
/// @param content the text, exactly as written
/// @param toolCalls the calls that an assistant's turn makes: a list of objects, as the template is to see them
/// @param toolCallId which call a tool answers
/// @param name of the tool that answers
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Message(
        String role,
        String content,
        @JsonProperty("tool_calls") Optional<JsonNode> toolCalls,
        @JsonProperty("tool_call_id") Optional<String> toolCallId,
        Optional<String> name) {
    public static final String SYSTEM = "system";
    public static final String USER = "user";
    public static final String ASSISTANT = "assistant";
    public static final String TOOL = "tool";

    public Message {
        toolCalls = toolCalls.filter(calls -> !calls.isEmpty()); // an absent key is read as a node that holds nothing
    }

    /// A turn of text alone.
    public Message(String role, String content) {
        this(role, content, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Message system(String content) {
        return new Message(SYSTEM, content);
    }

    public static Message user(String content) {
        return new Message(USER, content);
    }

    public static Message assistant(String content) {
        return new Message(ASSISTANT, content);
    }

    /// An assistant's turn that calls tools.
    ///
    /// @param calls a list of objects
    public static Message calling(String content, JsonNode calls) {
        return new Message(ASSISTANT, content, Optional.of(calls), Optional.empty(), Optional.empty());
    }

    public static Message tool(String content) {
        return new Message(TOOL, content);
    }

    /// The same turn with another text.
    public Message with(String otherContent) {
        return new Message(role, otherContent, toolCalls, toolCallId, name);
    }

    /// Whether it says nothing but white space and calls no tool.
    public boolean saysNothing() {
        return content.isBlank() && toolCalls.isEmpty();
    }
}
