package dev.caravan.curate;

import dev.caravan.RecipeException;
import dev.caravan.config.Default;

/// When a training row overlaps with a test item. The permitted records are the recipe's choices.
///
/// A word is a maximal run of letters and digits of the lower-cased text. An item all of whose fields have fewer
/// than n words holds no n-gram; under [Ngram] and [Exact] it overlaps with a row when its words are exactly the
/// words of one of the row's turns: the full-string rule, since so short a text may well stand inside another by
/// chance.
public sealed interface Matcher {
    /// Words of an n-gram; items with fewer are short.
    int n();

    /// The rule of [Tülu 3](https://arxiv.org/abs/2411.15124), section 2.3: a word of an item matches a row when
    /// both have an n-gram that includes it; the row overlaps with the item when more than a share of the item's
    /// words match that same row. The turns of a row count together, though no n-gram reaches from one turn into
    /// the next, nor from one field of an item into another; the fields' words count together as well. A row
    /// that holds every field as a whole overlaps in any case.
    ///
    /// @param n words of an n-gram
    /// @param tokenMatch share of an item's words above which a row overlaps with it
    record Ngram(@Default("8") int n, @Default("0.5") double tokenMatch) implements Matcher {
        public Ngram {
            requireWords(n);
            requireShare("token_match", tokenMatch);
        }
    }

    /// Each field of the item, as a whole, stands somewhere in one of the row's turns. Case, punctuation and
    /// white space aside.
    ///
    /// @param n words below which an item must be a turn of its own
    record Exact(@Default("8") int n) implements Matcher {
        public Exact {
            requireWords(n);
        }
    }

    /// What the code that made Tülu 3 computed, defects included: each turn is compared alone; a field's score
    /// is the share of its tokens, punctuation counted, that lie in a matching window of n tokens; a window that
    /// occurs twice in a field counts at its last place only; punctuation inside a window is not compared;
    /// fields are averaged; an item with fewer than n tokens never matches.
    ///
    /// Two things differ: the tokens are those of plain rules that come close to spaCy's, and no search is cut
    /// off at its first hundred hits.
    ///
    /// @param n tokens of a window
    /// @param tokenMatch average share of a turn's tokens above which it overlaps with an item
    record Release(@Default("8") int n, @Default("0.5") double tokenMatch) implements Matcher {
        public Release {
            requireWords(n);
            requireShare("token_match", tokenMatch);
        }
    }

    /// The likeness of meaning, which the paper tried and left, since it could not tell paraphrases from problems
    /// of one kind. An item overlaps with a row when the cosine of its vector and that of one of the row's turns
    /// reaches a limit; of several fields, when their average does. Nothing is covered in part.
    ///
    /// @param embedder that makes the vectors, by its name; `minilm` comes in a jar of its own
    /// @param similarity cosine from which on a row overlaps with an item
    record Embedding(
            @Default("minilm") String embedder,
            @Default("0.95") double similarity) implements Matcher {
        public Embedding {
            if (embedder.isBlank()) throw new IllegalArgumentException("embedder must name one");
            if (!(similarity > 0 && similarity <= 1)) {
                throw new IllegalArgumentException("similarity must be above 0 and at most 1, got " + similarity);
            }
        }

        /// @throws IllegalArgumentException when there is no embedder of that name
        public void requireEmbedder() {
            try {
                Embedders.provider(embedder);
            } catch (RecipeException e) {
                throw new IllegalArgumentException("method: " + e.getMessage(), e);
            }
        }

        /// No item is too short to mean something.
        @Override
        public int n() {
            return 1;
        }
    }

    private static void requireWords(int n) {
        if (n < 1) throw new IllegalArgumentException("n must be at least 1, got " + n);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(name + " must be at least 0 and below 1, got " + share);
        }
    }
}
