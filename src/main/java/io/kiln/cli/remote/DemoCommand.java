package io.kiln.cli.remote;

import io.kiln.cli.CommandFailure;
import io.kiln.cli.client.KilnClient;
import io.kiln.cli.client.ServerAddress;
import io.kiln.cli.operate.LocalKiln;
import io.kiln.cli.operate.UpCommand;
import io.kiln.cli.server.ServerProcess;
import io.kiln.cli.server.SimulatedGpus;
import io.kiln.pipeline.InputRejectedException;
import io.kiln.tomography.sample.SampleScan;
import io.kiln.volume.hdf5.Hdf5File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job from one command, on this machine's server. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Reconstruct a scan: start the server, find the axis, try, reconstruct, and say where the slices are.")
public final class DemoCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "SCAN.h5",
            description = "A Data Exchange HDF5 file; its folder becomes a data root. Without it a sample is made.")
    private Path scan;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (scan != null) {
            requireScan(scan.toAbsolutePath());
        }
        LocalKiln kiln = LocalKiln.current();
        ServerProcess server = UpCommand.up(kiln, SimulatedGpus.NONE, out);
        Path file = scan == null ? sample(kiln, out) : scan.toRealPath();
        String password = Files.readString(kiln.home().adminPassword()).strip();
        ServerAddress address = ServerAddress.withPassword(URI.create("http://" + server.address()), "admin", password);
        new Demonstration(new KilnClient(address), out).reconstruct(file);
        out.println();
        out.println("The server goes on running; stop it with: kiln down");
        out.flush();
        return 0;
    }

    /** Before its folder becomes a data root, which stays. */
    private static void requireScan(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailure("cannot read " + file + "; name an HDF5 file, or none for a sample");
        }
        try {
            Hdf5File.open(file).close();
        } catch (InputRejectedException e) {
            throw new CommandFailure(e.getMessage() + "; name an HDF5 file, or none for a sample", e);
        }
    }

    private static Path sample(LocalKiln kiln, PrintWriter out) throws IOException {
        Path folder = kiln.home().folder().resolve("sample");
        Path file = folder.resolve("sample.h5");
        if (!Files.exists(file)) {
            out.println("Making a sample scan: " + file);
            out.flush();
            Files.createDirectories(folder);
            Path unfinished = folder.resolve(".sample.h5");
            SampleScan.demonstration().write(unfinished);
            Files.move(unfinished, file);
        }
        return file.toRealPath();
    }
}
