package dev.caravan.curate;

/// How rows of one shape are recognised and read; [Shape] names them all.
sealed interface RowShape
        permits AlpacaShape,
                FlanShape,
                HhRlhfShape,
                MathProblemShape,
                MessagesShape,
                OasstShape,
                PreferenceShape,
                PromptCompletionShape,
                QuestionAnswerShape,
                RlvrShape,
                SelfInstructShape,
                ShareGptShape {
    /// The keys that make the shape, in words.
    String keys();

    /// Whether the row has those keys.
    boolean fits(JsonRow row);

    /// @throws dev.caravan.DataException when a value is not what the shape needs
    Turns read(JsonRow row);
}
