package dev.tom.kube;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@link TestCluster} parameter: a cluster that no other test class of this JVM uses, ended after the class. For tests of what
 * exists only once in a cluster, such as CRDs. With {@code TOM_TEST_KUBECONFIG} it is still the one cluster named there.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface OwnCluster {}
