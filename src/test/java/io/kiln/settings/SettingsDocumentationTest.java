package io.kiln.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SettingsDocumentationTest {
    @Test
    void theOperatorGuideNamesEverySettingOfTheServer() throws IOException {
        String guide = Files.readString(Path.of("docs", "operating.md"));
        assertThat(SettingsReader.SERVER)
                .allSatisfy(setting -> assertThat(guide)
                        .contains(setting.toUpperCase(Locale.ROOT).replace('.', '_')));
    }
}
