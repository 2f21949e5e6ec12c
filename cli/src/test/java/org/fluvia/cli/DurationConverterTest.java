package org.fluvia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "2m,120000", "1h,3600000", "1m30s,90000", "1.5m,90000", "0.25s,250"})
    void readsWhatPeopleWrite(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), new DurationConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-3s", "3 s", "3d", "1e3s", "PT3S", "0s", "0.1ms", "NaNs"})
    void refusesTheRest(String text) {
        assertThrows(TypeConversionException.class, () -> new DurationConverter().convert(text));
    }
}
