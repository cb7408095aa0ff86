package dev.caravan.recipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;

/// Decontamination as the paper did it, on one thread: training texts in an index of a search engine, a phrase query
/// for
/// every 8-gram of every test item, at most 100 hits each, the covered words of an item united by hit.
final class PhraseQueries implements AutoCloseable {
    private static final int N = 8;
    private static final int MOST_HITS = 100;
    private static final String TEXT = "text";
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}]+");

    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    PhraseQueries(List<String> texts) throws IOException {
        var directory = new ByteBuffersDirectory();
        try (var writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
            for (String text : texts) {
                var document = new Document();
                document.add(new TextField(TEXT, String.join(" ", words(text)), Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        this.reader = DirectoryReader.open(directory);
        this.searcher = new IndexSearcher(reader);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /// Whether some text covers more than half of an item's words.
    boolean holds(String item) throws IOException {
        List<String> words = words(item);
        Map<Integer, BitSet> covered = new HashMap<>();
        for (int from = 0; from + N <= words.size(); from++) {
            String[] gram = words.subList(from, from + N).toArray(String[]::new);
            var query = new ConstantScoreQuery(new PhraseQuery(TEXT, gram));
            for (ScoreDoc hit : searcher.search(query, MOST_HITS).scoreDocs) {
                covered.computeIfAbsent(hit.doc, _ -> new BitSet()).set(from, from + N);
            }
        }
        return covered.values().stream().anyMatch(set -> 2 * set.cardinality() > words.size());
    }

    private static List<String> words(String text) {
        return new ArrayList<>(WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList());
    }
}
