package atlassian_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

// pair is a certificate that signs itself, with its key, as files.
func pair(t *testing.T, name string) (cert *x509.Certificate, certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	cert, err = x509.ParseCertificate(der)
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	return cert, pemFile(t, "CERTIFICATE", der), pemFile(t, "PRIVATE KEY", private)
}

func pemFile(t *testing.T, kind string, der []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file.pem")
	require.NoError(t, os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
	return name
}

// serveTLS answers over TLS, and takes only clients with one of the certificates
// if some are given. It returns the file of its authority.
func serveTLS(t *testing.T, clients ...*x509.Certificate) (srv *httptest.Server, caFile string) {
	t.Helper()
	srv = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, `{}`) }))
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // refused handshakes
	if len(clients) > 0 {
		srv.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: x509.NewCertPool()}
		for _, c := range clients {
			srv.TLS.ClientCAs.AddCert(c)
		}
	}
	srv.StartTLS()
	t.Cleanup(srv.Close)
	return srv, pemFile(t, "CERTIFICATE", srv.Certificate().Raw)
}

func TestMutualTLS(t *testing.T) { // F1, F3
	t.Parallel()
	known, cert, key := pair(t, "refine")
	_, otherCert, otherKey := pair(t, "somebody else")
	srv, ca := serveTLS(t, known)

	c := connect(t, atlassian.Options{BaseURL: srv.URL, CAFile: ca, ClientCert: cert, ClientKey: key})
	require.NoError(t, c.JSON(t.Context(), "POST", "/rest/x", nil, nil, nil))

	for name, o := range map[string]atlassian.Options{
		"none":  {BaseURL: srv.URL, CAFile: ca},
		"other": {BaseURL: srv.URL, CAFile: ca, ClientCert: otherCert, ClientKey: otherKey},
	} {
		err := connect(t, o).JSON(t.Context(), "GET", "/rest/x", nil, nil, nil)
		require.ErrorContains(t, err, "it wants a client certificate", name)
		assert.Contains(t, atlassian.HintOf(err), "http.client_cert", name)
	}
}

// tunnel is a proxy that lets CONNECT through to those who log in with ana and
// hunter2, unless it refuses altogether.
func tunnel(t *testing.T, refuses int) (srv *httptest.Server, tunnels *atomic.Int64) {
	t.Helper()
	tunnels = new(atomic.Int64)
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte("ana:hunter2"))
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case refuses != 0:
			http.Error(w, "by order of hunter2", refuses)
			return
		case r.Method != http.MethodConnect || r.Header.Get("Proxy-Authorization") != want:
			http.Error(w, "log in", http.StatusProxyAuthRequired)
			return
		}
		far, err := net.Dial("tcp", r.Host)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer far.Close()
		tunnels.Add(1)
		w.WriteHeader(http.StatusOK)
		near, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer near.Close()
		go io.Copy(far, near) // ends with the client's connection
		io.Copy(near, far)
	}), tunnels
}

func TestProxyThatTunnels(t *testing.T) { // F1, F3, F4
	t.Parallel()
	srv, ca := serveTLS(t)
	open, tunnels := tunnel(t, 0)
	shut, _ := tunnel(t, http.StatusForbidden)
	gone := httptest.NewServer(nil)
	gone.Close()
	with := func(proxy string) *atlassian.Client {
		return connect(t, atlassian.Options{BaseURL: srv.URL, CAFile: ca, Proxy: proxy})
	}
	named := strings.Replace(open.URL, "http://", "http://ana:hunter2@", 1)
	c := with(named)
	require.NoError(t, c.JSON(t.Context(), "GET", "/rest/x", nil, nil, nil))
	assert.Positive(t, tunnels.Load(), "it goes through the proxy")

	for name, test := range map[string]struct{ proxy, says, try string }{
		"no credentials": {open.URL, "refused: 407 Proxy Authentication Required", "http://USER:PASSWORD@"},
		"not allowed":    {strings.Replace(shut.URL, "http://", "http://ana:hunter2@", 1), "refused: 403 Forbidden", "have the proxy let connections to 127.0.0.1"},
		"not there":      {gone.URL, "connection refused", "check that the proxy can be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			err := with(test.proxy).JSON(t.Context(), "GET", "/rest/x", nil, nil, nil)
			require.ErrorContains(t, err, test.says)
			assert.Contains(t, atlassian.HintOf(err), test.try)
			assert.NotContains(t, err.Error()+atlassian.HintOf(err), "hunter2")
		})
	}
}
