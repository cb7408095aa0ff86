package dev.caravan.text;

/// A token that is matched whole, before any other cutting of the text.
///
/// @param content the text it is written as
/// @param special whether it is a control token, such as the end of a turn: text from a user never becomes one
/// @param lstrip whether it takes the white space before it
/// @param rstrip whether it takes the white space after it
/// @param singleWord whether it must not touch a letter, digit or underscore
public record AddedToken(int id, String content, boolean special, boolean lstrip, boolean rstrip, boolean singleWord) {
    public static AddedToken special(int id, String content) {
        return new AddedToken(id, content, true, false, false, false);
    }

    /// A token that any text may hold, such as a run of spaces or `<think>`.
    public static AddedToken ordinary(int id, String content) {
        return new AddedToken(id, content, false, false, false, false);
    }
}
