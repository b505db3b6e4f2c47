package io.kiln.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Headers that keep browsers from running, framing, guessing or keeping anything that Kiln did not mean. */
@WebFilter(
        urlPatterns = "/*",
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ERROR},
        asyncSupported = true)
public class HeadersFilter extends HttpFilter {
    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin");

    private String policy;

    @Override
    public void init(FilterConfig configuration) throws ServletException {
        super.init(configuration);
        try (InputStream page = configuration.getServletContext().getResourceAsStream("/index.html")) {
            policy = ContentSecurityPolicy.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HEADERS.forEach(response::setHeader);
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("Cache-Control", caching(request.getServletPath()));
        // the server's own "no-cache", for all that needs a sign-in, outdoes Cache-Control in Chromium
        response.setHeader("Pragma", "");
        chain.doFilter(request, response);
    }

    private static String caching(String path) {
        if (path.startsWith("/webjars/")) {
            // the version is part of the path
            return "private, max-age=31536000, immutable";
        }
        boolean isPartOfPages = path.startsWith("/js/") || path.startsWith("/css/") || path.startsWith("/images/");
        return isPartOfPages ? "no-cache" : "no-store";
    }
}
