package io.kiln.worker.execution;

import jakarta.transaction.TransactionManager;
import java.util.Properties;
import java.util.concurrent.Executors;
import org.jberet.repository.InMemoryRepository;
import org.jberet.repository.JobRepository;
import org.jberet.spi.ArtifactFactory;
import org.jberet.spi.BatchEnvironment;
import org.jberet.spi.JobExecutor;
import org.jberet.spi.JobTask;
import org.jberet.spi.JobXmlResolver;
import org.jberet.tools.MetaInfBatchJobsJobXmlResolver;
import org.jberet.tx.LocalTransactionManager;

/** How JBeret works in a worker: it remembers nothing, for the state file is the truth, and has a thread for whatever a run asks for at once. */
final class BatchRuntimeSettings implements BatchEnvironment {
    /** The job, and what JBeret keeps free for partitions before it starts one. */
    private static final int THREADS_BESIDE_LANES = 4;

    private final JobRepository repository = InMemoryRepository.create();
    private final JobXmlResolver definitions = new MetaInfBatchJobsJobXmlResolver();
    private final Properties none = new Properties();
    private final ArtifactFactory artifacts;
    private final JobExecutor executor;

    BatchRuntimeSettings(ArtifactFactory artifacts, int lanes) {
        this.artifacts = artifacts;
        int threads = lanes + THREADS_BESIDE_LANES;
        PlainThreads plain = new PlainThreads();
        executor = new JobExecutor(Executors.newFixedThreadPool(threads, body -> plain.newThread("kiln-batch", body))) {
            @Override
            protected int getMaximumPoolSize() {
                return threads;
            }
        };
    }

    @Override
    public ClassLoader getClassLoader() {
        return getClass().getClassLoader();
    }

    @Override
    public ArtifactFactory getArtifactFactory() {
        return artifacts;
    }

    @Override
    public void submitTask(JobTask task) {
        executor.execute(task);
    }

    /** Transactions of nothing: each call to the run's host is durable by itself. */
    @Override
    public TransactionManager getTransactionManager() {
        return LocalTransactionManager.getInstance();
    }

    @Override
    public JobRepository getJobRepository() {
        return repository;
    }

    @Override
    public JobXmlResolver getJobXmlResolver() {
        return definitions;
    }

    @Override
    public Properties getBatchConfigurationProperties() {
        return none;
    }

    @Override
    public String getApplicationName() {
        return "kiln-worker";
    }
}
