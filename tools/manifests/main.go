// Command manifests holds what deploy has for Kubernetes to what a cluster would
// take: it lints the Helm chart, renders it with its own values and with each file of
// its folder ci, and decodes every object strictly, so that no field is unknown. With
// the chart's own values it has to give deploy/kubernetes/cronjob.yaml; -update writes
// that file.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
)

const head = "# What the Helm chart makes of its own values, for those who do without Helm. Change\n# refine.yaml and the image, then: kubectl apply -f cronjob.yaml\n"

func main() {
	update := flag.Bool("update", false, "write the manifest anew")
	flag.Parse()
	if err := check(flag.Arg(0), *update); err != nil {
		fmt.Fprintln(os.Stderr, "manifests:", err)
		os.Exit(1)
	}
}

// check reads a folder as deploy is one.
func check(deploy string, update bool) error {
	folder := filepath.Join(deploy, "helm", "refine")
	c, err := loader.Load(folder)
	if err != nil {
		return err
	}
	own, err := rendered(c, nil)
	faults := []error{err, linted(folder, nil), same(filepath.Join(deploy, "kubernetes", "cronjob.yaml"), own, update)}
	cases, err := filepath.Glob(filepath.Join(folder, "ci", "*.yaml"))
	if err != nil || len(cases) == 0 {
		return fmt.Errorf("no values in %s to try the chart with: %w", folder, err)
	}
	for _, name := range cases {
		values, err := chartutil.ReadValuesFile(name)
		if err == nil {
			_, err = rendered(c, values)
		}
		if err = errors.Join(err, linted(folder, values)); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
		}
	}
	return errors.Join(faults...)
}

func linted(folder string, values map[string]any) error {
	var faults []error
	for _, m := range lint.All(folder, values, "refine", true).Messages {
		if m.Severity > support.InfoSev {
			faults = append(faults, m)
		}
	}
	return errors.Join(faults...)
}

// rendered is what the chart makes of values, in the order of its templates.
func rendered(c *chart.Chart, values map[string]any) ([]byte, error) {
	all, err := chartutil.ToRenderValues(c, values, chartutil.ReleaseOptions{Name: "refine", Namespace: "default"}, nil)
	if err != nil {
		return nil, err
	}
	files, err := engine.Render(c, all)
	if err != nil {
		return nil, err
	}
	decoder := serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	var out bytes.Buffer
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := strings.TrimSpace(files[name])
		if !strings.HasSuffix(name, ".yaml") || text == "" {
			continue
		}
		if _, _, err := decoder.Decode([]byte(text), nil, nil); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
		}
		fmt.Fprintf(&out, "---\n%s\n", text)
	}
	return out.Bytes(), errors.Join(faults...)
}

// same holds a file to what the chart gives.
func same(name string, want []byte, update bool) error {
	want = append([]byte(head), want...)
	if update {
		return os.WriteFile(name, want, 0o644)
	}
	got, err := os.ReadFile(name)
	if err == nil && !bytes.Equal(got, want) {
		err = fmt.Errorf("%s is not what the chart gives: run this with -update", name)
	}
	return err
}
