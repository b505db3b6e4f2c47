package io.kiln.job;

import io.kiln.device.DeviceId;
import io.kiln.pipeline.Plan;
import io.kiln.pipeline.UnitRange;
import jakarta.batch.api.partition.PartitionMapper;
import jakarta.batch.api.partition.PartitionPlan;
import jakarta.batch.api.partition.PartitionPlanImpl;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Properties;

/** Makes one lane a leased device, and shares out among them what the ledger lacks. What the batch runtime remembers of earlier partitions is void. */
@Named
@Dependent
public class LaneMapper implements PartitionMapper {
    static final String DEVICE = "device";
    static final String UNITS = "units";

    @Inject
    private JobContext job;

    @Inject
    private AdmittedExecutions executions;

    @Inject
    private RunHost host;

    @Override
    public PartitionPlan mapPartitions() throws Exception {
        AdmittedExecution execution = executions.of(job);
        return execution.noting(() -> {
            Ledger ledger = new Ledger(host, execution.run());
            Plan plan = ledger.plan();
            List<UnitRange> lacking = ledger.missing();
            execution.computes(plan, plan.units() - UnitRanges.count(lacking));
            List<UnitRange> missing = UnitRanges.aligned(lacking, plan.alignment(), plan.units());
            return lanes(missing, plan.alignment(), execution.assignment().devices());
        });
    }

    /** Where nothing is left there is one lane with nothing to do: a step without partitions is an edge that runtimes treat in different ways. */
    static PartitionPlan lanes(List<UnitRange> missing, int alignment, List<DeviceId> devices) {
        List<List<UnitRange>> shares = LaneShares.of(missing, devices.size(), alignment);
        if (shares.isEmpty()) {
            shares = List.of(List.of());
        }
        Properties[] properties = new Properties[shares.size()];
        for (int lane = 0; lane < properties.length; lane++) {
            properties[lane] = new Properties();
            properties[lane].setProperty(DEVICE, devices.get(lane).value());
            properties[lane].setProperty(UNITS, UnitRanges.format(shares.get(lane)));
        }
        PartitionPlanImpl plan = new PartitionPlanImpl();
        plan.setPartitions(properties.length);
        plan.setThreads(properties.length);
        plan.setPartitionProperties(properties);
        plan.setPartitionsOverride(true);
        return plan;
    }
}
