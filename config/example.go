package config

import _ "embed"

// Example is a commented configuration file to start from. It is valid once
// the addresses are true and a token is in the environment.
//
//go:embed example.yaml
var Example string
