package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/viper"
)

// FileName is what the configuration is called where nobody says otherwise.
const FileName = "refine.yaml"

// delimiter separates the keys of a path inside viper. It is not the default
// dot, which would cut a key with a dot in two.
const delimiter = "::"

// Load reads the named file, or without a name refine.yaml here or in the
// user's configuration folder, if one of them exists. The environment wins over
// the file. What is wrong is reported all at once, as an [*Error].
func Load(file string) (*Config, error) { return load(file, (*Config).validate) }

// LoadTeams is [Load] for work that needs no service: addresses, tokens and the
// space may be missing.
func LoadTeams(file string) (*Config, error) { return load(file, (*Config).validateTeams) }

func load(file string, validate func(*Config) []fault) (*Config, error) {
	file, err := find(file)
	if err != nil {
		return nil, err
	}
	src, err := read(file)
	if err != nil {
		return nil, err
	}
	src.environment(os.LookupEnv)
	c, err := src.decode()
	if err != nil {
		return nil, err
	}
	faults := append(src.faults, src.place(validate(c))...)
	if len(faults) > 0 {
		remedy := "refine config init writes an example, refine config schema lists every key"
		if file != "" {
			remedy = "change it there; refine config schema lists every key"
		}
		return nil, inOrder(faults, remedy)
	}
	c.File = file
	c.fillIn()
	return c, nil
}

// find names the file to read; empty means that there is none, which only an
// explicit name makes an error.
func find(file string) (string, error) {
	if file != "" {
		return file, nil
	}
	if _, err := os.Stat(FileName); err == nil {
		return FileName, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", unreadable(err)
	}
	return ofTheUser(), nil
}

// ofTheUser is the file in the user's configuration folder, empty if there is
// none. An account of a machine's may have no such folder, one that is not its
// own, or a file in its place: variables alone have to do there.
func ofTheUser() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	name := filepath.Join(dir, "refine", FileName)
	if _, err := os.Stat(name); err != nil {
		return ""
	}
	return name
}

func unreadable(err error) error {
	return &Error{Faults: []error{fmt.Errorf("reading configuration: %w", err)},
		Remedy: "name the file with --config, or write one with refine config init"}
}

// decode lets viper put file and environment together. The shape of both has
// been checked, so that what still fails here is a fault of ours or of a value
// that only decoding shows to be wrong.
func (s *source) decode() (*Config, error) {
	v := viper.NewWithOptions(viper.KeyDelimiter(delimiter))
	for key, value := range defaults {
		v.SetDefault(viperKey(key), value)
	}
	if err := v.MergeConfigMap(s.tree); err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	for key, name := range s.vars {
		v.MustBindEnv(viperKey(key), name)
	}
	var c Config
	err := v.UnmarshalExact(&c, func(d *mapstructure.DecoderConfig) {
		d.TagName = "json"
		d.DecodeHook = mapstructure.ComposeDecodeHookFunc(
			mapstructure.TextUnmarshallerHookFunc(),
			mapstructure.StringToTimeDurationHookFunc(),
		)
	})
	if err != nil {
		return nil, &Error{Faults: []error{fmt.Errorf("reading configuration: %w", err)}}
	}
	return &c, nil
}

func viperKey(key string) string { return strings.ReplaceAll(key, ".", delimiter) }

// scalarFault says why text cannot be a value of type t; empty if it can. Numbers
// and durations are amounts of something: nothing of it is no setting, and would
// be taken for a key that was not given.
func scalarFault(t reflect.Type, text string) string {
	switch t {
	case reflect.TypeFor[time.Duration]():
		if d, err := time.ParseDuration(text); err != nil || d <= 0 {
			return fmt.Sprintf("%q is no duration such as 30s, 90m or 24h", text)
		}
	case reflect.TypeFor[bool]():
		if text != "true" && text != "false" {
			return fmt.Sprintf("%q is neither true nor false", text)
		}
	case reflect.TypeFor[float64]():
		if f, err := strconv.ParseFloat(text, 64); err != nil || f <= 0 || f > 1000 {
			return fmt.Sprintf("%q is no number above 0 and up to 1000", text)
		}
	case reflect.TypeFor[int]():
		var n int
		if _, err := fmt.Sscanf(text+"\n", "%d\n", &n); err != nil {
			return fmt.Sprintf("%q is no whole number", text)
		}
		if n < 1 {
			return "must be 1 or more"
		}
	}
	return ""
}
