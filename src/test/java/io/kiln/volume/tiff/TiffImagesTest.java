package io.kiln.volume.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.volume.ArrayShape;
import io.kiln.volume.ArraySource;
import io.kiln.volume.DamagedDataException;
import io.kiln.volume.ElementType;
import io.kiln.volume.Samples;
import io.kiln.volume.Selection;
import io.kiln.volume.preview.ImageFiles;
import io.kiln.volume.preview.ImageStack;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiffImagesTest {
    private static final int WIDTH = 5;
    private static final int HEIGHT = 4;

    @TempDir
    Path folder;

    @Test
    void aStackThatKilnWroteIsReadAsItWasWritten() throws IOException {
        try (TiffStack stack = new TiffStack(folder, slice -> "s" + slice + ".tiff", WIDTH, HEIGHT, Samples.floats())) {
            for (int slice = 0; slice < 11; slice++) {
                stack.write(slice, ramp(slice), 0);
            }
        }
        ArraySource array = ImageStack.of(ImageFiles.slices(folder));

        assertThat(array.shape()).isEqualTo(new ArrayShape(11, HEIGHT, WIDTH));
        assertThat(array.type()).isEqualTo(ElementType.FLOAT32);
        // natural order: s10 comes last
        assertThat(read(array, new Selection(new int[] {2, 10}, new int[] {1, 3}, 3, 5)))
                .containsExactly(213, 214, 233, 234, 1013, 1014, 1033, 1034);
    }

    @ParameterizedTest
    @CsvSource({"LZW", "Deflate", "''"})
    void imagesOfOneFileAreReadCompressedOrNot(String compression) throws IOException {
        Path file = folder.resolve("stack.tif");
        write(file, compression, 3, BufferedImage.TYPE_USHORT_GRAY);

        ArraySource array = ImageFiles.open(file);

        assertThat(array.shape()).isEqualTo(new ArrayShape(3, HEIGHT, WIDTH));
        assertThat(array.type()).isEqualTo(ElementType.UINT16);
        assertThat(read(array, new Selection(new int[] {0, 2}, new int[] {3}, 1, 3)))
                .containsExactly(31, 32, 231, 232);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    void eitherByteOrderAndBothSizesOfOffsetsAreRead(boolean isBig, boolean isBigEndian) throws IOException {
        Path file = folder.resolve("made.tif");
        Files.write(file, made(isBig, isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, "", 1));

        ArraySource array = ImageFiles.open(file);

        assertThat(array.shape()).isEqualTo(new ArrayShape(1, HEIGHT, WIDTH));
        assertThat(read(array, new Selection(new int[] {0}, new int[] {2}, 0, 3)))
                .containsExactly(20, 21, 22);
    }

    @Test
    void whatImagejStoresBehindOneDirectoryIsAStack() throws IOException {
        Path file = folder.resolve("imagej.tif");
        Files.write(file, made(false, ByteOrder.BIG_ENDIAN, "ImageJ=1.53t\nimages=3\nslices=3\n", 3));

        ArraySource array = ImageFiles.open(file);

        assertThat(array.shape().first()).isEqualTo(3);
        assertThat(read(array, new Selection(new int[] {2}, new int[] {1}, 4, 5)))
                .containsExactly(214);
    }

    @Test
    void coloursCountAsTheirMean() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 0, 0x1E3C5A);
        Path file = folder.resolve("colours.png");
        ImageIO.write(image, "png", file.toFile());

        assertThat(read(ImageFiles.open(file), Selection.all(new ArrayShape(1, 1, 2))))
                .containsExactly(0, 60);
    }

    @Test
    void filesThatAreNoneOrCutOffAreRefusedByName() throws IOException {
        Path text = Files.writeString(folder.resolve("text.tif"), "no image at all, but long enough for a header");
        Path empty = Files.writeString(folder.resolve("empty.tiff"), "");
        Path png = Files.writeString(folder.resolve("text.png"), "no image");
        try (TiffStack stack = new TiffStack(folder, slice -> "cut.tif", WIDTH, HEIGHT, Samples.floats())) {
            stack.write(0, ramp(0), 0);
        }
        Path cut = folder.resolve("cut.tif");
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 10));

        for (Path file : List.of(text, empty, png)) {
            assertThatThrownBy(() -> ImageFiles.open(file))
                    .isInstanceOf(DamagedDataException.class)
                    .hasMessageContaining(file.toString());
        }
        ArraySource array = ImageFiles.open(cut);
        assertThatThrownBy(() -> read(array, Selection.all(array.shape())))
                .isInstanceOf(DamagedDataException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void directoriesThatLeadInACircleEnd() throws IOException {
        byte[] file = made(false, ByteOrder.LITTLE_ENDIAN, "", 1);
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(4);
        bytes.putInt(directory + 2 + 12 * bytes.getShort(directory), directory);
        Path round = Files.write(folder.resolve("round.tif"), file);

        assertThatThrownBy(() -> ImageFiles.open(round))
                .isInstanceOf(DamagedDataException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void filesOfDifferentSizeAreNoStack() throws IOException {
        for (int width = 3; width < 5; width++) {
            int columns = width;
            try (TiffStack one = new TiffStack(folder, slice -> "w" + columns + ".tif", width, 2, Samples.floats())) {
                one.write(0, new float[2 * width], 0);
            }
        }
        ArraySource array = ImageStack.of(ImageFiles.slices(folder));

        assertThatThrownBy(() -> read(array, new Selection(new int[] {1}, new int[] {0}, 0, 3)))
                .isInstanceOf(DamagedDataException.class)
                .hasMessageContaining("w4.tif is 4 × 2")
                .hasMessageContaining("w3.tif");
    }

    @Test
    void linksInAFolderAreLeftOut() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.write(elsewhere.resolve("secret.tif"), made(false, ByteOrder.LITTLE_ENDIAN, "", 1));
        Files.write(images.resolve("own.tif"), made(false, ByteOrder.LITTLE_ENDIAN, "", 1));
        Files.createSymbolicLink(images.resolve("link.tif"), elsewhere.resolve("secret.tif"));

        assertThat(ImageFiles.slices(images)).containsExactly(images.resolve("own.tif"));
    }

    private static float[] read(ArraySource array, Selection selection) throws IOException {
        int count = (int) selection.shape().elements();
        ByteBuffer stored = ByteBuffer.allocate(count * array.type().bytes()).order(array.order());
        array.read(selection, stored);
        float[] values = new float[count];
        array.type().toFloat(stored, 0, count, values, 0);
        return values;
    }

    private static float[] ramp(int slice) {
        float[] values = new float[WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 * slice + 10 * (i / WIDTH) + i % WIDTH;
        }
        return values;
    }

    private static void write(Path file, String compression, int images, int type) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < images; i++) {
                BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
                image.getRaster().setPixels(0, 0, WIDTH, HEIGHT, ramp(i));
                ImageWriteParam parameters = writer.getDefaultWriteParam();
                if (!compression.isEmpty()) {
                    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    parameters.setCompressionType(compression);
                }
                writer.writeToSequence(
                        new IIOImage(
                                image, null, writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters)),
                        parameters);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    /** A file of 16-bit images in strips of three rows, its directory behind them. */
    private static byte[] made(boolean isBig, ByteOrder order, String description, int images) {
        byte[] text = (description + "\0").getBytes(StandardCharsets.US_ASCII);
        int header = isBig ? 16 : 8;
        int pixels = images * WIDTH * HEIGHT * 2;
        int entry = isBig ? 20 : 12;
        int offset = isBig ? 8 : 4;
        int textAt = header + pixels;
        int stripsAt = textAt + text.length;
        int directory = stripsAt + 2 * offset;
        ByteBuffer file = ByteBuffer.allocate(directory + (isBig ? 8 : 2) + 9 * entry + offset)
                .order(order);
        file.put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I')).put(file.get(0));
        file.putShort((short) (isBig ? 43 : 42));
        if (isBig) {
            file.putShort((short) 8).putShort((short) 0).putLong(directory);
        } else {
            file.putInt(directory);
        }
        for (int i = 0; i < images; i++) {
            for (float value : ramp(i)) {
                file.putShort((short) value);
            }
        }
        file.put(text);
        for (int strip = 0; strip < 2; strip++) {
            offset(file, isBig, header + strip * 3 * WIDTH * 2);
        }
        if (isBig) {
            file.putLong(9);
        } else {
            file.putShort((short) 9);
        }
        entry(file, isBig, 256, 4, 1, WIDTH);
        entry(file, isBig, 257, 4, 1, HEIGHT);
        entry(file, isBig, 258, 4, 1, 16);
        entry(file, isBig, 259, 4, 1, 1);
        entry(file, isBig, 262, 4, 1, 1);
        entry(file, isBig, 270, 2, text.length, textAt);
        entry(file, isBig, 273, isBig ? 16 : 4, 2, stripsAt);
        entry(file, isBig, 278, 4, 1, 3);
        entry(file, isBig, 339, 4, 1, 1);
        offset(file, isBig, 0);
        return file.array();
    }

    private static void entry(ByteBuffer file, boolean isBig, int tag, int type, int count, int value) {
        file.putShort((short) tag).putShort((short) type);
        offset(file, isBig, count);
        int end = file.position() + (isBig ? 8 : 4);
        if (isBig && type == 4 && count == 1) {
            file.putInt(value);
        } else {
            offset(file, isBig, value);
        }
        file.position(end);
    }

    private static void offset(ByteBuffer file, boolean isBig, int value) {
        if (isBig) {
            file.putLong(value);
        } else {
            file.putInt(value);
        }
    }
}
