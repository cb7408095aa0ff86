package dev.caravan.recipe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// A list of things to leaf through. Without the script it is a plain list that unfolds; the script adds the filters,
/// the search, and pages.
///
/// @param facets what the filters are called
/// @param total how many there are, in words, when not all are shown
record ReportBrowser(List<String> facets, List<Item> items, String total) {
    /// @param values one for each facet
    /// @param verdict decides the badge's colour and sign
    /// @param mark what the badge says, empty for none
    /// @param headline the first words of the prompt
    record Item(
            List<String> values,
            String verdict,
            String mark,
            String where,
            String headline,
            Consumer<ReportHtml> body) {}

    void write(ReportHtml html) {
        html.open("div", "class", "browser");
        filters(html);
        html.open("div", "class", "items");
        items.forEach(item -> item(html, item));
        html.close();
        html.leaf("button", "Show more", "type", "button", "class", "more", "hidden", "");
        html.close().newLine();
    }

    private void filters(ReportHtml html) {
        html.open("form", "class", "filters", "hidden", "");
        for (int facet = 0; facet < facets.size(); facet++) {
            SequencedSet<String> values = values(facet);
            if (values.size() < 2) {
                continue;
            }
            html.open("label").text(facets.get(facet) + " ").open("select", "data-facet", facet);
            html.leaf("option", "all", "value", "");
            values.forEach(value -> html.leaf("option", value, "value", value));
            html.close().close();
        }
        html.open("label", "class", "search")
                .text("Search ")
                .single("input", "type", "search")
                .close();
        html.close();
        html.open("p", "class", "lead").leaf("output", total).close();
    }

    private SequencedSet<String> values(int facet) {
        var values = new LinkedHashSet<String>();
        items.forEach(item -> values.add(item.values().get(facet)));
        return values;
    }

    private static void item(ReportHtml html, Item item) {
        html.open("details", "class", "item", "data-facets", String.join("\u241f", item.values()));
        html.open("summary");
        if (!item.mark().isEmpty()) {
            badge(html, item.verdict(), item.mark());
        }
        html.leaf("span", item.headline(), "class", "headline");
        html.leaf("small", item.where()).close();
        html.open("div", "class", "body");
        item.body().accept(html);
        html.close().close().newLine();
    }

    /// A verdict as a sign and a word: colour is never the only difference.
    static void badge(ReportHtml html, String verdict, String mark) {
        String kind = switch (verdict) {
            case "correct", "wrong", "partial" -> verdict;
            default -> "unverifiable";
        };
        html.leaf("span", mark, "class", "badge " + kind).text(" ");
    }

    /// A named text in a fixed-width font, as the model wrote it; nothing where there is none.
    static void block(ReportHtml html, String name, String text) {
        if (!text.isEmpty()) {
            html.leaf("h4", name).leaf("pre", ReportPage.cut(text, 6000));
        }
    }

    /// Short facts side by side; empty ones are left out.
    static void facts(ReportHtml html, String... namesAndValues) {
        html.open("dl", "class", "facts");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                html.open("div")
                        .leaf("dt", namesAndValues[i])
                        .leaf("dd", ReportPage.cut(namesAndValues[i + 1], 600))
                        .close();
            }
        }
        html.close();
    }
}
