package atlassian

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"refine/internal/files"
)

// Transport is the network below the retries: proxy, private certificate
// authority, client certificate. Of the options it reads these alone.
func Transport(o Options) (*http.Transport, error) {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 16 // the default of 2 reconnects for every parallel read
	if o.Proxy != "" {
		proxy, err := url.Parse(o.Proxy)
		if err != nil || proxy.Host == "" {
			return nil, errors.New("the proxy is not a URL such as http://proxy.example.com:3128")
		}
		t.Proxy = http.ProxyURL(proxy)
	}
	t.OnProxyConnectResponse = tunnelled
	config, err := tlsConfig(o)
	if err != nil {
		return nil, err
	}
	t.TLSClientConfig = config
	return t, nil
}

func tlsConfig(o Options) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.CAFile != "" {
		pool, err := certPool(o.CAFile)
		if err != nil {
			return nil, err
		}
		config.RootCAs = pool
	}
	if o.ClientCert != "" || o.ClientKey != "" {
		pair, err := keyPair(o.ClientCert, o.ClientKey)
		if err != nil {
			return nil, fmt.Errorf("reading the client certificate: %w", err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// mostPEM bounds what is read of a file of certificates, in bytes. A machine's
// whole list of authorities is a quarter of a megabyte.
const mostPEM = 4 << 20

func keyPair(cert, key string) (tls.Certificate, error) {
	certPEM, err := files.Read(cert, mostPEM)
	if err != nil {
		return tls.Certificate{}, err
	}
	keyPEM, err := files.Read(key, mostPEM)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.X509KeyPair(certPEM, keyPEM)
}

// certPool adds the file's authorities to the system's, so that a private one
// for Jira does not lock out a public one for Confluence.
func certPool(file string) (*x509.CertPool, error) {
	pem, err := files.Read(file, mostPEM)
	if err != nil {
		return nil, fmt.Errorf("reading certificate authorities: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM form", file)
	}
	return pool, nil
}
