//go:build !whole

package sampled

const whole = false
