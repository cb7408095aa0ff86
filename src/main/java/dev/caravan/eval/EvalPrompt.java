package dev.caravan.eval;

import dev.caravan.data.Message;
import dev.caravan.generate.Question;
import java.util.List;
import java.util.stream.Collectors;

/// What a model reads of an item.
public sealed interface EvalPrompt {
    /// For people: the conversation, or the text.
    Object shown();

    /// The prompt as a model is asked it.
    ///
    /// @param key names its random draws
    Question question(String key, int samples);

    /// A conversation whose next turn is the assistant's.
    ///
    /// @param opening with which the assistant's turn begins; empty where the model begins it
    record Chat(List<Message> messages, String opening) implements EvalPrompt {
        public Chat {
            messages = List.copyOf(messages);
        }

        @Override
        public Object shown() {
            return messages.size() == 1 && opening.isEmpty()
                    ? messages.getFirst().content()
                    : turns();
        }

        @Override
        public Question question(String key, int samples) {
            return new Question.Chat(key, messages, opening, samples);
        }

        private List<Message> turns() {
            if (opening.isEmpty()) return messages;
            return java.util.stream.Stream.concat(
                            messages.stream(), java.util.stream.Stream.of(Message.assistant(opening)))
                    .collect(Collectors.toUnmodifiableList());
        }
    }

    /// A text that the model goes on with.
    record Plain(String text) implements EvalPrompt {
        @Override
        public Object shown() {
            return text;
        }

        @Override
        public Question question(String key, int samples) {
            return new Question.Text(key, text, samples);
        }
    }
}
