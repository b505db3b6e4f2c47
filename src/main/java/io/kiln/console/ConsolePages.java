package io.kiln.console;

import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Every view of the console has an address of its own, so that it can be sent to somebody; one page shows them all, and names the modules of the view that is asked
 * for.
 */
@WebServlet({
    "",
    "/overview/*",
    "/batches/*",
    "/runs/*",
    "/pictures/*",
    "/contact-sheet/*",
    "/launch/*",
    "/users/*",
    "/notifications/*",
    "/jobs/*",
    "/nodes/*",
    "/audit/*",
    "/about/*"
})
public class ConsolePages extends HttpServlet {
    private static final String FIRST = "overview";
    private static final String END_OF_HEAD = "</head>";

    private final transient Map<String, String> pages = new ConcurrentHashMap<>();
    private transient String page;
    private transient Modules modules;

    @Override
    public void init() {
        page = text("/index.html").orElseThrow(() -> new IllegalStateException("the application has no index.html"));
        modules = new Modules(page, this::text);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String screen = request.getServletPath().replace("/", "");
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(pages.computeIfAbsent(screen.isEmpty() ? FIRST : screen, this::page));
    }

    private String page(String screen) {
        String preloads = modules.of(List.of("/js/console.js", "/js/screens/" + screen + ".js")).stream()
                .map(path -> "<link rel=\"modulepreload\" href=\"" + path + "\">\n")
                .collect(Collectors.joining());
        return page.replace(END_OF_HEAD, preloads + END_OF_HEAD);
    }

    private Optional<String> text(String path) {
        ServletContext application = getServletContext();
        try (InputStream resource = application.getResourceAsStream(path)) {
            return resource == null
                    ? Optional.empty()
                    : Optional.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
