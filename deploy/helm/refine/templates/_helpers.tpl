{{- define "refine.labels" -}}
app.kubernetes.io/name: refine
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* A token in the configuration would be readable to whoever may read ConfigMaps. */}}
{{- define "refine.config" -}}
{{- range $path := list "jira" "confluence" }}
{{- $auth := dig $path "auth" dict $.Values.config }}
{{- if or (hasKey $auth "token") (hasKey $auth "token_command") }}
{{- fail (printf "config.%s.auth holds a token or a command: put the token into the secret %q instead" $path $.Values.secret) }}
{{- end }}
{{- end }}
{{- toYaml .Values.config }}
{{- end }}

{{- define "refine.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
env:
  - name: REFINE_JIRA_TOKEN
    valueFrom:
      secretKeyRef: {name: {{ .Values.secret }}, key: jira-token}
  - name: REFINE_CONFLUENCE_TOKEN
    valueFrom:
      secretKeyRef: {name: {{ .Values.secret }}, key: confluence-token, optional: true}
  - name: REFINE_MODEL_KEY
    valueFrom:
      secretKeyRef: {name: {{ .Values.secret }}, key: model-key, optional: true}
  {{- if and .Values.serve.enabled .Values.serve.postgres }}
  - name: REFINE_STORE
    valueFrom:
      secretKeyRef: {name: {{ .Values.secret }}, key: store}
  {{- else if .Values.serve.enabled }}
  - {name: REFINE_STORE, value: "sqlite:/var/lib/refine/refine.db"}
  {{- end }}
  {{- if .Values.serve.enabled }}
  - {name: REFINE_SERVE_LISTEN, value: ":8417"}
  {{- end }}
  {{- with .Values.env }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
volumeMounts:
  - {name: config, mountPath: /etc/refine, readOnly: true}
  {{- if .Values.serve.enabled }}
  - {name: store, mountPath: /var/lib/refine}
  {{- end }}
{{- end }}

{{- define "refine.pod" -}}
automountServiceAccountToken: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: config
    configMap: {name: {{ .Release.Name }}}
  {{- if .Values.serve.enabled }}
  - name: store
    emptyDir: {}
  {{- end }}
{{- end }}
