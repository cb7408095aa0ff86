package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class ReportHtmlTest {
    @Property
    void noTextBecomesMarkup(@ForAll String text) {
        String html = new ReportHtml().leaf("p", text).toString();
        assertThat(html.substring(3, html.length() - 4)).doesNotContain("<", ">", "\"", "'");
    }

    @Property
    void noAttributeEndsEarly(
            @ForAll @Chars({'"', '\'', '<', '>', '&', ' ', '='}) @StringLength(min = 1) String value) {
        String html = new ReportHtml().leaf("p", "", "title", value).toString();
        String inside = html.substring("<p title=\"".length(), html.length() - "\"></p>".length());
        assertThat(unescaped(inside)).isEqualTo(value);
        assertThat(inside).doesNotContain("\"", "<", ">");
    }

    @Property
    void aReaderSeesTheTextAsItWas(@ForAll @CharRange(from = ' ', to = '~') String text) {
        String html = new ReportHtml().text(text).toString();
        assertThat(unescaped(html)).isEqualTo(text);
    }

    @Example
    void charactersThatHtmlForbidsAreShownAsPictures() {
        assertThat(new ReportHtml().text("a\u0000b\u001b").toString()).isEqualTo("a\u2400b\u241b");
        assertThat(new ReportHtml().text("\ud83d\ude00 \ud83d").toString()).isEqualTo("\ud83d\ude00 \ufffd");
    }

    @Example
    void aPageWithAnElementLeftOpenIsABug() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new ReportHtml().open("table").toString())
                .withMessageContaining("table");
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
