package serve

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what the daemon counts of itself. What stands in the store is read
// when somebody asks, so that each replica tells the same of it.
type metrics struct {
	registry *prometheus.Registry
	runs     *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	late     *prometheus.HistogramVec
	ticks    prometheus.Histogram
	hints    *prometheus.CounterVec
}

func newMetrics(s *server) *metrics {
	long := []float64{.1, .5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		runs:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "refine_runs_total", Help: "Jobs that ended, by what they were and became."}, []string{"job", "result"}),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "refine_run_seconds", Help: "How long jobs took.", Buckets: long}, []string{"job"}),
		late:     prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "refine_late_seconds", Help: "From the time at which something was due until it was done.", Buckets: long}, []string{"job"}),
		ticks:    prometheus.NewHistogram(prometheus.HistogramOpts{Name: "refine_tick_seconds", Help: "How long looking for what is due took.", Buckets: long}),
	}
	m.hints = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "refine_webhook_total", Help: "Messages to the webhook."}, []string{"result"})
	tick := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "refine_last_tick_timestamp_seconds", Help: "When somebody last looked for what is due."},
		func() float64 { return float64(s.ticked.Load()) })
	up := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "refine_store_up", Help: "Whether the store can be used."}, func() float64 {
		if s.trouble.Load() != nil {
			return 0
		}
		return 1
	})
	m.registry.MustRegister(m.runs, m.seconds, m.late, m.ticks, m.hints, tick, up, &stored{s},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// observe counts a job that took so long and was due, in Unix seconds, before.
func (m *metrics) observe(r row, due int64, took time.Duration) {
	m.runs.WithLabelValues(r.what, r.state).Inc()
	m.seconds.WithLabelValues(r.what).Observe(took.Seconds())
	if r.state == done {
		m.late.WithLabelValues(r.what).Observe(float64(max(r.finished-due, 0)))
	}
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4})
}

// stored collects how many rows of each kind are in which state.
type stored struct{ s *server }

var rowsDesc = prometheus.NewDesc("refine_work", "What there is to do and was done in the last weeks, by its state.", []string{"job", "state"}, nil)

// Describe is for the registry.
func (c *stored) Describe(ch chan<- *prometheus.Desc) { ch <- rowsDesc }

// Collect reads the store, if it is there.
func (c *stored) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	rows, err := c.s.store.rows(ctx)
	if err != nil {
		return
	}
	counts := map[[2]string]int{}
	for _, r := range rows {
		counts[[2]string{r.what, r.state}]++
	}
	for label, n := range counts {
		ch <- prometheus.MustNewConstMetric(rowsDesc, prometheus.GaugeValue, float64(n), label[0], label[1])
	}
}
