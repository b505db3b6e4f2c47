package io.kiln.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModulesTest {
    private static final String PAGE = """
            <script type="importmap">{"imports": {"lit": "/webjars/lit/3/index.js", "lit/": "/webjars/lit/3/"}}</script>
            """;

    private static final Map<String, String> FILES = Map.of(
            "/js/console.js", """
            import {html, nothing} from 'lit';
            import {
              a,
              b,
            } from './core/a.js';
            import './core/side.js';
            // what is imported later is no need
            const later = () => import('./screens/later.js');
            """,
            "/js/core/a.js", "export * from '../console.js'; export const a = 'import';",
            "/js/core/side.js", "import {repeat} from 'lit/directives/repeat.js';",
            "/js/screens/later.js", "",
            "/webjars/lit/3/index.js",
                    "import\"@lit/unknown\";export*from\"./html.js\";import{x as y}from\"lit/more.js\"",
            "/webjars/lit/3/html.js", "",
            "/webjars/lit/3/more.js", "",
            "/webjars/lit/3/directives/repeat.js", "export{r}");

    private final Modules modules = new Modules(PAGE, path -> Optional.ofNullable(FILES.get(path)));

    @Test
    void allThatAModuleNeedsAreNamedOnceThoseNeededFirstFirst() {
        assertThat(modules.of(List.of("/js/console.js")))
                .containsExactly(
                        "/js/console.js",
                        "/webjars/lit/3/index.js",
                        "/js/core/a.js",
                        "/js/core/side.js",
                        "/webjars/lit/3/html.js",
                        "/webjars/lit/3/more.js",
                        "/webjars/lit/3/directives/repeat.js");
    }

    @Test
    void aModuleThatIsNotThereIsLeftToTheBrowser() {
        assertThat(modules.of(List.of("/js/none.js"))).isEmpty();
    }
}
