package dev.tom.operator.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every part of a Kubernetes object has a map for fields that the client does not know, two hundred of them in the objects of one window and all
 * empty: one that cannot be changed takes their place once a part was read.
 */
final class SharedEmptyMaps extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1;
    private static final String PROPERTY = "AdditionalProperties";

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
        AnnotatedMethod get = description.findMethod("get" + PROPERTY, new Class<?>[0]);
        AnnotatedMethod set = description.findMethod("set" + PROPERTY, new Class<?>[] {Map.class});
        return get == null || set == null ? deserializer : new Sharing(deserializer, get, set);
    }

    private static final class Sharing extends DelegatingDeserializer {

        private static final long serialVersionUID = 1;

        private final transient AnnotatedMethod get;
        private final transient AnnotatedMethod set;

        Sharing(JsonDeserializer<?> deserializer, AnnotatedMethod get, AnnotatedMethod set) {
            super(deserializer);
            this.get = get;
            this.set = set;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
            return new Sharing(deserializer, get, set);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Object part = super.deserialize(parser, context);
            if (part != null && get.getValue(part) instanceof Map<?, ?> unknown && unknown.isEmpty()) {
                set.setValue(part, Map.of());
            }
            return part;
        }
    }
}
