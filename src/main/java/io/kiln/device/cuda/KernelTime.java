package io.kiln.device.cuda;

/**
 * What the launches of a kernel took together.
 *
 * @param launches how many there were
 * @param seconds as the device measured them
 * @param bytes of the device's memory that they had to read and write, each once ({@link KernelArguments#moving}); 0 where that is not told
 */
public record KernelTime(int launches, double seconds, long bytes) {
    public KernelTime plus(KernelTime other) {
        return new KernelTime(launches + other.launches, seconds + other.seconds, bytes + other.bytes);
    }
}
