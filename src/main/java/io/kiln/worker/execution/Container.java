package io.kiln.worker.execution;

import io.kiln.device.Devices;
import io.kiln.job.RunHost;
import io.kiln.job.WorkerThreads;
import io.kiln.pipeline.Pipelines;
import io.kiln.tomography.TomoFullPipeline;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import org.jberet.creation.BatchCDIExtension;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** The beans of a worker. What they are made from is named here: nothing is looked for on the class path. */
public final class Container implements AutoCloseable {
    /** One class of each pipeline family's package. */
    private static final Class<?>[] FAMILIES = {TomoFullPipeline.class};

    private final WeldContainer weld;
    private final Surroundings surroundings;

    private Container(WeldContainer weld, Surroundings surroundings) {
        this.weld = weld;
        this.surroundings = surroundings;
    }

    /** @param devices that jobs may name */
    public static Container start(Devices devices) {
        Surroundings surroundings = new Surroundings(devices);
        WeldContainer weld = new Weld()
                .disableDiscovery()
                .skipShutdownHook()
                .addPackages(Pipelines.class, RunHost.class)
                .addPackages(FAMILIES)
                .addExtensions(new BatchCDIExtension(), surroundings)
                .initialize();
        return new Container(weld, surroundings);
    }

    public Pipelines pipelines() {
        return get(Pipelines.class);
    }

    /** Jobs that are started from now on are this host's. */
    void serve(RunHost host) {
        surroundings.host = host;
    }

    <T> T get(Class<T> bean) {
        return weld.select(bean).get();
    }

    BeanManager beans() {
        return weld.getBeanManager();
    }

    @Override
    public void close() {
        weld.shutdown();
    }

    /** What the artefacts find round them, made outside of the container. */
    private static final class Surroundings implements Extension {
        private final Devices devices;
        private volatile RunHost host;

        Surroundings(Devices devices) {
            this.devices = devices;
        }

        /** Artefacts that are made from now on get the host of now; the others stay what they are. */
        void add(@Observes AfterBeanDiscovery discovery) {
            discovery.<RunHost>addBean().types(RunHost.class).createWith(context -> host);
            discovery.<Devices>addBean().types(Devices.class).createWith(context -> devices);
            discovery.<WorkerThreads>addBean().types(WorkerThreads.class).createWith(context -> new PlainThreads());
        }
    }
}
