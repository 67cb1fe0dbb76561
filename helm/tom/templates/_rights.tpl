{{/* What the operator may do in a namespace that it serves. Nothing cluster-scoped, no list of Secrets, no Pods made or deleted. */}}
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
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, patch, update]
- apiGroups: [""]
  resources: [services, serviceaccounts]
  verbs: [get, list, watch, create, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch]
# Preflight asks whether the Secret that a TestWindow names exists and has its key.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch]
# Closing egress is deleting a NetworkPolicy; many that end in the same second go by one request.
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, update, delete, deletecollection]
# What is said again is counted in the Event that is there.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, get, patch]
{{- end }}
