{{/* Whether to render admission policies: where their API is v1, which it is from Kubernetes 1.30. */}}
{{- define "tom.admission" -}}
{{- $served := or (.Capabilities.APIVersions.Has "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy") (semverCompare ">=1.30.0-0" .Capabilities.KubeVersion.Version) -}}
{{- if and .Values.admission.enabled $served }}yes{{ end }}
{{- end }}

{{/* CEL: the host that a TestWindow opens egress to; '' where it uses no provider. */}}
{{- define "tom.hostOf" -}}
{{ . }}.spec.backend == 'provider' && has({{ . }}.spec.provider) ? url({{ . }}.spec.provider.url).getHostname().lowerAscii() : ''
{{- end }}

{{/* A binding's namespaces: dict "root" $ "operator" "In" or "NotIn". */}}
{{- define "tom.served" -}}
{{- with .root.Values.watchNamespaces -}}
matchResources:
  namespaceSelector:
    matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: {{ $.operator }}
        values:
          {{- toYaml . | nindent 10 }}
{{- end }}
{{- end }}

{{/* Everybody but the operator, Kubernetes' own controllers, and the groups that may break the glass. */}}
{{- define "tom.notExempt" -}}
- name: not-the-operator
  expression: request.userInfo.username != 'system:serviceaccount:{{ .Release.Namespace }}:{{ include "tom.serviceAccount" . }}'
- name: not-a-controller-of-kubernetes
  expression: >-
    !(request.userInfo.username in ['system:serviceaccount:kube-system:generic-garbage-collector',
    'system:serviceaccount:kube-system:namespace-controller', 'system:kube-controller-manager'])
{{- with .Values.admission.exemptGroups }}
- name: not-an-exempt-group
  expression: >-
    !has(request.userInfo.groups) ||
    !request.userInfo.groups.exists(group, group in ['{{ join "', '" . }}'])
{{- end }}
{{- end }}
