//go:build whole

package sampled

const whole = true
