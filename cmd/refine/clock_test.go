package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
	"refine/internal/sandbox"
)

// A clock that is hours off is told once and stops nothing: what must not happen
// twice goes by the service's time.
func TestAWrongClockIsTold(t *testing.T) { // F3 S5
	t.Parallel()
	for name, p := range map[string]place{"publish": {command: "publish", before: nothingYet}, "sync": {command: "sync", before: (*stage).typed}} {
		for _, deployment := range sampled.Deployments(name) {
			t.Run(deployment+"/"+name, func(t *testing.T) {
				t.Parallel()
				want := undisturbed(t, deployment, p)
				for _, ahead := range []time.Duration{-5 * time.Hour, 5 * time.Hour} {
					synctest.Test(t, func(t *testing.T) {
						s := newStage(t, deployment)
						p.before(s, t)
						s.setClocks(ahead)
						code, _, stderr := s.execute(t, p.command)
						require.Zero(t, code, stderr)
						assert.Regexp(t, `^time=\S+ level=WARN msg="the clock of this machine and Jira's differ[^\n]*set the wrong one right" machine=2026-11-23T\S+ jira=2026-11-23T\S+\n$`, stderr)
						assert.Equal(t, want, s.left(t))
						s.setClocks(0)
						code, _, stderr = s.execute(t, p.command)
						require.Zero(t, code, stderr)
						assert.Empty(t, stderr)
						assert.Equal(t, want, s.left(t))
					})
				}
			})
		}
	}
}

// A certificate that is not valid yet, by a clock that is behind, is told from
// one that does not fit.
func TestAClockThatRefusesACertificateIsTold(t *testing.T) { // F3 F1
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)))
		pair, authority := certificate(t, time.Now().Add(5*time.Hour))
		s := newStage(t, "cloud", func(o *sandbox.Options) {
			plain := o.Network
			o.Network = func(network, address string) (net.Listener, error) {
				l, err := plain(network, address)
				return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{pair}}), err
			}
		})
		file := filepath.Join(s.dir, "ca.pem")
		require.NoError(t, os.WriteFile(file, authority, 0o600))
		config, err := os.ReadFile(s.config)
		require.NoError(t, err)
		s.configure(t, strings.ReplaceAll(string(config), "http:", "https:")+fmt.Sprintf("http: {ca_file: %q}\n", file))

		code, stdout, stderr := s.execute(t, "publish")
		assert.Equal(t, 1, code)
		s.clear(t, stderr, "Jira: GET /rest/api/2/", "check the clock of this machine; if it is right, the certificate of 127.0.0.1:8001 has expired")
		s.keeps(t, stdout+stderr)
		time.Sleep(5 * time.Hour) // somebody has set the clock
		code, _, stderr = s.execute(t, "publish")
		require.Zero(t, code, stderr)
		assert.Len(t, s.Confluence.Pages(), 1)
	})
}

// certificate makes one for this machine that is valid from a time on, and the
// authority to trust, which is itself.
func certificate(t *testing.T, from time.Time) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: from, NotAfter: from.AddDate(1, 0, 0), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}
