package dev.caravan.model;

import dev.caravan.model.FlatBatch.Segment;
import java.util.ArrayList;
import java.util.List;

/// Sequences laid flat, in groups that share their common beginning (the two answers of a pair, the samples of a
/// prompt), with what is to be predicted of each.
public final class SequenceBatch {
    private static final int SHORTEST_PREFIX = 4; // below this, sharing costs more than it saves

    private final FlatBatch batch;
    private final Predictions predictions;
    private final List<Place> places;

    /// Where a sequence lies: its own segment, and the number of its first prediction.
    private record Place(Segment segment, int firstPrediction, int count) {}

    private SequenceBatch(FlatBatch batch, Predictions predictions, List<Place> places) {
        this.batch = batch;
        this.predictions = predictions;
        this.places = List.copyOf(places);
    }

    /// Sequences that have nothing to share.
    public static SequenceBatch of(List<Sequence> sequences) {
        return ofGroups(sequences.stream().map(List::of).toList());
    }

    /// Groups whose sequences may begin alike; the order of the sequences is kept.
    public static SequenceBatch ofGroups(List<List<Sequence>> groups) {
        var flat = new FlatBatch.Builder();
        var predictions = new Predictions.Builder();
        var places = new ArrayList<Place>();
        for (List<Sequence> group : groups) {
            int shared = commonBeginning(group);
            if (shared < SHORTEST_PREFIX) {
                group.forEach(s -> places.add(place(s, flat.document(s.ids()), predictions)));
                continue;
            }
            Segment prefix =
                    flat.document(java.util.Arrays.copyOf(group.getFirst().ids(), shared));
            for (Sequence s : group) {
                var rest = java.util.Arrays.copyOfRange(s.ids(), shared, s.ids().length);
                places.add(place(s, flat.continuation(prefix, rest), predictions));
            }
        }
        return new SequenceBatch(flat.build(), predictions.build(), places);
    }

    /// Tokens that all sequences of the group begin with, each left at least one of its own.
    private static int commonBeginning(List<Sequence> group) {
        if (group.size() < 2) {
            return 0;
        }
        int[] first = group.getFirst().ids();
        int shared = first.length - 1;
        for (Sequence s : group) {
            int mismatch = java.util.Arrays.mismatch(first, s.ids());
            shared = Math.min(shared, Math.min(s.ids().length - 1, mismatch < 0 ? shared : mismatch));
        }
        return shared;
    }

    private static Place place(Sequence s, Segment segment, Predictions.Builder predictions) {
        int first = predictions.size();
        for (int position = 1; position < s.ids().length; position++) {
            if (s.weights()[position] != 0) {
                predictions.add(row(segment, position - 1), s.ids()[position]);
            }
        }
        return new Place(segment, first, predictions.size() - first);
    }

    private static int row(Segment segment, int position) {
        return position < segment.prefixLength()
                ? segment.prefixStart() + position
                : segment.start() + position - segment.prefixLength();
    }

    public FlatBatch batch() {
        return batch;
    }

    /// All predictions, sequence after sequence.
    public Predictions predictions() {
        return predictions;
    }

    public int sequences() {
        return places.size();
    }

    /// The number of the first prediction of a sequence.
    public int firstPrediction(int sequence) {
        return places.get(sequence).firstPrediction();
    }

    /// How many predictions a sequence has.
    public int predictionCount(int sequence) {
        return places.get(sequence).count();
    }

    /// The row of the flat batch that holds a position of a sequence.
    public int row(int sequence, int position) {
        return row(places.get(sequence).segment(), position);
    }

    /// The part of a per-prediction array that belongs to a sequence.
    public float[] of(int sequence, float[] perPrediction) {
        Place place = places.get(sequence);
        return java.util.Arrays.copyOfRange(
                perPrediction, place.firstPrediction(), place.firstPrediction() + place.count());
    }
}
