package io.kiln.worker;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes with its unit, such as {@code 512m} or {@code 4g}; units are powers of 1024. */
final class ByteSize implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([kmgt])");
    private static final int BITS_PER_UNIT = 10;

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is no size: write a whole number and k, m, g or t");
        }
        return Long.parseLong(form.group(1)) << BITS_PER_UNIT * ("kmgt".indexOf(form.group(2)) + 1);
    }
}
