package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.List;

/// `{"chosen": "\n\nHuman: …\n\nAssistant: …", "rejected": …}`: two transcripts that differ in their last turn.
record HhRlhfShape() implements RowShape {
    private static final String BREAK = "\n\n";
    private static final String HUMAN = "\n\nHuman:";
    private static final String ASSISTANT = "\n\nAssistant:";

    @Override
    public String keys() {
        return "chosen and rejected as transcripts";
    }

    @Override
    public boolean fits(JsonRow row) {
        return isTranscript(row, "chosen") && isTranscript(row, "rejected");
    }

    @Override
    public Turns read(JsonRow row) {
        return Turns.pair(row, messages(row.text("chosen")), messages(row.text("rejected")));
    }

    private static boolean isTranscript(JsonRow row, String key) {
        return row.isText(key) && row.text(key).startsWith(HUMAN);
    }

    private static List<Message> messages(String transcript) {
        var messages = new ArrayList<Message>();
        int start = 0;
        while (start < transcript.length()) {
            boolean human = transcript.startsWith(HUMAN, start);
            int from = start + (human ? HUMAN : ASSISTANT).length();
            int end = nextTurn(transcript, from);
            String content = transcript.substring(from, end).strip();
            messages.add(human ? Message.user(content) : Message.assistant(content));
            start = end;
        }
        return messages;
    }

    private static int nextTurn(String transcript, int from) {
        int next = transcript.indexOf(BREAK, from);
        while (next >= 0 && !transcript.startsWith(HUMAN, next) && !transcript.startsWith(ASSISTANT, next)) {
            next = transcript.indexOf(BREAK, next + 1);
        }
        return next < 0 ? transcript.length() : next;
    }
}
