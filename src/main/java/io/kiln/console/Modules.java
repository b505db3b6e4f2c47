package io.kiln.console;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which modules a module needs: a browser that is told of all of them asks for them at once, and not for one level of imports after the other. */
final class Modules {
    // not import(…), which is asked for when it is needed
    private static final Pattern IMPORT =
            Pattern.compile("\\b(?:import|export)\\b(?:[\\w*{}\\s,$]*\\bfrom)?\\s*[\"']([^\"']+)[\"']");

    private final Map<String, String> names = new TreeMap<>(Comparator.reverseOrder());
    private final Function<String, Optional<String>> source;

    /**
     * @param page that has the import map
     * @param source of the module at a path; empty where there is none
     */
    Modules(String page, Function<String, Optional<String>> source) {
        this.source = source;
        Matcher map = ContentSecurityPolicy.IMPORT_MAP.matcher(page);
        if (map.find()) {
            JsonObject imports = Json.createReader(new StringReader(map.group(1)))
                    .readObject()
                    .getJsonObject("imports");
            imports.forEach((name, path) -> names.put(name, ((JsonString) path).getString()));
        }
    }

    /** The paths of these modules and of all that they need, those first that are needed first. */
    Set<String> of(List<String> paths) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(paths);
        while (!open.isEmpty()) {
            String path = open.remove();
            if (found.contains(path)) {
                continue;
            }
            source.apply(path).ifPresent(text -> {
                found.add(path);
                IMPORT.matcher(text)
                        .results()
                        .map(match -> resolved(path, match.group(1)))
                        .forEach(open::add);
            });
        }
        return found;
    }

    private String resolved(String from, String specifier) {
        if (specifier.startsWith(".") || specifier.startsWith("/")) {
            return URI.create(from).resolve(specifier).toString();
        }
        // the longest name comes first
        return names.entrySet().stream()
                .filter(name -> specifier.equals(name.getKey())
                        || name.getKey().endsWith("/") && specifier.startsWith(name.getKey()))
                .map(name -> name.getValue() + specifier.substring(name.getKey().length()))
                .findFirst()
                .orElse(specifier);
    }
}
