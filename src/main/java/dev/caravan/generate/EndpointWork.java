package dev.caravan.generate;

import dev.caravan.DataException;
import dev.caravan.io.Interrupted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// One list of questions on its way through an endpoint: as many virtual threads as requests may be open take the next
/// question until none is left. Whoever ends the work early, those that are open are waited for, since they are paid.
final class EndpointWork {
    private static final int MOST_REFUSALS_IN_A_ROW = 10;

    private record Task(int question, int sample, int place) {}

    /// A question as the endpoint is asked it.
    ///
    /// @param samples answers that are wanted
    /// @param request the one for a sample
    record Asked(int samples, IntFunction<EndpointRequest> request) {}

    private final EndpointModel model;
    private final List<Asked> questions;
    private final long seed;
    private final Watch watch;
    private final ChatModel.Listener<List<Answer>> listener;
    private final int[] missing; // answers to each question
    private final List<Task> tasks = new ArrayList<>();
    private final @Nullable Answer[] answers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refusalsInARow = new AtomicInteger();
    private final Object telling = new Object();
    private int done;
    private volatile @Nullable RuntimeException end;

    /// @param seed of the spread of pauses
    EndpointWork(
            EndpointModel model,
            List<Asked> questions,
            long seed,
            Watch watch,
            ChatModel.Listener<List<Answer>> listener) {
        this.model = model;
        this.questions = questions;
        this.seed = seed;
        this.watch = watch;
        this.listener = listener;
        missing = questions.stream().mapToInt(Asked::samples).toArray();
        for (int question = 0; question < missing.length; question++) {
            for (int sample = 0; sample < missing[question]; sample++) {
                tasks.add(new Task(question, sample, tasks.size()));
            }
        }
        answers = new Answer[tasks.size()];
    }

    List<List<Answer>> done() {
        var workers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(model.endpoint().concurrency(), tasks.size()); i++) {
                workers.add(threads.submit((Runnable) this::work));
            }
        }
        workers.forEach(EndpointWork::requireSound);
        RuntimeException reason = end;
        if (reason != null) throw reason;
        return grouped();
    }

    private List<List<Answer>> grouped() {
        var groups = new ArrayList<List<Answer>>();
        int from = 0;
        for (Asked question : questions) {
            groups.add(Arrays.stream(answers, from, from + question.samples()).toList());
            from += question.samples();
        }
        return groups;
    }

    private static void requireSound(Future<?> worker) {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("waiting for answers was interrupted; what was answered is kept", e);
        }
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
            if (stopped()) return;
            try {
                work(tasks.get(i));
            } catch (RuntimeException e) {
                stop(e);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop(new DataException("waiting for answers was interrupted; what was answered is kept", e));
                return;
            }
        }
    }

    private void work(Task task) throws InterruptedException {
        EndpointRequest request = questions.get(task.question()).request().apply(task.sample());
        var kept = model.kept(request);
        if (kept.isPresent()) {
            finish(task, kept.get());
        } else if (model.budget().admits(request)) {
            try {
                ask(task, request);
            } finally {
                model.budget().settle(request);
            }
        } else {
            stop(new Interrupted(
                    "the budget is spent: %s; the next request may take more than is left. Raise the budget,"
                                    .formatted(model.budget().state())
                            + " and run the same command again: what was answered is kept"));
        }
    }

    private void ask(Task task, EndpointRequest request) throws InterruptedException {
        switch (model.ask(request, seed, caller(request))) {
            case EndpointCalls.Outcome.Answered(var answer) -> {
                refusalsInARow.set(0);
                finish(task, answer);
            }
            case EndpointCalls.Outcome.Refused(var because) -> {
                if (refusalsInARow.incrementAndGet() >= MOST_REFUSALS_IN_A_ROW) {
                    throw new DataException(
                            ("%d requests in a row came to nothing, the last because %s; what was answered"
                                            + " is kept: check url and model, and run the same command again")
                                    .formatted(MOST_REFUSALS_IN_A_ROW, because));
                }
                finish(task, new Answer.Failed(because));
            }
            case EndpointCalls.Outcome.Stopped _ -> {}
        }
    }

    private EndpointCalls.Caller caller(EndpointRequest request) {
        return new EndpointCalls.Caller() {
            @Override
            public void useless(EndpointReply.Nonsense nonsense) {
                model.keep(StoredAnswer.useless(
                        request.hash(), nonsense.because(), nonsense.promptTokens(), nonsense.tokens()));
            }

            @Override
            public void say(String message) {
                synchronized (telling) {
                    watch.progress().say(message);
                }
            }

            @Override
            public boolean stopped() {
                return EndpointWork.this.stopped();
            }
        };
    }

    private boolean stopped() {
        if (end == null && watch.interrupt().requested()) {
            stop(new Interrupted("stopped with %d of %d answers, which are kept; run the same command again"
                    .formatted(doneSoFar(), tasks.size())));
        }
        return end != null;
    }

    /// The first reason is the one that is told.
    private synchronized void stop(RuntimeException reason) {
        if (end == null) end = reason;
    }

    private int doneSoFar() {
        synchronized (telling) {
            return done;
        }
    }

    private void finish(Task task, Answer answer) {
        synchronized (telling) {
            answers[task.place()] = answer;
            done++;
            if (--missing[task.question()] == 0) tell(task);
            watch.progress().step(done, tasks.size(), shown());
        }
    }

    private void tell(Task last) {
        int from = last.place() - last.sample();
        int samples = questions.get(last.question()).samples();
        listener.answered(
                last.question(), Arrays.stream(answers, from, from + samples).toList());
    }

    private LinkedHashMap<String, Number> shown() {
        var shown = new LinkedHashMap<String, Number>();
        model.numbers().forEach((name, number) -> {
            if (!name.startsWith("answers")) shown.put(name, number);
        });
        return shown;
    }
}
