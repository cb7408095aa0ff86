package dev.caravan.generate;

import dev.caravan.data.Message;
import java.util.List;

/// What a [ChatModel] is asked.
public sealed interface Question {
    /// Names the question for its random draws: the same key and seed give the same draws, whatever else is asked.
    String key();

    /// How many answers are wanted.
    int samples();

    /// A conversation that awaits the assistant's turn.
    ///
    /// @param opening with which that turn begins, no part of the answer; empty where the assistant begins it
    record Chat(String key, List<Message> messages, String opening, int samples) implements Question {
        public Chat {
            messages = List.copyOf(messages);
            requirePositive(samples);
        }

        public Chat(String key, List<Message> messages, int samples) {
            this(key, messages, "", samples);
        }
    }

    /// A conversation in which the first word of the assistant's turn decides. Who answers also tells with what else
    /// it might have begun, where it can.
    record Decision(Chat chat) implements Question {
        public Decision(String key, List<Message> messages) {
            this(new Chat(key, messages, 1));
        }

        @Override
        public String key() {
            return chat.key();
        }

        @Override
        public int samples() {
            return chat.samples();
        }
    }

    /// A text to be continued, without a chat template.
    record Text(String key, String prompt, int samples) implements Question {
        public Text {
            requirePositive(samples);
        }
    }

    /// One answer to one message of the user.
    static Question of(String key, String user) {
        return new Chat(key, List.of(Message.user(user)), 1);
    }

    private static void requirePositive(int samples) {
        if (samples < 1) throw new IllegalArgumentException("samples must be positive, got " + samples);
    }
}
