package io.kiln.worker.execution;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jberet.spi.ArtifactFactory;

/** Makes a job's artefacts: beans, by the names that the job's definition gives. */
final class BeanArtifacts implements ArtifactFactory {
    private final BeanManager beans;
    private final Map<Object, CreationalContext<?>> contexts = Collections.synchronizedMap(new IdentityHashMap<>());

    BeanArtifacts(BeanManager beans) {
        this.beans = beans;
    }

    @Override
    public Class<?> getArtifactClass(String name, ClassLoader classLoader) {
        return bean(name).getBeanClass();
    }

    @Override
    public Object create(String name, Class<?> type, ClassLoader classLoader) {
        Bean<?> bean = bean(name);
        CreationalContext<?> context = beans.createCreationalContext(bean);
        Object artefact = beans.getReference(bean, bean.getBeanClass(), context);
        contexts.put(artefact, context);
        return artefact;
    }

    @Override
    public void destroy(Object artefact) {
        CreationalContext<?> context = contexts.remove(artefact);
        if (context != null) {
            context.release();
        }
    }

    private Bean<?> bean(String name) {
        Bean<?> bean = beans.resolve(beans.getBeans(name));
        if (bean == null) {
            throw new IllegalArgumentException("there is no artefact of the name '" + name + "' in this worker");
        }
        return bean;
    }
}
