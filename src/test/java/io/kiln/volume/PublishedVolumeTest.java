package io.kiln.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiln.volume.hdf5.Hdf5Volume;
import io.kiln.volume.preview.GreyPicture;
import io.kiln.volume.preview.PublishedVolume;
import io.kiln.volume.tiff.TiffStack;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedVolumeTest {
    private static final int WIDTH = 30;
    private static final int HEIGHT = 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(SampleType.class)
    void showsASliceOfATiffFolderOrOfAnHdf5FileAlike(SampleType type) throws IOException {
        Samples samples = new Samples(type, 0, 255);
        Path file = folder.resolve("scan_rec.h5");
        Path images = Files.createDirectory(folder.resolve("scan_rec"));
        try (VolumeWriter tiff = new TiffStack(images, slice -> "recon_" + slice + ".tiff", WIDTH, HEIGHT, samples);
                VolumeWriter hdf5 = Hdf5Volume.create(file, new ArrayShape(11, HEIGHT, WIDTH), samples, Map.of())) {
            for (int slice = 0; slice < 11; slice++) {
                tiff.write(slice, ramp(slice), 0);
                hdf5.write(slice, ramp(slice), 0);
            }
        }
        int largest = type == SampleType.UINT16 ? 65535 : 255;
        for (Path output : new Path[] {images, file}) {
            try (PublishedVolume volume = PublishedVolume.open(output)) {
                assertThat(volume.slices()).isEqualTo(11);
                GreyPicture picture = volume.picture(10, 1024);
                Raster shown = picture(picture.png(0, largest));
                assertThat(shown.getWidth()).isEqualTo(WIDTH);
                assertThat(shown.getHeight()).isEqualTo(HEIGHT);
                assertThat(shown.getSample(0, 0, 0)).isEqualTo(10);
                assertThat(shown.getSample(29, 0, 0)).isEqualTo(10 + 29);
                assertThat(shown.getSample(3, 19, 0)).isEqualTo(10 + 3 + 2 * 19);
            }
        }
    }

    @Test
    void aLargeSliceIsMadeSmallerByAveraging() throws IOException {
        try (VolumeWriter tiff = new TiffStack(folder, slice -> "s.tiff", WIDTH, HEIGHT, Samples.floats())) {
            tiff.write(0, ramp(0), 0);
        }
        try (PublishedVolume volume = PublishedVolume.open(folder)) {
            GreyPicture picture = volume.picture(0, 8);
            assertThat(picture.width()).isEqualTo(8);
            assertThat(picture.height()).isEqualTo(5);
            Raster shown = picture(picture.png(0, 255));
            // rows 4 to 7 and columns 8 to 11: 9.5 + 2 · 5.5
            assertThat(shown.getSample(2, 1, 0)).isEqualTo(21);
            // the last square has two columns only, 28 and 29: 28.5 + 2 · 1.5
            assertThat(shown.getSample(7, 0, 0)).isEqualTo(32);
        }
    }

    @Test
    void theWindowLeavesOutTheExtremesAndNanIsBlack() throws IOException {
        float[] values = new float[1001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        values[500] = Float.NaN;
        values[1000] = 1e9f;
        values[0] = Float.NEGATIVE_INFINITY;
        Raster shown = picture(new GreyPicture(1001, 1, values).png());
        assertThat(shown.getSample(500, 0, 0)).isZero();
        assertThat(shown.getSample(5, 0, 0)).isZero();
        assertThat(shown.getSample(501, 0, 0)).isBetween(126, 129);
        assertThat(shown.getSample(995, 0, 0)).isEqualTo(255);
        assertThat(shown.getSample(1000, 0, 0)).isEqualTo(255);
        Raster nothing = picture(new GreyPicture(2, 1, new float[] {Float.NaN, Float.NaN}).png());
        assertThat(nothing.getSample(1, 0, 0)).isZero();
    }

    @Test
    void refusesWhatCannotBeShown() throws IOException {
        assertThatThrownBy(() -> PublishedVolume.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no TIFF files");
        assertThatThrownBy(() -> PublishedVolume.open(folder.resolve("gone.h5")))
                .isInstanceOf(NoSuchFileException.class);
        try (VolumeWriter tiff = new TiffStack(folder, slice -> "s.tiff", WIDTH, HEIGHT, Samples.floats())) {
            tiff.write(0, ramp(0), 0);
        }
        try (PublishedVolume volume = PublishedVolume.open(folder)) {
            assertThatThrownBy(() -> volume.picture(1, 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("slices 0 to 0");
            assertThatThrownBy(() -> volume.picture(0, 8).png(3, 3)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ordersTheImagesOfATryByTheirNumbers() throws IOException {
        String[] names = {"recon_slice0001_center95.00.tiff", "recon_slice0001_center100.50.tiff"};
        try (VolumeWriter tiff = new TiffStack(folder, slice -> names[slice], WIDTH, HEIGHT, Samples.floats())) {
            tiff.write(0, ramp(0), 0);
            tiff.write(1, ramp(100), 0);
        }
        try (PublishedVolume volume = PublishedVolume.open(folder)) {
            float[] row = new float[WIDTH];
            volume.rows(1, 0, 1, row);
            assertThat(row[0]).isEqualTo(100);
        }
    }

    private static float[] ramp(int slice) {
        float[] values = new float[WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = slice + i % WIDTH + 2 * (i / WIDTH);
        }
        return values;
    }

    private static Raster picture(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png)).getRaster();
    }
}
