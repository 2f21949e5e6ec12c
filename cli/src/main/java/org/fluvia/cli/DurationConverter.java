package org.fluvia.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fluvia.text.Shown;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: 500ms, 30s, 2m, 1h, 1m30s, 1.5m. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");

    @Override
    public Duration convert(String value) {
        if (!WHOLE.matcher(value).matches()) {
            throw new TypeConversionException("must be a duration such as 30s, 2m or 500ms, but was " + Shown.text(value));
        }
        double millis = 0;
        Matcher part = PART.matcher(value);
        while (part.find()) {
            millis += Double.parseDouble(part.group(1)) * switch (part.group(2)) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                default -> 3_600_000;
            };
        }
        if (millis < 1) throw new TypeConversionException("must be at least 1ms, but was " + Shown.text(value));
        return Duration.ofMillis(Math.round(millis));
    }
}
