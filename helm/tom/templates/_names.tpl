{{/* Release name, or release and chart name, so that two releases in one namespace do not collide. */}}
{{- define "tom.fullname" -}}
{{- if contains "tom" .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-tom" .Release.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "tom.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "tom.fullname" .) }}
{{- end }}

{{/* Never a version in here: selectors of a Deployment cannot change. */}}
{{- define "tom.selector" -}}
app.kubernetes.io/name: tom-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tom.labels" -}}
{{ include "tom.selector" . }}
app.kubernetes.io/part-of: tom
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "tom.subject" -}}
- kind: ServiceAccount
  name: {{ include "tom.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

{{/* Whether to render a resource of the Prometheus operator: dict "root" $ "kind" "PodMonitor" "settings" .Values... */}}
{{- define "tom.monitored" -}}
{{- $api := printf "monitoring.coreos.com/v1/%s" .kind -}}
{{- if and .settings.enabled (or .settings.force (.root.Capabilities.APIVersions.Has $api)) }}yes{{ end }}
{{- end }}
