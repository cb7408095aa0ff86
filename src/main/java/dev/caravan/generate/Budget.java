package dev.caravan.generate;

import java.util.Locale;

/// What may still be spent. A request is let through when it fits even if it takes all the tokens that it may take;
/// where it does not, it waits for those that are open, which as a rule take less. So a budget is never overdrawn.
final class Budget {
    private final Endpoint endpoint;
    private long promptTokens;
    private long tokens;
    private long openPromptTokens;
    private long openTokens;
    private int open;

    Budget(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// Whether the request may be sent; waits while others are open and it does not fit. One that may be sent must be
    /// [settled][#settle].
    synchronized boolean admits(EndpointRequest request) throws InterruptedException {
        while (!fits(request)) {
            if (open == 0) return false;
            wait();
        }
        open++;
        openPromptTokens += request.promptBound();
        openTokens += request.tokenBound();
        return true;
    }

    /// Ends a request that was let through.
    synchronized void settle(EndpointRequest request) {
        open--;
        openPromptTokens -= request.promptBound();
        openTokens -= request.tokenBound();
        notifyAll();
    }

    synchronized void spend(StoredAnswer answer) {
        promptTokens += answer.promptTokens();
        tokens += answer.tokens();
    }

    synchronized long promptTokens() {
        return promptTokens;
    }

    synchronized long tokens() {
        return tokens;
    }

    synchronized double money() {
        return endpoint.cost(promptTokens, tokens);
    }

    private boolean fits(EndpointRequest request) {
        long reading = promptTokens + openPromptTokens + request.promptBound();
        long writing = tokens + openTokens + request.tokenBound();
        return endpoint.budgetTokens().filter(most -> reading + writing > most).isEmpty()
                && endpoint.budgetMoney()
                        .filter(most -> endpoint.cost(reading, writing) > most)
                        .isEmpty();
    }

    /// What is spent of what, in words.
    synchronized String state() {
        String money = endpoint.budgetMoney()
                .map(most -> String.format(Locale.ROOT, "%.4f of %.4f spent", money(), most))
                .orElse("");
        String tokensSpent = endpoint.budgetTokens()
                .map(most -> "%d of %d tokens taken".formatted(promptTokens + tokens, most))
                .orElse("");
        return money + (money.isEmpty() || tokensSpent.isEmpty() ? "" : ", ") + tokensSpent;
    }
}
