{{/* What the operator may do in a namespace that it serves. Nothing cluster-scoped, no list of Secrets, no Pods made. */}}
{{- define "tom.rights" -}}
- apiGroups: [tom.dev]
  resources: [testwindows]
  verbs: [get, list, watch, patch]
- apiGroups: [tom.dev]
  resources: [testwindows/status]
  verbs: [patch]
# Owner references that block deletion need it where OwnerReferencesPermissionEnforcement is on (OpenShift).
- apiGroups: [tom.dev]
  resources: [testwindows/finalizers]
  verbs: [update]
# Deleted are only the parts of a gateway, which exists as long as its window: its Service, ConfigMap and Deployment, and its Pods, for the
# end of a process is what cuts its tunnels; and a Deployment that an earlier window of the same name left.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [list, watch, create, patch, update, delete]
- apiGroups: [""]
  resources: [services]
  verbs: [list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [list, watch, create, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch, delete]
# Preflight asks whether the Secret that a TestWindow names exists and has its key.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, delete]
# A drain takes one bridge at a time.
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [list, watch, create, patch]
# Closing egress is deleting a NetworkPolicy; many that end in the same second go by one request.
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, update, delete, deletecollection]
# The same in mode Cilium; without effect where Cilium is not installed.
- apiGroups: [cilium.io]
  resources: [ciliumnetworkpolicies]
  verbs: [get, list, watch, create, patch, update, delete, deletecollection]
# What is said again is counted in the Event that is there.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, get, patch]
{{- end }}
