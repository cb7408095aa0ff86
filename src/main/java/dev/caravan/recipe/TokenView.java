package dev.caravan.recipe;

import dev.caravan.data.Message;
import dev.caravan.text.TokenContract;
import dev.caravan.text.TokenizedConversation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A row as its tokens, each with its owner and loss weight: what the report colours.
final class TokenView {
    private TokenView() {}

    static Map<String, Object> of(
            String id, List<Message> messages, TokenizedConversation tokens, TokenContract contract) {
        var shown = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < tokens.size(); i++) {
            var token = new LinkedHashMap<String, Object>();
            token.put("id", tokens.ids()[i]);
            token.put("text", contract.tokenizer().tokenText(tokens.ids()[i]));
            int owner = tokens.owners()[i];
            token.put(
                    "owner",
                    owner == TokenizedConversation.TEMPLATE
                            ? "template"
                            : messages.get(owner).role());
            token.put("loss_weight", tokens.lossWeights()[i]);
            shown.add(token);
        }
        var view = new LinkedHashMap<String, Object>();
        view.put("id", id);
        view.put("tokens", shown);
        return view;
    }
}
