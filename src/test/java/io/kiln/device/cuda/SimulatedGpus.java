package io.kiln.device.cuda;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests of real calls to the CUDA driver. The build runs them several times, each time in a process of its own with another number of simulated devices
 * (pom.xml); skipped where the simulated driver could not be built.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("simulated-gpus")
@ExtendWith(SimulatedGpus.DriverIsThere.class)
public @interface SimulatedGpus {
    /** Skips with the reason why there is no driver. */
    class DriverIsThere implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return CudaDevices.probe(PermittedGpus.ALL)
                    .absence()
                    .map(reason -> ConditionEvaluationResult.disabled(
                            "no simulated GPU: " + reason + "; it is built where g++ is installed"))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("there is a GPU"));
        }
    }
}
