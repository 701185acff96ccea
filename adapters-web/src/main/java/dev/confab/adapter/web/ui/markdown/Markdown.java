package dev.confab.adapter.web.ui.markdown;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Renders a text of anyone as HTML that does nothing but show: HTML in the text is shown as text, links lead to http, https and mailto
 * only, and images become links, so that reading a message calls no other server. What the renderer makes passes a sanitizer that knows
 * only the elements below, so a fault in the one is not enough to do harm.
 */
public final class Markdown {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), StrikethroughExtension.create(),
            AutolinkExtension.create());
    private static final Pattern LANGUAGE = Pattern.compile("language-[\\w+#.-]{1,40}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ALIGNMENT = Pattern.compile("left|center|right");

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements("p", "br", "hr", "blockquote", "ul", "ol", "li", "pre", "code", "em", "strong", "del",
                    "table", "thead", "tbody", "tr", "th", "td", "a")
            // A page has one first heading, and a message is not it.
            .allowElements((name, _) -> "h" + Math.min(6, name.charAt(1) - '0' + 2), "h1", "h2", "h3", "h4", "h5", "h6")
            .allowAttributes("class").matching(LANGUAGE).onElements("code")
            .allowAttributes("start").matching(NUMBER).onElements("ol")
            .allowAttributes("align").matching(ALIGNMENT).onElements("th", "td")
            .allowAttributes("href").onElements("a")
            .allowUrlProtocols("http", "https", "mailto")
            .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
            .allowAttributes("target").matching(true, "_blank").onElements("a")
            .toFactory();

    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).postProcessor(Markdown::imagesAsLinks)
            .build();
    /** A line break in a chat is meant as one, unlike in CommonMark, where it is a space. */
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true)
            .sanitizeUrls(true).softbreak("<br>\n").attributeProviderFactory(_ -> (node, _, attributes) -> {
                if (node instanceof Link) {
                    attributes.put("target", "_blank");
                }
            }).build();
    private static final TextContentRenderer PLAIN = TextContentRenderer.builder().extensions(EXTENSIONS).build();

    private Markdown() {
    }

    /** The text as sanitized HTML. */
    public static String html(String text) {
        return POLICY.sanitize(RENDERER.render(PARSER.parse(text)));
    }

    /** The text without its marks. */
    public static String plain(String text) {
        return PLAIN.render(PARSER.parse(text));
    }

    private static Node imagesAsLinks(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                var link = new Link(image.getDestination(), image.getTitle());
                if (image.getFirstChild() == null) {
                    link.appendChild(new Text(image.getDestination()));
                }
                while (image.getFirstChild() != null) {
                    link.appendChild(image.getFirstChild());
                }
                image.insertAfter(link);
                image.unlink();
                visitChildren(link);
            }
        });
        return document;
    }
}
