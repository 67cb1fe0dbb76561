package dev.tom.crds.v1alpha1;

import static java.util.Comparator.comparingInt;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresourceScaleBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;

/**
 * What the generator's annotations cannot say: categories, the scale subresource, order of columns, list types, integer formats, bounds of
 * lists, maps and strings. It also sees a record's component twice, as field and as method, and so repeats its rules; each is kept once.
 */
final class CrdShape implements CRDPostProcessor {

    /** The API server's estimate of a CEL rule's cost grows with every unbounded list and string; these bounds keep it payable. */
    private static final Map<String, Long> MAX_ITEMS =
            Map.of("cidrs", 64L, "allowedFrom", 32L, "conditions", 32L, "required", 7L);

    private static final long OTHER_MAX_ITEMS = 64;
    private static final long MAX_ITEM_LENGTH = 253;
    private static final long MAX_VALUE_LENGTH = 1024;

    private static final List<String> COLUMNS =
            List.of("Backend", "Phase", "Ends", "Calls", "Failovers", "Ready", "Age");

    @Override
    public HasMetadata process(HasMetadata resource, String crdSpecVersion) {
        CustomResourceDefinition crd = (CustomResourceDefinition) resource;
        crd.getSpec().getNames().setCategories(List.of("tom"));
        for (var version : crd.getSpec().getVersions()) {
            version.getAdditionalPrinterColumns().sort(comparingInt(column -> COLUMNS.indexOf(column.getName())));
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            root.setDescription(
                    "A time in which a telephone assistant may use a cloud speech provider; after it, it must not.");
            root.setRequired(List.of("spec"));
            walk("", root);
            version.getSubresources()
                    .setScale(new CustomResourceSubresourceScaleBuilder()
                            .withSpecReplicasPath(".spec.bridge.replicas")
                            .withStatusReplicasPath(".status.bridges.replicas")
                            .withLabelSelectorPath(".status.bridges.selector")
                            .build());
        }
        return crd;
    }

    private static void walk(String name, JSONSchemaProps schema) {
        if ("integer".equals(schema.getType()) && schema.getFormat() == null) {
            schema.setFormat(name.endsWith("Generation") || name.endsWith("Millis") ? "int64" : "int32");
        }
        if ("array".equals(schema.getType())) {
            schema.setMaxItems(MAX_ITEMS.getOrDefault(name, OTHER_MAX_ITEMS));
            JSONSchemaProps item = schema.getItems().getSchema();
            if ("string".equals(item.getType()) && item.getMaxLength() == null) {
                item.setMaxLength(MAX_ITEM_LENGTH);
            }
            if ("conditions".equals(name)) {
                schema.setXKubernetesListType("map");
                schema.setXKubernetesListMapKeys(List.of("type"));
                item.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
            }
            if ("required".equals(name)) {
                schema.setXKubernetesListType("set");
            }
            walk(name, item);
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null
                && "string".equals(schema.getAdditionalProperties().getSchema().getType())) {
            schema.setMaxProperties(OTHER_MAX_ITEMS);
            schema.getAdditionalProperties().getSchema().setMaxLength(MAX_VALUE_LENGTH);
        }
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach(CrdShape::walk);
        }
    }
}
